/*
 * bench/commands -- what a durable command on a case costs, all of it.
 *
 *   build/bench/bench_commands FOLDER        (an empty one, on the disk to
 *                                             measure)
 *
 *   ours   CLIENTS clients, each with a case of its own, add EACH documents to
 *          it through the service: request hashed, journal read, verified and
 *          folded, decided, event sealed and appended, projection and answer
 *          written, on disk when it returns
 *   bare   the same four rows with as many bytes straight to SQLite, in as many
 *          transactions (raw.h); nothing is read, nothing is decided
 *   least  the same, but of the case's row only the version is written, which
 *          is all that changes: the very statements that ours comes to
 *
 * The journals grow from 1 event to EACH + 1 meanwhile.
 */

#include "installation.h"
#include "measure.h"
#include "raw.h"

#include "auth/session.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/cases.h"
#include "service/demo.h"
#include "store/journal.h"

#include <pthread.h>
#include <stdio.h>

enum {
    CLIENTS = 64,
    EACH = 60,
    ROUNDS = 5,
    COMMAND_ARENA = 8 << 20,
    PLACE_MAX = 300
};

struct client {
    struct installation *at;
    const struct session *who;
    const struct json *document;
    str number;
    pthread_t thread;
};

struct bench {
    struct installation at;
    struct session who;
    const struct json *document;
    struct client clients[CLIENTS];
    id streams[CLIENTS];
    struct case_row views[CLIENTS];
};

/* --- a fresh installation --------------------------------------------- */

static void found(struct bench *b, const char *folder)
{
    struct installation maker;
    struct demo_wish wish = { .seed = 1 };
    struct demo_made made;

    installation_init(&maker);
    wish.today = day_of_micros(maker.clock.now(&maker.clock));
    ok(demo_make(&maker.arena, &maker.world, str_of(folder), &wish, &made));
    installation_close(&maker);
    installation_open(&b->at, folder, APP_WRITE);
}

static const struct json *json_of(struct bench *b, str text)
{
    struct json *j;

    ok(json_parse(&b->at.arena, text, &j));
    return j;
}

/* A document for the first requirement that asks for no period. */
static void write_document(struct bench *b, struct tx *tx)
{
    const struct scheme *s;
    struct buf text;
    size_t i = 0;
    str written;

    ok(app_scheme_named(b->at.app, tx, S("ten-star"), &s));
    while (i < s->requirement_count && s->requirements[i].has_period)
        i++;
    must(i < s->requirement_count, "every document has a period");
    buf_init(&text, &b->at.arena, 1000);
    buf_str(&text, S("{\"title\":\"bench\",\"size\":4096,\"blob\":\""));
    buf_hex(&text, s->hash.b, sizeof s->hash.b);
    buf_str(&text, S("\",\"requirement\":\""));
    buf_str(&text, s->requirements[i].id);
    buf_str(&text, S("\"}"));
    ok(buf_done(&text, &written));
    b->document = json_of(b, written);
}

static void begin(struct bench *b)
{
    static const struct claim claim = { .login = S_INIT("newcomer"),
                                        .demonstration = true,
                                        .channel = S_INIT("bench") };
    scoped(tx_abort) struct tx *tx = NULL;

    ok(app_read(b->at.app, &b->at.arena, &tx));
    ok(session_open(tx, &b->at.arena, &claim, &b->who));
    write_document(b, tx);
}

static err give(struct arena *a, const struct client *c, str ref, str command,
                const struct json *data, struct case_answer *out)
{
    struct case_order order = { .who = c->who,
                                .today = DAY_NEVER,
                                .ref = ref,
                                .command = command,
                                .data = data,
                                .expected = -1 };

    return cases_do(c->at->app, a, &order, out);
}

static void open_cases(struct bench *b)
{
    const struct json *opening =
        json_of(b, S("{\"scheme\":\"ten-star\",\"level\":\"ten\"}"));
    struct case_answer answer;

    for (size_t i = 0; i < CLIENTS; i++) {
        struct client *c = &b->clients[i];

        *c = (struct client){ &b->at, &b->who, b->document, S(""), 0 };
        ok(give(&b->at.arena, c, S("new"), S("case.open"), opening, &answer));
        c->number = answer.number;
        b->streams[i] = answer.id;
    }
}

static void read_views(struct bench *b)
{
    scoped(tx_abort) struct tx *tx = NULL;

    ok(app_read(b->at.app, &b->at.arena, &tx));
    for (size_t i = 0; i < CLIENTS; i++)
        ok(case_get(tx, &b->at.arena, b->streams[i], &b->views[i]));
}

static void fresh(struct bench *b, const char *folder)
{
    found(b, folder);
    begin(b);
    open_cases(b);
    read_views(b);
}

/* --- ours ------------------------------------------------------------- */

