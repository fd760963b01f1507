#include "web/settings_history.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/body_known.h"
#include "web/saying.h"

enum { FIELDS_TEXT = 2000 };

/* A fact that is one text. */
static const struct {
    const char *label;
    size_t at; /* in struct body */
} facts[] = {
    { "field.name_zh", offsetof(struct body, name_zh) },
    { "field.name_en", offsetof(struct body, name_en) },
    { "field.uscc", offsetof(struct body, uscc) },
    { "field.approval", offsetof(struct body, approval) },
    { "field.accreditation", offsetof(struct body, accreditation) },
    { "public.body_seat", offsetof(struct body, address) },
    { "field.phone", offsetof(struct body, phone) },
};

static str fact_of(const struct body *b, size_t at)
{
    return *(const str *)(const void *)((const char *)b + at);
}

static err all_fields(struct arena *a, const struct body *body, str *out)
{
    struct buf b;

    buf_init(&b, a, FIELDS_TEXT);
    for (size_t i = 0; i < body->field_count; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, body->fields[i]);
    }
    return buf_done(&b, out);
}

/* One more thing that changed. */
static err add(struct request *rq, const char *label, str value, str *all)
{
    const struct err_arg args[] = { ARG_IDS("what", str_of(label)),
                                    ARG_STR("value", value),
                                    { 0 } };
    str one;

    TRY(say(rq, value.n > 0 ? "settings.now" : "settings.now_nothing", args,
            &one));
    if (all->n == 0) {
        *all = one;
        return OK;
    }
    return say_both(rq, *all, one, all);
}

static err say_changed(struct request *rq, const struct body *before,
                       const struct body *after, str *out)
{
    str fields_before;
    str fields_after;

    for (size_t i = 0; i < COUNT(facts); i++) {
        str now = fact_of(after, facts[i].at);

        if (!str_eq(now, fact_of(before, facts[i].at)))
            TRY(add(rq, facts[i].label, now, out));
    }
    TRY(all_fields(rq->arena, before, &fields_before));
    TRY(all_fields(rq->arena, after, &fields_after));
    if (!str_eq(fields_before, fields_after))
        TRY(add(rq, "field.fields", fields_after, out));
    return OK;
}

static err show(struct request *rq, const struct body_stand *s,
                const struct body_stand *before,
                struct page_settings_history *out)
{
    *out = (struct page_settings_history){
        .from = s->from,
        .said = day_of_micros(s->at),
        .founded = before == NULL,
        .later = s->from > faces_today(rq->app),
        .document = s->document,
        .reason = s->reason,
    };
    return before == NULL
               ? OK
               : say_changed(rq, &before->body, &s->body, &out->what);
}

err settings_history(struct request *rq, struct page_settings *page)
{
    day today = faces_today(rq->app);
    struct page_settings_history *rows;
    const struct body_history *h;
    const struct body_stand *now;
    const str *who;

    TRY(body_history(web_app(rq), rq->arena, &h));
    TRY(body_said_by(web_app(rq), rq->arena, h, &who));
    now = body_history_on(h, today, BODY_KNOWN_ALL);
    rows = arena_array(rq->arena, h->n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < h->n; i++) {
        struct page_settings_history *row = &rows[h->n - 1 - i];
        const struct body_stand *s = &h->stands[i];

        TRY(show(rq, s, i == 0 ? NULL : s - 1, row));
        row->who = who[i];
        row->now = s == now;
    }
    page->history = rows;
    page->history_n = h->n;
    return OK;
}
