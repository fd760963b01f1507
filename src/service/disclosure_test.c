/* The record of a decision given out: by whom, when, and whole. [M19]
 * [17065 7.12] */

#include "service/disclosure.h"

#include "domain/dossier.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "verify/recompute.h"

static err made_by(struct office *o, const char *login, str ref,
                   struct disclosure *out)
{
    struct disclosure_wish wish = { .who = office_as(o, login), .ref = ref };

    return disclosure_make(o->app, &o->arena, &wish, out);
}

static void sign_log(struct office *o)
{
    int64_t size;

    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
}

/* [DI1] From the journal and the log to a stranger who recomputes it. */
EACH_STORE_TEST(a_record_that_was_committed_to_is_given_out_and_agrees)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct disclosure x = { 0 };
    struct disclosure again = { 0 };
    struct dossier d = { 0 };
    struct recomputation r = { 0 };

    office_go_to(&o, ref, STAGE_DECISION);
    EXPECT_ERR(made_by(&o, "head", ref, &x), ERR_NOT_FOUND, "disclosure.none");
    office_go_to(&o, ref, STAGE_CERTIFICATE);
    EXPECT_ERR(made_by(&o, "head", ref, &x), ERR_NOT_FOUND,
               "disclosure.waiting");
    sign_log(&o);
    EXPECT_OK(made_by(&o, "head", ref, &x));
    EXPECT(x.withheld == 0);
    EXPECT_OK(dossier_open(&o.arena, x.archive, NULL, &d));
    EXPECT_OK(recompute(&o.arena, &d, &r));
    EXPECT(recomputation_agrees(&r) && r.scored);

    /* [DI3] */
    EXPECT_OK(made_by(&o, "head", ref, &again));
    EXPECT(str_eq(x.archive, again.archive));
}

/* [DI2] */
EACH_STORE_TEST(a_record_is_given_out_by_some_and_by_nobody_else)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    static const struct {
        const char *login;
        const char *id; /* NULL: they may */
        enum err_code code;
        unsigned withheld;
    } rows[] = {
        { "head", NULL, 0, 0 },
        { "quality", NULL, 0, 0 },
        { "newcomer", NULL, 0, 1U << PART_ANSWERS },
        { "reviewer", "rights.disclose", ERR_DENIED, 0 },
        { "auditor1", "rights.disclose", ERR_DENIED, 0 },
        { "insider", "case.missing", ERR_NOT_FOUND, 0 },
        { "rival", "case.missing", ERR_NOT_FOUND, 0 },
    };

    office_go_to(&o, ref, STAGE_CERTIFICATE);
    sign_log(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct disclosure x = { 0 };
        err e = made_by(&o, rows[i].login, ref, &x);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].login, e);
        else
            EXPECT_ROW_ERR(rows[i].login, e, rows[i].code, rows[i].id);
        EXPECT_ROW(rows[i].login, x.withheld == rows[i].withheld);
    }
}
