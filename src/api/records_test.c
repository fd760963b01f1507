/* Files of service records for programs. [AI5] [AI6] */

#include "api/api.h"
#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "http/response.h"
#include "service/records_held.h"
#include "web/test_work.h"

enum { TARGET_MAX = 400, TABLES_MOST = 100, TEXT_MAX = 1 << 20 };

#define TEXT                                                                   \
    "报修时间,完成时间,网点,客户姓名\n"                          \
    "2025-01-03 09:00,2025-01-03 15:00,东站,张三\n"                        \
    "2025-01-04 09:00,2025-01-04 15:00,西站,李四\n"

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_is(rq) ? api_error(rq, why, rs) : web_error(rq, why, rs);
}

/* Pages and API, as they are served. */
static bool open_both(struct test_work *w, const struct store_place *place)
{
    struct route_table tables[TABLES_MOST];
    struct router *router = NULL;
    size_t n = web_table_count;

    if (!test_work_open(w, place))
        return false;
    EXPECT(n + 2 <= TABLES_MOST);
    for (size_t i = 0; i < n; i++)
        tables[i] = *web_tables[i];
    tables[n] = api_routes;
    tables[n + 1] = api_record_routes;
    EXPECT_OK(router_new(&w->office.arena, tables, n + 2, &router));
    w->site.router = router;
    w->site.on_error = on_error;
    return router != NULL;
}

#define TEST_BOTH(name, place)                                                 \
    scoped(test_work_end) struct test_work name;                               \
    if (!open_both(&(name), (place)))                                          \
    return

/* A program with somebody's cookie. */
struct program {
    struct test_work *w;
    str ref;
    str cookie;
    str token; /* what it sends as X-Token */
    struct response rs;
    const struct json *said;
};

static str join(struct program *p, const char *before, str middle,
                const char *after)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &p->w->office.arena, TARGET_MAX);
    buf_str(&b, str_of(before));
    buf_str(&b, middle);
    buf_str(&b, str_of(after));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* Ask for what lies under the case's records; the status. */
static int call(struct program *p, const char *method, str under,
                const char *type, str body)
{
    struct incoming in = {
        .target =
            join(p, "/api/v1/cases/", join(p, "", p->ref, "/records"), under.p),
        .body = body,
    };
    struct header headers[3] = {
        { S("Cookie"), p->cookie },
        { S("X-Token"), p->token },
        { S("Content-Type"), str_of(type) },
    };
    struct request rq = {
        .arena = &p->w->office.arena,
        .id = S("0123456789abcdef0123456789abcdef"),
        .network = S("192.0.2.0/24"),
        .headers = headers,
        .header_count = *type == 0 ? 2 : 3,
    };
    struct json *said = NULL;

    incoming_method(&in, str_of(method));
    EXPECT_OK(site_answer(&p->w->site, &rq, &in, &p->rs));
    if (p->rs.body.n > 0)
        EXPECT_OK(json_parse(&p->w->office.arena, p->rs.body, &said));
    p->said = said;
    return p->rs.status;
}

static int get(struct program *p, str under)
{
    return call(p, "GET", under, "", S(""));
}

static int post(struct program *p, str under, str body)
{
    return call(p, "POST", under, body.n > 0 ? "application/json" : "", body);
}

static struct program program_of(struct test_work *w, const char *login,
                                 str ref)
{
    struct browser b = work_enter(w, login);
    struct program p = { .w = w, .ref = ref };

    p.cookie = join(&p, "s=", b.session, "; lang=en");
    if (get(&p, S("")) == 200)
        p.token = json_get_str(p.said, S("token"));
    return p;
}

/* Of whoever may not look at the case: from the form by which they go. */
static str token_of_page(struct program *p)
{
    static const char before[] = "name=\"token\" value=\"";
    struct incoming in = { .target = S("/account") };
    struct header headers[1] = { { S("Cookie"), p->cookie } };
    struct request rq = { .arena = &p->w->office.arena,
                          .headers = headers,
                          .header_count = 1 };

    incoming_method(&in, S("GET"));
    EXPECT_OK(site_answer(&p->w->site, &rq, &in, &p->rs));
    str rest = str_from(p->rs.body, str_find(p->rs.body, str_of(before)));
    rest = str_from(rest, sizeof before - 1);
    return str_first(rest, str_index(rest, '"'));
}

