#ifndef SERVICE_TEST_TAMPER_H
#define SERVICE_TEST_TAMPER_H

/*
 * test_tamper -- somebody with a key to the store changes it by hand.
 *
 * The office of test_issue, its certificate issued; its leaf still waits for
 * the log.  Every table T has a copy kept_T while it is there.
 */

#include "service/test_issue.h"

/* EVENT_LAST + i: i events after the last of the case. */
enum { EVENT_LAST = 100000 };

/* What was done, and what comes of it. */
struct tampering {
    const char *why;
    const char *sql;
    const char *found; /* the id that check_all() says, */
    const char *where; /* with this text, NULL: any, */
    int64_t event;     /* and this event; 0: none */
    /* The ids that a command on the case, and a sequencer that read everything
     * before, are refused with; NULL: they go on. */
    const char *command;
    const char *signing;
};

/* Each on its own, and then none. */
void tamper_with_each(const struct store_place *place,
                      const struct tampering *rows, size_t n);

/* That office until the scope ends; one that cannot be made fails the test and
 * returns. */
#define TEST_TAMPER(name, place)                                               \
    scoped(tamper_end) struct issue name;                                      \
    if (!tamper_begin(&name, (place)))                                         \
    return
bool tamper_begin(struct issue *at, const struct store_place *place);
void tamper_end(struct issue *at);

/* Put back what was kept. */
void tamper_mend(struct issue *at);

#endif
