/*
 * sub -- sub-certificates: one certificate carries one for each site that is
 * within its scope, so that the site can show its own. [M20] [M21]
 * [17065 7.7] (domain.md 3.6)
 *
 *   [SU1] For a site of the application that still belongs to the certificate;
 *         one at a time for each.
 *   [SU2] Its number follows from the main one's and a count, and is never
 *         given again.
 *   [SU3] It ends no later than the main one, and a scope of its own lies
 *         within the main one's: every part of it (between "、", "，", "；") is
 *         one of its parts, word for word: a fragment may mean more than the
 *         whole, as "服务" does beside "家用电器的售后服务".  It is said in
 *         Chinese, and may be in English beside it.
 *   [SU4] Issued only while the main one is valid, whose status it shares:
 *         suspended and restored with it, and over when it is.
 *   [SU5] It may end alone, for a reason of the authority's table, and does
 *         when its site leaves the certificate, or its scope leaves the main
 *         one's.  What ended does not come back.
 *   [SU6] Issued anew under its number the main one keeps them; a renewal is
 *         another certificate and begins without any.
 *   [SU7] An erratum that puts the main one's scope in other words leaves what
 *         it is about.  A scope of its own follows into them where the parts
 *         answer one to one (scope.h), and it is issued anew under its number
 *         and of its old day, as it was meant to read; else nobody can tell
 *         what it would say, and it ends by [SU5].
 */

#include "domain/sub.h"

#include "base/size.h"
#include "domain/change.h"
#include "domain/number.h"
#include "domain/scope.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field issue_fields[] = {
    F_STR_OPT(struct sub_issue, site, 200),
    F_INT_OPT(struct sub_issue, n, 1, SITE_MAX),
    F_STR_OPT(struct sub_issue, scope, SCOPE_MOST),
    F_STR_OPT(struct sub_issue, scope_en, SCOPE_EN_MOST),
    F_DAY_OPT(struct sub_issue, until),
};
static const struct record issue_record = RECORD(sub_issue, issue_fields);

static const struct field sub_fields[] = {
    F_STR(struct sub_certificate, number, 1, 40),
    F_STR(struct sub_certificate, main, 1, 40),
    F_INT(struct sub_certificate, n, 1, SUB_MAX),
    F_STR(struct sub_certificate, site, 1, 200),
    F_STR(struct sub_certificate, address, 1, 300),
    F_STR_OPT(struct sub_certificate, scope, SCOPE_MOST),
    F_STR_OPT(struct sub_certificate, scope_en, SCOPE_EN_MOST),
    F_DAY(struct sub_certificate, issued),
    F_DAY(struct sub_certificate, until),
};
const struct record sub_record = RECORD(sub_certificate, sub_fields);

static const struct field end_fields[] = {
    F_STR(struct sub_end, number, 1, 40),
    F_ENUM(struct sub_end, why, sub_ending_names),
    F_STR(struct sub_end, reasons, 1, 4000),
};
static const struct record end_record = RECORD(sub_end, end_fields);

static const struct field ended_fields[] = {
    F_STR(struct sub_ended, main, 1, 40),
    F_STR(struct sub_ended, number, 1, 40),
};
static const struct record ended_record = RECORD(sub_ended, ended_fields);
/* clang-format on */

/* --- within the scope [SU3] --------------------------------------------- */

static bool is_within(const struct sub_certificate *sub, str scope,
                      str scope_en)
{
    return scope_part_outside(sub->scope, scope).n == 0 &&
           scope_part_outside(sub->scope_en, scope_en).n == 0;
}

/* [SU7] Approved, it is issued anew before the main one is. */
static bool follows_erratum(const struct state *s,
                            const struct sub_certificate *sub)
{
    const struct change *x = s->change;

    return x != NULL && x->kind == CHANGE_ERRATUM &&
           is_within(sub, x->scope.n > 0 ? x->scope : s->scope,
                     x->scope_en.n > 0 ? x->scope_en : s->scope_en);
}

bool sub_within_scope(const struct state *s, const struct sub_certificate *sub)
{
    return is_within(sub, s->scope, s->scope_en) || follows_erratum(s, sub);
}

static err check_within(struct arena *a, str wish, str main)
{
    str part = scope_part_outside(wish, main);

    if (part.n == 0)
        return OK;
    return err_new(a, ERR_INVALID, "sub.scope", ARG_STR("part", part),
                   ARG_STR("scope", main));
}

/* --- certificate.sub [SU1]..[SU4] --------------------------------------- */

