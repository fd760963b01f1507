/* What happened to which certificate, for programs; and how one stood on a day.
 * [AI11] [AI12] [M24] */

#include "api/api.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/sequence.h"
#include "web/test_work.h"

#include <stdio.h>

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_error(rq, why, rs);
}

/* The API over a body at work. */
static bool open_api(struct test_work *w, const struct store_place *place)
{
    const struct route_table tables[] = { api_routes, api_change_routes };
    struct router *router = NULL;

    if (!test_work_open(w, place))
        return false;
    if (!EXPECT_OK(router_new(&w->office.arena, tables, 2, &router)))
        return false;
    w->site.router = router;
    w->site.on_error = on_error;
    return true;
}

#define TEST_CHANGES(name, place)                                              \
    scoped(test_work_end) struct test_work name;                               \
    if (!open_api(&(name), (place)))                                           \
    return

static const struct json *ask(struct test_work *w, const char *target,
                              int status)
{
    struct browser b = { .lang = LANG_EN };
    struct response rs = work_get(w, &b, target);
    struct json *j = NULL;

    EXPECT_ROW(target, rs.status == status);
    EXPECT_ROW_OK(target, json_parse(&w->office.arena, rs.body, &j));
    return j;
}

static void suspend(struct test_work *w, str ref)
{
    char json[200];
    char today[DAY_TEXT];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   day_text(office_today(&w->office), today).p);
    EXPECT_OK(office_do(&w->office, "certificates", ref, "certificate.suspend",
                        json));
}

static str certified(struct test_work *w, str *number)
{
    str ref = office_certified(&w->office);

    *number = office_read(&w->office, ref).state->certificate->number;
    return ref;
}

static void sign(struct test_work *w)
{
    int64_t size;

    EXPECT_OK(sequence_log(w->office.app, &w->office.arena, &size));
}

/* --- changes -------------------------------------------------------------- */

ONE_STORE_TEST(changes_are_told_with_where_to_go_on, true)
{
    TEST_CHANGES(w, place);
    struct browser b = { .lang = LANG_EN };
    str number;
    str ref = certified(&w, &number);

    suspend(&w, ref);
    sign(&w);
    const struct json *j = ask(&w, "/api/v1/changes?limit=1", 200);
    const struct json *first = json_get(j, S("changes"))->first;
    EXPECT(json_get(j, S("changes"))->count == 1 && first != NULL);
    EXPECT_STR(json_get_str(first, S("act")), S("issued"));
    EXPECT_STR(json_get_str(first, S("number")), number);
    EXPECT(json_get(j, S("more"))->boolean);

    str next = json_get_str(j, S("next_address"));
    const struct json *then = ask(&w, work_text(&w, "", next, ""), 200);
    EXPECT_STR(json_get_str(json_get(then, S("changes"))->first, S("act")),
               S("suspended"));
    EXPECT(json_get(then, S("next"))->number > json_get(j, S("next"))->number);

    struct response rs = work_get(&w, &b, "/api/v1/changes?limit=1");
    EXPECT(str_begins(next, S("/api/v1/changes?since=")));
    EXPECT_STR(rs.cache, S("public, max-age=2"));
    EXPECT(rs.etag.n > 2);
    for (size_t i = 0; i < rs.header_count; i++) {
        if (str_eq(rs.headers[i].name, S("Link")))
            EXPECT(str_contains(rs.headers[i].value, next));
    }
}

ONE_STORE_TEST(changes_of_one_number_or_one_code_are_asked_by_it, true)
{
    TEST_CHANGES(w, place);
    str number;

    (void)certified(&w, &number);
    (void)office_certified_of(&w.office, "rival");
    sign(&w);
    const char *of_number =
        work_text(&w, "/api/v1/changes?number=", number, "");
    const struct json *j = ask(&w, of_number, 200);
    EXPECT(json_get(j, S("changes"))->count == 1);
    EXPECT(str_contains(json_get_str(j, S("next_address")), number));
    j = ask(&w, "/api/v1/changes?uscc=" RIVAL_USCC, 200);
    EXPECT(json_get(j, S("changes"))->count == 1);
    EXPECT_STR(json_get_str(json_get(j, S("changes"))->first, S("uscc")),
               S(RIVAL_USCC));
    EXPECT(json_get(ask(&w, "/api/v1/changes", 200), S("changes"))->count == 2);
}

