#include "service/calendar_text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "page/ical.h"
#include "store/journal.h"

enum { UID_MAX = 400, SUMMARY_MAX = 4000, CALENDAR_MAX = 16 << 20 };

/* A calendar that grows. */
struct calendar_out {
    struct arena *a;
    struct tx *tx;
    enum lang lang;
    str host; /* of the uids */
    struct buf out;
};

/* --- words ------------------------------------------------------------------
 */

#define RENDERED(c, out, id, ...)                                              \
    rendered((c), (out), (id), (const struct err_arg[]){ __VA_ARGS__, { 0 } })

static err rendered(const struct calendar_out *c, str *out, const char *message,
                    const struct err_arg *args)
{
    struct buf b;

    buf_init(&b, c->a, SUMMARY_MAX);
    text_render(&b, c->lang, message, args);
    return buf_done(&b, out);
}

/* "C2026-0001", and of a complaint its number: "C2026-0001#2". */
static err reference(const struct calendar_out *c, const struct todo_line *l,
                     str *out)
{
    struct buf b;

    buf_init(&b, c->a, SUMMARY_MAX);
    buf_str(&b, l->case_number);
    if (l->task.number > 0) {
        buf_char(&b, '#');
        buf_int(&b, l->task.number);
    }
    return buf_done(&b, out);
}

/* The catalogue ids of the roles, for ARG_IDS. */
static err role_ids(const struct calendar_out *c, unsigned roles, str *out)
{
    struct buf b;

    buf_init(&b, c->a, SUMMARY_MAX);
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            buf_printf(&b, "%srole.%s", buf_view(&b).n > 0 ? "|" : "",
                       role_names[i]);
    }
    return buf_done(&b, out);
}

/* "For: ..", somebody by login, or the roles. */
static err describe(const struct calendar_out *c, const struct todo_line *l,
                    str *out)
{
    str roles;

    if (l->login.n > 0)
        return RENDERED(c, out, "calendar.whom", ARG_STR("whom", l->login));
    TRY(role_ids(c, l->task.roles, &roles));
    return RENDERED(c, out, "calendar.whom", ARG_IDS("whom", roles));
}

static err summarise(const struct calendar_out *c, const struct todo_line *l,
                     str *out)
{
    struct buf b;
    str number;
    str task;

    buf_init(&b, c->a, SUMMARY_MAX);
    task_words(&b, c->lang, str_of(task_names[l->task.kind]), l->task.amount);
    TRY(buf_done(&b, &task));
    TRY(reference(c, l, &number));
    return RENDERED(c, out, "calendar.task", ARG_STR("task", task),
                    ARG_STR("number", number),
                    ARG_STR("enterprise", l->enterprise));
}

/* --- uids [CA4] -------------------------------------------------------------
 */

/* "tenstar.example" of "https://tenstar.example:8443/x". */
static str host_of(str url)
{
    size_t scheme = str_find(url, S("://"));

    if (scheme < url.n)
        url = str_from(url, scheme + 3);
    url = str_first(url, str_index(url, '/'));
    return str_first(url, str_index(url, ':'));
}

static err task_uid(const struct calendar_out *c, const struct todo_line *l,
                    str *out)
{
    char key[ID_TEXT];
    char opens[DAY_TEXT];
    struct buf b;

    buf_init(&b, c->a, UID_MAX);
    buf_str(&b, id_text(l->of_case, key));
    buf_printf(&b, "-%s-%lld-", task_names[l->task.kind],
               (long long)l->task.number);
    if (!id_is_zero(l->task.person))
        buf_str(&b, id_text(l->task.person, key));
    buf_char(&b, '-');
    buf_str(&b, day_text(l->task.opens, opens));
    buf_char(&b, '@');
    buf_str(&b, c->host);
    return buf_done(&b, out);
}

static err visit_uid(const struct calendar_out *c, const struct todo_audit *x,
                     str *out)
{
    char key[ID_TEXT];
    struct buf b;

    buf_init(&b, c->a, UID_MAX);
    buf_str(&b, id_text(x->of_case, key));
    buf_str(&b, S("-visit@"));
    buf_str(&b, c->host);
    return buf_done(&b, out);
}

