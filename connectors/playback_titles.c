/* SPDX-License-Identifier: Apache-2.0
 *
 * The titles of playback events: PLAYBACK_TITLES of them, valid from a day before the events; in the wide
 * shape a few hundred change their genre while the events go on (rows in the order of valid_from).
 */
#include "connectors/playback.h"

#define DAY_US 86400000000ll

enum title_column { T_TITLE_ID, T_NAME, T_GENRE, T_RATING, T_RUNTIME_MIN, T_VALID_FROM };

static const struct str genres[PLAYBACK_GENRES] = {
    STR("Drama"),     STR("Comedy"),  STR("Thriller"), STR("Action"),  STR("Documentary"),
    STR("Romance"),   STR("Crime"),   STR("Sci-Fi"),   STR("Horror"),  STR("Fantasy"),
    STR("Animation"), STR("Family"),  STR("Mystery"),  STR("Reality"), STR("Stand-Up"),
    STR("Anime"),     STR("History"), STR("Music"),    STR("Sport"),   STR("Western"),
};
static const struct str ratings[] = {STR("G"), STR("PG"), STR("PG-13"), STR("R"), STR("TV-14"), STR("TV-MA")};
static const struct str adjectives[] = {
    STR("Silent"), STR("Golden"), STR("Last"), STR("Crimson"), STR("Hidden"), STR("Broken"), STR("Distant"),
    STR("Électrique"), STR("Wild"), STR("Frozen"), STR("Endless"), STR("Schöne"), STR("Little"), STR("Lost"),
};
static const struct str nouns[] = {
    STR("River"),     STR("Kingdom"),   STR("Señora"), STR("Harbour"), STR("Garden"), STR("Signal"),
    STR("Frühling"),  STR("Detective"), STR("Island"), STR("Café"),    STR("Winter"), STR("Promise"),
    STR("Orchestra"), STR("Łódź"),      STR("Mirror"), STR("Horizon"), STR("夜"),
};

struct title {
    uint32_t id;
    bool second; /* its second version */
    int64_t valid_from_us;
};

static struct title title_of(const struct playback *p, uint64_t row) {
    if (row < PLAYBACK_TITLES) return (struct title){(uint32_t)row + 1, false, p->start_us - DAY_US};
    uint64_t i = row - PLAYBACK_TITLES;
    int64_t ms = p->duration_us / 1000 * (int64_t)(i + 1) / (PLAYBACK_TITLE_VERSIONS + 1);
    return (struct title){(uint32_t)(i * 61 % PLAYBACK_TITLES) + 1, true, p->start_us + ms * 1000};
}

static struct strview name_of(const struct playback *p, uint32_t id, struct arena *a) {
    uint64_t draw = playback_draw(p, id, DRAW_NAME);
    struct str adjective = adjectives[draw % ARRAY_LEN(adjectives)],
               noun = nouns[(draw >> 8) % ARRAY_LEN(nouns)];
    struct str name;
    switch ((draw >> 16) % 8) {
    case 0: name = arena_printf(a, "%.*s, %.*s", STR_ARG(noun), STR_ARG(adjective)); break;
    case 1: name = arena_printf(a, "The \"%.*s\" %.*s", STR_ARG(adjective), STR_ARG(noun)); break;
    case 2:
        name = arena_printf(a, "%.*s %.*s, Part %u", STR_ARG(adjective), STR_ARG(noun),
                            (unsigned)(draw >> 40) % 5 + 2);
        break;
    case 3: name = arena_printf(a, "%.*s", STR_ARG(noun)); break;
    default: name = arena_printf(a, "The %.*s %.*s", STR_ARG(adjective), STR_ARG(noun)); break;
    }
    return playback_view(name);
}

static struct str genre_of(const struct playback *p, struct title t) {
    uint32_t g = draw_below(playback_draw(p, t.id, DRAW_GENRE), PLAYBACK_GENRES);
    return genres[(g + (t.second ? 7 : 0)) % PLAYBACK_GENRES];
}

static void fill_title_column(const struct playback *p, uint64_t first, uint32_t count,
                              enum title_column column, struct vec *v, struct arena *a) {
    struct strview *strings = v->data;
    for (uint32_t i = 0; i < count; i++) {
        struct title t = title_of(p, first + i);
        switch (column) {
        case T_TITLE_ID:
            if (v->phys == PHYS_I32) ((int32_t *)v->data)[i] = (int32_t)t.id;
            else strings[i] = playback_view(arena_printf(a, "t_%06u", t.id));
            break;
        case T_NAME: strings[i] = name_of(p, t.id, a); break;
        case T_GENRE: strings[i] = playback_view(genre_of(p, t)); break;
        case T_RATING:
            strings[i] = playback_view(ratings[playback_draw(p, t.id, DRAW_KIND) % ARRAY_LEN(ratings)]);
            break;
        case T_RUNTIME_MIN:
            ((int32_t *)v->data)[i] = 20 + (int32_t)draw_below(playback_draw(p, t.id, DRAW_RUNTIME), 160);
            break;
        case T_VALID_FROM: ((int64_t *)v->data)[i] = t.valid_from_us; break;
        }
    }
}

void playback_titles_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                          struct arena *a) {
    for (uint32_t c = 0; c < p->ncols; c++) {
        uint32_t column = p->wanted[c];
        if (p->shape == SHAPE_W_TITLES && column == 3) column = T_RUNTIME_MIN; /* it has no rating */
        fill_title_column(p, first, count, (enum title_column)column, cols[c], a);
    }
}
