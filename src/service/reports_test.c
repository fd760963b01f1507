/* What the public reports, over the body's own store. [RO1]..[RO4] */

#include "service/reports.h"

#include "service/service_test_env.h"

static struct report_wish wish_of(str certificate)
{
    return (struct report_wish){
        .kind = REPORT_AFTER_END,
        .certificate = certificate,
        .place = S("https://example.test/店"),
        .seen = DAY_NEVER,
        .words = S("证书已过期，仍挂在首页"),
        .name = S("李四"),
        .contact = S("13800000000"),
    };
}

static str file(struct office *o, const struct report_wish *w)
{
    str number = S("");

    EXPECT_OK(reports_file(o->app, &o->arena, w, office_today(o), &number));
    return number;
}

/* --- filing --------------------------------------------------------------- */

static str times(struct office *o, const char *what, size_t n)
{
    const str one = str_of(what);
    char *p = arena_zero(&o->arena, n * one.n + 1);

    for (size_t i = 0; i < n; i++)
        memcpy(p + i * one.n, one.p, one.n);
    return (str){ p, n * one.n };
}

/* Both sides of every bound; each mistake is said of its field. */
ONE_STORE_TEST(a_report_says_what_and_where_within_its_bounds, true)
{
    TEST_OFFICE(o, place);
    day today = office_today(&o);
    const struct report_wish good = wish_of(S(""));
    const struct {
        const char *why;
        enum report_field field; /* REPORT_FIELDS: nothing is wrong */
        const char *id;
        struct report_wish wish;
    } rows[] = {
        { "as it is", REPORT_FIELDS, NULL, good },
        { "no kind",
          REPORT_KIND,
          "reports.no_kind",
          { -1, good.certificate, good.place, good.seen, false, good.words,
            good.name, good.contact } },
        { "a kind too many",
          REPORT_KIND,
          "reports.no_kind",
          { REPORT_KINDS, good.certificate, good.place, good.seen, false,
            good.words, good.name, good.contact } },
        { "the longest number",
          REPORT_FIELDS,
          NULL,
          { 0, times(&o, "A", 40), good.place, good.seen, false, good.words,
            good.name, good.contact } },
        { "a longer number",
          REPORT_CERTIFICATE,
          "reports.too_long",
          { 0, times(&o, "A", 41), good.place, good.seen, false, good.words,
            good.name, good.contact } },
        { "nowhere",
          REPORT_PLACE,
          "reports.no_place",
          { 0, S(""), S(""), good.seen, false, good.words, S(""), S("") } },
        { "the longest place, in characters",
          REPORT_FIELDS,
          NULL,
          { 0, S(""), times(&o, "店", 500), good.seen, false, good.words, S(""),
            S("") } },
        { "a longer one",
          REPORT_PLACE,
          "reports.too_long",
          { 0, S(""), times(&o, "店", 501), good.seen, false, good.words, S(""),
            S("") } },
        { "today",
          REPORT_FIELDS,
          NULL,
          { 0, S(""), good.place, today, false, good.words, S(""), S("") } },
        { "tomorrow",
          REPORT_SEEN,
          "reports.not_yet",
          { 0, S(""), good.place, today + 1, false, good.words, S(""),
            S("") } },
        { "no day",
          REPORT_SEEN,
          "reports.no_day",
          { 0, S(""), good.place, DAY_NEVER, true, good.words, S(""), S("") } },
        { "nothing said",
          REPORT_WORDS,
          "reports.no_words",
          { 0, S(""), good.place, DAY_NEVER, false, S(""), S(""), S("") } },
        { "what is no text",
          REPORT_WORDS,
          "reports.no_text",
          { 0, S(""), good.place, DAY_NEVER, false, S("\xff"), S(""), S("") } },
        { "the most that can be said",
          REPORT_FIELDS,
          NULL,
          { 0, S(""), good.place, DAY_NEVER, false, times(&o, "x", 4000), S(""),
            S("") } },
        { "more than that",
          REPORT_WORDS,
          "reports.too_long",
          { 0, S(""), good.place, DAY_NEVER, false, times(&o, "x", 4001), S(""),
            S("") } },
        { "a long name",
          REPORT_NAME,
          "reports.too_long",
          { 0, S(""), good.place, DAY_NEVER, false, good.words,
            times(&o, "x", 101), S("") } },
        { "a long contact",
          REPORT_CONTACT,
          "reports.too_long",
          { 0, S(""), good.place, DAY_NEVER, false, good.words, S(""),
            times(&o, "x", 201) } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool fine = rows[i].field == REPORT_FIELDS;
        struct report_problems p;
        str number = S("");

        reports_check(&o.arena, &rows[i].wish, today, &p);
        EXPECT_ROW(rows[i].why, p.n == (fine ? 0 : 1));
        if (!fine)
            EXPECT_ROW(rows[i].why, failed(p.of[rows[i].field]) &&
                                        strcmp(p.of[rows[i].field].info->id,
                                               rows[i].id) == 0);
        err e = reports_file(o.app, &o.arena, &rows[i].wish, today, &number);
        EXPECT_ROW(rows[i].why, failed(e) == !fine);
        EXPECT_ROW(rows[i].why, (number.n > 0) == fine);
    }
}

/* [RO1] [RO4] */
EACH_STORE_TEST(a_report_is_kept_with_its_reporter_sealed_and_in_no_journal)
{
    TEST_OFFICE(o, place);
    const struct report_wish w = wish_of(S(" 71226sc0001r0s "));
    struct office_rows before = office_rows(&o);
    struct report_file got = { .words = S("") };
    str number = file(&o, &w);
    struct office_rows after = office_rows(&o);

    EXPECT_STR(number, S("R2026-0001"));
    EXPECT(reports_is_number(number));
    EXPECT(before.events == after.events && before.streams == after.streams);
    EXPECT_OK(
        reports_one(o.app, &o.arena, office_as(&o, "quality"), number, &got));
    EXPECT_STR(got.line.certificate, S("71226SC0001R0S"));
    EXPECT_STR(got.words, w.words);
    EXPECT_STR(got.name, w.name);
    EXPECT_STR(got.contact, w.contact);
    EXPECT(got.line.state == REPORT_IS_OPEN && got.line.holder.n == 0);
    EXPECT(!str_contains(office_ask(&o, "SELECT * FROM report"), w.contact));
    EXPECT_STR(file(&o, &w), S("R2026-0002"));
}

TEST(a_receipt_is_a_year_and_a_count)
{
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        { "R2026-0001", true },  { "R2026-123456789", true },
        { "R2026-001", false },  { "R2026-1234567890", false },
        { "C2026-0001", false }, { "R26-0001", false },
        { "R2026-00x1", false }, { "R2026", false },
        { "", false },           { "R2026-0001-1", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].text,
                   reports_is_number(str_of(rows[i].text)) == rows[i].is);
}

