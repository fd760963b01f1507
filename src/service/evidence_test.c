/* Documents that come in with their files. [M8] [EV1]..[EV4] [FT1] [FT2] */

#include "service/evidence.h"

#include "service/file_type.h"
#include "service/service_test_env.h"

#define PDF "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"

/* --- what a file is ------------------------------------------------------- */

TEST(a_file_is_what_its_bytes_say)
{
    static const struct {
        const char *why;
        str bytes;
        const char *type; /* NULL: refused */
    } rows[] = {
        { "PDF", S_INIT(PDF), "application/pdf" },
        { "JPEG", S_INIT("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0"), "image/jpeg" },
        { "PNG",
          S_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0"),
          "image/png" },
        { "WebP", S_INIT("RIFF\x24\0\0\0WEBPVP8 "), "image/webp" },
        { "HEIC",
          S_INIT("\0\0\0\x18"
                 "ftypheic\0\0\0\0mif1heic"),
          "image/heic" },
        { "text in Chinese", S_INIT("说明文字\n第二行\n"), "text/plain" },
        { "text in GBK", S_INIT("\xcb\xb5\xc3\xf7\xce\xc4\xd7\xd6\n"),
          "text/plain" },
        { "a table", S_INIT("编号,名称\n1,甲\n2,乙\n"), "text/csv" },
        { "an empty archive",
          S_INIT("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
          "application/zip" },
        { "a page", S_INIT("<html><body>x</body></html>"), NULL },
        { "a drawing with scripts",
          S_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), NULL },
        { "a script", S_INIT("#!/bin/sh\necho\n"), NULL },
        { "a program",
          S_INIT("\x7f"
                 "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0"),
          NULL },
        { "bytes of no kind", S_INIT("\1\2\3\4"), NULL },
        { "a single letter", S_INIT("x"), NULL },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        str type = S("");
        err e = file_type(&a, rows[i].bytes, &type);

        if (rows[i].type == NULL)
            EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "file.type");
        else
            EXPECT_ROW_OK(rows[i].why, e);
        EXPECT_ROW_STR(rows[i].why, type, str_of(rows[i].type));
    }
}

/* --- into a case ---------------------------------------------------------- */

static struct evidence licence(struct office *o, const char *login, str ref)
{
    return (struct evidence){ .who = office_as(o, login),
                              .today = DAY_NEVER,
                              .ref = ref,
                              .requirement = S("licence"),
                              .title = S("营业执照"),
                              .name = S("licence.pdf"),
                              .bytes = S(PDF),
                              .expected = -1 };
}

static err add(struct office *o, const struct evidence *e)
{
    struct case_answer unused;

    return evidence_add(o->app, &o->arena, e, &unused);
}

static int64_t blobs(struct office *o)
{
    return office_count(o, "SELECT count(*) FROM blob");
}

static const struct document *newest(struct office *o, str ref)
{
    return office_read(o, ref).events.last->data;
}

EACH_STORE_TEST(a_document_and_its_file_come_in_one_go)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct evidence e = licence(&o, "newcomer", ref);
    struct case_document back;
    str bytes;

    e.name = S("证 \"x\".html"); /* [FT1] */
    EXPECT_OK(add(&o, &e));
    EXPECT_STR(newest(&o, ref)->title, S("营业执照"));
    EXPECT(newest(&o, ref)->size == (int64_t)e.bytes.n);
    EXPECT_OK(cases_find_file(o.app, &o.arena, e.who, ref,
                              &newest(&o, ref)->blob, &back));
    EXPECT_OK(cases_file_bytes(o.app, &o.arena, &back, &bytes));
    EXPECT_STR(bytes, S(PDF));
    EXPECT(back.size == (int64_t)bytes.n);
    EXPECT_STR(back.media_type, S("application/pdf"));
    EXPECT_STR(back.name, e.name);
}

ONE_STORE_TEST(a_document_without_a_title_is_called_like_its_file, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct evidence e = licence(&o, "newcomer", ref);

    e.title = S("");
    EXPECT_OK(add(&o, &e));
    EXPECT_STR(newest(&o, ref)->title, S("licence.pdf"));
}

