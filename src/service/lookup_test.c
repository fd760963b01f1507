/* What a stranger may ask the register. [LU1] [LU2] [M21] [M24] [M25] */
#include "service/lookup.h"

#include "domain/names.h"
#include "domain/standing.h"

#include "base/buf.h"
#include "service/project.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "store/certificates.h"
#include "store/schemes.h"

#define NUMBER "00026SC0001R0S"

static err ask(struct office *o, str number, day today,
               struct public_certificate *out)
{
    return lookup_certificate(o->app, &o->arena, number, today, out);
}

/* A certificate of some other body's, from day 20000 to day 21000. */
struct importing {
    const char *number;
    const char *holder;
    const char *uscc;
};

static err import(struct tx *tx, void *context)
{
    const struct importing *x = (const struct importing *)context;
    struct certificate_row row = {
        .number = str_of(x->number),
        .id = { { 0xCE, (uint8_t)x->number[1] } },
        .holder = str_of(x->holder),
        .uscc = str_of(x->uscc),
        .scheme_id = S("mini"),
        .criterion = S("T 1-2026"),
        .level_id = S("three"),
        .stars = 3,
        .issued = 20000,
        .valid_from = 20000,
        .valid_until = 21000,
        .first_issued = 20000,
        .status_since = 20000,
        .scope_zh = S("售后"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };

    return certificate_put(tx, &row);
}

static void import_one(struct office *o, const char *number)
{
    struct importing x = { number, "示例锁业有限公司", RIVAL_USCC };

    EXPECT_OK(app_write(o->app, &o->arena, import, &x));
}

/* --- one certificate -------------------------------------------------- */

/* The row of the register is what the case's journal says, at version 1 of the
 * certificate's stream. */
static void expect_row(struct office *o, const struct certificate *c,
                       id enterprise)
{
    const struct standing s = { .certificate = c,
                                .scope = c->scope,
                                .scope_en = c->scope_en,
                                .since = c->from,
                                .until = DAY_NEVER,
                                .version = 3 };
    struct certificate_row row = certificate_row_of(&s, enterprise);

    EXPECT(id_eq(row.id, c->certificate) && id_eq(row.of_case, c->case_id));
    EXPECT(id_eq(row.enterprise, enterprise));
    EXPECT_STR(row.number, c->number);
    EXPECT_STR(row.holder, c->holder);
    EXPECT_STR(row.uscc, c->uscc);
    EXPECT_STR(row.scheme_id, c->scheme);
    EXPECT_STR(row.criterion, c->criterion);
    EXPECT_STR(row.level_id, c->level);
    EXPECT_STR(row.scope_zh, c->scope);
    EXPECT_STR(row.scope_en, c->scope_en);
    EXPECT(row.stars == c->stars && row.issued == c->issued);
    EXPECT(row.valid_from == c->from && row.valid_until == c->until);
    EXPECT(row.first_issued == c->first_issued);
    EXPECT(row.status == CERTIFICATE_VALID && row.status_since == c->from);
    EXPECT(row.log_index == LOG_INDEX_NONE && row.version == 3);

    /* What stands there is that row, at the stream's version. */
    str stored = office_ask(
        o, "SELECT number, holder, uscc, scheme_id, criterion, level_id, stars,"
           " issued, valid_from, valid_until, first_issued, status,"
           " status_since, scope_zh, scope_en, version FROM certificate");
    struct buf b;
    str want = S("");
    buf_init(&b, &o->arena, 4000);
    buf_printf(&b, "%.*s|%.*s|%.*s|mini|%.*s|%.*s|%d|%d|%d|%d|%d|0|%d|",
               STR_ARG(row.number), STR_ARG(row.holder), STR_ARG(row.uscc),
               STR_ARG(row.criterion), STR_ARG(row.level_id), row.stars,
               row.issued, row.valid_from, row.valid_until, row.first_issued,
               row.status_since);
    buf_printf(&b, "%.*s|%.*s|2\n", STR_ARG(row.scope_zh),
               STR_ARG(row.scope_en));
    EXPECT_OK(buf_done(&b, &want));
    EXPECT_STR(stored, want);
}

/* [M21] [M24] */
EACH_STORE_TEST(a_certificate_is_shown_as_it_was_issued)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    const struct state *s = office_read(&o, ref).state;
    const struct certificate *c = s->certificate;
    struct public_certificate got = { 0 };

    EXPECT_OK(ask(&o, S(NUMBER), c->issued, &got));
    EXPECT_STR(got.number, c->number);
    EXPECT_STR(got.holder, o.own.name);
    EXPECT_STR(got.uscc, o.own.uscc);
    EXPECT_STR(got.scheme, S("mini"));
    EXPECT_STR(got.scheme_name.zh, S("小规则"));
    EXPECT_STR(got.criterion, S("T 1-2026"));
    EXPECT_STR(got.criterion_title.en, S("Test criterion"));
    EXPECT_STR(got.level, c->level);
    EXPECT_STR(got.level_label.en, S("Ten stars"));
    EXPECT_STR(got.statement.en, S("The stated level is met"));
    EXPECT_STR(got.scope, c->scope);
    EXPECT_STR(got.scope_en, c->scope_en);
    EXPECT(got.stars == 10 && got.assumed); /* [SC5] */
    EXPECT(got.issued == c->issued && got.from == c->from);
    EXPECT(got.until == c->until && got.first_issued == c->first_issued);
    EXPECT(got.status == CERTIFICATE_VALID && got.status_since == c->from);
    EXPECT(memcmp(got.scheme_hash.b, s->scheme->hash.b, 32) == 0);
    EXPECT(got.log_index == LOG_INDEX_NONE);
    expect_row(&o, c, o.own.id);

    int64_t size = 0;
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT_OK(ask(&o, S(NUMBER), c->issued, &got));
    EXPECT(got.log_index == size - 1);
}

