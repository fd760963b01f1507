/* What the public reported, on both engines. [17065 4.1.3] */

#include "store/reports.h"

#include "base/buf.h"
#include "base/size.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/store_test_env.h"

static const struct reported_row first = {
    .number = S_INIT("R2026-0001"),
    .kind = REPORTED_KIND_LAST,
    .certificate = S_INIT("71226SC0001R0S"),
    .place = S_INIT("https://example.test/店"),
    .seen = 20599,
    .words = S_INIT("证书已过期，仍挂在首页"),
    .reporter = S_INIT("\x01\x00\x02"),
    .filed = 20600,
};

static struct reported_row ended(const struct reported_row *row, day on)
{
    struct reported_row r = *row;

    r.standing = REPORTED_CLOSED;
    r.ended = on;
    r.ended_by = (id){ { 0xA1 } };
    r.why = S("查无此事");
    return r;
}

EACH_STORE_TEST(a_report_comes_back_as_it_was_filed)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct certificate_row ours = {
        .number = first.certificate,
        .id = { { 0xCE } },
        .enterprise = { { 0xE1 } },
        .holder = S("示例"),
        .suspended_until = DAY_NEVER,
        .log_index = LOG_INDEX_NONE,
    };
    const struct enterprise_row enterprise = { .id = ours.enterprise,
                                               .uscc = S("U"),
                                               .name = S("示例"),
                                               .registered = 1 };
    struct reported_row got = { 0 };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(enterprise_put(tx, &enterprise));
    EXPECT_OK(reported_put(tx, &first));
    EXPECT_OK(reported_get(tx, &a, first.number, &got));
    EXPECT_STR(got.number, first.number);
    EXPECT_STR(got.certificate, first.certificate);
    EXPECT_STR(got.place, first.place);
    EXPECT_STR(got.words, first.words);
    EXPECT_STR(got.reporter, first.reporter);
    EXPECT(got.kind == first.kind && got.seen == 20599 && got.filed == 20600);
    EXPECT(got.standing == REPORTED_OPEN && got.ended == DAY_NEVER);
    EXPECT(id_is_zero(got.enterprise) && got.holder.n == 0);
    EXPECT(got.case_number.n == 0 && got.of_case.n == 0);
    EXPECT_OK(certificate_put(tx, &ours));
    EXPECT_OK(reported_get(tx, &a, first.number, &got));
    EXPECT(id_eq(got.enterprise, ours.enterprise));
    EXPECT_STR(got.holder, S("示例"));
    EXPECT(err_is(reported_get(tx, &a, S("R2026-0002"), &got), ERR_NOT_FOUND));
}

EACH_STORE_TEST(a_report_ends_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct reported_row taken = ended(&first, 20610);
    struct reported_row got = { 0 };
    int64_t n;

    taken.standing = REPORTED_TAKEN;
    taken.why = S("");
    taken.case_number = S("C2026-0001");
    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(reported_put(tx, &first));
    EXPECT_OK(reported_count_open(tx, &n));
    EXPECT(n == 1);
    EXPECT_OK(reported_end(tx, &taken));
    EXPECT(err_is(reported_end(tx, &taken), ERR_CONFLICT));
    EXPECT_OK(reported_get(tx, &a, first.number, &got));
    EXPECT(got.standing == REPORTED_TAKEN && got.ended == 20610);
    EXPECT_STR(got.case_number, S("C2026-0001"));
    EXPECT_OK(reported_count_open(tx, &n));
    EXPECT(n == 0);
}

/* The numbers, row by row: "1 2 ". */
static void expect_order(struct tx *tx, struct arena *a, bool done,
                         const char *want)
{
    struct reported_page p = { .done = done, .limit = 1 };
    struct buf b;
    struct list l;
    str got = S("");

    buf_init(&b, a, 1000);
    for (;;) {
        EXPECT_OK(reported_list(tx, a, &p, &l));
        const struct reported_row *row = l.p;
        if (l.n == 0 || test_failing())
            break;
        buf_str(&b, row->number);
        buf_char(&b, ' ');
        p.after = (struct reported_key){ reported_turn(row), row->number };
    }
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, str_of(want));
}

EACH_STORE_TEST(reports_are_listed_open_or_done_and_go_on_by_key)
{
    static const struct {
        const char *number;
        day filed;
        day ended;
    } rows[] = {
        { "R1", 20603, DAY_NEVER }, { "R2", 20601, DAY_NEVER },
        { "R3", 20601, DAY_NEVER }, { "R4", 20600, 20604 },
        { "R5", 20600, 20608 },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reported_row r = first;

        r.number = str_of(rows[i].number);
        r.filed = rows[i].filed;
        EXPECT_OK(reported_put(tx, &r));
        r = ended(&r, rows[i].ended);
        if (rows[i].ended != DAY_NEVER)
            EXPECT_OK(reported_end(tx, &r));
    }
    expect_order(tx, &a, false, "R2 R3 R1 ");
    expect_order(tx, &a, true, "R5 R4 ");
}
