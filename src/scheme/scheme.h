#ifndef SCHEME_SCHEME_H
#define SCHEME_SCHEME_H

/*
 * scheme -- a certification scheme as data: what a package says, checked.
 *
 * A package is a folder with scheme.yaml; nothing of any scheme stands in C.
 * What the loader returns is whole and consistent, so that the rules in
 * domain/ never have to ask again:
 *
 *   [SC1] The indicator tree has at least one leaf; ids are unique; where a
 *         scheme scores by points, each inner node's points are the sum of its
 *         children's and the roots add up to 100.
 *   [SC2] Levels rise strictly, none above 100; each can be reached.
 *   [SC3] Every limit has a unit; every reference (gate -> figure, stage ->
 *         stage ..) names something that is there; stages form no cycle.
 *   [SC4] A scheme is identified by the SHA-256 of its package
 *         (decisions.md, "scheme hash"); a case is bound to it for good.
 *   [SC5] What nobody has published is marked `assumed` and shown as such.
 *
 * Points and thresholds are thousandths; money is fen; ratios are n of d.
 * Everything lives in the arena given to the loader and is never changed.
 */

#include "base/day.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

struct arena;

/* One text in both languages; both always there. */
struct label {
    str zh;
    str en;
};

enum scheme_method {
    METHOD_POINTS,  /* a score of 0-100 over the indicator tree */
    METHOD_CLAUSES, /* findings per clause; no score */
};

enum scheme_kind { SCHEME_SERVICE, SCHEME_SYSTEM };

enum leaf_kind {
    LEAF_MET,     /* all its points or none */
    LEAF_SAMPLED, /* points x k/n over n like samples, n <= SAMPLE_MAX */
};

enum {
    SAMPLE_MAX = 60,
    LEAF_MAX = 512,
    LEVEL_MAX = 16,
    GATE_MAX = 16,
    FIGURE_MAX = 16,
    MEASURE_MAX = 64
};

enum leaf_judged { JUDGED_DOCUMENTS = 1, JUDGED_SITE = 2, JUDGED_BOTH = 3 };

/* Kinds of sites, as bits. */
enum site_bits { AT_HQ = 1, AT_BRANCH = 2, AT_OUTLET = 4, AT_ANY = 7 };

/* The ways a service is looked at, RB/T 314: bits, 'A' is the lowest. */
enum { MODE_COUNT = 9, MODES_ALL = (1 << MODE_COUNT) - 1 };

struct indicator {
    str id;             /* clause number, "5.1.2.1"; unique */
    struct label label; /* our own short words */
    int32_t parent;     /* index in scheme.indicators, -1 at a root */
    int32_t leaf;       /* index in scheme.leaves, -1 for an inner node */
    int32_t points;     /* thousandths; 0 with METHOD_CLAUSES */
    bool assumed;       /* [SC5] its points are not published */
    /* leaves only */
    enum leaf_kind kind;
    enum leaf_judged judged;
    bool corrects;       /* a verified correction restores its points */
    bool excludable;     /* may be "not applicable", with a reason */
    struct label sample; /* LEAF_SAMPLED: what is sampled; else empty */
    str records;         /* likewise, as in struct figure */
    unsigned modes;      /* looked at in these ways .. */
    unsigned sites;      /* .. and at these kinds of sites */
};

/* A figure of the enterprise that gates are held against, k of n. */
struct figure {
    str id; /* "satisfaction" */
    struct label label;
    str records; /* what of service records says it: of scheme_record_names;
                    empty: nothing does */
};

/* What service records can say as k of n, as their sheets name it; NULL-ended.
 * A list of the scheme's own: a package that was accepted once is accepted for
 * ever, whatever later programs count, and `scheme check` names line and column
 * of a name that is none.  That a sheet has each of them is tested where both
 * are known (service/records_case_test.c). */
extern const char *const scheme_record_names[];

enum gate_mode {
    GATE_FIGURE,      /* the enterprise's own figure, exactly */
    GATE_REFUTE,      /* also: the drawn sample may refute it (one-sided 5 %) */
    GATE_DEMONSTRATE, /* also: the sample must show it (Wilson lower bound) */
};

struct gate {
    str id;
    struct label label;
    int32_t figure; /* index in scheme.figures */
    int32_t min_n;  /* met when k * min_d >= min_n * n */
    int32_t min_d;  /* 1..10000 */
    enum gate_mode mode;
    bool assumed;
};

enum { STARS_MAX = 20 };

struct level {
    str id;
    struct label label;
    int32_t min;   /* least score, thousandths, inclusive; 0 with clauses */
    int32_t stars; /* 1..STARS_MAX; 0: shown without stars */
    bool assumed;
    const struct gate *gates;
    size_t gate_count;
};

enum special_order { SPECIAL_AFTER, SPECIAL_BEFORE }; /* the x 100 */

struct specials {
    int32_t deduction; /* thousandths, each; 0: the scheme has none */
    int32_t bonus;     /* thousandths, at most one; 0: none */
    int32_t fail_at;   /* this many deductions fail; 0: no such rule */
    enum special_order order;
    bool assumed;
};

