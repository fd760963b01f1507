/* What becomes of asking a witness, whatever it answers. [WA1]-[WA5] [WS3] */
#include "service/witness_ask.h"

#include "base/buf.h"
#include "service/check.h"
#include "service/published.h"
#include "service/sequence.h"
#include "service/test_witness.h"
#include "sys/files.h"
#include "tlog/anchor.h"

#include <stdio.h>
#include <unistd.h>

enum { MILLISECONDS = 3000 };

/* What comes of asking a witness that answers so; *asked is how often. */
static struct witness_answer ask(struct office *o, uint8_t seed,
                                 const struct test_witness_answer *answers,
                                 size_t *asked)
{
    struct witness_answer got = { .why = OK };
    struct test_witness w;

    if (!test_witness_begin(&w, &o->arena, seed, answers))
        return got;
    EXPECT_OK(witness_ask(o->app, &o->arena, &w.named, MILLISECONDS, &got));
    test_witness_end(&w);
    *asked = w.asked;
    return got;
}

static int64_t signed_size(struct office *o)
{
    int64_t size = 0;

    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
    EXPECT(size > 3);
    return size;
}

/* --- every answer ----------------------------------------------------- */

#define NOTHING "404 page not found"

struct answer_row {
    const char *why;
    struct test_witness_answer answers[TEST_WITNESS_ANSWERS];
    size_t asked;
    enum witness_outcome outcome;
    int64_t told;
    const char *id; /* NULL: none */
};

static void expect_row(struct office *o, const struct answer_row *r,
                       uint8_t seed, int64_t size)
{
    size_t asked = 0;
    struct witness_answer got = ask(o, seed, r->answers, &asked);
    const bool cosigned = r->outcome == ASKED_COSIGNED;

    EXPECT_ROW(r->why, asked == r->asked);
    EXPECT_ROW(r->why, got.state.outcome == (int)r->outcome);
    EXPECT_ROW(r->why, got.state.told == r->told);
    EXPECT_ROW(r->why, got.state.failures == (cosigned ? 0 : 1));
    EXPECT_ROW(r->why, got.state.size == (cosigned ? size : 0));
    if (r->id == NULL)
        EXPECT_ROW_OK(r->why, got.why);
    else
        EXPECT_ROW(r->why,
                   failed(got.why) && strcmp(got.why.info->id, r->id) == 0);
}

/* [WA1] [WA2] [WA3] None of these keeps the log from signing. */
ONE_STORE_TEST(whatever_a_witness_answers_is_told_and_the_log_goes_on, true)
{
    /* clang-format off */
    static const struct answer_row rows[] = {
        { "cosigned", { { 200, SAYS_COSIGNED, NULL } }, 1, ASKED_COSIGNED, 0, NULL },
        { "by somebody else", { { 200, SAYS_OF_OTHERS, NULL } }, 1, ASKED_UNSOUND, 0, "note.unsigned" },
        { "another text", { { 200, SAYS_OF_SOMETHING, NULL } }, 1, ASKED_UNSOUND, 0, "note.signature" },
        { "no time at all", { { 200, SAYS_TOO_LATE, NULL } }, 1, ASKED_UNSOUND, 0, "witnesses.time" },
        { "an empty yes", { { 200, SAYS_TEXT, "" } }, 1, ASKED_UNSOUND, 0, "note.text" },
        { "a page", { { 200, SAYS_TEXT, "<html>\n" } }, 1, ASKED_UNSOUND, 0, "note.line" },
        { "malformed", { { 400, SAYS_TEXT, "" } }, 1, ASKED_REFUSED, 400, NULL },
        { "a key it does not know", { { 403, SAYS_TEXT, "" } }, 1, ASKED_REFUSED, 403, NULL },
        { "a log it does not know", { { 404, SAYS_TEXT, "" } }, 1, ASKED_REFUSED, 404, NULL },
        { "elsewhere", { { 302, SAYS_TEXT, "" } }, 1, ASKED_REFUSED, 302, NULL },
        { "broken", { { 500, SAYS_TEXT, "" } }, 1, ASKED_REFUSED, 500, NULL },
        { "another size, then yes", { { 409, SAYS_TEXT, "1\n" }, { 200, SAYS_COSIGNED, NULL } }, 2, ASKED_COSIGNED, 0, NULL },
        { "a size that is none", { { 409, SAYS_TEXT, "x\n" } }, 1, ASKED_REFUSED, 409, NULL },
        { "a size without newline", { { 409, SAYS_TEXT, "1" } }, 1, ASKED_REFUSED, 409, NULL },
        { "every time another size", { { 409, SAYS_TEXT, "1\n" }, { 409, SAYS_TEXT, "2\n" }, { 409, SAYS_TEXT, "3\n" } }, 3, ASKED_REFUSED, 409, NULL },
        { "the size we said, and shows nothing", { { 409, SAYS_TEXT, "0\n" }, { 404, SAYS_TEXT, NOTHING } }, 2, ASKED_REFUSED, 409, NULL },
        { "no proof for it, and shows nothing", { { 422, SAYS_TEXT, "" }, { 404, SAYS_TEXT, NOTHING } }, 2, ASKED_REFUSED, 422, NULL },
        { "no proof for it, and shows a page", { { 422, SAYS_TEXT, "" }, { 200, SAYS_TEXT, "<html>\n" } }, 2, ASKED_REFUSED, 422, NULL },
    };
    /* clang-format on */
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    int64_t size = signed_size(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        expect_row(&o, &rows[i], (uint8_t)(i + 1), size);
        EXPECT_ROW_OK(rows[i].why, sequence_turn(&s, &o.arena, &size));
    }
}

