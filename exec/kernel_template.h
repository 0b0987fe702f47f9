/* SPDX-License-Identifier: Apache-2.0
 *
 * What the loop templates (kernel_binary.inc, kernel_unary.inc, kernel_compare.inc) need.
 */
#ifndef WEIR_EXEC_KERNEL_TEMPLATE_H
#define WEIR_EXEC_KERNEL_TEMPLATE_H

#include "exec/kernel.h"

#define GLUE_(a, b) a##b
#define GLUE(a, b) GLUE_(a, b)

#endif
