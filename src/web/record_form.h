#ifndef WEB_RECORD_FORM_H
#define WEB_RECORD_FORM_H

/*
 * record_form -- a form for whatever a record table describes, above all the
 * data of a command: its fields for a template, and what was sent back as the
 * JSON that the service takes.
 *
 *     value --begin--> form --show--> fields --(a browser)--> posted
 *       ^                |                                       |
 *       |                +--value, when every field is right     |
 *       +--------------------------------- post ----------------+
 *
 *   [RF1] What a table lets in comes back as it was: value, fields, posted,
 *         value.  (But for what needs more than FORM_FIELDS names.)
 *   [RF2] Nothing that was typed is lost: a form with mistakes shows again what
 *         it was sent, each mistake beside its field.
 *   [RF3] Names are paths, "sites.0.name".  A name that is no field's is
 *         refused, and so is one given twice, unless many may be chosen.
 *   [RF4] Lists grow and shrink by submit buttons, so without scripts.  A row
 *         in which nothing was entered is no row; rows are numbered anew.
 *   [RF5] Texts lose blanks at their ends and lists of texts have one a line,
 *         empty ones left out.  What that would change is named "PATH.whole"
 *         and stays as it is.
 *   [RF6] Numbers, money and dates are exact or refused: 1234.5 yuan are 123450
 *         fen, 0.005 yuan are a mistake.
 *   [RF7] Every field has a label, "field.COMMAND.PATH" of the catalogues (with
 *         no row numbers in it), else "field.NAME"; and a hint where there is
 *         one, "hint.COMMAND.PATH", else "hint.NAME".
 *   [RF8] Before an act that is confirmed, what was entered is shown to be read
 *         and no more; what is sent then is what was shown.
 *   [RF9] Rows that are one for each of what is offered `each` are headed by
 *         it: it is not chosen, and no row comes or goes.
 *
 * A page for GET and POST /cases/{number}/do/{command} (templates/command.html
 * has `fields`, a part form_fields):
 *
 *     struct record_form_of of = { kind->name, kind->record, offers, n };
 *
 *   GET   record_form_begin(a, &of, NULL or what is known, &form)
 *   POST  record_form_post(a, &of, &rq->form, own_names, &form)
 *         if (form.value != NULL)
 *             e = cases_do(.. .data = form.value ..);  done, or
 *             record_form_refuse(a, &form, e)   for ERR_INVALID, ERR_REFUSED ..
 *   both  record_form_show(a, &form, lang, &page.fields), then render; 200, or
 *         422 when form.problem_count > 0.
 *
 * Everything lives in the arena or is borrowed from what was given.
 */

#include "base/err.h"
#include "base/str.h"
#include "http/form.h"
#include "page/page.h"
#include "text/text.h"

#include <stddef.h>

struct arena;
struct json;
struct record;

/* One of what a field may hold, as far as the case knows. */
struct record_choice {
    str value;
    str label;
};

/* What is offered for a text, a number, an id, a hash or a list of texts: one
 * is picked, or many are ticked.  Others that were given are shown beside them.
 */
struct record_offer {
    const char *path; /* "sites", "answers.indicator": no row numbers */
    const struct record_choice *at;
    size_t n;
    bool each; /* a list asks about each of them, in a row of its own [RF9] */
};

/* Codes that a text holds, of which there are too many to offer them as
 * choices: any is typed, and a list that the page has helps (a <datalist>). */
struct record_codes {
    const char *field; /* its name, wherever it stands: "district" */
    const char *list;  /* the id of the page's list; NULL: it has none */
    err (*name)(struct arena *a, enum lang l, str code, str *out); /* what a
                          code is called, beside it; empty: nobody knows */
};

struct record_form_of {
    const char *command; /* "application.submit", for labels */
    const struct record *record;
    const struct record_offer *offers;
    size_t offer_count;
    const struct record_codes *codes;
    size_t code_count;
};

/* Which button sent it. */
enum record_button { RECORD_SEND, RECORD_ADD, RECORD_REMOVE };

/* What is wrong with a field, or, without a name, with the form. */
struct record_problem {
    str name; /* "sites.0.name" */
    err why;
};

enum { RECORD_PROBLEMS = 200 };

struct record_form {
    struct record_form_of of;
    struct json *typed; /* texts as typed, nested as names are */
    enum record_button button;
    str fresh;          /* the row that was added; else empty */
    struct json *value; /* as the table wants it; NULL: not sent, or problems */
    struct record_problem problems[RECORD_PROBLEMS]; /* the first so many */
    size_t problem_count;
};

/* Does the table ask for anything? */
bool record_form_asks(const struct record *r);

/* A form that shows `value`, an object as the table describes, perhaps only
 * in part; NULL: an empty one.  Fails only without memory. */
err record_form_begin(struct arena *a, const struct record_form_of *of,
                      const struct json *value, struct record_form *out);

/* A form of what was typed before, `typed` of such a form as JSON; with its
 * value, or with what is wrong with it.  Fails only without memory. */
err record_form_again(struct arena *a, const struct record_form_of *of,
                      struct json *typed, struct record_form *out);

/*
 * What was sent.  `own` are the names that are the page's and no field's
 * ("token"), ended by NULL.  Fails only without memory: mistakes are problems.
 */
err record_form_post(struct arena *a, const struct record_form_of *of,
                     const struct form *posted, const char *const *own,
                     struct record_form *out);

/*
 * Put a refusal of the service beside the field it is about: the one its
 * argument `path` names ("sites[2].name"), else the only one that is called
 * like an argument and holds the same; else at the top.  The value is gone.
 */
err record_form_refuse(struct arena *a, struct record_form *form, err why);

/* For the part form_fields. */
err record_form_show(struct arena *a, const struct record_form *form,
                     enum lang lang, struct page_form_fields *out);

/* The same, to be read: for the part form_said. [RF8] */
err record_form_summary(struct arena *a, const struct page_form_fields *shown,
                        enum lang lang, struct page_form_said *out);

#endif
