/*
 * packages -- the frozen versions of each scheme, and one of them with all it
 * says: indicators with points and evidence, gates, limits, days, fees, texts
 * in both languages, and what the checker says of it. [17065 7.1] [M1]..[M5]
 * [M28]..[M33]
 */

#include "web/packages.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "web/persons.h"

enum { SHORT_HASH = 12, SAYS_MOST = 1 << 17 };

err packages_hash(struct request *rq, const struct hash *h, str *out)
{
    return hex_text(rq->arena, h->b, sizeof h->b, out);
}

err packages_says(struct request *rq, const struct fact *f, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, SAYS_MOST);
    fact_render(&b, web_lang(rq), f);
    return buf_done(&b, out);
}

enum work_place packages_place(const struct request *rq)
{
    return overviews_open_to(registers_reader(rq)) ? AT_REGISTERS : AT_PEOPLE;
}

/* --- the list ------------------------------------------------------------- */

/* The scheme's name, where its newest package can be read; else its id. */
static str name_of(const struct request *rq, const struct list *schemes,
                   str scheme)
{
    const struct scheme *const *s = schemes->p;

    for (size_t i = 0; i < schemes->n; i++) {
        if (str_eq(s[i]->id, scheme))
            return web_label(rq, s[i]->name);
    }
    return scheme;
}

static err show_line(struct request *rq, const struct list *schemes,
                     const struct package_line *line,
                     struct page_packages_rows *out)
{
    *out = (struct page_packages_rows){
        .scheme = line->scheme,
        .name = name_of(rq, schemes, line->scheme),
        .version = line->version,
        .by = line->by,
        .founded = line->by.n == 0,
        .in_force = line->in_force,
        .cases = line->cases,
    };
    TRY(packages_hash(rq, &line->hash, &out->hash));
    out->short_hash = str_first(out->hash, SHORT_HASH);
    return persons_moment(rq, line->frozen, &out->frozen);
}

static err show_list(struct request *rq, struct page_packages *page)
{
    const struct package_line *line;
    struct page_packages_rows *rows;
    struct list schemes;
    struct list found;

    TRY(web_schemes(rq, &schemes));
    TRY(packages_list(web_app(rq), rq->arena, registers_reader(rq), &found));
    line = found.p;
    REGISTER_ROWS(rq, rows, found.n);
    for (size_t i = 0; i < found.n; i++) {
        TRY(show_line(rq, &schemes, &line[i], &rows[i]));
        rows[i].newest = line[i].in_force ? rows[i].hash : rows[i - 1].newest;
    }
    page->rows = rows;
    page->rows_n = found.n;
    return OK;
}

