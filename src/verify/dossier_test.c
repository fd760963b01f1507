/* A dossier as a stranger reads it: whole, with parts withheld, tampered with,
 * and made by a body whose numbers are not what its rules say. [M19]
 * [17065 7.6] [17065 7.12] */

#include "verify/recompute.h"

#include "codec/json.h"
#include "codec/zip.h"
#include "domain/test_fixture.h"
#include "domain/test_fixture.h"
#include "merkle/test_note.h"
#include "merkle/tlog_proof.h"
#include "merkle/tree.h"

#include <stdio.h>

#define ORIGIN "register.example/log"

enum { LOG = 200, OTHER = 201 };

static const struct hash KEY = { { 0x4b } };

/* A case with a minor nonconformity that was corrected, as it was decided. */
static void contents_of(struct fixture *f, struct dossier_contents *out)
{
    struct package *p = arena_zero(&f->arena, sizeof *p);
    struct package_file *files = arena_array(&f->arena, 2, sizeof *files);

    go_to(f, STAGE_CORRECTION);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'x','action':'x','evidence':['x']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    DO(f, "reviewer", "decision.grant", "{'note':'可'}");
    files[0] = (struct package_file){ S("golden/perfect.yaml"), S("left out") };
    files[1] =
        (struct package_file){ S("scheme.yaml"), test_scheme_text(&f->arena) };
    *p = (struct package){ files, 2 };
    *out = (struct dossier_contents){
        .case_id = f->state->id,
        .scheme_hash = f->scheme->hash,
        .scheme = p,
        .readme_en = S("Read me.\n"),
        .readme_zh = S("请读。\n"),
    };
    EXPECT_OK(dossier_parts(&f->arena, f->state, &KEY, out->parts));
    for (int i = 0; i < DOSSIER_PARTS; i++)
        dossier_salt(&KEY, (enum dossier_part)i, &out->salts[i]);
}

/* What the log has of it (tlog/leaf.h). */
static str entry_of(struct arena *a, const struct dossier_contents *c,
                    const char *type)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, 1 << 16);
    buf_str(&b, S("{\"at\":1772416800000000,\"on\":\"2026-03-02\","
                  "\"public\":{\"parts\":["));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        struct hash seal;

        dossier_seal(&c->salts[i], c->parts[i], &seal);
        buf_printf(&b, "%s{\"part\":\"%s\",\"seal\":\"", i > 0 ? "," : "",
                   dossier_part_names[i]);
        buf_hex(&b, seal.b, sizeof seal.b);
        buf_str(&b, S("\"}"));
    }
    buf_printf(&b, "]},\"sealed\":{},\"type\":\"%s\",\"version\":1}", type);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* A log with this one entry, and the proof that it has it. */
static str proof_of(struct arena *a, str entry)
{
    struct tlog_proof p = { .has_extra = true, .extra = entry };
    struct hash leaf;
    str text = S("");

    merkle_leaf(entry, &leaf);
    p.checkpoint = test_checkpoint(a, LOG, S(ORIGIN), 1, &leaf);
    EXPECT_OK(tlog_proof_write(a, &p, &text));
    return text;
}

static str written(struct arena *a, struct dossier_contents *c)
{
    str archive = S("");

    c->proof = proof_of(a, entry_of(a, c, "record.committed"));
    c->vkey =
        test_join(a, test_vkey(a, NOTE_SIGNATURE, LOG, S(ORIGIN)), S("\n"));
    EXPECT_OK(dossier_write(a, c, &archive));
    return archive;
}

static struct recomputation *opened(struct arena *a, str archive,
                                    struct dossier *d)
{
    struct recomputation *r = arena_zero(a, sizeof *r);

    if (EXPECT_OK(dossier_open(a, archive, NULL, d)))
        EXPECT_OK(recompute(a, d, r));
    return r;
}

/* --- whole, and in parts ----------------------------------------------------
 */

TEST(a_whole_dossier_agrees_in_everything)
{
    FIXTURE(f);
    struct dossier_contents c;
    struct dossier d = { 0 };
    struct score want;

    contents_of(f, &c);
    struct recomputation *r = opened(&f->arena, written(&f->arena, &c), &d);
    for (int i = 0; i < RECOMPUTED_COUNT; i++)
        EXPECT_ROW_STR(recomputed_names[i],
                       str_of(agreement_names[r->lines[i]]), S("agrees"));
    EXPECT(recomputation_agrees(r) && r->scored && d.own_key);
    state_score(f->state, &want);
    EXPECT(r->score.shown == want.shown && r->score.level == want.level);
    EXPECT(r->score.exact.num == want.exact.num &&
           r->score.exact.den == want.exact.den);
    EXPECT(d.at == INT64_C(1772416800000000));
    EXPECT_STR(d.seen.body.origin, S(ORIGIN));
}

