/* What pages ask is what the figures say. [RY1] */

#include "service/records_ready.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "records/hours.h"

#include <string.h>

enum { ROOM = 64 << 20, TEXT = 1 << 20, ROWS = 3000 };

/* Outlets of different sizes, two months, people. */
static str make_text(struct arena *a)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, TEXT);
    buf_str(&b, S("报修时间,响应时间,完成时间,网点,型号,服务人员,类型\n"));
    for (int i = 0; i < ROWS; i++)
        buf_printf(&b,
                   "2025-%02d-%02d 09:00,2025-%02d-%02d 10:%02d,"
                   "2025-%02d-%02d 15:00,网点%d,机型%d,师傅%d,%s\n",
                   i % 2 + 3, i % 28 + 1, i % 2 + 3, i % 28 + 1, i % 60,
                   i % 2 + 3, i % 28 + 1, i % 100 < 60 ? 2 : i % 7, i % 4,
                   i % 30, i % 3 == 0 ? "投诉" : "报修");
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static void count(struct arena *a, struct records_figures **out)
{
    const struct records_input in = { .from = { .bytes = make_text(a) },
                                      .name = S("a.csv"),
                                      .workers = 2 };
    const struct records_terms terms = { .whole = true,
                                         .repeat_days = 30,
                                         .week = &week_always };
    struct records_file file;

    EXPECT_OK(records_open(a, a->heap, &in, &file));
    EXPECT_OK(records_figures(a, a->heap, &in, &file, &terms, out));
}

static bool same_tally(const struct tally *a, const struct tally *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static uint32_t tickets(const struct records_figures *f, enum figure_group kind,
                        uint32_t index)
{
    return records_tally(f, kind, index).shares[SHARE_RESOLVED].n;
}

static void compare(struct arena *a, const struct records_figures *f,
                    const struct records_ready *r, enum figure_group kind)
{
    struct records_groups groups = { 0 };
    struct records_times times = { 0 };

    EXPECT_OK(records_groups(a, f, kind, &groups));
    EXPECT_OK(records_times(a, a->heap, f->figures, kind, &times));
    EXPECT(groups.n > 0 && r->order[kind].n == groups.n);
    for (uint32_t i = 0; i <= times.n; i++) {
        struct tally want = records_tally(f, kind, i);
        struct tally got = records_ready_tally(r, f, kind, i);
        struct spread t = records_time(&times, TIME_RESPONSE, i);
        struct spread u = records_time(&r->times[kind], TIME_RESPONSE, i);

        EXPECT(same_tally(&want, &got));
        EXPECT(t.n == u.n && t.median == u.median && t.p90 == u.p90);
    }
    for (size_t i = 1; i < groups.n; i++) {
        uint32_t here = r->order[kind].indices[i];
        uint32_t before = r->order[kind].indices[i - 1];

        EXPECT(kind == GROUP_MONTH
                   ? here > before
                   : tickets(f, kind, here) <= tickets(f, kind, before));
    }
}

TEST(what_pages_ask_is_what_the_figures_say)
{
    static const enum figure_group kinds[] = { GROUP_WHOLE,  GROUP_MONTH,
                                               GROUP_OUTLET, GROUP_PRODUCT,
                                               GROUP_PERSON, GROUP_TRADE };
    TEST_ARENA(a, ROOM);
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_ready r = { .months_n = 0 };

    count(&a, &f);
    EXPECT_OK(records_ready(&a, a.heap, f, &r));
    for (size_t i = 0; i < COUNT(kinds); i++)
        compare(&a, f, &r, kinds[i]);
    struct load load = figures_load(f->figures);
    EXPECT(r.load.persons == 30 && r.load.tickets == load.tickets &&
           r.load.most == load.most);
    EXPECT(r.order[GROUP_OUTLET].n == 7 && r.months_n == 2);
    EXPECT_STR(words_text(&f->words.outlet, r.order[GROUP_OUTLET].indices[0]),
               S("网点2"));
}
