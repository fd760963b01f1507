/* An installation: founding, opening, its schemes. [AP1]-[AP3] */
#include "service/app.h"

#include "base/buf.h"
#include "domain/events.h"
#include "service/service_test_env.h"
#include "service/stream.h"

#include <pthread.h>
#include <sys/stat.h>

/* --- founding --------------------------------------------------------- */

static const str fields[] = { S_INIT("SC03"), S_INIT("QMS") };

static const struct body body = {
    .name_zh = S_INIT("测试认证中心"),
    .name_en = S_INIT("Test Certification Centre"),
    .approval = S_INIT("CNCA-R-2099-001"),
    .number = S_INIT("001"),
    .fields = fields,
    .field_count = COUNT(fields),
};

static const struct app_founding founding = {
    .body = &body,
    .public_url = S_INIT("https://register.example"),
    .log_origin = S_INIT("register.example/log"),
    .body_id = { { 0xB0 } },
};

/* Of a key, one short. */
#define DIGITS "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeef"

static err found_in(struct office *o, str dir)
{
    return app_found(&o->arena, &o->world, dir, &founding);
}

static err found(struct office *o)
{
    TRY(office_name_store(o));
    return found_in(o, o->dir);
}

static err open_as(struct office *o, enum app_use use, struct app **out)
{
    return app_open(&o->arena, &o->world, o->dir, use, out);
}

/* DIR/name */
static str path(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_printf(&b, "%.*s/%s", STR_ARG(o->dir), name);
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &out));
    return str_first(out, out.n - 1);
}

static void put(struct office *o, const char *name, str bytes)
{
    EXPECT_ROW_OK(name, file_write(&o->files, &o->arena, path(o, name), bytes,
                                   FILE_SECRET));
}

static str get(struct office *o, const char *name)
{
    str bytes = S("");

    EXPECT_ROW_OK(name,
                  file_read(&o->files, &o->arena, path(o, name), 9999, &bytes));
    return bytes;
}

static bool is_there(struct office *o, const char *name)
{
    struct stat s;

    return stat(path(o, name).p, &s) == 0;
}

static err read_body_stream(struct office *o, struct stream_row *row,
                            struct event_list *events)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    TRY(stream_by_number(tx, &o->arena, S("body"), S("body"), row));
    return stream_events(tx, &o->arena, row, events);
}

/* The body has a stream that says when it was founded. */
static void expect_founded(struct office *o)
{
    struct stream_row row = { 0 };
    struct event_list events = { 0 };

    EXPECT_OK(read_body_stream(o, &row, &events));
    EXPECT(id_eq(row.id, founding.body_id) && events.n == 1);
    if (events.n != 1)
        return;
    EXPECT_STR(str_of(events.first->kind->name), S("body.founded"));
    EXPECT(events.first->at == o->world.clock->now(o->world.clock));
    EXPECT(events.first->on == office_day(OFFICE_TODAY));
    EXPECT(id_is_zero(events.first->actor));
}

/* [AP1] [AP3] */
EACH_STORE_TEST(an_installation_is_opened_as_it_was_founded)
{
    TEST_WORLD(o, place);
    struct stat s;

    EXPECT_OK(found(&o));
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
    if (o.app == NULL)
        return;
    EXPECT_STR(app_body(o.app)->name_zh, body.name_zh);
    EXPECT_STR(app_body(o.app)->name_en, body.name_en);
    EXPECT_STR(app_body(o.app)->approval, body.approval);
    EXPECT_STR(app_body(o.app)->number, body.number);
    EXPECT(app_body(o.app)->field_count == 2);
    EXPECT_STR(app_body(o.app)->fields[0], fields[0]);
    EXPECT_STR(app_body(o.app)->fields[1], fields[1]);
    EXPECT(!app_body(o.app)->demonstration);
    EXPECT_STR(app_public_url(o.app), founding.public_url);
    EXPECT_STR(app_log_key(o.app)->origin, founding.log_origin);
    EXPECT_STR(app_blob_folder(o.app), path(&o, "blobs"));
    EXPECT(app_world_of(o.app)->clock == o.world.clock);
    EXPECT_OK(app_integrity(o.app, &o.arena));
    expect_founded(&o);

    /* The keys are as random as the world, each its own, and secret. */
    EXPECT(stat(path(&o, "keys/log.key").p, &s) == 0);
    EXPECT((s.st_mode & 0777) == 0600);
    EXPECT(stat(path(&o, "keys/salt.key").p, &s) == 0);
    EXPECT((s.st_mode & 0777) == 0600);
    EXPECT(stat(path(&o, "keys").p, &s) == 0 && (s.st_mode & 0777) == 0700);
    uint8_t key[32] = { 0 };
    EXPECT(hex_parse(str_trim(get(&o, "keys/log.key")), key, 32));
    EXPECT(memcmp(key, app_log_key(o.app)->seed, 32) == 0);
    EXPECT(hex_parse(str_trim(get(&o, "keys/salt.key")), key, 32));
    EXPECT(memcmp(key, app_salt_key(o.app), 32) == 0);
    EXPECT(memcmp(key, app_log_key(o.app)->seed, 32) != 0);
}