TEST(the_same_dossier_is_written_to_the_same_bytes)
{
    FIXTURE(f);
    struct dossier_contents c;

    contents_of(f, &c);
    str first = written(&f->arena, &c);
    EXPECT(str_eq(first, written(&f->arena, &c)));
}

/* [VD2] [RC2] Each part alone; what does not need it is worked out still. */
TEST(what_does_not_need_a_withheld_part_still_agrees)
{
    FIXTURE(f);
    enum {
        DRAW = 1 << RECOMPUTED_DRAW,
        ANSWERS = 1 << RECOMPUTED_ANSWERS,
        EXCLUDED = 1 << RECOMPUTED_EXCLUDED,
        SCORE = 1 << RECOMPUTED_SCORE | 1 << RECOMPUTED_GATES |
                1 << RECOMPUTED_LEVEL,
        DECISION = 1 << RECOMPUTED_DECISION,
    };
    static const struct {
        enum dossier_part part;
        unsigned lost; /* lines that need it */
    } rows[] = {
        { PART_ANSWERS, ANSWERS },
        { PART_APPLICATION, 0 },
        { PART_DECISION, DECISION },
        { PART_DOCUMENTS, 0 },
        { PART_EVIDENCE, 0 },
        { PART_FIGURES, SCORE | DECISION },
        { PART_FINDINGS, EXCLUDED | SCORE | DECISION },
        { PART_NONCONFORMITIES, SCORE | DECISION },
        { PART_SAMPLE, DRAW | ANSWERS | SCORE | DECISION },
        { PART_SCORE, SCORE },
        { PART_SPECIALS, EXCLUDED | SCORE | DECISION },
        { PART_TEAM, 0 },
    };
    struct dossier_contents c;

    contents_of(f, &c);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = dossier_part_names[rows[i].part];
        struct dossier d = { 0 };

        c.withheld = 1U << rows[i].part;
        struct recomputation *r = opened(&f->arena, written(&f->arena, &c), &d);
        EXPECT_ROW(name, d.withheld == c.withheld);
        EXPECT_ROW(name, d.parts[rows[i].part] == NULL);
        EXPECT_ROW(name, recomputation_agrees(r));
        for (int k = 0; k < RECOMPUTED_COUNT; k++) {
            bool lost = (rows[i].lost >> k & 1) != 0;

            EXPECT_ROW(name, r->lines[k] == (lost ? LACKS : AGREES));
            EXPECT_ROW(name, r->lacks[k] == (lost ? c.withheld : 0));
        }
    }
}

TEST(with_all_withheld_but_the_scheme_the_seals_are_still_proved)
{
    FIXTURE(f);
    struct dossier_contents c;
    struct dossier d = { 0 };
    str archive = S("");

    contents_of(f, &c);
    c.withheld = ((1U << DOSSIER_PARTS) - 1) & ~(1U << PART_SCHEME);
    struct recomputation *r = opened(&f->arena, written(&f->arena, &c), &d);
    EXPECT(!r->scored && recomputation_agrees(r));
    c.withheld = 1U << PART_SCHEME;
    EXPECT_ERR(dossier_write(&f->arena, &c, &archive), ERR_INVALID,
               "dossier.needed");
}

/* [VD3] */
TEST(a_policy_takes_the_logs_that_it_trusts_and_no_other)
{
    FIXTURE(f);
    struct arena *a = &f->arena;
    struct dossier_contents c;
    struct dossier d = { 0 };

    contents_of(f, &c);
    str archive = written(a, &c);
    for (int key = LOG; key <= OTHER; key++) {
        const struct trust_policy *p = NULL;
        str log =
            test_join(a, S("log "),
                      test_vkey(a, NOTE_SIGNATURE, (uint8_t)key, S(ORIGIN)));

        EXPECT_OK(policy_read(a, test_join(a, log, S("\nquorum none\n")), &p));
        if (key == LOG) {
            EXPECT_OK(dossier_open(a, archive, p, &d));
            EXPECT(!d.own_key);
        } else {
            EXPECT_ERR(dossier_open(a, archive, p, &d), ERR_INVALID,
                       "policy.log");
        }
    }
}

