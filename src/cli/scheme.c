/*
 * tenstar scheme check PATH -- is this package sound, and do its golden cases
 * hold?  What is not stands with file, line and reason.
 * tenstar scheme show PATH -- what it says, for people or programs.
 * tenstar scheme freeze PATH --data DIR --as USER -- judge cases that are
 * opened from now on by it; it has to be sound.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/package.h"
#include "codec/json.h"
#include "domain/golden.h"
#include "domain/names.h"
#include "domain/view.h"
#include "service/registry.h"
#include "service/sequence.h"

#include <stdio.h>

/* --- scheme check ----------------------------------------------------- */

static str hash_text(struct cli *cli, const struct hash *h)
{
    struct buf b;

    buf_init(&b, cli->arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return cli_text(cli, &b);
}

/* The package is sound, and its golden cases hold. */
static err check_package(struct cli *cli, const struct package *p,
                         struct scheme **out, struct problem **problems)
{
    struct calendar *calendar;
    struct scheme *s;
    size_t cases;

    TRY(scheme_load(cli->arena, p, &s, problems));
    TRY(calendar_official(cli->arena, &calendar));
    TRY(golden_check_all(cli->arena, s, calendar, p, &cases, problems));
    *out = s;
    return OK;
}

static err check_json(struct cli *cli, str path)
{
    struct json *j = json_new_object(cli->arena);
    struct package package;
    struct problem *problems = NULL;
    struct scheme *s = NULL;

    TRY(cli_read_package(cli, path, &package));
    err e = check_package(cli, &package, &s, &problems);
    if (failed(e) && problems == NULL)
        return e;
    cli->wrong = failed(e);
    json_set(j, S("sound"), json_new_bool(cli->arena, !failed(e)));
    if (!failed(e)) {
        json_set(j, S("scheme"), json_new_str(cli->arena, s->id));
        json_set(j, S("hash"),
                 json_new_str(cli->arena, hash_text(cli, &s->hash)));
    }
    json_set(j, S("problems"), cli_problems_json(cli, problems));
    return cli_print_json(cli, j);
}

static err run_check(struct cli *cli, const struct arguments *args)
{
    str path = arguments_operand(args, 0);
    struct package package;
    struct problem *problems = NULL;
    struct scheme *s = NULL;

    if (cli->json)
        return check_json(cli, path);
    TRY(cli_read_package(cli, path, &package));
    err e = check_package(cli, &package, &s, &problems);
    if (failed(e) && problems == NULL)
        return e;
    if (failed(e)) {
        cli->wrong = true;
        cli_print_problems(cli, path, problems);
        text_err(&cli->out, cli->lang, e);
        buf_char(&cli->out, '\n');
        return OK;
    }
    cli_say(cli, "cli.scheme_sound", ARG_STR("scheme", s->id),
            ARG_STR("version", s->version),
            ARG_INT("indicators", s->leaf_count),
            ARG_STR("hash", hash_text(cli, &s->hash)));
    return OK;
}

/* --- scheme show ------------------------------------------------------ */

static str thousandths_text(struct cli *cli, int32_t n)
{
    char text[32];
    int used = snprintf(text, sizeof text, "%d.%03d", n / 1000, n % 1000);
    struct buf b;

    while (used > 0 && text[used - 1] == '0')
        used--;
    if (used > 0 && text[used - 1] == '.')
        used--;
    buf_init(&b, cli->arena, sizeof text);
    buf_str(&b, (str){ text, (size_t)used });
    return cli_text(cli, &b);
}

static struct json *span_json(struct arena *a, struct span s)
{
    char text[SPAN_TEXT];
    str copy;

    return arena_str(a, span_text(s, text), &copy) ? json_new_str(a, copy)
                                                   : NULL;
}

/* The names whose bits are set. */
static struct json *bits_json(struct arena *a, unsigned bits,
                              const char *const *names)
{
    struct json *list = json_new_array(a);

    for (unsigned i = 0; names[i] != NULL; i++) {
        if ((bits & 1U << i) != 0)
            json_add(list, json_new_str(a, str_of(names[i])));
    }
    return list;
}

static struct json *modes_json(struct arena *a, unsigned modes)
{
    static const char *const letters[] = { "A", "B", "C", "D", "E",
                                           "F", "G", "H", "I", NULL };

    return bits_json(a, modes, letters);
}

static struct json *indicators_json(struct cli *cli, const struct scheme *s)
{
    static const char *const judged[] = {
        [JUDGED_DOCUMENTS] = "documents",
        [JUDGED_SITE] = "site",
        [JUDGED_BOTH] = "both",
    };
    struct arena *a = cli->arena;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct indicator *in = &s->indicators[i];
        struct json *j = json_new_object(a);

        json_set(j, S("id"), json_new_str(a, in->id));
        json_set(j, S("label"), label_json(a, in->label));
        json_set(j, S("leaf"), json_new_bool(a, in->leaf >= 0));
        json_set(j, S("points"),
                 json_new_str(a, thousandths_text(cli, in->points)));
        json_set(j, S("assumed"), json_new_bool(a, in->assumed));
        json_add(list, j);
        if (in->leaf < 0)
            continue;
        json_set(j, S("kind"),
                 json_new_str(a, in->kind == LEAF_SAMPLED ? S("sampled")
                                                          : S("met")));
        json_set(j, S("judged"), json_new_str(a, str_of(judged[in->judged])));
        json_set(j, S("corrects"), json_new_bool(a, in->corrects));
        json_set(j, S("excludable"), json_new_bool(a, in->excludable));
        json_set(j, S("modes"), modes_json(a, in->modes));
        json_set(j, S("sites"), bits_json(a, in->sites, site_names));
    }
    return list;
}