ONE_STORE_TEST(a_folder_is_founded_once, true)
{
    TEST_WORLD(o, place);

    EXPECT_OK(found(&o));
    str key = get(&o, "keys/log.key");
    str salt = get(&o, "keys/salt.key");
    err e = found(&o);
    EXPECT_ERR(e, ERR_CONFLICT, "app.exists");
    EXPECT_STR(err_arg_text(e, "folder"), o.dir);
    EXPECT_STR(get(&o, "keys/log.key"), key);
    EXPECT_STR(get(&o, "keys/salt.key"), salt);
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
}

EACH_STORE_TEST(a_new_installation_has_no_schemes_to_name)
{
    TEST_WORLD(o, place);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct scheme *s;

    EXPECT_OK(found(&o));
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
    if (o.app == NULL || !EXPECT_OK(app_read(o.app, &o.arena, &tx)))
        return;
    EXPECT_ERR(app_scheme_named(o.app, tx, S("mini"), &s), ERR_NOT_FOUND,
               "app.no_schemes");
}

/* DIR/store of a second folder names the store of the first. */
EACH_STORE_TEST(a_store_belongs_to_one_installation)
{
    TEST_WORLD(o, place);
    str first = o.dir;
    struct buf b;
    str where = S("");

    EXPECT_OK(found(&o));
    buf_init(&b, &o.arena, PLACE_WHERE);
    if (place->sqlite)
        buf_printf(&b, "sqlite:%.*s/tenstar.db\n", STR_ARG(first));
    else
        buf_printf(&b, "%s\n", place->where_text);
    EXPECT_OK(buf_done(&b, &where));

    o.dir = path(&o, "second");
    EXPECT_OK(folder_make(&o.files, &o.arena, o.dir, FOLDER_PRIVATE));
    put(&o, "store", where);
    err e = found_in(&o, o.dir);
    EXPECT_ERR(e, ERR_CONFLICT, "app.exists");
    EXPECT_STR(err_arg_text(e, "folder"), o.dir);
    EXPECT(!is_there(&o, "keys/log.key") && !is_there(&o, "keys/salt.key"));
    o.dir = first;
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
}

/* What a crash leaves before the last file is written is no installation, and
 * does not stand in the way of one. */
ONE_STORE_TEST(a_founding_that_was_broken_off_can_begin_again, true)
{
    TEST_WORLD(o, place);
    EXPECT_OK(office_name_store(&o));
    EXPECT_OK(
        folder_make(&o.files, &o.arena, path(&o, "keys"), FOLDER_PRIVATE));
    put(&o, "keys/salt.key", S("00112233\n"));
    EXPECT_ERR(open_as(&o, APP_READ, &o.app), ERR_NOT_FOUND, "app.none");
    EXPECT_OK(found(&o));
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
    EXPECT(get(&o, "keys/salt.key").n == 65);
}

/* What cannot be looked at is not said to be there. */
ONE_STORE_TEST(a_folder_that_cannot_be_read_is_no_installation, true)
{
    TEST_WORLD(o, place);

    EXPECT_OK(folder_make(&o.files, &o.arena, path(&o, "keys/log.key"),
                          FOLDER_PRIVATE));
    EXPECT_ERR(found(&o), ERR_IO, "file.folder");
    EXPECT_ERR(open_as(&o, APP_READ, &o.app), ERR_IO, "file.folder");
}

/* --- opening ---------------------------------------------------------- */

