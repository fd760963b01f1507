/* What somebody has not read yet. [MR1] [MR2] */

#include "service/messages_read.h"

#include "service/check.h"
#include "service/service_test_env.h"

static int64_t unread(struct office *o, const char *login, str ref)
{
    const struct session *who = office_as(o, login);
    struct case_file file = { 0 };
    int64_t n = -1;

    EXPECT_OK(cases_load(o->app, &o->arena, who, ref, &file));
    EXPECT_OK(messages_unread(o->app, &o->arena, who, &file, &n));
    return n;
}

static void read_all(struct office *o, const char *login, str ref)
{
    const struct session *who = office_as(o, login);
    struct case_file file = { 0 };

    EXPECT_OK(cases_load(o->app, &o->arena, who, ref, &file));
    EXPECT_OK(messages_are_read(o->app, &o->arena, who, &file));
}

static void say(struct office *o, const char *login, str ref)
{
    EXPECT_OK(office_do(o, login, ref, "message.send", "{'text':'a'}"));
}

EACH_STORE_TEST(each_has_read_what_they_looked_at)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT(unread(&o, "newcomer", ref) == 0);
    say(&o, "finance", ref);
    say(&o, "intake", ref);
    EXPECT(unread(&o, "newcomer", ref) == 2);
    EXPECT(unread(&o, "finance", ref) == 0); /* of their own side */
    read_all(&o, "newcomer", ref);
    EXPECT(unread(&o, "newcomer", ref) == 0);
    say(&o, "newcomer", ref);
    EXPECT(unread(&o, "newcomer", ref) == 0);
    EXPECT(unread(&o, "finance", ref) == 1);
    read_all(&o, "finance", ref);
    EXPECT(unread(&o, "finance", ref) == 0);
    EXPECT(unread(&o, "intake", ref) == 1); /* [MR1] */
    say(&o, "intake", ref);
    EXPECT(unread(&o, "newcomer", ref) == 1);
}

/* [MR2] A page that was loaded before comes late. */
EACH_STORE_TEST(nobody_reads_less_than_before)
{
    TEST_OFFICE(o, place);
    const struct session *who = office_as(&o, "newcomer");
    struct case_file early = { 0 };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    say(&o, "intake", ref);
    EXPECT_OK(cases_load(o.app, &o.arena, who, ref, &early));
    say(&o, "intake", ref);
    EXPECT_OK(messages_are_read(o.app, &o.arena, who, &early));
    EXPECT(unread(&o, "newcomer", ref) == 1);
    read_all(&o, "newcomer", ref);
    EXPECT(office_count(&o, "SELECT count(*) FROM message_read") == 1);
    EXPECT_OK(messages_are_read(o.app, &o.arena, who, &early));
    EXPECT(unread(&o, "newcomer", ref) == 0);
}
