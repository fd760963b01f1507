#include "domain/keys.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

const char *const key_purpose_names[] = {
    [KEY_LOG] = "log", [KEY_CREDENTIAL] = "credential",
    [KEY_QR] = "qr",   [KEY_PDF] = "pdf",
    [KEY_SM2] = "sm2", NULL,
};

const char *const key_kind_names[] = {
    [KEY_ED25519] = "ed25519",
    [KEY_P256] = "p256",
    [KEY_RSA] = "rsa",
    [KEY_IS_SM2] = "sm2",
    NULL,
};

const char *const key_ending_names[] = {
    [KEY_ROTATED] = "rotated",
    [KEY_COMPROMISED] = "compromised",
    [KEY_LOST] = "lost",
    NULL,
};

enum { SERIAL_MOST = 1000000, PUBLIC_MOST = 2000 };

/* clang-format off */
static const struct field made_fields[] = {
    F_ENUM(struct key_made, purpose, key_purpose_names),
    F_INT(struct key_made, serial, 1, SERIAL_MOST),
    F_ENUM(struct key_made, kind, key_kind_names),
    F_STR(struct key_made, public, 1, PUBLIC_MOST),
};
static const struct record key_made_record = RECORD(key_made, made_fields);

static const struct field retired_fields[] = {
    F_ENUM(struct key_retired, purpose, key_purpose_names),
    F_INT(struct key_retired, serial, 1, SERIAL_MOST),
    F_ENUM(struct key_retired, ending, key_ending_names),
    F_DAY_OPT(struct key_retired, since),
    F_STR_OPT(struct key_retired, note, 2000),
};
static const struct record key_retired_record =
    RECORD(key_retired, retired_fields);

static const struct field certified_fields[] = {
    F_ENUM(struct key_certified, purpose, key_purpose_names),
    F_INT(struct key_certified, serial, 1, SERIAL_MOST),
    F_HASH(struct key_certified, certificate),
};
static const struct record key_certified_record =
    RECORD(key_certified, certified_fields);

static const struct event_kind events[] = {
    { "key.made", 1, STREAM_BODY, &key_made_record, NULL },
    { "key.retired", 1, STREAM_BODY, &key_retired_record, NULL },
    { "key.certified", 1, STREAM_BODY, &key_certified_record, NULL },
};
/* clang-format on */

const struct stage_tables key_tables = { NULL, 0, events, COUNT(events) };

/* --- the history ------------------------------------------------------ */

static struct key_row *find_row(const struct key_history *h, int purpose,
                                int64_t serial)
{
    for (size_t i = 0; i < h->n; i++) {
        struct key_row *row = &h->rows[i];

        if (row->made.purpose == purpose && row->made.serial == serial)
            return row;
    }
    return NULL;
}

static void on_made(struct key_history *h, const struct event *e)
{
    EVENT_DATA(key_made, made, e);

    if (find_row(h, made->purpose, made->serial) != NULL)
        return;
    h->rows[h->n++] = (struct key_row){
        .made = *made,
        .from = e->on,
        .made_at = e->at,
        .until = DAY_NEVER,
    };
}

/* What was found out later about a key counts, but it ended when it ended. */
static void on_retired(struct key_history *h, const struct event *e)
{
    EVENT_DATA(key_retired, retired, e);
    struct key_row *row = find_row(h, retired->purpose, retired->serial);

    if (row == NULL)
        return;
    row->retirement = *retired;
    if (row->retired)
        return;
    row->retired = true;
    row->until = e->on;
    row->retired_at = e->at;
}

static void on_certified(struct key_history *h, const struct event *e)
{
    EVENT_DATA(key_certified, certified, e);
    struct key_row *row = find_row(h, certified->purpose, certified->serial);

    if (row == NULL)
        return;
    row->certified = true;
    row->certificate = certified->certificate;
}

err key_history_of(struct arena *a, const struct event_list *body,
                   struct key_history *out)
{
    struct key_history h = { .rows = arena_array(a, body->n, sizeof *h.rows) };

    TRY_MEMORY(h.rows);
    for (const struct event *e = body->first; e != NULL; e = e->next) {
        if (e->kind == &events[0])
            on_made(&h, e);
        else if (e->kind == &events[1])
            on_retired(&h, e);
        else if (e->kind == &events[2])
            on_certified(&h, e);
    }
    *out = h;
    return OK;
}

const struct key_row *key_current(const struct key_history *h,
                                  enum key_purpose purpose)
{
    for (size_t i = h->n; i > 0; i--) {
        const struct key_row *row = &h->rows[i - 1];

        if (row->made.purpose == (int)purpose && !row->retired)
            return row;
    }
    return NULL;
}

const struct key_row *key_find(const struct key_history *h,
                               enum key_purpose purpose, int64_t serial)
{
    return find_row(h, (int)purpose, serial);
}

int64_t key_next(const struct key_history *h, enum key_purpose purpose)
{
    int64_t most = 0;

    for (size_t i = 0; i < h->n; i++) {
        const struct key_made *made = &h->rows[i].made;

        if (made->purpose == (int)purpose && made->serial > most)
            most = made->serial;
    }
    return most + 1;
}

