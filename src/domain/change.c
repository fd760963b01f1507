/*
 * change -- what stands on a certificate changes while it lives: the holder's
 * name or address, a wider scope, another level, an error. [17065 7.10]
 * [条例 26]
 *
 *   [CH1] The certificate is issued anew under its number, valid until the same
 *         day; what it said before stays in its history.
 *   [CH2] A wider scope follows on a round about it that was granted, another
 *         level on a round that granted it: what was not evaluated does not
 *         change.
 *   [CH3] Approved by a reviewer who took no part in the round. [17065 7.6.2]
 *   [CH4] One change is under way at a time, and only of a valid certificate;
 *         it is asked for and judged at any stage, also while a round is under
 *         way, since a new name does not wait for an audit (journey.md).
 *   [CH5] A site that leaves is visited no more, and its sub-certificate ends;
 *         those of the others go on (sub.c [SU5] [SU6]).  The headquarters
 *         stays.  What that means for a round under way says sites.c [SI5]
 *         [SI6].
 */

#include "domain/change.h"

#include "base/size.h"
#include "domain/stages.h"

enum { CHANGE_MAX = 1000, EVIDENCE_MAX = 20 };

/* clang-format off */
#define CHANGE_FIELDS \
    F_ENUM(struct change, kind, change_names), \
    F_STR_OPT(struct change, holder, 200), \
    F_STR_OPT(struct change, address, 300), \
    F_STR_OPT(struct change, scope, 500), \
    F_STR_OPT(struct change, scope_en, 1000), \
    F_STR(struct change, reasons, 1, 4000), \
    F_STRS_OPT(struct change, evidence, EVIDENCE_MAX), \
    F_STRS_OPT(struct change, sites, SITE_MAX)

static const struct field change_ask_fields[] = { CHANGE_FIELDS };
static const struct record change_ask_record =
    RECORD(change, change_ask_fields);

static const struct field change_fields[] = {
    F_INT(struct change, number, 1, CHANGE_MAX),
    CHANGE_FIELDS,
};
const struct record change_record = RECORD(change, change_fields);

static const struct field approved_fields[] = {
    F_INT(struct change_approved, number, 1, CHANGE_MAX),
    F_STR_OPT(struct change_approved, note, 4000),
};
static const struct record approved_record =
    RECORD(change_approved, approved_fields);

static const struct field refused_fields[] = {
    F_INT(struct change_refused, number, 1, CHANGE_MAX),
    F_STR(struct change_refused, reasons, 1, 4000),
};
static const struct record refused_record =
    RECORD(change_refused, refused_fields);
/* clang-format on */

/* [CH4] */
static err check_alive(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (s->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "changing.suspended", ARG_DAY("until", s->suspended_until));
    return life_check_runs(a, s, f);
}

/* --- change.ask --------------------------------------------------------- */

static err ready_ask(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL)
        REFUSE(a, "life.no_certificate");
    if (s->change != NULL)
        REFUSE(a, "changing.under_way", ARG_INT("number", s->change->number));
    if (s->changes >= CHANGE_MAX)
        return err_new(a, ERR_LIMIT, "changing.too_many",
                       ARG_INT("most", CHANGE_MAX));
    return OK;
}

/* Parts of what stands on a certificate. */
enum { HOLDER = 1, ADDRESS = 2, SCOPE = 4, ALL = HOLDER | ADDRESS | SCOPE };
enum { SITES = 8 }; /* beside it */

/* What each kind is about, and what else it may touch. */
static const struct {
    unsigned about;
    unsigned may;
} parts[] = {
    [CHANGE_NAME] = { HOLDER, HOLDER | ADDRESS },
    [CHANGE_ADDRESS] = { ADDRESS, HOLDER | ADDRESS },
    [CHANGE_EXTENSION] = { SCOPE, SCOPE },
    [CHANGE_LEVEL] = { 0, 0 }, /* it follows from the round */
    [CHANGE_ERRATUM] = { ALL, ALL },
    [CHANGE_SITES] = { SITES, SITES },
};

static unsigned parts_given(const struct change *wish)
{
    return (wish->holder.n > 0 ? HOLDER : 0U) |
           (wish->address.n > 0 ? ADDRESS : 0U) |
           (wish->scope.n > 0 || wish->scope_en.n > 0 ? SCOPE : 0U) |
           (wish->sites.n > 0 ? SITES : 0U);
}

static bool is_other(str wish, str now)
{
    return wish.n > 0 && !str_eq(wish, now);
}

static unsigned parts_changed(const struct state *s, const struct change *wish)
{
    bool scope = is_other(wish->scope, s->scope) ||
                 is_other(wish->scope_en, s->scope_en);

    return (is_other(wish->holder, s->certificate->holder) ? HOLDER : 0U) |
           (is_other(wish->address, s->certificate->address) ? ADDRESS : 0U) |
           (scope ? SCOPE : 0U) | (wish->sites.n > 0 ? SITES : 0U);
}

