#ifndef CLI_CASE_H
#define CLI_CASE_H

/* case -- what subcommands about one case take: which, where, who, when; and
 * what a case is told in words with. */

#include "base/day.h"
#include "cli/cli.h"

struct app;
struct case_file;
struct state;

enum { CASE_OPERANDS = 1, CASE_OPTIONS = 3 };

extern const struct operand case_operand[CASE_OPERANDS]; /* CASE */
extern const struct option case_options[CASE_OPTIONS]; /* --data --as --today */

/* A case on its way to somebody who reads it. */
struct case_telling {
    struct cli *cli;
    const struct case_file *file;
    const struct list *people; /* of struct named_person: of the case */
    struct app *app;
    day today;
    bool owner; /* the enterprise itself reads it (domain/view.h [VW5]) */
};

/* "Somebody"; or, where `as` is "lead" and the like, "Somebody (lead)". */
str case_member(const struct case_telling *t, id person, const char *as);

/* Who decides and what each voted, what waits for a signature, what was
 * signed: the enterprise reads who sits there, and the last. */
void case_say_decision(const struct case_telling *t);

/* Which of its certificates has no credential, to who can make one; nothing
 * where all have. [CR3] */
err case_say_lacking(const struct case_telling *t);

/* The certificate with what goes with it: sub-certificates, conditions, a
 * change that was asked for, uses of the mark, misuse. */
void case_say_certificate(const struct case_telling *t);

struct json;
/* The sheets of service records, what they say, and whether figures recorded
 * from them are so; nothing of a case without one. */
err case_say_records(const struct case_telling *t);
/* The same as member "record_sheets" of the case's document. */
err case_records_json(const struct case_telling *t, struct json *into);

#endif
