/*
 * bench/replay -- how long it takes to know a case again from its journal.
 *
 *   build/bench/bench_replay DATA        (a demonstration's folder)
 *
 * The longest journal that has been through a surveillance is taken as it lies
 * in the store.  In turn:
 *
 *   replay   every text read, its hash and its place in the chain verified,
 *            the events folded into a state, the state's invariant checked
 *   least    the same texts hashed by libsodium and parsed by jansson, and
 *            nothing done with what came out
 *   loaded   what a command or a page does: the same out of the store
 */

#include "installation.h"
#include "measure.h"

#include "codec/jansson.h"
#include "domain/state.h"
#include "service/cases.h"
#include "store/journal.h"

#include <sodium.h>

enum { ROUNDS = 101, BATCH = 10, CASE_ARENA = 64 << 20 };

struct bench {
    struct installation at;
    struct arena kept; /* what lives as long as the measuring */
    struct tx *tx;
    const struct scheme *scheme;
    struct stream_row stream;
    const struct journal_row *rows;
    size_t n;
};

/* --- the case --------------------------------------------------------- */

/* Two decisions were signed: the application's, and a round's. */
static bool has_been_surveyed(const struct journal_row *rows, size_t n)
{
    int signed_decisions = 0;

    for (size_t i = 0; i < n; i++)
        signed_decisions += str_eq(rows[i].type, S("decision.signed"));
    return signed_decisions > 1;
}

static void choose_case(struct bench *b)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list streams;

    ok(stream_list(b->tx, &b->kept, S("case"), &page, &streams));
    for (size_t i = 0; i < streams.n; i++) {
        const struct stream_row *s = (const struct stream_row *)streams.p + i;
        struct list rows;

        ok(journal_read(b->tx, &b->kept, s->id, 0, &rows));
        if (rows.n <= b->n || !has_been_surveyed(rows.p, rows.n))
            continue;
        b->stream = *s;
        b->rows = rows.p;
        b->n = rows.n;
    }
    must(b->n > 0, "no case has been through a surveillance");
}

static void find_scheme(struct bench *b)
{
    struct event *e;

    ok(event_read(&b->kept, b->rows[0].body, &e));
    const struct case_opened *opened = e->data;
    ok(app_scheme(b->at.app, b->tx, &opened->scheme_hash, &b->scheme));
}

/* --- replay ----------------------------------------------------------- */

static void replay(struct bench *b, size_t n)
{
    scoped(arena_end) struct arena a;
    struct hash prev = { 0 };
    struct state *s;

    arena_init(&a, &b->at.heap, CASE_ARENA);
    ok(state_new(&a, b->scheme, &s));
    for (size_t i = 0; i < n; i++) {
        struct event *e;

        ok(event_read(&a, b->rows[i].body, &e));
        must(event_follows(e, b->stream.id, b->rows[i].version, &prev) &&
                 memcmp(&e->hash, &b->rows[i].hash, sizeof e->hash) == 0,
             "the journal was tampered with");
        prev = e->hash;
        apply(s, e);
    }
    must(state_invariant(s) == NULL, "the case breaks an invariant");
}

static void replay_all(struct bench *b)
{
    replay(b, b->n);
}

static void least(struct bench *b)
{
    for (size_t i = 0; i < b->n; i++) {
        str text = b->rows[i].body;
        uint8_t hash[crypto_hash_sha256_BYTES];
        json_t *parsed =
            json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);

        (void)crypto_hash_sha256(hash, (const unsigned char *)text.p, text.n);
        must(parsed != NULL &&
                 memcmp(hash, b->rows[i].hash.b, sizeof hash) == 0,
             "the journal was tampered with");
        json_decref(parsed);
    }
}

static void load(struct bench *b)
{
    static const struct session quality = {
        .actor = { .roles = ROLE_BIT(ROLE_QUALITY) },
        .channel = S_INIT("bench"),
    };
    scoped(arena_end) struct arena a;
    struct case_file file;

    arena_init(&a, &b->at.heap, CASE_ARENA);
    ok(cases_load(b->at.app, &a, &quality, b->stream.number, &file));
    must(file.events.n == b->n, "the case is another one");
}

/* --- the measuring ---------------------------------------------------- */

typedef void way(struct bench *b);

/* Microseconds for one. */
static double time_of(struct bench *b, way *w)
{
    double start = seconds_now();

    for (int i = 0; i < BATCH; i++)
        w(b);
    return (seconds_now() - start) / BATCH * 1e6;
}

static double bytes_of(const struct bench *b)
{
    double bytes = 0;

    for (size_t i = 0; i < b->n; i++)
        bytes += (double)b->rows[i].body.n;
    return bytes;
}

int main(int argc, char **argv)
{
    static struct bench b;
    static struct series whole;
    static struct series bare;
    static struct series loaded;

    must(argc == 2, "which folder?");
    installation_open(&b.at, argv[1], APP_READ);
    arena_init(&b.kept, &b.at.heap, CASE_ARENA);
    ok(app_read(b.at.app, &b.kept, &b.tx));
    choose_case(&b);
    find_scheme(&b);
    tx_abort(&b.tx);

    for (int i = 0; i < ROUNDS; i++) {
        series_add(&whole, time_of(&b, replay_all));
        series_add(&bare, time_of(&b, least));
        series_add(&loaded, time_of(&b, load));
    }
    tell("replay.events", (double)b.n);
    tell("replay.bytes", bytes_of(&b));
    tell("replay.micros", series_median(&whole));
    tell("replay.micros_an_event", series_median(&whole) / (double)b.n);
    tell("replay.least_micros", series_median(&bare));
    tell("replay.to_least", series_ratio(&whole, &bare));
    tell("replay.loaded_micros", series_median(&loaded));

    arena_end(&b.kept);
    installation_close(&b.at);
    return 0;
}
