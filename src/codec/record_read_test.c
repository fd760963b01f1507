#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record_test_sample.h"

static struct json *parsed(struct arena *a, str text)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(a, text, &j));
    return j;
}

static bool all_bytes(const void *p, size_t n, uint8_t want)
{
    const uint8_t *b = p;

    for (size_t i = 0; i < n; i++) {
        if (b[i] != want)
            return false;
    }
    return true;
}

static void expect_day(day got, const char *want)
{
    char text[DAY_TEXT];

    EXPECT_STR(day_text(got, text), str_of(want));
}

TEST(a_record_is_read_with_every_kind_of_field)
{
    TEST_ARENA(a, 1 << 18);
    struct sample s = { 0 };

    if (!EXPECT_OK(
            record_read(&a, &sample_record, parsed(&a, S(SAMPLE_MOST)), &s)))
        return;
    EXPECT_STR(s.title, S("示例售后"));
    EXPECT_STR(s.note, S("a\tb\nc"));
    EXPECT(s.staff == 100 && s.bonus == -5 && !s.paper && s.urgent);
    expect_day(s.on, "1900-01-01");
    expect_day(s.until, "2199-12-31");
    EXPECT(s.limit.n == 30 && s.limit.unit == SPAN_DAYS);
    EXPECT(s.pause.n == 3 && s.pause.unit == SPAN_MONTHS);
    EXPECT(s.who.b[15] == 1 && s.who.b[0] == 0);
    EXPECT(all_bytes(s.other.b, sizeof s.other.b, 0xff));
    EXPECT(s.blob.b[0] == 0 && s.blob.b[31] == 0xff);
    EXPECT(all_bytes(s.seal.b, sizeof s.seal.b, 0xff));
    EXPECT(s.role == ROLE_SERVICE && s.second == ROLE_CHIEF);
    EXPECT_STR(s.chief.name, S("张三"));
    EXPECT(s.chief.role == ROLE_CHIEF);
    expect_day(s.chief.since, "2020-02-29");
    EXPECT_STR(s.deputy.name, S("李四"));
}

TEST(lists_are_read_into_arrays)
{
    TEST_ARENA(a, 1 << 18);
    struct sample s = { 0 };

    if (!EXPECT_OK(
            record_read(&a, &sample_record, parsed(&a, S(SAMPLE_MOST)), &s)))
        return;
    EXPECT(s.sites.n == 1 && s.more.n == 2 && s.tags.n == 2);
    const struct site *site = s.sites.p;
    EXPECT_STR(site->name, S("a"));
    EXPECT(site->staff == 1000 && site->tags.n == 2);
    EXPECT_STR(((const str *)site->tags.p)[1], S("y"));
    EXPECT_STR(site->contact.name, S("王"));
    EXPECT(site->contact.since == DAY_NEVER);
    EXPECT(((const struct site *)s.more.p)[1].staff == 3);
    EXPECT_STR(((const str *)s.tags.p)[0], S("一"));
}

/* [R3] */
TEST(absent_members_leave_zero_values)
{
    TEST_ARENA(a, 1 << 18);
    struct sample s = { 0 };

    if (!EXPECT_OK(
            record_read(&a, &sample_record, parsed(&a, S(SAMPLE_LEAST)), &s)))
        return;
    EXPECT(s.note.n == 0 && s.bonus == 0 && !s.urgent);
    EXPECT(s.until == DAY_NEVER && s.chief.since == DAY_NEVER);
    EXPECT(s.pause.n == 0 && s.pause.unit == SPAN_DAYS);
    EXPECT(id_is_zero(s.other) && all_bytes(s.seal.b, 32, 0));
    EXPECT(s.second == 0 && s.chief.role == 0);
    EXPECT(s.deputy.name.n == 0 && s.deputy.since == DAY_NEVER);
    EXPECT(s.more.n == 0 && s.tags.n == 0);
    EXPECT(((const struct site *)s.sites.p)->contact.since == DAY_NEVER);
}

/* SAMPLE_LEAST with one member set, added or, given NULL, left out. */
static struct json *sample_with(struct arena *a, const char *member,
                                const char *value)
{
    const struct json *least = parsed(a, S(SAMPLE_LEAST));
    struct json *made = json_new_object(a);
    struct json *next;

    if (least == NULL)
        return NULL;
    for (struct json *m = least->first; m != NULL; m = next) {
        next = m->next;
        if (!str_eq(m->key, str_of(member)))
            json_set(made, m->key, m);
    }
    if (value != NULL)
        json_set(made, str_of(member), parsed(a, str_of(value)));
    return made;
}

