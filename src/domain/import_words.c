/* How columns and statuses are called in a catalogue, and what words of a file
 * are statuses. */

#include "domain/import.h"

#include "base/buf.h"
#include "base/size.h"
#include "text/text.h"

enum { LABELS_MAX = 1000 };

const char *const import_column_names[IMPORT_COLUMNS + 1] = {
    [IMPORT_NUMBER] = "number",       [IMPORT_HOLDER] = "holder",
    [IMPORT_USCC] = "uscc",           [IMPORT_BODY] = "body",
    [IMPORT_SCHEME] = "scheme",       [IMPORT_LEVEL] = "level",
    [IMPORT_CRITERION] = "criterion", [IMPORT_PLACE] = "place",
    [IMPORT_TRADE] = "trade",         [IMPORT_SCOPE] = "scope",
    [IMPORT_ISSUED] = "issued",       [IMPORT_FROM] = "from",
    [IMPORT_UNTIL] = "until",         [IMPORT_STATUS] = "status",
    [IMPORT_SINCE] = "since",         [IMPORT_COLUMNS] = NULL,
};

const char *const import_status_names[] = {
    [CERTIFICATE_VALID] = "valid",
    [CERTIFICATE_SUSPENDED] = "suspended",
    [CERTIFICATE_WITHDRAWN] = "withdrawn",
    [CERTIFICATE_CANCELLED] = "cancelled",
    [CERTIFICATE_EXPIRED] = "expired",
    NULL,
};

static const char *const column_labels[IMPORT_COLUMNS + 1] = {
    [IMPORT_NUMBER] = "import.column.number",
    [IMPORT_HOLDER] = "import.column.holder",
    [IMPORT_USCC] = "import.column.uscc",
    [IMPORT_BODY] = "import.column.body",
    [IMPORT_SCHEME] = "import.column.scheme",
    [IMPORT_LEVEL] = "import.column.level",
    [IMPORT_CRITERION] = "import.column.criterion",
    [IMPORT_PLACE] = "import.column.place",
    [IMPORT_TRADE] = "import.column.trade",
    [IMPORT_SCOPE] = "import.column.scope",
    [IMPORT_ISSUED] = "import.column.issued",
    [IMPORT_FROM] = "import.column.from",
    [IMPORT_UNTIL] = "import.column.until",
    [IMPORT_STATUS] = "import.column.status",
    [IMPORT_SINCE] = "import.column.since",
    [IMPORT_COLUMNS] = "import.column.row",
};

static const char *const status_words[] = {
    [CERTIFICATE_VALID] = "import.words.valid",
    [CERTIFICATE_SUSPENDED] = "import.words.suspended",
    [CERTIFICATE_WITHDRAWN] = "import.words.withdrawn",
    [CERTIFICATE_CANCELLED] = "import.words.cancelled",
    [CERTIFICATE_EXPIRED] = "import.words.expired",
};

const char *import_column_label(enum import_column c)
{
    return column_labels[c];
}

err import_labels(struct arena *a, unsigned columns, str *out)
{
    struct buf b;

    buf_init(&b, a, LABELS_MAX);
    for (unsigned c = 0; c < IMPORT_COLUMNS; c++) {
        if ((columns & 1U << c) == 0)
            continue;
        buf_str(&b, buf_view(&b).n > 0 ? S("|") : S(""));
        buf_str(&b, str_of(column_labels[c]));
    }
    return buf_done(&b, out);
}

/* --- words ------------------------------------------------------------ */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (small(a.p[i]) != small(b.p[i]))
            return false;
    }
    return true;
}

static bool is_one_of(str word, str words)
{
    while (words.n > 0) {
        if (same_word(str_cut(&words, '|'), word))
            return true;
    }
    return false;
}

/* In either language. */
static bool is_called(str word, const char *id)
{
    return is_one_of(word, text_get(LANG_ZH, id)) ||
           is_one_of(word, text_get(LANG_EN, id));
}

bool import_column_is_needed(enum import_column c)
{
    return c == IMPORT_NUMBER || c == IMPORT_HOLDER || c == IMPORT_USCC ||
           c == IMPORT_BODY || c == IMPORT_CRITERION || c == IMPORT_UNTIL;
}

bool import_status_of(str word, enum certificate_status *out)
{
    for (size_t i = 0; i < COUNT(status_words); i++) {
        if (!same_word(word, str_of(import_status_names[i])) &&
            !is_called(word, status_words[i]))
            continue;
        *out = (enum certificate_status)i;
        return true;
    }
    return false;
}
