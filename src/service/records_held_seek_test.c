/* Rows that are read where they stand are those that reading all of it finds.
 * [HL3] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "service/records_held_box.h"
#include "service/records_held_desk.h"
#include "service/test_held.h"

enum { TEXT_MAX = 8 << 20, ROWS = 40000 };

/* A text of several parts and boxes, with refused rows, cells of several lines,
 * and rows whose opening lies before the period's first day. */
static str make_text(struct office *o)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &o->arena, TEXT_MAX);
    buf_str(&b, S("报修时间,网点,型号,服务人员,备注\n"));
    for (int i = 0; i < ROWS; i++) {
        buf_printf(&b, "2025-%02d-%02d 09:%02d,%s%d,机型%d,", i % 11 + 1,
                   i % 28 + 1, i % 60, i % 7 == 0 ? "" : "网点", i % 9, i % 13);
        buf_printf(&b, "%s%d,", i % 500 == 0 ? "罕见" : "师傅", i % 20000);
        if (i % 11 == 0)
            buf_str(&b, S("\"上门\n检查，客户电话13800000001，已告知\"\n"));
        else
            buf_str(&b, S("上门检查，更换零件，客户已经在服务单上签字确认；"
                          "旧件已经收回\n"));
        if (i % 97 == 0)
            buf_str(&b, S("没有时间的一行,,,,\n\n"));
    }
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* The same in UTF-16, which is read from the front. [HL2] */
static str make_utf16(struct office *o, str text)
{
    struct buf b;
    uint32_t c = 0;
    str out = S("");

    buf_init(&b, &o->arena, TEXT_MAX);
    buf_str(&b, S("\xff\xfe"));
    for (size_t at = 0; at < text.n && utf8_next(text, &at, &c);) {
        buf_char(&b, (char)(c & 0xff));
        buf_char(&b, (char)(c >> 8));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static struct held_rows rows_of(struct office *o, const struct held_of *x,
                                id file, const struct held_asked_rows *asked)
{
    struct held_rows r = { 0 };

    EXPECT_OK(held_rows(o->app, &o->arena, x, file, asked, &r));
    return r;
}

static bool same_row(const struct held_row *a, const struct held_row *b)
{
    bool same = a->line == b->line && a->n == b->n;

    for (size_t i = 0; same && i < a->n; i++)
        same = str_eq(a->cells[i], b->cells[i]);
    return same;
}

static bool same_rows(const struct held_rows *a, const struct held_rows *b)
{
    const struct held_row *x = a->rows.p;
    const struct held_row *y = b->rows.p;
    bool same = a->rows.n == b->rows.n && a->next == b->next;

    for (size_t i = 0; same && i < a->rows.n; i++)
        same = same_row(&x[i], &y[i]);
    return same;
}

/* Pages of a group until its end; how many rows they have. */
static size_t compare_group(struct office *o, const struct held_of *x,
                            const id *files, struct held_asked_rows asked,
                            size_t pages)
{
    size_t n = 0;

    asked.after = 0;
    do {
        struct held_rows a = rows_of(o, x, files[0], &asked);
        struct held_rows b = rows_of(o, x, files[1], &asked);

        EXPECT_ROW(asked.group.p, same_rows(&a, &b));
        n += a.rows.n;
        asked.after = a.next;
    } while (asked.after > 0 && --pages > 0);
    return n;
}

ONE_STORE_TEST(rows_read_where_they_stand_are_those_that_reading_all_finds,
               true)
{
    static const struct {
        enum figure_group kind;
        const char *group;
        size_t n; /* of the first pages */
    } rows[] = {
        { GROUP_WHOLE, "", 300 },
        { GROUP_OUTLET, "网点3", 300 },
        { GROUP_PRODUCT, "机型12", 300 },
        { GROUP_PERSON, "罕见500", 2 }, /* rows far apart */
        { GROUP_PERSON, "师傅19999", 2 },
        { GROUP_MONTH, "2025-11", 300 },
        { GROUP_OUTLET_MONTH, "网点3 2025-02", 300 },
        { GROUP_OUTLET, "nowhere", 0 },
    };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = make_text(&o);
    const id files[] = { test_held_counted(&o, &x, text),
                         test_held_counted(&o, &x, make_utf16(&o, text)) };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct held_asked_rows asked = { .kind = rows[i].kind,
                                               .group = str_of(rows[i].group) };

        EXPECT_ROW(rows[i].group,
                   compare_group(&o, &x, files, asked, 3) == rows[i].n);
    }
}

/* Of more rows than it is kept of where they stand, parts are looked through,
 * from the one on in which the look goes on. [HL1] */
ONE_STORE_TEST(rows_of_a_file_with_more_than_are_kept_are_found_all_the_same,
               true)
{
    static const struct held_asked_rows groups[] = {
        { .kind = GROUP_WHOLE },
        { .kind = GROUP_PERSON, .group = S_INIT("罕见500") },
        { .kind = GROUP_OUTLET_MONTH, .group = S_INIT("网点3 2025-02") },
    };
    static const uint64_t lines[] = { 2, 3, 30000, 30001, 44999999 };
    const struct held_asked_rows by_line = { .lines = lines,
                                             .lines_n = COUNT(lines) };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = make_text(&o);
    id files[2];

    files[0] = test_held_counted(&o, &x, text);
    held_desk_keep_places(app_held(o.app), ROWS - 1);
    files[1] = test_held_counted(&o, &x, text);
    const struct held_counted *c = NULL;
    EXPECT_OK(held_counted(o.app, &o.arena, &x, files[1], &c));
    EXPECT(!places_keeps(c->figures->places) &&
           places_parts(c->figures->places) > 1);
    held_give(o.app, &c);
    for (size_t i = 0; i < COUNT(groups); i++)
        EXPECT_ROW(groups[i].group.p,
                   compare_group(&o, &x, files, groups[i], 3) > 0);
    struct held_rows a = rows_of(&o, &x, files[0], &by_line);
    struct held_rows b = rows_of(&o, &x, files[1], &by_line);
    EXPECT(a.rows.n == COUNT(lines) - 1 && same_rows(&a, &b));
}

/* Also those that are no tickets: refused, empty, within a cell, none. */
ONE_STORE_TEST(lines_read_where_they_stand_are_those_that_reading_all_finds,
               true)
{
    static const uint64_t lines[] = { 2,     3,     4,     5,     6,       1,
                                      30000, 30001, 30002, 30003, 44999999 };
    const struct held_asked_rows asked = { .lines = lines,
                                           .lines_n = COUNT(lines) };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = make_text(&o);
    const id files[] = { test_held_counted(&o, &x, text),
                         test_held_counted(&o, &x, make_utf16(&o, text)) };
    struct held_rows a = rows_of(&o, &x, files[0], &asked);
    struct held_rows b = rows_of(&o, &x, files[1], &asked);

    EXPECT(a.rows.n == COUNT(lines) - 2 && same_rows(&a, &b));
}

/* Of GB18030 the places are those of its own bytes. */
ONE_STORE_TEST(rows_of_gb18030_are_read_where_they_stand, true)
{
    static const struct held_asked_rows asked = { .kind = GROUP_PERSON,
                                                  .group = S_INIT("P29999") };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct buf b;
    str text = S("");

    /* 报修时间 and 服务人员; each row names 网点. */
    buf_init(&b, &o.arena, TEXT_MAX);
    buf_str(&b, S("\xb1\xa8\xd0\xde\xca\xb1\xbc\xe4,"
                  "\xb7\xfe\xce\xf1\xc8\xcb\xd4\xb1,remarks\n"));
    for (int i = 0; i < ROWS; i++)
        buf_printf(&b, "2025-01-%02d 09:00,P%d,\xcd\xf8\xb5\xe3 %d %030d\n",
                   i % 28 + 1, i % 30000, i, i);
    EXPECT_OK(buf_done(&b, &text));
    struct held_rows r =
        rows_of(&o, &x, test_held_counted(&o, &x, text), &asked);
    const struct held_row *all = r.rows.p;

    EXPECT(text.n > (size_t)2 << 20 && r.rows.n == 1 && all[0].line == 30001);
    EXPECT(r.rows.n == 1 && str_begins(all[0].cells[2], S("网点 29999 ")));
}

/* --- room for boxes ------------------------------------------------------ */

/* [HD3] */
ONE_STORE_TEST(one_room_for_boxes_is_kept_and_who_needs_another_gets_it, true)
{
    TEST_OFFICE(o, place);
    struct held_desk *d = app_held(o.app);
    uint8_t *first = held_desk_room(d);
    uint8_t *second = held_desk_room(d);

    EXPECT(first != NULL && second != NULL && first != second);
    held_desk_room_back(d, first);
    held_desk_room_back(d, second); /* which is one too many */
    EXPECT(held_desk_room(d) == first);
    held_desk_room_back(d, first);
}

/* [RH1]  What was in a box is nowhere once nobody reads it. */
ONE_STORE_TEST(a_room_comes_back_wiped, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct held_desk *d = app_held(o.app);
    size_t left = 0;

    (void)test_held_counted(&o, &x, test_held_rows(&o, TEST_HELD_HEADER, 5000));
    uint8_t *room = held_desk_room(d);
    for (size_t i = 0; i < HELD_BOX_ROOM; i++)
        left += room[i] != 0;
    EXPECT(left == 0);
    held_desk_room_back(d, room);
}
