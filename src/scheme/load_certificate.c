/*
 * load_certificate -- what stands on a certificate.
 *
 *   certificate: {number, sub_number?, title: LABEL, statement: LABEL}
 *   number:      upper-case letters, digits, "-" and {PARTS} of
 *                certificate_parts; {yy} and {serial4} are among them, because
 *                serial numbers begin anew each year
 *   sub_number:  of a site's sub-certificate, likewise; of {number}, the main
 *                one's, and {n}, the count, with "-" between them, so that no
 *                two can read the same.  "{number}-{n}" where it is left out.
 *                With every part as wide as it gets it is no longer than a
 *                number may be: else a day would come on which none is issued
 *   statement:   may hold {level} and {criterion}
 *
 * The wording names criterion and level and claims no more: no superlative, no
 * state organ, no endorsement [D1] [D4] [广告法 9]; and a service certificate
 * says that it certifies a service, and does not sound as if a management
 * system had been certified [条例 24].
 */

#include "base/size.h"
#include "scheme/parts.h"
#include "scheme/wording.h"

enum { NUMBER_MAX = 40 };

const char *const certificate_parts[] = { "body",   "yy",   "serial4",
                                          "recert", "size", NULL };

static const char *const sub_parts[] = { "number", "n", NULL };

static const char *const statement_parts[] = { "level", "criterion", NULL };

/* --- templates -------------------------------------------------------- */

static bool is_part(str name, const char *const *parts)
{
    for (size_t i = 0; parts[i] != NULL; i++) {
        if (str_eq(name, str_of(parts[i])))
            return true;
    }
    return false;
}

/* Braces come in pairs, with one of `parts` between them. */
static bool braces_hold(str s, const char *const *parts)
{
    while (str_index(s, '{') < s.n || str_index(s, '}') < s.n) {
        size_t open = str_index(s, '{');
        size_t close = str_index(s, '}');

        if (open > close || close == s.n ||
            !is_part(str_from(str_first(s, close), open + 1), parts))
            return false;
        s = str_from(s, close + 1);
    }
    return true;
}

static bool is_number_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* What stands outside the braces. */
static bool is_plain_outside(str s)
{
    bool inside = false;

    for (size_t i = 0; i < s.n; i++) {
        if (!inside && s.p[i] != '{' && !is_number_char(s.p[i]))
            return false;
        inside = s.p[i] == '{' || (inside && s.p[i] != '}');
    }
    return true;
}

static void check_number(struct reading *r, const struct yaml *y, str number)
{
    if (number.n == 0)
        return;
    if (!braces_hold(number, certificate_parts))
        PROBLEM(r, y, "scheme.number_part",
                ARG_STR("parts", reading_names(r, certificate_parts)));
    else if (!is_plain_outside(number) || number.n > NUMBER_MAX)
        PROBLEM(r, y, "scheme.number_form", ARG_INT("most", NUMBER_MAX));
    else if (!str_contains(number, S("{yy}")) ||
             !str_contains(number, S("{serial4}")))
        PROBLEM(r, y, "scheme.number_unique");
}

/* Each part once, and "-" somewhere between the two. */
static bool keeps_apart(str s)
{
    size_t number = str_find(s, S("{number}"));
    size_t count = str_find(s, S("{n}"));
    size_t first = number < count ? number : count;
    size_t second = number < count ? count : number;

    if (second == s.n || str_contains(str_from(s, number + 1), S("{number}")) ||
        str_contains(str_from(s, count + 1), S("{n}")))
        return false;
    return str_contains(str_from(str_first(s, second), first), S("-"));
}

static void check_sub_number(struct reading *r, const struct yaml *y,
                             str number)
{
    if (!braces_hold(number, sub_parts))
        PROBLEM(r, y, "scheme.number_part",
                ARG_STR("parts", reading_names(r, sub_parts)));
    else if (!is_plain_outside(number) || number.n > NUMBER_MAX)
        PROBLEM(r, y, "scheme.number_form", ARG_INT("most", NUMBER_MAX));
    else if (!keeps_apart(number))
        PROBLEM(r, y, "scheme.sub_number");
}

/* What a part of either becomes at most: a million certificates a year, ninety-
 * nine renewals, 200 sub-certificates; `main` characters of the main number. */
