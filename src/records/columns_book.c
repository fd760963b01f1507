/* The dictionary of columns: names of roles, and words of cells. */

#include "records/columns_parts.h"

#include "base/arena.h"
#include "base/embed.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "codec/yaml.h"

#include "columns_data.h"

enum {
    WHOLE_DIGITS = 15,
    HUNDREDTHS_DIGITS = 2,
    PART_LETTERS = 4, /* of ASCII: shorter words are parts of too many names */
    PART_BYTES = 6,   /* two Chinese characters */
    FULL_WIDTH_FIRST = 0xff01,
    FULL_WIDTH_LAST = 0xff5e,
    FULL_WIDTH_ASCII = 0xfee0, /* how far it is from there to ASCII */
    IDEOGRAPHIC_SPACE = 0x3000,
};

/* Folded words, and as they are written. */
struct word_list {
    str *folded;
    str *shown;
    size_t n;
};

struct role_names {
    struct word_list is;
    struct word_list has;
    struct word_list not ;
};

struct column_book {
    struct role_names roles[COLUMN_ROLES];
    struct word_list units;
    struct word_list nothing; /* not folded: signs are words here */
    struct word_list yes;
    struct word_list no;
    struct word_list satisfied;
    struct word_list neutral;
    struct word_list unsatisfied;
    struct word_list complaint;
    struct word_list repair;
    struct word_list excluded;
    struct word_list open;
    struct word_list done;
};

struct role {
    str name;
    const char *text;
    enum column_want want;
};

/* clang-format off */
static const struct role roles[COLUMN_ROLES] = {
    [COLUMN_NONE]           = { S_INIT("none"),           "records.role_none",           WANT_ANY },
    [COLUMN_NUMBER]         = { S_INIT("number"),         "records.role_number",         WANT_TEXT },
    [COLUMN_OPENED]         = { S_INIT("opened"),         "records.role_opened",         WANT_MOMENT },
    [COLUMN_RECEIVED]       = { S_INIT("received"),       "records.role_received",       WANT_MOMENT },
    [COLUMN_DISPATCHED]     = { S_INIT("dispatched"),     "records.role_dispatched",     WANT_MOMENT },
    [COLUMN_ANSWERED]       = { S_INIT("answered"),       "records.role_answered",       WANT_MOMENT },
    [COLUMN_PROMISED]       = { S_INIT("promised"),       "records.role_promised",       WANT_MOMENT },
    [COLUMN_ARRIVED]        = { S_INIT("arrived"),        "records.role_arrived",        WANT_MOMENT },
    [COLUMN_RESOLVED]       = { S_INIT("resolved"),       "records.role_resolved",       WANT_MOMENT },
    [COLUMN_CLOSED]         = { S_INIT("closed"),         "records.role_closed",         WANT_MOMENT },
    [COLUMN_UPDATED]        = { S_INIT("updated"),        "records.role_updated",        WANT_MOMENT },
    [COLUMN_OUTLET]         = { S_INIT("outlet"),         "records.role_outlet",         WANT_TEXT },
    [COLUMN_REGION]         = { S_INIT("region"),         "records.role_region",         WANT_TEXT },
    [COLUMN_PRODUCT]        = { S_INIT("product"),        "records.role_product",        WANT_TEXT },
    [COLUMN_TRADE]          = { S_INIT("trade"),          "records.role_trade",          WANT_TEXT },
    [COLUMN_FAULT]          = { S_INIT("fault"),          "records.role_fault",          WANT_TEXT },
    [COLUMN_ASSET]          = { S_INIT("asset"),          "records.role_asset",          WANT_TEXT },
    [COLUMN_PERSON]         = { S_INIT("person"),         "records.role_person",         WANT_TEXT },
    [COLUMN_CUSTOMER]       = { S_INIT("customer"),       "records.role_customer",       WANT_TEXT },
    [COLUMN_PHONE]          = { S_INIT("phone"),          "records.role_phone",          WANT_PHONE },
    [COLUMN_KIND]           = { S_INIT("kind"),           "records.role_kind",           WANT_TEXT },
    [COLUMN_CHANNEL]        = { S_INIT("channel"),        "records.role_channel",        WANT_TEXT },
    [COLUMN_STATE]          = { S_INIT("state"),          "records.role_state",          WANT_TEXT },
    [COLUMN_SATISFACTION]   = { S_INIT("satisfaction"),   "records.role_satisfaction",   WANT_SCORE },
    [COLUMN_REOPENED]       = { S_INIT("reopened"),       "records.role_reopened",       WANT_COUNT },
    [COLUMN_REASSIGNED]     = { S_INIT("reassigned"),     "records.role_reassigned",     WANT_COUNT },
    [COLUMN_VISITS]         = { S_INIT("visits"),         "records.role_visits",         WANT_COUNT },
    [COLUMN_WITHIN_PROMISE] = { S_INIT("within_promise"), "records.role_within_promise", WANT_YES_NO },
    [COLUMN_FIRST_FIX]      = { S_INIT("first_fix"),      "records.role_first_fix",      WANT_YES_NO },
    [COLUMN_CALLED_BACK]    = { S_INIT("called_back"),    "records.role_called_back",    WANT_YES_NO },
    [COLUMN_CALL_REACHED]   = { S_INIT("call_reached"),   "records.role_call_reached",   WANT_YES_NO },
    [COLUMN_PART_WANTED]    = { S_INIT("part_wanted"),    "records.role_part_wanted",    WANT_PART },
    [COLUMN_PART_FILLED]    = { S_INIT("part_filled"),    "records.role_part_filled",    WANT_PART },
    [COLUMN_STOCK]          = { S_INIT("stock"),          "records.role_stock",          WANT_COUNT },
    [COLUMN_STOCK_LEAST]    = { S_INIT("stock_least"),    "records.role_stock_least",    WANT_COUNT },
    [COLUMN_PART]           = { S_INIT("part"),           "records.role_part",           WANT_TEXT },
};
/* clang-format on */

