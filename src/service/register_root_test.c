/* One hash for all of the register, in the log; and what it proves. [RO1]-[RO5]
 * [RR1]-[RR3] [HP3] [M24] */
#include "service/register_root.h"

#include "base/buf.h"
#include "crypto/hash.h"
#include "register/holders.h"
#include "service/published.h"
#include "service/register_import.h"
#include "service/register_said.h"
#include "service/service_test_env.h"
#include "verify/thing.h"

#include <stdio.h>
#include <unistd.h>

static err enter(struct office *o, struct register_rooted *out)
{
    struct sequencer s = { .app = o->app };

    return register_root(&s, &o->arena, office_today(o), out);
}

static const struct trust_policy *policy_of(struct office *o)
{
    const struct trust_policy *p = NULL;
    struct published_log l;
    struct buf b;
    str text = S("");

    EXPECT_OK(published_log(o->app, &o->arena, &l));
    buf_init(&b, &o->arena, 1000);
    buf_printf(&b, "log %.*s\nquorum none\n", STR_ARG(l.vkey));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(policy_read(&o->arena, text, &p));
    return p;
}

/* What a stranger finds; findings in *r. */
static void verify(struct office *o, str proof, struct verify_report *r)
{
    struct thing *t = arena_zero(&o->arena, sizeof *t);
    const struct thing_trust trust = { .policy = policy_of(o),
                                       .on = office_today(o) };

    report_begin(r, &o->arena);
    EXPECT(t != NULL);
    if (t == NULL)
        return;
    EXPECT_OK(thing_read(&o->arena, proof, t));
    EXPECT(t->kind == THING_HOLDER);
    thing_check(r, t, &trust);
    EXPECT_OK(report_end(r));
}

static int found(const struct verify_report *r, const char *sentence)
{
    int n = 0;

    for (const struct verify_finding *f = r->first; f != NULL; f = f->next)
        n += strcmp(f->id, sentence) == 0;
    return n;
}

static str prove(struct office *o, const char *uscc)
{
    str proof = S("");

    EXPECT_OK(register_prove(o->app, &o->arena, str_of(uscc), &proof));
    return proof;
}

static str certificate_of(struct office *o)
{
    return str_trim(office_ask(o, "SELECT number FROM certificate"));
}

/* --- entering ------------------------------------------------------------- */

EACH_STORE_TEST(a_root_is_entered_and_proves_all_of_an_enterprise_and_nothing)
{
    TEST_OFFICE(o, place);
    struct verify_report r;
    struct register_rooted made = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &made));
    EXPECT(made.entered && made.mark.holders == 1 && made.mark.numbers == 1);
    EXPECT(made.mark.index >= made.mark.upto);
    verify(&o, prove(&o, OFFICE_USCC), &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    EXPECT(found(&r, "verify.holder_all") == 1 &&
           found(&r, "verify.holder_certificate") == 1);
    EXPECT(str_contains(prove(&o, OFFICE_USCC), certificate_of(&o)));

    verify(&o, prove(&o, RIVAL_USCC), &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    EXPECT(found(&r, "verify.holder_none") == 1 &&
           found(&r, "verify.holder_all") == 0);
}

ONE_STORE_TEST(nothing_can_be_proved_before_there_is_a_root, true)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    struct register_rooted made = { .entered = true };
    str proof;

    EXPECT_ERR(register_prove(o.app, &o.arena, S(OFFICE_USCC), &proof),
               ERR_NOT_FOUND, "register.no_root");
    /* [RO5] */
    EXPECT_OK(register_root_daily(&s, &o.arena, office_today(&o), &made));
    EXPECT(!made.entered);
    EXPECT_ERR(register_prove(o.app, &o.arena, S(OFFICE_USCC), &proof),
               ERR_NOT_FOUND, "register.no_root");
    /* The book is begun, and no root committed. */
    struct book *book = NULL;
    EXPECT_OK(rooted_book_made(o.app, &o.arena, &book));
    EXPECT_ERR(register_prove(o.app, &o.arena, S(OFFICE_USCC), &proof),
               ERR_NOT_FOUND, "register.no_root");
}

ONE_STORE_TEST(what_is_no_code_of_an_enterprise_is_refused, true)
{
    static const char *const codes[] = { "", "x", "91350100M000100Y44",
                                         "13800138000" };
    TEST_OFFICE(o, place);
    str proof;

    for (size_t i = 0; i < COUNT(codes); i++)
        EXPECT_ROW_ERR(codes[i],
                       register_prove(o.app, &o.arena, str_of(codes[i]),
                                      &proof),
                       ERR_INVALID, "holder.uscc");
    EXPECT_OK(register_uscc(&o.arena, S(" 91350100m000100y43 "), &proof));
    EXPECT_STR(proof, S(OFFICE_USCC));
}

