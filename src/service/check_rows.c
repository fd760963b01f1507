/*
 * check_rows -- [CK2] the other way: a row that no stream says was put there
 * by hand, a certificate that nobody issued say; and [CK6] the files.
 */

#include "service/check_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "base/size.h"
#include "crypto/hash.h"
#include "service/agree.h"
#include "service/case_parts.h"
#include "service/stream.h"
#include "store/blob.h"
#include "store/bookings.h"
#include "store/certificates.h"
#include "store/complaints.h"
#include "store/credentials.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/tasks.h"

/* Where a page of a table goes on; both keys of the last row. */
struct place {
    str after;
    id after_id;
    struct hash after_hash;
    bool end; /* there are no more */
};

/* A table, as far as it is read: a page into `rows`, and then row by row. */
struct table {
    err (*page)(struct tx *tx, struct arena *a, const struct place *from,
                struct list *rows);
    /* Row i: where the next page goes on after it, the stream it stands for,
     * and its name for people. */
    void (*row)(const struct list *rows, size_t i, struct place *next,
                id *stream, str *name);
    enum stream_kind kind;
};

static struct page page_at(const struct place *from)
{
    return (struct page){ from->after, CHECK_PAGE };
}

/* --- the tables ------------------------------------------------------- */

static err page_of_cases(struct tx *tx, struct arena *a,
                         const struct place *from, struct list *rows)
{
    struct page page = page_at(from);

    return case_list(tx, a, &page, rows);
}

static void row_of_cases(const struct list *rows, size_t i, struct place *next,
                         id *stream, str *name)
{
    const struct case_row *r = (const struct case_row *)rows->p + i;

    next->after = r->number;
    *stream = r->id;
    *name = r->number;
}

static err page_of_certificates(struct tx *tx, struct arena *a,
                                const struct place *from, struct list *rows)
{
    struct page page = page_at(from);

    return certificate_list(tx, a, &page, rows);
}

static void row_of_certificates(const struct list *rows, size_t i,
                                struct place *next, id *stream, str *name)
{
    const struct certificate_row *r =
        (const struct certificate_row *)rows->p + i;

    next->after = r->number;
    *stream = r->id;
    *name = r->number;
}

static err page_of_enterprises(struct tx *tx, struct arena *a,
                               const struct place *from, struct list *rows)
{
    struct page page = page_at(from);

    return enterprise_list(tx, a, &page, from->after_id, rows);
}

static void row_of_enterprises(const struct list *rows, size_t i,
                               struct place *next, id *stream, str *name)
{
    const struct enterprise_row *r = (const struct enterprise_row *)rows->p + i;

    next->after = r->name;
    next->after_id = r->id;
    *stream = r->id;
    *name = r->uscc;
}

static err page_of_people(struct tx *tx, struct arena *a,
                          const struct place *from, struct list *rows)
{
    struct page page = page_at(from);

    return person_list(tx, a, &page, rows);
}

static void row_of_people(const struct list *rows, size_t i, struct place *next,
                          id *stream, str *name)
{
    const struct person_row *r = (const struct person_row *)rows->p + i;

    next->after = r->login;
    *stream = r->id;
    *name = r->login;
}

static const struct table tables[] = {
    { page_of_cases, row_of_cases, STREAM_CASE },
    { page_of_certificates, row_of_certificates, STREAM_CERTIFICATE },
    { page_of_enterprises, row_of_enterprises, STREAM_ENTERPRISE },
    { page_of_people, row_of_people, STREAM_PERSON },
};

/* --- row by row ------------------------------------------------------- */

static err nobody_said(struct arena *a, str name)
{
    return err_new(a, ERR_CORRUPT, "check.row", ARG_STR("name", name));
}

static err check_row(struct tx *tx, struct arena *a, enum stream_kind kind,
                     id stream, str name)
{
    struct stream_row row;
    err e = stream_get(tx, a, stream, &row);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (failed(e) || !str_eq(row.kind, str_of(stream_names[kind])))
        return nobody_said(a, name);
    return OK;
}

struct reading {
    const struct table *table;
    struct place *place;
};

