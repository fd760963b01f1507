#ifndef SERVICE_DOCUMENT_PARTS_H
#define SERVICE_DOCUMENT_PARTS_H

/*
 * document_parts -- inside the service room: what the documents of a case have
 * in common.
 */

#include "domain/names.h"
#include "service/body_known.h"
#include "service/cases.h"
#include "service/document.h"
#include "service/improve.h"
#include "service/sheet.h"

/* A document while it is being made. */
struct matter {
    struct app *app;
    struct sheet sheet;
    const struct document_wish *wish;
    const struct case_file *file;
    const struct state *state;                  /* as the case stands */
    const struct improvement_file *improvement; /* DOCUMENT_IMPROVEMENT only */
    const struct scheme *scheme;
    const struct body_history *bodies; /* whose paper it is, by its day */
};

/* The newest event of that name; NULL: none. */
const struct event *matter_newest(const struct matter *m, const char *name);

/* The case folded up to that event, it included. [DO3] */
err matter_state_at(struct matter *m, const struct event *last,
                    const struct state **out);

/* ERR_REFUSED "sheet.nothing". */
err matter_nothing(const struct matter *m);

/* Title, and the fields every document begins with.  More fields may follow. */
void matter_begin(struct matter *m, const char *title, day made);

/* The label of a level, empty for one that is none; of an indicator by its
 * number. */
str matter_level(struct matter *m, str level);
str matter_indicator(struct matter *m, str number);

/* Who it is, as the body knows them; the label of their part where they are
 * not in the register any more. */
err matter_person(struct matter *m, id person, str *out);

err document_quote(struct matter *m);
err document_contract(struct matter *m);
err document_supplement(struct matter *m);
err document_plan(struct matter *m);
err document_report(struct matter *m);
err document_nonconformity(struct matter *m);
err document_decision(struct matter *m);
err document_suspension(struct matter *m);
err document_withdrawal(struct matter *m);
err document_surveillance(struct matter *m);
err document_improvement(struct matter *m);

/* The score by part of the package, as bars; a table of its gates. */
void matter_bars(struct matter *m, const struct state *at);
void matter_gates(struct matter *m, const struct score *score);

#endif
