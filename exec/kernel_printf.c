/* SPDX-License-Identifier: Apache-2.0
 *
 * PRINTF(format, values ..) with the conversions of Java's Formatter: %[n$][-#+ 0,(][width][.precision] and
 * one of d x o f e g s c b n %. Whatever Java refuses, from a conversion that does not fit its value to a
 * value that is missing, gives NULL. Fractions round half up from the digits that the number prints.
 */
#include <math.h>
#include <stdio.h>
#include <utf8proc.h>

#include "exec/kernel_util.h"
#include "exec/number.h"
#include "exec/text.h"

#define LONGEST 10000 /* width and precision */

struct spec {
    uint32_t arg;         /* argument of the call */
    bool left, alternate, plus, blank, zero, group, parens; /* - # + blank 0 , ( */
    int width, precision; /* -1: not written */
    char conversion;      /* lower case */
    bool upper;           /* it was written in upper case */
};

/* ---- reading the format ---- */

static bool read_number(const char **p, const char *end, int *out) {
    const char *from = *p;
    *out = 0;
    while (*p < end && **p >= '0' && **p <= '9') {
        *out = *out * 10 + (*(*p)++ - '0');
        if (*out > LONGEST) return false;
    }
    return *p > from;
}

static bool take_flag(struct spec *s, char c) {
    bool *flag = c == '-'   ? &s->left
                 : c == '#' ? &s->alternate
                 : c == '+' ? &s->plus
                 : c == ' ' ? &s->blank
                 : c == '0' ? &s->zero
                 : c == ',' ? &s->group
                 : c == '(' ? &s->parens
                            : NULL;
    if (!flag) return false;
    *flag = true;
    return true;
}

/* Behind the percent sign; `next` is the argument taken when none is named. */
static bool read_spec(const char **p, const char *end, uint32_t *next, struct spec *s) {
    *s = (struct spec){.width = -1, .precision = -1};
    const char *start = *p;
    int n;
    bool named = read_number(p, end, &n) && *p < end && **p == '$' && n > 0;
    if (named) (*p)++;
    else *p = start;
    while (*p < end && take_flag(s, **p)) (*p)++;
    if (*p < end && **p >= '1' && **p <= '9' && !read_number(p, end, &s->width)) return false;
    if (*p < end && **p == '.') {
        (*p)++;
        if (!read_number(p, end, &s->precision)) return false;
    }
    if (*p == end) return false;
    char c = *(*p)++;
    s->upper = c >= 'A' && c <= 'Z';
    s->conversion = (char)(c | 0x20);
    if (c == '%' || c == 'n') {
        s->conversion = c;
        return true;
    }
    s->arg = named ? (uint32_t)n : (*next)++;
    return strchr("dxofegscb", s->conversion) && !(s->upper && strchr("dfo", s->conversion)) &&
           !((s->left || s->zero) && s->width < 0) && !(s->left && s->zero) && !(s->plus && s->blank);
}

/* ---- numbers ---- */

/* sign and digits, with zeros between them up to the width */
static void put_signed(struct text *t, const struct spec *s, bool negative, const char *digits, size_t n) {
    size_t extra = (negative && s->parens) ? 2 : (negative || s->plus || s->blank);
    if (negative) text_append(t, s->parens ? "(" : "-", 1);
    else if (s->plus || s->blank) text_append(t, s->plus ? "+" : " ", 1);
    for (size_t i = n + extra; s->zero && s->width > 0 && i < (size_t)s->width; i++) text_append(t, "0", 1);
    text_append(t, digits, n);
    if (negative && s->parens) text_append(t, ")", 1);
}

/* Digits with a comma before every third of the `whole` first ones, then the others. */
static void put_grouped(struct text *t, const struct spec *s, const char *digits, size_t whole, size_t n) {
    for (size_t i = 0; i < whole; i++) {
        if (s->group && i && (whole - i) % 3 == 0) text_append(t, ",", 1);
        text_append(t, digits + i, 1);
    }
    text_append(t, digits + whole, n - whole);
}

static bool put_integer(struct text *t, const struct spec *s, const struct vec *v, uint32_t i) {
    if (!type_is_integer(v->type) || s->precision >= 0) return false;
    int64_t x = vec_int(v, i);
    char digits[NUMBER_TEXT_BYTES];
    struct text grouped = {.arena = t->arena};
    uint64_t magnitude = x < 0 ? -(uint64_t)x : (uint64_t)x;
    unsigned n = number_print_u64(digits, magnitude);
    if (s->alternate) return false;
    put_grouped(&grouped, s, digits, n, n);
    put_signed(t, s, x < 0, grouped.ptr, grouped.len);
    return true;
}

