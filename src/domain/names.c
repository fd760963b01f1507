#include "domain/names.h"

#include "base/size.h"
#include "domain/actor.h"
#include "domain/codes.h"
#include "domain/events.h"
#include "domain/forecast.h"
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
    [APPEAL_REFUSAL] = "refusal",
    [APPEAL_SUSPENSION] = "suspension",
    [APPEAL_WITHDRAWAL] = "withdrawal",
    NULL,
};

const char *const complaint_names[] = {
    [COMPLAINT_ENTERPRISE] = "enterprise",
    [COMPLAINT_BODY] = "body",
    [COMPLAINT_MARK] = "mark",
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

const char *const relation_names[] = {
    [RELATION_NONE] = "none",
    [RELATION_FREE] = "free",
    [RELATION_TEAM] = "team",
    [RELATION_LEAD] = "lead",
    [RELATION_INDEPENDENT] = "independent",
    [RELATION_SECOND] = "second",
    [RELATION_WITHDRAWS] = "withdraws",
    [RELATION_UNINVOLVED] = "uninvolved",
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
    NAMING("auditor.", auditor_names),
    NAMING("tie.", tie_names),
    NAMING("case_kind.", case_names),
    NAMING("round.", round_names),
    NAMING("correcting.", correcting_names),
    NAMING("relation.", relation_names),
    NAMING("gate.", gate_names),
    NAMING("sampled.", sample_names),
    NAMING("task.", task_names),
    NAMING("basis.", basis_names),
    NAMING("command.", NULL),
    NAMING("event.", NULL),
};
/* clang-format on */

const size_t naming_count = COUNT(namings);
