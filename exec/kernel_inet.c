/* SPDX-License-Identifier: Apache-2.0
 *
 * INET_ATON and INET_NTOA: IPv4 addresses as numbers. Of fewer than four parts the last is the lowest byte,
 * as in MySQL. What is no address gives NULL. STRICT.
 */
#include "exec/kernel_util.h"
#include "exec/number.h"

static bool parse_address(struct str s, int64_t *out) {
    unsigned parts[4], n = 0;
    size_t at = 0;
    for (;;) {
        unsigned value = 0, digits = 0;
        for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++) {
            value = value * 10 + (unsigned)(s.ptr[at] - '0');
            if (++digits > 9) return false;
        }
        if (digits == 0 || value > 255 || n == 4) return false;
        parts[n++] = value;
        if (at == s.len) break;
        if (s.ptr[at++] != '.') return false;
    }
    *out = 0;
    for (unsigned i = 0; i + 1 < n; i++) *out |= (int64_t)parts[i] << (24 - 8 * i);
    *out |= parts[n - 1];
    return true;
}

static enum status inet_aton(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        if (!parse_address(arg_str(call->args[0], row), &out_i64(call)[row])) kernel_null(call, row);
    }
    return ST_OK;
}

static enum status inet_ntoa(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        int64_t n = arg_i64(call->args[0], row);
        if (n < 0 || n > UINT32_MAX) {
            kernel_null(call, row);
            continue;
        }
        char *p = text_alloc(call, 16 + NUMBER_TEXT_BYTES), *q = p;
        for (int shift = 24; shift >= 0; shift -= 8) {
            q += number_print_i64(q, n >> shift & 255);
            if (shift) *q++ = '.';
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

const struct kernel kernel_INET_ATON = {.fn = inet_aton};
const struct kernel kernel_INET_NTOA = {.fn = inet_ntoa};