static void *call(void *context)
{
    const struct client *c = context;

    for (int i = 0; i < EACH; i++) {
        scoped(arena_end) struct arena a;
        struct case_answer answer;

        arena_init(&a, &c->at->heap, COMMAND_ARENA);
        ok(give(&a, c, c->number, S("document.add"), c->document, &answer));
        must(answer.version == i + 2, "the case is another one");
    }
    return NULL;
}

/* Commands a second. */
static double ours(struct bench *b)
{
    double start = seconds_now();

    for (size_t i = 0; i < CLIENTS; i++)
        must(pthread_create(&b->clients[i].thread, NULL, call,
                            &b->clients[i]) == 0,
             "there is no thread");
    for (size_t i = 0; i < CLIENTS; i++)
        must(pthread_join(b->clients[i].thread, NULL) == 0, "a thread is lost");
    return CLIENTS * EACH / (seconds_now() - start);
}

/* --- bare ------------------------------------------------------------- */

/* The newest event of the first case. */
static void read_sample(struct bench *b, struct raw_plan *plan)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows;

    ok(app_read(b->at.app, &b->at.arena, &tx));
    ok(journal_read(tx, &b->at.arena, b->streams[0], EACH, &rows));
    must(rows.n == 1, "the case is another one");

    const struct journal_row *newest = rows.p;
    plan->type = newest->type;
    plan->body = newest->body;
}

static double bare(struct bench *b, const char *folder, struct raw_plan *plan)
{
    char path[400];

    plan->streams = b->streams;
    plan->stream_count = CLIENTS;
    plan->version = 1;
    plan->commands = (int64_t)CLIENTS * EACH;
    plan->answer = S("{\"certificate\":\"\",\"events\":[\"document.added\"],"
                     "\"id\":\"00000000000000000000000000000000\","
                     "\"number\":\"C2026-0001\",\"version\":30}");
    plan->views = b->views;
    (void)snprintf(path, sizeof path, "%s/tenstar.db", folder);
    return raw_run(path, plan);
}

/* --- the measuring ---------------------------------------------------- */

struct figures {
    struct series rate;
    struct series micros; /* of CPU, a command */
};

struct measured {
    struct figures ours;
    struct figures bare;
    struct figures least;
    struct series group; /* commands a transaction */
};

static void add_figures(struct figures *f, double rate, double cpu)
{
    series_add(&f->rate, rate);
    series_add(&f->micros, cpu / (CLIENTS * EACH) * 1e6);
}

static void place_of(const char *folder, const char *what, int round,
                     char place[static PLACE_MAX])
{
    (void)snprintf(place, PLACE_MAX, "%s/%s-%d", folder, what, round);
}

/* What it writes for a command stands in the plan, and how many at once. */
static void round_of_ours(struct measured *r, const char *place,
                          struct bench *b, struct raw_plan *plan)
{
    fresh(b, place);
    plan->groups = -raw_commits();
    double cpu = -seconds_of_cpu();
    double rate = ours(b);
    add_figures(&r->ours, rate, cpu + seconds_of_cpu());
    plan->groups += raw_commits();
    series_add(&r->group, (double)CLIENTS * EACH / (double)plan->groups);
    read_sample(b, plan);
    app_close(&b->at.app);
}

static void round_of_bare(struct figures *f, const char *place,
                          struct raw_plan *plan)
{
    static struct bench b;

    fresh(&b, place);
    app_close(&b.at.app);
    double cpu = -seconds_of_cpu();
    double rate = bare(&b, place, plan);
    add_figures(f, rate, cpu + seconds_of_cpu());
    installation_close(&b.at);
}

static void one_round(struct measured *r, const char *folder, int round)
{
    static struct bench b; /* the plan's texts are its */
    struct raw_plan plan = { 0 };
    char place[PLACE_MAX];

    place_of(folder, "ours", round, place);
    round_of_ours(r, place, &b, &plan);
    place_of(folder, "bare", round, place);
    round_of_bare(&r->bare, place, &plan);
    plan.touch = true;
    place_of(folder, "least", round, place);
    round_of_bare(&r->least, place, &plan);
    installation_close(&b.at);
}

int main(int argc, char **argv)
{
    static struct measured r;

    must(argc == 2, "which folder?");
    raw_count_commits();
    for (int i = 0; i < ROUNDS; i++)
        one_round(&r, argv[1], i);
    tell("commands.rate", series_median(&r.ours.rate));
    tell("commands.micros", series_median(&r.ours.micros));
    tell("commands.group_size", series_median(&r.group));
    tell("commands.bare_rate", series_median(&r.bare.rate));
    tell("commands.bare_micros", series_median(&r.bare.micros));
    tell("commands.least_micros", series_median(&r.least.micros));
    tell("commands.to_bare", series_ratio(&r.ours.rate, &r.bare.rate));
    tell("commands.to_least", series_ratio(&r.ours.rate, &r.least.rate));
    tell("commands.micros_to_bare",
         series_ratio(&r.ours.micros, &r.bare.micros));
    tell("commands.micros_to_least",
         series_ratio(&r.ours.micros, &r.least.micros));
    return 0;
}
