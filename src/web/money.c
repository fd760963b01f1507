/*
 * money -- the invoices of all cases as a page and as a file for spreadsheets,
 * and what waits to be given back. [M13]
 *
 *   [WQ1] Sums stand for the whole list, whatever page of it is shown
 *         (service/money.h [MN3]).
 *   [WQ2] A file has the same rows in the same order, all of them; a list that
 *         is too long for one is refused, not cut short.
 */

#include "service/money.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/csv.h"
#include "domain/names.h"
#include "service/reporting.h"
#include "web/registers.h"

#include <stdio.h>

enum {
    FEN = 100,
    FILE_BYTES = 4 << 20, /* of MONEY_EXPORT_MOST rows .. */
    FILE_ROOM = 32 << 20, /* .. and with what they are made of */
    NUMBER_MOST = 32,
};

static const char *const kept[] = { "state", "month", "q" };

/* --- what is asked for ---------------------------------------------------- */

static enum money_filter state_asked(const struct request *rq)
{
    str state = asked(rq, "state");

    for (int32_t i = 0; money_filter_names[i] != NULL; i++) {
        if (str_eq(state, str_of(money_filter_names[i])))
            return (enum money_filter)i;
    }
    return MONEY_ANY;
}

static struct money_wish wish_of(const struct request *rq, int32_t most)
{
    struct money_wish wish = {
        .today = faces_today(rq->app),
        .state = state_asked(rq),
        .words = asked(rq, "q"),
        .from = DAY_MIN,
        .to = DAY_MAX,
        .after = asked(rq, "after"),
        .most = most,
    };
    struct month month;

    if (month_parse(asked(rq, "month"), &month)) {
        wish.from = month_first(month);
        wish.to = month_last(month);
    }
    return wish;
}

/* --- a row ---------------------------------------------------------------- */

static const enum money_filter states[INVOICE_STANDINGS] = {
    [INVOICE_OPEN] = MONEY_OPEN,
    [INVOICE_PAID] = MONEY_PAID,
    [INVOICE_REFUNDED] = MONEY_REFUNDED,
    [INVOICE_CANCELLED] = MONEY_CANCELLED,
};

static const char *const state_ids[] = {
    [MONEY_ANY] = "money_filter.any",
    [MONEY_OVERDUE] = "money_filter.overdue",
    [MONEY_OPEN] = "money_filter.open",
    [MONEY_PAID] = "money_filter.paid",
    [MONEY_REFUNDED] = "money_filter.refunded",
    [MONEY_CANCELLED] = "money_filter.cancelled",
};

/* What it is in, and what it is for, in words. */
struct row_words {
    const char *state;
    const char *what;
};

static err words_of(struct request *rq, const struct money_line *l,
                    struct row_words *out)
{
    out->state =
        state_ids[l->late > 0 ? MONEY_OVERDUE : states[l->row.standing]];
    return answer_id(rq, "invoice_for.", str_of(invoice_names[l->row.what]),
                     &out->what);
}

/* --- the page ------------------------------------------------------------- */

static err list_states(struct request *rq, enum money_filter chosen,
                       struct page_money *page)
{
    struct page_money_states *rows;

    REGISTER_ROWS(rq, rows, MONEY_CANCELLED + 1);
    for (int32_t i = 0; money_filter_names[i] != NULL; i++)
        rows[i] = (struct page_money_states){
            .value = i == MONEY_ANY ? S("") : str_of(money_filter_names[i]),
            .name = state_ids[i],
            .chosen = i == (int32_t)chosen,
        };
    page->states = rows;
    page->states_n = MONEY_CANCELLED + 1;
    return OK;
}

static err list_rows(struct request *rq, const struct list *lines,
                     struct page_money *page)
{
    const struct money_line *l = lines->p;
    struct page_money_rows *rows;

    REGISTER_ROWS(rq, rows, lines->n);
    for (size_t i = 0; i < lines->n; i++) {
        struct row_words words;

        TRY(words_of(rq, &l[i], &words));
        rows[i] = (struct page_money_rows){
            .case_number = l[i].case_number,
            .enterprise = l[i].enterprise,
            .number = l[i].row.number,
            .what = words.what,
            .state = words.state,
            .amount = l[i].row.amount,
            .paid = l[i].row.paid,
            .owed = l[i].owed,
            .due = l[i].row.due,
            .late = l[i].late > 0,
            .days = l[i].late,
            .gave_back = l[i].row.refunded > 0,
            .refunded = l[i].row.refunded,
        };
    }
    page->rows = rows;
    page->rows_n = lines->n;
    return OK;
}

static err list_refunds(struct request *rq, struct page_money *page)
{
    const struct refund_waiting *x;
    struct page_money_refunds *rows;
    struct list found;

    TRY(money_refunds(web_app(rq), rq->arena, registers_reader(rq), &found));
    x = found.p;
    REGISTER_ROWS(rq, rows, found.n);
    for (size_t i = 0; i < found.n; i++)
        rows[i] =
            (struct page_money_refunds){ x[i].case_number, x[i].enterprise_name,
                                         x[i].since, x[i].amount };
    page->refunds = rows;
    page->refunds_n = found.n;
    return OK;
}

