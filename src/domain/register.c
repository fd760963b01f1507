/*
 * register -- events of the streams that are no case: enterprises, people,
 * the body itself, frozen schemes. [EV3] [17065 7.12]
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field enterprise_registered_fields[] = {
    F_STR(struct enterprise_registered, name, 1, 200),
    F_STR(struct enterprise_registered, uscc, 18, 18),
    F_DAY(struct enterprise_registered, registered),
    F_STR_OPT(struct enterprise_registered, province, 40),
    F_STR_OPT(struct enterprise_registered, city, 40),
    F_STR(struct enterprise_registered, scope, 1, 10000),
};
static const struct record enterprise_registered_record =
    RECORD(enterprise_registered, enterprise_registered_fields);

static const struct field person_added_fields[] = {
    F_STRS_OPT(struct person_added, roles, ROLE_COUNT),
    F_ID_OPT(struct person_added, enterprise),
};
static const struct record person_added_record =
    RECORD(person_added, person_added_fields);

static const struct field person_related_fields[] = {
    F_ID(struct person_related, enterprise),
    F_ENUM_OPT(struct person_related, tie, tie_names),
    F_DAY_OPT(struct person_related, until),
    F_STR_OPT(struct person_related, note, 500),
};
const struct record person_related_record =
    RECORD(person_related, person_related_fields);

static const struct field body_founded_fields[] = {
    F_STR(struct body_founded, name_zh, 1, 200),
    F_STR(struct body_founded, name_en, 1, 200),
    F_STR(struct body_founded, approval, 1, 40),
    F_STR(struct body_founded, number, 1, 10),
    F_STRS_OPT(struct body_founded, fields, 100),
    F_STR(struct body_founded, public_url, 1, 200),
    F_STR(struct body_founded, log_origin, 1, 200),
    F_BOOL_OPT(struct body_founded, demonstration),
    F_STR_OPT(struct body_founded, uscc, 18),
    F_STR_OPT(struct body_founded, accreditation, 60),
    F_STR_OPT(struct body_founded, address, 200),
    F_STR_OPT(struct body_founded, phone, 40),
};
static const struct record body_founded_record =
    RECORD(body_founded, body_founded_fields);

static const struct field scheme_frozen_fields[] = {
    F_STR(struct scheme_frozen, scheme, 1, 40),
    F_STR(struct scheme_frozen, version, 1, 40),
    F_HASH(struct scheme_frozen, scheme_hash),
};
static const struct record scheme_frozen_record =
    RECORD(scheme_frozen, scheme_frozen_fields);

static const struct field register_root_fields[] = {
    F_HASH(struct register_root, root),
    F_INT(struct register_root, holders, 0, INT64_MAX),
    F_INT(struct register_root, numbers, 0, INT64_MAX),
    F_INT(struct register_root, upto, 0, INT64_MAX),
};
static const struct record register_root_record =
    RECORD(register_root, register_root_fields);

static const struct event_kind events[] = {
    { "enterprise.registered", 1, STREAM_ENTERPRISE, &enterprise_registered_record, NULL },
    { "person.added", 1, STREAM_PERSON, &person_added_record, NULL },
    { "person.related", 1, STREAM_PERSON, &person_related_record, NULL },
    { "person.qualified", 1, STREAM_PERSON, &person_qualified_record, NULL },
    { "person.roles_set", 1, STREAM_PERSON, &person_roles_record, NULL },
    { "person.left", 1, STREAM_PERSON, &reasons_record, NULL },
    { "person.returned", 1, STREAM_PERSON, &note_record, NULL },
    { "person.calendars_revoked", 1, STREAM_PERSON, &note_record, NULL },
    { "enterprise.changed", 1, STREAM_ENTERPRISE, &enterprise_changed_record, NULL },
    { "enterprise.updated", 1, STREAM_ENTERPRISE, &enterprise_registered_record, NULL },
    { "enterprise.contact_set", 1, STREAM_ENTERPRISE, &nothing_record, NULL },
    { "body.changed", 1, STREAM_BODY, &body_changed_record, NULL },
    { "body.fields_set", 1, STREAM_BODY, &body_fields_record, NULL },
    { "body.approved_set", 1, STREAM_BODY, &approved_list_record, NULL },
    { "body.subsidies_set", 1, STREAM_BODY, &subsidy_list_record, NULL },
    { "body.founded", 1, STREAM_BODY, &body_founded_record, NULL },
    { "package.frozen", 1, STREAM_SCHEME, &scheme_frozen_record, NULL },
    { "register.root", 1, STREAM_BODY, &register_root_record, NULL },
};
/* clang-format on */

const struct stage_tables register_tables = {
    NULL,
    0,
    events,
    COUNT(events),
};
