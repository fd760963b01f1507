/* selfcheck_form -- a step of a self-check: its questions, and all that was
 * answered before on its way to the next. [SK1] */

#include "base/arena.h"
#include "base/buf.h"
#include "web/selfcheck.h"

static struct page_check_asks_questions question(const struct check *c,
                                                 const struct indicator *x,
                                                 struct answer given)
{
    const struct request *rq = c->rq;

    return (struct page_check_asks_questions){
        .id = x->id,
        .what = web_label(rq, x->label),
        .assumed = x->assumed,
        .sampled = x->kind == LEAF_SAMPLED,
        .sample = web_label(rq, x->sample),
        .excludable = x->excludable,
        .met = given.kind == ANSWER_MET,
        .not_met = given.kind == ANSWER_NOT_MET,
        .na = given.kind == ANSWER_NOT_APPLICABLE,
        .k = check_field(c, x->id, ":k"),
        .n = check_field(c, x->id, ":n"),
        .wrong = check_is_wrong(c, x),
    };
}

/* The part of the tree a leaf stands in, where another begins. */
static void set_part(const struct check *c, int32_t leaf,
                     struct page_check_asks_questions *row)
{
    const struct scheme *s = c->scheme;
    const struct indicator *x = scheme_leaf_at(s, leaf);
    bool first = leaf == 0 || c->page_of[leaf - 1] != c->page_of[leaf];

    if (x->parent < 0 ||
        (!first && scheme_leaf_at(s, leaf - 1)->parent == x->parent))
        return;
    row->part_id = s->indicators[x->parent].id;
    row->part = web_label(c->rq, s->indicators[x->parent].label);
}

static err list_questions(const struct check *c, struct page_check_asks *page)
{
    const struct scheme *s = c->scheme;
    struct page_check_asks_questions *rows =
        arena_array(c->rq->arena, s->leaf_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (int32_t i = 0; i < (int32_t)s->leaf_count; i++) {
        struct page_check_asks_questions *row = &rows[page->questions_n];
        const struct indicator *x = scheme_leaf_at(s, i);

        if (c->page_of[i] != c->step)
            continue;
        *row = question(c, x, c->given.answers[i]);
        set_part(c, i, row);
        if (s->method == METHOD_POINTS)
            TRY(say_thousandths(c->rq->arena, x->points, &row->points));
        page->questions_n++;
    }
    page->questions = rows;
    return OK;
}

static err list_figures(const struct check *c, struct page_check_asks *page)
{
    const struct scheme *s = c->scheme;
    struct page_check_asks_figures *rows =
        arena_array(c->rq->arena, s->figure_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->figure_count; i++)
        rows[i] = (struct page_check_asks_figures){
            .id = s->figures[i].id,
            .what = web_label(c->rq, s->figures[i].label),
            .k = check_field(c, s->figures[i].id, ":k"),
            .n = check_field(c, s->figures[i].id, ":n"),
        };
    page->figures = rows;
    page->figures_n = s->figure_count;
    return OK;
}

static err list_wishes(const struct check *c, struct page_check_asks *page)
{
    const struct scheme *s = c->scheme;
    struct page_check_asks_wishes *rows =
        arena_array(c->rq->arena, s->level_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->level_count; i++)
        rows[i] = (struct page_check_asks_wishes){
            .id = s->levels[i].id,
            .what = web_label(c->rq, s->levels[i].label),
            .now = str_eq(s->levels[i].id, asked(c->rq, "wish")),
        };
    page->wishes = rows;
    page->wishes_n = s->level_count > 1 ? s->level_count : 0;
    return OK;
}

/* The last step: what stands beside the indicators. */
static err list_more(const struct check *c, struct page_check_asks *page)
{
    page->more = true;
    page->has_specials = c->scheme->specials.deduction > 0;
    page->deductions = asked(c->rq, "deductions");
    page->bonus = c->given.bonus;
    TRY(list_figures(c, page));
    return list_wishes(c, page);
}

err check_asks(const struct check *c, struct page_check_asks *out)
{
    return c->step > c->pages ? list_more(c, out) : list_questions(c, out);
}

/* --- what was answered on other steps ----------------------------------- */

bool check_asks_here(const struct check *c, str name)
{
    int32_t leaf =
        scheme_leaf(c->scheme, str_first(name, str_index(name, ':')));

    return leaf >= 0 ? c->page_of[leaf] == c->step : c->step > c->pages;
}

static err list_kept(const struct check *c, struct page_check *page)
{
    const struct form *q = &c->rq->query;
    struct page_check_kept *rows =
        arena_array(c->rq->arena, q->n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < q->n; i++) {
        if (check_keeps(c, &q->at[i]) && !check_asks_here(c, q->at[i].name))
            rows[page->kept_n++] =
                (struct page_check_kept){ q->at[i].name, q->at[i].value };
    }
    page->kept = rows;
    return OK;
}

int32_t check_answered(const struct check *c)
{
    int32_t n = 0;

    for (size_t i = 0; i < c->scheme->leaf_count; i++)
        n += c->given.answers[i].kind != ANSWER_NONE;
    return n;
}

err check_form_page(const struct check *c, struct response *rs)
{
    struct request *rq = c->rq;
    struct page_check page = {
        .scheme = c->scheme->id,
        .name = web_label(rq, c->scheme->name),
        .step = c->step,
        .steps = c->steps,
        .has_back = c->step > 1,
        .back = c->step - 1,
        .has_next = c->step < c->steps,
        .next = c->step + 1,
        .answered = check_answered(c),
        .of = (int64_t)c->scheme->leaf_count,
    };
    struct buf b;

    TRY(web_base(rq, page.name, &page.base));
    web_about(rq, "public.check_about", &page.base);
    TRY(check_asks(c, &page.asks));
    TRY(list_kept(c, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_check_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}
