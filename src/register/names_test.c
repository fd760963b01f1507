#include "register/names.h"

#include "base/test.h"
#include "register/test_names_home.h"

#include <pthread.h>
#include <stdatomic.h>

/* --- one name -------------------------------------------------------------
 */

/* [NA1] */
TEST(a_name_counts_as_it_was_said_last)
{
    struct test_names_home t;

    test_names_begin(&t);
    EXPECT(test_names_now(&t, S("华为")) == 0);
    test_names_put(&t, 1, S("深圳华为技术有限公司"), 1);
    test_names_put(&t, 2, S("华为酒店"), 2);
    EXPECT(test_names_now(&t, S("华为")) == 2);
    test_names_put(&t, 1, S("深圳荣耀终端"), 3);
    EXPECT(test_names_now(&t, S("华为")) == 1);
    EXPECT(test_names_now(&t, S("荣耀")) == 1);
    test_names_put(&t, 2, S(""), 4);
    EXPECT(test_names_now(&t, S("华为")) == 0);
    test_names_tend(&t);
    EXPECT(test_names_now(&t, S("华为")) == 0);
    EXPECT(test_names_now(&t, S("荣耀")) == 1);
    test_names_put(&t, 2, S("华为酒店"), 5);
    EXPECT(test_names_now(&t, S("华为")) == 1);
    test_names_end(&t);
}

/* [NA2] */
TEST(a_view_stands_while_names_change_and_merge)
{
    struct names_view *before;
    struct test_names_home t;

    test_names_begin(&t);
    test_names_put(&t, 1, S("西安银行"), 1);
    before = names_see(t.names);
    test_names_put(&t, 1, S("长安银行"), 2);
    test_names_put(&t, 2, S("西安航空"), 3);
    test_names_tend(&t);
    EXPECT(test_names_found(before, S("西安")) == 1);
    EXPECT(test_names_found(before, S("长安")) == 0);
    EXPECT(names_serial(before) == 1);
    EXPECT(names_segments(before) == 1);
    names_let(&before);
    EXPECT(before == NULL);
    names_let(&before);

    before = names_see(t.names);
    EXPECT(names_serial(before) == 3);
    EXPECT(names_segments(before) == 1);
    EXPECT(names_documents(before) == 2);
    names_let(&before);
    test_names_end(&t);
}

TEST(what_is_no_text_is_refused_and_changes_nothing)
{
    const struct search_document twice[] = { { .id = 1, .name = S_INIT("a") },
                                             { .id = 1, .name = S_INIT("b") } };
    const struct search_document broken = { .id = 3, .name = S_INIT("\xff") };
    struct test_names_home t;

    test_names_begin(&t);
    test_names_put(&t, 1, S("西安银行"), 1);
    EXPECT_ERR(names_change(t.names, &t.arena, twice, 2, 2), ERR_INVALID,
               "search.twice");
    EXPECT_ERR(names_make(t.names, &t.arena, &broken, 1, mark_of(2)),
               ERR_INVALID, "search.name");
    EXPECT(test_names_now(&t, S("西安")) == 1);
    test_names_end(&t);
}

/* [NA5] */
TEST(there_are_few_segments_whoever_tends)
{
    enum { FEW = 4 };
    struct test_names_home t;
    bool tended;

    test_names_begin(&t);
    for (uint32_t i = 0; i < NAMES_SEGMENTS * 3; i++)
        test_names_put(&t, i, S("西安银行"), i + 1);
    EXPECT(test_names_now(&t, S("xayh")) == NAMES_SEGMENTS * 3);

    struct names_view *v = names_see(t.names);
    EXPECT(names_segments(v) <= NAMES_SEGMENTS);
    names_let(&v);
    test_names_tend(&t);
    v = names_see(t.names);
    EXPECT(names_segments(v) <= FEW);
    names_let(&v);
    EXPECT_OK(names_tend(t.names, &t.arena, &tended));
    EXPECT(!tended);
    test_names_end(&t);
}

/* Each is large enough beside all that are newer, and there is no room: two
 * become one all the same. */
TEST(a_full_row_of_segments_makes_room)
{
    enum { FIRST = 2000 };
    struct test_names_home t;
    struct search_document *d;

    test_names_begin(&t);
    d = arena_array(&t.arena, FIRST, sizeof *d);
    for (uint32_t i = 0; i < FIRST; i++)
        d[i] = (struct search_document){ .id = i, .name = S("银行") };
    EXPECT_OK(names_make(t.names, &t.arena, d, FIRST, mark_of(1)));
    for (uint32_t i = 1; i < NAMES_SEGMENTS; i++)
        EXPECT_OK(names_change(t.names, &t.arena, d, 0, i + 1));
    test_names_put(&t, FIRST, S("银行"), NAMES_SEGMENTS + 1);

    struct names_view *v = names_see(t.names);
    EXPECT(names_segments(v) == NAMES_SEGMENTS);
    EXPECT(names_serial(v) == NAMES_SEGMENTS + 1);
    names_let(&v);
    EXPECT(test_names_now(&t, S("yinhang")) == FIRST + 1);
    test_names_end(&t);
}

/* --- against a plain scan -------------------------------------------------
 */

enum { NAMES = 1200, ROUNDS = 60, CHANGED = 40, ASKED = 12 };

