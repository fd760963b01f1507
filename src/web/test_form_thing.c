#include "web/test_form_thing.h"

#include "base/buf.h"
#include "base/day.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record.h"

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

const struct record_form_of test_thing = { .command = "x.y",
                                           .record = &thing_record };
const struct record_form_of test_needed = { .command = "x.y",
                                            .record = &needed_record };
const char *const test_own[] = { "token", NULL };

bool test_form_post(struct arena *a, const struct record_form_of *of,
                    const char *bytes, struct record_form *out)
{
    struct form sent = { NULL, 0 };

    *out = (struct record_form){ .of = *of };
    return EXPECT_ROW_OK(bytes, form_parse(a, str_of(bytes), &sent)) &&
           EXPECT_ROW_OK(bytes, record_form_post(a, of, &sent, test_own, out));
}

str test_form_json(struct arena *a, const struct json *j)
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

bool test_form_show(struct arena *a, const struct record_form *form,
                    struct page_form_fields *out)
{
    return EXPECT_OK(record_form_show(a, form, LANG_EN, out));
}
