#ifndef SERVICE_TEST_HOOK_H
#define SERVICE_TEST_HOOK_H

/*
 * test_hook -- a receiver of webhooks that answers as it is told, and
 * newcomer's webhooks, for tests.
 */

#include "codec/json.h"
#include "service/hooks.h"
#include "service/service_test_env.h"

#define TAKEN   "HTTP/1.1 204 Yes\r\n\r\n"
#define REFUSED "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
#define GONE    "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"

/* It listens for as long as the test runs, and answers one call at a time. */
struct receiver {
    int fd;
    int port;
    const char *says;
    size_t n;
    char heard[8000];
};

bool receiver_begin(struct receiver *r);
void receiver_end(struct receiver *r);

/* Until the scope ends. */
#define TEST_RECEIVER(name)                                                    \
    scoped(receiver_end) struct receiver name;                                 \
    if (!receiver_begin(&name))                                                \
    return

/* Of what was heard: a header's value, the body, and what it says. */
str receiver_header(const struct receiver *r, const char *name);
str receiver_body(const struct receiver *r);
const struct json *receiver_said(struct office *o, const struct receiver *r);
str receiver_act(struct office *o, const struct receiver *r);

/* The signature that should have come, as a receiver makes it who has only the
 * text of Standard Webhooks. */
str receiver_signature(struct office *o, const struct receiver *r, str secret);

/* Answer one call with r->says, in a thread that is given it as context. */
void *receiver_once(void *context);

/* "http://127.0.0.1:PORT/hook?key=secret-key" */
str receiver_address(struct office *o, const struct receiver *r);

/* newcomer's webhooks .. */
struct hooks_of hook_own(struct office *o);

/* .. a new one about a number or a code: its secret; .. */
str hook_make_for(struct office *o, const struct receiver *r, str number,
                  str uscc);

/* .. and the only one, as it is listed. */
struct hook_line hook_line_of(struct office *o);

/* Hand over a message that is due by the office's clock. */
struct hook_turn hook_turn_now(struct office *o);

/* The same while the receiver answers so. */
struct hook_turn hook_turn_with(struct office *o, struct receiver *r,
                                const char *says);

#endif