/* --- reading -------------------------------------------------------------- */

static size_t listed(struct office *o, const char *login, bool ended)
{
    const struct reports_wish wish = { .ended = ended, .after = S("") };
    struct overview list = { .next = S("") };

    EXPECT_OK(
        reports_list(o->app, &o->arena, office_as(o, login), &wish, &list));
    return list.found.n;
}

/* [RO1] [RO3] */
ONE_STORE_TEST(reports_are_read_by_quality_and_head_and_nobody_else, true)
{
    static const struct {
        const char *login;
        bool reads;
    } rows[] = {
        { "quality", true },   { "head", true },    { "intake", false },
        { "auditor1", false }, { "admin", false },  { "authority", false },
        { "newcomer", false }, { "appeal", false },
    };
    TEST_OFFICE(o, place);
    const struct report_wish w = wish_of(S(""));
    str number = file(&o, &w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct session *who = office_as(&o, rows[i].login);
        struct report_file got;
        int64_t n = -1;

        EXPECT_ROW(rows[i].login, reports_open_to(who) == rows[i].reads);
        EXPECT_ROW(rows[i].login,
                   listed(&o, rows[i].login, false) == rows[i].reads);
        EXPECT_OK(reports_count(o.app, &o.arena, who, &n));
        EXPECT_ROW(rows[i].login, n == rows[i].reads);
        err e = reports_one(o.app, &o.arena, who, number, &got);
        EXPECT_ROW(rows[i].login, failed(e) == !rows[i].reads);
        if (failed(e))
            EXPECT_ROW(rows[i].login, err_is(e, ERR_NOT_FOUND));
    }
}

/* [RO3] Insider has every role of the body, and works for newcomer's. */
ONE_STORE_TEST(nobody_reads_what_was_reported_of_their_own_enterprise, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct case_file of = office_read(&o, ref);
    const struct report_wish w = wish_of(of.state->certificate->number);
    str number = file(&o, &w);
    struct report_file got = { .of_case = S("") };

    EXPECT(listed(&o, "insider", false) == 0);
    EXPECT(err_is(reports_one(o.app, &o.arena, office_as(&o, "insider"), number,
                              &got),
                  ERR_NOT_FOUND));
    EXPECT_OK(
        reports_one(o.app, &o.arena, office_as(&o, "head"), number, &got));
    EXPECT_STR(got.of_case, ref);
    EXPECT_STR(got.line.holder, o.own.name);
}

/* --- what becomes of it [RO2] --------------------------------------------- */

static struct report_ending ending(struct office *o, const char *login,
                                   str number)
{
    return (struct report_ending){
        .who = office_as(o, login),
        .today = office_today(o),
        .number = number,
        .why = S("查无此事"),
        .case_ref = S(""),
    };
}

