/* Files of service records are read while they come. [RH10] [HA1] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/test_held.h"

#include <string.h>

enum { ROWS = 60, TEXT_MAX = 16 << 20, HELD_BOX_BYTES = 4 << 20 };

/* Like test_held_rows(), the file that comes: more than a box, and further down
 * something else than at the front. */
static str large_text(struct office *o)
{
    str text = test_held_rows(o, TEST_HELD_HEADER, 70000);
    char *p = (char *)(uintptr_t)text.p;

    for (size_t i = text.n / 2; i < text.n; i++) {
        if (p[i] == '5')
            p[i] = '6';
    }
    return text;
}

/* UTF-16 of what is below U+0080, and of the rest as it may come. */
static str as_utf16(struct office *o, str text)
{
    char *p = arena_zero(&o->arena, 2 + 2 * text.n);
    size_t n = 2;

    p[0] = (char)0xff; /* the mark of its order */
    p[1] = (char)0xfe;
    for (size_t i = 0; i < text.n; i++, n += 2)
        p[n] = (char)(text.p[i] & 0x7f);
    return (str){ p, n };
}

/* In pieces, with a worker at them who is `often` there. */
static id send(struct office *o, const struct held_of *x, str text,
               size_t piece, bool often)
{
    id file = { { 0 } };

    EXPECT_OK(
        held_begin(o->app, &o->arena, x, S("a.csv"), (int64_t)text.n, &file));
    for (size_t at = 0; at < text.n; at += piece) {
        EXPECT_OK(held_piece(o->app, &o->arena, x, file, (int64_t)at,
                             str_first(str_from(text, at), piece)));
        if (often)
            EXPECT(test_held_work(o) == 1);
    }
    EXPECT_OK(held_finish(o->app, &o->arena, x, file));
    EXPECT(test_held_work(o) == 1);
    return file;
}

static void expect_same_columns(const char *row, const struct columns *a,
                                const struct columns *b)
{
    EXPECT_ROW(row, a->n == b->n &&
                        memcmp(a->place, b->place, sizeof a->place) == 0);
    for (size_t i = 0; i < a->n && i < b->n; i++)
        EXPECT_ROW(row, a->columns[i].order == b->columns[i].order &&
                            str_eq(a->columns[i].name, b->columns[i].name));
}

static void expect_same_period(const char *row, const struct records_period *a,
                               const struct records_period *b)
{
    EXPECT_ROW(row, a->rows == b->rows && a->undated == b->undated &&
                        a->replaced == b->replaced && a->known == b->known);
    EXPECT_ROW(row, a->first == b->first && a->last == b->last);
}

static void expect_same(const char *row, const struct held_counted *a,
                        const struct held_counted *b)
{
    struct tally x = records_tally(a->figures, GROUP_WHOLE, 0);
    struct tally y = records_tally(b->figures, GROUP_WHOLE, 0);

    EXPECT_ROW(row, hash_eq(&a->sha256, &b->sha256));
    expect_same_period(row, &a->period, &b->period);
    EXPECT_ROW(row, a->file.sample == b->file.sample &&
                        a->file.surveyed == b->file.surveyed);
    expect_same_columns(row, &a->file.columns, &b->file.columns);
    EXPECT_ROW(row, a->figures->tickets == b->figures->tickets);
    EXPECT_ROW(row, memcmp(&x, &y, sizeof x) == 0);
}

/* [HA1] [RH10] */
ONE_STORE_TEST(what_is_read_while_it_comes_is_the_same_as_what_is_read_then,
               true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str ascii =
        test_held_rows(&o, "no,opened,resolved,outlet,name,phone,score\n",
                       40000);
    const struct {
        const char *what;
        str text;
        size_t piece;
    } rows[] = {
        { "pieces of a box", large_text(&o), 4 << 20 },
        { "of less", large_text(&o), 1500001 },
        { "of more, no whole box", large_text(&o), 6000000 },
        { "of UTF-16", as_utf16(&o, ascii), 3000000 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct held_counted *ahead = NULL;
        const struct held_counted *then = NULL;
        id one = send(&o, &x, rows[i].text, rows[i].piece, true);
        id other = send(&o, &x, rows[i].text, rows[i].piece, false);

        EXPECT_ROW_OK(rows[i].what,
                      held_counted(o.app, &o.arena, &x, one, &ahead));
        EXPECT_ROW_OK(rows[i].what,
                      held_counted(o.app, &o.arena, &x, other, &then));
        if (ahead != NULL && then != NULL)
            expect_same(rows[i].what, ahead, then);
        held_give(o.app, &ahead);
        held_give(o.app, &then);
    }
}

/* [RH10] Which go is no matter: they are read when they are whole. */
ONE_STORE_TEST(of_many_that_come_few_are_read_ahead_and_all_are_counted, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = test_held_rows(&o, TEST_HELD_HEADER, ROWS);
    id files[HELD_AHEAD + 3];
    size_t n = COUNT(files);

    for (size_t i = 0; i < n; i++) {
        EXPECT_OK(held_begin(o.app, &o.arena, &x, S("a.csv"), (int64_t)text.n,
                             &files[i]));
        EXPECT_OK(held_piece(o.app, &o.arena, &x, files[i], 0,
                             str_first(text, 1000)));
    }
    EXPECT(test_held_work(&o) == (int)n);
    for (size_t i = 0; i < n; i++)
        EXPECT_OK(held_piece(o.app, &o.arena, &x, files[i], 1000,
                             str_from(text, 1000)));
    EXPECT(test_held_work(&o) ==
           HELD_AHEAD); /* of the others not from their middle */
    EXPECT_OK(held_drop(o.app, &o.arena, &x, files[n - 1]));
    for (size_t i = 0; i < n - 1; i++)
        EXPECT_OK(held_finish(o.app, &o.arena, &x, files[i]));
    EXPECT(test_held_work(&o) == (int)n - 1);
    for (size_t i = 0; i < n - 1; i++)
        EXPECT(test_held_look(&o, &x, files[i]).state == HELD_COUNTED);
}

/* [HA1] What is asked of an enterprise's next file is what was asked last when
 * it is whole, not when it began. */
ONE_STORE_TEST(what_is_asked_meanwhile_counts_for_what_comes, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = large_text(&o);
    id first = { { 0 } };
    id file = { { 0 } };

    EXPECT_OK(held_take(o.app, &o.arena, &x, S("a.csv"), text, &first));
    EXPECT(test_held_work(&o) == 1);
    EXPECT_OK(
        held_begin(o.app, &o.arena, &x, S("b.csv"), (int64_t)text.n, &file));
    EXPECT_OK(held_piece(o.app, &o.arena, &x, file, 0,
                         str_first(text, HELD_BOX_BYTES)));
    EXPECT(test_held_work(&o) == 1);
    struct sheet_asked asked = test_held_look(&o, &x, first).asked;
    asked.terms.repeat_days = 14;
    EXPECT_OK(held_ask(o.app, &o.arena, &x, first, &asked));
    EXPECT_OK(held_piece(o.app, &o.arena, &x, file, HELD_BOX_BYTES,
                         str_from(text, HELD_BOX_BYTES)));
    EXPECT_OK(held_finish(o.app, &o.arena, &x, file));
    EXPECT(test_held_work(&o) == 2);
    EXPECT(test_held_look(&o, &x, file).asked.terms.repeat_days == 14);
}
