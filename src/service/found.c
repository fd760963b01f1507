#include "service/found.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/size.h"
#include "domain/body_facts.h"
#include "scheme_data.h"
#include "service/app_parts.h"
#include "service/keys.h"
#include "service/registry.h"
#include "service/sequence.h"
#include "store/founding.h"
#include "store/journal.h"
#include "sys/entropy.h"
#include "sys/files.h"

enum {
    NUMBER_DIGITS = 3,
    NAME_MOST = 4096,
    FILES_MOST = 10000,
    DEPTH_MOST = 4, /* DIR/blobs/ab/cdef.. */
    ORIGIN_MOST = 200,
    UNDO_ARENA = 1 << 20,
};

/* --- facts ---------------------------------------------------------------- */

/* "body.example:8443" of "https://body.example:8443". */
static str host_of(str url)
{
    return str_begins(url, S("https://"))  ? str_from(url, strlen("https://"))
           : str_begins(url, S("http://")) ? str_from(url, strlen("http://"))
                                           : S("");
}

static bool is_host(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
              c == '-' || c == ':' || c == '[' || c == ']'))
            return false;
    }
    return s.n > 0;
}

static bool is_this_machine(str host)
{
    return str_begins(host, S("127.0.0.1")) || str_begins(host, S("[::1]")) ||
           str_begins(host, S("localhost"));
}

/* [FN4] */
static err check_url(struct arena *a, str url)
{
    str host = host_of(url);

    if (is_host(host) &&
        (str_begins(url, S("https://")) || is_this_machine(host)))
        return OK;
    return err_new(a, ERR_INVALID, "found.url", ARG_STR("url", url));
}

/* A line of the checkpoints: no blank, no plus (c2sp.org/tlog-checkpoint). */
static err check_origin(struct arena *a, str origin)
{
    bool good = origin.n <= ORIGIN_MOST;

    for (size_t i = 0; i < origin.n && good; i++)
        good = origin.p[i] > ' ' && origin.p[i] <= '~' && origin.p[i] != '+';
    return good ? OK
                : err_new(a, ERR_INVALID, "found.origin",
                          ARG_STR("origin", origin));
}

err found_check(struct arena *a, const struct found_wish *wish)
{
    const struct body *b = &wish->body;
    const struct body_changed facts = {
        .name_zh = b->name_zh,
        .name_en = b->name_en,
        .uscc = b->uscc,
        .approval = b->approval,
        .fields = { (void *)(uintptr_t)b->fields, b->field_count },
        .phone = b->phone,
    };

    TRY(body_facts_check(a, &facts));
    TRY(check_url(a, wish->public_url));
    return check_origin(a, wish->log_origin);
}

static err origin_of(struct arena *a, const struct found_wish *wish, str *out)
{
    struct buf b;

    *out = wish->log_origin;
    if (out->n > 0)
        return OK;
    buf_init(&b, a, ORIGIN_MOST);
    buf_str(&b, host_of(wish->public_url));
    buf_str(&b, S("/log"));
    return buf_done(&b, out);
}

/* --- making it ------------------------------------------------------------ */

static const struct session founder = {
    .actor = { .roles = ROLE_BIT(ROLE_ADMIN) },
    .channel = S_INIT("cli"),
};

static err make_store(struct arena *a, const struct app_world *w, str dir,
                      const struct found_wish *wish, id body_id)
{
    struct body body = wish->body;
    struct app_founding with = { .body = &body,
                                 .body_id = body_id,
                                 .public_url = wish->public_url };
    str path;

    body.number =
        str_from(body.approval, body.approval.n - (size_t)NUMBER_DIGITS);
    TRY(origin_of(a, wish, &with.log_origin));
    TRY(folder_make(w->files, a, dir, FOLDER_PRIVATE));
    if (wish->store.n > 0) {
        TRY(app_path(a, dir, "store", &path));
        TRY(file_write(w->files, a, path, wish->store, FILE_SECRET));
    }
    return app_found(a, w, dir, &with);
}

/* What it signs with, but for the log. [FN2] */
static err make_keys(struct app *app, struct arena *a,
                     const struct found_wish *wish)
{
    static const struct {
        enum key_purpose purpose;
        enum key_kind kind;
    } keys[] = {
        { KEY_CREDENTIAL, KEY_ED25519 },
        { KEY_QR, KEY_ED25519 },
        { KEY_PDF, KEY_P256 },
    };
    const struct keys_order order = { &founder, wish->today };
    /* On this machine only nobody could find the keys of credentials. */
    size_t first = str_begins(wish->public_url, S("https://")) ? 0 : 2;
    int64_t serial;

    for (size_t i = first; i < COUNT(keys); i++)
        TRY(keys_make(app, a, &order, keys[i].purpose, keys[i].kind, &serial));
    return keys_lock(app, a, &order, wish->passphrase);
}

static err freeze_one(struct app *app, struct arena *a, const struct package *p,
                      day today, struct found_made *out)
{
    const struct registrar by = { .today = today, .channel = S("cli") };
    struct hash hash;
    id stream;

    TRY(entropy_id(app_world_of(app)->entropy, &stream));
    TRY(registry_scheme(app, a, &by, p, stream, &hash));
    out->schemes++;
    return OK;
}

