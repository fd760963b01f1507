#ifndef SERVICE_TEST_ISSUE_H
#define SERVICE_TEST_ISSUE_H

/*
 * test_issue -- an office with one case that stands ready for its certificate,
 * closed: what the tests of faults and of tampering begin with.
 */

#include "service/service_test_env.h"

struct issue {
    struct office office; /* its app is closed */
    str ref;              /* of the case */
    day today;            /* the certificate can be issued */
    str anchor;           /* the bytes of its DIR/log.checkpoint */
};

/* One until the scope ends; one that cannot be made fails the test and
 * returns. */
#define TEST_ISSUE(name, place)                                                \
    scoped(issue_end) struct issue name;                                       \
    if (!issue_begin(&name, (place)))                                          \
    return
bool issue_begin(struct issue *at, const struct store_place *place);
void issue_end(struct issue *at);

/* Who lays an older store back lays back the anchor that belongs to it: take
 * it, as it is now; and lay what was taken. */
err issue_take_anchor(struct issue *at);
void issue_lay_anchor(const struct issue *at);

/*
 * Somebody at work in it: the app, and the world it was opened in.  Clock and
 * entropy are the same at every desk, so that two runs do the same.
 *
 *     scoped(desk_leave) struct desk d = { 0 };
 *     TRY(desk_take(&d, &issue, &heap, &files, APP_WRITE));
 */
struct desk {
    const struct issue *at;
    struct arena arena; /* for whatever is asked for */
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct app_world world;
    struct app *app;
};

err desk_take(struct desk *d, const struct issue *at, struct heap *h,
              struct file_ops *files, enum app_use use);
void desk_leave(struct desk *d);

/* Over the machine's own heap and files; on failure the test fails and
 * returns. */
#define TEST_DESK(name, issue, use)                                            \
    struct heap name##_heap_ = HEAP_LIBC;                                      \
    struct file_ops name##_files_ = FILE_SYSTEM;                               \
    scoped(desk_leave) struct desk name = { 0 };                               \
    if (!EXPECT_OK(                                                            \
            desk_take(&name, (issue), &name##_heap_, &name##_files_, (use))))  \
    return

/* certificate.issue under this command id. */
err desk_issue(struct desk *d, id command, struct case_answer *out);

/* Bring the transparency log up to date, as one who has read everything. */
err desk_sequence(struct desk *d);

#endif