/* Does it change what its kind is about? */
static bool changes_its_part(const struct state *s, const struct change *wish)
{
    if (wish->kind == CHANGE_LEVEL)
        return !str_eq(s->granted->level, s->certificate->level);
    return (parts_changed(s, wish) & parts[wish->kind].about) != 0;
}

static err judge_ask(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    struct change made = *(const struct change *)c->data;

    TRY(check_alive(a, s, f));
    if ((parts_given(&made) & ~parts[made.kind].may) != 0)
        return err_new(a, ERR_INVALID, "changing.more");
    if (made.kind == CHANGE_EXTENSION && !s->extension_granted) /* [CH2] */
        REFUSE(a, "changing.no_extension");
    if (!changes_its_part(s, &made))
        return err_new(a, ERR_INVALID, "changing.nothing");
    TRY(sites_check_leaving(a, s, &made.sites)); /* [CH5] */
    made.number = s->changes + 1;
    return event_emit(a, out, "change.asked", f, &made);
}

static void apply_asked(struct state *s, const struct event *e)
{
    s->change = e->data;
    s->change_since = e->on;
    s->changes++;
}

/* --- change.approve [CH1] ----------------------------------------------- */

static err ready_judge(struct arena *a, const struct state *s)
{
    if (s->change == NULL)
        REFUSE(a, "changing.none");
    return OK;
}

static err check_number(struct arena *a, const struct state *s, int64_t number)
{
    if (number == s->change->number)
        return OK;
    return err_new(a, ERR_NOT_FOUND, "changing.number",
                   ARG_INT("number", number),
                   ARG_INT("open", s->change->number));
}

static str first_of(str changed, str else_as_it_is)
{
    return changed.n > 0 ? changed : else_as_it_is;
}

/* The certificate as it is issued anew. */
static struct certificate changed(const struct state *s, const struct facts *f)
{
    const struct change *x = s->change;
    const struct scheme *sch = s->scheme;
    struct certificate made = *s->certificate;
    int32_t level = scheme_level(sch, s->granted->level);

    made.holder = first_of(x->holder, made.holder);
    made.address = first_of(x->address, made.address);
    made.scope = first_of(x->scope, s->scope);
    made.scope_en = first_of(x->scope_en, s->scope_en);
    made.issued = f->today;
    made.file = f->journal_head;
    if (x->kind == CHANGE_LEVEL && level >= 0) {
        made.level = sch->levels[level].id;
        made.stars = sch->levels[level].stars;
    }
    return made;
}

static err judge_approve(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct change_approved *wish = c->data;

    TRY(check_number(a, s, wish->number));
    TRY(check_alive(a, s, f));

    struct certificate made = changed(s, f);
    struct leaving leaving = {
        .sites = &s->change->sites,
        .why = SUB_CLOSED,
        .scope = made.scope,
        .scope_en = made.scope_en,
        .reworded = s->change->kind == CHANGE_ERRATUM,
        .reasons = s->change->reasons,
    };
    TRY(event_emit(a, out, "change.approved", f, wish));
    TRY(plan_narrow(a, s, f, &s->change->sites, out));
    TRY(sub_end_leaving(a, s, f, &leaving, out));
    TRY(event_emit(a, out, "certificate.changed", f, &made));
    return event_emit(a, out, "certificate.reissued", f, &made);
}

static void apply_approved(struct state *s, const struct event *e)
{
    state_involve(s, e->actor);
}

static void apply_changed(struct state *s, const struct event *e)
{
    EVENT_DATA(certificate, made, e);

    s->certificate = made;
    state_take_scope(s, made->scope, made->scope_en, e);
    if (s->change != NULL && s->change->kind == CHANGE_EXTENSION)
        s->extension_granted = false;
    if (s->change != NULL)
        sites_leave(s, &s->change->sites);
    s->change = NULL;
}

/* --- change.refuse ------------------------------------------------------ */

static err judge_refuse(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct change_refused *wish = c->data;

    TRY(check_number(a, s, wish->number));
    return event_emit(a, out, "change.refused", f, wish);
}

static void apply_refused(struct state *s, const struct event *e)
{
    state_involve(s, e->actor);
    s->change = NULL;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "change.ask", &change_ask_record, ready_ask, judge_ask, NULL },
    { "change.approve", &approved_record, ready_judge, judge_approve, NULL },
    { "change.refuse", &refused_record, ready_judge, judge_refuse, NULL },
};

static const struct event_kind events[] = {
    { "change.asked", 1, STREAM_CASE, &change_record, apply_asked },
    { "change.approved", 1, STREAM_CASE, &approved_record, apply_approved },
    { "change.refused", 1, STREAM_CASE, &refused_record, apply_refused },
    { "certificate.changed", 1, STREAM_CASE, &certificate_record, apply_changed },
    { "certificate.reissued", 1, STREAM_CERTIFICATE, &certificate_record, NULL },
};
/* clang-format on */

const struct stage_tables change_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
