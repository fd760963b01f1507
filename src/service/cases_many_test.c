/*
 * Many at once: commands of several threads through one app, which share
 * transactions (store/committer.h), and readers beside them. [CA1]-[CA4]
 */
#include "service/cases.h"

#include "service/check.h"
#include "service/service_test_env.h"

#include <pthread.h>

enum { THREADS = 8, EACH = 4, ALL = THREADS * EACH, ARENA = 256 << 20 };

/* Somebody who gives commands in a thread of their own, and what came of it;
 * nothing is expected before all have ended. */
struct giver {
    pthread_t thread;
    struct office *o;
    struct heap heap;
    struct arena arena;
    struct case_order order;
    int64_t versions[EACH];    /* that were acknowledged */
    struct case_answer answer; /* the newest */
    int done;
    int refused;   /* by a rule */
    int conflicts; /* the case had moved on */
    int repeated;
    err last; /* failure of any other kind */
};

static void take_answer(struct giver *g, const struct case_answer *answer)
{
    g->answer = *answer;
    g->repeated += answer->repeated;
    g->versions[g->done++] = answer->version;
}

static void give_once(struct giver *g)
{
    struct case_answer answer;
    err e = cases_do(g->o->app, &g->arena, &g->order, &answer);

    if (!failed(e))
        take_answer(g, &answer);
    else if (e.info->code == ERR_CONFLICT)
        g->conflicts++;
    else if (e.info->code == ERR_DENIED)
        g->refused++;
    else
        g->last = e;
}

static void *give_each(void *context)
{
    struct giver *g = (struct giver *)context;

    for (int i = 0; i < EACH; i++)
        give_once(g);
    return NULL;
}

/* Look, give at the version that was seen, and look again when somebody was
 * faster, until EACH were taken. */
static void *give_as_seen(void *context)
{
    struct giver *g = (struct giver *)context;

    while (g->done < EACH && !failed(g->last)) {
        struct case_file file;
        err e =
            cases_load(g->o->app, &g->arena, g->order.who, g->order.ref, &file);

        if (failed(e)) {
            g->last = e;
            break;
        }
        g->order.expected = file.state->version;
        give_once(g);
    }
    return NULL;
}

/* A whole case at every look: its chain holds and its state was folded. */
static void *look_each(void *context)
{
    struct giver *g = (struct giver *)context;

    for (int i = 0; i < EACH; i++) {
        struct case_file file;
        err e =
            cases_load(g->o->app, &g->arena, g->order.who, g->order.ref, &file);

        if (failed(e))
            g->last = e;
        else
            g->versions[g->done++] = file.state->version;
    }
    return NULL;
}

static void start(struct giver *g, struct office *o, struct case_order order,
                  void *(*run)(void *))
{
    *g = (struct giver){ .o = o, .heap = HEAP_LIBC, .order = order };
    arena_init(&g->arena, &g->heap, ARENA);
    EXPECT(pthread_create(&g->thread, NULL, run, g) == 0);
}

static void join(struct giver *givers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        EXPECT(pthread_join(givers[i].thread, NULL) == 0);
        EXPECT_OK(givers[i].last);
    }
}

static void end(struct giver *givers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        arena_end(&givers[i].arena);
}

/* Were versions 2, 3 .. ALL + 1 acknowledged, each once? */
static void expect_no_gap(const struct giver *givers)
{
    int seen[ALL + 2] = { 0 };

    for (int i = 0; i < THREADS; i++) {
        EXPECT(givers[i].done == EACH);
        for (int k = 0; k < givers[i].done; k++) {
            int64_t v = givers[i].versions[k];

            EXPECT(v >= 2 && v <= ALL + 1);
            EXPECT(k == 0 || v > givers[i].versions[k - 1]);
            if (v >= 2 && v <= ALL + 1)
                seen[v]++;
        }
    }
    for (int v = 2; v <= ALL + 1; v++)
        EXPECT(seen[v] == 1);
}

/* Every chain, every case and every projection, from what is on disk. */
static void expect_sound(struct office *o)
{
    struct check_counts counts;

    EXPECT_OK(check_all(o->app, &o->arena, &counts));
}

static struct case_order answer_order(struct office *o, str ref)
{
    return office_order(o, "newcomer", ref, "eligibility.answer",
                        "{'declarations':[]}");
}

