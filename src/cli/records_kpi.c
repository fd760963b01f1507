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

/* --- what was asked --------------------------------------------------------
 */

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

/* --- what is said ----------------------------------------------------------
 */

static void say_rows(const struct kpi *k)
{
    const struct records_figures *f = k->figures;
    struct cli *cli = k->cli;

    cli_say(cli, "cli.records_terms", ARG_DAY("from", f->terms.first),
            ARG_DAY("to", f->terms.last), ARG_INT("rows", f->rows),
            ARG_INT("tickets", f->tickets),
            ARG_INT("repeat", f->terms.repeat_days));
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
    switch (rate_verdict(s.k, s.n, (int32_t)k->at_least, PERCENT)) {
    case RATE_MET: return "records_report.met";
    case RATE_NOT_MET: return "records_report.not_met";
    case RATE_CANNOT_TELL: break;
    }
    return "records_report.cannot_tell";
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

/* All figures of the groups of a kind. */
struct shown {
    enum figure_group kind;
    struct spread *times[TIME_COUNT];
};

static err take_times(const struct kpi *k, enum figure_group kind,
                      struct shown *out)
{
    uint32_t n = figures_groups(k->figures->figures, kind);

    out->kind = kind;
    for (int i = 0; i < TIME_COUNT; i++) {
        out->times[i] =
            arena_zero(k->cli->arena, ((size_t)n + 1) * sizeof *out->times[i]);
        TRY_MEMORY(out->times[i]);
        TRY_MEMORY(figures_times(k->figures->figures, k->cli->heap, kind,
                                 (enum figure_time)i, out->times[i]));
    }
    return OK;
}

static void say_group(const struct kpi *k, const struct shown *x,
                      uint32_t index)
{
    struct tally t = records_tally(k->figures, x->kind, index);

    for (int i = 0; i < SHARE_COUNT; i++)
        say_share(k, (enum figure_share)i, t.shares[i]);
    for (int i = 0; i < TIME_COUNT; i++) {
        if (index < figures_groups(k->figures->figures, x->kind))
            say_time(k, (enum figure_time)i, x->times[i][index]);
    }
}

static err say_groups(const struct kpi *k)
{
    struct records_groups groups;
    struct shown x;

    TRY(records_groups(k->cli->arena, k->figures, k->by, &groups));
    TRY(take_times(k, k->by, &x));
    for (size_t i = 0; i < groups.n; i++) {
        str name;

        TRY(records_group_name(k->cli->arena, k->figures, k->by,
                               groups.indices[i], &name));
        if (name.n == 0)
            name = text_get(k->cli->lang, "records_report.unsaid");
        cli_say(k->cli, "cli.records_group",
                ARG_IDS("by", str_of(report_group_name(k->by))),
                ARG_STR("name", name));
        say_group(k, &x, groups.indices[i]);
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

static err say_all(const struct kpi *k)
{
    struct shown whole;

    say_rows(k);
    say_notes(k);
    TRY(take_times(k, GROUP_WHOLE, &whole));
    say_group(k, &whole, 0);
    TRY(say_backlog(k));
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

    TRY(take_by(cli, args, &k.by));
    TRY(arguments_number(cli->arena, args, "at-least", percent, &k.at_least));
    TRY(cli_records_terms(cli, args, &terms));
    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(records_open(cli->arena, cli->heap, &in, &file));
    TRY(records_figures(cli->arena, cli->heap, &in, &file, &terms, &figures));
    k.figures = figures;
    if (!cli->json)
        return say_all(&k);
    TRY(records_figures_json(cli->arena, &file, figures, k.by, &j));
    return cli_print_json(cli, j);
}

static const struct operand operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option options[] = {
    CLI_RECORDS_FILE_OPTIONS,
    CLI_RECORDS_TERM_OPTIONS,
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
