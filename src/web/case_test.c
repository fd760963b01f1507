/* The pages of a case: every tab in every stage for everybody, and what nobody
 * is to see there. [WE1]..[WE4] [CA6] [CA7] [M4] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/papers.h"
#include "domain/rights.h"
#include "service/service_test_env.h"
#include "web/test_site.h"
#include "web/visit.h"

#include <stdio.h>

enum { CASE_REQUEST_MAX = 8 << 20, TARGET_MOST = 300 };

static const char *const tabs[] = {
    "",       "/events",    "/papers",   "/money",       "/team",
    "/audit", "/checklist", "/decision", "/certificate",
};

static const char *const readers[] = {
    "newcomer", "rival",        "intake",  "finance", "planner",   "auditor1",
    "reviewer", "certificates", "quality", "head",    "authority", "insider",
};

/* --- asking --------------------------------------------------------------- */

/* Who asks, for permit(); tests run one at a time. */
struct asking {
    struct faces faces;
    const struct session *who;
};

static err permit(struct request *rq, int right)
{
    const struct asking *x = (const struct asking *)rq->app;
    struct visit *v = arena_zero(rq->arena, sizeof *v);

    TRY_MEMORY(v);
    EXPECT(right >= RIGHT_IN); /* no page of a case is a stranger's */
    v->known = true;
    v->who.session = *x->who;
    v->who.state = WEB_SESSION_OPEN;
    v->who.name = x->who->login;
    rq->visitor = v;
    return OK;
}

static err on_error(struct request *, err why, struct response *rs)
{
    respond(rs, rs->status, TYPE_TEXT, str_of(why.info->id));
    return OK;
}

/* The answer to `login`, in `a`. */
static struct response get(struct office *o, struct arena *a, const char *login,
                           const char *target, enum lang lang)
{
    const struct route_table tables[] = {
        case_routes,       case_paper_routes,     case_money_routes,
        case_audit_routes, case_checklist_routes, case_decision_routes,
    };
    struct asking x = { { .app = o->app, .today = DAY_NEVER },
                        office_as(o, login) };
    struct incoming in = { .target = str_of(target) };
    const struct header headers[] = { { S("Accept-Language"),
                                        lang_tag(lang) } };
    struct router *router = NULL;
    struct web_site site = { .app = &x,
                             .permit = permit,
                             .on_error = on_error };
    struct request rq = {
        .arena = a,
        .id = S("0123456789abcdef0123456789abcdef"),
        .headers = headers,
        .header_count = COUNT(headers),
    };
    struct response rs = { .status = 0 };

    EXPECT_OK(router_new(a, tables, COUNT(tables), &router));
    site.router = router;
    incoming_method(&in, S("GET"));
    EXPECT_ROW_OK(target, site_answer(&site, &rq, &in, &rs));
    return rs;
}

static const char *target(struct office *o, str ref, const char *tab)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, TARGET_MOST);
    buf_str(&b, S("/cases/"));
    buf_str(&b, ref);
    buf_str(&b, str_of(tab));
    EXPECT_OK(buf_done(&b, &out));
    return out.p;
}

static bool holds(const struct response *rs, const char *text)
{
    return str_contains(rs->body, str_of(text));
}

/* --- every tab, every stage, everybody
 * ---------------------------------------- */

/* [WE1] What rights say: the page, or nothing at all. */
static int expected(const struct session *who, id enterprise, const char *tab)
{
    bool papers = strcmp(tab, "/checklist") == 0;
    bool may = papers ? rights_may_read_papers(&who->actor, enterprise)
                      : rights_may_read(&who->actor, enterprise);

    return may ? 200 : 404;
}

