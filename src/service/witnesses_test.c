/* Who is asked to cosign, and who says so. [WS1] [WS2] */
#include "service/witnesses.h"

#include "base/buf.h"
#include "crypto/sign.h"
#include "merkle/policy.h"
#include "service/published.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "sys/files.h"

static str vkey_of(struct office *o, enum note_kind kind, uint8_t seed)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };
    const uint8_t bytes[SIGN_SEED_BYTES] = { seed };
    struct note_key key = { 0 };
    str out = S("");

    sign_key_of_seed(bytes, &pair);
    EXPECT_OK(note_key_of(&o->arena, kind, S("w.example"), pair.public, &key));
    EXPECT_OK(note_vkey(&o->arena, &key, &out));
    return out;
}

static err add(struct office *o, const char *login, const char *name, str vkey,
               const char *url)
{
    const struct witness_named w = { .name = str_of(name),
                                     .vkey = vkey,
                                     .url = str_of(url) };

    return witnesses_add(o->app, &o->arena, office_as(o, login), &w);
}

static size_t count(struct office *o)
{
    struct list all = { 0 };

    EXPECT_OK(witnesses_read(o->app, &o->arena, &all));
    return all.n;
}

ONE_STORE_TEST(witnesses_are_named_and_named_no_longer, true)
{
    TEST_OFFICE(o, place);
    str first = vkey_of(&o, NOTE_COSIGNATURE, 1);
    str second = vkey_of(&o, NOTE_COSIGNATURE, 2);
    struct list all = { 0 };

    EXPECT(count(&o) == 0);
    EXPECT_OK(add(&o, "admin", "one", first, "https://w.example/a/"));
    EXPECT_OK(add(&o, "admin", "two", second, "http://127.0.0.1:8011"));
    EXPECT_OK(witnesses_read(o.app, &o.arena, &all));
    EXPECT(all.n == 2);
    if (all.n == 2) {
        const struct witness_named *w = all.p;

        EXPECT_STR(w[0].name, S("one"));
        EXPECT_STR(w[0].vkey, first);
        EXPECT_STR(w[0].url, S("https://w.example/a"));
        EXPECT_STR(w[1].vkey, second);
    }
    EXPECT_OK(
        witnesses_remove(o.app, &o.arena, office_as(&o, "admin"), S("one")));
    EXPECT(count(&o) == 1);
    EXPECT_ERR(witnesses_remove(o.app, &o.arena, office_as(&o, "admin"),
                                S("one")),
               ERR_NOT_FOUND, "witnesses.unknown");
    EXPECT_ERR(witnesses_remove(o.app, &o.arena, office_as(&o, "head"),
                                S("two")),
               ERR_DENIED, "witnesses.names");
    EXPECT(count(&o) == 1);
}

/* [WS1] */
ONE_STORE_TEST(who_or_what_does_not_fit_is_not_named, true)
{
    TEST_OFFICE(o, place);
    str one = vkey_of(&o, NOTE_COSIGNATURE, 1);
    str two = vkey_of(&o, NOTE_COSIGNATURE, 2);
    const struct {
        const char *why;
        const char *login;
        const char *name;
        str vkey;
        const char *url;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no administrator", "head", "two", two, "https://w.example",
          ERR_DENIED, "witnesses.names" },
        { "the same name", "admin", "one", two, "https://w.example",
          ERR_CONFLICT, "witnesses.twice" },
        { "the same key", "admin", "two", one, "https://w.example",
          ERR_CONFLICT, "witnesses.twice" },
        { "no name", "admin", "", two, "https://w.example", ERR_INVALID,
          "witnesses.name" },
        { "a blank in it", "admin", "a b", two, "https://w.example",
          ERR_INVALID, "witnesses.name" },
        { "what policies call nobody", "admin", "none", two,
          "https://w.example", ERR_INVALID, "witnesses.name" },
        { "no key", "admin", "two", S("x"), "https://w.example", ERR_INVALID,
          "note.vkey" },
        { "a log's key", "admin", "two", vkey_of(&o, NOTE_SIGNATURE, 2),
          "https://w.example", ERR_INVALID, "witnesses.kind" },
        { "no address", "admin", "two", two, "", ERR_INVALID,
          "witnesses.where" },
        { "plain http to others", "admin", "two", two, "http://w.example",
          ERR_INVALID, "witnesses.where" },
        { "a blank in the address", "admin", "two", two, "https://w.example/ x",
          ERR_INVALID, "witnesses.where" },
        { "a line in it", "admin", "two", two,
          "https://w.example/\nquorum none", ERR_INVALID, "witnesses.where" },
        { "a file", "admin", "two", two, "file:///etc/passwd", ERR_INVALID,
          "witnesses.where" },
        { "a password", "admin", "two", two, "https://me:x@w.example",
          ERR_INVALID, "witnesses.where" },
    };

    EXPECT_OK(add(&o, "admin", "one", one, "https://w.example"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_ERR(rows[i].why,
                       add(&o, rows[i].login, rows[i].name, rows[i].vkey,
                           rows[i].url),
                       rows[i].code, rows[i].id);
        EXPECT_ROW(rows[i].why, count(&o) == 1);
    }
}

