/*
 * application -- the end of stage 1: the enterprise applies, or gives up.
 * [M11] [17065 7.2]
 */

#include "base/size.h"
#include "domain/stages.h"

static const char *const site_names[] = { "hq", "branch", "outlet", NULL };

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
    F_BOOL_OPT(struct application_submit, paper),
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
};
const struct record application_record =
    RECORD(application, application_fields);
/* clang-format on */

/* [M6] Eligible by the newest declarations, and still so today. */
static err check_eligible(struct arena *a, const struct state *s)
{
    if (s->eligibility == NULL)
        REFUSE(a, "application.no_eligibility");
    if (s->eligibility->failed.n == 0)
        return OK;

    const str *items = s->eligibility->failed.p;
    int32_t first = scheme_eligibility(s->scheme, items[0]);
    struct label label = { items[0], items[0] };
    if (first >= 0)
        label = s->scheme->eligibility[first].label;
    REFUSE(a, "application.not_eligible", ARG_LABEL("item", label),
           ARG_INT("count", s->eligibility->failed.n));
}

/* [M7] Every indicator was answered. */
static err check_assessed(struct arena *a, const struct state *s)
{
    size_t answered = s->assessment == NULL ? 0 : s->assessment->answers.n;

    if (answered < s->scheme->leaf_count)
        REFUSE(a, "application.not_assessed", ARG_INT("answered", answered),
               ARG_INT("all", s->scheme->leaf_count));
    return OK;
}

static err check_sites(struct arena *a, const struct application_submit *wish)
{
    const struct site *sites = wish->sites.p;
    size_t headquarters = 0;

    for (size_t i = 0; i < wish->sites.n; i++)
        headquarters += sites[i].kind == SITE_HQ;
    if (headquarters != 1)
        return err_new(a, ERR_INVALID, "application.headquarters",
                       ARG_INT("count", headquarters));
    if (wish->service_staff > wish->staff)
        return err_new(a, ERR_INVALID, "application.staff",
                       ARG_INT("service", wish->service_staff),
                       ARG_INT("staff", wish->staff));
    return OK;
}

static err check_paper(struct arena *a, const struct application_submit *wish,
                       const struct facts *f)
{
    bool by_staff = (f->actor.roles & ROLE_BIT(ROLE_INTAKE)) != 0;

    if (wish->paper != by_staff)
        REFUSE(a, wish->paper ? "application.paper" : "application.by_staff");
    return OK;
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

    TRY(check_paper(a, wish, f));
    TRY(check_eligible(a, s));
    TRY(check_assessed(a, s));
    TRY(check_sites(a, wish));

    struct deadline due = check_limit(s, f);
    struct application made = {
        .scope = wish->scope,
        .scope_en = wish->scope_en,
        .staff = wish->staff,
        .service_staff = wish->service_staff,
        .sites = wish->sites,
        .paper = wish->paper,
        .name = f->enterprise->name,
        .uscc = f->enterprise->uscc,
        .check_due = due.on,
        .check_provisional = due.provisional,
    };
    return event_emit(a, out, "application.submitted", f, &made);
}

static void apply_submitted(struct state *s, const struct event *e)
{
    EVENT_DATA(application, made, e);

    s->application = made;
    s->applied_on = e->on;
    state_enter(s, STAGE_COMPLETENESS, e);
    s->due = made->check_due;
    s->due_provisional = made->check_provisional;
}

static err judge_withdraw(struct arena *a, const struct state *,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    return event_emit(a, out, "case.withdrawn", f, c->data);
}

static void apply_withdrawn(struct state *s, const struct event *e)
{
    state_enter(s, STAGE_ENDED, e);
    s->ending = ENDING_WITHDRAWN;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "application.submit", &application_submit_record, judge_submit, NULL },
    { "case.withdraw", &reasons_record, judge_withdraw, NULL },
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