/* What an enterprise says of itself in numbers. [M3] */
static struct json *figures_json(struct arena *a, const struct scheme *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->figure_count; i++) {
        struct json *j = json_new_object(a);

        json_set(j, S("id"), json_new_str(a, s->figures[i].id));
        json_set(j, S("label"), label_json(a, s->figures[i].label));
        if (s->figures[i].records.n > 0)
            json_set(j, S("records"), json_new_str(a, s->figures[i].records));
        json_add(list, j);
    }
    return list;
}

static struct json *levels_json(struct cli *cli, const struct scheme *s)
{
    struct arena *a = cli->arena;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->level_count; i++) {
        const struct level *l = &s->levels[i];
        struct json *j = json_new_object(a);
        struct json *gates = json_new_array(a);

        json_set(j, S("id"), json_new_str(a, l->id));
        json_set(j, S("label"), label_json(a, l->label));
        json_set(j, S("min"), json_new_str(a, thousandths_text(cli, l->min)));
        json_set(j, S("stars"), json_new_int(a, l->stars));
        json_set(j, S("assumed"), json_new_bool(a, l->assumed));
        for (size_t g = 0; g < l->gate_count; g++)
            json_add(gates, label_json(a, l->gates[g].label));
        json_set(j, S("gates"), gates);
        json_add(list, j);
    }
    return list;
}

/* One of these has to stand in the scope of business. */
static struct json *words_json(struct arena *a, const struct eligibility *e)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < e->word_count; i++)
        json_add(list, json_new_str(a, e->words[i]));
    return list;
}

static struct json *eligibility_json(struct cli *cli, const struct scheme *s)
{
    static const char *const kinds[] = {
        [ELIGIBLE_REGISTERED] = "registered",
        [ELIGIBLE_SCOPE] = "scope",
        [ELIGIBLE_DECLARED] = "declared",
    };
    struct arena *a = cli->arena;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->eligibility_count; i++) {
        const struct eligibility *e = &s->eligibility[i];
        struct json *j = json_new_object(a);

        json_set(j, S("id"), json_new_str(a, e->id));
        json_set(j, S("label"), label_json(a, e->label));
        json_set(j, S("kind"), json_new_str(a, str_of(kinds[e->kind])));
        if (e->kind == ELIGIBLE_DECLARED)
            json_set(j, S("want"), json_new_bool(a, e->want));
        if (e->kind == ELIGIBLE_REGISTERED)
            json_set(j, S("registered"), span_json(a, e->span));
        if (e->kind == ELIGIBLE_SCOPE)
            json_set(j, S("words"), words_json(a, e));
        json_add(list, j);
    }
    return list;
}

static struct json *aspects_json(struct arena *a, unsigned aspects)
{
    struct json *list = json_new_array(a);

    if ((aspects & ASPECT_QUANTIFIED) != 0)
        json_add(list, json_new_str(a, S("quantified")));
    if ((aspects & ASPECT_CLOSED) != 0)
        json_add(list, json_new_str(a, S("closed")));
    if ((aspects & ASPECT_RESOURCED) != 0)
        json_add(list, json_new_str(a, S("resourced")));
    return list;
}

