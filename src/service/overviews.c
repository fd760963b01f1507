#include "service/overview_parts.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "domain/rights.h"

bool overviews_open_to(const struct session *who)
{
    return rights_may_read(&who->actor, (id){ { 0 } });
}

bool looking_may_read(const struct looking *l, id enterprise)
{
    return rights_may_read(&l->who->actor, enterprise);
}

size_t looking_shown(const struct list *rows)
{
    return rows->n > OVERVIEW_PAGE ? OVERVIEW_PAGE : rows->n;
}

/* --- certificates -------------------------------------------------------- */

static err certificate_line(const struct looking *l,
                            const struct certificate_overview *row,
                            struct certificate_line *out)
{
    const struct stand recorded = { (enum certificate_status)row->status,
                                    row->status_since, DAY_NEVER };
    struct scheme_words named;

    TRY(app_scheme_words(l->app, l->tx, &row->scheme_hash, row->scheme_id,
                         row->level_id, &named));
    *out = (struct certificate_line){
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .scheme = named.scheme,
        .level = named.level,
        .stars = row->stars,
        .status = stand_on(recorded, row->until, l->today).status,
        .from = row->from,
        .until = row->until,
        .case_number = row->case_number,
        .surveillance = row->surveillance,
    };
    return OK;
}

err looking_certificates(const struct looking *l, const struct list *rows,
                         struct list *out)
{
    const struct certificate_overview *row = rows->p;
    size_t n = looking_shown(rows);
    struct certificate_line *lines = arena_array(l->a, n, sizeof *lines);

    TRY_MEMORY(lines);
    *out = (struct list){ lines, 0 };
    for (size_t i = 0; i < n; i++) {
        if (looking_may_read(l, row[i].enterprise))
            TRY(certificate_line(l, &row[i], &lines[out->n++]));
    }
    return OK;
}

static str next_certificate(const struct list *rows)
{
    const struct certificate_overview *row = rows->p;
    size_t n = looking_shown(rows);

    return n < rows->n ? row[n - 1].number : S("");
}

err overview_of_certificates(struct app *app, struct arena *a,
                             const struct session *who, day today,
                             const struct certificate_wish *wish,
                             struct overview *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .who = who, .today = today };
    const struct page page = { wish->after, OVERVIEW_PAGE + 1 };
    const struct certificate_wanted wanted = {
        .scheme = wish->scheme,
        .status = wish->status,
        .today = today,
        .ends_by = wish->ends_in < 0 ? -1 : today + wish->ends_in,
    };
    struct list rows;

    *out = (struct overview){ .next = S("") };
    if (!overviews_open_to(who) || !utf8_is_text(wish->scheme) ||
        !utf8_is_text(wish->after))
        return OK;
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(overview_certificates(tx, a, &wanted, &page, &rows));
    out->next = next_certificate(&rows);
    return looking_certificates(&l, &rows, &out->found);
}
