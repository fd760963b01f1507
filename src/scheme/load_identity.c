/*
 * load_identity -- what the scheme is.
 *
 *   format:    1
 *   id, version
 *   kind:      service | system
 *   method:    points | clauses
 *   name, owner: LABEL
 *   criterion: {code, title: LABEL}
 *   field:     code of the approved field; SC and two digits for a service
 *   trades?:   [TRADE ..], the trades it covers; left out: all of the field
 *   filing?:   filing number of the rule
 *   notes?:    [LABEL ..], what is assumed, in words; needed when anything is
 *              marked `assumed` [SC5]
 *   LABEL:     {zh, en}
 *   TRADE:     one to four digits, which codes of GB/T 4754 begin with
 */

#include "scheme/parts.h"

enum { NOTES_MAX = 50, TRADES_MAX = 200, TRADE_DIGITS = 4 };

static const char *const kind_names[] = { "service", "system", NULL };
static const char *const method_names[] = { "points", "clauses", NULL };

/* What the body certifies by. [M1] */
static void read_criterion(struct reading *r, const struct yaml *root,
                           struct scheme *s)
{
    static const char *const keys[] = { "code", "title", NULL };
    const struct yaml *y = reading_need(r, root, "criterion");

    if (!reading_mapping(r, y, keys))
        return;
    s->criterion = reading_text(r, y, "code");
    s->criterion_title = reading_label(r, y, "title");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A body works in its approved fields only; those of services are SC01, SC02
 * .. [条例 9] */
static void read_field(struct reading *r, const struct yaml *root,
                       struct scheme *s)
{
    str f = reading_id(r, root, "field");

    s->field = f;
    if (s->kind == SCHEME_SERVICE && f.n > 0 &&
        (f.n != 4 || !str_begins(f, S("SC")) || !is_digit(f.p[2]) ||
         !is_digit(f.p[3])))
        PROBLEM(r, yaml_get(root, S("field")), "scheme.field",
                ARG_STR("given", f));
}

static bool is_trade(str t)
{
    for (size_t i = 0; i < t.n; i++) {
        if (!is_digit(t.p[i]))
            return false;
    }
    return t.n >= 1 && t.n <= TRADE_DIGITS;
}

/* A trade that another one of the list holds already says nothing. */
static void read_trade(struct reading *r, const struct yaml *y, str *trades,
                       size_t n)
{
    str t = reading_text_of(r, y);

    trades[n] = t;
    if (t.n > 0 && !is_trade(t))
        PROBLEM(r, y, "scheme.trade", ARG_STR("given", t));
    for (size_t i = 0; i < n; i++) {
        if (t.n > 0 && trades[i].n > 0 &&
            (str_begins(t, trades[i]) || str_begins(trades[i], t))) {
            PROBLEM(r, y, "scheme.trade_twice", ARG_STR("given", t),
                    ARG_STR("held", trades[i]));
            return;
        }
    }
}

static void read_trades(struct reading *r, const struct yaml *root,
                        struct scheme *s)
{
    bool given = yaml_get(root, S("trades")) != NULL;
    const struct yaml *list =
        given ? reading_list(r, root, "trades", 1, TRADES_MAX) : NULL;

    if (list == NULL)
        return;

    str *trades = reading_array(r, list->count, sizeof *trades);
    if (trades == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        read_trade(r, y, trades, s->trade_count++);
    s->trades = trades;
}

static void read_notes(struct reading *r, const struct yaml *root,
                       struct scheme *s)
{
    const struct yaml *list = reading_list(r, root, "notes", 0, NOTES_MAX);

    if (list == NULL)
        return;

    struct label *notes = reading_array(r, list->count, sizeof *notes);
    if (notes == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        notes[s->note_count++] = reading_label_of(r, y);
    s->notes = notes;
}

bool load_identity(struct reading *r, const struct yaml *root, struct scheme *s)
{
    size_t before = r->count;

    (void)reading_int(r, root, "format", 1, 1);
    s->id = reading_id(r, root, "id");
    s->version = reading_id(r, root, "version");
    s->kind = reading_choice(r, root, "kind", kind_names) == 1 ? SCHEME_SYSTEM
                                                               : SCHEME_SERVICE;
    s->method = reading_choice(r, root, "method", method_names) == 1
                    ? METHOD_CLAUSES
                    : METHOD_POINTS;
    s->name = reading_label(r, root, "name");
    s->owner = reading_label(r, root, "owner");
    if (yaml_get(root, S("filing")) != NULL)
        s->filing = reading_text(r, root, "filing");
    read_field(r, root, s);
    read_trades(r, root, s);
    read_criterion(r, root, s);
    read_notes(r, root, s);
    return r->count == before;
}
