/*
 * selfcheck -- where an enterprise would stand, from its own answers, without
 * signing in. [M7] [M26]
 *
 *   [SK1] Nothing is kept here: the answers stand in the address, which goes
 *         from page to page, and in no cache, cookie, log or store.
 *   [SK2] What is not answered counts as not met, and the result says how much
 *         that is.
 *   [SK3] Score, level and gap are those of an audit (domain/explain); who
 *         answers is the difference, and the page says so.
 *   [SK4] An answer that the indicator does not allow is none, and is marked.
 */

#include "web/selfcheck.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "http/percent.h"
#include "service/schemes.h"

enum { COUNT_MOST = 1000000, NAME_MOST = 80 };

/* --- which scheme ------------------------------------------------------- */

static err get_choice(struct request *rq, struct response *rs)
{
    struct page_checks page = { 0 };
    struct page_checks_schemes *rows;
    const struct scheme *const *s;
    struct list found;
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "public.check_about", &page.base);
    TRY(web_schemes(rq, &found));
    s = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct page_checks_schemes){
            .id = s[i]->id,
            .name = web_label(rq, s[i]->name),
            .criterion = s[i]->criterion,
            .indicators = (int64_t)s[i]->leaf_count,
        };
    page.schemes = rows;
    page.schemes_n = found.n;
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_checks_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- what was answered -------------------------------------------------- */

/* The value of the field called `name` and `part`, as "5.1.2:k". */
static str field(const struct request *rq, str name, const char *part)
{
    char full[NAME_MOST];

    if (name.n + strlen(part) >= sizeof full)
        return S("");
    memcpy(full, name.p, name.n);
    memcpy(full + name.n, part, strlen(part) + 1);
    return asked(rq, full);
}

/* "18" and "20"; false when they are no k of n. */
static bool take_ratio(const struct request *rq, str name, int64_t most,
                       struct ratio *out)
{
    str k = field(rq, name, ":k");
    str n = field(rq, name, ":n");
    struct ratio r;

    if (!number_in_digits(k, 0, most, &r.k) ||
        !number_in_digits(n, 1, most, &r.n) || r.k > r.n)
        return false;
    *out = r;
    return true;
}

static bool is_half(const struct request *rq, str name)
{
    return field(rq, name, ":k").n + field(rq, name, ":n").n > 0;
}

/* [SK4] *wrong: something was said that is no answer. */
static struct answer answer_of(const struct request *rq,
                               const struct indicator *x, bool *wrong)
{
    str said = field(rq, x->id, "");
    struct ratio r;

    *wrong = false;
    if (x->excludable && str_eq(said, S("na")))
        return (struct answer){ .kind = ANSWER_NOT_APPLICABLE };
    if (x->kind == LEAF_MET && str_eq(said, S("met")))
        return (struct answer){ .kind = ANSWER_MET };
    if (x->kind == LEAF_MET && str_eq(said, S("not")))
        return (struct answer){ .kind = ANSWER_NOT_MET };
    if (x->kind == LEAF_SAMPLED && take_ratio(rq, x->id, SAMPLE_MAX, &r))
        return (struct answer){ ANSWER_SAMPLED, (int32_t)r.k, (int32_t)r.n };
    *wrong = said.n > 0 || (x->kind == LEAF_SAMPLED && is_half(rq, x->id));
    return (struct answer){ .kind = ANSWER_NONE };
}

static err take_answers(struct request *rq, const struct scheme *s,
                        struct assessment *out)
{
    struct answer *answers =
        arena_array(rq->arena, s->leaf_count, sizeof *answers);
    struct ratio *figures =
        arena_array(rq->arena, s->figure_count, sizeof *figures);
    int64_t deductions = 0;
    bool wrong;

    TRY_MEMORY(answers != NULL && figures != NULL);
    for (size_t i = 0; i < s->leaf_count; i++)
        answers[i] = answer_of(rq, scheme_leaf_at(s, (int32_t)i), &wrong);
    for (size_t i = 0; i < s->figure_count; i++)
        (void)take_ratio(rq, s->figures[i].id, COUNT_MOST, &figures[i]);
    if (s->specials.deduction > 0)
        (void)asked_number(rq, "deductions", 0, 100, &deductions);
    *out = (struct assessment){
        .answers = answers,
        .figures = figures,
        .deductions = (int32_t)deductions,
        .bonus = s->specials.bonus > 0 && asked(rq, "bonus").n > 0,
    };
    return OK;
}

