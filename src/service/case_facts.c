#include "service/case_facts.h"

#include "base/arena.h"
#include "codec/json.h"
#include "domain/registers.h"
#include "domain/standing.h"
#include "service/case_library.h"
#include "service/kept.h"
#include "service/stream.h"
#include "service/typed.h"
#include "store/bookings.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/counters.h"
#include "store/people.h"
#include "sys/clock.h"

#include <stdio.h>

enum { HELD_PAGE = 100 }; /* certificates of an enterprise read at once */

static void add_person(struct case_facts *x, const struct person *p)
{
    x->people[x->facts.person_count++] = *p;
}

err case_person_days(struct tx *tx, id but, day from, struct person *p)
{
    struct arena *a = tx_arena(tx);
    struct list rows;
    struct busy *busy;

    TRY(booking_of_person(tx, a, p->id, but, from, &rows));
    busy = arena_array(a, rows.n, sizeof *busy);
    TRY_MEMORY(busy);
    for (size_t i = 0; i < rows.n; i++) {
        const struct booking_row *b = (const struct booking_row *)rows.p + i;

        busy[i] = (struct busy){ b->from, b->to, b->case_number };
    }
    p->busy = busy;
    p->busy_count = rows.n;
    return OK;
}

static err read_actor(struct app *, struct tx *tx, id key, void *out)
{
    return person_by_key(tx, key, out);
}

static const struct kept_kind actor_kind = { KEPT_PERSON, read_actor,
                                             sizeof(struct person) };

static err find_actor(struct tx *tx, struct case_facts *x)
{
    id key = x->order->who->actor.person;
    struct person p;

    if (id_is_zero(key))
        return OK;
    TRY(kept_register(x->app, tx, &actor_kind, key, &p));
    add_person(x, &p);
    return OK;
}

/* The actor, and whoever the command names; a login nobody has is left out,
 * and the rule that looks for it says so. */
