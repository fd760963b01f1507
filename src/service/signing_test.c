/* Documents as they leave the body. [SG1]-[SG4]  What other programs make of
 * them: tests/stories/signed.sh. */
#include "service/signing.h"

#include "base/buf.h"
#include "credential/test_page.h"
#include "service/keys.h"
#include "service/published.h"
#include "service/sequence.h"
#include "service/service_test_env.h"

static str path_of(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_printf(&b, "%.*s/%s", STR_ARG(o->dir), name);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void put(struct office *o, const char *name, str bytes)
{
    EXPECT_ROW_OK(name, file_write(&o->files, &o->arena, path_of(o, name),
                                   bytes, FILE_PUBLIC));
}

/* A certificate's number. */
static str certified(struct office *o)
{
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_UPKEEP);
    const struct certificate *c = office_read(o, ref).state->certificate;

    EXPECT(c != NULL);
    return c == NULL ? S("") : c->number;
}

static err sign(struct office *o, str number, enum lang lang,
                struct signing_done *out)
{
    const struct signing_wish wish = { .painted = test_page(&o->arena),
                                       .certificate = number,
                                       .title = S("示例文件"),
                                       .lang = lang };

    return signing_do(o->app, &o->arena, &wish, out);
}

/* [SG1] */
EACH_STORE_TEST(a_certificate_brings_the_proof_that_it_is_in_the_log)
{
    TEST_OFFICE(o, place);
    str number = certified(&o);
    struct published_proof proof = { 0 };
    struct signing_done done = { 0 };
    int64_t size = 0;

    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT_OK(published_proof_of(o.app, &o.arena, number, &proof));
    EXPECT_OK(sign(&o, number, LANG_ZH, &done));
    EXPECT(done.is_signed && !done.stamped && !failed(done.unstamped));
    EXPECT(str_contains(done.file, S("/SubFilter /ETSI.CAdES.detached")));
    EXPECT(done.attached_n > 0);
    EXPECT_STR(done.attached[done.attached_n - 1], S("certificate.tlog-proof"));
    EXPECT(str_contains(done.file, proof.text));
}

/* The log keeps a sub-certificate's entries with those of its main one; the
 * proof is of an entry about the very number that was asked. [SG1] */
EACH_STORE_TEST(a_main_certificate_and_its_sub_certificate_are_not_mixed_up)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    int64_t size = 0;

    office_go_to(&o, ref, STAGE_UPKEEP);
    str number = office_read(&o, ref).state->certificate->number;
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    str sub = office_read(&o, ref).state->subs[0].sub->number;
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));

    const str asked[] = { number, sub };
    for (size_t i = 0; i < COUNT(asked); i++) {
        struct published_proof proof = { 0 };
        struct buf b;
        str named;

        buf_init(&b, &o.arena, 100);
        buf_printf(&b, "\"number\":\"%.*s\"", STR_ARG(asked[i]));
        EXPECT_OK(buf_done(&b, &named));
        EXPECT_OK(published_proof_of(o.app, &o.arena, asked[i], &proof));
        EXPECT(str_contains(proof.leaf, named));
    }
}

ONE_STORE_TEST(what_no_checkpoint_covers_is_not_proved_yet, true)
{
    TEST_OFFICE(o, place);
    str number = certified(&o);
    struct signing_done done = { 0 };

    EXPECT_OK(sign(&o, number, LANG_ZH, &done));
    EXPECT(done.is_signed);
    EXPECT(!str_contains(done.file, S("tlog-proof")));
}

/* Name and reason, in UTF-16. */
ONE_STORE_TEST(other_documents_are_signed_and_carry_nothing, true)
{
    TEST_OFFICE(o, place);
    struct signing_done done = { 0 };

    EXPECT_OK(sign(&o, S(""), LANG_EN, &done));
    EXPECT(done.is_signed && done.attached_n == 0);
    EXPECT(str_contains(done.file, S("/Reason <FEFF793A4F8B65874EF6002C")));
    EXPECT(!str_contains(done.file, S("/EmbeddedFiles")));
    EXPECT_OK(sign(&o, S(""), LANG_ZH, &done));
    EXPECT(str_contains(done.file, S("/Name <FEFF793A4F8B8BA48BC1")));
}

/* [SG2] */
ONE_STORE_TEST(a_body_without_a_key_writes_them_unsigned, true)
{
    TEST_OFFICE(o, place);
    const struct keys_order order = { office_as(&o, "admin"),
                                      office_today(&o) };
    const struct key_retired lost = { KEY_PDF, 1, KEY_LOST, DAY_NEVER, S("") };
    struct signing_done done = { 0 };

    EXPECT_OK(keys_retire(o.app, &o.arena, &order, &lost));
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT_OK(sign(&o, S(""), LANG_ZH, &done));
    EXPECT(!done.is_signed && !done.stamped && !failed(done.unstamped));
    EXPECT_STR(done.file, test_page(&o.arena));
}

/* [SG3] */
ONE_STORE_TEST(where_the_service_gives_no_stamp_the_document_goes_without, true)
{
    TEST_OFFICE(o, place);
    struct signing_done done = { 0 };

    put(&o, "stamp", S("http://127.0.0.1:1/\n"));
    EXPECT_OK(sign(&o, S(""), LANG_ZH, &done));
    EXPECT(done.is_signed && !done.stamped);
    EXPECT_ERR(done.unstamped, ERR_IO, "net.failed");
    put(&o, "stamp", S("\n"));
    EXPECT_OK(sign(&o, S(""), LANG_ZH, &done));
    EXPECT(done.is_signed && !failed(done.unstamped));
    put(&o, "stamp", S("stamp.example\n"));
    EXPECT_ERR(sign(&o, S(""), LANG_ZH, &done), ERR_INVALID, "signing.stamp");
}

ONE_STORE_TEST(a_certificate_that_is_lost_or_another_s_is_not_signed_with, true)
{
    TEST_OFFICE(o, place);
    struct signing_done done = { .file = S("untouched") };

    put(&o, "keys/pdf-1.pem", S("x"));
    EXPECT_ERR(sign(&o, S(""), LANG_ZH, &done), ERR_INVALID, "x509.chain");
    EXPECT_OK(file_remove(&o.files, &o.arena, path_of(&o, "keys/pdf-1.pem")));
    EXPECT_ERR(sign(&o, S(""), LANG_ZH, &done), ERR_NOT_FOUND, "file.missing");
    EXPECT_STR(done.file, S("untouched"));
}
