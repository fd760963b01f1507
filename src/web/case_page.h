#ifndef WEB_CASE_PAGE_H
#define WEB_CASE_PAGE_H

/*
 * case_page -- inside web: what the pages of one case have in common. [M4]
 *
 *   [WE1] What may be read the service decides: a page shows what cases_load()
 *         gives and nothing else.  Whoever may not read working papers sees no
 *         tab of them, and their address says what it says of no page.
 *   [WE2] The enterprise's notes to itself are on no page of anybody else
 *         [M10].
 *   [WE3] People are called by their names where the reader may know them
 *         (service/case_people.h [CP2]); else it says who acted: the body, the
 *         enterprise, or the program itself.
 *   [WE4] What is not there yet says what comes first.
 */

#include "base/arena.h"
#include "service/case_people.h"
#include "service/cases.h"
#include "web/answer.h"
#include "web/command_form.h"

enum case_tab {
    TAB_OVERVIEW,
    TAB_PAPERS,
    TAB_MONEY,
    TAB_TEAM,
    TAB_AUDIT,
    TAB_CHECKLIST, /* working papers */
    TAB_DECISION,
    TAB_CERTIFICATE,
    TAB_MESSAGES,
    TAB_RECORDS, /* of the enterprise, and working papers */
};

struct case_view {
    struct request *rq;
    const struct session *who;
    struct case_file file;
    struct list people; /* as case_actors() has it */
    bool owner;         /* the enterprise itself */
    bool papers;        /* may read working papers */
    day today;
};

/* The case of the address, for whoever visits. */
err case_view_open(struct request *rq, struct case_view *out);

/* The same of whoever may read its working papers; ERR_NOT_FOUND "case.missing"
 * for others. [WE1] */
err case_view_open_papers(struct request *rq, struct case_view *out);

/* What stands over every tab: where the case is, and buttons for what may be
 * done now about the tab's matter (case_turn.h [TU1]). */
err case_view_head(const struct case_view *v, enum case_tab at,
                   struct page_case_head *out);

/* The same over a room that belongs to a tab and has its own ways to what is
 * done there: without the buttons. */
err case_view_room(const struct case_view *v, enum case_tab at,
                   struct page_case_head *out);

/* May whoever reads give this command now, as far as rights go, in *may; where
 * not, *why_not gets the reason in their language, unless it is NULL.  Errors
 * that are not for them. */
err case_view_ask(const struct case_view *v, const char *command, bool *may,
                  str *why_not);

/* What a person is called; empty: not to this reader. [WE3] */
str case_view_name(const struct case_view *v, id person);

/* The label of a level by its id; the id itself of one that is not known, and
 * nothing of none. */
str case_view_level(const struct case_view *v, str level);

/* The label of an indicator by its id, likewise. */
str case_view_indicator(const struct case_view *v, str indicator);

/* The sentences of all these with something between them. */
err case_view_join(const struct case_view *v, const struct list *strs,
                   str *out);

/* "3.5" from tenths. */
err case_view_tenths(const struct case_view *v, int64_t tenths, str *out);

/* "14:05", as clocks show an instant (microseconds UTC) at +08:00. */
err case_view_time(const struct case_view *v, int64_t at, str *out);

/* "3.4 MB". */
err case_view_size(const struct case_view *v, int64_t bytes, str *out);

/* An empty buf for a page: a case has thousands of sites, hundreds of findings.
 */
void case_view_buf(struct request *rq, struct buf *b);

/* `n` zeroed rows of a page's list, in *out. */
#define CASE_ROWS(v, out, n)                                                   \
    TRY_MEMORY((out) = arena_array((v)->rq->arena, (n), sizeof *(out)))

/* The day a document of the case was handed in; DAY_NEVER: it is none. */
day case_view_added(const struct case_view *v, const struct document *d);

/* The address of a page of the case: "/cases/NUMBER" and what stands below,
 * such as "/contract"; of the case itself nothing does.  ERR_MEMORY. */
err case_view_address(const struct case_view *v, const char *below, str *out);

/* To the page of such an address with 303, once a form is done; of the case of
 * this number, of the case that is viewed. */
err case_go(struct request *rq, str number, const char *below,
            struct response *rs);
err case_view_go(const struct case_view *v, const char *below,
                 struct response *rs);

/* The address of the form of a command on it (case_do.c).  ERR_MEMORY. */
err case_view_form(const struct case_view *v, const char *command, str *out);

/* A command on this case, as whoever views it gives it by this form; it borrows
 * `command` and `data`. */
struct case_order case_view_order(const struct case_view *v,
                                  const struct command_form *form,
                                  const char *command, const struct json *data);

/* The time line: the events before number `before`, newest first, in at most
 * `most` lines (case_line.c [CL3]). */
err case_view_events(const struct case_view *v, int64_t before, size_t most,
                     struct page_case_events *out);

#endif
