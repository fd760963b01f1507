#include "names.h"

#include "measure.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/str.h"
#include "codec/utf8.h"
#include "search/fold.h"
#include "search/name.h"
#include "search_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_MOST = 64 << 20,
    LISTED_MOST = 100000,
    UNITS = 1 << 16,
    NAME_BYTES = 128,
    CHAIN_MOST = 24, /* units of a body */
    STRANGE = 12,    /* one in so many is drawn by itself */
    PLACES = 2800,   /* counties, some with far more names than others */
    END = 0,         /* of a body: no unit */
};

/* A real name, folded, in its parts. */
struct real {
    uint16_t units[SEARCH_NAME_MAX];
    size_t n;
    struct name_body body;
};

/* Pairs of neighbours in the bodies: after a unit, one of followers[from..to).
 */
struct chain {
    uint32_t from[UNITS + 1];
    uint16_t *followers;
    uint16_t *loose; /* each unit as often as it stands there */
    size_t loose_n;
};

struct maker {
    struct real *real;
    size_t n;
    struct chain *chain;
    uint64_t random;
};

uint32_t names_draw(uint64_t *state, uint32_t n)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (uint32_t)((z >> 32) * n >> 32);
}

static void read_real(struct arena *a, const char *path, struct maker *m)
{
    FILE *f = fopen(path, "rb");
    char *bytes = arena_zero(a, FILE_MOST);

    must(f != NULL && bytes != NULL, "the list of names cannot be read");
    str rest = { bytes, fread(bytes, 1, FILE_MOST, f) };
    (void)fclose(f);
    m->real = arena_array(a, LISTED_MOST, sizeof *m->real);
    must(m->real != NULL, "no memory");
    (void)str_cut(&rest, '\n');
    while (rest.p != NULL && m->n < LISTED_MOST) {
        str line = str_cut(&rest, '\n');
        struct real *r = &m->real[m->n];

        if (!fold_name(str_cut(&line, '\t'), r->units, SEARCH_NAME_MAX,
                       &r->n) ||
            r->n < 4)
            continue;
        r->body = name_body(r->units, r->n);
        m->n++;
    }
    must(m->n > 100, "the list holds too few names");
}

/* What follows the unit at `i` of a body, or begins it at from - 1. */
static uint16_t follower(const struct real *r, size_t i)
{
    return i < r->body.to ? r->units[i] : END;
}

static uint16_t leader(const struct real *r, size_t i)
{
    return i > r->body.from ? r->units[i - 1] : END;
}

static void make_chain(struct arena *a, struct maker *m)
{
    struct chain *c = arena_zero(a, sizeof *c);
    uint32_t *at = arena_array(a, UNITS + 1, sizeof *at);
    size_t pairs = 0;

    must(c != NULL && at != NULL, "no memory");
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = m->real[i].body.from; j <= m->real[i].body.to; j++) {
            c->from[leader(&m->real[i], j) + 1]++;
            pairs++;
        }
    for (size_t i = 0; i < UNITS; i++) {
        c->from[i + 1] += c->from[i];
        at[i] = c->from[i];
    }
    c->followers = arena_array(a, pairs, sizeof *c->followers);
    c->loose = arena_array(a, pairs, sizeof *c->loose);
    must(c->followers != NULL && c->loose != NULL, "no memory");
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = m->real[i].body.from; j <= m->real[i].body.to; j++) {
            const struct real *r = &m->real[i];

            c->followers[at[leader(r, j)]++] = follower(r, j);
            if (follower(r, j) != END)
                c->loose[c->loose_n++] = follower(r, j);
        }
    m->chain = c;
}

static char *put(char *p, uint16_t unit)
{
    return p + utf8_write(unit, p);
}

static char *put_all(char *p, const uint16_t *units, size_t n)
{
    for (size_t i = 0; i < n; i++)
        p = put(p, units[i]);
    return p;
}

static char *put_chain(struct maker *m, char *p)
{
    const struct chain *c = m->chain;
    uint16_t unit = END;

    for (int i = 0; i < CHAIN_MOST; i++) {
        uint32_t from = c->from[unit];
        uint32_t n = c->from[unit + 1] - from;

        if (n == 0)
            break;
        unit = c->followers[from + names_draw(&m->random, n)];
        if (unit == END && i > 1)
            break;
        if (unit == END || names_draw(&m->random, STRANGE) == 0)
            unit = c->loose[names_draw(&m->random, (uint32_t)c->loose_n)];
        p = put(p, unit);
    }
    return p;
}