static void look(struct office *o, str ref, const char *login)
{
    const struct session *who = office_as(o, login);

    for (size_t i = 0; i < COUNT(tabs); i++) {
        const char *to = target(o, ref, tabs[i]);
        enum lang lang = i % 2 == 0 ? LANG_ZH : LANG_EN;
        scoped(arena_end) struct arena a;

        arena_init(&a, &o->heap, CASE_REQUEST_MAX);
        struct response rs = get(o, &a, login, to, lang);

        EXPECT_ROW(to, rs.status == expected(who, o->own.id, tabs[i]));
        if (rs.status != 200)
            EXPECT_ROW_STR(login, rs.body, S("case.missing"));
        EXPECT_ROW(to, !holds(&rs, "[page_case."));
        EXPECT_ROW(to, !holds(&rs, "[event.") && !holds(&rs, "[task."));
    }
}

/* A case of newcomer's that goes through every stage there is: something is
 * missing, something is to be revised, something to be corrected. */
static struct script long_way(struct office *o)
{
    struct script script = office_script(o);

    script.incomplete = true;
    script.gap = true;
    script.weak = 1;
    return script;
}

/* On to the beginning of `stage`. */
static void walk_to(struct office *o, str ref, struct script *script,
                    enum stage stage)
{
    bool over = false;

    while (!over && !test_failing() &&
           office_read(o, ref).state->stage != stage)
        EXPECT_OK(office_step(o, script, ref, &over));
    EXPECT_ROW(stage_names[stage], !over);
}

ONE_STORE_TEST(every_tab_of_every_stage_is_there_for_whom_rights_say, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct script script = long_way(&o);

    for (int stage = STAGE_PREPARATION; stage < STAGE_ENDED; stage++) {
        walk_to(&o, ref, &script, (enum stage)stage);
        for (size_t i = 0; i < COUNT(readers); i++)
            look(&o, ref, readers[i]);
    }
}

/* --- what is not for everybody
 * -------------------------------------------------- */

/* Does any page of the case hold `text` when `login` reads it? */
static bool is_shown(struct office *o, const char *login, str ref,
                     const char *text)
{
    bool shown = false;

    for (size_t i = 0; i < COUNT(tabs); i++) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &o->heap, CASE_REQUEST_MAX);
        struct response rs =
            get(o, &a, login, target(o, ref, tabs[i]), LANG_EN);
        shown = shown || holds(&rs, text);
    }
    return shown;
}

/* [CA7] The words of whoever was asked or seen, of a question, and whose turn
 * it is on the list of customers. */
ONE_STORE_TEST(the_enterprise_reads_no_working_paper_on_any_tab, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct script script = long_way(&o);

    walk_to(&o, ref, &script, STAGE_REPORT);
    struct case_file file = office_read(&o, ref);
    int papers = 0;
    for (const struct event *e = file.events.first; e != NULL; e = e->next) {
        const struct interview *x = e->data;

        if (strcmp(e->kind->name, "interview.recorded") != 0)
            continue;
        papers++;
        str note = S("");
        EXPECT(arena_str(&o.arena, x->note, &note));
        EXPECT(is_shown(&o, "auditor1", ref, note.p));
        EXPECT(!is_shown(&o, "newcomer", ref, note.p));
    }
    EXPECT(papers > 0);
    EXPECT(is_shown(&o, "auditor1", ref, "/checklist"));
    EXPECT(!is_shown(&o, "newcomer", ref, "/checklist"));
}

ONE_STORE_TEST(a_question_and_what_nobody_signed_are_the_bodys_own, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct script script = long_way(&o);

    walk_to(&o, ref, &script, STAGE_DECISION);
    EXPECT_OK(office_do(&o, "reviewer", ref, "decision.question",
                        "{'reasons':'WHO COUNTED THEM'}"));
    EXPECT(is_shown(&o, "reviewer", ref, "WHO COUNTED THEM"));
    EXPECT(!is_shown(&o, "newcomer", ref, "WHO COUNTED THEM"));
    EXPECT_OK(office_do(&o, "auditor1", ref, "decision.answer",
                        "{'reasons':'WE ALL DID'}"));
    EXPECT(is_shown(&o, "quality", ref, "WE ALL DID"));
    EXPECT(!is_shown(&o, "newcomer", ref, "WE ALL DID"));
    EXPECT_OK(office_do(&o, "reviewer", ref, "decision.grant",
                        "{'note':'NOT SIGNED YET'}"));
    EXPECT(is_shown(&o, "head", ref, "NOT SIGNED YET"));
    EXPECT(!is_shown(&o, "newcomer", ref, "NOT SIGNED YET"));
    EXPECT_OK(office_do(&o, "head", ref, "decision.sign", "{}"));
    EXPECT(is_shown(&o, "newcomer", ref, "NOT SIGNED YET"));
}

