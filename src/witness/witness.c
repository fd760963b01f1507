#include "witness/witness.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/id.h"
#include "merkle/note.h"
#include "sys/entropy.h"
#include "sys/files.h"
#include "witness/parts.h"

enum { KEY_MOST = 200, NAME_MOST = 400 };

/* --- its name --------------------------------------------------------- */

static err take_name(struct witness *w, struct arena *a, str wanted)
{
    str path;
    str text;

    TRY(file_in(a, w->dir, S("witness.name"), &path));
    err e = file_read(w->world.files, a, path, NAME_MOST, &text);
    if (err_is(e, ERR_NOT_FOUND)) {
        w->name = wanted;
        return wanted.n > 0
                   ? file_write(w->world.files, a, path, wanted, FILE_PUBLIC)
                   : err_new(a, ERR_INVALID, "witness.name",
                             ARG_STR("name", wanted));
    }
    TRY(e);
    w->name = str_trim(text);
    if (wanted.n > 0 && !str_eq(wanted, w->name))
        return err_new(a, ERR_INVALID, "witness.name",
                       ARG_STR("name", w->name));
    return OK;
}

/* --- its key ---------------------------------------------------------- */

static err make_key(struct witness *w, struct arena *a, str path)
{
    uint8_t seed[SIGN_SEED_BYTES];
    struct buf b;
    str text;

    TRY(entropy_fill(w->world.entropy, seed, sizeof seed));
    buf_init(&b, a, KEY_MOST);
    buf_hex(&b, seed, sizeof seed);
    buf_char(&b, '\n');
    sign_key_of_seed(seed, &w->key);
    explicit_bzero(seed, sizeof seed);
    TRY(buf_done(&b, &text));
    return file_write(w->world.files, a, path, text, FILE_SECRET);
}

static err take_key(struct witness *w, struct arena *a)
{
    uint8_t seed[SIGN_SEED_BYTES];
    str path;
    str text;

    TRY(file_in(a, w->dir, S("witness.key"), &path));
    err e = file_read(w->world.files, a, path, KEY_MOST, &text);
    if (err_is(e, ERR_NOT_FOUND))
        return make_key(w, a, path);
    TRY(e);
    if (!hex_parse(str_trim(text), seed, sizeof seed))
        return err_new(a, ERR_CORRUPT, "witness.key", ARG_STR("path", path));
    sign_key_of_seed(seed, &w->key);
    explicit_bzero(seed, sizeof seed);
    return OK;
}

/* --- the whole -------------------------------------------------------- */

static err take_logs(struct witness *w, struct arena *a)
{
    str path;
    str text;

    TRY(file_in(a, w->dir, S("logs.policy"), &path));
    TRY(file_read(w->world.files, a, path, POLICY_BYTES_MAX, &text));
    return policy_read(a, text, &w->logs);
}

static err open_parts(struct witness *w, struct arena *a, str name)
{
    struct note_key unused;

    if (name.n > 0) /* before anything is made */
        TRY(note_key_of(a, NOTE_COSIGNATURE, name, w->key.public, &unused));
    TRY(folder_make(w->world.files, a, w->dir, FOLDER_PRIVATE));
    TRY(lock_take(w->world.files, a, w->dir, &w->lock));
    TRY(take_name(w, a, name));
    TRY(take_key(w, a));
    TRY(note_key_of(a, NOTE_COSIGNATURE, w->name, w->key.public, &w->own));
    return take_logs(w, a);
}

err witness_start(struct arena *a, const struct witness_world *world, str dir,
                  str name, struct witness **out)
{
    scoped(witness_end) struct witness *w = NULL;
    struct witness *made = arena_zero(a, sizeof *made);

    TRY_MEMORY(made);
    made->world = *world;
    made->lock = LOCK_NONE;
    made->dir = dir;
    check(pthread_mutex_init(&made->mutex, NULL) == 0);
    w = made;
    TRY(open_parts(w, a, name));
    *out = w;
    w = NULL;
    return OK;
}

void witness_end(struct witness **w)
{
    if (*w == NULL)
        return;
    sign_key_end(&(*w)->key);
    lock_drop(&(*w)->lock);
    (void)pthread_mutex_destroy(&(*w)->mutex);
    *w = NULL;
}

err witness_vkey(struct arena *a, const struct witness *w, str *out)
{
    return note_vkey(a, &w->own, out);
}
