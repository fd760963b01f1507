#ifndef SERVICE_RECORDS_RISK_H
#define SERVICE_RECORDS_RISK_H

/*
 * records_risk -- what the screens say of a file of service records, as a
 * document for the plan of samples. [M9] [M15] [M16] (docs/screens.md)
 *
 *   [RR1] It names rows by their lines and counts by whole numbers, with the
 *         base rate each was held against.  No person, no telephone and no cell
 *         is in it.
 *   [RR2] It says where to draw, and is no finding.
 *
 *     { "type": "TenstarRecordRisk", "program": "0.1.0", "made": DAY,
 *       "name": FILE, "file": { "size", "sha256" }, "tickets": N,
 *       "screens": [{ "screen", "status", "k", "n", "base_k", "base_n",
 *                     "limit", "chance", "concerned", "lines": [..] }] }
 */

#include "service/records_sheet.h"

/* The screens, with the lines of their rows to draw, one after the other, as
 * records_lines() found them: a list. */
struct json *risk_screens_json(struct arena *a,
                               const struct screen_result *results,
                               const struct records_line *lines);

/* The note, canonical.  Errors of sheet_file(). */
err risk_make(struct arena *a, const struct records_input *in,
              const struct records_figures *f, const struct records_line *lines,
              const struct sheet_maker *by, str *out);

#endif
