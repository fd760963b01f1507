/*
 * json_parse -- the JSON reader: one pass over the text, by recursive descent
 * no deeper than JSON_DEPTH. [J1]
 *
 *   [JP1] All it takes is asked of the arena, so the arena's limit and the
 *         tests' failing heap see every byte of it.
 *   [JP2] The text is copied once.  Texts and keys are slices of the copy; an
 *         escape is never shorter than what it stands for, so texts with
 *         escapes are decoded where they lie.  What the caller keeps, and has
 *         no escape, is not copied: then they are slices of the text itself.
 *   [JP3] What would be written otherwise than it stands there [J2] moves
 *         `odd`, so a value that began after it is its own canonical form.
 */

#include "codec/json.h"

#include "base/arena.h"
#include "codec/json_number.h"
#include "codec/json_parts.h"
#include "codec/utf8.h"

#include <assert.h>
#include <endian.h>

struct reader {
    struct arena *arena;
    str text;         /* as given; messages quote it */
    const char *base; /* what texts and keys are slices of [JP2] */
    char *copy;       /* the same when it is a copy; else NULL */
    size_t at;        /* the byte to be read next */
    int depth;        /* arrays and objects around it */
    size_t odd;       /* behind the last thing that is not canonical [JP3] */
    bool sealed;      /* keeps sources [J5] */
};

/* The byte there, or -1 at the end. */
static int peek_at(const struct reader *r, size_t at)
{
    return at < r->text.n ? (unsigned char)r->text.p[at] : -1;
}

