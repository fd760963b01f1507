/* The keys that strangers verify with. [PK1] */
#include "service/public_keys.h"

#include "base/size.h"
#include "credential/credential.h"
#include "service/keys.h"
#include "service/service_test_env.h"
#include "verify/did.h"
#include "verify/instant.h"

static const int64_t made_at = INT64_C(1767225600000000);
static const int64_t ended_at = INT64_C(1780272000000000);

#define HEX "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"

static struct key_row row_of(enum key_purpose purpose, enum key_kind kind)
{
    return (struct key_row){
        .made = { (int)purpose, 2, (int)kind, S(HEX) },
        .made_at = made_at,
    };
}

TEST(keys_for_credentials_and_codes_are_shown_and_no_others)
{
    static const struct {
        const char *why;
        enum key_purpose purpose;
        enum key_kind kind;
        const char *name; /* NULL: not shown */
    } rows[] = {
        { "credentials", KEY_CREDENTIAL, KEY_ED25519, "credential-2" },
        { "codes", KEY_QR, KEY_ED25519, "qr-2" },
        { "the log has a verifier key", KEY_LOG, KEY_ED25519, NULL },
        { "documents have a certificate", KEY_PDF, KEY_P256, NULL },
        { "SM2 is another signature", KEY_SM2, KEY_IS_SM2, NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct key_row row = row_of(rows[i].purpose, rows[i].kind);
        struct key_facts f = { .name = S("untouched") };
        bool ours = false;

        EXPECT_ROW_OK(rows[i].why, public_keys_fact(&a, &row, &f, &ours));
        EXPECT_ROW(rows[i].why, ours == (rows[i].name != NULL));
        EXPECT_ROW_STR(rows[i].why, f.name,
                       ours ? str_of(rows[i].name) : S("untouched"));
        EXPECT_ROW(rows[i].why, !ours || f.public[31] == 0x20);
    }
}

TEST(a_key_ends_as_it_was_retired)
{
    static const struct {
        const char *why;
        enum key_ending ending;
        bool retired;
        bool until;
        bool revoked;
    } rows[] = {
        { "in use", KEY_ROTATED, false, false, false },
        { "a newer one took its place", KEY_ROTATED, true, true, false },
        { "nobody has it", KEY_LOST, true, true, false },
        { "others may have it", KEY_COMPROMISED, true, true, true },
    };
    const int64_t end = ended_at + 1000000; /* of that very second */
    const day since = 20600;

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct key_row row = row_of(KEY_QR, KEY_ED25519);
        struct key_facts f = { 0 };
        bool ours = false;

        row.retired = rows[i].retired;
        row.retired_at = ended_at;
        row.retirement.ending = (int)rows[i].ending;
        row.retirement.since = since;
        EXPECT_ROW_OK(rows[i].why, public_keys_fact(&a, &row, &f, &ours));
        EXPECT_ROW(rows[i].why, f.from == made_at);
        EXPECT_ROW(rows[i].why, f.until == (rows[i].until ? end : INT64_MAX));
        EXPECT_ROW(rows[i].why,
                   f.revoked == (rows[i].revoked ? instant_day_begin(since)
                                                 : INT64_MAX));
    }
}

TEST(a_key_that_is_none_is_damage)
{
    TEST_ARENA(a, 1 << 16);
    struct key_row row = row_of(KEY_QR, KEY_ED25519);
    struct key_facts f;
    bool ours = false;

    row.made.public = S("00");
    EXPECT_ERR(public_keys_fact(&a, &row, &f, &ours), ERR_CORRUPT,
               "app.public_key");
}

static err make_key(struct office *o, enum key_purpose purpose)
{
    struct keys_order order = { office_as(o, "admin"), office_today(o) };
    int64_t serial = 0;

    TRY(keys_make(o->app, &o->arena, &order, purpose, KEY_ED25519, &serial));
    app_close(&o->app);
    return app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app);
}

/* As the body's history has them when it is opened. */
ONE_STORE_TEST(the_document_lists_what_the_body_made, true)
{
    TEST_OFFICE(o, place);
    struct did_document d = { 0 };
    str before = S("");
    str text = S("");
    str name = S("");

    EXPECT_OK(public_keys_document(o.app, &o.arena, &before));
    EXPECT_OK(make_key(&o, KEY_QR));
    EXPECT_OK(public_keys_document(o.app, &o.arena, &text));
    EXPECT(!str_eq(text, before));
    EXPECT_OK(public_keys_name(o.app, &o.arena, &name));
    EXPECT_OK(did_document_read(&o.arena, text, &d));
    EXPECT_STR(d.id, name);
    EXPECT(str_begins(name, S("did:web:")));
    EXPECT(d.n > 0);
    for (size_t i = 0; i < d.n; i++)
        EXPECT(did_key_is_for(&d.keys[i], S("credential")) ||
               did_key_is_for(&d.keys[i], S("qr")));
}

/* The key in this place; an empty one when there are not so many. */
static const struct public_paper_key *paper_key(const struct list *l, size_t i)
{
    static const struct public_paper_key none = { 0 };

    return i < l->n ? &((const struct public_paper_key *)l->p)[i] : &none;
}

/* Those for documents stand apart: their keys are in certificates. */
ONE_STORE_TEST(keys_for_documents_are_published_with_what_became_of_them, true)
{
    TEST_OFFICE(o, place);
    struct keys_order order = { office_as(&o, "admin"), office_today(&o) };
    struct key_retired lost = { KEY_PDF, 1, KEY_COMPROMISED, office_today(&o),
                                S("") };
    struct list keys = { 0 };
    int64_t serial = 0;

    EXPECT_OK(public_keys_papers(o.app, &o.arena, &keys));
    EXPECT(keys.n == 1);
    EXPECT_STR(paper_key(&keys, 0)->name, S("pdf-1"));
    EXPECT(paper_key(&keys, 0)->revoked == DAY_NEVER);
    EXPECT(
        str_begins(paper_key(&keys, 0)->public, S("3059301306072a8648ce3d02")));
    EXPECT_OK(keys_make(o.app, &o.arena, &order, KEY_PDF, KEY_P256, &serial));
    EXPECT_OK(keys_retire(o.app, &o.arena, &order, &lost));
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT_OK(public_keys_papers(o.app, &o.arena, &keys));
    EXPECT(keys.n == 2);
    EXPECT(paper_key(&keys, 0)->revoked == office_today(&o));
    EXPECT_STR(paper_key(&keys, 1)->name, S("pdf-2"));
    EXPECT(paper_key(&keys, 1)->revoked == DAY_NEVER);
}
