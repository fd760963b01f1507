#include "service/mark_use.h"

#include "base/buf.h"
#include "service/case_parts.h"
#include "service/lookup.h"
#include "service/typed.h"
#include "store/certificates.h"
#include "store/subs.h"

enum { NAMES_MAX = 200 };

/* The names of the colours there are, as texts. */
static err colour_ids(struct arena *a, unsigned colours, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MAX);
    for (int i = 0; mark_colour_names[i] != NULL; i++) {
        if ((colours & (1U << i)) != 0)
            buf_printf(&b, "%smark_colour.%s", buf_view(&b).n > 0 ? " " : "",
                       mark_colour_names[i]);
    }
    return buf_done(&b, out);
}

static err check_colour(struct arena *a, const struct scheme *s,
                        enum mark_colour colour)
{
    str ids;

    if ((s->certificate.mark.colours & (1U << colour)) != 0)
        return OK;
    TRY(colour_ids(a, s->certificate.mark.colours, &ids));
    return err_new(a, ERR_REFUSED, "mark.colour", ARG_LABEL("scheme", s->name),
                   ARG_IDS("colours", ids));
}

/* Sub-certificates have no mark of their own. */
static err no_mark(struct tx *tx, str number)
{
    struct sub_row sub;
    bool found;

    TRY(sub_find(tx, tx_arena(tx), number, &sub, &found));
    return found ? err_new(tx_arena(tx), ERR_REFUSED, "mark.of_sub",
                           ARG_STR("number", number), ARG_STR("main", sub.main))
                 : err_new(tx_arena(tx), ERR_NOT_FOUND, "lookup.number",
                           ARG_STR("number", number));
}

static err find_case(struct tx *tx, str typed, struct stream_row *out)
{
    struct certificate_row row;
    str number;

    TRY(typed_number(tx_arena(tx), typed, &number));
    err e = certificate_get(tx, tx_arena(tx), number, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return no_mark(tx, number);
    TRY(e);
    if (id_is_zero(row.of_case))
        return err_new(tx_arena(tx), ERR_REFUSED, "mark.elsewhere",
                       ARG_STR("number", number));
    return stream_get(tx, tx_arena(tx), row.of_case, out);
}

err mark_use_load(struct app *app, struct arena *a, const struct session *who,
                  const struct mark_use_wish *wish, struct case_file *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct case_file file = { 0 };
    struct stream_row row = { 0 };

    TRY(app_read(app, a, &tx));
    TRY(find_case(tx, wish->certificate, &row));
    /* [MU2] A stranger hears what they typed, not which case it is. */
    TRY(case_for(app, tx, &who->actor, wish->certificate, &row, &file));
    TRY(mark_check_use(a, file.state, wish->use, wish->today)); /* [MU1] */
    TRY(check_colour(a, file.state->scheme, wish->colour));
    *out = file;
    return OK;
}
