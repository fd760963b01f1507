/* items_fact -- facts of an item, one at a time. */

#include "scheme/items_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

enum { VALUE_MOST = 1 << 16 };

/* --- an item ------------------------------------------------------------ */

void item_begin(struct taking *t, enum scheme_part part, str key,
                struct label label)
{
    t->now = (struct scheme_item){ .part = part, .id = key, .label = label };
    if (label.zh.n > 0)
        fact_label(t, "fact.text_zh", "fact.text_en", label);
}

void item_end(struct taking *t)
{
    struct fact *facts =
        arena_array(t->arena, t->now.fact_count, sizeof *facts);

    check(t->n < t->room);
    if (facts == NULL) {
        t->failed = true;
        return;
    }
    for (size_t i = 0; i < t->now.fact_count; i++)
        facts[i] = t->facts[i];
    t->now.facts = facts;
    t->items[t->n++] = t->now;
}

static struct fact *add(struct taking *t, const char *aspect, const char *say)
{
    check(t->now.fact_count < ITEM_FACTS);

    struct fact *f = &t->facts[t->now.fact_count++];
    *f = (struct fact){ .aspect = aspect, .say = say };
    return f;
}

/* --- plain values ------------------------------------------------------- */

void fact_text(struct taking *t, const char *aspect, str text)
{
    if (text.n > 0)
        add(t, aspect, "fact.value")->args[0] =
            (struct err_arg)ARG_STR("value", text);
}

void fact_label(struct taking *t, const char *zh, const char *en,
                struct label label)
{
    fact_text(t, zh, label.zh);
    fact_text(t, en, label.en);
}

void fact_count(struct taking *t, const char *aspect, int64_t n)
{
    add(t, aspect, "fact.value")->args[0] = (struct err_arg)ARG_INT("value", n);
}

void fact_money(struct taking *t, const char *aspect, int64_t fen)
{
    add(t, aspect, "fact.value")->args[0] =
        (struct err_arg)ARG_MONEY("value", fen);
}

void fact_span(struct taking *t, const char *aspect, struct span span)
{
    static const char *const ids[] = {
        [SPAN_DAYS] = "public.days",
        [SPAN_WORKDAYS] = "public.workdays",
        [SPAN_MONTHS] = "public.months",
    };

    add(t, aspect, ids[span.unit])->args[0] =
        (struct err_arg)ARG_INT("count", span.n);
}

void fact_ids(struct taking *t, const char *aspect, str ids)
{
    if (ids.n > 0)
        add(t, aspect, "fact.value")->args[0] =
            (struct err_arg)ARG_IDS("value", ids);
}

void fact_holds(struct taking *t, const char *aspect, bool holds)
{
    if (holds)
        fact_ids(t, aspect, S("fact.yes"));
}

/* --- figures ------------------------------------------------------------ */

static str done(struct taking *t, struct buf *b)
{
    str text = S("");
    err e = buf_done(b, &text);

    t->failed |= failed(e);
    return text;
}

/* "1.334", "95": no place more than needed. */
static str places(struct taking *t, int32_t n, int32_t one, int digits)
{
    struct buf b;

    buf_init(&b, t->arena, TEXT_VALUE);
    buf_printf(&b, "%d.%0*d", n / one, digits, n % one);
    return str_trim_end(str_trim_end(done(t, &b), '0'), '.');
}

void fact_thousandths(struct taking *t, const char *aspect, int32_t n)
{
    fact_text(t, aspect, places(t, n, 1000, 3));
}

void fact_tenths(struct taking *t, const char *aspect, int32_t n)
{
    fact_text(t, aspect, places(t, n, 10, 1));
}

static str percent(struct taking *t, int32_t basis_points)
{
    char text[TEXT_VALUE];
    str out = S("");

    t->failed |= !arena_str(t->arena, text_percent(basis_points, text), &out);
    return out;
}

void fact_percent(struct taking *t, const char *aspect, int32_t basis_points)
{
    fact_text(t, aspect, percent(t, basis_points));
}

/* --- both ends ---------------------------------------------------------- */

void fact_range(struct taking *t, const char *aspect, int32_t least,
                int32_t most)
{
    struct fact *f = add(t, aspect, "fact.range");

    f->args[0] = (struct err_arg)ARG_INT("least", least);
    f->args[1] = (struct err_arg)ARG_INT("most", most);
}

void fact_percents(struct taking *t, const char *aspect, struct factor x)
{
    struct fact *f;

    if (x.least == x.most) {
        fact_percent(t, aspect, x.least);
        return;
    }
    f = add(t, aspect, "fact.range");
    f->args[0] = (struct err_arg)ARG_STR("least", percent(t, x.least));
    f->args[1] = (struct err_arg)ARG_STR("most", percent(t, x.most));
}

void fact_moneys(struct taking *t, const char *aspect, struct money_range m)
{
    struct fact *f;

    if (m.least == m.most) {
        fact_money(t, aspect, m.least);
        return;
    }
    f = add(t, aspect, "fact.range");
    f->args[0] = (struct err_arg)ARG_MONEY("least", m.least);
    f->args[1] = (struct err_arg)ARG_MONEY("most", m.most);
}

str item_range_id(struct taking *t, int32_t from, int32_t to)
{
    struct buf b;

    buf_init(&b, t->arena, TEXT_VALUE);
    buf_printf(&b, "%d–%d", from, to);
    return done(t, &b);
}

/* --- several ------------------------------------------------------------ */

void fact_bits(struct taking *t, const char *aspect, const char *family,
               const char *const *names, unsigned bits)
{
    struct buf b;

    buf_init(&b, t->arena, VALUE_MOST);
    for (size_t i = 0; names[i] != NULL; i++) {
        if ((bits & 1U << i) != 0)
            buf_printf(&b, "%s%s%s", buf_view(&b).n > 0 ? "|" : "", family,
                       names[i]);
    }
    fact_ids(t, aspect, done(t, &b));
}

void fact_texts(struct taking *t, const char *aspect, const str *texts,
                size_t n)
{
    struct buf b;

    buf_init(&b, t->arena, VALUE_MOST);
    for (size_t i = 0; i < n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, texts[i]);
    }
    fact_text(t, aspect, done(t, &b));
}

/* --- what is made of them ----------------------------------------------- */

bool scheme_item_is_named(const struct scheme_item *x)
{
    return x->id.n > 0 && !str_eq(x->id, x->label.zh);
}

bool fact_is_label(const struct fact *f)
{
    return str_begins(str_of(f->aspect), S("fact.text_"));
}

static bool arg_same(const struct err_arg *a, const struct err_arg *b)
{
    if (a->name == NULL || b->name == NULL)
        return a->name == b->name;
    return a->kind == b->kind && str_eq(a->text, b->text) &&
           str_eq(a->text_en, b->text_en) && a->number == b->number;
}

bool fact_same(const struct fact *a, const struct fact *b)
{
    return strcmp(a->say, b->say) == 0 && arg_same(&a->args[0], &b->args[0]) &&
           arg_same(&a->args[1], &b->args[1]);
}

void fact_render(struct buf *b, enum lang l, const struct fact *f)
{
    text_render(b, l, f->say, f->args);
}
