/* SPDX-License-Identifier: Apache-2.0
 *
 * Stands in for libFuzzer where there is none: runs each file of its arguments (and of folders among them) once
 * through the target. Exit status 0 unless a file cannot be read; what a target finds wrong ends the process.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static int run_file(const char *path, size_t len_bytes) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    uint8_t *data = malloc(len_bytes + 1); /* exact size matters: the sanitizer guards the end */
    if (!data) abort();
    size_t got = fread(data, 1, len_bytes, file);
    fclose(file);
    uint8_t *exact = realloc(data, got ? got : 1);
    if (!exact) abort();
    LLVMFuzzerTestOneInput(exact, got);
    free(exact);
    return 0;
}

static int run_path(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) {
        perror(path);
        return 1;
    }
    if (!S_ISDIR(st.st_mode)) return run_file(path, (size_t)st.st_size);
    DIR *dir = opendir(path);
    if (!dir) {
        perror(path);
        return 1;
    }
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        char inner[4096];
        int n = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] == '.' || n < 0 || (size_t)n >= sizeof inner) continue;
        failed += run_path(inner);
    }
    closedir(dir);
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++) failed += run_path(argv[i]);
    return failed != 0;
}
