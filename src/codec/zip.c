#include "codec/zip.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>
#include <zlib.h>

/* Numbers of the form, all little-endian. */
enum {
    LOCAL = 0x04034b50,
    CENTRAL = 0x02014b50,
    END = 0x06054b50,
    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    END_BYTES = 22,
    VERSION = 10,           /* stored files need no more */
    FIRST_DAY = 1 << 5 | 1, /* 1980-01-01; midnight is 0 */
};

/* --- names [ZP3] ---------------------------------------------------------- */

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

static bool part_fits(str part)
{
    bool dots = true;

    for (size_t i = 0; i < part.n; i++) {
        if (!is_plain(part.p[i]))
            return false;
        dots = dots && part.p[i] == '.';
    }
    return !dots; /* nor is it empty */
}

static bool name_fits(str name)
{
    str rest = name;

    if (name.n == 0 || name.n > ZIP_NAME_MAX || name.p[name.n - 1] == '/')
        return false;
    while (rest.n > 0) {
        if (!part_fits(str_cut(&rest, '/')))
            return false;
    }
    return true;
}

/* Does `b` come after `a`, by bytes? */
static bool follows(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

    return order < 0 || (order == 0 && a.n < b.n);
}

/* A name that came so far, for a message. */
static err check_name(struct arena *a, const struct zip_file *files, size_t i)
{
    str name = str_first(files[i].name, ZIP_NAME_MAX);

    if (!name_fits(files[i].name))
        return err_new(a, ERR_INVALID, "zip.name", ARG_STR("name", name));
    if (i > 0 && !follows(files[i - 1].name, files[i].name))
        return err_new(a, ERR_INVALID, "zip.order", ARG_STR("name", name));
    return OK;
}

/* --- writing -------------------------------------------------------------- */

static void put16(struct buf *b, uint32_t n)
{
    buf_char(b, (char)(n & 0xff));
    buf_char(b, (char)(n >> 8 & 0xff));
}

static void put32(struct buf *b, uint32_t n)
{
    put16(b, n & 0xffff);
    put16(b, n >> 16);
}

static uint32_t sum_of(str bytes)
{
    return (uint32_t)crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n);
}

/* What both headers of a file say of it. */
static void put_file(struct buf *b, const struct zip_file *f)
{
    put16(b, VERSION);
    put16(b, 0); /* flags */
    put16(b, 0); /* stored */
    put16(b, 0); /* midnight .. */
    put16(b, FIRST_DAY);
    put32(b, sum_of(f->bytes));
    put32(b, (uint32_t)f->bytes.n);
    put32(b, (uint32_t)f->bytes.n);
    put16(b, (uint32_t)f->name.n);
    put16(b, 0); /* nothing extra */
}

static void put_local(struct buf *b, const struct zip_file *f)
{
    put32(b, LOCAL);
    put_file(b, f);
    buf_str(b, f->name);
    buf_str(b, f->bytes);
}

static void put_central(struct buf *b, const struct zip_file *f, size_t at)
{
    put32(b, CENTRAL);
    put16(b, VERSION); /* made by */
    put_file(b, f);
    put16(b, 0); /* no comment */
    put16(b, 0); /* first disk */
    put16(b, 0); /* attributes */
    put32(b, 0);
    put32(b, (uint32_t)at);
    buf_str(b, f->name);
}

/* The list at the end of the files, which begins at byte `at`. */
static void put_end(struct buf *b, const struct zip_file *files, size_t n,
                    size_t at)
{
    size_t begins = b->n;
    size_t place = 0;

    for (size_t i = 0; i < n; i++) {
        put_central(b, &files[i], place);
        place += LOCAL_BYTES + files[i].name.n + files[i].bytes.n;
    }
    size_t length = b->n - begins;
    put32(b, END);
    put32(b, 0); /* disks */
    put16(b, (uint32_t)n);
    put16(b, (uint32_t)n);
    put32(b, (uint32_t)length);
    put32(b, (uint32_t)at);
    put16(b, 0); /* no comment */
}

static err too_long(struct arena *a)
{
    return err_new(a, ERR_LIMIT, "zip.long", ARG_INT("limit", ZIP_BYTES_MAX));
}

static err check_files(struct arena *a, const struct zip_file *files, size_t n)
{
    size_t whole = END_BYTES;

    if (n > ZIP_FILES_MAX)
        return err_new(a, ERR_LIMIT, "zip.many",
                       ARG_INT("limit", ZIP_FILES_MAX));
    for (size_t i = 0; i < n; i++) {
        TRY(check_name(a, files, i));
        if (files[i].bytes.n > ZIP_BYTES_MAX)
            return too_long(a);
        whole += LOCAL_BYTES + CENTRAL_BYTES + 2 * files[i].name.n +
                 files[i].bytes.n;
        if (whole > ZIP_BYTES_MAX)
            return too_long(a);
    }
    return OK;
}

