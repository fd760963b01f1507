/*
 * dossier_records -- the forms of the parts of a dossier.  What was sealed is
 * checked for ever: members may be added where they are optional, and nothing
 * else may change.
 */

#include "domain/dossier.h"

#include "base/size.h"
#include "domain/panel.h"
#include "domain/stages.h"

enum {
    NUMBER_MOST = 48,           /* digits of a score */
    RATIO_MOST = 1000000000,    /* k and n of a figure */
    CUSTOMERS_MOST = 100000000, /* on a list */
    DAYS_MOST = 100000,         /* tenths */
    PEOPLE_MOST = 1000,
    STAFF_MOST = 100000000,
};

static const char *const answer_names[] = {
    [ANSWER_NONE] = "none",         [ANSWER_MET] = "met",
    [ANSWER_NOT_MET] = "not_met",   [ANSWER_SAMPLED] = "sampled",
    [ANSWER_NOT_APPLICABLE] = "na", NULL,
};

/* clang-format off */
static const struct field dossier_scheme_fields[] = {
    F_ID(struct dossier_scheme, case_id),
    F_STR(struct dossier_scheme, scheme, 1, 100),
    F_STR(struct dossier_scheme, version, 1, 100),
    F_HASH(struct dossier_scheme, scheme_hash),
    F_ENUM(struct dossier_scheme, round, round_names),
    F_INT(struct dossier_scheme, rounds, 0, 10000),
};
static const struct record scheme_part = RECORD(dossier_scheme, dossier_scheme_fields);

static const struct field dossier_site_fields[] = {
    F_STR(struct dossier_site, name, 1, 100),
    F_ENUM(struct dossier_site, kind, site_names),
    F_STR_OPT(struct dossier_site, district, 6),
    F_INT_OPT(struct dossier_site, staff, 0, STAFF_MOST),
};
static const struct record site_part = RECORD(dossier_site, dossier_site_fields);

static const struct field dossier_application_fields[] = {
    F_ENUM(struct dossier_application, kind, case_names),
    F_STR_OPT(struct dossier_application, level, 40),
    F_STR_OPT(struct dossier_application, scope, 2000),
    F_STR_OPT(struct dossier_application, scope_en, 2000),
    F_STR_OPT(struct dossier_application, trade, 4),
    F_INT(struct dossier_application, staff, 0, STAFF_MOST),
    F_INT(struct dossier_application, service_staff, 0, STAFF_MOST),
    F_INT(struct dossier_application, covered_staff, 0, STAFF_MOST),
    F_LIST_OPT(struct dossier_application, sites, SITE_MAX, &site_part),
};
static const struct record application_part =
    RECORD(dossier_application, dossier_application_fields);

static const struct field dossier_documents_fields[] = {
    F_LIST_OPT(struct dossier_documents, judgements, DOCUMENT_MAX, &judgement_record),
};
static const struct record documents_part =
    RECORD(dossier_documents, dossier_documents_fields);

static const struct field dossier_file_fields[] = {
    F_STR(struct dossier_file, requirement, 1, 40),
    F_DAY_OPT(struct dossier_file, covers_from),
    F_DAY_OPT(struct dossier_file, covers_to),
    F_HASH(struct dossier_file, seal),
};
static const struct record file_part = RECORD(dossier_file, dossier_file_fields);
static const struct field dossier_evidence_fields[] = {
    F_LIST_OPT(struct dossier_evidence, files, DOCUMENT_MAX, &file_part),
};
static const struct record evidence_part = RECORD(dossier_evidence, dossier_evidence_fields);

static const struct field dossier_finding_fields[] = {
    F_STR(struct dossier_finding, indicator, 1, 40),
    F_BOOL_OPT(struct dossier_finding, carried),
    F_ENUM(struct dossier_finding, result, answer_names),
    F_INT_OPT(struct dossier_finding, k, 0, SAMPLE_MAX),
    F_INT_OPT(struct dossier_finding, n, 0, SAMPLE_MAX),
    F_STR_OPT(struct dossier_finding, site, 100),
    F_STR_OPT(struct dossier_finding, note, 4000),
    F_STRS_OPT(struct dossier_finding, evidence, 50),
};
static const struct record finding_part = RECORD(dossier_finding, dossier_finding_fields);
static const struct field dossier_findings_fields[] = {
    F_LIST(struct dossier_findings, findings, 1, LEAF_MAX, &finding_part),
};
static const struct record findings_part = RECORD(dossier_findings, dossier_findings_fields);

