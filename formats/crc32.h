/* SPDX-License-Identifier: Apache-2.0
 *
 * The CRC-32 of zlib, gzip and Avro's snappy blocks, several times as fast as zlib's where the processor
 * multiplies without carries.
 */
#ifndef WEIR_FORMATS_CRC32_H
#define WEIR_FORMATS_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32_of(const void *p, size_t len);

#endif
