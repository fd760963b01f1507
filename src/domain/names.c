#include "domain/names.h"

#include "base/size.h"
#include "domain/actor.h"
#include "domain/codes.h"
#include "domain/events.h"
#include "domain/fees.h"
#include "domain/forecast.h"
#include "domain/keys.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "domain/score.h"
#include "domain/state.h"
#include "domain/todo.h"

const char *const waiting_names[] = {
    [WAITING_BODY] = "body",
    [WAITING_APPLICANT] = "applicant",
    [WAITING_NOBODY] = "nobody",
    NULL,
};

const char *const ending_names[] = {
    [ENDING_NONE] = "none",           [ENDING_DECLINED] = "declined",
    [ENDING_WITHDRAWN] = "withdrawn", [ENDING_REFUSED] = "refused",
    [ENDING_CLOSED] = "closed",       NULL,
};

const char *const result_names[] = {
    [RESULT_MET] = "met",
    [RESULT_NOT_MET] = "not_met",
    [RESULT_SAMPLED] = "sampled",
    [RESULT_NA] = "na",
    NULL,
};

const char *const grade_names[] = {
    [GRADE_MINOR] = "minor",
    [GRADE_MAJOR] = "major",
    [GRADE_OBSERVATION] = "observation",
    [GRADE_OPPORTUNITY] = "opportunity",
    NULL,
};

const char *const outcome_names[] = {
    [OUTCOME_GRANTED] = "granted",
    [OUTCOME_REFUSED] = "refused",
    NULL,
};

const char *const contact_names[] = {
    [CONTACT_SATISFIED] = "satisfied",
    [CONTACT_DISSATISFIED] = "dissatisfied",
    [CONTACT_UNREACHED] = "unreached",
    NULL,
};

const char *const call_names[] = {
    [CALL_NO_ANSWER] = "no_answer",
    [CALL_BUSY] = "busy",
    [CALL_REFUSED] = "refused",
    [CALL_WRONG_NUMBER] = "wrong_number",
    NULL,
};

const char *const mode_names[] = { "a", "b", "c", "d", "e",
                                   "f", "g", "h", "i", NULL };

const char *const aspect_names[] = { "quantified", "closed", "resourced",
                                     NULL };

const char *const verdict_names[] = {
    [VERDICT_YES] = "yes",
    [VERDICT_NO] = "no",
    [VERDICT_NA] = "na",
    NULL,
};

const char *const site_names[] = {
    [SITE_HQ] = "hq",
    [SITE_BRANCH] = "branch",
    [SITE_OUTLET] = "outlet",
    NULL,
};

const char *const line_names[] = {
    [LINE_FEE] = "fee",
    [LINE_TRAVEL] = "travel",
    NULL,
};

const char *const lack_names[] = {
    [LACK_MISSING] = "missing",
    [LACK_PERIOD] = "period",
    [LACK_SHORT] = "short",
    NULL,
};

const char *const status_names[] = {
    [CERTIFICATE_VALID] = "valid",
    [CERTIFICATE_SUSPENDED] = "suspended",
    [CERTIFICATE_WITHDRAWN] = "withdrawn",
    [CERTIFICATE_CANCELLED] = "cancelled",
    [CERTIFICATE_EXPIRED] = "expired",
    NULL,
};

const char *const appeal_names[] = {
    [APPEAL_REFUSAL] = "refusal",       [APPEAL_SUSPENSION] = "suspension",
    [APPEAL_WITHDRAWAL] = "withdrawal", [APPEAL_REDUCTION] = "reduction",
    [APPEAL_DECLINE] = "decline",       NULL,
};

const char *const sub_ending_names[] = {
    [SUB_CLOSED] = "closed",
    [SUB_LEFT_SCOPE] = "left_scope",
    [SUB_ASKED] = "asked",
    [SUB_OTHER] = "other",
    NULL,
};

