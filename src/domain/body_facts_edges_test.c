/* Both sides of every boundary of what the body says of itself. [条例 9]
 * [17065 4.1.1] */

#include "base/arena.h"
#include "domain/body_facts.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

static const str letters[] = { S_INIT("A"), S_INIT("B") };
static const str sc03[] = { S_INIT("SC03"), S_INIT("QMS") };

static struct list list_of(const str *p, size_t n)
{
    return (struct list){ (void *)(uintptr_t)p, n };
}

/* Founded on 2026-03-02, and as it stands. */
static const struct body_founded founding = {
    .name_zh = S_INIT("示例认证中心"),
    .name_en = S_INIT("Example Centre"),
    .approval = S_INIT("CNCA-R-2099-000"),
    .number = S_INIT("000"),
    .fields = { (void *)(uintptr_t)sc03, 1 },
};

static struct event event_of(const char *kind, int64_t n, const char *date,
                             const void *data)
{
    return (struct event){ .kind = event_kind_find(str_of(kind), 1),
                           .n = n,
                           .on = on(date),
                           .at = n,
                           .data = data };
}

static struct body_stand founded(void)
{
    struct body_stand s = { .from = 0 };
    struct event e = event_of("body.founded", 1, "2026-03-02", &founding);

    EXPECT(body_stand_apply(&s, &e));
    return s;
}

/* The facts as they were founded, from a day on. */
static struct body_changed same_from(const char *date)
{
    return (struct body_changed){
        .from = on(date),
        .name_zh = founding.name_zh,
        .name_en = founding.name_en,
        .approval = founding.approval,
        .fields = list_of(sc03, 1),
        .document = S("示例批复"),
    };
}

static err try_change(struct fixture *f, const struct body_stand *now,
                      const struct body_changed *wish, const char *today)
{
    struct body_changed unused;

    return body_change_judge(&f->arena, now, wish, on(today), &unused);
}

TEST(a_field_is_capital_letters_and_then_digits)
{
    static const struct {
        const char *code;
        bool is;
    } rows[] = {
        { "SC03", true },         { "SC", true },   { "A0", true },
        { "Z9", true },           { "AZ", true },   { "A", false },
        { "ABCDEFGH90", true },   { "@1", false },  { "[1", false },
        { "ABCDEFGH901", false }, { "A/", false },  { "A:", false },
        { "03", false },          { "A0B", false }, { "a0", false },
    };
    FIXTURE(f);
    const struct body_stand now = founded();

    for (size_t i = 0; i < COUNT(rows); i++) {
        str codes[2] = { S("SC03"), str_of(rows[i].code) };
        struct body_changed wish = same_from("2026-03-02");

        wish.fields = list_of(&codes[1], 1);
        wish.reason = S("改变");
        err e = try_change(f, &now, &wish, "2026-03-02");
        if (!rows[i].is)
            EXPECT_ROW_ERR(rows[i].code, e, ERR_INVALID, "body.field");
        else if (i > 0)
            EXPECT_ROW_OK(rows[i].code, e);
    }
}

/* Under ASan a character too far is noticed. */
TEST(a_field_of_letters_alone_is_read_to_its_end)
{
    FIXTURE(f);
    const struct body_stand now = founded();
    struct body_changed wish = same_from("2026-03-02");
    char *letters_alone = arena_array(&f->arena, 3, 1);

    EXPECT(letters_alone != NULL);
    if (letters_alone == NULL)
        return;
    memcpy(letters_alone, sc03[1].p, 3);
    str code = { letters_alone, 3 };
    wish.fields = list_of(&code, 1);
    wish.reason = S("改变");
    EXPECT_OK(try_change(f, &now, &wish, "2026-03-02"));
}

