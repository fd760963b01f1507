/* What files brought, by look-up and by a plain scan over the rows of those
 * files: the same certificates, the same answers, and no others.  Rows and
 * numbers are drawn, many of them alike and some of them meant to harm. [RI1]
 * [RI4] [LU5] [M24] */

#include "base/buf.h"
#include "codec/idcode.h"
#include "service/check.h"
#include "service/lookup_ready.h"
#include "service/register_feed.h"
#include "service/register_import.h"
#include "service/register_said.h"
#include "service/service_test_env.h"

#include <stdio.h>

enum {
    FILES = 3,
    FILE_ROWS = 300,
    ROWS = FILES * FILE_ROWS,
    STEMS = 50, /* so that most numbers come more than once */
    CODES = 7,
    AT_ONCE = 17,
    NUMBER_MAX = 100,
    TEXT_MAX = 1 << 20,
    FIRST_DAY = 19800, /* 2024-03-18 */
    USCC = 18,
};

/* --- rows ----------------------------------------------------------------- */

struct drawn {
    char written[NUMBER_MAX]; /* the number in the file, .. */
    char number[NUMBER_MAX];  /* .. and as it is compared: by other means than
                                 the program's */
    unsigned holder;
    unsigned code;
    day from;
    day until;
    enum certificate_status status;
    day since;
    bool sound; /* as a row by itself */
};

struct scanned {
    struct office *office;
    struct test_random random;
    char codes[CODES][USCC + 1];
    struct drawn rows[ROWS];
    size_t n;
    struct import_counts want; /* of the file that was laid last */
};

static unsigned draw(struct scanned *x, unsigned n)
{
    return (unsigned)test_random_below(&x->random, n);
}

static void make_codes(struct scanned *x)
{
    for (unsigned i = 0; i < CODES; i++) {
        char *code = x->codes[i];

        (void)snprintf(code, USCC + 1, "91%06u00%07u", 110000 + i, i + 1000000);
        code[16] = idcode_organisation_check((str){ code + 8, 8 });
        code[17] = idcode_uscc_check((str){ code, 17 });
        code[18] = '\0';
    }
}

/* What is added to a stem, and what the look-up makes of it. */
static const struct {
    const char *before;
    const char *written;
    const char *number;
} endings[] = {
    { "", "", "" },       { "", "r", "R" },     { "", " R", "R" },
    { "", "R0", "R0" },   { "", "%", "%" },     { "", "_", "_" },
    { "", "'--", "'--" }, { "", "\\", "\\" },   { " ", "R", "R" },
    { "", "号", "号" },   { "", "(1)", "(1)" }, { "", "/1", "/1" },
    { "", "*", "*" },     { "", "[0]", "[0]" }, { "", "<b>&amp;", "<B>&AMP;" },
};

static void name(char written[static NUMBER_MAX],
                 char number[static NUMBER_MAX], unsigned stem, unsigned ending)
{
    (void)snprintf(written, NUMBER_MAX, "%sn%03u%s", endings[ending].before,
                   stem, endings[ending].written);
    (void)snprintf(number, NUMBER_MAX, "N%03u%s", stem, endings[ending].number);
}

static struct drawn draw_row(struct scanned *x)
{
    static const enum certificate_status statuses[] = {
        CERTIFICATE_VALID,
        CERTIFICATE_SUSPENDED,
        CERTIFICATE_WITHDRAWN,
        CERTIFICATE_CANCELLED,
    };
    struct drawn d = {
        .holder = draw(x, 5),
        .code = draw(x, CODES),
        .from = FIRST_DAY + (day)draw(x, 4),
        .sound = draw(x, 9) > 0,
    };

    d.status = statuses[draw(x, COUNT(statuses))];
    name(d.written, d.number, draw(x, STEMS), draw(x, COUNT(endings)));
    d.until = d.from + (day)draw(x, 2) * 2000 + 300;
    d.since = d.status == CERTIFICATE_VALID ? d.from : d.from + 100;
    return d;
}

