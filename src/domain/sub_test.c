/* Sub-certificates for the sites of a certificate. [M20] [M21] [17065 7.7]
 * (domain.md 3.6) */

#include "domain/sub.h"

#include "domain/codes.h"
#include "domain/names.h"
#include "domain/number.h"
#include "domain/test_fixture.h"

#include <ctype.h>
#include <stdio.h>

#define NUMBER    "00026SC0006R0S" /* of the main one */
#define SHOP      "{'site':'一店'}"
#define CLOSE     "{'kind':'sites','sites':['一店'],'reasons':'停业'}"
#define NARROW    "{'scope':'空调售后','reasons':'停产'}"
#define SUSPENDED "{'code':'0111','reasons':'x','confirmed':'2027-01-10'}"

/* Certified, valid until 2029-04-14; now 2027-01-10, and the shop has its
 * sub-certificate. */
static void with_sub(struct fixture *f)
{
    certified(f, "2027-01-10");
    DO(f, "certificates", "certificate.sub", SHOP);
}

/* End the `n`-th sub-certificate, from 1. */
static err end_sub(struct fixture *f, int n, const char *why)
{
    char json[200];

    (void)snprintf(json, sizeof json,
                   "{'number':'" NUMBER "-%d','why':'%s','reasons':'x'}", n,
                   why);
    return give(f, "certificates", "certificate.sub_end", json);
}

static struct standing standing_of(const struct fixture *f)
{
    struct standing s = { 0 };

    for (size_t i = 0; i < f->public_count; i++)
        standing_apply(&s, f->publics[i]);
    return s;
}

static str number_of(const struct fixture *f, int n)
{
    return f->state->subs[n - 1].sub->number;
}

/* [SU2] [SU3] */
TEST(a_site_gets_a_sub_certificate_of_the_main_ones_number_and_last_day)
{
    FIXTURE(f);

    with_sub(f);

    const struct sub_certificate *sub = f->state->subs[0].sub;
    const struct certificate *main = f->state->certificate;
    EXPECT_STR(sub->number, S(NUMBER "-1"));
    EXPECT_STR(sub->main, main->number);
    EXPECT_STR(sub->site, S("一店"));
    EXPECT_STR(sub->address, S("示例市"));
    EXPECT_STR(sub->scope, S(""));
    EXPECT(sub->issued == on("2027-01-10"));
    EXPECT(sub->until == main->until);
    EXPECT(f->state->subs[0].ended == DAY_NEVER);

    struct standing s = standing_of(f);
    EXPECT(s.sub_count == 1);
    EXPECT_STR(s.subs[0].sub->number, sub->number);
}

/* The address it was applied for with, where there is one. */
TEST(a_sub_certificate_says_where_its_site_is)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    ((struct site *)f->state->application->sites.p)[1].address =
        S("示例路 9 号");
    DO(f, "certificates", "certificate.sub", "{'n':2}");
    EXPECT_STR(f->state->subs[0].sub->site, S("一店"));
    EXPECT_STR(f->state->subs[0].sub->address, S("示例路 9 号"));
}

TEST(a_site_and_its_address_may_be_a_letter_each)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    struct site *shop = (struct site *)f->state->application->sites.p + 1;
    shop->name = S("X");
    shop->address = S("Y");
    DO(f, "certificates", "certificate.sub", "{'site':'X'}");
    EXPECT_STR(f->state->subs[0].sub->site, S("X"));
    EXPECT_STR(f->state->subs[0].sub->address, S("Y"));
}