str column_role_name(enum column_role role)
{
    return roles[role].name;
}

const char *column_role_text(enum column_role role)
{
    return roles[role].text;
}

enum column_want column_role_want(enum column_role role)
{
    return roles[role].want;
}

bool column_is_moment(enum column_role role)
{
    return roles[role].want == WANT_MOMENT;
}

/* --- folding --------------------------------------------------------- */

/* Without a bracket at the end and what stands in it, unless that is all. */
static str without_bracket(str s)
{
    /* rules: allow han because these are signs and no texts */
    static const struct {
        str close;
        str open;
    } pairs[] = {
        { S_INIT(")"), S_INIT("(") },
        { S_INIT("]"), S_INIT("[") },
        { S_INIT("）"), S_INIT("（") },
        { S_INIT("】"), S_INIT("【") },
    };

    for (size_t i = 0; i < COUNT(pairs); i++) {
        size_t at = str_find(s, pairs[i].open);

        if (str_ends(s, pairs[i].close) && at > 0 && at < s.n)
            return str_first(s, at);
    }
    return s;
}

/* The letter that `c` counts as; 0: none. */
static uint32_t letter(uint32_t c)
{
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        c -= FULL_WIDTH_ASCII;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        return c;
    /* Beyond ASCII all are letters but blanks and the signs of Chinese. */
    if (c < 0xa1 || c == 0xfeff || (c >= 0x2000 && c <= 0x206f) ||
        (c >= IDEOGRAPHIC_SPACE && c <= 0x301f) || c > 0xff00)
        return 0;
    return c;
}

bool column_fold(struct arena *a, str s, str *out)
{
    char *p = arena_zero(a, s.n + 1);
    size_t n = 0;
    size_t at = 0;
    uint32_t c = 0;

    if (p == NULL)
        return false;
    s = without_bracket(str_trim(s));
    while (utf8_next(s, &at, &c)) {
        uint32_t kept = letter(c);

        if (kept != 0)
            n += utf8_write(kept, p + n);
    }
    *out = (str){ p, n };
    return true;
}

/* --- reading ----------------------------------------------------------- */

struct reader {
    struct arena *a;
    str name;
};

static err refuse(const struct reader *r, const struct yaml *y)
{
    return err_new(r->a, ERR_INVALID, "records.book", ARG_STR("name", r->name),
                   ARG_INT("line", y->line), ARG_INT("column", y->column));
}

static err read_words(const struct reader *r, const struct yaml *y,
                      struct word_list *out)
{
    if (y->kind != YAML_SEQUENCE)
        return refuse(r, y);

    struct word_list w = { .folded = arena_array(r->a, y->count, sizeof(str)),
                           .shown = arena_array(r->a, y->count, sizeof(str)) };
    TRY_MEMORY(w.folded != NULL && w.shown != NULL);
    for (const struct yaml *e = y->first; e != NULL; e = e->next) {
        if (e->kind != YAML_SCALAR)
            return refuse(r, e);
        w.shown[w.n] = e->text;
        TRY_MEMORY(column_fold(r->a, e->text, &w.folded[w.n]));
        w.n++;
    }
    *out = w;
    return OK;
}

