/*
 * Forms: what is typed well or badly in a field of each kind, buttons, what is
 * no field, and refusals beside their field. [RF1]-[RF6]
 */

#include "web/test_form.h"

#include "base/buf.h"
#include "base/day.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record.h"
#include "web/record_form_parts.h"

#include <stdio.h>

/* --- a record with a field of every kind ---------------------------------- */

struct inner {
    str name;
    int64_t size;
};

struct part {
    str name;
    int kind;
    bool extra;
    struct list tags;
};

struct thing {
    str name;
    str code;
    int64_t count;
    int64_t most;
    int64_t price;
    int64_t share;
    int64_t days;
    bool yes;
    bool perhaps;
    day on;
    day until;
    struct span within;
    id mark;
    struct hash file;
    int kind;
    struct inner inner;
    struct list parts;
    struct list words;
};

static const char *const kinds[] = { "red", "green", NULL };

/* clang-format off */
static const struct field inner_fields[] = {
    F_STR(struct inner, name, 1, 10),
    F_INT_OPT(struct inner, size, 0, 9),
};
static const struct record inner_record = RECORD(inner, inner_fields);

static const struct field part_fields[] = {
    F_STR(struct part, name, 1, 10),
    F_ENUM_OPT(struct part, kind, kinds),
    F_BOOL_OPT(struct part, extra),
    F_STRS_OPT(struct part, tags, 3),
};
static const struct record part_record = RECORD(part, part_fields);

static const struct field thing_fields[] = {
    F_STR_OPT(struct thing, name, 5),
    { "code", FIELD_STR, true, offsetof(struct thing, code), 3, 3, NULL, NULL, UNIT_NONE },
    F_INT_OPT(struct thing, count, -5, 5),
    F_INT_OPT(struct thing, most, 0, INT64_MAX),
    F_UNIT_OPT(struct thing, price, 1, 100000, UNIT_FEN),
    F_UNIT_OPT(struct thing, share, 0, 10000, UNIT_PERCENT),
    F_UNIT_OPT(struct thing, days, -10, 10, UNIT_TENTHS),
    F_BOOL(struct thing, yes),
    F_BOOL_OPT(struct thing, perhaps),
    F_DAY_OPT(struct thing, on),
    F_DAY_OPT(struct thing, until),
    F_SPAN_OPT(struct thing, within),
    F_ID_OPT(struct thing, mark),
    F_HASH_OPT(struct thing, file),
    F_ENUM_OPT(struct thing, kind, kinds),
    F_RECORD_OPT(struct thing, inner, &inner_record),
    F_LIST_OPT(struct thing, parts, 3, &part_record),
    F_STRS_OPT(struct thing, words, 3),
};
static const struct record thing_record = RECORD(thing, thing_fields);

static const struct field needed_fields[] = {
    F_STR(struct thing, name, 1, 5),
    F_INT(struct thing, count, 0, 5),
    F_BOOL(struct thing, yes),
    F_DAY(struct thing, on),
    F_SPAN(struct thing, within),
    F_ENUM(struct thing, kind, kinds),
    F_RECORD(struct thing, inner, &inner_record),
    F_LIST(struct thing, parts, 1, 3, &part_record),
    F_STRS(struct thing, words, 1, 3),
};
static const struct record needed_record = RECORD(thing, needed_fields);
/* clang-format on */

static const struct record_form_of thing_of = { .command = "x.y",
                                                .record = &thing_record };
static const struct record_form_of needed_of = { .command = "x.y",
                                                 .record = &needed_record };
static const char *const own[] = { "token", NULL };

enum { BYTES = 4 << 20, TEXT_MOST = 1 << 16 };

static bool post(struct arena *a, const struct record_form_of *of,
                 const char *bytes, struct record_form *out)
{
    struct form sent = { NULL, 0 };

    *out = (struct record_form){ .of = *of };
    return EXPECT_ROW_OK(bytes, form_parse(a, str_of(bytes), &sent)) &&
           EXPECT_ROW_OK(bytes, record_form_post(a, of, &sent, own, out));
}

