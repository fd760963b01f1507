#ifndef DOMAIN_COMMAND_H
#define DOMAIN_COMMAND_H

/*
 * command -- what somebody wants; decide() says what happens, or which rule
 * forbids it.
 *
 *   [C1] decide() is pure: the same scheme, state, command and facts give the
 *        same events or the same refusal.
 *   [C2] A refusal changes nothing: ERR_REFUSED or ERR_DENIED with a message
 *        that names the rule and what would be needed.
 *   [C3] Who may do what stands in one table, domain/rights.c; a command that
 *        is not in it cannot be given.
 *   [C4] A case begins with case.open; nothing comes before it.
 */

#include "base/err.h"
#include "domain/actor.h"
#include "domain/event.h"

struct arena;
struct json;
struct state;

struct command;

/* Ready: may the command be given at all, as far as the state says?  What
 * depends on its data, on the actor or on the day is left to the judge. */
typedef err ready(struct arena *a, const struct state *s);

/* Judge: append events to `out`, or refuse.  It is asked only when the command
 * is ready. */
typedef err judge(struct arena *a, const struct state *s,
                  const struct command *c, const struct facts *f,
                  struct event_list *out);

/* The logins a command names, at most `max` of them, into `out`. */
typedef size_t named_people(const void *data, str *out, size_t max);

enum { NAMED_PEOPLE_MAX = 16 };

/* Facts that not every command is told: reading them costs, or uses them up. */
enum {
    FACT_NUMBER = 1,  /* facts.case_number, the next of the year */
    FACT_SERIAL = 2,  /* facts.serial, likewise */
    FACT_LIBRARY = 4, /* facts.library: all the enterprise's documents */
    FACT_HEADS = 8,   /* facts.heads: who may sign for the body */
    FACT_HELD = 16,   /* facts.held: a certificate under this scheme */
};

/* What the judge of a command has to be told beside what every one is. */
struct command_needs {
    named_people *people; /* NULL: names nobody */
    unsigned facts;       /* FACT_ bits */
};

struct command_kind {
    const char *name;            /* "application.submit" */
    const struct record *record; /* of its data */
    ready *ready;                /* NULL: whenever its stage allows */
    judge *judge;
    const struct command_needs *needs; /* NULL: nothing more */
};

struct command {
    const struct command_kind *kind;
    const void *data; /* a struct as kind->record says */
};

/* The kind of this name, or NULL. */
const struct command_kind *command_kind_find(str name);
size_t command_kind_count(void);
const struct command_kind *command_kind_at(size_t i);

/* The logins that `c` names, at most `max` of them. */
size_t command_people(const struct command *c, str *out, size_t max);

/* The FACT_ bits of a kind. */
unsigned command_facts(const struct command_kind *k);

/* Read a command's data from JSON: ERR_NOT_FOUND "command.unknown" (name), or
 * what record_read() says. */
err command_read(struct arena *a, str name, const struct json *data,
                 struct command *out);

/*
 * May command `k` be given in this state, by whoever has the right: is the case
 * open, at a stage that allows it, and ready for it?  "case.not_open",
 * "rights.stage", and the command's own refusals; ERR_CORRUPT "case.invariant"
 * as below.
 */
err command_ready(struct arena *a, const struct state *s,
                  const struct command_kind *k);

/*
 * Judge `c` in state `s`: rights, stage, then the command's own rules.  On
 * success `out` holds the events, at least one.  They borrow their texts from
 * the command, the facts and the scheme.
 *
 * ERR_CORRUPT "case.invariant" (invariant, case) when `s` breaks an invariant:
 * nothing is decided on it.
 */
err decide(struct arena *a, const struct state *s, const struct command *c,
           const struct facts *f, struct event_list *out);

#endif
