/*
 * Forms: rows by buttons, what is offered, refusals beside their field.
 * [RF2]-[RF4]
 */

#include "web/test_form_thing.h"
#include "web/record_form_parts.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record.h"

#include <stdio.h>

/* --- buttons [RF4] -------------------------------------------------------- */

TEST(rows_come_and_go_by_buttons_and_nothing_is_judged)
{
    static const struct {
        const char *why;
        const char *sent;
        const char *typed; /* names of the rows, in order */
        const char *fresh;
        enum record_button button;
        bool wrong;
    } rows[] = {
        { "the first row", "count=x&add=parts", "", "parts.0", RECORD_ADD,
          false },
        { "another", "parts.0.name=a&add=parts", "a,", "parts.1", RECORD_ADD,
          false },
        { "empty ones stay", "parts.0.name=&parts.1.name=b&add=parts", ",b,",
          "parts.2", RECORD_ADD, false },
        { "the numbers of a browser that skips some",
          "parts.1.name=b&parts.7.name=c&add=parts", "b,c,", "parts.2",
          RECORD_ADD, false },
        { "one less, and numbers anew",
          "parts.0.name=a&parts.1.name=b&parts.2.name=c&remove=parts.1", "a,c",
          "", RECORD_REMOVE, false },
        { "the last one", "parts.0.name=a&remove=parts.0", "", "",
          RECORD_REMOVE, false },
        { "no list", "parts.0.name=a&add=name", "a", "", RECORD_SEND, true },
        { "no such list", "parts.0.name=a&add=other", "a", "", RECORD_SEND,
          true },
        { "no such row", "parts.0.name=a&remove=parts.1", "a", "", RECORD_SEND,
          true },
        { "no row", "parts.0.name=a&remove=parts", "a", "", RECORD_SEND, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, BYTES);
        struct record_form form;
        char sent[200];
        struct buf b;
        str got = S("");

        (void)snprintf(sent, sizeof sent, "yes=no&%s", rows[i].sent);
        if (!test_form_post(&a, &test_thing, sent, &form))
            continue;
        const struct json *parts = json_get(form.typed, S("parts"));
        buf_init(&b, &a, TEXT_MOST);
        for (const struct json *m = parts == NULL ? NULL : parts->first;
             m != NULL; m = m->next) {
            buf_str(&b, m == parts->first ? S("") : S(","));
            buf_str(&b, json_get_str(m, S("name")));
        }
        EXPECT_ROW_OK(rows[i].why, buf_done(&b, &got));
        EXPECT_ROW_STR(rows[i].why, got, str_of(rows[i].typed));
        EXPECT_ROW(rows[i].why, form.button == rows[i].button);
        EXPECT_ROW_STR(rows[i].why, form.fresh, str_of(rows[i].fresh));
        EXPECT_ROW(rows[i].why, (form.problem_count > 0) == rows[i].wrong);
        EXPECT_ROW(rows[i].why, form.value == NULL);
    }
}

TEST(a_row_that_was_added_has_the_focus_and_can_be_taken_away)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!test_form_post(&a, &test_thing, "parts.0.name=a&add=parts", &form) ||
        !test_form_show(&a, &form, &shown))
        return;
    const struct page_form_field *list =
        test_form_find(shown.fields, shown.fields_n, S("parts"));
    EXPECT(list != NULL && list->group && list->grows && !list->shrinks);
    EXPECT(list != NULL && list->inner_n == 2);
    const struct page_form_field *row = &list->inner[1];
    EXPECT_STR(row->name, S("parts.1"));
    EXPECT(row->group && row->shrinks && !row->grows);
    EXPECT(row->inner[0].focus && !list->inner[0].inner[0].focus);
}

TEST(a_list_that_needs_a_row_shows_an_empty_one)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    EXPECT_OK(record_form_begin(&a, &test_needed, NULL, &form));
    if (!test_form_show(&a, &form, &shown))
        return;
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("parts.0.name")) !=
           NULL);
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("parts.1.name")) ==
           NULL);
}

/* --- what is offered ------------------------------------------------------ */

