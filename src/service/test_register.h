#ifndef SERVICE_TEST_REGISTER_H
#define SERVICE_TEST_REGISTER_H

/*
 * test_register -- a register to look things up in, for tests of faces.
 *
 * A demonstration of size 0 (service/demo.h) on REGISTER_TODAY, and in its
 * store certificates of every status, put there as rows: faces see nothing
 * else, and cases that would lead to them take seconds each.
 *
 *   [TR1] Two registers differ in nothing: clock and entropy are the test's.
 *   [TR2] The folder goes with the scope.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "base/test.h"
#include "service/app.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

#define REGISTER_TODAY           "2026-11-24"
#define REGISTER_SUSPENDED_UNTIL "2027-01-08" /* at the longest */

/* What there is.  All others are called "示例" and something. */
#define REGISTER_VALID     "00026SC0101R0M" /* ten stars, log entry 41 */
#define REGISTER_PLAIN     "00026Q0102R0M"  /* iso-9001, no English scope */
#define REGISTER_SUSPENDED "00026SC0103R0M"
#define REGISTER_WITHDRAWN "00026SC0104R0M"
#define REGISTER_CANCELLED "00026SC0105R0M"
#define REGISTER_LAST_DAY  "00023SC0106R0M" /* valid until today, inclusive */
#define REGISTER_EXPIRED   "00023SC0107R0M" /* valid until yesterday */
#define REGISTER_OVERDUE   "00023SC0108R0M" /* suspended until yesterday */
#define REGISTER_HOSTILE   "00026SC0109R0M" /* names full of HTML */
#define REGISTER_BOUND     "00026SC0110R0M" /* five stars, of a case, by */
                                            /* the package as it was */
#define REGISTER_SUB       REGISTER_VALID "-1"   /* of a site, valid */
#define REGISTER_SUB_ENDED REGISTER_VALID "-2"   /* of another, ended */
#define REGISTER_SUB_EVIL  REGISTER_HOSTILE "-1" /* names full of HTML */
/* Those of every status up to REGISTER_LAST_DAY have a credential each, whose
 * index is its place above; its text is no more than "{}". */
#define REGISTER_CREDENTIALS 6
/* Holders: twenty are called so, and twenty-one so. */
#define REGISTER_TWENTY  "示例二十家"
#define REGISTER_MORE    "示例廿一家"
#define REGISTER_ONE_ALL "示例有效服务有限公司" /* holds REGISTER_VALID */
#define REGISTER_USCC    "91990000MA00000U2K"   /* and its code */

/* The newest five-star package says so in its title, not the one before. */
#define REGISTER_NEW_TITLE "新版服务认证证书"

struct test_register {
    struct heap heap;
    struct arena arena; /* of the test: everything it asks for */
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct file_ops files;
    struct app_world world; /* of the four above */
    char folder[TEST_PATH];
    struct app *app; /* open for reading */
};

/* False when it cannot be made, which fails the test. */
bool test_register_open(struct test_register *r);
void test_register_end(struct test_register *r);

/* Somebody damages the row of this certificate. */
void test_register_damage(struct test_register *r, const char *number);

/* A register until the scope ends. */
#define TEST_REGISTER(name)                                                    \
    scoped(test_register_end) struct test_register name;                       \
    if (!test_register_open(&name))                                            \
    return

#endif
