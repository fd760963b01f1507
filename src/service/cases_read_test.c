/* Reading cases, and keeping their documents. [CA5] [CA6] */
#include "service/cases.h"

#include "base/buf.h"
#include "crypto/hash.h"
#include "service/service_test_env.h"
#include "store/blob.h"

/* An applicant's or on-paper case of an enterprise: its number. */
static str open_for(struct office *o, const char *login)
{
    struct case_order order = office_order(o, login, S("new"), "case.open",
                                           "{'scheme':'mini','level':'three'}");
    struct case_answer answer = { 0 };

    EXPECT_OK(office_give(o, &order, &answer));
    return answer.number;
}

static err load(struct office *o, const char *login, str ref)
{
    struct case_file file;

    return cases_load(o->app, &o->arena, office_as(o, login), ref, &file);
}

/* --- loading ---------------------------------------------------------- */

EACH_STORE_TEST(a_case_is_read_by_number_and_by_id_with_its_journal)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_file file = office_read(&o, ref);
    char digits[ID_TEXT];

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    file = office_read(&o, id_text(file.state->id, digits));
    EXPECT_STR(file.number, ref);
    EXPECT_STR(file.state->opened->number, ref);
    EXPECT_STR(file.enterprise.name, o.own.name);
    EXPECT_STR(file.enterprise.uscc, o.own.uscc);
    EXPECT_STR(file.enterprise.scope, o.own.scope);
    EXPECT_STR(file.enterprise.province, o.own.province);
    EXPECT_STR(file.enterprise.city, o.own.city);
    EXPECT(file.enterprise.registered == o.own.registered);
    EXPECT((int64_t)file.events.n == file.state->version);
    EXPECT_STR(str_of(file.events.first->kind->name), S("case.opened"));
    EXPECT_STR(str_of(file.events.last->kind->name),
               S("application.submitted"));
    EXPECT(memcmp(file.state->head.b, file.events.last->hash.b, 32) == 0);
}

EACH_STORE_TEST(a_cases_number_may_be_typed_in_small_letters_and_with_blanks)
{
    TEST_OFFICE(o, place);
    static const char *const rows[] = { "C2026-0001", "c2026-0001",
                                        " c2026-0001 ", "C2026- 0001" };
    str ref = office_case(&o);

    EXPECT_STR(ref, S("C2026-0001"));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i], office_read(&o, str_of(rows[i])).number, ref);
    EXPECT_OK(office_do(&o, "newcomer", S("c2026-0001"), "eligibility.answer",
                        "{'declarations':[]}"));
    EXPECT(office_read(&o, ref).state->version == 2);
    /* Nobody guesses further than that. */
    EXPECT_ERR(load(&o, "quality", S("2026-0001")), ERR_NOT_FOUND,
               "case.missing");
    EXPECT_ERR(load(&o, "quality", S("C2026-1")), ERR_NOT_FOUND,
               "case.missing");
}

/* [CA6] [RI2] */
EACH_STORE_TEST(who_may_read_a_case)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *login;
        bool may;
        const char *why;
    } rows[] = {
        { "newcomer", true, "whose it is" },
        { "rival", false, "another enterprise's" },
        { "insider", false, "of the enterprise, but no applicant" },
        { "admin", false, "sees to the machine" },
        { "intake", true, "staff" },
        { "auditor1", true, "staff" },
        { "quality", true, "impartiality" },
        { "authority", true, "reads all" },
    };
    str ref = office_case(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = load(&o, rows[i].login, ref);

        if (rows[i].may)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_NOT_FOUND, "case.missing");
    }
}

/* [CA6] What a stranger is told of a case is what anybody is told of a number
 * that was never given, whatever is wrong with the case or the command. */