/* --- stamps [CA3] -----------------------------------------------------------
 */

static int64_t later(int64_t at, day since)
{
    int64_t from = day_start_micros(since);

    return at > from ? at : from;
}

/* It came up by a day without anybody's doing, and is pressing from another
 * on. */
static err task_stamp(const struct calendar_out *c, const struct todo_line *l,
                      int64_t *out)
{
    int64_t at;

    TRY(stream_touched(c->tx, l->of_case, &at));
    at = later(at, l->task.opens);
    *out = l->overdue ? later(at, l->task.due + 1) : at;
    return OK;
}

/* --- items ------------------------------------------------------------------
 */

static err put_task(struct calendar_out *c, const struct todo_line *l)
{
    struct ical_item item = {
        .kind = ICAL_TODO,
        .categories = str_of(task_names[l->task.kind]),
        .due = l->task.due,
        .pressing = l->overdue,
    };
    int64_t at;

    TRY(task_uid(c, l, &item.uid));
    TRY(summarise(c, l, &item.summary));
    TRY(describe(c, l, &item.description));
    TRY(task_stamp(c, l, &at));
    ical_put(&c->out, &item, at);
    return OK;
}

/* The logins of those who go: `n` lines of one case. */
static err team_of(const struct calendar_out *c, const struct todo_audit *x,
                   size_t n, str *out)
{
    struct buf b;

    buf_init(&b, c->a, SUMMARY_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, x[i].login);
    }
    return buf_done(&b, out);
}

/* One visit, whoever goes. */
static err put_visit(struct calendar_out *c, const struct todo_audit *x,
                     size_t team)
{
    struct ical_item item = {
        .kind = ICAL_EVENT,
        .categories = S("audit"),
        .from = x->from,
        .to = x->to,
    };
    int64_t at;
    str who;

    TRY(visit_uid(c, x, &item.uid));
    TRY(team_of(c, x, team, &who));
    TRY(RENDERED(c, &item.summary, "calendar.visit",
                 ARG_STR("number", x->case_number),
                 ARG_STR("enterprise", x->enterprise)));
    TRY(RENDERED(c, &item.description, "calendar.whom", ARG_STR("whom", who)));
    TRY(stream_touched(c->tx, x->of_case, &at));
    ical_put(&c->out, &item, at);
    return OK;
}

/* The lines of a case stand beside each other: how many of them there are. */
static size_t of_one_case(const struct todo_audit *x, size_t n)
{
    size_t team = 1;

    while (team < n && id_eq(x[team].of_case, x->of_case))
        team++;
    return team;
}

/* --- all of them ------------------------------------------------------------
 */

static err put_all(struct calendar_out *c, const struct todo_list *l)
{
    const struct todo_audit *audits = l->audits.p;
    const struct todo_line *tasks = l->tasks.p;

    for (size_t i = 0; i < l->audits.n;) {
        size_t team = of_one_case(&audits[i], l->audits.n - i);

        TRY(put_visit(c, &audits[i], team));
        i += team;
    }
    for (size_t i = 0; i < l->tasks.n; i++)
        TRY(put_task(c, &tasks[i]));
    return OK;
}

err calendar_text(struct app *app, struct arena *a, const struct todo_list *l,
                  str login, enum lang lang, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct calendar_out c = {
        .a = a,
        .lang = lang,
        .host = host_of(app_public_url(app)),
    };
    str name;

    TRY(app_read(app, a, &tx));
    c.tx = tx;
    TRY(RENDERED(&c, &name, login.n == 0 ? "calendar.all" : "calendar.of",
                 ARG_STR("login", login)));
    buf_init(&c.out, a, CALENDAR_MAX);
    ical_begin(&c.out, lang == LANG_ZH ? S("ZH") : S("EN"), name);
    TRY(put_all(&c, l));
    ical_end(&c.out);
    return buf_done(&c.out, out);
}
