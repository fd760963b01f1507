/*
 * Whatever a command's data are, a form shows them and gives them back; and
 * every field of every command has its words. [RF1] [RF7] [D4]
 */

#include "web/test_form.h"

#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/command.h"
#include "domain/registers.h"
#include "domain/test_walking.h"
#include "domain/test_wish.h"
#include "texts.h"

static const char *const schemes[] = { "ten-star", "five-star", "iso-9001" };
static const char *const nothing_own[] = { NULL };

enum {
    ARENA_BYTES = 512 << 20,
    ROUND_BYTES = 16 << 20,
    TEXT_MOST = 1 << 20,
    WALK_LENGTH = 400,
    WALKS = 6,
    DRAWS = 40,
    COMMANDS_MOST = 200,
};

/* --- there and back [RF1] ------------------------------------------------- */

/* The value as the table writes it: what is absent is not there. */
static err canonical(struct arena *a, const struct record *r,
                     const struct json *value, str *out)
{
    void *into = arena_zero(a, r->size);
    struct json *written = NULL;

    TRY_MEMORY(into);
    TRY(record_read(a, r, value, into));
    TRY(record_write(a, r, into, &written));
    return json_text(a, written, TEXT_MOST, out);
}

/* What is sent of a form that is only to be read. [RF8] */
static err summary_sent(struct arena *a, const struct page_form_fields *shown,
                        enum lang lang, struct form *out)
{
    struct page_form_said said;
    struct form_field *fields;

    TRY(record_form_summary(a, shown, lang, &said));
    fields = arena_array(a, said.hidden_n, sizeof *fields);
    TRY_MEMORY(fields);
    for (size_t i = 0; i < said.hidden_n; i++)
        fields[i] = (struct form_field){ .name = said.hidden[i].name,
                                         .value = said.hidden[i].value };
    *out = (struct form){ fields, said.hidden_n };
    return OK;
}

/* Show `from`, send what was shown, or (`again`) what was then to be read; read
 * what was sent. */
static err there_and_back(struct arena *a, const struct record_form_of *of,
                          const struct json *from, enum lang lang, bool again,
                          str *out)
{
    struct record_form form;
    struct record_form back;
    struct page_form_fields shown;
    struct form sent;

    TRY(record_form_begin(a, of, from, &form));
    TRY(record_form_show(a, &form, lang, &shown));
    TRY(again ? summary_sent(a, &shown, lang, &sent)
              : test_form_sent(a, &shown, &sent));
    TRY(record_form_post(a, of, &sent, nothing_own, &back));
    if (back.problem_count > 0)
        return back.problems[0].why;
    return canonical(a, of->record, back.value, out);
}

/* False: the table lets this in no more than the form would. */
static bool comes_back(const char *command, const struct record *r,
                       const struct json *from, enum lang lang)
{
    const struct record_form_of of = { .command = command, .record = r };
    TEST_ARENA(a, ROUND_BYTES);
    str want;
    str got = S("");

    if (failed(canonical(&a, r, from, &want)))
        return false;
    for (int again = 0; again < 2; again++) {
        EXPECT_ROW_OK(command,
                      there_and_back(&a, &of, from, lang, again == 1, &got));
        EXPECT_ROW_STR(command, got, want);
    }
    return true;
}

static size_t place_of(str command)
{
    size_t i = 0;

    while (!str_eq(str_of(command_kind_at(i)->name), command))
        i++;
    return i;
}

/* What was given on one walk; *given counts by command. */
static void try_walk(struct walking *x, uint64_t seed, size_t *given)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct drawn d = drawn_from(TEST_SEED + seed);
    struct walk *w = walk_new(&a, x->scheme, x->calendar, &d.choices);

    while (!walk_over(w) && w->step_count < WALK_LENGTH && !test_failing()) {
        EXPECT(walk_on(w) == NULL);
        const struct walk_step *step = &w->steps[w->step_count - 1];
        size_t i = place_of(step->command);
        struct json *data = NULL;

        EXPECT_OK(json_parse(&a, step->json, &data));
        given[i] +=
            comes_back(command_kind_at(i)->name, command_kind_at(i)->record,
                       data, (enum lang)(seed % LANG_COUNT));
    }
}

TEST(what_is_given_on_a_walk_comes_back_through_its_form)
{
    size_t given[COMMANDS_MOST] = { 0 };

    for (size_t i = 0; i < COUNT(schemes); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct walking x;

        if (!walking_init(&x, &a, schemes[i]))
            return;
        for (uint64_t k = 0; k < WALKS && !test_failing(); k++)
            try_walk(&x, k, given);
    }
    size_t kinds = 0;
    for (size_t i = 0; i < command_kind_count(); i++)
        kinds += given[i] > 0;
    EXPECT(kinds * 2 > command_kind_count());
}

/* Anything the table lets in, a few times each; true: some of it was. */
static bool try_any(struct walk *w, const char *command, const struct record *r)
{
    size_t tried = 0;

    for (int i = 0; i < DRAWS && !test_failing(); i++) {
        const void *wish = wish_any(w, r);
        struct json *j = NULL;

        if (!failed(record_write(w->arena, r, wish, &j)))
            tried += comes_back(command, r, j, LANG_ZH);
    }
    return tried > 0;
}

/* Texts drawn at will are no time of day; walks have some. */
static bool is_never_drawn(const char *command)
{
    return strcmp(command, "sample.call") == 0;
}

