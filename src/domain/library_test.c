/* Evidence shared between cases of one enterprise. [M5] [M9] [LI1]..[LI4] */

#include "domain/test_fixture.h"

#define OPEN "{'scheme':'mini','level':'ten'}"

static struct document document(const char *requirement, uint8_t blob,
                                const char *from, const char *to)
{
    struct document d = {
        .requirement = str_of(requirement),
        .title = S("示例文件"),
        .size = 7,
        .covers_from = from == NULL ? DAY_NEVER : on(from),
        .covers_to = to == NULL ? DAY_NEVER : on(to),
    };

    memset(d.blob.b, blob, sizeof d.blob.b);
    return d;
}

/* A library of one document, of another scheme's case. */
struct shelf {
    struct document documents[4];
    struct library_item items[4];
};

static void put(struct fixture *f, struct shelf *s, const char *case_number,
                const char *scheme, struct document d)
{
    size_t n = f->facts.library_count++;

    s->documents[n] = d;
    s->items[n] = (struct library_item){
        .case_number = str_of(case_number),
        .scheme = str_of(scheme),
        .document = &s->documents[n],
        .added = f->facts.today,
    };
    f->facts.library = s->items;
}

#define REUSE(requirement, from)                                               \
    "{'requirement':'" requirement "','from':'" from "'}"

TEST(a_document_of_another_case_is_taken_over)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "iso",
        document("audit", 2, "2025-06-01", "2026-01-31"));
    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "document.reuse", REUSE("records", "C2026-0009:audit"));

    const struct document *d = f->state->requirements[2].document;
    EXPECT_STR(d->requirement, S("records"));
    EXPECT_STR(d->title, S("示例文件"));
    EXPECT_STR(d->from, S("C2026-0009:audit"));
    EXPECT(d->size == 7 && d->blob.b[0] == 2);
    EXPECT(d->covers_to == on("2026-01-31"));
    DO(f, "applicant", "document.reuse",
       "{'requirement':'manual','blob':'" TWOS "'}");
    EXPECT_STR(f->state->requirements[1].document->from, S("C2026-0009:audit"));
}

TEST(a_case_is_named_in_capitals_or_not_a_requirement_as_it_is)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "iso",
        document("licence", 2, "2025-06-01", "2026-01-31"));
    DO(f, "applicant", "case.open", OPEN);
    NO(f, "applicant", "document.reuse", REUSE("licence", "c2026-0009:LICENCE"),
       ERR_NOT_FOUND, "library.unknown");
    NO(f, "applicant", "document.reuse", REUSE("licence", "c2026-009:licence"),
       ERR_NOT_FOUND, "library.unknown");
    DO(f, "applicant", "document.reuse",
       REUSE("licence", "c2026-0009:licence"));
    EXPECT_STR(f->state->requirements[0].document->from,
               S("C2026-0009:licence"));
}

/* [LI1] */
TEST(what_the_library_does_not_hold_is_not_there)
{
    static const struct attempt rows[] = {
        { "a case of somebody else, or of nobody", "applicant",
          "document.reuse", REUSE("licence", "C2026-0001:licence"),
          ERR_NOT_FOUND, "library.unknown" },
        { "another document of that case", "applicant", "document.reuse",
          REUSE("licence", "C2026-0009:manual"), ERR_NOT_FOUND,
          "library.unknown" },
        { "no document named", "applicant", "document.reuse",
          REUSE("licence", "C2026-0009"), ERR_NOT_FOUND, "library.unknown" },
        { "another content", "applicant", "document.reuse",
          "{'requirement':'licence','blob':'" ONES "'}", ERR_NOT_FOUND,
          "library.unknown" },
        { "both ways at once", "applicant", "document.reuse",
          "{'requirement':'licence','from':'C2026-0009:licence','blob':'" TWOS
          "'}",
          ERR_INVALID, "library.which" },
        { "by one letter, and by content", "applicant", "document.reuse",
          "{'requirement':'licence','from':'x','blob':'" TWOS "'}", ERR_INVALID,
          "library.which" },
        { "neither way", "applicant", "document.reuse",
          "{'requirement':'licence'}", ERR_INVALID, "library.which" },
        { "a requirement there is not", "applicant", "document.reuse",
          REUSE("poem", "C2026-0009:licence"), ERR_INVALID,
          "document.requirement" },
        { "it is there", "applicant", "document.reuse",
          REUSE("licence", "C2026-0009:licence"), ALLOWED },
        { "staff in an online case", "intake", "document.reuse",
          REUSE("licence", "C2026-0009:licence"), ERR_DENIED, "rights.paper" },
        { "another enterprise's applicant", "rival", "document.reuse",
          REUSE("licence", "C2026-0009:licence"), ERR_DENIED, "rights.own" },
        { "adding cannot claim to take over", "applicant", "document.add",
          "{'requirement':'licence','title':'t','blob':'" ONES
          "','size':1,'from':'C2026-0009:licence'}",
          ERR_INVALID, "record.unknown" },
    };
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "iso", document("licence", 2, NULL, NULL));
    DO(f, "applicant", "case.open", OPEN);
    ATTEMPTS(f, rows);
    f->facts.library_count = 0;
    NO(f, "applicant", "document.reuse", REUSE("licence", "C2026-0009:licence"),
       ERR_NOT_FOUND, "library.unknown");
}

