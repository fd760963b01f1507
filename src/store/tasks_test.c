/* What waits in the cases, and what is told of it, on both engines. */

#include "store/tasks.h"

#include "base/buf.h"
#include "base/size.h"
#include "store/bookings.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

static const id auditor = { { 0xA1 } };
static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };
static const id enterprises[] = { { { 0xE1 } }, { { 0xE2 } } };
static const struct hash package = { { 0x5C } };

static const struct enterprise_row enterprise_rows[] = {
    { .id = { { 0xE1 } },
      .uscc = { "U1", 2 },
      .name = { "示例一", 9 },
      .registered = 1 },
    { .id = { { 0xE2 } },
      .uscc = { "U2", 2 },
      .name = { "示例二", 9 },
      .registered = 1 },
};

/* A tx with a person, and a case of each of two enterprises. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };
    const struct person_row person = { .id = auditor, .login = S("lead") };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    TRY(person_put(*tx, &person));
    for (size_t i = 0; i < 2; i++) {
        const struct case_row row = { .id = cases[i],
                                      .number = i == 0 ? S("C1") : S("C2"),
                                      .enterprise = enterprises[i],
                                      .scheme_id = S("mini"),
                                      .scheme_hash = package,
                                      .due = DAY_NEVER };

        TRY(enterprise_put(*tx, &enterprise_rows[i]));
        TRY(case_put(*tx, &row));
    }
    return OK;
}

static struct task_row task(size_t of_case, const char *kind, day opens,
                            day due)
{
    return (struct task_row){
        .of_case = cases[of_case],
        .kind = str_of(kind),
        .roles = 2,
        .opens = opens,
        .due = due,
    };
}

/* "C1 check, C2 plan lead" */
static str lines_text(struct arena *a, const struct list *l)
{
    const struct task_line *line = l->p;
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    for (size_t i = 0; i < l->n; i++) {
        if (i > 0)
            buf_str(&b, S(", "));
        buf_str(&b, line[i].case_number);
        buf_char(&b, ' ');
        buf_str(&b, line[i].task.kind);
        if (line[i].login.n > 0)
            buf_char(&b, ' ');
        buf_str(&b, line[i].login);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

EACH_STORE_TEST(a_task_is_kept_replaced_and_dropped_by_its_key)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct task_row t = task(0, "check", 10, 20);
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &t));
    t.due = DAY_NEVER;
    t.due_provisional = true;
    t.amount = 60000;
    t.lapses = true;
    t.raised = RAISED_OPEN;
    EXPECT_OK(task_put(tx, &t));
    t.person = auditor;
    EXPECT_OK(task_put(tx, &t));
    EXPECT_OK(task_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 2);
    if (l.n == 2) {
        const struct task_row *got = l.p;
        EXPECT_STR(got[0].kind, S("check"));
        EXPECT(id_is_zero(got[0].person));
        EXPECT(got[0].roles == 2 && got[0].opens == 10);
        EXPECT(got[0].due == DAY_NEVER && got[0].due_provisional);
        EXPECT(got[0].raised == RAISED_OPEN && got[0].amount == 60000 &&
               got[0].lapses);
        EXPECT(id_eq(got[1].person, auditor));
    }
    EXPECT_OK(task_drop(tx, &t));
    EXPECT_ERR(task_drop(tx, &t), ERR_CONFLICT, "store.changed");
    EXPECT_OK(task_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 1);
    EXPECT_OK(task_list_of_case(tx, &a, cases[1], &l));
    EXPECT(l.n == 0);
}

/* Of its last task. */
static struct task_key key_of(const struct list *l)
{
    const struct task_line *last = l->p;

    if (l->n == 0)
        return (struct task_key){ 0 };
    last += l->n - 1;
    return (struct task_key){ last->task.due,    last->task.opens,
                              last->case_number, last->task.kind,
                              last->task.number, last->task.person };
}

/* Limits first, in their order; what is not there yet is left out. */
EACH_STORE_TEST(what_presses_most_comes_first)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row rows[] = {
        task(0, "plan", 1, DAY_NEVER),
        task(1, "check", 1, 20),
        task(0, "audit", 1, 15),
        task(1, "suspend", 11, 12),
    };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(task_put(tx, &rows[i]));
    EXPECT_OK(task_list(tx, &a, &(struct task_page){ 10, 100, { 0 } }, &l));
    EXPECT_STR(lines_text(&a, &l), S("C1 audit, C2 check, C1 plan"));
    EXPECT_OK(task_list(tx, &a, &(struct task_page){ 11, 100, { 0 } }, &l));
    EXPECT_STR(lines_text(&a, &l),
               S("C2 suspend, C1 audit, C2 check, C1 plan"));
    EXPECT_OK(task_list(tx, &a, &(struct task_page){ 11, 1, { 0 } }, &l));
    EXPECT_STR(lines_text(&a, &l), S("C2 suspend"));
    if (l.n == 1)
        EXPECT_STR(((const struct task_line *)l.p)->enterprise_name,
                   S("示例二"));
}

