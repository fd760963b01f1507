#ifndef API_RECORDS_JSON_H
#define API_RECORDS_JSON_H

/* records_json -- inside api: files of service records that are held, as JSON,
 * and what a program says of them. */

#include "service/records_held.h"
#include "text/text.h"

struct json;

/* One without its figures; `why` it was refused is in `lang`'s words. */
err api_held_json(struct arena *a, enum lang lang, const struct held_file *f,
                  struct json **out);

/* The rows of a look. */
err api_held_rows_json(struct arena *a, const struct held_rows *rows,
                       struct json **out);

/* What screens of so many tickets say, with the lines of the rows that each has
 * drawn: SCREEN_COUNT of both.  As a note of rows to draw has it
 * (service/records_risk.h), and in `lang`'s words. */
err api_held_screens_json(struct arena *a, enum lang lang,
                          const struct records_figures *f,
                          const struct held_drawn *drawn, struct json **out);

/* What is asked anew, `said` over what was asked before.  ERR_INVALID
 * "records.sheet_field" (name, field) of a member that there is not or whose
 * value is none. */
err api_held_asked(struct arena *a, const struct sheet_asked *before,
                   const struct json *said, struct sheet_asked *out);

#endif
