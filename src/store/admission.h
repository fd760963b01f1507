#ifndef STORE_ADMISSION_H
#define STORE_ADMISSION_H

/*
 * admission -- what the register of people does not say: until when somebody
 * may come in, and where they get mail.  Personal data: neither stands in any
 * event.
 */

#include "store/store.h"

struct arena;

struct admission_row {
    day until; /* the last day; DAY_NEVER: it goes on */
    str mail;  /* empty: none is known */
    str lang;  /* "zh-CN", of the pages they came in by; empty: never */
};

/* { DAY_NEVER, empty, empty } when nothing was ever said. */
err admission_get(struct tx *tx, struct arena *a, id person,
                  struct admission_row *out);

/* Insert, or replace, all but the language.  ERR_CONFLICT "store.constraint"
 * when there is no such person. */
err admission_put(struct tx *tx, id person, const struct admission_row *row);

/* The language alone.  Likewise. */
err admission_speak(struct tx *tx, id person, str lang);

#endif