EACH_STORE_TEST(a_stranger_learns_nothing_of_a_case)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        const char *command;
        const char *json;
        int64_t expected;
    } rows[] = {
        { "theirs to give", "eligibility.answer", "{'declarations':[]}", -1 },
        { "the right version", "case.withdraw", "{'reasons':'x'}", 1 },
        { "a wrong version", "case.withdraw", "{'reasons':'x'}", 7 },
        { "bad data", "case.withdraw", "{'none':'x'}", -1 },
        { "no such command", "case.burn", "{}", -1 },
    };
    str ref = office_case(&o);
    struct case_file file = office_read(&o, ref);
    char digits[ID_TEXT];
    const str refs[] = { ref, id_text(file.state->id, digits), S("C2026-0999"),
                         S("00000000000000000000000000000001"), S("") };

    for (int altered = 0; altered < 2; altered++) {
        for (size_t k = 0; k < COUNT(refs); k++) {
            err e = load(&o, "rival", refs[k]);

            EXPECT_ROW_ERR(refs[k].p, e, ERR_NOT_FOUND, "case.missing");
            EXPECT_ROW_STR(refs[k].p, err_arg_text(e, "ref"), refs[k]);
            for (size_t i = 0; i < COUNT(rows); i++) {
                struct case_order order =
                    office_order(&o, "rival", refs[k], rows[i].command,
                                 rows[i].json);

                order.expected = rows[i].expected;
                e = office_give(&o, &order, NULL);
                EXPECT_ROW_ERR(rows[i].name, e, ERR_NOT_FOUND, "case.missing");
                EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "ref"), refs[k]);
            }
        }
        (void)office_ask(&o, "UPDATE journal SET at = at + 1"
                             " WHERE type = 'case.opened'");
    }
    /* The owner and staff do hear of the damage. */
    EXPECT_ERR(load(&o, "newcomer", ref), ERR_CORRUPT, "journal.tampered");
    EXPECT_ERR(load(&o, "intake", ref), ERR_CORRUPT, "journal.tampered");
}

/* The audit trail knows what the stranger tried. */
ONE_STORE_TEST(an_attempt_at_a_case_one_may_not_read_is_kept, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct office_rows before = office_rows(&o);

    EXPECT_ERR(office_do(&o, "rival", ref, "case.withdraw", "{'reasons':'x'}"),
               ERR_NOT_FOUND, "case.missing");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 1);

    struct refusal_row got = office_refusal(&o);
    EXPECT(id_eq(got.stream, office_read(&o, ref).state->id));
    EXPECT(id_eq(got.actor, office_as(&o, "rival")->actor.person));
    EXPECT_STR(got.command, S("case.withdraw"));
    EXPECT_STR(got.message, S("case.missing"));
}

ONE_STORE_TEST(only_cases_are_read_as_cases, true)
{
    TEST_OFFICE(o, place);
    char digits[ID_TEXT];

    EXPECT_ERR(load(&o, "quality", S(OFFICE_USCC)), ERR_NOT_FOUND,
               "case.missing");
    EXPECT_ERR(load(&o, "quality", id_text(o.own.id, digits)), ERR_NOT_FOUND,
               "case.missing"); /* the enterprise's stream */
    EXPECT_ERR(load(&o, "quality", S("new")), ERR_NOT_FOUND, "case.missing");
}

/* --- lists ------------------------------------------------------------ */

/* The last digits of the numbers in somebody's list, "1 3 5". */
static str listed(struct office *o, const char *login, const char *after,
                  int32_t most)
{
    struct list l = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_ROW_OK(login, cases_list(o->app, &o->arena, office_as(o, login),
                                    str_of(after), most, &l));
    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < l.n; i++) {
        str number = ((const struct case_line *)l.p)[i].number;

        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, str_from(number, number.n - 1));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

