/* The checklist at a site: its pages, and what is recorded by them.
 * [ON1]..[ON3] [M15] [17065 7.4] [CA7] */

#include "web/test_work.h"

#include <stdio.h>
#include <string.h>

/* --- at a site ------------------------------------------------------------ */

/* A case under audit, its opening meeting held. */
static str under_audit(struct test_work *w)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    office_go_to(&w->office, ref, STAGE_AUDIT);
    while (!over && !test_failing() &&
           !office_read(&w->office, ref).state->opening_held)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    return ref;
}

/* The first root of mini's tree, and a leaf of it that is met or not. */
static const struct indicator *a_leaf(const struct scheme *s)
{
    for (size_t i = 0; i < s->leaf_count; i++) {
        const struct indicator *in = scheme_leaf_at(s, (int32_t)i);

        if (in->kind == LEAF_MET)
            return in;
    }
    return NULL;
}

static str root_of(const struct scheme *s, const struct indicator *in)
{
    while (in->parent >= 0)
        in = &s->indicators[in->parent];
    return in->id;
}

/* Somebody at the checklist. */
struct visiting {
    struct test_work *w;
    struct browser b;
    str ref;
    str leaf;
    const char *page;
};

static struct visiting visit_as(struct test_work *w, str ref, const char *login)
{
    const struct scheme *s = office_read(&w->office, ref).state->scheme;
    const struct indicator *in = a_leaf(s);
    struct visiting v = { .w = w, .b = work_enter(w, login), .ref = ref };

    v.b.lang = LANG_EN;
    v.leaf = in->id;
    v.page = work_text(w, "/cases/", ref,
                       work_text(w, "/checklist/", root_of(s, in), ""));
    return v;
}

static str between(str where, const char *before, const char *after)
{
    str rest = str_from(where, str_find(where, str_of(before)));

    rest = rest.n == 0 ? rest : str_from(rest, strlen(before));
    return str_first(rest, str_find(rest, str_of(after)));
}

/* The card of the leaf. */
static str card_of(const struct visiting *v, const struct response *rs)
{
    const char *begins = work_text(v->w, "data-leaf=\"", v->leaf, "\"");

    return between(rs->body, begins, "</article>");
}

/* A form as the page had it. */
struct held {
    str id;
    str version;
    str seen;
    str site;
};

static struct held hold(struct visiting *v)
{
    struct response rs = work_get(v->w, &v->b, v->page);
    str card = card_of(v, &rs);

    EXPECT(rs.status == 200);
    return (struct held){
        between(card, "name=\"command-id\" value=\"", "\""),
        between(card, "name=\"version\" value=\"", "\""),
        between(card, "name=\"seen\" value=\"", "\""),
        between(card, "name=\"site\" value=\"", "\""),
    };
}

static struct response give(struct visiting *v, const struct held *h,
                            const char *fields)
{
    struct test_work *w = v->w;
    const char *own =
        work_text(w, "command-id=", h->id,
                  work_text(w, "&version=", h->version,
                            work_text(w, "&seen=", h->seen, "&")));

    own = work_text(w, own, S("indicator="), "");
    own = work_text(w, own, v->leaf, work_text(w, "&site=", h->site, "&"));
    return work_post(w, &v->b, v->page, work_text(w, own, str_of(fields), ""));
}

static const struct finding *found(const struct visiting *v)
{
    const struct state *s = office_read(&v->w->office, v->ref).state;

    return s->leaves[scheme_leaf(s->scheme, v->leaf)].finding;
}

static size_t events_of(const struct visiting *v)
{
    return office_read(&v->w->office, v->ref).events.n;
}

/* --- the page ------------------------------------------------------------- */

ONE_STORE_TEST(a_team_finds_each_indicator_with_a_form_at_its_site, true)
{
    TEST_WORK(w, place);
    str ref = under_audit(&w);
    struct visiting v = visit_as(&w, ref, "auditor1");
    struct response rs = work_get(&w, &v.b, v.page);

    EXPECT(rs.status == 200);
    EXPECT(str_contains(card_of(&v, &rs), S("value=\"not_met\"")));
    EXPECT(work_holds(&rs, "type=\"module\""));
    EXPECT(!work_holds(&rs, "[onsite."));
    rs = work_get(&w, &v.b, work_text(&w, "/cases/", ref, "/checklist"));
    EXPECT(work_holds(&rs, "/checklist/"));
}

ONE_STORE_TEST(others_read_it_without_a_form_and_the_enterprise_not_at_all,
               true)
{
    static const struct {
        const char *login;
        int status;
        bool form;
    } rows[] = {
        { "auditor1", 200, true },  { "quality", 200, false },
        { "reviewer", 200, false }, { "newcomer", 404, false }, /* [CA7] */
        { "rival", 404, false },
    };
    TEST_WORK(w, place);
    str ref = under_audit(&w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct visiting v = visit_as(&w, ref, rows[i].login);
        struct response rs = work_get(&w, &v.b, v.page);

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "class=\"onsite\"") == rows[i].form);
    }
    struct visiting v = visit_as(&w, ref, "auditor1");
    struct response rs =
        work_get(&w, &v.b, work_text(&w, "/cases/", ref, "/checklist/no.such"));
    EXPECT(rs.status == 404);
}

