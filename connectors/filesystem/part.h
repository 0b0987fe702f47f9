/* SPDX-License-Identifier: Apache-2.0
 *
 * Part files of a filesystem sink. A part is written under a hidden name, ".NAME.inprogress-TAG", and gets
 * its own name when it is published; TAG says which job it belongs to, so that what a crash leaves can be
 * found.
 */
#ifndef WEIR_CONNECTORS_FILESYSTEM_PART_H
#define WEIR_CONNECTORS_FILESYSTEM_PART_H

#include "base/env.h"
#include "base/serial.h"
#include "formats/format.h"

/* What all parts of a sink share. */
struct part_maker {
    struct env *env;
    const char *folder; /* of the table */
    char uid[20];       /* of this run */
    char tag[20];       /* of the job */
    uint32_t worker;
    uint32_t made; /* parts so far */
    const struct format_class *format;
    const struct format_config *format_config;
};

/* A part being written. */
struct part {
    char *dir;  /* folder, with the partition's folders */
    char *name; /* its final name in dir */
    int fd;
    struct encoder *encoder;
    struct outbuf buf;  /* encoded, not written yet */
    int64_t size_bytes; /* written and in buf */
    int64_t begun_us, used_us;
};

/* `partition` is "" or "day=1/hour=2". */
enum status part_open(struct part_maker *m, struct str partition, int64_t now_us, struct part **out,
                      struct error *e);
enum status part_rows(struct part_maker *m, struct part *p, const struct batch *b, struct sel sel,
                      int64_t now_us, struct error *e);
/* Completes, syncs and closes the file; it is still hidden. Frees all but the names. */
enum status part_finish(struct part_maker *m, struct part *p, struct error *e);
/* Is the part there, hidden or published? */
enum status part_exists(struct env *env, const char *dir, const char *name, const char *tag, bool *out,
                        struct error *e);
/* Gives a finished part its name; done already is fine. */
enum status part_publish(struct env *env, const char *dir, const char *name, const char *tag,
                         struct error *e);
/* Closes without publishing; the hidden file is removed unless it is `finished`. */
void part_free(struct part_maker *m, struct part *p, bool remove_file);
/* Removes every hidden file with this tag below the folder. */
enum status part_remove_leftovers(struct env *env, const char *folder, const char *tag, struct error *e);

#endif