EACH_STORE_TEST(lists_hold_what_may_be_read_in_order_and_page_by_page)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *login;
        const char *after;
        int32_t most;
        str want;
    } rows[] = {
        { "quality", "", 9, S_INIT("1 2 3 4 5") },
        { "quality", "", 5, S_INIT("1 2 3 4 5") },
        { "quality", "", 2, S_INIT("1 2") },
        { "quality", "C2026-0002", 2, S_INIT("3 4") },
        { "quality", "c2026-0002", 2, S_INIT("3 4") },
        { "quality", "C2026-0004", 2, S_INIT("5") },
        { "quality", "C2026-0005", 2, S_INIT("") },
        { "newcomer", "", 9, S_INIT("1 2 5") },
        { "newcomer", "C2026-0001", 1, S_INIT("2") },
        { "rival", "", 9, S_INIT("3 4") },
        { "admin", "", 9, S_INIT("") },
        /* whose own enterprise's are left out, page by page */
        { "insider", "", 1, S_INIT("3") },
        { "insider", "", 2, S_INIT("3 4") },
        { "insider", "C2026-0003", 9, S_INIT("4") },
        { "insider", "C2026-0004", 9, S_INIT("") },
        /* an applicant who is staff too */
        { "both", "", 9, S_INIT("1 2 3 4 5") },
        { "both", "C2026-0003", 1, S_INIT("4") },
    };
    static const char *const openers[] = { "newcomer", "newcomer", "rival",
                                           "rival", "newcomer" };

    EXPECT_OK(office_hire(&o, "both",
                          ROLE_BIT(ROLE_APPLICANT) | ROLE_BIT(ROLE_AUDITOR),
                          o.own.id));
    for (size_t i = 0; i < COUNT(openers); i++)
        (void)open_for(&o, openers[i]);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].login,
                       listed(&o, rows[i].login, rows[i].after, rows[i].most),
                       rows[i].want);
}

/* The same of what is sought. */
static str found(struct office *o, const char *login,
                 const struct case_search *search)
{
    struct list l = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_ROW_OK(login, cases_find(o->app, &o->arena, office_as(o, login),
                                    search, &l));
    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < l.n; i++) {
        str number = ((const struct case_line *)l.p)[i].number;

        buf_str(&b, str_from(number, number.n - 1));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* Both ways of looking: among the cases of few enterprises of such a name, and
 * from case to case where many are called so. */
static void expect_found(struct office *o)
{
    str own = o->own.name;
    static const char bad[] = "\xff";
    const struct {
        const char *what;
        const char *login;
        struct case_search search;
        const char *want;
    } rows[] = {
        { "nothing is sought", "quality", { S(""), S(""), 9 }, "12345" },
        { "blanks", "quality", { S("  "), S(""), 9 }, "12345" },
        { "a number", "quality", { S("C2026-0004"), S(""), 9 }, "4" },
        { "in small letters", "quality", { S("c2026-0004"), S(""), 9 }, "4" },
        { "its end", "quality", { S("0003"), S(""), 9 }, "3" },
        { "a name", "quality", { own, S(""), 9 }, "125" },
        { "a page of it", "quality", { own, S(""), 2 }, "12" },
        { "the next", "quality", { own, S("C2026-0002"), 2 }, "5" },
        { "no such", "quality", { S("nobody"), S(""), 9 }, "" },
        { "a sign of LIKE", "quality", { S("%"), S(""), 9 }, "" },
        { "no text", "quality", { { bad, 1 }, S(""), 9 }, "" },
        { "one's own", "newcomer", { S("0002"), S(""), 9 }, "2" },
        { "by one's name", "newcomer", { own, S(""), 9 }, "125" },
        { "of another", "rival", { own, S(""), 9 }, "" },
        { "of one's house", "insider", { own, S(""), 9 }, "" },
        { "by who reads none", "admin", { own, S(""), 9 }, "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_STR(rows[i].what, found(o, rows[i].login, &rows[i].search),
                       str_of(rows[i].want));
    }
}

/* Enterprises without a case, which are called as newcomer's and more. */
static const char namesakes_sqlite[] =
    "INSERT INTO enterprise (id, uscc, name, name_en, province, city, address,"
    " scope, contact_name, contact_phone, contact_mail) "
    "WITH RECURSIVE n (i) AS (SELECT 1000001 UNION ALL "
    "SELECT i + 1 FROM n WHERE i < 1000250) "
    "SELECT CAST('namesake-' || i AS BLOB), 'X' || i, e.name || i, '', '', '',"
    " '', '', '', '', '' FROM n, enterprise e WHERE e.uscc = '" OFFICE_USCC "'";
static const char namesakes_postgres[] =
    "INSERT INTO enterprise (id, uscc, name, name_en, province, city, address,"
    " scope, contact_name, contact_phone, contact_mail) "
    "WITH RECURSIVE n (i) AS (SELECT 1000001 UNION ALL "
    "SELECT i + 1 FROM n WHERE i < 1000250) "
    "SELECT CAST('namesake-' || i AS BYTEA), 'X' || i, e.name || i, '', '', '',"
    " '', '', '', '', '' FROM n, enterprise e WHERE e.uscc = '" OFFICE_USCC "'";

EACH_STORE_TEST(a_case_is_found_by_its_number_or_its_enterprise)
{
    TEST_OFFICE(o, place);
    static const char *const openers[] = { "newcomer", "newcomer", "rival",
                                           "rival", "newcomer" };

    for (size_t i = 0; i < COUNT(openers); i++)
        (void)open_for(&o, openers[i]);
    expect_found(&o);
    (void)office_ask(&o, place->sqlite ? namesakes_sqlite : namesakes_postgres);
    expect_found(&o);
}

EACH_STORE_TEST(a_line_of_the_list_says_how_the_case_stands)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct list l = { 0 };
    struct case_line line;
    struct state *s;

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_OK(
        cases_list(o.app, &o.arena, office_as(&o, "intake"), S(""), 9, &l));
    EXPECT(l.n == 1);
    if (l.n != 1)
        return;
    line = *(const struct case_line *)l.p;
    s = office_read(&o, ref).state;
    EXPECT(id_eq(line.id, s->id));
    EXPECT_STR(line.number, ref);
    EXPECT_STR(line.enterprise, o.own.name);
    EXPECT_STR(line.scheme, S("mini"));
    EXPECT_STR(line.scheme_name.zh, S("小规则"));
    EXPECT_STR(line.level, S("ten"));
    EXPECT_STR(line.level_name.en, S("Ten stars"));
    EXPECT(line.stage == STAGE_COMPLETENESS && line.waiting == WAITING_BODY);
    EXPECT(line.opened == office_day(OFFICE_TODAY));
    EXPECT(line.due == s->due && line.due != DAY_NEVER);
    EXPECT(line.due_provisional == s->due_provisional);
    EXPECT(line.certificate.n == 0);

    (void)office_ask(&o, "UPDATE case_view SET certificate = 'X7'");
    EXPECT_OK(
        cases_list(o.app, &o.arena, office_as(&o, "intake"), S(""), 9, &l));
    EXPECT_STR(((const struct case_line *)l.p)->certificate, S("X7"));
}

