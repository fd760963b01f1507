#include "base/size.h"
#include "web/web.h"

static const struct route_table *const tables[] = {
    &web_routes,        &calendar_routes,       &log_routes,
    &credential_routes, &verify_routes,         &door_routes,
    &work_routes,       &account_routes,        &factor_routes,
    &directory_routes,  &scheme_routes,         &fees_routes,
    &selfcheck_routes,  &body_routes,           &arrive_routes,
    &people_routes,     &invite_routes,         &trail_routes,
    &mailing_routes,    &case_routes,           &case_do_routes,
    &case_paper_routes, &case_evidence_routes,  &case_money_routes,
    &case_audit_routes, &case_checklist_routes, &case_decision_routes,
};

const struct route_table *const *const web_tables = tables;
const size_t web_table_count = COUNT(tables);
