#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record_test_sample.h"

enum { WORDS_MAX = 4 };

struct words {
    str p[WORDS_MAX];
    size_t n;
};

/* "a=1|b=2" as two words. */
static struct words cut_words(str text)
{
    struct words w = { .n = 0 };

    for (str rest = text; rest.p != NULL && w.n < WORDS_MAX; w.n++)
        w.p[w.n] = str_cut(&rest, '|');
    return w;
}

static str canonical(struct arena *a, const struct json *j)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 1 << 16);
    json_canonical(&b, j);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(words_become_json_by_the_kinds_of_their_fields)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str words;
        str want;
    } rows[] = {
        { "text", S_INIT("title=示例"), S_INIT("{\"title\":\"示例\"}") },
        { "empty text", S_INIT("title="), S_INIT("{\"title\":\"\"}") },
        { "text with equals signs", S_INIT("title=a=b="),
          S_INIT("{\"title\":\"a=b=\"}") },
        { "digits of a text", S_INIT("title=12"),
          S_INIT("{\"title\":\"12\"}") },
        { "numbers", S_INIT("staff=12|bonus=-5"),
          S_INIT("{\"bonus\":-5,\"staff\":12}") },
        { "ends of the range",
          S_INIT("staff=9223372036854775807|"
                 "bonus=-9223372036854775808"),
          S_INIT("{\"bonus\":-9223372036854775808,"
                 "\"staff\":9223372036854775807}") },
        { "no numbers, left to the reader",
          S_INIT("staff=9223372036854775808|bonus=-"),
          S_INIT("{\"bonus\":\"-\",\"staff\":\"9223372036854775808\"}") },
        { "a comma is no number", S_INIT("staff=1,000"),
          S_INIT("{\"staff\":\"1,000\"}") },
        { "yes and no", S_INIT("paper=yes|urgent=no"),
          S_INIT("{\"paper\":true,\"urgent\":false}") },
        { "true and false", S_INIT("paper=false|urgent=true"),
          S_INIT("{\"paper\":false,\"urgent\":true}") },
        { "neither", S_INIT("paper=Yes"), S_INIT("{\"paper\":\"Yes\"}") },
        { "texts with a form", S_INIT("on=2026-11-24|limit=5wd|role=chief"),
          S_INIT("{\"limit\":\"5wd\",\"on\":\"2026-11-24\","
                 "\"role\":\"chief\"}") },
        { "a list as JSON", S_INIT("tags=[\"a\", \"b\"]"),
          S_INIT("{\"tags\":[\"a\",\"b\"]}") },
        { "a record as JSON", S_INIT("chief={\"name\": \"张\"}"),
          S_INIT("{\"chief\":{\"name\":\"张\"}}") },
        { "a record by its fields",
          S_INIT("chief.name=张|deputy.role=chief|chief.since=2026-01-01"),
          S_INIT("{\"chief\":{\"name\":\"张\",\"since\":\"2026-01-01\"},"
                 "\"deputy\":{\"role\":\"chief\"}}") },
        { "a record as JSON and a field", S_INIT("chief={}|chief.name=张"),
          S_INIT("{\"chief\":{\"name\":\"张\"}}") },
        { "unknown names, left to the reader",
          S_INIT("x=1|title.y=2|chief.z=3|a.b.c=4"),
          S_INIT("{\"a.b.c\":\"4\",\"chief\":{\"z\":\"3\"},"
                 "\"title.y\":\"2\",\"x\":\"1\"}") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct words w = cut_words(rows[i].words);
        struct json *j;

        if (EXPECT_ROW_OK(rows[i].name,
                          record_words(&a, &sample_record, w.p, w.n, &j)))
            EXPECT_ROW_STR(rows[i].name, canonical(&a, j), rows[i].want);
    }
}

TEST(no_words_are_an_empty_object)
{
    TEST_ARENA(a, 1 << 16);
    struct json *j;

    if (EXPECT_OK(record_words(&a, &sample_record, NULL, 0, &j)))
        EXPECT_STR(canonical(&a, j), S("{}"));
}