/* --- documents -------------------------------------------------------- */

static err find_blob(struct office *o, const struct hash *hash,
                     struct blob_row *out, bool *found)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return blob_find(tx, &o->arena, hash, out, found);
}

static err keep(struct office *o, str bytes, const char *type, const char *name,
                struct hash *out)
{
    const struct case_upload file = { bytes, str_of(type), str_of(name) };

    return cases_keep_file(o->app, &o->arena, office_as(o, "newcomer"), &file,
                           out);
}

EACH_STORE_TEST(a_document_is_kept_under_its_hash)
{
    TEST_OFFICE(o, place);
    const str bytes = S("文件的内容\0也可以是任何字节");
    struct blobs blobs = { &o.files, app_blob_folder(o.app) };
    struct hash hash;
    struct hash want;
    struct blob_row row = { 0 };
    bool found = false;
    str back = S("");

    sha256(bytes.p, bytes.n, want.b);
    EXPECT_OK(keep(&o, bytes, "text/plain", "说明.txt", &hash));
    EXPECT(memcmp(hash.b, want.b, sizeof hash.b) == 0);
    EXPECT_OK(find_blob(&o, &hash, &row, &found));
    EXPECT(found && row.size == (int64_t)bytes.n);
    EXPECT(row.at == o.world.clock->now(o.world.clock));
    EXPECT_STR(row.media_type, S("text/plain"));
    EXPECT_STR(row.name, S("说明.txt"));
    EXPECT_OK(blob_read(&blobs, &o.arena, &row, &back));
    EXPECT_STR(back, bytes);
}

