/* The mark for its holder, and its rules for everybody. [MP1] [MP2] [MP3]
 * [MP4] [MF1] [MF2] [MW1] [M21] [17065 4.1.3] */

#include "scheme/wording.h"
#include "web/test_work.h"

#include <stdio.h>

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

/* The words in the n-th box of the page, as a browser has them. */
static str words_at(const struct response *rs, int n)
{
    str rest = rs->body;

    for (int i = 0; i <= n; i++) {
        size_t at = str_find(rest, S("<p class=\"words\""));

        rest = str_from(rest, at == rest.n ? at : at + 10);
    }
    rest = str_from(rest, str_find(rest, S(">")) + 1);
    return str_first(rest, str_find(rest, S("</p>")));
}

static const char *asking(struct test_work *w, const char *use, str words)
{
    const char *begin = work_text(w,
                                  work_text(w, "{'use':'", str_of(use),
                                            "','where':'样本','words':'"),
                                  words, "'}");

    return begin;
}

static void suspend(struct test_work *w, str ref)
{
    char json[200];
    char today[DAY_TEXT];

    (void)day_text(office_today(&w->office), today);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   today);
    EXPECT_OK(office_do(&w->office, "certificates", ref, "certificate.suspend",
                        json));
}

/* [MP2] [MW1] Each of them is taken as it stands there. */
ONE_STORE_TEST(the_words_that_are_proposed_are_words_the_rules_take, true)
{
    static const char *const uses[] = { "packaging", "tender" };
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/mark");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);
    const struct state *s = office_read(&w.office, ref).state;

    EXPECT(rs.status == 200 && says(&rs, "mark_page.usable"));
    for (size_t i = 0; i < COUNT(uses); i++) {
        str words = words_at(&rs, (int)i);

        EXPECT_ROW(uses[i], str_contains(words, s->certificate->number));
        EXPECT_OK(office_do(&w.office, "newcomer", ref, "mark.ask",
                            asking(&w, uses[i], words)));
    }
    EXPECT(office_read(&w.office, ref).state->mark_count == COUNT(uses));
    /* what leads there is filled in */
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref, "/do/mark.ask?number=3"));
    EXPECT(str_contains(rs.body, s->certificate->number));
    EXPECT(work_holds(&rs, "value=\"tender\" selected"));
}

/* [MW1] [D4] Whatever a scheme lets the mark be used for. */
TEST(no_words_that_are_proposed_claim_more_than_was_certified)
{
    static const char *const messages[] = {
        "mark_words.what",   "mark_words.brief",   "mark_words.public",
        "mark_words.tender", "mark_words.look_up",
    };

    for (size_t i = 0; i < COUNT(messages); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            str words = text_get(l, messages[i]);

            EXPECT_ROW(messages[i], words.n > 0);
            EXPECT_ROW(messages[i], wording_claim(words, l).n == 0);
            EXPECT_ROW(messages[i], !wording_says_system(words, l));
        }
    }
}

/* [MP1] */
ONE_STORE_TEST(artwork_goes_out_for_what_was_approved_and_while_it_is_valid,
               true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/mark");
    const char *svg = work_text(&w, "/cases/", ref, "/mark/1/colour");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    EXPECT(work_get(&w, &b, svg).status == 404); /* no such use */
    EXPECT_OK(
        office_do(&w.office, "newcomer", ref, "mark.ask",
                  "{'use':'packaging','where':'外箱','words':'服务认证'}"));
    EXPECT(work_get(&w, &b, svg).status == 422); /* not approved yet */
    EXPECT_OK(office_do(&w.office, "certificates", ref, "mark.approve",
                        "{'number':1,'conditions':'首页'}"));
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "/mark/1/colour\"") && work_holds(&rs, "首页"));
    rs = work_get(&w, &b, svg);
    EXPECT(rs.status == 200 && str_begins(rs.body, S("<svg")));
    EXPECT(work_get(&w, &b, work_text(&w, svg, S("ful"), "")).status == 404);
    struct browser rival = work_enter(&w, "rival");
    EXPECT(work_get(&w, &rival, svg).status == 404);
    EXPECT(work_get(&w, &rival, way).status == 404);
    suspend(&w, ref);
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "mark_page.not_usable"));
    EXPECT(!work_holds(&rs, "/mark/1/colour\""));
    EXPECT(work_get(&w, &b, svg).status == 422);
}

/* [MP3] */
ONE_STORE_TEST(the_square_code_leads_to_the_certificate, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    const char *way = work_text(&w, "/cases/", ref, "/mark/square");
    struct browser b = work_enter(&w, "newcomer");

    struct response rs = work_get(&w, &b, way);
    EXPECT(rs.status == 200 && str_begins(rs.body, S("<svg")));
    str fresh = office_case_of(&w.office, "rival");
    b = work_enter(&w, "rival");
    rs = work_get(&w, &b, work_text(&w, "/cases/", fresh, "/mark/square"));
    EXPECT(rs.status == 404);
    rs = work_get(&w, &b, work_text(&w, "/cases/", fresh, "/mark"));
    EXPECT(rs.status == 200 && says(&rs, "page_case.no_certificate"));
}

/* --- as pixels [MP4] [MF1] [MF2] --------------------------------------------
 */

