/*
 * load_certificate -- what stands on a certificate.
 *
 *   certificate: {number, title: LABEL, statement: LABEL}
 *   number:      upper-case letters, digits, "-" and {PARTS} of
 *                certificate_parts; {yy} and {serial4} are among them, because
 *                serial numbers begin anew each year
 *   statement:   may hold {level} and {criterion}
 *
 * The wording names criterion and level and claims no more: no superlative, no
 * state organ, no endorsement [D1] [D4] [广告法 9]; and a service certificate
 * says that it certifies a service, and does not sound as if a management
 * system had been certified [条例 24].
 */

#include "scheme/parts.h"

#include "base/size.h"

enum { NUMBER_MAX = 40 };

const char *const certificate_parts[] = { "body",   "yy",   "serial4",
                                          "recert", "size", NULL };

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

/* --- wording ---------------------------------------------------------- */

/* clang-format off */
static const str claims_zh[] = {
    S_INIT("国家级"), S_INIT("最高"), S_INIT("最佳"), S_INIT("最好"), S_INIT("最优"),
    S_INIT("顶级"), S_INIT("顶尖"), S_INIT("第一"), S_INIT("唯一"), S_INIT("极致"),
    S_INIT("权威"), S_INIT("背书"), S_INIT("国家认可"), S_INIT("国家认证"),
    S_INIT("国务院"), S_INIT("认监委"), S_INIT("总局"), S_INIT("国标委"),
    S_INIT("政府推荐"), S_INIT("免检"),
};
static const str claims_en[] = {
    S_INIT("national level"), S_INIT("state-level"), S_INIT("highest"), S_INIT("best"),
    S_INIT("supreme"), S_INIT("top-"), S_INIT("number one"), S_INIT("endorse"),
    S_INIT("authoritative"), S_INIT("recommended by"), S_INIT("state-approved"),
};
/* clang-format on */

static bool same_letter(char a, char b)
{
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
}

/* Does `s` hold `word`, which is in lower case, in whatever case? */
static bool holds_word(str s, str word)
{
    for (size_t i = 0; i + word.n <= s.n; i++) {
        size_t n = 0;

        while (n < word.n && same_letter(s.p[i + n], word.p[n]))
            n++;
        if (n == word.n)
            return true;
    }
    return false;
}

static void check_claims(struct reading *r, const struct yaml *y, str s,
                         const str *claims, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (holds_word(s, claims[i]))
            PROBLEM(r, y, "scheme.wording", ARG_STR("word", claims[i]));
    }
}

void check_wording(struct reading *r, const struct yaml *y,
                   const struct scheme *s, struct label l)
{
    const struct yaml *zh = yaml_get(y, S("zh"));
    const struct yaml *en = yaml_get(y, S("en"));

    check_claims(r, zh, l.zh, claims_zh, COUNT(claims_zh));
    check_claims(r, en, l.en, claims_en, COUNT(claims_en));
    if (s->kind != SCHEME_SERVICE)
        return;
    if (str_contains(l.zh, S("管理体系")))
        PROBLEM(r, zh, "scheme.wording_system");
    if (holds_word(l.en, S("management system")))
        PROBLEM(r, en, "scheme.wording_system");
}

/* A service certificate says so in its title. */
static void check_title(struct reading *r, const struct yaml *y,
                        const struct scheme *s, struct label title)
{
    if (s->kind != SCHEME_SERVICE || title.zh.n == 0 || title.en.n == 0)
        return;
    if (!str_contains(title.zh, S("服务认证")))
        PROBLEM(r, yaml_get(y, S("zh")), "scheme.title");
    if (!holds_word(title.en, S("service certification")))
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
    static const char *const keys[] = { "number", "title", "statement", NULL };
    size_t before = r->count;
    const struct yaml *y = reading_need(r, root, "certificate");
    struct certificate_rule *c = &s->certificate;

    if (!reading_mapping(r, y, keys))
        return false;
    c->number = reading_text(r, y, "number");
    c->title = reading_label(r, y, "title");
    c->statement = reading_label(r, y, "statement");
    check_number(r, yaml_get(y, S("number")), c->number);
    check_title(r, yaml_get(y, S("title")), s, c->title);
    check_wording(r, yaml_get(y, S("title")), s, c->title);
    check_wording(r, yaml_get(y, S("statement")), s, c->statement);
    check_statement(r, yaml_get(y, S("statement")), c->statement);
    return r->count == before;
}
