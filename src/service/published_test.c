/* The log as anybody may read it. [PB1]-[PB4] */
#include "service/published.h"

#include "base/buf.h"
#include "crypto/hash.h"
#include "merkle/cosignature.h"
#include "merkle/tlog_proof.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "store/log.h"
#include "store/schemes.h"
#include "sys/files_fault.h"

#include <stdio.h>
#include <unistd.h>

/* --- copies ----------------------------------------------------------- */

static str folder_in(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_str(&b, o->dir);
    buf_printf(&b, "/%s", name);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str bytes_of(struct office *o, str folder, str path)
{
    struct buf b;
    str name = S("");
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_str(&b, folder);
    buf_char(&b, '/');
    buf_str(&b, path);
    EXPECT_OK(buf_done(&b, &name));
    EXPECT_ROW_OK(name.p, file_read(&o->files, &o->arena, name, 1 << 20, &out));
    return out;
}

/* Every file of a log of `size` entries has the bytes that are served. */
static void expect_same_as_served(struct office *o, str folder, int64_t size)
{
    struct tile_walk walk = { 0 };
    struct tile t;
    str served = S("");

    while (tile_next(&walk, 0, (uint64_t)size, &t)) {
        char name[TILE_PATH];
        str path = tile_path(t, name);

        EXPECT_OK(published_tile(o->app, &o->arena, path, &served));
        EXPECT_STR(bytes_of(o, folder, path), served);
    }
    EXPECT_OK(published_checkpoint(o->app, &o->arena, &served));
    EXPECT_STR(bytes_of(o, folder, S("checkpoint")), served);
}

ONE_STORE_TEST(a_copy_holds_what_is_served_and_grows_with_it, true)
{
    TEST_OFFICE(o, place);
    str folder = folder_in(&o, "copy/of/it");
    struct published_copy made = { 0 };
    int64_t size = 0;

    EXPECT_OK(published_copy(o.app, &o.arena, folder, &made));
    expect_same_as_served(&o, folder, made.size);
    /* hashes, entries, keys, lists, checkpoint */
    EXPECT(made.files ==
           6 + office_count(&o, "SELECT count(*) FROM scheme_package"));
    EXPECT_OK(published_copy(o.app, &o.arena, folder, &made));
    EXPECT(made.files == 0);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(size > made.size);
    EXPECT_OK(published_copy(o.app, &o.arena, folder, &made));
    EXPECT(made.size == size && made.files == 3);
    expect_same_as_served(&o, folder, size);
}

/* By somebody whose n-th call to the system fails. */
static err copy_over(struct office *o, struct file_fault *fault, str folder,
                     struct published_copy *out)
{
    scoped(app_close) struct app *app = NULL;
    struct app_world world = o->world;

    world.files = &fault->ops;
    TRY(app_open(&o->arena, &world, o->dir, APP_READ, &app));
    return published_copy(app, &o->arena, folder, out);
}

/* Wherever it breaks off, what is there is whole, and the next goes on. */
ONE_STORE_TEST(a_copy_that_breaks_off_is_made_up_for_by_the_next, true)
{
    TEST_OFFICE(o, place);
    struct file_fault fault;
    long n = 0;

    do {
        struct published_copy made = { 0 };
        char name[32];

        (void)snprintf(name, sizeof name, "copy-%ld", ++n);
        file_fault_init(&fault, n, false, 5);
        err e = copy_over(&o, &fault, folder_in(&o, name), &made);
        EXPECT(failed(e) || made.size > 0);
        EXPECT(fault.open == 0);
        EXPECT_OK(published_copy(o.app, &o.arena, folder_in(&o, name), &made));
        expect_same_as_served(&o, folder_in(&o, name), made.size);
    } while (fault.injected > 0 && n < 200 && !test_failing());
    EXPECT(n > 20);
}

ONE_STORE_TEST(a_copy_of_another_log_is_left_alone, true)
{
    TEST_OFFICE(o, place);
    static const str other = S_INIT("other.example/log\n0\n\nx\n");
    struct published_copy made = { 0 };
    str folder = folder_in(&o, "copy");
    str path = folder_in(&o, "copy/checkpoint");

    EXPECT_OK(folder_make(&o.files, &o.arena, folder, FOLDER_PUBLIC));
    EXPECT_OK(file_write(&o.files, &o.arena, path, other, FILE_PUBLIC));
    EXPECT_ERR(published_copy(o.app, &o.arena, folder, &made), ERR_INVALID,
               "log.other_copy");
    EXPECT_STR(bytes_of(&o, folder, S("checkpoint")), other);
}

/* [T2] A copy knows what the store has forgotten. */
ONE_STORE_TEST(a_copy_finds_out_a_log_that_was_cut_short, true)
{
    TEST_OFFICE(o, place);
    struct published_copy made = { 0 };
    str folder = folder_in(&o, "copy");
    int64_t size = 0;

    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT_OK(published_copy(o.app, &o.arena, folder, &made));
    (void)office_ask(&o, "DELETE FROM log_checkpoint WHERE size ="
                         " (SELECT max(size) FROM log_checkpoint);"
                         "DELETE FROM log_entry WHERE idx >="
                         " (SELECT max(size) FROM log_checkpoint);");
    EXPECT_ERR(published_copy(o.app, &o.arena, folder, &made), ERR_CORRUPT,
               "tlog.restored");
}

/* --- scheme packages -------------------------------------------------- */

static str digits_of(struct office *o, const struct hash *h)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* What a stranger does: hash what stands there. */
static bool has_name(struct office *o, str bytes, str name)
{
    struct hash h;

    sha256(bytes.p, bytes.n, h.b);
    return str_eq(digits_of(o, &h), name);
}

EACH_STORE_TEST(a_package_stands_under_the_hash_that_credentials_name)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str name = digits_of(&o, &office_read(&o, ref).state->scheme->hash);
    struct published_copy made = { 0 };
    str folder = folder_in(&o, "copy");
    str bytes = S("");
    struct buf b;
    str path = S("");

    EXPECT_OK(published_scheme(o.app, &o.arena, name, &bytes));
    EXPECT(has_name(&o, bytes, name));
    buf_init(&b, &o.arena, 100);
    buf_str(&b, S("schemes/"));
    buf_str(&b, name);
    EXPECT_OK(buf_done(&b, &path));
    EXPECT_OK(published_copy(o.app, &o.arena, folder, &made));
    EXPECT_STR(bytes_of(&o, folder, path), bytes);
}