static err freeze(struct app *app, struct arena *a,
                  const struct found_wish *wish, struct found_made *out)
{
    for (size_t i = 0; i < wish->package_count; i++)
        TRY(freeze_one(app, a, &wish->packages[i], wish->today, out));
    for (size_t i = 0; wish->packages == NULL && i < scheme_data_count; i++) {
        struct package_file file = { S("scheme.yaml"),
                                     embedded_text(&scheme_data[i]) };
        const struct package package = { &file, 1 };

        TRY(freeze_one(app, a, &package, wish->today, out));
    }
    return OK;
}

/* [FN3] */
static err invite(struct app *app, struct arena *a,
                  const struct found_wish *wish, struct ticket_letter *out)
{
    const struct invitation_wish first = {
        .mail = wish->mail,
        .roles = S("admin"),
        .until = DAY_NEVER,
    };

    return accounts_invite(app, a, &founder, &first, NULL, out);
}

/* Keys that were locked meanwhile are read by nobody before it is closed. */
static err fill(struct arena *a, const struct app_world *w, str dir,
                const struct found_wish *wish, struct found_made *out)
{
    scoped(app_close) struct app *app = NULL;
    int64_t entries;

    TRY(app_open(a, w, dir, APP_WRITE, &app));
    TRY(freeze(app, a, wish, out));
    TRY(invite(app, a, wish, &out->letter));
    TRY(sequence_log(app, a, &entries));
    return make_keys(app, a, wish);
}

/* The founding of a body, under an id that no other has. */
struct founding {
    const struct app_world *world;
    const struct found_wish *wish;
    str aside; /* the folder in which it is made */
    id body;
};

static err make_all(const struct founding *f, struct arena *a,
                    struct found_made *out)
{
    TRY(make_store(a, f->world, f->aside, f->wish, f->body));
    return fill(a, f->world, f->aside, f->wish, out);
}

/* --- nothing is left behind [FN1] ----------------------------------------- */

static void clear(const struct app_world *w, struct arena *a, str dir,
                  int depth)
{
    struct file_names names = { 0 };

    if (depth > DEPTH_MOST ||
        failed(folder_list(w->files, a, dir, FILES_MOST, &names)))
        return;
    for (size_t i = 0; i < names.n; i++) {
        str path;

        if (failed(app_path(a, dir, names.at[i].p, &path)))
            return;
        if (!failed(folder_check(w->files, a, path)))
            clear(w, a, path, depth + 1);
        /* What cannot be removed is named by the next who founds here. */
        err unused = file_remove(w->files, a, path);
        (void)failed(unused);
    }
    if (depth == 0) {
        err unused = file_remove(w->files, a, dir);
        (void)failed(unused);
    }
}

/* Of a store that had a body before, or has another's by now, nothing. */
static err clear_store(const struct founding *f, struct arena *a)
{
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;

    TRY(store_open(f->world->heap, a, f->wish->store, &s));
    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(stream_by_number(tx, a, S("body"), S("body"), &row));
    if (!id_eq(row.id, f->body))
        return OK;
    TRY(founding_undo(tx));
    return tx_commit(&tx);
}

/* What lies outside of the folder is undone while it still says where. */
static void undo(const struct founding *f)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, f->world->heap, UNDO_ARENA);
    if (f->wish->store.n > 0) {
        /* A server that is gone keeps what it has. */
        err unused = clear_store(f, &a);
        (void)failed(unused);
    }
    clear(f->world, &a, f->aside, 0);
}

static err check_empty(const struct app_world *w, struct arena *a, str dir,
                       bool *there)
{
    struct file_names names = { 0 };
    err e = folder_list(w->files, a, dir, FILES_MOST, &names);

    *there = !err_is(e, ERR_NOT_FOUND);
    if (!*there)
        return OK;
    TRY(e);
    return names.n == 0 ? OK
                        : err_new(a, ERR_CONFLICT, "found.not_empty",
                                  ARG_STR("folder", dir));
}

static err beside(const struct app_world *w, struct arena *a, str dir, str *out)
{
    struct buf b;
    bool there;

    buf_init(&b, a, NAME_MOST);
    buf_str(&b, str_trim_end(dir, '/'));
    buf_str(&b, S(".founding"));
    TRY(buf_done(&b, out));
    err e = check_empty(w, a, *out, &there);
    if (!failed(e) && !there)
        return OK;
    return failed(e) && !err_is(e, ERR_CONFLICT)
               ? e
               : err_new(a, ERR_CONFLICT, "found.left",
                         ARG_STR("folder", *out));
}

/* An empty folder of that name gives way. */
static err take_name(const struct app_world *w, struct arena *a, str from,
                     str dir)
{
    const char *from_z = NULL;
    const char *to_z = NULL;

    TRY(file_path(a, from, &from_z));
    TRY(file_path(a, str_trim_end(dir, '/'), &to_z));
    return w->files->rename(w->files, from_z, to_z) == 0
               ? OK
               : err_new(a, ERR_IO, "found.name", ARG_STR("folder", dir));
}

err found_body(struct arena *a, const struct app_world *world, str dir,
               const struct found_wish *wish, struct found_made *out)
{
    struct found_made made = { .schemes = 0 };
    struct founding f = { .world = world, .wish = wish };
    bool there;

    TRY(found_check(a, wish));
    TRY(check_empty(world, a, dir, &there));
    TRY(beside(world, a, dir, &f.aside));
    TRY(entropy_id(world->entropy, &f.body));
    err e = make_all(&f, a, &made);
    if (!failed(e))
        e = take_name(world, a, f.aside, dir);
    if (failed(e)) {
        undo(&f);
        return e;
    }
    *out = made;
    return OK;
}
