/*
 * body_lists -- two lists the body keeps for everybody: the bodies that the
 * authority has approved [M10], and public money for certified enterprises
 * [M34] [D3].
 *
 *   [BO1] A list is set as a whole; the newest holds.
 *   [BO2] An approval number has its form and stands in the list once.
 *   [BO3] A subsidy names its place, the document that grants it, where that
 *         can be read, and its last day; one that is over is not entered.
 */

#include "base/size.h"
#include "domain/offers.h"
#include "domain/stages.h"

enum { BODIES_MAX = 5000, SUBSIDIES_MAX = 2000 };

#define SUBSIDY_MAX ((int64_t)AMOUNT_MAX * LINES_MAX)

/* clang-format off */
static const struct field approved_body_fields[] = {
    F_STR(struct approved_body, approval, 1, 40),
    F_STR(struct approved_body, name, 1, 200),
    F_STRS_OPT(struct approved_body, fields, 100),
};
static const struct record approved_body_record =
    RECORD(approved_body, approved_body_fields);

static const struct field approved_list_fields[] = {
    F_LIST(struct approved_list, bodies, 1, BODIES_MAX, &approved_body_record),
    F_STR(struct approved_list, source, 1, 500),
};
const struct record approved_list_record =
    RECORD(approved_list, approved_list_fields);

static const struct field subsidy_fields[] = {
    F_STR(struct subsidy, place, 2, 80),
    F_STR(struct subsidy, programme, 1, 200),
    F_UNIT(struct subsidy, amount, 1, SUBSIDY_MAX, UNIT_FEN),
    F_STR(struct subsidy, document, 1, 200),
    F_STR(struct subsidy, link, 1, 500),
    F_DAY(struct subsidy, until),
};
static const struct record subsidy_record = RECORD(subsidy, subsidy_fields);

static const struct field subsidy_list_fields[] = {
    F_LIST(struct subsidy_list, subsidies, 0, SUBSIDIES_MAX, &subsidy_record),
};
const struct record subsidy_list_record =
    RECORD(subsidy_list, subsidy_list_fields);
/* clang-format on */

static bool stands_before(const struct approved_body *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(b[i].approval, b[n].approval))
            return true;
    }
    return false;
}

/* [BO2] */
err approved_list_check(struct arena *a, const struct approved_list *list)
{
    const struct approved_body *b = list->bodies.p;

    for (size_t i = 0; i < list->bodies.n; i++) {
        if (!approval_is_form(b[i].approval))
            return err_new(a, ERR_INVALID, "register.approval",
                           ARG_STR("approval", b[i].approval));
        if (stands_before(b, i))
            return err_new(a, ERR_INVALID, "register.approval_twice",
                           ARG_STR("approval", b[i].approval));
    }
    return OK;
}

/* [BO3] */
err subsidy_list_check(struct arena *a, const struct subsidy_list *list,
                       day today)
{
    const struct subsidy *x = list->subsidies.p;

    for (size_t i = 0; i < list->subsidies.n; i++) {
        if (!str_begins(x[i].link, S("https://")) &&
            !str_begins(x[i].link, S("http://")))
            return err_new(a, ERR_INVALID, "subsidy.link",
                           ARG_STR("programme", x[i].programme));
        if (x[i].until < today)
            return err_new(a, ERR_INVALID, "subsidy.over",
                           ARG_STR("programme", x[i].programme),
                           ARG_DAY("until", x[i].until),
                           ARG_DAY("today", today));
    }
    return OK;
}