/* A newer one of the same name takes no older one away: a case is bound. */
EACH_STORE_TEST(every_package_that_was_ever_frozen_has_its_address)
{
    TEST_OFFICE(o, place);
    struct hash after = { { 0 } };
    struct list rows = { 0 };
    struct tx *tx = NULL;
    str bytes = S("");

    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    EXPECT_OK(scheme_list(tx, &o.arena, &after, STORE_PAGE_MAX, &rows));
    tx_abort(&tx);
    EXPECT(rows.n > 1);
    for (size_t i = 0; i < rows.n; i++) {
        const struct scheme_row *r = (const struct scheme_row *)rows.p + i;
        str name = digits_of(&o, &r->hash);

        EXPECT_ROW_OK(name.p, published_scheme(o.app, &o.arena, name, &bytes));
        EXPECT_ROW(name.p, has_name(&o, bytes, name));
    }
}

EACH_STORE_TEST(what_does_not_have_its_hash_is_not_given_out)
{
    TEST_OFFICE(o, place);
    str name =
        digits_of(&o, &office_read(&o, office_case(&o)).state->scheme->hash);
    struct published_copy made;
    str bytes = S("untouched");

    (void)office_ask(&o, "UPDATE scheme_file SET bytes = (SELECT hash FROM"
                         " scheme_package LIMIT 1)");
    EXPECT_ERR(published_scheme(o.app, &o.arena, name, &bytes), ERR_CORRUPT,
               "app.scheme");
    EXPECT_STR(bytes, S("untouched"));
    EXPECT_ERR(published_copy(o.app, &o.arena, folder_in(&o, "copy"), &made),
               ERR_CORRUPT, "app.scheme");
}

/* --- proofs [PB4] ----------------------------------------------------- */

static const struct trust_policy *policy_of(struct office *o, str more)
{
    const struct trust_policy *p = NULL;
    struct published_log l = { 0 };
    struct buf b;
    str text = S("");

    EXPECT_OK(published_log(o->app, &o->arena, &l));
    buf_init(&b, &o->arena, 4000);
    buf_str(&b, S("log "));
    buf_str(&b, l.vkey);
    buf_str(&b, more);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(policy_read(&o->arena, text, &p));
    return p;
}

