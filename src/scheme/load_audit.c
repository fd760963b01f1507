/*
 * load_audit -- norms of team and days, the sample of customers, the defence.
 *
 *   team:    {size: [LEAST, MOST], days: [LEAST, MOST], table?: [ROW ..]}
 *   ROW:     {staff: [FROM, TO], initial, site, surveillance, renewal}, in
 *            person-days with up to one place; rows rise without gap
 *   sample:  {least, most, figure}; absent: no sample
 *   defence: true | false
 */

#include "scheme/reading.h"

enum { ROWS_MAX = 60, STAFF_MAX = 10000000, TENTHS_MAX = 10000 };

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

static void read_row(struct reading *r, const struct yaml *y,
                     struct day_row *row, const struct day_row *before)
{
    static const char *const keys[] = { "staff",        "initial", "site",
                                        "surveillance", "renewal", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    read_range(r, y, "staff", STAFF_MAX, &row->staff_from, &row->staff_to);
    row->initial_total =
        (int32_t)reading_decimal(r, y, "initial", 1, 0, TENTHS_MAX);
    row->initial_site =
        (int32_t)reading_decimal(r, y, "site", 1, 0, TENTHS_MAX);
    row->surveillance_total =
        (int32_t)reading_decimal(r, y, "surveillance", 1, 0, TENTHS_MAX);
    row->renewal_total =
        (int32_t)reading_decimal(r, y, "renewal", 1, 0, TENTHS_MAX);
    if (before != NULL && row->staff_from != before->staff_to + 1)
        PROBLEM(r, y, "scheme.table_gap", ARG_INT("from", row->staff_from),
                ARG_INT("before", before->staff_to));
}

static void load_table(struct reading *r, const struct yaml *team)
{
    const struct yaml *list = reading_list(r, team, "table", 0, ROWS_MAX);
    size_t n = 0;

    if (list == NULL)
        return;

    struct day_row *rows = reading_array(r, list->count, sizeof *rows);
    if (rows == NULL)
        return;
    for (const struct yaml *y = list->first; y != NULL; y = y->next, n++)
        read_row(r, y, &rows[n], n == 0 ? NULL : &rows[n - 1]);
    r->scheme->team.rows = rows;
    r->scheme->team.row_count = n;
}

static void load_team(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "size", "days", "table", NULL };
    const struct yaml *y = reading_need(r, root, "team");
    struct team_rule *t = &r->scheme->team;

    if (!reading_mapping(r, y, keys))
        return;
    read_range(r, y, "size", 100, &t->size_least, &t->size_most);
    read_range(r, y, "days", 100, &t->days_least, &t->days_most);
    load_table(r, y);
}

static void load_sample(struct reading *r, const struct yaml *root)
{
    static const char *const keys[] = { "least", "most", "figure", NULL };
    const struct yaml *y = yaml_get(root, S("sample"));
    struct sample_rule *s = &r->scheme->sample;

    if (!reading_mapping(r, y, keys))
        return;
    s->used = true;
    s->least = reading_int(r, y, "least", 1, SAMPLE_MAX);
    s->most = reading_int(r, y, "most", 1, SAMPLE_MAX);
    if (s->least > s->most)
        PROBLEM(r, y, "scheme.sample");

    const struct yaml *figure = reading_need(r, y, "figure");
    if (figure == NULL)
        return;
    s->figure = scheme_figure(r->scheme, figure->text);
    if (s->figure < 0)
        PROBLEM(r, figure, "scheme.no_figure", ARG_STR("figure", figure->text));
}

/* A gate that the sample may refute needs a sample of its figure. */
static void check_gates(struct reading *r, const struct yaml *root)
{
    const struct scheme *s = r->scheme;

    for (size_t l = 0; l < s->level_count; l++) {
        for (size_t g = 0; g < s->levels[l].gate_count; g++) {
            const struct gate *gate = &s->levels[l].gates[g];

            if (gate->mode != GATE_FIGURE &&
                (!s->sample.used || s->sample.figure != gate->figure))
                PROBLEM(r, yaml_get(root, S("levels")), "scheme.gate_sample",
                        ARG_STR("id", gate->id));
        }
    }
}

void load_audit(struct reading *r, const struct yaml *root)
{
    load_team(r, root);
    load_sample(r, root);
    r->scheme->defence = reading_bool(r, root, "defence", false);
    if (r->count == 0)
        check_gates(r, root);
}
