/*
 * package_diff -- what differs between two versions of a scheme, part by part,
 * for whoever answers for it: what came, what went, what was and is.
 * (scheme/compare.h) [17065 7.1.3]
 *
 *   [WQ3] Without a choice the version in force is held against the one before
 *         it; of a scheme with one version there is nothing to compare.
 */

#include "web/packages.h"

#include "base/arena.h"
#include "base/id.h"
#include "base/size.h"

/* Which two, and all there are. */
struct choosing {
    struct list lines; /* struct package_line of this scheme, newest first */
    str from;
    str to;
};

/* --- choosing [WQ3] --------------------------------------------------------
 */

static err list_versions(struct request *rq, str scheme, struct choosing *c)
{
    struct package_line *kept;
    const struct package_line *line;
    struct list found;

    TRY(packages_list(web_app(rq), rq->arena, registers_reader(rq), &found));
    line = found.p;
    REGISTER_ROWS(rq, kept, found.n);
    c->lines = (struct list){ kept, 0 };
    for (size_t i = 0; i < found.n; i++) {
        if (str_eq(line[i].scheme, scheme))
            kept[c->lines.n++] = line[i];
    }
    return c->lines.n > 0
               ? OK
               : err_new(rq->arena, ERR_NOT_FOUND, "published.no_scheme",
                         ARG_STR("name", str_first(scheme, 64)));
}

/* The one named, or the `nth` newest, or the oldest. */
static err choose(struct request *rq, const struct choosing *c,
                  const char *name, size_t nth, str *out)
{
    const struct package_line *line = c->lines.p;

    *out = asked(rq, name);
    if (out->n > 0)
        return OK;
    return packages_hash(rq,
                         &line[nth < c->lines.n ? nth : c->lines.n - 1].hash,
                         out);
}

/* One that is asked for alone is held against the version before it, or, as the
 * older, against the one in force. */
static size_t place_of(const struct choosing *c, str hash)
{
    const struct package_line *line = c->lines.p;
    struct hash wanted;

    for (size_t i = 0; i < c->lines.n; i++) {
        if (hex_parse(hash, wanted.b, sizeof wanted.b) &&
            hash_eq(&line[i].hash, &wanted))
            return i;
    }
    return 0;
}

static err choose_both(struct request *rq, struct choosing *c)
{
    TRY(choose(rq, c, "to", 0, &c->to));
    return choose(rq, c, "from", place_of(c, c->to) + 1, &c->from);
}

/* --- what differs -----------------------------------------------------------
 */

static const char *const kind_ids[] = {
    [ITEM_ADDED] = "packages.added",
    [ITEM_REMOVED] = "packages.removed",
    [ITEM_CHANGED] = "packages.changed",
};

static const str kind_classes[] = {
    [ITEM_ADDED] = S_INIT("valid"),
    [ITEM_REMOVED] = S_INIT("withdrawn"),
    [ITEM_CHANGED] = S_INIT("suspended"),
};

static struct page_package_diff_part_rows row_of(const struct request *rq,
                                                 const struct difference *d,
                                                 bool first)
{
    const struct scheme_item *x = d->item;

    return (struct page_package_diff_part_rows){
        .first = first,
        .kind = kind_ids[d->kind],
        .kind_class = kind_classes[d->kind],
        .id = scheme_item_is_named(x) ? x->id : S(""),
        .label = web_label(rq, x->label),
        .what = "packages.rule",
        .before = S(""),
        .after = S(""),
    };
}

static err show_change(struct request *rq, const struct fact_change *c,
                       struct page_package_diff_part_rows *row)
{
    row->fact = true;
    row->what = c->aspect;
    if (c->before != NULL)
        TRY(packages_says(rq, c->before, &row->before));
    if (c->after != NULL)
        TRY(packages_says(rq, c->after, &row->after));
    return OK;
}

/* Of what came or went the label says the texts already. */
static bool says_more(const struct difference *d, const struct fact_change *c)
{
    return d->kind == ITEM_CHANGED ||
           !fact_is_label(c->after != NULL ? c->after : c->before);
}

static err show_difference(struct request *rq, const struct difference *d,
                           struct page_package_diff_part_rows *rows, size_t *n)
{
    size_t begin = *n;

    for (size_t i = 0; i < d->change_count; i++) {
        if (!says_more(d, &d->changes[i]))
            continue;
        rows[*n] = row_of(rq, d, *n == begin);
        TRY(show_change(rq, &d->changes[i], &rows[*n]));
        ++*n;
    }
    if (*n == begin)
        rows[(*n)++] = row_of(rq, d, true);
    return OK;
}