/* [EV1] [EV4] */
ONE_STORE_TEST(of_what_is_refused_nothing_is_kept_but_the_refusal, true)
{
    static const struct {
        const char *why;
        const char *login;
        const char *requirement;
        str bytes;
        const char *from;
        const char *to;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no bytes", "newcomer", "licence", S_INIT(""), "", "", ERR_INVALID,
          "case.file_empty" },
        { "a page under a right name", "newcomer", "licence",
          S_INIT("<html></html>"), "", "", ERR_INVALID, "file.type" },
        { "no such requirement", "newcomer", "nothing", S_INIT(PDF), "", "",
          ERR_INVALID, "document.requirement" },
        { "no period", "newcomer", "records", S_INIT(PDF), "", "", ERR_INVALID,
          "document.period" },
        { "half a period", "newcomer", "records", S_INIT(PDF), "2026-01-01", "",
          ERR_INVALID, "document.period" },
        { "a period that ends before it begins", "newcomer", "records",
          S_INIT(PDF), "2026-02-02", "2026-02-01", ERR_INVALID,
          "document.dates" },
        { "no day at all", "newcomer", "records", S_INIT(PDF), "yesterday",
          "2026-02-01", ERR_INVALID, NULL },
        { "an auditor", "auditor1", "licence", S_INIT(PDF), "", "", ERR_DENIED,
          "rights.role" },
        { "another enterprise", "rival", "licence", S_INIT(PDF), "", "",
          ERR_NOT_FOUND, "case.missing" },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    int64_t refusals = office_count(&o, "SELECT count(*) FROM refusal");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct evidence e = licence(&o, rows[i].login, ref);

        e.requirement = str_of(rows[i].requirement);
        e.bytes = rows[i].bytes;
        e.from = str_of(rows[i].from);
        e.to = str_of(rows[i].to);
        err why = add(&o, &e);
        EXPECT_ROW(rows[i].why, err_is(why, rows[i].code));
        if (rows[i].id != NULL)
            EXPECT_ROW_ERR(rows[i].why, why, rows[i].code, rows[i].id);
        refusals++;
        EXPECT_ROW(rows[i].why,
                   office_count(&o, "SELECT count(*) FROM refusal") ==
                       refusals);
        EXPECT_ROW(rows[i].why, blobs(&o) == 0);
    }
    EXPECT(office_read(&o, ref).events.n == 1);
}

/* Both sides of the bound. */
ONE_STORE_TEST(a_file_is_as_large_as_a_case_takes_and_no_larger, true)
{
    TEST_OFFICE(o, place);
    TEST_ARENA(large, (size_t)CASE_FILE_MAX * 2);
    str ref = office_case(&o);
    struct evidence e = licence(&o, "newcomer", ref);
    char *bytes = arena_zero(&large, (size_t)CASE_FILE_MAX + 1);

    if (bytes == NULL)
        return;
    memcpy(bytes, PDF, sizeof PDF - 1);
    e.bytes = (str){ bytes, CASE_FILE_MAX };
    EXPECT_OK(add(&o, &e));
    e.bytes.n++;
    EXPECT_ERR(add(&o, &e), ERR_LIMIT, "case.file_size");
    EXPECT(blobs(&o) == 1);
}

/* [EV3] Somebody whose network failed sends it again. */
ONE_STORE_TEST(what_is_sent_twice_is_added_once, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct evidence e = licence(&o, "newcomer", ref);
    struct case_answer first;
    struct case_answer again;

    e.command_id = (id){ { 7 } };
    e.expected = office_read(&o, ref).state->version;
    EXPECT_OK(evidence_add(o.app, &o.arena, &e, &first));
    EXPECT_OK(evidence_add(o.app, &o.arena, &e, &again));
    EXPECT(!first.repeated && again.repeated);
    EXPECT(office_read(&o, ref).events.n == 2);

    /* Under another id it is of a version that is past: a conflict. */
    e.command_id = (id){ { 8 } };
    e.bytes = S(PDF "more");
    EXPECT_ERR(add(&o, &e), ERR_CONFLICT, "case.version");
    EXPECT(blobs(&o) == 1);
}
