#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/record_test_sample.h"
#include "codec/utf8.h"

static str canonical(struct arena *a, const struct json *j)
{
    str out = S("(failed)");

    EXPECT_OK(json_text(a, j, 1 << 20, &out));
    return out;
}

static struct sample read_sample(struct arena *a, str text)
{
    struct sample s = { 0 };
    struct json *j;

    if (EXPECT_OK(json_parse(a, text, &j)))
        EXPECT_OK(record_read(a, &sample_record, j, &s));
    return s;
}

/* [R2] [R3] */
TEST(what_was_read_is_written_as_it_was)
{
    TEST_ARENA(a, 1 << 20);
    static const str rows[] = { S_INIT(SAMPLE_LEAST), S_INIT(SAMPLE_MOST) };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = read_sample(&a, rows[i]);
        str text = S("untouched");

        EXPECT_ERR(record_text(&a, &sample_record, &s, rows[i].n - 1, &text),
                   ERR_LIMIT, "buf.limit");
        EXPECT_STR(text, S("untouched"));
        if (EXPECT_OK(record_text(&a, &sample_record, &s, rows[i].n, &text)))
            EXPECT_STR(text, rows[i]);
    }
}

/* [R3] */
TEST(zero_values_of_optional_members_are_not_written)
{
    TEST_ARENA(a, 1 << 20);
    struct contact c = { .name = S("张"), .since = DAY_NEVER };
    struct json *j;

    if (EXPECT_OK(record_write(&a, &contact_record, &c, &j)))
        EXPECT_STR(canonical(&a, j), S("{\"name\":\"张\"}"));

    struct sample s = read_sample(&a, S(SAMPLE_LEAST));
    s.pause = (struct span){ 0, SPAN_WORKDAYS }; /* no days, yet not absent */
    s.deputy = (struct contact){ .name = S("李"), .since = DAY_NEVER };
    if (!EXPECT_OK(record_write(&a, &sample_record, &s, &j)))
        return;
    EXPECT_STR(json_get_str(j, S("pause")), S("0wd"));
    EXPECT(json_get(j, S("deputy"))->count == 1);
    EXPECT(json_get(j, S("until")) == NULL);
}

static void enum_below(struct sample *s)
{
    s->role = -1;
}
static void enum_above(struct sample *s)
{
    s->second = 3;
}
static void text_short(struct sample *s)
{
    s->title = S("a");
}
static void text_malformed(struct sample *s)
{
    s->note = S("\xc0\xaf");
}
static void text_control(struct sample *s)
{
    s->note = S("a\0b");
}
static void number_low(struct sample *s)
{
    s->staff = 0;
}
static void day_never(struct sample *s)
{
    s->on = DAY_NEVER;
}
static void list_empty(struct sample *s)
{
    s->sites.n = 0;
}
static void deep_inside(struct sample *s)
{
    ((struct site *)s->sites.p)->staff = 1001;
}
static void half_a_record(struct sample *s)
{
    s->deputy.role = ROLE_CHIEF;
}

/* [R2] */
TEST(a_struct_that_could_not_be_read_is_not_written)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        void (*spoil)(struct sample *s);
        const char *id;
        const char *path;
    } rows[] = {
        { "enum below", enum_below, "record.choice", "role" },
        { "enum above", enum_above, "record.choice", "second" },
        { "text too short", text_short, "record.length", "title" },
        { "not UTF-8", text_malformed, "record.kind", "note" },
        { "NUL", text_control, "record.control", "note" },
        { "number too low", number_low, "record.range", "staff" },
        { "a required day that never comes", day_never, "record.kind", "on" },
        { "too few elements", list_empty, "record.count", "sites" },
        { "deep inside", deep_inside, "record.range", "sites[0].staff" },
        { "half a record", half_a_record, "record.length", "deputy.name" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample s = read_sample(&a, S(SAMPLE_LEAST));
        struct json *j = NULL;

        rows[i].spoil(&s);
        err e = record_write(&a, &sample_record, &s, &j);
        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "path"),
                       str_of(rows[i].path));
        EXPECT_ROW(rows[i].name, j == NULL);
    }
}

/* --- random records --------------------------------------------------- */

static str random_text(struct arena *a, struct test_random *r,
                       const struct field *f)
{
    static const char *const pieces[] = { "a", "\t", "é",  "售",
                                          "😀", "\"", "\\", "\n" };
    uint64_t spread = (uint64_t)(f->max - f->min) + 1;
    size_t n = (size_t)f->min + test_random_below(r, spread);
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, str_of(pieces[test_random_below(r, COUNT(pieces))]));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void random_record(struct arena *a, struct test_random *r,
                          const struct record *of, void *out);

static struct list random_list(struct arena *a, struct test_random *r,
                               const struct field *f, size_t size)
{
    uint64_t spread = (uint64_t)(f->max - f->min) + 1;
    size_t n = (size_t)f->min + test_random_below(r, spread);
    struct list list = { arena_array(a, n, size), n };

    EXPECT(list.p != NULL);
    return list;
}

