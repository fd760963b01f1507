#include "domain/golden.h"

#include "base/buf.h"
#include "domain/answers.h"
#include "domain/golden_parts.h"

enum { DUE_MAX = 100, FEES_MAX = 100 };

static const char *const state_names[] = {
    [GATE_MET] = "met",
    [GATE_NOT_MET] = "not_met",
    [GATE_UNKNOWN] = "unknown",
    [GATE_CANNOT_TELL] = "cannot_tell",
    NULL,
};

struct golden {
    struct reading *reading;
    const struct scheme *scheme;
    const struct calendar *calendar;
    struct assessment in;
    struct score score;
};

/* --- numbers ---------------------------------------------------------- */

/* "94.98" of 9498 and a scale of 100. */
static str scaled_text(struct reading *r, int64_t n, int places)
{
    struct buf b;
    str out = S("");
    int scale = places == 2 ? 100 : 1000;

    buf_init(&b, r->arena, 32);
    buf_int(&b, n / scale);
    buf_printf(&b, places == 2 ? ".%02d" : ".%03d", (int)(n % scale));
    if (failed(buf_done(&b, &out)))
        r->fatal = err_memory();
    return out;
}

/* Is the number at `y`, with these places, `got`? */
static void expect_number(struct reading *r, const struct yaml *y, int places,
                          int64_t got)
{
    int64_t want;

    if (!yaml_decimal(y, places, &want))
        PROBLEM(r, y, "reading.decimal", ARG_STR("key", y->key),
                ARG_INT("places", places));
    else if (want != got)
        PROBLEM(r, y, "golden.number", ARG_STR("key", y->key),
                ARG_STR("want", y->text),
                ARG_STR("got", scaled_text(r, got, places)));
}

/* --- score and level -------------------------------------------------- */

static void expect_level(const struct golden *g, const struct yaml *y)
{
    const struct scheme *s = g->scheme;
    int32_t level = g->score.level;
    str got = level < 0 ? S("none") : s->levels[level].id;

    if (!str_eq(y->text, S("none")) && scheme_level(s, y->text) < 0)
        PROBLEM(g->reading, y, "golden.no_level", ARG_STR("level", y->text));
    else if (!str_eq(y->text, got))
        PROBLEM(g->reading, y, "golden.level", ARG_STR("want", y->text),
                ARG_STR("got", got));
}

/* --- points lost ------------------------------------------------------ */

static int32_t lost_by(const struct golden *g, size_t leaf)
{
    return score_lost(g->scheme, (int32_t)leaf, g->in.answers[leaf]);
}

/* Every indicator that lost points stands in the mapping, and no other. */
static void expect_lost_each(const struct golden *g, const struct yaml *y)
{
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        int32_t leaf = scheme_leaf(g->scheme, m->key);

        if (leaf < 0)
            PROBLEM(g->reading, m, "reply.indicator",
                    ARG_STR("indicator", m->key));
        else
            expect_number(g->reading, m, 3, lost_by(g, (size_t)leaf));
    }
    for (size_t i = 0; i < g->scheme->leaf_count; i++) {
        const struct indicator *in = scheme_leaf_at(g->scheme, (int32_t)i);

        if (lost_by(g, i) > 0 && yaml_get(y, in->id) == NULL)
            PROBLEM(g->reading, y, "golden.lost_too",
                    ARG_STR("indicator", in->id),
                    ARG_STR("got", scaled_text(g->reading, lost_by(g, i), 3)));
    }
}

static void expect_lost(const struct golden *g, const struct yaml *y)
{
    int64_t sum = 0;

    if (y->kind == YAML_MAPPING) {
        expect_lost_each(g, y);
        return;
    }
    for (size_t i = 0; i < g->scheme->leaf_count; i++)
        sum += lost_by(g, i);
    expect_number(g->reading, y, 3, sum);
}

/* --- gates ------------------------------------------------------------ */

static const struct gate_result *find_gate(const struct golden *g,
                                           int32_t level, str gate)
{
    for (size_t i = 0; i < g->score.gate_count; i++) {
        const struct gate_result *x = &g->score.gates[i];

        if (x->level == level &&
            str_eq(g->scheme->levels[level].gates[x->gate].id, gate))
            return x;
    }
    return NULL;
}

static void expect_state(const struct golden *g, const struct yaml *y,
                         const struct gate_result *x)
{
    int want = reading_choice_of(g->reading, y, state_names);

    if (want >= 0 && want != (int)x->state)
        PROBLEM(g->reading, y, "golden.gate", ARG_STR("gate", y->key),
                ARG_STR("want", y->text),
                ARG_STR("got", str_of(state_names[x->state])));
}

static void expect_gates(const struct golden *g, const struct yaml *y)
{
    for (const struct yaml *l = y->first; l != NULL; l = l->next) {
        int32_t level = scheme_level(g->scheme, l->key);

        if (level < 0) {
            PROBLEM(g->reading, l, "golden.no_level", ARG_STR("level", l->key));
            continue;
        }
        for (const struct yaml *m = l->first; m != NULL; m = m->next) {
            const struct gate_result *x = find_gate(g, level, m->key);

            if (x == NULL)
                PROBLEM(g->reading, m, "golden.no_gate",
                        ARG_STR("gate", m->key), ARG_STR("level", l->key));
            else
                expect_state(g, m, x);
        }
    }
}

/* --- deadlines -------------------------------------------------------- */

