#include "verify/pdf.h"

#include "base/arena.h"
#include "codec/pdf.h"

enum { DIGITS_MOST = 10 };

bool pdf_is(str bytes)
{
    return str_begins(bytes, S("%PDF-"));
}

/* --- words of the file ------------------------------------------------ */

static void skip_blanks(str *s)
{
    while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == '\n' || s->p[0] == '\r'))
        *s = str_from(*s, 1);
}

static bool take(str *s, str word)
{
    skip_blanks(s);
    if (!str_begins(*s, word))
        return false;
    *s = str_from(*s, word.n);
    return true;
}

static bool take_number(str *s, size_t *out)
{
    size_t n = 0;
    size_t i = 0;

    skip_blanks(s);
    for (; i < s->n && i <= DIGITS_MOST; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            break;
        n = n * 10 + (size_t)(s->p[i] - '0');
    }
    *s = str_from(*s, i);
    *out = n;
    return i > 0 && i <= DIGITS_MOST;
}

/* How often `word` stands there, and what follows the last one. */
static int64_t after_last(str s, str word, str *out)
{
    str rest = s;
    int64_t n = 0;

    for (;;) {
        size_t at = str_find(rest, word);

        if (at == rest.n)
            return n;
        rest = str_from(rest, at + word.n);
        *out = rest;
        n++;
    }
}

/* --- what is signed [VP1] ---------------------------------------------- */

/* Where the two signed parts are: "[0 N FROM MORE]". */
struct range {
    size_t first;  /* bytes of the first part */
    size_t from;   /* where the second begins */
    size_t second; /* bytes of it */
};

static bool read_range(str s, struct range *r)
{
    size_t zero;

    return take(&s, S("[")) && take_number(&s, &zero) && zero == 0 &&
           take_number(&s, &r->first) && take_number(&s, &r->from) &&
           take_number(&s, &r->second) && take(&s, S("]"));
}

static err find_range(struct arena *a, str bytes, struct range *r)
{
    str rest = S("");
    int64_t n = after_last(bytes, S("/ByteRange"), &rest);

    if (n == 0)
        return err_new(a, ERR_INVALID, "verify.pdf_unsigned");
    if (n > 1)
        return err_new(a, ERR_INVALID, "verify.pdf_twice", ARG_INT("count", n));
    if (!read_range(rest, r) || r->from < r->first ||
        r->from + r->second != bytes.n)
        return err_new(a, ERR_INVALID, "verify.pdf_partly",
                       ARG_INT("signed", r->from + r->second),
                       ARG_INT("size", bytes.n));
    return OK;
}

/* --- the room of the signature [VP2] ------------------------------------ */

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static err read_room(struct arena *a, str room, str *der)
{
    size_t n = room.n < 2 ? 0 : (room.n - 2) / 2;
    char *made;

    if (room.n < 4 || room.n % 2 != 0 || room.p[0] != '<' ||
        room.p[room.n - 1] != '>')
        return err_new(a, ERR_INVALID, "verify.pdf_room");
    if (n > CMS_CHECK_MAX)
        return err_new(a, ERR_LIMIT, "verify.cms_long",
                       ARG_INT("limit", CMS_CHECK_MAX));
    made = arena_zero(a, n);
    TRY_MEMORY(made);
    for (size_t i = 0; i < n; i++) {
        int high = digit_of(room.p[1 + 2 * i]);
        int low = digit_of(room.p[2 + 2 * i]);

        if (high < 0 || low < 0)
            return err_new(a, ERR_INVALID, "verify.pdf_room");
        made[i] = (char)(16 * high + low);
    }
    *der = (str){ made, n };
    return OK;
}

static err check_signature(struct arena *a, str bytes, struct cms_seen *out)
{
    struct range r = { 0 };
    str der = S("");

    TRY(find_range(a, bytes, &r));
    TRY(read_room(a, str_first(str_from(bytes, r.first), r.from - r.first),
                  &der));
    return cms_check(a, der, str_first(bytes, r.first), str_from(bytes, r.from),
                     out);
}

/* --- attachments [VP3] -------------------------------------------------- */

static str body_of(const struct pdf *p, size_t number)
{
    return number < p->count ? p->objects[number].body : S("");
}

/* "12 0 R" */
static bool take_reference(str *s, size_t *number)
{
    return take_number(s, number) && take(s, S("0")) && take(s, S("R"));
}

/* What the stream of this object holds, as it stands. */
static bool read_stream(str body, str *out)
{
    size_t at = str_find(body, S("stream\n"));
    str head = str_first(body, at);
    str rest = str_from(body, at + S("stream\n").n);
    str length = str_from(head, str_find(head, S("/Length ")));
    size_t n = 0;

    if (at == body.n || str_contains(head, S("/Filter")) ||
        !take(&length, S("/Length")) || !take_number(&length, &n) ||
        n > rest.n || !str_eq(str_from(rest, n), S("\nendstream\n")))
        return false;
    *out = str_first(rest, n);
    return true;
}

/* "(NAME) 12 0 R", which describes it, and leads to its bytes. */
static bool read_attached(const struct pdf *p, str *names,
                          struct pdf_attached *out)
{
    size_t number = 0;
    str described;

    if (!take(names, S("(")))
        return false;
    size_t end = str_index(*names, ')');
    out->name = str_first(*names, end);
    *names = str_from(*names, end + 1);
    if (!take_reference(names, &number))
        return false;
    described = body_of(p, number);
    described = str_from(described, str_find(described, S("/EF << /F ")));
    return take(&described, S("/EF << /F ")) &&
           take_reference(&described, &number) &&
           read_stream(body_of(p, number), &out->bytes);
}

static err read_names(struct arena *a, const struct pdf *p,
                      struct pdf_seen *out)
{
    static const str head = S_INIT("/EmbeddedFiles << /Names [");
    str root = body_of(p, p->root);
    str names = str_from(root, str_find(root, head));

    if (!take(&names, head))
        return OK;
    while (!take(&names, S("]"))) {
        if (out->n == PDF_ATTACHED_READ ||
            !read_attached(p, &names, &out->files[out->n]))
            return err_new(a, ERR_INVALID, "verify.pdf_attached");
        out->n++;
    }
    return OK;
}

err pdf_check(struct arena *a, str bytes, struct pdf_seen *out)
{
    struct pdf_seen seen = { 0 };
    struct pdf file;

    TRY(check_signature(a, bytes, &seen.signature));
    err e = pdf_open(a, bytes, &file);
    if (!failed(e))
        e = read_names(a, &file, &seen);
    else if (err_is(e, ERR_INVALID))
        e = OK; /* of another form [VP3] */
    TRY(e);
    *out = seen;
    return OK;
}

bool pdf_find(const struct pdf_seen *p, str name, str *out)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->files[i].name, name)) {
            *out = p->files[i].bytes;
            return true;
        }
    }
    return false;
}
