#include "store/invoices.h"

#include "base/check.h"

enum { LINE_CASE = 10, LINE_ENTERPRISE = 11 }; /* columns of a list */

/* --- of a case ------------------------------------------------------------ */

static void read_of_case(struct query *q, struct arena *a, void *out)
{
    *(struct invoice_row *)out = (struct invoice_row){
        .place = query_int(q, 0, 1, INT32_MAX),
        .enterprise = query_id(q, 1),
        .number = query_str(q, a, 2),
        .what = (int32_t)query_int(q, 3, 0, INT32_MAX),
        .standing = (enum invoice_standing)(
            int32_t)query_int(q, 4, 0, INVOICE_STANDINGS - 1),
        .due = query_day(q, 5),
        .amount = query_int(q, 6, 0, INT64_MAX),
        .paid = query_int(q, 7, 0, INT64_MAX),
        .refunded = query_int(q, 8, 0, INT64_MAX),
    };
}

static const struct row_kind of_case_kind = { sizeof(struct invoice_row),
                                              read_of_case };

err invoice_of_case(struct tx *tx, struct arena *a, id of_case,
                    struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_invoice_of_case, &q));
    query_bind_id(q, 1, of_case);
    TRY(rows_all(q, a, &of_case_kind, out));

    struct invoice_row *rows = out->p;
    for (size_t i = 0; i < out->n; i++)
        rows[i].of_case = of_case;
    return OK;
}

/* --- changing [IV1] ------------------------------------------------------- */

static err put_row(struct tx *tx, const struct invoice_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_invoice_put, &q));
    query_bind_id(q, 1, row->of_case);
    query_bind_int(q, 2, row->place);
    query_bind_id(q, 3, row->enterprise);
    query_bind_str(q, 4, row->number);
    query_bind_int(q, 5, row->what);
    query_bind_int(q, 6, row->standing);
    query_bind_int(q, 7, row->due);
    query_bind_int(q, 8, row->amount);
    query_bind_int(q, 9, row->paid);
    query_bind_int(q, 10, row->refunded);
    return query_change_one(q);
}

/* `sign`: 1 enters it into its sum, -1 takes it out. */
static err add_to_sum(struct tx *tx, const struct invoice_row *row, int sign)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_invoice_sum_add, &q));
    query_bind_int(q, 1, row->standing);
    query_bind_int(q, 2, row->due);
    query_bind_int(q, 3, sign);
    query_bind_int(q, 4, sign * row->amount);
    query_bind_int(q, 5, sign * row->paid);
    return query_change_one(q);
}

static err take_out(struct tx *tx, const struct invoice_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(add_to_sum(tx, row, -1));
    TRY(query_begin(tx, SQL_invoice_sum_tidy, &q));
    query_bind_int(q, 1, row->standing);
    query_bind_int(q, 2, row->due);
    return query_run(q);
}

err invoice_change(struct tx *tx, const struct invoice_row *before,
                   const struct invoice_row *now)
{
    check(before == NULL || (id_eq(before->of_case, now->of_case) &&
                             before->place == now->place));
    TRY(put_row(tx, now));
    TRY(add_to_sum(tx, now, 1));
    return before == NULL ? OK : take_out(tx, before);
}

/* --- lists ---------------------------------------------------------------- */

static void read_line(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, LINE_CASE);
    *(struct invoice_line *)out = (struct invoice_line){
        .row = { .of_case = query_id(q, 0),
                 .place = query_int(q, 1, 1, INT32_MAX),
                 .enterprise = query_id(q, 2),
                 .number = query_str(q, a, 3),
                 .what = (int32_t)query_int(q, 4, 0, INT32_MAX),
                 .standing = (enum invoice_standing)(
                     int32_t)query_int(q, 5, 0, INVOICE_STANDINGS - 1),
                 .due = query_day(q, 6),
                 .amount = query_int(q, 7, 0, INT64_MAX),
                 .paid = query_int(q, 8, 0, INT64_MAX),
                 .refunded = query_int(q, 9, 0, INT64_MAX) },
        .case_number = query_str(q, a, LINE_CASE),
        .enterprise_name = query_str(q, a, LINE_ENTERPRISE),
    };
}

