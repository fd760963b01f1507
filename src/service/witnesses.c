#include "service/witnesses.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "merkle/policy.h"
#include "net/net.h"
#include "service/app_parts.h"
#include "service/order.h"
#include "service/typed.h"
#include "store/log.h"
#include "store/meta.h"
#include "sys/files.h"

enum { NAME_MOST = 60, KEY_MOST = 4096, STATE_MOST = 1000 };

/* --- the file --------------------------------------------------------- */

static err file_of(struct app *app, struct arena *a, str *path)
{
    return app_path(a, app_folder(app), "witnesses", path);
}

static err too_many(struct arena *a)
{
    return err_new(a, ERR_LIMIT, "witnesses.many",
                   ARG_INT("most", WITNESSES_MOST));
}

static err take_name(struct arena *a, const struct policy_name *n,
                     struct witness_named *out)
{
    *out =
        (struct witness_named){ .name = n->name, .key = n->key, .url = n->url };
    if (n->url.n == 0)
        return err_new(a, ERR_INVALID, "witnesses.address",
                       ARG_STR("name", n->name));
    return note_vkey(a, &n->key, &out->vkey);
}

static err list_of(struct arena *a, const struct trust_policy *p,
                   struct list *out)
{
    struct witness_named *all = arena_array(a, WITNESSES_MOST, sizeof *all);
    size_t n = 0;

    TRY_MEMORY(all);
    for (size_t i = 0; i < p->name_count; i++) {
        if (p->names[i].group)
            continue;
        if (n == WITNESSES_MOST)
            return too_many(a);
        TRY(take_name(a, &p->names[i], &all[n++]));
    }
    *out = (struct list){ all, n };
    return OK;
}

err witnesses_read(struct app *app, struct arena *a, struct list *out)
{
    const struct trust_policy *p;
    str path;
    str text;

    TRY(file_of(app, a, &path));
    err e =
        file_read(app_world_of(app)->files, a, path, POLICY_BYTES_MAX, &text);
    if (err_is(e, ERR_NOT_FOUND)) {
        *out = (struct list){ 0 };
        return OK;
    }
    TRY(e);
    TRY(policy_read(a, text, &p));
    return list_of(a, p, out);
}

bool witnesses_unreadable(err e)
{
    return err_is(e, ERR_INVALID) || err_is(e, ERR_LIMIT);
}

static void put_line(struct buf *b, const struct witness_named *w)
{
    buf_str(b, S("witness "));
    buf_str(b, w->name);
    buf_char(b, ' ');
    buf_str(b, w->vkey);
    buf_char(b, ' ');
    buf_str(b, w->url);
    buf_char(b, '\n');
}

/* Those listed but for `left_out`, and one `more`, where they are not NULL. */
static err write_file(struct app *app, struct arena *a, const struct list *all,
                      const struct witness_named *left_out,
                      const struct witness_named *more)
{
    const struct witness_named *w = all->p;
    struct buf b;
    str path;
    str text;

    buf_init(&b, a, POLICY_BYTES_MAX);
    for (size_t i = 0; i < all->n; i++) {
        if (&w[i] != left_out)
            put_line(&b, &w[i]);
    }
    if (more != NULL)
        put_line(&b, more);
    buf_str(&b, S("quorum none\n"));
    TRY(buf_done(&b, &text));
    TRY(file_of(app, a, &path));
    return file_write(app_world_of(app)->files, a, path, text, FILE_PUBLIC);
}

/* --- naming [WS1] ----------------------------------------------------- */

static err check_right(struct arena *a, const struct session *who)
{
    if ((who->actor.roles & ROLE_BIT(ROLE_ADMIN)) != 0)
        return OK;
    return err_new(a, ERR_DENIED, "witnesses.names",
                   ARG_IDS("roles", S("role.admin")));
}

/* "none" is the policy's own word. */
static bool is_name(str s)
{
    return typed_is_word(s, NAME_MOST) && !str_eq(s, S("none"));
}

static err check_key(struct arena *a, const struct witness_named *wish,
                     struct witness_named *out)
{
    TRY(note_key_parse(a, wish->vkey, &out->key));
    if (out->key.kind != NOTE_COSIGNATURE)
        return err_new(a, ERR_INVALID, "witnesses.kind",
                       ARG_STR("text", wish->vkey));
    return OK;
}

static err check_wish(struct arena *a, const struct witness_named *wish,
                      struct witness_named *out)
{
    *out = *wish;
    out->url = str_trim_end(wish->url, '/');
    if (!is_name(wish->name))
        return err_new(a, ERR_INVALID, "witnesses.name",
                       ARG_STR("name", wish->name));
    TRY(check_key(a, wish, out));

    err e = net_check(a, out->url, false);
    return err_is(e, ERR_INVALID) ? err_new(a, ERR_INVALID, "witnesses.where",
                                            ARG_STR("address", wish->url))
                                  : e;
}

static bool is_same(const struct witness_named *x,
                    const struct witness_named *y)
{
    return str_eq(x->name, y->name) ||
           memcmp(x->key.public, y->key.public, sizeof x->key.public) == 0;
}

