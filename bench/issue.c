/*
 * bench/issue -- certificates issued in bulk, durably, all of it but the paper.
 *
 *   build/bench/bench_issue DATA       (a demonstration's folder, to be filled)
 *
 * A case of the demonstration as it stood before its certificate is copied
 * again and again under ids and numbers of its own.  CLIENTS clients then
 * issue, each the next one, through the service as everybody does: request
 * hashed, case folded, decided, events sealed and appended, credential drawn an
 * index, made and signed as JSON, as token and as code, entered in the log,
 * register, lists and tasks projected, answer written, on disk when it returns.
 *
 *   warm   cases that were at work before, so that their states are kept, as
 *          after the decision a moment ago; BATCH at once, no more are kept
 *   cold   cases whose journals are read, verified and folded first
 *   log    what was entered is given its index and signed, each journal a leaf
 *          comes from read first
 *   keys   the three Ed25519 signatures a certificate needs, alone, and how
 *          long it takes to make a key pair of its seed
 *   rows   the very rows that a warm batch left, straight into SQLite in as
 *          many transactions (written.h)
 */

#include "installation.h"
#include "measure.h"
#include "raw.h"
#include "written.h"

#include "auth/session.h"
#include "base/size.h"
#include "codec/json.h"
#include "crypto/sign.h"
#include "service/case_parts.h"
#include "service/cases.h"
#include "service/check.h"
#include "service/credentials.h"
#include "service/kept.h"
#include "service/sequence.h"
#include "service/stream.h"
#include "store/certificates.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum {
    CLIENTS = 64,
    BATCH = 80,
    BATCHES = 4, /* warm ones, a round */
    COLD = 80,
    EACH = BATCH * BATCHES + COLD, /* cases a round */
    ROUNDS = 5,
    CASES = EACH * ROUNDS,
    CHUNK = 200, /* cases in a transaction while filling */
    SIGNINGS = 500,
    KEPT_ARENA = 64 << 20,
    CALL_ARENA = 8 << 20,
    FILL_ARENA = 1 << 30,
};

struct bench {
    struct installation at;
    struct arena kept; /* what lives as long as the measuring */
    struct session who;
    const char *folder;
    struct case_file file;    /* the case that is copied, */
    struct event_list events; /* as far as it is */
    int32_t from;             /* the chunk that is written next */
    _Atomic int32_t next;     /* the case that is issued next .. */
    int32_t end;              /* .. and the first that is not */
    pthread_barrier_t start;
    _Atomic int64_t of_clients; /* nanoseconds of CPU that clients took */
    int64_t of_writer;          /* and the writer's thread, ever */
};

/* --- the case that is copied ------------------------------------------- */

static struct event_list before_certificate(struct arena *a,
                                            const struct event_list *all)
{
    struct event_list made = { 0 };

    for (const struct event *e = all->first;
         e != NULL && strcmp(e->kind->name, "certificate.recorded") != 0;
         e = e->next) {
        struct event *own = arena_zero(a, sizeof *own);

        must(own != NULL, "memory");
        *own = *e;
        own->next = NULL;
        event_list_add(&made, own);
    }
    return made;
}

/* A first certificate, not one that follows on another. */
static err choose(struct bench *b, struct tx *tx)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct stream_row stream;
    struct list rows;

    TRY(certificate_list(tx, &b->kept, &page, &rows));
    for (size_t i = 0; i < rows.n && b->events.n == 0; i++) {
        const struct certificate_row *r =
            (const struct certificate_row *)rows.p + i;

        if (id_is_zero(r->of_case) || r->status != CERTIFICATE_VALID)
            continue;
        TRY(stream_get(tx, &b->kept, r->of_case, &stream));
        TRY(case_fold(b->at.app, tx, &b->kept, &stream, &b->file));
        if (b->file.state->opened->kind == CASE_INITIAL)
            b->events = before_certificate(&b->kept, &b->file.events);
    }
    must(b->events.n > 0, "the demonstration has no first certificate");
    return OK;
}

static void begin(struct bench *b)
{
    static const struct claim claim = { .login = S_INIT("certificates"),
                                        .demonstration = true,
                                        .channel = S_INIT("bench") };
    scoped(tx_abort) struct tx *tx = NULL;

    ok(app_read(b->at.app, &b->kept, &tx));
    ok(session_open(tx, &b->kept, &claim, &b->who));
    ok(choose(b, tx));
}

/* --- copies ------------------------------------------------------------ */

enum { NUMBER_MAX = 24 };

static str number_of_case(int32_t i, char text[static NUMBER_MAX])
{
    (void)snprintf(text, NUMBER_MAX, "B%08d", i);
    return str_of(text);
}

static id id_of_case(int32_t i)
{
    id x = { { 1, 0xBE } };

    memcpy(x.b + sizeof x.b - sizeof i, &i, sizeof i);
    return x;
}

