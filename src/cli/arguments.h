#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

/*
 * arguments -- one table a subcommand: what it takes.
 *
 * From that one table come the parsing, the text of --help and the manual
 * page (cli/help.h), so they cannot drift apart.
 *
 *   [AG1] Options may stand anywhere, as --name VALUE or --name=VALUE; after
 *         "--" everything is an operand.  An option is given once.
 *   [AG2] --json, --lang and --help go with every subcommand, and before its
 *         name too.
 *   [AG3] Whatever does not fit is ERR_INVALID "cli.*": wrong usage, exit 2.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct cli;
struct arguments;

struct option {
    const char *name;  /* without the dashes: "data" */
    const char *value; /* what it takes, "DIR"; NULL: a flag */
    bool required;
    const char *help; /* catalogue id */
};

struct operand {
    const char *name; /* "PATH" */
    bool optional;
    bool rest; /* takes all that follow; the last one only */
    const char *help;
};

struct subcommand {
    const char *name;  /* "scheme check": up to three words */
    const char *help;  /* catalogue id: what it does, in a line */
    const char *about; /* catalogue id: a paragraph; NULL: none */
    const struct operand *operands;
    size_t operand_count;
    const struct option *options;
    size_t option_count;
    err (*run)(struct cli *cli, const struct arguments *args);
    /* What --help prints of these operands; *said is false where the table
     * says it all.  NULL: always. */
    err (*explain)(struct cli *cli, const struct arguments *args, bool *said);
};

enum { OPTION_MAX = 24, OPERAND_MAX = 2000 };

struct arguments {
    const struct subcommand *subcommand;
    str values[OPTION_MAX]; /* by place in the subcommand's options */
    bool given[OPTION_MAX];
    str *operands;
    size_t operand_count;
    bool json; /* [AG2] */
    bool help;
    str lang;
};

/* [AG2] What goes with every subcommand. */
extern const struct option common_options[];
extern const size_t common_option_count;

/* Parse the words after the subcommand's name. */
err arguments_parse(struct arena *a, const struct subcommand *s,
                    const str *words, size_t n, struct arguments *out);

/* The value of option `name`, or an empty str; a name that is not in the
 * table is a bug. */
str arguments_value(const struct arguments *args, const char *name);
bool arguments_given(const struct arguments *args, const char *name);

/* Operand `i` from 0, or an empty str. */
str arguments_operand(const struct arguments *args, size_t i);

/* The value as a number in least..most; `absent` when it was not given.
 * ERR_INVALID "cli.number" (option, least, most). */
struct number_rule {
    int64_t least;
    int64_t most;
    int64_t absent;
};
err arguments_number(struct arena *a, const struct arguments *args,
                     const char *name, struct number_rule rule, int64_t *out);

/* A decimal number without sign or blanks that fits; false otherwise. */
bool number_parse(str s, int64_t *out);

#endif
