/* case_beside_after -- beside the forms of a certificate's life, and of what
 * people have to say about it. [BS1] */

#include "domain/names.h"
#include "text/text.h"
#include "web/case_beside_parts.h"

static const struct state *state_of(const struct beside *b)
{
    return b->v->file.state;
}

static str over(const struct beside *b, const char *message)
{
    return text_get(web_lang(b->v->rq), message);
}

/* Something of a list that is numbered from 1? */
static bool is_there(const struct beside *b, int32_t count)
{
    return b->about >= 1 && b->about <= count;
}

static err add_word(struct beside *b, const char *label, const char *family,
                    const char *name)
{
    const char *word;

    TRY(answer_id(b->v->rq, family, str_of(name), &word));
    return beside_text(b, label, over(b, word));
}

/* --- the certificate ------------------------------------------------------ */

err beside_certificate(struct beside *b)
{
    const struct state *s = state_of(b);
    const struct certificate *c = s->certificate;

    if (c == NULL)
        return OK;
    TRY(beside_text(b, "page_case.its_number", c->number));
    TRY(add_word(b, "page_case.state", "status.", status_names[s->status]));
    TRY(beside_text(b, "page_case.level", case_view_level(b->v, c->level)));
    TRY(beside_day(b, "page_case.until_day", c->until));
    TRY(beside_day(b, "page_case.suspended_until", s->suspended_until));
    TRY(beside_day(b, "page_case.surveillance_due", s->surveillance_due));
    beside_note(b, over(b, "page_case.scope"), s->scope);
    if (s->withdrawal != NULL)
        beside_note(b, over(b, "page_case.reasons"), s->withdrawal->reasons);
    if (s->reduction != NULL)
        beside_note(b, over(b, "page_case.reasons"), s->reduction->reasons);
    return OK;
}

err beside_condition(struct beside *b)
{
    const struct state *s = state_of(b);

    if (!is_there(b, s->condition_count))
        return OK;
    const struct condition_state *x = &s->conditions[b->about - 1];
    TRY(add_word(b, "page_case.state", "condition_standing.",
                 condition_names[x->standing]));
    TRY(beside_day(b, "case_beside.due", x->until));
    beside_note(b, over(b, "page_case.condition"), x->set->text);
    if (x->answer != NULL)
        beside_note(b, over(b, "case_beside.answer"), x->answer->text);
    if (x->verdict != NULL)
        beside_note(b, over(b, "case_beside.verdict"), x->verdict->note);
    return OK;
}

err beside_change(struct beside *b)
{
    const struct change *x = state_of(b)->change;

    TRY(beside_certificate(b));
    if (x == NULL)
        return OK;
    TRY(add_word(b, "page_case.change", "change_kind.", change_names[x->kind]));
    beside_note(b, over(b, "page_case.name"), x->holder);
    beside_note(b, over(b, "page_case.address"), x->address);
    beside_note(b, over(b, "case_beside.new_scope"), x->scope);
    beside_note(b, over(b, "page_case.reasons"), x->reasons);
    return OK;
}

/* --- complaints and appeals ----------------------------------------------- */

err beside_complaint(struct beside *b)
{
    const struct state *s = state_of(b);

    if (!is_there(b, s->complaint_count))
        return OK;
    const struct complaint *x = s->complaints[b->about - 1].complaint;
    TRY(add_word(b, "page_case.against", "complaint_about.",
                 complaint_names[x->about]));
    TRY(beside_day(b, "case_beside.received", x->received));
    beside_note(b, over(b, "case_beside.complaint"), x->text);
    return OK;
}

err beside_appeal(struct beside *b)
{
    const struct appeal_state *x = &state_of(b)->appeal;

    if (x->appeal == NULL || x->decision != NULL)
        return OK;
    TRY(add_word(b, "page_case.against", "appeal_subject.",
                 appeal_names[x->appeal->subject]));
    TRY(beside_day(b, "case_beside.received", x->filed));
    beside_note(b, over(b, "page_case.grounds"), x->appeal->grounds);
    return OK;
}

/* --- the mark ------------------------------------------------------------- */

err beside_mark(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_certificate(b));
    if (!is_there(b, s->mark_count))
        return OK;
    const struct mark_asked *x = s->marks[b->about - 1].asked;
    TRY(add_word(b, "page_case.use", "mark_use.", mark_use_names[x->use]));
    beside_note(b, over(b, "page_case.where"), x->where);
    beside_note(b, over(b, "case_beside.words"), x->words);
    return OK;
}

err beside_misuse(struct beside *b)
{
    const struct state *s = state_of(b);

    if (!is_there(b, s->misuse_count))
        return OK;
    const struct misuse *x = s->misuses[b->about - 1].misuse;
    TRY(add_word(b, "page_case.kind", "misuse.", misuse_names[x->kind]));
    TRY(beside_day(b, "page_case.found_on", x->found));
    TRY(beside_day(b, "case_beside.due", x->until));
    beside_note(b, over(b, "case_beside.seen"), x->text);
    return OK;
}
