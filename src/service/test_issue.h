#ifndef SERVICE_TEST_ISSUE_H
#define SERVICE_TEST_ISSUE_H

/*
 * test_issue -- an installation with one case that stands ready for its
 * certificate: what the tests of faults and of tampering begin with.
 *
 * It is a demonstration without cases, the small package of
 * tests/schemes/mini, and a case of the newcomer's under it, carried as far
 * as it goes without a certificate by service/script.
 */

#include "service/app.h"
#include "service/cases.h"
#include "store/store_test_env.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

enum { ISSUE_NUMBER = 24, ISSUE_DIR = PLACE_FOLDER + 8 };

struct issue {
    struct store_place place; /* its store is the installation's */
    char dir[ISSUE_DIR];
    char number[ISSUE_NUMBER]; /* of the case */
    day today;                 /* the certificate can be issued */
};

/* Make one; false, and the test failed, when that cannot be done. */
bool issue_new(bool sqlite, struct issue *out);

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

/* Give a command on the case, as this user; "applicant" is the newcomer. */
err desk_give(struct desk *d, str login, str command, const struct json *data,
              struct case_answer *out);

/* certificate.issue, always under one command id. */
err desk_issue(struct desk *d, struct case_answer *out);

/* Bring the transparency log up to date. */
err desk_sequence(struct desk *d);

#endif