static const struct field figure_record_fields[] = {
    F_STR(struct figure_record, figure, 1, 40),
    F_INT(struct figure_record, k, 0, RATIO_MOST),
    F_INT(struct figure_record, n, 1, RATIO_MOST),
    F_STR_OPT(struct figure_record, source, 500),
    F_HASH_OPT(struct figure_record, sheet),
};
static const struct record figure_part = RECORD(figure_record, figure_record_fields);
static const struct field dossier_figures_fields[] = {
    F_LIST_OPT(struct dossier_figures, figures, FIGURE_MAX, &figure_part),
};
static const struct record figures_part = RECORD(dossier_figures, dossier_figures_fields);

static const struct field dossier_nonconformity_fields[] = {
    F_INT(struct dossier_nonconformity, number, 1, NONCONFORMITY_MAX),
    F_STR(struct dossier_nonconformity, indicator, 1, 40),
    F_ENUM(struct dossier_nonconformity, grade, grade_names),
    F_STR_OPT(struct dossier_nonconformity, site, 100),
    F_STR(struct dossier_nonconformity, text, 1, 4000),
    F_BOOL_OPT(struct dossier_nonconformity, earlier),
    F_ENUM(struct dossier_nonconformity, state, correcting_names),
    F_STR_OPT(struct dossier_nonconformity, cause, 4000),
    F_STR_OPT(struct dossier_nonconformity, remedy, 4000),
    F_STR_OPT(struct dossier_nonconformity, action, 4000),
    F_STRS_OPT(struct dossier_nonconformity, evidence, 50),
    F_BOOL_OPT(struct dossier_nonconformity, on_site),
};
static const struct record nonconformity_part =
    RECORD(dossier_nonconformity, dossier_nonconformity_fields);
static const struct field dossier_nonconformities_fields[] = {
    F_LIST_OPT(struct dossier_nonconformities, nonconformities, NONCONFORMITY_MAX,
               &nonconformity_part),
};
static const struct record nonconformities_part =
    RECORD(dossier_nonconformities, dossier_nonconformities_fields);

static const struct field dossier_sample_fields[] = {
    F_BOOL_OPT(struct dossier_sample, drawn),
    F_HASH_OPT(struct dossier_sample, list),
    F_HASH_OPT(struct dossier_sample, commitment),
    F_INT_OPT(struct dossier_sample, size, 0, CUSTOMERS_MOST),
    F_INT_OPT(struct dossier_sample, wanted, 0, CUSTOMER_MAX),
    F_HASH_OPT(struct dossier_sample, body_nonce),
    F_HASH_OPT(struct dossier_sample, enterprise_nonce),
    F_HASH_OPT(struct dossier_sample, seed),
    F_INT_OPT(struct dossier_sample, asked, 0, CUSTOMER_MAX),
    F_INT(struct dossier_sample, reached, 0, SAMPLE_MAX),
    F_INT(struct dossier_sample, satisfied, 0, SAMPLE_MAX),
    F_INT_OPT(struct dossier_sample, calls, 0, RATIO_MOST),
};
static const struct record sample_part = RECORD(dossier_sample, dossier_sample_fields);

static const struct field sample_answer_fields[] = {
    F_INT(struct sample_answer, position, 1, CUSTOMER_MAX),
    F_INT(struct sample_answer, row, 1, CUSTOMERS_MOST),
    F_ENUM(struct sample_answer, outcome, contact_names),
};
static const struct record answer_part = RECORD(sample_answer, sample_answer_fields);
static const struct field dossier_answers_fields[] = {
    F_LIST_OPT(struct dossier_answers, answers, CUSTOMER_MAX, &answer_part),
};
static const struct record answers_part = RECORD(dossier_answers, dossier_answers_fields);

static const struct field dossier_specials_fields[] = {
    F_INT(struct dossier_specials, deductions, 0, INT32_MAX),
    F_BOOL(struct dossier_specials, bonus),
    F_STRS_OPT(struct dossier_specials, excluded, LEAF_MAX),
    F_BOOL_OPT(struct dossier_specials, defence),
    F_BOOL_OPT(struct dossier_specials, passed),
};
static const struct record specials_part = RECORD(dossier_specials, dossier_specials_fields);

