/* An installation backed up and brought back. [BU1]-[BU7] */

#include "service/backup.h"

#include "base/buf.h"
#include "service/backup_parts.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <unistd.h>

enum { FILE_MOST = 16 << 20 };

/* --- folders -------------------------------------------------------------- */

static str in(struct office *o, str folder, const char *name)
{
    str out = S("");

    EXPECT_OK(file_in(&o->arena, folder, str_of(name), &out));
    return out;
}

static str beside(struct office *o, const char *name)
{
    return in(o, str_of(o->place.folder), name);
}

static void copy_file(struct office *o, str from, str to, const char *name)
{
    str bytes;

    EXPECT_ROW_OK(name, file_read(&o->files, &o->arena, in(o, from, name),
                                  FILE_MOST, &bytes));
    EXPECT_ROW_OK(name, file_write(&o->files, &o->arena, in(o, to, name), bytes,
                                   FILE_SECRET));
}

/* A folder that has the office's keys, and a store of its own on SQLite. */
static str new_folder(struct office *o, const char *name)
{
    struct file_names keys = { 0 };
    str folder = beside(o, name);
    str from = in(o, o->dir, "keys");
    str to = in(o, folder, "keys");

    EXPECT_OK(folder_make(&o->files, &o->arena, to, FOLDER_PRIVATE));
    EXPECT_OK(folder_list(&o->files, &o->arena, from, 100, &keys));
    for (size_t i = 0; i < keys.n; i++)
        copy_file(o, from, to, keys.at[i].p);
    return folder;
}

static void sign_log(struct office *o)
{
    struct sequencer s = { .app = o->app };
    int64_t size;

    EXPECT_OK(sequence_rest(&s, &o->arena, &size));
}

static err make(struct office *o, struct backup_made *out)
{
    *out = (struct backup_made){ .name = S("") };
    return backup_make(o->app, &o->arena, beside(o, "backups"), out);
}

static err bring(struct office *o, str dir, str upto, struct restored *out)
{
    const struct restore_wish wish = { .backup = beside(o, "backups"),
                                       .dir = dir,
                                       .upto = upto };

    *out = (struct restored){ .name = S("") };
    return backup_restore(&o->arena, &o->world, &wish, out);
}

/* All rows of an installation but those that are left out, one after the
 * other. */
struct adding {
    struct buf all;
    str table;
};

static err add_row(void *context, str row)
{
    struct adding *x = context;

    if (!str_eq(x->table, S("web_session")) &&
        !str_eq(x->table, S("held_file")))
        buf_str(&x->all, row);
    return OK;
}

static str rows_of(struct office *o, struct app *app)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct adding x;
    str out = S("");

    buf_init(&x.all, &o->arena, 1 << 28);
    EXPECT_OK(app_read(app, &o->arena, &tx));
    for (int i = 0; i < COPY_TABLES; i++) {
        x.table = copy_table_name(i);
        EXPECT_OK(copy_read(tx, i, add_row, &x));
    }
    EXPECT_OK(buf_done(&x.all, &out));
    return out;
}

/* --- there and back ------------------------------------------------------- */

EACH_STORE_TEST(what_was_backed_up_comes_back_whole)
{
    TEST_OFFICE(o, place);
    scoped(app_close) struct app *app = NULL;
    struct backup_made made;
    struct restored r;

    (void)office_certified(&o);
    EXPECT_OK(make(&o, &made));
    EXPECT(backup_is_name(made.name) && made.rows > 100);
    EXPECT(made.pieces == made.new_pieces && made.files == made.new_files);
    EXPECT_OK(bring(&o, new_folder(&o, "again"), S(""), &r));
    EXPECT_STR(r.name, made.name);
    EXPECT(r.rows == made.rows && r.files == made.files);
    EXPECT(r.counts.certificates == 1 && r.counts.events > 10);
    EXPECT(r.counts.entries == made.log_size);

    EXPECT_OK(
        app_open(&o.arena, &o.world, beside(&o, "again"), APP_WRITE, &app));
    EXPECT(str_eq(rows_of(&o, o.app), rows_of(&o, app)));
}

EACH_STORE_TEST(a_second_backup_writes_what_is_new)
{
    TEST_OFFICE(o, place);
    struct backup_made first;
    struct backup_made same;
    struct backup_made more;
    struct restored r;
    struct list lines = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(make(&o, &first));
    EXPECT_OK(make(&o, &same));
    EXPECT(same.new_pieces == 0 && same.new_files == 0 && same.bytes == 0);
    EXPECT(same.pieces == first.pieces && same.rows == first.rows);
    (void)office_case_of(&o, "rival");
    EXPECT_OK(make(&o, &more));
    EXPECT(more.new_pieces > 0 && more.rows > first.rows);

    EXPECT_OK(backup_list(&o.arena, &o.world, beside(&o, "backups"), &lines));
    const struct backup_line *l = lines.p;
    EXPECT(lines.n == 3 && l[0].rows == more.rows && l[0].at > l[1].at);
    EXPECT_STR(l[2].name, first.name);
    EXPECT_OK(bring(&o, new_folder(&o, "then"), same.name, &r));
    EXPECT(r.rows == first.rows);
    EXPECT_OK(bring(&o, new_folder(&o, "now"), S(""), &r));
    EXPECT(r.rows == more.rows);
}

