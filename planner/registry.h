/* SPDX-License-Identifier: Apache-2.0
 *
 * What the planner knows of connectors and formats: tables of descriptions. The engine fills a registry
 * with what lies to the right of the planner (connectors/ and formats/ put a description into each of
 * their classes), and gives it to every session.
 */
#ifndef WEIR_PLANNER_REGISTRY_H
#define WEIR_PLANNER_REGISTRY_H

#include "base/options.h"
#include "planner/type.h"

/* A named, typed column of a table, a format's schema or an operator's output. */
struct field {
    struct str name;
    const struct type *type;
};
struct schema {
    uint32_t count;
    struct field *fields;
};

/* A metadata column a connector offers. */
struct metadata_desc {
    const char *key;         /* 'offset' */
    enum type_kind kind;     /* simple kinds; TYPE_MAP means MAP<STRING, BYTES> */
    uint8_t precision;       /* of TIMESTAMP_LTZ */
    bool nullable;
    bool writable;           /* can be an INSERT's column (else VIRTUAL is needed) */
};

enum connector_cap {
    CONN_SOURCE = 1,
    CONN_SINK = 2,
    CONN_NEEDS_FORMAT = 4,      /* 'format' is required */
    CONN_TAKES_UPDATES = 8,     /* the sink takes any changelog (print, blackhole) */
    CONN_TAKES_UPSERTS = 16,    /* the sink takes changes by PRIMARY KEY */
    CONN_FIXED_SCHEMA = 32,     /* columns must be among `schema` (nexmark, playback); may be left out */
    CONN_PARTITIONED = 64,      /* PARTITIONED BY is possible */
    CONN_GIVES_WATERMARK = 256, /* WATERMARK FOR .. AS SOURCE_WATERMARK() is possible */
    CONN_INFERS = 128,          /* columns may be left out: they are found in the table's files */
};

struct connector_desc {
    const char *name;                       /* 'filesystem' */
    uint32_t caps;                          /* enum connector_cap */
    const struct option_def *options;       /* without 'connector', 'format' and the format's own */
    const struct metadata_desc *metadata;   /* ends with key NULL; may be NULL */
    /* Checks beyond the option table, at CREATE TABLE; may be NULL. */
    enum status (*validate)(const struct options *o, struct error *e);
    /* Does a scan with these options end by itself? NULL = always. */
    bool (*bounded)(const struct options *o);
    /* Columns of a CONN_FIXED_SCHEMA connector with these options. */
    enum status (*schema)(const struct options *o, struct arena *a, struct schema *out, struct error *e);
    const char *plugin;                     /* "kafka": class is in weir-kafka.so; NULL = built in */
    const char *help;                       /* one line */
};

/* The first line of each CSV file of a table. */
enum header_line {
    HEADER_NONE,  /* is a record like all others */
    HEADER_SKIP,  /* is left out */
    HEADER_NAMES, /* holds the names of the columns, and is left out */
    HEADER_AUTO,  /* to be found out */
};

/* What the planner asks about a table's files (planner_ctx.infer), and the answer. */
struct infer_request {
    const struct connector_desc *connector;
    const struct format_desc *format; /* NULL: only the format is asked for */
    struct str format_prefix;         /* "csv." */
    const struct options *options;    /* as given, 'path' among them */
    enum header_line header;          /* of 'weir.csv.header' */
    uint32_t npartitions;             /* columns of PARTITIONED BY */
    const struct str *partitions;
    bool find_partitions;             /* nobody could name them: the folders do */
};
struct inferred {
    struct str format;       /* its name, when it was asked for */
    struct schema columns;   /* in the order of the file; behind them partition columns */
    uint32_t npartitions;    /* how many of those */
    struct options more;     /* options beside those given: 'csv.field-delimiter', .. */
    enum header_line header; /* never AUTO */
};

enum format_cap {
    FORMAT_DECODES = 1,
    FORMAT_ENCODES = 2,
    FORMAT_IN_FILES = 4,    /* works in filesystem tables */
    FORMAT_IN_MESSAGES = 8, /* works in Kafka records */
};

struct format_desc {
    const char *name;                 /* 'json' */
    uint32_t caps;                    /* enum format_cap */
    const struct option_def *options; /* keys without the format's prefix */
    /* Can this schema be decoded / encoded? Names the column that cannot. */
    enum status (*validate)(const struct options *o, const char *prefix, const struct schema *schema,
                            struct error *e);
    const char *help;
};

struct registry {
    const struct connector_desc *const *connectors; /* NULL-terminated */
    const struct format_desc *const *formats;       /* NULL-terminated */
};

const struct connector_desc *registry_connector(const struct registry *r, struct str name);
const struct format_desc *registry_format(const struct registry *r, struct str name);

#endif
