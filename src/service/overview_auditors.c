/*
 * overview_auditors -- who audits: their registration, what they are planned
 * for, and their ties.
 */

#include "base/arena.h"
#include "codec/utf8.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "service/overview_parts.h"
#include "store/bookings.h"
#include "store/people.h"

static const int64_t auditors = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT);

/* --- what they are planned for ------------------------------------------- */

/* How many days of a booking lie in from..to. */
static int64_t days_within(const struct booking_line *b, day from, day to)
{
    day first = b->from > from ? b->from : from;
    day last = b->to < to ? b->to : to;

    return last < first ? 0 : last - first + 1;
}

static int64_t days_planned(const struct list *bookings, day today)
{
    const struct booking_line *b = bookings->p;
    const struct span ahead = { OVERVIEW_AHEAD, SPAN_MONTHS };
    day to = span_end(NULL, today, ahead).on;
    int64_t days = 0;

    for (size_t i = 0; i < bookings->n; i++)
        days += days_within(&b[i], today, to);
    return days;
}

static err fill_line(const struct looking *l, const struct person_row *row,
                     struct list *bookings, struct auditor_line *out)
{
    struct person p;

    TRY(person_by_key(l->tx, row->id, &p));
    TRY(booking_list(l->tx, l->a, row->id, l->today, STORE_PAGE_MAX, bookings));
    *out = (struct auditor_line){
        .login = row->login,
        .name = row->name,
        .roles = (unsigned)row->roles,
        .left = row->state == PERSON_LEFT,
        .qualification = p.qualification,
        .days = days_planned(bookings, l->today),
    };
    return OK;
}

/* --- all of them --------------------------------------------------------- */

err overview_of_auditors(struct app *app, struct arena *a,
                         const struct session *who, day today, str after,
                         struct overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who, .today = today };
    const struct page page = { after, OVERVIEW_PAGE + 1 };
    struct auditor_line *lines;
    struct list bookings = { 0 };
    struct list rows = { 0 };

    *out = (struct overview){ .next = S("") };
    if (!overviews_open_to(who) || !utf8_is_text(after))
        return OK;
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(person_list_with_role(tx, a, auditors, &page, &rows));

    const struct person_row *row = rows.p;
    size_t n = looking_shown(&rows);
    lines = arena_array(a, n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < n; i++)
        TRY(fill_line(&l, &row[i], &bookings, &lines[i]));
    out->found = (struct list){ lines, n };
    out->next = n < rows.n ? row[n - 1].login : S("");
    return OK;
}

/* --- one of them --------------------------------------------------------- */

static err list_bookings(const struct looking *l, const struct list *rows,
                         struct list *out)
{
    const struct booking_line *b = rows->p;
    struct auditor_booking *found = arena_array(l->a, rows->n, sizeof *found);

    TRY_MEMORY(found);
    *out = (struct list){ found, 0 };
    for (size_t i = 0; i < rows->n; i++) {
        if (looking_may_read(l, b[i].enterprise))
            found[out->n++] = (struct auditor_booking){ b[i].case_number,
                                                        b[i].enterprise_name,
                                                        b[i].from, b[i].to };
    }
    return OK;
}

static err list_ties(const struct looking *l, id person, struct list *out)
{
    struct auditor_tie *ties;
    struct list rows;

    TRY(relation_list(l->tx, l->a, person, (id){ { 0 } }, STORE_PAGE_MAX,
                      &rows));
    ties = arena_array(l->a, rows.n, sizeof *ties);
    TRY_MEMORY(ties);

    const struct relation_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct enterprise_row e;

        TRY(enterprise_get(l->tx, l->a, r[i].enterprise, &e));
        ties[i] = (struct auditor_tie){ e.uscc, e.name, r[i].until };
    }
    *out = (struct list){ ties, rows.n };
    return OK;
}

static err find_auditor(const struct looking *l, str login,
                        struct person_row *out)
{
    err missing = err_new(l->a, ERR_NOT_FOUND, "register.no_auditor",
                          ARG_STR("login", login));

    if (!overviews_open_to(l->who) || !utf8_is_text(login))
        return missing;
    err e = person_by_login(l->tx, l->a, login, out);
    if (err_is(e, ERR_NOT_FOUND))
        return missing;
    TRY(e);
    return (out->roles & auditors) != 0 ? OK : missing;
}

err overview_of_auditor(struct app *app, struct arena *a,
                        const struct session *who, day today, str login,
                        struct auditor_overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who, .today = today };
    struct person_row row = { .login = S("") };
    struct list bookings;

    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(find_auditor(&l, login, &row));
    *out = (struct auditor_overview){
        .shows_ties = rights_may_read_ties(&who->actor, row.id),
    };
    TRY(fill_line(&l, &row, &bookings, &out->line));
    TRY(list_bookings(&l, &bookings, &out->bookings));
    return out->shows_ties ? list_ties(&l, row.id, &out->ties) : OK;
}
