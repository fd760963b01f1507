#ifndef VERIFY_STATUS_LIST_H
#define VERIFY_STATUS_LIST_H

/*
 * status_list -- who is suspended or revoked, one bit each (W3C Bitstring
 * Status List 1.0), as a signed credential of its own.
 *
 *   encodedList = "u" BASE64URL(GZIP(bits)); index 0 is 0x80 of the first byte.
 *
 *   [SL1] A list has at least STATUS_LIST_LEAST entries, so that asking for it
 *         does not tell whose certificate is looked at; and at most
 *         STATUS_LIST_MOST.
 *   [SL2] Two purposes: revocation, which is final, and suspension, which may
 *         be lifted.
 *   [SL3] A set bit means what the purpose says.  That a list was read well
 * says nothing about any certificate: ask for its bit. [SL4] It stands for the
 * moment `made`: what happened afterwards is in a later list.
 */

#include "verify/sealed.h"

enum { STATUS_LIST_LEAST = 131072, STATUS_LIST_MOST = 1 << 23 };

enum status_purpose { STATUS_REVOCATION, STATUS_SUSPENSION };

/* "revocation", "suspension" */
str status_purpose_text(enum status_purpose p);

struct status_list {
    struct sealed sealed;
    str address; /* of the list, its id */
    str issuer;
    enum status_purpose purpose;
    int64_t made; /* microseconds since 1970 */
    int64_t n;    /* entries */
    str bits;     /* n / 8 bytes */
};

/* Does the document say that it is one? */
bool status_list_is(const struct json *document);

/*
 * In either form.  ERR_INVALID and ERR_LIMIT as sealed_read(),
 * "status_list.field" (field) when a member is missing or is not what it should
 * be, "status_list.encoding" when encodedList is no such text,
 * "status_list.short" (entries, least) by [SL1].
 */
err status_list_read(struct arena *a, str text, struct status_list *out);

/* The same, of what was read already. */
err status_list_of(struct arena *a, const struct sealed *s,
                   struct status_list *out);

/* Is it the list that a credential names, and signed by whom it says?
 * ERR_INVALID "status_list.other" (list, expected) for another address, issuer
 * or purpose; as sealed_check(). */
err status_list_check(struct arena *a, const struct status_list *l, str address,
                      enum status_purpose purpose,
                      const struct did_document *issuer);

/* The bit of `index`.  ERR_INVALID "status_list.range" (index, entries). */
err status_list_bit(struct arena *a, const struct status_list *l, int64_t index,
                    bool *out);

/*
 * The problem type (RFC 9457) that the specification, section 3.5, has for what
 * went wrong with a list, one of
 * "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR",
 * #RANGE_ERROR, #MALFORMED_VALUE_ERROR, #STATUS_VERIFICATION_ERROR; and
 * #STATUS_RETRIEVAL_ERROR where no list could be had, ERR_IO or ERR_NOT_FOUND.
 */
str status_list_problem(err e);

#endif
