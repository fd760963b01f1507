#ifndef API_API_H
#define API_API_H

/*
 * api -- the register for programs, as JSON; and files of service records,
 * which an enterprise's own programs hand in.
 *
 *   [AI1] GET /api/v1/certificates/NUMBER answers what the public page shows.
 *   [AI2] What goes wrong is a problem document (RFC 9457) in the reader's
 *         language, with our code, id and arguments.
 *   [AI3] A failure of ours (5xx) says no more than the request's id, under
 *         which our log has the rest.
 *   [AI4] An answer may be kept for a minute and has a tag; any site's script
 *         may read it.
 *   [AI7] Answers about certificates are made before anybody asks
 *         (service/lookup_ready.h):
 *
 *     GET  /api/v1/certificates/NUMBER   one
 *     POST /api/v1/certificates          {"numbers": [..]}: at most a hundred
 *     GET  /api/v1/certificates?uscc=    those of an enterprise, short
 *     GET  /api/v1/certificates?name=    those whose holder is called so
 *
 *         They are compressed for who takes that, and named by a hash of what
 *         is sent.
 *   [AI8] That a number is not in the register is said with the numbers that
 *         are near it, and with what it means and what not.
 *   [AI13] ?place= and ?trade=, by the first digits of their code, ?scheme=,
 *         ?level= and ?status= narrow what is found (register_facets.h); of
 *         names ?after= turns the page.  `count` says how many names there are,
 *         up to ten thousand.
 *   [AI5] Under /api/v1/cases/REF/records somebody is signed in, by the same
 *         session as the pages (web/visit.h): the cookie that /login gives.
 *         What changes something carries the session's token in the field
 *         X-Token; GET .../records answers it.  No other site's script reads
 *         these answers, and nobody keeps them.
 *   [AI6] What may be seen and done there is service/records_held.h's to say:
 *
 *     GET    .../records            the case's files, and the token
 *     POST   .../records            {"name", "size"}: begin one; 201 {"id"}
 *     PUT    .../records/ID?at=N    bytes from N on, at most HELD_PIECE_MAX
 *     POST   .../records/ID/finish  all bytes came
 *     GET    .../records/ID         state and progress; figures once counted,
 *                                   by outlet, month .. (?by=)
 *     POST   .../records/ID/ask     {"map", "hours", "events", "from", "to",
 *                                   "repeat_days", ..}: count so; what is left
 *                                   out stays as it is
 *     GET    .../records/ID/rows    ?by=, group=, after=; or ?lines=3,17
 *     POST   .../records/ID/submit  {"requirement"}: the signed sheet as a
 *                                   document of the case; 201
 *     DELETE .../records/ID         204
 *
 *   [AI9] GET /api/v1/holders/USCC proves which certificates an enterprise has
 *         (service/register_root.h); nobody has to believe the answer.
 *   [AI10] POST /api/v1/check[?on=DATE][&known=1][&as=json|csv|xlsx|zip] checks
 *         many certificates at once (service/batch.h), as the page /batch does.
 *         The body is {"rows": ["NUMBER", {"number", "holder", "uscc"}, ..]},
 *         which may say "on", "known" and "as" as well, or a table as it is.
 *
 *   Rows and a sheet of what has to be counted first are answered 202, with
 *   how far it is.
 *
 *   [AI11] A certificate is told as it stood at the end of a day with ?on=DAY,
 *         by what was recorded by then, or with &known=1 by what is known now
 *         (lookup.h); the answer then says so in `as_of`.
 *   [AI12] GET /api/v1/changes?since=INDEX&limit=N, with number= or uscc= for
 *         one certificate or one holder, answers what happened to which
 *         certificate (service/changes.h), oldest first; `next` is where to go
 *         on.
 */

#include "http/router.h"
#include "http/site.h"

extern const struct route_table api_routes;
extern const struct route_table api_check_routes;
extern const struct route_table api_change_routes;
extern const struct route_table api_record_routes;
extern const struct route_table api_holder_routes;

/* Is this request one of the API's? */
bool api_is(const struct request *rq);

/* For the site's options: which scripts of others may ask what [AI4]. */
err api_options(struct request *rq, struct response *rs);

/* [AI2], for the site's on_error: also of those that change something. */
err api_error(struct request *rq, err why, struct response *rs);

#endif
