/* SPDX-License-Identifier: Apache-2.0
 *
 * Look-up of SYMBOL arguments by word. The table is symbols.def; no state.
 */
#include "planner/symbols.h"

#include "base/status.h"

static const struct str words[] = {
#define SYMBOL(id, word) {word, sizeof(word) - 1},
#include "planner/symbols.def"
#undef SYMBOL
};

static bool find_exact(struct str word, enum symbol *out) {
    for (unsigned i = 0; i < ARRAY_LEN(words); i++) {
        if (str_ieq(words[i], word)) {
            *out = (enum symbol)i;
            return true;
        }
    }
    return false;
}

bool symbol_find(struct str word, enum symbol *out) {
    if (find_exact(word, out)) return true;
    struct str w = word;
    if (w.len > 8 && str_ieq(str_sub(w, 0, 8), STR("SQL_TSI_"))) w = str_sub(w, 8, w.len - 8);
    if (w.len > 1 && w.len == word.len && (w.ptr[w.len - 1] | 0x20) == 's') w.len--;
    if (w.len == word.len) return false;
    enum symbol s;
    if (!find_exact(w, &s) || !symbol_is_unit(s)) return false;
    *out = s;
    return true;
}

const char *symbol_name(enum symbol s) {
    return s < SYM_COUNT ? words[s].ptr : "?";
}