static str json_of(struct arena *a, const struct json *j)
{
    struct buf b;
    str out = S("none");

    buf_init(&b, a, TEXT_MOST);
    if (j == NULL)
        return out;
    json_canonical(&b, j);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static bool show(struct arena *a, const struct record_form *form,
                 struct page_form_fields *out)
{
    return EXPECT_OK(record_form_show(a, form, LANG_EN, out));
}

/* --- a field of each kind [RF6] ------------------------------------------- */

#define DIGITS_10 "0123456789"
#define DIGITS_30 DIGITS_10 DIGITS_10 DIGITS_10
#define HASH_62   DIGITS_30 DIGITS_30 "ab"

TEST(what_is_typed_becomes_exactly_what_it_says_or_a_mistake)
{
    static const struct {
        const char *why;
        const char *sent;  /* beside yes=no, which is needed */
        const char *value; /* beside "yes":false; NULL: a mistake */
        const char *wrong;
    } rows[] = {
        /* texts */
        { "a text of the most", "name=12345", "\"name\":\"12345\"", NULL },
        { "one more", "name=123456", NULL, "record_form.too_long" },
        { "characters are counted, not bytes",
          "name=%E6%98%9F%E6%98%9F%E6%98%9F%E6%98%9F%E6%98%9F",
          "\"name\":\"\xe6\x98\x9f\xe6\x98\x9f\xe6\x98\x9f\xe6\x98\x9f\xe6\x98"
          "\x9f\"",
          NULL },
        { "nothing of what need not be", "name=", "", NULL },
        { "blanks at its ends", "name=+a+b%0d%0a", "\"name\":\"a b\"", NULL },
        { "nothing but blanks", "name=++", "", NULL },
        { "as it stands", "name.whole=+a%0d%0a", "\"name\":\" a\\n\"", NULL },
        { "lines as browsers end them", "name=a%0d%0ab", "\"name\":\"a\\nb\"",
          NULL },
        { "lines as none does", "name=a%0db", "\"name\":\"a\\nb\"", NULL },
        { "a direction mark", "name=%E2%80%AE", NULL, "record_form.control" },
        { "just so long", "code=abc", "\"code\":\"abc\"", NULL },
        { "shorter", "code=ab", NULL, "record_form.length" },
        { "longer", "code=abcd", NULL, "record_form.length" },
        /* numbers */
        { "the least", "count=-5", "\"count\":-5", NULL },
        { "less", "count=-6", NULL, "record_form.range" },
        { "the most", "count=5", "\"count\":5", NULL },
        { "more", "count=6", NULL, "record_form.range" },
        { "the greatest there is", "most=9223372036854775807",
          "\"most\":9223372036854775807", NULL },
        { "greater", "most=9223372036854775808", NULL, "record_form.number" },
        { "nought", "count=0", "\"count\":0", NULL },
        { "blanks around", "count=+3+", "\"count\":3", NULL },
        { "blanks within", "most=1+000", NULL, "record_form.number" },
        { "a comma", "most=1%2c000", NULL, "record_form.number" },
        { "a point", "count=3.", NULL, "record_form.number" },
        { "a place", "count=3.0", NULL, "record_form.number" },
        { "a plus", "count=%2b3", NULL, "record_form.number" },
        { "a nought before", "count=03", NULL, "record_form.number" },
        { "a minus alone", "count=-", NULL, "record_form.number" },
        { "a nought below nought", "count=-0", NULL, "record_form.number" },
        { "hexadecimal", "count=0x3", NULL, "record_form.number" },
        { "a full-width digit", "count=%EF%BC%93", NULL, "record_form.number" },
        /* money */
        { "a fen", "price=0.01", "\"price\":1", NULL },
        { "half a fen", "price=0.005", NULL, "record_form.money" },
        { "three places, though nought", "price=1.000", NULL,
          "record_form.money" },
        { "yuan", "price=12", "\"price\":1200", NULL },
        { "a tenth", "price=12.3", "\"price\":1230", NULL },
        { "what no binary number holds", "price=0.29", "\"price\":29", NULL },
        { "the most", "price=1000", "\"price\":100000", NULL },
        { "a fen more", "price=1000.01", NULL, "record_form.range" },
        { "less than the least", "price=0", NULL, "record_form.range" },
        { "no yuan", "price=.50", NULL, "record_form.money" },
        { "no fen", "price=5.", NULL, "record_form.money" },
        { "two points", "price=1.2.3", NULL, "record_form.money" },
        { "a sign of yuan", "price=%C2%A55", NULL, "record_form.money" },
        /* shares and days of work */
        { "all", "share=100", "\"share\":10000", NULL },
        { "more than all", "share=100.01", NULL, "record_form.range" },
        { "two places", "share=12.34", "\"share\":1234", NULL },
        { "three", "share=12.345", NULL, "record_form.percent" },
        { "a sign", "share=30%25", NULL, "record_form.percent" },
        { "a tenth of a day", "days=-0.1", "\"days\":-1", NULL },
        { "a hundredth", "days=0.15", NULL, "record_form.tenths" },
        { "the most", "days=1", "\"days\":10", NULL },
        { "a tenth more", "days=1.1", NULL, "record_form.range" },
        /* days */
        { "a day", "on=2026-11-24", "\"on\":\"2026-11-24\"", NULL },
        { "no such day", "on=2026-02-29", NULL, "record_form.day" },
        { "a day of a leap year", "on=2028-02-29", "\"on\":\"2028-02-29\"",
          NULL },
        { "the first day there is", "on=1900-01-01", "\"on\":\"1900-01-01\"",
          NULL },
        { "the day before", "on=1899-12-31", NULL, "record_form.day" },
        { "another order", "on=24.11.2026", NULL, "record_form.day" },
        { "without noughts", "on=2026-1-2", NULL, "record_form.day" },
        { "limits", "within.n=5&within.unit=wd", "\"within\":\"5wd\"", NULL },
        { "no limit", "within.n=&within.unit=wd", "", NULL },
        { "no unit", "within.n=5&within.unit=", NULL, "record_form.span" },
        { "another unit", "within.n=5&within.unit=y", NULL,
          "record_form.span" },
        { "the longest", "within.n=9999&within.unit=m", "\"within\":\"9999m\"",
          NULL },
        { "longer", "within.n=10000&within.unit=m", NULL, "record_form.span" },
        /* choices */
        { "a choice", "kind=green", "\"kind\":\"green\"", NULL },
        { "no choice of the list", "kind=blue", NULL, "record_form.choose" },
        { "ticked", "perhaps=yes", "\"perhaps\":true", NULL },
        { "not ticked", "perhaps=", "", NULL },
        { "ticked otherwise", "perhaps=on", NULL, "record_form.choose" },
        /* what programs made */
        { "a hash", "file=" HASH_62 "cd", "\"file\":\"" HASH_62 "cd\"", NULL },
        { "a digit short", "file=" HASH_62 "c", NULL, "record_form.hash" },
        { "an id", "mark=" DIGITS_10 DIGITS_10 DIGITS_10 "ab",
          "\"mark\":\"" DIGITS_10 DIGITS_10 DIGITS_10 "ab\"", NULL },
        { "no id", "mark=" DIGITS_10 DIGITS_10 DIGITS_10 "ag", NULL,
          "record_form.id" },
        /* lists of texts [RF5] */
        { "one a line", "words=a%0d%0a%0d%0a+b+", "\"words\":[\"a\",\"b\"]",
          NULL },
        { "as they stand", "words.whole=+a&words.whole=b%0d%0ac",
          "\"words\":[\" a\",\"b\\nc\"]", NULL },
        { "each ticked", "words=a&words=b", "\"words\":[\"a\",\"b\"]", NULL },
        { "the most", "words=a%0ab%0ac", "\"words\":[\"a\",\"b\",\"c\"]",
          NULL },
        { "more", "words=a%0ab%0ac%0ad", NULL, "record_form.count" },
        { "only empty lines", "words=%0d%0a", "", NULL },
        /* what nests */
        { "a record", "inner.name=a", "\"inner\":{\"name\":\"a\"}", NULL },
        { "half of one", "inner.size=3", NULL, "record_form.missing" },
        { "none", "inner.name=&inner.size=", "", NULL },
        { "rows", "parts.0.name=a&parts.1.name=b",
          "\"parts\":[{\"name\":\"a\"},{\"name\":\"b\"}]", NULL },
        { "empty rows are none [RF4]",
          "parts.0.name=&parts.0.kind=red&parts.1.name=b&parts.1.kind=green",
          "\"parts\":[{\"kind\":\"green\",\"name\":\"b\"}]", NULL },
        { "the most rows", "parts.0.name=a&parts.1.name=b&parts.2.name=c",
          "\"parts\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]",
          NULL },
        { "more", "parts.0.name=a&parts.1.name=b&parts.2.name=c&parts.3.name=d",
          NULL, "record_form.count" },
        { "a row that lacks what it needs", "parts.0.extra=yes", NULL,
          "record_form.missing" },
        { "texts of a row", "parts.0.name=a&parts.0.tags=x%0ay",
          "\"parts\":[{\"name\":\"a\",\"tags\":[\"x\",\"y\"]}]", NULL },
        /* names [RF3] */
        { "what is the page's own", "token=x", "", NULL },
        { "no field", "other=1", NULL, "record_form.unknown" },
        { "no field of a row", "parts.0.other=1", NULL, "record_form.unknown" },
        { "no row", "parts.x.name=1", NULL, "record_form.unknown" },
        { "a row with a nought before", "parts.00.name=1", NULL,
          "record_form.unknown" },
        { "a row beyond all", "parts.10000.name=1", NULL,
          "record_form.unknown" },
        { "a row, and nothing of it", "parts.0=1", NULL,
          "record_form.unknown" },
        { "below what nests no further", "name.x=1", NULL,
          "record_form.unknown" },
        { "a number as it stands", "count.whole=1", NULL,
          "record_form.unknown" },
        { "a record as if it were a text", "inner=1", NULL,
          "record_form.unknown" },
        { "twice", "name=a&name=b", NULL, "record_form.twice" },
        { "twice, once as it stands", "name=a&name.whole=b", NULL,
          "record_form.twice" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, BYTES);
        char sent[400];
        char want[400];
        struct record_form form;

        (void)snprintf(sent, sizeof sent, "yes=no&%s", rows[i].sent);
        if (!post(&a, &thing_of, sent, &form))
            continue;
        EXPECT_ROW(rows[i].why,
                   form.problem_count == (size_t)(rows[i].wrong != NULL));
        if (rows[i].wrong != NULL) {
            EXPECT_ROW(rows[i].why, form.value == NULL);
            EXPECT_ROW_ERR(rows[i].why, form.problems[0].why, ERR_INVALID,
                           rows[i].wrong);
            continue;
        }
        /* Its canonical form has names in order; compare as values. */
        struct json *wanted = NULL;
        (void)snprintf(want, sizeof want, "{%s%s\"yes\":false}", rows[i].value,
                       rows[i].value[0] == '\0' ? "" : ",");
        EXPECT_ROW_OK(rows[i].why, json_parse(&a, str_of(want), &wanted));
        EXPECT_ROW_STR(rows[i].why, json_of(&a, form.value),
                       json_of(&a, wanted));
    }
}

TEST(a_number_is_shown_as_it_would_be_typed)
{
    static const struct {
        int64_t n;
        enum field_unit unit;
        const char *text;
    } rows[] = {
        { 0, UNIT_NONE, "0" },
        { -120, UNIT_NONE, "-120" },
        { INT64_MAX, UNIT_NONE, "9223372036854775807" },
        { INT64_MIN, UNIT_NONE, "-9223372036854775808" },
        { 0, UNIT_FEN, "0" },
        { 1, UNIT_FEN, "0.01" },
        { 10, UNIT_FEN, "0.10" },
        { 100, UNIT_FEN, "1" },
        { 123450, UNIT_FEN, "1234.50" },
        { -5, UNIT_FEN, "-0.05" },
        { INT64_MIN, UNIT_FEN, "-92233720368547758.08" },
        { 3000, UNIT_PERCENT, "30" },
        { 1250, UNIT_PERCENT, "12.5" },
        { 1, UNIT_PERCENT, "0.01" },
        { 25, UNIT_TENTHS, "2.5" },
        { -1, UNIT_TENTHS, "-0.1" },
        { 100, UNIT_TENTHS, "10" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[TEXT_VALUE];
        int64_t back = 1;

        EXPECT_ROW_STR(rows[i].text,
                       record_form_number(rows[i].n, rows[i].unit, out),
                       str_of(rows[i].text));
        EXPECT_ROW(rows[i].text, record_form_count(str_of(rows[i].text),
                                                   rows[i].unit, &back));
        EXPECT_ROW(rows[i].text, back == rows[i].n);
    }
}

/* --- what is needed ------------------------------------------------------- */

TEST(whatever_is_needed_and_missing_is_told_beside_its_field)
{
    static const struct {
        const char *name;
        const char *wrong;
    } rows[] = {
        { "name", "record_form.missing" },
        { "count", "record_form.missing" },
        { "yes", "record_form.choose" },
        { "on", "record_form.day_missing" },
        { "within", "record_form.missing" },
        { "kind", "record_form.choose" },
        { "inner.name", "record_form.missing" },
        { "parts", "record_form.rows_missing" },
        { "words", "record_form.rows_missing" },
    };
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &needed_of, "token=x", &form) || !show(&a, &form, &shown))
        return;
    EXPECT(form.problem_count == COUNT(rows) && form.value == NULL);
    EXPECT(shown.count == COUNT(rows) && shown.wrongs_n == COUNT(rows));
    EXPECT_STR(shown.refusal, S(""));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct page_form_field *f =
            test_form_find(shown.fields, shown.fields_n, str_of(rows[i].name));

        EXPECT_ROW_STR(rows[i].name, form.problems[i].name,
                       str_of(rows[i].name));
        EXPECT_ROW_ERR(rows[i].name, form.problems[i].why, ERR_INVALID,
                       rows[i].wrong);
        EXPECT_ROW(rows[i].name, f != NULL && f->wrong.n > 0);
        EXPECT_ROW(rows[i].name, f != NULL && str_contains(f->told, S("w-")));
    }
}

