#ifndef WEB_WEB_H
#define WEB_WEB_H

/*
 * web -- the public pages: home with its search, a certificate, help, the
 * transparency log, the directory, schemes, fees, self-check and the body
 * itself, and the style sheets and pictures they need.
 *
 *   [WB1] A page's language is what ?lang= asks for, which a cookie keeps;
 *         else the cookie's, else Accept-Language, else Chinese.
 *   [WB2] A certificate's address is /c/NUMBER and, in capitals for QR codes,
 *         /C/NUMBER.
 *         Programs get its data and its credential there (credential.c).
 *   [WB3] Pages show what service/lookup gives and nothing else.
 *   [WB4] A damaged row of the register is left out of the examples, and the
 *         log told; it takes no page away from those who asked for another.
 *   [WB6] A route names the right it needs (enum web_right); web_permit() finds
 *         out who visits, and lets no form in that this server did not give
 *         out to the same browser (visit.h).
 *   [WB5] A calendar is found at /calendar/TOKEN.ics by whoever has the token,
 *         which stands in no page, log or error (service/calendar.h).
 */

#include "base/day.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "text/text.h"

struct app;
struct limiter;
struct log;

/* What a site's `app` points to, for web and api alike. */
struct faces {
    struct app *app;
    day today;       /* DAY_NEVER: the clock's */
    struct log *log; /* for what only we should hear; NULL: nobody listens */
    str public_url;  /* where the pages are found, without a stroke at its
                        end; empty: as the body was founded */
    struct limiter *limiter; /* limiter.h; NULL: nobody asks too often */
};

/* What a route needs of whoever asks.  Each has all that those before it have;
 * what a person may do or read in a case is domain/rights' to say. */
enum web_right {
    RIGHT_PUBLIC, /* nothing: nobody looks who it is */
    RIGHT_ANYONE, /* nothing, but it matters who it is: the door itself */
    RIGHT_HALF,   /* a session, be it one that waits for a second factor */
    RIGHT_IN,     /* an open session */
    RIGHT_BODY,   /* of one of the body's own people */
    RIGHT_ADMIN,  /* of an administrator */
    RIGHT_COUNT,
};

/*
 * [WB6] For the site's permit: sets rq->visitor where `right` is more than
 * RIGHT_PUBLIC.  ERR_DENIED "visit.nobody", "visit.code", "visit.enrol",
 * "visit.body", "door.admin"; ERR_BUSY "web.too_often" (what, seconds); of a
 * form "visit.token", "visit.foreign".
 */
err web_permit(struct request *rq, int right);

/* [WB6] For the site's admit: nobody who is not in sends a large file.  Whoever
 * is looked for here is looked for again when all of it is here: sessions end
 * meanwhile. */
err web_admit(struct request *rq, int right);

extern const struct route_table web_routes;
extern const struct route_table door_routes;
extern const struct route_table work_routes;
extern const struct route_table case_routes;
extern const struct route_table case_do_routes;
extern const struct route_table case_open_routes;
extern const struct route_table case_apply_routes;
extern const struct route_table case_assess_routes;
extern const struct route_table case_sample_routes;
extern const struct route_table case_compare_routes;
extern const struct route_table case_contract_routes;
extern const struct route_table case_mark_routes;
extern const struct route_table case_message_routes;
extern const struct route_table case_customer_routes;
extern const struct route_table case_paper_routes;
extern const struct route_table case_evidence_routes;
extern const struct route_table case_record_routes;
extern const struct route_table case_record_piece_routes;
extern const struct route_table case_record_wait_routes;
extern const struct route_table case_record_overview_routes;
extern const struct route_table case_record_group_routes;
extern const struct route_table case_record_screen_routes;
extern const struct route_table case_record_column_routes;
extern const struct route_table case_record_file_routes;
extern const struct route_table case_money_routes;
extern const struct route_table case_audit_routes;
extern const struct route_table case_checklist_routes;
extern const struct route_table case_onsite_routes;
extern const struct route_table case_decision_routes;
extern const struct route_table planner_routes;
extern const struct route_table intake_routes;
extern const struct route_table register_routes;
extern const struct route_table register_do_routes;
extern const struct route_table register_certificate_routes;
extern const struct route_table register_auditor_routes;
extern const struct route_table register_enterprise_routes;
extern const struct route_table register_complaint_routes;
extern const struct route_table register_report_routes;
extern const struct route_table report_routes;
extern const struct route_table money_routes;
extern const struct route_table figure_routes;
extern const struct route_table filing_list_routes;
extern const struct route_table filing_routes;
extern const struct route_table account_routes;
extern const struct route_table factor_routes;
extern const struct route_table webhook_routes;
extern const struct route_table arrive_routes;
extern const struct route_table people_routes;
extern const struct route_table invite_routes;
extern const struct route_table trail_routes;
extern const struct route_table mailing_routes;
extern const struct route_table settings_routes;
extern const struct route_table calendar_routes;
extern const struct route_table feed_routes;
extern const struct route_table log_routes;
extern const struct route_table credential_routes;
extern const struct route_table verify_routes;
extern const struct route_table batch_routes;
extern const struct route_table directory_routes;
extern const struct route_table scheme_routes;
extern const struct route_table package_routes;
extern const struct route_table package_diff_routes;
extern const struct route_table fees_routes;
extern const struct route_table selfcheck_routes;
extern const struct route_table body_routes;

/* All of them: what a server of pages serves. */
extern const struct route_table *const *const web_tables;
extern const size_t web_table_count;

/* Where the pages are found: as it was served, else as it was founded. */
str faces_public_url(const struct faces *f);

/* The day it is. */
day faces_today(const struct faces *f);

/* [WB1] */
enum lang web_lang(const struct request *rq);

/* Name the answer by its bytes: unchanged, it is not sent again. */
err web_tag(struct request *rq, struct response *rs);

/* A page that says what went wrong, for the site's on_error. */
err web_error(struct request *rq, err why, struct response *rs);

#endif
