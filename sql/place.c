/* SPDX-License-Identifier: Apache-2.0
 *
 * What may stand at a place: the tokens before it go through the states of the parser, which then tell the
 * tokens that fit; some of those stand for a kind of name (CASE: an expression, LATERAL: a FROM item). Where
 * a name is all that fits, the words before it tell which. A token that does not fit is mended with a name
 * before it or left out, so that a mistake further up does no harm. See place.h.
 */
#include "sql/place.h"

#include "sql/grammar.h"
#include "sql/placing.h"
#include "sql/print.h"
#include "sql/text.h"

#define PHRASE_MAX 4 /* words of a keyword with those that must follow */

/* ---- helpers of placing.h ---- */

bool placing_is_name(const struct placing *p, size_t i) {
    int kind = placing_kind(p, i);
    return kind == TK_QUOTED_ID || (kind != 0 && sql_parser_may_be_name(kind));
}

struct str placing_name(const struct placing *p, size_t i) {
    struct str s = placing_text(p, i);
    return placing_kind(p, i) == TK_QUOTED_ID ? text_unquote_name(p->arena, s) : s;
}

struct str placing_slice(const struct placing *p, size_t from, size_t to) {
    if (from >= to) return (struct str){0};
    struct span a = p->t.list.items[from].span, b = p->t.list.items[to - 1].span;
    return str_sub(p->text, a.offset, b.offset + b.len - a.offset);
}

void placing_add(struct arena *a, struct sql_names *l, struct str name, struct str about) {
    ARENA_ONE_MORE(a, l->items, l->count);
    l->items[l->count++] = (struct sql_named){name, about};
}

/* ---- brackets ---- */

static bool is_open(int kind) {
    return kind == TK_LP || kind == TK_LBRACKET;
}

static void match_brackets(struct placing *p) {
    size_t n = p->t.list.count, top = NO_TOKEN;
    p->partner = arena_alloc_raw(p->arena, (n + 1) * sizeof *p->partner);
    p->opener = arena_alloc_raw(p->arena, (n + 1) * sizeof *p->opener);
    p->inside = NO_TOKEN;
    for (size_t i = 0; i <= n; i++) {
        int kind = placing_kind(p, i);
        if (i == p->t.before) p->inside = top;
        if ((kind == TK_RP || kind == TK_RBRACKET) && top != NO_TOKEN) {
            p->partner[top] = i;
            p->partner[i] = top;
            top = p->opener[top];
            p->opener[i] = top;
            continue;
        }
        p->partner[i] = NO_TOKEN;
        p->opener[i] = top;
        if (is_open(kind)) top = i;
    }
}

/* ---- what fits ---- */

/* The parser's states at a place and the tokens it takes. */
struct fitting {
    uint16_t *states, *scratch, *spare;
    size_t depth;
    bool *takes; /* by kind; names are under TK_ID alone */
};

static bool fits(const struct fitting *f, int kind) {
    size_t depth = f->depth;
    memcpy(f->scratch, f->states, depth * sizeof *f->states);
    return sql_states_step(f->scratch, &depth, kind) == kind;
}

/* Takes tokens if they fit, perhaps as names. */
static bool step(struct fitting *f, const int *kinds, size_t count) {
    size_t depth = f->depth;
    memcpy(f->scratch, f->states, depth * sizeof *f->states);
    for (size_t i = 0; i < count; i++) {
        if (sql_states_step(f->scratch, &depth, kinds[i]) < 0) return false;
    }
    uint16_t *states = f->scratch;
    f->scratch = f->states;
    f->states = states;
    f->depth = depth;
    return true;
}

/* The words of `tail` take the place of the last tokens. */
static void fit_variant(const struct placing *p, size_t upto, const int *tail, size_t ntail,
                        struct fitting *f) {
    f->depth = 0;
    for (size_t i = 0; i < upto; i++) {
        int kind = i + ntail >= upto ? tail[i + ntail - upto] : placing_kind(p, i);
        /* as if a name had been forgotten before it: SELECT a, FROM t; else it is left out */
        bool ok = step(f, &kind, 1) || step(f, (const int[]){TK_ID, kind}, 2);
        if (!ok && (i == 0 || i + 1 == upto)) return;
    }
    if (upto && f->depth <= 1) return;
    for (int k = 0; k < sql_parser_token_count(); k++) f->takes[k] |= fits(f, k);
}