/* [RF2] */
TEST(a_form_with_a_mistake_shows_all_that_was_typed)
{
    static const char sent[] =
        "name=too+long+by+far&yes=no&price=1%2c000&on=soon&within.n=x"
        "&within.unit=m&parts.0.name=&parts.0.kind=red&parts.1.name=b"
        "&parts.1.tags=p%0aq&inner.size=many&words=a%0ab&perhaps=yes";
    static const struct {
        const char *name;
        const char *value;
    } rows[] = {
        { "name", "too long by far" },
        { "price", "1,000" },
        { "on", "soon" },
        { "within", "x" },
        { "parts.0.name", "b" },
        { "parts.0.tags", "p\nq" },
        { "inner.size", "many" },
        { "words", "a\nb" },
    };
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &thing_of, sent, &form) || !show(&a, &form, &shown))
        return;
    EXPECT(form.value == NULL && shown.wrongs_n == 6);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct page_form_field *f =
            test_form_find(shown.fields, shown.fields_n, str_of(rows[i].name));

        EXPECT_ROW_STR(rows[i].name, f == NULL ? S("none") : f->value,
                       str_of(rows[i].value));
    }
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("perhaps"))->checked);
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("yes"))
               ->choices[1]
               .chosen);
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("parts.1.name")) ==
           NULL);
}