TEST(what_is_offered_can_be_picked_and_what_else_was_given_stays)
{
    static const struct record_choice words[] = {
        { S_INIT("a"), S_INIT("The first") },
        { S_INIT("b"), S_INIT("The second") },
    };
    static const struct record_offer offers[] = {
        { "words", words, COUNT(words), false },
        { "name", words, COUNT(words), false },
        { "parts.name", words, COUNT(words), false },
    };
    static const char sent[] = "yes=no&words=b&words=z&name=q&parts.0.name=b";
    const struct record_form_of of = {
        .command = "x.y",
        .record = test_thing.record,
        .offers = offers,
        .offer_count = COUNT(offers),
    };
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!test_form_post(&a, &of, sent, &form) ||
        !test_form_show(&a, &form, &shown))
        return;
    const struct page_form_field *many =
        test_form_find(shown.fields, shown.fields_n, S("words"));
    EXPECT(many->choice && many->many && many->choices_n == 3);
    EXPECT(!many->choices[0].chosen && many->choices[1].chosen);
    EXPECT_STR(many->choices[1].label, S("The second"));
    EXPECT_STR(many->choices[2].value, S("z"));
    EXPECT(many->choices[2].chosen);
    const struct page_form_field *one =
        test_form_find(shown.fields, shown.fields_n, S("name"));
    EXPECT(one->pick && one->choices_n == 4); /* none, two, and "q" */
    EXPECT(!one->choices[0].chosen && one->choices[3].chosen);
    const struct page_form_field *in_row =
        test_form_find(shown.fields, shown.fields_n, S("parts.0.name"));
    EXPECT(in_row->pick && in_row->choices_n == 3 && in_row->choices[2].chosen);
}

/* [RF9] Rows that are one for each are headed by it, and it goes along; rows
 * that are not ask which. */
TEST(rows_for_each_of_what_is_offered_are_headed_by_it)
{
    static const struct record_choice words[] = {
        { S_INIT("a"), S_INIT("The first") },
        { S_INIT("b"), S_INIT("The second") },
    };
    static const struct record_offer offers[] = {
        { "parts.name", words, COUNT(words), true },
    };
    const struct record_form_of of = {
        .command = "x.y",
        .record = test_thing.record,
        .offers = offers,
        .offer_count = COUNT(offers),
    };
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };
    struct page_form_fields other = { 0 };

    if (!test_form_post(&a, &of, "yes=no&parts.0.name=b&parts.1.name=a",
                        &form) ||
        !test_form_show(&a, &form, &shown) ||
        !test_form_post(&a, &of, "yes=no&parts.0.name=b&parts.1.name=b",
                        &form) ||
        !test_form_show(&a, &form, &other))
        return;
    const struct page_form_field *list =
        test_form_find(shown.fields, shown.fields_n, S("parts"));
    const struct page_form_field *row =
        test_form_find(shown.fields, shown.fields_n, S("parts.0"));
    const struct page_form_field *name =
        test_form_find(shown.fields, shown.fields_n, S("parts.0.name"));
    EXPECT(list->listed && !list->grows && !row->shrinks);
    EXPECT_STR(row->label, S("The second"));
    EXPECT(name->named && !name->field);
    EXPECT_STR(name->value, S("b"));
    list = test_form_find(other.fields, other.fields_n, S("parts"));
    row = test_form_find(other.fields, other.fields_n, S("parts.0"));
    name = test_form_find(other.fields, other.fields_n, S("parts.0.name"));
    EXPECT(list->listed && list->grows && row->shrinks);
    EXPECT(!str_eq(row->label, S("The second")));
    EXPECT(!name->named && name->field && name->pick);
}

/* --- refusals of the service ---------------------------------------------- */

