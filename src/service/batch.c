#include "service/batch.h"

#include "base/arena.h"
#include "base/size.h"
#include "search/fold.h"
#include "service/body_known.h"
#include "service/lookup_parts.h"
#include "service/lookup_ready.h"
#include "service/typed.h"
#include "store/imported.h"

enum { NAME_UNITS = 4 * BATCH_CELL }; /* of a folded name */

const char *const batch_verdict_names[] = {
    [BATCH_VALID] = "valid",
    [BATCH_SUSPENDED] = "suspended",
    [BATCH_WITHDRAWN] = "withdrawn",
    [BATCH_CANCELLED] = "cancelled",
    [BATCH_EXPIRED] = "expired",
    [BATCH_PENDING] = "pending",
    [BATCH_NOT_ISSUED] = "not_issued",
    [BATCH_UNKNOWN] = "unknown",
    [BATCH_NO_NUMBER] = "no_number",
    [BATCH_UNREADABLE] = "unreadable",
    NULL,
};

const char *const batch_match_names[] = {
    [BATCH_NOT_SAID] = "not_said",
    [BATCH_SAME] = "same",
    [BATCH_OTHER_NAME] = "other_name",
    [BATCH_DIFFERS] = "differs",
    NULL,
};

/* A batch on its way. */
struct checking {
    struct app *app;
    struct arena *arena; /* of the answers */
    struct batch batch;
    int64_t sought;          /* numbers that are not there [BA4] */
    struct batch_answer *at; /* the one being made */
    int64_t *seen; /* an open hash table of answers by number, from 1 */
    size_t slots;
};

/* --- whom the row names [BA5] ----------------------------------------------
 */

static bool same_name(str x, str y)
{
    uint16_t folded[2][NAME_UNITS];
    size_t n[2];

    if (!fold_name(x, folded[0], NAME_UNITS, &n[0]) ||
        !fold_name(y, folded[1], NAME_UNITS, &n[1]))
        return false;
    return n[0] == n[1] &&
           memcmp(folded[0], folded[1], n[0] * sizeof folded[0][0]) == 0;
}

static bool any_same(const struct lookup_both *c, str name)
{
    const str *others = c->others.p;

    if (same_name(c->now.holder, name))
        return true;
    for (size_t i = 0; i < c->others.n; i++) {
        if (same_name(others[i], name))
            return true;
    }
    return false;
}

static enum batch_match match_holder(const struct lookup_both *c,
                                     const struct public_certificate *shown,
                                     str name)
{
    if (name.n == 0)
        return BATCH_NOT_SAID;
    if (same_name(shown->holder, name))
        return BATCH_SAME;
    return any_same(c, name) ? BATCH_OTHER_NAME : BATCH_DIFFERS;
}

static enum batch_match match_uscc(str code, str given)
{
    if (given.n == 0)
        return BATCH_NOT_SAID;
    return same_name(code, given) ? BATCH_SAME : BATCH_DIFFERS;
}

/* --- what was found ---------------------------------------------------------
 */

static err keep(const struct checking *x, str s, str *out)
{
    TRY_MEMORY(arena_str(x->arena, s, out));
    return OK;
}

static err take_words(const struct checking *x, struct tx *tx,
                      const struct public_certificate *c)
{
    struct batch_answer *b = x->at;
    struct scheme_words words;

    TRY(app_scheme_words(x->app, tx, &c->scheme_hash, c->scheme, c->level,
                         &words));
    TRY(keep(x, words.scheme.zh, &b->scheme.zh));
    TRY(keep(x, words.scheme.en, &b->scheme.en));
    TRY(keep(x, words.level.zh, &b->level.zh));
    return keep(x, words.level.en, &b->level.en);
}

static enum batch_verdict verdict_of(const struct checking *x,
                                     const struct lookup_both *c)
{
    /* by enum certificate_status */
    static const enum batch_verdict verdicts[] = {
        BATCH_VALID,     BATCH_SUSPENDED, BATCH_WITHDRAWN,
        BATCH_CANCELLED, BATCH_EXPIRED,
    };

    if (!c->issued)
        return BATCH_NOT_ISSUED;
    if (c->then.status == CERTIFICATE_VALID && x->batch.when.on < c->then.from)
        return BATCH_PENDING;
    return verdicts[c->then.status];
}

static err take_found(const struct checking *x, struct tx *tx,
                      const struct lookup_both *c)
{
    const struct public_certificate *shown = c->issued ? &c->then : &c->now;
    struct batch_answer *b = x->at;

    b->found = true;
    b->verdict = verdict_of(x, c);
    b->since = c->issued ? c->then.status_since : DAY_NEVER;
    b->holder_match = match_holder(c, shown, b->given->cells[BATCH_HOLDER]);
    b->uscc_match = match_uscc(shown->uscc, b->given->cells[BATCH_USCC]);
    b->issued = shown->issued;
    b->until = shown->until;
    b->now = c->now.status;
    b->now_since = c->now.status_since;
    b->log_index = c->now.log_index;
    TRY(keep(x, shown->number, &b->number));
    TRY(keep(x, shown->main, &b->main));
    TRY(keep(x, shown->holder, &b->holder));
    TRY(keep(x, shown->uscc, &b->uscc));
    TRY(keep(x, shown->criterion, &b->criterion));
    return take_words(x, tx, shown);
}

/* --- what was imported [BA7]
 * -------------------------------------------------- */

/* As the row says: what befell it later than a day had not befallen it then. */
static void take_imported(const struct imported_row *row, day on,
                          struct public_certificate *out)
{
    struct stand recorded = { (enum certificate_status)row->status,
                              row->status_since, DAY_NEVER };