/* %x and %o: negative numbers by their bits. */
static bool put_bits(struct text *t, const struct spec *s, const struct vec *v, uint32_t i) {
    if (!type_is_integer(v->type) || s->precision >= 0 || s->plus || s->blank || s->group || s->parens)
        return false;
    uint64_t bits = (uint64_t)vec_int(v, i);
    unsigned width = phys_bytes(v->phys) * 8;
    if (width < 64) bits &= (UINT64_C(1) << width) - 1;
    char digits[32];
    int n = snprintf(digits, sizeof digits, s->conversion == 'o' ? "%llo" : "%llx", (unsigned long long)bits);
    const char *prefix = !s->alternate ? "" : s->conversion == 'o' ? "0" : "0x";
    text_append(t, prefix, strlen(prefix));
    for (size_t at = (size_t)n + strlen(prefix); s->zero && at < (size_t)s->width; at++)
        text_append(t, "0", 1);
    text_append(t, digits, (size_t)n);
    return true;
}

/* The digits of a number, 0.d1d2.. * 10^exponent, cut to `keep` of them with rounding half up. */
static void round_digits(char *digits, unsigned *n, int *exponent, int keep) {
    if (keep >= (int)*n) return;
    bool up = keep >= 0 && digits[keep] >= '5';
    *n = keep > 0 ? (unsigned)keep : 0;
    for (unsigned i = *n; up && i-- > 0;) {
        if (digits[i] != '9') {
            digits[i]++;
            up = false;
        } else {
            digits[i] = '0';
        }
    }
    if (!up) return;
    memmove(digits + 1, digits, *n);
    digits[0] = '1';
    if (*n == 0) *n = 1;
    (*exponent)++;
}

/* `places` digits behind the point, of digits already rounded. */
static void put_fixed(struct text *t, const struct spec *s, const char *digits, unsigned n, int exponent,
                      int places) {
    struct text whole = {.arena = t->arena};
    for (int i = 0; i < exponent; i++) text_append(&whole, i < (int)n ? digits + i : "0", 1);
    if (exponent <= 0 || n == 0) whole.len = 0, text_append(&whole, "0", 1);
    put_grouped(t, s, whole.ptr, whole.len, whole.len);
    if (places || s->alternate) text_append(t, ".", 1);
    for (int i = exponent; i < exponent + places; i++)
        text_append(t, i >= 0 && i < (int)n ? digits + i : "0", 1);
}

static void put_scientific(struct text *t, const struct spec *s, const char *digits, unsigned n, int exponent,
                           int places) {
    char power[16];
    text_append(t, n ? digits : "0", 1);
    if (places || s->alternate) text_append(t, ".", 1);
    for (int i = 1; i <= places; i++) text_append(t, i < (int)n ? digits + i : "0", 1);
    int e = n ? exponent - 1 : 0;
    text_append(t, power,
                (size_t)snprintf(power, sizeof power, "e%c%02d", e < 0 ? '-' : '+', e < 0 ? -e : e));
}

static bool put_float(struct text *t, const struct spec *s, const struct vec *v, uint32_t i) {
    if (v->phys != PHYS_F64 && v->phys != PHYS_F32) return false;
    double x = v->phys == PHYS_F64 ? ((const double *)v->data)[i] : (double)((const float *)v->data)[i];
    if (!isfinite(x)) {
        struct spec plain = *s;
        plain.zero = false;
        if (x != x) text_append(t, "NaN", 3);
        else put_signed(t, &plain, x < 0, "Infinity", 8);
        return true;
    }
    char digits[24];
    int exponent = 0, places = s->precision < 0 ? 6 : s->precision;
    unsigned n = x == 0 ? 0 : number_digits_double(fabs(x), digits, &exponent);
    struct text body = {.arena = t->arena};
    bool fixed = s->conversion == 'f';
    if (s->conversion == 'g') {
        if (s->alternate) return false;
        if (places == 0) places = 1;
        if (n) round_digits(digits, &n, &exponent, places);
        fixed = n == 0 || (exponent > -4 && exponent <= places);
        places = n == 0 ? places - 1 : fixed ? places - exponent : places - 1;
    } else if (n) {
        round_digits(digits, &n, &exponent, fixed ? exponent + places : 1 + places);
    }
    if (!fixed && s->group) return false;
    if (fixed) put_fixed(&body, s, digits, n, exponent, places);
    else put_scientific(&body, s, digits, n, exponent, places);
    put_signed(t, s, signbit(x), body.ptr, body.len);
    return true;
}