/* [WE2] [M10] */
ONE_STORE_TEST(the_enterprises_own_notes_are_nobody_elses, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_CONTRACT);
    EXPECT_OK(office_do(&o, "newcomer", ref, "offer.note",
                        "{'body':'a','approval':'CNCA-R-2099-001','cycle':1,"
                        "'price':1,'note':'CHEAPER ELSEWHERE'}"));
    EXPECT(is_shown(&o, "newcomer", ref, "CHEAPER ELSEWHERE"));
    for (size_t i = 1; i < COUNT(readers); i++)
        EXPECT_ROW(readers[i],
                   !is_shown(&o, readers[i], ref, "CHEAPER ELSEWHERE") &&
                       !is_shown(&o, readers[i], ref, "offer noted"));
}

/* [ES1] */
ONE_STORE_TEST(what_somebody_wrote_opens_no_element, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_CONTRACT);
    EXPECT_OK(office_do(&o, "newcomer", ref, "offer.note",
                        "{'body':'a','approval':'CNCA-R-2099-001','cycle':1,"
                        "'price':1,'note':'</p><script>alert(1)</script>'}"));
    EXPECT(!is_shown(&o, "newcomer", ref, "<script>"));
    EXPECT(is_shown(&o, "newcomer", ref, "&lt;/p&gt;&lt;script&gt;"));
}

/* --- what waits
 * ------------------------------------------------------------------- */

/* [TO1] A link to do it has only who may. */
ONE_STORE_TEST(what_waits_is_a_link_for_whom_it_waits, true)
{
    static const struct {
        const char *login;
        bool link;
    } rows[] = {
        { "intake", true },   { "newcomer", false },  { "planner", false },
        { "quality", false }, { "authority", false },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].login,
                   is_shown(&o, rows[i].login, ref, "/do/application.accept") ==
                       rows[i].link);
}

/* [AC1] Beside what waits, what may be done now; of those who may do nothing,
 * nothing. */
ONE_STORE_TEST(what_else_one_may_do_is_offered_to_whom_it_is_allowed, true)
{
    static const struct {
        const char *login;
        const char *act;
        bool offered;
    } rows[] = {
        { "quality", "/do/complaint.record", true },
        { "intake", "/do/complaint.record", true },
        { "newcomer", "/do/complaint.record", false },
        { "newcomer", "/do/case.withdraw", true },
        { "newcomer", "/do/application.resubmit", false }, /* nobody asked */
        { "intake", "/do/case.withdraw", false },
        { "finance", "/do/quote.make", false }, /* its stage comes later */
        { "authority", "/do/", false },
        { "insider", "/do/", false }, /* [RI2] */
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].act, is_shown(&o, rows[i].login, ref, rows[i].act) ==
                                    rows[i].offered);
}

