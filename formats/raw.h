/* SPDX-License-Identifier: Apache-2.0
 *
 * The raw format (raw.c).
 */
#ifndef WEIR_FORMATS_RAW_H
#define WEIR_FORMATS_RAW_H

#include "formats/format.h"

extern const struct format_class raw_format;

#endif
