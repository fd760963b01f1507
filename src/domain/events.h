#ifndef DOMAIN_EVENTS_H
#define DOMAIN_EVENTS_H

/*
 * events -- the data of every event, and of commands that say the same.
 *
 * Where a command adds nothing to what is recorded, one struct serves both:
 * `struct finding` is the command finding.record and the event
 * finding.recorded.  Members ending in _due are days with *_provisional beside
 * them (base/day.h [DY4]).  Money is fen; days of work are tenths of a day.
 */

#include "base/day.h"
#include "base/id.h"
#include "base/str.h"
#include "codec/record.h"
#include "domain/application.h"
#include "domain/events_body.h"
#include "domain/events_money.h"
#include "domain/message.h"

#include <stdint.h>

/* --- preparation ------------------------------------------------------ */

/* What a case is for. */
enum case_kind {
    CASE_INITIAL,
    CASE_RENEWAL,  /* of a certificate of ours, before it expires [M23] */
    CASE_TRANSFER, /* of another body's certificate, which still runs */
};

/* case.opened: [M4] stage 1 begins; the case is bound to a frozen scheme. */
struct case_opened {
    str number; /* yearly, for people: "C2026-0001" */
    id enterprise;
    str scheme;
    struct hash scheme_hash;
    str level;  /* wanted */
    bool paper; /* applied for on paper: staff enter what the applicant says */
    int kind;   /* enum case_kind */
    str previous; /* renewal: number of the certificate it follows on */
};

/* transfer.recorded: the other body's certificate */
struct transfer {
    str number;
    str body;
    str approval; /* of that body */
    str criterion;
    str level;
    day first_issued;
    day until;
    day last_audit;
    bool suspended;
    str reason;
    struct list evidence; /* of str: copy of the certificate, last report .. */
};

/* An item of the scheme's eligibility list, as declared. */
struct declaration {
    str item;
    bool yes;
    str note;
};

/* eligibility.answered [M6] */
struct eligibility_answered {
    struct list declarations; /* of struct declaration */
    day registered;           /* of the enterprise, as on record */
    struct list failed;       /* of str: items not met */
};

/* One answer about one indicator; self-assessment and findings share it. */
enum result { RESULT_MET, RESULT_NOT_MET, RESULT_SAMPLED, RESULT_NA };
struct reply {
    str indicator;
    int result;
    int64_t k; /* RESULT_SAMPLED: k of n conform */
    int64_t n;
    str reason; /* RESULT_NA needs one */
};

struct figure_reply {
    str figure;
    int64_t k;
    int64_t n;
};

/* assessment.recorded [M7]; the command's struct is struct assessment_record */
struct assessment_recorded {
    struct list answers; /* of struct reply */
    struct list figures; /* of struct figure_reply */
    int64_t shown;       /* score, hundredths, truncated; 0 with clauses */
    str level;           /* reached, or empty */
};

/* document.added [M8] [M9] */
struct document {
    str requirement;
    str title;
    struct hash blob; /* SHA-256 of the content */
    int64_t size;     /* bytes */
    day covers_from;  /* where the requirement has a period */
    day covers_to;
    str from; /* taken over: "C2026-0001:licence"; else empty [M5] */
};

/* --- completeness ----------------------------------------------------- */

enum lack {
    LACK_MISSING,
    LACK_PERIOD, /* it ends too long before the application */
    LACK_SHORT,  /* it does not reach back over the whole period */
};
struct missing {
    str requirement;
    int why; /* enum lack */
};

/* supplement.asked [M12] */
struct supplement_asked {
    struct list missing; /* of struct missing */
    str note;
    day until;
    bool until_provisional;
};

/* application.resubmitted */
struct resubmitted {
    day check_due;
    bool check_provisional;
};

/* application.accepted [17065 7.3] */
struct accepted {
    str note;
};

/* application.declined, case.withdrawn and others that only give reasons */
struct reasons {
    str reasons;
};

/* --- document review -------------------------------------------------- */

