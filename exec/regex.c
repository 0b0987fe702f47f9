/* SPDX-License-Identifier: Apache-2.0
 *
 * PCRE2 behind regex.h. A cache owns its compiled patterns, one match block each, and a JIT stack; all is
 * freed by regex_cache_free. A worker has its own cache: nothing is shared.
 */
#define _GNU_SOURCE /* memmem */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "exec/regex.h"

#define CACHE_SIZE 8
#define MATCH_LIMIT 5000000 /* steps of one match: some tens of milliseconds */
#define HEAP_LIMIT_KIB (16 * 1024)
#define JIT_STACK_BYTES (512 * 1024)

struct regex {
    char *pattern;          /* malloc'ed copy; NULL = free place */
    size_t len;             /* its bytes */
    bool whole;             /* only whole texts match */
    pcre2_code *code;       /* NULL: the pattern is not valid */
    pcre2_match_data *data; /* groups of the last match */
    uint32_t groups;        /* groups of the pattern, without the whole match */
    bool jit;               /* compiled by the JIT */
};

struct regex_cache {
    struct regex entries[CACHE_SIZE]; /* [0] is the constant where there is one */
    unsigned next;                    /* place to use next */
    bool constant;                    /* entries[0] is the only pattern */
    pcre2_compile_context *compile;
    pcre2_match_context *match;
    pcre2_jit_stack *stack;
};

struct regex_cache *regex_cache_new(struct arena *a) {
    struct regex_cache *c = ARENA_NEW(a, struct regex_cache);
    c->compile = pcre2_compile_context_create(NULL);
    c->match = pcre2_match_context_create(NULL);
    c->stack = pcre2_jit_stack_create(32 * 1024, JIT_STACK_BYTES, NULL);
    if (c->compile) pcre2_set_newline(c->compile, PCRE2_NEWLINE_ANYCRLF);
    if (c->match) {
        pcre2_set_match_limit(c->match, MATCH_LIMIT);
        pcre2_set_heap_limit(c->match, HEAP_LIMIT_KIB);
        pcre2_jit_stack_assign(c->match, NULL, c->stack);
    }
    return c;
}

static void regex_clear(struct regex *r) {
    pcre2_match_data_free(r->data);
    pcre2_code_free(r->code);
    free(r->pattern);
    *r = (struct regex){0};
}

void regex_cache_free(struct regex_cache *c) {
    for (unsigned i = 0; i < CACHE_SIZE; i++) regex_clear(&c->entries[i]);
    pcre2_compile_context_free(c->compile);
    pcre2_match_context_free(c->match);
    pcre2_jit_stack_free(c->stack);
}

/* ---- compiling ---- */

/* Java's classes within classes and their intersections would be read as something else: why the pattern
 * is refused, or NULL. */
static const char *java_only(struct str p) {
    bool in_class = false;
    size_t start = 0;
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        if (c == '\\') {
            if (i + 1 < p.len && p.ptr[i + 1] == 'Q') return NULL; /* quoted text follows: no telling */
            i++;
        } else if (!in_class) {
            if (c != '[') continue;
            in_class = true;
            start = i + 1;
            if (start < p.len && p.ptr[start] == '^') start++;
        } else if (c == '[') {
            return "a character class within a character class is not supported";
        } else if (c == '&' && i + 1 < p.len && p.ptr[i + 1] == '&') {
            return "the intersection && of character classes is not supported";
        } else if (c == ']' && i > start) {
            in_class = false;
        }
    }
    return NULL;
}

/* Java's names that PCRE2 spells in another way: \p{Alpha} and its like become POSIX classes. */
static bool posix_name(struct str name, const char **out) {
    static const char *const names[][2] = {
        {"Lower", "a-z"},
        {"Upper", "A-Z"},
        {"Alpha", "a-zA-Z"},
        {"Digit", "0-9"},
        {"Alnum", "a-zA-Z0-9"},
        {"Space", "\\s"},
        {"ASCII", "\\x00-\\x7f"},
        {"XDigit", "0-9a-fA-F"},
        {"Punct", "!-/:-@\\[-`{-~"},
        {"Blank", " \\t"},
        {"Cntrl", "\\x00-\\x1f\\x7f"},
        {"Graph", "!-~"},
        {"Print", " -~"},
        {"IsAlphabetic", "\\p{L}\\p{Nl}"},
        {"IsLetter", "\\p{L}"},
        {"IsDigit", "\\p{Nd}"},
        {"IsLowercase", "\\p{Ll}"},
        {"IsUppercase", "\\p{Lu}"},
        {"IsPunctuation", "\\p{P}"},
        {"IsWhite_Space", "\\s\\x{85}\\p{Z}"},
        {"IsLatin", "\\p{Latin}"},
        {"IsHan", "\\p{Han}"},
        {"IsCyrillic", "\\p{Cyrillic}"},
        {"IsGreek", "\\p{Greek}"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_of(names[i][0]))) {
            *out = names[i][1];
            return true;
        }
    }
    return false;
}

