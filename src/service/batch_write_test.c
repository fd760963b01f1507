/* The answers of a batch as files, and what proves them. [BW1]-[BW4]
 * [BP1]-[BP4] [M24] [M25] */
#include "service/batch_proofs.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/csv.h"
#include "codec/json.h"
#include "codec/zip.h"
#include "excel/xlsx.h"
#include "service/published.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "service/test_register.h"
#include "store/credentials.h"

static bool holds(bool x)
{
    EXPECT(x);
    return x;
}

/* The table, and the answers on REGISTER_TODAY. */
struct checked {
    struct batch_table table;
    struct batch b;
};

static bool check_list(struct app *app, struct arena *a, str list, day today,
                       struct checked *out)
{
    const struct batch_reading how = { .most = 1000 };
    const struct as_of when = { .today = today, .on = today };

    return EXPECT_OK(batch_table_read(a, list, &how, &out->table)) &&
           EXPECT_OK(batch_check(app, a, &out->table, &when, &out->b));
}

static const char list[] =
    "number,holder\n" REGISTER_VALID "," REGISTER_ONE_ALL "\n"
    "=1+2,\"@x\"\n" REGISTER_SUB ",-y\n"
    "a\"b,\n,x\n" REGISTER_SUSPENDED ",\n";

static day register_today(void)
{
    day d = 0;

    EXPECT(day_parse(S(REGISTER_TODAY), &d));
    return d;
}

/* The field of this column in data row `row`, from 0. */
static str field(struct arena *a, str file, const char *column, int row)
{
    struct csv_row head = { .n = 0 };
    struct csv_row found = { .n = 0 };
    bool any = false;
    struct csv c;

    csv_init(&c, file, ',');
    EXPECT_OK(csv_next(&c, a, &head, &any));
    for (int i = 0; i <= row; i++)
        EXPECT_OK(csv_next(&c, a, &found, &any));
    return csv_field(&found, csv_column(&head, str_of(column)));
}

/* [BW1] [BW2] */
TEST(the_csv_has_a_row_each_row_and_no_formula)
{
    TEST_REGISTER(r);
    struct checked x;
    str file = S("");

    if (!check_list(r.app, &r.arena, str_of(list), register_today(), &x))
        return;
    EXPECT_OK(batch_write(&r.arena, &r.heap, LANG_EN, &x.b, BATCH_CSV, &file));
    EXPECT_STR(field(&r.arena, file, "Row", 0), S("2"));
    EXPECT_STR(field(&r.arena, file, "Status on 24 November 2026", 0),
               S("Valid"));
    EXPECT_STR(field(&r.arena, file, "Holder", 0), S("The same"));
    EXPECT_STR(field(&r.arena, file, "Log entry", 0), S("41"));
    EXPECT(str_ends(field(&r.arena, file, "Public page", 0),
                    S("/c/" REGISTER_VALID)));
    EXPECT_STR(field(&r.arena, file, "Number given", 1), S("'=1+2"));
    EXPECT_STR(field(&r.arena, file, "Holder given", 1), S("'@x"));
    EXPECT_STR(field(&r.arena, file, "Status on 24 November 2026", 1),
               S("Not in this register"));
    EXPECT_STR(field(&r.arena, file, "Holder given", 2), S("'-y"));
    EXPECT_STR(field(&r.arena, file, "Holder", 2), S("Differs"));
    EXPECT_STR(field(&r.arena, file, "Note", 2),
               S("A sub-certificate of " REGISTER_VALID "."));
    EXPECT_STR(field(&r.arena, file, "Status on 24 November 2026", 3),
               S("Not readable"));
    EXPECT(field(&r.arena, file, "Note", 3).n > 0);
    EXPECT_STR(field(&r.arena, file, "Status on 24 November 2026", 4),
               S("No number"));
    EXPECT_STR(field(&r.arena, file, "Status on 24 November 2026", 5),
               S("Suspended"));
    EXPECT(!str_contains(file, S("Code given"))); /* none was given */
}

/* A sheet of a workbook as text. */
static str sheet_text(struct arena *a, str file, size_t sheet,
                      struct xlsx_counts *counts)
{
    const struct xlsx_source from = { .bytes = file };
    scoped(xlsx_close) struct xlsx *x = NULL;
    bool more = true;
    str out = S("");
    struct buf b;

