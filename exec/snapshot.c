/* SPDX-License-Identifier: Apache-2.0
 *
 * Sections in memory; exec/checkpoint.c puts them into files. A writer keeps one slot a key group for each
 * name, in order of first use, so that the same state gives the same bytes.
 */
#include "exec/snapshot.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

#define NAMES_MAX 16
#define SLOTS (KEY_GROUPS + 2)

struct named {
    const char *name;           /* literal */
    struct outbuf slots[SLOTS]; /* shared, whole, then by group */
    bool used[SLOTS];
};

struct snapshot_writer {
    struct named *names[NAMES_MAX];
    uint32_t count;
};

struct snapshot_reader {
    const struct snapshot_part *parts; /* borrowed */
    uint32_t nparts;
    uint32_t worker;
    uint32_t parallelism;
};

static void *must(void *p) {
    if (p) return p;
    mem_exhausted();
}

struct snapshot_writer *snapshot_writer_new(void) {
    return must(calloc(1, sizeof(struct snapshot_writer)));
}

void snapshot_writer_free(struct snapshot_writer *w) {
    if (!w) return;
    for (uint32_t i = 0; i < w->count; i++) {
        for (int s = 0; s < SLOTS; s++) outbuf_free(&w->names[i]->slots[s]);
        free(w->names[i]);
    }
    free(w);
}

struct outbuf *snapshot_section(struct snapshot_writer *w, const char *name, int group) {
    uint32_t i = 0;
    while (i < w->count && strcmp(w->names[i]->name, name) != 0) i++;
    if (i == w->count) {
        if (w->count == NAMES_MAX) {
            fprintf(stderr, "weir: an operator writes more than %d kinds of sections\n", NAMES_MAX);
            abort();
        }
        w->names[w->count++] = must(calloc(1, sizeof(struct named)));
        w->names[i]->name = name;
    }
    w->names[i]->used[group + 2] = true;
    return &w->names[i]->slots[group + 2];
}

bool snapshot_writer_part(const struct snapshot_writer *w, uint32_t i, struct snapshot_part *part) {
    for (uint32_t n = 0; n < w->count; n++) {
        for (int s = 0; s < SLOTS; s++) {
            if (!w->names[n]->used[s] || i-- > 0) continue;
            const struct outbuf *o = &w->names[n]->slots[s];
            *part = (struct snapshot_part){str_of(w->names[n]->name), s - 2, 0, {o->data, o->len}};
            return true;
        }
    }
    return false;
}

struct snapshot_reader *snapshot_reader_new(const struct snapshot_part *parts, uint32_t nparts,
                                            uint32_t worker, uint32_t parallelism) {
    struct snapshot_reader *r = must(calloc(1, sizeof *r));
    *r = (struct snapshot_reader){parts, nparts, worker, parallelism};
    return r;
}

void snapshot_reader_free(struct snapshot_reader *r) {
    free(r);
}

static bool falls_to(const struct snapshot_reader *r, const struct snapshot_part *p) {
    if (p->group == SNAPSHOT_SHARED) return true;
    if (p->group == SNAPSHOT_WHOLE) return p->worker % r->parallelism == r->worker;
    return keygroup_worker((uint32_t)p->group, r->parallelism) == r->worker;
}

enum status snapshot_each(struct snapshot_reader *r, const char *name,
                          enum status (*each)(void *arg, int group, struct inbuf *in, struct error *e),
                          void *arg, struct error *e) {
    for (uint32_t i = 0; i < r->nparts; i++) {
        const struct snapshot_part *p = &r->parts[i];
        if (!str_eq(p->name, str_of(name)) || !falls_to(r, p)) continue;
        struct inbuf in = inbuf_of(p->bytes.ptr, p->bytes.len);
        TRY(each(arg, p->group, &in, e));
        if (in.bad || inbuf_left(&in))
            return error_set(e, ERR_STATE, "the snapshot's section '%s' (key group %d) is broken", name,
                             p->group);
    }
    return ST_OK;
}
