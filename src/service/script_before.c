/*
 * script_before -- what comes next from the first answer to the document
 * review.
 */

#include "service/script_parts.h"

#include "base/buf.h"

enum { TITLE_MAX = 600, SITE_NAME_MAX = 200 };

/* --- preparation ------------------------------------------------------ */

static void write_declarations(struct writing *w)
{
    const struct scheme *sch = w->s->state->scheme;
    struct json *list = json_new_array(w->a);

    step_applicant(w, "eligibility.answer", 1);
    for (size_t i = 0; i < sch->eligibility_count; i++) {
        const struct eligibility *e = &sch->eligibility[i];
        struct json *one;

        if (e->kind != ELIGIBLE_DECLARED)
            continue;
        one = json_new_object(w->a);
        json_set(one, S("item"), json_new_str(w->a, e->id));
        json_set(one, S("yes"), json_new_bool(w->a, e->want));
        json_add(list, one);
    }
    json_set(w->data, S("declarations"), list);
}

static void write_assessment(struct writing *w)
{
    const struct scheme *sch = w->s->state->scheme;
    struct json *answers = json_new_array(w->a);
    struct json *figures = json_new_array(w->a);

    step_applicant(w, "assessment.record", 3);
    for (size_t i = 0; i < sch->leaf_count; i++) {
        struct json *one = json_new_object(w->a);

        step_result(w, one, (int32_t)i);
        json_add(answers, one);
    }
    for (size_t i = 0; i < sch->figure_count; i++) {
        struct json *one = json_new_object(w->a);

        json_set(one, S("figure"), json_new_str(w->a, sch->figures[i].id));
        json_set(one, S("k"), json_new_int(w->a, script_figure(w->s, i)));
        json_set(one, S("n"), json_new_int(w->a, 100));
        json_add(figures, one);
    }
    json_set(w->data, S("answers"), answers);
    json_set(w->data, S("figures"), figures);
}

static void write_document(struct writing *w, const struct requirement *r,
                           int32_t days)
{
    struct buf b;

    step_applicant(w, "document.add", days);
    buf_init(&b, w->a, TITLE_MAX);
    buf_str(&b, script_words(w, "document"));
    buf_str(&b, S(" "));
    buf_str(&b, r->label.zh);
    step_str(w, "requirement", r->id);
    step_str(w, "title", step_made(w, &b));
    step_hash(w, "blob", &w->s->blob);
    step_int(w, "size", w->s->blob_size);
    step_day(w, "covers_from", w->s->today - 200);
    step_day(w, "covers_to", w->s->today - 5);
}

/* A required document that is not there yet, the last one kept back by who
 * applies incompletely; NULL when none is left. */
static const struct requirement *next_document(const struct script *s,
                                               bool keep_back)
{
    const struct scheme *sch = s->state->scheme;
    const struct requirement *open = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sch->requirement_count; i++) {
        if (!sch->requirements[i].required ||
            s->state->requirements[i].document != NULL)
            continue;
        open = open == NULL ? &sch->requirements[i] : open;
        count++;
    }
    return keep_back && count == 1 ? NULL : open;
}

static void write_site(struct writing *w, struct json *sites, str name,
                       const char *kind)
{
    struct json *one = json_new_object(w->a);

    json_set(one, S("name"), json_new_str(w->a, name));
    json_set(one, S("place"), json_new_str(w->a, script_words(w, "place")));
    json_set(one, S("kind"), json_new_str(w->a, str_of(kind)));
    json_add(sites, one);
}

static void write_application(struct writing *w)
{
    struct json *sites = json_new_array(w->a);

    step_applicant(w, "application.submit", 1);
    step_str(w, "scope", w->s->scope);
    step_str(w, "scope_en", w->s->scope_en);
    step_int(w, "staff", w->s->staff);
    step_int(w, "service_staff", w->s->staff / 4 + 1);
    write_site(w, sites, script_words(w, "headquarters"), "hq");
    for (int64_t i = 1; i <= w->s->outlets; i++) {
        struct buf b;

        buf_init(&b, w->a, SITE_NAME_MAX);
        buf_str(&b, script_words(w, "outlet"));
        buf_int(&b, i);
        write_site(w, sites, step_made(w, &b), "outlet");
    }
    json_set(w->data, S("sites"), sites);
}

