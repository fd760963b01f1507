#include "service/accounts_parts.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "crypto/bytes.h"
#include "service/door_parts.h"
#include "sys/entropy.h"

enum { MAIL_MAX = 254 }; /* RFC 5321, 4.5.3.1.3, without its brackets */

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
    };
    return OK;
}

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

/* Of what a header or an envelope would take for more than one address. */
static bool is_mail_sign(char c)
{
    return (unsigned char)c > ' ' && c != 0x7F && c != ',' && c != ';' &&
           c != '<' && c != '>';
}

err account_check_mail(struct arena *a, str mail)
{
    size_t at = str_index(mail, '@');
    bool good = utf8_is_text(mail) && mail.n <= MAIL_MAX && at > 0 &&
                at + 1 < mail.n &&
                str_index(str_from(mail, at + 1), '@') == mail.n - at - 1;

    for (size_t i = 0; i < mail.n && good; i++)
        good = is_mail_sign(mail.p[i]);
    if (good)
        return OK;
    return err_new(a, ERR_INVALID, "accounts.mail",
                   ARG_STR("mail", utf8_is_text(mail)
                                       ? utf8_first(mail, MAIL_MAX)
                                       : S("")));
}