static err find_people(struct tx *tx, struct case_facts *x,
                       const struct command *c)
{
    str names[NAMED_PEOPLE_MAX];
    size_t n = command_people(c, names, NAMED_PEOPLE_MAX);
    struct person p;

    x->facts.people = x->people;
    x->facts.person_count = 0;
    TRY(find_actor(tx, x));
    for (size_t i = 0; i < n; i++) {
        err e = person_by_name(tx, names[i], &p);

        if (err_is(e, ERR_NOT_FOUND))
            continue;
        TRY(e);
        add_person(x, &p);
    }
    /* Whose days a rule asks for has a name in the command. */
    for (size_t i = 0; n > 0 && i < x->facts.person_count; i++)
        TRY(case_person_days(tx, x->stream->id, x->facts.today, &x->people[i]));
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
    TRY(typed_number(tx_arena(tx), number, &number));
    err e = certificate_get(tx, tx_arena(tx), number, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return OK; /* the rule that looks for it says so */
    TRY(e);
    TRY(take_previous(tx, &row, &x->previous));
    x->facts.previous = &x->previous;
    return OK;
}

/* Is this one valid, under this scheme?  Then it is what the facts tell of. */
static err take_held(struct tx *tx, struct case_facts *x,
                     const struct certificate_row *row)
{
    if (!str_eq(row->scheme_id, x->file->state->scheme->id))
        return OK;
    TRY(take_previous(tx, row, &x->held));
    if (x->held.status == CERTIFICATE_VALID && x->facts.today <= x->held.until)
        x->facts.held = &x->held;
    return OK;
}

static err take_page(struct tx *tx, struct case_facts *x,
                     const struct list *found)
{
    const struct certificate_row *rows = found->p;

    for (size_t i = 0; i < found->n && x->facts.held == NULL; i++)
        TRY(take_held(tx, x, &rows[i]));
    return OK;
}

/* follow.c [FO4]: one of the enterprise under this scheme that is valid. */
static err find_held(struct tx *tx, struct case_facts *x)
{
    struct page page = { .limit = HELD_PAGE };
    const str uscc = x->file->enterprise.uscc;
    bool more = true;

    while (more && x->facts.held == NULL) {
        struct list found;

        TRY(certificate_list_of_uscc(tx, tx_arena(tx), uscc, &page, &found));
        TRY(take_page(tx, x, &found));
        more = found.n == HELD_PAGE;
        if (more)
            page.after =
                ((const struct certificate_row *)found.p)[found.n - 1].number;
    }
    return OK;
}

/* --- the enterprise's documents [M5] ------------------------------------ */

static err find_library(struct tx *tx, struct case_facts *x)
{
    struct list found;

    TRY(library_of(tx, x->file->enterprise.id, &found));
    x->facts.library = found.p;
    x->facts.library_count = found.n;
    return OK;
}

static err find_heads(struct tx *tx, struct case_facts *x)
{
    struct list heads;

    TRY(people_heads(tx, x->file->enterprise.id, &heads));
    x->facts.heads = heads.p;
    x->facts.head_count = heads.n;
    return OK;
}

static void take_lists(const struct register_entry *body, struct facts *out)
{
    if (body->approved != NULL) {
        out->approved = body->approved->bodies.p;
        out->approved_count = body->approved->bodies.n;
    }
    if (body->subsidies != NULL) {
        out->subsidies = body->subsidies->subsidies.p;
        out->subsidy_count = body->subsidies->subsidies.n;
    }
}

/* What the body's stream tells. */
struct body_known {
    struct body_history history;
    struct facts lists;
};

static err read_body(struct app *, struct tx *tx, id, void *out)
{
    struct register_entry entry;
    struct stream_row row;
    struct event_list events;
    struct body_known known = { .lists = { .at = 0 } };

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    TRY(stream_events(tx, tx_arena(tx), &row, &events));
    TRY(body_history_of(tx_arena(tx), &events, &known.history));
    register_begin(&entry, STREAM_BODY, row.id);
    for (const struct event *e = events.first; e != NULL; e = e->next)
        register_apply(&entry, e);
    take_lists(&entry, &known.lists);
    *(struct body_known *)out = known;
    return OK;
}

static const struct kept_kind body_kind = { KEPT_BODY, read_body,
                                            sizeof(struct body_known) };

/* The facts of the day, and the lists there are. [条例 9] */
static void take_body(const struct body_known *known, struct body *body,
                      struct facts *f)
{
    const struct body_stand *stand =
        body_history_on(&known->history, f->today, BODY_KNOWN_ALL);

    if (stand != NULL)
        *body = stand->body;
    f->body = body;
    f->approved = known->lists.approved;
    f->approved_count = known->lists.approved_count;
    f->subsidies = known->lists.subsidies;
    f->subsidy_count = known->lists.subsidy_count;
}

/* The one there is, whatever its id. */
static err find_body(struct tx *tx, struct case_facts *x)
{
    struct body_known known;

    TRY(kept_register(x->app, tx, &body_kind, (id){ { 0 } }, &known));
    take_body(&known, &x->body, &x->facts);
    return OK;
}

err case_facts_gather(struct tx *tx, struct case_facts *x,
                      const struct command *c)
{
    int64_t now = app_world_of(x->app)->clock->now(app_world_of(x->app)->clock);
    unsigned facts = command_facts(c->kind);

    x->facts = (struct facts){
        .at = now,
        .today =
            x->order->today == DAY_NEVER ? day_of_micros(now) : x->order->today,
        .calendar = app_calendar(x->app),
        .actor = x->order->who->actor,
        .channel = x->order->who->channel,
        .enterprise = &x->file->enterprise,
        .certificate = x->certificate,
        .journal_head = x->stream->head,
        .salt = x->salt,
    };
    leaf_salt(app_salt_key(x->app), &x->stream->head, S(RECORD_SALT),
              x->facts.record_key.b);
    TRY(find_body(tx, x));
    if ((facts & FACT_NUMBER) != 0)
        TRY(next_case_number(tx, x));
    if ((facts & FACT_SERIAL) != 0)
        TRY(next_serial(tx, x));
    if ((facts & FACT_LIBRARY) != 0)
        TRY(find_library(tx, x));
    if ((facts & FACT_HEADS) != 0)
        TRY(find_heads(tx, x));
    if ((facts & FACT_HELD) != 0)
        TRY(find_held(tx, x));
    TRY(find_previous(tx, x));
    return find_people(tx, x, c);
}

err cases_body_facts(struct app *app, struct arena *a,
                     const struct case_file *file, day today, struct facts *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct body *body = arena_zero(a, sizeof *body);
    struct facts made = {
        .today = today,
        .calendar = app_calendar(app),
        .enterprise = &file->enterprise,
    };
    struct body_known known;

    TRY_MEMORY(body);
    TRY(app_read(app, a, &tx));
    TRY(read_body(app, tx, (id){ { 0 } }, &known));
    take_body(&known, body, &made);
    *out = made;
    return OK;
}