/* A document of newcomer's under its hash, as an address of the case. */
static const char *add_file(struct office *o, str ref, const char *name,
                            const char *type)
{
    const struct case_upload file = { S("some bytes"), str_of(type),
                                      str_of(name) };
    char json[300];
    char digits[2 * sizeof(struct hash) + 1];
    struct hash hash = { { 0 } };
    struct buf b;
    str hex = S("");

    EXPECT_OK(cases_keep_file(o->app, &o->arena, office_as(o, "newcomer"),
                              &file, &hash));
    buf_init(&b, &o->arena, sizeof digits);
    buf_hex(&b, hash.b, sizeof hash.b);
    EXPECT_OK(buf_done(&b, &hex));
    (void)snprintf(json, sizeof json,
                   "{'requirement':'licence','title':'t','blob':'%s',"
                   "'size':10}",
                   hex.p);
    EXPECT_OK(office_do(o, "newcomer", ref, "document.add", json));
    (void)snprintf(json, sizeof json, "/files/%s", hex.p);
    return target(o, ref, json);
}

/* --- the time line
 * ------------------------------------------------------------------ */

/* Something else than a document, again and again. */
static void declare(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "newcomer", ref, "eligibility.answer",
                        "{'declarations':[]}"));
}

/* [CL1] The first fifty, and a link to those before them. */
ONE_STORE_TEST(the_time_line_goes_on_where_it_stopped, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);
    const char *first = "case opened";

    for (int i = 0; i < 25; i++) {
        (void)add_file(&o, ref, "x", "text/plain");
        declare(&o, ref);
    }
    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    struct response rs = get(&o, &a, "quality", target(&o, ref, ""), LANG_EN);
    EXPECT(office_read(&o, ref).events.n == 51);
    EXPECT(!holds(&rs, first) && holds(&rs, "/events?before="));
    rs = get(&o, &a, "quality", target(&o, ref, "/events?before=3"), LANG_EN);
    EXPECT(rs.status == 200 && holds(&rs, first));
    EXPECT(!holds(&rs, "/events?before="));
    rs = get(&o, &a, "quality", target(&o, ref, "/events?before=1"), LANG_EN);
    EXPECT(rs.status == 200 && !holds(&rs, first));
    rs = get(&o, &a, "quality", target(&o, ref, "/events?before=x'"), LANG_EN);
    EXPECT(rs.status == 200 && holds(&rs, "/events?before="));
}

/* How often a text stands in a page. */
static size_t times(const struct response *rs, const char *text)
{
    str rest = rs->body;
    size_t n = 0;

    for (size_t at = str_find(rest, str_of(text)); at < rest.n;
         at = str_find(rest, str_of(text))) {
        rest = str_from(rest, at + 1);
        n++;
    }
    return n;
}

/* [CL3] Two in a row are two lines, three are one that opens; and what is in
 * it is whole. */
ONE_STORE_TEST(many_of_a_kind_in_a_row_are_one_line_that_opens, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);

    (void)add_file(&o, ref, "x", "text/plain");
    (void)add_file(&o, ref, "y", "text/plain");
    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    struct response rs = get(&o, &a, "quality", target(&o, ref, ""), LANG_EN);
    EXPECT(!holds(&rs, "<details>") && times(&rs, "<div class=\"when\">") == 3);
    (void)add_file(&o, ref, "z", "text/plain");
    rs = get(&o, &a, "quality", target(&o, ref, ""), LANG_EN);
    EXPECT(times(&rs, "<details>") == 1 && holds(&rs, "3 times"));
    EXPECT(times(&rs, "<div class=\"when\">") == 5);
    declare(&o, ref);
    (void)add_file(&o, ref, "x", "text/plain");
    rs = get(&o, &a, "quality", target(&o, ref, ""), LANG_EN);
    EXPECT(times(&rs, "<details>") == 1 && holds(&rs, "3 times"));
}

/* [CL1] [CL3] A run is not cut by the end of a page, and what comes before it
 * is on the next; from within a run on, what is left of it is shown. */
