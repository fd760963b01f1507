#include "search/search.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "search/test_names.h"

#include <stdio.h>

enum { ROOM = 1 << 30, PARTS = 4 };

/* Names laid into segments, the dead ones marked. */
struct bed {
    struct heap *heap;
    struct test_names names;
    struct segment_part parts[PARTS];
    size_t n;
    struct search_room *room;
};

static void bed_end(struct bed *b)
{
    search_room_free(&b->room);
}

static void lay(struct arena *a, struct bed *b, size_t parts)
{
    static const size_t shares[PARTS] = { 70, 90, 99, 100 }; /* to, per cent */
    size_t from = 0;

    b->n = parts;
    EXPECT_OK(search_room_new(b->heap, &b->room));
    for (size_t i = 0; i < parts; i++) {
        size_t to = i + 1 == parts ? b->names.n : b->names.n * shares[i] / 100;
        str bytes;

        EXPECT_OK(segment_build(b->heap, a, b->names.documents + from,
                                to - from, &bytes));
        EXPECT_OK(segment_open(a, bytes, &b->parts[i].segment));
        EXPECT_OK(segment_verify(a, b->parts[i].segment));

        const struct segment *s = b->parts[i].segment;
        uint64_t *dead = arena_array(a, segment_words(s), sizeof *dead);
        for (size_t j = from; j < to; j++) {
            uint32_t d = 0;

            EXPECT(segment_find(s, b->names.documents[j].id, &d));
            EXPECT(segment_id(s, d) == b->names.documents[j].id);
            if (b->names.dead[j])
                dead[d / 64] |= UINT64_C(1) << d % 64;
        }
        b->parts[i].dead = dead;
        from = to;
    }
}

static void say(const char *what, const struct search_answer *x)
{
    printf("  %s: %zu%s, count %u%s:", what, x->n, x->more ? "+" : "", x->count,
           x->above ? "+" : "");
    for (size_t i = 0; i < x->n && i < 5; i++)
        printf(" %llx", (unsigned long long)x->hits[i].key);
    printf("\n");
}

static bool same(const struct search_answer *x, const struct search_answer *y)
{
    if (x->n != y->n || x->more != y->more || x->count != y->count ||
        x->above != y->above)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if (x->hits[i].key != y->hits[i].key || x->hits[i].id != y->hits[i].id)
            return false;
    return true;
}

static void expect_as_scanned(const struct bed *b,
                              const struct search_request *rq)
{
    TEST_ARENA(a, ROOM);
    struct search_answer got;
    struct search_answer want;
    str row;

    EXPECT_OK(search_find(&a, b->room, b->parts, b->n, rq, &got));
    test_names_scan(&a, &b->names, rq, &want);
    if (want.count == 0) /* a slip may find what a scan does not */
        return;
    EXPECT(arena_str(&a, rq->asked, &row));
    EXPECT_ROW(row.p, same(&got, &want));
    if (!same(&got, &want)) {
        say("got ", &got);
        say("want", &want);
    }
}

static const str typed[] = {
    S_INIT("华"),
    S_INIT("有限公司"),
    S_INIT("深圳 华为"),
    S_INIT("科技 公司"),
    S_INIT("huawei"),
    S_INIT("hua"),
    S_INIT("hw"),
    S_INIT("hwkj"),
    S_INIT("h"),
    S_INIT("xian"),
    S_INIT("xi"),
    S_INIT("changan"),
    S_INIT("zhangan"),
    S_INIT("chongqing"),
    S_INIT("ＴＣＬ"),
    S_INIT("tcl"),
    S_INIT("tclkj"),
    S_INIT("H3C"),
    S_INIT("龍騰"),
    S_INIT("龙腾"),
    S_INIT("龍腾 有限"),
    S_INIT("𬭚"),
    S_INIT("ao史密斯"),
    S_INIT("shenzhen"),
    S_INIT("yinhang"),
    S_INIT("公司 深圳"),
    S_INIT("集团"),
    S_INIT("有 限 公"),
    S_INIT("kj 深圳"),
    S_INIT("深圳 kj"),
    S_INIT("限公司"),
    S_INIT("上海人家 xia"),
    S_INIT("xm"),
    S_INIT("a"),
    S_INIT("深圳市华为技术有限公司"),
};

