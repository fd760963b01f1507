#include "codec/json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/jansson.h"

TEST(every_kind_of_value_is_read)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;

    if (!EXPECT_OK(json_parse(
            &a,
            S(" {\"n\": null, \"t\": true, \"f\": false, \"i\": -12,\r\n"
              "\t\"r\": 2.5, \"s\": \"\\u00e9\\ud83d\\ude00\\n\", "
              "\"a\": [1, []], \"o\": {}} "),
            &j)))
        return;
    EXPECT(j->kind == JSON_OBJECT && j->count == 8);
    EXPECT(json_get(j, S("n"))->kind == JSON_NULL);
    EXPECT(json_get(j, S("t"))->kind == JSON_BOOL);
    EXPECT(json_get(j, S("t"))->boolean && !json_get(j, S("f"))->boolean);
    EXPECT(json_get(j, S("i"))->kind == JSON_INT);
    EXPECT(json_get(j, S("i"))->number == -12);
    EXPECT(json_get(j, S("r"))->kind == JSON_REAL);
    EXPECT(json_get(j, S("r"))->real > 2.4 && json_get(j, S("r"))->real < 2.6);
    EXPECT_STR(json_get_str(j, S("s")), S("é😀\n"));
    EXPECT(json_get(j, S("a"))->count == 2);
    EXPECT(json_get(j, S("a"))->last->kind == JSON_ARRAY);
    EXPECT(json_get(j, S("o"))->kind == JSON_OBJECT);
    EXPECT(json_get(j, S("o"))->count == 0);
}

TEST(members_keep_the_order_of_the_text)
{
    TEST_ARENA(a, 1 << 16);
    static const char *const order[] = { "z", "a", "", "m" };
    struct json *j;
    size_t i = 0;

    if (!EXPECT_OK(json_parse(
            &a, S("{\"z\":1,\"a\":2,\"\":3,\"m\":{\"y\":1,\"b\":2}}"), &j)))
        return;
    for (const struct json *m = j->first; m != NULL; m = m->next)
        EXPECT_STR(m->key, str_of(order[i++]));
    EXPECT_STR(j->last->first->key, S("y"));
}

/* [J1] */
TEST(whole_numbers_are_exact_or_refused)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        str text;
        int64_t want;
    } rows[] = {
        { S_INIT("0"), 0 },
        { S_INIT("-0"), 0 },
        { S_INIT("9007199254740993"), INT64_C(9007199254740993) }, /* 2^53+1 */
        { S_INIT("-9007199254740993"), INT64_C(-9007199254740993) },
        { S_INIT("9223372036854775807"), INT64_MAX },
        { S_INIT("-9223372036854775808"), INT64_MIN },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json *j;

        if (!EXPECT_ROW_OK(rows[i].text.p, json_parse(&a, rows[i].text, &j)))
            continue;
        EXPECT_ROW(rows[i].text.p, j->kind == JSON_INT);
        EXPECT_ROW(rows[i].text.p, j->number == rows[i].want);
    }
}

