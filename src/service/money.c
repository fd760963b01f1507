#include "service/money.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/utf8.h"
#include "domain/rights.h"
#include "service/typed.h"

enum { KEY_MOST = 100, DIGITS_MOST = 10 };

const char *const money_filter_names[] = {
    [MONEY_ANY] = "any",
    [MONEY_OVERDUE] = "overdue",
    [MONEY_OPEN] = "open",
    [MONEY_PAID] = "paid",
    [MONEY_REFUNDED] = "refunded",
    [MONEY_CANCELLED] = "cancelled",
    NULL,
};

bool money_open_to(const struct session *who)
{
    return rights_may_read_money(&who->actor);
}

/* [MN1] */
static err check_reader(struct arena *a, const struct session *who)
{
    if (money_open_to(who))
        return OK;
    return err_new(a, ERR_DENIED, "money.read", ARG_STR("login", who->login));
}

/* --- where a list goes on: "0.20580.CASE.1" --------------------------------
 */

struct place {
    enum invoice_standing standing;
    struct invoice_key key;
};

static err place_text(struct arena *a, const struct invoice_row *last, str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, KEY_MOST);
    buf_int(&b, last->standing);
    buf_char(&b, '.');
    buf_int(&b, last->due);
    buf_char(&b, '.');
    buf_str(&b, id_text(last->of_case, text));
    buf_char(&b, '.');
    buf_int(&b, last->place);
    return buf_done(&b, out);
}

/* Digits and nothing else, up to `most`. */
static bool read_digits(str digits, int64_t most, int64_t *out)
{
    int64_t n = 0;

    if (digits.n == 0 || digits.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        n = 10 * n + (digits.p[i] - '0');
    }
    *out = n;
    return n <= most;
}

/* What is none begins at the start. */
static struct place place_read(str text)
{
    const struct place start = { INVOICE_OPEN, { .due = DAY_MIN } };
    struct place p = start;
    int64_t standing = 0;
    int64_t due = 0;

    str first = str_cut(&text, '.');
    str second = str_cut(&text, '.');
    str third = str_cut(&text, '.');
    bool whole = read_digits(first, INVOICE_STANDINGS - 1, &standing) &&
                 read_digits(second, DAY_MAX, &due) &&
                 id_parse(third, &p.key.of_case) &&
                 read_digits(text, INT32_MAX, &p.key.place);

    p.standing = (enum invoice_standing)standing;
    p.key.due = (day)due;
    return whole ? p : start;
}

/* --- what is asked for ---------------------------------------------------- */

/* A wish that is looked for. */
struct asking {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct money_wish *wish;
    struct invoice_wanted wanted; /* but for its standing */
    struct money_line *lines;     /* one more than the wish asks for */
    size_t n;
};

static bool is_wanted(enum money_filter state, enum invoice_standing standing)
{
    switch (state) {
    case MONEY_ANY: return true;
    case MONEY_OVERDUE:
    case MONEY_OPEN: return standing == INVOICE_OPEN;
    case MONEY_PAID: return standing == INVOICE_PAID;
    case MONEY_REFUNDED: return standing == INVOICE_REFUNDED;
    case MONEY_CANCELLED: return standing == INVOICE_CANCELLED;
    }
    return false;
}

static err ask(struct asking *x)
{
    const struct money_wish *w = x->wish;
    size_t room = (size_t)w->most + 1;

    check(w->most >= 1 && w->most <= MONEY_EXPORT_MOST);
    x->wanted = (struct invoice_wanted){ .from = w->from,
                                         .to = w->to,
                                         .words = w->words };
    if (w->state == MONEY_OVERDUE && x->wanted.to >= w->today)
        x->wanted.to = w->today - 1;
    x->lines = arena_array(x->a, room, sizeof *x->lines);
    TRY_MEMORY(x->lines);
    return typed_number(x->a, w->words, &x->wanted.code);
}

/* --- rows [MN2] ----------------------------------------------------------- */