/* [SU1] [SU3] [SU4]: both sides of the main one's last day and of today. */
TEST(what_a_sub_certificate_may_be_for_follows_from_the_main_one)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "a shop", "certificates", "certificate.sub", SHOP, ALLOWED },
        { "by its place", "certificates", "certificate.sub", "{'n':2}",
          ALLOWED },
        { "the headquarters", "certificates", "certificate.sub", "{'n':1}",
          ALLOWED },
        { "a place after the last", "certificates", "certificate.sub",
          "{'n':3}", ERR_INVALID, "sub.which_site" },
        { "no site", "certificates", "certificate.sub", "{}", ERR_INVALID,
          "sub.which_site" },
        { "name and place", "certificates", "certificate.sub",
          "{'site':'一店','n':2}", ERR_INVALID, "sub.which_site" },
        { "name and the first place", "certificates", "certificate.sub",
          "{'site':'一店','n':1}", ERR_INVALID, "sub.which_site" },
        { "a site of nobody", "certificates", "certificate.sub",
          "{'site':'九店'}", ERR_NOT_FOUND, "plan.site" },
        { "a site of one letter", "certificates", "certificate.sub",
          "{'site':'X'}", ERR_NOT_FOUND, "plan.site" },
        { "a letter and a place", "certificates", "certificate.sub",
          "{'site':'X','n':2}", ERR_INVALID, "sub.which_site" },
        { "by the enterprise", "applicant", "certificate.sub", SHOP, ERR_DENIED,
          "rights.role" },
        { "by a reviewer", "reviewer", "certificate.sub", SHOP, ERR_DENIED,
          "rights.role" },
        { "to the main one's last day", "certificates", "certificate.sub",
          "{'n':2,'until':'2029-04-14'}", ALLOWED },
        { "a day longer", "certificates", "certificate.sub",
          "{'n':2,'until':'2029-04-15'}", ERR_INVALID, "sub.until" },
        { "for today", "certificates", "certificate.sub",
          "{'n':2,'until':'2027-01-10'}", ALLOWED },
        { "until yesterday", "certificates", "certificate.sub",
          "{'n':2,'until':'2027-01-09'}", ERR_INVALID, "sub.until" },
        { "part of the scope", "certificates", "certificate.sub",
          "{'n':2,'scope':'家用电器'}", ALLOWED },
        { "parts of it", "certificates", "certificate.sub",
          "{'n':2,'scope':'维修， 家用电器；安装、'}", ALLOWED },
        { "with nothing between two marks", "certificates", "certificate.sub",
          "{'n':2,'scope':'维修、、安装'}", ALLOWED },
        { "a fragment of a part, which means more", "certificates",
          "certificate.sub", "{'n':2,'scope':'电器'}", ERR_INVALID,
          "sub.scope" },
        { "a part that is not in it", "certificates", "certificate.sub",
          "{'n':2,'scope':'家用电器、家具'}", ERR_INVALID, "sub.scope" },
        { "the last part is not in it", "certificates", "certificate.sub",
          "{'n':2,'scope':'家具'}", ERR_INVALID, "sub.scope" },
        { "English where the main one has none", "certificates",
          "certificate.sub", "{'n':2,'scope_en':'Appliances'}", ERR_INVALID,
          "sub.scope" },
        { "none to end", "certificates", "certificate.sub_end",
          "{'number':'x','why':'closed','reasons':'x'}", ERR_REFUSED,
          "sub.none" },
    };

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、售后服务，安装；维修");
    ATTEMPTS(f, rows);
}

/* [SU3] Else it would read as the whole in one language and as less in the
 * other. */
TEST(an_english_scope_of_its_own_comes_with_a_chinese_one)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、维修");
    f->state->scope_en = S("Services for appliances, repair");
    NO(f, "certificates", "certificate.sub", "{'n':2,'scope_en':'repair'}",
       ERR_INVALID, "sub.english_alone");
    DO(f, "certificates", "certificate.sub",
       "{'n':2,'scope':'家用电器','scope_en':'repair'}");
    EXPECT_STR(f->state->subs[0].sub->scope_en, S("repair"));
}

/* [SU4] */
TEST(only_a_valid_certificate_gets_sub_certificates)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "certificates", "certificate.suspend", SUSPENDED);
    NO(f, "certificates", "certificate.sub", SHOP, ERR_REFUSED,
       "sub.suspended");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
    DO(f, "certificates", "certificate.sub", SHOP);
    set_today(f, "2029-04-15");
    NO(f, "certificates", "certificate.sub", "{'n':1}", ERR_REFUSED,
       "life.expired");
}

