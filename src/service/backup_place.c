/* backup_place -- what lies in a folder of backups: snapshots, packs, lists of
 * pieces, and copies of files. [BP1]-[BP4] */

#include "service/backup_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "crypto/hmac.h"
#include "verify/instant.h"

#include <stdio.h>

enum {
    PATH_MOST = 4096,
    HEX = 2 * SHA256_BYTES,
    NAMES_MOST = 1 << 20,
    ZIPPED_MOST = 12 << 20, /* bytes of rows: what grows still fits gzip.h */
    MICROS = 1000000,
    FILE_ARENA = 1 << 30,
};

/* --- names ---------------------------------------------------------------- */

err backup_path(const struct backup_place *p, struct arena *a, const char *kind,
                const struct hash *name, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    buf_str(&b, p->folder);
    buf_printf(&b, "/%s/", kind);
    buf_hex(&b, name->b, 1);
    buf_char(&b, '/');
    buf_hex(&b, name->b + 1, sizeof name->b - 1);
    return buf_done(&b, out);
}

static err snapshot_path(const struct backup_place *p, struct arena *a,
                         str name, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    buf_str(&b, p->folder);
    buf_str(&b, S("/snapshots/"));
    buf_str(&b, name);
    return buf_done(&b, out);
}

/* An instant without what file systems do not like, and with its fraction. */
str backup_name(int64_t at, char out[static BACKUP_NAME])
{
    char whole[INSTANT_TEXT];
    str s = instant_text(at, whole);
    size_t n = 0;

    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] != '-' && s.p[i] != ':')
            out[n++] = s.p[i];
    }
    (void)snprintf(out + n, BACKUP_NAME - n, ".%06lldZ",
                   (long long)(at % MICROS));
    return str_of(out);
}

bool backup_is_name(str s)
{
    static const char form[] = "00000000T000000.000000Z";

    if (s.n != sizeof form - 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';

        if (form[i] == '0' ? !digit : s.p[i] != form[i])
            return false;
    }
    return true;
}

