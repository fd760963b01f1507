/* Pages that answer with a part of themselves while one types. [TY1] [TY2]
 * [TY3] [TY4] */

#include "web/test_site.h"
#include "web/test_work.h"

static bool open_site(struct test_site *s)
{
    const struct route_table all[] = { web_routes, directory_routes };

    return test_site_open(s, all, COUNT(all), web_error);
}

#define TEST_PUBLIC(name)                                                      \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

/* What a search may change, of a whole page. */
static str results_of(const struct response *whole)
{
    const str from = S("<div id=\"results\">\n");
    str rest = str_from(whole->body, str_find(whole->body, from) + from.n);

    return str_first(rest, str_find(rest, S("</div>\n</main>")));
}

static str part_of(const struct response *part)
{
    return str_first(part->body, str_find(part->body, S("<p id=\"shown\"")));
}

static bool is_part(const struct response *rs)
{
    return rs->status == 200 && !str_contains(rs->body, S("<html")) &&
           !str_contains(rs->body, S("<main")) &&
           !str_contains(rs->body, S("<form"));
}

static bool says_that_it_differs(const struct response *rs)
{
    return str_ends(answer_header(rs, "Vary"), S(", HX-Request"));
}

static struct response site_part(struct test_site *s, const char *target)
{
    struct response rs;

    s->typing = "true";
    rs = site_get(s, target, LANG_EN);
    s->typing = NULL;
    return rs;
}

struct row {
    const char *target;
    const char *address; /* which the answer is for */
};

/* [TY1] [TY2] [TY3] */
TEST(a_public_list_answers_with_its_part_or_the_page_around_the_same)
{
    TEST_PUBLIC(s);
    static const struct row rows[] = {
        { "/?q=" REGISTER_VALID, "?q=" REGISTER_VALID },
        { "/?q=nobody", "?q=nobody" },
        { "/?q=", "/" },
        { "/?q=+&lang=en", "/" },
        { "/directory", "/directory" },
        { "/directory?q=&status=valid&scheme=", "?status=valid" },
        { "/directory?q=a%26b%0D%0AX&place=%E7%A4%BA",
          "?q=a%26b%0D%0AX&place=%E7%A4%BA" },
        { "/directory?after=" REGISTER_VALID, "?after=" REGISTER_VALID },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response whole = site_get(&s, rows[i].target, LANG_EN);
        struct response part = site_part(&s, rows[i].target);

        EXPECT_ROW(rows[i].target, is_part(&part) && !is_part(&whole));
        EXPECT_ROW_STR(rows[i].target, str_trim_end(part_of(&part), '\n'),
                       str_trim_end(results_of(&whole), '\n'));
        EXPECT_ROW(rows[i].target,
                   says_that_it_differs(&part) && says_that_it_differs(&whole));
        EXPECT_ROW_STR(rows[i].target, part.cache, S("no-store"));
        EXPECT_ROW_STR(rows[i].target, whole.cache, S("private, max-age=60"));
        EXPECT_ROW_STR(rows[i].target, answer_header(&part, "HX-Replace-Url"),
                       str_of(rows[i].address));
        EXPECT_ROW(rows[i].target,
                   answer_header(&whole, "HX-Replace-Url").n == 0);
    }
}

/* [TY3] */
TEST(the_other_language_is_that_of_the_search)
{
    TEST_PUBLIC(s);
    struct response part = site_part(&s, "/directory?q=nobody&status=");

    EXPECT(answer_holds(&part, "<li id=\"other-language\" "
                               "hx-swap-oob=\"true\"><a "
                               "href=\"/directory?lang=zh&amp;q=nobody\""));
    EXPECT(answer_holds(&part, "<p id=\"shown\" class=\"shown\" "
                               "role=\"status\" hx-swap-oob=\"innerHTML\">"
                               "Nothing found</p>"));
}

/* Only "true" is what htmx says. */
TEST(another_word_of_that_header_gets_the_page)
{
    TEST_PUBLIC(s);
    struct response rs;

    s.typing = "1";
    rs = site_get(&s, "/directory", LANG_EN);
    EXPECT(!is_part(&rs) && answer_holds(&rs, "<html"));
}

/* A page that has no search does not load what one needs. */
TEST(the_script_is_loaded_where_it_is_used_only)
{
    TEST_PUBLIC(s);
    struct response rs = site_get(&s, "/help", LANG_ZH);

    EXPECT(!answer_holds(&rs, "<script") && !answer_holds(&rs, "htmx-config"));
    rs = site_get(&s, "/directory", LANG_ZH);
    EXPECT(answer_holds(&rs, "<script src=\"/assets/htmx-"));
    EXPECT(answer_holds(&rs, "&quot;allowEval&quot;:false"));
}

/* --- of those who are in ---------------------------------------------------
 */

ONE_STORE_TEST(lists_of_the_body_answer_with_a_part_too, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "certificates");
    static const struct row rows[] = {
        { "/cases", "/cases" },
        { "/cases?number=x", "?number=x" },
        { "/certificates?scheme=&status=valid", "?status=valid" },
        { "/certificates?status=suspended", "?status=suspended" },
        { "/enterprises?q=", "/enterprises" },
        { "/enterprises?q=x", "?q=x" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response whole = work_get(&w, &b, rows[i].target);
        b.typing = true;
        struct response part = work_get(&w, &b, rows[i].target);
        b.typing = false;

        EXPECT_ROW(rows[i].target, is_part(&part) && !is_part(&whole));
        EXPECT_ROW_STR(rows[i].target, str_trim_end(part_of(&part), '\n'),
                       str_trim_end(results_of(&whole), '\n'));
        EXPECT_ROW(rows[i].target,
                   says_that_it_differs(&part) && says_that_it_differs(&whole));
        EXPECT_ROW(rows[i].target, str_eq(part.cache, S("no-store")) &&
                                       str_eq(whole.cache, S("no-store")));
        EXPECT_ROW_STR(rows[i].target, answer_header(&part, "HX-Replace-Url"),
                       str_of(rows[i].address));
    }
    b.typing = true;
    struct response rs = work_get(&w, &b, "/certificates");
    EXPECT(str_contains(rs.body, ref));
}

/* A whole number leads to its case; typed, it shows it. */
ONE_STORE_TEST(a_case_is_found_by_what_is_typed_of_it, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "quality");
    struct response rs;

    b.typing = true;
    rs = work_get(&w, &b, work_text(&w, "/cases?number=", ref, ""));
    EXPECT(is_part(&rs) && str_contains(rs.body, ref));
    rs = work_get(&w, &b, "/cases?number=c2026");
    EXPECT(is_part(&rs) && str_contains(rs.body, ref));
    rs = work_get(&w, &b, "/cases?number=C2027");
    EXPECT(is_part(&rs) && !str_contains(rs.body, ref) &&
           str_contains(rs.body, text_get(LANG_ZH, "cases.none_found")));
}

/* [TY4] */
ONE_STORE_TEST(whoever_is_not_in_any_more_is_led_to_the_door, true)
{
    TEST_WORK(w, place);
    struct browser b = { .typing = true };
    struct response rs = work_get(&w, &b, "/cases?number=x");

    EXPECT(rs.status == 403 && rs.body.n == 0);
    EXPECT_STR(answer_header(&rs, "HX-Redirect"),
               S("/login?next=/cases%3Fnumber%3Dx"));
    b.typing = false;
    rs = work_get(&w, &b, "/cases?number=x");
    EXPECT(rs.status == 303);
}
