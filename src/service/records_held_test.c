/* Files of service records that are held for a case. [RH1]-[RH8] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/test_held.h"

enum { ROWS = 60, TEXT_MAX = 16 << 20 };

/* --- from handing in to figures ------------------------------------------ */

EACH_STORE_TEST(what_an_enterprise_hands_in_is_counted)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct held_of x = test_held_of(&o, "newcomer", ref);
    const struct held_counted *c = NULL;
    id file = test_held_take(&o, &x, "工单.csv",
                             test_held_rows(&o, TEST_HELD_HEADER, ROWS));
    struct list all;

    EXPECT(test_held_look(&o, &x, file).state == HELD_COUNTING);
    EXPECT_ERR(held_counted(o.app, &o.arena, &x, file, &c), ERR_BUSY,
               "records.counting");
    EXPECT(test_held_work(&o) == 1);
    EXPECT_OK(held_counted(o.app, &o.arena, &x, file, &c));
    EXPECT(c != NULL && c->figures->tickets == ROWS);
    EXPECT(c != NULL && c->period.rows == ROWS && c->period.known);
    EXPECT(c != NULL && c->figures->screens == NULL);
    held_give(o.app, &c);
    EXPECT(c == NULL);

    struct held_file f = test_held_look(&o, &x, file);
    EXPECT(f.state == HELD_COUNTED && f.arrived == f.size);
    EXPECT(!hash_is_zero(&f.sha256));
    EXPECT_OK(held_list(o.app, &o.arena, &x, &all));
    EXPECT(all.n == 1);
}

struct waked {
    struct held_waker waker; /* first */
    int n;
};

static void wake(struct held_waker *w)
{
    ((struct waked *)w)->n++;
}

/* [RH4]: nobody has to come back for it. */
ONE_STORE_TEST(what_was_broken_off_waits_for_the_next_who_works, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const _Atomic bool stop = true;
    struct waked w = { .waker = { wake } };
    bool any = false;

    held_on_wake(o.app, &w.waker);
    id file = test_held_take(&o, &x, "a.csv",
                             test_held_rows(&o, TEST_HELD_HEADER, ROWS));
    held_on_wake(o.app, NULL);
    EXPECT(w.n > 0);
    EXPECT_OK(held_work(o.app, &o.arena, &stop, &any));
    EXPECT(any);
    EXPECT(test_held_look(&o, &x, file).state == HELD_COUNTING);
    EXPECT(test_held_work(&o) == 1);
    EXPECT(test_held_look(&o, &x, file).state == HELD_COUNTED);
}

/* [RH7] */
ONE_STORE_TEST(of_what_was_counted_the_last_are_kept_and_the_others_again, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct held_counted *first = NULL;
    const struct held_counted *c = NULL;
    id files[HELD_KEPT + 2];

    for (size_t i = 0; i < COUNT(files); i++) {
        files[i] = test_held_take(&o, &x, "a.csv",
                                  test_held_rows(&o, TEST_HELD_HEADER, ROWS));
        EXPECT(test_held_work(&o) == 1);
        if (i == 0) /* somebody has it in hands all the while */
            EXPECT_OK(held_counted(o.app, &o.arena, &x, files[0], &first));
    }
    EXPECT(first != NULL && first->figures->tickets == ROWS);
    held_give(o.app, &first);
    EXPECT_ERR(held_counted(o.app, &o.arena, &x, files[1], &c), ERR_BUSY,
               "records.counting");
    EXPECT(test_held_look(&o, &x, files[1]).state == HELD_COUNTING);
    EXPECT(test_held_work(&o) == 1);
    EXPECT_OK(held_counted(o.app, &o.arena, &x, files[1], &c));
    held_give(o.app, &c);
}

/* --- in pieces [RH3] ----------------------------------------------------- */

