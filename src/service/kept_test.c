/*
 * What commands keep of cases and registers: that it is never anything else
 * than what the journals say.
 */
#include "service/kept.h"

#include "base/size.h"
#include "domain/test_dump.h"
#include "service/case_parts.h"
#include "service/check.h"
#include "service/registers.h"
#include "service/service_test_env.h"
#include "store/log.h"

enum { ARENA = 64 << 20, EVENTS_MOST = 1000 };

/* --- looking at what is kept ------------------------------------------ */

struct looking {
    struct office *o;
    str ref;
    bool kept; /* there was one that fits */
    str text;  /* of its state */
    str enterprise;
};

static str dump(struct arena *a, const struct state *s,
                const struct event_list *events)
{
    static const struct event *at[EVENTS_MOST];
    size_t n = 0;

    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (n < EVENTS_MOST)
            at[n++] = e;
    }
    EXPECT(n < EVENTS_MOST);
    return dump_state(a, s, at, n);
}

static err look(struct tx *tx, void *context)
{
    struct looking *l = context;
    struct kept *k = app_kept(l->o->app);
    struct case_file file = { 0 };
    struct stream_row row;

    TRY(case_stream(tx, l->ref, &row));
    struct kept_case *c;
    TRY(kept_take(k, tx, &row, &c));
    l->kept = c != NULL;
    if (c != NULL) {
        TRY(case_for_kept(l->o->app, tx, &office_as(l->o, "quality")->actor,
                          l->ref, c, &file));
        l->enterprise = file.enterprise.name;
        l->text = dump(tx_arena(tx), c->state, &c->events);
    }
    kept_give(k, c, false);
    return OK;
}

static struct looking look_at(struct office *o, struct arena *a, str ref)
{
    struct looking l = { .o = o, .ref = ref };

    EXPECT_OK(app_write_case(o->app, a, look, &l));
    return l;
}

static bool is_kept(struct office *o, str ref)
{
    TEST_ARENA(a, ARENA);

    return look_at(o, &a, ref).kept;
}

/* [KP1] What is kept of it, if anything, is what its journal gives. */
static bool expect_same(const char *name, struct office *o, str ref)
{
    TEST_ARENA(a, ARENA);
    struct looking l = look_at(o, &a, ref);
    struct case_file file = { 0 };

    if (!EXPECT_ROW_OK(name,
                       cases_load_papers(o->app, &a, office_as(o, "quality"),
                                         ref, &file)))
        return false;
    if (l.kept)
        EXPECT_ROW(name, str_eq(l.text, dump(&a, file.state, &file.events)));
    return l.kept;
}

static str answered(struct office *o)
{
    str ref = office_case(o);

    for (int i = 0; i < 2; i++)
        EXPECT_OK(office_do(o, "newcomer", ref, "eligibility.answer",
                            "{'declarations':[]}"));
    return ref;
}

static err answer(struct office *o, str ref)
{
    return office_do(o, "newcomer", ref, "eligibility.answer",
                     "{'declarations':[]}");
}

static void expect_sound(struct office *o)
{
    struct check_counts counts;

    EXPECT_OK(check_all(o->app, &o->arena, &counts));
}

/* --- walks ------------------------------------------------------------ */

/* Something that comes between two commands, by the number `n`. */
static void disturb(struct office *o, str ref, uint64_t n)
{
    struct case_order order =
        office_order(o, "newcomer", ref, "eligibility.answer", "{'no':1}");

    switch (n % 6) {
    case 0: /* refused for its form */
        EXPECT(failed(office_give(o, &order, NULL)));
        break;
    case 1: /* refused for who asks */
        EXPECT(failed(office_do(o, "rival", ref, "application.submit", "{}")));
        break;
    case 2: /* refused for what was seen */
        order = office_order(o, "quality", ref, "case.withdraw", "{}");
        order.expected = 1000000;
        EXPECT(failed(office_give(o, &order, NULL)));
        break;
    case 3: /* somebody else writes */
        (void)office_ask(o, "UPDATE meta SET value = value");
        break;
    case 4: /* another work of this process */
        (void)office_hire(o, n % 4 == 0 ? "one-more" : "another", 0,
                          (id){ { 0 } });
        break;
    default: break;
    }
}