static err show_money(struct request *rq, struct page_money *page)
{
    const struct money_wish wish = wish_of(rq, MONEY_PAGE);
    struct money_found found;

    TRY(money_list(web_app(rq), rq->arena, registers_reader(rq), &wish,
                   &found));
    page->many = found.too_many;
    page->count = found.sums.n;
    page->amount = found.sums.amount;
    page->paid = found.sums.paid;
    page->owed = found.sums.owed;
    TRY(list_states(rq, wish.state, page));
    TRY(list_rows(rq, &found.lines, page));
    TRY(list_refunds(rq, page));
    TRY(registers_kept(rq, "/money.csv", kept, COUNT(kept), &page->file));
    return registers_next(rq, kept, COUNT(kept), found.next, &page->next);
}

static err get_money(struct request *rq, struct response *rs)
{
    struct page_money page = {
        .reads = money_open_to(registers_reader(rq)),
        .words = asked(rq, "q"),
        .month = asked(rq, "month"),
    };
    struct buf b;

    if (page.reads)
        TRY(show_money(rq, &page));
    registers_tabs(rq, AT_MONEY, &page.tabs);
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_money_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- the file [WQ2] ------------------------------------------------------- */

enum column {
    COLUMN_CASE,
    COLUMN_ENTERPRISE,
    COLUMN_NUMBER,
    COLUMN_WHAT,
    COLUMN_STATE,
    COLUMN_DUE,
    COLUMN_LATE,
    COLUMN_AMOUNT,
    COLUMN_PAID,
    COLUMN_OWED,
    COLUMNS,
};

static const char *const column_ids[COLUMNS] = {
    [COLUMN_CASE] = "work.case",
    [COLUMN_ENTERPRISE] = "work.enterprise",
    [COLUMN_NUMBER] = "page_case.invoice",
    [COLUMN_WHAT] = "bills.what",
    [COLUMN_STATE] = "bills.state",
    [COLUMN_DUE] = "work.due",
    [COLUMN_LATE] = "bills.column_late",
    [COLUMN_AMOUNT] = "bills.column_amount",
    [COLUMN_PAID] = "bills.column_paid",
    [COLUMN_OWED] = "bills.column_owed",
};

/* "1234.50": yuan, as a spreadsheet reads them. */
static str yuan(int64_t fen, char out[static NUMBER_MOST])
{
    int n = snprintf(out, NUMBER_MOST, "%lld.%02lld", (long long)(fen / FEN),
                     (long long)(fen % FEN));

    return (str){ out, (size_t)n };
}

static err put_line(struct request *rq, struct buf *b,
                    const struct money_line *l)
{
    char amounts[3][NUMBER_MOST];
    char late[NUMBER_MOST];
    char due[DAY_TEXT];
    struct row_words words;
    str fields[COLUMNS];

    TRY(words_of(rq, l, &words));
    fields[COLUMN_CASE] = l->case_number;
    fields[COLUMN_ENTERPRISE] = l->enterprise;
    fields[COLUMN_NUMBER] = l->row.number;
    fields[COLUMN_WHAT] = text_get(web_lang(rq), words.what);
    fields[COLUMN_STATE] = text_get(web_lang(rq), words.state);
    fields[COLUMN_DUE] = day_text(l->row.due, due);
    fields[COLUMN_LATE] =
        (str){ late, (size_t)snprintf(late, sizeof late, "%d", (int)l->late) };
    fields[COLUMN_AMOUNT] = yuan(l->row.amount, amounts[0]);
    fields[COLUMN_PAID] = yuan(l->row.paid, amounts[1]);
    fields[COLUMN_OWED] = yuan(l->owed, amounts[2]);
    csv_put_row(b, fields, COLUMNS);
    return OK;
}

static void put_head(const struct request *rq, struct buf *b)
{
    str fields[COLUMNS];

    for (int32_t i = 0; i < COLUMNS; i++)
        fields[i] = text_get(web_lang(rq), column_ids[i]);
    buf_str(b, S("\xEF\xBB\xBF")); /* else Excel takes it for another code */
    csv_put_row(b, fields, COLUMNS);
}

static err write_file(struct request *rq, struct arena *roomy, str *out)
{
    struct money_wish wish = wish_of(rq, MONEY_EXPORT_MOST);
    const struct money_line *l;
    struct money_found found;
    struct buf b;

    wish.after = S("");
    TRY(money_list(web_app(rq), roomy, registers_reader(rq), &wish, &found));
    if (found.next.n > 0)
        return err_new(rq->arena, ERR_LIMIT, "bills.too_long",
                       ARG_INT("most", MONEY_EXPORT_MOST));
    buf_init(&b, roomy, FILE_BYTES);
    put_head(rq, &b);
    l = found.lines.p;
    for (size_t i = 0; i < found.lines.n; i++)
        TRY(put_line(rq, &b, &l[i]));
    return buf_done(&b, out);
}

static err get_file(struct request *rq, struct response *rs)
{
    struct arena *roomy;
    str bytes = S("");

    if (!money_open_to(registers_reader(rq)))
        return respond_redirect(rs, 303, S("/money"));
    TRY(request_arena_for(rq, FILE_ROOM, &roomy));
    TRY(write_file(rq, roomy, &bytes));
    return answer_file(rq, rs, text_get(web_lang(rq), "bills.file_name"),
                       S("text/csv; charset=utf-8"), bytes);
}

static const struct route routes[] = {
    { METHOD_GET, "/money", RIGHT_BODY, BODY_NONE, get_money },
    { METHOD_GET, "/money.csv", RIGHT_BODY, BODY_NONE, get_file },
};

const struct route_table money_routes = { routes, COUNT(routes) };
