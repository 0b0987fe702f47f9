/* SPDX-License-Identifier: Apache-2.0
 *
 * The one string function too long to be inline: edit distance for suggestions.
 */
#include "base/str.h"

#include <ctype.h>

#define DISTANCE_MAX_LEN 64

unsigned str_distance(struct str a, struct str b, unsigned max) {
    if (a.len > DISTANCE_MAX_LEN || b.len > DISTANCE_MAX_LEN) return max;
    unsigned row[DISTANCE_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++) row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = tolower((unsigned char)a.ptr[i - 1]) == tolower((unsigned char)b.ptr[j - 1]);
            unsigned best = diagonal + (same ? 0 : 1);
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[b.len] < max ? row[b.len] : max;
}
