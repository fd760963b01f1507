#ifndef SERVICE_RECORDS_WORDS_H
#define SERVICE_RECORDS_WORDS_H

/* records_words -- how figures of service records are called in documents for
 * programs (docs/kpi.md defines them; for people records_report.h names them),
 * and sentences on what was left out. */

#include "records/figures.h"
#include "records/layout.h"
#include "records/rows.h"

/* What a share speaks for. */
enum share_sense {
    SENSE_NONE, /* neither: coverage, rate of complaints */
    SENSE_MORE, /* more is better: a promise can be held against it */
    SENSE_LESS, /* less is better */
};

struct share_words {
    const char *name; /* "satisfied" */
    enum share_sense sense;
};
const struct share_words *records_share_words(enum figure_share share);

/* "response"; "outlet_month". */
const char *records_time_word(enum figure_time time);
const char *records_group_word(enum figure_group group);

/* "excluded", and the id of a sentence with {count}. */
struct figure_words {
    const char *name;
    const char *id;
};
struct figure_words records_left_words(enum figure_left_out why);
struct figure_words records_fault_words(enum row_fault fault);

/* "UTF-8". */
str records_charset_name(enum layout_charset charset);

#endif