/* --- what is refused ------------------------------------------------------ */

ONE_STORE_TEST(a_folder_must_have_the_keys_and_nothing_else, true)
{
    TEST_OFFICE(o, place);
    struct backup_made made;
    struct restored r;
    str bare = beside(&o, "bare");

    EXPECT_ERR(bring(&o, new_folder(&o, "early"), S(""), &r), ERR_NOT_FOUND,
               "backup.none");
    EXPECT_OK(make(&o, &made));
    EXPECT_ERR(bring(&o, new_folder(&o, "early"), S("20000101T000000.000000Z"),
                     &r),
               ERR_NOT_FOUND, "backup.none");
    EXPECT_OK(folder_make(&o.files, &o.arena, bare, FOLDER_PRIVATE));
    EXPECT_ERR(bring(&o, bare, S(""), &r), ERR_NOT_FOUND, "backup.no_keys");
    EXPECT_OK(bring(&o, new_folder(&o, "again"), S(""), &r));
    EXPECT_ERR(bring(&o, beside(&o, "again"), S(""), &r), ERR_CONFLICT,
               "app.exists");
}

ONE_STORE_TEST(other_keys_open_nothing, true)
{
    TEST_OFFICE(o, place);
    struct backup_made made;
    struct restored r;
    str folder = new_folder(&o, "again");
    str other =
        S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");

    EXPECT_OK(make(&o, &made));
    EXPECT_OK(file_write(&o.files, &o.arena, in(&o, folder, "keys/salt.key"),
                         other, FILE_SECRET));
    EXPECT_ERR(bring(&o, folder, S(""), &r), ERR_CONFLICT, "backup.other");
}

ONE_STORE_TEST(nothing_goes_back_behind_what_the_log_showed, true)
{
    TEST_OFFICE(o, place);
    struct backup_made before;
    struct backup_made after;
    struct restored r;
    str folder = new_folder(&o, "again");

    (void)office_certified(&o);
    sign_log(&o);
    EXPECT_OK(make(&o, &before));
    (void)office_certified_of(&o, "rival");
    sign_log(&o);
    EXPECT_OK(make(&o, &after));
    EXPECT(after.log_size > before.log_size);
    copy_file(&o, o.dir, folder, "log.checkpoint");
    EXPECT_ERR(bring(&o, folder, before.name, &r), ERR_REFUSED, "backup.older");
    EXPECT_OK(bring(&o, folder, S(""), &r));
    EXPECT(r.counts.entries == after.log_size);
}

/* --- what was altered ----------------------------------------------------- */

/* One of the files below the folder of backups, and a byte of it changed. */
static void alter_first(struct office *o, str folder, size_t at)
{
    struct file_names names = { 0 };
    str path = folder;
    str bytes = S("");
    char *changed;

    for (;;) {
        err e = folder_list(&o->files, &o->arena, path, 10000, &names);
        if (failed(e) || names.n == 0)
            break;
        path = in(o, path, names.at[0].p);
    }
    EXPECT_OK(file_read(&o->files, &o->arena, path, FILE_MOST, &bytes));
    changed = arena_array(&o->arena, bytes.n + 1, 1);
    EXPECT(changed != NULL && bytes.n > 0);
    if (changed == NULL || bytes.n == 0)
        return;
    memcpy(changed, bytes.p, bytes.n);
    changed[at % bytes.n] ^= 1;
    EXPECT_OK(file_write(&o->files, &o->arena, path, (str){ changed, bytes.n },
                         FILE_SECRET));
}

ONE_STORE_TEST(a_byte_that_was_changed_is_found, true)
{
    static const struct {
        const char *kind;
        size_t at;
        const char *id;
    } rows[] = {
        { "snapshots", 20, NULL }, /* the seal, or the form, is not right */
        { "packs", 300, "backup.piece" },
        { "pieces", 3, "backup.snapshot" },
    };

    TEST_OFFICE(o, place);
    struct backup_made made;
    struct restored r;

    (void)office_case(&o);
    EXPECT_OK(make(&o, &made));
    for (size_t i = 0; i < COUNT(rows); i++) {
        str folder = in(&o, beside(&o, "backups"), rows[i].kind);

        alter_first(&o, folder, rows[i].at);
        err e = bring(&o, new_folder(&o, rows[i].kind), S(""), &r);
        EXPECT_ROW(rows[i].kind, failed(e));
        if (failed(e) && rows[i].id != NULL)
            EXPECT_ROW_STR(rows[i].kind, str_of(e.info->id),
                           str_of(rows[i].id));
        alter_first(&o, folder, rows[i].at); /* back */
    }
    EXPECT_OK(bring(&o, new_folder(&o, "again"), S(""), &r));
}

