/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes of rows are those of their values, in whatever form the vectors are; the blackhole's checksum does
 * not depend on order or batches, and a retraction takes its row away again.
 */
#include <criterion/criterion.h>

#include "connectors/builtin.h"
#include "connectors/row_hash.h"
#include "tests/unit/io_helper.h"

#define ROWS                                                                                                 \
    "1,a|2,-|3,a text of more than twelve bytes|-,text of 13 b.|1,a|7,a text of more than 16 bytes twice "   \
    "over"

static void table(struct io *io) {
    io_init(io, &blackhole_connector, NULL);
    io_column(io, "a", type_simple(TYPE_BIGINT, true));
    io_column(io, "b", type_string(true));
}

Test(row_hash, the_same_in_every_form) {
    struct io io;
    table(&io);
    struct batch *b = io_batch(&io, ROWS);
    uint64_t flat[6], other[6];
    row_hash(b, flat);
    cr_assert_eq(flat[0], flat[4]);
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < i; k++) cr_assert((i == 4 && k == 0) || flat[i] != flat[k], "%d %d", i, k);
    }
    uint32_t dict[] = {5, 4, 3, 2, 1, 0}, sel[] = {1, 3, 5}, rows[] = {2, 0};
    struct batch *d = io_batch(&io, ROWS);
    for (uint32_t c = 0; c < 2; c++) {
        d->cols[c]->form = VEC_DICT;
        d->cols[c]->dict = dict;
    }
    row_hash(d, other);
    for (int i = 0; i < 6; i++) cr_assert_eq(other[i], flat[5 - i]);
    row_hash(batch_select(&io.arena, b, sel, 3), other);
    for (int i = 0; i < 3; i++) cr_assert_eq(other[i], flat[sel[i]]);
    struct batch *g = batch_new(&io.arena, 2);
    g->rows = g->count = 2;
    for (uint32_t c = 0; c < 2; c++) g->cols[c] = vec_gather(b->cols[c], rows, 2, &io.arena);
    row_hash(g, other);
    cr_assert(other[0] == flat[2] && other[1] == flat[0]);
    io_free(&io);
}

/* The line logged after pushing the batches, kept by a checkpoint in between if asked for. */
static const char *logged(struct io *io, const char *const *texts, int n, bool checkpoint) {
    const struct sink_class *c = io->connector->sink;
    struct sink *s = io_sink_open(io);
    for (int i = 0; i < n; i++) {
        struct batch *b = io_batch(io, texts[i] + (texts[i][0] == '-'));
        int8_t change[8];
        memset(change, CHANGE_DELETE, sizeof change);
        if (texts[i][0] == '-') b->change = change;
        cr_assert_eq(c->push(s, b, 0, &io->error), SINK_DONE);
        if (!checkpoint) continue;
        struct outbuf o = {0};
        cr_assert_eq(c->prepare(s, (uint64_t)i, &o, &io->error), SINK_DONE);
        c->close(s);
        s = io_sink_open(io);
        struct inbuf in = inbuf_of(o.data, o.len);
        cr_assert_eq(c->restore(s, (uint64_t)i, &in, &io->error), ST_OK);
        outbuf_free(&o);
    }
    io->log.len = 0;
    c->close(s);
    outbuf_char(&io->log, '\0');
    return arena_strdup(&io->arena, io->log.data);
}

Test(row_hash, blackhole_checksum) {
    struct io io;
    table(&io);
    const char *const whole[] = {"1,x|2,y|3,z"}, *const parts[] = {"3,z", "1,x|2,y"};
    const char *const taken_back[] = {"3,z|9,q", "1,x|2,y", "-9,q"}, *const other[] = {"1,x|2,y|3,zz"};
    const char *line = logged(&io, whole, 1, false);
    cr_assert_eq(strncmp(line, "blackhole t: 3 rows, checksum ", 30), 0, "%s", line);
    cr_assert_str_eq(logged(&io, parts, 2, false), line);
    cr_assert_str_eq(logged(&io, parts, 2, true), line);
    cr_assert_str_neq(logged(&io, other, 1, false), line);
    cr_assert_str_eq(strstr(logged(&io, taken_back, 3, false), "checksum"), strstr(line, "checksum"));
    io_free(&io);
}

Test(row_hash, every_byte_of_a_long_string_counts) {
    struct io io;
    io_init(&io, &blackhole_connector, NULL);
    char text[300];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('a' + i % 26);
    const struct type *type = type_string(true);
    for (uint32_t len = 13; len < sizeof text; len++) {
        struct batch *b = batch_new_flat(&io.arena, &type, 1, 1);
        uint64_t plain, other;
        ((struct strview *)b->cols[0]->data)[0] = strview_of(text, len);
        row_hash(b, &plain);
        for (uint32_t i = 0; i < len; i++) {
            text[i]++;
            ((struct strview *)b->cols[0]->data)[0] = strview_of(text, len);
            row_hash(b, &other);
            cr_assert_neq(plain, other, "byte %u of %u", i, len);
            text[i]--;
        }
    }
    io_free(&io);
}
