/*
 * names_files -- which files the names are in.
 *
 * names.list is numbers of 64 bits, least byte first:
 *
 *     magic, origin, n, (number of the file, serial up to which it goes) * n,
 *     the sum of all before
 */

#include "register/names_parts.h"

#include "base/buf.h"
#include "sys/files.h"

#include <string.h>

static const uint64_t magic = UINT64_C(0x31656d616e6e6574); /* "tennname1" */

enum {
    HEAD = 3, /* numbers before those of the files */
    LIST_MOST = HEAD + NAMES_SEGMENTS * 2 + 1,
    NAMES_MOST = 10000, /* in the folder */
    PATH_ROOM = 4096,
};

static uint64_t sum(const uint64_t *p, size_t n)
{
    uint64_t s = 0;

    for (size_t i = 0; i < n; i++) {
        s = (s ^ p[i]) * UINT64_C(0xd6e8feb86659fd93);
        s ^= s >> 32;
    }
    return s;
}

err names_path(struct arena *a, str folder, uint32_t number, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_ROOM);
    buf_str(&b, folder);
    buf_printf(&b, "/names-%010u.seg", number);
    return buf_done(&b, out);
}

static err list_path(struct arena *a, str folder, str *out)
{
    return file_in(a, folder, S("names.list"), out);
}

/* Is this a whole list? */
static bool take(const uint64_t *p, size_t n, struct names_files *out)
{
    if (n <= HEAD || p[0] != magic || p[2] > NAMES_SEGMENTS ||
        n != HEAD + p[2] * 2 + 1 || p[n - 1] != sum(p, n - 1))
        return false;
    out->origin = p[1];
    out->n = p[2];
    for (size_t i = 0; i < out->n; i++)
        out->of[i] = (struct names_file){ (uint32_t)p[HEAD + i * 2],
                                          p[HEAD + i * 2 + 1] };
    return true;
}

err names_list_read(struct file_ops *f, struct arena *a, str folder,
                    struct names_files *out)
{
    struct names_files files = { 0 };
    uint64_t numbers[LIST_MOST];
    str bytes;
    str path;

    TRY(list_path(a, folder, &path));
    err e = file_read(f, a, path, sizeof numbers, &bytes);
    *out = files;
    if (err_is(e, ERR_NOT_FOUND) || err_is(e, ERR_LIMIT))
        return OK;
    TRY(e);
    memcpy(numbers, bytes.p, bytes.n);
    if (bytes.n % sizeof *numbers == 0 &&
        take(numbers, bytes.n / sizeof *numbers, &files))
        *out = files;
    return OK;
}

err names_list_write(struct file_ops *f, struct arena *a, str folder,
                     const struct names_files *files)
{
    uint64_t numbers[LIST_MOST] = { magic, files->origin, files->n };
    size_t n = HEAD;
    str path;

    for (size_t i = 0; i < files->n; i++) {
        numbers[n++] = files->of[i].number;
        numbers[n++] = files->of[i].serial;
    }
    numbers[n] = sum(numbers, n);
    n++;
    TRY(list_path(a, folder, &path));
    return file_write(f, a, path,
                      (str){ (const char *)numbers, n * sizeof *numbers },
                      FILE_SECRET);
}

static err is_kept(struct arena *a, str path, str folder,
                   const struct names_files *keep, bool *kept)
{
    *kept = false;
    for (size_t i = 0; i < keep->n && !*kept; i++) {
        str own;

        TRY(names_path(a, folder, keep->of[i].number, &own));
        *kept = str_eq(own, path);
    }
    return OK;
}

err names_sweep(struct file_ops *f, struct arena *a, str folder,
                const struct names_files *keep)
{
    static const struct names_files none = { 0 };
    struct file_names found;

    TRY(folder_list(f, a, folder, NAMES_MOST, &found));
    for (size_t i = 0; i < found.n; i++) {
        str name = found.at[i];
        bool list = str_eq(name, S("names.list"));
        bool kept = keep != NULL;
        str path;

        if (!list &&
            !(str_begins(name, S("names-")) && str_ends(name, S(".seg"))))
            continue;
        TRY(file_in(a, folder, name, &path));
        if (!list)
            TRY(is_kept(a, path, folder, keep == NULL ? &none : keep, &kept));
        if (!kept)
            TRY(file_remove(f, a, path));
    }
    return OK;
}

err names_throw_away(struct file_ops *f, struct arena *a, str folder)
{
    return names_sweep(f, a, folder, NULL);
}