static str said(const struct program *p, const char *member)
{
    return p->said == NULL ? S("") : json_get_str(p->said, str_of(member));
}

static void work(struct test_work *w)
{
    bool any = true;

    while (any)
        EXPECT_OK(held_work(w->office.app, &w->office.arena, NULL, &any));
}

/* --- from beginning to end ------------------------------------------------ */

/* "/ID" of a file that was begun, of so many bytes. */
static str begin(struct program *p, const char *json)
{
    EXPECT(post(p, S(""), str_of(json)) == 201);
    return join(p, "/", said(p, "id"), "");
}

static str hand_in(struct program *p)
{
    static const char begun[] = "{\"name\":\"a.csv\",\"size\":142}";
    str file;

    EXPECT(sizeof TEXT - 1 == 142);
    file = begin(p, begun);
    EXPECT(call(p, "PUT", join(p, "", file, "?at=0"), "text/csv",
                str_first(S(TEXT), 100)) == 200);
    EXPECT(json_get(p->said, S("arrived"))->number == 100);
    EXPECT(call(p, "PUT", join(p, "", file, "?at=100"), "text/csv",
                str_from(S(TEXT), 100)) == 200);
    EXPECT_STR(said(p, "state"), S("arriving"));
    EXPECT(post(p, join(p, "", file, "/finish"), S("")) == 200);
    return file;
}

EACH_STORE_TEST(a_program_hands_in_and_gets_figures)
{
    TEST_BOTH(w, place);
    struct program p = program_of(&w, "newcomer", office_case(&w.office));
    str file = hand_in(&p);

    EXPECT_STR(said(&p, "state"), S("counting"));
    EXPECT(get(&p, file) == 200);
    EXPECT(p.said != NULL && json_get(p.said, S("progress")) != NULL &&
           json_get(p.said, S("figures")) == NULL);
    work(&w);
    EXPECT(get(&p, join(&p, "", file, "?by=outlet")) == 200);
    EXPECT_STR(said(&p, "state"), S("counted"));
    EXPECT(str_contains(p.rs.body, S("东站")));
    for (size_t i = 0; i < p.rs.header_count; i++)
        EXPECT(!str_begins(p.rs.headers[i].name, S("Access-Control")));
    EXPECT(get(&p, S("")) == 200);
    EXPECT(json_get(p.said, S("records"))->count == 1);
    EXPECT(json_get(p.said, S("may_hand_in"))->boolean);

    EXPECT(get(&p, join(&p, "", file,
                        "/rows?by=outlet&group="
                        "%E4%B8%9C%E7%AB%99")) == 200);
    EXPECT(json_get(p.said, S("rows"))->count == 1);
    EXPECT(str_contains(p.rs.body, S("张*")) &&
           !str_contains(p.rs.body, S("张三")));
    EXPECT(get(&p, join(&p, "", file, "/rows?lines=3")) == 200);
    EXPECT(json_get(p.said, S("rows"))->count == 1);

    EXPECT(post(&p, join(&p, "", file, "/ask"),
                S("{\"hours\":\"always\",\"repeat_days\":7}")) == 200);
    EXPECT_STR(said(&p, "state"), S("counting"));
    work(&w);
    EXPECT(get(&p, file) == 200);
    EXPECT(json_get(json_get(p.said, S("asked")), S("repeat_days"))->number ==
           7);

    EXPECT(call(&p, "DELETE", file, "", S("")) == 204);
    EXPECT(get(&p, file) == 404);
    EXPECT_STR(said(&p, "id"), S("records.held_missing"));
}

ONE_STORE_TEST(a_program_has_a_sheet_signed, true)
{
    TEST_BOTH(w, place);
    EXPECT_OK(office_make_keys(&w.office));
    w.faces.app = w.office.app;
    struct program p = program_of(&w, "newcomer", office_case(&w.office));
    str file = hand_in(&p);

    EXPECT(post(&p, join(&p, "", file, "/submit"),
                S("{\"requirement\":\"licence\"}")) == 202);
    EXPECT_STR(said(&p, "state"), S("counting"));
    work(&w);
    EXPECT(post(&p, join(&p, "", file, "/submit"),
                S("{\"requirement\":\"licence\"}")) == 201);
    EXPECT_STR(said(&p, "case"), p.ref);
}

