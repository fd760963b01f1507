#include "credential/pdf_sign.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/pdf.h"
#include "codec/utf8.h"
#include "credential/cms.h"
#include "verify/instant.h"

enum {
    OBJECT_MOST = 64 << 20, /* bytes of one */
    ADDED_MOST = 2 * PDF_ATTACHED_MOST + 2,
    CHANGES_MOST = ADDED_MOST + 2, /* page and catalogue as well */
    ROOM = 2 * CMS_BYTES_MAX,      /* hexadecimal digits */
};

/* Ten digits for each, so that the place does not move when they are known. */
#define RANGE "/ByteRange [0 0000000000 0000000000 0000000000]"
#define HOLE  "/Contents <"

struct signing {
    struct arena *a;
    const struct pdf_facts *facts;
    struct pdf file;
    size_t page; /* its object */
    struct pdf_change changes[CHANGES_MOST];
    size_t n;
    size_t next; /* number of the next new object */
    size_t signature;
    size_t widget;
};

/* --- dictionaries ----------------------------------------------------- */

/* "/Key 12 0 R" or "/Key [ 12 0 R": the number, 0 when it does not stand there.
 */
static size_t reference_in(str body, str key)
{
    str rest = str_from(body, str_find(body, key) + key.n);
    size_t n = 0;
    size_t i = 0;

    while (i < rest.n && (rest.p[i] == ' ' || rest.p[i] == '['))
        i++;
    for (; i < rest.n && rest.p[i] >= '0' && rest.p[i] <= '9'; i++)
        n = n * 10 + (size_t)(rest.p[i] - '0');
    return str_begins(str_from(rest, i), S(" 0 R")) ? n : 0;
}

static str body_of(const struct signing *s, size_t number)
{
    return number < s->file.count ? s->file.objects[number].body : S("");
}

/* The first page, which the widget of the signature hangs on. */
static err find_page(struct signing *s)
{
    size_t pages = reference_in(body_of(s, s->file.root), S("/Pages"));
    str body;

    s->page = reference_in(body_of(s, pages), S("/Kids"));
    body = body_of(s, s->page);
    if (body.n == 0 || str_contains(body, S("/Annots")))
        return err_new(s->a, ERR_INVALID, "pdf_sign.page");
    return OK;
}

/* --- changes ---------------------------------------------------------- */

static err put_change(struct signing *s, size_t number, struct buf *b)
{
    str body;

    TRY(buf_done(b, &body));
    check(s->n < CHANGES_MOST);
    s->changes[s->n++] = (struct pdf_change){ number, body };
    return OK;
}

/* The dictionary of an object with something put at its end. */
static err put_into(struct signing *s, size_t number, str more)
{
    str body = body_of(s, number);
    size_t close = body.n;
    struct buf b;

    while (close >= 2 && !str_begins(str_from(body, close - 2), S(">>")))
        close--;
    if (close < 2)
        return err_new(s->a, ERR_INVALID, "pdf_sign.page");
    buf_init(&b, s->a, OBJECT_MOST);
    buf_str(&b, str_first(body, close - 2));
    buf_str(&b, more);
    buf_str(&b, str_from(body, close - 2));
    return put_change(s, number, &b);
}

/* --- texts ------------------------------------------------------------ */

/* A text string: UTF-16 with its mark, as hexadecimal digits (7.9.2.2). */
static void put_text(struct buf *b, str text)
{
    size_t at = 0;
    uint32_t c;

    buf_str(b, S("<FEFF"));
    while (utf8_next(text, &at, &c)) {
        if (c >= 0x10000)
            buf_printf(b, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10),
                       0xDC00 + ((c - 0x10000) & 0x3FF));
        else
            buf_printf(b, "%04X", c);
    }
    buf_char(b, '>');
}

/* "(D:20261127190000Z)" (7.9.4). */
static void put_moment(struct buf *b, int64_t at)
{
    char text[INSTANT_TEXT];
    str moment = instant_text(at, text);

    buf_str(b, S("(D:"));
    for (size_t i = 0; i < moment.n; i++) {
        char c = moment.p[i];

        if (c != '-' && c != ':' && c != 'T')
            buf_char(b, c);
    }
    buf_char(b, ')');
}

