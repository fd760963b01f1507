/*
 * load_audit -- norms of team and days, the customer sample, the defence.
 * [M15] [M16] [M17]
 *
 *   team:     {size: [LEAST, MOST], days: [LEAST, MOST], table?: [ROW ..],
 *             outlet?: DAYS, rotation?: ROUNDS,
 *             modes?: {first: [MODE ..], surveillance: [MODE ..]}}
 *   MODE:     A .. I, what a visit consists of (RB/T 314)
 *   sites?:   {first, surveillance, renewal, random}: how many branches and
 *             outlets are visited, per cent of the square root of all, and
 *             how many per cent of these are drawn; left out: all of them
 *   ROW:      {staff: [FROM, TO], initial, site, surveillance, renewal}, in
 *             person-days with up to one place; rows begin at 1 and follow
 *             each other without gap, and days never fall
 *   sample?:  {least, most, figure, attempts?}, customers to reach, 1 to 60;
 *             calls before one counts as unreached, 1 to 9, 1 unless given
 *   defence?: true | false
 */

#include "scheme/parts.h"

enum {
    ROWS_MAX = 60,
    STAFF_MAX = 10000000,
    TENTHS_MAX = 10000,
    NORM_MAX = 99,
    SHARE_MAX = 1000,
    ATTEMPTS_MAX = 9,
    WORDS_MAX = 9
};

/* key: [LEAST, MOST] */
static void read_range(struct reading *r, const struct yaml *y, const char *key,
                       int32_t bound, int32_t *least, int32_t *most)
{
    const struct yaml *pair = reading_list(r, y, key, 2, 2);
    int64_t low = 0;
    int64_t high = 0;

    if (pair == NULL)
        return;
    if (!yaml_int(pair->first, &low) || !yaml_int(pair->first->next, &high) ||
        low < 1 || high < low || high > bound) {
        PROBLEM(r, pair, "scheme.pair", ARG_STR("key", str_of(key)),
                ARG_INT("most", bound));
        return;
    }
    *least = (int32_t)low;
    *most = (int32_t)high;
}

/* --- the table -------------------------------------------------------- */

static int32_t read_tenths(struct reading *r, const struct yaml *y,
                           const char *key)
{
    return (int32_t)reading_decimal(r, y, key, 1, 1, TENTHS_MAX);
}

static void read_row(struct reading *r, const struct yaml *y,
                     struct day_row *row)
{
    static const char *const keys[] = { "staff",        "initial", "site",
                                        "surveillance", "renewal", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    read_range(r, y, "staff", STAFF_MAX, &row->staff_from, &row->staff_to);
    row->initial_total = read_tenths(r, y, "initial");
    row->initial_site = read_tenths(r, y, "site");
    row->surveillance_total = read_tenths(r, y, "surveillance");
    row->renewal_total = read_tenths(r, y, "renewal");
}

/* A first audit is the whole; its site part, a surveillance and a renewal are
 * no more than that. */
static void check_row(struct reading *r, const struct yaml *y,
                      const struct day_row *row)
{
    if (row->initial_site > row->initial_total)
        PROBLEM(r, yaml_get(y, S("site")), "scheme.row_days",
                ARG_STR("key", S("site")));
    if (row->surveillance_total > row->initial_total)
        PROBLEM(r, yaml_get(y, S("surveillance")), "scheme.row_days",
                ARG_STR("key", S("surveillance")));
    if (row->renewal_total > row->initial_total)
        PROBLEM(r, yaml_get(y, S("renewal")), "scheme.row_days",
                ARG_STR("key", S("renewal")));
}

static void check_follows(struct reading *r, const struct yaml *y,
                          const struct day_row *before,
                          const struct day_row *row)
{
    int32_t want = before == NULL ? 1 : before->staff_to + 1;

    if (row->staff_from != want)
        PROBLEM(r, yaml_get(y, S("staff")), "scheme.table_gap",
                ARG_INT("from", row->staff_from), ARG_INT("want", want));
    if (before != NULL && row->initial_total < before->initial_total)
        PROBLEM(r, yaml_get(y, S("initial")), "scheme.table_falls");
}

static void read_table(struct reading *r, const struct yaml *team,
                       struct team_rule *t)
{
    const struct yaml *list = reading_list(r, team, "table", 0, ROWS_MAX);

    if (list == NULL)
        return;

    struct day_row *rows = reading_array(r, list->count, sizeof *rows);
    if (rows == NULL)
        return;
    t->rows = rows;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct day_row *row = &rows[t->row_count];
        size_t before = r->count;

