#ifndef SERVICE_LOOKUP_PARTS_H
#define SERVICE_LOOKUP_PARTS_H

/*
 * lookup_parts -- inside the service room: the sub-certificates of what is
 * looked up (lookup.h).
 */

#include "domain/event.h"
#include "service/lookup.h"

struct certificate_row;
struct imported_row;
struct register_answer;
struct sub_row;

/* A row as it stands on `today`, by the package it was issued under (app.h
 * [AP2]); one without a case here is shown by the newest package of that
 * name. */
err lookup_complete(struct app *app, struct tx *tx,
                    const struct certificate_row *row, day today,
                    struct public_certificate *out);

/* lookup_certificate() in a tx. */
err lookup_certificate_in(struct app *app, struct tx *tx, str number, day today,
                          struct public_certificate *out);

/* The same in one of its own, whatever the book has. */
err lookup_in_store(struct app *app, struct arena *a, str number, day today,
                    struct public_certificate *out);

/* [LU7]  *found is false where the book does not know it, and for all that no
 * file brought. */
err lookup_in_book(struct app *app, struct arena *a, str number, day today,
                   struct public_certificate *out, bool *found);

/* The book's answer (register_home.h) about a number as people type it; a book
 * that cannot be read has none, and is the feeder's to mend. */
err lookup_answer(struct app *app, struct arena *a, str number, day today,
                  struct register_answer *out, bool *found);

/* A certificate that a file brought, as it stood on day `on`. [LU5] */
err lookup_imported(struct app *app, struct tx *tx,
                    const struct imported_row *row, day on,
                    struct public_certificate *out);

/* Those of an enterprise, behind what *out has (struct public_certificate), up
 * to `most` of both. */
err lookup_add_imported(struct app *app, struct tx *tx, str uscc, day today,
                        size_t most, struct list *out);
/* The number, as it is written, of the certificate that goes by `number` as
 * people type it: of a sub-certificate, that of the main one.  ERR_NOT_FOUND
 * "lookup.number" (number). */
err lookup_main(struct tx *tx, struct arena *a, str number, str *out);

/* What stands under this number as it is written, without history and what
 * belongs to it; *found is false where nothing does. */
err lookup_written(struct app *app, struct tx *tx, str number, day today,
                   struct public_certificate *out, bool *found);

/* ACT_COUNT for an event that is none of the public's acts. */
enum public_act lookup_act(const struct event *e);

/* Expiry is shown on its day also before the program has entered it; there is
 * room for it in `changes`. */
void lookup_end_history(struct public_certificate *c,
                        struct public_change *changes);

/* The newest credential that the events tell of, into `c`, whose number is that
 * of the certificate or of a sub-certificate of it. */
err lookup_credential(struct app *app, struct tx *tx,
                      const struct event_list *events,
                      struct public_certificate *c);

/* Make the main certificate in `c`, as it stands on `today`, that of a site. */
void lookup_narrow(struct public_certificate *c, const struct sub_row *sub,
                   day today);

/* The sub-certificates `rows` (struct sub_row) of the main one in `c`. */
err lookup_carry(struct arena *a, struct public_certificate *c,
                 const struct list *rows, day today);

/* In each of `found` (struct public_certificate), the former name that holds
 * `words`, if any. */
err lookup_formerly(struct tx *tx, struct arena *a, str words,
                    const struct list *found);

/* What befell the sub-certificate in `c`, by the events of the main one; none:
 * what the row says. */
err lookup_sub_history(struct arena *a, const struct event_list *events,
                       const struct sub_row *sub, struct public_certificate *c);

/* --- many at once ------------------------------------------------------- */

/* A certificate on two days, without what a list has no room for: words of its
 * package, history, sub-certificates, family and credential. */
struct lookup_both {
    bool issued;                    /* on or before when->on; else .. */
    struct public_certificate then; /* .. this says nothing */
    struct public_certificate now;  /* on when->today */
    struct list others;             /* of str: names that once stood on it */
};

/* What lookup_certificate() and lookup_as_of() find, within a tx that is open
 * already, and of a day that is not to come.  One whose acts are not in the
 * journal stood as its row says.  ERR_NOT_FOUND "lookup.number" (number). */
err lookup_both(struct tx *tx, struct arena *a, str number,
                const struct as_of *when, struct lookup_both *out);

/* Is there a certificate, or a sub-certificate, whose number is written so? */
err lookup_holds(struct tx *tx, struct arena *a, str number, bool *out);

/* --- lists that nobody asked for in particular ------------------------- */

/* One on its way: what is shown, and what is left out. */
struct showing {
    struct app *app;
    struct tx *tx;
    day today;
    struct list shown;    /* room for every row */
    struct list left_out; /* of struct left_out, likewise */
};

/* Room for so many `rows`, each `size` bytes where it is shown. */
err showing_begin(struct showing *x, size_t rows, size_t size);

/* Count what was made in the next place of `shown`, or leave it out when `e`
 * says that it cannot be read; any other failure is passed on. */
err showing_add(struct showing *x, str name, err e);

/* Certificates: `rows` of struct certificate_row, and of those that could not
 * be read why not, as err. */
err showing_rows(struct showing *x, const struct list *rows,
                 const struct list *unreadable);

#endif
