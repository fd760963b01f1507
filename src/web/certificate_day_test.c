/* What the status of a certificate was on a day, as a stranger asks for it.
 * [M21] [M25] */

#include "web/test_work.h"

#include <stdio.h>

/* "/c/NUMBER?on=DAY" */
static const char *target_of(struct test_work *w, str number, day on)
{
    char text[DAY_TEXT];
    str asked = day_text(on, text);

    return work_text(w, work_text(w, "/c/", number, "?on="), asked, "");
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

ONE_STORE_TEST(a_certificates_page_says_what_its_status_was_on_a_day, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;
    day issued = office_today(&w.office);

    office_pass_days(&w.office, 30);
    suspend(&w, ref);
    office_pass_days(&w.office, 5);

    const struct {
        const char *why;
        day on;
        const char *said;
    } rows[] = {
        { "the day before it was issued", issued - 1, "had not been issued" },
        { "the day of issue", issued, "<span class=\"badge valid\">" },
        { "the last day before", issued + 29, "<span class=\"badge valid\">" },
        { "the day of the suspension", issued + 30,
          "<span class=\"badge suspended\">" },
        { "today", issued + 35, "<span class=\"badge suspended\">" },
        { "tomorrow", issued + 36, "is not known yet" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b, target_of(&w, number, rows[i].on));

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why, work_holds(&rs, "id=\"then\""));
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].said));
        /* what it is now stands above all the same */
        EXPECT_ROW(rows[i].why, work_holds(&rs, "plaque suspended"));
    }
}

ONE_STORE_TEST(what_is_no_day_is_said_so_and_the_page_is_there, true)
{
    static const struct {
        const char *typed;
        bool told;
    } rows[] = {
        { "", false },
        { "?on=", false },
        { "?on=yesterday", true },
        { "?on=2026-02-29", true },
        { "?on=%3Cb%3E", true },
    };
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b, work_text(&w, "/c/", number, rows[i].typed));

        EXPECT_ROW(rows[i].typed, rs.status == 200);
        EXPECT_ROW(rows[i].typed, work_holds(&rs, "name=\"on\""));
        EXPECT_ROW(rows[i].typed,
                   work_holds(&rs, "Please give a day as YYYY-MM-DD.") ==
                       rows[i].told);
        EXPECT_ROW(rows[i].typed, !work_holds(&rs, "<b>"));
    }
}
