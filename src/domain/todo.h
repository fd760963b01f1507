#ifndef DOMAIN_TODO_H
#define DOMAIN_TODO_H

/*
 * todo -- what waits in a case: for whom, from which day, and until when. [M4]
 * [M21]
 *
 *   [TD1] A task is a command that somebody may give: who that is, the table of
 *         rights says (domain/rights.h), and nothing here a second time.
 *   [TD2] Tasks are made of the case alone, the same on every day.  Each says
 *         from which day it is there; what day it is only tells which of them
 *         are open, and which overdue.
 *   [TD3] While a case waits for somebody, a task of theirs is among them, with
 *         the limit in force.
 *   [TD4] Where a limit of the enterprise's passes, the body has a task to act
 *         on it; where a surveillance is missed or a misuse is not put right,
 *         to suspend.  Nothing is done here: a person acts.
 *   [TD5] Of an invoice that is late, and of what has to be given back, finance
 *         has a task that says how much. [M13] [17065 4.1.2]
 */

#include "base/err.h"
#include "base/buf.h"
#include "domain/state.h"
#include "text/text.h"

struct arena;

/* To be raised whenever the same case would be given other tasks than before:
 * what is in stores is then made anew. */
enum { TODO_RULES = 6 };

enum task_kind {
    TASK_APPLY,
    TASK_CHECK,
    TASK_SUPPLY,
    TASK_DECLINE, /* the supplement did not come */
    TASK_QUOTE,
    TASK_ACCEPT,
    TASK_SIGN,
    TASK_PAY,
    TASK_REVIEW,
    TASK_REVISE,
    TASK_ASK_AGAIN, /* the revision did not come */
    TASK_PLAN,
    TASK_AGREE,
    TASK_BEGIN_AUDIT,
    TASK_AGREE_TEAM, /* to who is new, while it audits */
    TASK_REPLACE,    /* the enterprise objects to them */
    TASK_REPLAN,     /* nobody came by the last day of the plan */
    TASK_AUDIT,
    TASK_GIVE_NONCE, /* the enterprise's half of the coin toss */
    TASK_REPORT,
    TASK_ACKNOWLEDGE,
    TASK_CORRECT,
    TASK_EXTEND, /* the corrections did not come, or a refusal came back */
    TASK_VERIFY,
    TASK_NAME_PANEL,
    TASK_ADVISE, /* an expert of the panel */
    TASK_VOTE,
    TASK_DECIDE,
    TASK_REFUSE, /* a panel voted so, as the corrections did not come */
    TASK_ANSWER_QUESTION,
    TASK_COUNTERSIGN,
    TASK_ISSUE,
    TASK_SURVEY,   /* a surveillance falls due */
    TASK_SUSPEND,  /* one was missed, or a round proposes it */
    TASK_CURE,     /* a suspension, before it becomes a withdrawal */
    TASK_WITHDRAW, /* it was not cured */
    TASK_SIGN_WITHDRAWAL,
    TASK_SIGN_REDUCTION,
    TASK_CANCEL, /* the enterprise asked for it */
    TASK_RENEW,
    TASK_MEET_CONDITION,
    TASK_JUDGE_CONDITION,
    TASK_SUSPEND_UNMET, /* the day of a condition passed */
    TASK_ASK_CHANGE,    /* a round granted what the certificate does not say */
    TASK_JUDGE_CHANGE,  /* approving it issues the certificate anew */
    TASK_JUDGE_MARK,
    TASK_SUSPEND_FOR_MISUSE, /* one was not put right in its time */
    TASK_ASSIGN_APPEAL,
    TASK_HEAR_APPEAL,
    TASK_ASSIGN_COMPLAINT,
    TASK_ANSWER_COMPLAINT,
    TASK_CURE_MISUSE,
    TASK_FOLLOW_MISUSE,  /* its time is over: verify what was done */
    TASK_COLLECT,        /* an invoice whose day passed */
    TASK_REFUND,         /* what the package gives back */
    TASK_ANSWER_MESSAGE, /* the enterprise's, or settle it */
    TASK_KIND_COUNT,
};

/* In the store and, behind "task.", in the catalogues; NULL-ended. */
extern const char *const task_names[TASK_KIND_COUNT + 1];

/* The command that does it; of TASK_RENEW it opens another case. */
const char *task_command(enum task_kind kind);

struct task {
    enum task_kind kind;
    int64_t number; /* of a complaint, condition, change, use, misuse,
                       invoice; or 0 */
    id person;      /* zero: whoever has one of the roles */
    unsigned roles; /* ROLE_BIT()s */
    day opens;      /* the first day it is there */
    day due;        /* its limit; DAY_NEVER: none */
    bool provisional;
    int64_t amount; /* fen; 0: it is about no money */
    bool lapses;    /* over once its limit has passed */
};

/* What a case does not know of itself.  The calendar is no part of it: a limit
 * that was counted by it stands in the journal, and a year that becomes known
 * later changes no task. */
struct todo_facts {
    day previous_until; /* last day of the certificate it renews; else
                           DAY_NEVER */
    bool renewed;       /* somebody applied to renew its certificate */
};

/* Every task of the case, in the order of kinds, as struct task in `a`; the
 * state may break invariants.  ERR_MEMORY. */
err todo_make(struct arena *a, const struct state *s,
              const struct todo_facts *f, struct list *out);

/* Silence has done what nobody did: to people who are new on a team the
 * enterprise agrees by letting its day pass (plan.c [PL7]), so there is nothing
 * left to do, and nothing late. */
bool task_is_over(const struct task *t, day today);

/* Neither of one that is over. */
bool task_is_open(const struct task *t, day today);
bool task_is_overdue(const struct task *t, day today);

/* Append what is to be done, in words: a task of the kind named so, and the
 * amount unless it is 0. */
void task_words(struct buf *out, enum lang l, str kind, int64_t amount);

#endif
