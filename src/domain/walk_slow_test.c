/*
 * The walks of walk_test.c, many more of them: so many that by each scheme
 * every command is carried out that the scheme knows. [C1] [C2] [ST-1]
 */

#include "domain/test_walking.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

enum { WALKS = 1000, FORGERIES = 80, SEED = 1000000 };

/* What a scheme has no use for; TENSTAR_WALKS=tell shows what it has. */
struct useless {
    const char *scheme;
    const char *command;
    const char *why;
};

static const struct useless useless[] = {
    { "five-star", "defence.record", "no defence is part of its audit" },
    { "iso-9001", "defence.record", "no defence is part of its audit" },
    { "iso-9001", "figure.record", "it asks for no figures" },
    { "iso-9001", "special.record", "it deducts nothing" },
    { "iso-9001", "sample.commit", "it draws no customers" },
    { "iso-9001", "sample.give_nonce", "it draws no customers" },
    { "iso-9001", "sample.reveal", "it draws no customers" },
    { "iso-9001", "sample.ask", "it draws no customers" },
    { "iso-9001", "sample.call", "it draws no customers" },
};

static const struct useless *useless_to(const char *scheme, const char *command)
{
    for (size_t i = 0; i < COUNT(useless); i++) {
        if (strcmp(useless[i].scheme, scheme) == 0 &&
            strcmp(useless[i].command, command) == 0)
            return &useless[i];
    }
    return NULL;
}

/* Each was refused to somebody; and carried out, but for what is useless. */
static void expect_commands(const char *scheme, const struct walk_tally *t)
{
    char row[100];

    for (size_t i = 0; i < command_kind_count(); i++) {
        const char *name = command_kind_at(i)->name;
        bool used = useless_to(scheme, name) == NULL;

        (void)snprintf(row, sizeof row, "%.40s, %.40s", scheme, name);
        EXPECT_ROW(row, (t->given[i] > 0) == used);
        EXPECT_ROW(row, t->refused[i] > 0);
    }
}

/* Rules that few cases come across. */
static void expect_refusals(const char *scheme, const struct walk_tally *t)
{
    static const char *const rare[] = { "team.no_head", "team.expert_unknown",
                                        "team.expert_field", "panel.no_head" };

    for (size_t i = 0; i < COUNT(rare); i++) {
        char row[100];

        (void)snprintf(row, sizeof row, "%.40s, %.40s", scheme, rare[i]);
        EXPECT_ROW(row, walk_refused_as(t, rare[i]) > 0);
    }
}

static void go(const char *scheme)
{
    struct walk_tally all = { 0 };

    walking_all(scheme, SEED, WALKS, FORGERIES, &all);
    walking_tell(scheme, &all);
    expect_commands(scheme, &all);
    expect_refusals(scheme, &all);
}

TEST(many_walks_by_ten_stars)
{
    go("ten-star");
}

TEST(many_walks_by_five_stars)
{
    go("five-star");
}

TEST(many_walks_by_clauses)
{
    go("iso-9001");
}
