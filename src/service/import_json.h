#ifndef SERVICE_IMPORT_JSON_H
#define SERVICE_IMPORT_JSON_H

/* import_json -- inside the service room: certificates as JSON lines, an object
 * a line (import_file.h). */

#include "service/import_file.h"

enum { IMPORT_JSON_KEYS = 64, IMPORT_JSON_KEY = 60 };

/* What a member's name means, remembered: the same come in every line. */
struct import_json_key {
    char name[IMPORT_JSON_KEY];
    size_t n;
    struct import_meaning meaning;
};

/* All zero but for the text to begin with. */
struct import_json {
    str rest;     /* of the piece */
    int64_t line; /* that it begins with */
    struct import_json_key keys[IMPORT_JSON_KEYS];
};

/* The next line with anything in it, as import_file_next(); what it is read
 * into is in `scratch`. */
err import_json_next(struct import_json *j, struct arena *scratch,
                     struct arena *a, struct import_line *out, bool *found);

#endif
