/* Files of service records that are held for a case. [RH1]-[RH8] */

#include "base/arena.h"
#include "base/buf.h"
#include "service/records_held.h"
#include "service/records_json.h"
#include "service/service_test_env.h"

enum { ROWS = 60, TEXT_MAX = 16 << 20 };

#define HEADER "工单号,报修时间,完成时间,网点,客户姓名,联系电话,满意度\n"

/* The case as `login` has it, in the office's arena. */
static struct held_of of(struct office *o, const char *login, str ref)
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

static str rows_text(struct office *o, const char *header, size_t n)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &o->arena, TEXT_MAX);
    put_rows(&b, header, n);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static id take(struct office *o, const struct held_of *x, const char *name,
               str text)
{
    id file = { { 0 } };

    EXPECT_OK(held_take(o->app, &o->arena, x, str_of(name), text, &file));
    return file;
}

/* As the worker does, until nothing waits; how many it did. */
static int work(struct office *o)
{
    bool any = true;
    int n = 0;

    while (any) {
        EXPECT_OK(held_work(o->app, &o->arena, NULL, &any));
        n += any;
    }
    return n;
}

static struct held_file look(struct office *o, const struct held_of *x, id file)
{
    struct held_file f = { .state = HELD_ARRIVING };

    EXPECT_OK(held_look(o->app, &o->arena, x, file, &f));
    return f;
}

/* --- from handing in to figures --------------------------------------------
 */

EACH_STORE_TEST(what_an_enterprise_hands_in_is_counted)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct held_of x = of(&o, "newcomer", ref);
    const struct held_counted *c = NULL;
    id file = take(&o, &x, "工单.csv", rows_text(&o, HEADER, ROWS));
    struct list all;

    EXPECT(look(&o, &x, file).state == HELD_COUNTING);
    EXPECT_ERR(held_counted(o.app, &o.arena, &x, file, &c), ERR_BUSY,
               "records.counting");
    EXPECT(work(&o) == 1);
    EXPECT_OK(held_counted(o.app, &o.arena, &x, file, &c));
    EXPECT(c != NULL && c->figures->tickets == ROWS);
    EXPECT(c != NULL && c->period.rows == ROWS && c->period.known);
    EXPECT(c != NULL && c->figures->screens == NULL);
    held_give(o.app, &c);
    EXPECT(c == NULL);

    struct held_file f = look(&o, &x, file);
    EXPECT(f.state == HELD_COUNTED && f.arrived == f.size);
    EXPECT(!hash_is_zero(&f.sha256));
    EXPECT_OK(held_list(o.app, &o.arena, &x, &all));
    EXPECT(all.n == 1);
}