static const struct {
    const char *query;
    const char *type;
    const char *begins;
    const char *mark; /* what its names end in */
    const char *code;
} sizes[] = {
    { "", "image/svg+xml", "<svg", "-mark-mono.svg", "-code.svg" },
    { "?size=print", "image/png", "\x89PNG", "-mark-mono-print-60mm.png",
      "-code-print-30mm.png" },
    { "?size=web", "image/png", "\x89PNG", "-mark-mono-web.png",
      "-code-web.png" },
};

/* The number at that place of a PNG, its greatest byte first. */
static uint32_t png_number(str png, size_t at)
{
    uint32_t n = 0;

    for (size_t i = at; i < at + sizeof n; i++)
        n = n << 8 | (unsigned char)str_from(png, i).p[0];
    return n;
}

static str disposition_of(const struct response *rs)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, S("Content-Disposition")))
            return rs->headers[i].value;
    }
    return S("");
}

static void is_file(const struct response *rs, size_t i, str number,
                    const char *ending)
{
    str disposition = disposition_of(rs);

    EXPECT_ROW(sizes[i].query, rs->status == 200);
    EXPECT_ROW(sizes[i].query, str_eq(rs->type, str_of(sizes[i].type)));
    EXPECT_ROW(sizes[i].query, str_begins(rs->body, str_of(sizes[i].begins)));
    EXPECT_ROW(sizes[i].query, str_begins(disposition, S("attachment")));
    EXPECT_ROW(sizes[i].query, str_contains(disposition, number));
    EXPECT_ROW(sizes[i].query, str_ends(disposition, str_of(ending)));
}

ONE_STORE_TEST(mark_and_code_go_out_as_pixels_by_the_rules_of_the_drawing, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    const char *mark = work_text(&w, "/cases/", ref, "/mark/1/mono");
    const char *code = work_text(&w, "/cases/", ref, "/mark/square");
    struct browser b = work_enter(&w, "newcomer");
    struct browser rival = work_enter(&w, "rival");
    str number = office_read(&w.office, ref).state->certificate->number;

    EXPECT_OK(
        office_do(&w.office, "newcomer", ref, "mark.ask",
                  "{'use':'packaging','where':'外箱','words':'服务认证'}"));
    for (size_t i = 0; i < COUNT(sizes); i++) {
        str query = str_of(sizes[i].query);
        struct response rs = work_get(&w, &b, work_text(&w, mark, query, ""));

        EXPECT_ROW(sizes[i].query, rs.status == 422); /* not approved yet */
        rs = work_get(&w, &rival, work_text(&w, mark, query, ""));
        EXPECT_ROW(sizes[i].query, rs.status == 404);
        rs = work_get(&w, &rival, work_text(&w, code, query, ""));
        EXPECT_ROW(sizes[i].query, rs.status == 404);
    }
    EXPECT_OK(office_do(&w.office, "certificates", ref, "mark.approve",
                        "{'number':1,'conditions':'首页'}"));
    for (size_t i = 0; i < COUNT(sizes); i++) {
        str query = str_of(sizes[i].query);
        struct response rs = work_get(&w, &b, work_text(&w, mark, query, ""));

        is_file(&rs, i, number, sizes[i].mark);
        rs = work_get(&w, &b, work_text(&w, code, query, ""));
        is_file(&rs, i, number, sizes[i].code);
    }
    EXPECT(
        work_get(&w, &b, work_text(&w, mark, S("?size=poster"), "")).status ==
        404);
    EXPECT(
        work_get(&w, &b, work_text(&w, code, S("?size=poster"), "")).status ==
        404);
    suspend(&w, ref);
    EXPECT(work_get(&w, &b, work_text(&w, mark, S("?size=print"), "")).status ==
           422);
}

/* 60 mm and 30 mm at 600 to the inch and more; a code's modules are whole. */
ONE_STORE_TEST(a_picture_for_print_has_six_hundred_pixels_to_the_inch, true)
{
    enum { WIDTH_AT = 16, DENSITY_AT = 41, LEAST_PER_METRE = 23622 };
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs =
        work_get(&w, &b,
                 work_text(&w, "/cases/", ref, "/mark/square?size=print"));

    EXPECT(rs.body.n > DENSITY_AT + 8);
    EXPECT(png_number(rs.body, WIDTH_AT) >= 709);
    EXPECT(png_number(rs.body, DENSITY_AT) >= LEAST_PER_METRE);
    rs = work_get(&w, &b,
                  work_text(&w, "/cases/", ref, "/mark/square?size=web"));
    EXPECT(rs.body.n > DENSITY_AT && !str_contains(rs.body, S("pHYs")));
    EXPECT(png_number(rs.body, WIDTH_AT) >= 300);
    EXPECT(png_number(rs.body, WIDTH_AT) < 340);
}

/* [条例 24] What everybody may read of it. */
ONE_STORE_TEST(the_page_of_a_scheme_says_what_its_mark_may_not_say, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_ZH };
    struct response rs = work_get(&w, &b, "/schemes/mini");

    EXPECT(rs.status == 200);
    EXPECT(says(&rs, "mark_rules.not_system"));
    EXPECT(says(&rs, "mark_rules.not_product"));
    EXPECT(says(&rs, "mark_use.packaging"));
}