EACH_STORE_TEST(a_file_comes_in_pieces_and_goes_on_where_it_was)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = test_held_rows(&o, TEST_HELD_HEADER, ROWS);
    int64_t size = (int64_t)text.n;
    id file = { { 0 } };

    EXPECT_OK(held_begin(o.app, &o.arena, &x, S("a.csv"), size, &file));
    EXPECT(test_held_look(&o, &x, file).state == HELD_ARRIVING);
    EXPECT_OK(held_piece(o.app, &o.arena, &x, file, 0, str_first(text, 100)));
    EXPECT_ERR(held_piece(o.app, &o.arena, &x, file, 101, str_from(text, 101)),
               ERR_CONFLICT, "records.held_at");
    EXPECT_ERR(held_finish(o.app, &o.arena, &x, file), ERR_CONFLICT,
               "records.held_at");
    EXPECT_ERR(held_submit(o.app, &o.arena, &x, file, S("licence"),
                           &(struct case_answer){ 0 }),
               ERR_CONFLICT, "records.held_at");
    EXPECT_OK(held_piece(o.app, &o.arena, &x, file, 0, str_first(text, 50)));
    EXPECT(test_held_look(&o, &x, file).arrived == 100);
    EXPECT_OK(held_piece(o.app, &o.arena, &x, file, 40, str_from(text, 40)));
    EXPECT_ERR(held_piece(o.app, &o.arena, &x, file, size, S("x")), ERR_LIMIT,
               "records.held_long");
    EXPECT(test_held_work(&o) == 1); /* what is there is read ahead, */
    EXPECT(test_held_work(&o) == 0); /* once */
    EXPECT(test_held_look(&o, &x, file).state == HELD_ARRIVING);
    EXPECT_OK(held_finish(o.app, &o.arena, &x, file));
    EXPECT_OK(held_finish(o.app, &o.arena, &x, file));
    EXPECT(test_held_work(&o) == 1);

    struct held_file whole = test_held_look(&o, &x, file);
    id other = test_held_take(&o, &x, "b.csv", text);
    EXPECT(test_held_work(&o) == 1);
    struct held_file once = test_held_look(&o, &x, other);
    EXPECT(whole.state == HELD_COUNTED);
    EXPECT(hash_eq(&whole.sha256, &once.sha256));
}

ONE_STORE_TEST(what_cannot_be_held_is_refused_and_leaves_nothing, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    static const struct {
        const char *name;
        int64_t size;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "a.csv", 0, ERR_INVALID, "records.empty" },
        { "a.csv", -1, ERR_INVALID, "records.empty" },
        { "a.csv", HELD_BYTES_MAX + 1, ERR_LIMIT, "records.held_size" },
        { "", 10, ERR_INVALID, "records.held_name" },
        { "\xff", 10, ERR_INVALID, "records.held_name" },
    };
    id file = { { 0 } };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].id,
                       held_begin(o.app, &o.arena, &x, str_of(rows[i].name),
                                  rows[i].size, &file),
                       rows[i].code, rows[i].id);
    EXPECT(office_count(&o, "SELECT count(*) FROM held_file") == 0);
    for (int i = 0; i < HELD_OF_CASE; i++)
        EXPECT_OK(held_begin(o.app, &o.arena, &x, S("a.csv"), 10, &file));
    EXPECT_ERR(held_begin(o.app, &o.arena, &x, S("a.csv"), 10, &file),
               ERR_LIMIT, "records.held_many");
    EXPECT_ERR(held_piece(o.app, &o.arena, &x, file, 0,
                          (str){ o.dir.p, HELD_PIECE_MAX + 1 }),
               ERR_LIMIT, "records.held_piece");
}

ONE_STORE_TEST(what_cannot_be_counted_says_why, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct held_counted *c = NULL;
    id file = test_held_take(&o, &x, "a.csv", S("a,b\n1,2\n3,4\n"));

    EXPECT(test_held_work(&o) == 1);
    struct held_file f = test_held_look(&o, &x, file);
    EXPECT(f.state == HELD_REFUSED);
    EXPECT(failed(f.why) &&
           str_eq(str_of(f.why.info->id), S("records.no_opening")));
    EXPECT_ERR(held_counted(o.app, &o.arena, &x, file, &c), ERR_INVALID,
               "records.no_opening");
    EXPECT(test_held_work(&o) == 0); /* it is not tried again and again */
}

