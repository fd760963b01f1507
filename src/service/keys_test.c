/* Keys of an installation: made, rotated, retired, locked. [SK1]-[SK4]
 * [17065 7.12] */
#include "service/keys.h"

#include "base/buf.h"
#include "service/service_test_env.h"
#include "store/log.h"

static str path(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_printf(&b, "%.*s/%s", STR_ARG(o->dir), name);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str get(struct office *o, const char *name)
{
    str bytes = S("");

    EXPECT_ROW_OK(name,
                  file_read(&o->files, &o->arena, path(o, name), 9999, &bytes));
    return bytes;
}

static void put(struct office *o, const char *name, str bytes)
{
    EXPECT_ROW_OK(name, file_write(&o->files, &o->arena, path(o, name), bytes,
                                   FILE_SECRET));
}

/* What is in a key's file holds from the next opening on. [SK2] */
static err reopen(struct office *o, str passphrase)
{
    app_close(&o->app);
    o->world.passphrase = passphrase;
    return app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app);
}

static err make_as(struct office *o, const char *login, enum key_purpose p,
                   int64_t *serial)
{
    struct keys_order order = { office_as(o, login), office_today(o) };
    enum key_kind kind = p == KEY_PDF ? KEY_P256 : KEY_ED25519;

    return keys_make(o->app, &o->arena, &order, p, kind, serial);
}

static err retire_as(struct office *o, const char *login, int64_t serial)
{
    struct keys_order order = { office_as(o, login), office_today(o) };
    struct key_retired wish = { KEY_QR, serial, KEY_COMPROMISED,
                                office_today(o), S("") };

    return keys_retire(o->app, &o->arena, &order, &wish);
}

static err lock_as(struct office *o, const char *login, str passphrase)
{
    struct keys_order order = { office_as(o, login), office_today(o) };

    return keys_lock(o->app, &o->arena, &order, passphrase);
}

/* How many leaves about the body wait for the log. */
static size_t leaves(struct office *o)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct list rows = { 0 };
    size_t n = 0;

    EXPECT_OK(app_read(o->app, &o->arena, &tx));
    EXPECT_OK(log_pending_list(tx, &o->arena, 0, 100, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct log_pending_row *r =
            (const struct log_pending_row *)rows.p + i;
        n += str_begins(r->subject, S("body/"));
    }
    return n;
}

static int64_t current(const struct office *o, enum key_purpose p)
{
    const struct app_key *k = app_key(o->app, p);

    return k == NULL ? 0 : k->row->made.serial;
}

/* [SK1] [SK3] [AP4] */
EACH_STORE_TEST(a_new_key_is_announced_entered_in_the_log_and_signs)
{
    TEST_OFFICE(o, place);
    size_t before = leaves(&o);
    int64_t serial = 0;

    EXPECT(current(&o, KEY_QR) == 1);
    EXPECT_OK(make_as(&o, "admin", KEY_QR, &serial));
    EXPECT(serial == 2 && leaves(&o) == before + 2);
    EXPECT(str_begins(get(&o, "keys/qr-2.key"), S("tenstar-key sealed ")));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(current(&o, KEY_QR) == 2);
    EXPECT(key_find(app_key_history(o.app), KEY_QR, 1)->retired);

    EXPECT_OK(retire_as(&o, "head", 2));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(app_key(o.app, KEY_QR) == NULL);
    EXPECT(current(&o, KEY_CREDENTIAL) == 1);
}

ONE_STORE_TEST(who_may_not_changes_no_key, true)
{
    TEST_OFFICE(o, place);
    size_t before = leaves(&o);
    int64_t serial = 0;

    EXPECT_ERR(make_as(&o, "head", KEY_QR, &serial), ERR_DENIED, "key.makes");
    EXPECT_ERR(retire_as(&o, "planner", 1), ERR_DENIED, "key.retires");
    EXPECT_ERR(lock_as(&o, "head", S("x")), ERR_DENIED, "keys.locks");
    EXPECT(serial == 0 && leaves(&o) == before);
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(current(&o, KEY_QR) == 1);
}

/* A file that is there and of no key. [SK1] */
ONE_STORE_TEST(a_file_left_by_a_crash_is_written_over, true)
{
    TEST_OFFICE(o, place);
    int64_t serial = 0;

    put(&o, "keys/qr-2.key", S("half a key"));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT_OK(make_as(&o, "admin", KEY_QR, &serial));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(current(&o, KEY_QR) == 2);
}

/* [AP4] */
ONE_STORE_TEST(a_file_that_holds_another_key_is_noticed, true)
{
    TEST_OFFICE(o, place);
    str first = get(&o, "keys/qr-1.key");
    int64_t serial = 0;

    EXPECT_OK(make_as(&o, "admin", KEY_QR, &serial));
    put(&o, "keys/qr-2.key", first); /* locked for another place */
    EXPECT_ERR(reopen(&o, S("")), ERR_CORRUPT, "app.key");
    put(&o, "keys/qr-2.key",
        S("00112233445566778899aabbccddeeff"
          "00112233445566778899aabbccddeeff"));
    EXPECT_ERR(reopen(&o, S("")), ERR_CORRUPT, "app.key_differs");
}

/* [SK4] */
ONE_STORE_TEST(locked_keys_need_their_passphrase, true)
{
    TEST_OFFICE(o, place);
    uint8_t seed[32];

    memcpy(seed, app_log_key(o.app)->seed, sizeof seed);
    EXPECT_OK(lock_as(&o, "admin", S("青川 2026")));
    EXPECT(str_begins(get(&o, "keys/master.key"), S("tenstar-key argon2id ")));
    EXPECT(str_begins(get(&o, "keys/log.key"), S("tenstar-key sealed ")));
    EXPECT(str_begins(get(&o, "keys/salt.key"), S("tenstar-key sealed ")));

    EXPECT_ERR(reopen(&o, S("")), ERR_DENIED, "keyfile.passphrase_needed");
    EXPECT_ERR(reopen(&o, S("青川")), ERR_DENIED, "keyfile.passphrase_wrong");
    EXPECT_OK(reopen(&o, S("青川 2026")));
    EXPECT(memcmp(seed, app_log_key(o.app)->seed, sizeof seed) == 0);
    EXPECT(current(&o, KEY_CREDENTIAL) == 1);

    EXPECT_OK(lock_as(&o, "admin", S("another")));
    EXPECT_ERR(reopen(&o, S("青川 2026")), ERR_DENIED,
               "keyfile.passphrase_wrong");
    EXPECT_OK(reopen(&o, S("another")));
    EXPECT_OK(lock_as(&o, "admin", S("")));
    EXPECT_OK(reopen(&o, S("")));
}

ONE_STORE_TEST(what_is_not_made_here_is_refused, true)
{
    TEST_OFFICE(o, place);
    struct keys_order order = { office_as(&o, "admin"), office_today(&o) };
    int64_t serial = 0;

    EXPECT_ERR(keys_make(o.app, &o.arena, &order, KEY_PDF, KEY_RSA, &serial),
               ERR_INVALID, "keys.cannot");
    EXPECT_ERR(keys_make(o.app, &o.arena, &order, KEY_PDF, KEY_ED25519,
                         &serial),
               ERR_INVALID, "key.kind");
    EXPECT(serial == 0);
}