enum eligibility_kind {
    ELIGIBLE_REGISTERED, /* registered for at least `span` */
    ELIGIBLE_SCOPE,      /* the registered scope holds one of `words` */
    ELIGIBLE_DECLARED,   /* declared by the enterprise: must be `want` */
};

struct eligibility {
    str id;
    struct label label;
    enum eligibility_kind kind;
    struct span span;
    const str *words;
    size_t word_count;
    bool want;
};

enum review_aspect {
    ASPECT_QUANTIFIED = 1, /* [M14] are its standards quantified? */
    ASPECT_CLOSED = 2,     /*       are its processes closed loops? */
    ASPECT_RESOURCED = 4,  /*       do resources fit the work? */
};

struct requirement {
    str id; /* "manual", "licence" */
    struct label label;
    bool required;   /* missing: the application is incomplete */
    bool has_period; /* it is about the last `period` before application */
    struct span period;
    bool whole; /* .. about all of it, but for the last `lag`; else its last
                   day lies in it (docs/decisions/evidence-of-a-period.md) */
    struct span lag;
    unsigned aspects; /* enum review_aspect, or 0: only presence counts */
};

/* The stages of journey.md, in order.  A package lists those it uses. */
enum stage {
    STAGE_PREPARATION,
    STAGE_COMPLETENESS,
    STAGE_CONTRACT,
    STAGE_DOCUMENTS,
    STAGE_PLAN,
    STAGE_AUDIT,
    STAGE_REPORT,
    STAGE_CORRECTION,
    STAGE_DECISION,
    STAGE_CERTIFICATE,
    STAGE_UPKEEP,
    STAGE_ENDED, /* declined, refused, withdrawn; never in a package */
    STAGE_COUNT,
};

extern const char *const stage_names[STAGE_COUNT + 1]; /* NULL-ended */

struct stage_rule {
    bool used;
    struct label label;
    bool has_limit;
    struct span limit;
};

/* Limits that are not a stage's own. */
struct limits {
    struct span supplement;  /* the applicant's time to supply */
    struct span revision;    /* to revise documents */
    struct span minor_least; /* least time for a minor nonconformity */
    struct span minor_most;  /* most */
    struct span appeal;
    struct span renewal;       /* apply this long before expiry */
    struct span renewal_opens; /* the earliest a renewal may begin */
    struct span surveillance;  /* every so often after issue */
    struct span suspension;    /* longest suspension */
    struct span validity;      /* of the certificate */
    struct span conflict;      /* no auditor who worked there within */
    struct span condition;     /* the most for a condition of a decision */
    struct span objection;     /* to who joins a team during an audit */
};

struct day_row { /* person-days by staff, in tenths of a day */
    int32_t staff_from;
    int32_t staff_to;
    int32_t initial_total;
    int32_t initial_site;
    int32_t surveillance_total;
    int32_t renewal_total;
};

struct team_rule {
    int32_t size_least; /* norms; outside them the planner gives a reason */
    int32_t size_most;
    int32_t days_least;
    int32_t days_most;
    const struct day_row *rows;
    size_t row_count;
    int32_t outlet;   /* tenths of a day for each outlet visited; 0: none */
    int32_t rotation; /* a lead leads at most so many rounds in a row; 0: any */
    /* What a visit consists of; 0: the package says nothing. */
    unsigned modes_first;
    unsigned modes_surveillance;
};

/* How many branches and outlets are visited of x: the least y with
 * y >= share / 100 x sqrt(x); so IAF MD 1 has it. */
struct site_rule {
    bool used;     /* else every site is */
    int32_t first; /* share, per cent */
    int32_t surveillance;
    int32_t renewal;
    int32_t random; /* per cent of those, rounded up, that are drawn */
};

struct sample_rule {
    bool used;
    int32_t least; /* customers to reach */
    int32_t most;
    int32_t figure;   /* the figure it may refute, index in scheme.figures */
    int32_t attempts; /* calls before a customer counts as unreached; >= 1 */
};

/* What an enterprise could do, and what it would mend: an improvement report
 * adds up what each would win. [M26] */
struct measure {
    str id;
    struct label label;
    const bool *leaves;  /* one a leaf */
    const bool *figures; /* one a figure */
};

/* A surveillance audit, lighter than the first one. [M22] */
struct surveillance_rule {
    const bool *leaves; /* one a leaf: is it judged anew each time? */
    bool sample;        /* are customers drawn and asked again? */
    bool defence;
};

/* Fen, both ends in. */
struct money_range {
    int64_t least;
    int64_t most;
};

/* Basis points of the fee: 10000 leaves it as it is.  A range, because before
 * a body is chosen nobody knows more; a firm quote takes the least. */
struct factor {
    int32_t least;
    int32_t most;
};

enum { FACTOR_ONE = 10000 };

struct staff_band { /* [M33] */
    int32_t staff_from;
    int32_t staff_to;
    struct factor factor;
};

struct trade_factor { /* [M33] */
    str code;         /* GB/T 4754: "526", and whatever begins so */
    struct label label;
    struct factor factor;
};

