/* Tickets as rows of a table. */

#include "records/test_maker.h"

#include <string.h>

enum { DAY = 86400 };

static const char titles_zh[] =
    "工单编号,报修时间,首次响应时间,到场时间,解决时间,服务网点,产品型号,"
    "服务类别,工程师,客户姓名,联系电话,满意度评分,上门次数,工单状态\r\n";
static const char titles_en[] =
    "ticket number,opened at,first response,arrived at,resolved at,outlet,"
    "product,category,technician,customer,phone,satisfaction,visits,status\r\n";

/* What words begin with, before their number. */
struct wording {
    const char *outlet;
    const char *product;
    const char *trade;
    const char *person;
    const char *customer;
    const char *done;
    const char *open;
};

static const struct wording wordings[2] = {
    { "Outlet ", "Model ", "Category ", "Technician ", "Customer ", "done",
      "open" },
    { "第", "型号", "类别", "工程师", "客户", "已完成", "处理中" },
};

static char *put(char *p, const char *text)
{
    while (*text != '\0')
        *p++ = *text++;
    return p;
}

static char *put_number(char *p, uint64_t number)
{
    char digits[20];
    size_t n = 0;

    do {
        digits[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (n > 0)
        *p++ = digits[--n];
    return p;
}

static char *put_two(char *p, int64_t n)
{
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
    return p + 2;
}

/* One of the days that were written beforehand, or nothing. */
static char *put_moment(const struct maker *m, char *p, int64_t moment)
{
    int64_t on = moment / DAY - m->habits.first + 10;
    int64_t of_day = moment % DAY;

    *p++ = ',';
    if (moment == MOMENT_NONE || on < 0 || on >= (int64_t)m->habits.days + 40)
        return p;
    memcpy(p, m->dates[on], 11);
    p = put_two(p + 11, of_day / 3600);
    *p++ = ':';
    p = put_two(p, of_day / 60 % 60);
    if (!m->habits.seconds)
        return p;
    *p++ = ':';
    return put_two(p, of_day % 60);
}

static char *put_word(char *p, const char *word, uint64_t number)
{
    *p++ = ',';
    return put_number(put(p, word), number);
}

size_t maker_titles(bool chinese, char out[static MAKER_LINE_MAX])
{
    return (size_t)(put(out, chinese ? titles_zh : titles_en) - out);
}

size_t maker_row(const struct maker *m, const struct ticket *t, bool chinese,
                 char out[static MAKER_LINE_MAX])
{
    const struct wording *w = &wordings[chinese];
    char *p = put(out, "SR");

    p = put_number(p, UINT64_C(100000000) + t->at / 160);
    p = put_moment(m, p, t->opened);
    p = put_moment(m, p, t->responded);
    p = put_moment(m, p, t->arrived);
    p = put_moment(m, p, t->resolved);
    p = put_word(p, w->outlet, t->outlet);
    p = chinese ? put(p, "网点") : p;
    p = put_word(p, w->product, t->product);
    p = put_word(p, w->trade, t->trade);
    p = put_word(p, w->person, t->person);
    p = put_word(p, w->customer, t->customer % 1000000000);
    *p++ = ',';
    if (t->phone != 0) /* 11 digits that begin with 13 to 19 */
        p = put_number(p, UINT64_C(13000000000) + t->phone % 6999999999);
    *p++ = ',';
    if (t->satisfaction != SATISFACTION_NONE)
        p = put_number(p, (uint64_t)t->satisfaction);
    p = put_word(p, "", t->visits);
    *p++ = ',';
    p = put(p, t->resolved == MOMENT_NONE ? w->open : w->done);
    return (size_t)(put(p, "\r\n") - out);
}