static void random_lists(struct arena *a, struct test_random *r,
                         const struct field *f, struct list *out)
{
    static const struct field each = { .min = 1, .max = 9 };

    if (f->kind == FIELD_STRS) {
        *out = random_list(a, r, f, sizeof(str));
        for (size_t i = 0; i < out->n; i++)
            ((str *)out->p)[i] = random_text(a, r, &each);
        return;
    }
    *out = random_list(a, r, f, f->record->size);
    for (size_t i = 0; i < out->n; i++)
        random_record(a, r, f->record, (char *)out->p + i * f->record->size);
}

static uint64_t count_names(const struct field *f)
{
    uint64_t n = 0;

    while (f->names[n] != NULL)
        n++;
    return n;
}

static void random_field(struct arena *a, struct test_random *r,
                         const struct field *f, void *at)
{
    uint64_t spread = (uint64_t)(f->max - f->min) + 1;
    uint64_t n = test_random_next(r);

    switch (f->kind) {
    case FIELD_STR: *(str *)at = random_text(a, r, f); break;
    case FIELD_INT: *(int64_t *)at = f->min + (int64_t)(n % spread); break;
    case FIELD_BOOL: *(bool *)at = n % 2 == 0; break;
    case FIELD_DAY:
        *(day *)at = DAY_MIN + (day)(n % (uint64_t)(DAY_MAX - DAY_MIN + 1));
        break;
    case FIELD_SPAN:
        *(struct span *)at =
            (struct span){ (int32_t)(n % 10000), (enum span_unit)(n % 3) };
        break;
    case FIELD_ID: test_random_bytes(r, at, sizeof(id)); break;
    case FIELD_HASH: test_random_bytes(r, at, sizeof(struct hash)); break;
    case FIELD_ENUM:
        *(int *)at = (int)test_random_below(r, count_names(f));
        break;
    case FIELD_RECORD: random_record(a, r, f->record, at); break;
    case FIELD_LIST:
    case FIELD_STRS: random_lists(a, r, f, at); break;
    }
}

static void leave_absent(const struct field *f, void *at)
{
    if (f->kind == FIELD_DAY)
        *(day *)at = DAY_NEVER;
    for (size_t i = 0; f->kind == FIELD_RECORD && i < f->record->n; i++)
        leave_absent(&f->record->fields[i],
                     (char *)at + f->record->fields[i].at);
}

static void random_record(struct arena *a, struct test_random *r,
                          const struct record *of, void *out)
{
    for (size_t i = 0; i < of->n; i++) {
        const struct field *f = &of->fields[i];
        void *at = (char *)out + f->at;

        if (f->optional && test_random_below(r, 2) == 0)
            leave_absent(f, at);
        else
            random_field(a, r, f, at);
    }
}

static bool same_record(const struct record *r, const void *x, const void *y);

static bool same_list(const struct field *f, const struct list *x,
                      const struct list *y)
{
    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++) {
        if (f->kind == FIELD_STRS
                ? !str_eq(((const str *)x->p)[i], ((const str *)y->p)[i])
                : !same_record(f->record,
                               (const char *)x->p + i * f->record->size,
                               (const char *)y->p + i * f->record->size))
            return false;
    }
    return true;
}

static bool same_span(const struct span *x, const struct span *y)
{
    return x->n == y->n && x->unit == y->unit;
}

static bool same_field(const struct field *f, const void *x, const void *y)
{
    switch (f->kind) {
    case FIELD_STR: return str_eq(*(const str *)x, *(const str *)y);
    case FIELD_INT: return *(const int64_t *)x == *(const int64_t *)y;
    case FIELD_BOOL: return *(const bool *)x == *(const bool *)y;
    case FIELD_DAY: return *(const day *)x == *(const day *)y;
    case FIELD_SPAN: return same_span(x, y);
    case FIELD_ID: return id_eq(*(const id *)x, *(const id *)y);
    case FIELD_HASH: return memcmp(x, y, sizeof(struct hash)) == 0;
    case FIELD_ENUM: return *(const int *)x == *(const int *)y;
    case FIELD_RECORD: return same_record(f->record, x, y);
    case FIELD_LIST:
    case FIELD_STRS: return same_list(f, x, y);
    }
    return false;
}

static bool same_record(const struct record *r, const void *x, const void *y)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];

        if (!same_field(f, (const char *)x + f->at, (const char *)y + f->at))
            return false;
    }
    return true;
}

/* [R2] [property] */
TEST(what_was_written_is_read_back_equal)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 1000; i++) {
        TEST_ARENA(a, 1 << 20);
        struct sample s = { 0 };
        struct json *j;

        random_record(&a, &r, &sample_record, &s);
        if (!EXPECT_OK(record_write(&a, &sample_record, &s, &j)))
            return;

        str text = canonical(&a, j);
        struct sample back = read_sample(&a, text);
        EXPECT(same_record(&sample_record, &s, &back));
        if (EXPECT_OK(record_write(&a, &sample_record, &back, &j)))
            EXPECT_STR(canonical(&a, j), text);
    }
}

static err write_once(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct json *j = NULL;

    arena_init(&a, h, 1 << 20);
    err e = record_write(&a, &sample_record, context, &j);
    EXPECT(failed(e) == (j == NULL));
    return e;
}

TEST(writing_survives_every_allocation_failure)
{
    TEST_ARENA(a, 1 << 20);
    struct sample s = read_sample(&a, S(SAMPLE_MOST));

    EXPECT(test_every_allocation_fails(write_once, NULL, &s) > 0);
}
