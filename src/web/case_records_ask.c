#include "web/case_records_ask.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/actor.h"
#include "records/hours.h"
#include "web/saying.h"

#include <stdio.h>
#include <string.h>

enum {
    MAP_MOST = 1 << 18,
    FIELD_NAME = 32,
    REPEAT_MOST = 3650,
    PROMISE_MOST = FIGURES_RESPONSE_MAX,
    SPACE = 0x20,
    DELETED = 0x7f,
};

/* --- the mapping [WA1] [WA2] --------------------------------------------- */

/* "role-3", of the form. */
static str field_of(const struct request *rq, const char *name, size_t column)
{
    char text[FIELD_NAME];
    int n = snprintf(text, sizeof text, "%s-%zu", name, column);

    return answer_field(rq, (str){ text, (size_t)n });
}

/* A name as YAML has it within quotes; of controls, which no name needs, the
 * column stays as it was recognised. */
static bool put_quoted(struct buf *b, str name)
{
    buf_char(b, '"');
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];

        if (c < SPACE || c == DELETED)
            return false;
        if (c == '"' || c == '\\')
            buf_char(b, '\\');
        buf_char(b, name.p[i]);
    }
    buf_char(b, '"');
    return true;
}

static bool is_role(str word)
{
    for (int i = 0; i < COLUMN_ROLES; i++) {
        if (str_eq(word, column_role_name((enum column_role)i)))
            return true;
    }
    return false;
}

static bool is_order(str word)
{
    return str_eq(word, S("ymd")) || str_eq(word, S("dmy")) ||
           str_eq(word, S("mdy"));
}

static bool is_scale(str word)
{
    return str_eq(word, S("5")) || str_eq(word, S("10")) ||
           str_eq(word, S("100")) || str_eq(word, S("words"));
}

static void put_member(struct buf *b, const char *name, str value)
{
    if (value.n > 0)
        buf_printf(b, ", %s: %.*s", name, STR_ARG(value));
}

/* What is said of a column; nothing of one that is left alone. */
static void put_column(struct records_asking *to, struct buf *b,
                       const struct request *rq, const struct column *c,
                       size_t i)
{
    str role = field_of(rq, "role", i);
    str order = field_of(rq, "order", i);
    str scale = field_of(rq, "scale", i);
    size_t before = b->n;

    order = is_order(order) ? order : S("");
    scale = is_scale(scale) ? scale : S("");
    if (!is_role(role) && order.n == 0 && scale.n == 0)
        return;
    if (!put_quoted(b, c->name)) {
        b->n = before;
        return;
    }
    if (!is_role(role))
        role = column_role_name(c->role);
    buf_printf(b, ": { role: %.*s", STR_ARG(role));
    put_member(b, "order", order);
    put_member(b, "scale", scale);
    buf_str(b, S(" }\n"));
    to->columns[to->columns_n++] = i;
}

static err read_map(const struct records_view *x,
                    const struct held_columns *columns,
                    struct records_asking *to)
{
    struct request *rq = x->v.rq;
    struct buf b;

    to->columns = arena_array(rq->arena, columns->n, sizeof *to->columns);
    TRY_MEMORY(to->columns);
    buf_init(&b, rq->arena, MAP_MOST);
    for (size_t i = 0; i < columns->n; i++)
        put_column(to, &b, rq, &columns->columns[i].column, i);
    return buf_done(&b, &to->asked.map);
}

/* --- terms [WA3] --------------------------------------------------------- */

static err note(struct request *rq, struct records_asking *to,
                enum ask_field field, const char *message)
{
    to->broken = true;
    return say(rq, message, NULL, &to->wrong[field]);
}

/* A number, or nothing, which is 0. */
static err read_number(struct request *rq, struct records_asking *to,
                       enum ask_field field, const char *name, int64_t most,
                       int64_t *out)
{
    str given = answer_field(rq, str_of(name));

    *out = 0;
    if (given.n == 0 || number_in_digits(given, 0, most, out))
        return OK;
    return note(rq, to, field, "records_page.no_number");
}

static err read_period(struct request *rq, struct records_asking *to)
{
    struct records_terms *t = &to->asked.terms;
    str from = answer_field(rq, S("from"));
    str last = answer_field(rq, S("to"));

    t->whole = from.n == 0 && last.n == 0;
    if (t->whole)
        return OK;
    if (!day_parse(from, &t->first) || !day_parse(last, &t->last) ||
        t->first > t->last)
        return note(rq, to, ASK_PERIOD, "records_page.no_period");
    return OK;
}

static err read_week(struct request *rq, struct records_asking *to)
{
    struct week unused;
    str given = answer_field(rq, S("week"));

    to->asked.week = given;
    if (given.n == 0 || week_parse(given, &unused))
        return OK;
    return note(rq, to, ASK_WEEK, "records_page.no_week");
}

static err read_numbers(struct request *rq, struct records_asking *to)
{
    struct records_terms *t = &to->asked.terms;
    int64_t n = 0;

    TRY(read_number(rq, to, ASK_REPEAT, "repeat", REPEAT_MOST, &n));
    t->repeat_days =
        answer_field(rq, S("repeat")).n == 0 ? REPEAT_DAYS_USUAL : (int32_t)n;
    TRY(read_number(rq, to, ASK_RESPONSE, "response", PROMISE_MOST, &n));
    t->response_promise = (uint32_t)n;
    TRY(read_number(rq, to, ASK_RESOLUTION, "resolution", PROMISE_MOST, &n));
    t->resolution_promise = (uint32_t)n;
    TRY(read_number(rq, to, ASK_SATISFIED, "satisfied", INT16_MAX, &n));
    t->satisfied = (int16_t)n;
    return OK;
}

static enum column_events events_of(str word)
{
    return str_eq(word, S("yes"))  ? EVENTS_YES
           : str_eq(word, S("no")) ? EVENTS_NO
                                   : EVENTS_AUTO;
}

err records_ask_read(const struct records_view *x,
                     const struct held_columns *columns,
                     struct records_asking *out)
{
    struct request *rq = x->v.rq;

    *out = (struct records_asking){ .asked = x->held.asked };
    out->asked.sheet = answer_field(rq, S("sheet"));
    out->asked.events = events_of(answer_field(rq, S("events")));
    TRY(read_map(x, columns, out));
    TRY(read_period(rq, out));
    TRY(read_week(rq, out));
    return read_numbers(rq, out);
}

/* --- what was refused [WA2] ---------------------------------------------- */

static int64_t line_of(err why)
{
    for (const struct err_arg *a = why.info->args; a->name != NULL; a++) {
        if (strcmp(a->name, "line") == 0)
            return a->number;
    }
    return 0;
}

/* "records.map_role", without its room. */
static bool is_about(err why, const char *family)
{
    return str_begins(str_from(str_of(why.info->id), sizeof "records." - 1),
                      str_of(family));
}

err records_ask_wrong(struct request *rq, err why, struct records_asking *to)
{
    int64_t line = line_of(why);
    bool mapped = is_about(why, "map_");
    str words;

    to->broken = true;
    TRY(answer_words(rq, why, &words));
    if (mapped && line > 0 && (size_t)line <= to->columns_n) {
        to->column = to->columns[line - 1];
        to->column_wrong = words;
        return OK;
    }
    if (is_about(why, "held_week"))
        to->wrong[ASK_WEEK] = words;
    else if (is_about(why, "period") || is_about(why, "no_period"))
        to->wrong[ASK_PERIOD] = words;
    else
        to->wrong[ASK_MAP] = words;
    return OK;
}
