/* SPDX-License-Identifier: Apache-2.0
 *
 * The library's version, as configure.ac has it.
 */
#include <weir.h>

#include "config.h"

const char *weir_version(void) {
    return PACKAGE_VERSION;
}

int weir_abi_version(void) {
    return WEIR_ABI_VERSION;
}
