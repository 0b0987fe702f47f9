/* SPDX-License-Identifier: Apache-2.0
 *
 * All formats. To add one: a file with its format_class, and its name in both tables.
 */
#include "formats/avro.h"
#include "formats/csv.h"
#include "formats/format.h"
#include "formats/json.h"
#include "formats/raw.h"

const struct format_class *const format_table[] = {
    &avro_format,
    &csv_format,
    &json_format,
    &raw_format,
    NULL,
};

const struct format_desc *const format_descs[] = {
    &avro_format.desc, &csv_format.desc, &json_format.desc, &raw_format.desc, NULL,
};

const struct format_class *format_class_of(const struct format_desc *desc) {
    for (const struct format_class *const *f = format_table; *f; f++) {
        if (&(*f)->desc == desc) return *f;
    }
    return NULL;
}
