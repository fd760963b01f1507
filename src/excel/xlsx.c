#include "excel/xlsx.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "excel/xlsx_sheet.h"

#include <errno.h>
#include <libxml/parser.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum {
    FRONT = 8,
    KNOWN_BYTES = 2000,
    ASK_BYTES = 1 << 20, /* of a sheet, that is asked how many rows it has */
};

struct xlsx {
    struct xlsx_book book;
    struct sheet_reader sheet;
    bool begun;  /* a sheet */
    bool loaded; /* styles and texts */
    bool sized;  /* the sheets were asked how many rows they have */
};

/* --- opening ------------------------------------------------------------- */

/* The first bytes of the file; how many there are. */
static size_t front(const struct xlsx_source *from, char out[static FRONT])
{
    if (from->bytes.p != NULL) {
        str first = str_first(from->bytes, FRONT);

        if (first.n > 0)
            memcpy(out, first.p, first.n);
        return first.n;
    }
    ssize_t n = pread(from->fd, out, FRONT, 0);
    return n < 0 ? 0 : (size_t)n;
}

/* Why it is no archive that can be read. */
static err not_archive(struct arena *a, const struct xlsx_source *from, int why)
{
    static const unsigned char ole[] = { 0xd0, 0xcf, 0x11, 0xe0,
                                         0xa1, 0xb1, 0x1a, 0xe1 };
    char first[FRONT] = { 0 };
    size_t n = front(from, first);

    if (why == ZIP_ER_MEMORY)
        return err_memory();
    if (why == ZIP_ER_SEEK || why == ZIP_ER_READ || why == ZIP_ER_OPEN)
        return err_new(a, ERR_IO, "xlsx.read");
    if (n == FRONT && memcmp(first, ole, sizeof ole) == 0)
        return err_new(a, ERR_INVALID, "xlsx.old");
    if (str_begins((str){ first, n }, S("PK\3\4")))
        return err_new(a, ERR_INVALID, "xlsx.cut");
    return err_new(a, ERR_INVALID, "xlsx.not_zip");
}

static zip_t *open_bytes(str bytes, int *why)
{
    zip_error_t e;
    zip_t *zip = NULL;

    zip_error_init(&e);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &e);
    if (source != NULL)
        zip = zip_open_from_source(source, ZIP_RDONLY, &e);
    if (zip == NULL && source != NULL)
        zip_source_free(source);
    *why = zip_error_code_zip(&e);
    zip_error_fini(&e);
    return zip;
}

/* Its own copy of the descriptor: libzip closes what it was given. */
static zip_t *open_fd(int fd, int *why)
{
    int own = dup(fd);

    *why = ZIP_ER_OPEN;
    if (own < 0)
        return NULL;
    zip_t *zip = zip_fdopen(own, 0, why);
    if (zip == NULL)
        check(close(own) == 0);
    return zip;
}

static uint64_t size_of(const struct xlsx_source *from)
{
    struct stat s;

    if (from->bytes.p != NULL)
        return from->bytes.n;
    return fstat(from->fd, &s) == 0 ? (uint64_t)s.st_size : 0;
}

static err open_zip(struct arena *a, const struct xlsx_source *from,
                    struct part_archive *out)
{
    int why = ZIP_ER_OK;

    out->zip = from->bytes.p != NULL ? open_bytes(from->bytes, &why)
                                     : open_fd(from->fd, &why);
    if (out->zip == NULL)
        return not_archive(a, from, why);
    out->size = size_of(from);
    return OK;
}

err xlsx_open(struct arena *a, struct heap *h, const struct xlsx_source *from,
              struct xlsx **out)
{
    scoped(xlsx_close) struct xlsx *x = arena_zero(a, sizeof *x);

    TRY_MEMORY(x != NULL);
    xmlInitParser();
    x->book.in.a = a;
    x->book.heap = h;
    x->book.in.piece = arena_zero(a, PART_PIECE);
    TRY_MEMORY(x->book.in.piece != NULL);
    xlsx_text_init(&x->book.text, h, XLSX_STRINGS_BYTES);
    TRY(open_zip(a, from, &x->book.in));
    TRY(book_find(&x->book));
    *out = x;
    x = NULL;
    return OK;
}