    buf_init(&b, a, 2 * (size_t)XLSX_READ_BYTES);
    if (!EXPECT_OK(xlsx_open(a, a->heap, &from, &x)) ||
        !EXPECT_OK(xlsx_begin(x, sheet)))
        return out;
    while (more) {
        if (!EXPECT_OK(xlsx_read(x, &b, &more)))
            return out;
    }
    *counts = xlsx_counts(x);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [BW1] [BW2] [BW4] */
TEST(the_workbook_has_texts_and_says_what_its_words_mean)
{
    TEST_REGISTER(r);
    struct checked x;
    struct xlsx_counts counts = { .rows = 0 };
    str file = S("");
    str again = S("");

    if (!check_list(r.app, &r.arena, str_of(list), register_today(), &x))
        return;
    EXPECT_OK(batch_write(&r.arena, &r.heap, LANG_ZH, &x.b, BATCH_XLSX, &file));
    EXPECT_OK(
        batch_write(&r.arena, &r.heap, LANG_ZH, &x.b, BATCH_XLSX, &again));
    EXPECT_STR(file, again);
    str result = sheet_text(&r.arena, file, 0, &counts);
    EXPECT(counts.rows == 7 && counts.uncalculated == 0 && counts.errors == 0);
    EXPECT(str_contains(result, S("=1+2")) && str_contains(result, S("@x")));
    EXPECT(str_contains(result, S("2026年11月24日的状态")));
    EXPECT(str_contains(result, S(REGISTER_VALID)));
    str about = sheet_text(&r.arena, file, 1, &counts);
    EXPECT(str_contains(about, S("这不证明证书是伪造的")));
    EXPECT(str_contains(about, S("2026-11-24")));
}

/* [BW3] */
TEST(json_is_canonical_and_says_all_of_it)
{
    TEST_REGISTER(r);
    struct checked x;
    struct json *j = NULL;
    str file = S("");
    str canonical = S("");
    struct buf b;

    if (!check_list(r.app, &r.arena, str_of(list), register_today(), &x))
        return;
    EXPECT_OK(batch_write(&r.arena, &r.heap, LANG_EN, &x.b, BATCH_JSON, &file));
    if (!EXPECT_OK(json_parse(&r.arena, file, &j)))
        return;
    buf_init(&b, &r.arena, 1 << 20);
    json_canonical(&b, j);
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &canonical));
    EXPECT_STR(file, canonical);

    const struct json *results = json_get(j, S("results"));
    if (!holds(results != NULL && results->count == 6))
        return;
    EXPECT_STR(json_get_str(results->first, S("verdict")), S("valid"));
    EXPECT_STR(json_get_str(results->first, S("holder_match")), S("same"));
    EXPECT_STR(json_get_str(json_get(results->first, S("certificate")),
                            S("number")),
               S(REGISTER_VALID));
    const struct json *second = results->first->next;
    EXPECT_STR(json_get_str(second, S("verdict")), S("unknown"));
    EXPECT_STR(json_get_str(json_get(second, S("given")), S("number")),
               S("=1+2"));
    EXPECT(json_get(second, S("certificate"))->kind == JSON_NULL);
    EXPECT(json_get(json_get(j, S("batch")), S("good"))->number == x.b.good);
    EXPECT_STR(json_get_str(json_get(j, S("batch")), S("on")),
               S(REGISTER_TODAY));
}

/* Every form says every verdict and match in both languages. */
TEST(each_verdict_has_a_word_a_meaning_and_a_name)
{
    for (int v = 0; v < BATCH_VERDICTS; v++) {
        EXPECT(batch_verdict_names[v] != NULL);
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            EXPECT(text_get(l, batch_verdict_id((enum batch_verdict)v)).n > 0);
            EXPECT(text_get(l, batch_meaning_id((enum batch_verdict)v)).n > 0);
        }
    }
    for (int m = 0; m <= BATCH_DIFFERS; m++) {
        EXPECT(batch_match_names[m] != NULL);
        EXPECT(text_get(LANG_EN, batch_match_id((enum batch_match)m)).n > 0);
    }
    for (int f = 0; f < BATCH_FORMS; f++)
        EXPECT(batch_form_type((enum batch_form)f).n > 0);
    EXPECT(batch_verdict_names[BATCH_VERDICTS] == NULL);
    EXPECT(batch_form_names[BATCH_FORMS] == NULL);
}

/* --- memory ----------------------------------------------------------------
 */

static void try_faults(const struct batch *b, enum batch_form form)
{
    for (long n = 1;; n++) {
        struct heap_fault f;
        struct arena a;
        str out;

        heap_fault_init(&f, n, false);
        arena_init(&a, &f.heap, 32 << 20);
        err e = batch_write(&a, &f.heap, LANG_EN, b, form, &out);
        EXPECT(failed(e) == (f.injected > 0));
        EXPECT(!failed(e) || err_is(e, ERR_MEMORY));
        arena_end(&a);
        EXPECT(f.live == 0);
        if (f.injected == 0)
            return;
    }
}