/* Sometimes one that came before, as it was. */
static void add_row(struct scanned *x)
{
    struct drawn d = x->n > 0 && draw(x, 6) == 0
                         ? x->rows[draw(x, (unsigned)x->n)]
                         : draw_row(x);

    x->rows[x->n++] = d;
}

static void put_row(struct scanned *x, struct buf *b, const struct drawn *d)
{
    static const char *const statuses[] = { "", "suspended", "撤销", "04" };
    char days[3][DAY_TEXT];

    buf_printf(b,
               "\"%s\",\"示例%u, \"\"公司\"\"\",%s,示例认证%u,GB/T %u,%s,%s,",
               d->written, d->holder, d->sound ? x->codes[d->code] : "9135",
               d->holder, d->code, day_text(d->from, days[0]).p,
               day_text(d->until, days[1]).p);
    buf_printf(b, "%s,%s\n", statuses[d->status],
               d->status == CERTIFICATE_VALID ? ""
                                              : day_text(d->since, days[2]).p);
}

/* --- the scan ------------------------------------------------------------- */

static bool is_same(const struct drawn *a, const struct drawn *b)
{
    return a->holder == b->holder && a->code == b->code && a->from == b->from &&
           a->until == b->until && a->status == b->status &&
           a->since == b->since;
}

/* The first sound row of this number, of the first `n`. */
static const struct drawn *find(const struct scanned *x, const char *number,
                                size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (x->rows[i].sound && strcmp(x->rows[i].number, number) == 0)
            return &x->rows[i];
    }
    return NULL;
}

static bool is_first(const struct scanned *x, size_t i)
{
    return x->rows[i].sound && find(x, x->rows[i].number, i) == NULL;
}

static void count_row(struct scanned *x, size_t i)
{
    const struct drawn *before = find(x, x->rows[i].number, i);

    if (!x->rows[i].sound || (before != NULL && !is_same(before, &x->rows[i])))
        x->want.refused++;
    else if (before != NULL)
        x->want.known++;
    else
        x->want.put++;
}

/* --- in ------------------------------------------------------------------- */

static void import_file(struct scanned *x)
{
    struct office *o = x->office;
    struct import_order order = {
        .from = { .files = &o->files },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
        .at_once = AT_ONCE,
    };
    struct import_counts c;
    struct buf b;

    x->want = (struct import_counts){ .rows = FILE_ROWS };
    buf_init(&b, &o->arena, TEXT_MAX);
    buf_str(&b, S("证书编号,持证企业,信用代码,颁证机构,认证标准,起始日期,"
                  "到期日期,证书状态,状态日期\n"));
    for (int i = 0; i < FILE_ROWS; i++) {
        add_row(x);
        put_row(x, &b, &x->rows[x->n - 1]);
        count_row(x, x->n - 1);
    }
    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &order.from.path));
    EXPECT_OK(file_write(&o->files, &o->arena, order.from.path, buf_view(&b),
                         FILE_PUBLIC));
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
    EXPECT(c.rows == x->want.rows && c.put == x->want.put);
    EXPECT(c.known == x->want.known && c.refused == x->want.refused);
}

/* --- looked up ------------------------------------------------------------ */

static enum certificate_status status_of(const struct drawn *d, day today)
{
    bool runs =
        d->status == CERTIFICATE_VALID || d->status == CERTIFICATE_SUSPENDED;

    return runs && d->until < today ? CERTIFICATE_EXPIRED : d->status;
}

static void expect_row(const struct scanned *x, struct arena *a,
                       const struct drawn *d,
                       const struct public_certificate *c)
{
    struct buf b;

    buf_init(&b, a, 200);
    buf_printf(&b, "示例%u, \"公司\"|示例认证%u|GB/T %u|%s|%s", d->holder,
               d->holder, d->code, x->codes[d->code], d->number);
    str want = buf_view(&b);
    buf_init(&b, a, 400);
    buf_str(&b, c->holder);
    buf_char(&b, '|');
    buf_str(&b, c->issuer);
    buf_char(&b, '|');
    buf_str(&b, c->criterion);
    buf_char(&b, '|');
    buf_str(&b, c->uscc);
    buf_char(&b, '|');
    buf_str(&b, c->number);
    EXPECT_ROW_STR(d->number, buf_view(&b), want);
    EXPECT_ROW(d->number, c->from == d->from && c->until == d->until);
    EXPECT_ROW(d->number, c->status == status_of(d, office_today(x->office)));
}

