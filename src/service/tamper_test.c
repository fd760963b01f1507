/*
 * Tampering, the quick part: what cannot be said in a row of
 * tamper_slow_test.c.
 */
#include "base/size.h"
#include "service/check.h"
#include "service/lookup.h"
#include "service/test_tamper.h"

#include <stdio.h>

enum { ARENA = 4 << 20 };

#define EVENT_7                                                                \
    "UPDATE journal SET body = replace(body, '2026', '2025')"                  \
    " WHERE version = 7"                                                       \
    " AND stream = (SELECT id FROM stream WHERE kind = 'case')"

static int64_t ask(const struct issue *at, const char *sql)
{
    return store_test_count(&at->place, sql);
}

static void change(const struct issue *at, const char *sql)
{
    TEST_ARENA(a, ARENA);

    (void)store_test_ask(&at->place, &a, sql);
}

/* [CA4] [CA5] */
TEST(a_case_that_was_tampered_with_gets_no_certificate)
{
    struct case_answer answer = { 0 };
    struct issue at;

    if (!issue_new(true, &at))
        return;
    change(&at, EVENT_7);
    TEST_DESK(d, &at, APP_WRITE);
    EXPECT_ERR(desk_issue(&d, &answer), ERR_CORRUPT, "journal.tampered");
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
TEST(the_register_goes_on_answering_while_nothing_is_signed)
{
    struct public_certificate found = { .log_index = -9 };
    struct issue at;

    if (!tamper_new(true, &at))
        return;
    change(&at, EVENT_7);
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
TEST(a_body_whose_journal_was_tampered_with_does_not_open)
{
    static const char *const rows[] = {
        "UPDATE journal SET body = replace(body, 'log', 'lag')"
        " WHERE stream = (SELECT id FROM stream WHERE kind = 'body')",
        "DELETE FROM journal"
        " WHERE stream = (SELECT id FROM stream WHERE kind = 'body');"
        "UPDATE stream SET version = 0 WHERE kind = 'body'",
    };
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    struct issue at;

    if (!tamper_new(true, &at))
        return;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(desk_leave) struct desk d = { 0 };

        change(&at, rows[i]);
        EXPECT_ROW_ERR(rows[i], desk_take(&d, &at, &h, &files, APP_READ),
                       ERR_CORRUPT, "journal.tampered");
        tamper_mend(&at);
    }
}

/* --- files [CK6] ------------------------------------------------------ */

/* The only file that is on record. */
static str file_path_of(const struct issue *at, struct arena *a)
{
    str digits =
        store_test_ask(&at->place, a, "SELECT lower(hex(hash)) FROM blob");
    char path[ISSUE_DIR + 80];
    str out = S("");

    (void)snprintf(path, sizeof path, "%s/blobs/%.2s/%.62s", at->dir, digits.p,
                   digits.p + 2);
    EXPECT(digits.n == 65 && arena_str(a, str_of(path), &out));
    return out;
}

static err check_it(const struct issue *at, struct arena *a)
{
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    scoped(desk_leave) struct desk d = { 0 };
    struct check_counts counts;

    TRY(desk_take(&d, at, &h, &files, APP_READ));
    return err_keep(a, check_all(d.app, &d.arena, &counts));
}

TEST(a_file_that_was_changed_is_named)
{
    static const struct {
        const char *why;
        str bytes;
        const char *found;
    } rows[] = {
        { "one letter", S_INIT("the document every requirement is givem"),
          "check.file" },
        { "shorter", S_INIT("the document every requirement is give"),
          "blob.size" },
        { "longer", S_INIT("the document every requirement is given!"),
          "blob.size" },
        { "emptied", S_INIT(""), "blob.size" },
    };
    TEST_ARENA(a, ARENA);
    struct file_ops files = FILE_SYSTEM;
    struct issue at;

    if (!issue_new(true, &at))
        return;
    str path = file_path_of(&at, &a);
    EXPECT_OK(check_it(&at, &a));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(file_write(&files, &a, path, rows[i].bytes, FILE_SECRET));
        EXPECT_ROW_ERR(rows[i].why, check_it(&at, &a), ERR_CORRUPT,
                       rows[i].found);
    }
    EXPECT_OK(file_remove(&files, &a, path));
    EXPECT_ERR(check_it(&at, &a), ERR_CORRUPT, "blob.missing");
}
