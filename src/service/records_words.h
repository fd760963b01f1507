#ifndef SERVICE_RECORDS_WORDS_H
#define SERVICE_RECORDS_WORDS_H

/* records_words -- how figures of service records are called: in documents for
 * programs by name (docs/kpi.md defines them), for people by the id of a text.
 */

#include "base/statistics.h"
#include "records/figures.h"
#include "records/layout.h"
#include "records/rows.h"

struct buf;

/* What a share speaks for. */
enum share_sense {
    SENSE_NONE, /* neither: coverage, rate of complaints */
    SENSE_MORE, /* more is better: a promise can be held against it */
    SENSE_LESS, /* less is better */
};

struct share_words {
    const char *name; /* "satisfied" */
    const char *id;
    enum share_sense sense;
};
const struct share_words *records_share_words(enum figure_share share);

/* "response", "outlet_month", "rise", and the id of a text; of a fault that of
 * a sentence with {count}. */
struct figure_words {
    const char *name;
    const char *id;
};
struct figure_words records_time_words(enum figure_time time);
struct figure_words records_group_words(enum figure_group group);
struct figure_words records_fault_words(enum row_fault fault);
struct figure_words records_change_words(enum rate_change change);

/* The id of a text with {satisfied}, {low} and {high}: from where on a customer
 * is satisfied. */
const char *records_scale_id(const struct figures_terms *t);

/* The id of a text: met, not met, cannot tell. */
const char *records_verdict_id(enum rate_verdict verdict);

/* Their names alone. */
const char *records_time_word(enum figure_time time);
const char *records_group_word(enum figure_group group);

/* "excluded", the id of a sentence with {count}, and that of a label. */
struct left_words {
    const char *name;
    const char *id;
    const char *label;
};
struct left_words records_left_words(enum figure_left_out why);

/* "2026-03": a month of the period that begins on `first`, from 0. */
void records_put_month(struct buf *b, day first, uint32_t month);

/* "UTF-8". */
str records_charset_name(enum layout_charset charset);

#endif
