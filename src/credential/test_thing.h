#ifndef CREDENTIAL_TEST_THING_H
#define CREDENTIAL_TEST_THING_H

/*
 * test_thing -- a certificate with everything that a stranger may have of it,
 * for tests: and checking any of that by any of the rest.
 */

#include "credential/credential.h"
#include "verify/thing.h"

struct arena;

enum { ENTRIES = 5, LEAF_MOST = 1000 };

/* Everything about one certificate: the paper, the credential in both forms,
 * the code, the lists, the keys, a log and a proof. */
struct test_thing {
    struct arena *a;
    struct credential_written credential;
    str qr;
    str revocations;
    str suspensions;
    str did;
    str leaves[ENTRIES];
    size_t n; /* of them */
    str note;
    str proof;
    str pdf;
    str policy;
};

void test_thing_make(struct test_thing *s, struct arena *a);

/* A list in which these indexes are set, of the moment test_signed. */
str test_list(struct test_thing *s, enum status_purpose purpose, str address,
              const int64_t *set, size_t n);

/* An entry of the log; `open` are its public members. */
str test_leaf(struct test_thing *s, const char *kind, const char *on, str open);
#define TEST_NUMBER "\"number\":\"71226SC0006R0S\""

/* Three texts in one, with a NUL behind. */
str test_joined(struct test_thing *s, str before, const char *text, str after);

/* Anew after the leaves, the note or the proof were changed. */
void test_write_note(struct test_thing *s);
void test_write_proof(struct test_thing *s);
void test_write_paper(struct test_thing *s);

/* All leaves as a bundle of entries. */
str test_bundle(const struct test_thing *s);

/* What the reader takes along: any of the sample's parts. */
enum {
    WITH_KEYS = 1,
    WITH_LISTS = 2,
    WITH_POLICY = 4,
    WITH_LOG = 8,
    ALL = 15,
    WITH_FETCHED = 16, /* the keys came along with the rest */
};

/* Check the thing `bytes` on this day. */
void test_thing_check(const struct test_thing *s, str bytes, unsigned with,
                      day on, struct verify_report *r);

/* Is there such a finding? */
bool test_says(const struct verify_report *r, enum finding_is is,
               const char *id);

/* Refuted, and for this reason before any other. */
void test_expect_refuted(const char *row, const struct verify_report *r,
                         const char *id);

/* `s` with `from` once replaced by `to`; when it is not there the test fails.
 */
str test_altered(struct arena *a, str s, str from, str to);

#endif
