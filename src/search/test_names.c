#include "search/test_names.h"

#include "base/size.h"
#include "codec/utf8.h"
#include "search/fold.h"
#include "search/name.h"
#include "search/reading.h"

#include <stdlib.h>

static const str regions[] = {
    S_INIT("深圳市"), S_INIT("深圳"), S_INIT("浙江省杭州市"), S_INIT("上海"),
    S_INIT("中国"),   S_INIT(""),     S_INIT("江苏"),         S_INIT("成都市"),
};
static const str bodies[] = {
    S_INIT("华为"),     S_INIT("西安"),       S_INIT("长安"),
    S_INIT("重庆火锅"), S_INIT("银行"),       S_INIT("TCL"),
    S_INIT("ｈ３ｃ"),   S_INIT("乐百氏"),     S_INIT("龍騰"),
    S_INIT("龙腾"),     S_INIT("上海人家"),   S_INIT("鑫"),
    S_INIT("𬭚锦"),  S_INIT("A.O.史密斯"), S_INIT("厦门航空"),
};
static const str trades[] = {
    S_INIT("科技"), S_INIT("技术"),     S_INIT("贸易"),     S_INIT(""),
    S_INIT("餐饮"), S_INIT("建筑工程"), S_INIT("（集团）"), S_INIT("服务"),
};
static const str forms[] = {
    S_INIT("有限公司"),           S_INIT("股份有限公司"), S_INIT("厂"),
    S_INIT("有限公司深圳分公司"), S_INIT("合作社"),       S_INIT(""),
};

/* Characters by themselves, so that pairs differ. */
static const char *const loose = "安邦晨达恩丰国海华佳凯蓝明宁鹏秋瑞盛泰万";

static str pick(struct test_random *r, const str *from, size_t n)
{
    return from[test_random_below(r, n)];
}

static void append(char *out, size_t *n, str s)
{
    memcpy(out + *n, s.p, s.n);
    *n += s.n;
}

static str make_name(struct arena *a, struct test_random *r)
{
    char *p = arena_zero(a, 256);
    size_t n = 0;

    append(p, &n, pick(r, regions, COUNT(regions)));
    append(p, &n, pick(r, bodies, COUNT(bodies)));
    for (uint64_t i = test_random_below(r, 4); i > 0; i--)
        append(p, &n, (str){ loose + test_random_below(r, 20) * 3, 3 });
    append(p, &n, pick(r, trades, COUNT(trades)));
    append(p, &n, pick(r, forms, COUNT(forms)));
    return (str){ p, n };
}

struct test_names test_names_make(struct arena *a, struct test_random *r,
                                  size_t n)
{
    struct test_names out = {
        .documents = arena_array(a, n, sizeof *out.documents),
        .dead = arena_array(a, n, sizeof *out.dead),
        .n = n,
    };

    for (size_t i = 0; i < n; i++) {
        struct search_document *d = &out.documents[i];

        d->id = (uint32_t)(i * 2654435761U % 4294967291U);
        d->name = make_name(a, r);
        d->facets[SEARCH_PLACE] = (uint16_t)test_random_below(r, 300);
        d->facets[SEARCH_LEVEL] = (uint16_t)test_random_below(r, 11);
        d->facets[SEARCH_STATUS] = test_random_below(r, 1000) == 0;
        out.dead[i] = test_random_below(r, 10) == 0;
    }
    return out;
}

str test_names_piece(struct arena *a, struct test_random *r,
                     const struct test_names *names, size_t most)
{
    str name = names->documents[test_random_below(r, names->n)].name;
    size_t n;
    str piece;

    EXPECT(utf8_check(name, &n));
    size_t skip = test_random_below(r, n);
    piece = str_from(name, utf8_first(name, skip).n);
    piece = utf8_first(piece, 1 + test_random_below(r, most));
    EXPECT(arena_str(a, piece, &piece));
    return piece;
}

struct search_request test_names_request(str asked, size_t want)
{
    struct search_request rq = { .asked = asked, .want = want, .count = true };

    for (int i = 0; i < SEARCH_FACETS; i++)
        rq.facets[i] = SEARCH_ANY;
    return rq;
}

/* --- the scan ------------------------------------------------------------ */

struct units {
    uint16_t p[SEARCH_NAME_MAX];
    size_t n;
};

static int tier_at(const struct units *name, size_t at, size_t n)
{
    struct name_body body = name_body(name->p, name->n);

    if (at == 0 && n == name->n)
        return 0;
    if (at == 0)
        return 1;
    if (at == body.from)
        return 2;
    return at > body.from && at < body.to ? 3 : 4;
}

/* As it stands, from here on: the units it takes, or 0. */
static size_t written_at(const struct units *w, const struct units *name,
                         size_t at)
{
    if (at + w->n > name->n)
        return 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->p[i] != name->p[at + i])
            return 0;
    return w->n;
}