/* The day at `key`, or DAY_NEVER with the problem reported. */
static day take_day(struct reading *r, const struct yaml *y, const char *key)
{
    const struct yaml *at = reading_need(r, y, key);
    day d = DAY_NEVER;

    if (at != NULL && !day_parse(at->text, &d))
        PROBLEM(r, at, "golden.day", ARG_STR("key", str_of(key)));
    return d;
}

static void expect_due(const struct golden *g, const struct yaml *y)
{
    static const char *const keys[] = { "limit", "from", "on", NULL };
    struct reading *r = g->reading;
    struct span limit;

    if (!reading_mapping(r, y, keys))
        return;

    str name = reading_id(r, y, "limit");
    day from = take_day(r, y, "from");
    day on = take_day(r, y, "on");
    if (name.n == 0 || from == DAY_NEVER || on == DAY_NEVER)
        return;
    if (!scheme_limit(g->scheme, name, &limit)) {
        PROBLEM(r, yaml_get(y, S("limit")), "golden.no_limit",
                ARG_STR("limit", name));
        return;
    }

    day got = span_end(g->calendar, from, limit).on;
    got -= str_eq(name, S("validity")); /* to the anniversary's eve */
    if (got != on)
        PROBLEM(r, yaml_get(y, S("on")), "golden.due", ARG_STR("limit", name),
                ARG_DAY("want", on), ARG_DAY("got", got));
}

static void expect_all_due(const struct golden *g, const struct yaml *expect)
{
    const struct yaml *list =
        reading_list(g->reading, expect, "due", 1, DUE_MAX);
    const struct yaml *y = list == NULL ? NULL : list->first;

    for (; y != NULL; y = y->next)
        expect_due(g, y);
}

/* --- fees ------------------------------------------------------------- */

static void expect_all_fees(const struct golden *g, const struct yaml *expect)
{
    const struct yaml *list =
        reading_list(g->reading, expect, "fees", 0, FEES_MAX);
    const struct yaml *y = list == NULL ? NULL : list->first;

    for (; y != NULL; y = y->next)
        expect_fees(g->reading, y, g->scheme);
}

/* --- a case ----------------------------------------------------------- */

static void check_expect(const struct golden *g, const struct yaml *y)
{
    static const char *const keys[] = { "shown", "level", "lost", "gates",
                                        "due",   "fees",  NULL };
    const struct yaml *shown = yaml_get(y, S("shown"));
    const struct yaml *level = yaml_get(y, S("level"));
    const struct yaml *lost = yaml_get(y, S("lost"));

    if (!reading_mapping(g->reading, y, keys))
        return;
    if (y->count == 0)
        PROBLEM(g->reading, y, "golden.nothing");
    if (shown != NULL)
        expect_number(g->reading, shown, 2, g->score.shown);
    if (level != NULL)
        expect_level(g, level);
    if (lost != NULL)
        expect_lost(g, lost);
    if (yaml_get(y, S("gates")) != NULL)
        expect_gates(g, yaml_get(y, S("gates")));
    if (yaml_get(y, S("due")) != NULL)
        expect_all_due(g, y);
    expect_all_fees(g, y);
}

/* answers_keys and "expect". */
static bool has_known_keys(struct reading *r, const struct yaml *root)
{
    const char *keys[16];
    size_t n = 0;

    for (; answers_keys[n] != NULL; n++)
        keys[n] = answers_keys[n];
    keys[n] = "expect";
    keys[n + 1] = NULL;
    return reading_mapping(r, root, keys);
}

static void run_case(struct golden *g, str text)
{
    struct reading *r = g->reading;
    const struct yaml *root = reading_parse(r, text);

    if (root == NULL || !has_known_keys(r, root))
        return;
    answers_of(r, root, g->scheme, &g->in);

    const struct yaml *expect = reading_need(r, root, "expect");
    if (r->count > 0 || failed(r->fatal))
        return;
    score_compute(g->scheme, &g->in, &g->score);
    check_expect(g, expect);
}

err golden_check(struct arena *a, const struct scheme *s,
                 const struct calendar *c, const struct package_file *file,
                 struct problem **problems)
{
    struct reading r = { .arena = a, .file = file->path };
    struct golden g = { .reading = &r, .scheme = s, .calendar = c };

    *problems = NULL;
    run_case(&g, file->bytes);
    return reading_end(&r, problems);
}

/* Hang `more` behind the list that *end ends. */
static void append(struct problem ***end, struct problem *more)
{
    **end = more;
    while (**end != NULL)
        *end = &(**end)->next;
}

static bool is_golden(const struct package_file *f)
{
    return str_begins(f->path, S("golden/"));
}

err golden_check_all(struct arena *a, const struct scheme *s,
                     const struct calendar *c, const struct package *p,
                     size_t *cases, struct problem **problems)
{
    struct problem *first = NULL;
    struct problem **end = &first;
    size_t n = 0;
    int64_t wrong = 0;

    *problems = NULL;
    for (size_t i = 0; i < p->n; i++) {
        struct problem *found;

        if (!is_golden(&p->files[i]))
            continue;
        n++;
        err e = golden_check(a, s, c, &p->files[i], &found);
        if (failed(e) && found == NULL)
            return e;
        wrong += failed(e);
        append(&end, found);
    }
    *cases = n;
    if (wrong == 0)
        return OK;

    err e = err_new(a, ERR_INVALID, "golden.wrong", ARG_INT("count", wrong),
                    ARG_INT("cases", n));
    if (e.info->code != ERR_MEMORY)
        *problems = first;
    return e;
}
