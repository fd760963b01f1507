/*
 * bench/rebuild -- how long it takes to make every projection again.
 *
 *   build/bench/bench_rebuild DATA [EVENTS]      (a demonstration's folder,
 *                                                 which is filled up)
 *
 * The demonstration's enterprises, cases and certificates are put into the
 * store again and again, under ids and numbers of their own, each journal
 * sealed anew and what belongs there entered in the log, until there are EVENTS
 * events.  In turn:
 *
 *   rebuild  service/rebuild: every journal read, verified and folded, every
 *            row taken away and written again, in one transaction
 *   least    the same texts out of the store, hashed, and nothing done with
 *            them
 *
 * At last check_records() says that everything agrees.
 */

#include "installation.h"
#include "measure.h"

#include "base/size.h"
#include "crypto/hash.h"
#include "service/check.h"
#include "service/rebuild.h"
#include "service/sequence.h"
#include "service/stream.h"
#include "store/enterprises.h"
#include "store/journal.h"

#include <sys/resource.h>

enum {
    EVENTS = 1000000,
    EVENTS_MOST = 100000000,
    ROUNDS = 3,
    KEPT_ARENA = 256 << 20,
    COPY_ARENA = 256 << 20,
    STREAMS_MOST = 2000,
    NAME_MOST = 40,
};

static const enum stream_kind kinds[] = { STREAM_ENTERPRISE, STREAM_CASE,
                                          STREAM_CERTIFICATE };

/* A stream of the demonstration. */
struct source {
    enum stream_kind kind;
    struct stream_row row;
    struct list journal;              /* of struct journal_row */
    struct enterprise_row enterprise; /* of that kind only */
};

/* What it is called, and what its copy is called: both are as long. */
struct name {
    str old;
    char fresh[NAME_MOST];
};

struct bench {
    struct installation at;
    struct arena kept; /* what lives as long as the measuring */
    struct source sources[STREAMS_MOST];
    size_t n;
    int64_t events; /* of all sources together */
};

/* --- what is copied --------------------------------------------------- */

static void take(struct bench *b, struct tx *tx, enum stream_kind kind,
                 const struct stream_row *row)
{
    must(b->n < STREAMS_MOST, "the demonstration is too large");

    struct source *s = &b->sources[b->n++];
    *s = (struct source){ .kind = kind, .row = *row };
    ok(journal_read(tx, &b->kept, row->id, 0, &s->journal));
    if (kind == STREAM_ENTERPRISE)
        ok(enterprise_get(tx, &b->kept, row->id, &s->enterprise));
    b->events += (int64_t)s->journal.n;
}

static void read_sources(struct bench *b)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows;
    struct tx *tx;

    ok(app_read(b->at.app, &b->kept, &tx));
    for (size_t k = 0; k < COUNT(kinds); k++) {
        ok(stream_list(tx, &b->kept, str_of(stream_names[kinds[k]]), &page,
                       &rows));
        for (size_t i = 0; i < rows.n; i++)
            take(b, tx, kinds[k], (const struct stream_row *)rows.p + i);
    }
    tx_abort(&tx);
}

/* --- one copy of all of it -------------------------------------------- */

struct copying {
    struct bench *b;
    int64_t round;      /* from 1 */
    struct name *names; /* two a source: its id and its number */
};

static id copy_of(id old, int64_t round)
{
    for (size_t i = 0; i < sizeof round; i++)
        old.b[i] = (uint8_t)(old.b[i] ^ (uint64_t)round >> 8 * i);
    return old;
}

/* "B000123", as long as the number that it stands for. */
static void write_number(struct name *n, int64_t serial)
{
    must(n->old.n > 1 && n->old.n < NAME_MOST, "a number is too long");
    for (size_t i = n->old.n - 1; i > 0; i--) {
        n->fresh[i] = (char)('0' + serial % 10);
        serial /= 10;
    }
    n->fresh[0] = 'B';
}

static void name_copies(struct copying *c)
{
    struct arena *a = &c->b->kept;

    for (size_t i = 0; i < c->b->n; i++) {
        const struct source *s = &c->b->sources[i];
        struct name *key = &c->names[2 * i];
        struct name *number = &c->names[2 * i + 1];
        char digits[ID_TEXT];

        if (c->round == 1)
            must(arena_str(a, id_text(s->row.id, digits), &key->old), "memory");
        (void)id_text(copy_of(s->row.id, c->round), key->fresh);
        number->old = s->row.number;
        write_number(number, c->round * STREAMS_MOST + (int64_t)i);
    }
}

/* The text with every old name in it replaced. */
static str renamed(const struct copying *c, struct arena *a, str text)
{
    str fresh;

    must(arena_str(a, text, &fresh), "memory");
    char *begin = (char *)(uintptr_t)fresh.p; /* ours still */
    char *end = begin + fresh.n;
    for (size_t i = 0; i < 2 * c->b->n; i++) {
        const struct name *n = &c->names[i];
        char *at = begin;

        while ((at = memmem(at, (size_t)(end - at), n->old.p, n->old.n)) !=
               NULL) {
            memcpy(at, n->fresh, n->old.n);
            at += n->old.n;
        }
    }
    return fresh;
}

