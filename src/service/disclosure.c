#include "service/disclosure.h"

#include "base/arena.h"
#include "domain/dossier.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "service/logged.h"
#include "service/published.h"
#include "service/sealed_parts.h"
#include "store/certificates.h"
#include "store/log.h"
#include "text/text.h"
#include "base/buf.h"
#include "verify/dossier.h"

enum { README_MAX = 16 << 10 };

/* A dossier while it is made. */
struct disclosing {
    struct app *app;
    struct arena *arena;
    const struct disclosure_wish *wish;
    struct case_file file;
    const struct event *record; /* record.committed */
    struct dossier_contents contents;
    int64_t index;
};

static err no_dossier(const struct disclosing *d, const char *why)
{
    return err_new(d->arena, ERR_NOT_FOUND, why,
                   ARG_STR("number", d->file.number));
}

/* [DI2] */
static err check_right(struct disclosing *d, unsigned *withheld)
{
    const struct actor *who = &d->wish->who->actor;
    id enterprise = d->file.enterprise.id;

    if (!rights_may_disclose(who, enterprise))
        return err_new(d->arena, ERR_DENIED, "rights.disclose");
    *withheld = d->wish->withheld;
    if (!rights_may_read_papers(who, enterprise))
        *withheld |= 1U << PART_ANSWERS;
    return OK;
}

static err find_record(struct disclosing *d)
{
    for (const struct event *e = d->file.events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "record.committed") == 0)
            d->record = e;
    }
    return d->record != NULL ? OK : no_dossier(d, "disclosure.none");
}

/* [DI1] */
static err check_seals(const struct disclosing *d, unsigned differ)
{
    int part = 0;

    if (differ == 0)
        return OK;
    while ((differ & 1U << part) == 0)
        part++;
    return err_new(d->arena, ERR_CORRUPT, "disclosure.differs",
                   ARG_STR("number", d->file.number),
                   ARG_STR("part", str_of(dossier_part_names[part])));
}

static err make_parts(struct disclosing *d)
{
    struct sealed_parts p = { 0 };

    TRY(sealed_parts_make(d->app, d->arena, &d->file, d->record, &p));
    TRY(check_seals(d, p.differ));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        d->contents.parts[i] = p.parts[i];
        d->contents.salts[i] = p.salts[i];
    }
    return OK;
}

/* The package as it was frozen. */
static err read_scheme(struct disclosing *d, struct tx *tx)
{
    struct package *p = arena_zero(d->arena, sizeof *p);

    TRY_MEMORY(p);
    d->contents.scheme_hash = d->file.state->scheme->hash;
    TRY(app_package(tx, d->arena, &d->contents.scheme_hash, p));
    d->contents.scheme = p;
    return OK;
}

/* Everything but the proof. */
static err gather(struct disclosing *d)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;
    struct logged_leaf leaf;

    TRY(app_read(d->app, d->arena, &tx));
    TRY(case_stream(tx, d->wish->ref, &row));
    TRY(case_for(d->app, tx, &d->wish->who->actor, d->wish->ref, &row,
                 &d->file));
    TRY(case_sound(d->arena, d->file.state, d->file.number));
    TRY(check_right(d, &d->contents.withheld));
    TRY(find_record(d));
    TRY(make_parts(d));
    TRY(read_scheme(d, tx));
    TRY(logged_leaf_of(d->app, tx, d->arena, &d->file.events, d->record,
                       &leaf));
    d->contents.case_id = d->file.state->id;
    d->index = leaf.index;
    return OK;
}

/* The proof, and the key that it is checked with. */
static err prove(struct disclosing *d)
{
    struct published_proof proof;
    struct published_log log;
    struct buf b;
    err e;

    if (d->index == LOG_INDEX_NONE)
        return no_dossier(d, "disclosure.waiting");
    e = published_proof(d->app, d->arena, d->index, &proof);
    if (err_is(e, ERR_NOT_FOUND))
        return no_dossier(d, "disclosure.waiting");
    TRY(e);
    TRY(published_log(d->app, d->arena, &log));
    buf_init(&b, d->arena, NOTE_BYTES_MAX);
    buf_str(&b, log.vkey);
    buf_char(&b, '\n');
    d->contents.proof = proof.text;
    return buf_done(&b, &d->contents.vkey);
}

static err readme(struct arena *a, enum lang l, str *out)
{
    struct buf b;

    buf_init(&b, a, README_MAX);
    buf_str(&b, text_get(l, "disclosure.readme"));
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err disclosure_make(struct app *app, struct arena *a,
                    const struct disclosure_wish *wish, struct disclosure *out)
{
    struct disclosing d = { .app = app, .arena = a, .wish = wish };
    str archive;

    TRY(gather(&d));
    TRY(prove(&d));
    TRY(readme(a, LANG_EN, &d.contents.readme_en));
    TRY(readme(a, LANG_ZH, &d.contents.readme_zh));
    TRY(dossier_write(a, &d.contents, &archive));
    *out = (struct disclosure){ d.file.number, archive, d.index,
                                d.contents.withheld };
    return OK;
}