/* [SU1] [SU2] */
TEST(a_site_has_one_at_a_time_and_no_number_comes_twice)
{
    FIXTURE(f);

    with_sub(f);
    str first = number_of(f, 1);
    NO(f, "certificates", "certificate.sub", SHOP, ERR_REFUSED, "sub.taken");
    EXPECT_OK(end_sub(f, 1, "asked"));
    DO(f, "certificates", "certificate.sub", "{'n':2,'until':'2027-02-01'}");
    EXPECT(f->state->subs[1].sub->n == 2);
    EXPECT(!str_eq(number_of(f, 2), first));

    set_today(f, "2027-02-01"); /* its last day, and the one after */
    NO(f, "certificates", "certificate.sub", SHOP, ERR_REFUSED, "sub.taken");
    set_today(f, "2027-02-02");
    DO(f, "certificates", "certificate.sub", SHOP);
    EXPECT(f->state->subs[2].sub->n == 3);
}

TEST(the_number_of_a_sub_certificate_may_be_typed_in_small_letters)
{
    FIXTURE(f);
    char typed[64];
    char json[200];

    with_sub(f);
    str number = number_of(f, 1);
    for (size_t i = 0; i < number.n; i++)
        typed[i] = (char)tolower((unsigned char)number.p[i]);
    (void)snprintf(json, sizeof json,
                   "{'number':'%.*s','why':'closed','reasons':'x'}",
                   (int)number.n, typed);
    DO(f, "certificates", "certificate.sub_end", json);
    EXPECT(f->state->subs[0].ended == on("2027-01-10"));
    EXPECT(standing_of(f).subs[0].ended == on("2027-01-10"));
}

/* [SU5] */
TEST(a_sub_certificate_ends_alone_once_and_before_its_last_day)
{
    FIXTURE(f);

    with_sub(f);
    EXPECT_ERR(end_sub(f, 2, "closed"), ERR_NOT_FOUND, "sub.number");
    EXPECT_ERR(end_sub(f, 1, "whim"), ERR_INVALID, "record.choice");
    EXPECT_OK(end_sub(f, 1, "closed"));
    EXPECT(f->state->subs[0].ended == on("2027-01-10"));
    EXPECT(standing_of(f).subs[0].ended == on("2027-01-10"));
    EXPECT(f->state->status == CERTIFICATE_VALID);
    EXPECT_ERR(end_sub(f, 1, "closed"), ERR_REFUSED, "sub.none");

    DO(f, "certificates", "certificate.sub", "{'n':1}");
    EXPECT_ERR(end_sub(f, 1, "closed"), ERR_REFUSED, "sub.ended_already");
    DO(f, "certificates", "certificate.sub", "{'n':2,'until':'2027-02-01'}");
    set_today(f, "2027-02-02");
    EXPECT_ERR(end_sub(f, 3, "closed"), ERR_REFUSED, "sub.expired");
    set_today(f, "2039-02-02"); /* the main one is over, too */
    EXPECT_ERR(end_sub(f, 3, "closed"), ERR_REFUSED, "life.expired");
}

/* [SU5] [CH5] */
TEST(a_site_that_leaves_takes_its_sub_certificate_along)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "the shop", "applicant", "change.ask", CLOSE, ALLOWED },
        { "no site", "applicant", "change.ask",
          "{'kind':'sites','reasons':'x'}", ERR_INVALID, "changing.nothing" },
        { "a site of nobody", "applicant", "change.ask",
          "{'kind':'sites','sites':['九店'],'reasons':'x'}", ERR_INVALID,
          "plan.site" },
        { "the shop twice", "applicant", "change.ask",
          "{'kind':'sites','sites':['一店','一店'],'reasons':'x'}", ERR_INVALID,
          "plan.site_twice" },
        { "the headquarters", "applicant", "change.ask",
          "{'kind':'sites','sites':['总部'],'reasons':'x'}", ERR_REFUSED,
          "changing.headquarters" },
        { "a site and a name", "applicant", "change.ask",
          "{'kind':'sites','sites':['一店'],'holder':'新名','reasons':'x'}",
          ERR_INVALID, "changing.more" },
        { "a name and a site", "applicant", "change.ask",
          "{'kind':'name','sites':['一店'],'holder':'新名','reasons':'x'}",
          ERR_INVALID, "changing.more" },
    };

    with_sub(f);
    DO(f, "certificates", "certificate.sub", "{'n':1}");
    ATTEMPTS(f, rows);
    DO(f, "applicant", "change.ask", CLOSE);
    EXPECT(f->state->subs[0].ended == DAY_NEVER);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(f->state->subs[0].ended == on("2027-01-10"));
    EXPECT(f->state->subs[1].ended == DAY_NEVER);
    EXPECT(standing_of(f).subs[0].ended == on("2027-01-10"));
    NO(f, "certificates", "certificate.sub", SHOP, ERR_REFUSED,
       "sub.site_gone");
    NO(f, "applicant", "change.ask", CLOSE, ERR_REFUSED, "plan.site_left");
}