static err copy_enterprise(struct tx *tx, const struct copying *c,
                           const struct source *s)
{
    struct enterprise_row row = s->enterprise;

    row.id = copy_of(row.id, c->round);
    row.uscc = renamed(c, tx_arena(tx), row.uscc);
    return enterprise_put(tx, &row);
}

static err copy_stream(struct tx *tx, const struct copying *c,
                       const struct source *s)
{
    struct arena *a = tx_arena(tx);
    const struct journal_row *rows = s->journal.p;
    struct stream_row row = s->row;
    struct event_list events = { 0 };

    row.id = copy_of(row.id, c->round);
    row.number = renamed(c, a, row.number);
    row.version = 0;
    row.opened += c->round;
    row.head = (struct hash){ 0 };
    for (size_t i = 0; i < s->journal.n; i++) {
        struct event *e;

        TRY(event_read(a, renamed(c, a, rows[i].body), &e));
        e->at += c->round; /* so that no two leaves of the log are the same */
        event_list_add(&events, e);
    }
    TRY(stream_open(tx, &row));
    TRY(stream_append(tx, row.id, 0, &row.head, &events));
    TRY(stream_enter_log(tx, c->b->at.app, &events));
    return s->kind == STREAM_ENTERPRISE ? copy_enterprise(tx, c, s) : OK;
}

static err copy_all(struct tx *tx, void *context)
{
    const struct copying *c = context;

    for (size_t i = 0; i < c->b->n; i++)
        TRY(copy_stream(tx, c, &c->b->sources[i]));
    return OK;
}

static void fill(struct bench *b, int64_t events)
{
    struct copying c = { .b = b };
    struct rebuilt made;
    int64_t size;

    c.names = arena_zero(&b->kept, 2 * b->n * sizeof *c.names);
    must(c.names != NULL, "memory");
    for (c.round = 1; c.round * b->events < events; c.round++) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &b->at.heap, COPY_ARENA);
        name_copies(&c);
        ok(app_write(b->at.app, &a, copy_all, &c));
    }
    ok(rebuild(b->at.app, &b->kept, &made)); /* the log names certificates */
    ok(sequence_log(b->at.app, &b->kept, &size));
}

/* --- the measuring ---------------------------------------------------- */

static void hash_stream(struct tx *tx, struct arena *a,
                        const struct stream_row *stream)
{
    scoped(journal_end) struct journal_cursor c;
    struct journal_row row;
    bool found = true;

    journal_begin(&c, tx, stream->id, 0);
    for (;;) {
        struct hash hash;

        ok(journal_next(&c, a, &row, &found));
        if (!found)
            break;
        sha256(row.body.p, row.body.n, hash.b);
        must(hash_eq(&hash, &row.hash), "the journal was tampered with");
    }
}

static void hash_all(struct bench *b)
{
    struct tx *tx;

    ok(app_read(b->at.app, &b->kept, &tx));
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct page page = { .limit = STORE_PAGE_MAX };
        struct list rows;

        do {
            ok(stream_list(tx, &b->kept, str_of(stream_names[kinds[k]]), &page,
                           &rows));
            const struct stream_row *r = rows.p;
            for (size_t i = 0; i < rows.n; i++) {
                scoped(arena_end) struct arena a;

                arena_init(&a, &b->at.heap, COPY_ARENA);
                hash_stream(tx, &a, &r[i]);
            }
            if (rows.n > 0)
                page.after = r[rows.n - 1].number;
        } while (rows.n == STORE_PAGE_MAX);
    }
    tx_abort(&tx);
}

static double resident_mib(void)
{
    struct rusage used;

    must(getrusage(RUSAGE_SELF, &used) == 0, "getrusage");
    return (double)used.ru_maxrss / 1024;
}

int main(int argc, char **argv)
{
    static struct bench b;
    static struct series whole;
    static struct series bare;
    struct rebuilt made;
    struct check_counts counts;

    must(argc >= 2, "which folder?");
    installation_open(&b.at, argv[1], APP_WRITE);
    arena_init(&b.kept, &b.at.heap, KEPT_ARENA);
    read_sources(&b);
    fill(&b, number_of(argc, argv, 2, EVENTS_MOST, EVENTS));

    for (int i = 0; i < ROUNDS; i++) {
        double start = seconds_now();

        ok(rebuild(b.at.app, &b.kept, &made));
        series_add(&whole, seconds_now() - start);
        start = seconds_now();
        hash_all(&b);
        series_add(&bare, seconds_now() - start);
    }
    tell("rebuild.events", (double)made.events);
    tell("rebuild.cases", (double)made.cases);
    tell("rebuild.certificates", (double)made.certificates);
    tell("rebuild.seconds", series_median(&whole));
    tell("rebuild.micros_an_event",
         series_median(&whole) / (double)made.events * 1e6);
    tell("rebuild.to_least", series_ratio(&whole, &bare));
    tell("rebuild.hwm", resident_mib());
    ok(check_records(b.at.app, &b.kept, NULL, &counts));
    must(counts.cases == made.cases && counts.certificates == made.certificates,
         "the check has seen others");

    arena_end(&b.kept);
    installation_close(&b.at);
    return 0;
}
