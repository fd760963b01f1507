/* Keys of an installation: made, rotated, retired, locked. [SK1]-[SK5]
 * [17065 7.12] */
#include "service/keys.h"

#include "base/buf.h"
#include "scheme/test_files.h"
#include "service/key_certificate.h"
#include "service/service_test_env.h"
#include "merkle/checkpoint.h"
#include "service/check.h"
#include "service/published.h"
#include "service/sequence.h"
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

    /* As short as no person's secret may be. [EN3] */
    EXPECT_ERR(lock_as(&o, "admin", S("x")), ERR_INVALID,
               "keys.passphrase_short");
    EXPECT_ERR(lock_as(&o, "admin", S("1234567")), ERR_INVALID,
               "keys.passphrase_short");
    EXPECT_OK(reopen(&o, S("青川 2026")));
    EXPECT_OK(lock_as(&o, "admin", S("12345678")));
    EXPECT_ERR(reopen(&o, S("青川 2026")), ERR_DENIED,
               "keyfile.passphrase_wrong");
    EXPECT_OK(reopen(&o, S("12345678")));
    EXPECT_OK(lock_as(&o, "admin", S("")));
    EXPECT_OK(reopen(&o, S("")));
}

/* --- every kind of key -------------------------------------------------- */

static err make_kind(struct office *o, enum key_purpose p, enum key_kind kind,
                     int64_t *serial)
{
    struct keys_order order = { office_as(o, "admin"), office_today(o) };

    return keys_make(o->app, &o->arena, &order, p, kind, serial);
}

ONE_STORE_TEST(a_key_of_each_kind_is_made_and_read_back, true)
{
    static const struct {
        enum key_purpose purpose;
        enum key_kind kind;
        size_t digits; /* of its public part */
        size_t secret; /* bytes; 0: as many as it takes */
    } rows[] = {
        { KEY_CREDENTIAL, KEY_ED25519, 64, 32 },
        { KEY_PDF, KEY_P256, 182, 32 },
        { KEY_PDF, KEY_RSA, 844, 0 },
        { KEY_SM2, KEY_IS_SM2, 130, 32 },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = key_kind_names[rows[i].kind];
        int64_t serial = 0;

        EXPECT_ROW_OK(name,
                      make_kind(&o, rows[i].purpose, rows[i].kind, &serial));
        EXPECT_ROW_OK(name, reopen(&o, S("")));
        const struct app_key *k = app_key(o.app, rows[i].purpose);
        EXPECT_ROW(name, k != NULL && k->row->made.serial == serial);
        EXPECT_ROW(name, k != NULL && k->row->made.kind == (int)rows[i].kind &&
                             k->row->made.public.n == rows[i].digits);
        EXPECT_ROW(name, k != NULL && (rows[i].secret == 0 ||
                                       k->secret.n == rows[i].secret));
    }
}

ONE_STORE_TEST(a_kind_that_does_not_serve_is_refused, true)
{
    TEST_OFFICE(o, place);
    int64_t serial = 0;

    EXPECT_ERR(make_kind(&o, KEY_PDF, KEY_ED25519, &serial), ERR_INVALID,
               "key.kind");
    EXPECT_ERR(make_kind(&o, KEY_QR, KEY_P256, &serial), ERR_INVALID,
               "key.kind");
    EXPECT_ERR(make_kind(&o, KEY_SM2, KEY_ED25519, &serial), ERR_INVALID,
               "key.kind");
    EXPECT(serial == 0);
}

/* --- certificates [KT1] [KT2] [SK5] -------------------------------------- */

/* What signs documents; zeroed when nothing does. */
static struct hash signing_certificate(struct office *o)
{
    scoped(signer_end) struct signer s = { 0 };
    struct hash h = { 0 };

    EXPECT_OK(key_certificate_signer(o->app, &o->arena, &s));
    if (s.key != NULL)
        EXPECT_OK(x509_fingerprint(&o->arena, &s, &h));
    return h;
}

/* Another certificate of the key that signs documents. */
static str another_certificate(struct office *o)
{
    const struct app_key *k = app_key(o->app, KEY_PDF);
    str pem = S("");

    EXPECT_OK(key_certificate_make(o->app, &o->arena,
                                   (enum key_kind)k->row->made.kind, k->secret,
                                   &pem));
    return pem;
}

static err certify_as(struct office *o, const char *login, str pem)
{
    struct keys_order order = { office_as(o, login), office_today(o) };
    int64_t serial = 0;

    return keys_certify(o->app, &o->arena, &order, KEY_PDF, pem, &serial);
}