TEST(reals_are_read_where_whole_numbers_end)
{
    TEST_ARENA(a, 1 << 16);
    static const str rows[] = {
        S_INIT("0.5"),
        S_INIT("1e21"),
        S_INIT("-1e21"),
        S_INIT("1e308"),
        S_INIT("-1e-308"),
        S_INIT("-9223372036854775808.0"),
        S_INIT("1e-400"),
        S_INIT("1e20"),
        S_INIT("100000000000000000000"), /* 1e20, as ECMAScript prints it */
        S_INIT("-295147905179352830000"),
        S_INIT("9223372036854776000"),
        /* 2^63, likewise */ S_INIT("9223372036854774784.0"),
        S_INIT("123.0E+2"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json *j;

        if (EXPECT_ROW_OK(rows[i].p, json_parse(&a, rows[i], &j)))
            EXPECT_ROW(rows[i].p, j->kind == JSON_REAL);
    }
}

static int64_t number_of(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return -1;
}

static const struct {
    const char *name;
    str text;
    const char *id;
    int64_t line;
    int64_t column;
} refused[] = {
    { "nothing", S_INIT(""), "json.end", 1, 1 },
    { "only blanks", S_INIT(" \n "), "json.end", 2, 2 },
    { "BOM", S_INIT("\xef\xbb\xbf{}"), "json.bom", 1, 1 },
    { "a word", S_INIT("yes"), "json.syntax", 1, 1 },
    { "capital word", S_INIT("True"), "json.syntax", 1, 1 },
    { "cut word", S_INIT("[nul]"), "json.syntax", 1, 2 },
    { "long word", S_INIT("nullx"), "json.after", 1, 5 },
    { "open object", S_INIT("{\"a\":1"), "json.end", 1, 7 },
    { "open array", S_INIT("[1,"), "json.end", 1, 4 },
    { "open text", S_INIT("\"abc"), "json.end", 1, 5 },
    { "ends in an escape", S_INIT("\"\\"), "json.end", 1, 3 },
    { "ends in a long escape", S_INIT("\"\\u00"), "json.end", 1, 6 },
    { "comma at the end", S_INIT("[1,\n2,\n]"), "json.syntax", 3, 1 },
    { "comma at an object's end", S_INIT("{\"a\":1,}"), "json.syntax", 1, 8 },
    { "comma at the start", S_INIT("[,1]"), "json.syntax", 1, 2 },
    { "missing comma", S_INIT("[1 2]"), "json.syntax", 1, 4 },
    { "wrong bracket", S_INIT("[1}"), "json.syntax", 1, 3 },
    { "member without value", S_INIT("{\"a\"}"), "json.syntax", 1, 5 },
    { "number as a key", S_INIT("{1:1}"), "json.syntax", 1, 2 },
    { "single quotes", S_INIT("{'a':1}"), "json.syntax", 1, 2 },
    { "comment", S_INIT("[1 /* x */]"), "json.syntax", 1, 4 },
    { "form feed is no blank", S_INIT("[\f1]"), "json.syntax", 1, 2 },
    { "leading zero", S_INIT("012"), "json.after", 1, 2 },
    { "plus sign", S_INIT("+1"), "json.syntax", 1, 1 },
    { "only a minus", S_INIT("[-]"), "json.syntax", 1, 3 },
    { "no digit before the point", S_INIT(".5"), "json.syntax", 1, 1 },
    { "no digit after the point", S_INIT("[1.]"), "json.syntax", 1, 4 },
    { "no digit in the exponent", S_INIT("[1e+]"), "json.syntax", 1, 5 },
    { "hexadecimal", S_INIT("0x10"), "json.after", 1, 2 },
    { "not a number", S_INIT("NaN"), "json.syntax", 1, 1 },
    { "infinity", S_INIT("-Infinity"), "json.syntax", 1, 2 },
    { "too large a real", S_INIT("1e400"), "json.number", 1, 1 },
    { "too small a real", S_INIT("[0, -1e309]"), "json.number", 1, 5 },
    { "too large a whole number", S_INIT("[1,\n9223372036854775808]"),
      "json.number", 2, 1 },
    { "too small a whole number", S_INIT("-9223372036854775809"), "json.number",
      1, 1 },
    { "digits that would be lost", S_INIT("100000000000000000001"),
      "json.number", 1, 1 },
    { "digits that ECMAScript would not print",
      S_INIT("1000000000000000000000"), "json.number", 1, 1 },
    { "duplicate key", S_INIT("{\"a\":1,\n \"a\":2}"), "json.duplicate", 2, 3 },
    { "duplicate behind an escape", S_INIT("{\"a\":1,\"\\u0061\":2}"),
      "json.duplicate", 1, 9 },
    { "duplicate empty key", S_INIT("{\"\":1,\"\":2}"), "json.duplicate", 1,
      8 },
    { "more after the value", S_INIT("{} {}"), "json.after", 1, 4 },
    { "NUL escaped", S_INIT("\"a\\u0000b\""), "json.nul", 1, 5 },
    { "NUL in a key", S_INIT("{\"a\\u0000b\":1}"), "json.nul", 1, 6 },
    { "NUL in a text", S_INIT("\"a\0b\""), "json.nul", 1, 3 },
    { "NUL for a value", S_INIT("[\0]"), "json.nul", 1, 2 },
    { "NUL behind a number", S_INIT("[1\0]"), "json.nul", 1, 3 },
    { "NUL after the value", S_INIT("1\0"), "json.after", 1, 2 },
    { "raw line feed", S_INIT("\"a\nb\""), "json.control", 1, 3 },
    { "raw unit separator", S_INIT("\"\x1f\""), "json.control", 1, 2 },
    { "unknown escape", S_INIT("\"\\x\""), "json.escape", 1, 3 },
    { "NUL as an escape", S_INIT("\"\\\0\""), "json.escape", 1, 3 },
    { "no hexadecimal digit", S_INIT("\"\\u00g0\""), "json.escape", 1, 6 },
    { "lone high surrogate", S_INIT("\"\\ud800\""), "json.surrogate", 1, 4 },
    { "lone low surrogate", S_INIT("\"\\udc00x\""), "json.surrogate", 1, 4 },
    { "high and no low", S_INIT("\"\\ud800\\u0041\""), "json.surrogate", 1, 4 },
    { "two high ones", S_INIT("\"\\udbff\\udbff\""), "json.surrogate", 1, 4 },
    { "high and half a low", S_INIT("\"\\ud800\\udc\""), "json.escape", 1, 12 },
    { "surrogate in UTF-8", S_INIT("\"\xed\xa0\x80\""), "json.utf8", 1, 2 },
    { "overlong slash", S_INIT("\"\xc0\xaf\""), "json.utf8", 1, 2 },
    { "above U+10FFFF", S_INIT("\"\xf4\x90\x80\x80\""), "json.utf8", 1, 2 },
    { "cut character", S_INIT("\"\xe4\xbd"), "json.utf8", 1, 2 },
    { "bytes outside of texts", S_INIT("[\xff]"), "json.syntax", 1, 2 },
    { "after a Chinese one", S_INIT("[\"你好\" 1]"), "json.syntax", 1, 7 },
};

/* [J1] */
TEST(hostile_and_malformed_texts_are_refused_at_their_place)
{
    TEST_ARENA(a, 1 << 20);
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct json *j = NULL;
        err e = json_parse(&a, refused[i].text, &j);

        EXPECT_ROW_ERR(refused[i].name, e, ERR_INVALID, refused[i].id);
        EXPECT_ROW(refused[i].name, j == NULL);
        if (!failed(e))
            continue;
        EXPECT_ROW(refused[i].name, number_of(e, "line") == refused[i].line);
        EXPECT_ROW(refused[i].name,
                   number_of(e, "column") == refused[i].column);
    }
}

