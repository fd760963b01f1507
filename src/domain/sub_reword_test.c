/* Sub-certificates when an erratum puts the scope of the main one in other
 * words. [SU7] (sub.c) */

#include "domain/sub.h"

#include "domain/change.h"
#include "domain/test_fixture.h"

#define NUMBER "00026SC0006R0S" /* of the main one */

static struct standing standing_of(const struct fixture *f)
{
    struct standing s = { 0 };

    for (size_t i = 0; i < f->public_count; i++)
        standing_apply(&s, f->publics[i]);
    return s;
}

#define REWORD(kind, scope)                                                    \
    "{'kind':'" kind "','scope':'" scope "','reasons':'印错'}"

/* Approved, with a sub-certificate for the appliances alone. */
static void reword(struct fixture *f, const char *change)
{
    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub", "{'n':2,'scope':'家用电器'}");
    set_today(f, "2027-02-01");
    DO(f, "applicant", "change.ask", change);
    DO(f, "jack", "change.approve", "{'number':1}");
}

TEST(an_erratum_of_the_scope_is_followed_by_the_sub_certificates)
{
    FIXTURE(f);

    reword(f, REWORD("erratum", "家用电器售后、空调售后"));

    const struct sub_state *x = &f->state->subs[0];
    const struct standing s = standing_of(f);
    EXPECT(f->state->sub_count == 1 && s.sub_count == 1);
    EXPECT(x->ended == DAY_NEVER && s.subs[0].ended == DAY_NEVER);
    EXPECT_STR(x->sub->number, S(NUMBER "-1"));
    EXPECT_STR(x->sub->scope, S("家用电器售后"));
    EXPECT_STR(s.subs[0].sub->scope, S("家用电器售后"));
    EXPECT(x->sub->issued == on("2027-01-10"));
    EXPECT(x->sub->until == on("2029-04-14"));
    EXPECT_STR(replayed(f)->subs[0].sub->scope, S("家用电器售后"));

    /* The next one is another. */
    DO(f, "certificates", "certificate.sub", "{'n':1}");
    EXPECT_STR(f->state->subs[1].sub->number, S(NUMBER "-2"));
}

TEST(an_erratum_that_gives_the_scope_more_or_fewer_parts_ends_them)
{
    static const char *const scopes[] = { "售后",
                                          "电器售后、热水器、空调售后" };

    for (size_t i = 0; i < COUNT(scopes); i++) {
        FIXTURE(f);
        struct buf b;
        str json = S("");

        buf_init(&b, &f->arena, 300);
        buf_printf(&b, REWORD("erratum", "%s"), scopes[i]);
        buf_char(&b, '\0');
        EXPECT_OK(buf_done(&b, &json));
        reword(f, json.p);
        EXPECT_ROW(scopes[i], f->state->subs[0].ended == on("2027-02-01"));
        EXPECT_ROW_STR(scopes[i], f->state->subs[0].sub->scope, S("家用电器"));
        EXPECT_ROW(scopes[i], standing_of(f).subs[0].ended != DAY_NEVER);
    }
}

/* What a round evaluated may be about something else. */
TEST(only_an_erratum_puts_a_scope_in_other_words)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub", "{'n':2,'scope':'家用电器'}");
    f->state->extension_granted = true;
    DO(f, "applicant", "change.ask", REWORD("extension", "热水器、空调售后"));
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(f->state->subs[0].ended == on("2027-01-10"));
}

/* In both languages, or in none. */
TEST(a_sub_certificate_in_two_languages_follows_in_both)
{
    static const struct {
        const char *change;
        const char *want; /* NULL: it ends */
    } rows[] = {
        { "{'kind':'erratum','scope_en':'appliance; air','reasons':'x'}",
          "appliance" },
        { "{'kind':'erratum','scope':'家用电器售后、空调售后',"
          "'reasons':'x'}",
          "appliances" },
        { "{'kind':'erratum','scope_en':'all','reasons':'x'}", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2027-01-10");
        f->state->scope = S("家用电器、空调售后");
        f->state->scope_en = S("appliances; air");
        DO(f, "certificates", "certificate.sub",
           "{'n':2,'scope':'家用电器','scope_en':'appliances'}");
        DO(f, "applicant", "change.ask", rows[i].change);
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT_ROW(rows[i].change, (f->state->subs[0].ended == DAY_NEVER) ==
                                       (rows[i].want != NULL));
        if (rows[i].want != NULL)
            EXPECT_ROW_STR(rows[i].change, f->state->subs[0].sub->scope_en,
                           str_of(rows[i].want));
    }
}

/* Issued anew before the main one is, it may be ahead of it for an erratum. */
TEST(a_sub_certificate_is_within_the_scope_or_that_of_the_erratum)
{
    static const struct {
        const char *name;
        struct change change; /* number 0: none */
        bool sound;
    } rows[] = {
        { "no change", { .number = 0 }, false },
        { "another change",
          { .number = 1,
            .kind = CHANGE_EXTENSION,
            .scope = S_INIT("家用电器") },
          false },
        { "an erratum that says so",
          { .number = 1, .kind = CHANGE_ERRATUM, .scope = S_INIT("家用电器") },
          true },
        { "an erratum that says something else",
          { .number = 1, .kind = CHANGE_ERRATUM, .scope = S_INIT("灯") },
          false },
        { "an erratum of the name",
          { .number = 1, .kind = CHANGE_ERRATUM, .holder = S_INIT("某") },
          false },
        { "in one language of two",
          { .number = 1,
            .kind = CHANGE_ERRATUM,
            .scope = S_INIT("家用电器"),
            .scope_en = S_INIT("lamps") },
          false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2027-01-10");
        f->state->scope = S("家用电器、空调售后");
        f->state->scope_en = S("appliances; air");
        DO(f, "certificates", "certificate.sub",
           "{'n':2,'scope':'家用电器','scope_en':'appliances'}");
        f->state->scope = S("空调售后");
        f->state->change = rows[i].change.number > 0 ? &rows[i].change : NULL;
        EXPECT_ROW(rows[i].name,
                   (state_invariant(f->state) == NULL) == rows[i].sound);
    }
}

/* A letter is a part as any other. */
TEST(an_english_scope_of_letters_follows_or_ends_as_well)
{
    static const struct {
        const char *change;
        const char *want; /* NULL: it ends */
    } rows[] = {
        { "{'kind':'erratum','scope_en':'c; b','reasons':'x'}", "c" },
        { "{'kind':'erratum','scope_en':'c','reasons':'x'}", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2027-01-10");
        f->state->scope_en = S("a; b");
        DO(f, "certificates", "certificate.sub",
           "{'n':2,'scope':'家用电器的售后服务','scope_en':'a'}");
        DO(f, "applicant", "change.ask", rows[i].change);
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT_ROW(rows[i].change, (f->state->subs[0].ended == DAY_NEVER) ==
                                       (rows[i].want != NULL));
        EXPECT_ROW_STR(rows[i].change, f->state->subs[0].sub->scope_en,
                       rows[i].want == NULL ? S("a") : str_of(rows[i].want));
    }
}

/* [SU5] */
TEST(on_its_last_day_a_sub_certificate_leaves_with_its_scope)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub",
       "{'n':2,'scope':'家用电器','until':'2027-02-01'}");
    set_today(f, "2027-02-01");
    do_reduction(f, "jack", "{'scope':'空调售后','reasons':'x'}");
    EXPECT(f->state->subs[0].ended == on("2027-02-01"));
}