static err get_packages(struct request *rq, struct response *rs)
{
    struct page_packages page = { 0 };
    struct buf b;

    TRY(show_list(rq, &page));
    registers_tabs(rq, AT_PACKAGES, &page.tabs);
    TRY(visit_work(rq, S(""), packages_place(rq), &page.work));
    answer_buf(rq, &b);
    page_packages_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- one version: its parts ----------------------------------------------- */

static str depth_class(int depth)
{
    static const str classes[] = { S_INIT("depth-0"), S_INIT("depth-1"),
                                   S_INIT("depth-2"), S_INIT("depth-3"),
                                   S_INIT("depth-4") };
    int last = (int)COUNT(classes) - 1;

    return classes[depth < last ? depth : last];
}

/* The label stands beside them already. */
static err show_facts(struct request *rq, const struct scheme_item *x,
                      struct page_package_item *out)
{
    struct page_package_item_facts *rows;

    REGISTER_ROWS(rq, rows, x->fact_count);
    for (size_t i = 0; i < x->fact_count; i++) {
        if (fact_is_label(&x->facts[i]))
            continue;
        rows[out->facts_n].what = x->facts[i].aspect;
        TRY(packages_says(rq, &x->facts[i], &rows[out->facts_n].says));
        out->facts_n++;
    }
    out->facts = rows;
    return OK;
}

static err show_item(struct request *rq, const struct scheme_item *x,
                     struct page_package_item *out)
{
    *out = (struct page_package_item){
        .id = scheme_item_is_named(x) ? x->id : S(""),
        .zh = x->label.zh,
        .en = x->label.en,
        .style = depth_class(x->depth),
    };
    return show_facts(rq, x, out);
}

/* All of it stands in one item without a name. */
static err show_single(struct request *rq, const struct scheme_item *x,
                       struct page_package_part *out)
{
    struct page_package_part_facts *rows;

    REGISTER_ROWS(rq, rows, x->fact_count);
    for (size_t i = 0; i < x->fact_count; i++) {
        rows[i].what = x->facts[i].aspect;
        TRY(packages_says(rq, &x->facts[i], &rows[i].says));
    }
    out->single = true;
    out->facts = rows;
    out->facts_n = x->fact_count;
    return OK;
}

static err show_part(struct request *rq, const struct scheme_item *x, size_t n,
                     struct page_package_part *out)
{
    struct page_package_item *items;

    *out = (struct page_package_part){
        .title = scheme_part_ids[x->part],
        .count = (int64_t)n,
        .open = x->part <= PART_FIGURES,
    };
    if (x->id.n == 0)
        return show_single(rq, x, out);
    REGISTER_ROWS(rq, items, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_item(rq, &x[i], &items[i]));
    out->items = items;
    out->items_n = n;
    return OK;
}

/* How many items from here on are of the same part. */
static size_t same_part(const struct scheme_item *x, size_t n)
{
    size_t same = 1;

    while (same < n && x[same].part == x[0].part)
        same++;
    return same;
}

static err show_parts(struct request *rq, const struct scheme *s,
                      struct page_package *page)
{
    struct page_package_part *parts;
    const struct scheme_item *x;
    struct list items;

    TRY(scheme_items(rq->arena, s, &items));
    x = items.p;
    REGISTER_ROWS(rq, parts, PART_COUNT);
    for (size_t i = 0; i < items.n;) {
        size_t n = same_part(&x[i], items.n - i);

        TRY(show_part(rq, &x[i], n, &parts[page->parts_n++]));
        i += n;
    }
    page->parts = parts;
    return OK;
}

/* --- one version: what it is ---------------------------------------------- */

static err show_problems(struct request *rq, const struct package_view *v,
                         struct page_package *page)
{
    struct page_package_problems *rows;
    size_t n = 0;

    REGISTER_ROWS(rq, rows, v->problem_count);
    for (const struct problem *p = v->problems; p != NULL; p = p->next) {
        struct buf b;

        buf_init(&b, rq->arena, SAYS_MOST);
        problem_render(&b, web_lang(rq), S(""), p);
        TRY(buf_done(&b, &rows[n++].says));
    }
    page->problems = rows;
    page->problems_n = n;
    page->problem_count = (int64_t)n;
    return OK;
}

/* Is there another version to hold it against? */
static err has_others(struct request *rq, str scheme, bool *out)
{
    const struct package_line *line;
    struct list found;
    size_t n = 0;

    TRY(packages_list(web_app(rq), rq->arena, registers_reader(rq), &found));
    line = found.p;
    for (size_t i = 0; i < found.n; i++)
        n += str_eq(line[i].scheme, scheme);
    *out = n > 1;
    return OK;
}

static err fill(struct request *rq, const struct package_view *v,
                struct page_package *page)
{
    page->name = web_label(rq, v->scheme->name);
    page->scheme = v->line.scheme;
    page->version = v->line.version;
    page->by = v->line.by;
    page->founded = v->line.by.n == 0;
    page->in_force = v->line.in_force;
    page->cases = v->line.cases;
    page->leaves = (int64_t)v->scheme->leaf_count;
    page->points = v->scheme->method == METHOD_POINTS;
    TRY(packages_hash(rq, &v->line.hash, &page->hash));
    TRY(persons_moment(rq, v->line.frozen, &page->frozen));
    TRY(has_others(rq, v->line.scheme, &page->others));
    TRY(show_problems(rq, v, page));
    return show_parts(rq, v->scheme, page);
}

static err get_package(struct request *rq, struct response *rs)
{
    struct page_package page = { 0 };
    struct package_view v;
    struct buf b;

    TRY(packages_one(web_app(rq), rq->arena, registers_reader(rq),
                     request_parameter(rq, S("name")),
                     request_parameter(rq, S("hash")), &v));
    TRY(fill(rq, &v, &page));
    registers_tabs(rq, AT_PACKAGES, &page.tabs);
    TRY(visit_work(rq, page.name, packages_place(rq), &page.work));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_package_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/packages", RIGHT_BODY, BODY_NONE, get_packages },
    { METHOD_GET, "/packages/{name}/versions/{hash}", RIGHT_BODY, BODY_NONE,
      get_package },
};

const struct route_table package_routes = { routes, COUNT(routes) };
