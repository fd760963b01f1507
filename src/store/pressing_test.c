/* What waits for a person, found set by set of roles, beside a plain scan of
 * what waits for everybody; on both engines. */

#include "store/tasks.h"

#include "base/buf.h"
#include "base/size.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

static const id auditor = { { 0xA1 } };
static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };
static const id enterprises[] = { { { 0xE1 } }, { { 0xE2 } } };
static const struct hash package = { { 0x5C } };

static err put_case(struct tx *tx, size_t i)
{
    const struct enterprise_row enterprise = { .id = enterprises[i],
                                               .uscc =
                                                   i == 0 ? S("U1") : S("U2"),
                                               .name = S("示例"),
                                               .registered = 1 };
    const struct case_row row = { .id = cases[i],
                                  .number = i == 0 ? S("C1") : S("C2"),
                                  .enterprise = enterprises[i],
                                  .scheme_id = S("mini"),
                                  .scheme_hash = package,
                                  .due = DAY_NEVER };

    TRY(enterprise_put(tx, &enterprise));
    return case_put(tx, &row);
}

/* A tx with a person, and a case of each of two enterprises. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };
    const struct person_row person = { .id = auditor, .login = S("lead") };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    TRY(person_put(*tx, &person));
    TRY(put_case(*tx, 0));
    return put_case(*tx, 1);
}

/* "C1 check 7, C2 plan 12" */
static str lines_text(struct arena *a, const struct list *l)
{
    const struct task_line *line = l->p;
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    for (size_t i = 0; i < l->n; i++)
        buf_printf(&b, "%s%.*s %.*s %lld", i > 0 ? ", " : "",
                   STR_ARG(line[i].case_number), STR_ARG(line[i].task.kind),
                   (long long)line[i].task.number);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static struct task_key key_of(const struct list *l)
{
    const struct task_line *last = (const struct task_line *)l->p + l->n - 1;

    return (struct task_key){ last->task.due,    last->task.opens,
                              last->case_number, last->task.kind,
                              last->task.number, last->task.person };
}

/* Whose a task is, as task_list_of_person() says it. */
static bool is_of(const struct task_reader *who, const struct task_line *line)
{
    bool own = id_eq(line->enterprise, who->enterprise);
    int64_t roles = own ? who->own_roles : who->roles;

    return id_eq(line->task.person, who->person) ||
           (id_is_zero(line->task.person) && (line->task.roles & roles) != 0);
}

/* Out of the list of everybody, which is one plain scan. */
static str scanned(struct tx *tx, struct arena *a,
                   const struct task_reader *who, const struct task_page *p)
{
    struct task_page all = *p;
    struct list l;
    size_t n = 0;

    all.limit = STORE_PAGE_MAX;
    EXPECT_OK(task_list(tx, a, &all, &l));
    struct task_line *line = l.p;
    for (size_t i = 0; i < l.n && n < (size_t)p->limit; i++) {
        if (is_of(who, &line[i]))
            line[n++] = line[i];
    }
    l.n = n;
    return lines_text(a, &l);
}

/* Of every set of four roles, by name and not, in both enterprises, and with
 * limits and first days that tie. */
static err put_many(struct tx *tx)
{
    static const char *const kinds[] = { "audit", "check", "plan" };
    static const day dues[] = { 12, 15, DAY_NEVER, 9, 15 };
    enum { TASKS = 150 };

    for (int32_t i = 0; i < TASKS; i++) {
        struct task_row t = {
            .of_case = cases[i % 2],
            .kind = str_of(kinds[i % 3]),
            .number = i,
            .roles = i / 2 % 16,
            .opens = 1 + i % 7 * 2,
            .due = dues[i % 5],
            .lapses = i % 11 == 0,
        };

        if (i % 4 == 0)
            t.person = auditor;
        TRY(task_put(tx, &t));
    }
    return OK;
}

EACH_STORE_TEST(a_persons_list_is_what_a_plain_scan_finds)
{
    static const struct {
        const char *why;
        struct task_reader who;
    } rows[] = {
        { "by name and role", { { { 0xA1 } }, { { 0 } }, 0, 5 } },
        { "by one role", { { { 0xB1 } }, { { 0 } }, 0, 8 } },
        { "by every role", { { { 0xB1 } }, { { 0 } }, 0, 15 } },
        { "an applicant", { { { 0xB2 } }, { { 0xE1 } }, 2, 0 } },
        { "an insider", { { { 0xA1 } }, { { 0xE2 } }, 1, 14 } },
        { "nobody", { { { 0xB1 } }, { { 0 } }, 0, 0 } },
    };
    static const int32_t limits[] = { 1, 7, 1000 };
    TEST_ARENA(a, 64 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(put_many(tx));
    for (size_t i = 0; i < COUNT(rows) * COUNT(limits); i++) {
        const struct task_reader *who = &rows[i % COUNT(rows)].who;
        struct task_page p = { 12, limits[i / COUNT(rows)], { 0 } };
        struct list l = { NULL, (size_t)p.limit };

        while (l.n == (size_t)p.limit && !test_failing()) {
            str want = scanned(tx, &a, who, &p);

            EXPECT_OK(task_list_of_person(tx, &a, who, &p, &l));
            EXPECT_ROW_STR(rows[i % COUNT(rows)].why, lines_text(&a, &l), want);
            if (l.n > 0)
                p.after = key_of(&l);
        }
    }
}
