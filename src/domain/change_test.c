/* Changes of what stands on a certificate. [17065 7.10] [条例 26] */

#include "domain/change.h"

#include "domain/test_fixture.h"

#define NAME(holder) "{'kind':'name','holder':'" holder "','reasons':'更名'}"
#define TEN          "'e','e','e','e','e','e','e','e','e','e'"
#define RENAMED      NAME("示例电器集团有限公司")

/* [CH1] [17065 7.7.1] */
TEST(a_renamed_holder_s_certificate_is_issued_anew_under_its_number)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    struct certificate was = *f->state->certificate;
    DO(f, "applicant", "change.ask", RENAMED);
    EXPECT(f->state->change != NULL);
    EXPECT_STR(f->state->certificate->holder, was.holder);
    DO(f, "jack", "change.approve", "{'number':1}");

    const struct certificate *now = f->state->certificate;
    EXPECT(f->state->change == NULL);
    EXPECT_STR(now->holder, S("示例电器集团有限公司"));
    EXPECT_STR(now->number, was.number);
    EXPECT_STR(now->scope, was.scope);
    EXPECT_STR(now->level, was.level);
    EXPECT(now->issued == on("2027-01-10"));
    EXPECT(now->until == was.until);
    EXPECT(now->from == was.from);
    EXPECT(now->first_issued == was.first_issued);
}

/* [CH2] [CH4] */
TEST(what_may_be_asked_for_is_what_the_kind_is_about)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "another name", "applicant", "change.ask", RENAMED, ALLOWED },
        { "known from the register", "certificates", "change.ask", RENAMED,
          ALLOWED },
        { "by another enterprise", "rival", "change.ask", RENAMED, ERR_DENIED,
          "rights.own" },
        { "by an auditor", "auditor", "change.ask", RENAMED, ERR_DENIED,
          "rights.role" },
        { "the same name", "applicant", "change.ask", NAME("示例电器有限公司"),
          ERR_INVALID, "changing.nothing" },
        { "no name", "applicant", "change.ask",
          "{'kind':'name','reasons':'更名'}", ERR_INVALID, "changing.nothing" },
        { "a name and a scope", "applicant", "change.ask",
          "{'kind':'name','holder':'新名','scope':'灯具','reasons':'x'}",
          ERR_INVALID, "changing.more" },
        { "another address", "applicant", "change.ask",
          "{'kind':'address','address':'新址 1 号','reasons':'迁址'}",
          ALLOWED },
        { "name and address", "applicant", "change.ask",
          "{'kind':'address','address':'新址 1 号','holder':'新名',"
          "'reasons':'x'}",
          ALLOWED },
        { "an address without one", "applicant", "change.ask",
          "{'kind':'address','reasons':'x'}", ERR_INVALID, "changing.nothing" },
        { "a name of one letter", "applicant", "change.ask", NAME("x"),
          ALLOWED },
        { "another address for another name", "applicant", "change.ask",
          "{'kind':'name','address':'x','reasons':'x'}", ERR_INVALID,
          "changing.nothing" },
        { "another name for another address", "applicant", "change.ask",
          "{'kind':'address','holder':'x','reasons':'x'}", ERR_INVALID,
          "changing.nothing" },
        { "a wider scope without a round", "applicant", "change.ask",
          "{'kind':'extension','scope':'家电与灯具','reasons':'x'}",
          ERR_REFUSED, "changing.no_extension" },
        { "an extension with a name", "applicant", "change.ask",
          "{'kind':'extension','scope':'灯具','holder':'新名','reasons':'x'}",
          ERR_INVALID, "changing.more" },
        { "the level it has", "applicant", "change.ask",
          "{'kind':'level','reasons':'x'}", ERR_INVALID, "changing.nothing" },
        { "a level with an address", "applicant", "change.ask",
          "{'kind':'level','address':'x','reasons':'x'}", ERR_INVALID,
          "changing.more" },
        { "a level with a name of one letter", "applicant", "change.ask",
          "{'kind':'level','holder':'x','reasons':'x'}", ERR_INVALID,
          "changing.more" },
        { "a level with a scope of one letter", "applicant", "change.ask",
          "{'kind':'level','scope':'x','reasons':'x'}", ERR_INVALID,
          "changing.more" },
        { "a level with an English scope of one letter", "applicant",
          "change.ask", "{'kind':'level','scope_en':'x','reasons':'x'}",
          ERR_INVALID, "changing.more" },
        { "an English misprint alone", "applicant", "change.ask",
          "{'kind':'erratum','scope_en':'x','reasons':'x'}", ALLOWED },
        { "a misprint in the scope", "applicant", "change.ask",
          "{'kind':'erratum','scope':'家用电器售后服务','reasons':'印错'}",
          ALLOWED },
        { "a misprint that is none", "applicant", "change.ask",
          "{'kind':'erratum','reasons':'印错'}", ERR_INVALID,
          "changing.nothing" },
        { "twenty papers", "applicant", "change.ask",
          "{'kind':'name','holder':'x','reasons':'x','evidence':[" TEN "," TEN
          "]}",
          ALLOWED },
        { "one more", "applicant", "change.ask",
          "{'kind':'name','holder':'x','reasons':'x','evidence':[" TEN "," TEN
          ",'e']}",
          ERR_INVALID, "record.count" },
        { "nothing to approve", "jack", "change.approve", "{'number':1}",
          ERR_REFUSED, "changing.none" },
    };

    certified(f, "2027-01-10");
    ATTEMPTS(f, rows);
}

