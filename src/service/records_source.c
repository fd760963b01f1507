#include "service/records_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/fields.h"
#include "excel/xlsx_apart.h"

#include <errno.h>

enum {
    BOOK_ARENA = 64 << 20,
    TEXT_ARENA = 4 * XLSX_READ_BYTES,
    UTF16_PIECE = 1 << 18,
    GROWS = 3, /* bytes of UTF-8 for one of another encoding */
};

/* --- where bytes come from --- */

bool source_is_workbook(str first)
{
    return str_begins(first, S("PK\x03\x04")) ||
           str_begins(first, S("\xd0\xcf\x11\xe0"));
}

/* [RS8] */
static err hold_bytes(struct source *s, char *piece)
{
    struct source_reader *r = s->from.reader;
    size_t got = SOURCE_PIECE;

    for (uint64_t at = 0; got > 0; at += got) {
        TRY(r->read(r, &s->arena, at, piece, SOURCE_PIECE, &got));
        TRY(memory_file_add(&s->book_bytes, &s->arena, (str){ piece, got }));
    }
    return OK;
}

static err hold_book(struct source *s)
{
    struct source_reader *r = s->from.reader;
    char *piece;

    if (r->size > SOURCE_BOOK_MAX)
        return err_new(&s->arena, ERR_LIMIT, "records.book_size",
                       ARG_INT("size", r->size),
                       ARG_INT("most", SOURCE_BOOK_MAX));
    TRY(memory_file_new(&s->arena, &s->book_bytes));
    piece = s->heap->resize(s->heap, NULL, SOURCE_PIECE);
    TRY_MEMORY(piece);
    err e = hold_bytes(s, piece);
    s->heap->resize(s->heap, piece, 0);
    return e;
}

static err open_book(struct source *s)
{
    struct xlsx_source from = { s->from.bytes, s->file.fd };
    size_t sheet;

    if (s->from.reader != NULL) {
        TRY(hold_book(s));
        from = (struct xlsx_source){ .fd = s->book_bytes.fd };
    }
    TRY(xlsx_apart_open(&s->arena, &from, &s->book));
    TRY(xlsx_apart_choose(s->book, s->from.sheet, &sheet));
    s->more = true;
    return xlsx_apart_begin(s->book, sheet);
}

/* The next text of the sheet; it may be empty. */
static err read_book(struct source *s)
{
    arena_reset(&s->text_arena);
    TRY(xlsx_apart_read(s->book, &s->text_arena, &s->text, &s->more));
    s->read = 0;
    return OK;
}

/* As far as there are bytes of `all` behind those that are read. */
static size_t take(struct source *s, str all, char *p, size_t n)
{
    size_t left = all.n - s->read;
    size_t got = n < left ? n : left;

    if (got > 0) /* there may be no text yet */
        memcpy(p, all.p + s->read, got);
    s->read += got;
    return got;
}

static int read_reader(struct source *s, size_t *read, char *p, size_t n,
                       size_t *got)
{
    struct source_reader *r = s->from.reader;

    s->why = r->read(r, &s->arena, *read, p, n, got);
    if (failed(s->why))
        return err_is(s->why, ERR_MEMORY) ? ENOMEM : EIO;
    *read += *got;
    return 0;
}

/* Bytes as they stand. */
static int read_raw(struct source *s, size_t *read, char *p, size_t n,
                    size_t *got)
{
    str left = str_from(s->from.bytes, *read);

    if (s->from.reader != NULL)
        return read_reader(s, read, p, n, got);
    if (s->from.path.n > 0)
        return file_stream_read(&s->file, p, n, got);
    *got = n < left.n ? n : left.n;
    if (*got > 0)
        memcpy(p, left.p, *got);
    *read += *got;
    return 0;
}

/* What failed in read_raw(). */
static err raw_err(struct source *s, int number)
{
    return failed(s->why) ? s->why : file_err(&s->arena, s->from.path, number);
}

/* The next text out of UTF-16. */
static err read_utf16(struct source *s)
{
    char *raw;
    size_t got = 0;
    struct buf b;

    arena_reset(&s->text_arena);
    raw = arena_zero(&s->text_arena, UTF16_PIECE);
    TRY_MEMORY(raw);
    int number = read_raw(s, &s->raw, raw, UTF16_PIECE, &got);
    if (number != 0)
        return raw_err(s, number);
    buf_init(&b, &s->text_arena, GROWS * UTF16_PIECE + GROWS);
    charset_feed(&s->utf16, (str){ raw, got }, &b);
    s->more = got == UTF16_PIECE;
    if (!s->more)
        charset_finish(&s->utf16, &b);
    s->read = 0;
    return buf_done(&b, &s->text);
}