/* --- buttons [RF4] -------------------------------------------------------- */

TEST(rows_come_and_go_by_buttons_and_nothing_is_judged)
{
    static const struct {
        const char *why;
        const char *sent;
        const char *typed; /* names of the rows, in order */
        const char *fresh;
        enum record_button button;
        bool wrong;
    } rows[] = {
        { "the first row", "count=x&add=parts", "", "parts.0", RECORD_ADD,
          false },
        { "another", "parts.0.name=a&add=parts", "a,", "parts.1", RECORD_ADD,
          false },
        { "empty ones stay", "parts.0.name=&parts.1.name=b&add=parts", ",b,",
          "parts.2", RECORD_ADD, false },
        { "the numbers of a browser that skips some",
          "parts.1.name=b&parts.7.name=c&add=parts", "b,c,", "parts.2",
          RECORD_ADD, false },
        { "one less, and numbers anew",
          "parts.0.name=a&parts.1.name=b&parts.2.name=c&remove=parts.1", "a,c",
          "", RECORD_REMOVE, false },
        { "the last one", "parts.0.name=a&remove=parts.0", "", "",
          RECORD_REMOVE, false },
        { "no list", "parts.0.name=a&add=name", "a", "", RECORD_SEND, true },
        { "no such list", "parts.0.name=a&add=other", "a", "", RECORD_SEND,
          true },
        { "no such row", "parts.0.name=a&remove=parts.1", "a", "", RECORD_SEND,
          true },
        { "no row", "parts.0.name=a&remove=parts", "a", "", RECORD_SEND, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, BYTES);
        struct record_form form;
        char sent[200];
        struct buf b;
        str got = S("");

        (void)snprintf(sent, sizeof sent, "yes=no&%s", rows[i].sent);
        if (!post(&a, &thing_of, sent, &form))
            continue;
        const struct json *parts = json_get(form.typed, S("parts"));
        buf_init(&b, &a, TEXT_MOST);
        for (const struct json *m = parts == NULL ? NULL : parts->first;
             m != NULL; m = m->next) {
            buf_str(&b, m == parts->first ? S("") : S(","));
            buf_str(&b, json_get_str(m, S("name")));
        }
        EXPECT_ROW_OK(rows[i].why, buf_done(&b, &got));
        EXPECT_ROW_STR(rows[i].why, got, str_of(rows[i].typed));
        EXPECT_ROW(rows[i].why, form.button == rows[i].button);
        EXPECT_ROW_STR(rows[i].why, form.fresh, str_of(rows[i].fresh));
        EXPECT_ROW(rows[i].why, (form.problem_count > 0) == rows[i].wrong);
        EXPECT_ROW(rows[i].why, form.value == NULL);
    }
}

