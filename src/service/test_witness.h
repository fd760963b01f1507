#ifndef SERVICE_TEST_WITNESS_H
#define SERVICE_TEST_WITNESS_H

/*
 * test_witness -- a witness that answers what a test tells it to, on this
 * machine: one answer a connection, in their order.
 */

#include "crypto/sign.h"
#include "merkle/note.h"
#include "service/service_test_env.h"
#include "service/witnesses.h"

#include <pthread.h>

enum { TEST_WITNESS_ANSWERS = 6, TEST_WITNESS_HEARD = 8000 };

/* What it says. */
enum test_witness_says {
    SAYS_TEXT,         /* `text` */
    SAYS_COSIGNED,     /* its cosignature over what it was asked */
    SAYS_OF_OTHERS,    /* that of somebody else */
    SAYS_OF_SOMETHING, /* its own, over another text */
    SAYS_TOO_LATE,     /* its own, of a time beyond all calendars */
};

struct test_witness_answer {
    int status; /* 0: there are no more */
    enum test_witness_says says;
    const char *text;
};

struct test_witness {
    struct sign_key key;
    char address[60];
    struct witness_named named; /* for witness_ask() */
    struct test_witness_answer answers[TEST_WITNESS_ANSWERS];
    size_t asked; /* how often */
    char heard[TEST_WITNESS_ANSWERS][TEST_WITNESS_HEARD];
    int fd;
    pthread_t thread;
    struct heap heap;
};

/* It listens, with a key of its own for each `seed`, and answers so; what it is
 * beyond that is for the test to count. */
bool test_witness_begin(struct test_witness *w, struct arena *a, uint8_t seed,
                        const struct test_witness_answer *answers);
void test_witness_end(struct test_witness *w);

/* A checkpoint that the office's own key has signed, of any size and root. */
str test_witness_note(struct office *o, int64_t size, uint8_t root);

#endif
