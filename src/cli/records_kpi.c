/* tenstar records kpi FILE -- the figures of service records, as docs/kpi.md
 * defines them. [M3] [M14] [M26] [M27] */

#include "base/arena.h"
#include "base/size.h"
#include "base/statistics.h"
#include "cli/cli.h"
#include "cli/records.h"
#include "cli/values.h"
#include "service/records_json.h"
#include "service/records_report.h"
#include "service/records_words.h"

enum { PERCENT = 100, NOTES_SHOWN = 5 };

/* --- what was asked ------------------------------------------------------ */

struct kpi {
    struct cli *cli;
    const struct records_file *file;
    const struct records_figures *figures;
    enum figure_group by;
    int64_t at_least; /* percent; 0: nothing is held against the shares */
};

static err take_by(struct cli *cli, const struct arguments *args,
                   enum figure_group *out)
{
    const char *names[GROUP_COUNT + 1] = { 0 };
    str given = arguments_value(args, "by");
    int n = 0;

    for (int i = 0; i < GROUP_COUNT; i++)
        names[i] = records_group_word((enum figure_group)i);
    if (given.n > 0)
        TRY(cli_choose(cli, given, names, &n));
    *out = (enum figure_group)n;
    return OK;
}

/* --- what is said -------------------------------------------------------- */

static void say_rows(const struct kpi *k)
{
    const struct records_figures *f = k->figures;
    struct cli *cli = k->cli;

    cli_say(cli, "cli.records_terms", ARG_DAY("from", f->terms.first),
            ARG_DAY("to", f->terms.last), ARG_INT("rows", f->rows),
            ARG_INT("tickets", f->tickets),
            ARG_INT("repeat", f->terms.repeat_days));
    if (f->then != NULL)
        cli_say(cli, "cli.records_then", ARG_DAY("from", f->then_terms.first),
                ARG_DAY("to", f->then_terms.last),
                ARG_INT("tickets", records_tally_then(f, GROUP_WHOLE, 0)
                                       .shares[SHARE_RESOLVED]
                                       .n));
    if (f->by_state)
        cli_say(cli, "cli.records_by_state");
    for (int i = 0; i < LEFT_COUNT; i++) {
        enum figure_left_out why = (enum figure_left_out)i;
        uint64_t n = figures_left_out(f->figures, why);

        if (n > 0)
            cli_say(cli, records_left_words(why).id, ARG_INT("count", n));
    }
    for (int i = 0; i < ROW_FAULTS; i++) {
        enum row_fault fault = (enum row_fault)i;

        if (f->faults[i] > 0)
            cli_say(cli, records_fault_words(fault).id,
                    ARG_INT("count", f->faults[i]));
    }
    for (int i = 0; i < COLUMN_ROLES; i++) {
        if (f->ungrouped[i])
            cli_say(cli, "cli.records_ungrouped",
                    ARG_IDS("role",
                            str_of(column_role_text((enum column_role)i))));
    }
}

static void say_notes(const struct kpi *k)
{
    const struct records_figures *f = k->figures;
    size_t n = f->notes_n < NOTES_SHOWN ? f->notes_n : NOTES_SHOWN;

    for (size_t i = 0; i < n; i++) {
        const struct records_note *note = &f->notes[i];
        bool slip = note->fault >= ROW_SLIP_MOMENT;

        buf_str(&k->cli->out, S("  "));
        cli_say(k->cli, slip ? "cli.records_slip_line" : "cli.records_bad_line",
                ARG_INT("line", note->line),
                ARG_STR("column",
                        slip ? k->file->columns.columns[note->column].name
                             : S("")));
    }
}

static const char *verdict_id(const struct kpi *k, enum figure_share share,
                              struct share s)
{
    if (k->at_least == 0 || s.n == 0 ||
        records_share_words(share)->sense != SENSE_MORE)
        return NULL;
    return records_verdict_id(
        rate_verdict(s.k, s.n, (int32_t)k->at_least, PERCENT));
}

/* "+2.10" points, of basis points. */
static str points_text(struct cli *cli, int32_t n)
{
    char size[TEXT_VALUE];
    struct buf b;

    buf_init(&b, cli->arena, TEXT_VALUE + 4);
    buf_str(&b, n < 0 ? S("−") : n > 0 ? S("+") : S(""));
    buf_str(&b, text_score(n < 0 ? -n : n, size));
    return cli_text(cli, &b);
}

/* How it stands to that of then. [RA3] */
static void say_change(const struct kpi *k, struct share then, struct share now)
{
    struct share_change c;

    if (!share_compare(then, now, &c))
        return;
    buf_str(&k->cli->out, S("    "));
    cli_say(k->cli, "cli.records_change", ARG_INT("k", then.k),
            ARG_INT("n", then.n), ARG_STR("rate", cli_share_text(k->cli, then)),
            ARG_STR("points", points_text(k->cli, c.points)),
            ARG_IDS("verdict", str_of(records_change_words(c.change).id)));
}