/* After each task the list goes on with the next, to its end; of everybody and
 * of a person. */
EACH_STORE_TEST(a_list_goes_on_after_its_last_task)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_reader who = { { { 0xB1 } }, { { 0 } }, 0, 2 };
    const struct task_row rows[] = {
        task(0, "plan", 2, DAY_NEVER), task(1, "check", 1, 20),
        task(0, "check", 1, 20),       task(0, "audit", 1, 20),
        task(1, "suspend", 1, 12),     task(1, "plan", 1, DAY_NEVER),
    };
    static const char *const order[] = { "C2 suspend", "C1 audit", "C1 check",
                                         "C2 check",   "C2 plan",  "C1 plan" };
    struct task_page all = { 10, 1, { 0 } };
    struct task_page theirs = { 10, 1, { 0 } };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(task_put(tx, &rows[i]));
    for (size_t i = 0; i < COUNT(order); i++) {
        EXPECT_OK(task_list(tx, &a, &all, &l));
        EXPECT_STR(lines_text(&a, &l), str_of(order[i]));
        all.after = key_of(&l);
        EXPECT_OK(task_list_of_person(tx, &a, &who, &theirs, &l));
        EXPECT_STR(lines_text(&a, &l), str_of(order[i]));
        theirs.after = key_of(&l);
    }
    EXPECT_OK(task_list(tx, &a, &all, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(task_list_of_person(tx, &a, &who, &theirs, &l));
    EXPECT(l.n == 0);
}

/* By name whatever the role; by role in their own enterprise or in others. */
EACH_STORE_TEST(a_person_sees_what_waits_for_the_name_and_for_the_role)
{
    static const struct {
        const char *name;
        struct task_reader who;
        const char *want;
    } rows[] = {
        { "staff", { { { 0xB1 } }, { { 0 } }, 0, 2 }, "C1 check, C2 check" },
        { "staff with another role", { { { 0xB1 } }, { { 0 } }, 0, 4 }, "" },
        { "the one it names",
          { { { 0xA1 } }, { { 0 } }, 0, 4 },
          "C2 audit lead" },
        { "an applicant of the first",
          { { { 0xB2 } }, { { 0xE1 } }, 2, 0 },
          "C1 check" },
        { "an insider of the first",
          { { { 0xB2 } }, { { 0xE1 } }, 1, 2 },
          "C2 check" },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct task_row audit = task(1, "audit", 1, DAY_NEVER);
    struct list l;

    audit.person = auditor;
    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < 2; i++) {
        struct task_row check = task(i, "check", 1, 20);
        EXPECT_OK(task_put(tx, &check));
    }
    EXPECT_OK(task_put(tx, &audit));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_OK(rows[i].name,
                      task_list_of_person(tx, &a, &rows[i].who,
                                          &(struct task_page){ 10, 100, { 0 } },
                                          &l));
        EXPECT_ROW_STR(rows[i].name, lines_text(&a, &l), str_of(rows[i].want));
    }
}

static void expect_told(struct tx *tx, day today, int64_t opened,
                        int64_t overdue)
{
    struct task_told told = { -1, -1 };

    EXPECT_OK(task_tell(tx, today, &told));
    EXPECT(told.opened == opened);
    EXPECT(told.overdue == overdue);
}

/* [TK1]: it is there from day 10 on, and overdue from day 21 on. */
EACH_STORE_TEST(a_task_is_told_of_once_when_it_is_there_and_once_when_overdue)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row t = task(0, "check", 10, 20);
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &t));
    expect_told(tx, 9, 0, 0);
    EXPECT_OK(task_list_new(tx, &a, 9, 10, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(task_list_new(tx, &a, 10, 10, &l));
    EXPECT_STR(lines_text(&a, &l), S("C1 check"));
    expect_told(tx, 10, 1, 0);
    expect_told(tx, 10, 0, 0);
    expect_told(tx, 20, 0, 0);
    EXPECT_OK(task_list_late(tx, &a, 20, 10, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(task_list_late(tx, &a, 21, 10, &l));
    EXPECT_STR(lines_text(&a, &l), S("C1 check"));
    expect_told(tx, 21, 0, 1);
    expect_told(tx, 99, 0, 0);
    EXPECT_OK(notice_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 2);
    if (l.n == 2) {
        const struct notice_row *n = l.p;
        EXPECT(n[0].what == RAISED_OPEN && n[0].since == 10);
        EXPECT(n[0].raised == 10);
        EXPECT(n[1].what == RAISED_OVERDUE && n[1].since == 21);
        EXPECT(n[1].raised == 21);
        EXPECT_STR(n[1].kind, S("check"));
    }
}

/* Days on which nobody told are made up for, with the days it was so since. */
EACH_STORE_TEST(what_was_missed_is_told_later_with_its_own_days)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row t = task(0, "check", 10, 20);
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &t));
    expect_told(tx, 50, 1, 1);
    EXPECT_OK(notice_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 2);
    if (l.n == 2) {
        const struct notice_row *n = l.p;
        EXPECT(n[0].since == 10 && n[0].raised == 50);
        EXPECT(n[1].since == 21 && n[1].raised == 50);
    }
}

