/*
 * bench/tick -- what a day does by itself, over many certificates that run.
 *
 *   build/bench/bench_tick DATA        (a demonstration's folder, to be filled)
 *
 * LIVE certificates that a body's cases hold, their last days spread over three
 * years, so that EACH of them end every day; whoever ends has a whole journal,
 * a copy of a demonstration's case under ids of its own, for that is opened.
 *
 *   first   the first run of all: every task that is there or overdue is told
 *   day     a run of each day after: EACH certificates expire, durably one by
 *           one, and what came up and what is overdue is told
 *   again   the same day once more: nothing is left to do
 */

#include "installation.h"
#include "measure.h"

#include "domain/standing.h"
#include "service/case_parts.h"
#include "service/project.h"
#include "service/stream.h"
#include "service/tick.h"
#include "store/certificates.h"

#include <stdio.h>

enum {
    LIVE = 50000,
    YEARS_OF_DAYS = 3 * 365,
    EACH = LIVE / YEARS_OF_DAYS + 1,
    ROUNDS = 5,
    CHUNK = 1000, /* certificates in a transaction while filling */
    RUN_ARENA = 64 << 20,
};

struct bench {
    struct installation at;
    struct arena kept; /* what lives as long as the measuring */
    day first;         /* the day of the first run: the demonstration's own
                          certificates are over */
    /* the demonstration's case that is copied */
    struct certificate_row row;
    struct case_row of_case;
    struct case_file file;
    struct event_list events; /* of its certificate */
    struct list tasks;
    int32_t from; /* the chunk that is written next */
};

/* --- the case that is copied ------------------------------------------ */

static err choose(struct bench *b, struct tx *tx)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct stream_row stream;
    struct list rows;
    size_t i = 0;

    TRY(certificate_list(tx, &b->kept, &page, &rows));

    const struct certificate_row *r = rows.p;
    while (i < rows.n && r[i].status != CERTIFICATE_VALID)
        i++;
    must(i < rows.n, "no certificate of the demonstration is valid");
    b->row = r[i];
    for (i = 0; i < rows.n; i++)
        b->first =
            r[i].valid_until >= b->first ? r[i].valid_until + 1 : b->first;
    TRY(case_get(tx, &b->kept, b->row.of_case, &b->of_case));
    TRY(stream_get(tx, &b->kept, b->row.of_case, &stream));
    TRY(case_fold(b->at.app, tx, &b->kept, &stream, &b->file));
    TRY(stream_get(tx, &b->kept, b->row.id, &stream));
    TRY(stream_events(tx, &b->kept, &stream, &b->events));
    return task_list_of_case(tx, &b->kept, b->row.of_case, &b->tasks);
}

static void read_case(struct bench *b)
{
    scoped(tx_abort) struct tx *tx = NULL;

    ok(app_read(b->at.app, &b->kept, &tx));
    ok(choose(b, tx));
}

/* --- copies ----------------------------------------------------------- */

/* The i-th copy: its ids, its numbers, its last day. */
struct copy {
    id of_case;
    id certificate;
    char case_number[24];
    char number[24];
    day until;
};

static id id_of(int32_t i, uint8_t kind)
{
    id x = { { kind, 0xBE } };

    memcpy(x.b + 8, &i, sizeof i);
    return x;
}

static struct copy copy_of(const struct bench *b, int32_t i)
{
    struct copy c = {
        .of_case = id_of(i, 1),
        .certificate = id_of(i, 2),
        .until = b->first + i / EACH,
    };

    (void)snprintf(c.case_number, sizeof c.case_number, "B%08d", i);
    (void)snprintf(c.number, sizeof c.number, "B%08dR0M", i);
    return c;
}

/* What an event says, with what is the copy's own. */
static const void *own_data(struct arena *a, const struct copy *c,
                            const struct event *e)
{
    struct certificate *made;
    struct case_opened *opened;

    if (strcmp(e->kind->name, "case.opened") == 0) {
        opened = arena_zero(a, sizeof *opened);
        *opened = *(const struct case_opened *)e->data;
        opened->number = str_of(c->case_number);
        return opened;
    }
    if (strcmp(e->kind->name, "certificate.recorded") != 0 &&
        strcmp(e->kind->name, "certificate.issued") != 0)
        return e->data;
    made = arena_zero(a, sizeof *made);
    *made = *(const struct certificate *)e->data;
    made->certificate = c->certificate;
    made->case_id = c->of_case;
    made->number = str_of(c->number);
    made->until = c->until;
    return made;
}

static struct event_list copied(struct arena *a, const struct copy *c,
                                const struct event_list *from)
{
    struct event_list to = { 0 };

    for (const struct event *e = from->first; e != NULL; e = e->next) {
        struct event *own = arena_zero(a, sizeof *own);

        *own = *e;
        own->next = NULL;
        own->data = own_data(a, c, e);
        event_list_add(&to, own);
    }
    return to;
}