/* [RO3] */
ONE_STORE_TEST(what_says_the_same_is_entered_once_a_day, true)
{
    TEST_OFFICE(o, place);
    struct sequencer s = { .app = o.app };
    struct register_rooted first = { 0 };
    struct register_rooted again = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &first));
    EXPECT_OK(enter(&o, &again));
    EXPECT(!again.entered && again.mark.index == first.mark.index);
    office_pass_days(&o, 1);
    EXPECT_OK(register_root_daily(&s, &o.arena, office_today(&o), &again));
    EXPECT(again.entered && again.mark.index > first.mark.index);
    EXPECT(hash_eq(&again.mark.root, &first.mark.root));
    EXPECT(again.mark.upto == first.mark.index + 1);
}

/* [HP4] */
ONE_STORE_TEST(a_proof_is_of_its_day_and_acts_since_need_another_root, true)
{
    TEST_OFFICE(o, place);
    struct verify_report r;
    struct register_rooted first = { 0 };
    struct register_rooted next = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &first));
    office_pass_days(&o, 1);
    verify(&o, prove(&o, OFFICE_USCC), &r);
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    EXPECT(found(&r, "verify.holder_as_of") == 1);

    (void)office_certified_of(&o, "rival");
    verify(&o, prove(&o, RIVAL_USCC), &r); /* it had none then */
    EXPECT(found(&r, "verify.holder_none") == 1);
    EXPECT_OK(enter(&o, &next));
    EXPECT(next.mark.holders == 2 && next.mark.numbers == 2);
    verify(&o, prove(&o, RIVAL_USCC), &r);
    EXPECT(found(&r, "verify.holder_all") == 1);
    verify(&o, prove(&o, OFFICE_USCC), &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
}

ONE_STORE_TEST(sub_certificates_have_numbers_of_their_own_in_it, true)
{
    TEST_OFFICE(o, place);
    struct register_rooted made = { 0 };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    EXPECT_OK(enter(&o, &made));
    EXPECT(made.mark.holders == 1 && made.mark.numbers == 2);
}

/* --- the same however it came about [RR3] --------------------------------- */

static void remove_book(struct office *o)
{
    struct buf b;
    str path = S("");

    buf_init(&b, &o->arena, 400);
    buf_str(&b, o->dir);
    buf_str(&b, S("/register/rooted/answers.mdb"));
    EXPECT_OK(buf_done(&b, &path));
    app_close(&o->app);
    EXPECT_OK(file_remove(&o->files, &o->arena, path));
    EXPECT_OK(app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app));
}

ONE_STORE_TEST(made_anew_it_has_the_same_root, true)
{
    TEST_OFFICE(o, place);
    struct register_rooted step = { 0 };
    struct register_rooted anew = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &step));
    (void)office_certified_of(&o, "rival");
    EXPECT_OK(enter(&o, &step));
    remove_book(&o);
    EXPECT_OK(enter(&o, &anew));
    EXPECT(anew.entered && anew.mark.holders == 2 && anew.mark.numbers == 2);
    EXPECT(hash_eq(&anew.mark.root, &step.mark.root));
}

/* The root is that of a plain list of everything. */
ONE_STORE_TEST(the_root_is_that_of_what_is_said, true)
{
    TEST_OFFICE(o, place);
    scoped(tx_abort) struct tx *tx = NULL;
    struct register_rooted made = { 0 };
    struct map_pair pairs[2];
    struct hash root;
    str said = S("");

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &made));
    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    holder_key(S(OFFICE_USCC), &pairs[0].key);
    EXPECT_OK(register_holder_said(o.app, tx, &o.arena, S(OFFICE_USCC), &said));
    sha256(said.p, said.n, pairs[0].value.b);
    EXPECT_OK(holder_number_key(&o.arena, certificate_of(&o), &pairs[1].key));
    EXPECT_OK(holder_number_said(&o.arena, certificate_of(&o), S(OFFICE_USCC),
                                 &said));
    sha256(said.p, said.n, pairs[1].value.b);
    if (memcmp(&pairs[0].key, &pairs[1].key, sizeof pairs[0].key) > 0) {
        struct map_pair first = pairs[0];

        pairs[0] = pairs[1];
        pairs[1] = first;
    }
    map_root(pairs, 2, 0, &root);
    EXPECT(hash_eq(&root, &made.mark.root));
}

/* The book says that it was rival's, and something of rival. */
static void hand_over(struct office *o)
{
    struct holders_change *c = arena_zero(&o->arena, sizeof *c);
    struct book *book = NULL;
    struct hash key;
    str said = S("");

    if (c == NULL)
        return;
    EXPECT_OK(rooted_book_made(o->app, &o->arena, &book));
    EXPECT_OK(book_write(book, &o->arena, &c->writer));
    holder_key(S(RIVAL_USCC), &key);
    EXPECT_OK(holders_put(c, &o->arena, &key, S("{}")));
    EXPECT_OK(holder_number_key(&o->arena, certificate_of(o), &key));
    EXPECT_OK(
        holder_number_said(&o->arena, certificate_of(o), S(RIVAL_USCC), &said));
    EXPECT_OK(holders_put(c, &o->arena, &key, said));
    EXPECT_OK(holders_settle(c, &o->heap, &o->arena));
    EXPECT_OK(book_commit(&c->writer, &o->arena));
}