/* --- tampered with ----------------------------------------------------------
 */

/* The archive with `old` in one of its files replaced; whole as an archive. */
static str with(struct arena *a, str archive, const char *name, const char *old,
                const char *new)
{
    struct zip z = { 0 };
    str made = S("");

    EXPECT_OK(zip_read(a, archive, &z));
    for (size_t i = 0; i < z.n; i++) {
        str text = z.files[i].bytes;
        size_t at = str_find(text, str_of(old));

        if (!str_eq(z.files[i].name, str_of(name)))
            continue;
        EXPECT_ROW(old, at < text.n);
        str head = test_join(a, str_first(text, at), str_of(new));
        z.files[i].bytes = test_join(a, head, str_from(text, at + strlen(old)));
    }
    EXPECT_OK(zip_write(a, z.files, z.n, &made));
    return made;
}

/* Without the file, or with one more. */
static str without(struct arena *a, str archive, const char *name)
{
    struct zip z = { 0 };
    struct zip_file kept[100];
    str made = S("");
    size_t n = 0;

    EXPECT_OK(zip_read(a, archive, &z));
    for (size_t i = 0; i < z.n; i++) {
        if (!str_eq(z.files[i].name, str_of(name)))
            kept[n++] = z.files[i];
    }
    EXPECT(n + 1 == z.n);
    EXPECT_OK(zip_write(a, kept, n, &made));
    return made;
}

static str and_one_more(struct arena *a, str archive, const char *name)
{
    struct zip z = { 0 };
    struct zip_file all[100];
    str made = S("");
    size_t n = 0;
    bool put = false;

    EXPECT_OK(zip_read(a, archive, &z));
    for (size_t i = 0; i < z.n; i++) {
        if (!put && str_cmp(str_of(name), z.files[i].name) < 0) {
            all[n++] = (struct zip_file){ str_of(name), S("more") };
            put = true;
        }
        all[n++] = z.files[i];
    }
    EXPECT_OK(zip_write(a, all, n, &made));
    return made;
}

/* Of each field one row or more: what is altered, and what is said of it. */
TEST(a_dossier_that_was_tampered_with_is_refused_and_says_why)
{
    FIXTURE(f);
    static const struct {
        const char *file;
        const char *old;
        const char *new;
        const char *id;
    } rows[] = {
        { "manifest.json", "\"version\":1", "\"version\":2",
          "dossier.manifest" },
        { "manifest.json", "{\"case_id\"", "{ \"case_id\"",
          "dossier.manifest" },
        { "manifest.json", "\"part\":\"team\"", "\"part\":\"teen\"",
          "dossier.manifest" },
        { "manifest.json", "\"file\":\"parts/team.json\"",
          "\"file\":\"parts/score.json\"", "dossier.manifest" },
        { "manifest.json", "\"file\":\"parts/team.json\",", "",
          "dossier.manifest" },
        { "manifest.json", "{\"case_id\":\"03", "{\"case_id\":\"04",
          "dossier.case" },
        { "manifest.json", "\"scheme_hash\":\"7", "\"scheme_hash\":\"8",
          "dossier.scheme" },
        { "manifest.json", "\"salt\":\"", "\"salt\":\"00", "dossier.manifest" },
        { "parts/answers.json", "satisfied", "unreached", "dossier.seal" },
        { "parts/application.json",
          "\"staff\":", "\"staff\": ", "dossier.seal" },
        { "parts/decision.json", "granted", "refused", "dossier.seal" },
        { "parts/documents.json", "\"yes\"", "\"no\"", "dossier.seal" },
        { "parts/evidence.json", "licence", "license", "dossier.seal" },
        { "parts/figures.json", "\"k\":", "\"k\":1", "dossier.seal" },
        { "parts/findings.json", "not_met", "met", "dossier.seal" },
        { "parts/nonconformities.json", "minor", "major", "dossier.seal" },
        { "parts/sample.json", "\"seed\":\"", "\"seed\":\"0", "dossier.seal" },
        { "parts/scheme.json", "mini", "maxi", "dossier.seal" },
        { "parts/score.json", "10000", "9999", "dossier.seal" },
        { "parts/specials.json", "false", "true", "dossier.seal" },
        { "parts/team.json", "\"leads\":1", "\"leads\":2", "dossier.seal" },
        { "record.tlog-proof", "index 0", "index 1", "proof.path" },
        { "record.tlog-proof", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof",
          "proof.form" },
        { "record.tlog-proof", "extra ", "extra AAAA", "proof.path" },
        { "record.tlog-proof", "\n1\n", "\n2\n", "note.signature" },
        { "record.tlog-proof", ORIGIN "\n1\n", "other.example\n1\n",
          "policy.log" },
        { "scheme/scheme.yaml", "1", "2", "dossier.scheme" },
        { "vkey", ORIGIN, "other.example/log", "dossier.vkey" },
        { "vkey", "\n", "", "dossier.vkey" },
        { "vkey", "\n", "\n\n", "dossier.vkey" },
    };
    struct dossier_contents c;
    struct dossier d;

    contents_of(f, &c);
    str archive = written(&f->arena, &c);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].new,
                       dossier_open(&f->arena,
                                    with(&f->arena, archive, rows[i].file,
                                         rows[i].old, rows[i].new),
                                    NULL, &d),
                       ERR_INVALID, rows[i].id);
}

