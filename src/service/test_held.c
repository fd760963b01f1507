#include "service/test_held.h"

#include "base/arena.h"
#include "base/buf.h"

enum { TEXT_MAX = 16 << 20 };

struct held_of test_held_of(struct office *o, const char *login, str ref)
{
    struct case_file *file = arena_zero(&o->arena, sizeof *file);
    const struct session *who = office_as(o, login);

    EXPECT_OK(cases_load(o->app, &o->arena, who, ref, file));
    return (struct held_of){ who, file, DAY_NEVER };
}

static void put_rows(struct buf *b, const char *header, size_t n)
{
    static const char *const outlets[] = { "一店", "二店", "三店" };

    buf_str(b, str_of(header));
    for (size_t i = 0; i < n; i++)
        buf_printf(b,
                   "G%06zu,2025-%02zu-%02zu 09:00,2025-%02zu-%02zu 15:30,%s,"
                   "张三%zu,138%08zu,%zu\n",
                   i, i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 28 + 1,
                   outlets[i % 3], i, i, i % 5 + 1);
}

str test_held_rows(struct office *o, const char *header, size_t n)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &o->arena, TEXT_MAX);
    put_rows(&b, header, n);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

id test_held_take(struct office *o, const struct held_of *x, const char *name,
                  str bytes)
{
    id file = { { 0 } };

    EXPECT_OK(held_take(o->app, &o->arena, x, str_of(name), bytes, &file));
    return file;
}

int test_held_work(struct office *o)
{
    bool any = true;
    int n = 0;

    while (any && EXPECT_OK(held_work(o->app, &o->arena, NULL, &any)))
        n += any;
    return n;
}

id test_held_counted(struct office *o, const struct held_of *x, str bytes)
{
    id file = test_held_take(o, x, "a.csv", bytes);

    (void)test_held_work(o);
    return file;
}

struct held_file test_held_look(struct office *o, const struct held_of *x,
                                id file)
{
    struct held_file f = { .state = HELD_ARRIVING };

    EXPECT_OK(held_look(o->app, &o->arena, x, file, &f));
    return f;
}
