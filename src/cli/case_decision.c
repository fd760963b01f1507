/*
 * What `tenstar case show` tells of a decision: the panel, what it was advised,
 * what is proposed to it and its votes, what waits for the second signature
 * [条例 22], why it came back without one, and what was signed.  The enterprise
 * reads who sits there, and what was signed.
 */

#include "cli/case.h"

#include "cli/values.h"
#include "cli/words.h"
#include "domain/events.h"
#include "domain/names.h"
#include "domain/state.h"
#include "service/cases.h"

#include <string.h>

enum { WORDS_MOST = 4000 };

/* How the votes stand; those who advise have none. */
static void say_count(struct cli *cli, const struct state *s)
{
    const struct seat *seats = s->panel.named->seats.p;
    int64_t of[] = { [OUTCOME_GRANTED] = 0, [OUTCOME_REFUSED] = 0 };
    int64_t members = 0;

    for (size_t i = 0; i < s->panel.named->seats.n; i++) {
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

static str seated(const struct case_telling *t, const struct seat *seat)
{
    return case_member(t, seat->person,
                       seat->chair    ? "chair"
                       : seat->expert ? "expert"
                                      : NULL);
}

static const char *vote_message(const struct seat *seat,
                                const struct vote *vote)
{
    if (seat->expert)
        return "cli.case_vote_expert";
    if (vote == NULL)
        return "cli.case_vote_open";
    return vote->reasons.n > 0 ? "cli.case_vote_reasons" : "cli.case_vote";
}

static void say_vote(const struct case_telling *t, const struct seat *seat,
                     const struct vote *vote)
{
    int outcome = vote == NULL ? OUTCOME_GRANTED : vote->outcome;

    words_say(t->cli, 1, vote_message(seat, vote),
              ARG_STR("member", seated(t, seat)),
              ARG_IDS("outcome",
                      cli_id(t->cli, "outcome.", outcome_names[outcome])),
              ARG_STR("reasons", vote == NULL ? S("") : vote->reasons));
}

/* Who sits there; what each voted the enterprise does not read. */
static void say_seats(const struct case_telling *t, const struct list *seats)
{
    const struct seat *p = seats->p;
    struct buf b;

    buf_init(&b, t->cli->arena, WORDS_MOST);
    for (size_t i = 0; i < seats->n; i++)
        words_join(t->cli, &b, seated(t, &p[i]));
    cli_say(t->cli, "cli.case_panel_of",
            ARG_STR("people", cli_text(t->cli, &b)));
}

static void say_panel(const struct case_telling *t)
{
    const struct state *s = t->file->state;

    if (s->panel.named == NULL)
        return;

    const struct list *seats = &s->panel.named->seats;
    if (t->owner) {
        say_seats(t, seats);
        return;
    }
    say_count(t->cli, s);
    for (size_t i = 0; i < seats->n; i++)
        say_vote(t, (const struct seat *)seats->p + i, s->panel.votes[i]);
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

static void say_conditions(struct cli *cli, int depth, const char *message,
                           const struct list *list)
{
    const struct condition *conditions = list->p;

    for (size_t i = 0; i < list->n; i++)
        words_say(cli, depth, message, ARG_INT("number", conditions[i].number),
                  ARG_DAY("until", conditions[i].until),
                  ARG_STR("text", conditions[i].text));
}

/* Catalogue ids: not signed or signed, without a level or with one. */
static const char *const decision_messages[2][2] = {
    { "cli.case_decision", "cli.case_decision_level" },
    { "cli.case_decided", "cli.case_decided_level" },
};

static void say_made(struct cli *cli, const struct state *s, bool is_signed)
{
    const struct decision *d = s->decision;
    int32_t level = scheme_level(s->scheme, d->level);
    struct label none = { 0 };

    cli_say(cli, decision_messages[is_signed][level >= 0],
            ARG_IDS("outcome",
                    cli_id(cli, "outcome.", outcome_names[d->outcome])),
            ARG_LABEL("level",
                      level < 0 ? none : s->scheme->levels[level].label));
    if (d->reasons.n > 0)
        words_say(cli, 1, "cli.case_reasons", ARG_STR("text", d->reasons));
    if (!is_signed)
        say_conditions(cli, 1, "cli.case_decision_condition", &d->conditions);
}

/* What is put to the vote, and why the last decision came back. */
static void say_on_its_way(const struct case_telling *t)
{
    const struct state *s = t->file->state;

    if (s->panel.motion != NULL)
        say_conditions(t->cli, 0, "cli.case_proposed",
                       &s->panel.motion->conditions);
    say_returned(t->cli, t->file);
}

void case_say_decision(const struct case_telling *t)
{
    const struct state *s = t->file->state;
    bool is_signed = !id_is_zero(s->signed_by);

    say_panel(t);
    if (!is_signed && !t->owner)
        say_advice(t->cli, s);
    if (s->decision != NULL && (is_signed || !t->owner))
        say_made(t->cli, s, is_signed);
    else if (!t->owner)
        say_on_its_way(t);
}
