#include "cli/command_text.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/record.h"
#include "domain/registers.h"
#include "domain/rights.h"

#include <stdio.h>

/* Every field of the table stands in the help, on a line of its own. */
static void expect_fields(const struct command_row *c, str help)
{
    for (size_t i = 0; i < c->record->n; i++) {
        const struct field *f = &c->record->fields[i];
        char line[80];

        (void)snprintf(line, sizeof line, "\n  %s%s  ", f->name,
                       f->optional ? "?" : "");
        EXPECT_ROW(c->name, str_contains(help, str_of(line)));
    }
}

static void expect_help(const char *name, const char *ref)
{
    TEST_ARENA(a, 1 << 20);
    struct command_row c = { 0 };
    struct buf b;
    str help = S("");
    char usage[120];

    if (!EXPECT_ROW_OK(name, command_row_find(&a, str_of(name), &c)))
        return;
    (void)snprintf(usage, sizeof usage, "tenstar case do %s %s ", ref, name);
    buf_init(&b, &a, 1 << 16);
    command_help(&b, LANG_EN, &c);
    EXPECT_OK(buf_done(&b, &help));
    EXPECT_ROW(name, str_begins(help, str_of(usage)));
    EXPECT_ROW(name, str_contains(help, S("Roles: ")));
    EXPECT_ROW(name,
               str_contains(help, text_get(LANG_EN, "cli.command_fields")) ==
                   record_has_fields(c.record));
    EXPECT_ROW(name, !str_contains(help, S("unused")));
    if (record_has_fields(c.record))
        expect_fields(&c, help);
}

TEST(every_command_explains_its_fields_and_who_gives_it)
{
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        if (r->roles != 0) /* the program's own are given by nobody */
            expect_help(r->command, "CASE");
    }
    for (size_t i = 0; i < register_kind_count(); i++) {
        const struct register_kind *k = register_kind_at(i);

        expect_help(k->name, k->stream == STREAM_PERSON ? "person:LOGIN"
                             : k->stream == STREAM_BODY ? "body"
                                                        : "enterprise:USCC");
    }
}

TEST(a_command_is_found_by_its_whole_name_or_the_nearest_is_named)
{
    static const struct {
        const char *name;
        const char *id; /* NULL: found */
        const char *near;
    } rows[] = {
        { "application.submit", NULL, "" },
        { "person.leave", NULL, "" },
        { "application.submi", "command.unknown_near", "application.submit" },
        { "Application.Submit", "command.unknown_near", "application.submit" },
        { "person.leev", "command.unknown_near", "person.leave" },
        { "submit", "command.unknown", "" },
        { "", "command.unknown", "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct command_row c = { 0 };
        err e = command_row_find(&a, str_of(rows[i].name), &c);

        if (rows[i].id == NULL) {
            EXPECT_ROW_OK(rows[i].name, e);
            EXPECT_ROW_STR(rows[i].name, str_of(c.name), str_of(rows[i].name));
            continue;
        }
        EXPECT_ROW_ERR(rows[i].name, e, ERR_NOT_FOUND, rows[i].id);
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "near"),
                       str_of(rows[i].near));
    }
}