EACH_STORE_TEST(a_number_is_taken_as_people_write_it)
{
    TEST_OFFICE(o, place);
    static const struct {
        str typed;
        bool found;
    } rows[] = {
        { S_INIT(NUMBER), true },
        { S_INIT("00026sc0001r0s"), true },
        { S_INIT(" 000 26 SC 0001\tR0S "), true },
        { S_INIT("00026SC0001R0"), false },
        { S_INIT("00026SC0001R0SX"), false },
        { S_INIT("00026SC0002R0S"), false },
        { S_INIT("00026SC%"), false },
        { S_INIT(""), false },
        { S_INIT("  "), false },
    };

    import_one(&o, NUMBER);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct public_certificate got = { 0 };
        err e = ask(&o, rows[i].typed, office_today(&o), &got);

        if (rows[i].found) {
            EXPECT_ROW_OK(rows[i].typed.p, e);
            EXPECT_ROW_STR(rows[i].typed.p, got.number, S(NUMBER));
        } else {
            EXPECT_ROW_ERR(rows[i].typed.p, e, ERR_NOT_FOUND, "lookup.number");
            EXPECT_ROW_STR(rows[i].typed.p, err_arg_text(e, "number"),
                           rows[i].typed);
        }
    }
}

/* Long ones are cut for the message, between two characters. */
ONE_STORE_TEST(what_nobody_has_is_named_as_far_as_it_can_be_shown, true)
{
    TEST_OFFICE(o, place);
    struct public_certificate got;
#define TWENTY "号号号号号号号号号号号号号号号号号号号号"

    err e = ask(&o, S("x" TWENTY TWENTY TWENTY), office_today(&o), &got);
    EXPECT_ERR(e, ERR_NOT_FOUND, "lookup.number");
    EXPECT_STR(err_arg_text(e, "number"),
               str_first(S("x" TWENTY TWENTY TWENTY), 1 + 59 * strlen("号")));
    e = ask(&o, S("号\xff\xfe"), office_today(&o), &got);
    EXPECT_ERR(e, ERR_NOT_FOUND, "lookup.number");
    EXPECT_STR(err_arg_text(e, "number"), S("号"));
    e = ask(&o, S("a\0b"), office_today(&o), &got);
    EXPECT_ERR(e, ERR_NOT_FOUND, "lookup.number");
    EXPECT_STR(err_arg_text(e, "number"), S("a"));
}

