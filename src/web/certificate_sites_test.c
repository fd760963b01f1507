/* The sites that a certificate covers, on its page. [CE1] [M21] [M24] */

#include "web/test_work.h"

enum { OUTLETS = 45 };

static str certified(struct test_work *w, int64_t outlets)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    script.outlets = outlets;
    while (!over && office_read(&w->office, ref).state->stage != STAGE_UPKEEP)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    return office_read(&w->office, ref).state->certificate->number;
}

ONE_STORE_TEST(a_certificates_page_lists_the_sites_it_covers, true)
{
    static const char *const says[] = {
        [LANG_ZH] = "证书覆盖3处场所",
        [LANG_EN] = "This certificate covers 3 sites.",
    };
    static const char *const kinds[] = {
        [LANG_ZH] = "<span class=\"site\">总部</span>"
                    " <span class=\"what\">总部</span>"
                    " <span class=\"where\">示例省示例市示例路</span>",
        [LANG_EN] = "<span class=\"site\">总部</span>"
                    " <span class=\"what\">headquarters</span>",
    };
    TEST_WORK(w, place);
    struct browser b = { 0 };
    const char *target = work_text(&w, "/c/", certified(&w, 2), "");

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        b.lang = l;
        struct response rs = work_get(&w, &b, target);

        EXPECT_ROW(says[l], rs.status == 200);
        EXPECT_ROW(says[l], work_holds(&rs, says[l]));
        EXPECT_ROW(says[l], work_holds(&rs, kinds[l]));
        EXPECT_ROW(says[l], work_holds(&rs, ">服务网点2<"));
        /* Few enough to see them all. */
        EXPECT_ROW(says[l], !work_holds(&rs, "name=\"site\""));
        EXPECT_ROW(says[l], !work_holds(&rs, "?sites="));
    }
}

ONE_STORE_TEST(a_long_list_of_sites_is_turned_and_searched, true)
{
    static const struct {
        const char *why;
        const char *query;
        const char *holds[3]; /* up to NULL */
        const char *lacks;    /* NULL: nothing */
    } rows[] = {
        { "the first",
          "",
          { ">服务网点19<", "1 to 20 of 46", "?sites=20#sites\" rel=\"next\"" },
          "rel=\"prev\"" },
        { "the next",
          "?sites=20",
          { ">服务网点20<", "21 to 40 of 46", "?sites=0#sites\" rel=\"prev\"" },
          ">服务网点19<" },
        { "the last",
          "?sites=40",
          { ">服务网点45<", "41 to 46 of 46",
            "?sites=20#sites\" rel=\"prev\"" },
          "rel=\"next\"" },
        { "behind the last are the first",
          "?sites=46",
          { ">服务网点1<" },
          ">服务网点45<" },
        { "no number is the first",
          "?sites=x",
          { ">服务网点1<" },
          ">服务网点45<" },
        { "by name",
          "?site=%E7%BD%91%E7%82%B945",
          { ">服务网点45<", "value=\"网点45\"" },
          ">服务网点44<" },
        { "many by name",
          "?site=%E7%BD%91%E7%82%B9&sites=20",
          { "21 to 40 of 45",
            "?sites=40&amp;site=%E7%BD%91%E7%82%B9#sites\" rel=\"next\"" },
          ">总部<" },
        { "none",
          "?site=%E6%97%97%E8%88%B0%E5%BA%97",
          { "No site has “旗舰店” in its name", "46 sites" },
          ">总部<" },
        { "tags", "?site=%3Cb%3E", { "“&lt;b&gt;”" }, "<b>" },
    };
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    str number = certified(&w, OUTLETS);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b, work_text(&w, "/c/", number, rows[i].query));

        EXPECT_ROW(rows[i].why, rs.status == 200);
        for (size_t k = 0; k < 3 && rows[i].holds[k] != NULL; k++)
            EXPECT_ROW(rows[i].holds[k], work_holds(&rs, rows[i].holds[k]));
        EXPECT_ROW(rows[i].why,
                   rows[i].lacks == NULL || !work_holds(&rs, rows[i].lacks));
    }
}

/* [LU8] */
ONE_STORE_TEST(a_sub_certificates_page_shows_its_own_site_alone, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;

    EXPECT_OK(office_do(&w.office, "certificates", ref, "certificate.sub",
                        "{'n':2}"));
    struct response rs = work_get(&w, &b, work_text(&w, "/c/", number, "-1"));
    EXPECT(rs.status == 200 && work_holds(&rs, "服务网点1"));
    EXPECT(!work_holds(&rs, "id=\"sites\""));
}