TEST(a_number_longer_than_any_reason_is_refused)
{
    TEST_ARENA(a, 1 << 16);
    char text[402];
    struct json *j;

    memset(text, '0', sizeof text);
    text[1] = '.';
    EXPECT_OK(json_parse(&a, (str){ text, 400 }, &j));
    EXPECT_ERR(json_parse(&a, (str){ text, 401 }, &j), ERR_INVALID,
               "json.number");
}

TEST(a_refusal_names_the_key_or_what_leads_up_to_the_place)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;

    err e = json_parse(&a, S("{\"x\\\"y\":1,\"z\":1,\"x\\\"y\":2}"), &j);
    EXPECT_ERR(e, ERR_INVALID, "json.duplicate");
    EXPECT_STR(err_arg_text(e, "key"), S("x\"y"));

    e = json_parse(&a, S("{\"name\":\n  nil}"), &j);
    EXPECT_ERR(e, ERR_INVALID, "json.syntax");
    EXPECT_STR(err_arg_text(e, "near"), S("{\"name\":\n  n"));

    e = json_parse(&a, S("[\"一二三四五六七八九十一二三四五六七八九十\", 零]"),
                   &j);
    EXPECT_ERR(e, ERR_INVALID, "json.syntax");
    EXPECT_STR(err_arg_text(e, "near"),
               S("五六七八九十一二三四五六七八九十\", 零"));

    e = json_parse(&a, S("[\"\xff"), &j); /* no words for what is no text */
    EXPECT_ERR(e, ERR_INVALID, "json.utf8");
    EXPECT_STR(err_arg_text(e, "near"), S(""));
}