/* Only running out happens by itself, and only to what could run out. */
ONE_STORE_TEST(status_on_each_side_of_the_last_day, true)
{
    TEST_OFFICE(o, place);
    static const struct {
        enum certificate_status stored;
        int32_t after; /* days after the last valid one */
        enum certificate_status want;
        bool since_end; /* else as stored */
    } rows[] = {
        { CERTIFICATE_VALID, -1, CERTIFICATE_VALID, false },
        { CERTIFICATE_VALID, 0, CERTIFICATE_VALID, false },
        { CERTIFICATE_VALID, 1, CERTIFICATE_EXPIRED, true },
        { CERTIFICATE_VALID, 999, CERTIFICATE_EXPIRED, true },
        { CERTIFICATE_SUSPENDED, 0, CERTIFICATE_SUSPENDED, false },
        { CERTIFICATE_SUSPENDED, 1, CERTIFICATE_EXPIRED, true },
        { CERTIFICATE_WITHDRAWN, 0, CERTIFICATE_WITHDRAWN, false },
        { CERTIFICATE_WITHDRAWN, 1, CERTIFICATE_WITHDRAWN, false },
        { CERTIFICATE_CANCELLED, 1, CERTIFICATE_CANCELLED, false },
        { CERTIFICATE_EXPIRED, 1, CERTIFICATE_EXPIRED, false },
    };
    struct public_certificate c = { 0 };

    import_one(&o, NUMBER);
    EXPECT_OK(ask(&o, S(NUMBER), office_today(&o), &c));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = status_names[rows[i].stored];
        struct public_certificate got = { 0 };
        struct buf b;
        str sql = S("");

        buf_init(&b, &o.arena, 200);
        buf_printf(&b, "UPDATE certificate SET status = %d, status_since = %d",
                   (int)rows[i].stored, c.from + 7);
        buf_char(&b, '\0');
        EXPECT_OK(buf_done(&b, &sql));
        (void)office_ask(&o, sql.p);
        EXPECT_OK(ask(&o, S(NUMBER), c.until + rows[i].after, &got));
        EXPECT_ROW(name, got.status == rows[i].want);
        EXPECT_ROW(name, got.status_since ==
                             (rows[i].since_end ? c.until + 1 : c.from + 7));
    }
}

/* [AP2] A newer version of the package changes nothing in what was issued. */
EACH_STORE_TEST(a_certificate_is_shown_by_the_package_it_was_judged_by)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    struct public_certificate got = { 0 };
    struct list l = { 0 };

    (void)office_mini_with(&o, "en: Ten stars", "en: Another name");
    EXPECT_OK(ask(&o, S(NUMBER), office_today(&o), &got));
    EXPECT_STR(got.level_label.en, S("Ten stars"));
    EXPECT(memcmp(got.scheme_hash.b, office_read(&o, ref).state->scheme->hash.b,
                  32) == 0);
    EXPECT_OK(
        lookup_search(o.app, &o.arena, S(NUMBER), office_today(&o), 9, &l));
    EXPECT(l.n == 1);
    if (l.n == 1)
        EXPECT_STR(((const struct public_certificate *)l.p)->level_label.en,
                   S("Ten stars"));
}

/* [LU2] */
EACH_STORE_TEST(a_look_up_does_not_wait_for_the_writer)
{
    TEST_OFFICE(o, place);
    struct public_certificate got = { 0 };
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    struct office_rows before;

    import_one(&o, NUMBER);
    before = office_rows(&o);
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_READ, &o.app));
    EXPECT_OK(store_open(&o.heap, &o.arena, office_where(&o), &s));
    EXPECT_OK(tx_begin(s, &o.arena, TX_WRITE, &tx));
    EXPECT_OK(certificate_set_log_index(tx, S(NUMBER), 77));

    EXPECT_OK(ask(&o, S(NUMBER), office_today(&o), &got));
    EXPECT(got.log_index == LOG_INDEX_NONE);
    tx_abort(&tx);
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}