/* sites.c [SI4] */
TEST(a_site_that_left_is_visited_no_more)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    NO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-01-20',"
       "'to':'2027-01-20','person_days':20,'sites':['总部','一店']}",
       ERR_REFUSED, "plan.site_left");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-01-20',"
       "'to':'2027-01-20','person_days':20}");
    EXPECT(f->state->plan->sites.n == 1);
    EXPECT_STR(*(const str *)f->state->plan->sites.p, S("总部"));
}

/* [SU3] [SU5] [17065 7.11.3] */
TEST(a_narrower_scope_ends_the_sub_certificates_it_no_longer_holds)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub", "{'n':1}");
    DO(f, "certificates", "certificate.sub", "{'n':2,'scope':'家用电器'}");
    do_reduction(f, "jack", NARROW);
    EXPECT(f->state->subs[0].ended == DAY_NEVER);
    EXPECT(f->state->subs[1].ended == on("2027-01-10"));
    EXPECT_STR(f->state->scope, S("空调售后"));
}

/* Said in two languages it is held in both. */
TEST(a_scope_that_is_narrower_in_english_alone_ends_them_as_well)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    f->state->scope_en = S("appliances; air conditioning");
    DO(f, "certificates", "certificate.sub",
       "{'n':1,'scope':'空调售后','scope_en':'air conditioning'}");
    DO(f, "certificates", "certificate.sub",
       "{'n':2,'scope':'空调售后','scope_en':'appliances'}");
    do_reduction(
        f, "jack",
        "{'scope':'空调售后','scope_en':'air conditioning','reasons':'停产'}");
    EXPECT(f->state->subs[0].ended == DAY_NEVER);
    EXPECT(f->state->subs[1].ended == on("2027-01-10"));
}

/* One that ran out before is no longer within it, and nobody minds. */
TEST(a_scope_is_narrowed_past_a_sub_certificate_that_ran_out)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub",
       "{'n':2,'scope':'家用电器','until':'2027-02-01'}");
    set_today(f, "2027-02-02");
    do_reduction(f, "jack", NARROW);
    EXPECT(f->state->subs[0].ended == DAY_NEVER);
    EXPECT(standing_of(f).subs[0].ended == DAY_NEVER);
    DO(f, "certificates", "certificate.sub", "{'n':2}");
    EXPECT(state_invariant(f->state) == NULL);
}

TEST(a_scope_that_loses_a_site_ends_its_sub_certificate_for_that)
{
    FIXTURE(f);
    struct event_list made = { 0 };
    const struct sub_end *end;

    with_sub(f);
    NO(f, "jack", "reduction.decide",
       "{'scope':'服务','sites':['总部'],'reasons':'x'}", ERR_REFUSED,
       "changing.headquarters");
    DO(f, "jack", "reduction.decide",
       "{'scope':'家用电器的售后服务','sites':['一店'],'reasons':'x'}");
    EXPECT_OK(try_it(f, "head", "certificate.reduce", "{}", &made));
    EXPECT(strcmp(made.first->kind->name, "sub.ended") == 0);
    end = made.first->data;
    EXPECT(end->why == SUB_LEFT_SCOPE);
    EXPECT(f->state->subs[0].ended == DAY_NEVER); /* not yet signed */
}

