/*
 * What `tenstar case show` tells the body's people of a decision on its way:
 * what its panel was advised, what is proposed to it and how it voted, what
 * waits for the second signature [条例 22], and why it came back without one.
 */

#include "cli/case.h"

#include "cli/values.h"
#include "domain/events.h"
#include "domain/names.h"
#include "domain/state.h"
#include "service/cases.h"

#include <string.h>

static void say_panel(struct cli *cli, const struct state *s)
{
    const struct panel *named = s->panel.named;
    const struct seat *seats;
    int64_t of[] = { [OUTCOME_GRANTED] = 0, [OUTCOME_REFUSED] = 0 };
    int64_t members = 0;

    if (named == NULL)
        return;
    seats = named->seats.p;
    for (size_t i = 0; i < named->seats.n; i++) {
        if (seats[i].expert)
            continue;
        members++;
        if (s->panel.votes[i] != NULL)
            of[s->panel.votes[i]->outcome]++;
    }
    cli_say(cli, "cli.case_panel", ARG_INT("members", members),
            ARG_INT("granted", of[OUTCOME_GRANTED]),
            ARG_INT("refused", of[OUTCOME_REFUSED]));
}

static void say_advice(struct cli *cli, const struct state *s)
{
    for (size_t i = 0; i < PANEL_SEATS; i++) {
        if (s->panel.advice[i] != NULL)
            cli_say(cli, "cli.case_advice",
                    ARG_STR("text", s->panel.advice[i]->text));
    }
}

/* Of the newest decision, when it was sent back; NULL: it was not. */
static const struct event *sent_back(const struct case_file *f)
{
    const struct event *found = NULL;

    for (const struct event *e = f->events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "decision.returned") == 0)
            found = e;
        else if (strcmp(e->kind->name, "decision.made") == 0)
            found = NULL;
    }
    return found;
}

static void say_returned(struct cli *cli, const struct case_file *f)
{
    const struct event *e = sent_back(f);

    if (e == NULL)
        return;

    const struct reasons *why = e->data;
    cli_say(cli, "cli.case_returned", ARG_DAY("on", e->on),
            ARG_STR("reasons", why->reasons));
}

static void say_conditions(struct cli *cli, const char *message,
                           const struct list *list)
{
    const struct condition *conditions = list->p;

    for (size_t i = 0; i < list->n; i++)
        cli_say(cli, message, ARG_INT("number", conditions[i].number),
                ARG_DAY("until", conditions[i].until),
                ARG_STR("text", conditions[i].text));
}

static void say_unsigned(struct cli *cli, const struct state *s)
{
    const struct decision *d = s->decision;
    int32_t level = scheme_level(s->scheme, d->level);
    str outcome = cli_id(cli, "outcome.", outcome_names[d->outcome]);

    if (level >= 0)
        cli_say(cli, "cli.case_decision_level", ARG_IDS("outcome", outcome),
                ARG_LABEL("level", s->scheme->levels[level].label));
    else
        cli_say(cli, "cli.case_decision", ARG_IDS("outcome", outcome));
    if (d->reasons.n > 0)
        cli_say(cli, "cli.case_decision_reasons",
                ARG_STR("reasons", d->reasons));
    say_conditions(cli, "cli.case_decision_condition", &d->conditions);
}

void case_say_decision(struct cli *cli, const struct case_file *f)
{
    const struct state *s = f->state;

    if (s->decision != NULL && !id_is_zero(s->signed_by))
        return;
    say_panel(cli, s);
    say_advice(cli, s);
    if (s->decision != NULL) {
        say_unsigned(cli, s);
        return;
    }
    if (s->panel.motion != NULL)
        say_conditions(cli, "cli.case_proposed", &s->panel.motion->conditions);
    say_returned(cli, f);
}