ONE_STORE_TEST(where_nobody_listens_is_told_and_the_log_goes_on, true)
{
    TEST_OFFICE(o, place);
    static const struct test_witness_answer none[TEST_WITNESS_ANSWERS] = { 0 };
    struct sequencer s = { .app = o.app };
    struct witness_answer got = { 0 };
    int64_t size = signed_size(&o);
    struct test_witness w;

    if (!test_witness_begin(&w, &o.arena, 1, none))
        return;
    test_witness_end(&w);
    for (int64_t i = 1; i <= 3; i++) {
        EXPECT_OK(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got));
        EXPECT(got.state.outcome == ASKED_UNREACHED);
        EXPECT(got.state.failures == i);
        EXPECT_ERR(got.why, ERR_IO, "net.failed");
    }
    EXPECT_OK(sequence_turn(&s, &o.arena, &size));
}

/* --- cosignatures ----------------------------------------------------- */

/* [WA2] [PB2] */
EACH_STORE_TEST(a_cosignature_stands_in_checkpoint_and_proof)
{
    static const struct test_witness_answer yes[TEST_WITNESS_ANSWERS] = {
        { 200, SAYS_COSIGNED, NULL },
    };
    TEST_OFFICE(o, place);
    int64_t size = signed_size(&o);
    struct published_proof proof = { 0 };
    struct published_log l = { 0 };
    struct witness_answer got = { 0 };
    struct test_witness w;
    bool owed = false;
    str note = S("");

    if (!test_witness_begin(&w, &o.arena, 1, yes))
        return;
    EXPECT_OK(witness_is_owed(o.app, &o.arena, &w.named, &owed));
    EXPECT(owed);
    EXPECT_OK(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got));
    test_witness_end(&w);
    EXPECT(strstr(w.heard[0], "POST /add-checkpoint HTTP/1.1\r\n") != NULL);
    EXPECT(strstr(w.heard[0], "\r\n\r\nold 0\n\n") != NULL);
    EXPECT_OK(witness_is_owed(o.app, &o.arena, &w.named, &owed));
    EXPECT(!owed);

    EXPECT_OK(published_checkpoint(o.app, &o.arena, &note));
    EXPECT(str_contains(note, S("w.example ")));
    EXPECT_OK(published_proof(o.app, &o.arena, 0, &proof));
    EXPECT(proof.witnesses == 1 && proof.size == size);
    EXPECT_OK(published_log(o.app, &o.arena, &l));
    EXPECT(l.witnesses.n == 1);
    if (l.witnesses.n == 1) {
        const struct published_witness *p = l.witnesses.p;

        EXPECT(p->size == size && p->at == INT64_C(1800000000) * 1000000);
    }
}

/* The rest is proved from what it cosigned, and a proof keeps to that until
 * the newest has been cosigned as well. */