static size_t initials_at(const struct units *w, const struct units *name,
                          size_t at)
{
    uint16_t read[READINGS_MAX];

    if (at + w->n > name->n)
        return 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t n = reading_initials(name->p[at + i], read);
        bool fits = false;

        for (size_t j = 0; j < n; j++)
            fits = fits || read[j] == reading_initial(w->p[i]);
        if (!fits)
            return 0;
    }
    return w->n;
}

/* Do syllables from here on spell the letters from `letter` on, the last one
 * perhaps not to its end?  The fewest and the most units they take. */
static void syllables_at(const struct units *w, size_t letter,
                         const struct units *name, size_t at, size_t taken,
                         bool *lengths)
{
    uint16_t read[READINGS_MAX];

    if (letter == w->n) {
        lengths[taken] = true;
        return;
    }
    if (at == name->n)
        return;
    size_t n = reading_syllables(name->p[at], read);
    for (size_t take = 1; take <= SYLLABLE_LETTERS && letter + take <= w->n;
         take++) {
        uint16_t from = 1;
        uint16_t to = 0;

        if (letter + take == w->n)
            (void)reading_begun(w->p + letter, take, &from, &to);
        else
            from = to = reading_spelled(w->p + letter, take);
        for (size_t j = 0; j < n; j++)
            if (from != 0 && read[j] >= from && read[j] <= to) {
                syllables_at(w, letter + take, name, at + 1, taken + 1,
                             lengths);
                break;
            }
    }
}

static bool is_latin(const struct units *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->p[i] < 'a' || w->p[i] > 'z')
            return false;
    return true;
}

/* how * 8 + tier + 1 of the best place, or 0. */
static unsigned rank_of(const struct units *w, const struct units *name)
{
    unsigned best[3] = { 99, 99, 99 };

    for (size_t at = 0; at < name->n; at++) {
        bool lengths[SEARCH_NAME_MAX + 1] = { false };
        size_t n = written_at(w, name, at);

        if (n > 0 && (unsigned)tier_at(name, at, n) < best[0])
            best[0] = (unsigned)tier_at(name, at, n);
        if (!is_latin(w))
            continue;
        if (w->n > 1)
            syllables_at(w, 0, name, at, 0, lengths);
        for (size_t i = 1; i <= name->n; i++)
            if (lengths[i] && (unsigned)tier_at(name, at, i) < best[1])
                best[1] = (unsigned)tier_at(name, at, i);
        n = initials_at(w, name, at);
        if (n > 0 && (unsigned)tier_at(name, at, n) < best[2])
            best[2] = (unsigned)tier_at(name, at, n);
    }
    for (unsigned how = 0; how < 3; how++)
        if (best[how] != 99)
            return how * 8 + best[how] + 1;
    return 0;
}

static bool facets_fit(const struct search_document *d,
                       const struct search_request *rq)
{
    for (int i = 0; i < SEARCH_FACETS; i++)
        if (d->facets[i] < rq->facets[i].from ||
            d->facets[i] > rq->facets[i].to)
            return false;
    return true;
}

/* The key of a document that answers, or 0. */
static uint64_t key_of(const struct search_document *d,
                       const struct units *words, size_t n)
{
    struct units name;
    uint64_t rank = 0;

    EXPECT(fold_name(d->name, name.p, SEARCH_NAME_MAX, &name.n));
    for (size_t i = 0; i < n; i++) {
        unsigned own = rank_of(&words[i], &name);

        if (own == 0)
            return 0;
        rank = i == 0 ? own : rank;
    }
    return rank << 40 | (uint64_t)name.n << 32 | d->id;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

void test_names_scan(struct arena *a, const struct test_names *names,
                     const struct search_request *rq, struct search_answer *out)
{
    struct units words[SEARCH_WORDS_MAX];
    uint64_t *keys = arena_array(a, names->n, sizeof *keys);
    size_t at = 0;
    size_t words_n = 0;
    size_t n = 0;

    *out = (struct search_answer){ .n = 0 };
    while (words_n < SEARCH_WORDS_MAX &&
           fold_word(rq->asked, &at, words[words_n].p, SEARCH_ASKED_MAX,
                     &words[words_n].n) &&
           words[words_n].n > 0)
        words_n++;
    for (size_t i = 0; i < names->n && words_n > 0; i++) {
        const struct search_document *d = &names->documents[i];

        if (names->dead[i] || !facets_fit(d, rq))
            continue;
        keys[n] = key_of(d, words, words_n);
        n += keys[n] != 0 ? 1 : 0;
    }
    qsort(keys, n, sizeof *keys, by_key);
    out->count = n > SEARCH_COUNT_MAX ? SEARCH_COUNT_MAX : (uint32_t)n;
    out->above = n > SEARCH_COUNT_MAX;
    for (size_t i = 0; i < n; i++) {
        if (keys[i] <= rq->after)
            continue;
        out->more = out->n == rq->want;
        if (out->more)
            break;
        out->hits[out->n++] = (struct search_hit){ keys[i], (uint32_t)keys[i] };
    }
}
