#ifndef SERVICE_CHANGES_H
#define SERVICE_CHANGES_H

/*
 * changes -- what happened to which certificate, in the order of the
 * transparency log, for whoever follows the register. [M24] [17065 7.8]
 *
 *   [CG1] A change is an entry of the log about a certificate: only what its
 *         leaf shows to everybody, and whose certificate it is now.
 *   [CG2] It is told as soon as a signed checkpoint covers its entry, not
 *         before; and then for ever under the same index.  So whoever goes on
 *         from `next` each time misses nothing and is told nothing twice.
 *   [CG3] What is signed anew though nothing happened (credentials) is none.
 *   [CG4] What befalls a site's sub-certificate is told with the main one,
 *         whose number both go by.
 *   [CG5] Certificates that a file brought are told as they went in: all rows
 *         of a chunk by one change, as they are one entry of the log.  Whoever
 *         asks for a certificate or a holder is told the same entry, of those
 *         it brought him.
 */

#include "codec/record.h"
#include "service/lookup.h"

enum { CHANGES_MOST = 1000 };

/* An enum public_act, or one of these. */
enum register_act {
    REGISTER_SUB_ISSUED = ACT_COUNT,
    REGISTER_SUB_ENDED,
    REGISTER_IMPORTED, /* [CG5] */
    REGISTER_ACTS,
};

/* "issued" .. "imported"; NULL-ended. */
extern const char *const register_act_names[REGISTER_ACTS + 1];

struct register_change {
    int64_t index; /* of its entry in the log */
    str at;        /* when it was entered: "2026-11-24T04:00:00Z" */
    day on;        /* when it took effect */
    int32_t act;   /* enum public_act or enum register_act */
    str number;    /* of what it happened to; empty: several were imported */
    str main;      /* of the certificate it belongs to; empty: it is one */
    str holder;    /* as the certificate now says .. */
    str uscc;      /* .. both empty when it is not there any more, or several
                      holders' were imported */
    day until;     /* suspended: at the longest; else DAY_NEVER */
    int64_t count; /* imported: so many of whom was asked about, .. */
    int64_t first; /* .. with rows first to last of store/imported.h */
    int64_t last;
};

struct changes_asked {
    str number;  /* of one certificate, as people type it; .. */
    str uscc;    /* .. or of one holder; neither: of all */
    bool back;   /* from the newest on, not from the oldest */
    int64_t at;  /* log index: from it on; or, back, before it, where INT64_MAX
                    is the newest */
    size_t most; /* 1..CHANGES_MOST */
};

struct changes {
    struct list list; /* of struct register_change */
    int64_t next;     /* where it goes on, to be asked as `at` */
    bool more;        /* there may be some there already */
    int64_t size;     /* entries that are signed [CG2] */
    str began; /* when the log's first entry was made: what `at` is like */
};

/* ERR_NOT_FOUND "lookup.number" (number); ERR_INVALID "changes.uscc" (uscc);
 * ERR_CORRUPT "tlog.entry" (index) for a leaf that says no such thing. */
err changes_list(struct app *app, struct arena *a,
                 const struct changes_asked *asked, struct changes *out);

struct log_entry_row;

/* Inside the service room: what one entry tells, in a tx that is open; *is says
 * whether it is a change at all. */
err changes_of_entry(struct tx *tx, struct arena *a,
                     const struct log_entry_row *e, struct register_change *out,
                     bool *is);

#endif