/* A name: what is no letter or digit as #XX (7.3.5). */
static void put_name(struct buf *b, str name)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == '-' || c == '.';

        if (plain)
            buf_char(b, (char)c);
        else
            buf_printf(b, "#%02X", c);
    }
}

/* --- attachments (7.11.4) --------------------------------------------- */

static bool is_file_name(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return false;
    }
    return name.n > 0;
}

static err put_bytes(struct signing *s, const struct pdf_attachment *x)
{
    struct buf b;

    buf_init(&b, s->a, OBJECT_MOST);
    buf_str(&b, S("<< /Type /EmbeddedFile /Subtype /"));
    put_name(&b, x->media_type);
    buf_printf(&b, " /Length %zu /Params << /Size %zu /ModDate ", x->bytes.n,
               x->bytes.n);
    put_moment(&b, s->facts->at);
    buf_str(&b, S(" >> >>\nstream\n"));
    buf_str(&b, x->bytes);
    buf_str(&b, S("\nendstream\n"));
    return put_change(s, s->next++, &b);
}

static err put_attachment(struct signing *s, const struct pdf_attachment *x)
{
    struct buf b;

    if (!is_file_name(x->name))
        return err_new(s->a, ERR_INVALID, "pdf_sign.name",
                       ARG_STR("name", x->name));
    TRY(put_bytes(s, x));
    buf_init(&b, s->a, OBJECT_MOST);
    buf_printf(&b,
               "<< /Type /Filespec /F (%.*s) /UF (%.*s) /AFRelationship "
               "/Source /Desc ",
               STR_ARG(x->name), STR_ARG(x->name));
    put_text(&b, x->about);
    buf_printf(&b, " /EF << /F %zu 0 R /UF %zu 0 R >> >>\n", s->next - 1,
               s->next - 1);
    return put_change(s, s->next++, &b);
}

static err put_attachments(struct signing *s)
{
    if (s->facts->n > PDF_ATTACHED_MOST)
        return err_new(s->a, ERR_LIMIT, "pdf_sign.many",
                       ARG_INT("limit", PDF_ATTACHED_MOST));
    for (size_t i = 0; i < s->facts->n; i++)
        TRY(put_attachment(s, &s->facts->attachments[i]));
    return OK;
}

/* Of attachment `i`: bytes and description take two numbers. */
static size_t number_of(const struct signing *s, size_t i)
{
    return s->file.count + 2 * i + 1;
}

/* --- the signature (12.8.1) ------------------------------------------- */

static err put_signature(struct signing *s)
{
    struct buf b;

    s->signature = s->next++;
    buf_init(&b, s->a, OBJECT_MOST);
    buf_str(&b, S("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter "
                  "/ETSI.CAdES.detached\n   /M "));
    put_moment(&b, s->facts->at);
    buf_str(&b, S(" /Name "));
    put_text(&b, s->facts->name);
    buf_str(&b, S(" /Reason "));
    put_text(&b, s->facts->reason);
    buf_str(&b, S("\n   /Reference [ << /Type /SigRef /TransformMethod /DocMDP "
                  "/TransformParams << /Type /TransformParams /P 1 /V /1.2 >> "
                  ">> ]\n   " RANGE "\n   " HOLE));
    for (int i = 0; i < ROOM; i++)
        buf_char(&b, '0');
    buf_str(&b, S("> >>\n"));
    return put_change(s, s->signature, &b);
}

/* An invisible field on the first page: the signature has no picture. */
static err put_widget(struct signing *s)
{
    struct buf b;

    s->widget = s->next++;
    buf_init(&b, s->a, OBJECT_MOST);
    buf_printf(&b,
               "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) "
               "/V %zu 0 R /P %zu 0 R /F 132 /Rect [0 0 0 0] >>\n",
               s->signature, s->page);
    return put_change(s, s->widget, &b);
}