static char *put_name(struct maker *m, char *p)
{
    const struct real *head = &m->real[names_draw(&m->random, (uint32_t)m->n)];
    const struct real *tail = &m->real[names_draw(&m->random, (uint32_t)m->n)];

    p = put_all(p, head->units, head->body.from);
    p = put_chain(m, p);
    return put_all(p, tail->units + tail->body.to, tail->n - tail->body.to);
}

/* --- invented ------------------------------------------------------------ */

static const str trades[] = {
    S_INIT("科技"),     S_INIT("贸易"),       S_INIT("商贸"),
    S_INIT("建筑工程"), S_INIT("实业"),       S_INIT("餐饮管理"),
    S_INIT("网络科技"), S_INIT("物流"),       S_INIT("装饰工程"),
    S_INIT("文化传播"), S_INIT("电子"),       S_INIT("机械设备"),
    S_INIT("信息技术"), S_INIT("教育咨询"),   S_INIT("汽车销售"),
    S_INIT("农业发展"), S_INIT("食品"),       S_INIT("服饰"),
    S_INIT("医药"),     S_INIT("房地产开发"), S_INIT("投资管理"),
    S_INIT("广告"),     S_INIT("环保"),       S_INIT("新能源"),
    S_INIT("家具"),     S_INIT("化工"),       S_INIT("种植"),
    S_INIT("物业服务"), S_INIT("人力资源"),   S_INIT("生物科技"),
};
static const str ends[] = {
    S_INIT("有限公司"),     S_INIT("有限公司"), S_INIT("有限公司"),
    S_INIT("有限责任公司"), S_INIT("有限公司"), S_INIT("股份有限公司"),
    S_INIT("专业合作社"),   S_INIT("经营部"),   S_INIT("有限公司分公司"),
};

static char *put_str(char *p, str s)
{
    memcpy(p, s.p, s.n);
    return p + s.n;
}

/* Of the characters that are read in some way, some far more often. */
static uint16_t draw_character(struct maker *m)
{
    for (;;) {
        uint32_t span = 64U << names_draw(&m->random, 9);
        uint32_t unit = 0x4e00 + names_draw(&m->random, span) * 97 % 0x51a6;

        if (search_readings[unit - SEARCH_HAN_FIRST][0] != 0)
            return search_fold[unit];
    }
}

static char *put_invented(struct maker *m, char *p)
{
    uint32_t row = names_draw(&m->random, (uint32_t)search_regions_count);
    const uint16_t *region = search_regions[row >> names_draw(&m->random, 8)];

    for (size_t i = 0; region[i] != 0; i++)
        p = put(p, region[i]);
    for (uint32_t i = 2 + names_draw(&m->random, 2); i > 0; i--)
        p = put(p, draw_character(m));
    p = put_str(p, trades[names_draw(&m->random, COUNT(trades))]);
    return put_str(p, ends[names_draw(&m->random, COUNT(ends))]);
}

/* --- documents ----------------------------------------------------------- */

/* Values near 0 are drawn more often. */
static uint16_t uneven(struct maker *m, uint32_t n)
{
    return (uint16_t)names_draw(&m->random, 1 + names_draw(&m->random, n));
}

static void fill(struct maker *m, struct search_document *d)
{
    d->facets[SEARCH_PLACE] = uneven(m, PLACES);
    d->facets[SEARCH_LEVEL] = (uint16_t)(1 + names_draw(&m->random, 10));
    d->facets[SEARCH_SCHEME] = uneven(m, 6);
    d->facets[SEARCH_STATUS] = names_draw(&m->random, 10) > 0
                                   ? 0
                                   : (uint16_t)names_draw(&m->random, 4);
    d->facets[SEARCH_TRADE] = uneven(m, 97);
}

struct made_names made_names(struct arena *a, const char *path, size_t n,
                             uint64_t seed)
{
    struct maker m = { .random = seed };
    struct made_names out = { arena_array(a, n, sizeof *out.documents), n };

    must(out.documents != NULL, "no memory");
    if (path != NULL) {
        read_real(a, path, &m);
        make_chain(a, &m);
    }
    for (size_t i = 0; i < n; i++) {
        char name[NAME_BYTES * 8];
        struct search_document *d = &out.documents[i];
        char *end = path != NULL ? put_name(&m, name) : put_invented(&m, name);

        d->id = (uint32_t)i;
        must(arena_str(a, (str){ name, (size_t)(end - name) }, &d->name),
             "no memory");
        fill(&m, d);
    }
    return out;
}