/* [LI7] What leaves is what there is when the head signs. */
TEST(a_site_that_left_before_the_signature_is_returned_not_signed)
{
    FIXTURE(f);

    with_sub(f);
    DO(f, "jack", "reduction.decide",
       "{'scope':'家用电器的售后服务','sites':['一店'],'reasons':'x'}");
    DO(f, "applicant", "change.ask",
       "{'kind':'sites','sites':['一店'],'reasons':'关店'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "plan.site_left");
    DO(f, "head", "reduction.return", "{'reasons':'一店已退出'}");
}

/* [SU6] */
TEST(a_certificate_issued_anew_keeps_its_sub_certificates)
{
    FIXTURE(f);

    with_sub(f);
    DO(f, "applicant", "change.ask",
       "{'kind':'name','holder':'示例电器集团有限公司','reasons':'更名'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(f->state->subs[0].ended == DAY_NEVER);
    EXPECT(standing_of(f).sub_count == 1);
    EXPECT(standing_of(f).subs[0].ended == DAY_NEVER);
}

/* [SU4], whichever way it ends. */
TEST(no_sub_certificate_lives_on_when_the_main_one_is_over)
{
    static const char *const ways[] = { "withdrawn", "cancelled", "expired" };

    for (size_t i = 0; i < COUNT(ways); i++) {
        FIXTURE(f);

        with_sub(f);
        if (i == 0) {
            DO(f, "reviewer", "withdrawal.decide",
               "{'code':'0116','reasons':'停业'}");
            DO(f, "head", "certificate.withdraw", "{}");
        } else if (i == 1) {
            DO(f, "certificates", "certificate.cancel",
               "{'code':'0111','reasons':'注销'}");
        } else {
            set_today(f, "2029-04-15");
            EXPECT_OK(give(f, NULL, "certificate.expire", "{}"));
        }
        EXPECT_ROW(ways[i], f->state->subs[0].ended == f->facts.today);
        EXPECT_ROW(ways[i], status_is_final(f->state->status));
        EXPECT_ROW_ERR(ways[i], end_sub(f, 1, "closed"), ERR_REFUSED,
                       "rights.stage");
    }
}

TEST(a_certificate_carries_only_so_many)
{
    FIXTURE(f);

    with_sub(f);
    f->state->sub_count = SUB_MAX;
    for (int i = 1; i < SUB_MAX; i++) {
        struct sub_certificate *more = arena_zero(&f->arena, sizeof *more);

        *more = *f->state->subs[0].sub;
        more->n = i + 1;
        f->state->subs[i] = (struct sub_state){ .sub = more,
                                                .ended = on("2027-01-10"),
                                                .alone = true };
        EXPECT_OK(number_make_sub(&f->arena, S("{number}-{n}"), more->main,
                                  more->n, &more->number));
    }
    NO(f, "certificates", "certificate.sub", "{'n':1}", ERR_LIMIT,
       "sub.too_many");
}

/* [RC2] Every way to end has a code of the authority's table. */
TEST(every_reason_to_end_one_has_a_code_of_the_authoritys)
{
    for (int i = 0; sub_ending_names[i] != NULL; i++) {
        size_t k = 0;

        while (cancellation_codes[k] != NULL &&
               strcmp(cancellation_codes[k], sub_ending_codes[i]) != 0)
            k++;
        EXPECT_ROW(sub_ending_names[i], cancellation_codes[k] != NULL);
    }
}

/* standing.h [SD4] */
TEST(a_sub_certificate_stands_as_the_main_one_but_for_its_own_end)
{
    enum { N = DAY_NEVER };
    static const struct {
        const char *name;
        struct stand main;   /* on that day */
        struct sub_days sub; /* issued, last, ended */
        day today;
        enum certificate_status want;
        day since;
    } rows[] = {
        /* clang-format off */
        { "valid since its own issue", { CERTIFICATE_VALID, 100, N }, { 120, 200, N }, 130, CERTIFICATE_VALID, 120 },
        { "restored since", { CERTIFICATE_VALID, 150, N }, { 120, 200, N }, 160, CERTIFICATE_VALID, 150 },
        { "suspended with it", { CERTIFICATE_SUSPENDED, 150, 190 }, { 120, 200, N }, 160, CERTIFICATE_SUSPENDED, 150 },
        { "its last day", { CERTIFICATE_VALID, 100, N }, { 120, 160, N }, 160, CERTIFICATE_VALID, 120 },
        { "the day after", { CERTIFICATE_VALID, 100, N }, { 120, 160, N }, 161, CERTIFICATE_EXPIRED, 161 },
        { "over while the main one is suspended", { CERTIFICATE_SUSPENDED, 150, 190 }, { 120, 160, N }, 161, CERTIFICATE_EXPIRED, 161 },
        { "ended alone", { CERTIFICATE_VALID, 100, N }, { 120, 200, 140 }, 150, CERTIFICATE_CANCELLED, 140 },
        { "ended, then the main one withdrawn", { CERTIFICATE_WITHDRAWN, 150, N }, { 120, 200, 140 }, 160, CERTIFICATE_CANCELLED, 140 },
        { "withdrawn on its last day", { CERTIFICATE_WITHDRAWN, 160, N }, { 120, 160, N }, 170, CERTIFICATE_WITHDRAWN, 160 },
        { "over a day before the main one was withdrawn", { CERTIFICATE_WITHDRAWN, 161, N }, { 120, 160, N }, 170, CERTIFICATE_EXPIRED, 161 },
        { "expired with it", { CERTIFICATE_EXPIRED, 201, N }, { 120, 200, N }, 201, CERTIFICATE_EXPIRED, 201 },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct stand got = sub_stand(rows[i].main, rows[i].sub, rows[i].today);

        EXPECT_ROW(rows[i].name, got.status == rows[i].want);
        EXPECT_ROW(rows[i].name, got.since == rows[i].since);
        EXPECT_ROW(rows[i].name,
                   (got.until != N) == (got.status == CERTIFICATE_SUSPENDED));
    }
}

/* [SU5] Both sides of its own last day. */
TEST(a_sub_certificate_ends_alone_up_to_its_last_day)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "certificates", "certificate.sub", "{'n':1,'until':'2027-02-01'}");
    DO(f, "certificates", "certificate.sub", "{'n':2,'until':'2027-02-01'}");
    set_today(f, "2027-02-01");
    EXPECT_OK(end_sub(f, 1, "asked"));
    set_today(f, "2027-02-02");
    EXPECT_ERR(end_sub(f, 2, "asked"), ERR_REFUSED, "sub.expired");
}

