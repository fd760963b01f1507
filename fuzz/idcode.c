/* Any bytes as a code or phone number: every member of the answer fits the
 * others, and a normal form is its own. */

#include "base/check.h"
#include "codec/idcode.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_fault(const struct idcode *x, str text)
{
    bool has_place = x->fault != IDCODE_RIGHT && x->fault != IDCODE_LENGTH;
    bool has_expected = x->fault == IDCODE_CHECK || x->fault == IDCODE_EMBEDDED;

    check((x->at > 0) == has_place && x->at <= text.n);
    check((x->expected != '\0') == has_expected);
    check(!has_expected || x->expected != text.p[x->at - 1]);
    check((x->fault == IDCODE_LENGTH) == (x->kind == IDCODE_UNKNOWN));
    check((x->kind == IDCODE_UNKNOWN) == (text.n == 0));
    check(x->fault == IDCODE_RIGHT || x->kind < IDCODE_MOBILE);
}

static void check_right(const struct idcode *x, str text)
{
    if (x->kind == IDCODE_USCC) {
        check(text.n == 18);
        check(idcode_uscc_check(str_first(text, 17)) == text.p[17]);
        check(idcode_organisation_check(str_first(str_from(text, 8), 8)) ==
              text.p[16]);
    }
    if (x->kind == IDCODE_ORGANISATION) {
        check(text.n == 10 && text.p[8] == '-');
        check(idcode_organisation_check(str_first(text, 8)) == text.p[9]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct idcode x;
    struct idcode again;

    memset(&x, 0x55, sizeof x);
    idcode_check((str){ (const char *)bytes, n }, &x);
    check(memchr(x.text, '\0', sizeof x.text) != NULL);
    str text = str_of(x.text);
    for (size_t i = 0; i < text.n; i++)
        check(text.p[i] >= 0x20 && text.p[i] < 0x7f);

    check_fault(&x, text);
    if (x.fault != IDCODE_RIGHT)
        return 0;
    check_right(&x, text);
    idcode_check(text, &again);
    check(again.kind == x.kind && again.fault == IDCODE_RIGHT);
    check(str_eq(str_of(again.text), text));
    return 0;
}
