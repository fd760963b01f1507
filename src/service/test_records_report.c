#include "service/test_records_report.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/actor.h"
#include "records/hours.h"
#include "records/words.h"

#include <stdio.h>

enum {
    DAY_SECONDS = 86400,
    TWO_DAYS = 2 * DAY_SECONDS,
    HOUR = 3600,
    TWO_HOURS = 2 * HOUR,
    DAYS = 181,
    WORD = 60,
};

static const char *const outlets[] = {
    "浦东旗舰店",
    "徐汇服务站",
    "静安服务站",
    "杨浦服务站",
    "闵行授权网点",
    "松江服务站",
    "嘉定服务站",
    "Hongqiao Airport Service Centre",
    "崇明流动服务点（每周二、四）",
    "金山服务站",
};
static const char *const products[] = { "壁挂式空调", "柜式空调", "热水器",
                                        "洗衣机" };
static const char *const trades[] = { "上门维修", "安装", "保养" };

static void learn(struct words *w, struct heap *h, const char *const *list,
                  size_t n)
{
    uint32_t number;

    words_init(w, h, WORDS_MAX);
    for (size_t i = 0; i < n; i++)
        check(words_number(w, str_of(list[i]), i, &number));
}

static void learn_people(struct words *w, struct heap *h)
{
    char name[WORD];
    uint32_t number;

    words_init(w, h, WORDS_MAX);
    for (int i = 1; i <= 40; i++) {
        int n = snprintf(name, sizeof name, "工程师%02d", i);

        check(words_number(w, (str){ name, (size_t)n }, (uint64_t)i, &number));
    }
}

static uint64_t below(struct test_random *r, uint64_t n)
{
    return test_random_below(r, n);
}

/* An outlet far down the list has fewer tickets, and is slower; the last one
 * has six. */
static uint16_t some_outlet(struct test_random *r, size_t i)
{
    if (i % 1000 == 7)
        return COUNT(outlets);
    uint64_t a = below(r, COUNT(outlets) - 1);
    uint64_t b = below(r, COUNT(outlets) - 1);

    return (uint16_t)((a < b ? a : b) + 1);
}

static void put_answers(struct ticket *t, struct test_random *r)
{
    if (below(r, 3) > 0)
        t->satisfaction = below(r, 9) == 0 ? 2 : (int16_t)(4 + below(r, 2));
    if (below(r, 400) == 0)
        t->satisfaction = 9;
    t->visits = below(r, 8) == 0 ? 2 : 1;
    t->complaint = below(r, 40) == 0 ? ANSWER_YES : ANSWER_NO;
    t->excluded = below(r, 60) == 0 ? ANSWER_YES : ANSWER_NO;
    t->reopens_known = ANSWER_YES;
    t->reopened = below(r, 30) == 0;
}

static struct ticket some_ticket(struct test_random *r, day first, size_t i)
{
    struct ticket t = TICKET_NONE;

    t.outlet = some_outlet(r, i);
    t.opened = (int64_t)first * DAY_SECONDS +
               (int64_t)below(r, DAYS) * DAY_SECONDS +
               (int64_t)(8 + below(r, 10)) * HOUR;
    t.responded = t.opened + (int64_t)below(r, TWO_HOURS);
    t.due = t.opened + TWO_DAYS;
    if (below(r, 50) > 0)
        t.resolved = t.opened +
                     (int64_t)below(r, (uint64_t)(44 + t.outlet) * HOUR + HOUR);
    t.product = (uint16_t)(1 + below(r, COUNT(products)));
    t.trade = (uint16_t)(1 + below(r, COUNT(trades)));
    t.person = (uint16_t)(1 + below(r, 40));
    t.subject = 1 + below(r, 4000);
    t.repair = ANSWER_YES;
    put_answers(&t, r);
    return t;
}

static void count_all(struct figures *f, const struct figures_terms *terms)
{
    struct test_random r = { TEST_SEED };

    check(f != NULL);
    for (size_t i = 0; i < TEST_TICKETS; i++) {
        struct ticket t = some_ticket(&r, terms->first, i);

        check(figures_add(f, &t));
    }
    check(figures_close(f));
}

struct body test_report_body(void)
{
    return (struct body){ .name_zh = S("示例认证中心"),
                          .name_en = S("Example Certification Centre"),
                          .demonstration = true };
}

static err gather(struct arena *a, struct heap *h, const struct figures *f,
                  const struct figures_terms *terms, struct records_report *out)
{
    struct words w[4];
    err e;

    learn(&w[0], h, outlets, COUNT(outlets));
    learn(&w[1], h, products, COUNT(products));
    learn(&w[2], h, trades, COUNT(trades));
    learn_people(&w[3], h);
    struct report_source from = {
        .figures = f,
        .terms = *terms,
        .words = { [GROUP_OUTLET] = &w[0],
                   [GROUP_PRODUCT] = &w[1],
                   [GROUP_TRADE] = &w[2],
                   [GROUP_PERSON] = &w[3] },
    };
    e = report_gather(a, h, &from, out);
    for (size_t i = 0; i < COUNT(w); i++)
        words_end(&w[i]);
    return e;
}

err test_report(struct arena *a, struct heap *h, struct records_report *out)
{
    struct figures_terms terms = {
        .repeat_days = 30, .scale_low = 1, .scale_high = 5, .satisfied = 4
    };
    struct heap libc = HEAP_LIBC;
    struct hours *hours = NULL;
    struct figures *f;
    err e;

    check(day_parse(S("2026-01-01"), &terms.first));
    terms.last = terms.first + DAYS - 1;
    TRY(hours_new(a, &week_usual, NULL, &hours));
    terms.hours = hours;
    f = figures_new(&libc, &terms);
    count_all(f, &terms);
    /* `h` may have no memory for what is gathered, the tickets always have */
    e = gather(a, h, f, &terms, out);
    figures_free(&f);
    TRY(e);
    out->enterprise = S("示例电器有限公司");
    out->made = terms.last + 5;
    out->wanted[SHARE_RESOLVED_IN_TIME] = 9000;
    out->wanted[SHARE_SATISFIED] = 8500;
    return OK;
}