EACH_STORE_TEST(a_report_is_closed_once_by_quality_who_says_why)
{
    TEST_OFFICE(o, place);
    const struct report_wish w = wish_of(S(""));
    str number = file(&o, &w);
    struct report_ending e = ending(&o, "head", number);
    struct report_file got = { .why = S("") };

    EXPECT_ERR(reports_close(o.app, &o.arena, &e), ERR_DENIED,
               "reports.not_yours");
    e = ending(&o, "quality", number);
    e.why = S("");
    EXPECT_ERR(reports_close(o.app, &o.arena, &e), ERR_INVALID, "reports.why");
    e.why = times(&o, "x", REPORT_WORDS_MOST + 1);
    EXPECT_ERR(reports_close(o.app, &o.arena, &e), ERR_INVALID, "reports.why");
    e = ending(&o, "quality", number);
    EXPECT_OK(reports_close(o.app, &o.arena, &e));
    EXPECT_ERR(reports_close(o.app, &o.arena, &e), ERR_REFUSED,
               "reports.ended");
    EXPECT_ERR(reports_take(o.app, &o.arena, &e), ERR_REFUSED, "reports.ended");
    EXPECT(listed(&o, "quality", false) == 0);
    EXPECT(listed(&o, "quality", true) == 1);
    EXPECT_OK(reports_one(o.app, &o.arena, e.who, number, &got));
    EXPECT(got.line.state == REPORT_IS_CLOSED);
    EXPECT(got.line.ended == office_today(&o));
    EXPECT_STR(got.why, S("查无此事"));
    EXPECT_STR(got.ended_by, S("示例·质量负责人"));
}

EACH_STORE_TEST(a_report_is_taken_over_into_a_case_that_there_is)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct report_wish w = wish_of(S(""));
    str number = file(&o, &w);
    struct report_ending e = ending(&o, "quality", number);
    struct report_file got = { .why = S("") };

    e.case_ref = S("C2099-0001");
    EXPECT_ERR(reports_take(o.app, &o.arena, &e), ERR_NOT_FOUND,
               "case.missing");
    EXPECT(listed(&o, "quality", false) == 1);
    e.case_ref = ref;
    EXPECT_OK(reports_take(o.app, &o.arena, &e));
    EXPECT_OK(reports_one(o.app, &o.arena, e.who, number, &got));
    EXPECT(got.line.state == REPORT_IS_TAKEN);
    EXPECT_STR(got.line.case_number, ref);
    e.number = S("R2099-0001");
    EXPECT_ERR(reports_take(o.app, &o.arena, &e), ERR_NOT_FOUND,
               "reports.none");
}

/* The command and what becomes of the report are one. [RO2] */
EACH_STORE_TEST(a_report_is_taken_over_with_its_command_or_not_at_all)
{
    static const char record[] =
        "{'about':'enterprise','text':'逾期使用','received':'2026-03-02'}";
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    const struct report_wish w = wish_of(S(""));
    str number = file(&o, &w);
    struct case_order order =
        office_order(&o, "quality", ref, "complaint.record", "{}");
    struct report_file got = { .why = S("") };
    struct case_answer answer;

    order.report = number;
    EXPECT(failed(office_give(&o, &order, &answer)));
    EXPECT_OK(reports_one(o.app, &o.arena, order.who, number, &got));
    EXPECT(got.line.state != REPORT_IS_TAKEN);
    order = office_order(&o, "quality", ref, "complaint.record", record);
    order.report = number;
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT_OK(reports_one(o.app, &o.arena, order.who, number, &got));
    EXPECT(got.line.state == REPORT_IS_TAKEN);
    EXPECT_STR(got.line.case_number, ref);
    /* It has ended: the next command is done without it. */
    order.command_id = (id){ { 9 } };
    EXPECT_OK(office_give(&o, &order, &answer));
}

/* A page more than one shows, without a row twice or none. */
ONE_STORE_TEST(a_long_list_of_reports_goes_on_by_key, true)
{
    TEST_OFFICE(o, place);
    const struct report_wish w = wish_of(S(""));
    struct reports_wish wish = { .after = S("") };
    struct overview list = { .next = S("") };

    for (int i = 0; i < OVERVIEW_PAGE + 2; i++)
        (void)file(&o, &w);
    EXPECT_OK(
        reports_list(o.app, &o.arena, office_as(&o, "quality"), &wish, &list));
    EXPECT(list.found.n == OVERVIEW_PAGE && list.next.n > 0);
    wish.after = list.next;
    EXPECT_OK(
        reports_list(o.app, &o.arena, office_as(&o, "quality"), &wish, &list));
    EXPECT(list.found.n == 2 && list.next.n == 0);
    wish.after = S("nonsense");
    EXPECT_OK(
        reports_list(o.app, &o.arena, office_as(&o, "quality"), &wish, &list));
    EXPECT(list.found.n == OVERVIEW_PAGE);
}