static struct json *requirements_json(struct cli *cli, const struct scheme *s)
{
    struct arena *a = cli->arena;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->requirement_count; i++) {
        const struct requirement *r = &s->requirements[i];
        struct json *j = json_new_object(a);

        json_set(j, S("id"), json_new_str(a, r->id));
        json_set(j, S("label"), label_json(a, r->label));
        json_set(j, S("required"), json_new_bool(a, r->required));
        if (r->has_period)
            json_set(j, S("period"), span_json(a, r->period));
        json_set(j, S("aspects"), aspects_json(a, r->aspects));
        json_add(list, j);
    }
    return list;
}

static struct json *stages_json(struct cli *cli, const struct scheme *s)
{
    struct arena *a = cli->arena;
    struct json *list = json_new_array(a);

    for (int i = 0; i < STAGE_COUNT; i++) {
        const struct stage_rule *r = &s->stages[i];
        struct json *j;

        if (!r->used)
            continue;
        j = json_new_object(a);
        json_set(j, S("id"), json_new_str(a, str_of(stage_names[i])));
        json_set(j, S("label"), label_json(a, r->label));
        if (r->has_limit)
            json_set(j, S("limit"), span_json(a, r->limit));
        json_add(list, j);
    }
    return list;
}

static struct json *sample_json(struct arena *a, const struct sample_rule *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("least"), json_new_int(a, x->least));
    json_set(j, S("most"), json_new_int(a, x->most));
    json_set(j, S("attempts"), json_new_int(a, x->attempts));
    return j;
}

static struct json *measure_json(struct arena *a, const struct scheme *s,
                                 const struct measure *m)
{
    struct json *j = json_new_object(a);
    struct json *leaves = json_new_array(a);
    struct json *figures = json_new_array(a);

    for (size_t i = 0; i < s->leaf_count; i++) {
        if (m->leaves[i])
            json_add(leaves,
                     json_new_str(a, scheme_leaf_at(s, (int32_t)i)->id));
    }
    for (size_t i = 0; i < s->figure_count; i++) {
        if (m->figures[i])
            json_add(figures, json_new_str(a, s->figures[i].id));
    }
    json_set(j, S("id"), json_new_str(a, m->id));
    json_set(j, S("label"), label_json(a, m->label));
    json_set(j, S("indicators"), leaves);
    json_set(j, S("figures"), figures);
    return j;
}

static struct json *measures_json(struct arena *a, const struct scheme *s)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < s->measure_count; i++)
        json_add(list, measure_json(a, s, &s->measures[i]));
    return list;
}

static struct json *notes_json(struct cli *cli, const struct scheme *s)
{
    struct json *list = json_new_array(cli->arena);

    for (size_t i = 0; i < s->note_count; i++)
        json_add(list, label_json(cli->arena, s->notes[i]));
    return list;
}

static err show_json(struct cli *cli, const struct scheme *s)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("id"), json_new_str(a, s->id));
    json_set(j, S("version"), json_new_str(a, s->version));
    json_set(j, S("hash"), json_new_str(a, hash_text(cli, &s->hash)));
    json_set(j, S("kind"),
             json_new_str(a, s->kind == SCHEME_SERVICE ? S("service")
                                                       : S("system")));
    json_set(j, S("method"),
             json_new_str(a, s->method == METHOD_POINTS ? S("points")
                                                        : S("clauses")));
    json_set(j, S("name"), label_json(a, s->name));
    json_set(j, S("criterion"), json_new_str(a, s->criterion));
    json_set(j, S("criterion_title"), label_json(a, s->criterion_title));
    json_set(j, S("field"), json_new_str(a, s->field));
    json_set(j, S("notes"), notes_json(cli, s));
    json_set(j, S("figures"), figures_json(cli->arena, s));
    json_set(j, S("levels"), levels_json(cli, s));
    json_set(j, S("indicators"), indicators_json(cli, s));
    json_set(j, S("eligibility"), eligibility_json(cli, s));
    json_set(j, S("requirements"), requirements_json(cli, s));
    json_set(j, S("stages"), stages_json(cli, s));
    json_set(j, S("sample"),
             s->sample.used ? sample_json(a, &s->sample) : json_new_null(a));
    json_set(j, S("defence"), json_new_bool(a, s->defence));
    json_set(j, S("panel"), json_new_bool(a, s->panel));
    json_set(j, S("measures"), measures_json(a, s));
    return cli_print_json(cli, j);
}

