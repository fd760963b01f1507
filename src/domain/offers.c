#include "domain/offers.h"

#include "base/size.h"
#include "domain/stages.h"

#define PRICE_MAX ((int64_t)AMOUNT_MAX * LINES_MAX)

/* clang-format off */
static const struct field offer_note_fields[] = {
    F_STR(struct offer_note, body, 1, 200),
    F_STR(struct offer_note, approval, 1, 40),
    F_INT(struct offer_note, cycle, 1, 3660),
    F_INT_OPT(struct offer_note, seniors, 0, 100),
    F_STR_OPT(struct offer_note, team, 500),
    F_UNIT(struct offer_note, price, 0, PRICE_MAX, UNIT_FEN),
    F_UNIT_OPT(struct offer_note, whole, 0, PRICE_MAX, UNIT_FEN),
    F_STR_OPT(struct offer_note, note, 2000),
};
static const struct record offer_note_record =
    RECORD(offer_note, offer_note_fields);

static const struct field offer_fields[] = {
    F_STR(struct offer, body, 1, 200),
    F_STR(struct offer, approval, 1, 40),
    F_ENUM_OPT(struct offer, state, approval_names),
    F_INT(struct offer, cycle, 1, 3660),
    F_INT_OPT(struct offer, seniors, 0, 100),
    F_STR_OPT(struct offer, team, 500),
    F_INT(struct offer, price, 0, PRICE_MAX),
    F_INT_OPT(struct offer, whole, 0, PRICE_MAX),
    F_STR_OPT(struct offer, note, 2000),
    F_ID_OPT(struct offer, salt),
};
const struct record offer_record = RECORD(offer, offer_fields);

static const struct field cost_note_fields[] = {
    F_ENUM(struct cost_note, kind, cost_names),
    F_STR(struct cost_note, provider, 1, 200),
    F_UNIT(struct cost_note, amount, 0, PRICE_MAX, UNIT_FEN),
    F_STR_OPT(struct cost_note, note, 2000),
};
static const struct record cost_note_record =
    RECORD(cost_note, cost_note_fields);

static const struct field own_cost_fields[] = {
    F_ENUM(struct own_cost, kind, cost_names),
    F_STR(struct own_cost, provider, 1, 200),
    F_INT(struct own_cost, amount, 0, PRICE_MAX),
    F_STR_OPT(struct own_cost, note, 2000),
    F_ID_OPT(struct own_cost, salt),
};
const struct record own_cost_record = RECORD(own_cost, own_cost_fields);
/* clang-format on */

/* --- approval numbers [OF2] --------------------------------------------- */

/* Digits only, so many of them at least and at most? */
static bool are_digits(str s, size_t least, size_t most)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n >= least && s.n <= most;
}

bool approval_is_form(str number)
{
    str rest = number;
    str cnca = str_cut(&rest, '-');
    str register_ = str_cut(&rest, '-');
    str year = str_cut(&rest, '-');

    return str_eq(cnca, S("CNCA")) &&
           (str_eq(register_, S("R")) || str_eq(register_, S("RF"))) &&
           are_digits(year, 4, 4) && are_digits(rest, 2, 4);
}

static bool has_field(const struct approved_body *b, str field)
{
    const str *fields = b->fields.p;

    for (size_t i = 0; i < b->fields.n; i++) {
        if (str_eq(fields[i], field))
            return true;
    }
    return false;
}

enum approval approval_of(const struct facts *f, str number, str field)
{
    if (f->approved == NULL)
        return APPROVAL_UNKNOWN;
    for (size_t i = 0; i < f->approved_count; i++) {
        const struct approved_body *b = &f->approved[i];

        if (str_eq(b->approval, number))
            return has_field(b, field) ? APPROVAL_LISTED : APPROVAL_OTHER_FIELD;
    }
    return APPROVAL_NOT_LISTED;
}

/* --- offer.note --------------------------------------------------------- */

/* The place of this body's newest offer; the next free one if it has none. */
static int32_t place_of_offer(const struct money_state *m, str approval)
{
    int32_t i = 0;

    while (i < m->offer_count && !str_eq(m->offers[i]->approval, approval))
        i++;
    return i;
}