/* By store and by read model. */
static void expect_look_up(struct scanned *x, const char *typed,
                           const char *number)
{
    struct office *o = x->office;
    const struct drawn *d = find(x, number, x->n);
    scoped(arena_end) struct arena a;
    struct public_certificate c;
    struct lookup_ready ready;

    arena_init(&a, &o->heap, TEXT_MAX);
    err e = lookup_certificate(o->app, &a, str_of(typed), office_today(o), &c);
    err r = lookup_ready(o->app, &a, str_of(typed), office_today(o), &ready);

    EXPECT_ROW(typed, failed(e) == (d == NULL) && failed(r) == (d == NULL));
    if (d == NULL) {
        EXPECT_ROW_ERR(typed, e, ERR_NOT_FOUND, "lookup.number");
        EXPECT_ROW_ERR(typed, r, ERR_NOT_FOUND, "lookup.number");
        return;
    }
    expect_row(x, &a, d, &c);
    EXPECT_ROW(typed, str_contains(ready.json, str_of(x->codes[d->code])));
}

/* Every number that was or might have been. */
static void expect_numbers(struct scanned *x)
{
    for (unsigned stem = 0; stem <= STEMS; stem++) {
        for (unsigned e = 0; e < COUNT(endings); e++) {
            char written[NUMBER_MAX];
            char number[NUMBER_MAX];

            name(written, number, stem, e);
            expect_look_up(x, written, number);
            expect_look_up(x, number, number);
        }
    }
}

/* Numbers of a holder, by the scan, that what is said of it has. */
static void expect_holder(struct scanned *x, unsigned code)
{
    struct office *o = x->office;
    scoped(tx_abort) struct tx *tx = NULL;
    struct list found;
    size_t n = 0;
    str said;

    EXPECT_OK(app_read(o->app, &o->arena, &tx));
    EXPECT_OK(register_holder_said(o->app, tx, &o->arena,
                                   str_of(x->codes[code]), &said));
    tx_abort(&tx);
    for (size_t i = 0; i < x->n; i++) {
        const struct drawn *d = &x->rows[i];

        n += is_first(x, i) && d->code == code;
    }
    str rest = said;
    size_t said_n = 0;
    for (size_t at; (at = str_find(rest, S("\"number\":"))) < rest.n; said_n++)
        rest = str_from(rest, at + 1);
    EXPECT_ROW(x->codes[code], said_n == n && n > 0);
    EXPECT_OK(lookup_search(o->app, &o->arena, str_of(x->codes[code]),
                            office_today(o), 100, &found));
    EXPECT_ROW(x->codes[code], found.n == (n < 100 ? n : 100));
}

static void compare(struct scanned *x)
{
    struct register_feeder feeder = { .app = x->office->app };
    struct check_counts checked;
    struct register_turn made;

    for (int turn = 0; turn < 2; turn++) { /* from the store, and made ready */
        expect_numbers(x);
        for (unsigned code = 0; code < CODES; code++)
            expect_holder(x, code);
        EXPECT_OK(register_turn(&feeder, &x->office->arena,
                                office_today(x->office), &made));
        EXPECT(made.left_out == 0);
    }
    EXPECT_OK(check_all(x->office->app, &x->office->arena, &checked));
}

static void run(struct scanned *x, uint64_t seed)
{
    x->random = (struct test_random){ seed };
    make_codes(x);
    for (int f = 0; f < FILES && !test_failing(); f++) {
        import_file(x);
        compare(x);
    }
}

ONE_STORE_TEST(every_row_is_found_as_a_plain_scan_of_the_files_finds_it, true)
{
    static struct scanned x;
    TEST_OFFICE(o, place);

    x = (struct scanned){ .office = &o };
    run(&x, 20261129);
}
