/* The documents of a case. [DO1]..[DO4] [M12] [M13] [M18] [M19] */
#include "service/document.h"

#include "base/buf.h"
#include "codec/json.h"
#include "service/service_test_env.h"

static err make(struct office *o, const char *login, str ref,
                enum document_kind kind, str *out)
{
    const struct document_wish wish = { ref, kind, LANG_EN };
    struct paint_document d = { 0 };

    TRY(document_make(o->app, &o->arena, office_as(o, login), &wish, &d));
    return paint_document_write(&o->arena, &d, out);
}

/* [DO1] */
EACH_STORE_TEST(a_document_is_refused_before_its_case_has_come_that_far)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str text = S("");

    for (int k = 0; k < DOCUMENT_IMPROVEMENT; k++)
        EXPECT_ROW_ERR(document_names[k],
                       make(&o, "quality", ref, (enum document_kind)k, &text),
                       ERR_REFUSED, "sheet.nothing");
    EXPECT_ERR(make(&o, "quality", ref, DOCUMENT_IMPROVEMENT, &text),
               ERR_REFUSED, "improve.nothing");
    EXPECT(text.n == 0);
}

/* What each is about, once there is something. */
EACH_STORE_TEST(each_document_is_made_of_its_case)
{
    static const struct {
        enum document_kind kind;
        const char *says;
    } rows[] = {
        { DOCUMENT_QUOTE, "\"Quotation\"" },
        { DOCUMENT_CONTRACT, "\"Certification contract\"" },
        { DOCUMENT_PLAN, "\"Audit team\"" },
        { DOCUMENT_REPORT, "\"Points lost, and why\"" },
        { DOCUMENT_DECISION, "\"granted\"" },
        { DOCUMENT_SURVEILLANCE, "\"Judged anew\"" },
        { DOCUMENT_IMPROVEMENT, "\"Improvement report\"" },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = document_names[rows[i].kind];
        str text = S("");
        str again = S("");

        EXPECT_ROW_OK(name, make(&o, "quality", ref, rows[i].kind, &text));
        EXPECT_ROW(name, str_contains(text, str_of(rows[i].says)));
        EXPECT_ROW(name, str_contains(text, S("\"example\":")));
        EXPECT_ROW_OK(name, make(&o, "quality", ref, rows[i].kind, &again));
        EXPECT_ROW_STR(name, again, text); /* [DO4] */
    }
}

/* [DO2] */
EACH_STORE_TEST(the_enterprise_gets_no_decision_that_nobody_signed)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str text = S("");
    struct script script = office_script(&o);
    bool over = false;

    office_go_to(&o, ref, STAGE_DECISION);
    for (int i = 0; i < 40 && office_read(&o, ref).state->decision == NULL; i++)
        EXPECT_OK(office_step(&o, &script, ref, &over));
    EXPECT(id_is_zero(office_read(&o, ref).state->signed_by));
    EXPECT_OK(make(&o, "quality", ref, DOCUMENT_DECISION, &text));
    EXPECT(str_contains(text, S("Not signed yet")));
    EXPECT_ERR(make(&o, "newcomer", ref, DOCUMENT_DECISION, &text), ERR_REFUSED,
               "sheet.nothing");
    EXPECT_ERR(make(&o, "rival", ref, DOCUMENT_REPORT, &text), ERR_NOT_FOUND,
               "case.missing");
}

/* [DO3]  The score in a report stays when corrections were accepted. */
EACH_STORE_TEST(a_report_stays_as_it_was_issued)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str then = S("");
    str later = S("");

    office_go_to(&o, ref, STAGE_DECISION);
    EXPECT_OK(make(&o, "quality", ref, DOCUMENT_REPORT, &then));
    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(make(&o, "quality", ref, DOCUMENT_REPORT, &later));
    EXPECT_STR(later, then);
}
