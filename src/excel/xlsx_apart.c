#include "excel/xlsx_apart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "excel/apart_talk.h"

#include <signal.h>
#include <stdio.h>

enum { DIGITS = 24 };

static const char program[] = "tenstar-reader";

/* --- asking and hearing --------------------------------------------------- */

static err slow(struct xlsx_apart *b, int64_t seconds)
{
    return err_new(b->arena, ERR_LIMIT, "xlsx.reader_slow",
                   ARG_INT("seconds", seconds));
}

/* [WB1]  In words of the workbook. */
static err blame(struct xlsx_apart *b, err e)
{
    child_end(&b->child);
    if (err_is(e, ERR_BUSY))
        return slow(b, b->limit / 1000);
    if (err_is(e, ERR_IO) && b->child.signal == SIGXCPU) /* [WB4] */
        return slow(b, b->seconds);
    if (err_is(e, ERR_IO) || err_is(e, ERR_CORRUPT))
        return err_new(b->arena, ERR_INVALID, "xlsx.reader_died");
    return e;
}

static err ask(struct xlsx_apart *b, int kind, str what)
{
    unsigned char head[APART_HEAD] = { (unsigned char)kind };
    int64_t until = child_in(b->limit);
    err e;

    answer_put_size(head + 1, what.n);
    e = child_write(b->arena, &b->child,
                    (str){ (const char *)head, sizeof head }, until);
    if (!failed(e))
        e = child_write(b->arena, &b->child, what, until);
    return failed(e) ? blame(b, e) : OK;
}

struct heard {
    int kind;
    str bytes;
};

static err take(struct xlsx_apart *b, struct arena *a, struct heard *out)
{
    unsigned char head[APART_HEAD];
    int64_t until = child_in(b->limit);
    size_t n;
    char *bytes;

    TRY(child_read(b->arena, &b->child, head, sizeof head, until));
    n = answer_size(head + 1);
    if (n > APART_ANSWER)
        return err_new(b->arena, ERR_CORRUPT, "xlsx.reader_died");
    bytes = arena_zero(a, n + 1);
    TRY_MEMORY(bytes);
    TRY(child_read(b->arena, &b->child, bytes, n, until));
    *out = (struct heard){ head[0], { bytes, n } };
    return OK;
}

/* An answer of this kind or that. */
static err hear(struct xlsx_apart *b, struct arena *a, int kind, int or_kind,
                struct heard *out)
{
    struct heard h = { 0 };
    err e = take(b, a, &h);

    if (failed(e))
        return blame(b, e);
    if (h.kind == APART_REFUSED) {
        e = answer_read(b->arena, &apart_words, h.bytes);
        return err_is(e, ERR_CORRUPT) ? blame(b, e) : e;
    }
    if (h.kind != kind && h.kind != or_kind)
        return blame(b, err_new(b->arena, ERR_CORRUPT, "xlsx.reader_died"));
    *out = h;
    return OK;
}

/* In the workbook's own arena, until the next. */
static err ask_and_hear(struct xlsx_apart *b, int kind, str what, str *out)
{
    struct heard h = { 0 };

    arena_reset(b->answers);
    TRY(ask(b, kind, what));
    TRY(hear(b, b->answers, APART_SAID, APART_SAID, &h));
    *out = h.bytes;
    return OK;
}

static err nonsense(struct xlsx_apart *b)
{
    return blame(b, err_new(b->arena, ERR_CORRUPT, "xlsx.reader_died"));
}

/* --- opening -------------------------------------------------------------- */

static bool read_number(const struct json *j, const char *name, int64_t *out)
{
    const struct json *n = json_get(j, str_of(name));

    if (n == NULL || n->kind != JSON_INT || n->number < 0)
        return false;
    *out = n->number;
    return true;
}

static err read_sheet(struct xlsx_apart *b, const struct json *j,
                      struct xlsx_sheet *out)
{
    int64_t bytes;

    if (j->kind != JSON_OBJECT || !read_number(j, "rows", &out->rows) ||
        !read_number(j, "bytes", &bytes))
        return nonsense(b);
    out->bytes = (uint64_t)bytes;
    TRY_MEMORY(arena_str(b->arena, json_get_str(j, S("name")), &out->name));
    return OK;
}

static err read_sheets(struct xlsx_apart *b, str text)
{
    struct xlsx_sheet *made;
    struct json *list = NULL;
    err e = json_parse(b->answers, text, &list);

    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : nonsense(b);
    if (list->kind != JSON_ARRAY || list->count < 1 ||
        list->count > XLSX_SHEETS_MAX)
        return nonsense(b);
    made = arena_array(b->arena, list->count, sizeof *made);
    TRY_MEMORY(made);
    for (const struct json *j = list->first; j != NULL; j = j->next)
        TRY(read_sheet(b, j, &made[b->n++]));
    b->sheets = made;
    return OK;
}