ONE_STORE_TEST(a_witness_that_is_behind_is_asked_from_there, true)
{
    static const struct test_witness_answer answers[TEST_WITNESS_ANSWERS] = {
        { 200, SAYS_COSIGNED, NULL },
        { 200, SAYS_COSIGNED, NULL },
    };
    TEST_OFFICE(o, place);
    int64_t before = signed_size(&o);
    struct published_proof proof = { 0 };
    struct witness_answer got = { 0 };
    struct test_witness w;
    int64_t size = 0;
    char old[40];

    if (!test_witness_begin(&w, &o.arena, 1, answers))
        return;
    EXPECT_OK(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got));
    EXPECT_OK(office_make_keys(&o));
    size = signed_size(&o);
    EXPECT(size > before);
    EXPECT_OK(published_proof(o.app, &o.arena, 0, &proof));
    EXPECT(proof.size == before && proof.witnesses == 1);
    EXPECT_OK(published_proof(o.app, &o.arena, size - 1, &proof));
    EXPECT(proof.size == size && proof.witnesses == 0);

    EXPECT_OK(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got));
    test_witness_end(&w);
    (void)snprintf(old, sizeof old, "\r\n\r\nold %lld\n", (long long)before);
    EXPECT(strstr(w.heard[1], old) != NULL);
    EXPECT(got.state.size == size);
    EXPECT_OK(published_proof(o.app, &o.arena, 0, &proof));
    EXPECT(proof.size == size && proof.witnesses == 1);
}

ONE_STORE_TEST(what_was_never_signed_nobody_is_asked_to_cosign, true)
{
    static const struct test_witness_answer none[TEST_WITNESS_ANSWERS] = { 0 };
    TEST_OFFICE(o, place);
    struct witness_answer got = { 0 };
    struct test_witness w;
    bool owed = true;

    (void)office_ask(&o, "DELETE FROM log_checkpoint");
    if (!test_witness_begin(&w, &o.arena, 1, none))
        return;
    EXPECT_ERR(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got),
               ERR_NOT_FOUND, "log.unsigned");
    EXPECT_OK(witness_is_owed(o.app, &o.arena, &w.named, &owed));
    EXPECT(!owed);
    test_witness_end(&w);
}

/* --- who has seen more [WA4] [WS3] ------------------------------------ */

/* What is kept of it. */
static str shown(struct office *o)
{
    str out = S("");

    EXPECT_OK(file_read(&o->files, &o->arena, app_log_key(o->app)->shown->path,
                        1 << 20, &out));
    return out;
}

static void name_witness(struct office *o, struct witness_named w)
{
    w.url = S("https://witness.example");
    EXPECT_OK(witnesses_add(o->app, &o->arena, office_as(o, "admin"), &w));
}

/* By its word alone: until it is named no longer. */
ONE_STORE_TEST(who_says_to_have_seen_more_stops_the_log_while_it_is_named, true)
{
    static const struct test_witness_answer more[TEST_WITNESS_ANSWERS] = {
        { 409, SAYS_TEXT, "999999\n" },
        { 404, SAYS_TEXT, NOTHING },
    };
    TEST_OFFICE(o, place);
    struct check_counts counts;
    struct published_log l = { 0 };
    struct witness_answer got = { 0 };
    struct sequencer s = { .app = o.app };
    struct test_witness w;
    int64_t size = signed_size(&o);

    if (!test_witness_begin(&w, &o.arena, 1, more))
        return;
    name_witness(&o, w.named);
    EXPECT_OK(witness_ask(o.app, &o.arena, &w.named, MILLISECONDS, &got));
    test_witness_end(&w);
    EXPECT(got.state.outcome == ASKED_LARGER && got.state.told == 999999);
    EXPECT_ERR(sequence_turn(&s, &o.arena, &size), ERR_CORRUPT,
               "witnesses.larger");
    EXPECT_ERR(check_records(o.app, &o.arena, NULL, &counts), ERR_CORRUPT,
               "witnesses.larger");
    EXPECT_OK(published_log(o.app, &o.arena, &l));
    EXPECT(l.stopped);
    EXPECT_ERR(l.why, ERR_CORRUPT, "witnesses.larger");

    EXPECT_OK(
        witnesses_remove(o.app, &o.arena, office_as(&o, "admin"), S("one")));
    EXPECT_OK(sequence_turn(&s, &o.arena, &size));
    EXPECT_OK(published_log(o.app, &o.arena, &l));
    EXPECT(!l.stopped);
}

