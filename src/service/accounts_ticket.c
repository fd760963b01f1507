#include "service/accounts_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/mime.h"
#include "codec/utf8.h"
#include "crypto/bytes.h"
#include "service/door_parts.h"
#include "service/outbox.h"
#include "sys/entropy.h"

enum { MAIL_SHOWN = 254, ADDRESS_MAX = 2000 };

static const char box_purpose[] = "tenstar ticket";

/* [AC2] */
static err no_ticket(struct arena *a)
{
    return err_new(a, ERR_NOT_FOUND, "accounts.ticket");
}

err account_ticket_draw(struct app *app, struct arena *a, enum ticket_kind kind,
                        struct issuing *out)
{
    int64_t now = door_now(app);

    *out = (struct issuing){
        .app = app,
        .row = { .kind = kind, .made = now, .ends = ticket_ends(kind, now) },
        .now = now,
    };
    return door_token(app, a, &out->token, &out->row.token);
}

err account_ticket_seal(struct issuing *i, struct arena *a,
                        const struct record *r, const void *from)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t key[SECRET_KEY_BYTES];

    TRY(entropy_fill(app_world_of(i->app)->entropy, nonce, sizeof nonce));
    door_key(i->app, box_purpose, key);
    err e = ticket_seal(a, key, nonce, r, from, &i->row);
    bytes_wipe(key, sizeof key);
    return e;
}

err account_letter(const struct issuing *i, struct arena *a, str to,
                   struct ticket_letter *out)
{
    str path;

    TRY(ticket_path(a, i->row.kind, i->token, &path));
    *out = (struct ticket_letter){
        .kind = i->row.kind,
        .to = to,
        .login = S(""),
        .path = path,
        .ends = i->row.ends,
        .posted = i->posted,
    };
    return OK;
}

/* --- posting [AC8] -------------------------------------------------------- */

static err address_of(const struct issuing *i, struct arena *a, str *out)
{
    struct buf b;
    str path;

    TRY(ticket_path(a, i->row.kind, i->token, &path));
    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, i->post->url);
    buf_str(&b, path);
    return buf_done(&b, out);
}

/* `reader` is NULL for somebody who is nobody yet. */
static err put_letter(struct tx *tx, const struct issuing *i, str to,
                      const struct person_row *reader)
{
    static const enum letter_kind kinds[] = {
        [TICKET_INVITE] = LETTER_INVITE,
        [TICKET_RESET] = LETTER_RESET,
        [TICKET_REGISTER] = LETTER_REGISTER,
    };
    struct outgoing m = {
        .kind = kinds[i->row.kind],
        .lang = i->post->lang,
        .to = to,
        .letter = { .person = reader == NULL ? S("") : reader->name,
                    .until = i->row.ends,
                    .due = DAY_NEVER },
    };
    id mail;

    TRY(address_of(i, tx_arena(tx), &m.letter.address));
    return outbox_put(i->app, tx, &m, &mail);
}

err account_post(struct tx *tx, struct issuing *i, str to,
                 const struct person_row *reader)
{
    bool sends;

    i->posted = false;
    if (i->post == NULL || !mime_is_address(to))
        return OK;
    TRY(mail_is_set(tx, &sends));
    if (!sends)
        return OK;
    TRY(put_letter(tx, i, to, reader));
    i->posted = true;
    return OK;
}

err accounts_can_post(struct app *app, struct arena *a, bool *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return mail_is_set(tx, out);
}

/* --- opening -------------------------------------------------------------- */

err account_ticket_find(struct app *app, struct arena *a, enum ticket_kind kind,
                        str token, struct ticket_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct hash kept = { 0 };
    struct ticket_row row = { 0 };
    bool found;

    TRY(token_kept(a, token, &kept, &found));
    if (!found)
        return no_ticket(a);
    TRY(app_read(app, a, &tx));
    TRY(ticket_get(tx, a, &kept, &row, &found));
    if (!found || !ticket_is_good(&row, kind, door_now(app)))
        return no_ticket(a);
    *out = row;
    return OK;
}

err account_ticket_read(const struct app *app, struct arena *a,
                        const struct record *r, const struct ticket_row *row,
                        void *out)
{
    uint8_t key[SECRET_KEY_BYTES];

    door_key(app, box_purpose, key);
    err e = ticket_open(a, key, r, row, out);
    bytes_wipe(key, sizeof key);
    return e;
}

err account_ticket_use(struct tx *tx, const struct ticket_row *row)
{
    err e = ticket_use(tx, &row->token);

    return err_is(e, ERR_CONFLICT) ? no_ticket(tx_arena(tx)) : e;
}

/* What no mail can be sent to is no address here. */
err account_check_mail(struct arena *a, str mail)
{
    if (mime_is_address(mail))
        return OK;
    return err_new(a, ERR_INVALID, "accounts.mail",
                   ARG_STR("mail", utf8_is_text(mail)
                                       ? utf8_first(mail, MAIL_SHOWN)
                                       : S("")));
}