ONE_STORE_TEST(where_nothing_was_founded_there_is_nothing_to_open, true)
{
    TEST_WORLD(o, place);
    static const enum app_use uses[] = { APP_READ, APP_WRITE, APP_SERVE };

    for (size_t i = 0; i < COUNT(uses); i++) {
        err e = open_as(&o, uses[i], &o.app);
        EXPECT_ERR(e, ERR_NOT_FOUND, "app.none");
        EXPECT_STR(err_arg_text(e, "folder"), o.dir);
    }
    EXPECT(!is_there(&o, "."));
    EXPECT_OK(office_name_store(&o));
    EXPECT_ERR(open_as(&o, APP_SERVE, &o.app), ERR_NOT_FOUND, "app.none");
    EXPECT(!is_there(&o, "lock") && !is_there(&o, "tenstar.db"));
}

/* Keys alone, their store lost: there is no body, and none is founded with
 * keys that may have signed for another. */
ONE_STORE_TEST(keys_without_their_store_are_no_installation, true)
{
    TEST_WORLD(o, place);

    EXPECT_OK(office_name_store(&o));
    EXPECT_OK(
        folder_make(&o.files, &o.arena, path(&o, "keys"), FOLDER_PRIVATE));
    put(&o, "keys/log.key", S(DIGITS "f"));
    put(&o, "keys/salt.key", S(DIGITS "f"));
    EXPECT_ERR(open_as(&o, APP_READ, &o.app), ERR_NOT_FOUND, "app.none");
    EXPECT_ERR(found(&o), ERR_CONFLICT, "app.exists");
    EXPECT_STR(get(&o, "keys/log.key"), S(DIGITS "f"));
}

ONE_STORE_TEST(a_key_is_64_digits, true)
{
    TEST_WORLD(o, place);
    static const struct {
        const char *name;
        str text;
        bool good;
    } rows[] = {
        { "with blanks around", S_INIT(" " DIGITS "f \r\n"), true },
        { "one short", S_INIT(DIGITS), false },
        { "one more", S_INIT(DIGITS "ff"), false },
        { "another letter", S_INIT(DIGITS "g"), false },
        { "nothing", S_INIT(""), false },
    };
    static const char *const keys[] = { "keys/log.key", "keys/salt.key" };

    EXPECT_OK(found(&o));
    for (size_t k = 0; k < COUNT(keys); k++) {
        str before = get(&o, keys[k]);

        for (size_t i = 0; i < COUNT(rows); i++) {
            struct app *app = NULL;

            put(&o, keys[k], rows[i].text);
            err e = open_as(&o, APP_READ, &app);
            if (rows[i].good) {
                EXPECT_ROW_OK(rows[i].name, e);
            } else {
                EXPECT_ROW_ERR(rows[i].name, e, ERR_CORRUPT, "app.key");
                EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "path"),
                               path(&o, keys[k]));
            }
            app_close(&app);
        }
        put(&o, keys[k], before);
    }
}

ONE_STORE_TEST(a_store_that_is_none_is_named, true)
{
    TEST_WORLD(o, place);

    EXPECT_OK(found(&o));
    put(&o, "store", S("mysql:there\n"));
    err e = open_as(&o, APP_READ, &o.app);
    EXPECT_ERR(e, ERR_INVALID, "store.where");
    EXPECT_STR(err_arg_text(e, "where"), S("mysql:there"));
}

EACH_STORE_TEST(one_server_at_a_time_and_operators_beside_it)
{
    TEST_WORLD(o, place);
    struct app *server = NULL;
    struct app *other = NULL;

    EXPECT_OK(found(&o));
    EXPECT_OK(open_as(&o, APP_SERVE, &server));
    err e = open_as(&o, APP_SERVE, &other);
    EXPECT_ERR(e, ERR_BUSY, "lock.held");
    EXPECT_STR(err_arg_text(e, "folder"), o.dir);
    EXPECT_OK(open_as(&o, APP_WRITE, &other));
    app_close(&other);
    EXPECT_OK(open_as(&o, APP_READ, &other));
    app_close(&other);
    app_close(&server);
    EXPECT(server == NULL);
    EXPECT_OK(open_as(&o, APP_SERVE, &server));
    app_close(&server);
    app_close(&server); /* nothing is left to close */
}

/* --- the calendar ----------------------------------------------------- */

static bool works(const struct office *o, const char *date, bool *known)
{
    return calendar_workday(app_calendar(o->app), office_day(date), known);
}

