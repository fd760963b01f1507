/* thing_names -- what the kinds of things are called. */

#include "verify/thing.h"

const char *const thing_names[THING_KINDS] = {
    [THING_UNKNOWN] = "unknown",
    [THING_PDF] = "pdf",
    [THING_CREDENTIAL] = "credential",
    [THING_QR] = "qr",
    [THING_PROOF] = "proof",
    [THING_NUMBER] = "number",
    [THING_ADDRESS] = "address",
    [THING_LIST] = "status_list",
    [THING_KEYS] = "keys",
    [THING_SM2] = "sm2",
    [THING_HOLDER] = "holder",
    [THING_MIRROR] = "mirror",
};

const char *const thing_ids[THING_KINDS] = {
    [THING_UNKNOWN] = "verify.thing_unknown",
    [THING_PDF] = "verify.thing_pdf",
    [THING_CREDENTIAL] = "verify.thing_credential",
    [THING_QR] = "verify.thing_qr",
    [THING_PROOF] = "verify.thing_proof",
    [THING_NUMBER] = "verify.thing_number",
    [THING_ADDRESS] = "verify.thing_address",
    [THING_LIST] = "verify.thing_list",
    [THING_KEYS] = "verify.thing_keys",
    [THING_SM2] = "verify.thing_sm2",
    [THING_HOLDER] = "verify.thing_holder",
    [THING_MIRROR] = "verify.thing_mirror",
};
