#include "store/overviews.h"

#include "base/check.h"
#include "store/certificates.h"
#include "store/people.h"

static void read_certificate(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct certificate_overview *)out = (struct certificate_overview){
        .number = query_str(q, a, 0),
        .enterprise = query_opt_id(q, 1),
        .holder = query_str(q, a, 2),
        .uscc = query_str(q, a, 3),
        .scheme_id = query_str(q, a, 4),
        .scheme_hash =
            query_null(q, 5) ? (struct hash){ { 0 } } : query_hash(q, 5),
        .level_id = query_str(q, a, 6),
        .stars = (int32_t)query_int(q, 7, 0, STARS_MOST),
        .status = (int32_t)query_int(q, 8, 0, STATUS_LAST),
        .status_since = query_day(q, 9),
        .from = query_day(q, 10),
        .until = query_day(q, 11),
        .case_number = query_opt_str(q, a, 12),
        .surveillance = query_opt_day(q, 13),
    };
}

static const struct row_kind certificate_kind = {
    sizeof(struct certificate_overview), read_certificate
};

err overview_certificates(struct tx *tx, struct arena *a,
                          const struct certificate_wanted *w,
                          const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_overview_certificates, &q));
    query_bind_str(q, 3, w->scheme);
    query_bind_int(q, 4, w->status);
    query_bind_int(q, 5, w->today);
    query_bind_int(q, 6, w->ends_by);
    return rows_page(q, a, p, &certificate_kind, out);
}

err overview_certificates_of(struct tx *tx, struct arena *a, str uscc,
                             const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_overview_certificates_of, &q));
    query_bind_str(q, 3, uscc);
    return rows_page(q, a, p, &certificate_kind, out);
}

/* --- enterprises --------------------------------------------------------- */

static void read_enterprise(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct enterprise_counts *)out = (struct enterprise_counts){
        .id = query_id(q, 0),
        .uscc = query_str(q, a, 1),
        .name = query_str(q, a, 2),
        .province = query_str(q, a, 3),
        .city = query_str(q, a, 4),
        .cases = query_int(q, 5, 0, INT64_MAX),
        .running = query_int(q, 6, 0, INT64_MAX),
        .owed = query_int(q, 7, 0, INT64_MAX),
    };
}

static const struct row_kind enterprise_kind = {
    sizeof(struct enterprise_counts), read_enterprise
};

err overview_enterprises(struct tx *tx, struct arena *a,
                         const struct enterprise_wanted *w,
                         const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;
    str words;

    TRY(rows_like(a, w->words, &words));
    TRY(query_begin(tx, SQL_overview_enterprises, &q));
    query_bind_str(q, 3, w->words.n == 0 ? S("") : words);
    query_bind_str(q, 4, w->code);
    query_bind_int(q, 5, w->today);
    return rows_page(q, a, p, &enterprise_kind, out);
}

/* --- money --------------------------------------------------------------- */

static void read_due(struct query *q, struct arena *a, void *out)
{
    *(struct due_overview *)out = (struct due_overview){
        .case_number = query_str(q, a, 0),
        .enterprise = query_id(q, 1),
        .enterprise_name = query_str(q, a, 2),
        .number = query_int(q, 3, 0, INT64_MAX),
        .due = query_opt_day(q, 4),
        .amount = query_int(q, 5, 0, INT64_MAX),
    };
}

static const struct row_kind due_kind = { sizeof(struct due_overview),
                                          read_due };

err overview_dues_of(struct tx *tx, struct arena *a, id enterprise,
                     int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_overview_dues_of, &q));
    query_bind_id(q, 1, enterprise);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &due_kind, out);
}

/* --- the load of people --------------------------------------------------- */

static void read_load(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 0);
    *(struct auditor_load *)out = (struct auditor_load){
        .login = query_str(q, a, 0),
        .name = query_str(q, a, 1),
        .first = query_int(q, 2, 0, INT64_MAX),
        .second = query_int(q, 3, 0, INT64_MAX),
        .tasks = query_int(q, 4, 0, INT64_MAX),
    };
}

static const struct row_kind load_kind = { sizeof(struct auditor_load),
                                           read_load };

err overview_load(struct tx *tx, struct arena *a, const struct load_wanted *w,
                  const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_overview_load, &q));
    query_bind_int(q, 3, w->first.from);
    query_bind_int(q, 4, w->first.to);
    query_bind_int(q, 5, w->second.from);
    query_bind_int(q, 6, w->second.to);
    query_bind_int(q, 7, w->today);
    query_bind_int(q, 8, PERSON_ACTIVE);
    query_bind_int(q, 9, w->roles);
    return rows_page(q, a, p, &load_kind, out);
}
