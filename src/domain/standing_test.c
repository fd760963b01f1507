/* A certificate as it stands: the fold of its own stream. */

#include "base/buf.h"
#include "domain/test_fixture.h"

#include <stdio.h>

static const struct certificate issued = {
    .number = S_INIT("00026SC0001R0S"),
    .scope = S_INIT("家用电器"),
    .from = 100,
    .until = 200,
};
static const struct certificate_suspended until_160 = { .until = 160 };
static const struct certificate_scope narrower = { .scope = S_INIT("空调") };

struct step {
    const char *event; /* NULL: no more */
    day on;
};

/* What the data of these events are. */
static const void *data_of(const char *event)
{
    static const struct {
        const char *event;
        const void *data;
    } rows[] = {
        { "certificate.issued", &issued },
        { "certificate.suspended", &until_160 },
        { "certificate.reduced", &narrower },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].event, event) == 0)
            return rows[i].data;
    }
    return NULL;
}

static struct standing after(const struct step *steps)
{
    struct standing s = { 0 };

    for (int64_t n = 1; steps->event != NULL; steps++, n++) {
        struct event e = {
            .kind = event_kind_find(str_of(steps->event), 1),
            .n = n,
            .on = steps->on,
            .data = data_of(steps->event),
        };

        standing_apply(&s, &e);
    }
    return s;
}