static err read_role(const struct reader *r, const struct yaml *y,
                     struct role_names *out)
{
    if (y->kind != YAML_MAPPING)
        return refuse(r, y);
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        if (str_eq(m->key, S("is")))
            TRY(read_words(r, m, &out->is));
        else if (str_eq(m->key, S("has")))
            TRY(read_words(r, m, &out->has));
        else if (str_eq(m->key, S("not")))
            TRY(read_words(r, m, &out->not ));
        else
            return refuse(r, m);
    }
    return OK;
}

static err read_roles(const struct reader *r, const struct yaml *y,
                      struct column_book *b)
{
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        size_t role = COLUMN_NONE + 1;

        while (role < COLUMN_ROLES && !str_eq(roles[role].name, m->key))
            role++;
        if (role == COLUMN_ROLES)
            return refuse(r, m);
        TRY(read_role(r, m, &b->roles[role]));
    }
    return OK;
}

static err read_cells(const struct reader *r, const struct yaml *y,
                      struct column_book *b)
{
    const struct {
        str name;
        struct word_list *words;
    } kinds[] = {
        { S("units"), &b->units },
        { S("nothing"), &b->nothing },
        { S("yes"), &b->yes },
        { S("no"), &b->no },
        { S("satisfied"), &b->satisfied },
        { S("neutral"), &b->neutral },
        { S("unsatisfied"), &b->unsatisfied },
        { S("complaint"), &b->complaint },
        { S("repair"), &b->repair },
        { S("excluded"), &b->excluded },
        { S("open"), &b->open },
        { S("done"), &b->done },
    };

    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        size_t k = 0;

        while (k < COUNT(kinds) && !str_eq(kinds[k].name, m->key))
            k++;
        if (k == COUNT(kinds))
            return refuse(r, m);
        TRY(read_words(r, m, kinds[k].words));
    }
    return OK;
}

err column_book_read(struct arena *a, str name, str text,
                     const struct column_book **out)
{
    const struct reader r = { a, name };
    struct column_book *b = arena_zero(a, sizeof *b);
    struct yaml *root = NULL;

    TRY_MEMORY(b);
    TRY(yaml_parse(a, name, text, &root));

    const struct yaml *names = yaml_get(root, S("roles"));
    const struct yaml *cells = yaml_get(root, S("words"));
    if (root->count != 2 || names == NULL || cells == NULL ||
        names->kind != YAML_MAPPING || cells->kind != YAML_MAPPING)
        return refuse(&r, root);
    TRY(read_roles(&r, names, b));
    TRY(read_cells(&r, cells, b));
    *out = b;
    return OK;
}

err column_book_own(struct arena *a, const struct column_book **out)
{
    return column_book_read(a, S("columns.yaml"),
                            embedded_text(&columns_data[0]), out);
}

/* --- names ------------------------------------------------------------- */

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    }
    return true;
}

/* Does `name` hold `word`, which is long enough for that to mean something? */
static bool holds(str name, str word)
{
    size_t least = is_ascii(word) ? (size_t)PART_LETTERS : (size_t)PART_BYTES;

    return word.n >= least && str_contains(name, word);
}

static bool speaks_against(const struct word_list *w, str name)
{
    for (size_t i = 0; i < w->n; i++) {
        if (str_contains(name, w->folded[i]))
            return true;
    }
    return false;
}

/* The place of a word that is the whole name, or w->n. */
static size_t whole(const struct word_list *w, str name)
{
    size_t i = 0;

    while (i < w->n && !str_eq(w->folded[i], name))
        i++;
    return i;
}

/* The longer the part of the name that is known, the better; the higher a word
 * stands, too, but less. */
static int64_t part(const struct word_list *w, str name, str *word)
{
    int64_t best = 0;

    for (size_t i = 0; i < w->n; i++) {
        if (!holds(name, w->folded[i]))
            continue;

        int64_t score =
            NAME_PART - (int64_t)i + (int64_t)(w->folded[i].n * 400 / name.n);
        if (score <= best)
            continue;
        best = score;
        *word = w->shown[i];
    }
    return best;
}

int64_t column_book_match(const struct column_book *b, str folded,
                          enum column_role role, str *word)
{
    const struct role_names *names = &b->roles[role];

    if (folded.n == 0)
        return 0;

