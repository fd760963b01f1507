/*
 * apart_work -- the process that reads a workbook (xlsx_apart.h).
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "excel/xlsx_apart.h"
#include "excel/apart_talk.h"
#include "sys/sandbox.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <unistd.h>

enum {
    BOOK_MEMORY = 64 << 20, /* of the workbook's small parts */
    WORK_MEMORY = 2 * APART_ANSWER,
    FILES = 8,
    DIGITS = 24,
};

/* The sanitizers' own memory has no bounds that could be set. */
#ifdef ARENA_EXACT
#define ADDRESS_SPACE ((size_t)0)
#else
#define ADDRESS_SPACE APART_MEMORY
#endif

struct reader {
    struct heap *heap;
    struct arena book; /* as long as it is open */
    struct arena work; /* of one question */
    struct xlsx *x;
    err ready; /* why it reads nothing, or OK */
    int in;
    int out;
};

static bool answer(const struct reader *r, int kind, str bytes)
{
    unsigned char head[APART_HEAD] = { (unsigned char)kind };

    answer_put_size(head + 1, bytes.n);
    return child_give(r->out, head, sizeof head) &&
           child_give(r->out, bytes.p, bytes.n);
}

/* Without memory there is none to say so either, before the question's is given
 * back. */
static bool refuse(struct reader *r, err e)
{
    str text;

    if (err_is(e, ERR_MEMORY)) {
        arena_reset(&r->work);
        e = err_new(&r->work, ERR_LIMIT, "xlsx.reader_memory",
                    ARG_INT("most", APART_MEMORY >> 20));
    }
    if (failed(answer_write(&r->work, &apart_words, e, &text)))
        return answer(r, APART_REFUSED, S("{}"));
    return answer(r, APART_REFUSED, text);
}

/* --- what is asked -------------------------------------------------------- */

static err say_sheets(struct reader *r, str *out)
{
    struct arena *a = &r->work;
    struct json *list = json_new_array(a);
    const struct xlsx_sheet *s;
    size_t n;

    s = xlsx_sheets(r->x, &n);
    for (size_t i = 0; i < n; i++) {
        struct json *j = json_new_object(a);

        json_set_str(a, j, "name", s[i].name);
        json_set_int(a, j, "rows", s[i].rows);
        json_set_int(a, j, "bytes", (int64_t)s[i].bytes);
        json_add(list, j);
    }
    return json_text(a, list, APART_ANSWER, out);
}

static err open_book(struct reader *r, str *out)
{
    const struct xlsx_source from = { .fd = CHILD_GIVEN };

    (void)lseek(CHILD_GIVEN, 0, SEEK_SET); /* else reading it says so */
    TRY(xlsx_open(&r->book, r->heap, &from, &r->x));
    return say_sheets(r, out);
}

static err choose(struct reader *r, str name, str *out)
{
    char digits[DIGITS];
    size_t sheet;

    TRY(xlsx_choose(r->x, name, &sheet));
    int n = snprintf(digits, sizeof digits, "%zu", sheet);
    TRY_MEMORY(arena_str(&r->work, (str){ digits, (size_t)n }, out));
    return OK;
}

static err begin(struct reader *r, str digits)
{
    size_t sheet = 0;

    for (size_t i = 0; i < digits.n; i++)
        sheet = 10 * sheet + (size_t)(digits.p[i] - '0');
    return xlsx_begin(r->x, sheet);
}

static err read_on(struct reader *r, str *out, bool *more)
{
    struct buf b;

    buf_init(&b, &r->work, APART_ANSWER);
    do
        TRY(xlsx_read(r->x, &b, more));
    while (*more && b.n < APART_PIECE);
    return buf_done(&b, out);
}

/* One question; what it is answered with. */
static err work(struct reader *r, int kind, str what, int *said, str *out)
{
    bool more = false;

    *said = APART_SAID;
    *out = S("");
    TRY(r->ready);
    if (kind == APART_OPEN)
        return open_book(r, out);
    if (kind == APART_CHOOSE)
        return choose(r, what, out);
    if (kind == APART_BEGIN)
        return begin(r, what);
    TRY(read_on(r, out, &more));
    *said = more ? APART_MORE : APART_LAST;
    return OK;
}

/* False: nobody asks any more. */
static bool work_once(struct reader *r)
{
    unsigned char head[APART_HEAD];
    char what[APART_NAME];
    size_t n;
    int said;
    str out;

    if (!child_take(r->in, head, sizeof head))
        return false;
    n = answer_size(head + 1);
    if (n > sizeof what || !child_take(r->in, what, n))
        return false;
    err e = work(r, head[0], (str){ what, n }, &said, &out);
    return failed(e) ? refuse(r, e) : answer(r, said, out);
}

/* --- all of it ------------------------------------------------------------ */

/* [WB2] */
static err give_up_rights(struct arena *a)
{
    const struct sandbox s = { .memory = ADDRESS_SPACE,
                               .files = FILES,
                               .alone = true };

    xmlInitParser(); /* it asks the machine this and that */
    (void)close_range(CHILD_GIVEN + 1, ~0U, 0); /* where nobody marked them */
    TRY(sandbox_seconds(a, apart_seconds(CHILD_GIVEN)));
    return sandbox_enter(a, &s);
}

int apart_work(struct heap *h, int in, int out)
{
    struct reader r = { .heap = h, .in = in, .out = out };

    arena_init(&r.book, h, BOOK_MEMORY);
    arena_init(&r.work, h, WORK_MEMORY);
    r.ready = give_up_rights(&r.book);
    while (work_once(&r))
        arena_reset(&r.work);
    xlsx_close(&r.x);
    int status = failed(r.ready);
    arena_end(&r.work);
    arena_end(&r.book);
    return status;
}
