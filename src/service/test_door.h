#ifndef SERVICE_TEST_DOOR_H
#define SERVICE_TEST_DOOR_H

/*
 * test_door -- people at the door of an office that is no demonstration, for
 * tests: what they type, and the telephone that makes their codes.
 */

#include "auth/totp.h"
#include "service/door.h"
#include "service/service_test_env.h"
#include "store/passages.h"

#define TEST_PASSWORD S("correct horse")

/* From now on it asks for passwords and factors. [DO8] */
void door_at_work(struct office *o);

/* Somebody more, with TEST_PASSWORD: of the body, or an applicant of
 * newcomer's. */
void door_hire(struct office *o, const char *login, unsigned roles);

/* Sign in by TEST_PASSWORD from one network: its token; empty when the test
 * failed. */
str door_in(struct office *o, const char *login, enum web_session_state want);

/* Who holds it; a zeroed visitor, and a failed test, when nobody does. */
struct visitor door_who(struct office *o, str token);

/* What makes the codes of somebody. */
struct phone {
    uint8_t secret[TOTP_SECRET_BYTES];
    struct list codes; /* of str: recovery */
};
/* A first one, by the whole way; its codes are good anew. */
struct phone door_phone(struct office *o, str token);

/* The one that was given this secret to scan. */
struct phone door_phone_of(struct office *o, str text);

/* Its code now. */
str door_phone_code(struct office *o, const struct phone *p);
void door_pass_seconds(struct office *o, int64_t seconds);

/* When random bytes are drawn the next time, somebody else does this first. */
void door_meanwhile(struct office *o, const char *sql);

/* How many of this kind the trail has. */
int64_t door_noted(const struct office *o, enum passage what);

#endif
