#include "service/order.h"

#include "base/arena.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "crypto/hash.h"
#include "service/kept.h"
#include "service/typed.h"
#include "store/command.h"
#include "store/refusals.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum { REQUEST_MAX = 16 << 20, ANSWER_MAX = 1 << 20, COMMAND_SHOWN = 60 };

/* One command on its way. */
struct ordering {
    struct app *app;
    const struct case_order *order;
    const struct order_work *work;
    id command_id;
    bool drawn; /* it is of this call: nobody can have used it before */
    struct hash request;
    struct case_answer answer;
};

static int64_t now_of(const struct app *app)
{
    struct clock *clock = app_world_of(app)->clock;

    return clock->now(clock);
}

/* --- the answer [OR1] ------------------------------------------------- */

struct answer_record {
    id id;
    str number;
    int64_t version;
    struct list events;
    str certificate;
    day late;
};

/* clang-format off */
static const struct field answer_fields[] = {
    F_ID(struct answer_record, id),
    F_STR(struct answer_record, number, 1, 40),
    F_INT(struct answer_record, version, 1, INT64_MAX),
    F_STRS_OPT(struct answer_record, events, 100),
    F_STR_OPT(struct answer_record, certificate, 40),
    F_DAY_OPT(struct answer_record, late),
};
static const struct record answer_kind = RECORD(answer_record, answer_fields);
/* clang-format on */

static err name_events(struct tx *tx, const struct event_list *events,
                       struct list *out)
{
    str *names = arena_array(tx_arena(tx), events->n, sizeof *names);
    size_t n = 0;

    TRY_MEMORY(names);
    for (const struct event *e = events->first; e != NULL; e = e->next)
        names[n++] = str_of(e->kind->name);
    *out = (struct list){ names, n };
    return OK;
}

static struct case_answer answer_of(const struct answer_record *r,
                                    bool repeated)
{
    return (struct case_answer){ r->id,     r->number,      r->version,
                                 r->events, r->certificate, r->late,
                                 repeated };
}

static err record_answer(struct tx *tx, const struct ordering *d,
                         const struct done *done, struct answer_record *out)
{
    struct answer_record r = {
        .id = done->stream,
        .number = done->number,
        .version = done->version,
        .certificate = done->certificate,
        .late = done->late,
    };
    str text;

    TRY(name_events(tx, done->events, &r.events));
    TRY(record_text(tx_arena(tx), &answer_kind, &r, ANSWER_MAX, &text));

    struct command_row row = {
        .id = d->command_id,
        .actor = d->order->who->actor.person,
        .request = d->request,
        .stream = done->stream,
        .version = done->version,
        .answer = text,
        .at = now_of(d->app),
    };
    *out = r;
    return command_record(tx, &row);
}

static err repeat_answer(struct tx *tx, const struct command_row *row,
                         struct answer_record *out)
{
    struct json *j;

    TRY(json_parse(tx_arena(tx), row->answer, &j));
    return record_read(tx_arena(tx), &answer_kind, j, out);
}

/* The answer, in the tx's arena. */
static err find_answer(struct tx *tx, const struct ordering *d,
                       struct answer_record *out, bool *repeated)
{
    struct command_row want = {
        .id = d->command_id,
        .actor = d->order->who->actor.person,
        .request = d->request,
    };
    struct command_row row;
    struct done done = { .late = DAY_NEVER };

    *repeated = false;
    if (!d->drawn)
        TRY(command_find(tx, tx_arena(tx), &want, &row, repeated));
    if (*repeated)
        return repeat_answer(tx, &row, out);
    TRY(d->work->carry_out(tx, d->work->context, &done));
    return record_answer(tx, d, &done, out);
}

/* The caller gets the answer and nothing else of what the work needed. */
static err do_in_tx(struct tx *tx, void *context)
{
    struct ordering *d = context;
    struct arena *callers = tx_use_arena(tx, kept_work(app_kept(d->app)));
    struct answer_record r = { 0 };
    bool repeated;
    void *copy;

    err e = find_answer(tx, d, &r, &repeated);
    (void)tx_use_arena(tx, callers);
    TRY(err_keep(callers, e));
    TRY(record_copy(callers, &answer_kind, &r, &copy));
    d->answer = answer_of(copy, repeated);
    return OK;
}

/* --- the audit trail [OR2] -------------------------------------------- */

struct refusing {
    const struct refused *r;
    str arguments;
    int64_t at;
};