        read_row(r, y, row);
        if (r->count > before)
            return; /* the next rows would be held against it */
        check_row(r, y, row);
        check_follows(r, y, t->row_count == 0 ? NULL : row - 1, row);
        t->row_count++;
    }
}

unsigned read_bits(struct reading *r, const struct yaml *y, const char *key,
                   const char *const *names)
{
    const struct yaml *list = reading_list(r, y, key, 1, WORDS_MAX);
    const struct yaml *one = list == NULL ? NULL : list->first;
    unsigned bits = 0;

    for (; one != NULL; one = one->next) {
        int at = reading_choice_of(r, one, names);
        unsigned bit = at < 0 ? 0 : 1U << at;

        if ((bits & bit) != 0)
            PROBLEM(r, one, "scheme.word_twice", ARG_STR("word", one->text));
        bits |= bit;
    }
    return bits;
}

unsigned read_modes(struct reading *r, const struct yaml *y, const char *key)
{
    static const char *const modes[] = { "A", "B", "C", "D", "E",
                                         "F", "G", "H", "I", NULL };

    return read_bits(r, y, key, modes);
}

static void read_all_modes(struct reading *r, const struct yaml *team,
                           struct team_rule *t)
{
    static const char *const keys[] = { "first", "surveillance", NULL };
    const struct yaml *y = yaml_get(team, S("modes"));

    if (y == NULL || !reading_mapping(r, y, keys))
        return;
    t->modes_first = read_modes(r, y, "first");
    t->modes_surveillance = read_modes(r, y, "surveillance");
}

static void read_sites(struct reading *r, const struct yaml *root,
                       struct site_rule *x)
{
    static const char *const keys[] = { "first", "surveillance", "renewal",
                                        "random", NULL };
    const struct yaml *y = yaml_get(root, S("sites"));

    if (y == NULL || !reading_mapping(r, y, keys))
        return;
    x->used = true;
    x->first = reading_int(r, y, "first", 1, SHARE_MAX);
    x->surveillance = reading_int(r, y, "surveillance", 1, SHARE_MAX);
    x->renewal = reading_int(r, y, "renewal", 1, SHARE_MAX);
    x->random = reading_int(r, y, "random", 0, 100);
}

static void read_team(struct reading *r, const struct yaml *root,
                      struct team_rule *t)
{
    static const char *const keys[] = { "size",     "days",  "table", "outlet",
                                        "rotation", "modes", NULL };
    const struct yaml *y = reading_need(r, root, "team");

    if (!reading_mapping(r, y, keys))
        return;
    read_range(r, y, "size", NORM_MAX, &t->size_least, &t->size_most);
    read_range(r, y, "days", NORM_MAX, &t->days_least, &t->days_most);
    read_table(r, y, t);
    if (yaml_get(y, S("outlet")) != NULL)
        t->outlet = read_tenths(r, y, "outlet");
    if (yaml_get(y, S("rotation")) != NULL)
        t->rotation = reading_int(r, y, "rotation", 1, NORM_MAX);
    read_all_modes(r, y, t);
}

/* --- the sample ------------------------------------------------------- */

static void read_sample(struct reading *r, const struct yaml *root,
                        struct scheme *s)
{
    static const char *const keys[] = { "least", "most", "figure", "attempts",
                                        NULL };
    const struct yaml *y = yaml_get(root, S("sample"));
    struct sample_rule *x = &s->sample;
    size_t before = r->count;

    if (!reading_mapping(r, y, keys))
        return;
    x->used = true;
    x->least = reading_int(r, y, "least", 1, SAMPLE_MAX);
    x->most = reading_int(r, y, "most", 1, SAMPLE_MAX);
    x->attempts = 1;
    if (yaml_get(y, S("attempts")) != NULL)
        x->attempts = reading_int(r, y, "attempts", 1, ATTEMPTS_MAX);
    if (r->count == before && x->least > x->most)
        PROBLEM(r, yaml_get(y, S("least")), "scheme.sample");

    str figure = reading_id(r, y, "figure");
    if (figure.n == 0)
        return;
    x->figure = scheme_figure(s, figure);
    if (x->figure < 0)
        PROBLEM(r, yaml_get(y, S("figure")), "scheme.no_figure",
                ARG_STR("figure", figure));
}

bool load_audit(struct reading *r, const struct yaml *root, struct scheme *s)
{
    size_t before = r->count;

    read_team(r, root, &s->team);
    read_sites(r, root, &s->sites);
    read_sample(r, root, s);
    s->defence = reading_bool(r, root, "defence", false);
    return r->count == before;
}