/* [LI2] Both sides of both ends; today is 2026-03-02. */
TEST(what_is_taken_over_is_fresh_enough)
{
    static const struct {
        const char *name;
        const char *from;
        const char *to;
        const char *id; /* NULL: allowed */
    } rows[] = {
        { "both ends to the day", "2025-09-02", "2026-02-02", NULL },
        { "ends a day too early", "2025-09-02", "2026-02-01", "library.old" },
        { "begins a day too late", "2025-09-03", "2026-02-02",
          "library.short" },
        { "says no days", NULL, NULL, "library.undated" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("period: 6m", "period: 6m, whole: 1m");
        struct shelf shelf = { 0 };

        put(f, &shelf, "C2026-0009", "iso",
            document("records", 2, rows[i].from, rows[i].to));
        DO(f, "applicant", "case.open", OPEN);
        err e = give(f, "applicant", "document.reuse",
                     REUSE("records", "C2026-0009:records"));
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, rows[i].id);
    }
}

/* [LI2] What is supplied later is counted from the application all the same:
 * the whole time of the supplement does not make it older. */
TEST(age_is_counted_to_the_day_of_the_application)
{
    static const struct {
        const char *to;
        bool fits;
    } rows[] = {
        { "2025-09-02", true },
        { "2025-09-01", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct shelf shelf = { 0 };

        put(f, &shelf, "C2026-0009", "iso",
            document("records", 2, "2025-01-01", rows[i].to));
        do_preparation(f, false);
        DO(f, "intake", "supplement.ask", "{}");
        pass_days(f, 20);
        err e = give(f, "applicant", "document.reuse",
                     REUSE("records", "C2026-0009:records"));
        if (rows[i].fits)
            EXPECT_ROW_OK(rows[i].to, e);
        else
            EXPECT_ROW_ERR(rows[i].to, e, ERR_REFUSED, "library.old");
    }
}

/* Of several with one name the case's newest counts, as in its own case. */
TEST(the_newest_document_of_a_requirement_is_meant)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "iso", document("licence", 2, NULL, NULL));
    put(f, &shelf, "C2026-0009", "iso", document("licence", 3, NULL, NULL));
    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "document.reuse",
       REUSE("licence", "C2026-0009:licence"));
    EXPECT(f->state->requirements[0].document->blob.b[0] == 3);
}

/* [LI3] */
TEST(documents_are_taken_over_only_when_documents_may_come)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "mini", document("licence", 2, NULL, NULL));
    go_to(f, STAGE_COMPLETENESS);
    NO(f, "applicant", "document.reuse", REUSE("licence", "C2026-0009:licence"),
       ERR_REFUSED, "document.not_asked");
    NO(f, "applicant", "documents.take_over", "{}", ERR_REFUSED,
       "document.not_asked");
    DO(f, "intake", "application.accept", "{}");
    NO(f, "applicant", "document.reuse", REUSE("licence", "C2026-0009:licence"),
       ERR_REFUSED, "rights.stage");
}

/* In a revision only what was found wanting is replaced [RV3]. */
TEST(a_revision_takes_over_only_what_it_asked_for)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0009", "mini", document("manual", 2, NULL, NULL));
    put(f, &shelf, "C2026-0009", "mini",
        document("records", 2, "2025-06-01", "2026-02-20"));
    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge",
       "{'requirement':'manual','quantified':'no','closed':'yes',"
       "'resourced':'na','note':'无时限'}");
    DO(f, "lead", "document.judge",
       "{'requirement':'records','quantified':'na','closed':'na',"
       "'resourced':'yes'}");
    DO(f, "lead", "revision.ask", "{'until':'2026-03-20','note':'补时限'}");
    NO(f, "applicant", "document.reuse", REUSE("records", "C2026-0009:records"),
       ERR_REFUSED, "document.passed");
    DO(f, "applicant", "document.reuse", REUSE("manual", "C2026-0009:manual"));
    EXPECT(f->state->requirements[1].document->blob.b[0] == 2);
}

/* --- all at once [LI4] --------------------------------------------------- */