TEST(a_refusal_stands_beside_the_field_it_is_about)
{
    static const char sent[] =
        "yes=no&name=gold&count=4&parts.0.name=a&parts.1.name=b&words=u%0av";
    const struct err_arg by_path[] = { ARG_STR("path", S("parts[1].name")),
                                       ARG_INT("min", 1),
                                       ARG_INT("max", 10),
                                       { 0 } };
    const struct err_arg of_words[] = { ARG_STR("path", S("words[1]")),
                                        ARG_INT("min", 1),
                                        ARG_INT("max", 500),
                                        { 0 } };
    const struct err_arg of_nothing[] = { ARG_STR("path", S("gone[1].x")),
                                          { 0 } };
    const struct err_arg by_text[] = { ARG_STR("scheme", S("s")),
                                       ARG_STR("name", S("gold")),
                                       { 0 } };
    const struct err_arg by_number[] = { ARG_INT("count", 4), { 0 } };
    const struct err_arg by_row[] = { ARG_STR("name", S("b")), { 0 } };
    const struct err_arg other_text[] = { ARG_STR("name", S("silver")), { 0 } };
    const struct {
        const char *why;
        const char *id;
        const struct err_arg *args;
        const char *name;
        const char *said;
    } rows[] = {
        { "by its path", "record.length", by_path, "parts.1.name",
          "record_form.too_long" },
        { "one of a list of texts", "record.length", of_words, "words",
          "record_form.item" },
        { "a path of no field", "record.unknown", of_nothing, "",
          "record.unknown" },
        { "by what was typed", "case.level", by_text, "name", "case.level" },
        { "by a number", "case.level", by_number, "count", "case.level" },
        { "in a row", "case.level", by_row, "parts.1.name", "case.level" },
        { "by what nobody typed", "case.level", other_text, "", "case.level" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, BYTES);
        struct record_form form;
        struct page_form_fields shown = { 0 };
        err why = { err_make(&a, ERR_REFUSED, rows[i].id, "x.c:1",
                             rows[i].args) };

        if (!test_form_post(&a, &test_thing, sent, &form))
            continue;
        EXPECT_ROW(rows[i].why, form.value != NULL);
        EXPECT_ROW_OK(rows[i].why, record_form_refuse(&a, &form, why));
        EXPECT_ROW(rows[i].why, form.value == NULL && form.problem_count == 1);
        EXPECT_ROW_STR(rows[i].why, form.problems[0].name,
                       str_of(rows[i].name));
        EXPECT_ROW_STR(rows[i].why, str_of(form.problems[0].why.info->id),
                       str_of(rows[i].said));
        if (!test_form_show(&a, &form, &shown))
            continue;
        EXPECT_ROW(rows[i].why,
                   (shown.refusal.n > 0) == (rows[i].name[0] == '\0'));
        EXPECT_ROW(rows[i].why,
                   shown.wrongs_n == (size_t)(rows[i].name[0] != '\0'));
    }
}

TEST(a_refusal_that_could_be_about_two_fields_stands_above_them)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!test_form_post(&a, &test_thing, "yes=no&parts.0.name=a&parts.1.name=a",
                        &form))
        return;
    EXPECT_OK(record_form_refuse(&a, &form,
                                 err_new(&a, ERR_REFUSED, "case.level",
                                         ARG_STR("name", S("a")))));
    EXPECT(form.problem_count == 1 && form.problems[0].name.n == 0);
    EXPECT(test_form_show(&a, &form, &shown) && shown.refusal.n > 0);
}

/* Even one whose field is not shown. */
TEST(no_mistake_is_kept_from_the_reader)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!test_form_post(&a, &test_thing, "yes=no", &form))
        return;
    EXPECT_OK(record_form_refuse(&a, &form,
                                 err_new(&a, ERR_INVALID, "record.missing",
                                         ARG_STR("path", S("parts[4].name")))));
    EXPECT(test_form_show(&a, &form, &shown));
    EXPECT(shown.count == 1 && shown.wrongs_n == 0 && shown.refusal.n > 0);
}

TEST(mistakes_beyond_all_measure_are_told_as_far_as_they_go)
{
    TEST_ARENA(a, BYTES);
    struct form_field many[FORM_FIELDS];
    struct form sent = { many, COUNT(many) };
    struct record_form form;

    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = (struct form_field){ S("no.such"), S("x") };
    EXPECT_OK(record_form_post(&a, &test_thing, &sent, test_own, &form));
    EXPECT(form.problem_count == RECORD_PROBLEMS && form.value == NULL);
}

/* --- without memory ------------------------------------------------------- */

static err whole_way(struct heap *h, void *)
{
    static const char sent[] =
        "yes=no&name=+a&price=1.50&within.n=5&within.unit=wd&parts.0.name=a"
        "&parts.1.tags=p%0aq&inner.size=many&words.whole=+x&other=1&add=parts";
    scoped(arena_end) struct arena a;
    struct form posted;
    struct record_form form;
    struct page_form_fields shown;
    struct form back;

    arena_init(&a, h, BYTES);
    TRY(form_parse(&a, str_of(sent), &posted));
    TRY(record_form_post(&a, &test_thing, &posted, test_own, &form));
    TRY(record_form_value(&a, &form));
    TRY(record_form_refuse(&a, &form,
                           err_new(&a, ERR_REFUSED, "case.level",
                                   ARG_STR("path", S("name")))));
    TRY(record_form_show(&a, &form, LANG_ZH, &shown));
    return test_form_sent(&a, &shown, &back);
}

TEST(a_form_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(whole_way, NULL, NULL) > 0);
}