/* Is a file there already?  Of a name that says what it holds. */
static err is_there(const struct backup_place *p, struct arena *a, str path,
                    bool *out)
{
    scoped(file_stream_end) struct file_stream s = FILE_STREAM_NONE;

    err e = file_stream_open(p->files, a, path, &s);
    *out = !failed(e);
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

err backup_put(const struct backup_place *p, struct arena *a, const char *kind,
               str bytes, struct hash *name, int64_t *written)
{
    bool there;
    str path;

    sha256(bytes.p, bytes.n, name->b);
    TRY(backup_path(p, a, kind, name, &path));
    TRY(is_there(p, a, path, &there));
    if (there)
        return OK;
    TRY(folder_make(p->files, a, file_folder(path), FOLDER_PRIVATE));
    TRY(file_write(p->files, a, path, bytes, FILE_SECRET));
    *written += (int64_t)bytes.n;
    return OK;
}

/* --- snapshots [BP1] ------------------------------------------------------ */

static const struct field table_fields[] = {
    F_STR(struct snapshot_table, name, 1, 100),
    F_INT(struct snapshot_table, rows, 0, INT64_MAX),
    F_HASH(struct snapshot_table, pieces),
};
static const struct record table_record = RECORD(snapshot_table, table_fields);

static const struct field snapshot_fields[] = {
    F_INT(struct snapshot, at, 0, INT64_MAX),
    F_STR(struct snapshot, made_by, 1, 100),
    F_INT(struct snapshot, schema, 0, INT32_MAX),
    F_INT(struct snapshot, log_size, 0, INT64_MAX),
    F_STR_OPT(struct snapshot, checkpoint, 10000),
    F_INT(struct snapshot, files, 0, INT64_MAX),
    F_LIST(struct snapshot, tables, 1, 1000, &table_record),
};
static const struct record snapshot_record = RECORD(snapshot, snapshot_fields);

#define SEAL "\nseal: "

void backup_key(const uint8_t *salt_key, uint8_t out[static BACKUP_KEY_BYTES])
{
    const struct hmac_piece piece = { "tenstar backup", 14 };

    hmac_sha256(salt_key, SHA256_BYTES, &piece, 1, out);
}

static void seal_of(const uint8_t *key, str text,
                    uint8_t out[static SHA256_BYTES])
{
    const struct hmac_piece piece = { text.p, text.n };

    hmac_sha256(key, BACKUP_KEY_BYTES, &piece, 1, out);
}

err snapshot_write(const struct backup_place *p, struct arena *a,
                   const uint8_t *key, const struct snapshot *s)
{
    uint8_t seal[SHA256_BYTES];
    char name[BACKUP_NAME];
    struct json *j;
    struct buf b;
    str path;
    str text;

    TRY(record_write(a, &snapshot_record, s, &j));
    buf_init(&b, a, BACKUP_FILE_MAX);
    json_canonical(&b, j);
    seal_of(key, buf_view(&b), seal);
    buf_str(&b, S(SEAL));
    buf_hex(&b, seal, sizeof seal);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    TRY(snapshot_path(p, a, backup_name(s->at, name), &path));
    TRY(folder_make(p->files, a, file_folder(path), FOLDER_PRIVATE));
    return file_write(p->files, a, path, text, FILE_SECRET);
}

static err damaged(struct arena *a, str path)
{
    return err_new(a, ERR_CORRUPT, "backup.snapshot", ARG_STR("path", path));
}

/* What ERR_INVALID means of a file that we wrote. */
static err understood(struct arena *a, str path, err e)
{
    return err_is(e, ERR_INVALID) ? damaged(a, path) : e;
}

static err read_json(struct arena *a, str text, struct snapshot *out)
{
    struct json *j;

    TRY(json_parse(a, text, &j));
    return record_read(a, &snapshot_record, j, out);
}

err snapshot_read(const struct backup_place *p, struct arena *a, str name,
                  const uint8_t *key, struct snapshot *out, bool *sealed)
{
    uint8_t found[SHA256_BYTES];
    uint8_t want[SHA256_BYTES];
    str path;
    str text;

    TRY(snapshot_path(p, a, name, &path));
    TRY(file_read(p->files, a, path, BACKUP_FILE_MAX, &text));
    size_t at = str_find(text, S(SEAL));
    if (at == text.n || !hex_parse(str_trim(str_from(text, at + strlen(SEAL))),
                                   found, sizeof found))
        return damaged(a, path);
    if (key != NULL)
        seal_of(key, str_first(text, at), want);
    *sealed = key == NULL || memcmp(found, want, sizeof want) == 0;
    *out = (struct snapshot){ 0 };
    return understood(a, path, read_json(a, str_first(text, at), out));
}

err snapshot_names(const struct backup_place *p, struct arena *a,
                   struct file_names *out)
{
    str path;

    *out = (struct file_names){ 0 };
    TRY(file_in(a, p->folder, S("snapshots"), &path));
    err e = folder_list(p->files, a, path, NAMES_MOST, out);
    return err_is(e, ERR_NOT_FOUND) ? OK : e;
}

/* --- lists of pieces [BP3] ------------------------------------------------ */

err pieces_write(const struct backup_place *p, struct arena *a,
                 const struct piece *pieces, size_t n, struct hash *name,
                 int64_t *bytes)
{
    struct buf b;
    str text;

    buf_init(&b, a, BACKUP_FILE_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_hex(&b, pieces[i].rows.b, sizeof pieces[i].rows.b);
        buf_char(&b, ' ');
        buf_hex(&b, pieces[i].pack.b, sizeof pieces[i].pack.b);
        buf_printf(&b, " %lld %lld\n", (long long)pieces[i].at,
                   (long long)pieces[i].length);
    }
    TRY(buf_done(&b, &text));
    return backup_put(p, a, "pieces", text, name, bytes);
}

static bool take_digits(str s, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || *out > INT64_MAX / 10 - 10)
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return s.n > 0;
}