/* The first digit of each salt and of each seal, one by one. */
TEST(no_salt_and_no_seal_of_a_dossier_can_be_another)
{
    FIXTURE(f);
    struct dossier_contents c;
    struct dossier d;

    contents_of(f, &c);
    for (int withheld = 0; withheld < 2; withheld++) {
        c.withheld = withheld == 0 ? 0 : 1U << PART_TEAM;
        str archive = written(&f->arena, &c);
        struct zip z = { 0 };
        EXPECT_OK(zip_read(&f->arena, archive, &z));
        str text = zip_find(&z, S("manifest.json"))->bytes;
        for (size_t at = 0; at + 9 < text.n; at++) {
            bool seal = str_begins(str_from(text, at), S("\"seal\":\""));
            bool salt = str_begins(str_from(text, at), S("\"salt\":\""));
            char old[20] = "";
            char new[20] = "";

            if (!seal && !salt)
                continue;
            memcpy(old, text.p + at, 18);
            memcpy(new, old, sizeof new);
            new[8] = old[8] == '0' ? '1' : '0';
            bool last = withheld == 1 && seal &&
                        str_find(str_from(text, at + 1), S("\"seal\":\"")) ==
                            text.n - at - 1;
            EXPECT_ROW_ERR(new,
                           dossier_open(&f->arena,
                                        with(&f->arena, archive,
                                             "manifest.json", old, new),
                                        NULL, &d),
                           ERR_INVALID,
                           last ? "dossier.entry" : "dossier.seal");
        }
    }
}

TEST(a_dossier_has_its_files_and_no_other)
{
    FIXTURE(f);
    static const struct {
        const char *file;
        const char *id;
    } gone[] = {
        { "manifest.json", "dossier.missing" },
        { "parts/score.json", "dossier.missing" },
        { "record.tlog-proof", "dossier.missing" },
        { "scheme/scheme.yaml", "dossier.scheme" },
        { "vkey", "dossier.missing" },
    };
    static const struct {
        const char *file;
        const char *id;
    } more[] = {
        { "notes.txt", "dossier.extra" },
        { "parts/other.json", "dossier.extra" },
        { "parts/score.json.bak", "dossier.extra" },
        { "scheme/golden/x.yaml", "dossier.extra" },
        { "scheme/README.md", "dossier.scheme" },
    };
    struct dossier_contents c;
    struct dossier d;

    contents_of(f, &c);
    str archive = written(&f->arena, &c);
    for (size_t i = 0; i < COUNT(gone); i++)
        EXPECT_ROW_ERR(gone[i].file,
                       dossier_open(&f->arena,
                                    without(&f->arena, archive, gone[i].file),
                                    NULL, &d),
                       ERR_INVALID, gone[i].id);
    for (size_t i = 0; i < COUNT(more); i++)
        EXPECT_ROW_ERR(more[i].file,
                       dossier_open(&f->arena,
                                    and_one_more(&f->arena, archive,
                                                 more[i].file),
                                    NULL, &d),
                       ERR_INVALID, more[i].id);
}

