#include "service/case_facts.h"

#include "base/arena.h"
#include "codec/json.h"
#include "domain/registers.h"
#include "domain/standing.h"
#include "service/stream.h"
#include "store/bookings.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/counters.h"
#include "store/people.h"
#include "sys/clock.h"

#include <stdio.h>

/* With the days they are planned for elsewhere. */
static err add_person(struct tx *tx, struct case_facts *x,
                      const struct person *p)
{
    struct arena *a = tx_arena(tx);
    struct person *added = &x->people[x->facts.person_count];
    struct list rows;
    struct busy *busy;

    TRY(booking_of_person(tx, a, p->id, x->stream->id, x->facts.today, &rows));
    busy = arena_array(a, rows.n, sizeof *busy);
    TRY_MEMORY(busy);
    for (size_t i = 0; i < rows.n; i++) {
        const struct booking_row *b = (const struct booking_row *)rows.p + i;

        busy[i] = (struct busy){ b->from, b->to, b->case_number };
    }
    *added = *p;
    added->busy = busy;
    added->busy_count = rows.n;
    x->facts.person_count++;
    return OK;
}

/* The actor, and whoever the command names; a login nobody has is left out,
 * and the rule that looks for it says so. */
static err find_people(struct tx *tx, struct case_facts *x,
                       const struct command *c)
{
    str names[NAMED_PEOPLE_MAX];
    size_t n = c->kind->people == NULL
                   ? 0
                   : c->kind->people(c->data, names, NAMED_PEOPLE_MAX);
    struct person p;

    x->facts.people = x->people;
    x->facts.person_count = 0;
    if (!id_is_zero(x->order->who->actor.person)) {
        TRY(person_by_key(tx, x->order->who->actor.person, &p));
        TRY(add_person(tx, x, &p));
    }
    for (size_t i = 0; i < n; i++) {
        err e = person_by_name(tx, names[i], &p);

        if (err_is(e, ERR_NOT_FOUND))
            continue;
        TRY(e);
        TRY(add_person(tx, x, &p));
    }
    return OK;
}

/* "C2026-0001", the next of the year. */
static err next_case_number(struct tx *tx, struct case_facts *x)
{
    char name[40];
    char number[40];
    int32_t year = date_of_day(x->facts.today).year;
    int64_t n;

    (void)snprintf(name, sizeof name, "case/%d", year);
    TRY(counter_next(tx, str_of(name), &n));
    (void)snprintf(number, sizeof number, "C%d-%04lld", year, (long long)n);
    TRY_MEMORY(arena_str(tx_arena(tx), str_of(number), &x->facts.case_number));
    return OK;
}

/* The serial of a certificate counts by year and is used only if it is
 * issued: the transaction that does not issue gives it back. */
static err next_serial(struct tx *tx, struct case_facts *x)
{
    char name[40];

    (void)snprintf(name, sizeof name, "certificate/%d",
                   date_of_day(x->facts.today).year);
    return counter_next(tx, str_of(name), &x->facts.serial);
}

/* How it stands by its own stream; by its row, where the journal does not have
 * its acts. */
static err take_previous(struct tx *tx, const struct certificate_row *row,
                         struct previous *out)
{
    struct event_list events;
    struct standing s = { .status = (enum certificate_status)row->status };

    TRY(stream_events_known(tx, tx_arena(tx), row->id, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        standing_apply(&s, e);
    *out = (struct previous){
        .number = row->number,
        .enterprise = row->enterprise,
        .scheme = row->scheme_id,
        .criterion = row->criterion,
        .level = row->level_id,
        .status = s.status,
        .until = row->valid_until,
        .first_issued = row->first_issued,
    };
    if (s.certificate != NULL)
        out->recertifications = (int32_t)s.certificate->recertifications;
    return OK;
}

/* The certificate this case follows on, or wants to. */
static err find_previous(struct tx *tx, struct case_facts *x)
{
    const struct case_opened *opened = x->file->state->opened;
    str number = opened != NULL ? opened->previous
                                : json_get_str(x->order->data, S("previous"));
    struct certificate_row row;

    if (number.n == 0)
        return OK;
    err e = certificate_get(tx, tx_arena(tx), number, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return OK; /* the rule that looks for it says so */
    TRY(e);
    TRY(take_previous(tx, &row, &x->previous));
    x->facts.previous = &x->previous;
    return OK;
}

/* --- the enterprise's documents [M5] ------------------------------------ */

struct collecting {
    struct library_item *items; /* room for as many as are counted */
    size_t n;
};

static bool is_document(const struct event *e)
{
    return strcmp(e->kind->name, "document.added") == 0;
}

static err collect_case(struct tx *tx, const struct case_row *row,
                        struct collecting *c)
{
    struct stream_row stream;
    struct event_list events;
    struct library_item *items;

    TRY(stream_get(tx, tx_arena(tx), row->id, &stream));
    TRY(stream_events(tx, tx_arena(tx), &stream, &events));
    items = arena_array(tx_arena(tx), c->n + events.n, sizeof *items);
    TRY_MEMORY(items);
    if (c->n > 0)
        memcpy(items, c->items, c->n * sizeof *items);
    c->items = items;
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (is_document(e))
            items[c->n++] = (struct library_item){ row->number, row->scheme_id,
                                                   e->data, e->on };
    }
    return OK;
}

/* Of this enterprise and no other: whatever stands here may be shown. */
static err find_library(struct tx *tx, struct case_facts *x)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct collecting c = { 0 };
    struct list rows;

    do {
        TRY(case_list_of_enterprise(tx, tx_arena(tx), x->file->enterprise.id,
                                    &page, &rows));
        const struct case_row *row = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(collect_case(tx, &row[i], &c));
        if (rows.n > 0)
            page.after = row[rows.n - 1].number;
    } while (rows.n == STORE_PAGE_MAX);
    x->facts.library = c.items;
    x->facts.library_count = c.n;
    return OK;
}

static bool takes_over(const struct command *c)
{
    return strcmp(c->kind->name, "document.reuse") == 0 ||
           strcmp(c->kind->name, "documents.take_over") == 0;
}

err body_now(struct tx *tx, const struct app *app, struct body *out)
{
    struct register_entry entry;
    struct stream_row row;
    struct event_list events;

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    TRY(stream_events(tx, tx_arena(tx), &row, &events));
    register_begin(&entry, STREAM_BODY, row.id);
    for (const struct event *e = events.first; e != NULL; e = e->next)
        register_apply(&entry, e);
    *out = *app_body(app);
    out->fields = entry.fields.p;
    out->field_count = entry.fields.n;
    return OK;
}

err case_facts_gather(struct tx *tx, struct case_facts *x,
                      const struct command *c)
{
    int64_t now = app_world_of(x->app)->clock->now(app_world_of(x->app)->clock);

    x->facts = (struct facts){
        .at = now,
        .today =
            x->order->today == DAY_NEVER ? day_of_micros(now) : x->order->today,
        .calendar = app_calendar(x->app),
        .actor = x->order->who->actor,
        .channel = x->order->who->channel,
        .body = &x->body,
        .enterprise = &x->file->enterprise,
        .certificate = x->certificate,
        .journal_head = x->stream->head,
    };
    TRY(body_now(tx, x->app, &x->body));
    if (strcmp(c->kind->name, "case.open") == 0)
        TRY(next_case_number(tx, x));
    if (strcmp(c->kind->name, "certificate.issue") == 0)
        TRY(next_serial(tx, x));
    if (takes_over(c))
        TRY(find_library(tx, x));
    TRY(find_previous(tx, x));
    return find_people(tx, x, c);
}