/* Words that the lexer tells apart by what follows are taken both ways. */
static void fit(const struct placing *p, size_t upto, struct fitting *f) {
    f->states = ARENA_ARRAY(p->arena, uint16_t, sql_parser_depth_max());
    f->scratch = ARENA_ARRAY(p->arena, uint16_t, sql_parser_depth_max());
    f->spare = ARENA_ARRAY(p->arena, uint16_t, sql_parser_depth_max());
    f->takes = ARENA_ARRAY(p->arena, bool, sql_parser_token_count());
    int last = upto ? placing_kind(p, upto - 1) : 0, before = upto > 1 ? placing_kind(p, upto - 2) : 0;
    if (last == TK_IS) fit_variant(p, upto, (const int[]){TK_IS_DISTINCT}, 1, f);
    if (last == TK_NOT && before == TK_IS) fit_variant(p, upto, (const int[]){TK_IS_DISTINCT, TK_NOT}, 2, f);
    else if (last == TK_NOT) fit_variant(p, upto, (const int[]){TK_NOT_LA}, 1, f);
    fit_variant(p, upto, NULL, 0, f);
}

/* ---- keywords ---- */

/* Known to the grammar, and then refused. */
static bool is_refused(int kind) {
    static const int refused[] = {TK_MATERIALIZED, TK_MODEL,      TK_MODELS, TK_MODULES,     TK_JARS,
                                  TK_PROCEDURES,   TK_STRUCTURED, TK_RAW,    TK_DISTRIBUTED, TK_SYSTEM};
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        if (refused[i] == kind) return true;
    }
    return false;
}

static int taken_as(const struct fitting *f, int kind) {
    if (f->takes[kind]) return kind;
    if (kind == TK_NOT && f->takes[TK_NOT_LA]) return TK_NOT_LA;
    if (kind == TK_IS && f->takes[TK_IS_DISTINCT]) return TK_IS_DISTINCT;
    if (kind == TK_IN && f->takes[TK_POSITION_IN]) return TK_POSITION_IN;
    return -1;
}

/* The one keyword that must follow, or NULL. */
static const char *forced_word(const struct fitting *f, const uint16_t *states, size_t depth) {
    struct fitting at = {.states = (uint16_t *)states, .scratch = f->scratch, .depth = depth};
    int only = -1;
    for (int k = 0; k < sql_parser_token_count(); k++) {
        if (!fits(&at, k)) continue;
        if (only >= 0) return NULL;
        only = k;
    }
    const char *word = only > 0 ? lex_token_text(only) : NULL;
    return word && lex_keyword_find(str_of(word)) ? word : NULL;
}

static bool small_letters(struct str s) {
    bool any = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') return false;
        any |= s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
    }
    return any;
}

static bool writes_small(const struct placing *p) {
    if (p->out->word.len && !p->out->in_string && !p->out->in_name) return small_letters(p->out->word);
    for (size_t i = p->t.before; i-- > 0;) {
        struct str s = placing_text(p, i);
        if (placing_kind(p, i) != TK_ID && lex_keyword_find(s)) return small_letters(s);
    }
    return false;
}

/* The words that must follow `kind` are added to it. */
static struct str phrase(const struct placing *p, struct fitting *f, const char *word, int kind) {
    struct str s = str_of(word);
    if (kind == TK_INSERT) return STR("INSERT INTO");
    size_t depth = f->depth;
    uint16_t *states = memcpy(f->spare, f->states, depth * sizeof *f->states);
    for (int i = 1; i < PHRASE_MAX; i++) {
        if (sql_states_step(states, &depth, kind) < 0) break;
        const char *next = forced_word(f, states, depth);
        if (!next || strcmp(next, "INSERT") == 0) break;
        s = arena_printf(p->arena, "%.*s %s", STR_ARG(s), next);
        kind = lex_keyword_find(str_of(next))->token;
    }
    return s;
}