/* ---- the others ---- */

static void put_string(struct text *t, const struct spec *s, struct str text) {
    if (s->precision >= 0) text.len = utf8_offset(text.ptr, text.len, (size_t)s->precision);
    text_append(t, text.ptr, text.len);
}

static bool put_character(struct text *t, const struct spec *s, const struct vec *v, uint32_t i) {
    char utf8[4];
    if (!type_is_integer(v->type) || s->precision >= 0) return false;
    int64_t c = vec_int(v, i);
    if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
    text_append(t, utf8, utf8_encode((uint32_t)c, utf8));
    return true;
}

static bool put_text(struct text *t, const struct spec *s, const struct vec *v, uint32_t i) {
    if (s->alternate) return false;
    if (v->phys == PHYS_STR) {
        put_string(t, s, strview_str(&((const struct strview *)v->data)[i]));
    } else if (v->phys == PHYS_BOOL) {
        put_string(t, s, ((const uint8_t *)v->data)[i] ? STR("true") : STR("false"));
    } else {
        char scalar[TEXT_SCALAR_BYTES];
        put_string(t, s, (struct str){scalar, text_scalar(scalar, v, i, NULL)});
    }
    return true;
}

static bool put_value(struct text *t, const struct spec *s, const struct vec *v, uint32_t row) {
    uint32_t i = vec_index(v, row);
    bool null = v->phys == PHYS_NONE || vec_is_null(v, row);
    if (s->conversion == 'b') {
        bool yes = !null && (v->phys != PHYS_BOOL || ((const uint8_t *)v->data)[i]);
        put_string(t, s, yes ? STR("true") : STR("false"));
        return !s->alternate;
    }
    if (null) {
        put_string(t, s, STR("null"));
        return true;
    }
    switch (s->conversion) {
    case 'd': return put_integer(t, s, v, i);
    case 'x':
    case 'o': return put_bits(t, s, v, i);
    case 'c': return put_character(t, s, v, i);
    case 's': return put_text(t, s, v, i);
    default: return put_float(t, s, v, i);
    }
}

/* Appends the value at its width, in upper case where that is asked for. */
static void put_padded(struct text *t, const struct spec *s, struct text *value) {
    size_t chars = utf8_count(value->ptr, value->len);
    for (size_t n = chars; !s->left && s->width > 0 && n < (size_t)s->width; n++) text_append(t, " ", 1);
    for (size_t i = 0, n; i < value->len; i += n) {
        n = utf8_step(value->ptr + i, value->ptr + value->len);
        uint32_t c = s->upper ? utf8_decode(value->ptr + i, n) : 0xfffd;
        char utf8[4];
        if (c == 0xfffd) text_append(t, value->ptr + i, n);
        else text_append(t, utf8, utf8_encode((uint32_t)utf8proc_toupper((utf8proc_int32_t)c), utf8));
    }
    for (size_t n = chars; s->left && n < (size_t)s->width; n++) text_append(t, " ", 1);
}

static bool print_row(struct kernel_call *call, uint32_t row, struct text *t) {
    struct str format = arg_str(call->args[0], row);
    const char *p = format.ptr, *end = format.ptr + format.len;
    uint32_t next = 1;
    while (p < end) {
        const char *percent = memchr(p, '%', (size_t)(end - p));
        size_t plain = (size_t)((percent ? percent : end) - p);
        text_append(t, p, plain);
        if (!percent) break;
        p = percent + 1;
        struct spec s;
        struct text value = {.arena = call->scratch};
        if (!read_spec(&p, end, &next, &s)) return false;
        if (s.conversion == 'n' && s.arg == 0) text_append(&value, "\n", 1);
        else if (s.conversion == '%') text_append(&value, "%", 1);
        else if (s.arg >= call->expr->nargs || !put_value(&value, &s, call->args[s.arg], row)) return false;
        put_padded(t, &s, &value);
        if (t->len > TEXT_MAX_BYTES) return false;
    }
    return true;
}

static enum status print(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct text t = {.arena = call->scratch};
        if (arg_null(call->args[0], row) || !print_row(call, row, &t)) kernel_null(call, row);
        else kernel_put_view(call, row, t.ptr, t.len);
        if (t.len > TEXT_MAX_BYTES) return text_too_long(call);
    }
    return ST_OK;
}

const struct kernel kernel_PRINTF = {.fn = print};