static int64_t number_of(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return -99;
}

/* Values that are just good enough. */
TEST(values_on_the_good_side_of_each_boundary_are_read)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        const char *member;
        const char *value;
    } rows[] = {
        { "shortest text", "title", "\"示例\"" },
        { "longest text", "title", "\"一二三四五六七八九😀\"" },
        { "empty optional text", "note", "\"\"" },
        { "tab and line feed", "note", "\"\\t\\n\"" },
        { "no-break space and joiner", "note", "\"\\u00a0\\u200d\"" },
        { "around the line separators", "note", "\"\\u2027\\u202f\"" },
        { "around the isolates", "note", "\"\\u2065\\u206a\"" },
        { "a private use character", "note", "\"\\ue000\"" },
        { "least number", "staff", "1" },
        { "greatest number", "staff", "100" },
        { "least optional number", "bonus", "-5" },
        { "zero optional number", "bonus", "0" },
        { "first day", "on", "\"1900-01-01\"" },
        { "last day", "on", "\"2199-12-31\"" },
        { "no days", "limit", "\"0d\"" },
        { "capital digits of an id", "who",
          "\"0123456789ABCDEF0123456789ABCDEF\"" },
        { "last name of an enumeration", "role", "\"chief\"" },
        { "most elements", "sites",
          "[{\"name\":\"a\",\"staff\":0},{\"name\":\"b\",\"staff\":0},"
          "{\"name\":\"c\",\"staff\":0}]" },
        { "empty optional list", "more", "[]" },
        { "most texts", "tags", "[\"a\",\"b\",\"c\"]" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };

        EXPECT_ROW_OK(rows[i].name, record_read(&a, &sample_record,
                                                sample_with(&a, rows[i].member,
                                                            rows[i].value),
                                                &s));
    }
}

/* [R1] */
TEST(values_of_the_wrong_kind_are_refused_with_their_path)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        const char *member;
        const char *value;
        const char *path;
        const char *want;
    } rows[] = {
        { "number for a text", "title", "1", "title", "record.want.text" },
        { "null for a text", "note", "null", "note", "record.want.text" },
        { "text for a number", "staff", "\"5\"", "staff",
          "record.want.number" },
        { "real for a number", "staff", "5.5", "staff", "record.want.number" },
        { "whole real for a number", "staff", "5.0", "staff",
          "record.want.number" },
        { "text for yes or no", "paper", "\"true\"", "paper",
          "record.want.bool" },
        { "number for yes or no", "paper", "1", "paper", "record.want.bool" },
        { "number for a day", "on", "20261124", "on", "record.want.day" },
        { "no such day", "on", "\"2026-02-29\"", "on", "record.want.day" },
        { "day before the first", "on", "\"1899-12-31\"", "on",
          "record.want.day" },
        { "never is no date", "on", "\"never\"", "on", "record.want.day" },
        { "optional day", "until", "\"2026-1-1\"", "until", "record.want.day" },
        { "number for a limit", "limit", "5", "limit", "record.want.span" },
        { "limit without unit", "limit", "\"5\"", "limit", "record.want.span" },
        { "optional limit", "pause", "\"5 d\"", "pause", "record.want.span" },
        { "short id", "who", "\"0123\"", "who", "record.want.id" },
        { "number for an id", "other", "0", "other", "record.want.id" },
        { "short hash", "blob", "\"00\"", "blob", "record.want.hash" },
        { "list for a hash", "seal", "[]", "seal", "record.want.hash" },
        { "index of an enumeration", "role", "0", "role", "record.want.text" },
        { "text for a record", "chief", "\"张\"", "chief",
          "record.want.object" },
        { "list for a record", "deputy", "[]", "deputy", "record.want.object" },
        { "object for a list", "sites", "{}", "sites", "record.want.list" },
        { "text for a list of texts", "tags", "\"a\"", "tags",
          "record.want.list" },
        { "number in a list of texts", "tags", "[\"a\",1]", "tags[1]",
          "record.want.text" },
        { "text in a list of records", "sites", "[\"a\"]", "sites[0]",
          "record.want.object" },
        { "deep inside", "sites",
          "[{\"name\":\"a\",\"staff\":0},{\"name\":\"b\",\"staff\":0,"
          "\"contact\":{\"name\":\"c\",\"since\":5}}]",
          "sites[1].contact.since", "record.want.day" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e = record_read(&a, &sample_record,
                            sample_with(&a, rows[i].member, rows[i].value), &s);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, "record.kind");
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "path"),
                       str_of(rows[i].path));
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "want"),
                       str_of(rows[i].want));
    }
}

