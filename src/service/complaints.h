#ifndef SERVICE_COMPLAINTS_H
#define SERVICE_COMPLAINTS_H

/*
 * complaints -- the register of complaints and appeals over all cases: what is
 * open first, and who answers for it. [17065 7.13]
 *
 *   [CO1] Who may look through it stands in domain/rights; of their own
 *         enterprise people find nothing ([OV1]), and it goes on after a key
 *         ([OV2]).
 *   [CO2] It is made of the journals and holds nothing of who complained.
 */

#include "service/overviews.h"

/* [CO1] */
bool complaints_open_to(const struct session *who);

struct complaint_entry {
    bool appeal;   /* else a complaint */
    int32_t about; /* enum appeal_subject, else enum complaint_about */
    str subject;   /* how its text begins */
    str case_number;
    str enterprise;
    int64_t number; /* in the case, of its kind */
    day recorded;
    str handler;    /* name of who handles it; empty: nobody yet */
    int32_t others; /* who handle it beside them */
    day ended;      /* answered, decided; DAY_NEVER: open */
    bool right;     /* justified, upheld; of what ended */
};

enum complaints_which { COMPLAINTS_ALL, COMPLAINTS_OPEN, COMPLAINTS_ENDED };

struct complaints_wish {
    enum complaints_which which;
    str after; /* what a page before said; empty: from the first */
};

/* struct complaint_entry: what is open by its first day, then what ended, the
 * newest first. */
err complaints_list(struct app *app, struct arena *a, const struct session *who,
                    const struct complaints_wish *wish, struct overview *out);

/* How many are open; 0 for who may not look. */
err complaints_count(struct app *app, struct arena *a,
                     const struct session *who, int64_t *out);

#endif
