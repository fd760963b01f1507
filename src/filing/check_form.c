/*
 * check_form -- what the characters of a value must look like, whatever they
 * mean.
 */

#include "base/size.h"
#include "codec/idcode.h"
#include "filing/check_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool digits_from(str s, size_t at, size_t n)
{
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.n || !is_digit(s.p[i]))
            return false;
    }
    return true;
}

/* --- numbers of ours -------------------------------------------------------
 */

static err check_plain(struct checking *c, str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == ' ' || (value.p[i] >= 'a' && value.p[i] <= 'z'))
            return WRONG(c, "filing.plain",
                         ARG_STR("value", check_shown(c, value)));
    }
    return OK;
}

static err check_digits(struct checking *c, str value, size_t count)
{
    if (value.n == count && digits_from(value, 0, count))
        return OK;
    return WRONG(c, "filing.wrong_digits",
                 ARG_STR("value", check_shown(c, value)),
                 ARG_INT("count", count));
}

static err check_digits3(struct checking *c, str value)
{
    return check_digits(c, value, 3);
}

static err check_digits4(struct checking *c, str value)
{
    return check_digits(c, value, 4);
}

static err check_digits6(struct checking *c, str value)
{
    return check_digits(c, value, 6);
}

static err check_hour(struct checking *c, str value)
{
    if (value.n == 2 && digits_from(value, 0, 2) &&
        str_cmp(value, S("23")) <= 0)
        return OK;
    return WRONG(c, "filing.hour", ARG_STR("value", check_shown(c, value)));
}

/* R0 and three digits, or RF0 and two; two of the branch; then ours. */
static bool is_plan_number(str s)
{
    bool foreign = str_begins(s, S("RF0"));
    bool domestic = str_begins(s, S("R0"));
    const size_t prefix = 7;

    if (s.n <= prefix || (!foreign && !domestic))
        return false;
    for (size_t i = 5; i < s.n; i++) {
        if (!is_digit(s.p[i]) && !is_upper(s.p[i]))
            return false;
    }
    return digits_from(s, foreign ? 3 : 2, foreign ? 2 : 3);
}

static err check_plan_number(struct checking *c, str value)
{
    if (is_plan_number(value))
        return OK;
    return WRONG(c, "filing.plan_number", ARG_STR("value", value));
}

/* A letter, then four digits or more. */
static err check_project(struct checking *c, str value)
{
    if (value.n >= 5 && is_upper(value.p[0]) &&
        digits_from(value, 1, value.n - 1))
        return OK;
    return WRONG(c, "filing.project", ARG_STR("value", value));
}

/* The fields of services: 22 of them. */
static err check_service_field(struct checking *c, str value)
{
    str number = str_from(value, 2);

    if (value.n == 4 && str_begins(value, S("SC")) &&
        digits_from(value, 2, 2) && str_cmp(number, S("01")) >= 0 &&
        str_cmp(number, S("22")) <= 0)
        return OK;
    return WRONG(c, "filing.service_field", ARG_STR("value", value));
}

/* --- codes of others ---------------------------------------------------------
 */

static err check_organisation(struct checking *c, str value)
{
    struct idcode x;
    char expected[2] = { 0 };

    idcode_check(value, &x);
    if ((x.kind == IDCODE_USCC || x.kind == IDCODE_ORGANISATION) &&
        idcode_may_be(&x))
        return OK; /* some codes in use break the embedded one [ID2] */
    if (x.fault != IDCODE_CHECK)
        return WRONG(c, "filing.organisation",
                     ARG_STR("value", check_shown(c, value)));
    expected[0] = x.expected;
    return WRONG(c, "filing.organisation_check",
                 ARG_STR("value", check_shown(c, value)),
                 ARG_STR("expected", str_of(expected)));
}

static err check_phone(struct checking *c, str value)
{
    struct idcode x;

    idcode_check(value, &x);
    if (x.fault == IDCODE_RIGHT &&
        (x.kind == IDCODE_MOBILE || x.kind == IDCODE_LANDLINE ||
         x.kind == IDCODE_HOTLINE))
        return OK;
    return WRONG(c, "filing.phone", ARG_STR("value", check_shown(c, value)));
}

/* [GB 11643]: 17 digits by their weights, mod 11. */
bool identity_card_right(str number)
{
    static const int weights[] = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2,
    };
    const size_t length = COUNT(weights);
    char born[DAY_TEXT] = "0000-00-00";
    int sum = 0;
    day d;

    if (number.n != length + 1 || !digits_from(number, 0, length))
        return false;
    memcpy(born, number.p + 6, 4);
    memcpy(born + 5, number.p + 10, 2);
    memcpy(born + 8, number.p + 12, 2);
    if (!day_parse(str_of(born), &d))
        return false;
    for (size_t i = 0; i < length; i++)
        sum += (number.p[i] - '0') * weights[i];
    return number.p[length] == "10X98765432"[sum % 11];
}

