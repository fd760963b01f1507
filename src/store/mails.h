#ifndef STORE_MAILS_H
#define STORE_MAILS_H

/*
 * mails -- mails on their way, and those that were.
 *
 *   [ML1] To whom a mail goes and what it says lie in a box that the store
 *         cannot open.
 *   [ML2] Whoever hands a mail over has leased it, for a time: others see it
 *         again when that has passed, so one who died does not keep it.
 *   [ML3] One that was sent or given up stays as it is.
 *
 * Kinds and troubles are the service's.  What is read lives in the arena given.
 * Instants are microseconds UTC.
 */

#include "codec/record.h"
#include "store/store.h"

enum mail_state { MAIL_WAITING, MAIL_SENT, MAIL_GIVEN_UP };

struct mail_row {
    id id;
    str kind;
    str lang; /* "zh-CN" */
    str box;  /* [ML1] */
    int64_t made;
    int64_t due;    /* not before */
    int64_t leased; /* until; 0: nobody has it */
    int32_t tries;  /* leases so far */
    enum mail_state state;
    int64_t ended; /* 0: it waits */
    int32_t trouble;
    int32_t status;
};

/* A new one, of its first five members; due at once. */
err mail_add(struct tx *tx, const struct mail_row *row);

/* ERR_NOT_FOUND "store.missing". */
err mail_get(struct tx *tx, struct arena *a, id mail, struct mail_row *out);

/* The one that waits longest of those that are due by `due` and not leased at
 * `now`; *found is false when there is none. */
err mail_next(struct tx *tx, struct arena *a, int64_t due, int64_t now,
              struct mail_row *out, bool *found);

/* [ML2] It is ours until `until`, and is tried once more; *row as it now is.
 * ERR_CONFLICT "store.changed" when somebody else took it. */
err mail_lease(struct tx *tx, struct mail_row *row, int64_t until);

/* What the last try ran into. */
struct mail_trouble {
    int32_t trouble;
    int32_t status;
};

/* Not now: again at `due`, and nobody's.  ERR_CONFLICT "store.changed" when it
 * waits no more [ML3]. */
err mail_again(struct tx *tx, id mail, int64_t due,
               const struct mail_trouble *why);

/* It was sent, or given up, and `box` stands in for what it said. */
struct mail_ending {
    enum mail_state state;
    int64_t at;
    str box;
    struct mail_trouble why;
};
err mail_end(struct tx *tx, id mail, const struct mail_ending *e);

/* struct mail_row, the newest first, before the one made at `made` with `id`
 * (INT64_MAX: from the newest), at most `limit`, 1..STORE_PAGE_MAX. */
err mail_list(struct tx *tx, struct arena *a, int64_t made, id before,
              int32_t limit, struct list *out);

#endif
