/* SPDX-License-Identifier: Apache-2.0
 *
 * The `weir` program: the command line, then one of its commands. It uses the engine through weir.h.
 * Exit status: 0 done, 1 failed while running, 2 the statement is wrong, 3 bad command line.
 */
#include <stdio.h>
#include <string.h>

#include <weir.h>

#define EXIT_USAGE 3

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("weir %s\n", weir_version());
        return 0;
    }
    if (argc > 1)
        fprintf(stderr, "weir: %s is not supported yet\n", argv[1]);
    else
        fprintf(stderr, "weir: the REPL is not supported yet\n");
    return EXIT_USAGE;
}