/* --- whatever fails ------------------------------------------------------- */

static err make_over(struct office *o, struct arena *a,
                     const struct app_world *world, const char *name)
{
    scoped(app_close) struct app *app = NULL;
    struct backup_made made;

    TRY(app_open(a, world, o->dir, APP_READ, &app));
    return backup_make(app, a, beside(o, name), &made);
}

static size_t backups_in(struct office *o, const char *name)
{
    struct list lines = { 0 };

    EXPECT_OK(backup_list(&o->arena, &o->world, beside(o, name), &lines));
    return lines.n;
}

/* [BU3] */
ONE_STORE_TEST(a_backup_that_is_broken_off_harms_none_before_it, true)
{
    TEST_OFFICE(o, place);
    struct backup_made made;
    struct file_fault fault;
    struct restored r;
    long n = 0;

    (void)office_case(&o);
    EXPECT_OK(make(&o, &made));
    (void)office_case_of(&o, "rival");
    do {
        TEST_ARENA(own, 1 << 28);
        struct app_world world = o.world;

        file_fault_init(&fault, ++n, false, ENOSPC);
        world.files = &fault.ops;
        err e = make_over(&o, &own, &world, "backups");
        EXPECT(failed(e) || fault.injected == 0 ||
               backups_in(&o, "backups") == 2);
        EXPECT(fault.open == 0);
    } while (fault.injected > 0 && backups_in(&o, "backups") == 1 &&
             !test_failing());
    EXPECT(n > 10);
    EXPECT_OK(bring(&o, new_folder(&o, "first"), made.name, &r));
    EXPECT(r.rows == made.rows);
    EXPECT_OK(bring(&o, new_folder(&o, "last"), S(""), &r));
    EXPECT(r.rows > made.rows);
}

/* All of it or nothing: what failed can be begun again in the same folder. */
ONE_STORE_TEST(what_was_not_brought_back_can_be_begun_again, true)
{
    TEST_OFFICE(o, place);
    struct backup_made made;
    struct file_fault fault;
    struct restored r;
    str folder = new_folder(&o, "again");
    bool there = false;
    long n = 0;

    (void)office_case(&o);
    EXPECT_OK(make(&o, &made));
    do {
        TEST_ARENA(own, 1 << 28);
        struct app_world world = o.world;
        const struct restore_wish wish = { .backup = beside(&o, "backups"),
                                           .dir = folder,
                                           .upto = S("") };

        file_fault_init(&fault, ++n, false, EIO);
        world.files = &fault.ops;
        err e = backup_restore(&own, &world, &wish, &r);
        EXPECT(fault.open == 0);
        EXPECT(failed(e) || r.rows == made.rows);
        /* It may be there before its proof is broken off. */
        there = !failed(e) || err_is(e, ERR_CONFLICT);
    } while (!there && fault.injected > 0 && n < 500);
    EXPECT(n > 10 && there);
}

static err make_once(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    struct app_world world = o->world;

    world.heap = h;
    arena_init(&a, h, 64 << 20);
    return make_over(o, &a, &world, "backups");
}

ONE_STORE_TEST(a_backup_survives_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);

    EXPECT(test_every_allocation_fails(make_once, NULL, &o) > 100);
    EXPECT(backups_in(&o, "backups") >= 1);
}

static err bring_once(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    struct app_world world = o->world;
    const struct restore_wish wish = { .backup = beside(o, "backups"),
                                       .dir = beside(o, "again"),
                                       .upto = S("") };
    struct restored r;

    world.heap = h;
    arena_init(&a, h, 64 << 20);
    return backup_restore(&a, &world, &wish, &r);
}

/* The store goes away, as whoever begins again may do. */
static void take_away(bool, void *context)
{
    static const char *const names[] = { "tenstar.db", "tenstar.db-wal",
                                         "tenstar.db-shm" };
    struct office *o = context;

    for (size_t i = 0; i < COUNT(names); i++)
        (void)unlink(in(o, beside(o, "again"), names[i]).p);
}

ONE_STORE_TEST(bringing_back_survives_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);
    struct backup_made made;

    EXPECT_OK(make(&o, &made));
    (void)new_folder(&o, "again");
    EXPECT(test_every_allocation_fails(bring_once, take_away, &o) > 100);
}
