/* Which heading of a table is which column.  Words are in the catalogue, so
 * that who knows another one adds it there. */

#include "base/size.h"
#include "codec/utf8.h"
#include "domain/import.h"
#include "text/text.h"

enum { FOLDED_MAX = 120, FULL_FIRST = 0xff01, FULL_LAST = 0xff5e };

/* Words with '|' between them. */
static const char *const sure_words[IMPORT_COLUMNS] = {
    [IMPORT_NUMBER] = "import.words.number",
    [IMPORT_HOLDER] = "import.words.holder",
    [IMPORT_USCC] = "import.words.uscc",
    [IMPORT_BODY] = "import.words.body",
    [IMPORT_SCHEME] = "import.words.scheme",
    [IMPORT_LEVEL] = "import.words.level",
    [IMPORT_CRITERION] = "import.words.criterion",
    [IMPORT_PLACE] = "import.words.place",
    [IMPORT_TRADE] = "import.words.trade",
    [IMPORT_SCOPE] = "import.words.scope",
    [IMPORT_ISSUED] = "import.words.issued",
    [IMPORT_FROM] = "import.words.from",
    [IMPORT_UNTIL] = "import.words.until",
    [IMPORT_STATUS] = "import.words.status",
    [IMPORT_SINCE] = "import.words.since",
};

static const char *const perhaps_words[IMPORT_COLUMNS] = {
    [IMPORT_NUMBER] = "import.perhaps.number",
    [IMPORT_HOLDER] = "import.perhaps.holder",
    [IMPORT_USCC] = "import.perhaps.uscc",
    [IMPORT_BODY] = "import.perhaps.body",
    [IMPORT_SCHEME] = "import.perhaps.scheme",
    [IMPORT_LEVEL] = "import.perhaps.level",
    [IMPORT_CRITERION] = "import.perhaps.criterion",
    [IMPORT_PLACE] = "import.perhaps.place",
    [IMPORT_TRADE] = "import.perhaps.trade",
    [IMPORT_SCOPE] = "import.perhaps.scope",
    [IMPORT_ISSUED] = "import.perhaps.issued",
    [IMPORT_FROM] = "import.perhaps.from",
    [IMPORT_UNTIL] = "import.perhaps.until",
    [IMPORT_STATUS] = "import.perhaps.status",
    [IMPORT_SINCE] = "import.perhaps.since",
};

/* --- headings as they are compared -------------------------------------- */

struct folded {
    char text[FOLDED_MAX];
    size_t n;
    size_t brackets; /* where they open, if it ends with one; else n */
    bool whole;      /* nothing was too much, and it is UTF-8 */
};

static uint32_t narrow(uint32_t c)
{
    const uint32_t dot = 0x3002;
    const uint32_t comma = 0x3001;

    if (c >= FULL_FIRST && c <= FULL_LAST)
        return c - FULL_FIRST + '!';
    return c == comma || c == dot ? '.' : c;
}

/* Blanks, marks and what binds words: nothing that tells one from another. */
static bool is_mark(uint32_t c)
{
    static const char marks[] = " \t\r\n_-.*:;/#'\"()[]";
    const uint32_t wide_blank = 0x3000;
    const uint32_t hard_blank = 0xa0;
    const uint32_t byte_order = 0xfeff;

    for (size_t i = 0; i < sizeof marks - 1; i++) {
        if (c == (uint32_t)(unsigned char)marks[i])
            return true;
    }
    return c == wide_blank || c == hard_blank || c == byte_order;
}

/* Past "21." before a word; what is a number and nothing else stays. */
static str without_ordinal(str s)
{
    size_t at = 0;
    size_t after;
    uint32_t c;

    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    after = at;
    if (at == 0 || !utf8_next(s, &after, &c) || narrow(c) != '.')
        return s;
    return str_from(s, after);
}

/* One character more, unless it is a mark. */
static void put_character(struct folded *f, uint32_t c, str bytes)
{
    char small = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    str put = c < 0x80 ? (str){ &small, 1 } : bytes;

    if (is_mark(c))
        return;
    f->whole = f->whole && f->n + put.n <= FOLDED_MAX;
    if (!f->whole)
        return;
    memcpy(f->text + f->n, put.p, put.n);
    f->n += put.n;
}

static void fold(str heading, struct folded *f)
{
    str s = without_ordinal(str_trim(heading));
    bool closed = false;
    size_t open = 0;
    size_t was;
    uint32_t c;

    f->n = 0;
    f->whole = true;
    for (size_t at = 0; at < s.n && f->whole;) {
        was = at;
        f->whole = utf8_next(s, &at, &c);
        c = narrow(c);
        if (c == '(' || c == '[')
            open = f->n;
        closed = c == ')' || c == ']' || (closed && is_mark(c));
        if (f->whole)
            put_character(f, c, (str){ s.p + was, at - was });
    }
    f->brackets = closed && open > 0 ? open : f->n;
}

