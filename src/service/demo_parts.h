#ifndef SERVICE_DEMO_PARTS_H
#define SERVICE_DEMO_PARTS_H

/* demo_parts -- inside demo: what its files share. */

#include "codec/yaml.h"
#include "service/demo.h"
#include "service/registry.h"
#include "service/script.h"
#include "sys/clock.h"
#include "sys/entropy.h"

struct demo {
    struct arena *a; /* lives as long as the making */
    const struct demo_wish *wish;
    const struct yaml *root; /* demo.yaml */
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct app_world world;
    struct app *app;
    day today; /* of what is done next */
    id admin;  /* a person */
    struct enterprise_row *enterprises;
    size_t enterprise_count;
    struct auditor *auditors; /* whom the planner may send */
    size_t auditor_count;
    size_t auditor_room;
    int64_t invoices; /* issued so far */
    struct demo_made made;
};

/* The text at `key` of a part of demo.yaml; the file is ours, so a missing one
 * is a bug. */
str demo_text(const struct yaml *part, const char *key);
const struct yaml *demo_part(const struct demo *d, const char *key);

/* Nine o'clock of that day, and a minute later at each step, less in the
 * evening: never the next day. [DM5] */
void demo_go_to(struct demo *d, day today);
void demo_next_minute(struct demo *d);

struct registrar demo_registrar(const struct demo *d);

/* "applicant-012": the login of an enterprise's own person. */
err demo_login(struct arena *a, size_t enterprise, str *out);

/* Register who works at the body, and who applies to it. */
err demo_people(struct demo *d);

/* The first step of the life that a case of this turn through the list has;
 * NULL: none.  The steps follow each other as elements of one sequence. */
const struct yaml *demo_life(const struct demo *d, const struct yaml *lives,
                             size_t turn);

/* A step of a life, given on `today`. */
err demo_life_step(struct arena *a, const struct yaml *y, day today,
                   struct step *out);

/* Finance in one case. */
struct demo_bill {
    const struct state *state;
    const struct yaml *texts; /* demo.yaml, "texts" */
    str habit;                /* how the enterprise pays (demo_money.c) */
    str client;               /* its name */
    day today;
    int64_t issued; /* invoices of all cases so far */
};

/* The prepayment that a signed contract waits for: its invoice, then it. */
err demo_bill_prepayment(struct arena *a, const struct demo_bill *bill,
                         struct step *out);

/* What finance does next; without a command: nothing now. */
err demo_bill_next(struct arena *a, const struct demo_bill *bill,
                   struct step *out);

/* Carry the cases as far as they go by demo.wish->today. */
err demo_cases(struct demo *d);

#endif