/* --- searching -------------------------------------------------------- */

/* The numbers of a list, "A1 A2". */
static str numbers(struct office *o, const struct list *l)
{
    const struct public_certificate *c = l->p;
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < l->n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, c[i].number);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void import_three(struct office *o)
{
    static const struct importing three[] = {
        { "A2", "示例锁业有限公司", RIVAL_USCC },
        { "A1", "示例锁业有限公司", RIVAL_USCC },
        { "A3", "A1 Pumps 100%", OFFICE_USCC },
    };

    for (size_t i = 0; i < COUNT(three); i++) {
        struct importing x = three[i];

        EXPECT_OK(app_write(o->app, &o->arena, import, &x));
    }
}

/* [M25] */
EACH_STORE_TEST(certificates_are_found_by_number_code_and_name)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *words;
        size_t most;
        str want;
    } rows[] = {
        { "A1", 9, S_INIT("A1") }, /* the number, before any name */
        { " a 1 ", 9, S_INIT("A1") },
        { RIVAL_USCC, 9, S_INIT("A1 A2") },
        { "91330100799655058b", 9, S_INIT("A1 A2") },
        { RIVAL_USCC, 1, S_INIT("A1") },
        { "锁业", 9, S_INIT("A1 A2") },
        { " 锁业\n", 9, S_INIT("A1 A2") },
        { "示例", 9, S_INIT("A1 A2") },
        { "Pumps", 9, S_INIT("A3") },
        { "A1 P", 9, S_INIT("A3") },
        { "100%", 9, S_INIT("A3") },
        { "%", 9, S_INIT("A3") },
        { "_", 9, S_INIT("") },
        { "nobody", 9, S_INIT("") },
        { "", 9, S_INIT("") },
        { " \t", 9, S_INIT("") },
    };

    import_three(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list l = { 0 };

        EXPECT_ROW_OK(rows[i].words,
                      lookup_search(o.app, &o.arena, str_of(rows[i].words),
                                    20500, rows[i].most, &l));
        EXPECT_ROW_STR(rows[i].words, numbers(&o, &l), rows[i].want);
    }
    struct list l = { 0 };
    EXPECT_OK(lookup_search(o.app, &o.arena, S("\xff"), 20500, 9, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(lookup_search(o.app, &o.arena, S("a\0b"), 20500, 9, &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(the_first_ones_are_those_of_the_least_numbers)
{
    TEST_OFFICE(o, place);
    struct list l = { 0 };
    struct list left_out = { .n = 9 };

    EXPECT_OK(lookup_first(o.app, &o.arena, 20500, 2, &l, &left_out));
    EXPECT(l.n == 0);
    import_three(&o);
    EXPECT_OK(lookup_first(o.app, &o.arena, 20500, 2, &l, &left_out));
    EXPECT_STR(numbers(&o, &l), S("A1 A2"));
    EXPECT_OK(lookup_first(o.app, &o.arena, 21001, 9, &l, &left_out));
    EXPECT_STR(numbers(&o, &l), S("A1 A2 A3"));
    EXPECT(((const struct public_certificate *)l.p)->status ==
           CERTIFICATE_EXPIRED);
    EXPECT(left_out.n == 0);
}

/* A row that no reader understands, and one whose package is not there. */
EACH_STORE_TEST(the_first_ones_are_shown_without_those_that_are_damaged)
{
    static const struct {
        const char *why;
        const char *sql;
        const char *shown;
        const char *left;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "a day that is none",
          "UPDATE certificate SET issued = 9223372036854775807"
          " WHERE number = 'A2'",
          "A1 A3", "A2", ERR_CORRUPT, "store.row" },
        { "a package nobody froze",
          "UPDATE certificate SET scheme_id = 'x' WHERE number = 'A1'", "A3",
          "A1", ERR_NOT_FOUND, "app.no_scheme" },
    };
    TEST_OFFICE(o, place);

    import_three(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list l = { 0 };
        struct list left_out = { 0 };

        (void)office_ask(&o, rows[i].sql);
        EXPECT_ROW_OK(rows[i].why,
                      lookup_first(o.app, &o.arena, 20500, 9, &l, &left_out));
        EXPECT_ROW_STR(rows[i].why, numbers(&o, &l), str_of(rows[i].shown));
        EXPECT_ROW(rows[i].why, left_out.n == i + 1);
        for (size_t k = 0; k < left_out.n; k++) {
            const struct left_out *x = (const struct left_out *)left_out.p + k;

            if (str_eq(x->name, str_of(rows[i].left)))
                EXPECT_ROW_ERR(rows[i].why, x->why, rows[i].code, rows[i].id);
        }
    }
}

/* Whoever asks for one is told that it cannot be read, not that there is none.
 */
EACH_STORE_TEST(a_damaged_certificate_is_not_said_to_be_nobody_s)
{
    TEST_OFFICE(o, place);
    struct public_certificate got;
    struct list l = { 0 };

    import_three(&o);
    (void)office_ask(&o, "UPDATE certificate SET issued = 9223372036854775807"
                         " WHERE number = 'A2'");
    EXPECT_ERR(ask(&o, S("A2"), 20500, &got), ERR_CORRUPT, "store.row");
    EXPECT_ERR(lookup_search(o.app, &o.arena, S("锁业"), 20500, 9, &l),
               ERR_CORRUPT, "store.row");
    EXPECT_OK(ask(&o, S("A1"), 20500, &got));
}

/* --- what numbers look like -------------------------------------------- */

/* More packages than a page holds, all older than those that count: version
 * upon version of one scheme. */
enum { OLD_PACKAGES = STORE_PAGE_MAX + 100 };

static err freeze_old(struct tx *tx, void *)
{
    struct scheme_row row = { .id = S("mini"), .version = S("old") };

    for (int i = 0; i < OLD_PACKAGES; i++) {
        row.hash.b[1] = (uint8_t)(i / 256);
        row.hash.b[2] = (uint8_t)i;
        row.hash.b[3] = 1;
        TRY(scheme_freeze(tx, &row, NULL, 0));
    }
    return OK;
}

EACH_STORE_TEST(the_newest_package_of_each_scheme_shows_what_numbers_look_like)
{
    TEST_OFFICE(o, place);
    struct list before = { 0 };
    struct list after = { 0 };
    struct list left_out = { 0 };

    EXPECT_OK(lookup_numbers(o.app, &o.arena, 20500, &before, &left_out));
    EXPECT(before.n > 0 && left_out.n == 0);
    EXPECT_OK(app_write(o.app, &o.arena, freeze_old, NULL));
    EXPECT_OK(lookup_numbers(o.app, &o.arena, 20500, &after, &left_out));
    EXPECT(after.n == before.n && left_out.n == 0);
    for (size_t i = 0; i < before.n && i < after.n; i++)
        EXPECT_STR(((const struct number_example *)after.p)[i].number,
                   ((const struct number_example *)before.p)[i].number);
}

EACH_STORE_TEST(a_scheme_whose_package_is_damaged_is_left_out)
{
    TEST_OFFICE(o, place);
    struct list whole = { 0 };
    struct list l = { 0 };
    struct list left_out = { 0 };

    EXPECT_OK(lookup_numbers(o.app, &o.arena, 20500, &whole, &left_out));
    app_close(&o.app); /* which has loaded it */
    (void)office_ask(&o,
                     "DELETE FROM scheme_file WHERE hash IN"
                     " (SELECT hash FROM scheme_package WHERE id = 'mini')");
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_READ, &o.app));
    EXPECT_OK(lookup_numbers(o.app, &o.arena, 20500, &l, &left_out));
    EXPECT(l.n + 1 == whole.n && left_out.n == 1);
    if (left_out.n == 1) {
        const struct left_out *x = left_out.p;

        EXPECT_STR(x->name, S("mini"));
        EXPECT_ERR(x->why, ERR_CORRUPT, "app.scheme");
    }
}