/* --- screens --- */

static const struct json *screen_of(const struct json *said, str word)
{
    const struct json *list = json_get(said, S("screens"));

    for (const struct json *j = list == NULL ? NULL : list->first; j != NULL;
         j = j->next) {
        if (str_eq(json_get_str(j, S("screen")), word))
            return j;
    }
    return NULL;
}

/* Tickets of which every second was resolved before it was opened. */
static str many_tickets(struct test_work *w)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, TEXT_MAX);
    buf_str(&b, S("报修时间,完成时间,网点\n"));
    for (int i = 0; i < 2000; i++)
        buf_printf(&b, "2025-01-%02d %02d:%02d,2025-01-%02d %02d:17,东站\n",
                   i % 27 + 2, i % 9 + 9, i % 60, i % 27 + 2 - i % 2,
                   i % 5 + 18);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static str held_by(struct program *p, str text)
{
    struct buf b;
    str begun = S("");

    buf_init(&b, &p->w->office.arena, TARGET_MAX);
    buf_printf(&b, "{\"name\":\"b.csv\",\"size\":%zu}", text.n);
    EXPECT_OK(buf_done(&b, &begun));
    str file = begin(p, begun.p);
    EXPECT(call(p, "PUT", join(p, "", file, "?at=0"), "text/csv", text) == 200);
    EXPECT(post(p, join(p, "", file, "/finish"), S("")) == 200);
    return file;
}

/* With what each is held against, in words, and the rows it points at; for who
 * may read the working papers only. */
ONE_STORE_TEST(screens_are_for_programs_of_who_may_read_the_papers, true)
{
    static const struct {
        const char *login;
        int status;
        const char *id;
    } others[] = {
        { "newcomer", 403, "records.not_yours" }, /* whose file it is */
        { "rival", 404, "case.missing" },
        { "admin", 404, "case.missing" },
    };
    TEST_BOTH(w, place);
    str ref = office_case(&w.office);
    struct program own = program_of(&w, "newcomer", ref);
    str file = join(&own, "", held_by(&own, many_tickets(&w)), "/screens");
    struct program p = program_of(&w, "reviewer", ref);

    EXPECT(get(&p, file) == 202);
    EXPECT_STR(said(&p, "state"), S("counting"));
    work(&w);
    EXPECT(get(&p, file) == 200);
    EXPECT(json_get(p.said, S("tickets"))->number == 2000);
    EXPECT(json_get(p.said, S("screens"))->count == SCREEN_COUNT);
    const struct json *order = screen_of(p.said, S("order"));
    EXPECT(order != NULL);
    if (order == NULL)
        return;
    EXPECT_STR(json_get_str(order, S("status")), S("raised"));
    EXPECT(json_get(order, S("k"))->number == 1000);
    EXPECT(json_get(order, S("base_n"))->number > 0);
    EXPECT_STR(json_get_str(order, S("name")),
               text_get(LANG_EN, screen_name(SCREEN_ORDER)));
    EXPECT(str_contains(json_get_str(order, S("says")), S("1,000")) ||
           str_contains(json_get_str(order, S("says")), S("1000")));
    const struct json *lines = json_get(order, S("lines"));
    EXPECT(lines->count == SCREEN_ROWS && lines->first->number > 1);
    EXPECT(json_get(screen_of(p.said, S("phones")), S("says")) == NULL);

    for (size_t i = 0; i < COUNT(others); i++) {
        struct program o = program_of(&w, others[i].login, ref);

        EXPECT_ROW(others[i].login, get(&o, file) == others[i].status);
        EXPECT_ROW_STR(others[i].login, said(&o, "id"), str_of(others[i].id));
        EXPECT_ROW(others[i].login, !str_contains(o.rs.body, S("screen\"")));
    }
}

/* --- what goes wrong ------------------------------------------------------ */

