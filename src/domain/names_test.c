/* What values are called: lists, and their words in both languages. */

#include "domain/names.h"

#include "base/size.h"
#include "base/test.h"
#include "domain/command.h"
#include "domain/event.h"
#include "text/text.h"

#include <stdio.h>

static void expect_words(const char *prefix, const char *name)
{
    char whole[100];

    (void)snprintf(whole, sizeof whole, "%s%s", prefix, name);
    EXPECT_ROW(whole, text_get(LANG_ZH, whole).n > 0);
    EXPECT_ROW(whole, text_get(LANG_EN, whole).n > 0);
}

TEST(every_value_has_words_in_both_languages)
{
    size_t count = 0;

    for (size_t i = 0; i < naming_count; i++) {
        const char *const *names = namings[i].names;

        for (size_t k = 0; names != NULL && names[k] != NULL; k++, count++)
            expect_words(namings[i].id, names[k]);
    }
    EXPECT(count > 60);
}

TEST(every_command_and_event_has_words_in_both_languages)
{
    for (size_t i = 0; i < command_kind_count(); i++)
        expect_words("command.", command_kind_at(i)->name);
    for (size_t i = 0; i < event_kind_count(); i++)
        expect_words("event.", event_kind_at(i)->name);
    EXPECT(event_kind_at(event_kind_count()) == NULL);
}

/* A name says one thing in its list. */
TEST(no_list_has_a_name_twice)
{
    for (size_t i = 0; i < naming_count; i++) {
        const char *const *names = namings[i].names;

        for (size_t k = 0; names != NULL && names[k] != NULL; k++) {
            for (size_t j = 0; j < k; j++)
                EXPECT_ROW(names[k], strcmp(names[k], names[j]) != 0);
        }
    }
}

TEST(no_command_and_no_event_stands_in_the_tables_twice)
{
    for (size_t i = 0; i < command_kind_count(); i++)
        EXPECT_ROW(command_kind_at(i)->name,
                   command_kind_find(str_of(command_kind_at(i)->name)) ==
                       command_kind_at(i));
    for (size_t i = 0; i < event_kind_count(); i++) {
        const struct event_kind *k = event_kind_at(i);

        EXPECT_ROW(k->name, event_kind_find(str_of(k->name), k->version) == k);
    }
    EXPECT(event_kind_find(S("case.opened"), 2) == NULL);
    EXPECT(command_kind_find(S("")) == NULL);
}
