/*
 * load_factors -- what makes a certification cost more or less. [M29] [M30]
 * [M33]
 *
 *   under `fees`, all of it optional:
 *   travel:    {site: YUAN, day: YUAN}: to each site that is visited, and
 *              board for each person-day on site; at cost, so no factor
 *              changes it
 *   levels:    {LEVEL: FACTOR ..}
 *   staff:     [{staff: [FROM, TO], factor: FACTOR} ..]; they begin at 1 and
 *              follow each other without gap; the last holds for more, too
 *   trades:    [{code, label, factor: FACTOR} ..]; code is of GB/T 4754, 1 to
 *              4 digits, and stands for whatever begins so
 *   body:      FACTOR: what other bodies take, against this list
 *   YUAN:      AMOUNT | [LEAST, MOST], up to two places
 *   FACTOR:    PERCENT | [LEAST, MOST], 1 to 1000, up to two places
 */

#include "scheme/parts.h"

enum {
    FEN_MAX = 1000000000,
    FACTOR_LEAST = 100, /* 1 % */
    FACTOR_MOST = 100000,
    BANDS_MAX = 60,
    TRADES_MAX = 200,
    STAFF_MAX = 10000000,
    CODE_MAX = 4,
};

/* --- ranges ----------------------------------------------------------- */

/* N is both ends of its range. */
static bool read_ends(const struct yaml *y, struct money_range *x)
{
    if (y->kind == YAML_SEQUENCE)
        return y->count == 2 && yaml_decimal(y->first, 2, &x->least) &&
               yaml_decimal(y->first->next, 2, &x->most);
    if (!yaml_decimal(y, 2, &x->least))
        return false;
    x->most = x->least;
    return true;
}

/* N | [LEAST, MOST], with two places. */
static bool read_pair(const struct yaml *y, int64_t bottom, int64_t top,
                      struct money_range *out)
{
    struct money_range x;

    if (!read_ends(y, &x) || x.least < bottom || x.most < x.least ||
        x.most > top)
        return false;
    *out = x;
    return true;
}

static void read_yuan(struct reading *r, const struct yaml *y, const char *key,
                      struct money_range *out)
{
    const struct yaml *at = reading_need(r, y, key);

    if (at != NULL && !read_pair(at, 0, FEN_MAX, out))
        PROBLEM(r, at, "scheme.yuan", ARG_STR("key", str_of(key)));
}

static void read_factor(struct reading *r, const struct yaml *at,
                        struct factor *out)
{
    struct money_range x;

    if (at == NULL)
        return;
    if (!read_pair(at, FACTOR_LEAST, FACTOR_MOST, &x)) {
        PROBLEM(r, at, "scheme.factor", ARG_STR("key", at->key));
        return;
    }
    *out = (struct factor){ (int32_t)x.least, (int32_t)x.most };
}

/* --- travel ----------------------------------------------------------- */

static void read_travel(struct reading *r, const struct yaml *y, struct fees *f)
{
    static const char *const keys[] = { "site", "day", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    read_yuan(r, y, "site", &f->travel_site);
    read_yuan(r, y, "day", &f->travel_day);
}

/* --- staff ------------------------------------------------------------ */

static void read_band(struct reading *r, const struct yaml *y, int32_t want,
                      struct staff_band *band)
{
    static const char *const keys[] = { "staff", "factor", NULL };
    int64_t from;
    int64_t to;

    if (!reading_mapping(r, y, keys))
        return;
    read_factor(r, reading_need(r, y, "factor"), &band->factor);

    const struct yaml *pair = reading_list(r, y, "staff", 2, 2);
    if (pair == NULL)
        return;
    if (!yaml_int(pair->first, &from) || !yaml_int(pair->first->next, &to) ||
        from < 1 || to < from || to > STAFF_MAX) {
        PROBLEM(r, pair, "scheme.pair", ARG_STR("key", S("staff")),
                ARG_INT("most", STAFF_MAX));
        return;
    }
    if (from != want)
        PROBLEM(r, pair, "scheme.table_gap", ARG_INT("from", from),
                ARG_INT("want", want));
    band->staff_from = (int32_t)from;
    band->staff_to = (int32_t)to;
}

static void read_bands(struct reading *r, const struct yaml *fees,
                       struct fees *f)
{
    const struct yaml *list = reading_list(r, fees, "staff", 0, BANDS_MAX);
    struct staff_band *bands;
    int32_t want = 1;

    if (list == NULL)
        return;
    bands = reading_array(r, list->count, sizeof *bands);
    if (bands == NULL)
        return;
    f->bands = bands;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        size_t before = r->count;

        read_band(r, y, want, &bands[f->band_count]);
        if (r->count > before)
            return; /* the next ones would be held against it */
        want = bands[f->band_count++].staff_to + 1;
    }
}

/* --- trades ----------------------------------------------------------- */

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0 && s.n <= CODE_MAX;
}

static void read_trade(struct reading *r, const struct yaml *y, struct fees *f,
                       struct trade_factor *trade)
{
    static const char *const keys[] = { "code", "label", "factor", NULL };

    if (!reading_mapping(r, y, keys))
        return;
    trade->label = reading_label(r, y, "label");
    read_factor(r, reading_need(r, y, "factor"), &trade->factor);

    const struct yaml *code = reading_need(r, y, "code");
    if (code == NULL)
        return;
    if (code->kind != YAML_SCALAR || !is_code(code->text)) {
        PROBLEM(r, code, "scheme.fee_trade", ARG_INT("most", CODE_MAX));
        return;
    }
    for (size_t i = 0; i < f->trade_count; i++) {
        if (str_eq(f->trades[i].code, code->text))
            PROBLEM(r, code, "scheme.id_twice", ARG_STR("id", code->text));
    }
    trade->code = code->text;
}

static void read_trades(struct reading *r, const struct yaml *fees,
                        struct fees *f)
{
    const struct yaml *list = reading_list(r, fees, "trades", 0, TRADES_MAX);
    struct trade_factor *trades;

    if (list == NULL)
        return;
    trades = reading_array(r, list->count, sizeof *trades);
    if (trades == NULL)
        return;
    f->trades = trades;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        read_trade(r, y, f, &trades[f->trade_count]);
        f->trade_count++;
    }
}

/* --- the whole -------------------------------------------------------- */

void load_factors(struct reading *r, const struct yaml *y, struct fees *f)
{
    const struct factor one = { FACTOR_ONE, FACTOR_ONE };

    f->body = one;
    read_travel(r, yaml_get(y, S("travel")), f);
    read_bands(r, y, f);
    read_trades(r, y, f);
    read_factor(r, yaml_get(y, S("body")), &f->body);
}

void load_level_factors(struct reading *r, const struct yaml *root,
                        struct scheme *s)
{
    const struct yaml *y = yaml_get(yaml_get(root, S("fees")), S("levels"));
    struct factor *levels = reading_array(r, s->level_count, sizeof *levels);

    if (levels == NULL)
        return;
    s->fees.levels = levels;
    for (size_t i = 0; i < s->level_count; i++)
        levels[i] = (struct factor){ FACTOR_ONE, FACTOR_ONE };
    if (y != NULL && y->kind != YAML_MAPPING) {
        PROBLEM(r, y, "scheme.fee_levels");
        return;
    }
    for (y = y == NULL ? NULL : y->first; y != NULL; y = y->next) {
        int32_t level = scheme_level(s, y->key);

        if (level < 0)
            PROBLEM(r, y, "scheme.fee_level", ARG_STR("level", y->key));
        else
            read_factor(r, y, &levels[level]);
    }
}
