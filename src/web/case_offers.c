#include "web/case_offers.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/record.h"
#include "codec/utf8.h"
#include "web/case_offers_parts.h"
#include "web/saying.h"

#include <string.h>

enum { SAID_MOST = 60, WORD_MOST = 200 }; /* characters; bytes of an id */

/* [CO1] In the order in which it is looked up: of a command before of any. */
static const struct {
    const char *command; /* NULL: any */
    const char *path;
    choice_source *from;
} table[] = {
    /* what is judged */
    { "finding.record", "indicator", offer_round_indicators },
    { NULL, "indicator", offer_indicators },
    { NULL, "indicators", offer_indicators },
    { NULL, "answers.indicator", offer_indicators },
    { NULL, "figure", offer_figures },
    { NULL, "figures.figure", offer_figures },
    { NULL, "declarations.item", offer_declarations },
    { "figure.record", "sheet", offer_sheets },
    { "document.judge", "requirement", offer_judged_requirements },
    { NULL, "requirement", offer_requirements },
    { "case.open", "level", offer_levels },
    { "transfer.record", "level", offer_levels },
    { NULL, "level", offer_levels_reached },
    /* where */
    { "plan.make", "sites", offer_sites },
    { NULL, "sites", offer_leaving_sites },
    { "certificate.sub", "site", offer_leaving_sites },
    { NULL, "site", offer_visited_sites },
    /* who, and how */
    { NULL, "lead", offer_leads },
    { "appeal.assign", "members", offer_appeal_panel },
    { "decision.panel", "members", offer_voters },
    { "decision.panel", "chair", offer_voters },
    { "decision.panel", "experts", offer_advisers },
    { NULL, "members", offer_auditors },
    { "complaint.assign", "to", offer_answerers },
    { "plan.make", "modes", offer_modes },
    /* papers and money */
    { "document.reuse", "from", offer_library },
    { "mark.ask", "artwork", offer_documents },
    { "contract.accept", "offer", offer_quote },
    { "quote.make", "trade", offer_trades },
    { "payment.record", "invoice", offer_unpaid_invoices },
    { "invoice.cancel", "number", offer_cancelled_invoices },
    { "invoice.issue", "audit", offer_audits },
    /* what has a number */
    { "correction.submit", "number", offer_open_nonconformities },
    { "correction.accept", "number", offer_answered_nonconformities },
    { "correction.return", "number", offer_answered_nonconformities },
    { "condition.answer", "number", offer_open_conditions },
    { "condition.judge", "number", offer_answered_conditions },
    { "condition.extend", "number", offer_unmet_conditions },
    { "complaint.assign", "number", offer_new_complaints },
    { "complaint.answer", "number", offer_own_complaints },
    { "change.approve", "number", offer_change },
    { "change.refuse", "number", offer_change },
    { "mark.approve", "number", offer_asked_marks },
    { "mark.refuse", "number", offer_asked_marks },
    { "mark.stop", "number", offer_approved_marks },
    { "misuse.record", "use", offer_marks },
    { "misuse.settle", "number", offer_open_misuses },
    { "certificate.sub_end", "number", offer_subs },
    { NULL, "position", offer_customer },
};

static choice_source *source_of(const char *command, const char *path)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        bool here =
            table[i].command == NULL || strcmp(table[i].command, command) == 0;

        if (here && strcmp(table[i].path, path) == 0)
            return table[i].from;
    }
    return NULL;
}

bool case_offers_has(const char *command, const char *path)
{
    return source_of(command, path) != NULL;
}

/* --- choices in the making ------------------------------------------------ */

err offering_room(struct offering *o, size_t n)
{
    o->at = arena_array(o->v->rq->arena, n, sizeof *o->at);
    TRY_MEMORY(o->at);
    o->room = n;
    return OK;
}

/* Long texts are known by how they begin. */
static err shorten(const struct offering *o, str text, str *out)
{
    str first = utf8_first(text, SAID_MOST);

    *out = text;
    if (first.n == text.n)
        return OK;
    return say(o->v->rq, "case_offers.begins",
               (const struct err_arg[]){ ARG_STR("text", first), { 0 } }, out);
}

/* "this · that" */
static err say_with(const struct offering *o, str label, str more, str *out)
{
    const struct err_arg both[] = { ARG_STR("label", label),
                                    ARG_STR("more", more),
                                    { 0 } };

    return say(o->v->rq, "case_offers.with", both, out);
}

err offering_add(struct offering *o, str value, str label, str more)
{
    struct record_choice made = { value, label };

    check(o->n < o->room);
    TRY(shorten(o, label, &made.label));
    if (more.n > 0)
        TRY(say_with(o, made.label, more, &made.label));
    o->at[o->n++] = made;
    return OK;
}

err offering_number(struct offering *o, int64_t number, str text)
{
    struct record_choice made;
    struct buf b;
    str begins;

    check(o->n < o->room);
    buf_init(&b, o->v->rq->arena, TEXT_VALUE);
    buf_int(&b, number);
    TRY(buf_done(&b, &made.value));
    TRY(shorten(o, text, &begins));

    const struct err_arg args[] = { ARG_INT("number", number),
                                    ARG_STR("text", begins),
                                    { 0 } };
    TRY(say(o->v->rq, "case_offers.numbered", args, &made.label));
    o->at[o->n++] = made;
    return OK;
}

err offering_word(const struct offering *o, const char *family,
                  const char *name, str *out)
{
    struct buf b;

    buf_init(&b, o->v->rq->arena, WORD_MOST);
    text_choice(&b, web_lang(o->v->rq), family, str_of(name));
    return buf_done(&b, out);
}

/* --- all fields of a command ---------------------------------------------- */

struct offers {
    const struct case_view *v;
    const char *command;
    struct record_offer *at;
    size_t n;
};

/* How many fields there are, in rows too. */
static size_t count_fields(const struct record *r)
{
    size_t n = r->n;

    for (size_t i = 0; i < r->n; i++)
        n +=
            r->fields[i].record == NULL ? 0 : count_fields(r->fields[i].record);
    return n;
}

/* [CO3] */
static err offer_field(struct offers *x, const char *path)
{
    choice_source *from = source_of(x->command, path);
    struct offering o = { .v = x->v, .command = x->command };

    if (from == NULL)
        return OK;
    TRY(from(&o));
    if (o.n > 0)
        x->at[x->n++] = (struct record_offer){ path, o.at, o.n, o.each };
    return OK;
}

/* "answers" and "indicator": "answers.indicator"; NUL-ended. */
static err join_path(struct offers *x, const char *before, const char *name,
                     const char **out)
{
    struct buf b;
    str path;
    str kept;

    buf_init(&b, x->v->rq->arena, WORD_MOST);
    if (before[0] != '\0')
        buf_printf(&b, "%s.", before);
    buf_str(&b, str_of(name));
    TRY(buf_done(&b, &path));
    TRY_MEMORY(arena_str(x->v->rq->arena, path, &kept));
    *out = kept.p;
    return OK;
}

static err offer_record(struct offers *x, const char *before,
                        const struct record *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        const char *path;

        TRY(join_path(x, before, f->name, &path));
        if (f->record != NULL)
            TRY(offer_record(x, path, f->record));
        else
            TRY(offer_field(x, path));
    }
    return OK;
}

err case_offers(const struct case_view *v, const struct command_kind *k,
                const struct record_offer **out, size_t *n)
{
    struct offers x = { .v = v, .command = k->name };

    CASE_ROWS(v, x.at, count_fields(k->record));
    TRY(offer_record(&x, "", k->record));
    *out = x.at;
    *n = x.n;
    return OK;
}
