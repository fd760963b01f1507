/* The schemes of an installation. [AP2] [RG3] */
#include "service/app.h"

#include "service/service_test_env.h"

static err scheme_of(struct office *o, const struct hash *hash,
                     const struct scheme **out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return app_scheme(o->app, tx, hash, out);
}

static err scheme_called(struct office *o, str name, const struct scheme **out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return app_scheme_named(o->app, tx, name, out);
}

EACH_STORE_TEST(a_scheme_is_found_by_hash_and_the_newest_by_name)
{
    TEST_OFFICE(o, place);
    const struct scheme *s = NULL;
    const struct scheme *again = NULL;

    EXPECT_OK(scheme_called(&o, S("mini"), &s));
    if (s == NULL)
        return;
    EXPECT_STR(s->version, S("1"));
    struct hash first = s->hash;
    struct hash second =
        office_mini_with(&o, "version: \"1\"", "version: \"2\"");

    EXPECT_OK(scheme_called(&o, S("mini"), &s));
    EXPECT_STR(s->version, S("2"));
    EXPECT(memcmp(s->hash.b, second.b, sizeof second.b) == 0);
    EXPECT_OK(scheme_of(&o, &first, &again));
    if (again != NULL)
        EXPECT_STR(again->version, S("1"));

    /* Loaded once and kept. */
    EXPECT_OK(scheme_of(&o, &second, &again));
    EXPECT(again == s);
    err e = scheme_called(&o, S("maxi"), &s);
    EXPECT_ERR(e, ERR_NOT_FOUND, "app.no_scheme");
    EXPECT_STR(err_arg_text(e, "scheme"), S("maxi"));
    EXPECT_STR(err_arg_text(e, "known"),
               S("five-star, iso-9001, mini, ten-star"));
}

/* [AP2] */
EACH_STORE_TEST(a_case_is_judged_by_the_scheme_it_was_opened_under)
{
    TEST_OFFICE(o, place);
    str old = office_case(&o);

    (void)office_mini_with(&o, "eligibility:\n",
                           "eligibility:\n"
                           "  - { id: more, label: { zh: 又, en: More }, "
                           "declared: true }\n");
    str new = office_case(&o);
    for (int round = 0; round < 2; round++) {
        EXPECT(office_read(&o, old).state->scheme->eligibility_count == 4);
        EXPECT(office_read(&o, new).state->scheme->eligibility_count == 5);
        EXPECT_ERR(office_do(&o, "newcomer", old, "eligibility.answer",
                             "{'declarations':[{'item':'more','yes':true}]}"),
                   ERR_INVALID, "eligibility.item");
        EXPECT_OK(office_do(&o, "newcomer", new, "eligibility.answer",
                            "{'declarations':[{'item':'more','yes':true}]}"));
        app_close(&o.app);
        EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    }
}

EACH_STORE_TEST(a_scheme_that_is_not_what_its_hash_says_judges_nothing)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *name;
        const char *sql;
    } rows[] = {
        { "another package under its name",
          "UPDATE scheme_file SET bytes = (SELECT f.bytes FROM scheme_file f"
          " JOIN scheme_package p ON p.hash = f.hash"
          " WHERE p.id = 'iso-9001')"
          " WHERE hash = (SELECT hash FROM scheme_package WHERE id = 'mini')" },
        { "nothing left of it",
          "DELETE FROM scheme_file WHERE hash ="
          " (SELECT hash FROM scheme_package WHERE id = 'mini')" },
    };
    str ref = office_case(&o);
    struct case_file file;

    for (size_t i = 0; i < COUNT(rows); i++) {
        app_close(&o.app);
        (void)office_ask(&o, rows[i].sql);
        EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
        EXPECT_ROW_ERR(rows[i].name,
                       cases_load(o.app, &o.arena, office_as(&o, "quality"),
                                  ref, &file),
                       ERR_CORRUPT, "app.scheme");
        EXPECT_ROW_ERR(rows[i].name,
                       office_do(&o, "newcomer", ref, "eligibility.answer",
                                 "{'declarations':[]}"),
                       ERR_CORRUPT, "app.scheme");
        EXPECT_ROW_ERR(rows[i].name,
                       office_do(&o, "newcomer", S("new"), "case.open",
                                 "{'scheme':'mini','level':'ten'}"),
                       ERR_CORRUPT, "app.scheme");
    }
}

/* A copy that is refused leaves nothing behind, however often it is asked
 * for: a server goes on for years. */
ONE_STORE_TEST(a_refused_scheme_costs_no_memory, true)
{
    TEST_OFFICE(o, place);
    struct heap_fault counting;
    const struct scheme *s = NULL;
    struct app_world world = o.world;
    struct hash hash = { { 0 } };

    EXPECT_OK(scheme_called(&o, S("mini"), &s));
    if (s != NULL)
        hash = s->hash;
    app_close(&o.app);
    (void)office_ask(&o, "UPDATE scheme_file SET bytes = (SELECT f.bytes"
                         " FROM scheme_file f JOIN scheme_package p"
                         " ON p.hash = f.hash WHERE p.id = 'iso-9001')");
    heap_fault_init(&counting, 0, false);
    world.heap = &counting.heap;
    EXPECT_OK(app_open(&o.arena, &world, o.dir, APP_READ, &o.app));
    EXPECT_ERR(scheme_of(&o, &hash, &s), ERR_CORRUPT, "app.scheme");
    long live = counting.live;
    EXPECT_ERR(scheme_of(&o, &hash, &s), ERR_CORRUPT, "app.scheme");
    EXPECT(counting.live == live);
    app_close(&o.app);
    EXPECT(counting.live == 0);
}
