#include "service/lookup_ready.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "domain/names.h"
#include "service/lookup_parts.h"
#include "service/register_home.h"
#include "service/register_pack.h"

#include <inttypes.h>

enum { ANSWER_MAX = 64 << 20, NEAR_FOR = 10 };

/* --- one --------------------------------------------------------------------
 */

static err from_store(struct app *app, struct arena *a, str number, day today,
                      struct lookup_ready *out)
{
    struct public_certificate c;

    TRY(lookup_in_store(app, a, number, today, &c));
    TRY(register_json(a, &c, &out->json));
    out->name = register_name(out->json);
    return OK;
}

err lookup_ready(struct app *app, struct arena *a, str number, day today,
                 struct lookup_ready *out)
{
    struct register_answer got;
    bool found;

    TRY(lookup_answer(app, a, number, today, &got, &found));
    if (!found)
        return from_store(app, a, number, today, out);
    *out = (struct lookup_ready){ got.json, got.name };
    return OK;
}

/* --- several ----------------------------------------------------------------
 */

static err check_numbers(struct arena *a, const struct json *j)
{
    const struct json *list =
        j->kind == JSON_OBJECT ? json_get(j, S("numbers")) : NULL;

    if (list == NULL || list->kind != JSON_ARRAY)
        return err_new(a, ERR_INVALID, "lookup.numbers");
    if (list->count > LOOKUP_MANY)
        return err_new(a, ERR_LIMIT, "lookup.many",
                       ARG_INT("found", list->count),
                       ARG_INT("most", LOOKUP_MANY));
    for (const struct json *n = list->first; n != NULL; n = n->next) {
        if (n->kind != JSON_STR)
            return err_new(a, ERR_INVALID, "lookup.numbers");
    }
    return OK;
}

struct many {
    struct app *app;
    struct arena *a;
    day today;
    struct buf b;
    int misses;
};

static err put_near(struct many *m, str asked)
{
    struct json *list = json_new_array(m->a);
    struct list near = { 0 };

    if (m->misses++ < NEAR_FOR)
        TRY(lookup_near(m->app, m->a, asked, &near));
    for (size_t i = 0; i < near.n; i++)
        json_add(list, json_new_str(m->a, ((const str *)near.p)[i]));
    buf_str(&m->b, S("null,\"near\":"));
    json_canonical(&m->b, list);
    return OK;
}

static err put_one(struct many *m, str asked)
{
    struct lookup_ready one;

    buf_str(&m->b, S("{\"asked\":"));
    json_canonical(&m->b, json_new_str(m->a, asked));
    buf_str(&m->b, S(",\"certificate\":"));
    err e = lookup_ready(m->app, m->a, asked, m->today, &one);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (failed(e))
        TRY(put_near(m, asked));
    else
        buf_str(&m->b, str_first(one.json, one.json.n - 1));
    buf_char(&m->b, '}');
    return OK;
}

err lookup_many(struct app *app, struct arena *a, const struct json *numbers,
                day today, str *out)
{
    struct many m = { .app = app, .a = a, .today = today };
    char day_digits[DAY_TEXT];

    TRY(check_numbers(a, numbers));
    const struct json *first = json_get(numbers, S("numbers"))->first;
    buf_init(&m.b, a, ANSWER_MAX);
    buf_str(&m.b, S("{\"answers\":["));
    for (const struct json *n = first; n != NULL; n = n->next) {
        if (n != first)
            buf_char(&m.b, ',');
        TRY(put_one(&m, n->text));
    }
    buf_str(&m.b, S("],\"as_of\":\""));
    buf_str(&m.b, day_text(today, day_digits));
    buf_str(&m.b, S("\"}\n"));
    return buf_done(&m.b, out);
}

/* --- by code or name --------------------------------------------------------
 */

static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *found_json(struct arena *a,
                               const struct public_certificate *c)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, c->number));
    json_set(j, S("holder"), json_new_str(a, c->holder));
    json_set(j, S("formerly"),
             c->formerly.n == 0 ? json_new_null(a)
                                : json_new_str(a, c->formerly));
    json_set(j, S("uscc"), json_new_str(a, c->uscc));
    json_set(j, S("issuer"),
             c->issuer.n == 0 ? json_new_null(a) : json_new_str(a, c->issuer));
    json_set(j, S("scheme"), json_new_str(a, c->scheme));
    json_set(j, S("criterion"), json_new_str(a, c->criterion));
    json_set(j, S("level"), json_new_str(a, c->level));
    json_set(j, S("status"), json_new_str(a, str_of(status_names[c->status])));
    json_set(j, S("status_since"), day_json(a, c->status_since));
    json_set(j, S("issued"), day_json(a, c->issued));
    json_set(j, S("valid_from"), day_json(a, c->from));
    json_set(j, S("valid_until"), day_json(a, c->until));
    return j;
}

/* Numbers beyond what programs take for exact are texts. */
static struct json *next_json(struct arena *a, uint64_t next)
{
    struct buf b;
    str text;

    if (next == 0)
        return json_new_null(a);
    buf_init(&b, a, 40);
    buf_printf(&b, "%" PRIu64, next);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

err lookup_found(struct app *app, struct arena *a, const struct lookup_wish *w,
                 str *out)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    struct lookup_answer x;
    struct buf b;

    TRY(lookup_find(app, a, w, &x));
    const struct public_certificate *c = x.found.p;
    for (size_t i = 0; i < x.found.n; i++)
        json_add(list, found_json(a, &c[i]));
    json_set(j, S("as_of"), day_json(a, w->today));
    json_set(j, S("count"),
             x.counted ? json_new_int(a, x.count) : json_new_null(a));
    json_set(j, S("count_above"), json_new_bool(a, x.above));
    json_set(j, S("more"), json_new_bool(a, x.more));
    json_set(j, S("next"), next_json(a, x.next));
    json_set(j, S("certificates"), list);
    buf_init(&b, a, ANSWER_MAX);
    json_canonical(&b, j);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}
