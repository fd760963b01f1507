#ifndef SERVICE_RECORDS_PARTS_H
#define SERVICE_RECORDS_PARTS_H

/* records_parts -- how the files of service/records*.c read one: everyone else
 * includes service/records.h. */

#include "service/records.h"

/* Who reads, as in struct pass. */
struct records_reading {
    size_t workers;
    void *const *each;
    bool (*feed)(void *mine, const struct pass_part *part);
};

size_t records_workers(const struct records_input *in);

/* All rows of the table once.  Errors of source_begin() and pass_run(). */
err records_read(struct arena *a, struct heap *h,
                 const struct records_input *in,
                 const struct records_file *file,
                 const struct records_reading *r, uint64_t *replaced);

#endif
