/* A log of a service desk, from its bytes to its tickets. */

#include "records/tickets.h"

#include "base/size.h"
#include "records/figures.h"
#include "records/test_columns.h"

#define HEADER                                                                 \
    "number,incident_state,active,reassignment_count,reopen_count,made_sla,"   \
    "caller_id,opened_at,sys_updated_at,category,u_symptom,cmdb_ci,"           \
    "assignment_group,assigned_to,resolved_at,closed_at\n"

/* Dates day first; resolved_at is filled on all rows, as such desks do when
 * they export what is known today beside what was known then. */
static const char *const log_rows[] = {
    "SD001,New,TRUE,0,0,TRUE,Caller 3,29-02-2016 01:16,29-02-2016 "
    "01:23,Category 5,Symptom 7,?,Group 5,?,29-02-2016 11:29,05-03-2016 "
    "12:00\n",
    "SD002,New,TRUE,0,0,TRUE,Caller 4,29-02-2016 04:40,29-02-2016 "
    "04:57,Category 4,Symptom 2,?,Group 7,?,01-03-2016 09:52,06-03-2016 "
    "10:00\n",
    "SD001,Resolved,TRUE,0,0,TRUE,Caller 3,29-02-2016 01:16,29-02-2016 "
    "08:53,Category 5,Symptom 7,?,Group 5,?,29-02-2016 11:29,05-03-2016 "
    "12:00\n",
    "SD001,Active,TRUE,1,0,TRUE,Caller 3,29-02-2016 01:16,29-02-2016 "
    "09:10,Category 5,Symptom 7,?,Group 6,Resolver 9,29-02-2016 "
    "11:29,05-03-2016 12:00\n",
    "SD001,Closed,FALSE,1,0,TRUE,Caller 3,29-02-2016 01:16,05-03-2016 "
    "12:00,Category 5,Symptom 7,?,?,?,29-02-2016 11:29,05-03-2016 12:00\n",
    "SD002,Closed,FALSE,0,2,FALSE,Caller 4,29-02-2016 04:40,06-03-2016 "
    "10:00,Category 4,Symptom 2,?,Group 7,Resolver 1,01-03-2016 "
    "09:52,06-03-2016 10:00\n",
    "SD003,New,TRUE,0,0,TRUE,Caller 4,13-03-2016 04:40,13-03-2016 "
    "04:57,Category 4,Symptom 2,?,Group 7,?,?,?\n",
};

struct log_world {
    struct arena a;
    struct heap heap;
    struct columns columns;
    const struct column_book *book;
    struct ticket got[COUNT(log_rows)];
    size_t n;
};

static str log_text(struct log_world *w)
{
    char *text = arena_zero(&w->a, 4096);
    size_t n = sizeof HEADER - 1;

    memcpy(text, HEADER, sizeof HEADER);
    for (size_t i = 0; i < COUNT(log_rows); i++) {
        str row = str_of(log_rows[i]);

        memcpy(text + n, row.p, row.n);
        n += row.n;
    }
    return (str){ text, n };
}

static bool add(void *into, const struct ticket *t)
{
    return tickets_add(into, t);
}

static bool keep(void *into, const struct ticket *t)
{
    struct log_world *w = into;

    w->got[w->n++] = *t;
    return true;
}

/* A worker's reading of one row in two. */
static void read_half(struct log_world *w, size_t first, struct rows *r,
                      struct tickets *t)
{
    const struct rows_table table = {
        .columns = &w->columns,
        .book = w->book,
        .heap = &w->heap,
        .separator = ',',
        .quotes = true,
        .events = true,
    };
    uint64_t at = sizeof HEADER - 1;

    rows_init(r, &table);
    for (size_t i = 0; i < COUNT(log_rows); i++) {
        const struct rows_part part = { str_of(log_rows[i]), at };

        at += part.text.n;
        if (i % 2 == first)
            EXPECT(rows_feed(r, &part, add, t));
    }
}

static void read_log(struct log_world *w)
{
    static struct rows even;
    static struct rows odd;
    uint32_t outlets[10];
    uint32_t persons[10];
    uint32_t trades[10];
    const struct figures_map map = { .outlet = outlets,
                                     .person = persons,
                                     .trade = trades };
    scoped(tickets_free) struct tickets *a = tickets_new(&w->heap, false);
    scoped(tickets_free) struct tickets *b = tickets_new(&w->heap, false);

    read_half(w, 0, &even, a);
    read_half(w, 1, &odd, b);
    EXPECT(words_merge(&even.words.outlet, &odd.words.outlet, outlets));
    EXPECT(words_merge(&even.words.person, &odd.words.person, persons));
    EXPECT(words_merge(&even.words.trade, &odd.words.trade, trades));
    EXPECT(tickets_merge(a, b, &map) && tickets_each(a, keep, w));
    EXPECT(even.notes_n == 0 && odd.notes_n == 0 && w->n == 3);
    EXPECT_STR(words_text(&even.words.outlet, w->got[0].outlet), S("Group 6"));
    EXPECT_STR(words_text(&even.words.person, w->got[0].person),
               S("Resolver 9"));
    EXPECT_STR(words_text(&even.words.outlet, w->got[1].outlet), S("Group 7"));
    rows_end(&even);
    rows_end(&odd);
}

static int64_t seconds(const char *text)
{
    struct moment m = { 0 };

    EXPECT(moment_read(str_of(text), MOMENT_YMD, &m));
    return m.seconds;
}

/* [TI5] [TI6] [TI7] */
TEST(a_log_of_a_service_desk_is_known_and_folded_without_a_mapping)
{
    static struct log_world w;
    struct column_why why = { 0 };
    struct test_table t;

    w.heap = HEAP_LIBC;
    arena_init(&w.a, &w.heap, 8 << 20);
    test_table_read(&w.a, log_text(&w).p, &t);
    EXPECT(t.n == COUNT(log_rows));
    test_columns(&w.a, &t, NULL, &w.columns);
    EXPECT_OK(column_book_own(&w.a, &w.book));
    EXPECT(columns_events(&w.columns, EVENTS_AUTO, &why));
    read_log(&w);

    const struct ticket *k = w.got;
    EXPECT(k[0].opened == seconds("2016-02-29 01:16"));
    EXPECT(k[0].resolved == seconds("2016-02-29 11:29"));
    EXPECT(k[0].updated == seconds("2016-03-05 12:00"));
    EXPECT(k[0].reopened == 1 && k[0].reopens_known == ANSWER_YES);
    EXPECT(k[0].state == STATE_DONE && k[0].at == sizeof HEADER - 1);
    EXPECT(k[1].reopened == 2);
    EXPECT(k[1].resolved == seconds("2016-03-01 09:52"));
    EXPECT(k[2].resolved == MOMENT_NONE && k[2].state == STATE_OPEN);
    EXPECT(k[2].opened == seconds("2016-03-13 04:40"));
    arena_end(&w.a);
}