/* [BF1] Any one of them is a change. */
TEST(facts_are_the_same_when_all_of_them_are)
{
    FIXTURE(f);
    const struct body_stand now = founded();
    struct body_changed rows[8];

    for (size_t i = 0; i < COUNT(rows); i++)
        rows[i] = same_from("2026-03-02");
    rows[0].name_zh = S("某");
    rows[1].name_en = S("Other");
    rows[2].approval = S("CNCA-R-2099-001");
    rows[3].uscc = S("91350100M000100Y43");
    rows[4].accreditation = S("示例-17");
    rows[5].address = S("路");
    rows[6].phone = S("019-00000000");
    rows[7].fields = list_of(sc03, 2);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_OK(try_change(f, &now, &rows[i], "2026-03-02"));
    static const str others[] = { S_INIT("SC03"), S_INIT("A1") };
    struct body_changed same = same_from("2026-03-02");
    same.fields = list_of(others, 1); /* what lies behind is none of them */
    EXPECT_ERR(try_change(f, &now, &same, "2026-03-02"), ERR_CONFLICT,
               "body.same");
}

TEST(a_code_and_a_phone_of_one_character_are_none)
{
    static const struct {
        const char *name;
        const char *uscc;
        const char *phone;
        const char *refused;
    } rows[] = {
        { "a digit", "9", "", "body.uscc" },
        { "a good code of another kind", "M000100Y4", "", "body.uscc" },
        { "a digit for a phone", "", "1", "contact.phone" },
        { "neither", "", "", NULL },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct body_changed wish = same_from("2026-03-02");

        wish.uscc = str_of(rows[i].uscc);
        wish.phone = str_of(rows[i].phone);
        err e = body_facts_check(&f->arena, &wish);
        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].refused);
    }
}

