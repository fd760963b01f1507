/* thing_log -- what a transparency log says of a thing: a proof in one file, or
 * the certificate's whole history out of a copy of the log. */

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "verify/thing.h"

/* --- the certificate's history ------------------------------------------ */

enum log_standing {
    STANDS_NOT_YET, /* nothing was issued */
    STANDS_VALID,
    STANDS_SUSPENDED,
    STANDS_WITHDRAWN,
    STANDS_CANCELLED,
    STANDS_EXPIRED,
    STANDS_ENDED, /* a sub-certificate's own end */
    STANDS_SAME,  /* the entry changes nothing about it */
};

/* What an entry of each kind does to a certificate, and to its sub-certificates
 * when it is about the main one. */
struct act {
    const char *kind; /* without "certificate." */
    const char *id;   /* the sentence */
    enum log_standing to;
    bool of_sub; /* it is about a sub-certificate alone */
};

static const struct act acts[] = {
    { "issued", "verify.act_issued", STANDS_VALID, false },
    { "reissued", "verify.act_reissued", STANDS_SAME, false },
    { "suspended", "verify.act_suspended", STANDS_SUSPENDED, false },
    { "restored", "verify.act_restored", STANDS_VALID, false },
    { "reduced", "verify.act_reduced", STANDS_SAME, false },
    { "withdrawn", "verify.act_withdrawn", STANDS_WITHDRAWN, false },
    { "cancelled", "verify.act_cancelled", STANDS_CANCELLED, false },
    { "expired", "verify.act_expired", STANDS_EXPIRED, false },
    { "sub_issued", "verify.act_issued", STANDS_VALID, true },
    { "sub_ended", "verify.act_sub_ended", STANDS_ENDED, true },
};

static const struct act *act_of(const struct log_entry *e)
{
    static const str head = S_INIT("certificate.");

    if (!str_begins(e->kind, head))
        return NULL;
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (str_eq(str_from(e->kind, head.n), str_of(acts[i].kind)))
            return &acts[i];
    }
    return NULL;
}

/* What an entry says happened. */
static void say_act(struct verify_report *r, const struct log_entry *e,
                    uint64_t index)
{
    const struct act *act = act_of(e);

    if (str_eq(e->kind, S("credential.signed")))
        report_proved(r, "verify.act_credential", ARG_STR("number", e->number),
                      ARG_DAY("on", e->on), ARG_INT("index", index));
    else if (act == NULL)
        report_proved(r, "verify.entry_kind", ARG_STR("kind", e->kind),
                      ARG_DAY("on", e->on), ARG_INT("index", index));
    else
        report_proved(r, act->id, ARG_STR("number", e->number),
                      ARG_DAY("on", e->on), ARG_INT("index", index));
}

/* How the certificate stands, entry by entry. */
struct history {
    const struct log_copy *log;
    str number;
    enum log_standing now;
    day since;
    day until;     /* its last day; DAY_NEVER: not known */
    bool own;      /* an entry was about this very number */
    uint64_t told; /* what the thing's own proof said; TOLD_NOTHING */
};

static const uint64_t TOLD_NOTHING = UINT64_MAX;

static void move(struct history *h, const struct act *act,
                 const struct log_entry *e)
{
    bool own = str_eq(e->number, h->number);
    day until;

    if (act->of_sub && !own)
        return;
    /* What the main certificate began with is not a sub-certificate's. */
    if (!own && (act->to == STANDS_SAME || h->now == STANDS_NOT_YET ||
                 h->now == STANDS_ENDED))
        return;
    if (own && day_parse(json_get_str(e->open, S("until")), &until) &&
        (act->to == STANDS_VALID || str_eq(e->kind, S("certificate.reissued"))))
        h->until = until;
    h->own = h->own || own;
    if (act->to == STANDS_SAME)
        return;
    h->now = act->to;
    h->since = e->on;
}

static void say_acts(struct verify_report *r, struct history *h, day on)
{
    for (const struct log_found *f = h->log->about; f != NULL; f = f->next) {
        const struct act *act = act_of(&f->entry);

        if (act == NULL || f->entry.on > on)
            continue;
        move(h, act, &f->entry);
        if (f->index != h->told)
            say_act(r, &f->entry, f->index);
    }
}

static err standing_err(struct arena *a, const struct history *h, day on)
{
    static const char *const ids[] = {
        [STANDS_NOT_YET] = "verify.stands_not_yet",
        [STANDS_SUSPENDED] = "verify.stands_suspended",
        [STANDS_WITHDRAWN] = "verify.stands_withdrawn",
        [STANDS_CANCELLED] = "verify.stands_cancelled",
        [STANDS_EXPIRED] = "verify.stands_expired",
        [STANDS_ENDED] = "verify.stands_ended",
    };

    return err_new(a, ERR_INVALID, ids[h->now], ARG_STR("number", h->number),
                   ARG_DAY("on", on), ARG_DAY("since", h->since),
                   ARG_STR("origin", h->log->seen.body.origin));
}

static void say_standing(struct verify_report *r, const struct history *h,
                         day on)
{
    if (h->now != STANDS_VALID) {
        report_refuted(r, standing_err(r->a, h, on));
        return;
    }
    if (on > h->until) {
        report_refuted(r,
                       err_new(r->a, ERR_INVALID, "credential.late",
                               ARG_STR("number", h->number),
                               ARG_DAY("until", h->until), ARG_DAY("on", on)));
        return;
    }
    report_proved(r, "verify.stands_valid", ARG_STR("number", h->number),
                  ARG_DAY("on", on), ARG_DAY("since", h->since));
}

/* --- the credential among its entries ----------------------------------- */

