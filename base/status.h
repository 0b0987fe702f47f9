/* SPDX-License-Identifier: Apache-2.0
 *
 * The result of every function that can fail. Detail is set once, where the failure happens, in a
 * `struct error` (base/error.h); the status only says that it is there. TRY() propagates.
 */
#ifndef WEIR_BASE_STATUS_H
#define WEIR_BASE_STATUS_H

enum status {
    ST_OK = 0,
    ST_ERROR = 1, /* detail is in the struct error of the statement or task */
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define TRY(call)                                                                                            \
    do {                                                                                                     \
        if (UNLIKELY((call) != ST_OK)) return ST_ERROR;                                                      \
    } while (0)

#endif