ONE_STORE_TEST(there_are_only_so_many, true)
{
    TEST_OFFICE(o, place);
    char name[] = "a";

    for (uint8_t i = 0; i < WITNESSES_MOST; i++, name[0]++)
        EXPECT_OK(add(&o, "admin", name, vkey_of(&o, NOTE_COSIGNATURE, i),
                      "https://w.example"));
    EXPECT(count(&o) == WITNESSES_MOST);
    EXPECT_ERR(add(&o, "admin", name, vkey_of(&o, NOTE_COSIGNATURE, 200),
                   "https://w.example"),
               ERR_LIMIT, "witnesses.many");
}

/* One more than are asked. */
static str too_many(struct office *o)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, POLICY_BYTES_MAX);
    for (int i = 0; i <= WITNESSES_MOST; i++)
        buf_printf(&b, "witness w%d %.*s https://w.example\n", i,
                   STR_ARG(vkey_of(o, NOTE_COSIGNATURE, (uint8_t)i)));
    buf_str(&b, S("quorum none\n"));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str too_long(struct office *o)
{
    char *p = arena_zero(&o->arena, POLICY_BYTES_MAX + 1);

    EXPECT(p != NULL);
    memset(p, '\n', POLICY_BYTES_MAX + 1);
    return (str){ p, POLICY_BYTES_MAX + 1 };
}

/* Who wrote nonsense in it is told, and nothing is signed meanwhile; what the
 * log says of itself is that it has stopped. */
ONE_STORE_TEST(a_file_that_cannot_be_read_is_no_list_of_witnesses, true)
{
    TEST_OFFICE(o, place);
    const struct {
        const char *why;
        str text;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "nonsense", S_INIT("nonsense\n"), ERR_INVALID, "policy.words" },
        { "cut short", S_INIT(""), ERR_INVALID, "policy.quorum_missing" },
        { "one too many", too_many(&o), ERR_LIMIT, "witnesses.many" },
        { "too long", too_long(&o), ERR_LIMIT, "file.limit" },
    };
    struct published_log l = { 0 };
    struct sequencer s = { .app = o.app };
    struct list all = { 0 };
    struct buf b;
    str path = S("");
    int64_t size;

    buf_init(&b, &o.arena, 400);
    buf_str(&b, o.dir);
    buf_str(&b, S("/witnesses"));
    EXPECT_OK(buf_done(&b, &path));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(
            file_write(&o.files, &o.arena, path, rows[i].text, FILE_PUBLIC));
        EXPECT_ROW_ERR(rows[i].why, witnesses_read(o.app, &o.arena, &all),
                       rows[i].code, rows[i].id);
        EXPECT_ROW_ERR(rows[i].why, sequence_turn(&s, &o.arena, &size),
                       rows[i].code, rows[i].id);
        EXPECT_ROW_OK(rows[i].why, published_log(o.app, &o.arena, &l));
        EXPECT_ROW(rows[i].why, l.stopped && l.witnesses.n == 0);
        EXPECT_ROW_ERR(rows[i].why, l.why, rows[i].code, rows[i].id);
    }
}