ONE_STORE_TEST(a_page_of_the_time_line_ends_with_a_whole_run, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);

    declare(&o, ref); /* event 2 */
    for (int i = 0; i < 10; i++)
        (void)add_file(&o, ref, "x", "text/plain"); /* 3 .. 12 */
    for (int i = 0; i < 24; i++) {
        declare(&o, ref);
        (void)add_file(&o, ref, "x", "text/plain");
    }
    declare(&o, ref); /* 49 lines, then the run */
    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    struct response rs = get(&o, &a, "quality", target(&o, ref, ""), LANG_EN);
    EXPECT(holds(&rs, "10 times") && holds(&rs, "/events?before=3\""));
    rs = get(&o, &a, "quality", target(&o, ref, "/events?before=3"), LANG_EN);
    EXPECT(times(&rs, "<div class=\"when\">") == 2);
    rs = get(&o, &a, "quality", target(&o, ref, "/events?before=8"), LANG_EN);
    EXPECT(holds(&rs, "5 times"));
}

/* --- files
 * ------------------------------------------------------------------------- */

/* [PD1] [PD2] */
ONE_STORE_TEST(a_file_leaves_as_an_attachment_to_whom_may_read_the_case, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);
    str other = office_case(&o);
    const char *at = add_file(&o, ref, "证 \"x\".html", "text/html");

    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    struct response rs = get(&o, &a, "intake", at, LANG_EN);
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.body, S("some bytes"));
    EXPECT_STR(rs.type, S("text/html"));
    EXPECT_STR(answer_header(&rs, "Content-Disposition"),
               S("attachment; "
                 "filename*=UTF-8''%E8%AF%81%20%22x%22.html"));
    EXPECT(rs.policy == &policy_data);
    rs = get(&o, &a, "rival", at, LANG_EN);
    EXPECT(rs.status == 404);
    EXPECT_STR(rs.body, S("case.missing"));

    /* Of another case it is no document, whoever asks. */
    str tail = str_from(str_of(at), str_find(str_of(at), S("/files")));
    rs = get(&o, &a, "quality", target(&o, other, tail.p), LANG_EN);
    EXPECT(rs.status == 404);
    EXPECT_STR(rs.body, S("case.no_file"));
    rs = get(&o, &a, "quality", target(&o, ref, "/files/0G"), LANG_EN);
    EXPECT(rs.status == 404);
    EXPECT_STR(rs.body, S("case.no_file"));
}

/* What somebody says a file is goes into no header as it is. */
ONE_STORE_TEST(a_type_that_is_none_is_taken_for_bytes, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);
    const char *at = add_file(&o, ref, "", "text/html\r\nX: y");

    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    struct response rs = get(&o, &a, "intake", at, LANG_EN);
    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("application/octet-stream"));
}

/* [DO2] */
ONE_STORE_TEST(the_papers_that_are_there_are_listed_and_leave_as_pdf, true)
{
    TEST_OFFICE(o, place);
    scoped(arena_end) struct arena a;
    str ref = office_case(&o);

    arena_init(&a, &o.heap, CASE_REQUEST_MAX);
    EXPECT(!is_shown(&o, "newcomer", ref, "/print/"));
    office_go_to(&o, ref, STAGE_DOCUMENTS);
    EXPECT(is_shown(&o, "newcomer", ref, "/print/quote"));
    EXPECT(!is_shown(&o, "newcomer", ref, "/print/report"));
    struct response rs =
        get(&o, &a, "newcomer", target(&o, ref, "/print/quote"), LANG_EN);
    EXPECT(rs.status == 200 && str_begins(rs.body, S("%PDF-")));
    EXPECT_STR(rs.type, S("application/pdf"));
    rs = get(&o, &a, "newcomer", target(&o, ref, "/print/report"), LANG_EN);
    EXPECT_STR(rs.body, S("sheet.nothing"));
    rs = get(&o, &a, "newcomer", target(&o, ref, "/print/secret"), LANG_EN);
    EXPECT(rs.status == 404);
    EXPECT_STR(rs.body, S("case.no_paper"));
    rs = get(&o, &a, "rival", target(&o, ref, "/print/quote"), LANG_EN);
    EXPECT(rs.status == 404);
    EXPECT_STR(rs.body, S("case.missing"));
}
