/*
 * What `tenstar case show` tells of a certificate and of what goes with it.
 */

#include "cli/case.h"

#include "cli/credential.h"
#include "cli/values.h"
#include "cli/words.h"
#include "domain/codes.h"
#include "domain/names.h"
#include "domain/state.h"
#include "domain/status.h"
#include "service/cases.h"

static void say_reasons(struct cli *cli, const char *message, str text)
{
    if (text.n > 0)
        words_say(cli, 1, message, ARG_STR("text", text));
}

/* --- the certificate, and those under it --------------------------------- */

static void say_sub(struct cli *cli, const struct sub_state *x)
{
    words_say(cli, 1,
              x->ended == DAY_NEVER ? "cli.case_sub" : "cli.case_sub_ended",
              ARG_STR("number", x->sub->number), ARG_STR("site", x->sub->site),
              ARG_DAY("until", x->sub->until), ARG_DAY("ended", x->ended));
}

static void say_certificate(struct cli *cli, const struct state *s)
{
    const struct certificate *c = s->certificate;

    if (c == NULL)
        return;
    cli_say(cli,
            s->status == CERTIFICATE_VALID ? "cli.case_certificate"
                                           : "cli.case_certificate_not",
            ARG_STR("number", c->number),
            ARG_IDS("status", cli_id(cli, "status.", status_names[s->status])),
            ARG_DAY("until", c->until));
    for (int32_t i = 0; i < s->sub_count; i++)
        say_sub(cli, &s->subs[i]);
}

/* --- its credential ------------------------------------------------------- */

static err lacks(const struct case_telling *t, str number, day until,
                 enum credential_lack *out)
{
    bool stands = !status_is_final(t->file->state->status) && until >= t->today;

    return credentials_lack(t->app, t->cli->arena, number, stands, out);
}

/* Only the first of several: one run makes them all. */
err case_say_lacking(const struct case_telling *t)
{
    const struct state *s = t->file->state;
    const struct certificate *c = s->certificate;
    enum credential_lack lack = CREDENTIAL_THERE;
    str number;

    if (c == NULL)
        return OK;
    number = c->number;
    TRY(lacks(t, number, c->until, &lack));
    for (int32_t i = 0; i < s->sub_count && lack == CREDENTIAL_THERE; i++) {
        const struct sub_state *x = &s->subs[i];

        number = x->sub->number;
        if (x->ended == DAY_NEVER)
            TRY(lacks(t, number, x->sub->until, &lack));
    }
    credential_say_lack(t->cli, 0, number, lack);
    return OK;
}

/* --- conditions ----------------------------------------------------------- */

/* Why the answer to a condition was sent back. */
static void say_sent_back(struct cli *cli, const struct condition_state *x)
{
    if (x->standing == CONDITION_OPEN && x->verdict != NULL)
        words_say(cli, 1, "cli.case_condition_note",
                  ARG_STR("note", x->verdict->note));
}

/* Those that are not met yet; of which there is nothing in public. */
static void say_conditions(struct cli *cli, const struct state *s)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        if (x->standing != CONDITION_MET)
            cli_say(cli, "cli.case_condition", ARG_INT("number", i + 1),
                    ARG_DAY("until", x->until), ARG_STR("text", x->set->text),
                    ARG_IDS("standing", cli_id(cli, "condition_standing.",
                                               condition_names[x->standing])));
        say_sent_back(cli, x);
    }
}

/* --- a change that waits for an answer ------------------------------------ */

static void say_leaving(struct cli *cli, const struct list *sites)
{
    const str *names = sites->p;

    for (size_t i = 0; i < sites->n; i++)
        words_say(cli, 1, "cli.case_change_site", ARG_STR("site", names[i]));
}

static void say_change(struct cli *cli, const struct state *s)
{
    const struct change *c = s->change;

    if (c == NULL)
        return;
    cli_say(cli, "cli.case_change", ARG_INT("number", c->number),
            ARG_DAY("since", s->change_since),
            ARG_IDS("kind",
                    cli_id(cli, "change_kind.", change_names[c->kind])));
    say_reasons(cli, "cli.case_change_name", c->holder);
    say_reasons(cli, "cli.case_change_address", c->address);
    say_reasons(cli, "cli.case_change_scope", c->scope);
    say_reasons(cli, "cli.case_change_scope_en", c->scope_en);
    say_leaving(cli, &c->sites);
    say_reasons(cli, "cli.case_reasons", c->reasons);
}

/* --- the mark ------------------------------------------------------------- */

/* [M21] */
static void say_mark(struct cli *cli, const struct mark_state *m)
{
    const struct mark_asked *asked = m->asked;

    cli_say(cli, "cli.case_mark", ARG_INT("number", asked->number),
            ARG_IDS("use",
                    cli_id(cli, "mark_use.", mark_use_names[asked->use])),
            ARG_STR("where", asked->where),
            ARG_IDS("standing", cli_id(cli, "mark.", mark_names[m->standing])));
    say_reasons(cli, "cli.case_mark_words", asked->words);
    say_reasons(cli,
                m->standing == MARK_APPROVED ? "cli.case_mark_conditions"
                                             : "cli.case_reasons",
                m->note);
}

/* [17065 4.1.3.2] */
static void say_misuse(struct cli *cli, const struct misuse_state *m)
{
    const struct misuse *x = m->misuse;

    cli_say(cli, "cli.case_misuse", ARG_INT("number", x->number),
            ARG_IDS("kind", cli_id(cli, "misuse.", misuse_names[x->kind])),
            ARG_STR("text", x->text));
    if (m->settled == NULL)
        words_say(cli, 1, "cli.case_misuse_open", ARG_DAY("found", x->found),
                  ARG_DAY("until", x->until));
    else
        words_say(cli, 1, "cli.case_misuse_settled",
                  ARG_IDS("outcome",
                          cli_id(cli, "settled.",
                                 settled_names[m->settled->outcome])),
                  ARG_STR("text", m->settled->text));
}

void case_say_certificate(const struct case_telling *t)
{
    const struct state *s = t->file->state;

    say_certificate(t->cli, s);
    say_conditions(t->cli, s);
    say_change(t->cli, s);
    for (int32_t i = 0; i < s->mark_count; i++)
        say_mark(t->cli, &s->marks[i]);
    for (int32_t i = 0; i < s->misuse_count; i++)
        say_misuse(t->cli, &s->misuses[i]);
}
