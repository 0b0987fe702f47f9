/* SPDX-License-Identifier: Apache-2.0
 *
 * The public face of Weir, a streaming SQL engine. Everything exported begins with weir_. Handles are
 * opaque; there are no globals, and the library never ends the process for what a user typed.
 */
#ifndef WEIR_H
#define WEIR_H

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, e.g. "0.1.0". */
const char *weir_version(void);

#ifdef __cplusplus
}
#endif

#endif
