#include "domain/actor.h"

const char *const role_names[ROLE_COUNT + 1] = {
    [ROLE_APPLICANT] = "applicant",
    [ROLE_INTAKE] = "intake",
    [ROLE_FINANCE] = "finance",
    [ROLE_PLANNER] = "planner",
    [ROLE_AUDITOR] = "auditor",
    [ROLE_REVIEWER] = "reviewer",
    [ROLE_CERTIFICATES] = "certificates",
    [ROLE_QUALITY] = "quality",
    [ROLE_HEAD] = "head",
    [ROLE_APPEAL] = "appeal",
    [ROLE_EXPERT] = "expert",
    [ROLE_REPORTER] = "reporter",
    [ROLE_AUTHORITY] = "authority",
    [ROLE_ADMIN] = "admin",
};

const struct person *facts_person(const struct facts *f, str login)
{
    for (size_t i = 0; i < f->person_count; i++) {
        if (str_eq(f->people[i].login, login))
            return &f->people[i];
    }
    return NULL;
}

err facts_present(struct arena *a, const struct facts *f, str login,
                  const struct person **out)
{
    const struct person *p = facts_person(f, login);

    if (p == NULL)
        return err_new(a, ERR_NOT_FOUND, "plan.person",
                       ARG_STR("login", login));
    if (!p->active)
        return err_new(a, ERR_REFUSED, "plan.left", ARG_STR("login", login));
    *out = p;
    return OK;
}

const struct person *facts_actor(const struct facts *f)
{
    for (size_t i = 0; i < f->person_count; i++) {
        if (id_eq(f->people[i].id, f->actor.person))
            return &f->people[i];
    }
    return NULL;
}

struct deadline facts_deadline(const struct facts *f, struct span s)
{
    return span_end(f->calendar, f->today, s);
}