/* A whole case, with everything that may come between, in one app. */
EACH_STORE_TEST(what_is_kept_after_every_command_is_what_the_journal_gives)
{
    TEST_OFFICE(o, place);
    struct script script = office_script(&o);
    str ref = office_case(&o);
    bool over = false;
    int hits = 0;
    int steps = 0;

    while (!over && !test_failing() && steps < 400) {
        EXPECT_OK(office_step(&o, &script, ref, &over));
        hits += expect_same("after a step", &o, ref);
        disturb(&o, ref, (uint64_t)steps++ * 7919 / 5);
        (void)expect_same("after what came between", &o, ref);
    }
    EXPECT(steps > 40);
    EXPECT(place->sqlite ? hits > steps / 2 : hits == 0);
    expect_sound(&o);
}

/* --- one thing at a time ---------------------------------------------- */

ONE_STORE_TEST(a_case_is_kept_from_its_first_command_on, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT(!is_kept(&o, ref));
    EXPECT_OK(answer(&o, ref));
    EXPECT(is_kept(&o, ref));
    EXPECT_OK(answer(&o, ref));
    EXPECT(expect_same("two commands later", &o, ref));
    EXPECT(kept_count(app_kept(o.app)) == 1);
}

/* The tick goes over all cases there are, and never comes back. */
ONE_STORE_TEST(of_an_order_that_says_once_nothing_is_kept, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct case_order order =
        office_order(&o, "newcomer", ref, "eligibility.answer",
                     "{'declarations':[]}");

    order.once = true;
    EXPECT_OK(office_give(&o, &order, NULL));
    EXPECT(!is_kept(&o, ref));
}

/* [KP3] */
ONE_STORE_TEST(a_refusal_leaves_what_is_kept_as_it_was, true)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);

    EXPECT_ERR(office_do(&o, "rival", ref, "eligibility.answer",
                         "{'declarations':[]}"),
               ERR_NOT_FOUND, "case.missing");
    EXPECT_ERR(office_do(&o, "newcomer", ref, "eligibility.answer", "{}"),
               ERR_INVALID, "record.missing");
    EXPECT(expect_same("after refusals", &o, ref));
}

/* [KP3] A run that changed the state and came to nothing. */
struct failing {
    struct kept *kept;
    const struct event *event;
    str ref;
};

static err apply_and_fail(struct tx *tx, void *context)
{
    struct failing *f = context;
    struct stream_row row;

    TRY(case_stream(tx, f->ref, &row));
    struct kept_case *c;
    TRY(kept_take(f->kept, tx, &row, &c));
    EXPECT(c != NULL);
    if (c != NULL)
        EXPECT_OK(kept_apply(c, f->event));
    kept_give(f->kept, c, false);
    return err_new(tx_arena(tx), ERR_IO, "store.full",
                   ARG_STR("doing", S("test")));
}

ONE_STORE_TEST(a_state_that_got_ahead_of_the_disk_is_not_kept, true)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);
    struct case_file file = office_read(&o, ref);
    struct failing f = { app_kept(o.app), file.events.last, ref };

    EXPECT_ERR(app_write_case(o.app, &o.arena, apply_and_fail, &f), ERR_IO,
               "store.full");
    EXPECT(kept_count(app_kept(o.app)) == 0);
    EXPECT_OK(answer(&o, ref));
    EXPECT(expect_same("read anew", &o, ref));
}

/* [CA5] [KP2] While the app runs; on both engines. */
EACH_STORE_TEST(an_old_event_changed_under_a_running_server_is_noticed)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);

    (void)office_ask(&o, "UPDATE journal SET body = replace(body, '2026',"
                         " '2025') WHERE version = 1 AND stream ="
                         " (SELECT id FROM stream WHERE kind = 'case')");
    EXPECT_ERR(answer(&o, ref), ERR_CORRUPT, "journal.tampered");
    EXPECT(!is_kept(&o, ref));
}

EACH_STORE_TEST(a_row_changed_under_a_running_server_is_noticed)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        const char *change;
        const char *mend;
        const char *id;
    } rows[] = {
        { "the list of cases", "UPDATE case_view SET stage = stage + 1",
          "UPDATE case_view SET stage = stage - 1", "check.case" },
        { "the register",
          "UPDATE enterprise SET name = name || '!' WHERE uscc = '" OFFICE_USCC
          "'",
          "UPDATE enterprise SET name = replace(name, '!', '')"
          " WHERE uscc = '" OFFICE_USCC "'",
          "check.enterprise" },
    };
    str ref = answered(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&o, rows[i].change);
        EXPECT_ROW_ERR(rows[i].name, answer(&o, ref), ERR_CORRUPT, rows[i].id);
        (void)office_ask(&o, rows[i].mend);
        EXPECT_ROW_OK(rows[i].name, answer(&o, ref));
    }
}

