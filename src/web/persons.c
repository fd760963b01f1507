#include "web/persons.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "domain/actor.h"
#include "http/percent.h"
#include "web/visit.h"

enum {
    WORDS_MOST = 2000,
    AGENT_SHOWN = 60,
    NUMBER_DIGITS = 15,
    DAY_SHOWN = 40
};

static const char *const state_ids[WEB_SESSION_STATES] = {
    [WEB_SESSION_CODE] = "session.code",
    [WEB_SESSION_ENROL] = "session.enrol",
    [WEB_SESSION_OPEN] = "session.open",
};

err persons_moment(struct request *rq, int64_t micros, str *out)
{
    char text[TEXT_VALUE];
    day d = day_of_micros(micros);
    int minute = (int)((micros - day_start_micros(d)) / INT64_C(60000000));
    struct buf b;

    buf_init(&b, rq->arena, WORDS_MOST);
    buf_str(&b, text_day(web_lang(rq), d, text));
    buf_printf(&b, " %02d:%02d", minute / 60, minute % 60);
    return buf_done(&b, out);
}

/* "role.auditor|role.planner" */
static err role_ids(struct request *rq, unsigned roles, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, WORDS_MOST);
    for (size_t r = 0; r < ROLE_COUNT; r++) {
        if ((roles & ROLE_BIT(r)) != 0)
            buf_printf(&b, "|role.%s", role_names[r]);
    }
    TRY(buf_done(&b, out));
    *out = str_from(*out, out->n > 0 ? 1 : 0);
    return OK;
}

err persons_roles(struct request *rq, unsigned roles, str *out)
{
    struct buf b;
    str ids;

    TRY(role_ids(rq, roles, &ids));
    const struct err_arg args[] = { ARG_IDS("roles", ids), { 0 } };
    buf_init(&b, rq->arena, WORDS_MOST);
    if (ids.n > 0)
        text_render(&b, web_lang(rq), "people.roles", args);
    return buf_done(&b, out);
}

/* --- browsers ------------------------------------------------------------- */

struct known {
    const char *sign;
    const char *name;
};

/* Each browser says that it is some others as well: the first that fits. */
static const struct known browsers[] = {
    { "MicroMessenger", "WeChat" },
    { "Edg", "Edge" },
    { "OPR/", "Opera" },
    { "Firefox/", "Firefox" },
    { "Chrome/", "Chrome" },
    { "CriOS/", "Chrome" },
    { "Safari/", "Safari" },
};
static const struct known systems[] = {
    { "Android", "Android" }, { "iPhone", "iPhone" },
    { "iPad", "iPad" },       { "HarmonyOS", "HarmonyOS" },
    { "Windows", "Windows" }, { "Mac OS X", "macOS" },
    { "Linux", "Linux" },
};

static const char *find(const struct known *of, size_t n, str agent)
{
    for (size_t i = 0; i < n; i++) {
        if (str_contains(agent, str_of(of[i].sign)))
            return of[i].name;
    }
    return NULL;
}

/* "Firefox, Linux": what a User-Agent means to people; of one that we do not
 * know its beginning. */
static err browser_of(struct request *rq, str agent, str *out)
{
    const char *browser = find(browsers, COUNT(browsers), agent);
    const char *system = find(systems, COUNT(systems), agent);
    struct buf b;

    buf_init(&b, rq->arena, WORDS_MOST);
    if (browser == NULL && agent.n == 0)
        text_render(&b, web_lang(rq), "account.browser_unknown", NULL);
    else
        buf_str(&b, browser == NULL ? utf8_first(agent, AGENT_SHOWN)
                                    : str_of(browser));
    if (browser != NULL && system != NULL)
        buf_printf(&b, " · %s", system);
    return buf_done(&b, out);
}

/* --- sessions ------------------------------------------------------------- */

static err show(struct request *rq, const struct door_session *s, int64_t here,
                struct page_sessions_sessions *out)
{
    *out = (struct page_sessions_sessions){
        .number = s->number,
        .network = s->network,
        .state = state_ids[s->state],
        .here = s->number == here,
    };
    TRY(browser_of(rq, s->agent, &out->browser));
    TRY(persons_moment(rq, s->made, &out->made));
    return persons_moment(rq, s->seen, &out->seen);
}

err persons_sessions(struct request *rq, const struct list *sessions,
                     const struct persons_of *of, struct page_sessions *out)
{
    const struct door_session *s = sessions->p;
    struct page_sessions_sessions *rows =
        arena_array(rq->arena, sessions->n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < sessions->n; i++)
        TRY(show(rq, &s[i], of->here, &rows[i]));
    *out = (struct page_sessions){
        .of = of->login,
        .token = web_visit(rq)->token,
        .sessions = rows,
        .sessions_n = sessions->n,
    };
    return OK;
}

int64_t persons_read_number(str text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.n; i++) {
        if (text.n > NUMBER_DIGITS || text.p[i] < '0' || text.p[i] > '9')
            return 0;
        number = number * 10 + (text.p[i] - '0');
    }
    return number;
}

int64_t persons_number(const struct request *rq)
{
    return persons_read_number(request_parameter(rq, S("number")));
}

err persons_lead(struct request *rq, struct response *rs, str login, str query)
{
    struct buf b;
    str address;

    buf_init(&b, rq->arena, WORDS_MOST);
    buf_str(&b, S("/people/"));
    percent_encode(&b, login);
    buf_str(&b, query);
    TRY(buf_done(&b, &address));
    return respond_redirect(rs, 303, address);
}

/* --- forms ---------------------------------------------------------------- */

err persons_day(const struct request *rq, str typed, day *out)
{
    if (day_parse(typed, out))
        return OK;
    return err_new(rq->arena, ERR_INVALID, "arrive.day",
                   ARG_STR("given", utf8_first(typed, DAY_SHOWN)));
}

struct posting persons_posting(const struct request *rq)
{
    return (struct posting){ web_lang(rq), faces_public_url(rq->app) };
}