/* What becomes of a text that has this byte among letters. */
static const char *refusal_of(unsigned char c)
{
    if (c == 0)
        return "json.nul";
    if (c < 0x20)
        return "json.control";
    if (c >= 0x80)
        return "json.utf8";
    return c == '\\' ? "json.escape" : c == '"' ? "json.after" : NULL;
}

/* [J1] Texts are looked through by eights: at whichever place of them. */
TEST(each_byte_is_told_apart_wherever_it_stands_in_a_text)
{
    enum { LETTERS = 19 };

    for (size_t at = 1; at < LETTERS; at++) {
        for (int c = 0; c < 256; c++) {
            TEST_ARENA(a, 1 << 16);
            char text[LETTERS + 3];
            struct json *j = NULL;
            const char *id = refusal_of((unsigned char)c);

            memset(text, 'x', sizeof text);
            text[0] = text[LETTERS + 1] = '"';
            text[LETTERS + 2] = ' ';
            text[at] = (char)c;
            err e = json_parse(&a, (str){ text, sizeof text }, &j);
            if (id == NULL)
                EXPECT(!failed(e) && j->text.n == LETTERS &&
                       j->text.p[at - 1] == (char)c);
            else
                EXPECT_ERR(e, ERR_INVALID, id);
        }
    }
}

/* [JP2] */
TEST(what_is_sealed_is_copied_only_where_an_escape_is_decoded)
{
    TEST_ARENA(a, 1 << 16);
    static const str plain = S_INIT("{\"a\":\"b\"}");
    static const str escaped = S_INIT("{\"a\":\"b\",\"c\":\"\\u0064\"}");
    const struct json *j = NULL;

    EXPECT_OK(json_parse_sealed(&a, plain, &j));
    EXPECT(j->source.p == plain.p && j->first->key.p == plain.p + 2 &&
           j->first->text.p == plain.p + 6);
    EXPECT_OK(json_parse_sealed(&a, escaped, &j));
    EXPECT(j->first->text.p != escaped.p + 6);
    EXPECT_STR(j->first->text, S("b"));
    EXPECT_STR(j->last->text, S("d"));
    EXPECT_STR(escaped, S("{\"a\":\"b\",\"c\":\"\\u0064\"}"));
}

TEST(the_text_need_not_outlive_the_tree)
{
    TEST_ARENA(a, 1 << 16);
    char text[] = "{\"key\":[\"plain\",\"tab\\tand \\u4f60\\ud83d\\ude00!\"]}";
    struct json *j;

    if (!EXPECT_OK(json_parse(&a, str_of(text), &j)))
        return;
    memset(text, 'x', sizeof text);
    const struct json *list = json_get(j, S("key"));
    if (list == NULL || list->count != 2) {
        EXPECT(false);
        return;
    }
    EXPECT_STR(list->first->text, S("plain"));
    EXPECT_STR(list->last->text, S("tab\tand 你😀!"));
}