/* [KP2] By a command of this process. */
EACH_STORE_TEST(a_change_of_the_register_is_known_to_the_next_command)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);
    struct case_order order =
        office_order(&o, "intake", S("enterprise:" OFFICE_USCC),
                     "enterprise.change",
                     "{'name':'新名称有限公司','scope':'家电销售'}");
    struct case_answer changed;
    struct looking l;

    EXPECT_OK(registers_do(o.app, &o.arena, &order, &changed));
    EXPECT(!is_kept(&o, ref));
    EXPECT_OK(answer(&o, ref));
    l = look_at(&o, &o.arena, ref);
    EXPECT(l.kept == place->sqlite);
    if (l.kept)
        EXPECT_STR(l.enterprise, S("新名称有限公司"));
    expect_sound(&o);
}

/* [KP1] Two processes at work in one case, in turn. */
EACH_STORE_TEST(two_apps_on_one_store_go_on_from_each_others_commands)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);
    struct app *first = o.app;
    scoped(app_close) struct app *second = NULL;

    if (!EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &second)))
        return;
    for (int i = 0; i < 6 && !test_failing(); i++) {
        struct case_order order =
            office_order(&o, "newcomer", ref, "eligibility.answer",
                         "{'declarations':[]}");
        struct case_answer got = { 0 };

        o.app = i % 2 == 0 ? second : first;
        order.expected = 3 + i - 1;
        EXPECT_ERR(office_give(&o, &order, NULL), ERR_CONFLICT, "case.version");
        order.expected = 3 + i;
        EXPECT_OK(office_give(&o, &order, &got));
        EXPECT(got.version == 4 + i);
        (void)expect_same("by turns", &o, ref);
    }
    o.app = first;
    expect_sound(&o);
}

/* --- bounds ----------------------------------------------------------- */

struct many {
    struct kept *kept;
    const struct case_file *file;
    size_t most; /* that were there at once */
};

static err keep_many(struct tx *tx, void *context)
{
    struct many *m = context;

    for (int i = 0; i < 2000; i++) {
        struct kept_case *c = NULL;

        TRY(kept_make(m->kept, tx, m->file, &c));
        EXPECT(c != NULL);
        kept_give(m->kept, c, false);
        size_t n = kept_count(m->kept);
        m->most = n > m->most ? n : m->most;
    }
    return OK;
}

/* [KP2] Those used last stay. */
ONE_STORE_TEST(only_so_much_is_kept, true)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);
    struct case_file file = office_read(&o, ref);
    struct many m = { app_kept(o.app), &file, 0 };

    EXPECT_OK(app_write_case(o.app, &o.arena, keep_many, &m));
    EXPECT(m.most > 10 && m.most < 1999);
    EXPECT(kept_count(m.kept) == m.most);
    EXPECT(expect_same("the newest", &o, ref));
    EXPECT(kept_count(m.kept) == m.most);
}

/* Two whose ids end in the same byte, which says where they are looked for. */
struct neighbours {
    struct kept *kept;
    struct case_file *file;
    id ids[3]; /* the last is nobody's */
};

static void move_in(struct neighbours *n, size_t i)
{
    for (struct event *e = n->file->events.first; e != NULL; e = e->next)
        e->stream = n->ids[i];
}

static err take_neighbour(struct tx *tx, struct neighbours *n, size_t i,
                          bool *found)
{
    const struct state *s = n->file->state;
    struct stream_row row = { .id = n->ids[i],
                              .number = n->file->number,
                              .version = s->version,
                              .head = s->head };
    struct kept_case *c;

    TRY(kept_take(n->kept, tx, &row, &c));
    *found = c != NULL && id_eq(c->state->id, n->ids[i]);
    kept_give(n->kept, c, false);
    return OK;
}

static err meet_neighbours(struct tx *tx, void *context)
{
    struct neighbours *n = context;
    struct kept_case *made[2];
    bool found;

    for (size_t i = 0; i < 2; i++) {
        move_in(n, i);
        TRY(kept_make(n->kept, tx, n->file, &made[i]));
        EXPECT(made[i] != NULL);
    }
    for (size_t i = 0; i < 2; i++)
        kept_give(n->kept, made[i], false);
    for (size_t i = 0; i < 6; i++) {
        TRY(take_neighbour(tx, n, i % 3, &found));
        EXPECT(found == (i % 3 < 2));
    }
    return OK;
}