static err ready_issue(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL)
        REFUSE(a, "life.no_certificate");
    if (s->sub_count >= SUB_MAX)
        return err_new(a, ERR_LIMIT, "sub.too_many", ARG_INT("most", SUB_MAX));
    return OK;
}

/* [SU4] */
static err check_valid(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (s->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "sub.suspended", ARG_DAY("until", s->suspended_until));
    return life_check_runs(a, s, f);
}

static err no_site(struct arena *a, const struct state *s,
                   const struct sub_issue *wish)
{
    if (wish->site.n > 0)
        return err_new(a, ERR_NOT_FOUND, "plan.site",
                       ARG_STR("site", wish->site));
    return err_new(a, ERR_INVALID, "sub.which_site",
                   ARG_INT("most", s->application->sites.n));
}

static err find_site(struct arena *a, const struct state *s,
                     const struct sub_issue *wish, size_t *out)
{
    const struct list *sites = &s->application->sites;
    size_t at = wish->n > 0 ? (size_t)wish->n - 1 : sites->n;

    if (wish->site.n > 0 && wish->n > 0)
        return err_new(a, ERR_INVALID, "sub.which_site",
                       ARG_INT("most", sites->n));
    if (wish->site.n > 0)
        at = sites_place(s, wish->site);
    if (at >= sites->n)
        return no_site(a, s, wish);
    *out = at;
    return OK;
}

/* [SU1] A run-out one makes way for the next. */
static err check_free(struct arena *a, const struct state *s, str site,
                      day today)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        const struct sub_state *x = &s->subs[i];

        if (x->ended == DAY_NEVER && today <= x->sub->until &&
            str_eq(x->sub->site, site))
            REFUSE(a, "sub.taken", ARG_STR("site", site),
                   ARG_STR("number", x->sub->number));
    }
    return OK;
}

/* [SU3] */
static err check_until(struct arena *a, const struct state *s,
                       const struct facts *f, day until)
{
    if (until >= f->today && until <= s->certificate->until)
        return OK;
    return err_new(a, ERR_INVALID, "sub.until", ARG_DAY("until", until),
                   ARG_DAY("today", f->today),
                   ARG_DAY("main", s->certificate->until));
}

static err make_sub(struct arena *a, const struct state *s,
                    const struct sub_issue *wish, const struct facts *f,
                    struct sub_certificate *out)
{
    const struct certificate *main = s->certificate;
    const struct site *site;
    size_t at = 0;

    TRY(find_site(a, s, wish, &at));
    site = (const struct site *)s->application->sites.p + at;
    *out = (struct sub_certificate){
        .main = main->number,
        .n = s->sub_count + 1,
        .site = site->name,
        .address = site->address.n > 0 ? site->address : site->place,
        .scope = wish->scope,
        .scope_en = wish->scope_en,
        .issued = f->today,
        .until = wish->until == DAY_NEVER ? main->until : wish->until,
    };
    if (s->site_gone[at])
        REFUSE(a, "sub.site_gone", ARG_STR("site", site->name));
    return number_make_sub(a, s->scheme->certificate.sub_number, main->number,
                           out->n, &out->number);
}

static err judge_issue(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct sub_issue *wish = c->data;
    struct sub_certificate made;

    TRY(check_valid(a, s, f));
    TRY(make_sub(a, s, wish, f, &made));
    TRY(check_free(a, s, made.site, f->today));
    TRY(check_until(a, s, f, made.until));
    TRY(check_within(a, wish->scope, s->scope));
    TRY(check_within(a, wish->scope_en, s->scope_en));
    if (wish->scope.n == 0 && wish->scope_en.n > 0)
        return err_new(a, ERR_INVALID, "sub.english_alone");
    TRY(event_emit(a, out, "sub.recorded", f, &made));
    return event_emit(a, out, "certificate.sub_issued", f, &made);
}

static struct sub_state *sub_called(struct state *s, str number)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (str_eq(s->subs[i].sub->number, number))
            return &s->subs[i];
    }
    return NULL;
}

static void apply_recorded(struct state *s, const struct event *e)
{
    EVENT_DATA(sub_certificate, made, e);
    struct sub_state *before = sub_called(s, made->number);

    if (before != NULL) { /* [SU7] */
        before->sub = made;
        before->anew = true;
        return;
    }
    if (s->sub_count >= SUB_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->subs[s->sub_count++] = (struct sub_state){
        .sub = e->data,
        .ended = DAY_NEVER,
    };
}

/* --- certificate.sub_end [SU5] ------------------------------------------ */

static err ready_end(struct arena *a, const struct state *s)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (s->subs[i].ended == DAY_NEVER)
            return OK;
    }
    REFUSE(a, "sub.none");
}

