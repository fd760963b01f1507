/* thing_holder -- all certificates of an enterprise, or that it has none, as
 * the log had them on a day (holder.h). [M24] */

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "verify/thing.h"

err thing_read_holder(struct arena *a, str text, struct thing *t)
{
    struct holder_proof *made = arena_zero(a, sizeof *made);

    TRY_MEMORY(made);
    TRY(holder_proof_read(a, text, made));
    TRY(tlog_proof_read(a, made->log, &t->proof));
    t->has_proof = true;
    t->has_entry = t->proof.has_extra;
    if (t->has_entry)
        TRY(entry_read(a, t->proof.extra, &t->entry));
    t->holder = made;
    return OK;
}

/* The text of a member; a dash where nothing stands. */
static str said(const struct json *c, str name)
{
    str text = json_get_str(c, name);

    return text.n == 0 ? S("–") : text;
}

str thing_status_id(const struct json *c)
{
    static const char *const names[][2] = {
        { "valid", "status.valid" },
        { "suspended", "status.suspended" },
        { "withdrawn", "status.withdrawn" },
        { "cancelled", "status.cancelled" },
        { "expired", "status.expired" },
    };
    str status = json_get_str(c, S("status"));

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_eq(status, str_of(names[i][0])))
            return str_of(names[i][1]);
    }
    return S("verify.status_other");
}

static void say_certificate(struct verify_report *r, enum finding_is is,
                            const struct json *c)
{
    report_add(r, is, "verify.holder_certificate",
               (const struct err_arg[]){
                   ARG_STR("number", said(c, S("number"))),
                   ARG_STR("holder", said(c, S("holder"))),
                   ARG_STR("level", said(c, S("level"))),
                   ARG_IDS("status", thing_status_id(c)),
                   ARG_STR("from", said(c, S("valid_from"))),
                   ARG_STR("until", said(c, S("valid_until"))),
                   { 0 } });
}

static void say_certificates(struct verify_report *r, enum finding_is is,
                             const struct json *list)
{
    if (list == NULL || list->kind != JSON_ARRAY)
        return;
    for (const struct json *c = list->first; c != NULL; c = c->next)
        say_certificate(r, is, c);
}

static int64_t count_of(const struct json *list)
{
    return list == NULL ? 0 : (int64_t)list->count;
}

/* What it says, by whomever. */
static void say_claims(struct verify_report *r, const struct holder_proof *p)
{
    const struct json *list = json_get(p->holder, S("certificates"));

    report_open(r, "verify.holder_claims", ARG_STR("uscc", p->uscc),
                ARG_INT("count", count_of(list)));
    say_certificates(r, FINDING_OPEN, list);
}

void thing_say_holder(struct verify_report *r, const struct json *holder,
                      str uscc, day on)
{
    const struct json *list = json_get(holder, S("certificates"));

    if (holder == NULL) {
        report_proved(r, "verify.holder_none", ARG_STR("uscc", uscc),
                      ARG_DAY("on", on));
        return;
    }
    report_proved(r, "verify.holder_all", ARG_STR("uscc", uscc),
                  ARG_INT("count", count_of(list)), ARG_DAY("on", on));
    say_certificates(r, FINDING_PROVED, list);
}

void thing_say_root(struct verify_report *r, const struct holder_root *root,
                    day on)
{
    report_proved(r, "verify.holder_root", ARG_DAY("on", on),
                  ARG_INT("holders", root->holders),
                  ARG_INT("numbers", root->numbers),
                  ARG_INT("upto", root->upto));
}

static void check_map(struct verify_report *r, const struct thing *t,
                      const struct thing_trust *trust)
{
    struct holder_root root = { 0 };
    err e = holder_root_read(r->a, &t->entry, &root);

    if (!failed(e))
        e = holder_proof_check(r->a, t->holder, &root.root);
    report_refuted(r, e);
    if (failed(e))
        return;
    thing_say_root(r, &root, t->entry.on);
    thing_say_holder(r, t->holder->holder, t->holder->uscc, t->entry.on);
    if (t->entry.on < trust->on)
        report_open(r, "verify.holder_as_of", ARG_DAY("as_of", t->entry.on),
                    ARG_DAY("on", trust->on));
}

static err check_log(struct verify_report *r, const struct thing *t,
                     const struct trust_policy *policy)
{
    struct policy_seen *seen = arena_zero(r->a, sizeof *seen);
    struct hash leaf;

    TRY_MEMORY(seen);
    merkle_leaf(t->proof.extra, &leaf);
    TRY(tlog_proof_check(r->a, &t->proof, &leaf, policy, seen));
    report_proved(r, "verify.proof_holds", ARG_INT("index", t->proof.index),
                  ARG_STR("origin", seen->body.origin),
                  ARG_INT("size", seen->body.size),
                  ARG_INT("count", seen->witnesses));
    return OK;
}

void thing_check_holder(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust)
{
    err e;

    if (trust->log != NULL)
        thing_say_reach(r, trust->log, trust->on);
    if (trust->policy == NULL || !t->has_entry) {
        report_open(r, t->has_entry ? "verify.proof_unchecked"
                                    : "verify.proof_bare");
        say_claims(r, t->holder);
        return;
    }
    e = check_log(r, t, trust->policy);
    r->lost = r->lost || err_is(e, ERR_MEMORY);
    report_refuted(r, e);
    if (!failed(e))
        check_map(r, t, trust);
}
