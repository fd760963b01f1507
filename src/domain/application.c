/*
 * application -- the end of stage 1: the enterprise applies, or gives up.
 * [M11] [17065 7.2]
 *
 *   [AL1] No part of the staff is larger than the whole: in service, under the
 *         certificate, at the sites together, in all functions together.
 *   [AL2] Sites, products, regions and functions are named once each.
 *   [AL3] Codes have the form of their standard: a trade four digits (GB/T
 *         4754) that begin with a division there is, a district six (GB/T
 *         2260), of which nobody knows next year's (places.h [PN1]).
 *   [AL4] Where the package lists the trades it covers, each product has one:
 *         its own, or the enterprise's.  Whether it is covered is judged when
 *         the application is accepted (completeness.c).
 *   [AL5] A body that is not approved for the package's field on that day
 *         takes no application in it, so that nobody works for nothing: the
 *         enterprise learns it at once, and may hand in when it is approved.
 *         [条例 9]  What came on paper is here already: it is entered, and
 *         declined with reasons (completeness.c).
 *
 * Who can be called at the enterprise is no part of it: that is personal data
 * and stands with the enterprise (registers.c [RE5]).
 */

#include "base/size.h"
#include "domain/body_facts.h"
#include "domain/eligibility.h"
#include "domain/places.h"
#include "domain/stages.h"

#include <assert.h>
#include <stddef.h>

enum {
    STAFF_MOST = 10000000,
    TRADE_DIGITS = 4,
    DIVISION_DIGITS = 2,
    DISTRICT_DIGITS = 6
};

/* clang-format off */
static const struct field site_fields[] = {
    F_STR(struct site, name, 1, 100),
    F_STR(struct site, place, 1, 200),
    F_ENUM(struct site, kind, site_names),
    F_STR_OPT(struct site, address, 300),
    F_STR_OPT(struct site, district, 6),
    F_INT_OPT(struct site, staff, 0, STAFF_MOST),
};
static const struct record site_record = RECORD(site, site_fields);

static const struct field product_fields[] = {
    F_STR(struct product, name, 1, 100),
    F_STR_OPT(struct product, trade, 4),
};
static const struct record product_record = RECORD(product, product_fields);

static const struct field staff_function_fields[] = {
    F_STR(struct staff_function, function, 1, 100),
    F_INT(struct staff_function, number, 1, STAFF_MOST),
};
static const struct record staff_function_record =
    RECORD(staff_function, staff_function_fields);

static const struct field certification_fields[] = {
    F_STR(struct certification, criterion, 1, 100),
    F_STR(struct certification, body, 1, 200),
    F_STR_OPT(struct certification, number, 60),
    F_DAY_OPT(struct certification, until),
};
static const struct record certification_record =
    RECORD(certification, certification_fields);

/* What the command and the event have in common. */
#define APPLICATION_FIELDS(type) \
    F_STR(type, scope, 2, 500), \
    F_STR_OPT(type, scope_en, 1000), \
    F_INT(type, staff, 1, STAFF_MOST), \
    F_INT(type, service_staff, 1, STAFF_MOST), \
    F_INT_OPT(type, covered_staff, 0, STAFF_MOST), \
    F_LIST(type, sites, 1, SITE_MAX, &site_record), \
    F_LIST_OPT(type, products, 200, &product_record), \
    F_STRS_OPT(type, regions, 100), \
    F_STR_OPT(type, trade, 4), \
    F_STR_OPT(type, district, 6), \
    F_STR_OPT(type, address, 300), \
    F_STR_OPT(type, address_en, 600), \
    F_LIST_OPT(type, functions, 100, &staff_function_record), \
    F_LIST_OPT(type, previous_certifications, 50, &certification_record)

static const struct field application_submit_fields[] = {
    APPLICATION_FIELDS(struct application_submit),
};
static const struct record application_submit_record =
    RECORD(application_submit, application_submit_fields);

