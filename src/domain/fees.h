#ifndef DOMAIN_FEES_H
#define DOMAIN_FEES_H

/*
 * fees -- what a certification costs, by the fee rules of its package.
 * [M28]-[M31] [M33]
 *
 *   [FE1] Money is fen; every line is rounded half up, once.
 *   [FE2] What a fee depends on stands in struct fee_question, and nothing
 *         about findings, scores or decisions is in it: no fee depends on the
 *         result. [条例 20] [17065 4.2]
 *   [FE3] Travel is at cost: no factor changes it, and a firm figure is the
 *         most it may come to, while a fee's is the least of its range.
 *   [FE4] Whoever asks with less gets the wider range: without a level or a
 *         trade it reaches from the lowest of them to the highest.
 *
 * A fee line is BASE x level x staff x trade x body; that of the audit has so
 * many person-days in its base.  Person-days are those of the package's table
 * for the staff, and its least time for an outlet for each site that is visited
 * beside the headquarters; how many are, its rule about sites says.
 */

#include "base/err.h"
#include "domain/events.h"
#include "scheme/scheme.h"

struct arena;
struct json;

/* The rule a line comes from. */
enum fee_rule {
    FEE_OTHER, /* none: a line of finance's own */
    FEE_APPLICATION,
    FEE_AUDIT, /* document review and site audit, by person-days */
    FEE_REGISTRATION,
    FEE_YEARLY,
    FEE_TRAVEL,
    FEE_RULE_COUNT,
};

enum {
    FEE_LINE_MAX = 1000000000, /* ten million yuan a line */
    FEE_STAFF_MAX = 10000000,
    FEE_SITES_MAX = 2000, /* as an application has them */
};

/* What is asked. [FE2] */
struct fee_question {
    int64_t staff; /* 1 .. FEE_STAFF_MAX */
    int64_t sites; /* in all, 1 .. FEE_SITES_MAX */
    int32_t level; /* index in scheme.levels; -1: any */
    str trade;     /* of GB/T 4754; empty: any */
    bool renewal;
};

struct fee_line {
    enum fee_rule rule;
    enum line_kind kind;
    struct money_range amount;
};

/* One evaluation. */
struct fee_sum {
    struct fee_line lines[FEE_RULE_COUNT];
    size_t count;
    int64_t days;    /* tenths of a person-day, all that is paid for */
    int64_t visited; /* sites, headquarters included */
    struct money_range fees;
    struct money_range travel;
    struct money_range total;
};

struct fee_answer {
    struct fee_sum first;
    struct fee_sum surveillance; /* each of them */
    int32_t surveillances;       /* while the certificate is valid */
    struct money_range whole;    /* first and all surveillances [M28] */
    bool assumed;                /* [SC5] nobody has published these fees */
};

/* Surveillances that fall due while a certificate of the scheme is valid. */
int32_t fees_surveillances(const struct scheme *s);

/*
 * The range, before a body is chosen.  ERR_REFUSED "fee.no_days" (staff) when
 * the package's table has no row for that many; ERR_LIMIT "fee.too_much"
 * (most) when a line comes to more than FEE_LINE_MAX.
 */
err fees_estimate(struct arena *a, const struct scheme *s,
                  const struct fee_question *q, struct fee_answer *out);

/* The firm figure of the body whose package it is: both ends of each range are
 * the same [FE3].  No trade is an ordinary one.  Errors as above. */
err fees_firm(struct arena *a, const struct scheme *s,
              const struct fee_question *q, struct fee_answer *out);

/* What the firm figures of these rules come to for one audit of so many tenths
 * of a person-day at the sites of `q`: its fee and its travel, each at most
 * FEE_LINE_MAX. */
void fees_of_visit(const struct scheme *s, const struct fee_question *q,
                   int64_t days, int64_t *fees, int64_t *travel);

/* A trade is given as 1 to 4 digits, or not at all.  ERR_INVALID "fee.trade"
 * (given). */
err fees_check_trade(struct arena *a, str trade);

/* `amount` x `share` of 10000, rounded half up. [FE1] */
int64_t fees_share(int64_t amount, int64_t share);

/* The answer as a document: {first, surveillance, surveillances,
 * whole, assumed}; ranges are [LEAST, MOST] in fen. */
struct json *fees_json(struct arena *a, const struct fee_answer *x);

#endif