/* Who alters a part and its seal with it has no entry for them. */
TEST(an_entry_of_something_else_proves_no_dossier)
{
    FIXTURE(f);
    struct arena *a = &f->arena;
    struct dossier_contents c;
    struct dossier d;
    str archive = S("");

    contents_of(f, &c);
    (void)written(a, &c);
    c.parts[PART_TEAM] = S("{\"auditors\":1}");
    EXPECT_OK(dossier_write(a, &c, &archive));
    EXPECT_ERR(dossier_open(a, archive, NULL, &d), ERR_INVALID, "dossier.part");
    c.withheld = 1U << PART_TEAM;
    EXPECT_OK(dossier_write(a, &c, &archive));
    EXPECT_ERR(dossier_open(a, archive, NULL, &d), ERR_INVALID,
               "dossier.entry");
    c.proof = proof_of(a, entry_of(a, &c, "certificate.issued"));
    EXPECT_OK(dossier_write(a, &c, &archive));
    EXPECT_ERR(dossier_open(a, archive, NULL, &d), ERR_INVALID,
               "dossier.entry");
}

/* --- a body that does not keep its rules ------------------------------------
 */

/* The part says something else before it is sealed and logged. */
static str lie(struct arena *a, str part, const char *old, const char *new)
{
    size_t at = str_find(part, str_of(old));

    EXPECT_ROW(old, at < part.n);
    str tail = str_from(part, at + strlen(old));
    if (new == NULL) { /* the digit after it */
        str digit = str_begins(tail, S("0")) ? S("1") : S("0");

        str head = test_join(a, str_first(part, at), str_of(old));
        return test_join(a, test_join(a, head, digit), str_from(tail, 1));
    }
    return test_join(a, test_join(a, str_first(part, at), str_of(new)), tail);
}

TEST(what_the_rules_do_not_make_of_the_parts_does_not_agree)
{
    FIXTURE(f);
    static const struct {
        const char *old;
        const char *new;
        enum dossier_part part;
        enum recomputed line; /* the first that does not agree; _COUNT: all do,
                                  for rules do not tell of it [RC3] */
    } rows[] = {
        { "\"num\":\"100\"", "\"num\":\"99\"", PART_SCORE, RECOMPUTED_SCORE },
        { "\"shown\":10000", "\"shown\":9999", PART_SCORE, RECOMPUTED_SCORE },
        { "\"state\":\"cannot_tell\"", "\"state\":\"met\"", PART_SCORE,
          RECOMPUTED_GATES },
        { "\"level_by_score\":\"ten\",", "", PART_SCORE, RECOMPUTED_LEVEL },
        { "\"shown\":10000", "\"shown\":9999", PART_DECISION,
          RECOMPUTED_DECISION },
        { "\"outcome\":\"granted\"", "\"outcome\":\"refused\"", PART_DECISION,
          RECOMPUTED_DECISION },
        { "\"state\":\"accepted\"", "\"state\":\"open\"", PART_NONCONFORMITIES,
          RECOMPUTED_SCORE },
        { "[\"2.2\"]", "[\"1.1\"]", PART_SPECIALS, RECOMPUTED_EXCLUDED },
        { "\"deductions\":0", "\"deductions\":1", PART_SPECIALS,
          RECOMPUTED_SCORE },
        { "satisfied", "unreached", PART_ANSWERS, RECOMPUTED_ANSWERS },
        { "\"row\":", "\"row\":1", PART_ANSWERS, RECOMPUTED_ANSWERS },
        { "\"position\":1", "\"position\":2", PART_ANSWERS,
          RECOMPUTED_ANSWERS },
        { "\"size\":300", "\"size\":301", PART_SAMPLE, RECOMPUTED_ANSWERS },
        { "\"seed\":\"", NULL, PART_SAMPLE, RECOMPUTED_DRAW },
        { "\"commitment\":\"", NULL, PART_SAMPLE, RECOMPUTED_DRAW },
        { "\"body_nonce\":\"", NULL, PART_SAMPLE, RECOMPUTED_DRAW },
        { "\"enterprise_nonce\":\"", NULL, PART_SAMPLE, RECOMPUTED_DRAW },
        { "\"scope\":\"", "\"scope\":\"x", PART_APPLICATION, RECOMPUTED_COUNT },
        { "\"satisfied\":5", "\"satisfied\":4", PART_SAMPLE,
          RECOMPUTED_ANSWERS },
    };
    struct dossier_contents c;

    contents_of(f, &c);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct dossier_contents told = c;
        struct dossier d = { 0 };
        int first = 0;

        told.parts[rows[i].part] =
            lie(&f->arena, c.parts[rows[i].part], rows[i].old, rows[i].new);
        struct recomputation *r =
            opened(&f->arena, written(&f->arena, &told), &d);
        while (first < RECOMPUTED_COUNT && r->lines[first] != DIFFERS)
            first++;
        EXPECT_ROW(rows[i].old, first == (int)rows[i].line);
        EXPECT_ROW(rows[i].old, recomputation_agrees(r) ==
                                    (rows[i].line == RECOMPUTED_COUNT));
    }
}

