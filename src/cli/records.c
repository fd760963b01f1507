#include "cli/records.h"

#include "base/arena.h"
#include "base/statistics.h"
#include "cli/cli.h"
#include "cli/values.h"
#include "records/hours.h"

#include <unistd.h>

enum {
    MAP_MAX = 1 << 20,
    TEXT_ROOM = 300,
    TEXT_ARENA = 4 * TEXT_ROOM,
    BASIS = 10000,
    PERCENT = 100,
    MICROS_OF_MS = 1000,
    MS_OF_SECOND = 1000,
    REPEAT_DAYS_MAX = 3650,
};

/* Whole seconds that are left at the pace so far; -1: nobody knows. */
static int64_t seconds_left(const struct records_teller *t,
                            const struct records_progress *p)
{
    struct clock *c = t->cli->clock;
    int64_t gone = (c->ticks(c) - t->began) / MICROS_OF_MS;

    if (p->bytes == 0 || p->bytes > p->size)
        return -1;
    return gone * (int64_t)(p->size - p->bytes) / (int64_t)p->bytes /
           MS_OF_SECOND;
}

static void put_progress(const struct records_teller *t, struct buf *b,
                         const struct records_progress *p)
{
    int64_t left = seconds_left(t, p);

    text_render(b, t->cli->lang,
                left < 0 ? "cli.records_progress" : "cli.records_progress_left",
                (const struct err_arg[]){
                    ARG_INT("rows", p->lines),
                    ARG_INT("percent",
                            p->size == 0 ? 0 : p->bytes * PERCENT / p->size),
                    ARG_INT("seconds", left),
                    { 0 } });
}

/* A line that is written over on a terminal; a line each elsewhere.  What
 * nobody takes is lost: it is no more than a sign of life. */
static bool tell(struct records_watch *w, const struct records_progress *p)
{
    struct records_teller *t = (struct records_teller *)w;
    scoped(arena_end) struct arena a = { 0 };
    bool over = p->size > 0 && p->bytes == p->size;
    struct buf b;

    arena_init(&a, t->cli->heap, TEXT_ARENA);
    buf_init(&b, &a, TEXT_ROOM);
    if (t->terminal)
        buf_str(&b, S("\r\033[K"));
    if (!t->terminal || !over)
        put_progress(t, &b, p);
    if (!t->terminal)
        buf_char(&b, '\n');
    (void)!write(t->cli->err_fd, buf_view(&b).p, buf_view(&b).n);
    return true;
}

static err read_map(struct cli *cli, const struct arguments *args,
                    struct records_input *out)
{
    out->map_name = arguments_value(args, "map");
    if (out->map_name.n == 0)
        return OK;
    return file_read(cli->files, cli->arena, out->map_name, MAP_MAX, &out->map);
}

static err take_events(struct cli *cli, const struct arguments *args,
                       enum column_events *out)
{
    static const char *const names[] = { "yes", "no", NULL };
    static const enum column_events events[] = { EVENTS_YES, EVENTS_NO };
    str given = arguments_value(args, "events");
    int n = 0;

    if (given.n == 0)
        return OK;
    TRY(cli_choose(cli, given, names, &n));
    *out = events[n];
    return OK;
}

void cli_teller(struct cli *cli, const struct arguments *args,
                struct records_teller *teller, struct records_watch **out)
{
    *teller = (struct records_teller){
        .watch = { tell },
        .cli = cli,
        .began = cli->clock->ticks(cli->clock),
        .terminal = isatty(cli->err_fd) == 1,
    };
    *out = teller->terminal || arguments_given(args, "progress")
               ? &teller->watch
               : NULL;
}

err cli_records_from(struct cli *cli, const struct arguments *args,
                     size_t operand, struct records_teller *teller,
                     struct records_input *out)
{
    static const struct number_rule rule = { 1, PASS_WORKERS_MAX, 0 };
    struct records_input in = { 0 };
    int64_t workers = 0;