static size_t widest(str part, size_t main)
{
    static const struct {
        const char *part;
        size_t n;
    } rows[] = {
        { "body", 3 },   { "yy", 2 },   { "serial4", 6 },
        { "recert", 2 }, { "size", 1 }, { "n", 3 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq(part, str_of(rows[i].part)))
            return rows[i].n;
    }
    return main;
}

/* Of a template whose braces hold. */
static size_t longest(str template, size_t main)
{
    size_t n = 0;

    while (template.n > 0) {
        size_t open = str_index(template, '{');
        str rest = str_from(template, open);
        size_t close = str_index(rest, '}');

        n += open;
        if (rest.n > 0)
            n += widest(str_from(str_first(rest, close), 1), main);
        template = str_from(rest, close + 1);
    }
    return n;
}

/* A main number is shorter than its template, and has room for "-" and a count;
 * what else stands in a sub-certificate's may be too much. */
static void check_sub_length(struct reading *r, const struct yaml *y,
                             const struct certificate_rule *c)
{
    size_t n = longest(c->sub_number, longest(c->number, 0));

    if (n > NUMBER_MAX)
        PROBLEM(r, y, "scheme.number_long", ARG_INT("longest", (int64_t)n),
                ARG_INT("most", NUMBER_MAX));
}

static str read_sub_number(struct reading *r, const struct yaml *y)
{
    const struct yaml *at = yaml_get(y, S("sub_number"));
    str number = S("{number}-{n}");

    if (at == NULL)
        return number;
    number = reading_text(r, y, "sub_number");
    if (number.n > 0)
        check_sub_number(r, at, number);
    return number;
}

/* --- wording ---------------------------------------------------------- */

static void check_words(struct reading *r, const struct yaml *y,
                        const struct scheme *s, str text, enum lang l)
{
    str claim = wording_claim(text, l);

    if (claim.n > 0)
        PROBLEM(r, y, "scheme.wording", ARG_STR("word", claim));
    if (s->kind == SCHEME_SERVICE && wording_says_system(text, l))
        PROBLEM(r, y, "scheme.wording_system");
}

void check_wording(struct reading *r, const struct yaml *y,
                   const struct scheme *s, struct label l)
{
    if (r->frozen)
        return;
    check_words(r, yaml_get(y, S("zh")), s, l.zh, LANG_ZH);
    check_words(r, yaml_get(y, S("en")), s, l.en, LANG_EN);
}

/* A service certificate says so in its title. */
static void check_title(struct reading *r, const struct yaml *y,
                        const struct scheme *s, struct label title)
{
    if (r->frozen || s->kind != SCHEME_SERVICE)
        return;
    if (title.zh.n > 0 && !wording_says_service(title.zh, LANG_ZH))
        PROBLEM(r, yaml_get(y, S("zh")), "scheme.title");
    if (title.en.n > 0 && !wording_says_service(title.en, LANG_EN))
        PROBLEM(r, yaml_get(y, S("en")), "scheme.title");
}

static void check_statement(struct reading *r, const struct yaml *y,
                            struct label l)
{
    if (!braces_hold(l.zh, statement_parts))
        PROBLEM(r, yaml_get(y, S("zh")), "scheme.statement_part");
    if (!braces_hold(l.en, statement_parts))
        PROBLEM(r, yaml_get(y, S("en")), "scheme.statement_part");
}

bool load_certificate(struct reading *r, const struct yaml *root,
                      struct scheme *s)
{
    static const char *const keys[] = { "number",    "sub_number", "title",
                                        "statement", "mark",       NULL };
    size_t before = r->count;
    const struct yaml *y = reading_need(r, root, "certificate");
    struct certificate_rule *c = &s->certificate;

    if (!reading_mapping(r, y, keys))
        return false;
    c->number = reading_text(r, y, "number");
    c->sub_number = read_sub_number(r, y);
    check_number(r, yaml_get(y, S("number")), c->number);
    if (r->count == before && !r->frozen)
        check_sub_length(r, yaml_get(y, S("sub_number")), c);
    c->title = reading_label(r, y, "title");
    c->statement = reading_label(r, y, "statement");
    check_title(r, yaml_get(y, S("title")), s, c->title);
    check_wording(r, yaml_get(y, S("title")), s, c->title);
    check_wording(r, yaml_get(y, S("statement")), s, c->statement);
    check_statement(r, yaml_get(y, S("statement")), c->statement);
    load_mark(r, yaml_get(y, S("mark")), s);
    return r->count == before;
}
