/* SPDX-License-Identifier: Apache-2.0
 *
 * Stands in for libFuzzer where there is none: runs each file of its arguments (and of folders among them)
 * once through the target, then, with -runs=N before them, N inputs made from those by a fixed seed: pieces
 * cut out, doubled, moved between files, bytes changed. -seed=N takes another seed. Exit status 0 unless a
 * file cannot be read; what a target finds wrong ends the process.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

#define MUTANT_BYTES_MAX 65536

/* The kept inputs, for mutation. */
struct corpus {
    struct input {
        uint8_t *data;    /* owned */
        size_t len_bytes; /* of data */
    } * inputs;           /* owned */
    size_t count;         /* number of inputs */
    uint64_t seed;        /* state of the random numbers */
};

static size_t random_below(struct corpus *c, size_t limit) {
    c->seed += 0x9e3779b97f4a7c15u;
    uint64_t x = c->seed;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return limit ? (size_t)((x ^ (x >> 31)) % limit) : 0;
}

/* Replaces `cut` bytes at `at` by others; returns the new length. */
static size_t splice(uint8_t *out, size_t len, size_t at, size_t cut, const uint8_t *piece,
                     size_t piece_len) {
    if (len - cut + piece_len > MUTANT_BYTES_MAX) return len;
    memmove(out + at + piece_len, out + at + cut, len - at - cut);
    memcpy(out + at, piece, piece_len);
    return len - cut + piece_len;
}

static size_t mutate(struct corpus *c, uint8_t *out, size_t len) {
    size_t at = random_below(c, len + 1);
    size_t cut = random_below(c, len - at + 1);
    if (cut > 16 && random_below(c, 4)) cut %= 16;
    const struct input *from = &c->inputs[random_below(c, c->count)];
    size_t start = random_below(c, from->len_bytes + 1);
    size_t n = random_below(c, from->len_bytes - start + 1);
    if (n > 40 && random_below(c, 4)) n %= 40;
    uint8_t byte = (uint8_t)random_below(c, 256);
    switch (random_below(c, 4)) {
    case 0: return splice(out, len, at, cut, out, 0);
    case 1: return splice(out, len, at, 0, from->data + start, n);
    case 2: return splice(out, len, at, cut, from->data + start, n);
    default: return splice(out, len, at, at < len, &byte, 1);
    }
}

static void run_mutants(struct corpus *c, unsigned long runs) {
    uint8_t *buffer = malloc(MUTANT_BYTES_MAX);
    if (!buffer) abort();
    for (unsigned long i = 0; i < runs; i++) {
        const struct input *from = &c->inputs[random_below(c, c->count)];
        size_t len = from->len_bytes < MUTANT_BYTES_MAX ? from->len_bytes : MUTANT_BYTES_MAX;
        memcpy(buffer, from->data, len);
        for (size_t k = 1 + random_below(c, 5); k > 0; k--) len = mutate(c, buffer, len);
        uint8_t *exact = malloc(len ? len : 1);
        if (!exact) abort();
        memcpy(exact, buffer, len);
        LLVMFuzzerTestOneInput(exact, len);
        free(exact);
    }
    free(buffer);
}

static void keep(struct corpus *c, uint8_t *data, size_t len_bytes) {
    c->inputs = realloc(c->inputs, (c->count + 1) * sizeof *c->inputs);
    if (!c->inputs) abort();
    c->inputs[c->count++] = (struct input){data, len_bytes};
}

static int run_file(struct corpus *c, const char *path, size_t len_bytes) {
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
    keep(c, exact, got);
    return 0;
}

static int run_path(struct corpus *c, const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) {
        perror(path);
        return 1;
    }
    if (!S_ISDIR(st.st_mode)) return run_file(c, path, (size_t)st.st_size);
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
        failed += run_path(c, inner);
    }
    closedir(dir);
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    unsigned long runs = 0;
    struct corpus c = {.seed = 1};
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "-runs=", 6) == 0) runs = strtoul(argv[i] + 6, NULL, 10);
        else if (strncmp(argv[i], "-seed=", 6) == 0) c.seed = strtoul(argv[i] + 6, NULL, 10);
        else failed += run_path(&c, argv[i]);
    }
    if (c.count) run_mutants(&c, runs);
    for (size_t i = 0; i < c.count; i++) free(c.inputs[i].data);
    free(c.inputs);
    return failed != 0;
}
