#include "service/app.h"

#include "base/arena.h"
#include "base/buf.h"
#include "domain/events.h"
#include "service/app_parts.h"
#include "service/case_tasks.h"
#include "service/projections.h"
#include "service/stream.h"
#include "store/founding.h"
#include "store/journal.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

static err write_key(const struct app_world *w, struct arena *a, str dir,
                     const char *name)
{
    uint8_t seed[32];
    struct buf b;
    str path;
    str text;

    TRY(entropy_fill(w->entropy, seed, sizeof seed));
    buf_init(&b, a, KEY_FILE_MAX);
    buf_hex(&b, seed, sizeof seed);
    buf_char(&b, '\n');
    explicit_bzero(seed, sizeof seed);
    TRY(buf_done(&b, &text));
    TRY(app_path(a, dir, name, &path));
    return file_write(w->files, a, path, text, FILE_SECRET);
}

static err put_body(struct tx *tx, void *context)
{
    const struct app_founding *with = context;
    const struct body *b = with->body;
    str *fields = arena_array(tx_arena(tx), b->field_count, sizeof *fields);
    struct body_founded founded = {
        .name_zh = b->name_zh,
        .name_en = b->name_en,
        .approval = b->approval,
        .number = b->number,
        .fields = { fields, b->field_count },
        .public_url = with->public_url,
        .log_origin = with->log_origin,
        .demonstration = b->demonstration,
        .uscc = b->uscc,
        .accreditation = b->accreditation,
        .address = b->address,
        .phone = b->phone,
    };
    struct facts f = { .at = with->at,
                       .today = day_of_micros(with->at),
                       .channel = b->demonstration ? S("demo") : S("cli") };

    struct new_stream stream = { STREAM_BODY, with->body_id, S("body") };

    TRY_MEMORY(fields);
    for (size_t i = 0; i < b->field_count; i++)
        fields[i] = b->fields[i];
    return stream_begin(tx, &stream, "body.founded", &f, &founded);
}

static err exists_in(struct arena *a, str folder)
{
    return err_new(a, ERR_CONFLICT, "app.exists", ARG_STR("folder", folder));
}

/* The last file makes it an installation; one that cannot be looked at may be
 * there. */
static err check_free(const struct app_world *w, struct arena *a, str dir)
{
    str path;
    str key;

    TRY(app_path(a, dir, "keys/log.key", &path));
    err e = file_read(w->files, a, path, KEY_FILE_MAX, &key);
    if (failed(e) && !err_is(e, ERR_LIMIT))
        return err_is(e, ERR_NOT_FOUND) ? OK : e;
    return exists_in(a, dir);
}

/* The body into the store that the folder names, unless anything is there. */
static err found_store(const struct app_world *w, struct arena *a, str dir,
                       struct app_founding *with)
{
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    bool begun;
    str where;

    TRY(app_find_store(w, a, dir, &where));
    TRY(store_open(w->heap, a, where, &s));
    TRY(store_migrate(s, a));
    TRY(tx_begin(s, a, TX_WRITE, &tx));
    with->at = w->clock->now(w->clock);
    TRY(founding_begun(tx, &begun));
    if (begun)
        return exists_in(a, dir);
    TRY(put_body(tx, with));
    TRY(case_tasks_set_made(tx)); /* there is no case yet */
    TRY(projections_set_made(tx));
    TRY(write_key(w, a, dir, "keys/salt.key"));
    return tx_commit(&tx);
}

err app_found(struct arena *a, const struct app_world *world, str dir,
              const struct app_founding *with)
{
    struct app_founding founding = *with;
    str keys;

    TRY(check_free(world, a, dir));
    TRY(app_path(a, dir, "keys", &keys));
    TRY(folder_make(world->files, a, keys, FOLDER_PRIVATE));
    TRY(found_store(world, a, dir, &founding));
    return write_key(world, a, dir, "keys/log.key");
}