/* The pattern in PCRE2's spelling; malloc'ed, *len its length; NULL: out of memory. */
static char *translate(struct str p, size_t *len) {
    char *out = malloc(p.len * 24 + 1), *q = out;
    bool in_class = false;
    if (!out) return NULL;
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        const char *posix;
        if (c == '\\' && i + 3 < p.len && (p.ptr[i + 1] == 'p' || p.ptr[i + 1] == 'P') &&
            p.ptr[i + 2] == '{') {
            const char *close = memchr(p.ptr + i, '}', p.len - i);
            struct str name = {p.ptr + i + 3, close ? (size_t)(close - p.ptr) - i - 3 : 0};
            bool negated = p.ptr[i + 1] == 'P';
            if (close && posix_name(name, &posix) && !(in_class && negated)) {
                size_t n = strlen(posix);
                if (!in_class) *q++ = '[';
                if (negated) *q++ = '^';
                memcpy(q, posix, n);
                q += n;
                if (!in_class) *q++ = ']';
                i = (size_t)(close - p.ptr);
                continue;
            }
        }
        *q++ = c;
        if (c == '\\' && i + 1 < p.len) *q++ = p.ptr[++i];
        else if (c == '[') in_class = true;
        else if (c == ']') in_class = false;
    }
    *len = (size_t)(q - out);
    return out;
}

/* Fills r; r->code stays NULL if the pattern is not valid, then `e` (may be NULL) says why. */
static void regex_compile(struct regex_cache *c, struct regex *r, struct str pattern, bool whole,
                          struct span span, struct error *e) {
    regex_clear(r);
    r->pattern = malloc(pattern.len + 1);
    if (!r->pattern || !c->compile || !c->match) return;
    if (pattern.len) memcpy(r->pattern, pattern.ptr, pattern.len);
    r->len = pattern.len;
    r->whole = whole;
    const char *refused = java_only(pattern);
    if (refused) {
        if (e)
            error_at(e, ERR_UNSUPPORTED, span, "in the regular expression '%.*s' %s", STR_ARG(pattern),
                     refused);
        return;
    }
    size_t len, at;
    int code;
    char *text = translate((struct str){r->pattern, r->len}, &len);
    if (!text) return;
    uint32_t flags = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | (whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0);
    if (len >= 2 && memmem(text, len, "\\u", 2)) flags |= PCRE2_ALT_BSUX;
    r->code = pcre2_compile((PCRE2_SPTR)text, len, flags, &code, &at, c->compile);
    free(text);
    if (!r->code) {
        PCRE2_UCHAR why[160];
        pcre2_get_error_message(code, why, sizeof why);
        if (e)
            error_at(e, ERR_INVALID_ARGUMENT, span, "the regular expression '%.*s' is not valid: %s",
                     STR_ARG(pattern), (const char *)why);
        return;
    }
    r->jit = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
    pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &r->groups);
    r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
    if (!r->data) {
        pcre2_code_free(r->code);
        r->code = NULL;
    }
}

enum status regex_constant(struct regex_cache *c, struct str pattern, bool whole, struct span span,
                           struct error *e) {
    regex_compile(c, &c->entries[0], pattern, whole, span, e);
    c->constant = true;
    if (c->entries[0].code) return ST_OK;
    return error_at(e, ERR_MEMORY_LIMIT, span, "there is no memory for the regular expression");
}

struct regex *regex_get(struct regex_cache *c, struct str pattern, bool whole) {
    if (c->constant) return &c->entries[0];
    for (unsigned i = 0; i < CACHE_SIZE; i++) {
        struct regex *r = &c->entries[i];
        if (r->pattern && r->whole == whole && str_eq(pattern, (struct str){r->pattern, r->len}))
            return r->code ? r : NULL;
    }
    struct regex *r = &c->entries[c->next];
    c->next = (c->next + 1) % CACHE_SIZE;
    regex_compile(c, r, pattern, whole, (struct span){0}, NULL);
    return r->code ? r : NULL;
}

/* ---- matching ---- */

int regex_find(struct regex_cache *c, struct regex *r, struct str s, size_t from, struct regex_match *m,
               struct error *e) {
    PCRE2_SPTR text = (PCRE2_SPTR)(s.ptr ? s.ptr : "");
    int rc = pcre2_match(r->code, text, s.len, from, 0, r->data, c->match);
    if (rc == PCRE2_ERROR_NOMATCH) return 0;
    if (rc < 0) {
        error_set(e, ERR_LIMIT, "the regular expression '%.*s' takes too long on a text of %zu bytes",
                  (int)r->len, r->pattern, s.len);
        error_hint(e, "nested repetitions such as (a+)+ are the usual cause");
        return -1;
    }
    const size_t *at = pcre2_get_ovector_pointer(r->data);
    *m = (struct regex_match){at[0] < at[1] ? at[0] : at[1], at[1]}; /* \K may turn them round */
    return 1;
}

bool regex_next(struct str s, const struct regex_match *m, size_t *from) {
    *from = m->to;
    if (m->from < m->to) return true;
    if (m->to >= s.len) return false;
    do (*from)++;
    while (*from < s.len && ((unsigned char)s.ptr[*from] & 0xc0) == 0x80);
    return true;
}

bool regex_group(const struct regex *r, struct str s, int64_t n, struct str *out) {
    if (n < 0 || n > r->groups) return false;
    const size_t *at = pcre2_get_ovector_pointer(r->data);
    if (at[2 * n] == PCRE2_UNSET || at[2 * n] > at[2 * n + 1]) return false;
    *out = (struct str){s.ptr + at[2 * n], at[2 * n + 1] - at[2 * n]};
    return true;
}

uint32_t regex_groups(const struct regex *r) {
    return r->groups;
}