static err put_case(struct bench *b, struct tx *tx, int32_t i)
{
    struct arena *a = tx_arena(tx);
    struct event_list events = before_certificate(a, &b->events);
    struct case_opened *opened = arena_zero(a, sizeof *opened);
    char number[NUMBER_MAX];
    struct stream_row row = { .id = id_of_case(i),
                              .kind = S("case"),
                              .opened = events.first->at };
    struct state *s;

    TRY_MEMORY(opened);
    *opened = *(const struct case_opened *)events.first->data;
    TRY_MEMORY(arena_str(a, number_of_case(i, number), &opened->number));
    events.first->data = opened;
    row.number = opened->number;
    TRY(stream_open(tx, &row));
    TRY(stream_append(tx, row.id, 0, &row.head, &events));
    TRY(state_new(a, b->file.state->scheme, &s));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        apply(s, e);
    return case_project(b->at.app, tx, s, row.number, NULL, NULL);
}

static err put_chunk(struct tx *tx, void *context)
{
    struct bench *b = context;

    for (int32_t i = b->from; i < b->from + CHUNK && i < CASES; i++)
        TRY(put_case(b, tx, i));
    return OK;
}

static void fill(struct bench *b)
{
    for (b->from = 0; b->from < CASES; b->from += CHUNK) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &b->at.heap, FILL_ARENA);
        ok(app_write(b->at.app, &a, put_chunk, b));
    }
}

/* --- issuing ----------------------------------------------------------- */

static err issue(struct bench *b, struct arena *a, int32_t i, int64_t expected)
{
    char number[NUMBER_MAX];
    struct case_answer answer;
    const struct case_order order = {
        .who = &b->who,
        .today = DAY_NEVER,
        .ref = number_of_case(i, number),
        .command = S("certificate.issue"),
        .data = json_new_object(a),
        .expected = expected,
    };

    return cases_do(b->at.app, a, &order, &answer);
}

/* One who saw another version is refused, and the case was read. */
static void warm(struct bench *b, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &b->at.heap, CALL_ARENA);
        must(err_is(issue(b, &a, i, 0), ERR_CONFLICT), "it was not refused");
    }
}

static int64_t own_nanos(void)
{
    struct timespec t;

    must(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0, "no such clock");
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void *call(void *context)
{
    struct bench *b = context;
    int32_t i;

    (void)pthread_barrier_wait(&b->start);
    int64_t from = own_nanos();
    while ((i = atomic_fetch_add(&b->next, 1)) < b->end) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &b->at.heap, CALL_ARENA);
        ok(issue(b, &a, i, -1));
    }
    atomic_fetch_add(&b->of_clients, own_nanos() - from);
    return NULL;
}

static err tell_nanos(struct tx *, void *context)
{
    ((struct bench *)context)->of_writer = own_nanos();
    return OK;
}

/* What the writer's own thread took so far: it is asked to say so. */
static double writer_seconds(struct bench *b)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, &b->at.heap, CALL_ARENA);
    ok(app_write_case(b->at.app, &a, tell_nanos, b));
    return 1e-9 * (double)b->of_writer;
}

/* What cases cost, added up. */
struct took {
    double seconds;
    double cpu;
    double clients; /* of that */
    double writer;  /* likewise; the rest is its helper's */
    int64_t groups;
};

static void issue_all(struct bench *b, int32_t from, int32_t to, struct took *t)
{
    pthread_t threads[CLIENTS];

    b->next = from;
    b->end = to;
    must(pthread_barrier_init(&b->start, NULL, CLIENTS + 1) == 0, "a barrier");
    for (int i = 0; i < CLIENTS; i++)
        must(pthread_create(&threads[i], NULL, call, b) == 0,
             "there is no thread");
    b->of_clients = 0;
    t->writer -= writer_seconds(b);
    t->groups -= raw_commits();
    t->cpu -= seconds_of_cpu();
    t->seconds -= seconds_now();
    (void)pthread_barrier_wait(&b->start);
    for (int i = 0; i < CLIENTS; i++)
        must(pthread_join(threads[i], NULL) == 0, "a thread is lost");
    t->seconds += seconds_now();
    t->cpu += seconds_of_cpu();
    t->groups += raw_commits();
    t->writer += writer_seconds(b);
    t->clients += 1e-9 * (double)b->of_clients;
    (void)pthread_barrier_destroy(&b->start);
}

/* --- signatures alone --------------------------------------------------- */

/* A document's two hashes, a token and a code, as long as they are. */
static double sign_alone(const struct credential_row *c)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = { 7 };
    static const char hashes[2 * sizeof(struct hash)];
    const str texts[] = { { hashes, sizeof hashes }, c->jwt, c->qr };
    uint8_t signature[SIGNATURE_BYTES];
    struct sign_key key;

    sign_key_of_seed(seed, &key);
    double from = seconds_of_cpu();
    for (int i = 0; i < SIGNINGS; i++) {
        for (size_t k = 0; k < COUNT(texts); k++)
            sign_bytes(&key, texts[k], signature);
    }
    return (seconds_of_cpu() - from) / SIGNINGS;
}

