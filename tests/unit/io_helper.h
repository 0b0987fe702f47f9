/* SPDX-License-Identifier: Apache-2.0
 *
 * Drives connectors directly for their tests: a table with columns and options, its source read by one or
 * more readers in turn, its sink given rows and epochs; and a folder of its own for files.
 */
#ifndef WEIR_TESTS_IO_HELPER_H
#define WEIR_TESTS_IO_HELPER_H

#include "connectors/connector.h"

struct io {
    const struct connector_class *connector;
    struct arena arena;
    struct env env;          /* a copy of env_real, or what the test puts here */
    struct options options;
    struct schema schema;
    struct plan_table table;
    struct plan_scan scan;
    struct plan_sink sink;
    struct plan_node node;   /* the scan, or the sink */
    struct plan_node input;  /* of the sink */
    struct io_counters counters;
    struct mem_account mem;
    struct io_config config;
    struct error error;
    struct outbuf log;       /* lines of config.log */
    struct outbuf state;     /* snapshot taken by io_read */
    uint32_t max_chunks;     /* io_read stops after so many claims; 0 = at the end */
    char dir[64];            /* a folder, removed by io_free */
};

void io_init(struct io *io, const struct connector_class *connector, const struct format_class *format);
void io_free(struct io *io);
void io_column(struct io *io, const char *name, const struct type *type);
void io_metadata(struct io *io, const char *key, const struct type *type);
void io_option(struct io *io, const char *key, const char *value);
/* Reads only these of the columns so far, in that order. */
void io_project(struct io *io, uint32_t n, const uint32_t *columns);

/* Rows of the source as text, a line each, by `readers` readers in turn; "! reason" where it fails. From the
 * snapshot in io->state if there is one; afterwards that holds the position reached. */
const char *io_read(struct io *io, uint32_t readers);

/* A path within io->dir. */
const char *io_path(struct io *io, const char *name);
void io_write_file(struct io *io, const char *name, const void *p, size_t len);
/* The content, NULL if it is not there. */
const char *io_file(struct io *io, const char *name);

/* A batch of BIGINT and STRING columns from "1,abc|2,-": rows by |, columns by comma, - is NULL. */
struct batch *io_batch(struct io *io, const char *text);
struct sink *io_sink_open(struct io *io);
/* Names of the files below io->dir, sorted, one a line; hidden ones too. */
const char *io_list(struct io *io);

#endif
