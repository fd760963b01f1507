#ifndef PAGE_PUT_H
#define PAGE_PUT_H

/*
 * put -- values as text in HTML, for the compiled templates.
 *
 * As text/text.h writes them; none holds a sign that HTML would read.
 */

#include "base/day.h"
#include "text/text.h"

#include <stdint.h>

struct buf;

void put_int(struct buf *out, int64_t n);
void put_day(struct buf *out, enum lang l, day d);
void put_money(struct buf *out, int64_t fen);
void put_score(struct buf *out, int64_t hundredths);
void put_percent(struct buf *out, int64_t basis_points);

/* The text of this id, escaped; nothing for NULL. */
void put_id(struct buf *out, enum lang l, const char *id);

#endif