static const struct field dossier_gate_fields[] = {
    F_STR(struct dossier_gate, level, 1, 40),
    F_STR(struct dossier_gate, gate, 1, 40),
    F_ENUM(struct dossier_gate, state, gate_names),
    F_BOOL(struct dossier_gate, blocks),
};
static const struct record gate_part = RECORD(dossier_gate, dossier_gate_fields);
static const struct field dossier_score_fields[] = {
    F_STR(struct dossier_score, num, 1, NUMBER_MOST),
    F_STR(struct dossier_score, den, 1, NUMBER_MOST),
    F_INT(struct dossier_score, shown, 0, 10000),
    F_STR_OPT(struct dossier_score, level, 40),
    F_STR_OPT(struct dossier_score, level_by_score, 40),
    F_BOOL(struct dossier_score, failed_by_specials),
    F_INT(struct dossier_score, answered, 0, LEAF_MAX),
    F_LIST_OPT(struct dossier_score, gates, (int64_t)LEVEL_MAX *GATE_MAX, &gate_part),
};
static const struct record score_part = RECORD(dossier_score, dossier_score_fields);

static const struct field dossier_decision_fields[] = {
    F_BOOL(struct dossier_decision, recommended),
    F_ENUM(struct dossier_decision, outcome, outcome_names),
    F_STR_OPT(struct dossier_decision, level, 40),
    F_INT(struct dossier_decision, shown, 0, 10000),
    F_STR_OPT(struct dossier_decision, reasons, 4000),
    F_LIST_OPT(struct dossier_decision, conditions, CONDITIONS_MOST, &condition_record),
};
static const struct record decision_part = RECORD(dossier_decision, dossier_decision_fields);

static const struct field dossier_team_fields[] = {
    F_INT(struct dossier_team, leads, 0, PEOPLE_MOST),
    F_INT(struct dossier_team, auditors, 0, PEOPLE_MOST),
    F_INT(struct dossier_team, experts, 0, PEOPLE_MOST),
    F_DAY_OPT(struct dossier_team, from),
    F_DAY_OPT(struct dossier_team, to),
    F_INT_OPT(struct dossier_team, person_days, 0, DAYS_MOST),
    F_INT_OPT(struct dossier_team, needed, 0, DAYS_MOST),
    F_STRS_OPT(struct dossier_team, sites, SITE_MAX),
    F_INT(struct dossier_team, reviewers, 0, 1),
    F_INT(struct dossier_team, panel, 0, PANEL_SEATS),
    F_INT(struct dossier_team, panel_expert, 0, PANEL_SEATS),
};
static const struct record team_part = RECORD(dossier_team, dossier_team_fields);

static const struct field part_seal_fields[] = {
    F_STR(struct part_seal, part, 1, 40),
    F_HASH(struct part_seal, seal),
};
const struct record part_seal_record = RECORD(part_seal, part_seal_fields);
/* clang-format on */

const char *const dossier_part_names[DOSSIER_PARTS + 1] = {
    [PART_ANSWERS] = "answers",   [PART_APPLICATION] = "application",
    [PART_DECISION] = "decision", [PART_DOCUMENTS] = "documents",
    [PART_EVIDENCE] = "evidence", [PART_FIGURES] = "figures",
    [PART_FINDINGS] = "findings", [PART_NONCONFORMITIES] = "nonconformities",
    [PART_SAMPLE] = "sample",     [PART_SCHEME] = "scheme",
    [PART_SCORE] = "score",       [PART_SPECIALS] = "specials",
    [PART_TEAM] = "team",         NULL,
};

const struct record *const dossier_part_records[DOSSIER_PARTS] = {
    [PART_ANSWERS] = &answers_part,
    [PART_APPLICATION] = &application_part,
    [PART_DECISION] = &decision_part,
    [PART_DOCUMENTS] = &documents_part,
    [PART_EVIDENCE] = &evidence_part,
    [PART_FIGURES] = &figures_part,
    [PART_FINDINGS] = &findings_part,
    [PART_NONCONFORMITIES] = &nonconformities_part,
    [PART_SAMPLE] = &sample_part,
    [PART_SCHEME] = &scheme_part,
    [PART_SCORE] = &score_part,
    [PART_SPECIALS] = &specials_part,
    [PART_TEAM] = &team_part,
};

int dossier_part(str name)
{
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if (str_eq(name, str_of(dossier_part_names[i])))
            return i;
    }
    return -1;
}