/* [OF5] Only what was noted can be taken back. */
static err check_price(struct arena *a, const struct state *s,
                       const struct offer *o)
{
    if (o->price > 0 && o->whole > 0 && o->whole < o->price)
        return err_new(a, ERR_INVALID, "offer.whole");
    if (o->price == 0 &&
        place_of_offer(&s->money, o->approval) == s->money.offer_count)
        return err_new(a, ERR_NOT_FOUND, "offer.none");
    return OK;
}

/* Messages say nothing of the offer: refusals are kept where staff read. */
static err judge_offer(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct offer_note *wish = c->data;
    struct offer made = {
        .body = str_trim(wish->body),
        .approval = str_trim(wish->approval),
        .cycle = wish->cycle,
        .seniors = wish->seniors,
        .team = wish->team,
        .price = wish->price,
        .whole = wish->whole,
        .note = wish->note,
        .salt = f->salt,
    };

    if (made.body.n == 0 || !approval_is_form(made.approval))
        return err_new(a, ERR_INVALID, "offer.approval");
    if (str_eq(made.approval, f->body->approval))
        return err_new(a, ERR_INVALID, "offer.own");
    TRY(check_price(a, s, &made));
    if (place_of_offer(&s->money, made.approval) >= OFFER_MAX)
        return err_new(a, ERR_LIMIT, "offer.full", ARG_INT("most", OFFER_MAX));
    enum approval state = approval_of(f, made.approval, s->scheme->field);
    made.state = (int)state;
    return event_emit(a, out, "offer.noted", f, &made);
}

static void apply_offer(struct state *s, const struct event *e)
{
    EVENT_DATA(offer, made, e);
    struct money_state *m = &s->money;
    int32_t at = place_of_offer(m, made->approval);

    if (at >= OFFER_MAX) {
        s->overflow = true; /* [ST-8] */
        return;
    }
    m->offers[at] = made;
    m->offer_count += at == m->offer_count;
}

/* --- cost.note [M32] ---------------------------------------------------- */

static int32_t place_of_cost(const struct money_state *m, int kind,
                             str provider)
{
    int32_t i = 0;

    while (i < m->cost_count && (m->costs[i]->kind != kind ||
                                 !str_eq(m->costs[i]->provider, provider)))
        i++;
    return i;
}

/* [OF4] */
static err check_provider(struct arena *a, const struct body *body,
                          str provider)
{
    if (provider.n == 0)
        return err_new(a, ERR_INVALID, "offer.provider");
    if (str_eq(provider, body->name_zh) || str_eq(provider, body->name_en))
        REFUSE(a, "offer.not_the_body");
    return OK;
}

static err judge_cost(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct cost_note *wish = c->data;
    struct own_cost made = {
        .kind = wish->kind,
        .provider = str_trim(wish->provider),
        .amount = wish->amount,
        .note = wish->note,
        .salt = f->salt,
    };

    TRY(check_provider(a, f->body, made.provider));
    if (place_of_cost(&s->money, made.kind, made.provider) >= COST_MAX)
        return err_new(a, ERR_LIMIT, "offer.costs_full",
                       ARG_INT("most", COST_MAX));
    return event_emit(a, out, "cost.noted", f, &made);
}

static void apply_cost(struct state *s, const struct event *e)
{
    EVENT_DATA(own_cost, made, e);
    struct money_state *m = &s->money;
    int32_t at = place_of_cost(m, made->kind, made->provider);

    if (at >= COST_MAX) {
        s->overflow = true; /* [ST-8] */
        return;
    }
    m->costs[at] = made;
    m->cost_count += at == m->cost_count;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "offer.note", &offer_note_record, NULL, judge_offer, NULL },
    { "cost.note", &cost_note_record, NULL, judge_cost, NULL },
};

static const struct event_kind events[] = {
    { "offer.noted", 1, STREAM_CASE, &offer_record, apply_offer },
    { "cost.noted", 1, STREAM_CASE, &own_cost_record, apply_cost },
};
/* clang-format on */

const struct stage_tables offers_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};

bool event_is_own(const struct event_kind *k)
{
    for (size_t i = 0; i < COUNT(events); i++) {
        if (k == &events[i])
            return true;
    }
    return false;
}