err zip_write(struct arena *a, const struct zip_file *files, size_t n, str *out)
{
    struct buf b;

    TRY(check_files(a, files, n));
    buf_init(&b, a, ZIP_BYTES_MAX);
    for (size_t i = 0; i < n; i++)
        put_local(&b, &files[i]);
    put_end(&b, files, n, b.n);
    return buf_done(&b, out);
}

/* --- reading [ZP2] -------------------------------------------------------- */

struct reading {
    struct arena *arena;
    str archive;
    size_t at;
};

static uint32_t get(const struct reading *r, size_t at, int bytes)
{
    uint32_t n = 0;

    for (int i = bytes; i > 0; i--)
        n = n << 8 | (uint8_t)r->archive.p[at + (size_t)i - 1];
    return n;
}

static err wrong_at(const struct reading *r, size_t at)
{
    return err_new(r->arena, ERR_INVALID, "zip.form", ARG_INT("at", at));
}

static size_t left(const struct reading *r)
{
    return r->archive.n - r->at;
}

/* Where `got` first differs from what stands at r->at; got.n: nowhere. */
static size_t same_until(const struct reading *r, str got)
{
    size_t i = 0;

    while (i < got.n && i < left(r) && r->archive.p[r->at + i] == got.p[i])
        i++;
    return i;
}

/* Does what was written to `b` stand at r->at? */
static err check_same(const struct reading *r, struct buf *b)
{
    str want;

    TRY(buf_done(b, &want));
    size_t same = same_until(r, want);
    return same == want.n ? OK : wrong_at(r, r->at + same);
}

static bool has_file(const struct reading *r)
{
    return left(r) >= 4 && get(r, r->at, 4) == LOCAL;
}

/* The header says how long name and bytes are, and of itself nothing else than
 * zip_write() would of them. */
static err read_file(struct reading *r, struct zip_file *out)
{
    struct zip_file f;
    struct buf b;

    if (left(r) < LOCAL_BYTES)
        return wrong_at(r, r->archive.n);
    size_t name = get(r, r->at + 26, 2);
    size_t bytes = get(r, r->at + 22, 4);
    if (left(r) - LOCAL_BYTES < name || left(r) - LOCAL_BYTES - name < bytes)
        return wrong_at(r, r->at + 22);

    f.name = (str){ r->archive.p + r->at + LOCAL_BYTES, name };
    f.bytes = (str){ f.name.p + name, bytes };
    if (get(r, r->at + 14, 4) != sum_of(f.bytes))
        return err_new(r->arena, ERR_INVALID, "zip.sum",
                       ARG_STR("name", name_fits(f.name) ? f.name : S("?")));
    buf_init(&b, r->arena, LOCAL_BYTES);
    put32(&b, LOCAL);
    put_file(&b, &f);
    TRY(check_same(r, &b));
    r->at += LOCAL_BYTES + name + bytes;
    *out = f;
    return OK;
}

/* As many as there can be, by what their headers say: room for them is taken
 * before they are read. */
static size_t count_files(const struct reading *r)
{
    struct reading ahead = *r;
    size_t n = 0;

    while (n < ZIP_FILES_MAX && has_file(&ahead)) {
        n++;
        if (left(&ahead) < LOCAL_BYTES)
            break;
        size_t length = LOCAL_BYTES + (size_t)get(&ahead, ahead.at + 26, 2) +
                        get(&ahead, ahead.at + 22, 4);
        if (left(&ahead) < length)
            break;
        ahead.at += length;
    }
    return n;
}

static err read_files(struct reading *r, struct zip *out)
{
    struct zip_file *files =
        arena_array(r->arena, count_files(r), sizeof *files);
    size_t n = 0;

    TRY_MEMORY(files);
    while (has_file(r)) {
        if (n == ZIP_FILES_MAX)
            return err_new(r->arena, ERR_LIMIT, "zip.many",
                           ARG_INT("limit", ZIP_FILES_MAX));
        TRY(read_file(r, &files[n]));
        TRY(check_name(r->arena, files, n));
        n++;
    }
    *out = (struct zip){ files, n };
    return OK;
}

/* The list at the end is the one that belongs to these files. */
static err check_end(struct reading *r, const struct zip *z)
{
    struct buf b;

    buf_init(&b, r->arena, ZIP_BYTES_MAX);
    put_end(&b, z->files, z->n, r->at);
    TRY(check_same(r, &b));
    return left(r) == b.n ? OK : wrong_at(r, r->at + b.n);
}

err zip_read(struct arena *a, str archive, struct zip *out)
{
    struct reading r = { a, archive, 0 };
    struct zip z;

    if (archive.n > ZIP_BYTES_MAX)
        return too_long(a);
    TRY(read_files(&r, &z));
    TRY(check_end(&r, &z));
    *out = z;
    return OK;
}

const struct zip_file *zip_find(const struct zip *z, str name)
{
    for (size_t i = 0; i < z->n; i++) {
        if (str_eq(z->files[i].name, name))
            return &z->files[i];
    }
    return NULL;
}
