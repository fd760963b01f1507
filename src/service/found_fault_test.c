/* A founding while memory and files fail, on both engines: all of it, or
 * nothing, in the store neither. [FN1] [FG1] */

#include "service/found.h"

#include "scheme/test_files.h"
#include "service/service_test_env.h"
#include "store/test_faults.h"

#include <stdio.h>
#include <sys/stat.h>

enum { FOUND_ARENA = 64 << 20, NAME_MOST = 120 };

static const str fields[] = { S_INIT("SC03") };

/* Each run founds into a folder of its own. */
struct founding_world {
    struct office office;
    struct package_file file;
    struct package package;
    char dir[NAME_MOST];
    int runs;
};

static err found(struct heap *h, struct file_ops *files, void *context)
{
    struct founding_world *w = context;
    const struct store_place *place = &w->office.place;
    const struct app_world world = { h, &w->office.clock.clock,
                                     &w->office.entropy.entropy, files, S("") };
    const struct found_wish wish = {
        .body = { .name_zh = S("示例认证有限公司"),
                  .name_en = S("Example Certification Ltd"),
                  .approval = S("CNCA-R-2099-417"),
                  .fields = fields,
                  .field_count = COUNT(fields) },
        .public_url = S("https://body.example"),
        .store = place->sqlite ? S("") : str_of(place->where_text),
        .mail = S("first@body.example"),
        .packages = &w->package,
        .package_count = 1,
        .today = office_today(&w->office),
    };
    scoped(arena_end) struct arena a;
    struct found_made made;

    arena_init(&a, h, FOUND_ARENA);
    return found_body(&a, &world, str_of(w->dir), &wish, &made);
}

static void name_folder(void *context)
{
    struct founding_world *w = context;

    (void)snprintf(w->dir, sizeof w->dir, "%s/body%d", w->office.place.folder,
                   ++w->runs);
}

#define EACH_TABLE(then)                                                       \
    "DO $$ DECLARE t text; n bigint; BEGIN"                                    \
    " FOR t IN SELECT tablename FROM pg_tables WHERE tablename <> 'migration'" \
    " AND schemaname = current_schema() LOOP " then " END LOOP; END $$"

/* A store in a file went with its folder. */
static void expect_empty_store(struct founding_world *w)
{
    if (!w->office.place.sqlite)
        (void)store_test_ask(
            &w->office.place, &w->office.arena,
            EACH_TABLE("EXECUTE format('SELECT count(*) FROM %I', t) INTO n;"
                       " IF n > 0 THEN RAISE EXCEPTION '% is left', t;"
                       " END IF;"));
}

/* Without triggers no row minds which other is there first. */
static void empty_store(struct founding_world *w)
{
    if (!w->office.place.sqlite)
        (void)
            store_test_ask(&w->office.place, &w->office.arena,
                           "SET session_replication_role = replica;" EACH_TABLE(
                               "EXECUTE format('DELETE FROM %I', t);"));
}

static bool is_there(const struct founding_world *w, const char *end)
{
    char path[NAME_MOST + 10];
    struct stat s;

    (void)snprintf(path, sizeof path, "%s%s", w->dir, end);
    return stat(path, &s) == 0;
}

static void expect_founded(struct founding_world *w)
{
    struct app_world world = w->office.world;
    scoped(app_close) struct app *app = NULL;

    EXPECT_OK(
        app_open(&w->office.arena, &world, str_of(w->dir), APP_READ, &app));
    EXPECT(is_there(w, "") && !is_there(w, ".founding"));
}

/* Without memory nothing can be undone any more, nor a folder without files. */
static void expect_all_or_nothing(const struct fault_run *run, void *context)
{
    struct founding_world *w = context;
    bool kept = run->what == FAULT_HEAP && run->for_good;

    if (!run->failed)
        expect_founded(w);
    if (run->failed && !run->for_good)
        EXPECT(!is_there(w, "") && !is_there(w, ".founding"));
    if (run->failed && !kept)
        expect_empty_store(w);
    else
        empty_store(w);
}

EACH_STORE_TEST(a_founding_is_all_or_nothing)
{
    struct founding_world w = { .runs = 0 };
    struct fault_plan plan = { name_folder, found, expect_all_or_nothing, &w,
                               0 };
    /* Primes, so that a loop of calls is not met at the same place each time.
     */
    static const struct {
        enum fault what;
        long stride;
    } rows[] = { { FAULT_FILE_ERROR, 17 }, { FAULT_HEAP, 499 } };

    if (!office_world(&w.office, place))
        return;
    w.file = (struct package_file){
        S("scheme.yaml"),
        test_file(&w.office.arena, "tests/schemes/mini/scheme.yaml"),
    };
    w.package = (struct package){ &w.file, 1 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        plan.stride = rows[i].stride;
        EXPECT(fault_each(rows[i].what, &plan) > 1);
    }
    office_end(&w.office);
}