static struct money_line line_of(const struct asking *x,
                                 const struct invoice_line *l)
{
    bool open = l->row.standing == INVOICE_OPEN;
    day today = x->wish->today;

    return (struct money_line){
        .row = l->row,
        .case_number = l->case_number,
        .enterprise = l->enterprise_name,
        .owed = open ? l->row.amount - l->row.paid : 0,
        .late = open && l->row.due < today ? today - l->row.due : 0,
    };
}

/* Of one standing, as many as there is room for. */
static err list_standing(struct asking *x, struct invoice_key after)
{
    size_t room = (size_t)x->wish->most + 1;
    struct list found = { 0 };

    do {
        size_t left = room - x->n;
        int32_t limit = left < STORE_PAGE_MAX ? (int32_t)left : STORE_PAGE_MAX;

        if (left == 0)
            return OK;
        TRY(invoice_list(x->tx, x->a, &x->wanted, &after, limit, &found));

        const struct invoice_line *l = found.p;
        for (size_t i = 0; i < found.n; i++)
            x->lines[x->n++] = line_of(x, &l[i]);
        if (found.n > 0)
            after = (struct invoice_key){ l[found.n - 1].row.due,
                                          l[found.n - 1].row.of_case,
                                          l[found.n - 1].row.place };
    } while (found.n == STORE_PAGE_MAX);
    return OK;
}

static err list_lines(struct asking *x, struct money_found *out)
{
    const struct invoice_key start = { .due = DAY_MIN };
    struct place from = place_read(x->wish->after);

    for (int32_t i = (int32_t)from.standing; i < INVOICE_STANDINGS; i++) {
        x->wanted.standing = (enum invoice_standing)i;
        if (is_wanted(x->wish->state, x->wanted.standing))
            TRY(list_standing(x,
                              i == (int32_t)from.standing ? from.key : start));
    }

    size_t shown = (size_t)x->wish->most;
    shown = x->n > shown ? shown : x->n;
    out->lines = (struct list){ x->lines, shown };
    return shown < x->n ? place_text(x->a, &x->lines[shown - 1].row, &out->next)
                        : OK;
}

/* --- sums [MN3] ----------------------------------------------------------- */

static err add_standing(struct asking *x, struct money_sums *out)
{
    bool open = x->wanted.standing == INVOICE_OPEN;
    struct invoice_sum sum;

    TRY(invoice_sums(x->tx, x->a, &x->wanted, &sum));
    out->n += sum.n;
    out->amount += sum.amount;
    out->paid += sum.paid;
    out->owed += open ? sum.amount - sum.paid : 0;
    return OK;
}

static err add_up(struct asking *x, struct money_sums *out)
{
    enum money_filter state = x->wish->state;

    for (int32_t i = 0; i < INVOICE_STANDINGS; i++) {
        x->wanted.standing = (enum invoice_standing)i;
        if (state == MONEY_ANY && i == INVOICE_CANCELLED)
            continue;
        if (is_wanted(state, x->wanted.standing))
            TRY(add_standing(x, out));
    }
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

/* [MN4] */
static err count_names(struct asking *x, bool *too_many)
{
    int64_t n = 0;

    if (x->wish->words.n > 0)
        TRY(invoice_named(x->tx, x->a, &x->wanted, MONEY_NAMES_MOST + 1, &n));
    *too_many = n > MONEY_NAMES_MOST;
    return OK;
}

err money_list(struct app *app, struct arena *a, const struct session *who,
               const struct money_wish *wish, struct money_found *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct asking x = { .app = app, .a = a, .wish = wish };

    TRY(check_reader(a, who));
    *out = (struct money_found){ .next = S("") };
    if (!utf8_is_text(wish->words))
        return OK;
    TRY(ask(&x));
    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(count_names(&x, &out->too_many));
    if (out->too_many)
        return OK;
    TRY(add_up(&x, &out->sums));
    return list_lines(&x, out);
}

err money_refunds(struct app *app, struct arena *a, const struct session *who,
                  struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(check_reader(a, who));
    TRY(app_read(app, a, &tx));
    return invoice_refunds(tx, a, MONEY_REFUNDS_MOST, out);
}