ONE_STORE_TEST(of_cases_kept_in_the_same_place_each_is_found, true)
{
    TEST_OFFICE(o, place);
    struct case_file file = office_read(&o, answered(&o));
    struct neighbours n = { .kept = app_kept(o.app), .file = &file };
    size_t before = kept_count(n.kept);

    for (size_t i = 0; i < 3; i++)
        n.ids[i].b[0] = (uint8_t)(i + 1);
    EXPECT_OK(app_write_case(o.app, &o.arena, meet_neighbours, &n));
    EXPECT(kept_count(n.kept) == before + 2);
}

struct lengthy {
    struct kept *kept;
    struct case_file file;
    bool kept_it;
};

static err keep_one(struct tx *tx, void *context)
{
    struct lengthy *l = context;
    struct kept_case *c = NULL;

    TRY(kept_make(l->kept, tx, &l->file, &c));
    l->kept_it = c != NULL;
    kept_give(l->kept, c, false);
    return OK;
}

ONE_STORE_TEST(a_case_that_is_too_long_is_read_every_time, true)
{
    TEST_OFFICE(o, place);
    str ref = answered(&o);
    struct lengthy l = { app_kept(o.app), office_read(&o, ref), false };
    const struct event *again = l.file.events.last;

    EXPECT_OK(app_write_case(o.app, &o.arena, keep_one, &l));
    EXPECT(l.kept_it);
    for (size_t size = 0; size < KEPT_CASE_MAX; size += sizeof *again) {
        struct event *copy = NULL;

        if (!EXPECT_OK(event_copy(&o.arena, again, &copy)))
            return;
        event_list_add(&l.file.events, copy);
    }
    EXPECT_OK(app_write_case(o.app, &o.arena, keep_one, &l));
    EXPECT(!l.kept_it);
}

/* --- leaves [KP5] ------------------------------------------------------- */

static const struct log_pending_row leaf_entered = {
    .at = 1000, .subject = S_INIT("certificate/N1"), .leaf = S_INIT("leaf")
};

static err vouch(struct tx *tx, void *context)
{
    struct office *o = context;

    return kept_vouch(app_kept(o->app), tx, &leaf_entered);
}

struct vouching {
    struct office *o;
    struct log_pending_row leaf;
    bool vouched;
};

static err ask(struct tx *tx, void *context)
{
    struct vouching *v = context;

    return kept_vouches(app_kept(v->o->app), tx, &v->leaf, &v->vouched);
}

static bool vouched(struct office *o, const struct log_pending_row *leaf)
{
    TEST_ARENA(a, ARENA);
    struct vouching v = { .o = o, .leaf = *leaf };

    EXPECT_OK(app_write_case(o->app, &a, ask, &v));
    return v.vouched;
}

static err do_nothing(struct tx *, void *)
{
    return OK;
}

/* To the letter that leaf, and no other. */
ONE_STORE_TEST(a_leaf_is_vouched_for_as_it_was_entered, true)
{
    TEST_OFFICE(o, place);
    struct log_pending_row others[] = { leaf_entered, leaf_entered,
                                        leaf_entered };

    others[0].at++;
    others[1].subject = S("certificate/N2");
    others[2].leaf = S("Leaf");
    EXPECT(!vouched(&o, &leaf_entered));
    EXPECT_OK(app_write_case(o.app, &o.arena, vouch, &o));
    EXPECT(vouched(&o, &leaf_entered));
    for (size_t i = 0; i < COUNT(others); i++)
        EXPECT(!vouched(&o, &others[i]));
}

/* [KP2] On PostgreSQL it never holds. */
EACH_STORE_TEST(nobody_vouches_once_somebody_else_wrote)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(app_write_case(o.app, &o.arena, vouch, &o));
    EXPECT(vouched(&o, &leaf_entered) == place->sqlite);
    (void)office_ask(&o, "UPDATE stream SET opened = opened + 1");
    EXPECT(!vouched(&o, &leaf_entered));
    EXPECT_OK(app_write_case(o.app, &o.arena, vouch, &o));
    EXPECT_OK(app_write(o.app, &o.arena, do_nothing, NULL));
    EXPECT(!vouched(&o, &leaf_entered));
}
