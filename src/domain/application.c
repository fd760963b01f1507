/*
 * application -- the end of stage 1: the enterprise applies, or gives up.
 * [M11] [17065 7.2]
 */

#include "base/size.h"
#include "domain/eligibility.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field site_fields[] = {
    F_STR(struct site, name, 1, 100),
    F_STR(struct site, place, 1, 200),
    F_ENUM(struct site, kind, site_names),
};
static const struct record site_record = RECORD(site, site_fields);

static const struct field application_submit_fields[] = {
    F_STR(struct application_submit, scope, 2, 500),
    F_STR_OPT(struct application_submit, scope_en, 1000),
    F_INT(struct application_submit, staff, 1, 10000000),
    F_INT(struct application_submit, service_staff, 1, 10000000),
    F_LIST(struct application_submit, sites, 1, 2000, &site_record),
};
static const struct record application_submit_record =
    RECORD(application_submit, application_submit_fields);

static const struct field application_fields[] = {
    F_STR(struct application, scope, 2, 500),
    F_STR_OPT(struct application, scope_en, 1000),
    F_INT(struct application, staff, 1, 10000000),
    F_INT(struct application, service_staff, 1, 10000000),
    F_LIST(struct application, sites, 1, 2000, &site_record),
    F_BOOL_OPT(struct application, paper),
    F_STR(struct application, name, 1, 200),
    F_STR(struct application, uscc, 1, 40),
    F_DAY_OPT(struct application, check_due),
    F_BOOL_OPT(struct application, check_provisional),
    F_BOOL_OPT(struct application, late),
};
const struct record application_record =
    RECORD(application, application_fields);
/* clang-format on */

/* [M6] Eligible by the newest declarations and by the register of today. */
static err check_eligible(struct arena *a, const struct state *s,
                          const struct facts *f)
{
    const struct eligibility *first = NULL;
    int64_t count = 0;

    for (size_t i = s->scheme->eligibility_count; i > 0; i--) {
        const struct eligibility *rule = &s->scheme->eligibility[i - 1];

        if (eligibility_met(rule, f->enterprise, &s->eligibility->declarations,
                            f->today))
            continue;
        first = rule;
        count++;
    }
    if (first != NULL)
        REFUSE(a, "application.not_eligible", ARG_LABEL("item", first->label),
               ARG_INT("count", count));
    return OK;
}

/* [M6] [M7] Eligibility was declared, and every indicator answered. */
static err ready_submit(struct arena *a, const struct state *s)
{
    size_t answered = s->assessment == NULL ? 0 : s->assessment->answers.n;

    if (s->eligibility == NULL)
        REFUSE(a, "application.no_eligibility");
    if (answered < s->scheme->leaf_count)
        REFUSE(a, "application.not_assessed", ARG_INT("answered", answered),
               ARG_INT("all", s->scheme->leaf_count));
    return OK;
}

/* The audit plan names sites by their names, so these differ. */
static err check_names(struct arena *a, const struct site *sites, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_eq(sites[i].name, sites[j].name))
                return err_new(a, ERR_INVALID, "application.site_twice",
                               ARG_STR("site", sites[i].name));
        }
    }
    return OK;
}

static err check_sites(struct arena *a, const struct application_submit *wish)
{
    const struct site *sites = wish->sites.p;
    int64_t headquarters = 0;

    for (size_t i = 0; i < wish->sites.n; i++)
        headquarters += sites[i].kind == SITE_HQ;
    if (headquarters != 1)
        return err_new(a, ERR_INVALID, "application.headquarters",
                       ARG_INT("found", headquarters));
    return check_names(a, sites, wish->sites.n);
}

static err check_staff(struct arena *a, const struct application_submit *wish)
{
    if (wish->service_staff <= wish->staff)
        return OK;
    return err_new(a, ERR_INVALID, "application.staff",
                   ARG_INT("service", wish->service_staff),
                   ARG_INT("staff", wish->staff));
}

/* The check of completeness is due; how, the package says. [M12] */
static struct deadline check_limit(const struct state *s, const struct facts *f)
{
    const struct stage_rule *rule = &s->scheme->stages[STAGE_COMPLETENESS];

    if (!rule->has_limit)
        return (struct deadline){ DAY_NEVER, false };
    return facts_deadline(f, rule->limit);
}

static err judge_submit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct application_submit *wish = c->data;

    TRY(check_eligible(a, s, f));
    TRY(follow_check_submit(a, s, f));
    TRY(check_staff(a, wish));
    TRY(check_sites(a, wish));

    struct deadline due = check_limit(s, f);
    struct application made = {
        .scope = wish->scope,
        .scope_en = wish->scope_en,
        .staff = wish->staff,
        .service_staff = wish->service_staff,
        .sites = wish->sites,
        .paper = s->opened->paper, /* [M11] */
        .name = f->enterprise->name,
        .uscc = f->enterprise->uscc,
        .check_due = due.on,
        .check_provisional = due.provisional,
        .late = follow_is_late(s, f),
    };
    return event_emit(a, out, "application.submitted", f, &made);
}

static void apply_submitted(struct state *s, const struct event *e)
{
    EVENT_DATA(application, made, e);

    s->application = made;
    s->applied_on = e->on;
    state_enter(s, STAGE_COMPLETENESS, e);
    state_wait(s, WAITING_BODY, made->check_due, made->check_provisional);
}

/* Who holds a certificate gives it back; the case that led to it is over. */
static err ready_withdraw(struct arena *a, const struct state *s)
{
    if (s->certificate != NULL)
        REFUSE(a, "case.certified");
    return OK;
}

static err judge_withdraw(struct arena *a, const struct state *,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    return event_emit(a, out, "case.withdrawn", f, c->data);
}

static void apply_withdrawn(struct state *s, const struct event *e)
{
    state_end(s, ENDING_WITHDRAWN, e);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "application.submit", &application_submit_record, ready_submit, judge_submit, NULL },
    { "case.withdraw", &reasons_record, ready_withdraw, judge_withdraw, NULL },
};

static const struct event_kind events[] = {
    { "application.submitted", 1, STREAM_CASE, &application_record, apply_submitted },
    { "case.withdrawn", 1, STREAM_CASE, &reasons_record, apply_withdrawn },
};
/* clang-format on */

const struct stage_tables application_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