ONE_STORE_TEST(what_a_question_cannot_mean_is_named, true)
{
    static const struct {
        const char *target;
        int status;
        const char *id;
    } rows[] = {
        { "/api/v1/changes?since=-1", 400, "api.field" },
        { "/api/v1/changes?since=x", 400, "api.field" },
        { "/api/v1/changes?limit=0", 400, "api.field" },
        { "/api/v1/changes?limit=1001", 400, "api.field" },
        { "/api/v1/changes?number=A&uscc=" RIVAL_USCC, 400, "api.field" },
        { "/api/v1/changes?uscc=1", 400, "changes.uscc" },
        { "/api/v1/changes?number=NONE", 404, "lookup.number" },
    };
    TEST_CHANGES(w, place);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].target,
                       json_get_str(ask(&w, rows[i].target, rows[i].status),
                                    S("id")),
                       str_of(rows[i].id));
}

/* --- on a day [AI11] ------------------------------------------------------ */

static const char *on_day(struct test_work *w, str number, day on,
                          const char *rest)
{
    char text[DAY_TEXT];

    return work_text(w, work_text(w, "/api/v1/certificates/", number, "?on="),
                     day_text(on, text), rest);
}

ONE_STORE_TEST(a_certificate_is_told_as_it_stood_on_a_day, true)
{
    TEST_CHANGES(w, place);
    str number;
    str ref = certified(&w, &number);
    day issued = office_today(&w.office);

    office_pass_days(&w.office, 30);
    suspend(&w, ref);
    const struct {
        day on;
        const char *rest;
        int status;
        const char *said; /* the status, or the problem's id */
    } rows[] = {
        { issued - 1, "", 404, "lookup.not_then" },
        { issued, "", 200, "valid" },
        { issued + 29, "&known=0", 200, "valid" },
        { issued + 30, "&known=1", 200, "suspended" },
        { issued + 31, "", 422, "lookup.not_yet" },
        { issued, "&known=2", 400, "api.field" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *target = on_day(&w, number, rows[i].on, rows[i].rest);
        const struct json *j = ask(&w, target, rows[i].status);
        bool told = rows[i].status == 200;
        const struct json *as_of = json_get(j, S("as_of"));

        EXPECT_ROW_STR(target, json_get_str(j, told ? S("status") : S("id")),
                       str_of(rows[i].said));
        EXPECT_ROW(target, told == (as_of != NULL));
        if (as_of != NULL)
            EXPECT_ROW(target, json_get(as_of, S("known"))->boolean ==
                                   str_eq(str_of(rows[i].rest), S("&known=1")));
    }
    (void)ask(&w,
              work_text(&w, "/api/v1/certificates/", number, "?on=yesterday"),
              400);
    EXPECT(json_get(ask(&w, work_text(&w, "/api/v1/certificates/", number, ""),
                        200),
                    S("as_of")) == NULL);
}

/* --- memory --------------------------------------------------------------- */

static err try_answer(struct heap *h, void *context)
{
    struct test_work *w = context;
    scoped(arena_end) struct arena a;
    struct response rs;
    struct request rq = { .arena = &a, .app = &w->faces };

    arena_init(&a, h, 1 << 22);
    response_init(&rs, &a);
    return api_change_routes.at[0].run(&rq, &rs);
}

ONE_STORE_TEST(changes_without_memory_are_not_sent_in_part, true)
{
    TEST_CHANGES(w, place);
    str number;

    (void)certified(&w, &number);
    sign(&w);
    EXPECT_OK(try_answer(&w.office.heap, &w));
    EXPECT(test_every_allocation_fails(try_answer, NULL, &w) > 0);
}