static bool is_utf16(const struct source *s)
{
    return s->from.charset == CHARSET_UTF16LE ||
           s->from.charset == CHARSET_UTF16BE;
}

/* Behind the mark. */
static err open_utf16(struct source *s)
{
    char mark[2];
    size_t got;
    int number = read_raw(s, &s->raw, mark, sizeof mark, &got);

    if (number != 0)
        return raw_err(s, number);
    s->more = true;
    return charset_begin_from(&s->arena,
                              s->from.charset == CHARSET_UTF16LE
                                  ? CHARSET_FROM_UTF16LE
                                  : CHARSET_FROM_UTF16BE,
                              &s->utf16);
}

/* What is made of the file on the way: out of a workbook or UTF-16. */
static int read_made(struct source *s, char *p, size_t n, size_t *got)
{
    size_t have = take(s, s->text, p, n);

    while (have < n && s->more) {
        s->why = s->book != NULL ? read_book(s) : read_utf16(s);
        if (failed(s->why))
            return err_is(s->why, ERR_MEMORY) ? ENOMEM : EIO;
        have += take(s, s->text, p + have, n - have);
    }
    *got = have;
    return 0;
}

/* As file_stream_read(), of whatever the source reads. */
static int source_read(struct source *s, char *p, size_t n, size_t *got)
{
    if (s->book != NULL || is_utf16(s))
        return read_made(s, p, n, got);
    return read_raw(s, &s->raw, p, n, got);
}

/* --- what is held --- */

static bool make_room(struct heap *h, char **p, size_t *room, size_t n)
{
    char *more;

    if (n <= *room)
        return true;
    more = h->resize(h, *p, n);
    if (more == NULL)
        return false;
    *p = more;
    *room = n;
    return true;
}

/* [RS9] */
static bool must_wait(const struct source *s)
{
    const struct source_reader *r = s->from.reader;

    return r != NULL && r->missing > 0 &&
           s->raw + SOURCE_PIECE > r->size - r->missing;
}

/* Read on: a piece's worth behind what is held. */
static void hold_more(struct source *s)
{
    size_t got = 0;

    s->waits = must_wait(s);
    if (s->waits)
        return;
    if (!make_room(s->heap, &s->held, &s->held_room,
                   s->held_n + SOURCE_PIECE)) {
        s->failed = ENOMEM;
        return;
    }
    s->failed = source_read(s, s->held + s->held_n, SOURCE_PIECE, &got);
    if (s->failed != 0)
        return;
    s->held_n += got;
    s->over = got < SOURCE_PIECE;
}

/* What lies before the table: titles, a header. */
static void skip(struct source *s, uint64_t n)
{
    while (s->failed == 0 && n > 0) {
        size_t gone;

        hold_more(s); /* of a head that is there */
        gone = n < s->held_n ? (size_t)n : s->held_n;
        s->held_n -= gone;
        if (s->held_n > 0)
            memmove(s->held, s->held + gone, s->held_n);
        s->at += gone;
        n -= gone;
        if (s->over)
            break;
    }
}

err source_check(struct arena *a, const struct source_from *from,
                 const struct file_stream *file)
{
    if (!file->plain)
        return err_new(a, ERR_INVALID, "records.pipe",
                       ARG_STR("path", from->path));
    if (from->changed != 0 &&
        (from->changed != file->changed || from->size != file->size))
        return err_new(a, ERR_CONFLICT, "records.changed",
                       ARG_STR("path", from->path));
    return OK;
}

static err open_all(struct arena *a, struct source *s)
{
    const struct source_from *from = &s->from;

    if (from->reader == NULL && from->path.n > 0) {
        TRY(file_stream_open(from->files, a, from->path, &s->file));
        TRY(source_check(a, from, &s->file));
    }
    err e = from->workbook ? open_book(s) : is_utf16(s) ? open_utf16(s) : OK;
    return failed(e) ? err_keep(a, e) : OK;
}

err source_begin(struct arena *a, struct heap *h,
                 const struct source_from *from,
                 const struct source_start *start, struct source *out)
{
    *out = (struct source){
        .heap = h,
        .from = *from,
        .file = FILE_STREAM_NONE,
        .book_bytes = MEMORY_FILE_NONE,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .quotes = start->quotes,
        .lines = start->lines,
    };
    arena_init(&out->arena, h, BOOK_ARENA);
    arena_init(&out->text_arena, h, TEXT_ARENA);
    TRY(open_all(a, out));
    skip(out, start->skip);
    return source_failure(out, a);
}