static struct str in_case(struct arena *a, struct str s, bool lower) {
    if (!lower) return s;
    char *z = arena_alloc_raw(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        z[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] | 32 : s.ptr[i]);
    return (struct str){z, s.len};
}

/* Every letter of the word, in order. */
static bool may_match(struct str word, const char *keyword) {
    size_t i = 0;
    for (; *keyword && i < word.len; keyword++) i += (word.ptr[i] & ~32) == (*keyword & ~32);
    return i == word.len;
}

/* In TUMBLE(TABLE t, ..: what follows is a DESCRIPTOR and intervals. */
static bool in_window(const struct placing *p) {
    size_t open = p->inside;
    return open != NO_TOKEN && open && placing_kind(p, open + 1) == TK_TABLE &&
           placing_kind(p, open - 1) == TK_ID && p->t.before > open + 1;
}

static void add_keyword(struct placing *p, const char *word, struct str about) {
    if (may_match(p->out->word, word))
        placing_add(p->arena, &p->out->keywords, in_case(p->arena, str_of(word), p->out->lower), about);
}

static void add_keywords(struct placing *p, struct fitting *f) {
    if (f->takes[TK_DESCRIPTOR] && in_window(p)) {
        add_keyword(p, "DESCRIPTOR", STR("("));
        add_keyword(p, "INTERVAL", (struct str){0});
        return;
    }
    if (p->t.before && placing_kind(p, p->t.before - 1) == TK_HINT_BEGIN) add_keyword(p, "OPTIONS", STR("("));
    size_t count;
    const struct lex_keyword *k = lex_keywords(&count);
    for (size_t i = 0; i < count; i++) {
        int as = taken_as(f, k[i].token);
        if (as < 0 || is_refused(as) || !may_match(p->out->word, k[i].word)) continue;
        struct str s = k[i].before_call || f->depth > 400 ? str_of(k[i].word) : phrase(p, f, k[i].word, as);
        placing_add(p->arena, &p->out->keywords, in_case(p->arena, s, p->out->lower),
                    k[i].before_call ? STR("(") : (struct str){0});
    }
}

/* ---- names ---- */

/* Which names stand behind CREATE .., DROP .., SHOW .. and so on; `i`: where the name begins. */
static uint32_t named_object(const struct placing *p, size_t i) {
    int first = placing_kind(p, 0), before = i ? placing_kind(p, i - 1) : 0;
    bool makes = first == TK_CREATE || first == TK_REPLACE;
    if (before == TK_EXISTS && i >= 2) { /* IF [NOT] EXISTS */
        i -= placing_kind(p, i - 2) == TK_NOT ? 3 : 2;
        before = i ? placing_kind(p, i - 1) : 0;
    }
    switch (before) {
    case TK_INTO:
    case TK_OVERWRITE: return SQL_WANTS_SINK;
    case TK_TABLE: return makes && i <= 4 ? 0 : SQL_WANTS_TABLE;
    case TK_VIEW: return makes ? 0 : SQL_WANTS_VIEW;
    case TK_DATABASE: return makes ? 0 : SQL_WANTS_DATABASE;
    case TK_CATALOG: return makes ? 0 : SQL_WANTS_CATALOG;
    case TK_USE: return SQL_WANTS_DATABASE;
    case TK_DESCRIBE:
    case TK_DESC:
    case TK_EXTENDED: return SQL_WANTS_TABLE | SQL_WANTS_FILE;
    case TK_PARTITIONS: return SQL_WANTS_TABLE;
    case TK_LIKE: return makes ? SQL_WANTS_TABLE : 0;
    case TK_FROM:
    case TK_IN:
        if (first != TK_SHOW) return 0;
        return placing_kind(p, 1) == TK_COLUMNS ? SQL_WANTS_TABLE : SQL_WANTS_DATABASE;
    case TK_FOR: return SQL_WANTS_DECLARED; /* WATERMARK FOR */
    case TK_EXTRACT: return SQL_WANTS_UNIT;
    default: return 0;
    }
}

