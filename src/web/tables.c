#include "base/size.h"
#include "web/web.h"

/* One a line, so that lines can be added side by side. */
/* clang-format off */
static const struct route_table *const tables[] = {
    &web_routes,
    &calendar_routes,
    &log_routes,
    &credential_routes,
    &verify_routes,
    &door_routes,
    &work_routes,
    &account_routes,
    &factor_routes,
    &directory_routes,
    &scheme_routes,
    &package_routes,
    &package_diff_routes,
    &fees_routes,
    &selfcheck_routes,
    &body_routes,
    &arrive_routes,
    &people_routes,
    &invite_routes,
    &trail_routes,
    &mailing_routes,
    &settings_routes,
    &case_routes,
    &case_do_routes,
    &case_open_routes,
    &case_apply_routes,
    &case_assess_routes,
    &case_sample_routes,
    &case_paper_routes,
    &case_evidence_routes,
    &case_money_routes,
    &case_audit_routes,
    &case_checklist_routes,
    &case_onsite_routes,
    &case_decision_routes,
    &planner_routes,
    &intake_routes,
    &register_routes,
    &register_do_routes,
    &register_certificate_routes,
    &register_auditor_routes,
    &register_enterprise_routes,
};
/* clang-format on */

const struct route_table *const *const web_tables = tables;
const size_t web_table_count = COUNT(tables);