TEST(a_file_that_finds_no_memory_is_not_written)
{
    TEST_REGISTER(r);
    struct checked x;

    if (!check_list(r.app, &r.arena,
                    S("number,holder\n" REGISTER_SUB ",x\n"
                      "00026SCO101R0M,\n"),
                    register_today(), &x))
        return;
    for (int f = 0; f < BATCH_FORMS; f++)
        try_faults(&x.b, (enum batch_form)f);
}

/* --- proofs [BP1]-[BP4] ------------------------------------------------------
 */

#define NUMBER "00026SC0001R0S"

/* An office with a certificate that has a credential, all of it in the log. */
static bool certified(struct office *o)
{
    int64_t size = 0;

    if (!EXPECT_OK(office_make_keys(o)))
        return false;
    (void)office_certified(o);
    return EXPECT_OK(sequence_log(o->app, &o->arena, &size));
}

static err newest_credential(struct office *o, struct credential_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found = false;

    TRY(app_read(o->app, &o->arena, &tx));
    TRY(credential_newest(tx, &o->arena, S(NUMBER), out, &found));
    EXPECT(found);
    return OK;
}

static str in_archive(const struct zip *z, const char *name)
{
    const struct zip_file *f = zip_find(z, str_of(name));

    return holds(f != NULL) ? f->bytes : S("");
}

ONE_STORE_TEST(an_archive_holds_what_proves_each_certificate_once, true)
{
    TEST_OFFICE(o, place);
    struct batch_proved proved = { .proofs = 0 };
    struct batch_proved again = { .proofs = 0 };
    struct published_proof proof = { .index = -1 };
    struct credential_row credential = { .serial = 0 };
    struct checked x;
    struct zip z = { .n = 0 };

    if (!certified(&o) ||
        !check_list(o.app, &o.arena, S(NUMBER "\n" NUMBER "\nNONE-1\n"),
                    office_today(&o), &x))
        return;
    EXPECT_OK(batch_proofs(o.app, &o.arena, LANG_EN, &x.b, 1, &proved));
    EXPECT_OK(batch_proofs(o.app, &o.arena, LANG_EN, &x.b, 1, &again));
    EXPECT_STR(proved.archive, again.archive);
    EXPECT(proved.certificates == 1 && proved.proofs == 1 &&
           proved.credentials == 1);
    EXPECT_OK(zip_read(&o.arena, proved.archive, &z));
    EXPECT(z.n == 6);
    if (EXPECT_OK(published_proof_of(o.app, &o.arena, S(NUMBER), &proof)))
        EXPECT_STR(in_archive(&z, "proofs/" NUMBER ".tlog-proof"), proof.text);
    if (EXPECT_OK(newest_credential(&o, &credential)))
        EXPECT_STR(in_archive(&z, "credentials/" NUMBER ".json"),
                   credential.json);
    EXPECT(str_contains(in_archive(&z, "did.json"), S("did:web:")));
    EXPECT(str_contains(in_archive(&z, "README.txt"),
                        S("Certificates found: 1.")));
    EXPECT(str_begins(in_archive(&z, "result.xlsx"), S("PK")));
    EXPECT(in_archive(&z, "log.vkey").n > 0);
}

/* The rows of a register of tests have neither journal nor entries. */
TEST(a_certificate_without_proofs_is_in_the_result_alone)
{
    TEST_REGISTER(r);
    struct batch_proved proved = { .proofs = -1 };
    struct checked x;
    struct zip z = { .n = 0 };

    if (!check_list(r.app, &r.arena, S(REGISTER_LAST_DAY "\nNONE-1\n"),
                    register_today(), &x))
        return;
    EXPECT_OK(batch_proofs(r.app, &r.arena, LANG_ZH, &x.b, 9, &proved));
    EXPECT(proved.certificates == 1 && proved.proofs == 0);
    EXPECT_OK(zip_read(&r.arena, proved.archive, &z));
    EXPECT(zip_find(&z, S("result.xlsx")) != NULL);
    EXPECT(zip_find(&z, S("proofs/" REGISTER_LAST_DAY ".tlog-proof")) == NULL);
}

TEST(more_certificates_than_are_proved_at_once_are_refused)
{
    TEST_REGISTER(r);
    struct batch_proved proved;
    struct checked x;

    if (!check_list(r.app, &r.arena,
                    S(REGISTER_VALID "\n" REGISTER_SUB "\n" REGISTER_VALID
                                     "\n"),
                    register_today(), &x))
        return;
    EXPECT_ERR(batch_proofs(r.app, &r.arena, LANG_EN, &x.b, 1, &proved),
               ERR_LIMIT, "batch.proofs");
    EXPECT_OK(batch_proofs(r.app, &r.arena, LANG_EN, &x.b, 2, &proved));
}