/* [R1] */
TEST(values_out_of_range_are_refused_with_the_range)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        const char *member;
        const char *value;
        const char *id;
        const char *path;
        int64_t min;
        int64_t max;
    } rows[] = {
        { "one character short", "title", "\"示\"", "record.length", "title", 2,
          10 },
        { "one character long", "title", "\"一二三四五六七八九十零\"",
          "record.length", "title", 2, 10 },
        { "optional text too long", "note", "\"abcdef\"", "record.length",
          "note", 0, 5 },
        { "below the least", "staff", "0", "record.range", "staff", 1, 100 },
        { "above the greatest", "staff", "101", "record.range", "staff", 1,
          100 },
        { "far above", "staff", "9223372036854775807", "record.range", "staff",
          1, 100 },
        { "optional number", "bonus", "-6", "record.range", "bonus", -5, 5 },
        { "no element", "sites", "[]", "record.count", "sites", 1, 3 },
        { "one element too many", "more", "[{},{},{}]", "record.count", "more",
          0, 2 },
        { "one text too many", "tags", "[\"\",\"\",\"\",\"\"]", "record.count",
          "tags", 0, 3 },
        { "empty text in a list", "tags", "[\"a\",\"\"]", "record.length",
          "tags[1]", 1, 500 },
        { "inside a list", "sites", "[{\"name\":\"a\",\"staff\":1001}]",
          "record.range", "sites[0].staff", 0, 1000 },
        { "inside a record", "chief", "{\"name\":\"\"}", "record.length",
          "chief.name", 1, 5 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e = record_read(&a, &sample_record,
                            sample_with(&a, rows[i].member, rows[i].value), &s);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        if (!failed(e))
            continue;
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "path"),
                       str_of(rows[i].path));
        EXPECT_ROW(rows[i].name, number_of(e, "min") == rows[i].min);
        EXPECT_ROW(rows[i].name, number_of(e, "max") == rows[i].max);
    }
}

TEST(an_unknown_choice_is_refused_with_the_choices)
{
    TEST_ARENA(a, 1 << 18);
    static const char *const rows[] = { "\"Sales\"", "\"\"", "\"sale\"",
                                        "\"saless\"" };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e = record_read(&a, &sample_record,
                            sample_with(&a, "role", rows[i]), &s);

        EXPECT_ROW_ERR(rows[i], e, ERR_INVALID, "record.choice");
        EXPECT_ROW_STR(rows[i], err_arg_text(e, "path"), S("role"));
        EXPECT_ROW_STR(rows[i], err_arg_text(e, "choices"),
                       S("sales, service, chief"));
    }
}

/* [R4] */
TEST(characters_that_hide_or_turn_others_are_refused)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *value;
        const char *code;
    } rows[] = {
        { "\"a\\u0001\"", "U+0001" },  { "\"\\b\"", "U+0008" },
        { "\"\\u000b\"", "U+000B" },   { "\"\\r\"", "U+000D" },
        { "\"a\\u001f\"", "U+001F" },  { "\"a\\u007f\"", "U+007F" },
        { "\"a\\u009f\"", "U+009F" },  { "\"\\u2028\"", "U+2028" },
        { "\"ab\\u202e\"", "U+202E" }, { "\"\\u2066\"", "U+2066" },
        { "\"\\u2069\"", "U+2069" },   { "\"\\ufeff\"", "U+FEFF" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e = record_read(&a, &sample_record,
                            sample_with(&a, "note", rows[i].value), &s);

        EXPECT_ROW_ERR(rows[i].code, e, ERR_INVALID, "record.control");
        EXPECT_ROW_STR(rows[i].code, err_arg_text(e, "path"), S("note"));
        EXPECT_ROW_STR(rows[i].code, err_arg_text(e, "code"),
                       str_of(rows[i].code));
    }
}

TEST(a_tree_that_was_built_from_bytes_that_are_no_text_is_refused)
{
    TEST_ARENA(a, 1 << 18);
    struct json *j = sample_with(&a, "note", NULL);
    struct sample s = { 0 };

    json_set(j, S("note"), json_new_str(&a, S("\xff")));
    err e = record_read(&a, &sample_record, j, &s);
    EXPECT_ERR(e, ERR_INVALID, "record.kind");
    EXPECT_STR(err_arg_text(e, "want"), S("record.want.utf8"));
}