/* What was typed, as far as the trail can hold it. */
static str storable(str typed)
{
    bool text = utf8_check(typed, NULL) && str_index(typed, '\0') == typed.n;

    return text ? typed : S("");
}

static err write_arguments(struct arena *a, err why, str *out)
{
    struct json *j = json_new_object(a);

    for (const struct err_arg *g = why.info->args; g->name != NULL; g++)
        json_set(j, str_of(g->name),
                 g->kind == ARG_IS_TEXT || g->kind == ARG_IS_IDS ||
                         g->kind == ARG_IS_LABEL
                     ? json_new_str(a, storable(g->text))
                     : json_new_int(a, g->number));
    return json_text(a, j, ANSWER_MAX, out);
}

static err record_refusal(struct tx *tx, void *context)
{
    const struct refusing *x = context;
    const struct refused *r = x->r;
    struct refusal_row row = {
        .at = x->at,
        .actor = r->who->actor.person,
        .channel = r->who->channel,
        .stream = r->about,
        .command = utf8_first(storable(r->command), COMMAND_SHOWN),
        .code = r->why.info->code,
        .message = str_of(r->why.info->id),
        .arguments = x->arguments,
    };

    return refusal_record(tx, &row);
}

/* Whatever was asked for and not done; but not what failed the machine. */
static bool is_refusal(err e)
{
    enum err_code code = failed(e) ? e.info->code : ERR_IO;

    return code != ERR_IO && code != ERR_MEMORY && code != ERR_BUSY;
}

static err keep_refusal(struct app *app, struct arena *a,
                        const struct refused *r)
{
    struct refusing x = { .r = r, .at = now_of(app) };

    TRY(write_arguments(a, r->why, &x.arguments));
    return app_write_case(app, a, record_refusal, &x);
}

void order_refused(struct app *app, struct arena *a, const struct refused *r)
{
    if (!is_refusal(r->why))
        return;

    err kept = keep_refusal(app, a, r);
    (void)kept.info; /* see order.h */
}

/* --- the order -------------------------------------------------------- */

/* Numbers are the same however they are typed; words, ids and logins are not
 * numbers. */
static err write_ref(struct arena *a, str ref, str *out)
{
    id key;
    bool as_it_is = str_eq(ref, S("new")) || str_eq(ref, S("body")) ||
                    str_begins(ref, S("person:")) || id_parse(ref, &key);

    if (!as_it_is)
        return typed_number(a, ref, out);
    *out = ref;
    return OK;
}

/* The version that the caller saw is left out: whoever got no answer, read the
 * case and asks again, asks for the same. */
static err write_request(struct arena *a, const struct case_order *o, str *out)
{
    struct json *j = json_new_object(a);
    struct json data = *o->data;
    str ref;
    str enterprise;

    TRY(write_ref(a, o->ref, &ref));
    TRY(typed_number(a, o->enterprise, &enterprise));
    json_set(j, S("command"), json_new_str(a, o->command));
    json_set(j, S("ref"), json_new_str(a, ref));
    json_set(j, S("enterprise"), json_new_str(a, enterprise));
    json_set(j, S("today"), json_new_int(a, o->today));
    json_set(j, S("data"), &data);
    return json_text(a, j, REQUEST_MAX, out);
}

/* [OR3] The key goes first, so that without it nothing can be said of what
 * comes after. */
static err hash_request(const struct app *app, struct arena *a,
                        const struct case_order *o, struct hash *out)
{
    static const char purpose[] = "tenstar request";
    struct sha256 h;
    str text;

    TRY(write_request(a, o, &text));
    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_add(&h, text.p, text.n);
    sha256_end(&h, out->b);
    return OK;
}

err order_do(struct app *app, struct arena *a, const struct case_order *order,
             const struct order_work *work, struct case_answer *out)
{
    struct ordering *d = arena_zero(a, sizeof *d);

    TRY_MEMORY(d);
    *d = (struct ordering){
        .app = app,
        .order = order,
        .work = work,
        .command_id = order->command_id,
        .drawn = id_is_zero(order->command_id),
    };
    if (d->drawn) {
        TRY(entropy_id(app_world_of(app)->entropy, &d->command_id));
        entropy_date_id(&d->command_id, now_of(app));
    }
    TRY(hash_request(app, a, order, &d->request));

    err e = work->of_case ? app_write_case(app, a, do_in_tx, d)
                          : app_write(app, a, do_in_tx, d);
    order_refused(app, a,
                  &(struct refused){ order->who, order->command, e,
                                     *work->about });
    TRY(e);
    *out = d->answer;
    return OK;
}
