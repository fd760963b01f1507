#ifndef SERVICE_REPORTING_H
#define SERVICE_REPORTING_H

/*
 * reporting -- the monthly report to the authority: made, exported, filed.
 * [M20]
 *
 *   [RT1] A report is made of the journals of every case in which something
 *         took effect in the month; whoever reads all cases may make it.
 *   [RT2] Only a reporter exports it or marks it as filed.  With problems it is
 *         exported in part, and only when that is asked for.
 *   [RT3] What was exported and filed stands in the body's stream: month, rows
 *         and salted digests, nothing of a person.
 *   [RT4] The workbook is on disk before it is recorded; one that could not be
 *         recorded is removed.
 *   [RT6] By a browser nothing is written to disk: the workbook is made again
 * of the journals whenever it is asked for, and given out only while it has the
 * digest that was recorded. [RT5] DIR/dictionary.yaml, where there is one,
 * takes the place of the dictionary in the program.
 */

#include "auth/session.h"
#include "filing/filing.h"
#include "filing/ledger.h"
#include "service/app.h"

/* The dictionary that is in force here.  ERR_INVALID "filing.dictionary" (file,
 * line, column, why). [RT5] */
err reporting_dictionary(const struct app *app, struct arena *a,
                         const struct dictionary **out);

struct reporting_wish {
    const struct session *who;
    struct month month;
    day today; /* DAY_NEVER: the clock's */
    bool partial;
};

struct reporting_made {
    const struct dictionary *dictionary;
    struct filing filing;
    day today;
    const struct body *body; /* at the end of the month, or today */
};

/* ERR_DENIED "filing.read" (login); ERR_INVALID "filing.ahead" (month);
 * ERR_CORRUPT "journal.tampered" (stream, event), "case.invariant" (invariant,
 * case). */
err reporting_make(struct app *app, struct arena *a,
                   const struct reporting_wish *wish,
                   struct reporting_made *out);

/* The workbook of what is not left out. */
err reporting_workbook(struct arena *a, const struct reporting_wish *wish,
                       const struct reporting_made *made, str *out);

/*
 * Make it, write it to `path`, unless that is empty [RT6], and record it.  *out
 * is also set when the export is refused for its problems.  ERR_DENIED
 * "filing.role" (login); ERR_REFUSED "filing.problems" (month, count); what
 * reporting_make() and file_write() say.
 */
err reporting_export(struct app *app, struct arena *a,
                     const struct reporting_wish *wish, str path,
                     struct reporting_made *out);

/* The workbook of the newest export of the month, made again [RT6].  ERR_DENIED
 * "filing.role" (login); ERR_NOT_FOUND "filing.not_exported" (month);
 * ERR_CONFLICT "filing.changed" (month) when it would hold something else now;
 * what reporting_make() says. */
err reporting_again(struct app *app, struct arena *a, const struct session *who,
                    struct month month, str *out);

/* The newest export of the month was handed in on `filed`.  ledger.h says what
 * is refused; ERR_DENIED "filing.role" (login). */
struct reporting_mark {
    const struct session *who;
    struct month month;
    day today; /* DAY_NEVER: the clock's */
    day filed;
    str receipt;
};
err reporting_mark(struct app *app, struct arena *a,
                   const struct reporting_mark *mark);

/* A month of the ledger, and how much was entered in it after its export. */
struct reporting_line {
    struct ledger_month month;
    enum month_state state;
    int64_t late; /* acts recorded since */
};

/* Every month in which something happened that is reported, or was exported,
 * rising, as struct reporting_line.  ERR_DENIED "filing.read" (login). */
err reporting_list(struct app *app, struct arena *a, const struct session *who,
                   day today, struct list *out);

#endif