static struct search_range draw_range(struct test_random *r, uint64_t below)
{
    uint16_t from = (uint16_t)test_random_below(r, below);

    return (struct search_range){
        from, (uint16_t)(from + test_random_below(r, below))
    };
}

static struct search_request draw_request(struct arena *a,
                                          struct test_random *r,
                                          const struct bed *b, size_t i)
{
    str asked =
        i < COUNT(typed) ? typed[i] : test_names_piece(a, r, &b->names, 6);
    struct search_request rq =
        test_names_request(asked, 1 + test_random_below(r, 30));

    if (test_random_below(r, 2) == 0)
        rq.facets[SEARCH_PLACE] = draw_range(r, 300);
    if (test_random_below(r, 3) == 0)
        rq.facets[SEARCH_LEVEL] = draw_range(r, 10);
    if (test_random_below(r, 8) == 0)
        rq.facets[SEARCH_STATUS] = (struct search_range){ 1, 1 };
    return rq;
}

/* [SE1] [SE2] [SE3] */
static void expect_all_as_scanned(size_t names, size_t parts, size_t requests)
{
    TEST_ARENA(a, ROOM);
    struct test_random r = { TEST_SEED + names + parts };
    scoped(bed_end) struct bed b = { .heap = a.heap,
                                     .names = test_names_make(&a, &r, names) };

    lay(&a, &b, parts);
    for (size_t i = 0; i < requests && !test_failing(); i++) {
        struct search_request rq = draw_request(&a, &r, &b, i);

        expect_as_scanned(&b, &rq);
    }
}

TEST(what_is_found_is_what_a_scan_finds)
{
    expect_all_as_scanned(TEST_NAMES_MAX, 1, 100);
}

TEST(how_names_lie_in_segments_changes_nothing)
{
    expect_all_as_scanned(TEST_NAMES_MAX, PARTS, 100);
}

TEST(few_names_are_searched_alike)
{
    for (size_t n = 1; n < 200; n = n * 2 + 1)
        expect_all_as_scanned(n, 1, 40);
}

/* [SE4] */
TEST(pages_go_on_by_key_until_everything_was_shown_once)
{
    TEST_ARENA(a, ROOM);
    struct test_random r = { TEST_SEED };
    scoped(bed_end) struct bed b = { .heap = a.heap,
                                     .names = test_names_make(&a, &r, 5000) };

    lay(&a, &b, 2);
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct search_request rq = test_names_request(typed[i], 100);
        struct search_answer x = { .more = true };
        uint32_t count = 0;
        size_t seen = 0;

        for (int page = 0; page < 100 && x.more; page++) {
            expect_as_scanned(&b, &rq);
            EXPECT_OK(search_find(&a, b.room, b.parts, b.n, &rq, &x));
            seen += x.n;
            count = x.count;
            rq.after = x.n > 0 ? x.hits[x.n - 1].key : rq.after;
        }
        EXPECT_ROW(typed[i].p, seen == count && !x.more);
    }
}

