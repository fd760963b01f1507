/* Complaints and appeals of all cases, on both engines. [17065 7.13] */

#include "store/complaints.h"

#include "base/buf.h"
#include "base/size.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

static const id handler = { { 0xA1 } };
static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };

/* A tx with a person and two cases. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct hash package = { { 0x5C } };
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };
    const struct enterprise_row enterprise = {
        .id = { { 0xE1 } }, .uscc = S("U"), .name = S("示例"), .registered = 1
    };
    const struct person_row person = { .id = handler, .login = S("quality") };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    TRY(enterprise_put(*tx, &enterprise));
    TRY(person_put(*tx, &person));
    for (size_t i = 0; i < 2; i++) {
        const struct case_row row = { .id = cases[i],
                                      .number = i == 0 ? S("C1") : S("C2"),
                                      .enterprise = enterprise.id,
                                      .scheme_id = S("mini"),
                                      .scheme_hash = package,
                                      .due = DAY_NEVER };
        TRY(case_put(*tx, &row));
    }
    return OK;
}

static struct complaint_row row_of(int64_t number, day recorded, day ended)
{
    return (struct complaint_row){
        .number = number,
        .about = 2,
        .subject = S("证书用在了别处"),
        .recorded = recorded,
        .ended = ended,
        .outcome = ended == DAY_NEVER ? COMPLAINT_OPEN : COMPLAINT_FOUND_RIGHT,
    };
}

EACH_STORE_TEST(a_case_has_the_complaints_it_was_given_last)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct complaint_row rows[] = { row_of(1, 20600, DAY_NEVER),
                                    row_of(1, 20601, 20610) };
    const struct complaint_row *got;
    struct list l;
    int64_t n;

    rows[1].kind = COMPLAINT_IS_APPEAL;
    rows[1].person = handler;
    rows[1].others = 2;
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(complaint_replace(tx, cases[0], rows, 2));
    EXPECT_OK(complaint_replace(tx, cases[0], rows, 2)); /* in their place */
    EXPECT_OK(complaint_of_case(tx, &a, cases[0], &l));
    got = l.p;
    if (l.n != 2) {
        EXPECT(l.n == 2);
        return;
    }
    EXPECT(got[0].kind == COMPLAINT_IS_COMPLAINT && got[0].number == 1);
    EXPECT(id_is_zero(got[0].person) && got[0].ended == DAY_NEVER);
    EXPECT(got[0].about == 2 && got[0].recorded == 20600);
    EXPECT_STR(got[0].subject, rows[0].subject);
    EXPECT(got[1].kind == COMPLAINT_IS_APPEAL && got[1].others == 2);
    EXPECT(id_eq(got[1].person, handler) && got[1].ended == 20610);
    EXPECT(got[1].outcome == COMPLAINT_FOUND_RIGHT);
    EXPECT_OK(complaint_count(tx, &n));
    EXPECT(n == 2);
    EXPECT_OK(complaint_count_open(tx, &n));
    EXPECT(n == 1);
    EXPECT_OK(complaint_clear_all(tx));
    EXPECT_OK(complaint_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 0);
}

static struct complaint_key key_of(const struct complaint_line *line)
{
    return (struct complaint_key){ line->row.ended == DAY_NEVER ? 0 : 1,
                                   complaint_turn(&line->row),
                                   line->row.of_case, line->row.kind,
                                   line->row.number };
}

/* The subjects by one row at a time, "C1#2 C2#1 ..". */
static void expect_order(struct tx *tx, struct arena *a, int32_t done,
                         const char *want)
{
    struct complaint_page p = { .done = done, .limit = 1 };
    struct buf b;
    struct list l;
    str got = S("");

    buf_init(&b, a, 1000);
    for (;;) {
        EXPECT_OK(complaint_list(tx, a, &p, &l));
        const struct complaint_line *line = l.p;
        if (l.n == 0 || test_failing())
            break;
        buf_printf(&b, "%.*s#%d ", (int)line->case_number.n,
                   line->case_number.p, (int)line->row.number);
        p.after = key_of(line);
    }
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, str_of(want));
}

/* The oldest that is open first, the newest that is done first. */
EACH_STORE_TEST(open_ones_come_first_and_the_list_goes_on_by_key)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct complaint_row first[] = { row_of(1, 20605, DAY_NEVER),
                                           row_of(2, 20600, 20700),
                                           row_of(3, 20600, DAY_NEVER) };
    const struct complaint_row second[] = { row_of(1, 20602, DAY_NEVER),
                                            row_of(2, 20601, 20710),
                                            row_of(3, 20605, DAY_NEVER) };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(complaint_replace(tx, cases[0], first, COUNT(first)));
    EXPECT_OK(complaint_replace(tx, cases[1], second, COUNT(second)));
    expect_order(tx, &a, -1, "C1#3 C2#1 C1#1 C2#3 C2#2 C1#2 ");
    expect_order(tx, &a, 0, "C1#3 C2#1 C1#1 C2#3 ");
    expect_order(tx, &a, 1, "C2#2 C1#2 ");
}
