#include "service/overviews.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "domain/rights.h"
#include "store/overviews.h"

bool overviews_open_to(const struct session *who)
{
    return rights_may_read(&who->actor, (id){ { 0 } });
}

/* An overview on its way. */
struct looking {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct session *who;
    day today;
};

/* [OV2] One row more than a page has tells that there are more. */
static size_t shown(const struct list *rows)
{
    return rows->n > OVERVIEW_PAGE ? OVERVIEW_PAGE : rows->n;
}

static bool may_read(const struct looking *l, id enterprise)
{
    return rights_may_read(&l->who->actor, enterprise);
}

/* --- certificates -------------------------------------------------------- */

/* [OV3] An imported one is under no package of ours. */
static err name_labels(const struct looking *l,
                       const struct certificate_overview *row,
                       struct certificate_line *out)
{
    const struct scheme *s;

    out->scheme = (struct label){ row->scheme_id, row->scheme_id };
    out->level = (struct label){ row->level_id, row->level_id };
    if (hash_is_zero(&row->scheme_hash))
        return OK;
    TRY(app_scheme(l->app, l->tx, &row->scheme_hash, &s));
    out->scheme = s->name;

    int32_t level = scheme_level(s, row->level_id);
    if (level >= 0)
        out->level = s->levels[level].label;
    return OK;
}

static err certificate_line(const struct looking *l,
                            const struct certificate_overview *row,
                            struct certificate_line *out)
{
    const struct stand recorded = { (enum certificate_status)row->status,
                                    row->status_since, DAY_NEVER };

    *out = (struct certificate_line){
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .stars = row->stars,
        .status = stand_on(recorded, row->until, l->today).status,
        .from = row->from,
        .until = row->until,
        .case_number = row->case_number,
        .surveillance = row->surveillance,
    };
    return name_labels(l, row, out);
}

static err certificate_lines(const struct looking *l, const struct list *rows,
                             struct overview *out)
{
    const struct certificate_overview *row = rows->p;
    size_t n = shown(rows);
    struct certificate_line *lines = arena_array(l->a, n, sizeof *lines);

    TRY_MEMORY(lines);
    out->found = (struct list){ lines, 0 };
    for (size_t i = 0; i < n; i++) {
        if (may_read(l, row[i].enterprise))
            TRY(certificate_line(l, &row[i], &lines[out->found.n++]));
    }
    out->next = n < rows->n ? row[n - 1].number : S("");
    return OK;
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
    return certificate_lines(&l, &rows, out);
}
