#include "service/test_records_sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/records_sheet.h"
#include "service/records_sign.h"

enum { SHEET_ROOM = 4 << 20, TICKETS = 12, TEXT_ROOM = 1 << 12 };

#define HEADER "工单号,报修时间,完成时间,网点,类型,评分\n"

static err tickets(const struct test_sheet *t, str *out)
{
    struct buf b;

    buf_init(&b, t->arena, TEXT_ROOM);
    buf_str(&b, S(HEADER));
    for (int i = 1; i <= TICKETS; i++)
        buf_printf(&b, "T%d,%s-%02d 09:00,%s-%02d 15:00,东站,维修,%d\n", i,
                   t->month, i, t->month, i, i <= t->bad ? 2 : 5);
    return buf_done(&b, out);
}

err test_sheet_make(const struct test_sheet *t, str *out)
{
    struct records_input in = { .name = S("服务.csv"), .workers = 1 };
    const struct sheet_asked asked = {
        .map = S(""),
        .sheet = S(""),
        .week = S(""),
        .terms = { .whole = true, .repeat_days = 30, .audit = DAY_NONE },
    };
    struct sheet_maker by = { S("test"), S(""), t->made };
    struct json *j;
    struct buf b;

    TRY(tickets(t, &in.from.bytes));
    if (t->signs != NULL)
        TRY(records_issuer(t->app, t->arena, t->signs, &by.issuer));
    TRY(sheet_make(t->arena, t->heap, &in, &asked, &by, &j));
    if (t->signs != NULL)
        return records_sign(t->app, t->arena, j, out);
    buf_init(&b, t->arena, SHEET_ROOM);
    json_canonical(&b, j);
    return buf_done(&b, out);
}