void script_preparation(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct requirement *r = next_document(w->s, w->s->incomplete);

    if (s->eligibility == NULL)
        write_declarations(w);
    else if (s->assessment == NULL)
        write_assessment(w);
    else if (r != NULL)
        write_document(w, r, 0);
    else
        write_application(w);
}

/* --- completeness and contract ---------------------------------------- */

void script_completeness(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct requirement *r = next_document(w->s, false);

    if (s->waiting == WAITING_BODY && r != NULL) {
        step_by(w, "intake", "supplement.ask", 2);
        step_text(w, "note", "supplement");
    } else if (r != NULL) {
        write_document(w, r, 4);
    } else if (s->waiting == WAITING_APPLICANT) {
        step_applicant(w, "application.resubmit", 0);
    } else {
        step_by(w, "intake", "application.accept", 1);
    }
}

static void write_line(struct writing *w, struct json *lines, const char *text,
                       const char *kind, int64_t amount)
{
    struct json *one = json_new_object(w->a);

    json_set(one, S("text"), json_new_str(w->a, script_words(w, text)));
    json_set(one, S("kind"), json_new_str(w->a, str_of(kind)));
    json_set(one, S("amount"), json_new_int(w->a, amount));
    json_add(lines, one);
}

static void write_quote(struct writing *w)
{
    const struct fees *fees = &w->s->state->scheme->fees;
    struct json *lines = json_new_array(w->a);

    step_by(w, "finance", "quote.make", 1);
    write_line(w, lines, "fee_application", "fee", fees->application);
    write_line(w, lines, "fee_audit", "fee",
               fees->per_day * script_table_days(w->s) / 10);
    write_line(w, lines, "fee_registration", "fee", fees->registration);
    write_line(w, lines, "fee_travel", "travel", 300000);
    json_set(w->data, S("lines"), lines);
    step_int(w, "prepay", fees->prepay_least);
}

void script_contract(struct writing *w)
{
    const struct state *s = w->s->state;

    if (s->quote == NULL) {
        write_quote(w);
    } else if (!s->client_accepted) {
        step_applicant(w, "contract.accept", 2);
    } else if (!s->body_signed) {
        step_by(w, "finance", "contract.sign", 1);
    } else {
        step_by(w, "finance", "payment.record", 2);
        step_int(w, "amount", s->quote->prepayment);
        step_day(w, "received", w->s->today);
        step_str(w, "payer", w->s->client);
    }
}

/* --- document review -------------------------------------------------- */

static void put_aspect(struct writing *w, const struct requirement *r,
                       const char *key, unsigned bit, bool yes)
{
    step_str(w, key,
             (r->aspects & bit) == 0 ? S("na")
             : yes                   ? S("yes")
                                     : S("no"));
}

static void write_judgement(struct writing *w, const struct requirement *r,
                            bool yes)
{
    step_team(w, w->s->lead, "document.judge", 0);
    step_str(w, "requirement", r->id);
    put_aspect(w, r, "quantified", ASPECT_QUANTIFIED, yes);
    put_aspect(w, r, "closed", ASPECT_CLOSED, yes);
    put_aspect(w, r, "resourced", ASPECT_RESOURCED, yes);
    step_text(w, "note", yes ? "judged" : "gap");
}

static bool judged_yes(const struct judgement *j)
{
    return j->quantified != VERDICT_NO && j->closed != VERDICT_NO &&
           j->resourced != VERDICT_NO;
}

void script_documents(struct writing *w)
{
    const struct state *s = w->s->state;
    const struct scheme *sch = s->scheme;

    for (size_t i = 0; i < sch->requirement_count; i++) {
        const struct requirement *r = &sch->requirements[i];
        const struct requirement_state *have = &s->requirements[i];

        if (r->aspects == 0 || have->document == NULL)
            continue;
        if (have->judgement == NULL) {
            write_judgement(w, r, !w->s->gap || s->revision != NULL);
            return;
        }
        if (judged_yes(have->judgement))
            continue;
        if (s->waiting == WAITING_APPLICANT) {
            write_document(w, r, 5);
            return;
        }
        step_team(w, w->s->lead, "revision.ask", 1);
        step_day(w, "until", w->s->today + 10);
        step_text(w, "note", "revision");
        return;
    }
    step_team(w, w->s->lead, "review.pass", 1);
}