static void say_share(const struct kpi *k, enum figure_share share,
                      struct share s)
{
    const char *verdict = verdict_id(k, share, s);
    const char *verdict_words =
        verdict == NULL ? "records_report.unsaid" : verdict;

    if (s.n == 0)
        return;
    buf_str(&k->cli->out, S("  "));
    cli_say(k->cli,
            verdict == NULL ? "cli.records_share" : "cli.records_share_verdict",
            ARG_IDS("what", str_of(report_share_name(share))),
            ARG_INT("k", s.k), ARG_INT("n", s.n),
            ARG_STR("rate", cli_share_text(k->cli, s)),
            ARG_IDS("verdict", str_of(verdict_words)),
            ARG_INT("least", k->at_least));
}

static void say_mean(const struct kpi *k, const struct tally *t)
{
    const struct figures_terms *terms = &k->figures->terms;
    char mean[TEXT_VALUE];

    if (t->shares[SHARE_SATISFIED].n == 0 || terms->scale_words)
        return;
    buf_str(&k->cli->out, S("  "));
    cli_say(k->cli, "cli.records_mean",
            ARG_STR("mean", text_score(tally_mean(t), mean)),
            ARG_INT("low", terms->scale_low),
            ARG_INT("high", terms->scale_high),
            ARG_INT("n", t->shares[SHARE_SATISFIED].n));
}

static void say_time(const struct kpi *k, enum figure_time time,
                     struct spread s)
{
    if (s.n == 0)
        return;
    buf_str(&k->cli->out, S("  "));
    cli_say(k->cli, "cli.records_time",
            ARG_IDS("what", str_of(report_time_name(time))),
            ARG_INT("median", s.median), ARG_INT("p90", s.p90),
            ARG_INT("n", s.n));
}

static void say_group(const struct kpi *k, enum figure_group kind,
                      const struct records_times *times, uint32_t index)
{
    struct tally t = records_tally(k->figures, kind, index);
    struct tally then = records_tally_then(k->figures, kind, index);

    records_hide_untold(k->figures->untold, &t);
    records_hide_untold(k->figures->untold, &then);
    for (int i = 0; i < SHARE_COUNT; i++) {
        say_share(k, (enum figure_share)i, t.shares[i]);
        say_change(k, then.shares[i], t.shares[i]);
    }
    say_mean(k, &t);
    for (int i = 0; i < TIME_COUNT; i++)
        say_time(k, (enum figure_time)i,
                 records_time(times, (enum figure_time)i, index));
}

static err say_groups(const struct kpi *k)
{
    struct records_groups groups;
    struct records_times times;

    TRY(records_groups(k->cli->arena, k->figures, k->by, &groups));
    TRY(records_times(k->cli->arena, k->cli->heap, k->figures->figures, k->by,
                      &times));
    for (size_t i = 0; i < groups.n; i++) {
        str name;

        TRY(records_group_name(k->cli->arena, k->figures, k->by,
                               groups.indices[i], &name));
        if (name.n == 0)
            name = text_get(k->cli->lang, "records_report.unsaid");
        cli_say(k->cli, "cli.records_group",
                ARG_IDS("by", str_of(report_group_name(k->by))),
                ARG_STR("name", name));
        say_group(k, k->by, &times, groups.indices[i]);
    }
    return OK;
}

static err say_backlog(const struct kpi *k)
{
    const struct figures *f = k->figures->figures;
    uint32_t n = figures_days(f);
    int64_t *open = arena_zero(k->cli->arena, n * sizeof *open);
    uint32_t most = 0;
    struct load load = figures_load(f);

    TRY_MEMORY(open);
    figures_backlog(f, open);
    for (uint32_t i = 1; i < n; i++)
        most = open[i] > open[most] ? i : most;
    cli_say(k->cli, "cli.records_backlog", ARG_INT("count", open[n - 1]),
            ARG_INT("most", open[most]),
            ARG_DAY("day", k->figures->terms.first + (day)most));
    if (load.persons > 0)
        cli_say(k->cli, "cli.records_load", ARG_INT("persons", load.persons),
                ARG_INT("tickets", load.tickets), ARG_INT("most", load.most));
    return OK;
}

static void say_month(const struct kpi *k, uint32_t month,
                      const struct load_month *m)
{
    char text[TEXT_VALUE];
    struct buf b;

    buf_init(&b, k->cli->arena, sizeof text);
    records_put_month(&b, k->figures->terms.first, month);
    buf_str(&k->cli->out, S("  "));
    cli_say(k->cli, "cli.records_load_month",
            ARG_STR("month", cli_text(k->cli, &b)),
            ARG_INT("persons", m->persons), ARG_INT("tickets", m->tickets),
            ARG_INT("median", m->median), ARG_INT("most", m->most),
            ARG_INT("above", m->above));
}