static err emit_end(struct arena *a, struct event_list *out,
                    const struct state *s, const struct facts *f,
                    const struct sub_end *end)
{
    struct sub_ended told = { s->certificate->number, end->number };

    TRY(event_emit(a, out, "sub.ended", f, end));
    return event_emit(a, out, "certificate.sub_ended", f, &told);
}

static err judge_end(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    const struct sub_end *wish = c->data;
    struct sub_end end = *wish;

    TRY(life_check_runs(a, s, f));
    for (int32_t i = 0; i < s->sub_count; i++) {
        const struct sub_state *x = &s->subs[i];

        if (!number_is_typed(x->sub->number, wish->number))
            continue;
        if (x->ended != DAY_NEVER)
            REFUSE(a, "sub.ended_already", ARG_DAY("on", x->ended));
        if (f->today > x->sub->until)
            REFUSE(a, "sub.expired", ARG_DAY("until", x->sub->until));
        end.number = x->sub->number;
        return emit_end(a, out, s, f, &end);
    }
    return err_new(a, ERR_NOT_FOUND, "sub.number",
                   ARG_STR("number", wish->number));
}

static void apply_ended(struct state *s, const struct event *e)
{
    EVENT_DATA(sub_end, end, e);
    struct sub_state *x = sub_called(s, end->number);

    state_involve(s, e->actor);
    if (x == NULL || x->ended != DAY_NEVER)
        return;
    x->ended = e->on;
    x->alone = true;
}

/* --- with the main one -------------------------------------------------- */

static bool is_named(const struct list *sites, str site)
{
    const str *names = sites->p;

    for (size_t i = 0; i < sites->n; i++) {
        if (str_eq(names[i], site))
            return true;
    }
    return false;
}

/* [SU7] `x` as it reads then; without a scope where it cannot follow. */
static err reword(struct arena *a, const struct state *s,
                  const struct leaving *what, struct sub_certificate *x)
{
    str scope = S("");
    str scope_en = S("");

    TRY(scope_reworded(a, x->scope, s->scope, what->scope, SCOPE_MOST, &scope));
    if (x->scope_en.n > 0)
        TRY(scope_reworded(a, x->scope_en, s->scope_en, what->scope_en,
                           SCOPE_EN_MOST, &scope_en));
    if (x->scope_en.n > 0 && scope_en.n == 0)
        scope = S("");
    x->scope = scope;
    x->scope_en = scope_en;
    return OK;
}

/* The scope of `x` is no longer within the main one's. */
static err leave_scope(struct arena *a, const struct state *s,
                       const struct facts *f, const struct leaving *what,
                       const struct sub_certificate *x, struct event_list *out)
{
    struct sub_certificate anew = *x;
    struct sub_end end = {
        .number = x->number,
        .why = SUB_LEFT_SCOPE,
        .reasons = what->reasons,
    };

    if (what->reworded)
        TRY(reword(a, s, what, &anew));
    if (!what->reworded || anew.scope.n == 0)
        return emit_end(a, out, s, f, &end);
    TRY(event_emit(a, out, "sub.recorded", f, &anew));
    return event_emit(a, out, "certificate.sub_issued", f, &anew);
}

err sub_end_leaving(struct arena *a, const struct state *s,
                    const struct facts *f, const struct leaving *what,
                    struct event_list *out)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        const struct sub_state *x = &s->subs[i];
        bool gone = is_named(what->sites, x->sub->site);
        struct sub_end end = {
            .number = x->sub->number,
            .why = what->why,
            .reasons = what->reasons,
        };

        if (x->ended != DAY_NEVER || f->today > x->sub->until)
            continue;
        if (gone)
            TRY(emit_end(a, out, s, f, &end));
        else if (!is_within(x->sub, what->scope, what->scope_en))
            TRY(leave_scope(a, s, f, what, x->sub, out));
    }
    return OK;
}

void sub_end_all(struct state *s, const struct event *e)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (s->subs[i].ended == DAY_NEVER)
            s->subs[i].ended = e->on;
    }
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "certificate.sub", &issue_record, ready_issue, judge_issue, NULL },
    { "certificate.sub_end", &end_record, ready_end, judge_end, NULL },
};

static const struct event_kind events[] = {
    { "sub.recorded", 1, STREAM_CASE, &sub_record, apply_recorded },
    { "sub.ended", 1, STREAM_CASE, &end_record, apply_ended },
    { "certificate.sub_issued", 1, STREAM_CERTIFICATE, &sub_record, NULL },
    { "certificate.sub_ended", 1, STREAM_CERTIFICATE, &ended_record, NULL },
};
/* clang-format on */

const struct stage_tables sub_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