EACH_STORE_TEST(an_authority_s_certificate_takes_the_place_of_the_first)
{
    TEST_OFFICE(o, place);
    struct hash first = signing_certificate(&o);
    size_t before = leaves(&o);
    str pem = another_certificate(&o);

    EXPECT(!hash_is_zero(&first));
    EXPECT_OK(certify_as(&o, "admin", pem));
    EXPECT(leaves(&o) == before + 1);
    EXPECT_STR(get(&o, "keys/pdf-1.pem"), pem);
    EXPECT_OK(reopen(&o, S("")));
    const struct key_row *row = key_find(app_key_history(o.app), KEY_PDF, 1);
    struct hash now = signing_certificate(&o);
    EXPECT(row->certified && hash_eq(&row->certificate, &now));
    EXPECT(!hash_eq(&first, &now));
}

ONE_STORE_TEST(what_does_not_fit_the_key_is_not_installed, true)
{
    TEST_OFFICE(o, place);
    str first = get(&o, "keys/pdf-1.pem");
    size_t before = leaves(&o);
    str pem = another_certificate(&o);
    int64_t serial = 0;

    EXPECT_ERR(certify_as(&o, "head", pem), ERR_DENIED, "key.certifies");
    EXPECT_ERR(certify_as(&o, "admin", S("x")), ERR_INVALID, "x509.chain");
    EXPECT_STR(get(&o, "keys/pdf-1.pem"), first);
    EXPECT(leaves(&o) == before);
    EXPECT_OK(make_kind(&o, KEY_PDF, KEY_P256, &serial));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT_ERR(certify_as(&o, "admin", pem), ERR_INVALID, "x509.differs");
    EXPECT_STR(get(&o, "keys/pdf-1.pem"), first);
}

ONE_STORE_TEST(a_certificate_is_asked_for_where_there_can_be_one, true)
{
    TEST_OFFICE(o, place);
    struct keys_order order = { office_as(&o, "head"), office_today(&o) };
    struct key_retired lost = { KEY_PDF, 1, KEY_LOST, DAY_NEVER, S("") };
    str pem = S("");

    EXPECT_OK(keys_request(o.app, &o.arena, KEY_PDF, &pem));
    EXPECT(str_begins(pem, S("-----BEGIN CERTIFICATE REQUEST-----\n")));
    EXPECT_ERR(keys_request(o.app, &o.arena, KEY_QR, &pem), ERR_INVALID,
               "key.no_certificate");
    EXPECT_OK(keys_retire(o.app, &o.arena, &order, &lost));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT_ERR(keys_request(o.app, &o.arena, KEY_PDF, &pem), ERR_NOT_FOUND,
               "key.none");
    EXPECT_ERR(certify_as(&o, "admin", S("x")), ERR_NOT_FOUND, "key.none");
    struct hash none = signing_certificate(&o);
    EXPECT(hash_is_zero(&none));
}

/* A body's name may be longer than a certificate takes. */
ONE_STORE_TEST(a_long_name_is_shortened_in_the_certificate, true)
{
    TEST_OFFICE(o, place);
    const struct body *known = app_body(o.app);
    struct body *body = (struct body *)(uintptr_t)known;
    struct buf b;
    str pem = S("");

    buf_init(&b, &o.arena, 400);
    for (int i = 0; i < 65; i++)
        buf_str(&b, S("青"));
    EXPECT_OK(buf_done(&b, &body->name_zh));
    body->approval = S("认监委批准 12 号");
    EXPECT_OK(keys_request(o.app, &o.arena, KEY_PDF, &pem));
    pem = another_certificate(&o);
    EXPECT_OK(certify_as(&o, "admin", pem));
}

/* --- made elsewhere ------------------------------------------------------ */

static err import_as(struct office *o, const char *login,
                     enum key_purpose purpose, const char *file)
{
    struct keys_order order = { office_as(o, login), office_today(o) };
    struct key_import wish = { purpose, test_file(&o->arena, file),
                               S("three") };
    int64_t serial = 0;

    return keys_import(o->app, &o->arena, &order, &wish, &serial);
}

