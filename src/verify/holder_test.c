/* What proves all certificates of an enterprise, and that it has none. [HP1]
 * [HP2] [HP3] */
#include "verify/holder.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "verify/entry.h"

#include <stdio.h>
#include <stdlib.h>

enum { HOLDERS = 40, ARENA = 8 << 20 };

/* A register of HOLDERS enterprises, "91350100M0001001%02d". */
struct world {
    struct map_pair pairs[HOLDERS];
    struct hash root;
};

static str uscc_of(struct arena *a, int i)
{
    char text[40];
    str out = S("");

    (void)snprintf(text, sizeof text, "91350100M0001001%02d", i);
    EXPECT(arena_str(a, str_of(text), &out));
    return out;
}

static str said_of(struct arena *a, str uscc)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 100);
    buf_printf(&b, "{\"certificates\":[],\"uscc\":\"%.*s\"}", STR_ARG(uscc));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}

static void make_world(struct world *w, struct arena *a)
{
    for (int i = 0; i < HOLDERS; i++) {
        str said = said_of(a, uscc_of(a, i));

        holder_key(uscc_of(a, i), &w->pairs[i].key);
        sha256(said.p, said.n, w->pairs[i].value.b);
    }
    qsort(w->pairs, HOLDERS, sizeof *w->pairs, by_key);
    map_root(w->pairs, HOLDERS, 0, &w->root);
}

/* The proof of enterprise i, which from HOLDERS on has nothing. */
static struct holder_proof *proof_of(const struct world *w, struct arena *a,
                                     int i)
{
    struct holder_proof *p = arena_zero(a, sizeof *p);
    struct hash key;

    if (p == NULL)
        abort();
    p->uscc = uscc_of(a, i);
    p->said = i < HOLDERS ? said_of(a, p->uscc) : S("");
    p->log = S("c2sp.org/tlog-proof@v1\n");
    holder_key(p->uscc, &key);
    map_prove(w->pairs, HOLDERS, 0, &key, &p->map);
    return p;
}

static err check_text(const struct world *w, struct arena *a, str text)
{
    struct holder_proof *p = arena_zero(a, sizeof *p);

    TRY_MEMORY(p);
    TRY(holder_proof_read(a, text, p));
    return holder_proof_check(a, p, &w->root);
}

TEST(what_is_written_is_read_and_proves_presence_and_absence)
{
    TEST_ARENA(a, ARENA);
    struct world w;
    str text = S("");

    make_world(&w, &a);
    for (int i = 0; i < 2 * HOLDERS; i++) {
        EXPECT_OK(holder_proof_write(&a, proof_of(&w, &a, i), &text));
        EXPECT_OK(check_text(&w, &a, text));
    }
}

/* Whatever byte is another, the proof is none, or proves something else. */
TEST(no_byte_of_it_can_be_altered)
{
    TEST_ARENA(a, 64 << 20);
    struct world w;
    str text = S("");

    make_world(&w, &a);
    EXPECT_OK(holder_proof_write(&a, proof_of(&w, &a, 3), &text));
    for (size_t at = 0; at < text.n; at++) {
        TEST_ARENA(own, ARENA);
        char *bytes = arena_zero(&own, text.n);

        if (bytes == NULL)
            abort();
        memcpy(bytes, text.p, text.n);
        bytes[at] = (char)(bytes[at] ^ 1);
        /* The log's part is checked by itself: merkle/tlog_proof_test.c. */
        if (str_find(text, S("\"log\":\"")) + 7 <= at &&
            at < str_find(text, S("\",\"map\"")))
            continue;
        EXPECT_ROW(text.p + at,
                   failed(check_text(&w, &own, (str){ bytes, text.n })));
    }
}

