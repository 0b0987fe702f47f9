/* SPDX-License-Identifier: Apache-2.0
 *
 * The sleeping half of ring.h.
 */
#include "exec/ring.h"

#include <time.h>

void doorbell_init(struct doorbell *d) {
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&d->mutex, NULL);
    pthread_cond_init(&d->cond, &attr);
    pthread_condattr_destroy(&attr);
    atomic_init(&d->rung, 0);
    atomic_init(&d->waiting, 0);
}

void doorbell_destroy(struct doorbell *d) {
    pthread_cond_destroy(&d->cond);
    pthread_mutex_destroy(&d->mutex);
}

void doorbell_ring(struct doorbell *d) {
    atomic_fetch_add(&d->rung, 1);
    if (!atomic_load(&d->waiting)) return;
    pthread_mutex_lock(&d->mutex);
    pthread_cond_signal(&d->cond);
    pthread_mutex_unlock(&d->mutex);
}

void doorbell_wait(struct doorbell *d, uint32_t seen, int64_t timeout_us) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + timeout_us % 1000000 * 1000;
    until.tv_sec += timeout_us / 1000000 + ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    pthread_mutex_lock(&d->mutex);
    atomic_store(&d->waiting, 1);
    while (atomic_load(&d->rung) == seen) {
        if (pthread_cond_timedwait(&d->cond, &d->mutex, &until) != 0) break;
    }
    atomic_store(&d->waiting, 0);
    pthread_mutex_unlock(&d->mutex);
}
