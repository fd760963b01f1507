#ifndef CLI_RECORDS_H
#define CLI_RECORDS_H

/* records -- what the subcommands over files of service records share. */

#include "cli/arguments.h"
#include "service/records.h"

struct cli;

/* Who is told how far a reading is: on stderr, where that is a terminal or
 * somebody asked for it. */
struct records_teller {
    struct records_watch watch; /* first */
    struct cli *cli;
    int64_t began; /* ticks of the clock */
    bool terminal;
};

/* `teller`, which has to stay where it is, tells how far a reading is; *out is
 * NULL where nobody is to be told. */
void cli_teller(struct cli *cli, const struct arguments *args,
                struct records_teller *teller, struct records_watch **out);

/* The file that an operand names, with --workers and --progress; its reading is
 * told by `teller`, which has to stay where it is. */
err cli_records_from(struct cli *cli, const struct arguments *args,
                     size_t operand, struct records_teller *teller,
                     struct records_input *out);

/* The file of operand FILE, the first, with --map, --events and --sheet too. */
err cli_records_input(struct cli *cli, const struct arguments *args,
                      struct records_teller *teller, struct records_input *out);

/* What --from, --to, --hours, --repeat-days, --response-promise,
 * --resolution-promise and --satisfied ask for; no screens. */
err cli_records_terms(struct cli *cli, const struct arguments *args,
                      struct records_terms *out);

/* What all of these subcommands take of a file, and of the terms. */
#define CLI_RECORDS_READ_OPTIONS                                               \
    { "workers", "N", false, "cli.option.workers" },                           \
    {                                                                          \
        "progress", NULL, false, "cli.option.progress"                         \
    }
#define CLI_RECORDS_FILE_OPTIONS                                               \
    { "map", "MAP.yaml", false, "cli.option.map" },                            \
        { "events", "yes|no", false, "cli.option.events" },                    \
        { "sheet", "NAME", false, "cli.option.sheet" },                        \
        CLI_RECORDS_READ_OPTIONS
#define CLI_RECORDS_TERM_OPTIONS                                               \
    { "from", "DAY", false, "cli.option.records_from" },                       \
        { "to", "DAY", false, "cli.option.records_to" },                       \
        { "hours", "WEEK", false, "cli.option.hours" },                        \
        { "repeat-days", "N", false, "cli.option.repeat_days" },               \
        { "response-promise", "MINUTES", false,                                \
          "cli.option.response_promise" },                                     \
        { "resolution-promise", "MINUTES", false,                              \
          "cli.option.resolution_promise" },                                   \
    {                                                                          \
        "satisfied", "N", false, "cli.option.satisfied"                        \
    }

/* The period of --against. */
err cli_records_against(struct cli *cli, const struct arguments *args,
                        struct records_against *out);
#define CLI_RECORDS_AGAINST_OPTION                                             \
    {                                                                          \
        "against", "PERIOD", false, "cli.option.records_against"               \
    }

/* "97.5% (93.8% – 99.1%)"; empty where n is 0. */
str cli_share_text(struct cli *cli, struct share s);

#endif
