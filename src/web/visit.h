#ifndef WEB_VISIT_H
#define WEB_VISIT_H

/*
 * visit -- inside web: who visits, and whether a form is one of ours.
 *
 * A browser holds 32 random bytes: its session's, or, before anybody signed
 * in, a guest's.  What they open is service/door's to say.
 *
 *   [VI1] Cookies: SESSION_COOKIE and GUEST_COOKIE, for this host only.  Where
 *         the pages are found over TLS their names begin with "__Host-", so
 *         that no neighbouring host can set one (RFC 6265bis 4.1.3.2).
 *   [VI2] Every form carries a token made from the cookie's secret, which a
 *         page of another site does not know; and a browser that says the form
 *         came from another site is believed.  What is no form carries it in
 *         the header field X-Token.
 *   [VI3] A token is as good as its cookie: signing in or out makes a new one.
 *   [VI4] Nobody is looked for twice in a request, but for who was let send a
 *         long body (web_admit()).
 */

#include "page/page.h"
#include "service/door.h"
#include "web/web.h"

struct visit {
    bool known;         /* is it somebody's session? */
    struct visitor who; /* if so */
    str secret;         /* what the browser holds */
    bool fresh;         /* a guest's who comes without one: it is to be set */
    str token;          /* of forms [VI2] */
};

/* Of a request that web_permit() let in with more than RIGHT_PUBLIC. */
const struct visit *web_visit(const struct request *rq);

/* The browser is to hold `secret`, which opens a session. */
err visit_begin(const struct request *rq, struct response *rs, str secret);

/* It is to hold none any more. */
err visit_end(const struct request *rq, struct response *rs);

/* A guest's secret that is new goes with the answer. */
err visit_keep(const struct request *rq, struct response *rs);

/* The places of the layout of work. */
enum work_place { AT_WORK, AT_CASES, AT_REGISTERS, AT_PEOPLE, AT_ACCOUNT };

/* The layout's fields, of an open session. */
err visit_work(struct request *rq, str subject, enum work_place here,
               struct page_work *out);

/* Where from somebody knocks. */
struct door_origin visit_origin(const struct request *rq);

#endif