TEST(the_fields_that_are_lost_are_named_one_after_the_other)
{
    static const struct {
        const char *name;
        size_t before; /* of A and B */
        size_t after;
        const char *lost;
    } rows[] = {
        { "both", 2, 0, "A B" },  { "the second", 2, 1, "B" },
        { "none", 2, 2, "" },     { "one there never was", 1, 0, "A" },
        { "one more", 1, 2, "" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct body b = { .fields = letters,
                                .field_count = rows[i].before };
        const struct list after = list_of(letters, rows[i].after);
        str lost = S("?");

        EXPECT_ROW_OK(rows[i].name,
                      body_fields_lost(&f->arena, &b, &after, &lost));
        EXPECT_ROW_STR(rows[i].name, lost, str_of(rows[i].lost));
        EXPECT_ROW(rows[i].name,
                   body_has_field(&b, S("B")) == (rows[i].before == 2));
    }
}

/* [BF2] What was said last, and in `from` when, decides from which day on the
 * next may begin. */
TEST(the_next_begins_no_earlier_than_what_has_begun)
{
    struct body_changed early = same_from("2026-03-05");
    struct body_changed late = same_from("2026-05-01");
    const struct {
        const char *name;
        const struct body_changed *said[2];
        const char *on; /* the day they are said */
        const char *today;
        const char *first; /* day that is taken; the one before is not */
    } rows[] = {
        { "nothing was said",
          { NULL, NULL },
          "2026-03-02",
          "2026-03-09",
          "2026-03-02" },
        { "and the clock went back",
          { NULL, NULL },
          "2026-03-02",
          "2026-02-27",
          "2026-03-02" },
        { "one that begins on the day itself",
          { &early, NULL },
          "2026-03-05",
          "2026-03-05",
          "2026-03-05" },
        { "one that has not begun",
          { &late, NULL },
          "2026-03-05",
          "2026-03-09",
          "2026-03-02" },
        { "the day before it begins",
          { &late, NULL },
          "2026-03-05",
          "2026-04-30",
          "2026-03-02" },
        { "the day it begins",
          { &late, NULL },
          "2026-03-05",
          "2026-05-01",
          "2026-05-01" },
        { "one that has not, after one of that day",
          { &early, &late },
          "2026-03-05",
          "2026-03-09",
          "2026-03-05" },
        { "two that had not",
          { &late, &late },
          "2026-03-05",
          "2026-03-09",
          "2026-03-02" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct body_stand now = founded();
        struct body_changed wish = same_from(rows[i].first);

        for (int k = 0; k < 2 && rows[i].said[k] != NULL; k++) {
            struct event e =
                event_of("body.changed", k + 2, rows[i].on, rows[i].said[k]);

            EXPECT_ROW(rows[i].name, body_stand_apply(&now, &e));
        }
        wish.name_zh = S("新名");
        EXPECT_ROW_OK(rows[i].name, try_change(f, &now, &wish, rows[i].today));
        wish.from--;
        EXPECT_ROW_ERR(rows[i].name, try_change(f, &now, &wish, rows[i].today),
                       ERR_INVALID, "body.before");
    }
}

/* What has not begun may be said once more, with another day. [BF2] */
TEST(the_same_facts_may_be_said_until_they_have_begun)
{
    static const struct {
        const char *today;
        bool same;
    } rows[] = {
        { "2026-03-09", false }, /* the facts are to hold from the 10th on */
        { "2026-03-10", true },
    };
    FIXTURE(f);
    struct body_changed said = same_from("2026-03-10");
    struct body_stand now = founded();

    said.name_zh = S("新名");
    struct event e = event_of("body.changed", 2, "2026-03-05", &said);
    EXPECT(body_stand_apply(&now, &e));
    said.from = on("2026-03-12");
    for (size_t i = 0; i < COUNT(rows); i++) {
        err again = try_change(f, &now, &said, rows[i].today);

        if (rows[i].same)
            EXPECT_ROW_ERR(rows[i].today, again, ERR_CONFLICT, "body.same");
        else
            EXPECT_ROW_OK(rows[i].today, again);
    }
}

/* [BF3], to the microsecond; before there was anything, what was first. */
TEST(what_is_known_at_a_moment_is_what_was_said_by_then)
{
    static const struct subsidy_list set = { .subsidies = { 0 } };
    FIXTURE(f);
    struct body_changed wish = same_from("2026-03-02");
    struct event first = event_of("body.founded", 1, "2026-03-02", &founding);
    struct event second = event_of("body.changed", 2, "2026-03-02", &wish);
    struct event list = event_of("body.subsidies_set", 2, "2026-03-02", &set);
    struct event_list none = { 0 };
    struct event_list events = { 0 };
    struct body_history h;

    EXPECT_OK(body_history_of(&f->arena, &none, &h));
    EXPECT(body_history_on(&h, on("2026-03-02"), BODY_KNOWN_ALL) == NULL);
    event_list_add(&events, &first);
    EXPECT_OK(body_history_of(&f->arena, &events, &h));
    EXPECT(body_history_on(&h, on("2026-03-01"), 0) == &h.stands[0]);
    event_list_add(&events, &list);
    event_list_add(&events, &second);
    EXPECT_OK(body_history_of(&f->arena, &events, &h));
    EXPECT(h.n == 2); /* lists are no facts */
    EXPECT(body_history_on(&h, on("2026-03-02"), 1) == &h.stands[0]);
    EXPECT(body_history_on(&h, on("2026-03-02"), 2) == &h.stands[1]);
}

/* [BF5] A journal that says what nobody could have said is folded all the
 * same, and told from one that could be. */
TEST(a_forged_change_is_folded_and_does_not_follow)
{
    static const struct {
        const char *approval;
        const char *number;
        bool follows;
    } rows[] = {
        { "CNCA-R-2099-417", "417", true },
        { "417", "417", false },
        { "17", "17", false },
        { "", "", false },
    };
    static const struct body_fields set = { .fields = { 0 } };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct body_stand now = founded();
        struct body_changed wish = same_from("2026-03-02");

        wish.approval = str_of(rows[i].approval);
        struct event e = event_of("body.changed", 2, "2026-03-02", &wish);
        EXPECT_ROW(rows[i].approval,
                   body_stand_follows(&f->arena, &now, &e) == rows[i].follows);
        EXPECT_ROW(rows[i].approval, body_stand_apply(&now, &e));
        EXPECT_ROW_STR(rows[i].approval, now.body.number,
                       str_of(rows[i].number));
    }
    const struct body_stand now = founded();
    struct event other = event_of("body.fields_set", 2, "2026-03-02", &set);
    EXPECT(body_stand_follows(&f->arena, &now, &other));
}
