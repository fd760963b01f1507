/* The mark: who asks for its use, what may stand beside it, what a misuse leads
 * to. [M21] [17065 4.1.3] [条例 24] [认证证书和认证标志管理办法] */

#include "domain/mark.h"

#include "domain/test_fixture.h"

#include <stdio.h>

#define ASK(use, words) "{'use':'" use "','where':'外包装','words':'" words "'}"
#define GOOD            ASK("packaging", "售后服务认证，证书编号见底部")

static void suspend(struct fixture *f, const char *confirmed)
{
    char json[100];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   confirmed);
    DO(f, "certificates", "certificate.suspend", json);
}

/* [M21] [MK1] [MK2] The mini package lets its mark be shown on packaging and in
 * tenders, beside "服务认证" or "service certification". */
TEST(a_use_of_the_mark_is_asked_for_where_the_package_lets_it_be_with_its_words)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "on packaging", "applicant", "mark.ask", GOOD, ALLOWED },
        { "in tenders, in English", "applicant", "mark.ask",
          ASK("tender", "SERVICE Certification No. 1"), ALLOWED },
        { "on the website", "applicant", "mark.ask", ASK("website", "服务认证"),
          ERR_REFUSED, "mark.use" },
        { "where there is no such place", "applicant", "mark.ask",
          ASK("moon", "服务认证"), ERR_INVALID, "record.choice" },
        { "without the words", "applicant", "mark.ask",
          ASK("tender", "认证企业"), ERR_INVALID, "mark.says" },
        { "as an honour", "applicant", "mark.ask",
          ASK("tender", "国家级服务认证"), ERR_INVALID, "mark.claim" },
        { "as a management system", "applicant", "mark.ask",
          ASK("tender", "服务认证，管理体系认证"), ERR_INVALID, "mark.system" },
        { "as a standard of management systems", "applicant", "mark.ask",
          ASK("tender", "服务认证 ISO 9001"), ERR_INVALID, "mark.system" },
        { "as the same standard by its Chinese number", "applicant", "mark.ask",
          ASK("tender", "服务认证 GB/T 19001"), ERR_INVALID, "mark.system" },
        { "with the criterion of a service", "applicant", "mark.ask",
          ASK("tender", "服务认证 GB/T 27922"), ALLOWED },
        { "by the body itself", "certificates", "mark.ask", GOOD, ERR_DENIED,
          "rights.role" },
        { "by another enterprise", "rival", "mark.ask", GOOD, ERR_DENIED,
          "rights.own" },
        { "nothing to answer yet", "certificates", "mark.approve",
          "{'number':1}", ERR_REFUSED, "mark.none_asked" },
        { "nothing to stop yet", "certificates", "mark.stop",
          "{'number':1,'reasons':'x'}", ERR_REFUSED, "mark.none_approved" },
    };

    certified(f, "2026-05-04");
    ATTEMPTS(f, rows);
}

TEST(there_is_no_mark_before_the_certificate)
{
    FIXTURE(f);

    go_to(f, STAGE_CERTIFICATE);
    NO(f, "applicant", "mark.ask", GOOD, ERR_REFUSED, "rights.stage");
    NO(f, "certificates", "misuse.record",
       "{'kind':'unasked','text':'网店','found':'2026-03-16',"
       "'until':'2026-03-30'}",
       ERR_REFUSED, "rights.stage");
}

/* [MK1] [MK3] Both sides of the last valid day. */
TEST(the_mark_may_be_used_while_the_certificate_is_valid)
{
    FIXTURE(f);

    certified(f, "2029-04-14");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "applicant", "mark.ask", GOOD);
    EXPECT(!mark_may_be_used(f->state, 1, f->facts.today));
    DO(f, "certificates", "mark.approve", "{'number':1}");
    EXPECT(mark_may_be_used(f->state, 1, f->facts.today));
    EXPECT(!mark_may_be_used(f->state, 2, f->facts.today));
    EXPECT(!mark_may_be_used(f->state, 0, f->facts.today));
    EXPECT(!mark_may_be_used(f->state, 3, f->facts.today));
    EXPECT(!mark_may_be_used(f->state, 1, f->facts.today + 1));

    set_today(f, "2029-04-15");
    NO(f, "applicant", "mark.ask", GOOD, ERR_REFUSED, "life.expired");
    NO(f, "certificates", "mark.approve", "{'number':2}", ERR_REFUSED,
       "life.expired");
}

/* Asked of a case as its journal is, whoever wrote that. */
TEST(without_a_certificate_no_mark_may_be_used)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve", "{'number':1}");
    f->state->certificate = NULL;
    EXPECT(!mark_may_be_used(f->state, 1, f->facts.today));
    EXPECT_ERR(mark_check_use(&f->arena, f->state, 1, f->facts.today),
               ERR_REFUSED, "mark.over");
}