static err say_above(const struct kpi *k, const struct load_month *m,
                     const uint32_t *tickets, uint32_t months)
{
    struct records_groups persons;

    TRY(records_groups(k->cli->arena, k->figures, GROUP_PERSON, &persons));
    for (size_t i = 0; i < persons.n; i++) {
        uint32_t person = persons.indices[i];
        uint32_t n = tickets[(size_t)person * months];
        str name;

        if (person == 0 || !load_above(m, n))
            continue;
        TRY(records_group_name(k->cli->arena, k->figures, GROUP_PERSON, person,
                               &name));
        buf_str(&k->cli->out, S("    "));
        cli_say(k->cli, "cli.records_load_above", ARG_STR("person", name),
                ARG_INT("tickets", n));
    }
    return OK;
}

static err say_loads(const struct kpi *k)
{
    const struct figures *f = k->figures->figures;
    uint32_t persons = figures_groups(f, GROUP_PERSON);
    uint32_t n = figures_months(f);
    uint32_t *tickets =
        arena_array(k->cli->arena, (size_t)persons * n + 1, sizeof *tickets);
    struct load_month *months = arena_array(k->cli->arena, n, sizeof *months);

    TRY_MEMORY(tickets != NULL && months != NULL);
    if (figures_load(f).persons == 0)
        return OK;
    figures_load_months(f, tickets, months);
    for (uint32_t i = 0; i < n; i++) {
        if (months[i].persons == 0)
            continue;
        say_month(k, i, &months[i]);
        TRY(say_above(k, &months[i], tickets + i, n));
    }
    return OK;
}

static err say_low(const struct kpi *k)
{
    const struct figures *f = k->figures->figures;
    uint32_t n = figures_parts(f);
    uint32_t *days = arena_array(k->cli->arena, (size_t)n + 1, sizeof *days);
    struct records_groups parts;

    TRY_MEMORY(days);
    if (n == 0)
        return OK;
    TRY(records_parts_order(k->cli->arena, k->figures, &parts));
    figures_low_by_part(f, days);
    cli_say(k->cli, "cli.records_low", ARG_INT("count", figures_low_days(f)));
    for (size_t i = 0; i < parts.n; i++) {
        uint32_t part = parts.indices[i];
        str name;

        if (part >= n || days[part] == 0)
            continue;
        TRY(records_part_name(k->cli->arena, k->figures, part, &name));
        if (name.n == 0)
            name = text_get(k->cli->lang, "records_report.unsaid");
        buf_str(&k->cli->out, S("  "));
        cli_say(k->cli, "cli.records_low_part", ARG_STR("part", name),
                ARG_INT("count", days[part]));
    }
    return OK;
}

static err say_all(const struct kpi *k)
{
    struct records_times whole;

    say_rows(k);
    say_notes(k);
    TRY(records_times(k->cli->arena, k->cli->heap, k->figures->figures,
                      GROUP_WHOLE, &whole));
    say_group(k, GROUP_WHOLE, &whole, 0);
    if (!k->figures->untold[SHARE_RESOLVED])
        TRY(say_backlog(k));
    TRY(say_loads(k));
    TRY(say_low(k));
    return k->by == GROUP_WHOLE ? OK : say_groups(k);
}

static err run(struct cli *cli, const struct arguments *args)
{
    static const struct number_rule percent = { 1, PERCENT, 0 };
    scoped(records_figures_end) struct records_figures *figures = NULL;
    struct records_terms terms = { 0 };
    struct records_teller teller;
    struct records_input in;
    struct records_file file;
    struct kpi k = { .cli = cli, .file = &file };
    struct json *j;
    struct json *busy;

    TRY(take_by(cli, args, &k.by));
    TRY(arguments_number(cli->arena, args, "at-least", percent, &k.at_least));
    TRY(cli_records_terms(cli, args, &terms));
    TRY(cli_records_against(cli, args, &terms.against));
    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(records_open(cli->arena, cli->heap, &in, &file));
    TRY(records_figures(cli->arena, cli->heap, &in, &file, &terms, &figures));
    k.figures = figures;
    if (!cli->json)
        return say_all(&k);
    TRY(records_figures_json(cli->arena, &file, figures, k.by, &j));
    TRY(records_loads_json(cli->arena, figures, &busy));
    json_set(j, S("busy"), busy);
    return cli_print_json(cli, j);
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option options[] = {
    CLI_RECORDS_FILE_OPTIONS,
    CLI_RECORDS_TERM_OPTIONS,
    CLI_RECORDS_AGAINST_OPTION,
    { "by", "GROUP", false, "cli.option.records_by" },
    { "at-least", "PERCENT", false, "cli.option.at_least" },
};

const struct subcommand records_kpi_command = {
    .name = "records kpi",
    .help = "cli.help.records_kpi",
    .about = "cli.about.records_kpi",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
