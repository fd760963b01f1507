/* The settings of the body. [WS1] [WS2] [17065 7.13] [M34] */

#include "web/test_work.h"

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

static struct browser admin_of(struct test_work *w)
{
    struct browser b = work_enter(w, "admin");

    b.lang = LANG_EN;
    (void)work_get(w, &b, "/settings");
    return b;
}

ONE_STORE_TEST(the_settings_lead_to_all_there_is, true)
{
    static const char *const places[] = {
        "href=\"/people\"",
        "href=\"/packages\"",
        "href=\"/settings/mail\"",
        "href=\"/trail\"",
        "href=\"/body\"",
        "href=\"/registers/body/do/body.change\"",
        "href=\"/registers/body/do/body.set_approved\"",
        "href=\"/registers/body/do/body.set_subsidies\"",
    };
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/settings");

    EXPECT(rs.status == 200);
    for (size_t i = 0; i < COUNT(places); i++)
        EXPECT_ROW(places[i], work_holds(&rs, places[i]));
    EXPECT(says(&rs, "settings.no_subsidies")); /* [WS1] */
    EXPECT(says(&rs, "settings.approved_none"));
    EXPECT(says(&rs, "settings.mail_unknown"));
    EXPECT(says(&rs, "settings.held"));
}

/* [WS2] */
ONE_STORE_TEST(where_complaints_go_is_published, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs =
        work_post(&w, &b, "/settings/contact",
                  "address=Example+Road+1&phone=010-00000000"
                  "&mail=a%40body.example&complaint-phone=010-00000001"
                  "&complaint-mail=c%40body.example");

    EXPECT_STR(work_led(&rs), S("/settings?done=contact"));
    rs = work_get(&w, &b, "/settings?done=contact");
    EXPECT(says(&rs, "settings.done_contact"));
    EXPECT(work_holds(&rs, "value=\"c@body.example\""));
    rs = work_get(&w, &b, "/body");
    EXPECT(work_holds(&rs, "010-00000001"));
    rs = work_post(&w, &b, "/settings/contact", "mail=nobody&phone=");
    EXPECT(rs.status == 400 && work_holds(&rs, "value=\"nobody\""));
}