bool key_serves(enum key_purpose purpose, enum key_kind kind)
{
    if (purpose == KEY_PDF)
        return kind == KEY_P256 || kind == KEY_RSA;
    return kind == (purpose == KEY_SM2 ? KEY_IS_SM2 : KEY_ED25519);
}

bool key_has_certificate(enum key_purpose purpose)
{
    return purpose == KEY_PDF;
}

/* --- making [KY1] [KY7] ----------------------------------------------- */

static str name_of(const char *const *names, int i)
{
    return str_of(names[i]);
}

static err check_role(struct arena *a, const struct facts *f, unsigned roles,
                      const char *refusal, const char *named)
{
    if ((f->actor.roles & roles) != 0)
        return OK;
    return err_new(a, ERR_DENIED, refusal, ARG_IDS("roles", str_of(named)));
}

static err rotate(struct arena *a, const struct key_row *old,
                  const struct facts *f, struct event_list *out)
{
    struct key_retired retired = {
        .purpose = old->made.purpose,
        .serial = old->made.serial,
        .ending = KEY_ROTATED,
        .since = DAY_NEVER,
    };

    return event_emit(a, out, "key.retired", f, &retired);
}

err key_make(struct arena *a, const struct key_history *h,
             const struct key_made *wish, const struct facts *f,
             struct event_list *out)
{
    const struct key_row *old = key_current(h, (enum key_purpose)wish->purpose);
    struct key_made made = *wish;

    TRY(check_role(a, f, ROLE_BIT(ROLE_ADMIN), "key.makes", "role.admin"));
    if (made.purpose == KEY_LOG)
        return err_new(a, ERR_REFUSED, "key.log_stays");
    if (!key_serves((enum key_purpose)made.purpose, (enum key_kind)made.kind))
        return err_new(a, ERR_INVALID, "key.kind",
                       ARG_STR("purpose",
                               name_of(key_purpose_names, made.purpose)),
                       ARG_STR("kind", name_of(key_kind_names, made.kind)));
    made.serial = key_next(h, (enum key_purpose)made.purpose);
    if (old != NULL)
        TRY(rotate(a, old, f, out));
    return event_emit(a, out, "key.made", f, &made);
}

/* --- retiring [KY2] [KY3] --------------------------------------------- */

static err check_key(struct arena *a, const struct key_row *row,
                     const struct key_retired *wish)
{
    str purpose = name_of(key_purpose_names, wish->purpose);

    if (row == NULL)
        return err_new(a, ERR_NOT_FOUND, "key.unknown",
                       ARG_STR("purpose", purpose),
                       ARG_INT("serial", wish->serial));
    if (wish->ending == KEY_ROTATED)
        return err_new(a, ERR_INVALID, "key.rotates",
                       ARG_STR("purpose", purpose));
    if (row->retired && row->retirement.ending != KEY_ROTATED)
        return err_new(a, ERR_REFUSED, "key.retired",
                       ARG_STR("purpose", purpose),
                       ARG_INT("serial", wish->serial),
                       ARG_DAY("until", row->until));
    return OK;
}

/* [KY3] */
static err check_since(struct arena *a, const struct key_row *row,
                       const struct key_retired *wish, const struct facts *f)
{
    bool compromised = wish->ending == KEY_COMPROMISED;
    day last = row->retired && row->until < f->today ? row->until : f->today;

    if (compromised && wish->since == DAY_NEVER)
        return err_new(a, ERR_INVALID, "key.since_missing");
    if (!compromised && wish->since == DAY_NEVER)
        return OK;
    if (!compromised || wish->since < row->from || wish->since > last)
        return err_new(a, ERR_INVALID, "key.since", ARG_DAY("from", row->from),
                       ARG_DAY("last", last));
    return OK;
}

err key_retire(struct arena *a, const struct key_history *h,
               const struct key_retired *wish, const struct facts *f,
               struct event_list *out)
{
    const struct key_row *row =
        key_find(h, (enum key_purpose)wish->purpose, wish->serial);

    TRY(check_role(a, f, ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_HEAD),
                   "key.retires", "role.admin|role.head"));
    TRY(check_key(a, row, wish));
    TRY(check_since(a, row, wish, f));
    return event_emit(a, out, "key.retired", f, wish);
}

/* --- certificates [KY6] ----------------------------------------------- */

err key_certify(struct arena *a, const struct key_history *h,
                const struct key_certified *wish, const struct facts *f,
                struct event_list *out)
{
    const struct key_row *row = key_current(h, (enum key_purpose)wish->purpose);
    str purpose = name_of(key_purpose_names, wish->purpose);
    struct key_certified certified = *wish;

    TRY(check_role(a, f, ROLE_BIT(ROLE_ADMIN), "key.certifies", "role.admin"));
    if (!key_has_certificate((enum key_purpose)wish->purpose))
        return err_new(a, ERR_INVALID, "key.no_certificate",
                       ARG_STR("purpose", purpose));
    if (row == NULL)
        return err_new(a, ERR_NOT_FOUND, "key.none",
                       ARG_STR("purpose", purpose));
    certified.serial = row->made.serial;
    return event_emit(a, out, "key.certified", f, &certified);
}
