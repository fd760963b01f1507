/*
 * driver -- runs a fuzz target over files, once each, without libFuzzer.
 *
 *     fuzz_NAME FILE|FOLDER...
 *
 * So every input that ever mattered is tried again under any compiler and
 * sanitizer.  A target aborts when it finds something wrong; that we got to
 * the end means all is well.  It prints the input it is at, for the reader of
 * a crash.  No input at all is a failure: a misspelt folder must not pass.
 */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_BYTES = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void die(const char *path)
{
    perror(path);
    exit(EXIT_FAILURE);
}

static int run_file(const char *path, size_t size)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = malloc(size + 1);

    if (f == NULL || bytes == NULL || fread(bytes, 1, size + 1, f) != size)
        die(path);
    (void)fclose(f);

    /* A block of the exact size, so that a sanitizer sees one byte too far. */
    uint8_t *exact = malloc(size);
    if (exact == NULL && size > 0)
        die(path);
    if (size > 0)
        memcpy(exact, bytes, size);
    free(bytes);

    printf("%s\n", path);
    (void)fflush(stdout);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 1;
}

static int run_path(const char *path);

static int run_folder(const char *path)
{
    char inner[PATH_BYTES];
    DIR *d = opendir(path);
    int n = 0;

    if (d == NULL)
        die(path);
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        int length = snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);

        if (length < 0 || length >= PATH_BYTES)
            die(path);
        if (e->d_name[0] != '.')
            n += run_path(inner);
    }
    (void)closedir(d);
    return n;
}

static int run_path(const char *path)
{
    struct stat s;

    if (stat(path, &s) != 0)
        die(path);
    return S_ISDIR(s.st_mode) ? run_folder(path)
                              : run_file(path, (size_t)s.st_size);
}

int main(int argc, char **argv)
{
    int n = 0;

    for (int i = 1; i < argc; i++)
        n += run_path(argv[i]);
    printf("%d inputs\n", n);
    return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
