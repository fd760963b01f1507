/* lookup_sites -- which sites a certificate covers. [LU7] [LU8] */

#include "base/arena.h"
#include "domain/covered.h"
#include "search/fold.h"
#include "service/lookup.h"
#include "store/certificates.h"
#include "store/journal.h"

#include <string.h>

enum { WORDS_MAX = 400 }; /* units of UTF-16; a name or address has fewer */

/* --- words ------------------------------------------------------------ */

struct folded {
    uint16_t at[WORDS_MAX];
    size_t n;
};

static bool holds(const struct folded *text, const struct folded *words)
{
    bool found = false;

    for (size_t i = 0; !found && i + words->n <= text->n; i++)
        found =
            memcmp(&text->at[i], words->at, words->n * sizeof *words->at) == 0;
    return found;
}

static bool answers(str text, const struct folded *words)
{
    struct folded x;

    return fold_name(text, x.at, WORDS_MAX, &x.n) && holds(&x, words);
}

/* --- one after the other ---------------------------------------------- */

struct finding_sites {
    const struct sites_wish *wish;
    struct folded words;
    bool narrowed;
    struct public_site *to; /* room for `most` */
    struct public_sites *out;
};

static void take(struct finding_sites *x, const struct site *s)
{
    const struct public_site shown = { s->name, s->kind,
                                       s->address.n > 0 ? s->address
                                                        : s->place };

    x->out->count++;
    if (x->narrowed && !answers(shown.name, &x->words) &&
        !answers(shown.address, &x->words))
        return;
    if (x->out->found >= x->wish->from && x->out->at.n < x->wish->most)
        x->to[x->out->at.n++] = shown;
    x->out->found++;
}

/* The headquarters, or all others. */
static void take_those(struct finding_sites *x, const struct covered *c,
                       bool headquarters)
{
    const struct site *sites = c->application->sites.p;

    for (size_t i = 0; i < c->application->sites.n; i++) {
        if (!c->gone[i] && (sites[i].kind == SITE_HQ) == headquarters)
            take(x, &sites[i]);
    }
}

/* What is too long, or no text, is in nobody's name. */
static void narrow(struct finding_sites *x, str words)
{
    x->narrowed = words.n > 0;
    if (!fold_name(words, x->words.at, WORDS_MAX, &x->words.n))
        x->words.n = WORDS_MAX + 1;
}

static err find(struct arena *a, const struct covered *c,
                const struct sites_wish *wish, struct public_sites *out)
{
    struct finding_sites x = { .wish = wish, .out = out };

    *out = (struct public_sites){ 0 };
    if (c->application == NULL)
        return OK;
    narrow(&x, wish->words);
    x.to = arena_array(a, c->application->sites.n, sizeof *x.to);
    TRY_MEMORY(x.to);
    out->at.p = x.to;
    take_those(&x, c, true);
    take_those(&x, c, false);
    return OK;
}

/* --- out of the journal ------------------------------------------------ */

static err read_covered(struct tx *tx, struct arena *a, id of_case,
                        struct covered *out)
{
    struct list rows;

    TRY(journal_sites(tx, a, of_case, &rows));

    const struct journal_row *row = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct event *e;

        TRY(event_read(a, row[i].body, &e));
        covered_apply(out, e);
    }
    return OK;
}

err lookup_sites(struct app *app, struct arena *a,
                 const struct public_certificate *c,
                 const struct sites_wish *wish, struct public_sites *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row row;
    struct covered covered = { 0 };

    if (c->issuer.n > 0 || c->main.n > 0) {
        *out = (struct public_sites){ 0 };
        return OK;
    }
    TRY(app_read(app, a, &tx));
    TRY(certificate_get(tx, a, c->number, &row));
    TRY(read_covered(tx, a, row.of_case, &covered));
    return find(a, &covered, wish, out);
}