/* The names that are found, in order, divided by '|'. */
static str found(struct arena *a, const struct search_document *documents,
                 size_t n, str asked)
{
    scoped(search_room_free) struct search_room *room = NULL;
    struct segment_part part = { .dead = NULL };
    struct search_request rq = test_names_request(asked, 20);
    struct search_answer x;
    struct buf b;
    str out = { NULL, 0 };

    EXPECT_OK(search_room_new(a->heap, &room));
    EXPECT_OK(segment_build(a->heap, a, documents, n, &out));
    EXPECT_OK(segment_open(a, out, &part.segment));
    EXPECT_OK(search_find(a, room, &part, 1, &rq, &x));
    buf_init(&b, a, 4096);
    for (size_t i = 0; i < x.n; i++) {
        buf_str(&b, i > 0 ? S("|") : S(""));
        buf_str(&b, documents[x.hits[i].id].name);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static const struct search_document firms[] = {
    { .id = 0, .name = S_INIT("深圳市华为技术有限公司") },
    { .id = 1, .name = S_INIT("华为") },
    { .id = 2, .name = S_INIT("北京中华为民超市") },
    { .id = 3, .name = S_INIT("华为技术有限公司") },
    { .id = 4, .name = S_INIT("西安长安汽车厂") },
    { .id = 5, .name = S_INIT("龍騰電機(HUAWEI)店") },
    { .id = 6, .name = S_INIT("公司法研究会") },
    { .id = 7, .name = S_INIT("厦门乐百氏食品厂") },
};

/* [SE1] [SE2] [SE3] [SE5] */
TEST(what_one_types_is_found_best_first)
{
    static const struct {
        const char *why;
        str asked;
        str want;
    } rows[] = {
        { "whole, first, behind the region, in the body", S_INIT("华为"),
          S_INIT("华为|华为技术有限公司|深圳市华为技术有限公司|"
                 "北京中华为民超市") },
        { "the body before the legal form", S_INIT("公司"),
          S_INIT("公司法研究会|华为技术有限公司|深圳市华为技术有限公司") },
        { "as written before as read", S_INIT("huawei"),
          S_INIT("龍騰電機(HUAWEI)店|华为|华为技术有限公司|"
                 "深圳市华为技术有限公司|北京中华为民超市") },
        { "unfinished", S_INIT("huaweij"),
          S_INIT("华为技术有限公司|深圳市华为技术有限公司") },
        { "first letters", S_INIT("hwjs"),
          S_INIT("华为技术有限公司|深圳市华为技术有限公司") },
        { "one of two readings", S_INIT("changan"), S_INIT("西安长安汽车厂") },
        { "and the other", S_INIT("xiamenle"), S_INIT("厦门乐百氏食品厂") },
        { "simplified", S_INIT("龙腾电机"), S_INIT("龍騰電機(HUAWEI)店") },
        { "full width", S_INIT("ｈｕａｗｅｉ 龍"),
          S_INIT("龍騰電機(HUAWEI)店") },
        { "in any order", S_INIT("技术 深圳"),
          S_INIT("深圳市华为技术有限公司") },
        { "a character replaced", S_INIT("长按汽车"),
          S_INIT("西安长安汽车厂") },
        { "left out", S_INIT("深圳华为"), S_INIT("深圳市华为技术有限公司") },
        { "put in", S_INIT("长安的汽车"), S_INIT("西安长安汽车厂") },
        { "with another word", S_INIT("厂 长按汽"), S_INIT("西安长安汽车厂") },
        { "syllables and first letters", S_INIT("huawjs"),
          S_INIT("华为技术有限公司|深圳市华为技术有限公司") },
        { "the other way round", S_INIT("szshuaw"),
          S_INIT("深圳市华为技术有限公司") },
        { "mixed, with another word", S_INIT("深圳 hwjishu"),
          S_INIT("深圳市华为技术有限公司") },
        { "letters in the wrong order", S_INIT("chnagan"),
          S_INIT("西安长安汽车厂") },
        { "a letter replaced", S_INIT("cheng'anqiche"),
          S_INIT("西安长安汽车厂") },
        { "a letter missing", S_INIT("xianchanganqche"),
          S_INIT("西安长安汽车厂") },
        { "two slips are too many", S_INIT("常按汽东"), S_INIT("") },
        { "nothing asked", S_INIT(" ，"), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 26);

        EXPECT_ROW_STR(rows[i].why,
                       found(&a, firms, COUNT(firms), rows[i].asked),
                       rows[i].want);
    }
}

TEST(a_key_says_how_it_was_found)
{
    EXPECT(search_key_how(UINT64_C(1) << 40) == SEARCH_WRITTEN);
    EXPECT(search_key_how(UINT64_C(9) << 40) == SEARCH_SYLLABLES);
    EXPECT(search_key_how(UINT64_C(17) << 40) == SEARCH_INITIALS);
    EXPECT(search_key_how(UINT64_C(29) << 40) == SEARCH_MIXED);
    EXPECT(search_key_how(UINT64_C(37) << 40) == SEARCH_SLIP);
}