TEST(an_english_scope_of_one_letter_comes_with_a_chinese_one)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope_en = S("a");
    NO(f, "certificates", "certificate.sub", "{'n':2,'scope_en':'a'}",
       ERR_INVALID, "sub.english_alone");
}

static void apply_one(struct fixture *f, const char *type, const void *data)
{
    struct event_list made = { 0 };

    EXPECT_OK(event_emit(&f->arena, &made, type, &f->facts, data));
    apply(f->state, made.first);
}

/* However a journal came to say so. */
TEST(one_too_many_and_an_end_after_the_end_change_nothing)
{
    FIXTURE(f);

    with_sub(f);
    const struct sub_certificate *sub = f->state->subs[0].sub;
    struct sub_end end = { sub->number, SUB_OTHER, S("x") };
    struct sub_certificate more = *sub;
    apply_one(f, "sub.ended", &end);
    set_today(f, "2027-01-11");
    apply_one(f, "sub.ended", &end);
    EXPECT(f->state->subs[0].ended == on("2027-01-10"));
    end.number = S("X-9");
    apply_one(f, "sub.ended", &end); /* of none */

    for (int32_t i = 1; i < SUB_MAX; i++)
        f->state->subs[i] = f->state->subs[0];
    f->state->sub_count = SUB_MAX;
    more.number = S("X-9");
    apply_one(f, "sub.recorded", &more);
    EXPECT(f->state->sub_count == SUB_MAX && f->state->overflow);
}