/* Names in a bracket that is no expression: by the word before it. */
static uint32_t listed_names(const struct placing *p) {
    size_t open = p->inside;
    int before = open != NO_TOKEN && open ? placing_kind(p, open - 1) : 0;
    switch (before) {
    case TK_KEY:
    case TK_HASH:
    case TK_RANGE: return SQL_WANTS_DECLARED;
    case TK_BY: return SQL_WANTS_DECLARED; /* PARTITIONED BY ( */
    case TK_DESCRIPTOR: return SQL_WANTS_TIME;
    case TK_USING: return SQL_WANTS_COLUMN;
    case TK_TABLE: return SQL_WANTS_WINDOW;
    case TK_PARTITION: return SQL_WANTS_TARGET;
    case TK_EXTRACT:
    case TK_TIMESTAMPADD:
    case TK_TIMESTAMPDIFF: return SQL_WANTS_UNIT;
    default: break;
    }
    bool list = open != NO_TOKEN && placing_kind(p, open) == TK_LP;
    bool insert = false;
    for (size_t i = list ? open : 0; list && i-- > 0;) {
        if (placing_kind(p, i) == TK_INTO || placing_kind(p, i) == TK_OVERWRITE) insert = true;
        if (insert || !(placing_is_name(p, i) || placing_kind(p, i) == TK_DOT)) break;
    }
    return insert ? SQL_WANTS_TARGET : 0;
}

/* `f` stands before the name, its first part at token `at`. */
static uint32_t wanted_names(const struct placing *p, const struct fitting *f, size_t at) {
    int before = at ? placing_kind(p, at - 1) : 0;
    if ((at && !f->depth) || before == TK_LIMIT || before == TK_OFFSET) return 0;
    if (f->takes[TK_LATERAL]) return SQL_WANTS_FROM;
    if (f->takes[TK_CASE]) {
        if (f->takes[TK_DESCRIPTOR] && in_window(p)) return 0;
        bool unit =
            at && p->inside == at - 1 && at >= 2 &&
            (placing_kind(p, at - 2) == TK_TIMESTAMPADD || placing_kind(p, at - 2) == TK_TIMESTAMPDIFF);
        return unit ? SQL_WANTS_UNIT : SQL_WANTS_VALUE;
    }
    if (f->takes[TK_STRUCTURED]) return SQL_WANTS_TYPE;
    if (f->takes[TK_UNIT]) return SQL_WANTS_UNIT;
    if (!f->takes[TK_ID]) return 0;
    if (!f->takes[TK_QUOTED_ID]) return SQL_WANTS_UNIT; /* INTERVAL '1' DAY */
    uint32_t w = named_object(p, at);
    if (w || before == TK_AS) return w;
    if (before == TK_TO) /* FLOOR(x TO DAY) */
        return p->inside != NO_TOKEN ? SQL_WANTS_UNIT : 0;
    if (before == TK_LP || before == TK_COMMA) return listed_names(p);
    return 0;
}

/* a.b.| : names with dots before the place go to `path`. Gives the token where they begin. */
static size_t take_path(struct placing *p) {
    size_t at = p->t.before;
    while (at >= 2 && placing_kind(p, at - 1) == TK_DOT && placing_is_name(p, at - 2)) at -= 2;
    for (size_t i = at; i < p->t.before; i += 2)
        placing_add(p->arena, &p->out->path, placing_name(p, i), (struct str){0});
    return at;
}

/* ---- strings ---- */

static struct str unquoted(const struct placing *p, size_t i) {
    struct error ignored = {0};
    struct str s;
    struct span none = {0, 0};
    if (placing_kind(p, i) != TK_STRING) return placing_text(p, i);
    return text_unquote(p->arena, placing_text(p, i), none, &s, &ignored) == ST_OK ? s : STR("");
}

static uint32_t wanted_strings(struct placing *p, const struct fitting *f) {
    size_t at = p->t.before;
    int before = at ? placing_kind(p, at - 1) : 0;
    if (place_is_options(p, p->inside)) {
        place_options(p, p->inside);
        p->out->key_only = placing_kind(p, p->inside - 1) == TK_RESET;
        if (before == TK_LP || before == TK_COMMA) return SQL_WANTS_KEY;
        if (before != TK_EQ || at < 2) return 0;
        p->out->key = unquoted(p, at - 2);
        return SQL_WANTS_KEY_VALUE;
    }
    if (before == TK_JOB) return SQL_WANTS_JOB;
    if (before == TK_FROM && at >= 2 && placing_kind(p, at - 2) == TK_METADATA) return SQL_WANTS_METADATA;
    bool file = f->takes[TK_LATERAL] || (at == 1 && (before == TK_DESCRIBE || before == TK_DESC));
    return p->out->in_string && file ? SQL_WANTS_FILE : 0;
}