TEST(parts_that_do_not_fit_the_scheme_are_not_worked_with)
{
    FIXTURE(f);
    static const struct {
        enum dossier_part part;
        const char *old;
        const char *new;
    } rows[] = {
        { PART_FINDINGS, "\"indicator\":\"1.1\"", "\"indicator\":\"9.9\"" },
        { PART_FIGURES, "\"figure\":\"resolution\"", "\"figure\":\"revenue\"" },
        { PART_FIGURES, "\"source\":\"维修工单\"",
          "\"sheet\":\"22222222222222222222222222222222222222222222222222222222"
          "22222222\",\"source\":\"维修工单\"" },
        { PART_SAMPLE, "\"reached\":5", "\"reached\":4" },
    };
    struct dossier_contents c;

    contents_of(f, &c);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct dossier_contents told = c;
        struct recomputation r;
        struct dossier d = { 0 };

        told.parts[rows[i].part] =
            lie(&f->arena, c.parts[rows[i].part], rows[i].old, rows[i].new);
        EXPECT_OK(dossier_open(&f->arena, written(&f->arena, &told), NULL, &d));
        EXPECT_ROW_ERR(rows[i].new, recompute(&f->arena, &d, &r), ERR_INVALID,
                       "dossier.unfit");
    }
}

/* Which of the files a figure was taken from can be checked where they are
 * shown; where they are not, it is a number that says nothing. */
TEST(a_sheet_that_a_figure_names_is_one_of_the_files)
{
    FIXTURE(f);
    struct dossier_contents c;
    struct dossier_contents told;
    struct recomputation r;
    struct dossier d = { 0 };
    char sheet[200];

    contents_of(f, &c);
    str files = c.parts[PART_EVIDENCE];
    size_t at = str_find(files, S("\"seal\":\"")) + sizeof "\"seal\":\"" - 1;
    (void)snprintf(sheet, sizeof sheet, "\"sheet\":\"%.64s\",\"source\"",
                   files.p + at);
    told = c;
    told.parts[PART_FIGURES] =
        lie(&f->arena, c.parts[PART_FIGURES], "\"source\"", sheet);
    EXPECT(recomputation_agrees(
        opened(&f->arena, written(&f->arena, &told), &d)));
    char *first = &sheet[sizeof "\"sheet\":\"" - 1];
    *first = *first == '0' ? '1' : '0'; /* of none of them */
    told.parts[PART_FIGURES] =
        lie(&f->arena, c.parts[PART_FIGURES], "\"source\"", sheet);
    EXPECT_OK(dossier_open(&f->arena, written(&f->arena, &told), NULL, &d));
    EXPECT_ERR(recompute(&f->arena, &d, &r), ERR_INVALID, "dossier.unfit");
    told.withheld = 1U << PART_EVIDENCE;
    d = (struct dossier){ 0 };
    EXPECT_OK(dossier_open(&f->arena, written(&f->arena, &told), NULL, &d));
    EXPECT_OK(recompute(&f->arena, &d, &r));
}

/* A surveillance judges part of the scheme; the rest is carried, and counts. */
TEST(a_dossier_of_a_later_round_agrees_too)
{
    FIXTURE(f);
    struct dossier_contents c;
    struct dossier d = { 0 };

    contents_of(f, &c);
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-01-10");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    DO(f, "reviewer", "decision.grant", "{'note':'可'}");
    EXPECT_OK(dossier_parts(&f->arena, f->state, &KEY, c.parts));
    struct recomputation *r = opened(&f->arena, written(&f->arena, &c), &d);
    EXPECT(recomputation_agrees(r) && r->scored);
    EXPECT_STR(str_of(agreement_names[r->lines[RECOMPUTED_SCORE]]),
               S("agrees"));
    EXPECT(str_contains(c.parts[PART_FINDINGS], S("\"carried\":true")));
}
