/*
 * credential -- that the body signed a credential of a certificate, in the
 * certificate's own stream.  How the certificate stands does not depend on it,
 * so no fold looks at it.
 */

#include "base/size.h"
#include "domain/stages.h"

enum { NUMBER_MOST = 60, SERIAL_MOST = 1000000 };

/* clang-format off */
static const struct field signed_fields[] = {
    F_STR(struct credential_signed, number, 1, NUMBER_MOST),
    F_STR(struct credential_signed, main, 1, NUMBER_MOST),
    F_INT(struct credential_signed, serial, 1, SERIAL_MOST),
    F_HASH(struct credential_signed, digest),
    F_INT(struct credential_signed, index, 0, INT64_C(1) << 40),
    F_INT(struct credential_signed, key, 1, SERIAL_MOST),
};
static const struct record credential_signed_record =
    RECORD(credential_signed, signed_fields);

static const struct event_kind events[] = {
    { "credential.signed", 1, STREAM_CERTIFICATE, &credential_signed_record, NULL },
};
/* clang-format on */

const struct stage_tables credential_tables = { NULL, 0, events,
                                                COUNT(events) };