/* [BL2] What lies there may be sealed by then: it is not written again. */
EACH_STORE_TEST(the_same_bytes_again_change_nothing)
{
    TEST_OFFICE(o, place);
    struct blobs blobs = { &o.files, app_blob_folder(o.app) };
    struct hash hash;
    struct hash again;
    struct blob_row row = { 0 };
    bool found = false;
    str back = S("");

    EXPECT_OK(keep(&o, S("plain"), "text/plain", "first.txt", &hash));
    EXPECT_OK(blob_write(&blobs, &o.arena, &hash, S("seald")));
    office_pass_days(&o, 1);
    EXPECT_OK(keep(&o, S("plain"), "image/png", "second.png", &again));
    EXPECT(memcmp(hash.b, again.b, sizeof hash.b) == 0);
    EXPECT_OK(find_blob(&o, &hash, &row, &found));
    EXPECT_STR(row.name, S("first.txt"));
    EXPECT_STR(row.media_type, S("text/plain"));
    EXPECT(found && day_of_micros(row.at) == office_day(OFFICE_TODAY));
    EXPECT_OK(blob_read(&blobs, &o.arena, &row, &back));
    EXPECT_STR(back, S("seald"));
    EXPECT(office_count(&o, "SELECT count(*) FROM blob") == 1);
}

/* [BL1] A file that a crash left without its row is no reason to refuse. */
EACH_STORE_TEST(an_orphan_is_replaced)
{
    TEST_OFFICE(o, place);
    struct blobs blobs = { &o.files, app_blob_folder(o.app) };
    struct blob_row row = { 0 };
    struct hash hash;
    bool found = false;
    str back = S("");

    sha256("whole", 5, hash.b);
    EXPECT_OK(blob_write(&blobs, &o.arena, &hash, S("whol")));
    EXPECT_OK(keep(&o, S("whole"), "text/plain", "", &hash));
    EXPECT_OK(find_blob(&o, &hash, &row, &found));
    EXPECT_OK(blob_read(&blobs, &o.arena, &row, &back));
    EXPECT_STR(back, S("whole"));
}

/* Only for a command that will name it; who may not is remembered. [CA4] */
EACH_STORE_TEST(a_document_is_kept_for_who_may_add_one)
{
    static const struct {
        const char *login;
        bool may;
    } rows[] = {
        { "newcomer", true }, { "intake", true },   { "auditor1", false },
        { "head", false },    { "quality", false },
    };
    TEST_OFFICE(o, place);
    const struct case_upload file = { S("plain"), S("text/plain"), S("") };
    int64_t refusals = office_count(&o, "SELECT count(*) FROM refusal");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hash hash;
        err e = cases_keep_file(o.app, &o.arena, office_as(&o, rows[i].login),
                                &file, &hash);

        if (rows[i].may) {
            EXPECT_ROW_OK(rows[i].login, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].login, e, ERR_DENIED, "rights.role");
        refusals++;
        EXPECT_ROW(rows[i].login,
                   office_count(&o, "SELECT count(*) FROM refusal") ==
                       refusals);
    }
    EXPECT(office_count(&o, "SELECT count(*) FROM blob") == 1);
    EXPECT(office_count(&o, "SELECT count(*) FROM refusal"
                            " WHERE command = 'document.add'"
                            " AND message = 'rights.role'") == 3);
}

/* Both sides of both bounds. */
ONE_STORE_TEST(a_document_has_a_size, true)
{
    static const struct {
        const char *why;
        size_t size;
        enum err_code code;
        const char *id; /* NULL: it is kept */
    } rows[] = {
        { "nothing", 0, ERR_INVALID, "case.file_empty" },
        { "one byte", 1, 0, NULL },
        { "as much as may be", CASE_FILE_MAX, 0, NULL },
        { "a byte more", CASE_FILE_MAX + 1, ERR_LIMIT, "case.file_size" },
    };
    TEST_OFFICE(o, place);
    TEST_ARENA(large, (size_t)CASE_FILE_MAX * 2);
    char *bytes = arena_zero(&large, (size_t)CASE_FILE_MAX + 1);

    for (size_t i = 0; bytes != NULL && i < COUNT(rows); i++) {
        struct hash hash;
        err e = keep(&o, (str){ bytes, rows[i].size }, "text/plain", "", &hash);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
    }
    EXPECT(office_count(&o, "SELECT count(*) FROM blob") == 2);
    EXPECT(office_count(&o, "SELECT max(size) FROM blob") == CASE_FILE_MAX);
}
