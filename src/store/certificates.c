#include "store/certificates.h"

#include "base/buf.h"
#include "base/check.h"

static void read_certificate(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct certificate_row *)out = (struct certificate_row){
        .number = query_str(q, a, 0),
        .id = query_id(q, 1),
        .of_case = query_opt_id(q, 2),
        .enterprise = query_opt_id(q, 3),
        .holder = query_str(q, a, 4),
        .uscc = query_str(q, a, 5),
        .scheme_id = query_str(q, a, 6),
        .criterion = query_str(q, a, 7),
        .level_id = query_str(q, a, 8),
        .stars = (int32_t)query_int(q, 9, 0, STARS_MOST),
        .issued = query_day(q, 10),
        .valid_from = query_day(q, 11),
        .valid_until = query_day(q, 12),
        .first_issued = query_day(q, 13),
        .status = (int32_t)query_int(q, 14, 0, STATUS_LAST),
        .status_since = query_day(q, 15),
        .scope_zh = query_str(q, a, 16),
        .scope_en = query_str(q, a, 17),
        .log_index =
            query_null(q, 18) ? LOG_INDEX_NONE : query_int(q, 18, 0, INT64_MAX),
        .version = query_int(q, 19, 0, INT64_MAX),
        .scheme_hash =
            query_null(q, 20) ? (struct hash){ { 0 } } : query_hash(q, 20),
        .suspended_until = query_opt_day(q, 21),
    };
}

static const struct row_kind certificate_kind = {
    sizeof(struct certificate_row), read_certificate
};

err certificate_put(struct tx *tx, const struct certificate_row *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_put, &q));
    query_bind_str(q, 1, c->number);
    query_bind_id(q, 2, c->id);
    query_bind_opt_id(q, 3, c->of_case);
    query_bind_opt_id(q, 4, c->enterprise);
    query_bind_str(q, 5, c->holder);
    query_bind_str(q, 6, c->uscc);
    query_bind_str(q, 7, c->scheme_id);
    query_bind_str(q, 8, c->criterion);
    query_bind_str(q, 9, c->level_id);
    query_bind_int(q, 10, c->stars);
    query_bind_int(q, 11, c->issued);
    query_bind_int(q, 12, c->valid_from);
    query_bind_int(q, 13, c->valid_until);
    query_bind_int(q, 14, c->first_issued);
    query_bind_int(q, 15, c->status);
    query_bind_int(q, 16, c->status_since);
    query_bind_str(q, 17, c->scope_zh);
    query_bind_str(q, 18, c->scope_en);
    if (c->log_index == LOG_INDEX_NONE)
        query_bind_null(q, 19);
    else
        query_bind_int(q, 19, c->log_index);
    query_bind_int(q, 20, c->version);
    if (hash_is_zero(&c->scheme_hash))
        query_bind_null(q, 21);
    else
        query_bind_hash(q, 21, &c->scheme_hash);
    query_bind_opt_day(q, 22, c->suspended_until);
    return query_change_one(q);
}

err certificate_set_log_index(struct tx *tx, str number, int64_t index)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_set_log_index, &q));
    query_bind_str(q, 1, number);
    query_bind_int(q, 2, index);
    return query_change_one(q);
}

err certificate_get(struct tx *tx, struct arena *a, str number,
                    struct certificate_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_get, &q));
    query_bind_str(q, 1, number);
    return row_one(q, a, &certificate_kind, out);
}

err certificate_by_id(struct tx *tx, struct arena *a, id stream,
                      struct certificate_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_by_id, &q));
    query_bind_id(q, 1, stream);
    return row_one(q, a, &certificate_kind, out);
}

err certificate_list(struct tx *tx, struct arena *a, const struct page *p,
                     struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list, &q));
    return rows_page(q, a, p, &certificate_kind, out);
}

err certificate_list_sound(struct tx *tx, struct arena *a, const struct page *p,
                           struct list *out, struct list *left_out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_certificate_list, &q));
    query_bind_str(q, 1, p->after);
    query_bind_int(q, 2, p->limit);
    return rows_sound(q, a, &certificate_kind, out, left_out);
}

err certificate_list_of_uscc(struct tx *tx, struct arena *a, str uscc,
                             const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list_of_uscc, &q));
    query_bind_str(q, 3, uscc);
    return rows_page(q, a, p, &certificate_kind, out);
}

err certificate_list_of_holder(struct tx *tx, struct arena *a, str holder,
                               const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list_of_holder, &q));
    query_bind_str(q, 3, holder);
    return rows_page(q, a, p, &certificate_kind, out);
}

err certificate_search(struct tx *tx, struct arena *a, str words,
                       const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    str pattern;

    TRY(rows_like(a, words, &pattern));
    TRY(query_begin(tx, SQL_certificate_search, &q));
    query_bind_str(q, 3, pattern);
    return rows_page(q, a, p, &certificate_kind, out);
}

err certificate_list_of_case(struct tx *tx, struct arena *a, id of_case,
                             const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list_of_case, &q));
    query_bind_id(q, 3, of_case);
    return rows_page(q, a, p, &certificate_kind, out);
}

/* For a statement whose $1 is a day, $2 and $3 the key and $4 the limit. */
static void bind_by_day(struct query *q, day on, day after,
                        const struct page *p)
{
    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    query_bind_int(q, 1, on);
    query_bind_int(q, 2, after);
    query_bind_str(q, 3, p->after);
    query_bind_int(q, 4, p->limit);
}

err certificate_list_ending(struct tx *tx, struct arena *a, day until,
                            day after, const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list_ending, &q));
    bind_by_day(q, until, after, p);
    return rows_all(q, a, &certificate_kind, out);
}

err certificate_list_over(struct tx *tx, struct arena *a, day today, day after,
                          const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_list_over, &q));
    bind_by_day(q, today, after, p);
    return rows_all(q, a, &certificate_kind, out);
}

err certificate_list_newest(struct tx *tx, struct arena *a, str scheme,
                            int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_certificate_list_newest, &q));
    query_bind_str(q, 1, scheme);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &certificate_kind, out);
}

/* "%words%" in small letters, as $8 wants it; empty for no words. */
static err scope_pattern(struct arena *a, str words, str *out)
{
    struct buf b;
    str small;

    *out = S("");
    if (words.n == 0)
        return OK;
    buf_init(&b, a, words.n + 1);
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];

        buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    TRY(buf_done(&b, &small));
    return rows_like(a, small, out);
}

err certificate_directory(struct tx *tx, struct arena *a,
                          const struct certificate_filter *f,
                          const struct page *p, struct list *out,
                          struct list *left_out)
{
    scoped(query_end) struct query *q = NULL;
    str place;
    str scope;
    str words;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(rows_like(a, f->place, &place));
    TRY(scope_pattern(a, f->scope, &scope));
    TRY(rows_like(a, f->words, &words));
    TRY(query_begin(tx, SQL_certificate_directory, &q));
    query_bind_str(q, 1, p->after);
    query_bind_int(q, 2, p->limit);
    query_bind_str(q, 3, f->scheme);
    query_bind_str(q, 4, f->level);
    query_bind_int(q, 5, f->status);
    query_bind_int(q, 6, f->today);
    query_bind_str(q, 7, f->place.n == 0 ? S("") : place);
    query_bind_str(q, 8, scope);
    query_bind_str(q, 9, f->words.n == 0 ? S("") : words);
    query_bind_str(q, 10, f->code);
    return rows_sound(q, a, &certificate_kind, out, left_out);
}

err certificate_clear(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_certificate_clear, &q));
    return query_run(q);
}
