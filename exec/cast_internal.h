/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by the cast_*.c: the kernels of each group, chosen in cast.c, and how a cast fails.
 */
#ifndef WEIR_EXEC_CAST_INTERNAL_H
#define WEIR_EXEC_CAST_INTERNAL_H

#include "exec/cast.h"

/* cast_number.c: BOOLEAN and numbers among themselves */
enum status cast_to_bool(struct kernel_call *call);
enum status cast_to_integer(struct kernel_call *call);
enum status cast_to_float(struct kernel_call *call);
enum status cast_to_decimal(struct kernel_call *call);
/* cast_parse.c: from strings */
enum status cast_parse_bool(struct kernel_call *call);
enum status cast_parse_integer(struct kernel_call *call);
enum status cast_parse_float(struct kernel_call *call);
enum status cast_parse_decimal(struct kernel_call *call);
enum status cast_parse_date(struct kernel_call *call);
enum status cast_parse_time(struct kernel_call *call);
enum status cast_parse_timestamp(struct kernel_call *call);
/* cast_print.c: to strings and bytes */
enum status cast_resize(struct kernel_call *call);
enum status cast_print(struct kernel_call *call);
enum status cast_bytes_to_text(struct kernel_call *call);
/* cast_time.c */
enum status cast_to_date(struct kernel_call *call);
enum status cast_to_time(struct kernel_call *call);
enum status cast_to_timestamp(struct kernel_call *call);

/* The row's value cannot be converted: NULL under TRY_CAST, else the error
 * "cannot cast 'abc' to INT", with more behind it if `why` is given. */
enum status cast_fail(struct kernel_call *call, uint32_t row, enum error_code code, const char *why);
/* Stores a decimal in its physical form. */
void cast_put_decimal(struct vec *v, uint32_t row, __int128 x);

#endif