const char *const change_names[] = {
    [CHANGE_NAME] = "name",
    [CHANGE_ADDRESS] = "address",
    [CHANGE_EXTENSION] = "extension",
    [CHANGE_LEVEL] = "level",
    [CHANGE_ERRATUM] = "erratum",
    [CHANGE_SITES] = "sites",
    NULL,
};

const char *const mark_names[] = {
    [MARK_ASKED] = "asked",
    [MARK_APPROVED] = "approved",
    [MARK_REFUSED] = "refused",
    [MARK_STOPPED] = "stopped",
    NULL,
};

const char *const misuse_names[] = {
    [MISUSE_AFTER_END] = "after_end",
    [MISUSE_SUSPENDED] = "suspended",
    [MISUSE_OUTSIDE_SCOPE] = "outside_scope",
    [MISUSE_AS_PRODUCT] = "as_product",
    [MISUSE_AS_SYSTEM] = "as_system",
    [MISUSE_ALTERED] = "altered",
    [MISUSE_UNASKED] = "unasked",
    [MISUSE_MISLEADING] = "misleading",
    NULL,
};

const char *const settled_names[] = {
    [MISUSE_CORRECTED] = "corrected",
    [MISUSE_UNFOUNDED] = "unfounded",
    [MISUSE_LED_TO_SUSPENSION] = "suspension",
    [MISUSE_LED_TO_WITHDRAWAL] = "withdrawal",
    [MISUSE_TOLD_AUTHORITY] = "authority",
    NULL,
};

const char *const complaint_names[] = {
    [COMPLAINT_ENTERPRISE] = "enterprise",
    [COMPLAINT_BODY] = "body",
    [COMPLAINT_MARK] = "mark",
    NULL,
};

const char *const message_side_names[] = {
    [MESSAGE_OF_ENTERPRISE] = "enterprise",
    [MESSAGE_OF_BODY] = "body",
    NULL,
};

const char *const auditor_names[] = {
    [AUDITOR_NONE] = "none",
    [AUDITOR_TRAINEE] = "trainee",
    [AUDITOR_FULL] = "full",
    [AUDITOR_SENIOR] = "senior",
    NULL,
};

const char *const tie_names[] = {
    [TIE_CONSULTED] = "consulted", [TIE_EMPLOYED] = "employed",
    [TIE_OWNS] = "owns",           [TIE_FAMILY] = "family",
    [TIE_OTHER] = "other",         NULL,
};

const char *const case_names[] = {
    [CASE_INITIAL] = "initial",
    [CASE_RENEWAL] = "renewal",
    [CASE_TRANSFER] = "transfer",
    NULL,
};

const char *const round_names[] = {
    [ROUND_INITIAL] = "initial",
    [ROUND_SURVEILLANCE] = "surveillance",
    [ROUND_SPECIAL] = "special",
    [ROUND_EXTENSION] = "extension",
    NULL,
};

const char *const correcting_names[] = {
    [CORRECTION_OPEN] = "open",
    [CORRECTION_SUBMITTED] = "submitted",
    [CORRECTION_ACCEPTED] = "accepted",
    NULL,
};

const char *const condition_names[] = {
    [CONDITION_OPEN] = "open",
    [CONDITION_ANSWERED] = "answered",
    [CONDITION_MET] = "met",
    NULL,
};

const char *const relation_names[] = {
    [RELATION_NONE] = "none",
    [RELATION_FREE] = "free",
    [RELATION_TEAM] = "team",
    [RELATION_LEAD] = "lead",
    [RELATION_INDEPENDENT] = "independent",
    [RELATION_SECOND] = "second",
    [RELATION_WITHDRAWS] = "withdraws",
    [RELATION_REDUCES] = "reduces",
    [RELATION_UNINVOLVED] = "uninvolved",
    [RELATION_SPEAKS] = "speaks",
    NULL,
};

const char *const gate_names[] = {
    [GATE_MET] = "met",
    [GATE_NOT_MET] = "not_met",
    [GATE_UNKNOWN] = "unknown",
    [GATE_CANNOT_TELL] = "cannot_tell",
    NULL,
};

