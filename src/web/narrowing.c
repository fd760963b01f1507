#include "web/narrowing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/answer.h"

enum { STATUSES = CERTIFICATE_EXPIRED + 1 };

/* GB/T 2260, the first two digits. */
static const struct {
    const char *code;
    const char *name;
} provinces[] = {
    { "11", "place.11" }, { "12", "place.12" }, { "13", "place.13" },
    { "14", "place.14" }, { "15", "place.15" }, { "21", "place.21" },
    { "22", "place.22" }, { "23", "place.23" }, { "31", "place.31" },
    { "32", "place.32" }, { "33", "place.33" }, { "34", "place.34" },
    { "35", "place.35" }, { "36", "place.36" }, { "37", "place.37" },
    { "41", "place.41" }, { "42", "place.42" }, { "43", "place.43" },
    { "44", "place.44" }, { "45", "place.45" }, { "46", "place.46" },
    { "50", "place.50" }, { "51", "place.51" }, { "52", "place.52" },
    { "53", "place.53" }, { "54", "place.54" }, { "61", "place.61" },
    { "62", "place.62" }, { "63", "place.63" }, { "64", "place.64" },
    { "65", "place.65" }, { "71", "place.71" }, { "81", "place.81" },
    { "82", "place.82" },
};

/* --- schemes and levels ------------------------------------------------- */

struct kinds {
    struct request *rq;
    str chosen; /* as it was asked */
    struct narrowing_kind *rows;
    size_t n;
};

static err add_level(struct kinds *k, const struct scheme *s,
                     const struct level *l)
{
    const struct err_arg both[] = {
        ARG_LABEL("scheme", s->name),
        ARG_LABEL("level", l->label),
        { 0 },
    };
    struct narrowing_kind *row = &k->rows[k->n];
    struct buf b;

    buf_init(&b, k->rq->arena, s->id.n + l->id.n + 1);
    buf_str(&b, s->id);
    buf_char(&b, ':');
    buf_str(&b, l->id);
    TRY(buf_done(&b, &row->value));
    TRY(say(k->rq, "public.scheme_level", both, &row->name));
    row->chosen = str_eq(row->value, k->chosen);
    k->n++;
    return OK;
}

/* A scheme, and where it has several levels each of them. */
static err add_scheme(struct kinds *k, const struct scheme *s)
{
    k->rows[k->n++] = (struct narrowing_kind){
        .value = s->id,
        .name = web_label(k->rq, s->name),
        .chosen = str_eq(s->id, k->chosen),
    };
    for (size_t i = 0; s->level_count > 1 && i < s->level_count; i++)
        TRY(add_level(k, s, &s->levels[i]));
    return OK;
}

err narrowing_kinds(struct request *rq, struct list *out)
{
    struct kinds k = { .rq = rq, .chosen = asked(rq, "scheme") };
    const struct scheme *const *schemes;
    struct list found;

    TRY(web_schemes(rq, &found));
    schemes = found.p;
    k.rows = arena_array(rq->arena, found.n * (LEVEL_MAX + 1), sizeof *k.rows);
    TRY_MEMORY(k.rows);
    for (size_t i = 0; i < found.n; i++)
        TRY(add_scheme(&k, schemes[i]));
    *out = (struct list){ k.rows, k.n };
    return OK;
}

str narrowing_scheme(const struct request *rq)
{
    str kind = asked(rq, "scheme");

    return str_first(kind, str_index(kind, ':'));
}

str narrowing_level(const struct request *rq)
{
    str kind = asked(rq, "scheme");

    return str_from(kind, str_index(kind, ':') + 1);
}

/* --- the search --------------------------------------------------------- */

void narrowing_wish(const struct request *rq, struct lookup_wish *w)
{
    w->scheme = narrowing_scheme(rq);
    w->level = narrowing_level(rq);
    w->status = asked(rq, "status");
    w->place = asked(rq, "place");
    w->trade = asked(rq, "trade");
}

static err list_kinds(struct request *rq, struct page_search *page)
{
    const struct narrowing_kind *kinds;
    struct page_search_kinds *rows;
    struct list found;

    TRY(narrowing_kinds(rq, &found));
    kinds = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct page_search_kinds){ kinds[i].value, kinds[i].name,
                                              kinds[i].chosen };
    page->kinds = rows;
    page->kinds_n = found.n;
    return OK;
}

static err list_statuses(struct request *rq, struct page_search *page)
{
    struct page_search_statuses *rows =
        arena_array(rq->arena, STATUSES, sizeof *rows);

    TRY_MEMORY(rows);
    for (int32_t i = 0; i < STATUSES; i++)
        rows[i] = (struct page_search_statuses){
            .value = str_of(status_names[i]),
            .name = page_status_words(web_status((enum certificate_status)i))
                        ->status,
            .chosen = str_eq(asked(rq, "status"), str_of(status_names[i])),
        };
    page->statuses = rows;
    page->statuses_n = STATUSES;
    return OK;
}

/* A place that is told closer, as an address may do, is kept. */
static err list_places(struct request *rq, struct page_search *page)
{
    struct page_search_places *rows =
        arena_array(rq->arena, COUNT(provinces), sizeof *rows);
    bool known = false;

    TRY_MEMORY(rows);
    for (size_t i = 0; i < COUNT(provinces); i++) {
        rows[i] = (struct page_search_places){
            .value = str_of(provinces[i].code),
            .name = provinces[i].name,
            .chosen = str_eq(asked(rq, "place"), str_of(provinces[i].code)),
        };
        known = known || rows[i].chosen;
    }
    page->places = rows;
    page->places_n = COUNT(provinces);
    page->closer = known ? S("") : asked(rq, "place");
    return OK;
}

err narrowing_form(struct request *rq, struct page_search *page)
{
    page->narrows = true;
    page->trade = asked(rq, "trade");
    page->narrowed = page->trade.n + asked(rq, "scheme").n +
                         asked(rq, "status").n + asked(rq, "place").n >
                     0;
    TRY(list_kinds(rq, page));
    TRY(list_statuses(rq, page));
    return list_places(rq, page);
}