/* A task that goes and comes back on the same day gets no second notice. */
EACH_STORE_TEST(a_notice_is_given_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row t = task(0, "check", 10, DAY_NEVER);
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    for (int i = 0; i < 2; i++) {
        EXPECT_OK(task_put(tx, &t));
        expect_told(tx, 10, 1, 0);
    }
    EXPECT_OK(notice_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 1);
}

/* --- made again ---------------------------------------------------------- */

static int told_of(struct tx *tx, struct arena *a)
{
    struct list l;

    EXPECT_OK(task_list_of_case(tx, a, cases[0], &l));
    EXPECT(l.n == 1);
    return l.n == 1 ? (int)((const struct task_row *)l.p)->raised : -1;
}

/* [TK1] What is over once its limit has passed (who says nothing to people who
 * are new on a team agrees) is neither new nor late from then on, and on no
 * list; anything else is, on the day after. */
EACH_STORE_TEST(of_what_lapsed_nothing_is_told)
{
    static const struct {
        const char *kind;
        bool lapses;
        day today;
        size_t new;
        size_t late;
        size_t listed;
    } rows[] = {
        { "stays, before", false, 9, 0, 0, 0 },
        { "stays, on its last day", false, 20, 1, 0, 1 },
        { "stays, the day after", false, 21, 1, 1, 1 },
        { "lapses, before", true, 9, 0, 0, 0 },
        { "lapses, on its first day", true, 10, 1, 0, 1 },
        { "lapses, on its last day", true, 20, 1, 0, 1 },
        { "lapsed, the day after", true, 21, 0, 0, 0 },
    };
    static const struct task_reader who = { { { 0xB1 } }, { { 0 } }, 0, 2 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        TEST_STORE(s, place, &a);
        scoped(tx_abort) struct tx *tx = NULL;
        struct task_row t = task(0, "agree_team", 10, 20);
        day today = rows[i].today;
        struct list l;

        t.lapses = rows[i].lapses;
        EXPECT_OK(begin(s, &a, &tx));
        EXPECT_OK(task_put(tx, &t));
        EXPECT_OK(task_list_new(tx, &a, today, 10, &l));
        EXPECT_ROW(rows[i].kind, l.n == rows[i].new);
        EXPECT_OK(task_list_late(tx, &a, today, 10, &l));
        EXPECT_ROW(rows[i].kind, l.n == rows[i].late);
        EXPECT_OK(
            task_list(tx, &a, &(struct task_page){ today, 10, { 0 } }, &l));
        EXPECT_ROW(rows[i].kind, l.n == rows[i].listed);
        EXPECT_OK(task_list_of_person(tx, &a, &who,
                                      &(struct task_page){ today, 10, { 0 } },
                                      &l));
        EXPECT_ROW(rows[i].kind, l.n == rows[i].listed);
        expect_told(tx, today, (int64_t)rows[i].new, (int64_t)rows[i].late);
    }
}

/* Told while it was there, it is not late afterwards. */
EACH_STORE_TEST(nobody_is_told_that_their_silence_is_late)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct task_row t = task(0, "agree_team", 10, 20);

    t.lapses = true;
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &t));
    expect_told(tx, 20, 1, 0);
    expect_told(tx, 21, 0, 0);
}

/* What a notice says must be of the same task, and of its days. */
EACH_STORE_TEST(a_task_made_again_is_known_to_have_been_told)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row t = task(0, "check", 10, 20);
    struct task_row other[] = { t, t, t, t, t, t };
    int want[] = { RAISED_OVERDUE, RAISED_OPEN,    RAISED_NOTHING,
                   RAISED_NOTHING, RAISED_NOTHING, RAISED_OPEN };

    other[1].due = 21;
    other[2].opens = 11;
    other[3].kind = S("plan");
    other[4].number = 1;
    other[5].due = DAY_NEVER;
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &t));
    expect_told(tx, 21, 1, 1);
    for (size_t i = 0; i < COUNT(other); i++) {
        EXPECT_OK(task_clear(tx));
        EXPECT_OK(task_put(tx, &other[i]));
        EXPECT_OK(task_tell_again(tx));
        EXPECT(told_of(tx, &a) == want[i]);
    }
}

