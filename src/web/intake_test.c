/* The completeness check: each item with its document, and what follows.
 * [IK1]..[IK3] [M12] [17065 7.3] */

#include "web/test_work.h"

#include <string.h>

static const char *check_of(struct test_work *w, str ref, const char *query)
{
    return work_text(w, "/cases/", ref,
                     work_text(w, "/check", str_of(query), ""));
}

/* An application that lacks a document. */
static str incomplete(struct test_work *w)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    script.incomplete = true;
    while (!over && !test_failing() &&
           office_read(&w->office, ref).state->stage != STAGE_COMPLETENESS)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    return ref;
}

static struct browser enter(struct test_work *w, const char *login)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return b;
}

static str between(str where, const char *before, const char *after)
{
    str rest = str_from(where, str_find(where, str_of(before)));

    rest = rest.n == 0 ? rest : str_from(rest, strlen(before));
    return str_first(rest, str_find(rest, str_of(after)));
}

/* Send the form of `command` as the page has it, with `fields`. */
static struct response give(struct test_work *w, struct browser *b, str ref,
                            const struct response *page, const char *command,
                            const char *fields)
{
    str form = between(page->body, work_text(w, "/do/", str_of(command), "\""),
                       "</form>");
    str made = between(form, "name=\"command-id\" value=\"", "\"");
    str version = between(form, "name=\"version\" value=\"", "\"");
    const char *own = work_text(w, "command-id=", made,
                                work_text(w, "&version=", version, fields));

    return work_post(w, b,
                     work_text(w, "/cases/", ref,
                               work_text(w, "/do/", str_of(command), "")),
                     own);
}

/* [IK1] [IK2] */
ONE_STORE_TEST(what_is_lacking_is_ticked_and_stands_in_the_notice, true)
{
    TEST_WORK(w, place);
    str ref = incomplete(&w);
    struct browser b = enter(&w, "intake");
    struct response rs = work_get(&w, &b, check_of(&w, ref, ""));

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "Required items not in order: 1"));
    EXPECT(work_holds(&rs, "/files/"));
    EXPECT(work_holds(&rs, " checked>"));
    EXPECT(work_holds(&rs, "Please hand in:\n- "));
    EXPECT(!work_holds(&rs, "/do/application.accept\""));
    EXPECT(!work_holds(&rs, "[intake_room."));
    rs = give(&w, &b, ref, &rs, "supplement.ask", "&note=the+licence");
    EXPECT(rs.status == 303);
    const struct state *s = office_read(&w.office, ref).state;
    EXPECT(s->supplement != NULL && s->supplement->missing.n == 1);
    EXPECT_STR(s->supplement->note, S("the licence"));

    /* It waits for the enterprise now. */
    rs = work_get(&w, &b, check_of(&w, ref, ""));
    EXPECT(rs.status == 200 && !work_holds(&rs, "/do/supplement.ask\""));
}

/* [IK2] */
ONE_STORE_TEST(the_notice_is_filled_with_what_was_ticked_by_hand, true)
{
    TEST_WORK(w, place);
    str ref = incomplete(&w);
    struct browser b = enter(&w, "intake");
    struct response rs =
        work_get(&w, &b,
                 check_of(&w, ref, "?filled=yes&tick=extra&tick=manual"));

    EXPECT(work_holds(&rs, "- Extra: missing"));
    EXPECT(work_holds(&rs, "- Manual: "));
    EXPECT(!work_holds(&rs, "- Records"));
    rs = work_get(&w, &b, check_of(&w, ref, "?filled=yes"));
    EXPECT(!work_holds(&rs, "Please hand in:"));
}

/* [IK3] */
ONE_STORE_TEST(a_complete_application_can_be_accepted_there, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    b = enter(&w, "intake");
    struct response rs = work_get(&w, &b, check_of(&w, ref, ""));
    EXPECT(work_holds(&rs, "All required items are there."));
    rs = give(&w, &b, ref, &rs, "application.accept", "");
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->stage == STAGE_CONTRACT);
    rs = work_get(&w, &b, check_of(&w, ref, ""));
    EXPECT(rs.status == 200 && !work_holds(&rs, "/do/application.accept\""));
}

ONE_STORE_TEST(others_look_and_the_enterprise_does_not, true)
{
    static const struct {
        const char *login;
        int status;
    } rows[] = {
        { "intake", 200 },   { "quality", 200 }, { "planner", 200 },
        { "newcomer", 403 }, { "rival", 403 },   { "insider", 403 },
    };
    TEST_WORK(w, place);
    str ref = incomplete(&w);
    str early = office_case(&w.office);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, check_of(&w, ref, ""));

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login, work_holds(&rs, "/do/supplement.ask\"") ==
                                      (strcmp(rows[i].login, "intake") == 0));
    }
    struct browser b = enter(&w, "intake");
    EXPECT(work_get(&w, &b, check_of(&w, early, "")).status == 404);
}
