/* [DM2] A demonstration is the same wherever and whenever it is made. */
#include "service/demo.h"

#include "base/buf.h"
#include "merkle/tree.h"
#include "service/body_contact.h"
#include "service/money.h"
#include "service/service_test_env.h"
#include "store/journal.h"
#include "tlog/tlog.h"

enum { ARENA = 128 << 20, EXPORT_MAX = 16 << 20, CASES = 5 };

/* What a demonstration comes to: every journal, as text, and the log. */
struct exported {
    str journals;
    struct checkpoint checkpoint;
};

/* --- exporting -------------------------------------------------------- */

static err export_stream(struct tx *tx, struct arena *a, struct buf *b,
                         const struct stream_row *row)
{
    struct list rows;

    TRY(journal_read(tx, a, row->id, 0, &rows));
    buf_printf(b, "%.*s %.*s\n", STR_ARG(row->kind), STR_ARG(row->number));
    for (size_t i = 0; i < rows.n; i++) {
        buf_str(b, ((const struct journal_row *)rows.p + i)->body);
        buf_char(b, '\n');
    }
    return OK;
}

static err export_all(struct tx *tx, struct arena *a, struct exported *out)
{
    const struct page all = { .limit = STORE_PAGE_MAX };
    struct buf b;

    buf_init(&b, a, EXPORT_MAX);
    for (int kind = 0; kind < STREAM_KIND_COUNT; kind++) {
        struct list rows;

        TRY(stream_list(tx, a, str_of(stream_names[kind]), &all, &rows));
        for (size_t i = 0; i < rows.n; i++)
            TRY(export_stream(tx, a, &b,
                              (const struct stream_row *)rows.p + i));
    }
    TRY(buf_done(&b, &out->journals));
    return tlog_newest(tx, a, &out->checkpoint);
}

static err export(struct office *o, struct exported *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_open(&o->arena, &o->world, o->dir, APP_READ, &o->app));
    TRY(app_read(o->app, &o->arena, &tx));
    return export_all(tx, &o->arena, out);
}

/* --- making ----------------------------------------------------------- */

static err make(struct office *o, const struct demo_wish *wish,
                struct exported *out)
{
    struct demo_made made;

    TRY(office_name_store(o));
    TRY(demo_make(&o->arena, &o->world, o->dir, wish, &made));
    EXPECT(made.cases == wish->size && made.certificates > 0);
    return export(o, out);
}

/* Into `a`; an empty one, and a failed test, when it cannot be made. */
static struct exported demonstrate(struct arena *a, bool sqlite,
                                   const struct demo_wish *wish)
{
    scoped(office_end) struct office o = { 0 };
    struct exported out = { 0 };
    struct exported kept = { 0 };
    struct store_place place;

    if (!store_place_new(sqlite, &place) || !office_world(&o, &place) ||
        !EXPECT_OK(make(&o, wish, &out)))
        return kept;
    kept.checkpoint = out.checkpoint;
    EXPECT(arena_str(a, out.journals, &kept.journals));
    EXPECT(arena_str(a, out.checkpoint.note, &kept.checkpoint.note));
    return kept;
}

/* --- comparing -------------------------------------------------------- */

static bool same_journals(const struct exported *x, const struct exported *y)
{
    return str_eq(x->journals, y->journals);
}

/* Where two texts part, for whoever has to find out why. */
static void show_parting(str x, str y)
{
    while (x.n > 0 && y.n > 0) {
        str one = str_cut(&x, '\n');
        str other = str_cut(&y, '\n');

        if (!str_eq(one, other)) {
            EXPECT_STR(one, other);
            return;
        }
    }
}

TEST(a_demonstration_is_the_same_on_both_engines)
{
    TEST_ARENA(a, ARENA);
    const struct demo_wish wish = {
        .seed = 7,
        .size = CASES,
        .today = office_day("2026-11-20"),
    };
    struct exported sqlite = demonstrate(&a, true, &wish);
    struct exported postgres = demonstrate(&a, false, &wish);

    EXPECT(sqlite.journals.n > 100000 && sqlite.checkpoint.size > CASES);
    EXPECT(same_journals(&sqlite, &postgres));
    show_parting(sqlite.journals, postgres.journals);
    EXPECT(sqlite.checkpoint.size == postgres.checkpoint.size);
    EXPECT(hash_eq(&sqlite.checkpoint.root, &postgres.checkpoint.root));
    EXPECT_STR(sqlite.checkpoint.note, postgres.checkpoint.note);
}

