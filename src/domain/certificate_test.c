/* Stage 10: the certificate. [M20] [M21] [17065 7.7] [条例 23] */

#include "domain/test_fixture.h"

#include "base/check.h"
/* [M21] [CE1]: three years, inclusive; months clamp to the month's end. */
TEST(a_certificate_is_valid_to_the_day_before_its_anniversary)
{
    static const struct {
        const char *issued;
        const char *until;
        const char *surveillance;
    } rows[] = {
        { "2026-04-15", "2029-04-14", "2027-04-15" },
        { "2028-02-29", "2031-02-27", "2029-02-28" }, /* clamped to the 28th */
        { "2027-01-31", "2030-01-30", "2028-01-31" },
        { "2027-03-01", "2030-02-28", "2028-03-01" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_CERTIFICATE);
        set_today(f, rows[i].issued);
        DO(f, "certificates", "certificate.issue", "{}");

        const struct certificate *c = f->state->certificate;
        EXPECT_ROW(rows[i].issued, c->from == on(rows[i].issued));
        EXPECT_ROW(rows[i].issued, c->until == on(rows[i].until));
        EXPECT_ROW(rows[i].issued,
                   c->surveillance_due == on(rows[i].surveillance));
        EXPECT_ROW(rows[i].issued, f->state->due == c->surveillance_due);
    }
}

/* [M20] [17065 7.7] [条例 23] [CE2] [D1] */
TEST(a_certificate_says_what_was_applied_for_and_decided)
{
    FIXTURE(f);

    go_to(f, STAGE_CERTIFICATE);

    struct hash head = f->state->head;
    NO(f, "reviewer", "certificate.issue", "{}", ERR_DENIED, "rights.role");
    DO(f, "certificates", "certificate.issue", "{}");

    const struct certificate *c = f->state->certificate;
    EXPECT_STR(c->holder, f->enterprise.name);
    EXPECT_STR(c->uscc, f->enterprise.uscc);
    EXPECT_STR(c->criterion, S("T 1-2026"));
    EXPECT_STR(c->level, S("ten"));
    EXPECT(c->stars == 10);
    EXPECT_STR(c->scope, S("家用电器的售后服务"));
    EXPECT(id_eq(c->case_id, f->state->id));
    EXPECT(memcmp(&c->file, &head, sizeof head) == 0);

    /* the same stands in the certificate's own stream */
    check(f->issued != NULL);
    EXPECT(f->issued->n == 1);
    EXPECT(id_eq(f->issued->stream, c->certificate));
    EXPECT_STR(((const struct certificate *)f->issued->data)->number,
               c->number);
    NO(f, "certificates", "certificate.issue", "{}", ERR_REFUSED,
       "rights.stage");
}
