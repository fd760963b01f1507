/*
 * certificate -- stage 10: the granted decision becomes a certificate with a
 * number, and its own stream. [M20] [M21] [17065 7.7] [条例 23]
 *
 *   [CE1] Valid from the day of issue to the anniversary minus one day,
 *         inclusive (decisions.md).
 *   [CE2] It names criterion, level and holder as decided and as applied for;
 *         nothing is typed here.
 */

#include "base/size.h"
#include "domain/number.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field certificate_fields[] = {
    F_ID(struct certificate, certificate),
    F_ID(struct certificate, case_id),
    F_STR(struct certificate, number, 1, 40),
    F_STR(struct certificate, holder, 1, 200),
    F_STR(struct certificate, uscc, 1, 40),
    F_STR(struct certificate, scheme, 1, 40),
    F_HASH(struct certificate, scheme_hash),
    F_STR(struct certificate, criterion, 1, 100),
    F_STR(struct certificate, level, 1, 40),
    F_INT_OPT(struct certificate, stars, 0, STARS_MAX),
    F_STR(struct certificate, scope, 1, 500),
    F_STR_OPT(struct certificate, scope_en, 1000),
    F_DAY(struct certificate, issued),
    F_DAY(struct certificate, from),
    F_DAY(struct certificate, until),
    F_DAY(struct certificate, first_issued),
    F_DAY_OPT(struct certificate, surveillance_due),
    F_HASH(struct certificate, file),
    F_INT_OPT(struct certificate, recertifications, 0, 1000),
    F_STR_OPT(struct certificate, previous, 40),
    F_STR_OPT(struct certificate, address, 300),
};
const struct record certificate_record =
    RECORD(certificate, certificate_fields);
/* clang-format on */

static err make_number(struct arena *a, const struct state *s,
                       const struct facts *f, struct certificate *made)
{
    struct number_parts parts = {
        .body = f->body->number,
        .year = date_of_day(f->today).year,
        .serial = f->serial,
        .staff = application_covered(s->application),
        .recertifications = (int32_t)made->recertifications,
    };

    return number_make(a, s->scheme->certificate.number, &parts, &made->number);
}

/* DAY_NEVER when the certificate ends before it would be due. */
static day first_surveillance(const struct scheme *s, const struct facts *f,
                              day until)
{
    day due = facts_deadline(f, s->limits.surveillance).on;

    return due > until ? DAY_NEVER : due;
}

static err judge_issue(struct arena *a, const struct state *s,
                       const struct command *, const struct facts *f,
                       struct event_list *out)
{
    const struct scheme *sch = s->scheme;
    const struct level *level =
        &sch->levels[scheme_level(sch, s->decision->level)];
    struct certificate made = {
        .certificate = f->certificate,
        .case_id = s->id,
        .holder = s->application->name,
        .uscc = s->application->uscc,
        .address = s->application->address,
        .scheme = sch->id,
        .scheme_hash = sch->hash,
        .criterion = sch->criterion,
        .level = level->id,
        .stars = level->stars,
        .scope = s->application->scope,
        .scope_en = s->application->scope_en,
        .issued = f->today,
        .from = f->today,
        .until = facts_deadline(f, sch->limits.validity).on - 1, /* [CE1] */
        .first_issued = f->today,
        .file = f->journal_head,
    };

    TRY(follow_check_issue(a, s, f));
    follow_fill(&made, s, f);
    made.surveillance_due = first_surveillance(sch, f, made.until);
    TRY(make_number(a, s, f, &made));
    TRY(event_emit(a, out, "certificate.recorded", f, &made));
    return event_emit(a, out, "certificate.issued", f, &made);
}

static void apply_recorded(struct state *s, const struct event *e)
{
    EVENT_DATA(certificate, made, e);

    s->certificate = made;
    state_take_scope(s, made->scope, made->scope_en, e);
    state_enter(s, STAGE_UPKEEP, e);
    s->surveillance_due = made->surveillance_due;
    upkeep_settle(s);
}

/* clang-format off */
static const struct command_needs takes_serial = { NULL, FACT_SERIAL };

static const struct command_kind commands[] = {
    { "certificate.issue", &nothing_record, NULL, judge_issue, &takes_serial },
};

static const struct event_kind events[] = {
    { "certificate.recorded", 1, STREAM_CASE, &certificate_record, apply_recorded },
    { "certificate.issued", 1, STREAM_CERTIFICATE, &certificate_record, NULL },
};
/* clang-format on */

const struct stage_tables certificate_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