EACH_STORE_TEST(notices_of_no_case_are_taken_away_and_no_others)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct task_row kept = task(0, "check", 10, 20);
    struct task_row stray = kept;
    bool found = true;
    struct list l;
    str kind;

    stray.of_case = auditor; /* nobody opened that */
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &kept));
    EXPECT_OK(task_put(tx, &stray));
    expect_told(tx, 10, 2, 0);
    EXPECT_OK(task_clear(tx));
    EXPECT_OK(task_find_stray(tx, &a, &kind, &found));
    EXPECT(found);
    EXPECT_OK(notice_clear_strays(tx));
    EXPECT_OK(task_find_stray(tx, &a, &kind, &found));
    EXPECT(!found);
    EXPECT_OK(notice_list_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 1);
}

/* --- what the tick looks for beside -----------------------------------------
 */

static err put_certificate(struct tx *tx, uint8_t i, int32_t status, day until,
                           bool imported)
{
    char number[] = { 'N', (char)('0' + i), 0 };
    const struct certificate_row row = {
        .number = str_of(number),
        .id = { { 0xF0, i } },
        .of_case = imported ? (id){ { 0 } } : cases[0],
        .holder = S("示例"),
        .uscc = S("U"),
        .scheme_id = S("mini"),
        .valid_until = until,
        .status = status,
        .suspended_until = DAY_NEVER,
        .log_index = LOG_INDEX_NONE,
    };

    return certificate_put(tx, &row);
}

EACH_STORE_TEST(certificates_that_ran_out_are_found_by_their_day_and_status)
{
    static const struct {
        const char *why;
        int32_t status;
        day until;
        bool imported;
        bool found;
    } rows[] = {
        { "yesterday was its last day", 0, 19, false, true },
        { "today is", 0, 20, false, false },
        { "suspended meanwhile", 1, 19, false, true },
        { "withdrawn before", 2, 19, false, false },
        { "expired on record", 4, 19, false, false },
        { "imported, without a case", 0, 19, true, false },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page all = { S(""), 100 };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list l;

        EXPECT_OK(put_certificate(tx, 1, rows[i].status, rows[i].until,
                                  rows[i].imported));
        EXPECT_OK(certificate_list_over(tx, &a, 20, DAY_MIN, &all, &l));
        EXPECT_ROW(rows[i].why, (l.n == 1) == rows[i].found);
    }
}

EACH_STORE_TEST(certificates_that_ran_out_come_in_pages)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct page page = { S(""), 2 };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    for (uint8_t i = 1; i <= 3; i++)
        EXPECT_OK(put_certificate(tx, i, 0, i == 1 ? 19 : 18, false));
    EXPECT_OK(certificate_list_over(tx, &a, 20, DAY_MIN, &page, &l));
    EXPECT(l.n == 2);
    if (l.n == 2) {
        const struct certificate_row *r = l.p;

        EXPECT_STR(r[0].number, S("N2"));
        EXPECT_STR(r[1].number, S("N3"));
        page.after = r[1].number;
        EXPECT_OK(certificate_list_over(tx, &a, 20, 18, &page, &l));
        EXPECT(l.n == 1);
    }
}

EACH_STORE_TEST(a_renewal_is_found_by_the_certificate_it_follows_on)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page all = { S(""), 100 };
    struct case_row row;
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(case_get(tx, &a, cases[1], &row));
    EXPECT(row.previous.n == 0);
    row.previous = S("N1");
    EXPECT_OK(case_put(tx, &row));
    EXPECT_OK(case_list_following(tx, &a, S("N1"), &all, &l));
    EXPECT(l.n == 1);
    if (l.n == 1)
        EXPECT_STR(((const struct case_row *)l.p)->number, S("C2"));
    EXPECT_OK(case_list_following(tx, &a, S("N2"), &all, &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(planned_days_are_listed_of_a_person_or_of_all_until_they_end)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct booking_row row = { .person = auditor, .from = 10, .to = 12 };
    const id nobody = { { 0 } };
    const id other = { { 0xB1 } };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(booking_replace(tx, cases[0], &row, 1));
    EXPECT_OK(booking_list(tx, &a, auditor, 12, 100, &l));
    EXPECT(l.n == 1);
    if (l.n == 1) {
        const struct booking_line *got = l.p;

        EXPECT(got->from == 10 && got->to == 12);
        EXPECT(id_eq(got->enterprise, enterprises[0]));
        EXPECT_STR(got->case_number, S("C1"));
        EXPECT_STR(got->enterprise_name, S("示例一"));
        EXPECT_STR(got->login, S("lead"));
    }
    EXPECT_OK(booking_list(tx, &a, auditor, 13, 100, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(booking_list(tx, &a, nobody, 12, 100, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(booking_list(tx, &a, other, 12, 100, &l));
    EXPECT(l.n == 0);
}