ONE_STORE_TEST(what_a_program_says_wrongly_is_a_problem, true)
{
    static const struct {
        const char *method;
        const char *under; /* behind the file, or from the case on with "!" */
        const char *body;
        int status;
        const char *id;
    } rows[] = {
        { "POST", "!", "[]", 400, "api.field" },
        { "POST", "!", "{\"name\":\"a\"}", 400, "api.field" },
        { "POST", "!", "{\"name\":\"a\",\"size\":0}", 400, "records.empty" },
        { "POST", "!", "{", 400, "json.syntax" },
        { "GET", "!/nothing", "", 404, "records.held_missing" },
        { "GET", "?by=moon", "", 400, "api.field" },
        { "GET", "/rows?after=x", "", 400, "api.field" },
        { "GET", "/rows?lines=1,x", "", 400, "api.field" },
        { "PUT", "", "x", 400, "api.field" },
        { "PUT", "?at=-1", "x", 400, "api.field" },
        { "PUT", "?at=999", "x", 409, "records.held_at" },
        { "POST", "/ask", "{\"moon\":1}", 400, "records.sheet_field" },
        { "POST", "/ask", "{\"hours\":true}", 400, "records.sheet_field" },
        { "POST", "/ask", "{\"hours\":\"soon\"}", 400, "records.held_week" },
        { "POST", "/ask", "{\"against\":\"soon\"}", 400,
          "records.held_against" },
    };
    TEST_BOTH(w, place);
    struct program p = program_of(&w, "newcomer", office_case(&w.office));
    str file = hand_in(&p);

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool of_case = rows[i].under[0] == '!';
        str under = of_case ? str_of(rows[i].under + 1)
                            : join(&p, "", file, rows[i].under);
        int status = call(&p, rows[i].method, under,
                          *rows[i].body == 0 ? "" : "application/json",
                          str_of(rows[i].body));

        EXPECT_ROW(rows[i].under, status == rows[i].status);
        EXPECT_ROW_STR(rows[i].under, p.rs.type, S("application/problem+json"));
        if (!str_eq(str_of(rows[i].id), S("json.syntax")))
            EXPECT_ROW_STR(rows[i].body, said(&p, "id"), str_of(rows[i].id));
    }
}

/* --- who may -------------------------------------------------------------- */

ONE_STORE_TEST(nobody_changes_anything_without_the_sessions_token, true)
{
    TEST_BOTH(w, place);
    struct program p = program_of(&w, "newcomer", office_case(&w.office));
    str file = hand_in(&p);
    str token = p.token;

    p.token = S("");
    EXPECT(call(&p, "DELETE", file, "", S("")) == 403);
    EXPECT_STR(said(&p, "id"), S("visit.token"));
    p.token = S("another");
    EXPECT(call(&p, "DELETE", file, "", S("")) == 403);
    EXPECT(get(&p, file) == 200);
    p.token = token;
    p.cookie = S("lang=en");
    EXPECT(get(&p, file) == 403);
    EXPECT_STR(said(&p, "id"), S("visit.nobody"));
    EXPECT(call(&p, "DELETE", file, "", S("")) == 403);
}

/* The matrix of roles and routes. */
ONE_STORE_TEST(each_role_may_what_records_held_says, true)
{
    static const struct {
        const char *login;
        int looks;
        int begins;
    } rows[] = {
        { "newcomer", 200, 201 },  { "rival", 404, 404 },
        { "auditor1", 200, 201 },  { "reviewer", 200, 201 },
        { "quality", 200, 201 },   { "head", 200, 201 },
        { "authority", 200, 403 }, { "admin", 404, 404 },
    };
    TEST_BOTH(w, place);
    str ref = office_case(&w.office);
    struct program own = program_of(&w, "newcomer", ref);
    str file = hand_in(&own);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct program p = program_of(&w, rows[i].login, ref);

        if (p.token.n == 0)
            p.token = token_of_page(&p);
        EXPECT_ROW(rows[i].login, get(&p, S("")) == rows[i].looks);
        EXPECT_ROW(rows[i].login, get(&p, file) == rows[i].looks);
        EXPECT_ROW(rows[i].login,
                   post(&p, S(""), S("{\"name\":\"b\",\"size\":9}")) ==
                       rows[i].begins);
    }
}
