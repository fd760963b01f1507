#include "domain/covered.h"

#include "base/size.h"
#include "domain/stages.h"

#include <string.h>

static void leave(struct covered *c, str name)
{
    const struct site *sites = c->application->sites.p;

    for (size_t i = 0; i < c->application->sites.n && i < SITE_MAX; i++)
        c->gone[i] = c->gone[i] || str_eq(sites[i].name, name);
}

static void leave_all(struct covered *c, const struct list *names)
{
    const str *name = names->p;

    for (size_t i = 0; c->application != NULL && i < names->n; i++)
        leave(c, name[i]);
}

static void on_submitted(struct covered *c, const struct event *e)
{
    c->application = e->data;
}

static void on_asked(struct covered *c, const struct event *e)
{
    c->asked = e->data;
}

static void on_changed(struct covered *c, const struct event *)
{
    if (c->asked != NULL)
        leave_all(c, &c->asked->sites);
    c->asked = NULL;
}

static void on_decided(struct covered *c, const struct event *e)
{
    c->decided = e->data;
}

static void on_signed(struct covered *c, const struct event *)
{
    if (c->decided != NULL)
        leave_all(c, &c->decided->sites);
    c->decided = NULL;
}

/* By one person alone, as it was once (life.c [LI7]). */
static void on_reduced(struct covered *c, const struct event *e)
{
    EVENT_DATA(reduction, reduced, e);

    leave_all(c, &reduced->sites);
}

void covered_apply(struct covered *c, const struct event *e)
{
    static const struct {
        const char *name;
        void (*fold)(struct covered *c, const struct event *e);
    } folds[] = {
        { "application.submitted", on_submitted },
        { "change.asked", on_asked },
        { "certificate.changed", on_changed },
        { "reduction.decided", on_decided },
        { "reduction.signed", on_signed },
        { "scope.reduced", on_reduced },
    };

    for (size_t i = 0; i < COUNT(folds); i++) {
        if (strcmp(folds[i].name, e->kind->name) == 0)
            folds[i].fold(c, e);
    }
}