/* [MK3] [17065 7.11] */
TEST(the_mark_rests_while_the_certificate_is_suspended)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve", "{'number':1}");
    suspend(f, "2026-06-01");
    EXPECT(!mark_may_be_used(f->state, 1, f->facts.today));
    NO(f, "applicant", "mark.ask", GOOD, ERR_REFUSED, "mark.suspended");
    NO(f, "certificates", "mark.approve", "{'number':2}", ERR_REFUSED,
       "mark.suspended");
    DO(f, "certificates", "mark.refuse", "{'number':2,'reasons':'暂停'}");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
    EXPECT(mark_may_be_used(f->state, 1, f->facts.today));
}

TEST(a_use_is_answered_once_and_stopped_once)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "approved already", "certificates", "mark.approve", "{'number':1}",
          ERR_REFUSED, "mark.judged_already" },
        { "approved, now refused", "certificates", "mark.refuse",
          "{'number':1,'reasons':'x'}", ERR_REFUSED, "mark.judged_already" },
        { "refused already", "certificates", "mark.approve", "{'number':2}",
          ERR_REFUSED, "mark.judged_already" },
        { "waits for an answer", "certificates", "mark.approve", "{'number':3}",
          ALLOWED },
        { "nobody asked", "certificates", "mark.approve", "{'number':4}",
          ERR_NOT_FOUND, "mark.number" },
        { "stop what was refused", "certificates", "mark.stop",
          "{'number':2,'reasons':'x'}", ERR_REFUSED, "mark.not_approved" },
        { "stop what nobody asked for", "certificates", "mark.stop",
          "{'number':4,'reasons':'x'}", ERR_NOT_FOUND, "mark.number" },
        { "without reasons", "certificates", "mark.stop", "{'number':1}",
          ERR_INVALID, "record.missing" },
        { "stop", "certificates", "mark.stop", "{'number':1,'reasons':'x'}",
          ALLOWED },
        { "the enterprise answers itself", "applicant", "mark.approve",
          "{'number':3}", ERR_DENIED, "rights.role" },
    };

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve",
       "{'number':1,'conditions':'不小于 10 毫米'}");
    DO(f, "certificates", "mark.refuse", "{'number':2,'reasons':'图样有改动'}");
    EXPECT_STR(f->state->marks[0].note, S("不小于 10 毫米"));
    EXPECT_STR(f->state->marks[1].note, S("图样有改动"));
    ATTEMPTS(f, rows);
    DO(f, "certificates", "mark.stop", "{'number':1,'reasons':'已流标'}");
    EXPECT(f->state->marks[0].standing == MARK_STOPPED);
    EXPECT(!mark_may_be_used(f->state, 1, f->facts.today));
}

#define MISUSE(found, until)                                                   \
    "{'kind':'as_product','text':'外箱称产品认证','found':'" found             \
    "','until':'" until "'}"
#define SETTLE(outcome) "{'number':1,'outcome':'" outcome "','text':'已更换'}"

/* Both sides of today. */
TEST(a_misuse_is_recorded_with_a_day_it_was_found_and_one_to_put_it_right_by)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "found today, to be put right today", "certificates", "misuse.record",
          MISUSE("2026-05-04", "2026-05-04"), ALLOWED },
        { "told at the counter", "intake", "misuse.record",
          MISUSE("2026-05-01", "2026-05-18"), ALLOWED },
        { "found tomorrow", "certificates", "misuse.record",
          MISUSE("2026-05-05", "2026-05-18"), ERR_INVALID, "misuse.found" },
        { "to be put right yesterday", "certificates", "misuse.record",
          MISUSE("2026-05-01", "2026-05-03"), ERR_INVALID, "misuse.until" },
        { "of a use nobody asked for", "certificates", "misuse.record",
          "{'kind':'altered','use':1,'text':'x','found':'2026-05-04',"
          "'until':'2026-05-18'}",
          ERR_NOT_FOUND, "mark.number" },
        { "by the enterprise", "applicant", "misuse.record",
          MISUSE("2026-05-04", "2026-05-18"), ERR_DENIED, "rights.role" },
        { "nothing to settle yet", "certificates", "misuse.settle",
          SETTLE("corrected"), ERR_REFUSED, "misuse.none" },
    };

    certified(f, "2026-05-04");
    ATTEMPTS(f, rows);
}

/* [MK4] */
TEST(a_misuse_ends_as_what_really_happened)
{
    FIXTURE(f);
    static const struct attempt valid[] = {
        { "corrected", "certificates", "misuse.settle", SETTLE("corrected"),
          ALLOWED },
        { "told", "certificates", "misuse.settle", SETTLE("authority"),
          ALLOWED },
        { "suspended", "certificates", "misuse.settle", SETTLE("suspension"),
          ERR_REFUSED, "misuse.not_suspended" },
        { "withdrawn", "certificates", "misuse.settle", SETTLE("withdrawal"),
          ERR_REFUSED, "misuse.not_withdrawn" },
        { "another", "certificates", "misuse.settle",
          "{'number':2,'outcome':'corrected','text':'x'}", ERR_NOT_FOUND,
          "misuse.number" },
    };

    certified(f, "2026-05-04");
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04", "2026-05-18"));
    ATTEMPTS(f, valid);
    suspend(f, "2026-05-04");
    DO(f, "certificates", "misuse.settle", SETTLE("suspension"));
    NO(f, "certificates", "misuse.settle", SETTLE("corrected"), ERR_REFUSED,
       "misuse.none");
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04", "2026-05-18"));
    NO(f, "certificates", "misuse.settle", SETTLE("corrected"), ERR_REFUSED,
       "misuse.settled_already");
}

