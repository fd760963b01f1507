/*
 * json_parse -- the JSON reader: one pass over the text, by recursive descent
 * no deeper than JSON_DEPTH. [J1]
 *
 *   [JP1] All it takes is asked of the arena, so the arena's limit and the
 *         tests' failing heap see every byte of it.
 *   [JP2] The text is copied once.  Texts and keys are slices of the copy; an
 *         escape is never shorter than what it stands for, so texts with
 *         escapes are decoded where they lie.
 */

#include "codec/json.h"

#include "base/arena.h"
#include "codec/json_number.h"
#include "codec/json_parts.h"
#include "codec/utf8.h"

struct reader {
    struct arena *arena;
    str text;   /* as given; messages quote it */
    char *copy; /* [JP2] */
    size_t at;  /* the byte to be read next */
    int depth;  /* arrays and objects around it */
};

/* The byte to be read next, or -1 at the end. */
static int peek(const struct reader *r)
{
    return r->at < r->text.n ? (unsigned char)r->text.p[r->at] : -1;
}

static void skip_blanks(struct reader *r)
{
    int c = peek(r);

    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        r->at++;
        c = peek(r);
    }
}

static err refuse(const struct reader *r, const char *id, size_t at)
{
    struct json_place place = json_place(r->text, at);

    return err_new(r->arena, ERR_INVALID, id, ARG_INT("line", place.line),
                   ARG_INT("column", place.column),
                   ARG_STR("near", place.near));
}

/* Something else is needed here than what is here. */
static err unexpected(const struct reader *r)
{
    int c = peek(r);

    if (c < 0)
        return refuse(r, "json.end", r->at);
    if (c == 0)
        return refuse(r, "json.nul", r->at);
    if (str_begins(str_from(r->text, r->at), S("\xef\xbb\xbf")))
        return refuse(r, "json.bom", r->at);
    return refuse(r, "json.syntax", r->at);
}

/* --- texts ------------------------------------------------------------ */

/* -1 when it is none. */
static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static err read_hex4(struct reader *r, uint32_t *out)
{
    uint32_t n = 0;

    for (int i = 0; i < 4; i++, r->at++) {
        int c = peek(r);

        if (hex_digit(c) < 0)
            return refuse(r, c < 0 ? "json.end" : "json.escape", r->at);
        n = n * 16 + (uint32_t)hex_digit(c);
    }
    *out = n;
    return OK;
}

/* What follows "\u": one UTF-16 code unit, or two that make a pair. */
static err read_unicode(struct reader *r, uint32_t *out)
{
    size_t began = r->at;
    uint32_t high = 0;
    uint32_t low = 0;

    TRY(read_hex4(r, &high));
    if (high == 0)
        return refuse(r, "json.nul", began);
    if (high < 0xd800 || high > 0xdfff) {
        *out = high;
        return OK;
    }
    if (high > 0xdbff || !str_begins(str_from(r->text, r->at), S("\\u")))
        return refuse(r, "json.surrogate", began);
    r->at += 2;
    TRY(read_hex4(r, &low));
    if (low < 0xdc00 || low > 0xdfff)
        return refuse(r, "json.surrogate", began);
    *out = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    return OK;
}

/* The character that the escape after a backslash stands for. */
static err read_escape(struct reader *r, uint32_t *out)
{
    static const char letters[] = "\"\\/bfnrtu";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    int c = peek(r);
    const char *known = c > 0 ? strchr(letters, c) : NULL;

    if (known == NULL)
        return refuse(r, c < 0 ? "json.end" : "json.escape", r->at);
    r->at++;
    if (*known == 'u')
        return read_unicode(r, out);
    *out = (uint32_t)meant[known - letters];
    return OK;
}

