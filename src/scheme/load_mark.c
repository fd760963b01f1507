/*
 * load_mark -- the mark that goes with a certificate. [M21] [17065 4.1.3]
 *
 *   mark?: {uses: [USE ..], says: [LABEL ..]}
 *   uses:  where it may be shown, of mark_use_names; each use is asked for
 *   says:  what the words beside it hold, each in either language
 *
 * Without the section the scheme has no mark.  Beside a mark on packaging
 * stands what was certified: a service, no product; `says` is not empty.
 */

#include "scheme/parts.h"

enum { SAYS_MAX = 10 };

const char *const mark_use_names[] = { "packaging", "advertising", "tender",
                                       "website",   "documents",   NULL };

void load_mark(struct reading *r, const struct yaml *y, struct scheme *s)
{
    static const char *const keys[] = { "uses", "says", NULL };
    struct mark_rule *mark = &s->certificate.mark;
    const struct yaml *list;

    if (y == NULL || !reading_mapping(r, y, keys))
        return;
    mark->uses = read_bits(r, y, "uses", mark_use_names);
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