TEST(words_that_say_nothing_or_too_much_are_refused)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str words;
        const char *id;
        const char *argument;
        str want;
    } rows[] = {
        { "no equals sign", S_INIT("title=ab|staff"), "record.word", "word",
          S_INIT("staff") },
        { "no name", S_INIT("=5"), "record.word", "word", S_INIT("=5") },
        { "empty word", S_INIT(""), "record.word", "word", S_INIT("") },
        { "twice", S_INIT("staff=1|staff=1"), "record.twice", "path",
          S_INIT("staff") },
        { "unknown twice", S_INIT("x=1|x=2"), "record.twice", "path",
          S_INIT("x") },
        { "a field twice", S_INIT("chief.name=a|chief.name=b"), "record.twice",
          "path", S_INIT("chief.name") },
        { "a field and the record", S_INIT("chief.name=a|chief={}"),
          "record.twice", "path", S_INIT("chief") },
        { "a field that stood in JSON",
          S_INIT("chief={\"name\":\"a\"}|chief.name=b"), "record.twice", "path",
          S_INIT("chief.name") },
        { "a field of what is no record", S_INIT("chief=[]|chief.name=b"),
          "record.twice", "path", S_INIT("chief.name") },
        { "no JSON", S_INIT("tags=a"), "record.json", "path", S_INIT("tags") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct words w = cut_words(rows[i].words);
        struct json *j = NULL;
        err e = record_words(&a, &sample_record, w.p, w.n, &j);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, rows[i].argument),
                       rows[i].want);
        EXPECT_ROW(rows[i].name, j == NULL);
    }
}

TEST(the_json_of_a_word_is_refused_at_its_column)
{
    TEST_ARENA(a, 1 << 16);
    const str word = S("chief={\"name\" \"a\"}");
    struct json *j;
    err e = record_words(&a, &sample_record, &word, 1, &j);

    EXPECT_ERR(e, ERR_INVALID, "record.json");
    if (failed(e))
        EXPECT(e.info->args[1].number == 9);
}

static err words_once(struct heap *h, void *context)
{
    const str *text = context;
    scoped(arena_end) struct arena a;
    struct words w = cut_words(*text);
    struct json *j;

    arena_init(&a, h, 1 << 20);
    err e = record_words(&a, &sample_record, w.p, w.n, &j);
    return failed(e) && e.info->code == ERR_INVALID ? OK : e;
}

TEST(words_survive_every_allocation_failure)
{
    static const str rows[] = {
        S_INIT("title=示例|chief.name=张|tags=[\"a\"]|paper=yes"),
        S_INIT("staff"),
        S_INIT("staff=1|staff=2"),
        S_INIT("tags=[1,,]"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str text = rows[i];

        EXPECT(test_every_allocation_fails(words_once, NULL, &text) > 0);
    }
}

TEST(the_description_has_a_line_for_each_field)
{
    TEST_ARENA(a, 1 << 16);
    struct buf b;
    str out = S("");

    buf_init(&b, &a, 10000);
    record_describe(&b, &sample_record);
    EXPECT_OK(buf_done(&b, &out));
    EXPECT_STR(out, S("  title  text (2..10)\n"
                      "  note?  text (0..5)\n"
                      "  staff  number (1..100)\n"
                      "  bonus?  number (-5..5)\n"
                      "  paper  yes|no\n"
                      "  urgent?  yes|no\n"
                      "  on  YYYY-MM-DD\n"
                      "  until?  YYYY-MM-DD\n"
                      "  limit  5wd|30d|3m\n"
                      "  pause?  5wd|30d|3m\n"
                      "  who  32 hex digits\n"
                      "  other?  32 hex digits\n"
                      "  blob  64 hex digits\n"
                      "  seal?  64 hex digits\n"
                      "  role  sales|service|chief\n"
                      "  second?  sales|service|chief\n"
                      "  chief  {..}\n"
                      "    name  text (1..5)\n"
                      "    role?  sales|service|chief\n"
                      "    since?  YYYY-MM-DD\n"
                      "  deputy?  {..}\n"
                      "    name  text (1..5)\n"
                      "    role?  sales|service|chief\n"
                      "    since?  YYYY-MM-DD\n"
                      "  sites  [{..}] (1..3)\n"
                      "    name  text (1..8)\n"
                      "    staff  number (0..1000)\n"
                      "    tags?  [\"..\"] (0..2)\n"
                      "    contact?  {..}\n"
                      "      name  text (1..5)\n"
                      "      role?  sales|service|chief\n"
                      "      since?  YYYY-MM-DD\n"
                      "  more?  [{..}] (0..2)\n"
                      "    name  text (1..8)\n"
                      "    staff  number (0..1000)\n"
                      "    tags?  [\"..\"] (0..2)\n"
                      "    contact?  {..}\n"
                      "      name  text (1..5)\n"
                      "      role?  sales|service|chief\n"
                      "      since?  YYYY-MM-DD\n"
                      "  tags?  [\"..\"] (0..3)\n"));
}