static double make_pair(void)
{
    uint8_t seed[SIGN_SEED_BYTES] = { 7 };
    struct sign_key key;
    double from = seconds_of_cpu();

    for (int i = 0; i < SIGNINGS; i++) {
        seed[1] = (uint8_t)i;
        sign_key_of_seed(seed, &key);
    }
    return (seconds_of_cpu() - from) / SIGNINGS;
}

static void newest(struct bench *b, struct credential_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct page page = { .after = S(""), .limit = STORE_PAGE_MAX };
    struct list rows;
    bool found;

    ok(app_read(b->at.app, &b->kept, &tx));
    ok(certificate_list(tx, &b->kept, &page, &rows));
    ok(credential_newest(tx, &b->kept,
                         ((const struct certificate_row *)rows.p)->number, out,
                         &found));
    must(found, "nothing was signed");
}

/* --- the measuring ------------------------------------------------------ */

struct measured {
    struct series rate;
    struct series micros;
    struct series writer;
    struct series group; /* certificates a transaction */
    struct series cold_rate;
    struct series cold_micros;
    struct series signatures;
    struct series pair;
    struct series rows;
    struct series bare_rate;
    struct series bare_micros;
};

static void measure_warm(struct bench *b, int32_t from, struct took *t)
{
    for (int i = 0; i < BATCHES; i++, from += BATCH) {
        warm(b, from, from + BATCH);
        must(kept_count(app_kept(b->at.app)) >= BATCH, "they are not kept");
        issue_all(b, from, from + BATCH, t);
    }
}

static void add(struct series *rate, struct series *micros,
                const struct took *t, double n)
{
    series_add(rate, n / t->seconds);
    series_add(micros, 1e6 * t->cpu / n);
}

/* The first batch of a round, once more. */
static void measure_rows(struct bench *b, int32_t from, struct measured *m)
{
    char path[400];
    char before[420];
    struct took t = { 0 };

    (void)snprintf(path, sizeof path, "%s/tenstar.db", b->folder);
    (void)snprintf(before, sizeof before, "%s.before", path);
    written_copy(path, before);
    measure_warm(b, from, &t);
    struct written w = written_again(path, before, t.groups);
    add(&m->rate, &m->micros, &t, BATCH * BATCHES);
    series_add(&m->writer, 1e6 * t.writer / (BATCH * BATCHES));
    series_add(&m->group, (double)(BATCH * BATCHES) / (double)t.groups);
    series_add(&m->rows, (double)w.rows / (BATCH * BATCHES));
    series_add(&m->bare_rate, BATCH * BATCHES / w.seconds);
    series_add(&m->bare_micros, 1e6 * w.cpu / (BATCH * BATCHES));
}

static void one_round(struct bench *b, int32_t round, struct measured *m)
{
    int32_t from = round * EACH;
    struct credential_row c;
    struct took cold = { 0 };

    measure_rows(b, from, m);
    issue_all(b, from + BATCH * BATCHES, from + EACH, &cold);
    add(&m->cold_rate, &m->cold_micros, &cold, COLD);
    newest(b, &c);
    series_add(&m->signatures, 1e6 * sign_alone(&c));
    series_add(&m->pair, 1e6 * make_pair());
}

static void tell_all(const struct measured *m)
{
    tell("issue.rate", series_median(&m->rate));
    tell("issue.micros", series_median(&m->micros));
    tell("issue.writer_micros", series_median(&m->writer));
    tell("issue.group_size", series_median(&m->group));
    tell("issue.cold_rate", series_median(&m->cold_rate));
    tell("issue.cold_micros", series_median(&m->cold_micros));
    tell("issue.signatures_micros", series_median(&m->signatures));
    tell("issue.pair_micros", series_median(&m->pair));
    tell("issue.rows", series_median(&m->rows));
    tell("issue.bare_rate", series_median(&m->bare_rate));
    tell("issue.bare_micros", series_median(&m->bare_micros));
    tell("issue.to_bare", series_ratio(&m->rate, &m->bare_rate));
    tell("issue.micros_to_bare", series_ratio(&m->micros, &m->bare_micros));
}

/* All that was entered, at once; what was entered before it was signed when the
 * demonstration was made. */
static void measure_log(struct bench *b)
{
    struct sequencer s = { .app = b->at.app, .sound = true };
    int64_t size;
    double cpu = -seconds_of_cpu();

    ok(sequence_turn(&s, &b->kept, &size));
    cpu += seconds_of_cpu();
    tell("issue.log_micros", 1e6 * cpu / CASES);
}

int main(int argc, char **argv)
{
    static struct bench b;
    static struct measured m;

    must(argc == 2, "which folder?");
    raw_count_commits();
    b.folder = argv[1];
    installation_open(&b.at, argv[1], APP_WRITE);
    arena_init(&b.kept, &b.at.heap, KEPT_ARENA);
    begin(&b);
    fill(&b);
    tell("issue.events", (double)b.events.n);
    for (int32_t i = 0; i < ROUNDS; i++)
        one_round(&b, i, &m);
    tell_all(&m);
    measure_log(&b);
    arena_end(&b.kept);
    installation_close(&b.at);
    return 0;
}