static err check_identity(struct checking *c, str value)
{
    int32_t kind = -1;

    if (c->row != NULL)
        kind = dictionary_column(c->sheet, S("IDENTITY_CODE"));
    if (kind < 0 || !str_eq(c->row->cells[kind], S("01")) ||
        identity_card_right(value))
        return OK;
    return WRONG(c, "filing.identity", ARG_STR("value", check_shown(c, value)));
}

/* --- teams ---- */

enum { PARTS = 4 };

/* What each part of a member is, and which particular it is made of. */
struct part {
    const char *label; /* catalogue id */
    const char *code;  /* NULL: the register has it */
};

static const struct part auditor_parts[PARTS] = {
    { "filing.part_number", "ID_CODE" },
    { "filing.part_name", NULL },
    { "filing.part_role", NULL },
    { "filing.part_phone", "PHONE" },
};

static const struct part expert_parts[PARTS] = {
    { "filing.part_name", NULL },
    { "filing.part_identity", "IDENTITY_CODE" },
    { "filing.part_number", "ID_CODE" },
    { "filing.part_phone", "PHONE" },
};

/* The member a part belongs to. */
struct member {
    str parts[PARTS];
    str name;
    str ref; /* "person:LOGIN", or empty */
};

static bool is_right(const struct part *p, str value)
{
    struct idcode x;

    if (value.n == 0)
        return false;
    if (p->code == NULL)
        return true;
    if (strcmp(p->code, "ID_CODE") == 0)
        return value.n != 18 || identity_card_right(value);
    if (strcmp(p->code, "PHONE") != 0)
        return true;
    idcode_check(value, &x);
    return x.fault == IDCODE_RIGHT && x.kind >= IDCODE_MOBILE;
}

static err check_member(struct checking *c, const struct part *parts,
                        const struct member *m)
{
    for (size_t i = 0; i < PARTS; i++) {
        const char *code = parts[i].code;

        if (is_right(&parts[i], m->parts[i]))
            continue;
        TRY(check_problem_of(c, code == NULL ? S("") : m->ref, str_of(code),
                             err_new(c->a, ERR_INVALID,
                                     m->parts[i].n == 0 ? "filing.member_lacks"
                                                        : "filing.member_wrong",
                                     ARG_STR("member", m->name),
                                     ARG_IDS("part", str_of(parts[i].label)))));
    }
    return OK;
}

static bool take_member(const struct checking *c, str text, struct member *out)
{
    for (size_t i = 0; i < PARTS; i++) {
        if (text.p == NULL)
            return false;
        out->parts[i] = check_cut(&text, c->d->between_parts);
    }
    return text.p == NULL;
}

static err check_people(struct checking *c, str value, const struct part *parts,
                        const struct list *refs)
{
    str rest = value;

    for (size_t i = 0; rest.p != NULL; i++) {
        struct member m = { 0 };
        str one = check_cut(&rest, c->d->between_values);

        if (!take_member(c, one, &m))
            return WRONG(c, "filing.members", ARG_INT("parts", PARTS));
        m.name = m.parts[parts == auditor_parts ? 1 : 0];
        if (i < refs->n)
            m.ref = ((const str *)refs->p)[i];
        TRY(check_member(c, parts, &m));
    }
    return OK;
}

static err check_team(struct checking *c, str value)
{
    return check_people(c, value, auditor_parts, &c->row->auditors);
}

static err check_experts(struct checking *c, str value)
{
    return check_people(c, value, expert_parts, &c->row->experts);
}

err check_form(struct checking *c, str value)
{
    typedef err checker(struct checking * c, str value);
    static checker *const checkers[] = {
        [FORM_FREE] = NULL,
        [FORM_PLAIN] = check_plain,
        [FORM_DIGITS3] = check_digits3,
        [FORM_DIGITS4] = check_digits4,
        [FORM_DIGITS6] = check_digits6,
        [FORM_HOUR] = check_hour,
        [FORM_ORGANISATION] = check_organisation,
        [FORM_PHONE] = check_phone,
        [FORM_IDENTITY] = check_identity,
        [FORM_PLAN_NUMBER] = check_plan_number,
        [FORM_PROJECT] = check_project,
        [FORM_SERVICE_FIELD] = check_service_field,
        [FORM_TEAM] = check_team,
        [FORM_EXPERTS] = check_experts,
    };

    return checkers[c->f->form] == NULL ? OK : checkers[c->f->form](c, value);
}