TEST(a_name_of_one_letter_stands_on_the_certificate)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "applicant", "change.ask", NAME("x"));
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT_STR(f->state->certificate->holder, S("x"));
}

TEST(a_certificate_is_changed_a_thousand_times_and_no_more)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->changes = 1000;
    NO(f, "applicant", "change.ask", RENAMED, ERR_LIMIT, "changing.too_many");
    f->state->changes = 999;
    DO(f, "applicant", "change.ask", RENAMED);
    EXPECT(f->state->change->number == 1000);
    DO(f, "jack", "change.approve", "{'number':1000}");
}

/* [CH3] [CH4] */
TEST(a_change_is_judged_once_by_a_reviewer_outside_the_round)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "one at a time", "applicant", "change.ask", RENAMED, ERR_REFUSED,
          "changing.under_way" },
        { "by the certificates' keeper", "certificates", "change.approve",
          "{'number':1}", ERR_DENIED, "rights.role" },
        { "another number", "jack", "change.approve", "{'number':2}",
          ERR_NOT_FOUND, "changing.number" },
        { "another number refused", "jack", "change.refuse",
          "{'number':2,'reasons':'x'}", ERR_NOT_FOUND, "changing.number" },
        { "refused without reasons", "jack", "change.refuse", "{'number':1}",
          ERR_INVALID, "record.missing" },
        { "approved", "jack", "change.approve", "{'number':1}", ALLOWED },
    };

    certified(f, "2027-01-10");
    DO(f, "applicant", "change.ask", RENAMED);
    ATTEMPTS(f, rows);
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'证据不足'}");
    EXPECT(f->state->change == NULL);
    EXPECT_STR(f->state->certificate->holder, S("示例电器有限公司"));
    DO(f, "applicant", "change.ask", RENAMED);
    EXPECT(f->state->change->number == 2);
}

/* Both sides of the last valid day; and while it is suspended. */
TEST(only_a_valid_certificate_is_changed)
{
    FIXTURE(f);

    certified(f, "2029-04-14");
    DO(f, "applicant", "change.ask", RENAMED);
    set_today(f, "2029-04-15");
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "life.expired");
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'到期'}");
    NO(f, "applicant", "change.ask", RENAMED, ERR_REFUSED, "life.expired");

    set_today(f, "2029-04-14");
    DO(f, "applicant", "change.ask", RENAMED);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2029-04-14'}");
    NO(f, "jack", "change.approve", "{'number':2}", ERR_REFUSED,
       "changing.suspended");
}

#define WIDER "{'kind':'extension','scope':'家电与灯具','reasons':'扩大'}"

/* [CH2] */
TEST(a_scope_widens_once_after_a_round_about_it)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    do_round_of(f, "extension", "ten");
    DO(f, "applicant", "change.ask", WIDER);
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'措辞'}");
    DO(f, "applicant", "change.ask", WIDER);
    DO(f, "jack", "change.approve", "{'number':2}");
    EXPECT_STR(f->state->certificate->scope, S("家电与灯具"));
    EXPECT_STR(f->state->scope, S("家电与灯具"));
    NO(f, "applicant", "change.ask",
       "{'kind':'extension','scope':'家具','reasons':'再扩大'}", ERR_REFUSED,
       "changing.no_extension");
}

TEST(a_special_round_widens_nothing)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    do_round_of(f, "special", "ten");
    NO(f, "applicant", "change.ask", WIDER, ERR_REFUSED,
       "changing.no_extension");
}

/* [CH2] decision.c [DE5] */
TEST(a_level_changes_to_what_the_newest_round_was_granted)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    do_round_of(f, "special", "three");
    EXPECT_STR(f->state->certificate->level, S("ten"));
    DO(f, "certificates", "change.ask",
       "{'kind':'level','reasons':'本轮评定为三星'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT_STR(f->state->certificate->level, S("three"));
    EXPECT(f->state->certificate->stars ==
           f->scheme->levels[scheme_level(f->scheme, S("three"))].stars);
}

/* What was reduced stays reduced when a name changes. */
TEST(a_certificate_issued_anew_keeps_its_reduced_scope)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    do_reduction(f, "jack", "{'scope':'冰箱的售后服务','reasons':'停产'}");
    EXPECT_STR(f->state->scope, S("冰箱的售后服务"));
    DO(f, "applicant", "change.ask", RENAMED);
    DO(f, "reviewer", "change.approve", "{'number':1}");
    EXPECT_STR(f->state->certificate->scope, S("冰箱的售后服务"));
    EXPECT_STR(f->state->certificate->scope_en, S(""));
}
