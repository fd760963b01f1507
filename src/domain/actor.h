#ifndef DOMAIN_ACTOR_H
#define DOMAIN_ACTOR_H

/*
 * actor -- who acts, and what else a rule may be told about the world.
 *
 * The rules read no clock, no store and no random source: everything they
 * need beside the case's own journal comes in a `struct facts`, read by the
 * service inside the same transaction that will store the outcome.
 */

#include "base/day.h"
#include "base/id.h"
#include "base/str.h"
#include "codec/record.h"
#include "domain/status.h"
#include "scheme/scheme.h"

struct document;

/* Roles of journey.md, "Who acts"; a person may have several. */
enum role {
    ROLE_APPLICANT,    /* 申请企业 */
    ROLE_INTAKE,       /* 受理员 */
    ROLE_FINANCE,      /* 财务 */
    ROLE_PLANNER,      /* 计划 */
    ROLE_AUDITOR,      /* 审查员 */
    ROLE_REVIEWER,     /* 复核/认证决定 */
    ROLE_CERTIFICATES, /* 证书管理 */
    ROLE_QUALITY,      /* 公正性与质量 */
    ROLE_HEAD,         /* 负责人 */
    ROLE_APPEAL,       /* 申诉 */
    ROLE_EXPERT,       /* 技术专家 */
    ROLE_REPORTER,     /* 上报员 */
    ROLE_AUTHORITY,    /* 监管, reads only */
    ROLE_ADMIN,        /* administrator */
    ROLE_COUNT,
};

extern const char *const role_names[ROLE_COUNT + 1]; /* NULL-ended */

#define ROLE_BIT(role) (1U << (role))

struct actor {
    id person;      /* zero: the program itself */
    unsigned roles; /* ROLE_BIT()s */
    id enterprise;  /* an applicant's own enterprise, else zero */
};

/* A tie between a person and an enterprise that forbids auditing it. */
struct relation {
    id enterprise;
    day until; /* its last day; DAY_NEVER while it goes on */
};

/* Days somebody is planned for in another case. */
struct busy {
    day from;
    day to;
    str case_number;
};

enum auditor_level {
    AUDITOR_NONE,
    AUDITOR_TRAINEE,
    AUDITOR_FULL,
    AUDITOR_SENIOR
};

/* An evaluator's registration (CCAA) and what they may audit. [条例 38] */
struct qualification {
    str registration; /* number; empty: not registered */
    enum auditor_level level;
    day until;         /* last day of the registration */
    const str *fields; /* "SC03" */
    size_t field_count;
    bool full_time; /* of this body */
};

/* A person a command names, as the register of people has them. */
struct person {
    id id;
    str login;
    unsigned roles;
    bool active;
    const struct relation *relations;
    size_t relation_count;
    struct qualification qualification;
    const struct busy *busy; /* elsewhere */
    size_t busy_count;
};

/* The enterprise of the case, as registered. */
struct enterprise {
    id id;
    str name;
    str uscc;
    day registered;
    str scope; /* of business, as registered */
    str province;
    str city;
};

/* The certification body itself. */
struct body {
    str name_zh;
    str name_en;
    str approval;      /* CNCA approval number, "CNCA-R-2099-000" */
    str number;        /* its last three digits, for certificate numbers */
    const str *fields; /* approved fields, "SC03" [条例 9] */
    size_t field_count;
    bool demonstration;
    str uscc;          /* these four are empty where nobody has said them */
    str accreditation; /* number, of who accredited it [17065 4.1.1] */
    str address;       /* registered */
    str phone;
};

/* The certificate a case follows on: renewed, or taken over from another
 * body. [M23] */
struct previous {
    str number;
    id enterprise;
    str scheme;
    str criterion;
    str level;
    enum certificate_status status;
    day until;
    day first_issued;
    int32_t recertifications;
};

/* A document that was added to a case of the enterprise. [M5] */
struct library_item {
    str case_number;
    str scheme; /* id of the case's */
    const struct document *document;
    day added;
};

/* A line of the list of approved bodies that the body has loaded. [M10] */
struct approved_body {
    str approval; /* "CNCA-R-2099-000" */
    str name;
    struct list fields; /* of str, "SC03" */
};

/* Public money for certified enterprises, as the body entered it. [M34] [D3] */
struct subsidy {
    str place; /* "广东省", "广东省深圳市" */
    str programme;
    int64_t amount; /* fen */
    str document;   /* number of the document that grants it */
    str link;
    day until; /* its last day */
};

struct facts {
    int64_t at; /* now, microseconds UTC */
    day today;  /* the day at UTC+8 */
    const struct calendar *calendar;
    struct actor actor;
    str channel; /* "cli", "web", "demo" */
    const struct body *body;
    const struct enterprise *enterprise;
    const struct person *people; /* those the command names */
    size_t person_count;
    const struct person *heads; /* of the body, for commands that ask for them;
                                   who acts for the enterprise is none */
    size_t head_count;
    str case_number;          /* for a case that is being opened */
    int64_t serial;           /* for a certificate that is being issued */
    id certificate;           /* likewise: the id of its stream */
    struct hash journal_head; /* of the case, before this command */
    const struct previous *previous; /* the certificate the command names, or
                                        the case's own; NULL: there is none */
    const struct previous *held;     /* a valid one of the enterprise under the
                                        scheme, when a case opens; or NULL */
    /* money */
    const struct approved_body *approved; /* NULL: no list is loaded */
    size_t approved_count;
    const struct subsidy *subsidies;
    size_t subsidy_count;
    id salt; /* random: makes an event's hash say nothing of its content */
    struct hash record_key;  /* decision.sign: what the salts of the record's
                                parts  are made from (dossier.h) */
    bool registration_taken; /* person.qualify: somebody else has the number */
    /* Documents of all cases of this enterprise, case by case, each case's
     * oldest first; for commands that take them over. */
    const struct library_item *library;
    size_t library_count;
};

/* The person with this login among facts.people, or NULL. */
const struct person *facts_person(const struct facts *f, str login);

/* The same, for a part in the case: ERR_NOT_FOUND "plan.person" (login) when
 * there is nobody of this login, ERR_REFUSED "plan.left" (login) when they
 * left. */
err facts_present(struct arena *a, const struct facts *f, str login,
                  const struct person **out);

/* The actor among facts.people, or NULL. */
const struct person *facts_actor(const struct facts *f);

/* What `s` ends on when it begins today. */
struct deadline facts_deadline(const struct facts *f, struct span s);

#endif