enum verdict { VERDICT_YES, VERDICT_NO, VERDICT_NA };

/* document.judged [M14] */
struct judgement {
    str requirement;
    int quantified; /* enum verdict */
    int closed;
    int resourced;
    str note;
};

/* revision.asked */
struct revision {
    day until;
    str note;
};

/* --- plan ------------------------------------------------------------- */

struct team_member {
    id person;
    bool lead;
    bool expert; /* advises on the trade; counts for no norm */
};

/* More or less time than the table asks, and why. */
struct adjustment {
    str reason;
    int64_t tenths; /* of a day; negative: less */
};

/* sites.drawn: the part of the sites that chance decides [17065 7.4] */
struct sites_drawn {
    struct hash seed; /* SHA-256(head of the journal || rounds, u64be) */
    int64_t least;    /* branches and outlets to visit, drawn ones among them */
    struct list drawn; /* of str: names */
};

/* plan.made, plan.replaced, plan.narrowed [M15] */
struct plan {
    struct list team; /* of struct team_member */
    day from;
    day to;
    int64_t person_days;     /* on site, in tenths of a day; so are these: */
    int64_t table_days;      /* what the package's table asks; 0: no row */
    int64_t needed;          /* with adjustments and time for outlets */
    struct list adjustments; /* of struct adjustment */
    struct list modes;       /* of str: "A" .. "I", RB/T 314 */
    struct list sites;       /* of str: names of the application's sites */
    str reason;              /* outside the norms */
    /* plan.replaced */
    str replaced;      /* why people were; empty in older events, which say it
                          in `reason` */
    day objection_due; /* who is new does nothing before it has passed, unless
                          the enterprise agrees; DAY_NEVER: nobody is new */
    bool objection_provisional;
};

/* --- site audit ------------------------------------------------------- */

/* finding.recorded [M15] [17065 7.4] */
struct finding {
    str indicator;
    int result;
    int64_t k;
    int64_t n;
    str note;
    struct list evidence; /* of str: where it was seen */
    str site;             /* that it was found at; empty: it is about all */
};

/* figure.recorded [M3] */
struct figure_record {
    str figure;
    int64_t k;
    int64_t n;
    str source;
    struct hash sheet; /* of service records, a document of the case that it was
                          taken from; zero: none */
};

/* special.recorded: a special deduction, or the one bonus.  A deduction is
 * about an indicator, and is followed by a minor nonconformity about it. */
struct special {
    bool bonus;
    str indicator;
    str note;
};

enum grade {
    GRADE_MINOR,
    GRADE_MAJOR,
    GRADE_OBSERVATION, /* watched, not to be corrected */
    GRADE_OPPORTUNITY, /* could be better still [M26] */
};

/* nonconformity.raised [M18] */
struct nonconformity {
    int64_t number; /* 1, 2, 3 .. in the case */
    str indicator;
    int grade;
    str text;
    str site; /* that it was found at; empty: it is about all */
};

/* sample.committed: the list is fixed before anything is drawn [M16] */
struct sample_commitment {
    struct hash list;       /* salted SHA-256 of the canonical list */
    int64_t size;           /* customers on it */
    struct hash commitment; /* SHA-256 of the body's nonce */
    int64_t wanted;         /* customers to reach; 0: the package's most */
};

/* sample.nonce_given: the enterprise's half of the coin toss */
struct sample_nonce {
    struct hash nonce;
};

/* sample.drawn: the body's half, and the seed both make */
struct sample_drawn {
    struct hash nonce; /* the body's */
    struct hash seed;  /* SHA-256(list || body's || enterprise's) */
    int64_t wanted;    /* customers to reach */
};

enum contact { CONTACT_SATISFIED, CONTACT_DISSATISFIED, CONTACT_UNREACHED };

/* sample.asked: what one drawn customer said */
struct sample_answer {
    int64_t position; /* 1, 2, 3 .. in the drawn sequence */
    int64_t row;      /* in the list, from 1 */
    int outcome;      /* enum contact */
};

