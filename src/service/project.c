#include "service/project.h"

#include "scheme/scheme.h"
#include "service/formers.h"
#include "service/subs.h"
#include "store/certificates.h"

#include <assert.h>

static_assert(STATUS_LAST == (int)CERTIFICATE_EXPIRED);
static_assert(STARS_MOST == (int)STARS_MAX);

struct certificate_row certificate_row_of(const struct standing *s,
                                          id enterprise)
{
    const struct certificate *c = s->certificate;

    return (struct certificate_row){
        .number = c->number,
        .id = c->certificate,
        .of_case = c->case_id,
        .enterprise = enterprise,
        .holder = c->holder,
        .uscc = c->uscc,
        .scheme_id = c->scheme,
        .scheme_hash = c->scheme_hash,
        .criterion = c->criterion,
        .level_id = c->level,
        .stars = (int32_t)c->stars,
        .issued = c->issued,
        .valid_from = c->from,
        .valid_until = c->until,
        .first_issued = c->first_issued,
        .status = (int32_t)s->status,
        .status_since = s->since,
        .suspended_until = s->until,
        .scope_zh = s->scope,
        .scope_en = s->scope_en,
        .log_index = LOG_INDEX_NONE,
        .version = s->version,
    };
}

err certificate_project(struct tx *tx, const struct standing *s, id enterprise)
{
    struct certificate_row row = certificate_row_of(s, enterprise);

    TRY(certificate_put(tx, &row));
    TRY(formers_project(tx, s));
    return subs_project(tx, s);
}
