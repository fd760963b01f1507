#include "domain/papers.h"

#include "base/size.h"
#include "domain/stages.h"

enum { INDICATORS_MAX = 50 };

/* The commands say what the events say, but for the number. */
/* clang-format off */
#define INTERVIEW_FIELDS \
    F_STR(struct interview, site, 1, 100), \
    F_STR(struct interview, role, 1, 100), \
    F_INT(struct interview, people, 1, 100), \
    F_STRS_OPT(struct interview, indicators, INDICATORS_MAX), \
    F_STR(struct interview, note, 1, 4000)

static const struct field interview_said[] = { INTERVIEW_FIELDS };
static const struct record interview_command =
    RECORD(interview, interview_said);

static const struct field interview_fields[] = {
    F_INT(struct interview, number, 1, PAPER_MAX),
    INTERVIEW_FIELDS,
};
const struct record interview_record = RECORD(interview, interview_fields);

#define OBSERVATION_FIELDS \
    F_STR(struct observation, site, 1, 100), \
    F_STR(struct observation, place, 1, 200), \
    F_STRS_OPT(struct observation, indicators, INDICATORS_MAX), \
    F_STR(struct observation, note, 1, 4000), \
    F_STRS_OPT(struct observation, evidence, 50)

static const struct field observation_said[] = { OBSERVATION_FIELDS };
static const struct record observation_command =
    RECORD(observation, observation_said);

static const struct field observation_fields[] = {
    F_INT(struct observation, number, 1, PAPER_MAX),
    OBSERVATION_FIELDS,
};
const struct record observation_record =
    RECORD(observation, observation_fields);
/* clang-format on */

/* --- what both ask for [PA1] [PA2] ---------------------------------------- */

static err ready_paper(struct arena *a, const struct state *s)
{
    if (!s->opening_held)
        REFUSE(a, "audit.not_opened");
    if (s->papers >= PAPER_MAX)
        return err_new(a, ERR_LIMIT, "papers.many", ARG_INT("most", PAPER_MAX));
    return OK;
}

static err check_indicators(struct arena *a, const struct scheme *s,
                            const struct list *list)
{
    const str *names = list->p;

    for (size_t i = 0; i < list->n; i++) {
        if (scheme_leaf(s, names[i]) < 0)
            return err_new(a, ERR_INVALID, "reply.indicator",
                           ARG_STR("indicator", names[i]));
        for (size_t k = 0; k < i; k++) {
            if (str_eq(names[k], names[i]))
                return err_new(a, ERR_INVALID, "papers.twice",
                               ARG_STR("indicator", names[i]));
        }
    }
    return OK;
}

static err check_paper(struct arena *a, const struct state *s, str site,
                       const struct list *indicators)
{
    if (!sites_visits(s->plan, site))
        return err_new(a, ERR_INVALID, "papers.site", ARG_STR("site", site));
    return check_indicators(a, s->scheme, indicators);
}

static void take_paper(struct state *s, const struct event *e, str site)
{
    state_add_evaluator(s, e->actor);
    sites_see(s, site);
    s->papers++;
}

/* --- interview.record, observation.record --------------------------------- */

static err judge_interview(struct arena *a, const struct state *s,
                           const struct command *c, const struct facts *f,
                           struct event_list *out)
{
    struct interview made = *(const struct interview *)c->data;

    TRY(check_paper(a, s, made.site, &made.indicators));
    made.number = s->papers + 1;
    return event_emit(a, out, "interview.recorded", f, &made);
}

static void apply_interview(struct state *s, const struct event *e)
{
    EVENT_DATA(interview, made, e);

    take_paper(s, e, made->site);
}

static err judge_observation(struct arena *a, const struct state *s,
                             const struct command *c, const struct facts *f,
                             struct event_list *out)
{
    struct observation made = *(const struct observation *)c->data;

    TRY(check_paper(a, s, made.site, &made.indicators));
    made.number = s->papers + 1;
    return event_emit(a, out, "observation.recorded", f, &made);
}

static void apply_observation(struct state *s, const struct event *e)
{
    EVENT_DATA(observation, made, e);

    take_paper(s, e, made->site);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "interview.record", &interview_command, ready_paper, judge_interview, NULL },
    { "observation.record", &observation_command, ready_paper, judge_observation, NULL },
};

static const struct event_kind events[] = {
    { "interview.recorded", 1, STREAM_CASE, &interview_record, apply_interview },
    { "observation.recorded", 1, STREAM_CASE, &observation_record, apply_observation },
};
/* clang-format on */

const struct stage_tables papers_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};

/* --- who reads them [PA4] ------------------------------------------------- */

bool papers_is_one(const struct event_kind *k)
{
    static const char *const names[] = {
        "interview.recorded", "observation.recorded", "sample.called",
        "sample.asked",       "decision.voted",       "decision.questioned",
        "decision.answered",  "decision.returned",    "decision.advised",
        "decision.proposed",  "risk.noted",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(k->name, names[i]) == 0)
            return true;
    }
    return false;
}
