/*
 * reading_value -- single values: texts, numbers, limits, choices. [RD1]
 */

#include "scheme/reading.h"

#include "codec/utf8.h"

/* --- texts ------------------------------------------------------------ */

static bool is_one_line(str s)
{
    return s.n > 0 && str_trim(s).n == s.n && str_index(s, '\n') == s.n &&
           str_index(s, '\t') == s.n;
}

str reading_text_of(struct reading *r, const struct yaml *y)
{
    if (y == NULL)
        return S("");
    if (y->kind != YAML_SCALAR || !is_one_line(y->text)) {
        PROBLEM(r, y, "reading.text");
        return S("");
    }
    if (y->text.n > READ_TEXT_MAX) {
        PROBLEM(r, y, "reading.too_long", ARG_INT("most", READ_TEXT_MAX));
        return S("");
    }
    return y->text;
}

str reading_text(struct reading *r, const struct yaml *mapping, const char *key)
{
    return reading_text_of(r, reading_need(r, mapping, key));
}

static bool is_id(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_')
            return false;
    }
    return s.n > 0 && s.n <= READ_ID_MAX;
}

str reading_id(struct reading *r, const struct yaml *mapping, const char *key)
{
    const struct yaml *y = reading_need(r, mapping, key);

    if (y == NULL)
        return S("");
    if (y->kind == YAML_SCALAR && is_id(y->text))
        return y->text;
    PROBLEM(r, y, "reading.id", ARG_STR("key", str_of(key)),
            ARG_INT("most", READ_ID_MAX));
    return S("");
}

static bool has_chinese(str s)
{
    uint32_t c;

    for (size_t at = 0; utf8_next(s, &at, &c);) {
        if (c >= 0x2e80 && c < 0xa000) /* ideographs and their punctuation */
            return true;
    }
    return false;
}

struct label reading_label_of(struct reading *r, const struct yaml *y)
{
    static const char *const keys[] = { "zh", "en", NULL };
    struct label l = { S(""), S("") };

    if (!reading_mapping(r, y, keys))
        return l;
    l.zh = reading_text(r, y, "zh");
    l.en = reading_text(r, y, "en");
    if (has_chinese(l.en))
        PROBLEM(r, yaml_get(y, S("en")), "reading.label_en");
    return l;
}

struct label reading_label(struct reading *r, const struct yaml *mapping,
                           const char *key)
{
    return reading_label_of(r, reading_need(r, mapping, key));
}

/* --- numbers ---------------------------------------------------------- */

static int64_t scale_of(int places)
{
    int64_t scale = 1;

    for (; places > 0; places--)
        scale *= 10;
    return scale;
}

int64_t reading_decimal(struct reading *r, const struct yaml *mapping,
                        const char *key, int places, int64_t least,
                        int64_t most)
{
    const struct yaml *y = reading_need(r, mapping, key);
    int64_t scale = scale_of(places);
    int64_t n;

    if (y == NULL)
        return least;
    if (!yaml_decimal(y, places, &n)) {
        if (places == 0)
            PROBLEM(r, y, "reading.whole", ARG_STR("key", str_of(key)));
        else
            PROBLEM(r, y, "reading.decimal", ARG_STR("key", str_of(key)),
                    ARG_INT("places", places));
        return least;
    }
    if (n >= least && n <= most)
        return n;
    if (least > 0 && least < scale) /* "above 0" says it without places */
        PROBLEM(r, y, "reading.range_above", ARG_STR("key", str_of(key)),
                ARG_STR("given", y->text), ARG_INT("most", most / scale));
    else
        PROBLEM(r, y, "reading.range", ARG_STR("key", str_of(key)),
                ARG_STR("given", y->text), ARG_INT("least", least / scale),
                ARG_INT("most", most / scale));
    return least;
}

int32_t reading_int(struct reading *r, const struct yaml *mapping,
                    const char *key, int32_t least, int32_t most)
{
    return (int32_t)reading_decimal(r, mapping, key, 0, least, most);
}

struct span reading_span(struct reading *r, const struct yaml *mapping,
                         const char *key)
{
    const struct yaml *y = reading_need(r, mapping, key);
    struct span s = { 1, SPAN_MONTHS };
    int64_t bare;

    if (y == NULL)
        return s;
    if (yaml_int(y, &bare))
        PROBLEM(r, y, "reading.span_unit", ARG_STR("key", str_of(key)),
                ARG_STR("given", y->text));
    else if (y->kind != YAML_SCALAR || !span_parse(y->text, &s) || s.n == 0)
        PROBLEM(r, y, "reading.span", ARG_STR("key", str_of(key)));
    return s;
}

bool reading_bool(struct reading *r, const struct yaml *mapping,
                  const char *key, bool absent)
{
    const struct yaml *y = yaml_get(mapping, str_of(key));
    bool b = absent;

    if (y != NULL && !yaml_bool(y, &b))
        PROBLEM(r, y, "reading.bool", ARG_STR("key", str_of(key)));
    return b;
}

/* --- choices ---------------------------------------------------------- */

int reading_choice_of(struct reading *r, const struct yaml *y,
                      const char *const *names)
{
    if (y == NULL)
        return -1;
    for (int i = 0; y->kind == YAML_SCALAR && names[i] != NULL; i++) {
        if (str_eq(y->text, str_of(names[i])))
            return i;
    }
    PROBLEM(r, y, "reading.choice", ARG_STR("given", y->text),
            ARG_STR("choices", reading_names(r, names)));
    return -1;
}

int reading_choice(struct reading *r, const struct yaml *mapping,
                   const char *key, const char *const *names)
{
    return reading_choice_of(r, reading_need(r, mapping, key), names);
}
