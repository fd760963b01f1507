#ifndef BENCH_INSTALLATION_H
#define BENCH_INSTALLATION_H

/*
 * installation -- one, opened as the program opens it.
 *
 * It points into itself, so it stays where it was opened.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "service/app.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

struct installation {
    struct heap heap;
    struct clock clock;
    struct entropy entropy;
    struct file_ops files;
    struct app_world world;
    struct arena arena;
    struct app *app;
};

/* What an installation needs of the machine; `app` is not opened. */
void installation_init(struct installation *in);
void installation_open(struct installation *in, const char *folder,
                       enum app_use use);
void installation_close(struct installation *in);

#endif