void xlsx_close(struct xlsx **x)
{
    if (*x == NULL)
        return;
    struct xlsx_book *b = &(*x)->book;
    xlsx_sheet_end(&(*x)->sheet);
    if (b->in.zip != NULL)
        zip_discard(b->in.zip);
    if (b->text.heap != NULL)
        xlsx_text_end(&b->text);
    if (b->ends != NULL)
        b->heap->resize(b->heap, b->ends, 0);
    *x = NULL;
}

/* --- which sheet --------------------------------------------------------- */

const struct xlsx_sheet *xlsx_sheets(const struct xlsx *x, size_t *n)
{
    *n = x->book.n;
    return x->book.shown;
}

static err read_out(struct sheet_reader *r)
{
    for (bool more = true; more;)
        TRY(part_read(&r->part, &more));
    return OK;
}

/* It says so at its front, or nowhere. [XL6] */
static err read_front(struct sheet_reader *r)
{
    for (bool more = true; more && r->part.bytes < ASK_BYTES;)
        TRY(part_read(&r->part, &more));
    return OK;
}

static err ask_rows(struct xlsx *x, size_t sheet)
{
    err e = xlsx_sheet_begin(&x->sheet, &x->book, sheet);

    x->begun = false;
    x->sheet.only_dimension = true;
    if (!failed(e))
        e = read_front(&x->sheet);
    x->book.shown[sheet].rows = x->sheet.dimension;
    xlsx_sheet_end(&x->sheet);
    return e;
}

static err ask_all(struct xlsx *x, bool *all_say)
{
    *all_say = true;
    for (size_t i = 0; i < x->book.n; i++) {
        if (!x->sized)
            TRY(ask_rows(x, i));
        if (x->book.shown[i].rows == 0)
            *all_say = false;
    }
    x->sized = true;
    return OK;
}

static err no_such_sheet(const struct xlsx *x, str name)
{
    struct buf b;
    str known;

    buf_init(&b, x->book.in.a, KNOWN_BYTES);
    for (size_t i = 0; i < x->book.n && buf_view(&b).n < KNOWN_BYTES / 2; i++) {
        buf_str(&b, i == 0 ? S("") : S(", "));
        buf_str(&b, str_first(x->book.shown[i].name, KNOWN_BYTES / 4));
    }
    TRY(buf_done(&b, &known));
    return err_new(x->book.in.a, ERR_NOT_FOUND, "xlsx.no_such_sheet",
                   ARG_STR("name", name), ARG_STR("known", known));
}

static err by_name(const struct xlsx *x, str name, size_t *out)
{
    for (size_t i = 0; i < x->book.n; i++) {
        if (str_eq(x->book.shown[i].name, name)) {
            *out = i;
            return OK;
        }
    }
    return no_such_sheet(x, name);
}

err xlsx_choose(struct xlsx *x, str name, size_t *out)
{
    const struct xlsx_sheet *s = x->book.shown;
    bool all_say;
    size_t best = 0;

    if (name.n > 0)
        return by_name(x, name, out);
    TRY(ask_all(x, &all_say));
    for (size_t i = 1; i < x->book.n; i++) {
        if (all_say ? s[i].rows > s[best].rows : s[i].bytes > s[best].bytes)
            best = i;
    }
    *out = best;
    return OK;
}

/* --- reading ------------------------------------------------------------- */

/* Once for all sheets. */
static err load(struct xlsx *x)
{
    if (x->loaded)
        return OK;
    x->book.text.n = 0;
    x->book.ends_n = 0;
    TRY(book_styles(&x->book));
    TRY(book_strings(&x->book));
    x->loaded = true;
    return OK;
}

err xlsx_begin(struct xlsx *x, size_t sheet)
{
    check(sheet < x->book.n);
    x->begun = false;
    xlsx_sheet_end(&x->sheet);
    TRY(load(x));
    TRY(xlsx_sheet_begin(&x->sheet, &x->book, sheet));
    TRY(read_out(&x->sheet));

    size_t width = x->sheet.width;
    xlsx_sheet_end(&x->sheet);
    TRY(xlsx_sheet_begin(&x->sheet, &x->book, sheet));
    x->sheet.width = width;
    x->begun = true;
    return OK;
}

err xlsx_read(struct xlsx *x, struct buf *out, bool *more)
{
    check(x->begun);
    x->sheet.out = out;
    x->sheet.out_from = out->n;
    TRY(part_read(&x->sheet.part, more));
    return out->first;
}

struct xlsx_counts xlsx_counts(const struct xlsx *x)
{
    return x->sheet.counts;
}
