/* Is a table an event log? */

#include "records/columns.h"

/* How many different numbers of ten make every row a ticket of its own. */
enum { DIFFERENT = 9, OF = 10 };

static const struct column *column_of(const struct columns *c,
                                      enum column_role role)
{
    return c->place[role] < c->n ? &c->columns[c->place[role]] : NULL;
}

/* The column that tells how a ticket went on; NULL: none does. */
static const struct column *course_of(const struct columns *c)
{
    const struct column *updated = column_of(c, COLUMN_UPDATED);

    return updated != NULL ? updated : column_of(c, COLUMN_STATE);
}

static struct column_why counted(const char *id, const struct column *number)
{
    return (struct column_why){
        .id = id,
        .args = { ARG_INT("distinct", number->content.distinct),
                  ARG_INT("filled", number->content.filled) },
    };
}

static bool by_sample(const struct columns *c, struct column_why *why)
{
    const struct column *number = column_of(c, COLUMN_NUMBER);
    const struct column *course = course_of(c);

    if (number == NULL) {
        *why = (struct column_why){ .id = "records.events_no_number" };
        return false;
    }
    if (number->content.distinct * OF >= number->content.filled * DIFFERENT) {
        *why = counted("records.events_different", number);
        return false;
    }
    if (course == NULL) {
        *why = counted("records.events_no_course", number);
        return false;
    }
    *why = counted("records.events_log", number);
    why->args[2] = (struct err_arg)ARG_STR("column", course->name);
    return true;
}

bool columns_events(const struct columns *c, enum column_events said,
                    struct column_why *why)
{
    if (said == EVENTS_AUTO)
        return by_sample(c, why);
    *why = (struct column_why){ .id = "records.events_given" };
    return said == EVENTS_YES;
}
