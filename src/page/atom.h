#ifndef PAGE_ATOM_H
#define PAGE_ATOM_H

/*
 * atom -- a feed in Atom (RFC 4287), as feed readers subscribe to it.
 *
 *   [AT1] The document is well-formed XML 1.0 whatever the texts hold: markup
 *         in them is text, and what XML has no character for is U+FFFD.
 *   [AT2] It has each element that RFC 4287 4.1.1 and 4.1.2 ask for: id, title,
 *         updated, and one author for all entries.
 *   [AT3] Whoever gives the same entry the same id again replaces it.
 */

#include "base/str.h"

struct buf;

struct atom_feed {
    str lang;    /* "zh-CN" */
    str id;      /* an IRI, the same for good */
    str title;   /* not empty */
    str updated; /* of its newest entry: "2026-11-24T04:00:00Z" */
    str author;  /* not empty */
    str self;    /* where it is fetched; this and others: whole addresses */
    str page;    /* the same for people */
    str older;   /* where it goes on; empty: it ends here */
};

struct atom_entry {
    str id;
    str title;
    str updated;
    str summary;
    str page;
};

/* The feed's head, entries in between, its foot.  Check buf_done()
 * afterwards. */
void atom_begin(struct buf *out, const struct atom_feed *f);
void atom_put(struct buf *out, const struct atom_entry *e);
void atom_end(struct buf *out);

#endif
