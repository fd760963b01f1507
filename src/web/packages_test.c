/* The pages of scheme packages. [WQ1]..[WQ3] [17065 7.1] [M5] */

#include "web/packages.h"

#include "web/test_work.h"

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

static struct browser reader_of(struct test_work *w, const char *login)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return b;
}

static const char *hex(struct test_work *w, const struct hash *h)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &w->office.arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    EXPECT_OK(buf_done(&b, &out));
    return work_text(w, "", out, "");
}

/* The hash of the version of mini that was founded with the body. */
static struct hash founded(struct test_work *w)
{
    struct list found = { NULL, 0 };
    const struct package_line *line;

    EXPECT_OK(packages_list(w->office.app, &w->office.arena,
                            office_as(&w->office, "head"), &found));
    line = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (str_eq(line[i].scheme, S("mini")))
            return line[i].hash;
    }
    EXPECT(false);
    return (struct hash){ { 0 } };
}

ONE_STORE_TEST(staff_see_every_version_and_which_is_in_force, true)
{
    TEST_WORK(w, place);
    struct browser b = reader_of(&w, "auditor1");
    struct hash old = founded(&w);
    struct response rs = work_get(&w, &b, "/packages");

    EXPECT(rs.status == 200 && says(&rs, "packages.in_force"));
    EXPECT(!says(&rs, "packages.what_changed"));
    struct hash new =
        office_mini_with(&w.office, "version: \"1\"", "version: \"2\"");
    rs = work_get(&w, &b, "/packages");
    EXPECT(work_holds(&rs, hex(&w, &old)) && work_holds(&rs, hex(&w, &new)));
    EXPECT(says(&rs, "packages.replaced") &&
           says(&rs, "packages.what_changed"));
    rs = work_get(&w, &b, "/registers");
    EXPECT(work_holds(&rs, "href=\"/packages\""));
}

ONE_STORE_TEST(a_version_says_all_it_says_in_both_languages, true)
{
    TEST_WORK(w, place);
    struct browser b = reader_of(&w, "auditor1");
    struct hash hash = founded(&w);
    const char *address =
        work_text(&w, "/packages/mini/versions/", str_of(hex(&w, &hash)), "");
    struct response rs = work_get(&w, &b, address);

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "This version is sound"));
    EXPECT(says(&rs, "part.indicators") && says(&rs, "part.gates"));
    EXPECT(says(&rs, "part.days") && says(&rs, "part.fees"));
    EXPECT(says(&rs, "fact.points"));
    EXPECT(work_holds(&rs, "lang=\"zh-CN\"") && work_holds(&rs, "lang=\"en\""));
    rs = work_get(&w, &b,
                  work_text(&w, "/packages/other/versions/",
                            str_of(hex(&w, &hash)), ""));
    EXPECT(rs.status == 404);
    EXPECT(work_get(&w, &b, "/packages/mini/versions/1").status == 404);
}

ONE_STORE_TEST(two_versions_are_held_against_each_other, true)
{
    TEST_WORK(w, place);
    struct browser b = reader_of(&w, "head");
    struct response rs = work_get(&w, &b, "/packages/mini/diff");

    EXPECT(rs.status == 200 && says(&rs, "packages.alone")); /* [WQ3] */
    struct hash old = founded(&w);
    (void)office_mini_with(&w.office, "version: \"1\"", "version: \"2\"");
    rs = work_get(&w, &b, "/packages/mini/diff");
    EXPECT(rs.status == 200 && says(&rs, "packages.changed"));
    EXPECT(work_holds(&rs, "<del>1</del>") && work_holds(&rs, "<ins>2</ins>"));
    EXPECT(says(&rs, "fact.version"));
    rs = work_get(&w, &b,
                  work_text(&w, "/packages/mini/diff?from=",
                            str_of(hex(&w, &old)), ""));
    EXPECT(work_holds(&rs, "<ins>2</ins>"));
    rs =
        work_get(&w, &b,
                 work_text(&w, "/packages/mini/diff?to=", str_of(hex(&w, &old)),
                           ""));
    EXPECT(rs.status == 200 && says(&rs, "packages.no_difference"));
    EXPECT(work_get(&w, &b, "/packages/mini/diff?from=zz").status == 404);
    EXPECT(work_get(&w, &b, "/packages/other/diff").status == 404);
}

/* [WQ1] */
ONE_STORE_TEST(applicants_see_no_package, true)
{
    TEST_WORK(w, place);
    struct browser b = reader_of(&w, "newcomer");

    EXPECT(work_get(&w, &b, "/packages").status == 403);
    EXPECT(work_get(&w, &b, "/packages/mini/diff").status == 403);
}
