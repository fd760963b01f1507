/* import -- the events of files of certificates. [M24] */

#include "domain/import.h"

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field chunk_fields[] = {
    F_HASH(struct import_chunk, file),
    F_INT(struct import_chunk, part, 1, INT64_MAX),
    F_INT(struct import_chunk, first, 1, INT64_MAX),
    F_INT(struct import_chunk, last, 0, INT64_MAX),
    F_INT(struct import_chunk, lines, 0, INT64_MAX),
    F_INT(struct import_chunk, read, 0, IMPORT_CHUNK),
    F_INT(struct import_chunk, known, 0, IMPORT_CHUNK),
    F_INT(struct import_chunk, refused, 0, IMPORT_CHUNK),
    F_BOOL_OPT(struct import_chunk, ended),
    F_HASH(struct import_chunk, root),
};
static const struct record import_chunk_record =
    RECORD(import_chunk, chunk_fields);

static const struct event_kind events[] = {
    { "import.chunk", 1, STREAM_IMPORT, &import_chunk_record, NULL },
};
/* clang-format on */

const struct stage_tables import_tables = {
    NULL,
    0,
    events,
    COUNT(events),
};