/* Is it one byte that stands for itself? */
static bool is_simple(int c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* Characters that stand as themselves: a run of simple ones, or another. */
static err read_plain(struct reader *r)
{
    size_t from = r->at;
    uint32_t c;

    while (is_simple(peek(r)))
        r->at++;
    if (r->at > from)
        return OK;
    if (peek(r) <= 0)
        return unexpected(r);
    if (peek(r) < 0x20)
        return refuse(r, "json.control", r->at);
    if (!utf8_next(r->text, &r->at, &c))
        return refuse(r, "json.utf8", r->at);
    return OK;
}

/* One piece of a text; what it stands for goes to the copy at *end. */
static err read_piece(struct reader *r, size_t *end)
{
    size_t from = r->at;
    uint32_t c = 0;

    if (peek(r) == '\\') {
        r->at++;
        TRY(read_escape(r, &c));
        *end += utf8_write(c, r->copy + *end);
        return OK;
    }
    TRY(read_plain(r));
    if (*end != from)
        memmove(r->copy + *end, r->copy + from, r->at - from);
    *end += r->at - from;
    return OK;
}

/* From the opening quote past the closing one. [JP2] */
static err read_text(struct reader *r, str *out)
{
    size_t began = ++r->at;
    size_t end = began;

    while (peek(r) != '"')
        TRY(read_piece(r, &end));
    r->at++;
    *out = (str){ r->copy + began, end - began };
    return OK;
}

/* --- numbers ---------------------------------------------------------- */

static size_t skip_digits(struct reader *r)
{
    size_t from = r->at;

    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return r->at - from;
}

/* At least one digit. */
static err read_digits(struct reader *r)
{
    return skip_digits(r) > 0 ? OK : unexpected(r);
}

static bool skip_one(struct reader *r, char a, char b)
{
    if (peek(r) != a && peek(r) != b)
        return false;
    r->at++;
    return true;
}

static err read_number(struct reader *r, struct json *to)
{
    size_t from = r->at;

    (void)skip_one(r, '-', '-');
    if (!skip_one(r, '0', '0'))
        TRY(read_digits(r));
    if (skip_one(r, '.', '.'))
        TRY(read_digits(r));
    if (skip_one(r, 'e', 'E')) {
        (void)skip_one(r, '+', '-');
        TRY(read_digits(r));
    }
    if (!json_number_read((str){ r->text.p + from, r->at - from }, to))
        return refuse(r, "json.number", from);
    return OK;
}

/* --- values ----------------------------------------------------------- */

static err read_value(struct reader *r, struct json **out);

static err enter(struct reader *r)
{
    if (r->depth == JSON_DEPTH)
        return refuse(r, "json.depth", r->at);
    r->depth++;
    r->at++;
    skip_blanks(r);
    return OK;
}

/* After an element or member: past the comma, or past `close`, which ends. */
static err next_or_end(struct reader *r, char close, bool *ended)
{
    skip_blanks(r);
    *ended = peek(r) == close;
    if (!*ended && peek(r) != ',')
        return unexpected(r);
    r->at++;
    if (*ended)
        r->depth--;
    else
        skip_blanks(r);
    return OK;
}

/* Past `close` if the array or object is empty. */
static bool ends_at_once(struct reader *r, char close)
{
    if (!skip_one(r, close, close))
        return false;
    r->depth--;
    return true;
}

static err read_array(struct reader *r, struct json *to)
{
    TRY(enter(r));
    for (bool ended = ends_at_once(r, ']'); !ended;) {
        struct json *child;

        TRY(read_value(r, &child));
        json_add(to, child);
        TRY(next_or_end(r, ']', &ended));
    }
    return OK;
}

static err read_member(struct reader *r, struct json *to)
{
    struct json *child;
    str key;

    if (peek(r) != '"')
        return unexpected(r);
    TRY(read_text(r, &key));
    skip_blanks(r);
    if (peek(r) != ':')
        return unexpected(r);
    r->at++;
    skip_blanks(r);
    TRY(read_value(r, &child));
    json_set(to, key, child);
    return OK;
}

static err refuse_duplicate(const struct reader *r, str key)
{
    struct json_place place = json_place(r->text, (size_t)(key.p - r->copy));

    return err_new(r->arena, ERR_INVALID, "json.duplicate",
                   ARG_INT("line", place.line), ARG_INT("column", place.column),
                   ARG_STR("key", utf8_first(key, JSON_NEAR)));
}

static err read_object(struct reader *r, struct json *to)
{
    const struct json *twice;

    TRY(enter(r));
    for (bool ended = ends_at_once(r, '}'); !ended;) {
        TRY(read_member(r, to));
        TRY(next_or_end(r, '}', &ended));
    }
    TRY_MEMORY(json_find_duplicate(r->arena, to, &twice));
    return twice == NULL ? OK : refuse_duplicate(r, twice->key);
}

static err read_word(struct reader *r, struct json *to)
{
    static const struct {
        str word;
        enum json_kind kind;
        bool boolean;
    } words[] = {
        { S_INIT("null"), JSON_NULL, false },
        { S_INIT("true"), JSON_BOOL, true },
        { S_INIT("false"), JSON_BOOL, false },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_begins(str_from(r->text, r->at), words[i].word))
            continue;
        r->at += words[i].word.n;
        to->kind = words[i].kind;
        to->boolean = words[i].boolean;
        return OK;
    }
    return unexpected(r);
}

static err fill_value(struct reader *r, struct json *to)
{
    int c = peek(r);

    if (c == '{') {
        to->kind = JSON_OBJECT;
        return read_object(r, to);
    }
    if (c == '[') {
        to->kind = JSON_ARRAY;
        return read_array(r, to);
    }
    if (c == '"') {
        to->kind = JSON_STR;
        return read_text(r, &to->text);
    }
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(r, to);
    return read_word(r, to);
}

static err read_value(struct reader *r, struct json **out)
{
    struct json *to = arena_zero(r->arena, sizeof *to);

    TRY_MEMORY(to);
    TRY(fill_value(r, to));
    *out = to;
    return OK;
}

err json_parse(struct arena *a, str text, struct json **out)
{
    struct reader r = { .arena = a, .text = text };
    struct json *made;

    r.copy = arena_zero(a, text.n);
    TRY_MEMORY(r.copy);
    if (text.n > 0)
        memcpy(r.copy, text.p, text.n);

    skip_blanks(&r);
    TRY(read_value(&r, &made));
    skip_blanks(&r);
    if (r.at < text.n)
        return refuse(&r, "json.after", r.at);
    *out = made;
    return OK;
}
