/*
 * Walks: people of every role push a case about, by every scheme, and what must
 * hold holds after every command. [C1] [C2] [EV1] [ST-1] [17065 7.6.2]
 * [条例 21]
 */

#include "domain/test_walking.h"

#include "base/size.h"
#include "base/test.h"

static const char *const schemes[] = { "ten-star", "five-star", "iso-9001" };

enum { WALKS = 120, FORGERIES = 10, ARENA_BYTES = 512 << 20 };

/* Read for ever, and made no more: an unsigned reduction (life.c [LI7]); and
 * what no command makes: whoever has the key does. */
static bool is_not_decided(const char *event)
{
    return strcmp(event, "scope.reduced") == 0 ||
           strcmp(event, "credential.signed") == 0;
}

/* Every command was carried out and was refused, every event happened. */
static void expect_everything(const struct walk_tally *t)
{
    for (size_t i = 0; i < command_kind_count(); i++) {
        EXPECT_ROW(command_kind_at(i)->name, t->given[i] > 0);
        EXPECT_ROW(command_kind_at(i)->name, t->refused[i] > 0);
    }
    for (size_t i = 0; i < event_kind_count(); i++) {
        enum stream_kind stream = event_kind_at(i)->stream;
        bool of_a_case = stream == STREAM_CASE || stream == STREAM_CERTIFICATE;
        const char *name = event_kind_at(i)->name;

        EXPECT_ROW(name, (t->happened[i] > 0) ==
                             (of_a_case && !is_not_decided(name)));
    }
    for (int i = 0; i < STAGE_COUNT; i++)
        EXPECT_ROW(stage_names[i], t->stages[i] > 0);
    EXPECT(t->endings[ENDING_DECLINED] > 0);
    EXPECT(t->endings[ENDING_WITHDRAWN] > 0);
    EXPECT(t->endings[ENDING_REFUSED] > 0);
    EXPECT(t->endings[ENDING_CLOSED] > 0);
}

/* journey.md, "Who acts": the others watch. */
static void expect_actors(const struct walk_tally *t)
{
    const unsigned act = ROLE_BIT(ROLE_APPLICANT) | ROLE_BIT(ROLE_INTAKE) |
                         ROLE_BIT(ROLE_FINANCE) | ROLE_BIT(ROLE_PLANNER) |
                         ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER) |
                         ROLE_BIT(ROLE_CERTIFICATES) | ROLE_BIT(ROLE_HEAD) |
                         ROLE_BIT(ROLE_QUALITY) | ROLE_BIT(ROLE_APPEAL) |
                         ROLE_BIT(ROLE_EXPERT);

    for (unsigned i = 0; i < ROLE_COUNT; i++)
        EXPECT_ROW(role_names[i],
                   (t->acted[i] > 0) == ((act & ROLE_BIT(i)) != 0));
}

TEST(whatever_people_do_what_must_hold_holds)
{
    struct walk_tally all = { 0 };

    for (size_t i = 0; i < COUNT(schemes); i++)
        walking_all(schemes[i], i * 1000, WALKS, 0, &all);
    expect_everything(&all);
    expect_actors(&all);
}

/* [ST-1]..[ST-9]: nothing is decided on a journal that somebody else made, and
 * nothing falls over. */
TEST(any_event_folds_into_any_state)
{
    struct walk_tally all = { 0 };

    for (size_t i = 0; i < COUNT(schemes); i++)
        walking_all(schemes[i], 0, 0, FORGERIES, &all);
}

/* --- the walks themselves ------------------------------------------------- */

static const char *nobody_withdraws(const struct walk *w)
{
    return w->state->ending == ENDING_WITHDRAWN ? "nobody withdraws" : NULL;
}

/* What goes wrong is found, and told without the steps that do not matter. */
TEST(what_goes_wrong_is_told_in_the_fewest_commands)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct walking x;
    const char *wrong = NULL;
    str script = S("");

    if (!walking_init(&x, &a, "five-star"))
        return;
    x.also = nobody_withdraws;
    for (uint64_t k = 0; k < 100 && wrong == NULL; k++)
        wrong = walking_go(&x, &a, k, 900, &script);
    EXPECT_STR(str_of(wrong), S("nobody withdraws"));

    str first = str_cut(&script, '\n');
    str second = str_cut(&script, '\n');
    EXPECT(str_contains(first, S(" case.open {")));
    EXPECT(str_contains(second, S(" case.withdraw {")));
    EXPECT(script.n == 0);
}