/* --- nowhere in clear [RH1] ---------------------------------------------- */

static const char *box_of(struct office *o, id file, const char *name)
{
    char text[ID_TEXT];
    struct buf b;
    str path = S("");

    buf_init(&b, &o->arena, 4096);
    buf_str(&b, o->dir);
    buf_str(&b, S("/held/"));
    buf_str(&b, id_text(file, text));
    buf_str(&b, str_of(name));
    buf_char(&b, 0);
    EXPECT_OK(buf_done(&b, &path));
    return path.p;
}

static bool is_there(struct office *o, id file, const char *name)
{
    str unused;

    return *name == 0 ? !failed(folder_check(&o->files, &o->arena,
                                             str_of(box_of(o, file, name))))
                      : !failed(file_read(&o->files, &o->arena,
                                          str_of(box_of(o, file, name)),
                                          TEXT_MAX, &unused));
}

#define BOX "/00000000"

EACH_STORE_TEST(a_box_shows_nothing_and_tells_when_it_was_altered)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    id file = test_held_take(&o, &x, "a.csv",
                             test_held_rows(&o, TEST_HELD_HEADER, ROWS));
    str path = str_of(box_of(&o, file, BOX));
    str box = S("");

    EXPECT_OK(file_read(&o.files, &o.arena, path, TEXT_MAX, &box));
    EXPECT(box.n > 100 && !str_contains(box, S("张三")) &&
           !str_contains(box, S("1380")));
    ((char *)(uintptr_t)box.p)[box.n / 2] ^= 1;
    EXPECT_OK(file_write(&o.files, &o.arena, path, box, FILE_SECRET));
    EXPECT(test_held_work(&o) == 1);
    struct held_file f = test_held_look(&o, &x, file);
    EXPECT(f.state == HELD_REFUSED && failed(f.why) &&
           str_eq(str_of(f.why.info->id), S("secret.altered")));
}

ONE_STORE_TEST(a_box_or_a_key_that_is_gone_is_told, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = test_held_rows(&o, TEST_HELD_HEADER, ROWS);
    id one = test_held_take(&o, &x, "a.csv", text);
    id two = test_held_take(&o, &x, "b.csv", text);
    id three = test_held_take(&o, &x, "c.csv", text);
    struct list all;

    EXPECT_OK(file_remove(&o.files, &o.arena, str_of(box_of(&o, one, BOX))));
    (void)office_ask(&o, "UPDATE held_file SET sealed = id "
                         "WHERE name = 'b.csv'");
    (void)office_ask(&o, "UPDATE held_file SET arrived = size - 1 "
                         "WHERE name = 'c.csv'"); /* [HB2] */
    EXPECT(test_held_work(&o) == 3);
    struct held_file lost = test_held_look(&o, &x, one);
    EXPECT(lost.state == HELD_REFUSED &&
           str_eq(str_of(lost.why.info->id), S("records.held_damaged")));
    lost = test_held_look(&o, &x, two);
    EXPECT(lost.state == HELD_REFUSED &&
           str_eq(str_of(lost.why.info->id), S("secret.altered")));
    EXPECT(test_held_look(&o, &x, three).state == HELD_COUNTED);
    EXPECT_OK(held_list(o.app, &o.arena, &x, &all));
    EXPECT(all.n == 3);
}

/* --- away [RH2] ---------------------------------------------------------- */