/* defence.recorded [M17] */
struct defence {
    bool passed;
    str note;
};

struct note {
    str note;
};

/* audit.opened and audit.closed: the meeting, and who was there, as the trade's
 * sign-in has it (domain.md 3.8) */
struct meeting {
    str note;
    str place;
    int64_t people;     /* the team and the client */
    struct list photos; /* of str: SHA-256, hexadecimal */
};

/* --- report and correction -------------------------------------------- */

/* report.issued [M18] [M19]: the score as proposed */
struct report {
    bool recommended;
    str summary;
    bool runs;        /* surveillance: does the system still run? [M22] */
    str improvements; /* surveillance: what was improved since [M22] [M27] */
    int64_t shown;    /* hundredths */
    str level;        /* reached by findings so far, or empty */
    int64_t minor;
    int64_t major;
    int64_t observations;
    int64_t opportunities;
    day correct_until; /* DAY_NEVER when nothing is open */
};

/* correction.submitted */
struct correction {
    int64_t number;
    str cause;
    str remedy;           /* put right at once; empty where nothing can be */
    str action;           /* so that it does not come again */
    struct list evidence; /* of str */
    struct list photos;   /* of str: hashes of pictures and papers, in hex */
};

/* correction.accepted and correction.returned */
struct correction_verdict {
    int64_t number;
    str note;
    bool on_site;  /* verified there, not by the evidence alone */
    bool complete; /* accepted: nothing is open any more */
};

/* correction.extended: the planner reopens a case whose limit passed */
struct extension {
    day until;
    str reason;
};

/* --- decision and certificate ----------------------------------------- */

enum outcome { OUTCOME_GRANTED, OUTCOME_REFUSED };

/* decision.made [17065 7.6] */
struct decision {
    int outcome;
    str level;     /* granted */
    int64_t shown; /* score, hundredths */
    str reasons;
    struct list conditions; /* granted: of struct condition (condition.h) */
};

/* decision.signed [条例 22] */
struct decision_signed {
    int outcome;
    day issue_due; /* granted: the certificate by then [M20] */
    bool issue_provisional;
    day next_due; /* of a later round.  Granted: the next surveillance,
                     DAY_NEVER when validity ends before it; refused: the body
                     acts on the proposal to suspend by then */
};

/* certificate.recorded (in the case) and certificate.issued (its own stream) */
struct certificate {
    id certificate;
    id case_id;
    str number;
    str holder;
    str uscc;
    str scheme;
    struct hash scheme_hash;
    str criterion;
    str level;
    int64_t stars;
    str scope;
    str scope_en;
    day issued;
    day from;
    day until;
    day first_issued;
    day surveillance_due;
    struct hash file; /* head of the case's journal when it was issued */
    int64_t recertifications;
    str previous; /* number of the certificate it follows on; empty: none */
    str address;  /* of the holder [17065 7.7.1]; empty: none was given */
};

/* Public, in the certificate's own stream: status and dates, no reason. */

/* certificate.restored, .withdrawn, .cancelled, .expired */
struct certificate_status_changed {
    str number;
};

/* certificate.suspended */
struct certificate_suspended {
    str number;
    day until; /* at the longest */
};

/* certificate.reduced */
struct certificate_scope {
    str number;
    str scope;
    str scope_en;
};

/* credential.signed: what a body signs for strangers of a certificate or of a
 * sub-certificate, whenever the wording of one changes */
struct credential_signed {
    str number;         /* of which it speaks */
    str main;           /* of the main certificate, whose stream this is */
    int64_t serial;     /* 1, 2, 3 .. of that number */
    struct hash digest; /* of what was signed */
    int64_t index;      /* in the status lists, all of them laid end to end */
    int64_t key;        /* serial of the body's key for credentials */
};

/* Not public, in the case: why.  Codes are indices into domain/codes.h. */