ONE_STORE_TEST(years_in_the_folder_add_to_those_in_the_program, true)
{
    TEST_WORLD(o, place);
    bool known = false;

    EXPECT_OK(found(&o));
    EXPECT_OK(
        folder_make(&o.files, &o.arena, path(&o, "calendar"), FOLDER_PRIVATE));
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
    EXPECT(works(&o, "2026-03-02", &known) && known);
    EXPECT(works(&o, "2150-01-01", &known) && !known); /* a Thursday */
    app_close(&o.app);

    /* By name, so the later one has the last word. */
    put(&o, "calendar/2150.txt", S("year 2150 测试\n2150-01-01 off 元旦\n"));
    put(&o, "calendar/2151.txt",
        S("year 2150 再测\n2150-01-02 off 元旦\n"
          "year 2026 更正\n2026-03-02 off 停工\n"));
    put(&o, "calendar/.2150.txt.swp", S("nothing to read"));
    EXPECT_OK(open_as(&o, APP_READ, &o.app));
    EXPECT(works(&o, "2150-01-01", &known) && known);
    EXPECT(!works(&o, "2150-01-02", &known) && known);
    EXPECT(!works(&o, "2026-03-02", &known) && known);
    EXPECT(works(&o, "2025-03-03", &known) && known);
    EXPECT_STR(calendar_source(app_calendar(o.app), 2026), S("更正"));
}

ONE_STORE_TEST(a_calendar_that_cannot_be_read_is_named, true)
{
    TEST_WORLD(o, place);
    static const struct {
        const char *why;
        str text;
        const char *id;
        const char *argument;
    } rows[] = {
        { "no calendar", S_INIT("hello\n"), "calendar.date", "name" },
        { "an empty file", S_INIT(""), "calendar.empty", "name" },
        { "no UTF-8", S_INIT("year 2150 \xff\n2150-01-01 off x\n"), "app.utf8",
          "path" },
    };

    EXPECT_OK(found(&o));
    EXPECT_OK(
        folder_make(&o.files, &o.arena, path(&o, "calendar"), FOLDER_PRIVATE));
    for (size_t i = 0; i < COUNT(rows); i++) {
        put(&o, "calendar/2150.txt", rows[i].text);
        err e = open_as(&o, APP_READ, &o.app);
        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, err_arg_text(e, rows[i].argument),
                       path(&o, "calendar/2150.txt"));
    }
}

/* --- threads ---------------------------------------------------------- */

struct reading {
    struct app *app;
    struct arena arena;
    struct heap heap;
    int64_t version;
    err result;
};

static err read_own(struct reading *r)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;

    TRY(app_read(r->app, &r->arena, &tx));
    TRY(stream_by_number(tx, &r->arena, S("case"), S("C2026-0001"), &row));
    r->version = row.version;
    return OK;
}

static void *read_in_thread(void *context)
{
    struct reading *r = (struct reading *)context;

    r->result = read_own(r);
    return NULL;
}

/* [ST3] Each thread has a store, and each read tx a moment, of its own. */
EACH_STORE_TEST(threads_read_side_by_side)
{
    TEST_OFFICE(o, place);
    scoped(tx_abort) struct tx *tx = NULL;
    struct reading r = { .app = o.app, .heap = HEAP_LIBC };
    struct stream_row row = { 0 };
    pthread_t thread;

    (void)office_case(&o);
    arena_init(&r.arena, &r.heap, 1 << 20);
    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    EXPECT_OK(stream_by_number(tx, &o.arena, S("case"), S("C2026-0001"), &row));
    struct case_order order = {
        .who = &(struct session){ .actor = { .roles = 1U << ROLE_APPLICANT,
                                             .enterprise = o.own.id },
                                  .channel = S("demo") },
        .today = DAY_NEVER,
        .ref = S("C2026-0001"),
        .command = S("eligibility.answer"),
        .data = office_json(&o, "{'declarations':[]}"),
        .expected = -1,
    };
    EXPECT_OK(office_give(&o, &order, NULL));
    EXPECT(pthread_create(&thread, NULL, read_in_thread, &r) == 0);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT_OK(r.result);
    EXPECT(r.version == 2);
    EXPECT_OK(stream_by_number(tx, &o.arena, S("case"), S("C2026-0001"), &row));
    EXPECT(row.version == 1);
    arena_end(&r.arena);
}