static err open_book(struct xlsx_apart *b, const struct xlsx_source *from)
{
    int fd = from->fd;
    str said;

    if (from->bytes.p != NULL) {
        TRY(memory_file_new(b->arena, &b->copy));
        TRY(memory_file_add(&b->copy, b->arena, from->bytes));
        fd = b->copy.fd;
    }
    b->seconds = apart_seconds(fd);
    TRY(child_start_giving(b->arena, program, APART_WORD, fd, &b->child));
    TRY(ask_and_hear(b, APART_OPEN, S(""), &said));
    return read_sheets(b, said);
}

err xlsx_apart_open(struct arena *a, const struct xlsx_source *from,
                    struct xlsx_apart **out)
{
    scoped(xlsx_apart_close) struct xlsx_apart *b = arena_zero(a, sizeof *b);

    TRY_MEMORY(b);
    b->arena = a;
    b->limit = APART_SECONDS * INT64_C(1000);
    b->child = CHILD_NONE;
    b->copy = MEMORY_FILE_NONE;
    b->answers = arena_zero(a, sizeof *b->answers);
    TRY_MEMORY(b->answers);
    arena_init(b->answers, a->heap, 2 * (size_t)APART_ANSWER);
    TRY(open_book(b, from));
    *out = b;
    b = NULL;
    return OK;
}

void xlsx_apart_close(struct xlsx_apart **book)
{
    struct xlsx_apart *b = *book;

    if (b == NULL)
        return;
    child_end(&b->child);
    memory_file_end(&b->copy);
    if (b->answers != NULL)
        arena_end(b->answers);
    *book = NULL;
}

/* --- which sheet ---------------------------------------------------------- */

const struct xlsx_sheet *xlsx_apart_sheets(const struct xlsx_apart *b,
                                           size_t *n)
{
    *n = b->n;
    return b->sheets;
}

static err read_place(struct xlsx_apart *b, str digits, size_t *out)
{
    size_t n = 0;

    if (digits.n == 0 || digits.n > DIGITS / 2)
        return nonsense(b);
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return nonsense(b);
        n = 10 * n + (size_t)(digits.p[i] - '0');
    }
    if (n >= b->n)
        return nonsense(b);
    *out = n;
    return OK;
}

err xlsx_apart_choose(struct xlsx_apart *b, str name, size_t *out)
{
    str said;

    check(!b->ahead);
    TRY(ask_and_hear(b, APART_CHOOSE, str_first(name, APART_NAME), &said));
    return read_place(b, said, out);
}

/* --- reading -------------------------------------------------------------- */

/* What was asked for of another sheet goes. */
static err let_go(struct xlsx_apart *b)
{
    struct heard h;

    if (!b->ahead)
        return OK;
    b->ahead = false;
    arena_reset(b->answers);
    return hear(b, b->answers, APART_MORE, APART_LAST, &h);
}

err xlsx_apart_begin(struct xlsx_apart *b, size_t sheet)
{
    char digits[DIGITS];
    int n = snprintf(digits, sizeof digits, "%zu", sheet);
    str said;

    check(sheet < b->n);
    b->begun = false;
    TRY(let_go(b));
    TRY(ask_and_hear(b, APART_BEGIN, (str){ digits, (size_t)n }, &said));
    b->begun = true;
    return OK;
}

err xlsx_apart_read(struct xlsx_apart *b, struct arena *a, str *out, bool *more)
{
    struct heard h = { 0 };

    check(b->begun);
    if (!b->ahead)
        TRY(ask(b, APART_READ, S("")));
    b->ahead = false;
    TRY(hear(b, a, APART_MORE, APART_LAST, &h));
    *more = h.kind == APART_MORE;
    if (*more) { /* [WB3] */
        TRY(ask(b, APART_READ, S("")));
        b->ahead = true;
    }
    *out = h.bytes;
    return OK;
}

static err read_pieces(struct xlsx_apart *b, struct arena *piece,
                       struct buf *out)
{
    bool more = true;

    while (more && !failed(out->first)) {
        str text;

        TRY(xlsx_apart_read(b, piece, &text, &more));
        buf_str(out, text);
        arena_reset(piece);
    }
    return OK;
}

err xlsx_apart_text(struct xlsx_apart *b, struct arena *a, size_t most,
                    str *out)
{
    scoped(arena_end) struct arena piece;
    struct buf text;

    arena_init(&piece, a->heap, 2 * (size_t)APART_ANSWER);
    buf_init(&text, a, most);
    TRY(read_pieces(b, &piece, &text));
    err e = buf_done(&text, out);
    return err_is(e, ERR_LIMIT)
               ? err_new(a, ERR_LIMIT, "xlsx.text", ARG_INT("most", most >> 20))
               : e;
}
