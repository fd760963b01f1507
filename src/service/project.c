#include "service/project.h"

#include "service/lookup.h"
#include "store/certificates.h"

struct certificate_row certificate_row_of(const struct certificate *c,
                                          id enterprise, int64_t version)
{
    return (struct certificate_row){
        .number = c->number,
        .id = c->certificate,
        .of_case = c->case_id,
        .enterprise = enterprise,
        .holder = c->holder,
        .uscc = c->uscc,
        .scheme_id = c->scheme,
        .criterion = c->criterion,
        .level_id = c->level,
        .stars = (int32_t)c->stars,
        .issued = c->issued,
        .valid_from = c->from,
        .valid_until = c->until,
        .first_issued = c->first_issued,
        .status = CERTIFICATE_VALID,
        .status_since = c->from,
        .scope_zh = c->scope,
        .scope_en = c->scope_en,
        .log_index = LOG_INDEX_NONE,
        .version = version,
    };
}

err certificate_project(struct tx *tx, const struct certificate *c,
                        id enterprise, int64_t version)
{
    struct certificate_row row = certificate_row_of(c, enterprise, version);

    return certificate_put(tx, &row);
}