TEST(nobody_is_proved_to_have_nothing_who_has_something)
{
    TEST_ARENA(a, ARENA);
    struct world w;

    make_world(&w, &a);
    struct holder_proof *p = proof_of(&w, &a, 5);
    p->said = S("");
    EXPECT_ERR(holder_proof_check(&a, p, &w.root), ERR_INVALID, "holder.map");

    struct holder_proof *q = proof_of(&w, &a, HOLDERS + 5);
    q->said = said_of(&a, q->uscc);
    EXPECT_ERR(holder_proof_check(&a, q, &w.root), ERR_INVALID, "holder.map");
}

/* The register's own slip would be seen too. */
TEST(what_is_said_is_of_the_enterprise)
{
    TEST_ARENA(a, ARENA);
    struct holder_proof *p = arena_zero(&a, sizeof *p);
    struct map_pair pair;
    struct json *j = NULL;
    struct hash root;

    if (p == NULL)
        abort();
    p->uscc = uscc_of(&a, 1);
    p->said = said_of(&a, uscc_of(&a, 2));
    EXPECT_OK(json_parse(&a, p->said, &j));
    p->holder = j;
    holder_key(p->uscc, &pair.key);
    sha256(p->said.p, p->said.n, pair.value.b);
    map_root(&pair, 1, 0, &root);
    EXPECT_ERR(holder_proof_check(&a, p, &root), ERR_INVALID, "holder.other");
}

TEST(what_is_no_proof_is_refused_with_what_is_wrong)
{
#define HEAD "{\"holder\":null,\"log\":\"x\",\"map\":"
#define MAP  "{\"aside\":[],\"other\":null}"
#define TYPE ",\"type\":\"tenstar holder proof\","
#define USCC "\"uscc\":\"91350100M000100Y43\""
#define TAIL TYPE USCC ",\"version\":1}"
    static const struct {
        const char *text;
        const char *id;
    } rows[] = {
        { HEAD MAP TAIL, NULL },
        { "", "holder.form" },
        { "[]", "holder.form" },
        { "{", "holder.form" },
        { " " HEAD MAP TAIL, "holder.form" },
        { HEAD MAP ",\"type\":\"another\"," USCC ",\"version\":1}",
          "holder.form" },
        { "{\"also\":1,\"holder\":null,\"log\":\"x\",\"map\":" MAP TAIL,
          "holder.form" },
        { HEAD MAP TYPE USCC ",\"version\":2}", "holder.field" },
        { HEAD MAP TYPE USCC ",\"version\":\"1\"}", "holder.field" },
        { HEAD MAP TYPE USCC ",\"was\":1}", "holder.field" },
        { "{\"holder\":null,\"lof\":\"x\",\"map\":" MAP TAIL, "holder.field" },
        { HEAD MAP TYPE "\"uscc\":\"short\",\"version\":1}", "holder.field" },
        { HEAD "{\"aside\":0,\"other\":null}" TAIL, "holder.field" },
        { HEAD "{\"other\":null}" TAIL, "holder.field" },
        { HEAD "{\"aside\":[1],\"other\":null}" TAIL, "holder.field" },
        { HEAD "{\"aside\":[\"00\"],\"other\":null}" TAIL, "holder.field" },
        { HEAD "{\"aside\":[]}" TAIL, "holder.field" },
        { HEAD "{\"aside\":[],\"other\":{}}" TAIL, "holder.field" },
        { "{\"holder\":1,\"log\":\"x\",\"map\":" MAP TAIL, "holder.field" },
        { "{\"folder\":1,\"log\":\"x\",\"map\":" MAP TAIL, "holder.field" },
    };
    TEST_ARENA(a, ARENA);
    struct holder_proof *p = arena_zero(&a, sizeof *p);

    for (size_t i = 0; i < COUNT(rows) && p != NULL; i++) {
        err e = holder_proof_read(&a, str_of(rows[i].text), p);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].text, e);
        else
            EXPECT_ROW_ERR(rows[i].text, e, ERR_INVALID, rows[i].id);
    }
}