/* "{"k0":0,"k1":0,..}" with `n` members; the last is called as `twice` says. */
static str many_members(struct arena *a, size_t n, const char *twice)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i + 1 < n; i++)
        buf_printf(&b, "%c\"k%zu\":0", i == 0 ? '{' : ',', i);
    buf_printf(&b, ",\n\"%s\":0}", twice);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_duplicate_is_found_in_objects_of_every_size)
{
    TEST_ARENA(a, 1 << 24);
    static const size_t sizes[] = { 2, 16, 17, 18, 1000, 20000 };
    struct json *j;

    for (size_t i = 0; i < COUNT(sizes); i++) {
        EXPECT_OK(json_parse(&a, many_members(&a, sizes[i], "new"), &j));
        err e = json_parse(&a, many_members(&a, sizes[i], "k0"), &j);
        EXPECT_ERR(e, ERR_INVALID, "json.duplicate");
        EXPECT_STR(err_arg_text(e, "key"), S("k0"));
        EXPECT(number_of(e, "line") == 2);
    }
}

TEST(the_first_of_several_duplicates_is_named)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;
    static const str text =
        S_INIT("{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,"
               "\"h\":0,\"i\":0,\"j\":0,\"k\":0,\"l\":0,\"m\":0,\"n\":0,"
               "\"o\":0,\"p\":0,\"p\":0,\"a\":0,\"p\":0,\"b\":0}");

    EXPECT_STR(err_arg_text(json_parse(&a, text, &j), "key"), S("p"));
    EXPECT_STR(err_arg_text(json_parse(&a,
                                       S("{\"b\":0,\"a\":0,\"a\":0,"
                                         "\"b\":0}"),
                                       &j),
                            "key"),
               S("a"));
}

/* `depth` arrays in one another around `inner`. */
static str nested(struct arena *a, size_t depth, str inner)
{
    char *p = arena_zero(a, 2 * depth + inner.n);

    if (p == NULL)
        return S("");
    memset(p, '[', depth);
    memcpy(p + depth, inner.p, inner.n);
    memset(p + depth + inner.n, ']', depth);
    return (str){ p, 2 * depth + inner.n };
}

TEST(nesting_is_limited)
{
    TEST_ARENA(a, 1 << 20);
    struct json *j;

    EXPECT_OK(json_parse(&a, nested(&a, JSON_DEPTH, S("1")), &j));
    EXPECT_OK(json_parse(&a, nested(&a, JSON_DEPTH - 1, S("{}, []")), &j));
    EXPECT_OK(json_parse(&a, nested(&a, JSON_DEPTH, S("\"[[[\\\"[[\"")), &j));

    err e = json_parse(&a, nested(&a, JSON_DEPTH, S("{}")), &j);
    EXPECT_ERR(e, ERR_INVALID, "json.depth");
    EXPECT(number_of(e, "line") == 1);
    EXPECT(number_of(e, "column") == JSON_DEPTH + 1);
    EXPECT_ERR(json_parse(&a, nested(&a, 100000, S("")), &j), ERR_INVALID,
               "json.depth");
    EXPECT_ERR(json_parse(&a, str_first(nested(&a, 100000, S("")), 100000), &j),
               ERR_INVALID, "json.depth");
}

/* --- memory ----------------------------------------------------------- */

static const str sample =
    S_INIT("{\"name\":\"示例\",\"list\":[1,2.5,{\"deep\":[true,null]}],"
           "\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,"
           "\"i\":0,\"j\":0,\"k\":0,\"l\":0,\"m\":0,\"n\":0,\"o\":0}");

static err parse_sample(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct json *j = NULL;

    arena_init(&a, h, 1 << 20);
    err e = json_parse(&a, sample, &j);
    EXPECT(failed(e) == (j == NULL));
    return e;
}

TEST(parsing_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(parse_sample, NULL, NULL) > 0);
}

static err refuse_sample(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct json *j;

    arena_init(&a, h, 1 << 20);
    err e = json_parse(&a, S("{\"a\":1,\"a\":x}"), &j);
    if (failed(e) && e.info->code == ERR_INVALID)
        return OK;
    return e;
}