static err check_page(struct checking *c, struct arena *a, void *what)
{
    const struct reading *r = what;
    struct place next = *r->place;
    struct list rows;

    TRY(r->table->page(c->tx, a, r->place, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        id stream;
        str name;

        r->table->row(&rows, i, &next, &stream, &name);
        TRY(check_row(c->tx, a, r->table->kind, stream, name));
    }
    next.end = rows.n < CHECK_PAGE;
    if (!next.end) /* the key must outlive the page */
        TRY_MEMORY(arena_str(c->kept, next.after, &next.after));
    *r->place = next;
    return OK;
}

static err check_table(struct checking *c, const struct table *table)
{
    struct place place = { 0 };
    struct reading r = { table, &place };

    while (!place.end)
        TRY(check_apart(c, check_page, &r));
    return OK;
}

/* --- packages, whose streams are one a name --------------------------- */

static err check_frozen(struct checking *c, struct arena *a,
                        const struct scheme_row *row)
{
    struct event_list events;
    struct stream_row stream;
    err e = stream_by_number(c->tx, a, str_of(stream_names[STREAM_SCHEME]),
                             row->id, &stream);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (failed(e))
        return nobody_said(a, row->id);
    TRY(stream_events(c->tx, a, &stream, &events));
    return agree_scheme(row, &events) ? OK : nobody_said(a, row->id);
}

static err check_packages(struct checking *c, struct arena *a, void *what)
{
    struct place *place = what;
    struct list rows;

    TRY(scheme_list(c->tx, a, &place->after_hash, CHECK_PAGE, &rows));

    const struct scheme_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(check_frozen(c, a, &r[i]));
        place->after_hash = r[i].hash;
    }
    place->end = rows.n < CHECK_PAGE;
    return OK;
}

/* Those of every case were found; more than that are of none. */
static err check_booked(struct checking *c)
{
    int64_t n;

    TRY(booking_count(c->tx, &n));
    return n == c->booked ? OK : nobody_said(c->kept, S("booking"));
}

static err check_complaints(struct checking *c)
{
    int64_t n;

    TRY(complaint_count(c->tx, &n));
    return n == c->complaints ? OK : nobody_said(c->kept, S("complaint"));
}

/* Each event found its credential; more than those are of none. */
static err check_credentials(struct checking *c)
{
    int64_t n;

    TRY(credential_count(c->tx, &n));
    return n == c->credentials ? OK : nobody_said(c->kept, S("credential"));
}

/* --- what waits, which has no stream of its own ------------------------- */

static err check_strays(struct checking *c, struct arena *a, void *)
{
    str kind;
    bool found;

    TRY(task_find_stray(c->tx, a, &kind, &found));
    return found ? nobody_said(a, kind) : case_counts_check_sums(c->tx);
}

err check_rows(struct checking *c)
{
    struct place place = { 0 };

    for (size_t i = 0; i < COUNT(tables); i++)
        TRY(check_table(c, &tables[i]));
    while (!place.end)
        TRY(check_apart(c, check_packages, &place));
    TRY(check_booked(c));
    TRY(check_complaints(c));
    TRY(check_credentials(c));
    return check_apart(c, check_strays, NULL);
}

/* --- files [CK6] ------------------------------------------------------ */

static err check_file(struct checking *c, struct arena *a, void *what)
{
    const struct blob_row *row = what;
    const struct blobs blobs = { app_world_of(c->app)->files,
                                 app_blob_folder(c->app) };
    struct hash hash;
    str bytes;
    str name;

    TRY(blob_read(&blobs, a, row, &bytes));
    sha256(bytes.p, bytes.n, hash.b);
    if (hash_eq(&hash, &row->hash))
        return OK;
    TRY(hex_text(a, row->hash.b, sizeof row->hash.b, &name));
    return err_new(a, ERR_CORRUPT, "check.file", ARG_STR("hash", name));
}

static err check_page_of_files(struct checking *c, struct arena *a, void *what)
{
    struct place *place = what;
    struct list rows;

    TRY(blob_list(c->tx, a, &place->after_hash, CHECK_PAGE, &rows));

    struct blob_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(check_apart(c, check_file, &r[i]));
        place->after_hash = r[i].hash;
    }
    place->end = rows.n < CHECK_PAGE;
    return OK;
}

err check_files(struct checking *c)
{
    struct place place = { 0 };

    while (!place.end)
        TRY(check_apart(c, check_page_of_files, &place));
    return OK;
}
