/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes of whole rows, the same for equal values in any vector form: for checksums that do not depend on the
 * order or the batches rows came in.
 */
#ifndef WEIR_CONNECTORS_ROW_HASH_H
#define WEIR_CONNECTORS_ROW_HASH_H

#include "exec/batch.h"

/* The hash of selected row number k, over all columns, into hashes[k]. */
void row_hash(const struct batch *b, uint64_t *hashes);

#endif