/* SET key = value, where neither needs quotes. */
static void place_setting(struct placing *p, size_t offset) {
    struct sql_place *o = p->out;
    size_t from = p->t.list.items[0].span.offset + p->t.list.items[0].span.len;
    struct str s = str_sub(p->text, from, offset - from);
    const char *eq = s.len ? memchr(s.ptr, '=', s.len) : NULL;
    size_t begin = eq ? (size_t)(eq - p->text.ptr) + 1 : from;
    while (begin < offset && strchr(" \t\r\n", p->text.ptr[begin])) begin++;
    if (eq) {
        struct str key = {s.ptr, (size_t)(eq - s.ptr)};
        while (key.len && strchr(" \t\r\n'", key.ptr[0])) key = str_sub(key, 1, key.len - 1);
        while (key.len && strchr(" \t\r\n'", key.ptr[key.len - 1])) key.len--;
        o->key = key;
    }
    o->from = begin;
    o->in_string = begin < offset && p->text.ptr[begin] == '\'';
    o->word = str_sub(p->text, begin + o->in_string, offset - begin - o->in_string);
    o->key_only = placing_kind(p, 0) == TK_RESET;
    o->wants = eq ? SQL_WANTS_SET_VALUE : SQL_WANTS_SETTING;
}

/* ---- all ---- */

static void place_word(struct placing *p, size_t offset) {
    struct sql_place *o = p->out;
    o->in_string = p->t.open_string;
    o->in_name = p->t.open_name;
    o->from = p->t.from;
    size_t begin = p->t.from;
    if (o->in_string) { /* N'..', U&'..' */
        while (begin < offset && p->text.ptr[begin] != '\'') begin++;
    }
    begin += (o->in_string || o->in_name) && begin < offset;
    o->word = str_sub(p->text, begin, offset - begin);
    o->behind = str_sub(p->text, p->t.after, p->text.len - p->t.after);
    o->quote_follows = (o->in_string || o->in_name) && p->t.after > offset;
}

void sql_place_find(struct arena *a, struct str text, size_t offset, struct sql_place *out) {
    struct placing p = {.arena = a, .text = text, .out = out};
    struct fitting f = {0};
    *out = (struct sql_place){.from = offset};
    if (text.len >= UINT32_MAX) return;
    tokens_around(a, text, offset, &p.t);
    if (p.t.nowhere) return;
    match_brackets(&p);
    place_word(&p, offset);
    int first = p.t.before ? placing_kind(&p, 0) : 0;
    if (first == TK_SET || first == TK_RESET) {
        place_setting(&p, offset);
        return;
    }
    out->lower = writes_small(&p);
    size_t at = take_path(&p);
    fit(&p, at, &f);
    out->wants = wanted_strings(&p, &f);
    if (!out->in_string && !out->wants) {
        bool behind_dot = p.t.before && placing_kind(&p, p.t.before - 1) == TK_DOT && at == p.t.before;
        if (!behind_dot) out->wants = wanted_names(&p, &f, at);
        if (at == p.t.before && !out->in_name && !behind_dot) add_keywords(&p, &f);
    }
    if (out->wants & (SQL_WANTS_VALUE | SQL_WANTS_COLUMN | SQL_WANTS_TIME | SQL_WANTS_FROM))
        place_queries(&p);
    if (out->wants & (SQL_WANTS_VALUE | SQL_WANTS_DECLARED | SQL_WANTS_METADATA | SQL_WANTS_KEY))
        place_declared(&p);
    if (out->wants & (SQL_WANTS_TARGET | SQL_WANTS_KEY | SQL_WANTS_KEY_VALUE)) place_target(&p);
}
