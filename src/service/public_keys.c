#include "service/public_keys.h"

#include "base/arena.h"
#include "base/id.h"
#include "credential/credential.h"
#include "service/credential_parts.h"
#include "verify/did.h"
#include "verify/instant.h"

err public_keys_name(const struct app *app, struct arena *a, str *out)
{
    str address = app_public_url(app);

    if (app_body(app)->demonstration)
        TRY(credential_base(app, a, &address));
    return did_web_of(a, address, out);
}

static bool is_shown(const struct key_made *k)
{
    return k->kind == KEY_ED25519 &&
           (k->purpose == KEY_CREDENTIAL || k->purpose == KEY_QR);
}

static bool was_compromised(const struct key_row *row)
{
    return row->retired && row->retirement.ending == KEY_COMPROMISED;
}

/* [PK1]  What it signed in the very second it was retired still counts: moments
 * are written in whole ones. */
static void set_end(const struct key_row *row, struct key_facts *f)
{
    const int64_t second = 1000000;

    f->until = row->retired ? row->retired_at + second : INT64_MAX;
    f->revoked = INT64_MAX;
    if (was_compromised(row))
        f->revoked = instant_day_begin(row->retirement.since);
}

err public_keys_fact(struct arena *a, const struct key_row *row,
                     struct key_facts *out, bool *ours)
{
    struct key_facts made = { .from = row->made_at };

    *ours = is_shown(&row->made);
    if (!*ours)
        return OK;
    if (!hex_parse(row->made.public, made.public, sizeof made.public))
        return err_new(a, ERR_CORRUPT, "app.public_key",
                       ARG_STR("purpose",
                               str_of(key_purpose_names[row->made.purpose])),
                       ARG_INT("serial", row->made.serial));
    TRY(credential_key_name(a, row, &made.name));
    set_end(row, &made);
    *out = made;
    return OK;
}

err public_keys_document(const struct app *app, struct arena *a, str *out)
{
    const struct key_history *history = app_key_history(app);
    struct key_facts *keys = arena_array(a, history->n, sizeof *keys);
    size_t n = 0;
    str did;

    TRY_MEMORY(keys);
    TRY(public_keys_name(app, a, &did));
    for (size_t i = 0; i < history->n; i++) {
        bool ours;

        TRY(public_keys_fact(a, &history->rows[i], &keys[n], &ours));
        n += ours ? 1 : 0;
    }
    return did_document_write(a, did, keys, n, out);
}

err public_keys_papers(const struct app *app, struct arena *a, struct list *out)
{
    const struct key_history *history = app_key_history(app);
    struct public_paper_key *keys = arena_array(a, history->n, sizeof *keys);
    size_t n = 0;

    TRY_MEMORY(keys);
    for (size_t i = 0; i < history->n; i++) {
        const struct key_row *row = &history->rows[i];

        if (row->made.purpose != KEY_PDF)
            continue;
        keys[n].public = row->made.public;
        keys[n].revoked =
            was_compromised(row) ? row->retirement.since : DAY_NEVER;
        TRY(credential_key_name(a, row, &keys[n].name));
        n++;
    }
    *out = (struct list){ keys, n };
    return OK;
}