/* A certificate that becomes another's leaves nothing with the former. */
ONE_STORE_TEST(a_certificate_that_changes_hands_is_the_new_ones_alone, true)
{
    TEST_OFFICE(o, place);
    struct register_rooted made = { 0 };
    struct verify_report r;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(enter(&o, &made));
    hand_over(&o);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    EXPECT_OK(enter(&o, &made));
    EXPECT(made.mark.numbers == 2);
    verify(&o, prove(&o, RIVAL_USCC), &r);
    EXPECT(found(&r, "verify.holder_none") == 1);
    verify(&o, prove(&o, OFFICE_USCC), &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
}

/* --- what is damaged ------------------------------------------------------ */

ONE_STORE_TEST(a_book_that_is_damaged_is_made_anew, true)
{
    TEST_OFFICE(o, place);
    struct register_rooted first = { 0 };
    struct register_rooted again = { 0 };
    char junk[8192];
    struct buf b;
    str path = S("");

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &first));
    buf_init(&b, &o.arena, 400);
    buf_str(&b, o.dir);
    buf_str(&b, S("/register/rooted/answers.mdb"));
    EXPECT_OK(buf_done(&b, &path));
    app_close(&o.app);
    memset(junk, 'x', sizeof junk);
    EXPECT_OK(file_write(&o.files, &o.arena, path, (str){ junk, sizeof junk },
                         FILE_SECRET));
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT_ERR(register_prove(o.app, &o.arena, S(OFFICE_USCC), &path),
               ERR_CORRUPT, "register.damaged");
    EXPECT_OK(enter(&o, &again));
    EXPECT(hash_eq(&again.mark.root, &first.mark.root));
}

/* As one of another program's format does. */
ONE_STORE_TEST(of_a_mark_that_is_none_everything_is_made_anew, true)
{
    TEST_OFFICE(o, place);
    struct sequencer daily = { .app = o.app };
    struct register_rooted first = { 0 };
    struct register_rooted again = { 0 };
    struct book_writer *w = NULL;
    struct book *book = NULL;
    str proof;

    (void)office_certified(&o);
    EXPECT_OK(enter(&o, &first));
    EXPECT_OK(rooted_book_made(o.app, &o.arena, &book));
    EXPECT_OK(book_write(book, &o.arena, &w));
    EXPECT_OK(book_put(w, &o.arena, BOOK_META, S("rooted"), S("short")));
    EXPECT_OK(book_put(w, &o.arena, BOOK_HOLDERS, S("junk"), S("junk")));
    EXPECT_OK(book_commit(&w, &o.arena));
    EXPECT_ERR(register_prove(o.app, &o.arena, S(OFFICE_USCC), &proof),
               ERR_CORRUPT, "register.mark");
    EXPECT_OK(register_root_daily(&daily, &o.arena, office_today(&o), &again));
    EXPECT(again.entered && hash_eq(&again.mark.root, &first.mark.root));
}

/* What the log has an entry about, and the register nothing. */
ONE_STORE_TEST(a_certificate_that_is_gone_gives_no_root, true)
{
    TEST_OFFICE(o, place);
    struct register_rooted made = { 0 };
    int64_t size;

    (void)office_certified(&o);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    (void)office_ask(&o, "UPDATE log_entry SET subject = 'certificate/GONE'"
                         " WHERE subject LIKE 'certificate/%'");
    EXPECT_ERR(enter(&o, &made), ERR_CORRUPT, "check.certificate");
}

/* An enterprise with thousands of certificates, all of them from a file. */
static void import_of_one(struct office *o, int count)
{
    struct import_counts c;
    struct buf b;
    str path = S("");
    str text = S("");

    buf_init(&b, &o->arena, 1 << 20);
    buf_str(&b, S("number,holder,uscc,body,criterion,from,until\n"));
    for (int i = 0; i < count; i++)
        buf_printf(&b,
                   "N%05d,示例,%s,示例认证,T 1-2026,2025-03-01,2028-02-29\n", i,
                   OFFICE_USCC);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &path));
    EXPECT_OK(file_write(&o->files, &o->arena, path, text, FILE_PUBLIC));
    const struct import_order order = {
        .from = { .files = &o->files, .path = path },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
    };
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
    EXPECT(c.put == count);
}

/* What is said of it was made once for each of them. */
ONE_STORE_TEST(an_enterprise_may_have_thousands_of_certificates, true)
{
    enum { THOUSANDS = 3000 };
    TEST_OFFICE(o, place);
    struct register_rooted made = { 0 };

    import_of_one(&o, THOUSANDS);
    EXPECT_OK(enter(&o, &made));
    EXPECT(made.mark.holders == 1 && made.mark.numbers == THOUSANDS);
    EXPECT(str_contains(prove(&o, OFFICE_USCC), S("N02999")));
}