ONE_STORE_TEST(a_key_made_elsewhere_becomes_the_next_one, true)
{
    TEST_OFFICE(o, place);
    struct hash first = signing_certificate(&o);

    EXPECT_ERR(import_as(&o, "head", KEY_PDF, "tests/golden/keys/p256.pem"),
               ERR_DENIED, "key.makes");
    EXPECT_ERR(import_as(&o, "admin", KEY_QR, "tests/golden/keys/p256.pem"),
               ERR_INVALID, "key.no_certificate");
    EXPECT_ERR(import_as(&o, "admin", KEY_PDF, "tests/golden/keys/p384.pem"),
               ERR_INVALID, "x509.no_key");
    EXPECT(current(&o, KEY_PDF) == 1);
    EXPECT_OK(
        import_as(&o, "admin", KEY_PDF, "tests/golden/keys/p256-locked.pem"));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(current(&o, KEY_PDF) == 2);
    EXPECT_OK(import_as(&o, "admin", KEY_PDF, "tests/golden/keys/rsa2048.pem"));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT(current(&o, KEY_PDF) == 3);
    EXPECT(app_key(o.app, KEY_PDF)->row->made.kind == KEY_RSA);
    struct hash now = signing_certificate(&o);
    EXPECT(!hash_is_zero(&now) && !hash_eq(&first, &now));
}

/* --- the log's --------------------------------------------------------- */

static err retire_log(struct office *o, int64_t serial)
{
    struct keys_order order = { office_as(o, "admin"), office_today(o) };
    struct key_retired wish = { KEY_LOG, serial, KEY_ROTATED, DAY_NEVER,
                                S("") };

    return keys_retire(o->app, &o->arena, &order, &wish);
}

static str vkey_now(struct office *o)
{
    str out = S("");

    EXPECT_OK(tlog_vkey(&o->arena, app_log_key(o->app), &out));
    return out;
}

/* How many signatures the newest checkpoint has, one of them by this key. */
static size_t signatures(struct office *o, str vkey)
{
    struct checkpoint_body body = { 0 };
    struct signed_note opened = { 0 };
    struct note_key key = { 0 };
    int64_t size = 0;
    str note = S("");

    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
    EXPECT_OK(published_checkpoint(o->app, &o->arena, &note));
    EXPECT_OK(note_key_parse(&o->arena, vkey, &key));
    EXPECT_OK(note_checkpoint_open(&o->arena, note, &key, &body));
    EXPECT_OK(note_open(&o->arena, note, &opened));
    EXPECT(body.size == (uint64_t)size);
    return opened.n;
}

static void expect_sound(struct office *o)
{
    struct check_counts counts;

    EXPECT_OK(check_records(o->app, &o->arena, NULL, &counts));
}

/* [KY7] [OW1] [OW2] Its file is another one than the first's, which stays; both
 * sign while the log changes; what either has signed stays sound. */
EACH_STORE_TEST(the_log_changes_its_key_and_what_was_signed_stays_its_own)
{
    TEST_OFFICE(o, place);
    str first = vkey_now(&o);
    str file = get(&o, "keys/log.key");
    int64_t serial = 0;

    EXPECT(signatures(&o, first) == 1);
    EXPECT_OK(make_as(&o, "admin", KEY_LOG, &serial));
    EXPECT(serial == 2);
    EXPECT_STR(get(&o, "keys/log.key"), file);
    EXPECT_OK(reopen(&o, S("")));
    str second = vkey_now(&o);
    EXPECT(!str_eq(first, second));
    EXPECT(signatures(&o, first) == 2 && signatures(&o, second) == 2);
    expect_sound(&o);

    EXPECT_OK(retire_log(&o, 1));
    EXPECT_OK(reopen(&o, S("")));
    EXPECT_STR(vkey_now(&o), second);
    EXPECT(signatures(&o, second) == 1);
    expect_sound(&o);
}

/* [SK4] Also under a passphrase. */
ONE_STORE_TEST(the_log_s_keys_are_locked_as_others_are, true)
{
    TEST_OFFICE(o, place);
    int64_t serial = 0;

    EXPECT_OK(make_as(&o, "admin", KEY_LOG, &serial));
    EXPECT_OK(reopen(&o, S("")));
    str now = vkey_now(&o);
    EXPECT_OK(lock_as(&o, "admin", S("passphrase of this test")));
    EXPECT_ERR(reopen(&o, S("another")), ERR_DENIED,
               "keyfile.passphrase_wrong");
    EXPECT_OK(reopen(&o, S("passphrase of this test")));
    EXPECT_STR(vkey_now(&o), now);
    EXPECT(signatures(&o, now) == 2);
}

/* [AP4] */
ONE_STORE_TEST(another_key_in_the_log_s_new_file_is_found_out, true)
{
    TEST_OFFICE(o, place);
    int64_t serial = 0;

    EXPECT_OK(make_as(&o, "admin", KEY_LOG, &serial));
    EXPECT_OK(make_as(&o, "admin", KEY_QR, &serial));
    put(&o, "keys/log-2.key", get(&o, "keys/qr-2.key"));
    EXPECT_ERR(reopen(&o, S("")), ERR_CORRUPT, "app.key");
}