    cli_teller(cli, args, teller, &in.watch);
    in.name = arguments_operand(args, operand);
    in.from = (struct source_from){ .files = cli->files, .path = in.name };
    TRY(arguments_number(cli->arena, args, "workers", rule, &workers));
    in.workers = (size_t)workers;
    *out = in;
    return OK;
}

err cli_records_input(struct cli *cli, const struct arguments *args,
                      struct records_teller *teller, struct records_input *out)
{
    struct records_input in;

    TRY(cli_records_from(cli, args, 0, teller, &in));
    in.from.sheet = arguments_value(args, "sheet");
    TRY(read_map(cli, args, &in));
    TRY(take_events(cli, args, &in.events));
    *out = in;
    return OK;
}

static err take_period(struct cli *cli, const struct arguments *args,
                       struct records_terms *t)
{
    t->whole = !arguments_given(args, "from") && !arguments_given(args, "to");
    if (t->whole)
        return OK;
    if (!arguments_given(args, "from") || !arguments_given(args, "to"))
        return err_new(cli->arena, ERR_INVALID, "cli.records_from_to");
    TRY(cli_day(cli, arguments_value(args, "from"), &t->first));
    return cli_day(cli, arguments_value(args, "to"), &t->last);
}

static err take_hours(struct cli *cli, const struct arguments *args,
                      struct week *week)
{
    str text = arguments_value(args, "hours");

    *week = week_usual;
    if (text.n == 0 || week_parse(text, week))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.records_hours",
                   ARG_STR("given", text));
}

err cli_records_terms(struct cli *cli, const struct arguments *args,
                      struct records_terms *out)
{
    static const struct number_rule days = { 0, REPEAT_DAYS_MAX,
                                             REPEAT_DAYS_USUAL };
    static const struct number_rule minutes = { 1, FIGURES_RESPONSE_MAX, 0 };
    static const struct number_rule cut = { 1, INT16_MAX, 0 };
    struct records_terms t = { .audit = DAY_NONE };
    struct week *week = arena_zero(cli->arena, sizeof *week);
    struct calendar *calendar;
    int64_t n = 0;

    TRY_MEMORY(week);
    TRY(take_period(cli, args, &t));
    TRY(take_hours(cli, args, week));
    TRY(arguments_number(cli->arena, args, "repeat-days", days, &n));
    t.repeat_days = (int32_t)n;
    TRY(arguments_number(cli->arena, args, "response-promise", minutes, &n));
    t.response_promise = (uint32_t)n;
    TRY(arguments_number(cli->arena, args, "resolution-promise", minutes, &n));
    t.resolution_promise = (uint32_t)n;
    TRY(arguments_number(cli->arena, args, "satisfied", cut, &n));
    t.satisfied = (int16_t)n;
    TRY(cli_calendar(cli, &calendar));
    t.calendar = calendar;
    t.week = week;
    *out = t;
    return OK;
}

err cli_records_against(struct cli *cli, const struct arguments *args,
                        struct records_against *out)
{
    str given = arguments_value(args, "against");

    if (against_parse(given, out))
        return OK;
    return err_new(cli->arena, ERR_INVALID, "cli.records_against",
                   ARG_STR("given", given));
}

str cli_share_text(struct cli *cli, struct share s)
{
    char rate[TEXT_VALUE];
    char low[TEXT_VALUE];
    char high[TEXT_VALUE];
    struct interval w;
    struct buf b;

    if (s.n == 0)
        return S("");
    w = wilson(s.k, s.n);
    buf_init(&b, cli->arena, TEXT_ROOM);
    buf_printf(&b, "%.*s (%.*s – %.*s)",
               STR_ARG(
                   text_percent(((int64_t)s.k * BASIS + s.n / 2) / s.n, rate)),
               STR_ARG(text_percent(w.low, low)),
               STR_ARG(text_percent(w.high, high)));
    return cli_text(cli, &b);
}