static bool read_piece(str line, struct piece *out)
{
    str rows = str_cut(&line, ' ');
    str pack = str_cut(&line, ' ');
    str at = str_cut(&line, ' ');

    return hex_parse(rows, out->rows.b, sizeof out->rows.b) &&
           hex_parse(pack, out->pack.b, sizeof out->pack.b) &&
           take_digits(at, &out->at) && take_digits(line, &out->length);
}

/* The file of this name, if it has those bytes. */
static err read_named(const struct backup_place *p, struct arena *a, str path,
                      const struct hash *name, str *out)
{
    struct hash found;

    err e = file_read(p->files, a, path, BACKUP_FILE_MAX, out);
    if (err_is(e, ERR_NOT_FOUND))
        return damaged(a, path);
    TRY(e);
    sha256(out->p, out->n, found.b);
    return hash_eq(&found, name) ? OK : damaged(a, path);
}

err pieces_read(const struct backup_place *p, struct arena *a,
                const struct hash *name, struct list *out)
{
    struct piece *pieces;
    size_t n = 0;
    str path;
    str text;

    TRY(backup_path(p, a, "pieces", name, &path));
    TRY(read_named(p, a, path, name, &text));
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    pieces = arena_array(a, n, sizeof *pieces);
    TRY_MEMORY(pieces);
    for (size_t i = 0; i < n; i++) {
        if (!read_piece(str_cut(&text, '\n'), &pieces[i]))
            return damaged(a, path);
    }
    *out = (struct list){ pieces, n };
    return OK;
}

/* --- pieces [BP2] --------------------------------------------------------- */

err piece_pack(struct arena *a, str rows, str *out)
{
    bool zipped = rows.n <= ZIPPED_MOST;
    struct buf b;
    str body = rows;

    if (zipped)
        TRY(gzip_write_soon(a, rows, &body));
    buf_init(&b, a, body.n + 1);
    buf_char(&b, zipped ? 'z' : '=');
    buf_str(&b, body);
    return buf_done(&b, out);
}

err piece_unpack(struct arena *a, str packed, const struct hash *rows, str *out,
                 bool *same)
{
    str body = str_from(packed, 1);
    struct hash found;

    *same = false;
    *out = body;
    if (packed.n == 0 || (packed.p[0] != 'z' && packed.p[0] != '='))
        return OK;
    if (packed.p[0] == 'z') {
        err e = gzip_read(a, body, GZIP_MAX, out);
        if (err_is(e, ERR_INVALID) || err_is(e, ERR_LIMIT))
            return OK;
        TRY(e);
    }
    sha256(out->p, out->n, found.b);
    *same = hash_eq(&found, rows);
    return OK;
}

/* --- files ---------------------------------------------------------------- */

struct files_walk {
    const struct blobs *from;
    const struct blobs *to;
    struct files_copied *made;
    struct hash after;
    bool over;
};

static err copy_file(const struct files_walk *w, struct arena *a,
                     const struct blob_row *row)
{
    bool there;
    str bytes;

    w->made->all++;
    TRY(blob_is_there(w->to, a, row, &there));
    if (there)
        return OK;
    TRY(blob_read(w->from, a, row, &bytes));
    TRY(blob_write(w->to, a, &row->hash, bytes));
    w->made->copied++;
    w->made->bytes += row->size;
    return OK;
}

static err copy_page(struct tx *tx, struct arena *a, void *context)
{
    struct files_walk *w = context;
    struct list rows;

    TRY(blob_list(tx, a, &w->after, STORE_PAGE_MAX, &rows));
    const struct blob_row *row = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        scoped(arena_end) struct arena own;

        arena_init(&own, a->heap, FILE_ARENA);
        TRY(err_keep(a, copy_file(w, &own, &row[i])));
    }
    w->over = rows.n < STORE_PAGE_MAX;
    if (rows.n > 0)
        w->after = row[rows.n - 1].hash;
    return OK;
}

err files_copy(struct tx *tx, const struct blobs *from, const struct blobs *to,
               struct files_copied *out)
{
    struct files_walk w = { .from = from, .to = to, .made = out };

    *out = (struct files_copied){ 0 };
    while (!w.over)
        TRY(tx_apart(tx, copy_page, &w));
    return OK;
}
