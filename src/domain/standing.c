#include "domain/standing.h"

#include "base/size.h"
#include "domain/stages.h"

#include <string.h>

bool status_is_final(enum certificate_status s)
{
    return s != CERTIFICATE_VALID && s != CERTIFICATE_SUSPENDED;
}

static void set_status(struct standing *s, const struct event *e,
                       enum certificate_status status)
{
    if (status_is_final(s->status)) /* [SD2] */
        return;
    s->status = status;
    s->since = e->on;
    s->until = DAY_NEVER;
}

static void on_issued(struct standing *s, const struct event *e)
{
    EVENT_DATA(certificate, made, e);

    *s = (struct standing){
        .certificate = made,
        .worded = e->on,
        .worded_at = e->at,
        .scope = made->scope,
        .scope_en = made->scope_en,
        .status = CERTIFICATE_VALID,
        .since = made->from,
        .until = DAY_NEVER,
    };
}

/* [SD5] One that came back is no former name; it moves to the end when it goes
 * again. */
static void forget_former(struct standing *s, str holder)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < s->former_count; i++) {
        if (!str_eq(s->formers[i], holder))
            s->formers[kept++] = s->formers[i];
    }
    s->former_count = kept;
}

static void on_reissued(struct standing *s, const struct event *e)
{
    EVENT_DATA(certificate, made, e);

    if (s->certificate != NULL &&
        !str_eq(s->certificate->holder, made->holder)) {
        forget_former(s, made->holder);
        if (s->former_count < FORMER_MAX)
            s->formers[s->former_count++] = s->certificate->holder;
    }
    s->certificate = made;
    s->worded = e->on;
    s->worded_at = e->at;
    s->scope = made->scope;
    s->scope_en = made->scope_en;
}

static void on_reduced(struct standing *s, const struct event *e)
{
    EVENT_DATA(certificate_scope, reduced, e);

    s->scope = reduced->scope;
    s->scope_en = reduced->scope_en;
}

static void on_suspended(struct standing *s, const struct event *e)
{
    EVENT_DATA(certificate_suspended, suspended, e);

    set_status(s, e, CERTIFICATE_SUSPENDED);
    if (s->status == CERTIFICATE_SUSPENDED)
        s->until = suspended->until;
}

static void on_restored(struct standing *s, const struct event *e)
{
    set_status(s, e, CERTIFICATE_VALID);
}

static void on_withdrawn(struct standing *s, const struct event *e)
{
    set_status(s, e, CERTIFICATE_WITHDRAWN);
}

static void on_cancelled(struct standing *s, const struct event *e)
{
    set_status(s, e, CERTIFICATE_CANCELLED);
}

static void on_expired(struct standing *s, const struct event *e)
{
    set_status(s, e, CERTIFICATE_EXPIRED);
    if (s->certificate != NULL && s->status == CERTIFICATE_EXPIRED)
        s->since = s->certificate->until + 1;
}

/* [SD1] One more than there is room for is left out; decide() makes none.  Of
 * one that was issued anew the newest counts (sub.c [SU7]). */
static void on_sub_issued(struct standing *s, const struct event *e)
{
    EVENT_DATA(sub_certificate, made, e);

    for (int32_t i = 0; i < s->sub_count; i++) {
        if (!str_eq(s->subs[i].sub->number, made->number))
            continue;
        s->subs[i].sub = made;
        return;
    }
    if (s->sub_count < SUB_MAX)
        s->subs[s->sub_count++] = (struct standing_sub){ e->data, DAY_NEVER };
}

static void on_sub_ended(struct standing *s, const struct event *e)
{
    EVENT_DATA(sub_ended, end, e);

    for (int32_t i = 0; i < s->sub_count; i++) {
        struct standing_sub *x = &s->subs[i];

        if (str_eq(x->sub->number, end->number) && x->ended == DAY_NEVER)
            x->ended = e->on;
    }
}

void standing_apply(struct standing *s, const struct event *e)
{
    static const struct {
        const char *name;
        void (*fold)(struct standing *s, const struct event *e);
    } folds[] = {
        { "certificate.issued", on_issued },
        { "certificate.reissued", on_reissued },
        { "certificate.reduced", on_reduced },
        { "certificate.suspended", on_suspended },
        { "certificate.restored", on_restored },
        { "certificate.withdrawn", on_withdrawn },
        { "certificate.cancelled", on_cancelled },
        { "certificate.expired", on_expired },
        { "certificate.sub_issued", on_sub_issued },
        { "certificate.sub_ended", on_sub_ended },
    };

    for (size_t i = 0; i < COUNT(folds); i++) {
        if (strcmp(folds[i].name, e->kind->name) == 0)
            folds[i].fold(s, e);
    }
    s->version = e->n;
}

struct stand stand_on(struct stand recorded, day last, day today)
{
    if (status_is_final(recorded.status) || today <= last)
        return recorded;
    return (struct stand){ CERTIFICATE_EXPIRED, last + 1, DAY_NEVER };
}

/* [SD4] The end of the main one counts only while this one still ran. */
struct stand sub_stand(struct stand main, struct sub_days sub, day today)
{
    bool over = status_is_final(main.status) && main.since <= sub.last;

    if (sub.ended != DAY_NEVER)
        return (struct stand){ CERTIFICATE_CANCELLED, sub.ended, DAY_NEVER };
    if (today > sub.last && !over)
        return (struct stand){ CERTIFICATE_EXPIRED, sub.last + 1, DAY_NEVER };
    if (main.since < sub.issued)
        main.since = sub.issued;
    return main;
}
