/*
 * main -- wires everything together; the only file that sees all rooms.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "cli/cli.h"
#include "crypto/library.h"
#include "sys/memory.h"

#include <stdlib.h>
#include <unistd.h>

/* The locale that decides the language of messages, as setlocale(3) does. */
static const char *message_locale(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "";
}

static int face(struct heap *heap, int argc, char **argv)
{
    struct clock clock = CLOCK_SYSTEM;
    struct entropy entropy = ENTROPY_SYSTEM;
    struct file_ops files = FILE_SYSTEM;
    struct cli_world world = {
        .clock = &clock,
        .entropy = &entropy,
        .files = &files,
        .locale = message_locale(),
        .secret = getenv("TENSTAR_SECRET"),
        .passphrase = getenv("TENSTAR_PASSPHRASE"),
        .new_passphrase = getenv("TENSTAR_NEW_PASSPHRASE"),
        .import_passphrase = getenv("TENSTAR_IMPORT_PASSPHRASE"),
        .credentials = getenv("CREDENTIALS_DIRECTORY"),
        .out = STDOUT_FILENO,
        .err = STDERR_FILENO,
    };

    memory_keep();

    err e = library_start();
    if (failed(e))
        return cli_refuse(heap, &world, e);
    return cli_run(heap, &world, argc, argv);
}

int main(int argc, char **argv)
{
    struct heap heap = HEAP_LIBC;

    return face(&heap, argc, argv);
}
