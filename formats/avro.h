/* SPDX-License-Identifier: Apache-2.0
 *
 * Avro: what schema, program, framer, decoder and encoder share.
 *
 * A schema (avro_schema.c) is a tree in an arena. The decoder runs a program (avro_program.c) compiled from
 * the writer's schema and the columns that are read; nothing of a schema is looked at while records are
 * decoded.
 */
#ifndef WEIR_FORMATS_AVRO_H
#define WEIR_FORMATS_AVRO_H

#include "formats/format.h"

#define AVRO_SYNC_BYTES 16
#define AVRO_FRAME_BLOCKS 4 /* blocks of a frame: that many are decoded side by side */
#define AVRO_PAD 16         /* readable bytes behind every block */

enum avro_kind {
    AVRO_KIND_NULL, AVRO_KIND_BOOLEAN, AVRO_KIND_INT, AVRO_KIND_LONG, AVRO_KIND_FLOAT, AVRO_KIND_DOUBLE,
    AVRO_KIND_BYTES, AVRO_KIND_STRING, AVRO_KIND_RECORD, AVRO_KIND_ENUM, AVRO_KIND_ARRAY, AVRO_KIND_MAP,
    AVRO_KIND_UNION, AVRO_KIND_FIXED, AVRO_KIND_COUNT,
};

enum avro_logical {
    AVRO_NOT_LOGICAL,
    AVRO_DATE,
    AVRO_TIME_MILLIS,
    AVRO_TIME_MICROS,
    AVRO_TIMESTAMP_MILLIS,
    AVRO_TIMESTAMP_MICROS,
    AVRO_TIMESTAMP_NANOS,
    AVRO_LOCAL_MILLIS,
    AVRO_LOCAL_MICROS,
    AVRO_LOCAL_NANOS,
    AVRO_DECIMAL,
};

struct avro_type {
    enum avro_kind kind;
    enum avro_logical logical;
    uint32_t precision, scale;      /* of a DECIMAL */
    uint32_t size;                  /* of a FIXED */
    struct str name;                /* full name of a RECORD, ENUM or FIXED */
    uint32_t count;                 /* fields, branches, symbols; 1 for ARRAY and MAP */
    struct avro_type **items;       /* field types, branches, element or value; NULL for an ENUM */
    struct str *names;              /* field names or symbols */
};

/* Parses a writer's schema. Names defined once may be used again, but not within themselves. */
enum status avro_schema_parse(struct str json, struct arena *a, struct avro_type **out, struct error *e);
/* The schema of a table as Flink derives it: the record within ["null", record] for files. */
enum status avro_schema_of_table(const struct schema *schema, bool legacy, struct arena *a,
                                 struct avro_type **out, struct error *e);
/* As JSON text, as Flink writes it into files. */
void avro_schema_print(struct outbuf *o, const struct avro_type *t);
/* The columns that a file of that schema has, as Flink maps types ('legacy': all timestamps are TIMESTAMP).
 */
enum status avro_schema_to_table(const struct avro_type *t, bool legacy, struct arena *a, struct schema *out,
                                 struct error *e);
enum status avro_infer(const struct format_config *c, struct format_sample *s, struct arena *a,
                       struct inferred *out, struct error *e);
const char *avro_kind_name(enum avro_kind kind);

/* ---- programs ---- */

enum avro_op {
#define AVRO_OP(name) AVRO_OP_##name,
#include "formats/avro_ops.def"
#undef AVRO_OP
    AVRO_OP_COUNT
};

struct avro_step {
    enum avro_op op;
    bool optional;             /* preceded by the number of a union's branch: */
    uint8_t value_branch;      /* byte (zigzag) that announces a value */
    uint8_t null_branch;       /* byte that announces NULL; 0xff = none */
    uint32_t target;           /* output column or child; unused when skipping */
    int64_t mul, div;          /* times: value * mul / div */
    int32_t scale_up;          /* DECIMAL: digits to add (or, negative, to round away) */
    uint32_t size;             /* FIXED and DECIMAL in FIXED: bytes */
    uint32_t first_need;       /* RECORD in a flat program: bytes that must be there for its first steps */
    uint32_t outs;             /* the same: number of the first flat_out of its steps, those of lane 0 */
    uint32_t count;            /* steps of a RECORD, branches of a UNION, 1 for ARRAY and MAP */
    struct avro_step *steps;
    const struct avro_type *type;   /* the writer's, for symbols and messages */
    struct str name;           /* field, for messages */
    uint32_t need; /* flat programs: bytes that must be there after a length, for the rest up to the
                    * next length, and whole loads */
};

struct avro_program {
    uint32_t count;
    struct avro_step *steps;   /* one a field of the writer's record, in its order */
    bool flat;                 /* all steps can run side by side over several blocks */
    uint32_t nouts;            /* flat_outs: one a step, then those of records' steps, for each lane */
    bool top_optional;         /* the schema is a union with null around the record */
    uint8_t top_value, top_null;
    uint32_t need;             /* flat: bytes that must be there at the beginning of a record */
    uint32_t min_bytes;        /* of a record */
    uint32_t nmissing;         /* columns the writer does not have: NULL in every row */
    uint32_t *missing;         /* output columns */
};

enum status avro_program_compile(const struct avro_type *writer, const struct format_config *c,
                                 struct arena *a, struct avro_program *out, struct error *e);

/* ---- one record, with every read checked (avro_record.c) ---- */

struct avro_cursor {
    const uint8_t *p;
    const uint8_t *end;
};
struct avro_record {
    struct vec **cols;     /* nprojection, with room for the row */
    struct arena *arena;   /* for children and what is not in the bytes */
    char *reason;          /* out: why it failed, REASON_BYTES */
    bool torn;             /* out: nothing behind the failure can be read */
};
#define AVRO_REASON_BYTES 320
/* Decodes the record at the cursor into row i; false with a reason. */
bool avro_record_decode(const struct avro_program *prog, struct avro_cursor *c, struct avro_record *r,
                        uint32_t i);
/* A zigzag varint; false if torn or longer than 10 bytes. */
bool avro_read_long(struct avro_cursor *c, int64_t *out);

/* ---- files ---- */

enum avro_codec { AVRO_CODEC_NULL, AVRO_CODEC_DEFLATE, AVRO_CODEC_SNAPPY, AVRO_CODEC_ZSTANDARD };
bool avro_codec_of(struct str name, enum avro_codec *out);

struct avro_framer {
    struct str schema;             /* the writer's, JSON; malloc'ed */
    enum avro_codec codec;
    uint8_t sync[AVRO_SYNC_BYTES];
    int64_t offset;                /* in the file, of what cut() sees */
    bool lost;                     /* behind a damaged block: the next marker is looked for */
};

/* Decompresses a block into *buf (grown as needed, AVRO_PAD more bytes than *len). */
enum status avro_decompress(enum avro_codec codec, const char *p, size_t n, struct outbuf *buf,
                            struct error *e);
enum status avro_compress(enum avro_codec codec, const char *p, size_t n, struct outbuf *out,
                          struct error *e);

extern const struct option_def avro_option_defs[];
extern const struct framer_class avro_framer_class;
extern const struct decoder_class avro_decoder_class;
extern const struct encoder_class avro_encoder_class;
extern const struct format_class avro_format;

#endif
