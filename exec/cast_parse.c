/* SPDX-License-Identifier: Apache-2.0
 *
 * Casts from strings. Numbers may have blanks around them; an integer's fraction is cut; DOUBLE takes what
 * Java's parseDouble takes. DECIMAL rounds half up.
 */
#include "exec/cast_internal.h"
#include "exec/datetime.h"
#include "exec/decimal.h"
#include "exec/number.h"
#include "exec/zone.h"

static struct str trim(struct str s) {
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    return s;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

enum status cast_parse_bool(struct kernel_call *call) {
    static const char *const words[2][5] = {{"false", "f", "no", "n", "0"}, {"true", "t", "yes", "y", "1"}};
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        int found = -1;
        for (int w = 0; w < 10; w++) {
            if (str_ieq(s, str_of(words[w / 5][w % 5]))) found = w / 5;
        }
        if (found < 0) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        } else {
            out[row] = (uint8_t)found;
        }
    }
    return ST_OK;
}

/* "12", "-12.7", ".5", "5.": the whole part. */
static enum number_parsed parse_integer(struct str s, int64_t *out) {
    size_t whole = 0, digits = 0;
    while (whole < s.len && s.ptr[whole] != '.') digits += is_digit(s.ptr[whole++]);
    for (size_t i = whole + 1; i < s.len; i++) {
        if (!is_digit(s.ptr[i])) return NUMBER_MALFORMED;
        digits++;
    }
    if (digits == 0) return NUMBER_MALFORMED;
    bool sign_only = whole == 0 || (whole == 1 && (s.ptr[0] == '-' || s.ptr[0] == '+'));
    if (sign_only && whole < s.len) {
        *out = 0;
        return NUMBER_OK;
    }
    return number_parse_i64(s.ptr, whole, out);
}

/* False if the value does not fit. */
static bool store_integer(struct vec *v, uint32_t row, int64_t x) {
    vec_put_int(v, row, x);
    return vec_int(v, row) == x;
}

enum status cast_parse_integer(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        int64_t x = 0;
        enum number_parsed parsed = parse_integer(trim(arg_str(call->args[0], row)), &x);
        if (parsed == NUMBER_MALFORMED) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        } else if (parsed == NUMBER_TOO_LARGE || !store_integer(call->out, row, x)) {
            TRY(cast_fail(call, row, ERR_OUT_OF_RANGE, "out of range"));
        }
    }
    return ST_OK;
}

/* Java takes a d or f behind the digits. */
static struct str without_suffix(struct str s) {
    if (s.len > 1 && strchr("dDfF", s.ptr[s.len - 1]) &&
        (is_digit(s.ptr[s.len - 2]) || s.ptr[s.len - 2] == '.')) {
        s.len--;
    }
    return s;
}

enum status cast_parse_float(struct kernel_call *call) {
    bool is_float = call->out->phys == PHYS_F32;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = without_suffix(trim(arg_str(call->args[0], row)));
        enum number_parsed parsed = is_float ? number_parse_float(s.ptr, s.len,
                                                                  &((float *)call->out->data)[row])
                                             : number_parse_double(s.ptr, s.len,
                                                                   &((double *)call->out->data)[row]);
        if (parsed != NUMBER_OK) TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
    }
    return ST_OK;
}

enum status cast_parse_decimal(struct kernel_call *call) {
    const struct type *to = call->expr->type;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        __int128 x;
        enum decimal_parsed parsed = decimal_parse(s.ptr, s.len, to->precision, to->scale, &x);
        if (parsed == DECIMAL_OK) {
            cast_put_decimal(call->out, row, x);
        } else if (parsed == DECIMAL_MALFORMED) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        } else {
            TRY(cast_fail(call, row, ERR_OUT_OF_RANGE, "out of range"));
        }
    }
    return ST_OK;
}

enum status cast_parse_date(struct kernel_call *call) {
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        if (!datetime_cast_date(arg_str(call->args[0], row), &out[row])) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        }
    }
    return ST_OK;
}

enum status cast_parse_time(struct kernel_call *call) {
    static const int32_t unit_ms[] = {1000, 100, 10};
    unsigned precision = call->expr->type->precision;
    int32_t unit = precision < 3 ? unit_ms[precision] : 1;
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        if (!datetime_cast_time(arg_str(call->args[0], row), &out[row])) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        } else {
            out[row] -= out[row] % unit;
        }
    }
    return ST_OK;
}

enum status cast_parse_timestamp(struct kernel_call *call) {
    const struct type *to = call->expr->type;
    int64_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        if (!datetime_parse_timestamp(s.ptr, s.len, DATETIME_CAST, false, to->precision, &out[row])) {
            TRY(cast_fail(call, row, ERR_INVALID_CAST, NULL));
        } else if (to->kind == TYPE_TIMESTAMP_LTZ && call->ctx->zone) {
            out[row] = zone_to_utc(call->ctx->zone, out[row], type_ticks_per_second(to));
        }
    }
    return ST_OK;
}