static err add(struct app *app, struct arena *a, const struct session *who,
               const struct witness_named *wish)
{
    struct witness_named checked;
    struct list all;

    TRY(check_right(a, who));
    TRY(check_wish(a, wish, &checked));
    TRY(witnesses_read(app, a, &all));
    const struct witness_named *w = all.p;
    for (size_t i = 0; i < all.n; i++) {
        if (is_same(&w[i], &checked))
            return err_new(a, ERR_CONFLICT, "witnesses.twice",
                           ARG_STR("name", w[i].name));
    }
    if (all.n == WITNESSES_MOST)
        return too_many(a);
    return write_file(app, a, &all, NULL, &checked);
}

static err take_away(struct app *app, struct arena *a,
                     const struct session *who, str name)
{
    struct list all;

    TRY(check_right(a, who));
    TRY(witnesses_read(app, a, &all));
    const struct witness_named *w = all.p;
    for (size_t i = 0; i < all.n; i++) {
        if (str_eq(w[i].name, name))
            return write_file(app, a, &all, &w[i], NULL);
    }
    return err_new(a, ERR_NOT_FOUND, "witnesses.unknown",
                   ARG_STR("name", str_first(name, NAME_MOST)));
}

/* Whatever is refused is kept in the audit trail. */
static err judged(struct app *app, struct arena *a, const struct session *who,
                  str command, err e)
{
    const struct refused r = { .who = who, .command = command, .why = e };

    if (failed(e))
        order_refused(app, a, &r);
    return e;
}

err witnesses_add(struct app *app, struct arena *a, const struct session *who,
                  const struct witness_named *wish)
{
    return judged(app, a, who, S("log.add_witness"), add(app, a, who, wish));
}

err witnesses_remove(struct app *app, struct arena *a,
                     const struct session *who, str name)
{
    return judged(app, a, who, S("log.remove_witness"),
                  take_away(app, a, who, name));
}

/* --- what came of asking [WS2] ---------------------------------------- */

const char *const witness_outcome_names[] = {
    [ASKED_NEVER] = "never",     [ASKED_COSIGNED] = "cosigned",
    [ASKED_REFUSED] = "refused", [ASKED_UNREACHED] = "unreached",
    [ASKED_UNSOUND] = "unsound", [ASKED_LARGER] = "larger",
    [ASKED_DIFFERS] = "differs", NULL,
};

/* clang-format off */
static const struct field state_fields[] = {
    F_ENUM(struct witness_state, outcome, witness_outcome_names),
    F_INT(struct witness_state, asked, 0, WITNESS_NUMBER_MOST),
    F_INT(struct witness_state, failures, 0, WITNESS_NUMBER_MOST),
    F_INT(struct witness_state, told, 0, WITNESS_NUMBER_MOST),
    F_INT(struct witness_state, size, 0, WITNESS_NUMBER_MOST),
    F_INT(struct witness_state, at, 0, WITNESS_NUMBER_MOST),
};
/* clang-format on */
static const struct record state_record = RECORD(witness_state, state_fields);

static err state_key(struct arena *a, const struct witness_named *w, str *out)
{
    struct buf b;

    buf_init(&b, a, KEY_MOST);
    buf_str(&b, S("witness/"));
    buf_str(&b, w->vkey);
    return buf_done(&b, out);
}

static err read_state(struct arena *a, str text, struct witness_state *out)
{
    struct json *j;

    TRY(json_parse(a, text, &j));
    return record_read(a, &state_record, j, out);
}

err witness_state_get(struct tx *tx, struct arena *a,
                      const struct witness_named *w, struct witness_state *out)
{
    struct witness_state read = { 0 };
    bool found;
    str text;
    str key;

    TRY(state_key(a, w, &key));
    TRY(meta_get(tx, a, key, &text, &found));
    err e = found ? read_state(a, text, &read) : OK;
    if (err_is(e, ERR_INVALID))
        return err_new(a, ERR_CORRUPT, "witnesses.state",
                       ARG_STR("name", w->name));
    TRY(e);
    *out = read;
    return OK;
}

err witness_state_set(struct tx *tx, const struct witness_named *w,
                      const struct witness_state *s)
{
    struct arena *a = tx_arena(tx);
    str text;
    str key;

    TRY(state_key(a, w, &key));
    TRY(record_text(a, &state_record, s, STATE_MOST, &text));
    return meta_set(tx, key, text);
}

/* --- whether they have seen more [WS3] -------------------------------- */

static err check_one(struct tx *tx, const struct witness_named *w, int64_t have)
{
    struct arena *a = tx_arena(tx);
    struct witness_state s = { 0 };

    TRY(witness_state_get(tx, a, w, &s));
    if (s.outcome != ASKED_LARGER || s.told <= have)
        return OK;
    return err_new(a, ERR_CORRUPT, "witnesses.larger", ARG_STR("name", w->name),
                   ARG_INT("size", s.told), ARG_INT("have", have));
}

err witnesses_check(struct app *app, struct tx *tx)
{
    struct list all;
    int64_t have;

    TRY(witnesses_read(app, tx_arena(tx), &all));
    TRY(log_size(tx, &have));
    for (size_t i = 0; i < all.n; i++)
        TRY(check_one(tx, (const struct witness_named *)all.p + i, have));
    return OK;
}