void source_end(struct source *s)
{
    if (s->heap == NULL) /* zeroed: never begun */
        return;
    xlsx_apart_close(&s->book);
    charset_end(&s->utf16);
    memory_file_end(&s->book_bytes);
    arena_end(&s->arena);
    arena_end(&s->text_arena);
    file_stream_end(&s->file);
    s->held = s->heap->resize(s->heap, s->held, 0);
    s->held_room = 0;
    (void)pthread_mutex_destroy(&s->lock);
}

/* Behind the last line end that is in no quotes; 0 when there is none. */
static size_t last_row_end(const struct source *s)
{
    bool inside = s->quotes && fields_odd_quotes((str){ s->held, s->held_n });

    for (size_t i = s->held_n; i-- > 0;) {
        if (s->held[i] == '\n' && !inside)
            return i + 1;
        inside ^= s->quotes && s->held[i] == '"';
    }
    return 0;
}

/* [RS2] */
static size_t last_line_end(const struct source *s)
{
    const char *p = memrchr(s->held, '\n', s->held_n);

    return p == NULL ? s->held_n : (size_t)(p - s->held) + 1;
}

/* How much of what is held makes a piece; reads on where it is too little. */
static size_t piece_size(struct source *s)
{
    for (;;) {
        size_t n;

        if (s->over)
            return s->held_n;
        n = last_row_end(s);
        if (n > 0)
            return n;
        if (s->held_n > SOURCE_ROW_MAX)
            return last_line_end(s);
        hold_more(s);
        if (s->failed != 0 || s->waits)
            return 0;
    }
}

uint64_t source_line_ends(str text)
{
    uint64_t lines = 0;
    size_t end;

    while ((end = str_index(text, '\n')) < text.n) {
        text = str_from(text, end + 1);
        lines++;
    }
    return lines;
}

/* The first n bytes that are held become the piece. */
static bool hand_out(struct source *s, size_t n, struct source_piece *p)
{
    if (!make_room(s->heap, &p->bytes, &p->room, n)) {
        s->failed = ENOMEM;
        return false;
    }
    memcpy(p->bytes, s->held, n);
    p->n = n;
    p->at = s->at;
    p->lines = s->lines;
    s->held_n -= n;
    memmove(s->held, s->held + n, s->held_n);
    s->at += n;
    s->lines += source_line_ends((str){ p->bytes, n });
    return true;
}

static bool next(struct source *s, struct source_piece *p)
{
    size_t n;

    if (s->failed == 0 && !s->over)
        hold_more(s);
    if (s->failed != 0 || s->waits || s->held_n == 0)
        return false;
    n = piece_size(s);
    return s->failed == 0 && !s->waits && hand_out(s, n, p);
}

bool source_next(struct source *s, struct source_piece *p)
{
    bool found;

    (void)pthread_mutex_lock(&s->lock);
    found = next(s, p);
    (void)pthread_mutex_unlock(&s->lock);
    return found;
}

void source_piece_end(struct source *s, struct source_piece *p)
{
    p->bytes = s->heap->resize(s->heap, p->bytes, 0);
    p->room = 0;
}

err source_failure(const struct source *s, struct arena *a)
{
    if (s->failed == 0)
        return OK;
    if (s->failed == ENOMEM)
        return err_memory();
    return failed(s->why) ? err_keep(a, s->why)
                          : file_err(a, s->from.path, s->failed);
}

err source_first(struct arena *a, struct heap *h, struct source_from *from,
                 size_t most, str *out, bool *whole)
{
    static const struct source_start front = { 0 };
    scoped(source_end) struct source s = { 0 };
    char *p = arena_zero(a, most + 1);
    size_t got = 0;

    TRY_MEMORY(p);
    TRY(source_begin(a, h, from, &front, &s));
    s.failed = source_read(&s, p, most + 1, &got);
    TRY(source_failure(&s, a));
    from->size = s.file.size;
    from->changed = s.file.changed;
    *whole = got <= most;
    *out = str_first((str){ p, got }, most);
    return OK;
}

void source_position(struct source *s, uint64_t *bytes, uint64_t *lines)
{
    (void)pthread_mutex_lock(&s->lock);
    *bytes = s->at;
    *lines = s->lines;
    (void)pthread_mutex_unlock(&s->lock);
}

uint64_t source_size(const struct source *s)
{
    if (s->book != NULL || is_utf16(s))
        return 0;
    if (s->from.reader != NULL)
        return s->from.reader->size;
    return s->from.path.n > 0 ? s->file.size : s->from.bytes.n;
}