/* [SD2] [SD3] */
TEST(a_certificate_stands_as_its_events_say)
{
    static const struct {
        const char *name;
        struct step steps[6];
        day today;
        enum certificate_status want;
        day since;
    } rows[] = {
        { "issued",
          { { "certificate.issued", 100 } },
          100,
          CERTIFICATE_VALID,
          100 },
        { "its last day",
          { { "certificate.issued", 100 } },
          200,
          CERTIFICATE_VALID,
          100 },
        { "the day after",
          { { "certificate.issued", 100 } },
          201,
          CERTIFICATE_EXPIRED,
          201 },
        { "suspended",
          { { "certificate.issued", 100 }, { "certificate.suspended", 130 } },
          140,
          CERTIFICATE_SUSPENDED,
          130 },
        { "suspended until the end",
          { { "certificate.issued", 100 }, { "certificate.suspended", 130 } },
          201,
          CERTIFICATE_EXPIRED,
          201 },
        { "restored",
          { { "certificate.issued", 100 },
            { "certificate.suspended", 130 },
            { "certificate.restored", 150 } },
          151,
          CERTIFICATE_VALID,
          150 },
        { "withdrawn stays withdrawn",
          { { "certificate.issued", 100 },
            { "certificate.withdrawn", 150 },
            { "certificate.restored", 151 },
            { "certificate.suspended", 152 },
            { "certificate.expired", 201 } },
          300,
          CERTIFICATE_WITHDRAWN,
          150 },
        { "cancelled",
          { { "certificate.issued", 100 }, { "certificate.cancelled", 120 } },
          250,
          CERTIFICATE_CANCELLED,
          120 },
        { "entered late, expired in time",
          { { "certificate.issued", 100 }, { "certificate.expired", 230 } },
          240,
          CERTIFICATE_EXPIRED,
          201 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct standing s = after(rows[i].steps);
        struct stand stand =
            stand_on((struct stand){ s.status, s.since, s.until },
                     s.certificate->until, rows[i].today);

        EXPECT_ROW(rows[i].name, stand.status == rows[i].want);
        EXPECT_ROW(rows[i].name, stand.since == rows[i].since);
    }
}

/* [SD3] Only running out happens by itself, and only to what could run out. */
TEST(what_is_on_record_holds_up_to_the_last_day_and_no_longer)
{
    enum { LAST = 200, SINCE = 150, UNTIL = 260 };
    static const struct {
        const char *name;
        enum certificate_status recorded;
        bool runs_out;
    } rows[] = {
        { "valid", CERTIFICATE_VALID, true },
        { "suspended beyond the last day", CERTIFICATE_SUSPENDED, true },
        { "withdrawn", CERTIFICATE_WITHDRAWN, false },
        { "cancelled", CERTIFICATE_CANCELLED, false },
        { "expired", CERTIFICATE_EXPIRED, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct stand recorded = { rows[i].recorded, SINCE, UNTIL };
        struct stand on = stand_on(recorded, LAST, LAST);
        struct stand after = stand_on(recorded, LAST, LAST + 1);

        EXPECT_ROW(rows[i].name, on.status == rows[i].recorded &&
                                     on.since == SINCE && on.until == UNTIL);
        EXPECT_ROW(rows[i].name,
                   after.status == (rows[i].runs_out ? CERTIFICATE_EXPIRED
                                                     : rows[i].recorded));
        EXPECT_ROW(rows[i].name,
                   after.since == (rows[i].runs_out ? LAST + 1 : SINCE));
        EXPECT_ROW(rows[i].name,
                   after.until == (rows[i].runs_out ? DAY_NEVER : UNTIL));
    }
}

TEST(a_suspension_has_an_end_only_while_it_lasts)
{
    static const struct step on[] = { { "certificate.issued", 100 },
                                      { "certificate.suspended", 130 },
                                      { NULL, 0 } };
    static const struct step off[] = { { "certificate.issued", 100 },
                                       { "certificate.suspended", 130 },
                                       { "certificate.restored", 140 },
                                       { NULL, 0 } };

    EXPECT(after(on).until == 160);
    EXPECT(after(off).until == DAY_NEVER);
    EXPECT(after(off).version == 3);
}

TEST(a_reduced_scope_replaces_the_one_on_the_certificate)
{
    static const struct step steps[] = { { "certificate.issued", 100 },
                                         { "certificate.reduced", 130 },
                                         { NULL, 0 } };
    struct standing s = after(steps);

    EXPECT_STR(s.scope, S("空调"));
    EXPECT_STR(s.scope_en, S(""));
    EXPECT_STR(s.certificate->scope, S("家用电器")); /* as it was printed */
}

/* [SD2] What ended a certificate stays; expiry of nothing is nothing. */
TEST(a_certificate_that_has_ended_does_not_expire)
{
    static const struct step withdrawn[] = {
        { "certificate.issued", 100 },
        { "certificate.withdrawn", 150 },
        { "certificate.expired", 201 },
        { 0 },
    };
    static const struct step nothing[] = { { "certificate.expired", 201 },
                                           { 0 } };
    struct standing s = after(withdrawn);

    EXPECT(s.status == CERTIFICATE_WITHDRAWN && s.since == 150);
    s = after(nothing);
    EXPECT(s.certificate == NULL && s.since == 201);
}

/* The former names of a certificate that is issued anew under these, one after
 * the other, "|" between them. [SD5] */
static str formers_after(struct buf *b, const char *const *holders, size_t n)
{
    struct certificate made[FORMER_MAX + 2];
    struct standing s = { 0 };

    for (size_t i = 0; i < n; i++) {
        const char *event =
            i == 0 ? "certificate.issued" : "certificate.reissued";
        made[i] = issued;
        made[i].holder = str_of(holders[i]);
        const struct event e = { .kind = event_kind_find(str_of(event), 1),
                                 .n = (int64_t)i + 1,
                                 .on = 100,
                                 .data = &made[i] };
        standing_apply(&s, &e);
    }
    for (int32_t i = 0; i < s.former_count; i++)
        buf_printf(b, "%s%.*s", i == 0 ? "" : "|", STR_ARG(s.formers[i]));
    return buf_view(b);
}

TEST(a_former_name_is_one_that_stood_on_the_certificate_and_does_no_more)
{
    static const struct {
        const char *why;
        const char *holders[5];
        const char *formers;
    } rows[] = {
        { "one name", { "A" }, "" },
        { "the same again", { "A", "A" }, "" },
        { "another", { "A", "B" }, "A" },
        { "two, the first first", { "A", "B", "C" }, "A|B" },
        { "back again", { "A", "B", "A" }, "B" },
        { "each once", { "A", "B", "A", "C" }, "B|A" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        size_t n = 0;

        while (n < COUNT(rows[i].holders) && rows[i].holders[n] != NULL)
            n++;
        buf_init(&b, &a, 1000);
        EXPECT_ROW_STR(rows[i].why, formers_after(&b, rows[i].holders, n),
                       str_of(rows[i].formers));
    }
}

TEST(one_more_former_name_than_there_is_room_for_is_left_out)
{
    char names[FORMER_MAX + 2][12];
    const char *holders[FORMER_MAX + 2];
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(holders); i++) {
        (void)snprintf(names[i], sizeof names[i], "%d", (int)i);
        holders[i] = names[i];
    }
    struct buf b;
    buf_init(&b, &a, 1000);
    str full = formers_after(&b, holders, FORMER_MAX + 1);
    EXPECT(str_ends(full, S("|49")));
    buf_init(&b, &a, 1000);
    EXPECT_STR(formers_after(&b, holders, FORMER_MAX + 2), full);
}
