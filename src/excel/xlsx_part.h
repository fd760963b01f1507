#ifndef EXCEL_XLSX_PART_H
#define EXCEL_XLSX_PART_H

/*
 * xlsx_part -- one XML file of a workbook, unpacked and parsed by pieces.
 *
 *   [XP1] A piece of PART_PIECE bytes is in memory at a time, besides what the
 *         parser holds of an element that the piece cuts.
 *   [XP2] Nothing that the file names is fetched or expanded: a document type
 *         is refused, and with it every entity of its own.
 *   [XP3] A part has so many bytes and no more, is not unpacked to more than
 *         PART_RATIO times what it takes in the archive once it is large, and
 *         nests no deeper than PART_DEPTH.  What the archive says of its sizes
 *         is not believed: bytes are counted.
 *
 * The room's own; faces and services read workbooks by xlsx.h.
 */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct zip;
struct zip_file;

enum {
    PART_PIECE = 32 << 10,
    PART_DEPTH = 64,
    PART_RATIO = 500,
    PART_RATIO_FROM = 16 << 20, /* bytes that are not looked at so */
};

/* The archive, as all parts of a workbook are read from it. */
struct part_archive {
    struct arena *a;
    struct zip *zip;
    uint64_t size; /* bytes of the file, of which no part takes more */
    char *piece;   /* PART_PIECE bytes, of one part at a time */
};

/* Attributes of an element, without those of a namespace's declaration. */
struct part_attributes {
    const unsigned char **list; /* five pointers each, as libxml2 gives them */
    size_t n;
};

/* What becomes of a part; names are without their prefixes. */
struct part_handler {
    void (*begin)(void *to, const char *name, const struct part_attributes *at);
    void (*end)(void *to, const char *name);
    void (*text)(void *to, str text); /* in as many pieces as it pleases */
};

struct part {
    const struct part_archive *in;
    const struct part_handler *handler;
    void *to;
    str name; /* borrowed: how messages call it */
    struct zip_file *file;
    struct _xmlParserCtxt *xml;
    uint64_t packed;
    uint64_t most;
    uint64_t bytes; /* unpacked so far */
    size_t depth;
    err stopped; /* by whom it is read */
    bool enough; /* it needs no more */
};

/* Is there a part of this name? */
bool part_is_there(const struct part_archive *in, str name);

/* How many bytes a part has, by what the archive says; 0 without one. */
uint64_t part_size(const struct part_archive *in, str name);

/*
 * Begin to read part `name` of at most `most` bytes into *p, which stays where
 * it is until part_end(); a zeroed one may be ended.
 * ERR_INVALID "xlsx.no_part" (part), "xlsx.password" (part),
 * "xlsx.zip_damaged" (part); ERR_LIMIT "xlsx.big" (part, most: megabytes).
 */
err part_begin(struct part *p, const struct part_archive *in, str name,
               uint64_t most);
void part_end(struct part *p);

/* Who is told of what is read, from now on. */
void part_tell(struct part *p, const struct part_handler *handler, void *to);

/*
 * Read on by one piece; *more: there may be another one.  What a handler
 * stopped with; ERR_INVALID "xlsx.damaged" (part, line), "xlsx.zip_damaged"
 * (part), "xlsx.password" (part); ERR_LIMIT "xlsx.big" (part, most),
 * "xlsx.bomb" (part); ERR_MEMORY.
 */
err part_read(struct part *p, bool *more);

/* All of part `name`.  Errors as above. */
err part_read_all(const struct part_archive *in, str name, uint64_t most,
                  const struct part_handler *handler, void *to, struct part *p);

/* A handler ends the reading: with an error, or as it has what it wants. */
void part_stop(struct part *p, err why);
void part_enough(struct part *p);

/* The line it is at, from 1. */
int64_t part_line(const struct part *p);

/* The value of an attribute into *out; false, *out untouched, without it. */
bool part_attribute(const struct part_attributes *at, const char *name,
                    str *out);

#endif