EACH_STORE_TEST(every_acknowledged_command_is_in_the_journal)
{
    TEST_OFFICE(o, place);
    struct giver givers[THREADS];
    struct giver readers[2];
    str ref = office_case(&o);

    for (int i = 0; i < THREADS; i++)
        start(&givers[i], &o, answer_order(&o, ref), give_each);
    for (int i = 0; i < 2; i++)
        start(&readers[i], &o, answer_order(&o, ref), look_each);
    join(givers, THREADS);
    join(readers, 2);
    expect_no_gap(givers);
    EXPECT(office_read(&o, ref).state->version == ALL + 1);
    for (int i = 0; i < 2; i++) {
        EXPECT(readers[i].done == EACH);
        for (int k = 1; k < readers[i].done; k++)
            EXPECT(readers[i].versions[k] >= readers[i].versions[k - 1]);
    }
    expect_sound(&o);

    /* And it is there when the store is opened anew. [CO1] */
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT(office_read(&o, ref).state->version == ALL + 1);
    end(givers, THREADS);
    end(readers, 2);
}

EACH_STORE_TEST(of_those_who_saw_one_version_one_is_taken)
{
    TEST_OFFICE(o, place);
    struct giver givers[THREADS];
    str ref = office_case(&o);
    struct office_rows before = office_rows(&o);
    int conflicts = 0;

    for (int i = 0; i < THREADS; i++)
        start(&givers[i], &o, answer_order(&o, ref), give_as_seen);
    join(givers, THREADS);
    expect_no_gap(givers);
    for (int i = 0; i < THREADS; i++)
        conflicts += givers[i].conflicts;
    struct office_rows after = office_rows(&o);
    EXPECT(after.events == before.events + ALL);
    EXPECT(after.refusals == before.refusals + conflicts);
    expect_sound(&o);
    end(givers, THREADS);
}

EACH_STORE_TEST(a_command_sent_by_many_at_once_is_done_once)
{
    TEST_OFFICE(o, place);
    struct giver givers[THREADS];
    struct office_rows before = office_rows(&o);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten'}");
    int first = 0;

    order.command_id = (id){ { 0xC0 } };
    for (int i = 0; i < THREADS; i++)
        start(&givers[i], &o, order, give_each);
    join(givers, THREADS);
    for (int i = 0; i < THREADS; i++) {
        EXPECT(givers[i].done == EACH);
        first += EACH - givers[i].repeated;
        EXPECT_STR(givers[i].answer.number, S("C2026-0001"));
        EXPECT(id_eq(givers[i].answer.id, givers[0].answer.id));
        EXPECT(givers[i].answer.version == 1);
    }
    EXPECT(first == 1);
    struct office_rows after = office_rows(&o);
    EXPECT(after.streams == before.streams + 1);
    EXPECT(after.events == before.events + 1);
    EXPECT(after.commands == before.commands + 1);
    EXPECT(after.counted == before.counted + 1);
    end(givers, THREADS);
}

/* [CO2] [CA4] Who is refused in a group is refused alone. */
EACH_STORE_TEST(refusals_among_many_touch_nobody_else)
{
    TEST_OFFICE(o, place);
    struct giver givers[THREADS];
    str refs[THREADS];
    struct office_rows before;

    for (int i = 0; i < THREADS; i++)
        refs[i] = office_case(&o);
    before = office_rows(&o);
    for (int i = 0; i < THREADS; i++) {
        struct case_order order = answer_order(&o, refs[i]);

        if (i % 2 == 1)
            order.who = office_as(&o, "finance");
        start(&givers[i], &o, order, give_each);
    }
    join(givers, THREADS);
    for (int i = 0; i < THREADS; i++) {
        EXPECT(givers[i].done == (i % 2 == 0 ? EACH : 0));
        EXPECT(givers[i].refused == (i % 2 == 0 ? 0 : EACH));
        EXPECT(office_read(&o, refs[i]).state->version ==
               (i % 2 == 0 ? EACH + 1 : 1));
    }
    struct office_rows after = office_rows(&o);
    EXPECT(after.events == before.events + ALL / 2);
    EXPECT(after.commands == before.commands + ALL / 2);
    EXPECT(after.refusals == before.refusals + ALL / 2);
    expect_sound(&o);
    end(givers, THREADS);
}

EACH_STORE_TEST(cases_opened_at_once_are_numbered_without_a_gap)
{
    TEST_OFFICE(o, place);
    struct giver givers[THREADS];

    for (int i = 0; i < THREADS; i++)
        start(&givers[i], &o,
              office_order(&o, i % 2 == 0 ? "newcomer" : "rival", S("new"),
                           "case.open", "{'scheme':'mini','level':'ten'}"),
              give_each);
    join(givers, THREADS);
    for (int i = 0; i < THREADS; i++)
        EXPECT(givers[i].done == EACH);
    EXPECT(office_count(&o, "SELECT count(*) FROM case_view") == ALL);
    EXPECT_STR(office_ask(&o, "SELECT min(number), max(number),"
                              " count(DISTINCT number) FROM case_view"),
               S("C2026-0001|C2026-0032|32\n"));
    expect_sound(&o);
    end(givers, THREADS);
}