/* The newest entry that a credential of this number was signed. */
static const struct log_found *newest_signed(const struct log_copy *log,
                                             str number)
{
    const struct log_found *found = NULL;

    for (const struct log_found *f = log->about; f != NULL; f = f->next) {
        if (entry_is_of_credential(&f->entry) &&
            str_eq(f->entry.number, number))
            found = f;
    }
    return found;
}

/* Is there an entry which the credential is of?  *last is the newest that it
 * might have been of. */
static err find_own(struct arena *a, const struct thing *t,
                    const struct log_copy *log, const struct log_found **own,
                    err *why)
{
    for (const struct log_found *f = log->about; f != NULL; f = f->next) {
        if (!entry_is_of_credential(&f->entry))
            continue;
        *why = entry_check_credential(a, &f->entry, &t->credential);
        if (err_is(*why, ERR_MEMORY))
            return *why;
        if (!failed(*why))
            *own = f;
    }
    return OK;
}

static void say_same(struct verify_report *r, const struct thing *t,
                     uint64_t index)
{
    report_proved(r, "verify.entry_same", ARG_STR("number", t->number),
                  ARG_INT("index", index));
}

static void check_own_entry(struct verify_report *r, const struct thing *t,
                            const struct log_copy *log, uint64_t told)
{
    const struct log_found *newest = newest_signed(log, t->number);
    const struct log_found *own = NULL;
    err why = OK;
    err e = find_own(r->a, t, log, &own, &why);

    if (failed(e) || newest == NULL) {
        report_refuted(r, e);
        return;
    }
    if (own == NULL) {
        report_refuted(r, why);
        return;
    }
    if (own->index != told)
        say_same(r, t, own->index);
    if (own != newest && str_eq(own->entry.kind, newest->entry.kind))
        report_open(r, "verify.entry_newer", ARG_STR("number", t->number),
                    ARG_INT("index", newest->index));
}

void thing_say_reach(struct verify_report *r, const struct log_copy *log,
                     day on)
{
    report_proved(r, "verify.log_whole",
                  ARG_STR("origin", log->seen.body.origin),
                  ARG_INT("size", log->seen.body.size),
                  ARG_INT("count", log->seen.witnesses),
                  ARG_DAY("as_of", log->as_of));
    if (log->as_of < on)
        report_open(r, "verify.log_as_of", ARG_DAY("as_of", log->as_of),
                    ARG_DAY("on", on));
}

static void check_copy(struct verify_report *r, const struct thing *t,
                       const struct thing_trust *trust, uint64_t told)
{
    const struct log_copy *log = trust->log;
    day on = trust->on;
    struct history h = {
        .log = log, .number = t->number, .until = DAY_NEVER, .told = told
    };

    thing_say_reach(r, log, on);
    if (t->number.n == 0)
        return;
    say_acts(r, &h, on);
    if (h.now != STANDS_NOT_YET || trust->mirror == NULL)
        say_standing(r, &h, on); /* else the register says it */
    if (t->has_credential)
        check_own_entry(r, t, log, told);
}

/* --- a proof in one file ------------------------------------------------ */

/* [TH5] */
static void check_entry(struct verify_report *r, const struct thing *t)
{
    err e = entry_check_credential(r->a, &t->entry, &t->credential);

    report_refuted(r, e);
    if (!failed(e))
        say_same(r, t, t->proof.index);
}

static void say_entry(struct verify_report *r, const struct thing *t,
                      const struct policy_seen *seen)
{
    report_proved(r, "verify.proof_holds", ARG_INT("index", t->proof.index),
                  ARG_STR("origin", seen->body.origin),
                  ARG_INT("size", seen->body.size),
                  ARG_INT("count", seen->witnesses));
    say_act(r, &t->entry, t->proof.index);
    if (t->has_credential)
        check_entry(r, t);
}

/* The index of the entry that the proof told of; TOLD_NOTHING. */
static uint64_t check_entry_proof(struct verify_report *r,
                                  const struct thing *t,
                                  const struct trust_policy *policy)
{
    struct policy_seen *seen = arena_zero(r->a, sizeof *seen);
    struct hash leaf;

    if (seen == NULL) {
        r->lost = true;
        return TOLD_NOTHING;
    }
    merkle_leaf(t->proof.extra, &leaf);
    err e = tlog_proof_check(r->a, &t->proof, &leaf, policy, seen);
    report_refuted(r, e);
    if (failed(e))
        return TOLD_NOTHING;
    say_entry(r, t, seen);
    return t->proof.index;
}

static uint64_t check_proof(struct verify_report *r, const struct thing *t,
                            const struct thing_trust *trust)
{
    uint64_t told;

    if (trust->policy == NULL) {
        report_open(r, "verify.proof_unchecked");
        return TOLD_NOTHING;
    }
    if (!t->has_entry) {
        report_open(r, "verify.proof_bare");
        return TOLD_NOTHING;
    }
    told = check_entry_proof(r, t, trust->policy);
    if (!t->has_credential && trust->log == NULL)
        report_open(r, "verify.status_unchecked", ARG_DAY("on", trust->on));
    return told;
}

void thing_check_log(struct verify_report *r, const struct thing *t,
                     const struct thing_trust *trust)
{
    uint64_t told = t->has_proof ? check_proof(r, t, trust) : TOLD_NOTHING;

    if (trust->log != NULL)
        check_copy(r, t, trust, told);
    else if (t->kind == THING_NUMBER)
        report_open(r, "verify.number_alone", ARG_STR("number", t->number));
    else if (!t->has_proof)
        report_open(r, "verify.log_unchecked");
}