TEST(more_halves_than_a_key_has_bits_are_none)
{
    TEST_ARENA(a, ARENA);
    struct holder_proof *p = arena_zero(&a, sizeof *p);
    struct world w;
    str text = S("");
    str more = S("");
    struct buf b;

    make_world(&w, &a);
    if (p == NULL)
        abort();
    *p = *proof_of(&w, &a, 1);
    p->map.n = MAP_DEPTH_MAX;
    EXPECT_OK(holder_proof_write(&a, p, &text));
    EXPECT_OK(holder_proof_read(&a, text, p));
    size_t at = str_find(text, S("],\"other\""));
    buf_init(&b, &a, 1 << 20);
    buf_str(&b, str_first(text, at));
    buf_str(&b, S(",\""));
    for (int i = 0; i < 64; i++)
        buf_char(&b, '0');
    buf_char(&b, '"');
    buf_str(&b, str_from(text, at));
    EXPECT_OK(buf_done(&b, &more));
    EXPECT_ERR(holder_proof_read(&a, more, p), ERR_INVALID, "holder.field");
}

/* [HP2] */
TEST(a_number_has_one_key_however_it_is_written)
{
    TEST_ARENA(a, ARENA);
    struct hash key = { 0 };
    struct hash same = { 0 };
    struct hash other = { 0 };
    str said = S("");

    EXPECT_OK(holder_number_key(&a, S("00026SC0001R0S"), &key));
    EXPECT_OK(holder_number_key(&a, S(" 00026sc 0001r0s"), &same));
    holder_key(S("00026SC0001R0S"), &other);
    EXPECT(hash_eq(&key, &same) && !hash_eq(&key, &other));
    EXPECT_OK(holder_number_said(&a, S("N"), S("U"), &said));
    EXPECT_STR(said, S("{\"number\":\"N\",\"uscc\":\"U\"}"));
}

/* --- the root ------------------------------------------------------------- */

#define ROOT    "\"root\":\"" SIXTEEN SIXTEEN SIXTEEN SIXTEEN "\""
#define SIXTEEN "00112233aabbccdd"

TEST(a_root_is_read_from_its_entry_and_from_no_other)
{
    static const struct {
        const char *kind;
        const char *open;
        const char *id;
    } rows[] = {
        { "register.root", "\"holders\":2,\"numbers\":3," ROOT ",\"upto\":7",
          NULL },
        { "key.made", "\"holders\":2,\"numbers\":3," ROOT ",\"upto\":7",
          "holder.entry" },
        { "register.root", "\"holders\":2,\"numbers\":3,\"upto\":7",
          "entry.field" },
        { "register.root", "\"numbers\":3," ROOT ",\"upto\":7", "entry.field" },
        { "register.root", "\"holders\":-1,\"numbers\":3," ROOT ",\"upto\":7",
          "entry.field" },
        { "register.root", "\"holders\":2," ROOT ",\"upto\":7", "entry.field" },
        { "register.root",
          "\"holders\":2,\"numbers\":3," ROOT ",\"upto\":\"7\"",
          "entry.field" },
    };
    TEST_ARENA(a, ARENA);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct log_entry e = { 0 };
        struct holder_root root = { 0 };
        char leaf[400];

        (void)snprintf(leaf, sizeof leaf,
                       "{\"at\":1,\"on\":\"2026-03-01\",\"public\":{%s},"
                       "\"sealed\":{},\"type\":\"%s\",\"version\":1}",
                       rows[i].open, rows[i].kind);
        EXPECT_ROW_OK(leaf, entry_read(&a, str_of(leaf), &e));
        err why = holder_root_read(&a, &e, &root);
        if (rows[i].id != NULL) {
            EXPECT_ROW_ERR(leaf, why, ERR_INVALID, rows[i].id);
            continue;
        }
        EXPECT_ROW_OK(leaf, why);
        EXPECT(root.holders == 2 && root.numbers == 3 && root.upto == 7 &&
               root.root.b[1] == 0x11);
    }
}