/* --- words -------------------------------------------------------------- */

/* Is a word of the catalogue, small letters or not, this folded one? */
static bool is_word_of(str word, str folded)
{
    struct folded f;

    if (word.n < folded.n)
        return false;
    fold(word, &f);
    return f.whole && str_eq((str){ f.text, f.n }, folded);
}

static bool is_one_of(str folded, str words)
{
    while (words.n > 0) {
        if (is_word_of(str_cut(&words, '|'), folded))
            return true;
    }
    return false;
}

/* In either language. */
static bool is_called(str folded, const char *id)
{
    return is_one_of(folded, text_get(LANG_ZH, id)) ||
           is_one_of(folded, text_get(LANG_EN, id));
}

static struct import_meaning meaning_of(str folded)
{
    unsigned perhaps = 0;

    for (unsigned c = 0; c < IMPORT_COLUMNS; c++) {
        if (is_word_of(str_of(import_column_names[c]), folded) ||
            is_called(folded, sure_words[c]))
            return (struct import_meaning){ 1U << c, true };
        if (is_called(folded, perhaps_words[c]))
            perhaps |= 1U << c;
    }
    return (struct import_meaning){ perhaps, false };
}

struct import_meaning import_meaning_of(str heading)
{
    struct import_meaning m = { 0, false };
    struct folded f;

    fold(heading, &f);
    if (!f.whole || f.n == 0)
        return m;
    m = meaning_of((str){ f.text, f.n });
    if (m.columns != 0 || f.brackets == f.n)
        return m;
    m = meaning_of((str){ f.text, f.brackets });
    m.sure = false;
    return m;
}

/* --- which is which ----------------------------------------------------- */

/* The only bit of `columns`; IMPORT_COLUMNS: there are more, or none. */
static enum import_column only_of(unsigned columns)
{
    for (unsigned c = 0; c < IMPORT_COLUMNS; c++) {
        if (columns == 1U << c)
            return (enum import_column)c;
    }
    return IMPORT_COLUMNS;
}

static void say_unclear(struct import_columns *out, enum import_unclear why,
                        size_t first, size_t second, unsigned columns)
{
    if (out->unclear != IMPORT_CLEAR)
        return;
    out->unclear = why;
    out->first = first;
    out->second = second;
    out->columns = columns;
}

/* Those that are it `sure`ly, or may be it: but not where `taken` says that the
 * column has one already. */
static void place_those(const struct import_meaning *headings, size_t n,
                        bool sure, unsigned taken, struct import_columns *out)
{
    for (size_t i = 0; i < n; i++) {
        unsigned columns = headings[i].columns;
        enum import_column c = only_of(columns);

        if (headings[i].sure != sure || c == IMPORT_COLUMNS ||
            (taken & columns) != 0)
            continue;
        if (out->place[c] == n)
            out->place[c] = i;
        else
            say_unclear(out, sure ? IMPORT_TWICE : IMPORT_EITHER, out->place[c],
                        i, columns);
    }
}

static unsigned taken_of(const struct import_columns *c, size_t n)
{
    unsigned taken = 0;

    for (unsigned i = 0; i < IMPORT_COLUMNS; i++)
        taken |= c->place[i] < n ? 1U << i : 0;
    return taken;
}

unsigned import_columns_lacking(const struct import_columns *c, size_t n)
{
    const unsigned begins = 1U << IMPORT_ISSUED | 1U << IMPORT_FROM;
    unsigned taken = taken_of(c, n);
    unsigned lacking = (taken & begins) == 0 ? begins : 0;

    for (unsigned i = 0; i < IMPORT_COLUMNS; i++) {
        if (import_column_is_needed((enum import_column)i))
            lacking |= 1U << i & ~taken;
    }
    return lacking;
}

void import_columns_find(const struct import_meaning *headings, size_t n,
                         struct import_columns *out)
{
    *out = (struct import_columns){ .unclear = IMPORT_CLEAR };
    for (unsigned c = 0; c < IMPORT_COLUMNS; c++)
        out->place[c] = n;
    place_those(headings, n, true, 0, out);
    place_those(headings, n, false, taken_of(out, n), out);
    for (size_t i = 0; i < n; i++) {
        unsigned columns = headings[i].columns;

        if (only_of(columns) == IMPORT_COLUMNS &&
            (columns & import_columns_lacking(out, n)) != 0)
            say_unclear(out, IMPORT_VAGUE, i, i, columns);
    }
}