TEST(everything_still_fresh_is_taken_over_at_once)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    DO(f, "applicant", "case.open", OPEN);
    NO(f, "applicant", "documents.take_over", "{}", ERR_REFUSED,
       "library.nothing");
    put(f, &shelf, "C2023-0004", "mini", document("licence", 2, NULL, NULL));
    put(f, &shelf, "C2023-0004", "mini",
        document("records", 2, "2025-01-01", "2025-09-01")); /* too old */
    put(f, &shelf, "C2025-0002", "mini", document("licence", 3, NULL, NULL));
    put(f, &shelf, "C2025-0002", "iso", document("manual", 4, NULL, NULL));
    DO(f, "applicant", "documents.take_over", "{}");
    EXPECT_STR(f->state->requirements[0].document->from,
               S("C2025-0002:licence"));
    EXPECT(f->state->requirements[1].document == NULL); /* another scheme */
    EXPECT(f->state->requirements[2].document == NULL);
    NO(f, "applicant", "documents.take_over", "{}", ERR_REFUSED,
       "library.nothing"); /* what is there is good enough */
    shelf.documents[1].covers_to = on("2025-09-02");
    DO(f, "applicant", "documents.take_over", "{}");
    EXPECT_STR(f->state->requirements[2].document->from,
               S("C2023-0004:records"));
}

TEST(a_case_takes_nothing_over_from_itself)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2026-0001", "mini", document("licence", 2, NULL, NULL));
    DO(f, "applicant", "case.open", OPEN);
    NO(f, "applicant", "documents.take_over", "{}", ERR_REFUSED,
       "library.nothing");
}

/* A document that has aged meanwhile is replaced by one that has not. */
TEST(what_has_become_too_old_is_replaced)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "document.add",
       "{'requirement':'records','title':'t','blob':'" ONES
       "','size':1,'covers_from':'2025-01-01','covers_to':'2025-09-01'}");
    put(f, &shelf, "C2025-0002", "mini",
        document("records", 2, "2025-01-01", "2025-09-02"));
    DO(f, "applicant", "documents.take_over", "{}");
    EXPECT(f->state->requirements[2].document->blob.b[0] == 2);
}

/* The older of two is taken when only it fits; of two that fit, the one added
 * last, wherever it stands. */
TEST(of_several_that_fit_the_one_added_last_is_taken)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2023-0004", "mini",
        document("records", 2, "2025-01-01", "2026-02-01"));
    put(f, &shelf, "C2025-0002", "mini",
        document("records", 3, "2025-01-01", "2026-01-01"));
    shelf.items[1].added = f->facts.today - 1;
    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "documents.take_over", "{}");
    EXPECT(f->state->requirements[2].document->blob.b[0] == 2);
}

TEST(all_at_once_keeps_to_the_most_documents_a_case_may_have)
{
    FIXTURE(f);
    struct shelf shelf = { 0 };

    put(f, &shelf, "C2025-0002", "mini", document("licence", 2, NULL, NULL));
    put(f, &shelf, "C2025-0002", "mini", document("manual", 2, NULL, NULL));
    DO(f, "applicant", "case.open", OPEN);
    f->state->document_count = DOCUMENT_MAX - 1;
    NO(f, "applicant", "documents.take_over", "{}", ERR_LIMIT,
       "document.too_many");
    f->state->document_count = DOCUMENT_MAX - 2;
    DO(f, "applicant", "documents.take_over", "{}");
}

/* --- without memory ------------------------------------------------------ */

struct taking {
    struct fixture *f;
    const char *command;
    struct json *data;
};

static err take_in(struct heap *h, void *context)
{
    const struct taking *t = context;
    scoped(arena_end) struct arena a;
    struct event_list events = { 0 };
    struct command c;

    arena_init(&a, h, 1 << 20);
    TRY(command_read(&a, str_of(t->command), t->data, &c));
    return decide(&a, t->f->state, &c, &t->f->facts, &events);
}

TEST(every_allocation_of_taking_documents_over_may_fail)
{
    static const struct {
        const char *command;
        const char *json;
    } rows[] = {
        { "document.reuse", REUSE("records", "C2026-0009:records") },
        { "documents.take_over", "{}" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct shelf shelf = { 0 };
        struct event_list got = { 0 };

        put(f, &shelf, "C2026-0009", "mini",
            document("records", 2, "2025-06-01", "2026-01-31"));
        DO(f, "applicant", "case.open", OPEN);
        EXPECT_ROW_OK(rows[i].command, try_it(f, "applicant", rows[i].command,
                                              rows[i].json, &got));
        struct taking t = { f, rows[i].command, fixture_json(f, rows[i].json) };
        EXPECT_ROW(rows[i].command,
                   test_every_allocation_fails(take_in, NULL, &t) > 0);
    }
}