static size_t rows_for(const struct difference *d, size_t n)
{
    size_t rows = 0;

    for (size_t i = 0; i < n; i++)
        rows += 1 + d[i].change_count;
    return rows;
}

static err show_part(struct request *rq, const struct difference *d, size_t n,
                     struct page_package_diff_part *out)
{
    struct page_package_diff_part_rows *rows;

    REGISTER_ROWS(rq, rows, rows_for(d, n));
    *out = (struct page_package_diff_part){
        .title = scheme_part_ids[d->item->part],
        .rows = rows,
    };
    for (size_t i = 0; i < n; i++)
        TRY(show_difference(rq, &d[i], rows, &out->rows_n));
    return OK;
}

static void count_kinds(const struct difference *d, size_t n,
                        struct page_package_diff *page)
{
    for (size_t i = 0; i < n; i++) {
        page->added += d[i].kind == ITEM_ADDED;
        page->removed += d[i].kind == ITEM_REMOVED;
        page->changed += d[i].kind == ITEM_CHANGED;
    }
}

static err show_differences(struct request *rq, const struct list *found,
                            struct page_package_diff *page)
{
    const struct difference *d = found->p;
    struct page_package_diff_part *parts;
    size_t n;

    REGISTER_ROWS(rq, parts, PART_COUNT);
    for (size_t i = 0; i < found->n; i += n) {
        n = 1;
        while (i + n < found->n && d[i + n].item->part == d[i].item->part)
            n++;
        TRY(show_part(rq, &d[i], n, &parts[page->parts_n++]));
    }
    count_kinds(d, found->n, page);
    page->parts = parts;
    page->count = (int64_t)found->n;
    page->same = found->n == 0;
    return OK;
}

/* --- the page ----------------------------------------------------------------
 */

static err list_choices(struct request *rq, const struct choosing *c,
                        struct page_package_diff *page)
{
    const struct package_line *line = c->lines.p;
    struct page_package_diff_from_choices *from;
    struct page_package_diff_to_choices *to;
    str hash;

    REGISTER_ROWS(rq, from, c->lines.n);
    REGISTER_ROWS(rq, to, c->lines.n);
    for (size_t i = 0; i < c->lines.n; i++) {
        TRY(packages_hash(rq, &line[i].hash, &hash));
        from[i].hash = to[i].hash = hash;
        from[i].version = to[i].version = line[i].version;
        from[i].frozen = to[i].frozen = day_of_micros(line[i].frozen);
        from[i].chosen = str_eq(hash, c->from);
        to[i].chosen = str_eq(hash, c->to);
    }
    page->from_choices = from;
    page->to_choices = to;
    page->from_choices_n = page->to_choices_n = c->lines.n;
    return OK;
}

static err compare(struct request *rq, const struct choosing *c,
                   struct page_package_diff *page)
{
    const struct session *who = registers_reader(rq);
    str name = request_parameter(rq, S("name"));
    struct package_view before;
    struct package_view after;
    struct list found;

    TRY(packages_one(web_app(rq), rq->arena, who, name, c->from, &before));
    TRY(packages_one(web_app(rq), rq->arena, who, name, c->to, &after));
    TRY(scheme_compare(rq->arena, before.scheme, after.scheme, &found));
    page->name = web_label(rq, after.scheme->name);
    page->scheme = name;
    page->from = before.line.version;
    page->to = after.line.version;
    page->from_hash = c->from;
    page->to_hash = c->to;
    page->alone = c->lines.n == 1;
    TRY(list_choices(rq, c, page));
    return show_differences(rq, &found, page);
}

static err get_diff(struct request *rq, struct response *rs)
{
    struct page_package_diff page = { 0 };
    struct choosing c = { .from = S("") };
    struct buf b;

    TRY(list_versions(rq, request_parameter(rq, S("name")), &c));
    TRY(choose_both(rq, &c));
    TRY(compare(rq, &c, &page));
    registers_tabs(rq, AT_PACKAGES, &page.tabs);
    TRY(visit_work(rq, page.name, packages_place(rq), &page.work));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_package_diff_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/packages/{name}/diff", RIGHT_BODY, BODY_NONE, get_diff },
};

const struct route_table package_diff_routes = { routes, COUNT(routes) };
