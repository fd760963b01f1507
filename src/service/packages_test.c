/* The frozen versions of schemes, for the body's own people. [PK1]..[PK3]
 * [17065 7.1] [M5] */

#include "service/packages.h"

#include "base/buf.h"
#include "service/people.h"
#include "service/registry.h"
#include "service/service_test_env.h"

static str hex(struct office *o, const struct hash *h)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The versions of mini; other schemes were founded with the body, too. */
static struct list list_as(struct office *o, const char *login)
{
    struct list out = { NULL, 0 };
    struct package_line *line;
    size_t n = 0;

    EXPECT_OK(packages_list(o->app, &o->arena, office_as(o, login), &out));
    line = out.p;
    for (size_t i = 0; i < out.n; i++) {
        if (str_eq(line[i].scheme, S("mini")))
            line[n++] = line[i];
    }
    out.n = n;
    return out;
}

static const struct package_line *line_of(const struct list *found,
                                          const struct hash *hash)
{
    const struct package_line *line = found->p;

    for (size_t i = 0; i < found->n; i++) {
        if (hash_eq(&line[i].hash, hash))
            return &line[i];
    }
    return NULL;
}

/* [PK2] */
EACH_STORE_TEST(a_new_version_is_in_force_and_open_cases_stay_with_theirs)
{
    TEST_OFFICE(o, place);
    (void)office_case(&o);
    struct list before = list_as(&o, "auditor1");
    const struct package_line *old = before.p;

    EXPECT(before.n == 1 && old[0].in_force && old[0].cases == 1);
    struct hash hash = office_mini_with(&o, "version: \"1\"", "version: \"2\"");
    (void)office_case_of(&o, "rival");
    struct list after = list_as(&o, "auditor1");
    const struct package_line *first = after.p;
    const struct package_line *was = line_of(&after, &old[0].hash);

    EXPECT(after.n == 2 && was != NULL);
    EXPECT(hash_eq(&first[0].hash, &hash)); /* the newest first */
    EXPECT_STR(first[0].version, S("2"));
    EXPECT(first[0].in_force && first[0].cases == 1);
    EXPECT(was != NULL && !was->in_force && was->cases == 1);
}

/* [PK1] */
EACH_STORE_TEST(whoever_applies_is_told_of_no_package)
{
    TEST_OFFICE(o, place);
    struct list unused;
    struct package_view view;

    EXPECT_ERR(packages_list(o.app, &o.arena, office_as(&o, "newcomer"),
                             &unused),
               ERR_DENIED, "visit.body");
    EXPECT_ERR(packages_one(o.app, &o.arena, office_as(&o, "newcomer"),
                            S("mini"), S("00"), &view),
               ERR_DENIED, "visit.body");
}

EACH_STORE_TEST(who_froze_a_package_is_named)
{
    TEST_OFFICE(o, place);
    str text = office_mini_text(&o, "version: \"1\"", "version: \"7\"");
    struct package_file file = { S("scheme.yaml"), text };
    struct package package = { &file, 1 };
    struct hash hash;

    EXPECT_OK(registry_freeze(o.app, &o.arena, office_as(&o, "admin"),
                              office_today(&o), &package, &hash));
    struct list found = list_as(&o, "reviewer");
    const struct package_line *line = line_of(&found, &hash);

    EXPECT(line != NULL);
    struct person_line admin = { .name = S("") };
    EXPECT_OK(people_one(o.app, &o.arena, office_as(&o, "admin"), S("admin"),
                         &admin));
    EXPECT(admin.name.n > 0);
    if (line != NULL)
        EXPECT_STR(line->by, admin.name);
}

/* [PK3] */
EACH_STORE_TEST(one_version_is_read_with_what_the_checker_says)
{
    TEST_OFFICE(o, place);
    struct list found = list_as(&o, "head");
    const struct package_line *line = found.p;
    struct package_view view = { 0 };

    EXPECT_OK(packages_one(o.app, &o.arena, office_as(&o, "head"), S("mini"),
                           hex(&o, &line[0].hash), &view));
    EXPECT(view.problem_count == 0 && view.problems == NULL);
    EXPECT(view.scheme != NULL && view.scheme->leaf_count > 0);
    EXPECT(view.line.in_force);
}

EACH_STORE_TEST(a_version_that_is_not_kept_is_not_found)
{
    TEST_OFFICE(o, place);
    struct list found = list_as(&o, "head");
    const struct package_line *line = found.p;
    str hash = hex(&o, &line[0].hash);
    const struct {
        const char *why;
        str name;
        str hash;
    } rows[] = {
        { "another scheme's", S("other"), hash },
        { "no hash", S("mini"), S("zz") },
        { "cut short", S("mini"), str_first(hash, 63) },
        { "nobody's", S("mini"),
          S("00000000000000000000000000000000"
            "00000000000000000000000000000000") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct package_view view;

        EXPECT_ROW_ERR(rows[i].why,
                       packages_one(o.app, &o.arena, office_as(&o, "head"),
                                    rows[i].name, rows[i].hash, &view),
                       ERR_NOT_FOUND, "published.no_scheme");
    }
}