TEST(a_row_that_was_added_has_the_focus_and_can_be_taken_away)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &thing_of, "parts.0.name=a&add=parts", &form) ||
        !show(&a, &form, &shown))
        return;
    const struct page_form_field *list =
        test_form_find(shown.fields, shown.fields_n, S("parts"));
    EXPECT(list != NULL && list->group && list->grows && !list->shrinks);
    EXPECT(list != NULL && list->inner_n == 2);
    const struct page_form_field *row = &list->inner[1];
    EXPECT_STR(row->name, S("parts.1"));
    EXPECT(row->group && row->shrinks && !row->grows);
    EXPECT(row->inner[0].focus && !list->inner[0].inner[0].focus);
}

TEST(a_list_that_needs_a_row_shows_an_empty_one)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    EXPECT_OK(record_form_begin(&a, &needed_of, NULL, &form));
    if (!show(&a, &form, &shown))
        return;
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("parts.0.name")) !=
           NULL);
    EXPECT(test_form_find(shown.fields, shown.fields_n, S("parts.1.name")) ==
           NULL);
}

/* --- what is offered ------------------------------------------------------ */

TEST(what_is_offered_can_be_picked_and_what_else_was_given_stays)
{
    static const struct record_choice words[] = {
        { S_INIT("a"), S_INIT("The first") },
        { S_INIT("b"), S_INIT("The second") },
    };
    static const struct record_offer offers[] = {
        { "words", words, COUNT(words) },
        { "name", words, COUNT(words) },
        { "parts.name", words, COUNT(words) },
    };
    static const char sent[] = "yes=no&words=b&words=z&name=q&parts.0.name=b";
    const struct record_form_of of = { "x.y", &thing_record, offers,
                                       COUNT(offers) };
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &of, sent, &form) || !show(&a, &form, &shown))
        return;
    const struct page_form_field *many =
        test_form_find(shown.fields, shown.fields_n, S("words"));
    EXPECT(many->choice && many->many && many->choices_n == 3);
    EXPECT(!many->choices[0].chosen && many->choices[1].chosen);
    EXPECT_STR(many->choices[1].label, S("The second"));
    EXPECT_STR(many->choices[2].value, S("z"));
    EXPECT(many->choices[2].chosen);
    const struct page_form_field *one =
        test_form_find(shown.fields, shown.fields_n, S("name"));
    EXPECT(one->pick && one->choices_n == 4); /* none, two, and "q" */
    EXPECT(!one->choices[0].chosen && one->choices[3].chosen);
    const struct page_form_field *in_row =
        test_form_find(shown.fields, shown.fields_n, S("parts.0.name"));
    EXPECT(in_row->pick && in_row->choices_n == 3 && in_row->choices[2].chosen);
}