    size_t i = whole(&names->is, folded);
    if (i < names->is.n) {
        *word = names->is.shown[i];
        return NAME_WHOLE + 100 - (int64_t)i;
    }
    i = whole(&names->has, folded);
    if (i < names->has.n) {
        *word = names->has.shown[i];
        return NAME_WHOLE - (int64_t)i;
    }
    if (speaks_against(&names->not, folded))
        return 0;
    return part(&names->has, folded, word);
}

/* --- cells ------------------------------------------------------------- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Capitals of ASCII count as small letters, as in names. */
static bool same(str a, str b)
{
    size_t i = 0;

    if (a.n != b.n)
        return false;
    while (i < a.n && small(a.p[i]) == small(b.p[i]))
        i++;
    return i == a.n;
}

static bool among(const struct word_list *w, str cell)
{
    cell = str_trim(cell);
    for (size_t i = 0; i < w->n; i++) {
        if (same(w->shown[i], cell))
            return true;
    }
    return false;
}

bool column_nothing(const struct column_book *b, str cell)
{
    return str_trim(cell).n == 0 || among(&b->nothing, cell);
}

static void add_length(uint32_t out[256], char first, size_t n)
{
    out[(unsigned char)first] |= UINT32_C(1) << (n < 31 ? n : 31);
}

void column_nothing_lengths(const struct column_book *b, uint32_t out[256])
{
    memset(out, 0, 256 * sizeof *out);
    for (size_t i = 0; i < b->nothing.n; i++) {
        str word = b->nothing.shown[i];

        if (word.n == 0)
            continue;
        add_length(out, word.p[0], word.n);
        add_length(out, small(word.p[0]), word.n);
        if (word.p[0] >= 'a' && word.p[0] <= 'z')
            add_length(out, (char)(word.p[0] - 'a' + 'A'), word.n);
    }
}

bool column_yes(const struct column_book *b, str cell, bool *out)
{
    if (among(&b->yes, cell)) {
        *out = true;
        return true;
    }
    if (!among(&b->no, cell))
        return false;
    *out = false;
    return true;
}

bool column_mood(const struct column_book *b, str cell, int *out)
{
    const struct word_list *moods[] = { &b->unsatisfied, &b->neutral,
                                        &b->satisfied };

    for (int i = 0; i < (int)COUNT(moods); i++) {
        if (!among(moods[i], cell))
            continue;
        *out = i - 1;
        return true;
    }
    return false;
}

bool column_complaint(const struct column_book *b, str cell)
{
    return among(&b->complaint, cell);
}

bool column_repair(const struct column_book *b, str cell)
{
    return among(&b->repair, cell);
}

bool column_excluded(const struct column_book *b, str cell)
{
    return among(&b->excluded, cell);
}

bool column_open(const struct column_book *b, str cell)
{
    return among(&b->open, cell);
}

bool column_done(const struct column_book *b, str cell)
{
    return among(&b->done, cell);
}

/* Without a unit, and without the ".0" that spreadsheets put to numbers. */
static str bare_number(const struct column_book *b, str s)
{
    for (size_t i = 0; i < b->units.n; i++) {
        if (str_ends(s, b->units.shown[i])) {
            s = str_trim(str_first(s, s.n - b->units.shown[i].n));
            break;
        }
    }

    size_t point = str_index(s, '.');
    if (point < s.n && str_trim_end(str_from(s, point + 1), '0').n == 0)
        s = str_first(s, point);
    return s;
}

/* Digits only, as a number; false, *out untouched: others, none or too many. */
static bool digits(str s, int64_t *out)
{
    int64_t value = 0;

    if (s.n == 0 || s.n > WHOLE_DIGITS)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = value;
    return true;
}

bool column_whole(const struct column_book *b, str cell, int64_t *out)
{
    return digits(bare_number(b, str_trim(cell)), out);
}

bool column_decimal(const struct column_book *b, str cell,
                    struct column_number *out)
{
    str s = bare_number(b, str_trim(cell));
    size_t point = str_index(s, '.');
    struct column_number n = { .more = point < s.n };
    str behind = str_from(s, n.more ? point + 1 : s.n);
    int64_t fraction = 0;

    if (n.more && !digits(behind, &fraction))
        return false;
    if (!digits(str_first(s, point), &n.whole))
        return false;
    for (size_t i = 0; i < HUNDREDTHS_DIGITS; i++)
        n.hundredths =
            n.hundredths * 10 + (i < behind.n ? behind.p[i] - '0' : 0);
    *out = n;
    return true;
}