static err append(struct tx *tx, id stream, const char *kind, str number,
                  struct event_list *events)
{
    const struct stream_row row = { .id = stream,
                                    .kind = str_of(kind),
                                    .number = number,
                                    .opened = events->first->at };

    TRY(stream_open(tx, &row));
    return stream_append(tx, stream, 0, &row.head, events);
}

/* With its journals, for those that will be opened. */
static err put_whole(struct bench *b, struct tx *tx, const struct copy *c)
{
    struct arena *a = tx_arena(tx);
    struct event_list events = copied(a, c, &b->file.events);
    struct event_list own = copied(a, c, &b->events);
    struct standing standing = { 0 };
    struct state *s;

    TRY(append(tx, c->of_case, "case", str_of(c->case_number), &events));
    TRY(append(tx, c->certificate, "certificate", str_of(c->number), &own));
    TRY(state_new(a, b->file.state->scheme, &s));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        apply(s, e);
    for (const struct event *e = own.first; e != NULL; e = e->next)
        standing_apply(&standing, e);
    TRY(certificate_project(tx, &standing, b->file.enterprise.id));
    return case_project(b->at.app, tx, s, str_of(c->case_number), NULL, NULL);
}

/* The rows alone, for those that no run opens; their tasks moved as far as
 * their last day is. */
static err put_rows(struct bench *b, struct tx *tx, const struct copy *c)
{
    day by = c->until - b->row.valid_until;
    struct certificate_row certificate = b->row;
    struct case_row of_case = b->of_case;

    of_case.id = c->of_case;
    of_case.number = str_of(c->case_number);
    of_case.certificate = str_of(c->number);
    certificate.id = c->certificate;
    certificate.of_case = c->of_case;
    certificate.number = str_of(c->number);
    certificate.valid_until = c->until;
    TRY(case_put(tx, &of_case));
    TRY(certificate_put(tx, &certificate));
    for (size_t i = 0; i < b->tasks.n; i++) {
        struct task_row t = ((const struct task_row *)b->tasks.p)[i];

        t.of_case = c->of_case;
        t.opens += by;
        t.due += t.due == DAY_NEVER ? 0 : by;
        TRY(task_put(tx, &t));
    }
    return OK;
}

static bool is_opened(int32_t i)
{
    return i < EACH * ROUNDS;
}

static err put_chunk(struct tx *tx, void *context)
{
    struct bench *b = context;

    for (int32_t i = b->from; i < b->from + CHUNK && i < LIVE; i++) {
        struct copy c = copy_of(b, i);

        TRY(is_opened(i) ? put_whole(b, tx, &c) : put_rows(b, tx, &c));
    }
    return OK;
}

static void fill(struct bench *b)
{
    for (b->from = 0; b->from < LIVE; b->from += CHUNK) {
        struct arena a;

        arena_init(&a, &b->at.heap, 1 << 30);
        ok(app_write(b->at.app, &a, put_chunk, b));
        arena_end(&a);
    }
}

/* --- the measuring ---------------------------------------------------- */

struct measured {
    struct series day;
    struct series again;
    struct series told; /* notices a day */
};

static double run(struct bench *b, day today, struct tick_made *made)
{
    struct arena a;
    double seconds;

    arena_init(&a, &b->at.heap, RUN_ARENA);
    seconds = -seconds_now();
    ok(tick(b->at.app, &a, today, made));
    seconds += seconds_now();
    must(made->failed == 0, "a case could not be opened");
    arena_end(&a);
    return seconds;
}

/* `expired` is gone with the run's arena; its count is not. */
static void one_round(struct bench *b, day today, struct measured *m)
{
    struct tick_made made;

    series_add(&m->day, run(b, today, &made));
    must(made.expired.n == EACH, "other certificates expired");
    series_add(&m->told, (double)(made.told.opened + made.told.overdue));
    series_add(&m->again, run(b, today, &made));
    must(made.expired.n == 0, "something was left to do");
    must(made.told.opened + made.told.overdue == 0, "told twice");
}

int main(int argc, char **argv)
{
    static struct bench b;
    static struct measured m;
    struct tick_made made;

    must(argc == 2, "which folder?");
    installation_open(&b.at, argv[1], APP_WRITE);
    arena_init(&b.kept, &b.at.heap, RUN_ARENA);
    read_case(&b);
    fill(&b);
    tell("tick.live", LIVE);
    tell("tick.first_seconds", run(&b, b.first, &made));
    tell("tick.first_told", (double)(made.told.opened + made.told.overdue));
    for (day d = b.first + 1; d <= b.first + ROUNDS; d++)
        one_round(&b, d, &m);
    tell("tick.expired", EACH);
    tell("tick.told", series_median(&m.told));
    tell("tick.day_seconds", series_median(&m.day));
    tell("tick.again_millis", 1e3 * series_median(&m.again));
    arena_end(&b.kept);
    installation_close(&b.at);
    return 0;
}