/* A checkpoint that our own key signed is proof, whoever shows it: it is kept,
 * and naming the witness no longer changes nothing. */
ONE_STORE_TEST(what_a_witness_proves_stops_the_log_and_is_kept, true)
{
    static const struct {
        const char *why;
        const char *said; /* NULL: 422 */
        int64_t more;     /* entries than there are */
        const char *id;
    } rows[] = {
        { "an old copy", "999999\n", 5, "tlog.restored" },
        { "other entries", NULL, 0, "tlog.forked" },
        { "fewer, and others", NULL, -2, "tlog.forked" },
    };

    TEST_OFFICE(o, place);
    const char *path = app_log_key(o.app)->shown->path.p;
    struct sequencer s = { .app = o.app };
    int64_t size = signed_size(&o);

    for (size_t i = 0; i < COUNT(rows); i++) {
        str note = test_witness_note(&o, size + rows[i].more, 7);
        const struct test_witness_answer shows[TEST_WITNESS_ANSWERS] = {
            { rows[i].said == NULL ? 422 : 409, SAYS_TEXT, rows[i].said },
            { 200, SAYS_TEXT, note.p },
        };
        struct check_counts counts;
        int64_t unused;
        size_t asked = 0;
        struct witness_answer got = ask(&o, 1, shows, &asked);

        EXPECT_ROW(rows[i].why, asked == 2);
        EXPECT_ROW(rows[i].why, got.state.outcome == ASKED_DIFFERS);
        EXPECT_ROW(rows[i].why, got.state.told == size + rows[i].more);
        EXPECT_ROW_ERR(rows[i].why, got.why, ERR_CORRUPT, rows[i].id);
        EXPECT_ROW_ERR(rows[i].why, sequence_turn(&s, &o.arena, &unused),
                       ERR_CORRUPT, rows[i].id);
        EXPECT_ROW_ERR(rows[i].why,
                       check_records(o.app, &o.arena, NULL, &counts),
                       ERR_CORRUPT, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, shown(&o), note);
        EXPECT(unlink(path) == 0);
    }
}

/* [WA4] The larger of two proofs stays, and what we continue is none. */
ONE_STORE_TEST(a_proof_is_not_replaced_by_a_smaller_one, true)
{
    TEST_OFFICE(o, place);
    int64_t size = signed_size(&o);
    static const int64_t more[] = { 9, 5, 12 };

    for (size_t i = 0; i < COUNT(more); i++) {
        str note = test_witness_note(&o, size + more[i], 7);
        const struct test_witness_answer shows[TEST_WITNESS_ANSWERS] = {
            { 409, SAYS_TEXT, "999999\n" },
            { 200, SAYS_TEXT, note.p },
        };
        size_t asked = 0;

        EXPECT(ask(&o, 1, shows, &asked).state.outcome == ASKED_DIFFERS);
        EXPECT_STR(shown(&o),
                   test_witness_note(&o, size + (i == 2 ? 12 : 9), 7));
    }
}

/* What is no proof, and does not become one. */
ONE_STORE_TEST(what_others_signed_or_we_continue_proves_nothing, true)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    int64_t size = signed_size(&o);
    str own = S("");
    str other = S("");
    struct buf b;
    size_t asked = 0;

    EXPECT_OK(published_checkpoint(o.app, &o.arena, &own));
    buf_init(&b, &o.arena, 4000);
    buf_str(&b, S("x"));
    buf_str(&b, own);
    EXPECT_OK(buf_done(&b, &other));
    const struct test_witness_answer ours[TEST_WITNESS_ANSWERS] = {
        { 422, SAYS_TEXT, "" },
        { 200, SAYS_TEXT, own.p },
    };
    const struct test_witness_answer forged[TEST_WITNESS_ANSWERS] = {
        { 422, SAYS_TEXT, "" },
        { 200, SAYS_TEXT, other.p },
    };
    EXPECT(ask(&o, 1, ours, &asked).state.outcome == ASKED_REFUSED);
    EXPECT(ask(&o, 2, forged, &asked).state.outcome == ASKED_REFUSED);
    EXPECT_OK(sequence_turn(&s, &o.arena, &size));
}