    if (on < row->status_since)
        recorded = (struct stand){ CERTIFICATE_VALID, row->issued, DAY_NEVER };
    struct stand then = stand_on(recorded, row->valid_until, on);

    *out = (struct public_certificate){
        .number = row->number,
        .holder = row->holder,
        .uscc = row->uscc,
        .scheme = row->scheme_id,
        .level = row->level_id,
        .criterion = row->criterion,
        .issued = row->issued,
        .from = row->valid_from,
        .until = row->valid_until,
        .status = then.status,
        .status_since = then.since,
        .log_index = -1,
    };
}

static err find_imported(const struct checking *x, struct tx *tx,
                         struct arena *a, bool *found)
{
    const struct as_of *when = &x->batch.when;
    struct lookup_both both = { 0 };
    struct imported_row row;

    *found = false;
    err e = imported_get(tx, a, x->at->number, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    *found = true;
    both.issued = when->on >= row.issued;
    take_imported(&row, when->on, &both.then);
    take_imported(&row, when->today, &both.now);
    TRY(take_found(x, tx, &both));
    return keep(x, row.body, &x->at->issuer);
}

/* [BA4] */
static err take_unknown(struct checking *x, struct tx *tx)
{
    struct batch_answer *b = x->at;
    struct list near;

    b->verdict = BATCH_UNKNOWN;
    if (x->sought == BATCH_NEAR_SOUGHT) {
        x->batch.near_left = true;
        return OK;
    }
    x->sought++;
    TRY(lookup_near_in(x->app, tx, b->given->cells[BATCH_NUMBER], &near));
    const str *found = near.p;
    while (b->near_count < near.n && b->near_count < BATCH_NEAR_MOST) {
        TRY(keep(x, found[b->near_count], &b->near[b->near_count]));
        b->near_count++;
    }
    return OK;
}

/* One number, in an arena of its own. */
static err check_number(struct tx *tx, struct arena *a, void *context)
{
    struct checking *x = (struct checking *)context;
    struct lookup_both both;
    bool imported = false;

    err e = lookup_both(tx, a, x->at->given->cells[BATCH_NUMBER],
                        &x->batch.when, &both);
    if (err_is(e, ERR_NOT_FOUND)) {
        TRY(find_imported(x, tx, a, &imported));
        return imported ? OK : take_unknown(x, tx);
    }
    TRY(e);
    return take_found(x, tx, &both);
}

/* --- numbers that repeat -----------------------------------------------------
 */

static size_t slot_of(str s, size_t slots)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return (size_t)(h % slots);
}

/* The earlier answer about the same number; NULL, and this one is remembered:
 * there is none. */
static err find_earlier(struct checking *x, size_t i,
                        const struct batch_answer **out)
{
    const struct batch_answer *all = x->batch.answers;
    str number;

    TRY(typed_number(x->arena, x->at->given->cells[BATCH_NUMBER], &number));
    x->at->number = number;
    size_t at = slot_of(number, x->slots);
    for (; x->seen[at] > 0; at = (at + 1) % x->slots) {
        const struct batch_answer *b = &all[x->seen[at] - 1];

        if (!str_eq(b->number, number))
            continue;
        *out = b;
        return OK;
    }
    x->seen[at] = (int64_t)i + 1;
    return OK;
}

/* --- all of them
 * --------------------------------------------------------------- */

static err answer_row(struct checking *x, struct tx *tx, size_t i)
{
    const struct batch_row *row = &x->batch.table->rows[i];
    const struct batch_answer *earlier = NULL;

    x->at = &x->batch.answers[i];
    *x->at = (struct batch_answer){ .given = row,
                                    .since = DAY_NEVER,
                                    .log_index = -1 };
    x->at->verdict = failed(row->bad) ? BATCH_UNREADABLE : BATCH_NO_NUMBER;
    if (failed(row->bad) || row->cells[BATCH_NUMBER].n == 0)
        return OK;
    TRY(find_earlier(x, i, &earlier));
    if (earlier != NULL)
        x->at->repeats = earlier->given->line;
    return tx_apart(tx, check_number, x);
}

bool batch_is_good(const struct batch_answer *answer)
{
    return answer->verdict == BATCH_VALID &&
           answer->holder_match != BATCH_DIFFERS &&
           answer->uscc_match != BATCH_DIFFERS;
}

static void count(struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct batch_answer *x = &b->answers[i];

        b->counts[x->verdict]++;
        b->good += batch_is_good(x);
        b->differ +=
            x->holder_match == BATCH_DIFFERS || x->uscc_match == BATCH_DIFFERS;
    }
}

static err begin(struct checking *x, const struct batch_table *table)
{
    x->batch.table = table;
    x->batch.n = table->n;
    x->batch.register_url = app_public_url(x->app);
    x->batch.answers =
        arena_array(x->arena, table->n, sizeof *x->batch.answers);
    x->slots = 2 * table->n + 1;
    x->seen = arena_array(x->arena, x->slots, sizeof *x->seen);
    TRY_MEMORY(x->batch.answers != NULL && x->seen != NULL);
    return OK;
}

err batch_check(struct app *app, struct arena *a,
                const struct batch_table *table, const struct as_of *when,
                struct batch *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checking x = { .app = app, .arena = a, .batch.when = *when };

    if (when->on > when->today)
        return err_new(a, ERR_REFUSED, "lookup.not_yet",
                       ARG_DAY("on", when->on), ARG_DAY("today", when->today));
    TRY(begin(&x, table));
    TRY(app_read(app, a, &tx));
    TRY(body_today_in(app, tx, when->today, &x.batch.body));
    for (size_t i = 0; i < table->n; i++)
        TRY(answer_row(&x, tx, i));
    count(&x.batch);
    *out = x.batch;
    return OK;
}
