/* [RP1]-[RP3] */
#include "verify/report.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

/* [RP2] */
TEST(the_verdict_follows_from_the_findings)
{
    static const struct {
        const char *why;
        bool proved;
        bool open;
        bool refuted;
        enum verify_verdict want;
    } rows[] = {
        { "nothing at all", false, false, false, VERDICT_NOTHING },
        { "nothing looked into", false, true, false, VERDICT_NOTHING },
        { "all of it", true, false, false, VERDICT_HOLDS },
        { "some of it", true, true, false, VERDICT_PARTLY },
        { "one thing refuted", true, true, true, VERDICT_REFUTED },
        { "nothing but that", false, false, true, VERDICT_REFUTED },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct verify_report r;

        report_begin(&r, &a);
        if (rows[i].proved)
            report_proved(&r, "verify.pdf_unstamped");
        if (rows[i].open)
            report_open(&r, "verify.pdf_bare");
        if (rows[i].refuted)
            report_refuted(&r, err_new(&a, ERR_INVALID, "verify.pdf_room"));
        EXPECT_ROW(rows[i].why, report_verdict(&r) == rows[i].want);
        EXPECT_ROW_OK(rows[i].why, report_end(&r));
    }
}

/* [RP3] */
TEST(what_was_refuted_keeps_its_reason_and_what_did_not_fail_is_no_finding)
{
    TEST_ARENA(a, 1 << 16);
    struct verify_report r;

    report_begin(&r, &a);
    report_refuted(&r, OK);
    EXPECT(r.first == NULL);
    report_refuted(&r, err_new(&a, ERR_INVALID, "verify.pdf_partly",
                               ARG_INT("signed", 3), ARG_INT("size", 4)));
    EXPECT(r.first != NULL && r.first == r.last && r.first->next == NULL);
    EXPECT_STR(str_of(r.first->id), S("verify.pdf_partly"));
    EXPECT(r.first->args[1].number == 4);
    report_refuted(&r, err_memory());
    EXPECT(r.first == r.last);
    EXPECT_ERR(report_end(&r), ERR_MEMORY, "err.memory");
}