/* Every command of a case and of a register, its table's odd values too. */
TEST(whatever_a_table_lets_in_comes_back_through_its_form)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct walking x;
    struct drawn d = drawn_from(TEST_SEED);

    if (!walking_init(&x, &a, "ten-star"))
        return;
    struct walk *w = walk_new(&a, x.scheme, x.calendar, &d.choices);
    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct command_kind *k = command_kind_at(i);

        EXPECT_ROW(k->name,
                   try_any(w, k->name, k->record) || is_never_drawn(k->name));
    }
    for (size_t i = 0; i < register_kind_count(); i++) {
        const struct register_kind *k = register_kind_at(i);

        EXPECT_ROW(k->name, try_any(w, k->name, k->record));
    }
}

/* --- words [RF7] ---------------------------------------------------------- */

enum { USED_MOST = 1000, NAME_MOST = 500 };

/* The ids that some field uses, so that none is left that nobody reads. */
struct used {
    str ids[USED_MOST];
    size_t n;
    struct arena *arena;
};

/* Two texts, one after the other; NUL-ended. */
static str joined(struct used *u, str first, str second)
{
    struct buf b;
    str whole = S("");
    str kept = S("");

    buf_init(&b, u->arena, NAME_MOST);
    buf_str(&b, first);
    buf_str(&b, second);
    EXPECT_OK(buf_done(&b, &whole));
    EXPECT(arena_str(u->arena, whole, &kept));
    return kept;
}

static bool stands(struct used *u, const char *prefix, str path, enum lang l)
{
    return text_get(l, joined(u, str_of(prefix), path).p).n > 0;
}

static void use(struct used *u, const char *prefix, str path)
{
    if (u->n < USED_MOST)
        u->ids[u->n++] = joined(u, str_of(prefix), path);
}

/* One of the two ids is there, in both languages. */
static void expect_words(struct used *u, const char *prefix, str path,
                         str member, bool needed)
{
    bool own = stands(u, prefix, path, LANG_ZH);
    bool shared = stands(u, prefix, member, LANG_ZH);

    EXPECT_ROW(path.p, own == stands(u, prefix, path, LANG_EN));
    EXPECT_ROW(path.p, shared == stands(u, prefix, member, LANG_EN));
    EXPECT_ROW(path.p, own || shared || !needed);
    use(u, prefix, own ? path : member);
}

static void expect_record(struct used *u, str path, const struct record *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        str whole = joined(u, joined(u, path, S(".")), str_of(f->name));

        expect_words(u, "field.", whole, str_of(f->name), true);
        expect_words(u, "hint.", whole, str_of(f->name), false);
        if (f->optional) /* what is needed sometimes is not marked optional */
            expect_words(u, "needed.", whole, str_of(f->name), false);
        if (f->kind == FIELD_LIST)
            expect_words(u, "row.", whole, str_of(f->name), true);
        if (f->record != NULL)
            expect_record(u, whole, f->record);
    }
}

static bool is_used(const struct used *u, str name)
{
    for (size_t i = 0; i < u->n; i++) {
        if (str_eq(u->ids[i], name))
            return true;
    }
    return false;
}

TEST(every_field_of_every_command_has_words_and_every_word_a_field)
{
    TEST_ARENA(a, 16 << 20);
    struct used *u = arena_zero(&a, sizeof *u);

    u->arena = &a;
    for (size_t i = 0; i < command_kind_count(); i++) {
        const struct command_kind *k = command_kind_at(i);

        if (record_form_asks(k->record))
            expect_record(u, str_of(k->name), k->record);
    }
    for (size_t i = 0; i < register_kind_count(); i++) {
        const struct register_kind *k = register_kind_at(i);

        expect_record(u, str_of(k->name), k->record);
    }
    for (size_t i = 0; i < text_table_n; i++) {
        str name = text_table[i].id;

        EXPECT_ROW(name.p, !(str_begins(name, S("field.")) ||
                             str_begins(name, S("hint.")) ||
                             str_begins(name, S("needed.")) ||
                             str_begins(name, S("row."))) ||
                               is_used(u, name));
    }
}

/* In English some words are their names. */
static bool in_words(const struct page_form_field_choices *c, enum lang l)
{
    return c->label.n > 0 && (l == LANG_EN || !str_eq(c->label, c->value));
}

/* Is a text shown that is no more than a name of the program's? */
static void expect_shown_words(const char *command, enum lang l,
                               const struct page_form_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        EXPECT_ROW(command, fields[i].label.n > 0);
        EXPECT_ROW(command,
                   str_index(fields[i].label, '[') == fields[i].label.n);
        for (size_t k = 0; k < fields[i].choices_n; k++)
            EXPECT_ROW(command, in_words(&fields[i].choices[k], l));
        expect_shown_words(command, l, fields[i].inner, fields[i].inner_n);
    }
}

TEST(every_choice_is_shown_in_words)
{
    for (size_t i = 0; i < command_kind_count(); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            TEST_ARENA(a, ROUND_BYTES);
            const struct command_kind *k = command_kind_at(i);
            const struct record_form_of of = { .command = k->name,
                                               .record = k->record };
            struct record_form form;
            struct page_form_fields shown = { 0 };

            if (!record_form_asks(k->record))
                continue;
            EXPECT_OK(record_form_begin(&a, &of, NULL, &form));
            EXPECT_OK(record_form_show(&a, &form, l, &shown));
            EXPECT_ROW(k->name, shown.fields_n == k->record->n);
            expect_shown_words(k->name, l, shown.fields, shown.fields_n);
        }
    }
}