TEST(another_seed_day_or_size_gives_another_demonstration)
{
    TEST_ARENA(a, ARENA);
    day today = office_day("2026-11-20");
    const struct {
        const char *name;
        struct demo_wish wish;
    } rows[] = {
        { "another seed", { .seed = 8, .size = 1, .today = today } },
        { "another day", { .seed = 7, .size = 1, .today = today + 1 } },
        { "another size", { .seed = 7, .size = 2, .today = today } },
    };
    const struct demo_wish wish = { .seed = 7, .size = 1, .today = today };
    struct exported one = demonstrate(&a, true, &wish);
    struct exported again = demonstrate(&a, true, &wish);

    EXPECT(same_journals(&one, &again));
    EXPECT_STR(one.checkpoint.note, again.checkpoint.note);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct exported other = demonstrate(&a, true, &rows[i].wish);

        EXPECT_ROW(rows[i].name, !same_journals(&one, &other));
        EXPECT_ROW(rows[i].name,
                   !hash_eq(&one.checkpoint.root, &other.checkpoint.root));
    }
}

static int count(str text, str what)
{
    int n = 0;

    for (; text.n >= what.n; text = str_from(text, 1))
        n += str_begins(text, what);
    return n;
}

/* The later cases begin on the days of the earlier ones.  If somebody were
 * wanted at two audits on one day, making it would be refused. */
TEST(a_body_with_more_cases_has_more_auditors)
{
    TEST_ARENA(a, ARENA);
    static const struct {
        const char *name;
        int64_t cases;
        int qualified;
    } rows[] = {
        { "each of the list, and the expert", 15, 5 },
        { "the first of it again", 16, 7 },
        { "and a third time", 31, 9 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct demo_wish wish = {
            .seed = 7,
            .size = rows[i].cases,
            .today = office_day("2026-11-20"),
        };
        struct exported made = demonstrate(&a, true, &wish);

        EXPECT_ROW(rows[i].name, count(made.journals, S("person.qualified")) ==
                                     rows[i].qualified);
    }
}

/* --- what a visitor looks for -------------------------------------------- */

/* How many invoices finance finds in that state. */
static int64_t invoices_in(struct office *o, const struct session *who,
                           int state)
{
    const struct money_wish wish = {
        .today = office_day("2026-11-20"),
        .state = (enum money_filter)state,
        .from = DAY_MIN,
        .to = DAY_MAX,
        .most = MONEY_PAGE,
    };
    struct money_found found = { .next = S("") };

    EXPECT_OK(money_list(o->app, &o->arena, who, &wish, &found));
    return found.sums.n;
}

/* [M13] Its page of money is no empty one. */
TEST(a_demonstration_has_invoices_in_every_state)
{
    const struct demo_wish wish = { .seed = 7,
                                    .size = 30,
                                    .today = office_day("2026-11-20") };
    const struct session finance = {
        .actor = { .roles = ROLE_BIT(ROLE_FINANCE) },
        .channel = S("test"),
    };
    scoped(office_end) struct office o = { 0 };
    struct exported made = { .journals = S("") };
    struct body_contact c = { .address = S("") };
    struct store_place place;
    struct list waiting;

    if (!store_place_new(true, &place) || !office_world(&o, &place) ||
        !EXPECT_OK(make(&o, &wish, &made)))
        return;
    for (int i = 0; money_filter_names[i] != NULL; i++)
        EXPECT_ROW(money_filter_names[i], invoices_in(&o, &finance, i) > 0);
    /* some are open and their day has not passed */
    EXPECT(invoices_in(&o, &finance, MONEY_OPEN) >
           invoices_in(&o, &finance, MONEY_OVERDUE));
    EXPECT_OK(money_refunds(o.app, &o.arena, &finance, &waiting));
    EXPECT(waiting.n > 0);
    EXPECT_OK(body_contact_get(o.app, &o.arena, &c));
    EXPECT(str_contains(c.address, S("示例")));
    EXPECT(str_ends(c.mail, S("@example.test")));
    EXPECT(str_ends(c.complaint_mail, S("@example.test")));
}