/* The byte to be read next, or -1 at the end. */
static int peek(const struct reader *r)
{
    return peek_at(r, r->at);
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline void skip_blanks(struct reader *r)
{
    for (int c = peek(r); c <= ' ' && is_blank(c); c = peek(r))
        r->odd = ++r->at;
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

    r->odd = r->at;
    if (known == NULL)
        return refuse(r, c < 0 ? "json.end" : "json.escape", r->at);
    r->at++;
    if (*known == 'u')
        return read_unicode(r, out);
    *out = (uint32_t)meant[known - letters];
    return OK;
}

/* The high bits of those of eight bytes that are a control character, a quote
 * or a backslash; behind the first such byte of others too, for the
 * subtraction borrows.  A quote stands two after the last control character:
 * with that bit turned in all, they are one range. */
static inline uint64_t signs_in(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t turned = eight ^ (ones * 0x02);
    uint64_t backslash = eight ^ (ones * '\\');

    return ((turned - ones * 0x21) | (backslash - ones)) & ~eight &
           (0x80 * ones);
}
static_assert('"' == 0x22 && (0x22 ^ 0x02) == 0x20);

static bool is_sign(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Bytes from here on that stand for themselves; *wide: they are not all ASCII.
 */
static inline size_t plain_bytes(const struct reader *r, bool *wide)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    str rest = { r->text.p + r->at, r->text.n - r->at };
    size_t n = 0;
    uint64_t seen = 0;
    uint64_t eight;

    for (; rest.n - n >= sizeof eight; n += sizeof eight) {
        memcpy(&eight, rest.p + n, sizeof eight);
        eight = le64toh(eight);
        uint64_t signs = signs_in(eight);
        if (signs != 0) {
            *wide = ((seen | (eight & (signs ^ (signs - 1)))) & high) != 0;
            return n + (size_t)__builtin_ctzll(signs) / 8;
        }
        seen |= eight;
    }
    for (; n < rest.n && !is_sign(rest.p[n]); n++)
        seen |= (unsigned char)rest.p[n];
    *wide = (seen & high) != 0;
    return n;
}

/* The run of characters that stand as themselves from here on; false when it
 * is not UTF-8. */
static inline bool plain_run(const struct reader *r, str *run)
{
    bool wide = false;

    *run = (str){ r->text.p + r->at, plain_bytes(r, &wide) };
    return !wide || utf8_check(*run, NULL);
}

static err read_plain(struct reader *r)
{
    str run;
    uint32_t c;

    if (!plain_run(r, &run)) {
        while (utf8_next(r->text, &r->at, &c))
            ;
        return refuse(r, "json.utf8", r->at);
    }
    r->at += run.n;
    if (run.n > 0)
        return OK;
    if (peek(r) <= 0)
        return unexpected(r);
    return refuse(r, "json.control", r->at);
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

/* A text of which nothing stands for something else, as nearly all do. */
static inline bool read_simple_text(struct reader *r, size_t began, str *out)
{
    str run;

    if (!plain_run(r, &run) || peek_at(r, began + run.n) != '"')
        return false;
    r->at = began + run.n + 1;
    *out = (str){ r->base + began, run.n };
    return true;
}

/* Any other, piece by piece. [JP2] */
static err read_pieces(struct reader *r, size_t began, str *out)
{
    size_t end = began;

    while (peek(r) != '"')
        TRY(read_piece(r, &end));
    r->at++;
    *out = (str){ r->base + began, end - began };
    return OK;
}

/* From the opening quote past the closing one. */
static inline err read_text(struct reader *r, str *out)
{
    size_t began = ++r->at;

    return read_simple_text(r, began, out) ? OK : read_pieces(r, began, out);
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

static inline bool skip_one(struct reader *r, char a, char b)
{
    if (peek(r) != a && peek(r) != b)
        return false;
    r->at++;
    return true;
}

/* A whole number as it would be written: digits, and no sign before a zero. */
static bool is_plain_int(str token, const struct json *number)
{
    if (number->kind != JSON_INT)
        return false;
    for (size_t i = str_begins(token, S("-")); i < token.n; i++) {
        if (token.p[i] < '0' || token.p[i] > '9')
            return false;
    }
    return number->number != 0 || token.n == 1;
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
    str token = { r->text.p + from, r->at - from };
    if (!json_number_read(token, to))
        return refuse(r, "json.number", from);
    if (!is_plain_int(token, to))
        r->odd = r->at;
    return OK;
}

/* --- values ----------------------------------------------------------- */

static err read_value(struct reader *r, struct json **out);

static inline err enter(struct reader *r)
{
    if (r->depth == JSON_DEPTH)
        return refuse(r, "json.depth", r->at);
    r->depth++;
    r->at++;
    skip_blanks(r);
    return OK;
}

/* After an element or member: past the comma, or past `close`, which ends. */
static inline err next_or_end(struct reader *r, char close, bool *ended)
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
static inline bool ends_at_once(struct reader *r, char close)
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

/* *in_order: as long as each key comes after the one before it. */
static err read_member(struct reader *r, struct json *to, bool *in_order)
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
    if (to->last != NULL && json_key_cmp(to->last->key, key) >= 0)
        *in_order = false;
    json_set(to, key, child);
    return OK;
}

static err refuse_duplicate(const struct reader *r, str key)
{
    struct json_place place = json_place(r->text, (size_t)(key.p - r->base));

    return err_new(r->arena, ERR_INVALID, "json.duplicate",
                   ARG_INT("line", place.line), ARG_INT("column", place.column),
                   ARG_STR("key", utf8_first(key, JSON_NEAR)));
}

static err read_object(struct reader *r, struct json *to)
{
    const struct json *twice;
    bool in_order = true;

    TRY(enter(r));
    for (bool ended = ends_at_once(r, '}'); !ended;) {
        TRY(read_member(r, to, &in_order));
        TRY(next_or_end(r, '}', &ended));
    }
    if (in_order)
        return OK;
    r->odd = r->at;
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
    size_t from = r->at;

    TRY_MEMORY(to);
    TRY(fill_value(r, to));
    if (r->sealed && r->odd <= from) /* [JP3] */
        to->source = (str){ r->base + from, r->at - from };
    *out = to;
    return OK;
}

/* [JP2] */
static err copy_text(struct reader *r)
{
    r->copy = arena_zero(r->arena, r->text.n);
    TRY_MEMORY(r->copy);
    if (r->text.n > 0)
        memcpy(r->copy, r->text.p, r->text.n);
    r->base = r->copy;
    return OK;
}

static err parse(struct arena *a, str text, bool sealed, struct json **out)
{
    struct reader r = { .arena = a, .text = text, .sealed = sealed };
    struct json *made;

    r.base = text.p;
    if (!sealed || str_index(text, '\\') < text.n)
        TRY(copy_text(&r));
    skip_blanks(&r);
    TRY(read_value(&r, &made));
    skip_blanks(&r);
    if (r.at < text.n)
        return refuse(&r, "json.after", r.at);
    *out = made;
    return OK;
}

err json_parse(struct arena *a, str text, struct json **out)
{
    return parse(a, text, false, out);
}

err json_parse_sealed(struct arena *a, str text, const struct json **out)
{
    struct json *made = NULL;

    TRY(parse(a, text, true, &made));
    *out = made;
    return OK;
}