/* From its bytes alone: the entry is in it. */
static err check_proof(struct office *o, str text,
                       const struct trust_policy *policy,
                       struct policy_seen *seen)
{
    struct tlog_proof p;
    struct hash leaf;

    TRY(tlog_proof_read(&o->arena, text, &p));
    merkle_leaf(p.extra, &leaf);
    return tlog_proof_check(&o->arena, &p, &leaf, policy, seen);
}

EACH_STORE_TEST(every_entry_that_is_signed_is_proved_and_no_other)
{
    TEST_OFFICE(o, place);
    const struct trust_policy *policy = policy_of(&o, S("\nquorum none\n"));
    struct published_log l = { 0 };
    struct published_proof p = { .index = -1 };

    EXPECT_OK(published_log(o.app, &o.arena, &l));
    EXPECT(l.size > 0 && policy != NULL);
    for (int64_t i = 0; i < l.size && policy != NULL; i++) {
        struct policy_seen seen = { 0 };

        EXPECT_OK(published_proof(o.app, &o.arena, i, &p));
        EXPECT(p.index == i && p.size == l.size && p.witnesses == 0);
        EXPECT_OK(check_proof(&o, p.text, policy, &seen));
        EXPECT(seen.body.size == (uint64_t)l.size);
    }
    EXPECT_ERR(published_proof(o.app, &o.arena, l.size, &p), ERR_NOT_FOUND,
               "log.no_entry");
    EXPECT_ERR(published_proof(o.app, &o.arena, -1, &p), ERR_NOT_FOUND,
               "log.no_entry");
    EXPECT_ERR(published_proof_of(o.app, &o.arena, S("none"), &p),
               ERR_NOT_FOUND, "log.no_certificate");
}

/* --- cosignatures [PB2] ----------------------------------------------- */

struct cosigning {
    struct office *o;
    struct sign_key key;
};

static err cosign(struct tx *tx, void *context)
{
    struct cosigning *x = context;
    struct log_cosignature_row row = { .at = 77000000 };
    struct signed_note note;
    struct note_key key;
    struct checkpoint c;

    TRY(tlog_newest(tx, tx_arena(tx), &c));
    TRY(note_open(tx_arena(tx), c.note, &note));
    TRY(note_key_of(tx_arena(tx), NOTE_COSIGNATURE, S("w.example"),
                    x->key.public, &key));
    TRY(note_vkey(tx_arena(tx), &key, &row.witness));
    TRY(cosignature_make(tx_arena(tx), note.text, S("w.example"), &x->key, 77,
                         &row.line));
    row.size = c.size;
    return log_cosignature_add(tx, &row);
}

EACH_STORE_TEST(cosignatures_stand_below_the_checkpoint_and_in_proofs)
{
    TEST_OFFICE(o, place);
    static const uint8_t seed[SIGN_SEED_BYTES] = { 3 };
    struct cosigning x = { .o = &o };
    struct published_log l = { 0 };
    struct published_proof p = { 0 };
    struct policy_seen seen = { 0 };
    struct note_key key;
    struct buf b;
    str vkey = S("");
    str more = S("");

    sign_key_of_seed(seed, &x.key);
    EXPECT_OK(app_write(o.app, &o.arena, cosign, &x));
    EXPECT_OK(app_write(o.app, &o.arena, cosign, &x)); /* the first stays */
    EXPECT_OK(note_key_of(&o.arena, NOTE_COSIGNATURE, S("w.example"),
                          x.key.public, &key));
    EXPECT_OK(note_vkey(&o.arena, &key, &vkey));
    buf_init(&b, &o.arena, 1000);
    buf_printf(&b, "\nwitness w %.*s\nquorum w\n", STR_ARG(vkey));
    EXPECT_OK(buf_done(&b, &more));
    EXPECT_OK(published_log(o.app, &o.arena, &l));
    EXPECT(l.witnesses.n == 1);
    EXPECT_STR(((const struct published_witness *)l.witnesses.p)->name,
               S("w.example"));
    EXPECT(((const struct published_witness *)l.witnesses.p)->at == 77000000);
    EXPECT_OK(published_proof(o.app, &o.arena, 0, &p));
    EXPECT(p.witnesses == 1);
    const struct trust_policy *policy = policy_of(&o, more);
    if (policy != NULL)
        EXPECT_OK(check_proof(&o, p.text, policy, &seen));
    EXPECT(seen.quorum && seen.times[0] == 77);
}
