/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: what options, reader, decoder and encoder share. The form is that of Flink's json format, a record a
 * line (or a message); an array at the top holds a record an entry.
 */
#ifndef WEIR_FORMATS_JSON_H
#define WEIR_FORMATS_JSON_H

#include "formats/format.h"
#include "formats/json_lex.h"

enum json_null_key { JSON_NULL_KEY_FAIL, JSON_NULL_KEY_DROP, JSON_NULL_KEY_LITERAL };

struct json_options {
    bool fail_on_missing;
    bool ignore_errors;
    bool iso;                    /* timestamps as ISO-8601, else as SQL writes them */
    enum json_null_key null_key;
    struct str null_key_literal;
    bool plain_decimal;          /* 100.00, not 1E+2 */
    bool ignore_null_fields;     /* do not write them */
};

extern const struct option_def json_option_defs[];
enum status json_options_read(const struct format_config *c, struct json_options *out, struct error *e);

/* ---- reading objects into vectors (json_object.c, json_value.c) ---- */

/* How a field's value is read: those with fast paths, and the rest. */
enum json_op { JSON_OP_STRING, JSON_OP_BIGINT, JSON_OP_INT, JSON_OP_OTHER };

struct json_shape;

struct json_field {
    struct str name;
    const struct type *type;
    enum json_op op;
    struct json_shape *shape; /* of the ROW that the type is, or has in its ARRAY or MAP; else NULL */
};

#define JSON_TOKEN_BYTES 64

/* What stands before the k-th value of a record: from the end of the value before it (or the opening brace)
 * to the first byte of the value, blanks and all. */
struct json_token {
    char text[JSON_TOKEN_BYTES];
    uint32_t len;
    int32_t field; /* its field; -1: nobody reads it */
};

/* The fields of a ROW type or of the table, and the last record's layout, which the next one is likely to
 * have. */
struct json_shape {
    uint32_t count;
    struct json_field *fields;
    uint32_t mask;             /* of slots */
    uint32_t *slots;           /* hash table of names: field + 1, 0 = free */
    uint32_t words;            /* of seen */
    uint64_t *seen;            /* fields of the object being read */
    struct json_token *tokens; /* the layout */
    uint32_t ntokens;
    struct json_token *learned; /* the layout of the object being read, when it is being learned */
    uint32_t nlearned;
    uint32_t misses;           /* objects that were not as the layout says */
    uint32_t *behind;          /* by field: the token behind its value; 0 = none */
};

struct json_reader {
    struct json_options o;
    struct json_lex lex;
    struct arena *arena;       /* of the batch: strings without their escapes, entries of lists */
    struct outbuf scratch;
    char *reason;              /* out: why a record failed, JSON_REASON_BYTES */
};
#define JSON_REASON_BYTES 320
#define JSON_TOKENS_MAX 256

/* The shape of n fields, in the arena. */
struct json_shape *json_shape_new(struct arena *a, const struct field *fields, uint32_t n);
/* Reads the object at p (its opening brace, perhaps after blanks) into row i of vecs, one a field. Returns
 * the first byte behind it, or NULL: r->reason says why. */
const char *json_object_read(struct json_reader *r, struct json_shape *s, const char *p, struct vec *vecs,
                             uint32_t i);
/* Reads any value into row i of v; as above. A value that does not fit is NULL when errors are ignored. */
const char *json_value_read(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                            uint32_t i);
/* A syntax error at p; returns NULL. */
const char *json_syntax(struct json_reader *r, const char *p);

/* ---- columns found in a file (json_infer.c) ---- */

enum status json_infer(const struct format_config *c, struct format_sample *s, struct arena *a,
                       struct inferred *out, struct error *e);

extern const struct decoder_class json_decoder_class;
extern const struct encoder_class json_encoder_class;
extern const struct format_class json_format;

#endif