/* Whoever goes on showing the mark of a certificate that is over misuses it. */
TEST(a_misuse_is_followed_up_after_the_certificate_ended)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "reviewer", "withdrawal.decide",
       "{'code':'0112','reasons':'拒绝监督'}");
    DO(f, "head", "certificate.withdraw", "{}");
    EXPECT(f->state->stage == STAGE_ENDED);
    DO(f, "certificates", "misuse.record",
       "{'kind':'after_end','text':'网店首页','found':'2026-05-04',"
       "'until':'2026-05-18'}");
    DO(f, "certificates", "misuse.settle", SETTLE("withdrawal"));
    EXPECT(f->state->misuses[0].settled->outcome == MISUSE_LED_TO_WITHDRAWAL);
}

TEST(a_case_holds_so_many_uses_and_misuses)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04", "2026-05-18"));
    f->state->mark_count = MARK_MAX;
    f->state->misuse_count = MISUSE_MAX;
    NO(f, "applicant", "mark.ask", GOOD, ERR_LIMIT, "mark.too_many");
    NO(f, "certificates", "misuse.record", MISUSE("2026-05-04", "2026-05-18"),
       ERR_LIMIT, "misuse.too_many");
}

/* However a journal came to say that a use was asked for. */
TEST(without_a_certificate_no_use_is_approved)
{
    static const struct mark_asked asked = { .number = 1 };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    f->state->marks[0].asked = &asked;
    f->state->mark_count = 1;
    NO(f, "certificates", "mark.approve", "{'number':1}", ERR_REFUSED,
       "life.no_certificate");
}

/* --- drawing it [MK1] [MK3] ----------------------------------------------- */

static err drawn(struct fixture *f, int64_t number)
{
    err e = mark_check_use(&f->arena, f->state, number, f->facts.today);

    EXPECT(failed(e) == !mark_may_be_used(f->state, number, f->facts.today));
    return e;
}

TEST(a_mark_is_drawn_for_an_approved_use_of_a_certificate_that_stands)
{
    FIXTURE(f);

    certified(f, "2029-04-14");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve", "{'number':1}");
    EXPECT_ERR(drawn(f, 0), ERR_NOT_FOUND, "mark.number");
    EXPECT_OK(drawn(f, 1)); /* on its last day */
    EXPECT_ERR(drawn(f, 2), ERR_REFUSED, "mark.no_use");
    DO(f, "certificates", "mark.approve", "{'number':2}");
    EXPECT_OK(drawn(f, 2));
    EXPECT_ERR(drawn(f, 3), ERR_NOT_FOUND, "mark.number");
    pass_days(f, 1);
    EXPECT_ERR(drawn(f, 1), ERR_REFUSED, "mark.over");
}

TEST(a_mark_is_not_drawn_while_its_certificate_is_suspended)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve", "{'number':1}");
    suspend(f, "2026-05-04");
    EXPECT_ERR(drawn(f, 1), ERR_REFUSED, "mark.suspended");
}

TEST(a_mark_is_not_drawn_after_its_certificate_was_withdrawn)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "mark.approve", "{'number':1}");
    DO(f, "reviewer", "withdrawal.decide",
       "{'code':'0112','reasons':'拒绝监督'}");
    DO(f, "head", "certificate.withdraw", "{}");
    EXPECT_ERR(drawn(f, 1), ERR_REFUSED, "mark.over");
}

/* [M21] */
TEST(a_package_that_shows_its_mark_nowhere_has_no_use_to_ask_for)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("  mark:\n    uses: [packaging, tender]\n"
                     "    says: [{ zh: 服务认证, en: service certification }]",
                     "");

    certified(f, "2026-05-04");
    NO(f, "applicant", "mark.ask", GOOD, ERR_REFUSED, "mark.none");
}

/* However a journal came to say so. */
TEST(nobody_s_use_is_approved_and_nobody_s_misuse_settled)
{
    static const struct mark_approved approved = { .number = 2,
                                                   .conditions = S_INIT("x") };
    static const struct misuse_settled settled = { .number = 2,
                                                   .text = S_INIT("x") };
    FIXTURE(f);
    struct event_list made = { 0 };

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", GOOD);
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04", "2026-05-18"));
    EXPECT_OK(
        event_emit(&f->arena, &made, "mark.approved", &f->facts, &approved));
    EXPECT_OK(
        event_emit(&f->arena, &made, "misuse.settled", &f->facts, &settled));
    apply(f->state, made.first);
    apply(f->state, made.last);
    EXPECT(f->state->marks[0].standing == MARK_ASKED);
    EXPECT(f->state->marks[1].standing == MARK_ASKED);
    EXPECT(f->state->marks[1].note.n == 0);
    EXPECT(f->state->misuses[0].settled == NULL);
    EXPECT(f->state->misuses[1].settled == NULL);
}