const char *const sample_names[] = {
    [SAMPLE_OPEN] = "open",
    [SAMPLE_MET] = "met",
    [SAMPLE_REFUTED] = "refuted",
    [SAMPLE_CANNOT_TELL] = "cannot_tell",
    NULL,
};

/* --- money -------------------------------------------------------------- */

const char *const fee_names[] = {
    [FEE_OTHER] = "other",
    [FEE_APPLICATION] = "application",
    [FEE_AUDIT] = "audit",
    [FEE_REGISTRATION] = "registration",
    [FEE_YEARLY] = "yearly",
    [FEE_TRAVEL] = "travel",
    NULL,
};

const char *const invoice_names[] = {
    [INVOICE_FIRST] = "first",
    [INVOICE_SURVEILLANCE] = "surveillance",
    [INVOICE_AUDIT] = "audit",
    NULL,
};

const char *const approval_names[] = {
    [APPROVAL_UNKNOWN] = "unknown",
    [APPROVAL_LISTED] = "listed",
    [APPROVAL_NOT_LISTED] = "not_listed",
    [APPROVAL_OTHER_FIELD] = "other_field",
    NULL,
};

const char *const cost_names[] = {
    [COST_CONSULTING] = "consulting",
    [COST_SYSTEM] = "customer_system",
    [COST_TRAINING] = "training",
    [COST_OTHER] = "other",
    NULL,
};

#define NAMING(id, list)                                                       \
    {                                                                          \
        (id), (list)                                                           \
    }

/* clang-format off */
const struct naming namings[] = {
    NAMING("role.", role_names),
    NAMING("stage.", stage_names),
    NAMING("waiting.", waiting_names),
    NAMING("ending.", ending_names),
    NAMING("result.", result_names),
    NAMING("grade.", grade_names),
    NAMING("outcome.", outcome_names),
    NAMING("contact.", contact_names),
    NAMING("call.", call_names),
    NAMING("mode.", mode_names),
    NAMING("aspect.", aspect_names),
    NAMING("verdict.", verdict_names),
    NAMING("site.", site_names),
    NAMING("line.", line_names),
    NAMING("lack.", lack_names),
    NAMING("status.", status_names),
    NAMING("suspension.", suspension_codes),
    NAMING("withdrawal.", withdrawal_codes),
    NAMING("cancellation.", cancellation_codes),
    NAMING("appeal_subject.", appeal_names),
    NAMING("complaint_about.", complaint_names),
    NAMING("message_side.", message_side_names),
    NAMING("change_kind.", change_names),
    NAMING("sub_ending.", sub_ending_names),
    NAMING("mark_use.", mark_use_names),
    NAMING("mark.", mark_names),
    NAMING("mark_colour.", mark_colour_names),
    NAMING("misuse.", misuse_names),
    NAMING("settled.", settled_names),
    NAMING("auditor.", auditor_names),
    NAMING("tie.", tie_names),
    NAMING("case_kind.", case_names),
    NAMING("round.", round_names),
    NAMING("correcting.", correcting_names),
    NAMING("condition_standing.", condition_names),
    NAMING("relation.", relation_names),
    NAMING("gate.", gate_names),
    NAMING("sampled.", sample_names),
    NAMING("fee_line.", fee_names),
    NAMING("invoice_for.", invoice_names),
    NAMING("approval.", approval_names),
    NAMING("own_cost.", cost_names),
    NAMING("term_side.", term_side_names),
    NAMING("term_kind.", term_kind_names),
    NAMING("key_purpose.", key_purpose_names),
    NAMING("key_kind.", key_kind_names),
    NAMING("key_ending.", key_ending_names),
    NAMING("task.", task_names),
    NAMING("basis.", basis_names),
    NAMING("command.", NULL),
    NAMING("event.", NULL),
};
/* clang-format on */

const size_t naming_count = COUNT(namings);
