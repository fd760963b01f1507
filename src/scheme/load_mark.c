/*
 * load_mark -- the mark that goes with a certificate. [M21] [17065 4.1.3]
 *
 *   mark?: {uses: [USE ..], says: [LABEL ..], colours?: [COLOUR ..],
 *           least_mm?: NUMBER}
 *   uses:  where it may be shown, of mark_use_names; each use is asked for
 *   says:  what the words beside it hold, each in either language
 *   colours: those it may be drawn in, of mark_colour_names; left out: any
 *   least_mm: its least width; 20 where it is left out
 *
 * Without the section the scheme has no mark.  Beside a mark on packaging
 * stands what was certified: a service, no product; `says` is not empty.
 */

#include "scheme/parts.h"

enum { SAYS_MAX = 10, LEAST_MM = 20, LEAST_MM_MIN = 5, LEAST_MM_MAX = 200 };

const char *const mark_use_names[] = { "packaging", "advertising", "tender",
                                       "website",   "documents",   NULL };

const char *const mark_colour_names[] = { "colour", "mono", "reversed", NULL };

/* How the mark may be drawn. */
static void read_drawing(struct reading *r, const struct yaml *y,
                         struct mark_rule *mark)
{
    mark->colours = 1U << MARK_COLOUR | 1U << MARK_MONO | 1U << MARK_REVERSED;
    mark->least_mm = LEAST_MM;
    if (yaml_get(y, S("colours")) != NULL)
        mark->colours = read_bits(r, y, "colours", mark_colour_names);
    if (yaml_get(y, S("least_mm")) != NULL)
        mark->least_mm =
            reading_int(r, y, "least_mm", LEAST_MM_MIN, LEAST_MM_MAX);
}

void load_mark(struct reading *r, const struct yaml *y, struct scheme *s)
{
    static const char *const keys[] = { "uses", "says", "colours", "least_mm",
                                        NULL };
    struct mark_rule *mark = &s->certificate.mark;
    const struct yaml *list;

    if (y == NULL || !reading_mapping(r, y, keys))
        return;
    mark->uses = read_bits(r, y, "uses", mark_use_names);
    read_drawing(r, y, mark);
    list = reading_list(r, y, "says", 1, SAYS_MAX);
    if (list == NULL)
        return;

    struct label *says = reading_array(r, list->count, sizeof *says);
    if (says == NULL)
        return;
    for (y = list->first; y != NULL; y = y->next) {
        struct label l = reading_label_of(r, y);

        check_wording(r, y, s, l);
        says[mark->say_count++] = l;
    }
    mark->says = says;
}
