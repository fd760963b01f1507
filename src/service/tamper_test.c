/*
 * Tampering, the quick part: what cannot be said in a row of
 * tamper_slow_test.c.
 */
#include "base/buf.h"
#include "service/check.h"
#include "service/lookup.h"
#include "service/test_tamper.h"

#define EVENT_7                                                                \
    "UPDATE journal SET body = replace(body, '2026', '2025')"                  \
    " WHERE version = 7"                                                       \
    " AND stream = (SELECT id FROM stream WHERE kind = 'case')"

static int64_t ask(const struct issue *at, const char *sql)
{
    return office_count(&at->office, sql);
}

/* [CA4] [CA5] */
EACH_STORE_TEST(a_case_that_was_tampered_with_gets_no_certificate)
{
    TEST_ISSUE(at, place);
    struct case_answer answer = { 0 };

    (void)office_ask(&at.office, EVENT_7);
    TEST_DESK(d, &at, APP_WRITE);
    EXPECT_ERR(desk_issue(&d, (id){ { 1 } }, &answer), ERR_CORRUPT,
               "journal.tampered");
    EXPECT(answer.number.n == 0);
    EXPECT(ask(&at, "SELECT count(*) FROM certificate") == 0);
    EXPECT(ask(&at, "SELECT count(*) FROM stream"
                    " WHERE kind = 'certificate'") == 0);
    EXPECT(ask(&at, "SELECT count(*) FROM log_pending") == 0);
    EXPECT(ask(&at, "SELECT count(*) FROM refusal"
                    " WHERE command = 'certificate.issue'"
                    " AND message = 'journal.tampered'") == 1);
}

/* [LU2] What was issued is on the register still; it is signed when the
 * journal is mended. */
EACH_STORE_TEST(the_register_goes_on_answering_while_nothing_is_signed)
{
    TEST_TAMPER(at, place);
    struct public_certificate found = { .log_index = -9 };

    (void)office_ask(&at.office, EVENT_7);
    {
        TEST_DESK(d, &at, APP_WRITE);

        EXPECT_ERR(desk_sequence(&d), ERR_CORRUPT, "journal.tampered");
        EXPECT_OK(lookup_certificate(d.app, &d.arena, S("00026SC0001R0S"),
                                     at.today, &found));
        EXPECT(found.status == CERTIFICATE_VALID && found.log_index == -1);
    }
    tamper_mend(&at);
    {
        TEST_DESK(d, &at, APP_WRITE);

        EXPECT_OK(desk_sequence(&d));
        EXPECT_OK(lookup_certificate(d.app, &d.arena, S("00026SC0001R0S"),
                                     at.today, &found));
        EXPECT(found.log_index == ask(&at, "SELECT max(idx) FROM log_entry"));
    }
}

/* Who it is and under which name it signs stands in the body's own stream. */
EACH_STORE_TEST(a_body_whose_journal_was_tampered_with_does_not_open)
{
    TEST_ISSUE(at, place);
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    scoped(desk_leave) struct desk d = { 0 };

    (void)office_ask(
        &at.office,
        "UPDATE journal SET body = replace(body, 'log', 'lag')"
        " WHERE stream = (SELECT id FROM stream WHERE kind = 'body')");
    EXPECT_ERR(desk_take(&d, &at, &h, &files, APP_READ), ERR_CORRUPT,
               "journal.tampered");
}

/* --- files [CK6] ------------------------------------------------------ */

/* The only file that is on record. */
static str file_path_of(struct issue *at)
{
    struct office *o = &at->office;
    str digits = office_ask(o, "SELECT lower(hex(hash)) FROM blob");
    struct buf b;
    str path = S("");

    EXPECT(digits.n == 65);
    buf_init(&b, &o->arena, 400);
    buf_printf(&b, "%.*s/blobs/%.2s/%.62s", STR_ARG(o->dir), digits.p,
               digits.p + 2);
    EXPECT_OK(buf_done(&b, &path));
    return path;
}

static err check_it(struct issue *at)
{
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    scoped(desk_leave) struct desk d = { 0 };
    struct check_counts counts;

    TRY(desk_take(&d, at, &h, &files, APP_READ));
    return err_keep(&at->office.arena, check_all(d.app, &d.arena, &counts));
}

/* What is left of a file: so many bytes of its own, then others. */
struct spoiling {
    const char *why;
    size_t cut; /* bytes at its end */
    str then;
    const char *found;
};

static err spoil(struct issue *at, str path, str bytes,
                 const struct spoiling *how)
{
    struct office *o = &at->office;
    struct buf b;
    str spoilt;

    buf_init(&b, &o->arena, bytes.n + how->then.n);
    buf_str(&b, str_first(bytes, bytes.n - how->cut));
    buf_str(&b, how->then);
    TRY(buf_done(&b, &spoilt));
    return file_write(&o->files, &o->arena, path, spoilt, FILE_SECRET);
}

ONE_STORE_TEST(a_file_that_was_changed_is_named, true)
{
    static const struct spoiling rows[] = {
        { "one byte changed", 1, S_INIT("\x01"), "check.file" },
        { "one byte less", 1, S_INIT(""), "blob.size" },
        { "one byte more", 0, S_INIT("."), "blob.size" },
    };
    TEST_ISSUE(at, place);
    struct office *o = &at.office;
    str path = file_path_of(&at);
    str bytes = S("");

    EXPECT_OK(check_it(&at));
    EXPECT_OK(file_read(&o->files, &o->arena, path, 1 << 16, &bytes));
    for (size_t i = 0; bytes.n > 1 && i < COUNT(rows); i++) {
        EXPECT_OK(spoil(&at, path, bytes, &rows[i]));
        EXPECT_ROW_ERR(rows[i].why, check_it(&at), ERR_CORRUPT, rows[i].found);
    }
    EXPECT_OK(file_remove(&o->files, &o->arena, path));
    EXPECT_ERR(check_it(&at), ERR_CORRUPT, "blob.missing");
}
