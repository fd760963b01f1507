/* thing_mirror -- what a mirror of the register has under a number, and of an
 * enterprise (mirror.h). [M24] */

#include "codec/json.h"
#include "verify/thing.h"

static day day_of(const struct json *c, str name, day none)
{
    day on = none;

    (void)day_parse(json_get_str(c, name), &on);
    return on;
}

static err not_valid(struct arena *a, const struct thing *t,
                     const struct mirror_found *m)
{
    return err_new(a, ERR_INVALID, "verify.mirror_not_valid",
                   ARG_STR("number", t->number), ARG_DAY("on", m->on),
                   ARG_IDS("status", thing_status_id(m->certificate)),
                   ARG_DAY("since",
                           day_of(m->certificate, S("status_since"), m->on)));
}

/* On the reader's day, by what was on record on the entry's. */
static void say_standing(struct verify_report *r, const struct thing *t,
                         const struct mirror_found *m, day on)
{
    day until = day_of(m->certificate, S("valid_until"), DAY_NEVER);
    day from = day_of(m->certificate, S("valid_from"), DAY_MIN);

    if (!str_eq(json_get_str(m->certificate, S("status")), S("valid")))
        report_refuted(r, not_valid(r->a, t, m));
    else if (on > until)
        report_refuted(r, err_new(r->a, ERR_INVALID, "credential.late",
                                  ARG_STR("number", t->number),
                                  ARG_DAY("until", until), ARG_DAY("on", on)));
    else if (on < from)
        report_refuted(r, err_new(r->a, ERR_INVALID, "credential.early",
                                  ARG_STR("number", t->number),
                                  ARG_DAY("from", from), ARG_DAY("on", on)));
    else
        report_proved(r, "verify.mirror_valid", ARG_STR("number", t->number),
                      ARG_DAY("on", m->on), ARG_DAY("until", until));
}

static void say_number(struct verify_report *r, const struct thing *t,
                       const struct thing_trust *trust)
{
    const struct mirror_found *m = trust->mirror;

    report_proved(r, "verify.mirror_number", ARG_STR("number", t->number),
                  ARG_STR("uscc", m->uscc), ARG_DAY("on", m->on));
    thing_say_holder(r, m->holder, m->uscc, m->on);
    if (m->certificate != NULL)
        say_standing(r, t, m, trust->on);
}

void thing_check_mirror(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust)
{
    const struct mirror_found *m = trust->mirror;

    thing_say_root(r, &m->root, m->on);
    if (m->found)
        say_number(r, t, trust);
    else if (m->uscc.n > 0)
        thing_say_holder(r, m->holder, m->uscc, m->on);
    else
        report_refuted(r, err_new(r->a, ERR_INVALID, "verify.mirror_none",
                                  ARG_STR("number", t->number),
                                  ARG_DAY("on", m->on)));
    if (m->on < trust->on)
        report_open(r, "verify.holder_as_of", ARG_DAY("as_of", m->on),
                    ARG_DAY("on", trust->on));
}