/* --- refusals of the service ---------------------------------------------- */

TEST(a_refusal_stands_beside_the_field_it_is_about)
{
    static const char sent[] =
        "yes=no&name=gold&count=4&parts.0.name=a&parts.1.name=b&words=u%0av";
    const struct err_arg by_path[] = { ARG_STR("path", S("parts[1].name")),
                                       ARG_INT("min", 1),
                                       ARG_INT("max", 10),
                                       { 0 } };
    const struct err_arg of_words[] = { ARG_STR("path", S("words[1]")),
                                        ARG_INT("min", 1),
                                        ARG_INT("max", 500),
                                        { 0 } };
    const struct err_arg of_nothing[] = { ARG_STR("path", S("gone[1].x")),
                                          { 0 } };
    const struct err_arg by_text[] = { ARG_STR("scheme", S("s")),
                                       ARG_STR("name", S("gold")),
                                       { 0 } };
    const struct err_arg by_number[] = { ARG_INT("count", 4), { 0 } };
    const struct err_arg by_row[] = { ARG_STR("name", S("b")), { 0 } };
    const struct err_arg other_text[] = { ARG_STR("name", S("silver")), { 0 } };
    const struct {
        const char *why;
        const char *id;
        const struct err_arg *args;
        const char *name;
        const char *said;
    } rows[] = {
        { "by its path", "record.length", by_path, "parts.1.name",
          "record_form.too_long" },
        { "one of a list of texts", "record.length", of_words, "words",
          "record_form.item" },
        { "a path of no field", "record.unknown", of_nothing, "",
          "record.unknown" },
        { "by what was typed", "case.level", by_text, "name", "case.level" },
        { "by a number", "case.level", by_number, "count", "case.level" },
        { "in a row", "case.level", by_row, "parts.1.name", "case.level" },
        { "by what nobody typed", "case.level", other_text, "", "case.level" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, BYTES);
        struct record_form form;
        struct page_form_fields shown = { 0 };
        err why = { err_make(&a, ERR_REFUSED, rows[i].id, "x.c:1",
                             rows[i].args) };

        if (!post(&a, &thing_of, sent, &form))
            continue;
        EXPECT_ROW(rows[i].why, form.value != NULL);
        EXPECT_ROW_OK(rows[i].why, record_form_refuse(&a, &form, why));
        EXPECT_ROW(rows[i].why, form.value == NULL && form.problem_count == 1);
        EXPECT_ROW_STR(rows[i].why, form.problems[0].name,
                       str_of(rows[i].name));
        EXPECT_ROW_STR(rows[i].why, str_of(form.problems[0].why.info->id),
                       str_of(rows[i].said));
        if (!show(&a, &form, &shown))
            continue;
        EXPECT_ROW(rows[i].why,
                   (shown.refusal.n > 0) == (rows[i].name[0] == '\0'));
        EXPECT_ROW(rows[i].why,
                   shown.wrongs_n == (size_t)(rows[i].name[0] != '\0'));
    }
}

