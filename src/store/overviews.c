#include "store/overviews.h"

#include "store/certificates.h"

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