TEST(refusing_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(refuse_sample, NULL, NULL) > 0);
}

/* --- another reader, as a referee ------------------------------------- */

static void free_tree(json_t **t)
{
    json_decref(*t);
}

static bool same(const struct json *ours, json_t *theirs);

static bool same_array(const struct json *ours, const json_t *theirs)
{
    size_t i = 0;

    if (ours->count != json_array_size(theirs))
        return false;
    for (const struct json *m = ours->first; m != NULL; m = m->next) {
        if (!same(m, json_array_get(theirs, i++)))
            return false;
    }
    return i == ours->count;
}

static bool same_object(const struct json *ours, json_t *theirs)
{
    void *it = json_object_iter(theirs);

    for (const struct json *m = ours->first; m != NULL; m = m->next) {
        if (it == NULL || !str_eq(m->key, str_of(json_object_iter_key(it))) ||
            !same(m, json_object_iter_value(it)))
            return false;
        it = json_object_iter_next(theirs, it);
    }
    return it == NULL;
}

static bool same_real(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool same(const struct json *ours, json_t *theirs)
{
    switch (json_typeof(theirs)) {
    case JANSSON_NULL: return ours->kind == JSON_NULL;
    case JSON_TRUE: return ours->kind == JSON_BOOL && ours->boolean;
    case JSON_FALSE: return ours->kind == JSON_BOOL && !ours->boolean;
    case JSON_INTEGER:
        return ours->kind == JSON_INT &&
               ours->number == json_integer_value(theirs);
    case JANSSON_REAL:
        return ours->kind == JSON_REAL &&
               same_real(ours->real, json_real_value(theirs));
    case JSON_STRING:
        return ours->kind == JSON_STR &&
               str_eq(ours->text, (str){ json_string_value(theirs),
                                         json_string_length(theirs) });
    case JANSSON_ARRAY:
        return ours->kind == JSON_ARRAY && same_array(ours, theirs);
    case JANSSON_OBJECT:
        return ours->kind == JSON_OBJECT && same_object(ours, theirs);
    }
    return false;
}

/* Change one byte, drop one, double one, or put in one that JSON likes. */
static size_t mutate(struct test_random *r, char *p, size_t n)
{
    static const char liked[] = "{}[],:\"\\0123456789.eE+-u \ntrue\x01\xc3\xe4";
    size_t at = test_random_below(r, n);

    switch (test_random_below(r, 4)) {
    case 0: p[at] = liked[test_random_below(r, sizeof liked - 1)]; return n;
    case 1: memmove(p + at, p + at + 1, n - at - 1); return n - 1;
    case 2: memmove(p + at + 1, p + at, n - at); return n + 1;
    default: p[at] = (char)(1 + test_random_below(r, 255)); return n;
    }
}

/* [property] jansson and we agree on every text near to a good one: both
 * refuse it, or both read the same tree. */
TEST(mutated_texts_are_read_as_jansson_reads_them)
{
    static const str good = S_INIT(
        "{\"a\":[1,-2.5e3,true,false,null],\"b\":{\"\\u00e9\":\"\\n\\ud83d"
        "\\ude00\xe4\xbd\xa0\"},\"c\":0.25}");
    struct test_random r = { TEST_SEED };
    size_t accepted = 0;

    for (int i = 0; i < 20000; i++) {
        TEST_ARENA(a, 1 << 16);
        char text[128];
        size_t n = good.n;
        struct json *ours = NULL;

        memcpy(text, good.p, n);
        for (uint64_t k = test_random_below(&r, 3); k < 3; k++)
            n = mutate(&r, text, n);
        scoped(free_tree) json_t *theirs =
            json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
        err e = json_parse(&a, (str){ text, n }, &ours);

        EXPECT(failed(e) == (theirs == NULL));
        EXPECT(failed(e) || same(ours, theirs));
        accepted += !failed(e);
    }
    EXPECT(accepted > 1000 && accepted < 19000);
}
