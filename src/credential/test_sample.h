#ifndef CREDENTIAL_TEST_SAMPLE_H
#define CREDENTIAL_TEST_SAMPLE_H

/*
 * test_sample -- an invented body with its keys and one certificate, for tests
 * and for tests/foreign/credential: always the same bytes.
 */

#include "credential/credential.h"

struct arena;
struct did_document;

enum { TEST_KEYS = 4 };

/* "https://register.example.cn" and its did:web. */
extern const str test_base;
extern const str test_did;

/* The days of the certificate, and moments around its issue. */
extern const day test_from;        /* 2026-03-01 */
extern const day test_until;       /* 2029-02-28 */
extern const int64_t test_signed;  /* 2026-03-01T02:00:00Z */
extern const int64_t test_retired; /* 2026-06-01T00:00:00Z */

enum test_key {
    TEST_KEY_OLD,  /* "credential-1", retired at test_retired */
    TEST_KEY_LOST, /* "credential-2", revoked then */
    TEST_KEY_NOW,  /* "credential-3", in use since */
    TEST_KEY_QR,   /* "qr-1" */
};

/* A key of its own for each; nothing has to be ended: they are no secret. */
struct sign_key test_key(enum test_key which);

/* "credential-1" with its key and moment. */
struct seal test_seal(const struct sign_key *key, enum test_key which,
                      int64_t at);

void test_facts(struct credential_facts *out);

/* did.json, and the same read. */
err test_did_json(struct arena *a, str *out);
err test_did_document(struct arena *a, struct did_document *out);

#endif
