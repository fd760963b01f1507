#include "service/test_world.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/embed.h"
#include "base/heap.h"
#include "scheme/load.h"
#include "scheme_data.h"

#include <stdio.h>

/* For good: a target has no end to give it back at. */
static struct arena *for_good(void)
{
    static struct heap heap = { heap_libc_resize };
    static struct arena arena;

    if (arena.heap == NULL)
        arena_init(&arena, &heap, 64 << 20);
    return &arena;
}

const struct scheme *world_scheme(uint8_t i)
{
    static struct scheme *schemes[WORLD_SCHEMES];
    struct scheme **s = &schemes[i % WORLD_SCHEMES];

    if (*s != NULL)
        return *s;
    struct package_file file = {
        S("scheme.yaml"), embedded_text(&scheme_data[i % WORLD_SCHEMES])
    };
    struct package package = { &file, 1 };
    struct problem *problems;
    check(scheme_data_count == WORLD_SCHEMES);
    check(!failed(scheme_load(for_good(), &package, s, &problems)));
    return *s;
}

const struct calendar *world_calendar(void)
{
    static struct calendar *calendar;

    if (calendar == NULL)
        check(!failed(calendar_official(for_good(), &calendar)));
    return calendar;
}

static uint64_t below(struct choices *choices, uint64_t n)
{
    struct byte_choices *c = (struct byte_choices *)choices;
    uint64_t number = 0;

    for (int i = 0; i < (n <= 256 ? 1 : 4) && c->left > 0; i++, c->left--)
        number = number << 8 | *c->bytes++;
    c->choices.over = c->left == 0;
    return number % n;
}

void byte_choices_init(struct byte_choices *c, const uint8_t *bytes, size_t n)
{
    *c = (struct byte_choices){ { below, n == 0 }, bytes, n };
}

void world_check(struct walk *w, const char *wrong)
{
    struct buf b;

    if (wrong == NULL)
        return;
    buf_init(&b, w->arena, 16 << 20);
    walk_print(&b, w->steps, w->step_count);
    fprintf(stderr, "%.*s%s\n", STR_ARG(buf_view(&b)), wrong);
    check(wrong == NULL);
}
