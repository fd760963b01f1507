/* The store is restored from an old copy, by mistake or on purpose: nothing is
 * signed on top of it. [T2] [T3] [SQ4] */
#include "service/check.h"
#include "service/sequence.h"
#include "service/test_issue.h"

#include <stdio.h>

enum { STORE_MAX = 8 << 20 };

static const id FIRST = { { 0x15, 1 } };
static const id SECOND = { { 0x15, 2 } };

/* Issue a certificate and have it signed. */
static void issue(const struct issue *at, id command)
{
    struct case_answer answer;
    TEST_DESK(d, at, APP_WRITE);

    EXPECT_OK(desk_issue(&d, command, &answer));
    EXPECT_OK(desk_sequence(&d));
}

/* What a server says that is started on it, and one that was not told to read
 * everything, and whoever checks. */
static void expect_refused(const struct issue *at, const char *message)
{
    struct check_counts counts;
    struct case_answer answer;
    int64_t size = -1;
    TEST_DESK(d, at, APP_WRITE);
    struct sequencer s = { .app = d.app };

    EXPECT_OK(desk_issue(&d, SECOND, &answer)); /* work goes on .. */
    EXPECT_ERR(desk_sequence(&d), ERR_CORRUPT,
               message); /* .. but is not signed */
    EXPECT_ERR(sequence_turn(&s, &d.arena, &size), ERR_CORRUPT, message);
    EXPECT_ERR(check_all(d.app, &d.arena, &counts), ERR_CORRUPT, message);
    EXPECT(size == -1);
}

ONE_STORE_TEST(a_store_put_back_from_an_old_copy_signs_nothing, true)
{
    TEST_ISSUE(at, place);
    TEST_ARENA(a, STORE_MAX);
    struct file_ops machine = FILE_SYSTEM;
    struct store_place store = *place;
    str old = S("");

    (void)snprintf(store.where_text, sizeof store.where_text,
                   "sqlite:%s/body/tenstar.db", place->folder);
    EXPECT_OK(file_read(&machine, &a, str_of(store_test_path(&store)),
                        STORE_MAX, &old));
    issue(&at, FIRST);
    store_test_lay(&store, old);
    expect_refused(&at, "tlog.restored");

    /* With the whole folder, nothing here can tell: that is for witnesses. */
    store_test_lay(&store, old);
    issue_lay_anchor(&at);
    issue(&at, FIRST);
}