/* --- in steps ----------------------------------------------------------- */

static const struct indicator *ancestor(const struct scheme *s, int32_t leaf,
                                        int up_to)
{
    const struct indicator *x = scheme_leaf_at(s, leaf);
    const struct indicator *path[16];
    int n = 0;

    for (; n < (int)COUNT(path); x = &s->indicators[x->parent]) {
        path[n++] = x;
        if (x->parent < 0)
            break;
    }
    return path[n - 1 - up_to >= 0 ? n - 1 - up_to : 0];
}

/* A page begins with each root, and within one with each part of it as soon as
 * the page before has enough on it. */
static bool begins(const struct scheme *s, int32_t leaf, int32_t on_page)
{
    if (leaf == 0 || ancestor(s, leaf, 0) != ancestor(s, leaf - 1, 0))
        return true;
    return on_page >= CHECK_PAGE_LEAST &&
           ancestor(s, leaf, 1) != ancestor(s, leaf - 1, 1);
}

/* In which step each leaf is asked, from 1; how many steps there are. */
static int32_t set_pages(const struct scheme *s, int32_t of_leaf[LEAF_MAX])
{
    int32_t page = 0;
    int32_t on_page = 0;

    for (int32_t i = 0; i < (int32_t)s->leaf_count; i++) {
        if (begins(s, i, on_page)) {
            page++;
            on_page = 0;
        }
        of_leaf[i] = page;
        on_page++;
    }
    return page;
}

static bool asks_more(const struct scheme *s)
{
    return s->figure_count > 0 || s->specials.deduction > 0 ||
           s->level_count > 1;
}

err check_of(struct request *rq, const struct scheme *s, struct check *c)
{
    int64_t step = 1;

    *c = (struct check){ .rq = rq, .scheme = s };
    TRY(take_answers(rq, s, &c->given));
    c->pages = set_pages(s, c->page_of);
    c->steps = c->pages + (asks_more(s) ? 1 : 0);
    c->done = str_eq(asked(rq, "page"), S("result"));
    (void)asked_number(rq, "page", 1, c->steps, &step);
    c->step = (int32_t)step;
    return OK;
}

static err begin(struct request *rq, struct check *c)
{
    const struct scheme *s;

    TRY(schemes_named(web_app(rq), rq->arena,
                      request_parameter(rq, S("scheme")), &s));
    return check_of(rq, s, c);
}

/* --- the address [SK1] -------------------------------------------------- */

static bool is_named(const struct scheme *s, str name)
{
    str owner = str_first(name, str_index(name, ':'));

    return scheme_leaf(s, owner) >= 0 || scheme_figure(s, owner) >= 0 ||
           str_eq(name, S("deductions")) || str_eq(name, S("bonus")) ||
           str_eq(name, S("wish"));
}

bool check_keeps(const struct check *c, const struct form_field *f)
{
    return f->value.n > 0 && is_named(c->scheme, f->name);
}

err check_address(const struct check *c, str page, str *out)
{
    const struct form *q = &c->rq->query;
    struct buf b;

    buf_init(&b, c->rq->arena, PAGE_BYTES_MAX);
    buf_str(&b, S("?page="));
    buf_str(&b, page);
    for (size_t i = 0; i < q->n; i++) {
        if (!check_keeps(c, &q->at[i]))
            continue;
        buf_char(&b, '&');
        percent_encode(&b, q->at[i].name);
        buf_char(&b, '=');
        percent_encode(&b, q->at[i].value);
    }
    return buf_done(&b, out);
}

bool check_is_wrong(const struct check *c, const struct indicator *x)
{
    bool wrong;

    (void)answer_of(c->rq, x, &wrong);
    return wrong;
}

str check_field(const struct check *c, str name, const char *part)
{
    return field(c->rq, name, part);
}

static err get_check(struct request *rq, struct response *rs)
{
    struct check c;

    TRY(begin(rq, &c));
    return c.done ? check_result_page(&c, rs) : check_form_page(&c, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/check", 0, BODY_NONE, get_choice },
    { METHOD_GET, "/check/{scheme}", 0, BODY_NONE, get_check },
};

const struct route_table selfcheck_routes = { routes, COUNT(routes) };
