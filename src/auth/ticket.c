#include "auth/ticket.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "domain/actor.h"

enum { PATH_MAX_BYTES = 100, BOX_MAX = 1 << 16 };

static const struct field invitation_fields[] = {
    F_STR_OPT(struct invitation, mail, 254),
    F_INT(struct invitation, roles, 1, (1 << ROLE_COUNT) - 1),
    F_ID_OPT(struct invitation, enterprise),
    F_DAY_OPT(struct invitation, until),
};

const struct record invitation_record = RECORD(invitation, invitation_fields);

static const struct field registration_fields[] = {
    F_STR(struct registration, mail, 3, 254),
    F_STR(struct registration, uscc, 18, 18),
    F_STR(struct registration, name, 1, 200),
    F_STR_OPT(struct registration, name_en, 200),
    F_DAY(struct registration, registered),
    F_STR_OPT(struct registration, province, 100),
    F_STR_OPT(struct registration, city, 100),
    F_STR_OPT(struct registration, address, 500),
    F_STR(struct registration, scope, 1, 5000),
    F_STR_OPT(struct registration, contact_name, 100),
    F_STR_OPT(struct registration, contact_phone, 40),
};

const struct record registration_record =
    RECORD(registration, registration_fields);

static const struct {
    int64_t lasts;
    const char *folder;
} kinds[TICKET_KINDS] = {
    [TICKET_INVITE] = { TICKET_INVITE_LASTS, "/invitation/" },
    [TICKET_RESET] = { TICKET_RESET_LASTS, "/reset/" },
    [TICKET_REGISTER] = { TICKET_REGISTER_LASTS, "/registration/" },
};

int64_t ticket_ends(enum ticket_kind kind, int64_t made)
{
    return made + kinds[kind].lasts;
}

bool ticket_is_good(const struct ticket_row *row, enum ticket_kind kind,
                    int64_t now)
{
    return row->kind == kind && now < row->ends;
}

err ticket_path(struct arena *a, enum ticket_kind kind, str token, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MAX_BYTES);
    buf_str(&b, str_of(kinds[kind].folder));
    buf_str(&b, token);
    return buf_done(&b, out);
}

/* --- boxes [TI2] ------------------------------------------------------ */

static str about(const struct ticket_row *row)
{
    return (str){ (const char *)row->token.b, sizeof row->token.b };
}

err ticket_seal(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const uint8_t nonce[static SECRET_NONCE_BYTES],
                const struct record *r, const void *from,
                struct ticket_row *row)
{
    str text;

    TRY(record_text(a, r, from, BOX_MAX, &text));
    return secret_seal(a, key, nonce, about(row), text, &row->sealed);
}

err ticket_open(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const struct record *r, const struct ticket_row *row, void *out)
{
    struct json *j;
    str text;

    TRY(secret_open(a, key, about(row), row->sealed, &text));
    TRY(json_parse(a, text, &j));
    return record_read(a, r, j, out);
}
