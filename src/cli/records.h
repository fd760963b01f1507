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

/* The file of operand FILE, with --map, --workers and --progress; its reading
 * is told by `teller`, which has to stay where it is. */
err cli_records_input(struct cli *cli, const struct arguments *args,
                      struct records_teller *teller, struct records_input *out);

/* "97.5% (93.8% – 99.1%)"; empty where n is 0. */
str cli_share_text(struct cli *cli, struct share s);

#endif
