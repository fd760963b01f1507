/*
 * service_test_found -- an office is founded once an engine and program, and
 * copied for each test: founding takes a quarter of a second on PostgreSQL.
 *
 * On SQLite the files are copied.  On PostgreSQL the tables are: what stood in
 * them after founding is kept in a schema of its own and put back before each
 * test, into the schema it was founded in.
 */

#include "service/service_test_env.h"

#include "base/buf.h"
#include "base/embed.h"
#include "codec/yaml.h"
#include "demo_data.h"
#include "scheme/test_files.h"
#include "service/demo.h"

#include <stdio.h>

/* Different from each other and from OFFICE_SEED, or ids would come twice. */
enum { DEMO_SEED = 2, FURNISHING_SEED = 3 };

enum { PATH_MAX_BYTES = 400, FILE_MAX = 64 << 20 };

/* --- founding --------------------------------------------------------- */

static const struct enterprise_row enterprises[] = {
    {
        .uscc = S_INIT(OFFICE_USCC),
        .name = S_INIT("示例电器有限公司"),
        .registered = 18276, /* 2020-01-15 */
        .province = S_INIT("示例省"),
        .city = S_INIT("示例市"),
        .scope = S_INIT("家用电器销售；家用电器安装服务。"),
    },
    {
        .uscc = S_INIT(RIVAL_USCC),
        .name = S_INIT("示例锁业有限公司"),
        .registered = 18276,
        .province = S_INIT("示例省"),
        .city = S_INIT("示例市"),
        .scope = S_INIT("锁具销售；电子产品售后服务。"),
    },
};

static err path_of(struct arena *a, str dir, const char *name, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MAX_BYTES);
    buf_printf(&b, "%.*s/%s", STR_ARG(dir), name);
    return buf_done(&b, out);
}

err office_name_store(struct office *o)
{
    str path;

    TRY(folder_make(&o->files, &o->arena, o->dir, FOLDER_PRIVATE));
    if (o->place.sqlite)
        return OK;
    TRY(path_of(&o->arena, o->dir, "store", &path));
    return file_write(&o->files, &o->arena, path, str_of(o->place.where_text),
                      FILE_SECRET);
}

static err found(struct office *o)
{
    struct demo_wish wish = {
        .seed = DEMO_SEED,
        .today = office_today(o),
        .enterprises = enterprises,
        .enterprise_count = COUNT(enterprises),
    };
    struct demo_made made;

    TRY(office_name_store(o));
    TRY(demo_make(&o->arena, &o->world, o->dir, &wish, &made));
    return app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app);
}

static err find_enterprises(struct office *o)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    TRY(enterprise_by_uscc(tx, &o->arena, S(OFFICE_USCC), &o->own));
    return enterprise_by_uscc(tx, &o->arena, S(RIVAL_USCC), &o->other);
}

static err add_mini(struct office *o)
{
    struct hash hash;

    return office_freeze(o,
                         test_file(&o->arena, "tests/schemes/mini/scheme.yaml"),
                         &hash);
}

static err furnish(struct office *o)
{
    const unsigned applicant = ROLE_BIT(ROLE_APPLICANT);
    const unsigned every = (1U << ROLE_COUNT) - 1;

    TRY(found(o));
    TRY(find_enterprises(o));
    TRY(office_hire(o, "rival", applicant, o->other.id));
    TRY(office_hire(o, "insider", every & ~applicant, o->own.id));
    TRY(add_mini(o));
    app_close(&o->app);
    return OK;
}

/* --- keeping what was founded ----------------------------------------- */

static const char keep_tables[] =
    "CREATE SCHEMA kept; DO $$ DECLARE t text; BEGIN"
    " FOR t IN SELECT tablename FROM pg_tables"
    " WHERE schemaname = current_schema() LOOP"
    " EXECUTE format('CREATE TABLE kept.%I AS TABLE %I', t, t);"
    " END LOOP; END $$";

/* Without triggers no row minds which other is there first. */
static const char restore_tables[] =
    "SET session_replication_role = replica; DO $$ DECLARE t text; BEGIN"
    " FOR t IN SELECT tablename FROM pg_tables"
    " WHERE schemaname = current_schema() LOOP"
    " EXECUTE format('DELETE FROM %I', t);"
    " EXECUTE format('INSERT INTO %I SELECT * FROM kept.%I', t, t);"
    " END LOOP; END $$";

/* What was founded on an engine, closed. */
static struct founded {
    bool asked;
    bool made;
    struct store_place place;
} founded[2];

static bool found_on(struct founded *f, bool sqlite)
{
    scoped(office_end) struct office o = { 0 };

    f->asked = true;
    if (!store_place_new(sqlite, &f->place))
        return false;
    if (!office_world(&o, &f->place))
        return false;
    entropy_seeded_end(&o.entropy);
    entropy_seeded_init(&o.entropy, FURNISHING_SEED);
    if (!EXPECT_OK(furnish(&o)))
        return false;
    if (!sqlite)
        (void)store_test_ask(&f->place, &o.arena, keep_tables);
    return !test_failing();
}

static const struct store_place *founded_on(bool sqlite)
{
    struct founded *f = &founded[sqlite];

    if (!f->asked)
        f->made = found_on(f, sqlite);
    EXPECT_ROW("an office was founded", f->made);
    return f->made ? &f->place : NULL;
}

/* --- copies of it ----------------------------------------------------- */

static err copy_file(struct office *o, const struct store_place *from,
                     const char *name)
{
    char dir[PLACE_FOLDER + 8];
    str path;
    str bytes;

    (void)snprintf(dir, sizeof dir, "%s/body", from->folder);
    TRY(path_of(&o->arena, str_of(dir), name, &path));
    TRY(file_read(&o->files, &o->arena, path, FILE_MAX, &bytes));
    TRY(path_of(&o->arena, o->dir, name, &path));
    return file_write(&o->files, &o->arena, path, bytes, FILE_SECRET);
}

static const char *const keys_of_office[] = {
    "keys/log.key",          "keys/salt.key", "keys/master.key",
    "keys/credential-1.key", "keys/qr-1.key", "keys/pdf-1.key",
    "keys/pdf-1.pem",
};

static err copy_office(struct office *o, const struct store_place *from)
{
    str keys;

    TRY(path_of(&o->arena, o->dir, "keys", &keys));
    TRY(folder_make(&o->files, &o->arena, keys, FOLDER_PRIVATE));
    for (size_t i = 0; i < COUNT(keys_of_office); i++)
        TRY(copy_file(o, from, keys_of_office[i]));
    TRY(copy_file(o, from, "log.checkpoint")); /* the one of this store */
    if (o->place.sqlite)
        return copy_file(o, from, "tenstar.db");
    (void)store_test_ask(from, &o->arena, restore_tables);
    return copy_file(o, from, "store");
}

static err read_texts(struct office *o)
{
    struct yaml *root;

    TRY(yaml_parse(&o->arena, S("demo.yaml"), embedded_text(&demo_data[0]),
                   &root));
    o->texts = yaml_get(root, S("texts"));
    return OK;
}

static err move_in(struct office *o, const struct store_place *from)
{
    TRY(copy_office(o, from));
    TRY(app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app));
    TRY(find_enterprises(o));
    return read_texts(o);
}

bool office_open(struct office *o, const struct store_place *place)
{
    const struct store_place *from = founded_on(place->sqlite);

    if (!office_world(o, place) || from == NULL)
        return false;
    if (!place->sqlite)
        o->place = *from;
    return EXPECT_OK(move_in(o, from));
}
