/* SPDX-License-Identifier: Apache-2.0
 *
 * Expiry of state (table.exec.state.ttl): what was not used for that long is as if it had never been. Clock
 * values are microseconds of processing time, or watermarks when weir.state.ttl-clock = event; TIME_MIN = not
 * known yet, which never expires. An operator looks at each entry it touches, and through all of them only
 * when half a TTL has passed.
 */
#ifndef WEIR_EXEC_TTL_H
#define WEIR_EXEC_TTL_H

#include "exec/op.h"

/* The clock that an operator's TTL counts by. */
static inline int64_t ttl_clock(const struct op_ctx *ctx, bool event_time) {
    return event_time ? ctx->watermark_us : ctx->now_us;
}
/* Last used at used_us: is it dead now? ttl_us 0 = lives for ever. */
static inline bool ttl_expired(int64_t ttl_us, int64_t used_us, int64_t now_us) {
    int64_t limit;
    return ttl_us > 0 && now_us != TIME_MIN && used_us != TIME_MIN &&
           !__builtin_sub_overflow(now_us, ttl_us, &limit) && used_us <= limit;
}
/* Is it time to search all state for what is dead? *swept_us (TIME_MIN at first) is moved on if so. */
static inline bool ttl_sweep_due(int64_t ttl_us, int64_t now_us, int64_t *swept_us) {
    int64_t next;
    if (ttl_us <= 0 || now_us == TIME_MIN) return false;
    if (*swept_us != TIME_MIN && (__builtin_add_overflow(*swept_us, ttl_us / 2, &next) || now_us < next))
        return false;
    *swept_us = now_us;
    return true;
}

#endif