struct fees { /* fen; all of them the package's own assumption if marked */
    int64_t application;
    int64_t registration;
    int64_t per_day;
    int64_t yearly;
    int32_t prepay_least; /* basis points of the contract less travel */
    int32_t prepay_most;
    bool assumed;
    struct money_range travel_site; /* to each site that is visited [M30] */
    struct money_range travel_day;  /* board, each person-day on site [M30] */
    const struct factor *levels;    /* one a level [M29] */
    const struct staff_band *bands;
    size_t band_count;
    const struct trade_factor *trades;
    size_t trade_count;
    struct factor body; /* what other bodies take, against this list [M33] */
    int32_t refunds[STAGE_COUNT]; /* basis points of what was paid, given back
                                     when the case ends in that stage */
};

enum term_side { SIDE_CLIENT, SIDE_BODY };
enum term_kind { TERM_RIGHT, TERM_DUTY };

/* What a contract says about one side. [M13] [17065 4.1.2] */
struct term_rule {
    enum term_side side;
    enum term_kind kind;
    struct label label;
};

struct contract_rule {
    struct span period; /* from the body's signature on */
    const struct term_rule *terms;
    size_t term_count;
};

extern const char *const term_side_names[]; /* NULL-ended */
extern const char *const term_kind_names[];

/* What a certificate number may be made of; NULL-ended.  domain/number.h says
 * what each part is. */
extern const char *const certificate_parts[];

/* Where the mark of the certificate is shown. [M21] */
enum mark_use {
    MARK_PACKAGING,
    MARK_ADVERTISING,
    MARK_TENDER,
    MARK_WEBSITE,
    MARK_DOCUMENTS, /* letters, cards, vehicles, shop signs */
};
extern const char *const mark_use_names[];

/* How it is drawn: in colours, in one, or light for a dark ground. */
enum mark_colour { MARK_COLOUR, MARK_MONO, MARK_REVERSED };
extern const char *const mark_colour_names[];

struct mark_rule {
    unsigned uses;            /* 1 << enum mark_use; 0: there is no mark */
    const struct label *says; /* what stands beside it, in either language */
    size_t say_count;
    unsigned colours; /* 1 << enum mark_colour */
    int32_t least_mm; /* least width */
};

struct certificate_rule {
    str number;     /* template, "{body}{yy}SC{serial4}R{recert}{size}" */
    str sub_number; /* of a site's sub-certificate, "{number}-{n}" */
    struct label statement; /* what it certifies; {level} {criterion} */
    struct label title;
    struct mark_rule mark;
};

struct scheme {
    str id;           /* "ten-star" */
    str version;      /* "1" */
    struct hash hash; /* [SC4] */
    enum scheme_kind kind;
    enum scheme_method method;
    struct label name;
    struct label owner;
    str criterion;                /* "Q/ZZLH 1001-2021" */
    struct label criterion_title; /* our own words where not public */
    str field;                    /* approved field it falls under, "SC03" */
    const str *trades;            /* GB/T 4754, first digits of those covered */
    size_t trade_count;           /* 0: all within the field */
    str filing;                   /* filing number of the rule; may be empty */
    const struct label *notes;    /* assumptions, in words [SC5] */
    size_t note_count;

    const struct indicator *indicators; /* parents before children */
    size_t indicator_count;
    const int32_t *leaves; /* index in indicators, in order */
    size_t leaf_count;
    const struct figure *figures;
    size_t figure_count;
    const struct level *levels; /* rising */
    size_t level_count;
    struct specials specials;
    const struct eligibility *eligibility;
    size_t eligibility_count;
    const struct requirement *requirements;
    size_t requirement_count;
    struct stage_rule stages[STAGE_COUNT];
    struct limits limits;
    bool panel; /* a panel decides; else a reviewer, or a panel where named */
    bool advice_first; /* a panel's experts advise it before it votes */
    struct team_rule team;
    struct site_rule sites;
    struct sample_rule sample;
    bool defence; /* a defence by the managers is part of the audit [M17] */
    struct surveillance_rule surveillance;
    struct fees fees;
    struct contract_rule contract;
    struct certificate_rule certificate;
    const struct measure *measures; /* none: each indicator stands alone */
    size_t measure_count;
};

/* The leaf with this id, or -1; likewise below. */
int32_t scheme_leaf(const struct scheme *s, str indicator_id);
int32_t scheme_level(const struct scheme *s, str level_id);
int32_t scheme_figure(const struct scheme *s, str figure_id);
int32_t scheme_requirement(const struct scheme *s, str requirement_id);
int32_t scheme_eligibility(const struct scheme *s, str eligibility_id);

/* Does a level rest on points that nobody has published? [SC5] */
bool scheme_is_assumed(const struct scheme *s);

/* The limit of this name: of a stage that has one, or one of `limits`
 * ("completeness", "supplement"); false, *out untouched, when there is none. */
bool scheme_limit(const struct scheme *s, str name, struct span *out);

/* The indicator of leaf `i`. */
const struct indicator *scheme_leaf_at(const struct scheme *s, int32_t leaf);

#endif
