/*
 * Forms: what is typed well or badly in a field of each kind, and what is no
 * field. [RF1]-[RF3] [RF5] [RF6]
 */

#include "web/test_form_thing.h"
#include "web/record_form_parts.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record.h"

#include <stdio.h>

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
        if (!test_form_post(&a, &test_thing, sent, &form))
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
        EXPECT_ROW_STR(rows[i].why, test_form_json(&a, form.value),
                       test_form_json(&a, wanted));
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

    if (!test_form_post(&a, &test_needed, "token=x", &form) ||
        !test_form_show(&a, &form, &shown))
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

    if (!test_form_post(&a, &test_thing, sent, &form) ||
        !test_form_show(&a, &form, &shown))
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