static void show_indicator(struct cli *cli, const struct scheme *s,
                           const struct indicator *in)
{
    for (int32_t up = in->parent; up >= 0; up = s->indicators[up].parent)
        buf_str(&cli->out, S("  "));
    buf_str(&cli->out, in->id);
    buf_char(&cli->out, ' ');
    buf_str(&cli->out, cli_label(cli, in->label));
    if (s->method == METHOD_POINTS) {
        buf_str(&cli->out, S("  "));
        buf_str(&cli->out, thousandths_text(cli, in->points));
        buf_str(&cli->out, in->assumed ? S(" *") : S(""));
    }
    buf_char(&cli->out, '\n');
}

static void show_levels(struct cli *cli, const struct scheme *s)
{
    for (size_t i = 0; i < s->level_count; i++) {
        const struct level *l = &s->levels[i];

        if (s->method == METHOD_POINTS)
            cli_say(cli, "cli.scheme_level", ARG_LABEL("level", l->label),
                    ARG_STR("min", thousandths_text(cli, l->min)));
        else
            cli_say(cli, "cli.scheme_level_clauses",
                    ARG_LABEL("level", l->label));
        for (size_t g = 0; g < l->gate_count; g++)
            cli_say(cli, "cli.scheme_gate",
                    ARG_LABEL("gate", l->gates[g].label));
    }
}

static err run_show(struct cli *cli, const struct arguments *args)
{
    const struct scheme *s;

    TRY(cli_load_scheme(cli, arguments_operand(args, 0), &s));
    if (cli->json)
        return show_json(cli, s);
    cli_say(cli, "cli.scheme_title", ARG_LABEL("name", s->name),
            ARG_STR("criterion", s->criterion),
            ARG_LABEL("title", s->criterion_title), ARG_STR("id", s->id),
            ARG_STR("version", s->version));
    show_levels(cli, s);
    for (size_t i = 0; i < s->indicator_count; i++)
        show_indicator(cli, s, &s->indicators[i]);
    if (s->panel)
        cli_say(cli, "cli.scheme_panel");
    for (size_t i = 0; i < s->note_count; i++)
        cli_say(cli, "cli.scheme_note", ARG_LABEL("note", s->notes[i]));
    return OK;
}

/* --- scheme freeze ---------------------------------------------------- */

static err say_frozen(struct cli *cli, const struct scheme *s,
                      const struct hash *hash)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, "cli.scheme_frozen", ARG_STR("scheme", s->id),
                ARG_STR("version", s->version),
                ARG_STR("hash", hash_text(cli, hash)));
        return OK;
    }
    json_set(j, S("scheme"), json_new_str(cli->arena, s->id));
    json_set(j, S("version"), json_new_str(cli->arena, s->version));
    json_set(j, S("hash"), json_new_str(cli->arena, hash_text(cli, hash)));
    return cli_print_json(cli, j);
}

/* What is not sound, or not what its golden cases expect, is refused by the
 * first thing that is wrong. */
static err read_sound(struct cli *cli, str path, struct package *out,
                      const struct scheme **scheme)
{
    struct problem *problems = NULL;
    struct scheme *checked = NULL;

    TRY(cli_load_scheme(cli, path, scheme));
    TRY(cli_read_package(cli, path, out));
    err e = check_package(cli, out, &checked, &problems);
    return failed(e) && problems != NULL ? cli_unsound(cli, path, problems) : e;
}

static err run_freeze(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct package package;
    const struct scheme *s = NULL;
    struct clock_set clock;
    struct session who;
    struct hash hash;
    int64_t entries;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(read_sound(cli, arguments_operand(args, 0), &package, &s));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(registry_freeze(app, cli->arena, &who, today, &package, &hash));
    TRY(sequence_log(app, cli->arena, &entries));
    return say_frozen(cli, s, &hash);
}

/* --- tables ------------------------------------------------------------- */

static const struct operand operands[] = {
    { .name = "PATH", .help = "cli.operand.package" },
};

const struct subcommand scheme_check_command = {
    .name = "scheme check",
    .help = "cli.help.scheme_check",
    .about = "cli.about.scheme_check",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run_check,
};

const struct subcommand scheme_show_command = {
    .name = "scheme show",
    .help = "cli.help.scheme_show",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run_show,
};

static const struct option freeze_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand scheme_freeze_command = {
    .name = "scheme freeze",
    .help = "cli.help.scheme_freeze",
    .about = "cli.about.scheme_freeze",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = freeze_options,
    .option_count = COUNT(freeze_options),
    .run = run_freeze,
};