static err put_page(struct signing *s)
{
    struct buf b;
    str more;

    buf_init(&b, s->a, OBJECT_MOST);
    buf_printf(&b, "   /Annots [ %zu 0 R ]\n", s->widget);
    TRY(buf_done(&b, &more));
    return put_into(s, s->page, more);
}

static err put_catalogue(struct signing *s)
{
    struct buf b;
    str more;

    buf_init(&b, s->a, OBJECT_MOST);
    buf_printf(&b,
               "   /AcroForm << /Fields [ %zu 0 R ] /SigFlags 3 >>\n"
               "   /Perms << /DocMDP %zu 0 R >>\n",
               s->widget, s->signature);
    if (s->facts->n > 0) {
        buf_str(&b, S("   /AF ["));
        for (size_t i = 0; i < s->facts->n; i++)
            buf_printf(&b, " %zu 0 R", number_of(s, i));
        buf_str(&b, S(" ]\n   /Names << /EmbeddedFiles << /Names ["));
        for (size_t i = 0; i < s->facts->n; i++)
            buf_printf(&b, " (%.*s) %zu 0 R",
                       STR_ARG(s->facts->attachments[i].name), number_of(s, i));
        buf_str(&b, S(" ] >> >>\n"));
    }
    TRY(buf_done(&b, &more));
    return put_into(s, s->file.root, more);
}

/* --- what is signed [PS1] --------------------------------------------- */

/* Where the object of the signature stands in the file that was written. */
static err find_signature(const struct signing *s, str bytes, size_t *out)
{
    struct pdf again;

    TRY(pdf_open(s->a, bytes, &again));
    *out = (size_t)(again.objects[s->signature].body.p - bytes.p);
    return OK;
}

/* The ten digits of a number in their place. */
static void write_number(char *at, size_t n)
{
    for (int i = 9; i >= 0; i--, n /= 10)
        at[i] = (char)('0' + n % 10);
}

/* Where the parts are, into the file itself. */
static void write_range(struct pdf_prepared *p, size_t body)
{
    str rest = { p->bytes + body, p->n - body };
    size_t range = body + str_find(rest, S(RANGE)) + strlen("/ByteRange [0 ");
    size_t open = body + str_find(rest, S(HOLE)) + strlen(HOLE) - 1;
    size_t close = open + ROOM + 2;

    write_number(p->bytes + range, open);
    write_number(p->bytes + range + 11, close);
    write_number(p->bytes + range + 22, p->n - close);
    p->first = (str){ p->bytes, open };
    p->second = (str){ p->bytes + close, p->n - close };
}

static err put_all(struct signing *s)
{
    TRY(find_page(s));
    TRY(put_attachments(s));
    TRY(put_signature(s));
    TRY(put_widget(s));
    TRY(put_page(s));
    return put_catalogue(s);
}

err pdf_prepare(struct arena *a, str file, const struct pdf_facts *facts,
                struct pdf_prepared *out)
{
    struct signing s = { .a = a, .facts = facts };
    struct pdf_prepared p;
    size_t body;
    str bytes;

    TRY(pdf_open(a, file, &s.file));
    s.next = s.file.count;
    TRY(put_all(&s));
    TRY(pdf_write(a, &s.file, s.changes, s.n, &bytes));
    TRY(find_signature(&s, bytes, &body));
    p.bytes = arena_zero(a, bytes.n);
    TRY_MEMORY(p.bytes);
    memcpy(p.bytes, bytes.p, bytes.n);
    p.n = bytes.n;
    write_range(&p, body);
    *out = p;
    return OK;
}

err pdf_seal(struct arena *a, struct pdf_prepared *p, str der, str *out)
{
    struct buf b;
    str digits;

    if (der.n > CMS_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "cms.long",
                       ARG_INT("limit", CMS_BYTES_MAX));
    buf_init(&b, a, ROOM);
    buf_hex(&b, (const uint8_t *)der.p, der.n);
    TRY(buf_done(&b, &digits));
    memcpy(p->bytes + p->first.n + 1, digits.p, digits.n);
    *out = (str){ p->bytes, p->n };
    return OK;
}
