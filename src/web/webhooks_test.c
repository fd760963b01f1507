/* Webhooks as their owners see them. [WK1] [WK2] [HO1] */

#include "service/hooks.h"
#include "web/test_work.h"

static str secret_of(const struct response *rs)
{
    str rest = str_from(rs->body, str_find(rs->body, S("whsec_")));

    return str_first(rest, str_index(rest, '<'));
}

ONE_STORE_TEST(a_webhook_is_made_and_its_secret_shown_once, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, "/account/webhooks");

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "value=\"" OFFICE_USCC "\"")); /* their own */
    rs = work_post(&w, &b, "/account/webhooks",
                   "about=" OFFICE_USCC
                   "&address=https%3A%2F%2Fshop.example%2Fhook");
    EXPECT(rs.status == 200 && str_begins(secret_of(&rs), S("whsec_")));
    EXPECT(work_holds(&rs, "https://shop.example/hook"));
    rs = work_get(&w, &b, "/account/webhooks");
    EXPECT(work_holds(&rs, "https://shop.example/hook"));
    EXPECT(work_holds(&rs, OFFICE_USCC));
    EXPECT(secret_of(&rs).n == 0);
    rs = work_get(&w, &b, "/account");
    EXPECT(work_holds(&rs, "href=\"/account/webhooks\""));
}

ONE_STORE_TEST(a_webhook_that_cannot_be_made_is_said_beside_what_was_typed,
               true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    static const struct {
        const char *form;
        int status;
        const char *says;
    } rows[] = {
        { "about=" OFFICE_USCC "&address=ftp%3A%2F%2Fshop.example%2F", 400,
          "value=\"ftp://shop.example/\"" },
        { "about=NONE&address=https%3A%2F%2Fshop.example%2F", 404,
          "value=\"NONE\"" },
        { "about=&address=https%3A%2F%2Fshop.example%2F", 400,
          "role=\"alert\"" },
    };

    (void)work_get(&w, &b, "/account/webhooks");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_post(&w, &b, "/account/webhooks", rows[i].form);

        EXPECT_ROW(rows[i].form, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].form, work_holds(&rs, rows[i].says));
        EXPECT_ROW(rows[i].form, secret_of(&rs).n == 0);
    }
}

ONE_STORE_TEST(a_webhook_is_tried_goes_on_and_ends, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    (void)work_get(&w, &b, "/account/webhooks");
    (void)work_post(&w, &b, "/account/webhooks",
                    "about=" OFFICE_USCC
                    "&address=https%3A%2F%2Fshop.example%2F");
    rs = work_post(&w, &b, "/account/webhooks/1/try", "");
    EXPECT_STR(work_led(&rs), S("/account/webhooks?done=try"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM hook_call") == 1);
    (void)office_ask(&w.office, "UPDATE hook SET stopped = 1, failing = 1;"
                                "UPDATE hook_call SET trouble = 5,"
                                " status = 503, tries = 1");
    rs = work_get(&w, &b, "/account/webhooks?done=try");
    EXPECT(work_holds(&rs, "/account/webhooks/1/resume"));
    EXPECT(work_holds(&rs, "503"));
    EXPECT(work_holds(&rs, "class=\"done-note\""));
    (void)office_ask(&w.office, "UPDATE hook_call SET trouble = 99");
    EXPECT(work_get(&w, &b, "/account/webhooks").status == 200);
    rs = work_post(&w, &b, "/account/webhooks/1/resume", "");
    EXPECT_STR(work_led(&rs), S("/account/webhooks?done=resume"));
    rs = work_post(&w, &b, "/account/webhooks/1/end", "");
    EXPECT_STR(work_led(&rs), S("/account/webhooks?done=end"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM hook") == 0);
    EXPECT(work_post(&w, &b, "/account/webhooks/1/end", "").status == 404);
    EXPECT(work_post(&w, &b, "/account/webhooks/x/end", "").status == 404);
    rs = work_get(&w, &b, "/account/webhooks?done=%3Cb%3E");
    EXPECT(!work_holds(&rs, "done-note"));
}

/* Another person's number is nobody's here. */
ONE_STORE_TEST(nobody_ends_anothers_webhook, true)
{
    TEST_WORK(w, place);
    struct browser own = work_enter(&w, "newcomer");
    struct browser other = work_enter(&w, "rival");

    (void)work_get(&w, &own, "/account/webhooks");
    (void)work_post(&w, &own, "/account/webhooks",
                    "about=" OFFICE_USCC
                    "&address=https%3A%2F%2Fshop.example%2F");
    (void)work_get(&w, &other, "/account/webhooks");
    EXPECT(work_post(&w, &other, "/account/webhooks/1/end", "").status == 404);
    EXPECT(office_count(&w.office, "SELECT count(*) FROM hook") == 1);
}