static const struct field application_fields[] = {
    APPLICATION_FIELDS(struct application),
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

bool application_is_outside(const struct state *s, const struct body *body)
{
    return !s->opened->paper && !body_has_field(body, s->scheme->field);
}

/* [AL5] */
static err check_field(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (!application_is_outside(s, f->body))
        return OK;
    REFUSE(a, "application.field", ARG_STR("field", s->scheme->field),
           ARG_LABEL("scheme", s->scheme->name), ARG_DAY("today", f->today));
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

/* --- what is said twice [AL2] ------------------------------------------- */

/* Do two of these texts, `stride` bytes apart, say the same?  Then which. */
static const str *said_twice(const struct list *l, size_t stride)
{
    const char *first = l->p;

    for (size_t i = 0; i < l->n; i++) {
        const str *one = (const void *)(first + i * stride);

        for (size_t j = 0; j < i; j++) {
            if (str_eq(*one, *(const str *)(const void *)(first + j * stride)))
                return one;
        }
    }
    return NULL;
}

static err check_once(struct arena *a, const struct application_submit *wish)
{
    static_assert(offsetof(struct site, name) == 0, "the name comes first");
    static_assert(offsetof(struct product, name) == 0, "the name comes first");
    static_assert(offsetof(struct staff_function, function) == 0,
                  "the name comes first");
    const str *site = said_twice(&wish->sites, sizeof(struct site));
    const str *name = said_twice(&wish->products, sizeof(struct product));

    /* the audit plan names sites by their names */
    if (site != NULL)
        return err_new(a, ERR_INVALID, "application.site_twice",
                       ARG_STR("site", *site));
    if (name == NULL)
        name = said_twice(&wish->regions, sizeof(str));
    if (name == NULL)
        name = said_twice(&wish->functions, sizeof(struct staff_function));
    if (name != NULL)
        return err_new(a, ERR_INVALID, "application.twice",
                       ARG_STR("name", *name));
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
    return check_once(a, wish);
}

/* --- staff [AL1] -------------------------------------------------------- */

static err check_part(struct arena *a, const char *rule, int64_t part,
                      int64_t staff)
{
    if (part <= staff)
        return OK;
    return err_new(a, ERR_INVALID, rule, ARG_INT("part", part),
                   ARG_INT("staff", staff));
}

static int64_t staff_at_sites(const struct application_submit *wish)
{
    const struct site *sites = wish->sites.p;
    int64_t sum = 0;

    for (size_t i = 0; i < wish->sites.n; i++)
        sum += sites[i].staff;
    return sum;
}

static int64_t staff_in_functions(const struct application_submit *wish)
{
    const struct staff_function *functions = wish->functions.p;
    int64_t sum = 0;

    for (size_t i = 0; i < wish->functions.n; i++)
        sum += functions[i].number;
    return sum;
}

static err check_staff(struct arena *a, const struct application_submit *wish)
{
    if (wish->service_staff > wish->staff)
        return err_new(a, ERR_INVALID, "application.staff",
                       ARG_INT("service", wish->service_staff),
                       ARG_INT("staff", wish->staff));
    TRY(check_part(a, "application.covered", wish->covered_staff, wish->staff));
    TRY(check_part(a, "application.functions", staff_in_functions(wish),
                   wish->staff));
    return check_part(a, "application.site_staff", staff_at_sites(wish),
                      wish->staff);
}

/* --- codes [AL3] -------------------------------------------------------- */

/* Empty, or so many digits. */
static bool is_code(str code, size_t digits)
{
    for (size_t i = 0; i < code.n; i++) {
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    }
    return code.n == 0 || code.n == digits;
}

static err check_trade(struct arena *a, str trade)
{
    if (!is_code(trade, TRADE_DIGITS))
        return err_new(a, ERR_INVALID, "application.trade",
                       ARG_STR("given", trade));
    if (trade.n > 0 && trade_division_of(trade) == NULL)
        return err_new(a, ERR_INVALID, "application.trade_division",
                       ARG_STR("given", trade),
                       ARG_STR("division", str_first(trade, DIVISION_DIGITS)));
    return OK;
}

static err check_district(struct arena *a, str district)
{
    if (is_code(district, DISTRICT_DIGITS))
        return OK;
    return err_new(a, ERR_INVALID, "application.district",
                   ARG_STR("given", district));
}

static err check_codes(struct arena *a, const struct application_submit *wish)
{
    const struct product *products = wish->products.p;
    const struct site *sites = wish->sites.p;

    TRY(check_trade(a, wish->trade));
    TRY(check_district(a, wish->district));
    for (size_t i = 0; i < wish->products.n; i++)
        TRY(check_trade(a, products[i].trade));
    for (size_t i = 0; i < wish->sites.n; i++)
        TRY(check_district(a, sites[i].district));
    return OK;
}

/* [AL4] */
static err check_trade_said(struct arena *a, const struct scheme *s,
                            const struct application_submit *wish)
{
    const struct product *products = wish->products.p;
    bool said = wish->products.n > 0;

    for (size_t i = 0; i < wish->products.n; i++)
        said = said && products[i].trade.n > 0;
    if (s->trade_count == 0 || wish->trade.n > 0 || said)
        return OK;
    return err_new(a, ERR_INVALID, "application.trade_needed",
                   ARG_LABEL("scheme", s->name));
}

static err check_wish(struct arena *a, const struct scheme *s,
                      const struct application_submit *wish)
{
    TRY(check_staff(a, wish));
    TRY(check_sites(a, wish));
    TRY(check_codes(a, wish));
    return check_trade_said(a, s, wish);
}

/* --- application.submit ------------------------------------------------- */

int64_t application_covered(const struct application *p)
{
    return p->covered_staff > 0 ? p->covered_staff : p->staff;
}

static err judge_submit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct application_submit *wish = c->data;

    TRY(check_field(a, s, f));
    TRY(check_eligible(a, s, f));
    TRY(follow_check_submit(a, s, f));
    TRY(check_wish(a, s->scheme, wish));

    struct deadline due = completeness_limit(s, f);
    struct application made = {
        .scope = wish->scope,
        .scope_en = wish->scope_en,
        .staff = wish->staff,
        .service_staff = wish->service_staff,
        .covered_staff = wish->covered_staff,
        .sites = wish->sites,
        .products = wish->products,
        .regions = wish->regions,
        .trade = wish->trade,
        .district = wish->district,
        .address = wish->address,
        .address_en = wish->address_en,
        .functions = wish->functions,
        .previous_certifications = wish->previous_certifications,
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
