/* batch_json -- the answers of a batch for programs. [BW3] */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/actor.h"
#include "domain/names.h"
#include "domain/view.h"
#include "service/batch_write.h"

enum { ROW_ROOM = 1 << 20 }; /* of a row while it is made */

static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    if (d == DAY_NEVER)
        return json_new_null(a);
    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *text_json(struct arena *a, str s)
{
    return s.n == 0 ? json_new_null(a) : json_new_str(a, s);
}

static struct json *summary_json(struct arena *a, const struct batch *b)
{
    const struct label body = { b->body->name_zh, b->body->name_en };
    struct json *counts = json_new_object(a);
    struct json *j = json_new_object(a);

    for (int v = 0; v < BATCH_VERDICTS; v++)
        json_set(counts, str_of(batch_verdict_names[v]),
                 json_new_int(a, b->counts[v]));
    json_set(j, S("counts"), counts);
    json_set(j, S("differ"), json_new_int(a, b->differ));
    json_set(j, S("good"), json_new_int(a, b->good));
    json_set(j, S("known"), json_new_bool(a, b->when.known));
    json_set(j, S("near_left"), json_new_bool(a, b->near_left));
    json_set(j, S("on"), day_json(a, b->when.on));
    json_set(j, S("register"), label_json(a, body));
    json_set(j, S("register_url"), json_new_str(a, b->register_url));
    json_set(j, S("rows"), json_new_int(a, (int64_t)b->n));
    json_set(j, S("today"), day_json(a, b->when.today));
    return j;
}

static struct json *given_json(struct arena *a, const struct batch_row *row)
{
    struct json *j = json_new_object(a);

    json_set(j, S("holder"), text_json(a, row->cells[BATCH_HOLDER]));
    json_set(j, S("number"), text_json(a, row->cells[BATCH_NUMBER]));
    json_set(j, S("uscc"), text_json(a, row->cells[BATCH_USCC]));
    return j;
}

static struct json *found_json(struct arena *a, const struct batch_answer *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("criterion"), json_new_str(a, x->criterion));
    json_set(j, S("holder"), json_new_str(a, x->holder));
    json_set(j, S("issuer"), text_json(a, x->issuer));
    json_set(j, S("issued"), day_json(a, x->issued));
    json_set(j, S("level"), label_json(a, x->level));
    json_set(j, S("log"),
             x->log_index < 0 ? json_new_null(a)
                              : json_new_int(a, x->log_index));
    json_set(j, S("main"), text_json(a, x->main));
    json_set(j, S("number"), json_new_str(a, x->number));
    json_set(j, S("scheme"), label_json(a, x->scheme));
    json_set(j, S("status_today"),
             json_new_str(a, str_of(status_names[x->now])));
    json_set(j, S("status_today_since"), day_json(a, x->now_since));
    json_set(j, S("uscc"), json_new_str(a, x->uscc));
    json_set(j, S("valid_until"), day_json(a, x->until));
    return j;
}

static struct json *near_json(struct arena *a, const struct batch_answer *x)
{
    struct json *j = json_new_array(a);

    for (size_t i = 0; i < x->near_count; i++)
        json_add(j, json_new_str(a, x->near[i]));
    return j;
}

static struct json *answer_json(struct arena *a, const struct batch_answer *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("certificate"),
             x->found ? found_json(a, x) : json_new_null(a));
    json_set(j, S("given"), given_json(a, x->given));
    json_set(j, S("good"), json_new_bool(a, batch_is_good(x)));
    json_set(j, S("holder_match"),
             json_new_str(a, str_of(batch_match_names[x->holder_match])));
    json_set(j, S("line"), json_new_int(a, x->given->line));
    json_set(j, S("near"), near_json(a, x));
    json_set(j, S("repeats"),
             x->repeats > 0 ? json_new_int(a, x->repeats) : json_new_null(a));
    json_set(j, S("since"), day_json(a, x->since));
    json_set(j, S("uscc_match"),
             json_new_str(a, str_of(batch_match_names[x->uscc_match])));
    json_set(j, S("verdict"),
             json_new_str(a, str_of(batch_verdict_names[x->verdict])));
    return j;
}

/* Row by row, so that a tree of a row is all there is at a time. */
err batch_json(struct arena *a, struct heap *h, const struct batch *x, str *out)
{
    scoped(arena_end) struct arena row = { 0 };
    struct buf b;

    arena_init(&row, h, ROW_ROOM);
    buf_init(&b, a, BATCH_OUT_MAX);
    buf_str(&b, S("{\"batch\":"));
    json_canonical(&b, summary_json(&row, x));
    buf_str(&b, S(",\"results\":["));
    for (size_t i = 0; i < x->n; i++) {
        arena_reset(&row);
        if (i > 0)
            buf_char(&b, ',');
        json_canonical(&b, answer_json(&row, &x->answers[i]));
    }
    buf_str(&b, S("]}\n"));
    return buf_done(&b, out);
}