static const struct row_kind line_kind = { sizeof(struct invoice_line),
                                           read_line };

err invoice_list(struct tx *tx, struct arena *a, const struct invoice_wanted *w,
                 const struct invoice_key *after, int32_t limit,
                 struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    bool named = w->words.n > 0;
    str words;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(rows_like(a, w->words, &words));
    TRY(query_begin(tx, named ? SQL_invoice_list_named : SQL_invoice_list, &q));
    query_bind_int(q, 1, after->place);
    query_bind_int(q, 2, limit);
    query_bind_int(q, 3, w->standing);
    query_bind_int(q, 4, after->due > w->from ? after->due : w->from);
    query_bind_int(q, 5, w->to);
    query_bind_id(q, 6, after->of_case);
    if (named) {
        query_bind_str(q, 7, words);
        query_bind_str(q, 8, w->code);
    }
    return rows_all(q, a, &line_kind, out);
}

/* --- sums ----------------------------------------------------------------- */

err invoice_sums(struct tx *tx, struct arena *a, const struct invoice_wanted *w,
                 struct invoice_sum *out)
{
    scoped(query_end) struct query *q = NULL;
    bool named = w->words.n > 0;
    str words;

    TRY(rows_like(a, w->words, &words));
    TRY(query_begin(tx, named ? SQL_invoice_sums_named : SQL_invoice_sums, &q));
    query_bind_int(q, 1, w->standing);
    query_bind_int(q, 2, w->from);
    query_bind_int(q, 3, w->to);
    if (named) {
        query_bind_str(q, 4, words);
        query_bind_str(q, 5, w->code);
    }
    TRY(query_one(q));
    *out = (struct invoice_sum){
        query_int(q, 0, 0, INT64_MAX),
        query_int(q, 1, 0, INT64_MAX),
        query_int(q, 2, 0, INT64_MAX),
    };
    return query_done(q);
}

err invoice_named(struct tx *tx, struct arena *a,
                  const struct invoice_wanted *w, int64_t most, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    str words;

    TRY(rows_like(a, w->words, &words));
    TRY(query_begin(tx, SQL_invoice_named_count, &q));
    query_bind_str(q, 1, words);
    query_bind_str(q, 2, w->code);
    query_bind_int(q, 3, most);
    TRY(query_one(q));
    *out = query_int(q, 0, 0, INT64_MAX);
    return query_done(q);
}

/* --- refunds -------------------------------------------------------------- */

static void read_refund(struct query *q, struct arena *a, void *out)
{
    *(struct refund_waiting *)out = (struct refund_waiting){
        .case_number = query_str(q, a, 0),
        .enterprise = query_id(q, 1),
        .enterprise_name = query_str(q, a, 2),
        .since = query_day(q, 3),
        .amount = query_int(q, 4, 0, INT64_MAX),
    };
}

static const struct row_kind refund_kind = { sizeof(struct refund_waiting),
                                             read_refund };

err invoice_refunds(struct tx *tx, struct arena *a, int32_t limit,
                    struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_invoice_refunds, &q));
    query_bind_int(q, 1, limit);
    return rows_all(q, a, &refund_kind, out);
}

/* --- all of them ---------------------------------------------------------- */

static err run(struct tx *tx, enum sql which)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, which, &q));
    return query_run(q);
}

err invoice_clear(struct tx *tx)
{
    TRY(run(tx, SQL_invoice_clear));
    return run(tx, SQL_invoice_sums_clear);
}

err invoice_find_stray(struct tx *tx, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_invoice_stray, &q));
    return query_next(q, found);
}