/* [R1] */
TEST(every_required_member_must_be_there)
{
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < sample_record.n; i++) {
        const struct field *f = &sample_fields[i];
        struct sample s = { 0 };
        err e =
            record_read(&a, &sample_record, sample_with(&a, f->name, NULL), &s);

        if (f->optional) {
            EXPECT_ROW_OK(f->name, e);
            continue;
        }
        EXPECT_ROW_ERR(f->name, e, ERR_INVALID, "record.missing");
        EXPECT_ROW_STR(f->name, err_arg_text(e, "path"), str_of(f->name));
    }

    struct sample s = { 0 };
    err e = record_read(&a, &sample_record,
                        sample_with(&a, "sites",
                                    "[{\"staff\":0,\"name\":\"a\"},"
                                    "{\"staff\":0}]"),
                        &s);
    EXPECT_ERR(e, ERR_INVALID, "record.missing");
    EXPECT_STR(err_arg_text(e, "path"), S("sites[1].name"));
}

/* [R1] */
TEST(unknown_members_are_refused_with_the_known_ones)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *member;
        const char *value;
        const char *path;
    } rows[] = {
        { "Title", "\"ab\"", "Title" },
        { "titl", "\"ab\"", "titl" },
        { "titles", "\"ab\"", "titles" },
        { "", "1", "\"\"" },
        { "chief", "{\"name\":\"a\",\"nmae\":1}", "chief.nmae" },
        { "sites", "[{\"staff\":0,\"name\":\"a\",\"x y\":0}]", "sites[0].x y" },
        { "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
          "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十零",
          "1",
          "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
          "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e = record_read(&a, &sample_record,
                            sample_with(&a, rows[i].member, rows[i].value), &s);

        EXPECT_ROW_ERR(rows[i].path, e, ERR_INVALID, "record.unknown");
        EXPECT_ROW_STR(rows[i].path, err_arg_text(e, "path"),
                       str_of(rows[i].path));
    }

    struct sample s = { 0 };
    err e = record_read(&a, &contact_record, parsed(&a, S("{\"x\":1}")), &s);
    EXPECT_STR(err_arg_text(e, "known"), S("name, role, since"));
}

TEST(what_is_no_object_is_refused_as_a_whole)
{
    TEST_ARENA(a, 1 << 16);
    static const char *const rows[] = { "[]", "null", "\"{}\"", "1" };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = { 0 };
        err e =
            record_read(&a, &sample_record, parsed(&a, str_of(rows[i])), &s);

        EXPECT_ROW_ERR(rows[i], e, ERR_INVALID, "record.kind");
        EXPECT_ROW_STR(rows[i], err_arg_text(e, "path"), S("."));
        EXPECT_ROW_STR(rows[i], err_arg_text(e, "want"),
                       S("record.want.object"));
    }
}

/* --- memory ----------------------------------------------------------- */

struct read_case {
    const char *text;
    const char *id; /* of the refusal that is wanted; NULL: none */
    const char *path;
};

static err read_once(struct heap *h, void *context)
{
    const struct read_case *c = context;
    scoped(arena_end) struct arena a;
    struct sample s = { 0 };
    struct json *j;

    arena_init(&a, h, 1 << 20);
    TRY(json_parse(&a, str_of(c->text), &j));
    err e = record_read(&a, &sample_record, j, &s);
    if (!failed(e) || e.info->code == ERR_MEMORY)
        return e;
    EXPECT_ROW_ERR(c->text, e, ERR_INVALID, c->id);
    EXPECT_ROW_STR(c->text, err_arg_text(e, "path"), str_of(c->path));
    return OK;
}

TEST(reading_and_refusing_survive_every_allocation_failure)
{
    static const struct read_case rows[] = {
        { SAMPLE_MOST, NULL, NULL },
        { "{\"x\":1}", "record.unknown", "x" },
        { "{\"staff\":0}", "record.range", "staff" },
        { "{\"role\":\"\"}", "record.choice", "role" },
        { "{\"title\":\"\\r\"}", "record.control", "title" },
        { "{\"chief\":{}}", "record.missing", "chief.name" },
        { "{\"sites\":[1]}", "record.kind", "sites[0]" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct read_case c = rows[i];

        EXPECT_ROW(rows[i].text,
                   test_every_allocation_fails(read_once, NULL, &c) > 0);
    }
}
