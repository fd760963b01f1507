#ifndef WEB_PERSONS_H
#define WEB_PERSONS_H

/* persons -- inside web: how people, their sessions and moments are shown. */

#include "service/accounts.h"
#include "service/people.h"
#include "web/parts.h"

/* "28 November 2026 11:27", at UTC+8; text_day() has the day. */
err persons_moment(struct request *rq, int64_t micros, str *out);

/* "auditor, planner" in the reader's language. */
err persons_roles(struct request *rq, unsigned roles, str *out);

/* Of whom, and in which of them we are. */
struct persons_of {
    str login;    /* empty: one's own page */
    int64_t here; /* 0: in none of them */
};

/* struct door_session for the table. */
err persons_sessions(struct request *rq, const struct list *sessions,
                     const struct persons_of *of, struct page_sessions *out);

/* A day that was typed.  ERR_INVALID "arrive.day" (given). */
err persons_day(const struct request *rq, str typed, day *out);

/* How letters are sent that are asked for here. */
struct posting persons_posting(const struct request *rq);

/* A number of an address, above 0; 0 for what is none. */
int64_t persons_read_number(str text);

/* The one that is {number} in the route. */
int64_t persons_number(const struct request *rq);

/* To somebody's page with 303; `query` is "?done=x" or empty. */
err persons_lead(struct request *rq, struct response *rs, str login, str query);

#endif