TEST(a_refusal_that_could_be_about_two_fields_stands_above_them)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &thing_of, "yes=no&parts.0.name=a&parts.1.name=a", &form))
        return;
    EXPECT_OK(record_form_refuse(&a, &form,
                                 err_new(&a, ERR_REFUSED, "case.level",
                                         ARG_STR("name", S("a")))));
    EXPECT(form.problem_count == 1 && form.problems[0].name.n == 0);
    EXPECT(show(&a, &form, &shown) && shown.refusal.n > 0);
}

/* Even one whose field is not shown. */
TEST(no_mistake_is_kept_from_the_reader)
{
    TEST_ARENA(a, BYTES);
    struct record_form form;
    struct page_form_fields shown = { 0 };

    if (!post(&a, &thing_of, "yes=no", &form))
        return;
    EXPECT_OK(record_form_refuse(&a, &form,
                                 err_new(&a, ERR_INVALID, "record.missing",
                                         ARG_STR("path", S("parts[4].name")))));
    EXPECT(show(&a, &form, &shown));
    EXPECT(shown.count == 1 && shown.wrongs_n == 0 && shown.refusal.n > 0);
}

TEST(mistakes_beyond_all_measure_are_told_as_far_as_they_go)
{
    TEST_ARENA(a, BYTES);
    struct form_field many[FORM_FIELDS];
    struct form sent = { many, COUNT(many) };
    struct record_form form;

    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = (struct form_field){ S("no.such"), S("x") };
    EXPECT_OK(record_form_post(&a, &thing_of, &sent, own, &form));
    EXPECT(form.problem_count == RECORD_PROBLEMS && form.value == NULL);
}

/* --- without memory ------------------------------------------------------- */

static err whole_way(struct heap *h, void *)
{
    static const char sent[] =
        "yes=no&name=+a&price=1.50&within.n=5&within.unit=wd&parts.0.name=a"
        "&parts.1.tags=p%0aq&inner.size=many&words.whole=+x&other=1&add=parts";
    scoped(arena_end) struct arena a;
    struct form posted;
    struct record_form form;
    struct page_form_fields shown;
    struct form back;

    arena_init(&a, h, BYTES);
    TRY(form_parse(&a, str_of(sent), &posted));
    TRY(record_form_post(&a, &thing_of, &posted, own, &form));
    TRY(record_form_value(&a, &form));
    TRY(record_form_refuse(&a, &form,
                           err_new(&a, ERR_REFUSED, "case.level",
                                   ARG_STR("path", S("name")))));
    TRY(record_form_show(&a, &form, LANG_ZH, &shown));
    return test_form_sent(&a, &shown, &back);
}

TEST(a_form_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(whole_way, NULL, NULL) > 0);
}