struct course {
    struct test_names_home t;
    struct test_random random;
    struct test_names names; /* as they should be */
};

static uint64_t draw(struct course *c, uint64_t n)
{
    return test_random_below(&c->random, n);
}

/* Some are called as another is, some are gone, some are back. */
static void change(struct course *c, uint64_t serial)
{
    struct search_document changed[CHANGED];
    size_t from = draw(c, NAMES - CHANGED);

    for (size_t i = 0; i < CHANGED; i++) {
        struct search_document *d = &c->names.documents[from + i];

        d->name = c->names.documents[draw(c, NAMES)].name;
        d->facets[SEARCH_STATUS] = (uint16_t)draw(c, 3);
        c->names.dead[from + i] = draw(c, 5) == 0;
        changed[i] = *d;
        if (c->names.dead[from + i])
            changed[i].name = S("");
    }
    EXPECT_OK(names_change(c->t.names, &c->t.arena, changed, CHANGED, serial));
}

static void expect_as_scanned(struct course *c, struct search_room *room)
{
    scoped(names_let) struct names_view *v = names_see(c->t.names);
    struct search_answer found;
    struct search_answer scanned;
    TEST_ARENA(a, 1 << 26);
    str piece = test_names_piece(&a, &c->random, &c->names, 6);
    struct search_request rq = test_names_request(piece, 20);

    if (draw(c, 2) == 0)
        rq.facets[SEARCH_STATUS] = (struct search_range){ 0, 1 };
    test_names_scan(&a, &c->names, &rq, &scanned);
    if (!EXPECT_OK(names_find(v, &a, room, &rq, &found)))
        return;
    if (scanned.n == 0 && found.n > 0) { /* the scan knows no slips */
        EXPECT_ROW(piece.p, search_key_how(found.hits[0].key) == SEARCH_SLIP);
        return;
    }
    EXPECT_ROW(piece.p, found.n == scanned.n && found.more == scanned.more);
    EXPECT_ROW(piece.p, found.count == scanned.count);
    for (size_t i = 0; i < found.n && i < scanned.n; i++)
        EXPECT_ROW(piece.p, found.hits[i].key == scanned.hits[i].key);
}

static void make_living(struct course *c)
{
    struct search_document *living =
        arena_array(&c->t.arena, NAMES, sizeof *living);
    size_t n = 0;

    for (size_t i = 0; i < NAMES; i++) {
        if (!c->names.dead[i])
            living[n++] = c->names.documents[i];
    }
    EXPECT_OK(names_make(c->t.names, &c->t.arena, living, n, mark_of(1)));
}

TEST(names_answer_as_a_plain_scan_whatever_was_changed_and_merged)
{
    struct course c = { .random = { TEST_SEED } };
    struct search_room *room = NULL;
    bool more;

    test_names_begin(&c.t);
    c.names = test_names_make(&c.t.arena, &c.random, NAMES);
    EXPECT_OK(search_room_new(&c.t.heap, &room));
    make_living(&c);
    for (uint64_t i = 0; i < ROUNDS && !test_failing(); i++) {
        change(&c, i + 2);
        if (draw(&c, 3) == 0)
            EXPECT_OK(names_tend(c.t.names, &c.t.arena, &more));
        for (int j = 0; j < ASKED; j++)
            expect_as_scanned(&c, room);
    }
    search_room_free(&room);
    test_names_end(&c.t);
}

/* --- at once ----------------------------------------------------------------
 */

/* One changes names two by two, one tends, one looks: of a pair both are there
 * or none. */
struct crowd {
    struct test_names_home *t;
    _Atomic bool over;
    _Atomic bool odd;
};

static void *tend_on(void *context)
{
    struct crowd *c = context;
    struct heap h = HEAP_LIBC;
    bool more;

    while (!atomic_load(&c->over)) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &h, 1 << 24);
        if (failed(names_tend(c->t->names, &a, &more)))
            atomic_store(&c->odd, true);
    }
    return NULL;
}

static void *look_on(void *context)
{
    struct crowd *c = context;

    while (!atomic_load(&c->over)) {
        if (test_names_now(c->t, S("西安")) % 2 != 0)
            atomic_store(&c->odd, true);
    }
    return NULL;
}

/* [NA2] */
TEST(who_looks_sees_a_change_whole_while_others_change_and_tend)
{
    enum { CHANGES = 200 };
    struct test_names_home t;
    struct crowd c = { .t = &t };
    pthread_t threads[2];

    test_names_begin(&t);
    EXPECT(pthread_create(&threads[0], NULL, tend_on, &c) == 0);
    EXPECT(pthread_create(&threads[1], NULL, look_on, &c) == 0);
    for (uint32_t i = 0; i < CHANGES; i++) {
        str name = i % 3 == 2 ? S("") : S("西安银行");
        const struct search_document pair[] = {
            { .id = i % 20, .name = name },
            { .id = 100 + i % 20, .name = name },
        };

        EXPECT_OK(names_change(t.names, &t.arena, pair, 2, i + 1));
    }
    atomic_store(&c.over, true);
    for (int i = 0; i < 2; i++)
        EXPECT(pthread_join(threads[i], NULL) == 0);
    EXPECT(!atomic_load(&c.odd));
    test_names_end(&t);
}