/* suspension.decided [条例 26] [17065 7.11] */
struct suspension {
    int code;
    str reasons;
    day confirmed; /* the day the nonconformity was confirmed */
    day until;     /* at the longest */
    bool late;     /* decided more than five days after that */
};

/* reduction.decided; scope.reduced, of the days when one person alone reduced
 * a scope [17065 7.11.3] */
struct reduction {
    str scope;
    str scope_en;
    str reasons;
    struct list sites; /* of str: those that leave it */
};

/* withdrawal.decided, cancellation.made */
struct ending_reasons {
    int code;
    str reasons;
};

/* --- appeals and complaints --------------------------------------------- */

/* What an appeal is against. */
enum appeal_subject {
    APPEAL_REFUSAL,    /* a refusal that was signed */
    APPEAL_SUSPENSION, /* while it lasts */
    APPEAL_WITHDRAWAL, /* decided and not yet signed */
    APPEAL_REDUCTION,  /* likewise */
    APPEAL_DECLINE,    /* an application that was declined */
};

/* appeal.filed [17065 7.13] */
struct appeal {
    int subject;
    str grounds;
    struct list evidence; /* of str */
};

/* appeal.assigned, complaint.assigned: to people who took no part */
struct appeal_panel {
    struct list members; /* of struct panel_member */
};
struct panel_member {
    id person;
};

/* appeal.decided */
struct appeal_decision {
    bool upheld; /* the decision is sent back, or its effect lifted */
    str reasons;
    /* of an upheld decline: */
    day check_due; /* the application is checked again by then */
    bool check_provisional;
};

enum complaint_about { COMPLAINT_ENTERPRISE, COMPLAINT_BODY, COMPLAINT_MARK };

/* complaint.recorded; who complains stands in the register of people, never
 * here [EV3] */
struct complaint {
    int64_t number; /* 1, 2, 3 .. in the case */
    int about;
    str text;
    day received;
};

struct complaint_assigned {
    int64_t number;
    id person;
};

/* complaint.answered */
struct complaint_answer {
    int64_t number;
    bool justified;
    str answer;
};

/* --- upkeep ----------------------------------------------------------- */

/* What an evaluation is for; the first is that of the application. */
enum round_kind {
    ROUND_INITIAL,
    ROUND_SURVEILLANCE, /* every so often after issue [M22] */
    ROUND_SPECIAL,      /* at short notice, for a reason [17065 7.9] */
    ROUND_EXTENSION,    /* of the scope [17065 7.10] */
};

/* round.opened: the case goes through stages 5 to 9 once more */
struct round_opened {
    int kind;
    str reason; /* special, extension: why */
};

/* --- streams that are no case ----------------------------------------- */

struct enterprise_registered {
    str name;
    str uscc;
    day registered;
    str province;
    str city;
    str scope;
};

/* person.added: name, login and secret stand in the register of people, not
 * here [EV3]. */
struct person_added {
    struct list roles; /* of str */
    id enterprise;
};

/* What ties a person to an enterprise, so that they may not audit it. */
enum tie {
    TIE_CONSULTED, /* [17065 4.2.6] */
    TIE_EMPLOYED,
    TIE_OWNS,
    TIE_FAMILY,
    TIE_OTHER,
};

/* person.related: a tie to an enterprise */
struct person_related {
    id enterprise;
    int tie;   /* enum tie */
    day until; /* DAY_NEVER while it goes on */
    str note;
};

/* person.qualified: an evaluator's registration and competence */
struct person_qualified {
    str registration; /* CCAA number */
    int level;        /* enum auditor_level */
    day until;
    struct list fields; /* of str: "SC03" */
    bool full_time;
};

struct person_roles {
    struct list roles; /* of str */
};

/* enterprise.changed: what it says; enterprise.updated, a struct
 * enterprise_registered, is how it stands then */
struct enterprise_changed {
    str name;
    str scope;
    str province;
    str city;
    str note;
};

struct scheme_frozen {
    str scheme;
    str version;
    struct hash scheme_hash;
};

#endif