EACH_STORE_TEST(what_is_given_up_or_over_its_time_is_gone)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str text = test_held_rows(&o, TEST_HELD_HEADER, ROWS);
    id given_up = test_held_take(&o, &x, "a.csv", text);
    id over = test_held_take(&o, &x, "b.csv", text);
    id arriving = { { 0 } };
    id orphan = { { 0 } };
    struct held_file f;
    int64_t gone = -1;

    EXPECT(test_held_work(&o) == 2);
    EXPECT_OK(held_drop(o.app, &o.arena, &x, given_up));
    EXPECT(!is_there(&o, given_up, ""));
    EXPECT_ERR(held_look(o.app, &o.arena, &x, given_up, &f), ERR_NOT_FOUND,
               "records.held_missing");
    EXPECT_OK(held_begin(o.app, &o.arena, &x, S("c.csv"), 10, &arriving));
    EXPECT_OK(held_piece(o.app, &o.arena, &x, arriving, 0, S("12345")));
    orphan = test_held_take(&o, &x, "d.csv", text); /* a crash on its way out */
    (void)office_ask(&o, "DELETE FROM held_file WHERE name = 'd.csv'");

    EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
    EXPECT(gone == 1 && !is_there(&o, orphan, ""));
    office_pass_days(&o, 2);
    EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
    EXPECT(gone == 1 && !is_there(&o, arriving, ""));
    office_pass_days(&o, HELD_DAYS - 2);
    EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
    EXPECT(gone == 0 && is_there(&o, over, BOX));
    office_pass_days(&o, 1);
    EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
    EXPECT(gone == 1 && !is_there(&o, over, ""));
    EXPECT(office_count(&o, "SELECT count(*) FROM held_file") == 0);
}

/* What is in somebody's hands stays there. */
ONE_STORE_TEST(what_goes_while_somebody_has_it_goes_when_they_give_it_back,
               true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct held_counted *c = NULL;
    id file = test_held_take(&o, &x, "a.csv",
                             test_held_rows(&o, TEST_HELD_HEADER, ROWS));

    EXPECT(test_held_work(&o) == 1);
    EXPECT_OK(held_counted(o.app, &o.arena, &x, file, &c));
    EXPECT_OK(held_drop(o.app, &o.arena, &x, file));
    EXPECT(c != NULL && c->figures->tickets == ROWS);
    held_give(o.app, &c);
    EXPECT_ERR(held_counted(o.app, &o.arena, &x, file, &c), ERR_NOT_FOUND,
               "records.held_missing");
}

/* --- who may [RH5] ------------------------------------------------------- */

EACH_STORE_TEST(who_may_hand_in_and_who_sees_screens)
{
    static const struct {
        const char *login;
        bool hands_in;
        bool screens;
    } rows[] = {
        { "newcomer", true, false },  { "auditor1", true, true },
        { "reviewer", true, true },   { "quality", true, true },
        { "authority", false, true },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct held_of own = test_held_of(&o, "newcomer", ref);
    id file = test_held_take(&o, &own, "a.csv",
                             test_held_rows(&o, TEST_HELD_HEADER, ROWS));
    struct case_file unused;

    EXPECT(test_held_work(&o) == 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct held_of x = test_held_of(&o, rows[i].login, ref);
        const struct held_counted *c = NULL;
        id other;
        err e = held_begin(o.app, &o.arena, &x, S("b.csv"), 10, &other);

        EXPECT_ROW(rows[i].login, held_may_hand_in(&x) == rows[i].hands_in);
        EXPECT_ROW(rows[i].login, failed(e) == !rows[i].hands_in);
        EXPECT_ROW_OK(rows[i].login,
                      held_counted(o.app, &o.arena, &x, file, &c));
        EXPECT_ROW(rows[i].login, c != NULL && (c->figures->screens != NULL) ==
                                                   rows[i].screens);
        held_give(o.app, &c);
    }
    const struct held_of looker = test_held_of(&o, "authority", ref);
    EXPECT_ERR(held_drop(o.app, &o.arena, &looker, file), ERR_DENIED,
               "records.not_yours");
    EXPECT_ERR(cases_load(o.app, &o.arena, office_as(&o, "rival"), ref,
                          &unused),
               ERR_NOT_FOUND, "case.missing");

    /* Nor by way of a case of one's own. */
    const struct held_of rival =
        test_held_of(&o, "rival", office_case_of(&o, "rival"));
    struct held_file f;
    EXPECT_ERR(held_look(o.app, &o.arena, &rival, file, &f), ERR_NOT_FOUND,
               "records.held_missing");
}
