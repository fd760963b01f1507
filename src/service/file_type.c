#include "service/file_type.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"

#include <magic.h>

/* [FT2] as the library calls them. */
static const str accepted[] = {
    S_INIT("application/pdf"),
    S_INIT("image/jpeg"),
    S_INIT("image/png"),
    S_INIT("image/webp"),
    S_INIT("image/heic"),
    S_INIT("image/heif"),
    S_INIT("application/vnd.openxmlformats-officedocument"
           ".wordprocessingml.document"),
    S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    S_INIT("application/msword"),
    S_INIT("application/vnd.ms-excel"),
    S_INIT("application/vnd.oasis.opendocument.text"),
    S_INIT("application/vnd.oasis.opendocument.spreadsheet"),
    S_INIT("application/vnd.oasis.opendocument.presentation"),
    S_INIT("text/plain"),
    S_INIT("text/csv"),
    S_INIT("application/zip"),
};

/* What could be taken for an offer to run something is not looked for: what it
 * finds there is none of ours anyway, and compressed bytes stay closed. */
enum {
    ASK = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
          MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_JSON,
};

static bool find_accepted(str found, str *out)
{
    for (size_t i = 0; i < COUNT(accepted); i++) {
        if (!str_eq(found, accepted[i]))
            continue;
        *out = accepted[i];
        return true;
    }
    return false;
}

static void close_magic(magic_t *m)
{
    if (*m != NULL)
        magic_close(*m);
}

static err name_refused(struct arena *a, str found)
{
    TRY_MEMORY(arena_str(a, found, &found));
    return err_new(a, ERR_INVALID, "file.type", ARG_STR("found", found));
}

/* --- documents of our own [FT3] ------------------------------------------- */

/* A node takes about a hundred bytes, and the shortest of a text takes six. */
enum { TREE_MOST = 32 * FILE_TYPE_OWN_MAX };

static const struct {
    str type; /* as the object says it */
    str media;
} own[] = {
    { S_INIT("TenstarRecordSheet"), S_INIT(FILE_TYPE_SHEET) },
};

/* Cheap, and says no of nearly everything. */
static bool could_be_own(str bytes)
{
    bool named = false;

    if (!str_begins(str_trim(bytes), S("{")))
        return false;
    for (size_t i = 0; i < COUNT(own); i++)
        named = named || str_contains(bytes, own[i].type);
    return named;
}

/* What is no JSON is no error: it may be text all the same. */
static err read_own(struct heap *heap, str bytes, str *out)
{
    scoped(arena_end) struct arena a;
    struct json *j = NULL;
    err e;

    arena_init(&a, heap, TREE_MOST);
    e = json_parse(&a, bytes, &j);
    if (failed(e))
        return err_is(e, ERR_MEMORY) ? err_memory() : OK;
    for (size_t i = 0; i < COUNT(own); i++) {
        if (str_eq(json_get_str(j, S("type")), own[i].type))
            *out = own[i].media;
    }
    return OK;
}

err file_type_own(struct arena *a, str bytes, str *out)
{
    *out = S("");
    if (!could_be_own(bytes))
        return OK;
    if (bytes.n > FILE_TYPE_OWN_MAX)
        return err_new(a, ERR_LIMIT, "file.own_long", ARG_INT("size", bytes.n),
                       ARG_INT("most", FILE_TYPE_OWN_MAX));
    return read_own(a->heap, bytes, out);
}

/* Its own for each call: what magic_open() makes is for one thread. */
err file_type(struct arena *a, str bytes, str *out)
{
    scoped(close_magic) magic_t m = NULL;
    str found;

    TRY(file_type_own(a, bytes, &found));
    if (found.n > 0) {
        *out = found;
        return OK;
    }
    m = magic_open(ASK);
    TRY_MEMORY(m);
    if (magic_load(m, NULL) != 0)
        return err_new(a, ERR_IO, "file.magic");
    found = str_of(magic_buffer(m, bytes.p, bytes.n));
    return find_accepted(found, out) ? OK : name_refused(a, found);
}
