#include "installation.h"

#include "measure.h"

#include "sys/memory.h"

enum { ARENA = 256 << 20 };

void installation_init(struct installation *in)
{
    memory_keep();
    *in = (struct installation){
        .heap = HEAP_LIBC,
        .clock = CLOCK_SYSTEM,
        .entropy = ENTROPY_SYSTEM,
        .files = FILE_SYSTEM,
    };
    in->world = (struct app_world){ &in->heap, &in->clock, &in->entropy,
                                    &in->files, S("") };
    arena_init(&in->arena, &in->heap, ARENA);
}

void installation_open(struct installation *in, const char *folder,
                       enum app_use use)
{
    installation_init(in);
    ok(app_open(&in->arena, &in->world, str_of(folder), use, &in->app));
}

void installation_close(struct installation *in)
{
    app_close(&in->app);
    arena_end(&in->arena);
}