/* [RS1] It asks this server, and may do nothing else. */
ONE_STORE_TEST(the_worker_comes_from_the_cases_own_folder, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = work_get(&w, &b, "/cases/C2026-0001/worker.js");

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("text/javascript; charset=utf-8"));
    EXPECT(strstr(rs.policy->content, "connect-src 'self'") != NULL);
    EXPECT(strstr(rs.policy->content, "default-src 'none'") != NULL);
    EXPECT_STR(rs.cache, S("no-cache"));
}

/* --- recording ------------------------------------------------------------ */

ONE_STORE_TEST(what_is_entered_is_recorded_and_leads_back_to_its_card, true)
{
    TEST_WORK(w, place);
    struct visiting v = visit_as(&w, under_audit(&w), "auditor1");
    struct held h = hold(&v);
    struct response rs =
        give(&v, &h, "result=not_met&note=no+signs&evidence=photo+1%0D%0Alist");

    EXPECT(rs.status == 303);
    EXPECT(str_contains(work_led(&rs), S("#leaf-")));
    EXPECT(found(&v)->result == RESULT_NOT_MET);
    EXPECT_STR(found(&v)->note, S("no signs"));
    EXPECT(found(&v)->evidence.n == 2);
    rs = work_get(&w, &v.b, v.page);
    EXPECT(str_contains(card_of(&v, &rs), S("On record")));
}

/* [ON3] */
ONE_STORE_TEST(what_is_sent_twice_is_recorded_once_whatever_came_between, true)
{
    TEST_WORK(w, place);
    struct visiting v = visit_as(&w, under_audit(&w), "auditor1");
    struct held h = hold(&v);

    EXPECT(give(&v, &h, "result=met").status == 303);
    size_t events = events_of(&v);
    EXPECT(give(&v, &h, "result=met").status == 303);
    EXPECT(events_of(&v) == events);

    struct held again = hold(&v);
    EXPECT(give(&v, &again, "result=not_met&evidence=x").status == 303);
    EXPECT(give(&v, &h, "result=met").status == 303);
    EXPECT(events_of(&v) == events + 1);
    EXPECT(found(&v)->result == RESULT_NOT_MET);
}

/* [ON2] */
ONE_STORE_TEST(what_somebody_else_recorded_meanwhile_stands_beside_it, true)
{
    TEST_WORK(w, place);
    struct visiting v = visit_as(&w, under_audit(&w), "auditor1");
    struct held mine = hold(&v);
    struct held other = hold(&v);

    EXPECT(give(&v, &other, "result=not_met&note=THEIRS&evidence=x").status ==
           303);
    size_t events = events_of(&v);
    struct response rs = give(&v, &mine, "result=met&note=MINE+IS+OLDER");
    EXPECT(rs.status == 409);
    EXPECT(events_of(&v) == events);
    str card = card_of(&v, &rs);
    EXPECT(str_contains(card, S("THEIRS")));
    EXPECT(str_contains(card, S("MINE IS OLDER")));
    EXPECT(str_contains(card, S("role=\"alert\"")));

    /* As it is shown now it can be recorded. */
    mine = (struct held){
        between(card, "name=\"command-id\" value=\"", "\""),
        between(card, "name=\"version\" value=\"", "\""),
        between(card, "name=\"seen\" value=\"", "\""),
        mine.site,
    };
    EXPECT(give(&v, &mine, "result=met&note=MINE+IS+OLDER").status == 303);
    EXPECT_STR(found(&v)->note, S("MINE IS OLDER"));
}

/* [ON2] */
ONE_STORE_TEST(another_indicator_recorded_meanwhile_is_no_conflict, true)
{
    TEST_WORK(w, place);
    struct visiting v = visit_as(&w, under_audit(&w), "auditor1");
    struct held h = hold(&v);

    EXPECT_OK(office_do(&w.office, "auditor1", v.ref, "observation.record",
                        "{'site':'总部','place':'a store','indicators':[],"
                        "'note':'tidy','evidence':[]}"));
    EXPECT(give(&v, &h, "result=met").status == 303);
    EXPECT(found(&v)->result == RESULT_MET);
}

/* [AU2] What was typed is not lost. */
ONE_STORE_TEST(a_mistake_is_said_on_the_card_and_what_was_typed_stays, true)
{
    static const struct {
        const char *fields;
        const char *shown;
        int status;
    } rows[] = {
        { "result=not_met&note=LOST+POINT", "LOST POINT", 400 }, /* [AU2] */
        { "result=sampled&k=1&n=2&note=NOT+SAMPLED", "NOT SAMPLED", 400 },
        { "result=nonsense&note=NO+SUCH", "NO SUCH", 400 },
    };
    TEST_WORK(w, place);
    struct visiting v = visit_as(&w, under_audit(&w), "auditor1");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct held h = hold(&v);
        struct response rs = give(&v, &h, rows[i].fields);
        str card = card_of(&v, &rs);

        EXPECT_ROW(rows[i].fields, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].fields, str_contains(card, str_of(rows[i].shown)));
        EXPECT_ROW(rows[i].fields, str_contains(card, S("role=\"alert\"")));
        EXPECT_ROW(rows[i].fields, found(&v) == NULL);
    }
}
