#ifndef CODEC_IDCODE_H
#define CODEC_IDCODE_H

/*
 * idcode -- Chinese codes of organisations, and phone numbers: what a code is,
 * and whether it can be right.
 *
 *   [ID1] The unified social credit code (USCC, GB 32100-2015) has 18
 *         characters of 31 (no I, O, S, V, Z); places 3 to 8 are digits; the
 *         last is a check character mod 31, which betrays every single wrong
 *         character.
 *   [ID2] Its places 9 to 17 are an organisation code (GB 11714-1997), whose
 *         ninth character is a check digit mod 11 over digits and letters, of
 *         which A counts 10 and Z 35.  Nearly all codes keep this rule too;
 *         of some 30,000 in public registers one breaks it, and none the rule
 *         of [ID1].  So it is reported apart, and such a code may be somebody's
 *         (idcode_may_be()).
 *   [ID3] A mobile number is 1, 3 to 9 and nine digits; a landline 0, the rest
 *         of its area code (10, 2x, or three digits from 3 on) and seven or
 *         eight digits; a hotline 400 or 800 and seven digits.
 *   [ID4] Blanks at both ends, small letters, full-width forms and hyphens in
 *         their usual places make no difference, and "+86" may stand before a
 *         mobile number and, instead of the 0, before a landline.
 *   [ID5] A code that is right says nothing about whether it was ever given
 *         to anybody.
 */

#include "base/str.h"

enum idcode_kind {
    IDCODE_UNKNOWN,
    IDCODE_USCC,
    IDCODE_ORGANISATION,
    IDCODE_MOBILE,
    IDCODE_LANDLINE,
    IDCODE_HOTLINE, /* 400 and 800 numbers */
};

enum idcode_fault {
    IDCODE_RIGHT,
    IDCODE_LENGTH,    /* no code we know has this length and form */
    IDCODE_CHARACTER, /* the character at `at` cannot stand there */
    IDCODE_CHECK,     /* the check character, at `at`, should be `expected` */
    IDCODE_EMBEDDED,  /* [ID2]: place 17 should be `expected` */
};

enum { IDCODE_TEXT = 24 };

struct idcode {
    enum idcode_kind kind;
    enum idcode_fault fault;
    size_t at;              /* a place in `text`, from 1; else 0 */
    char expected;          /* IDCODE_CHECK, IDCODE_EMBEDDED; else '\0' */
    char text[IDCODE_TEXT]; /* normal form, NUL-ended: capitals, XXXXXXXX-C,
                               13800138000, 010-12345678, 400-123-4567; empty
                               when the kind is unknown */
};

/* `code` may be any bytes. */
void idcode_check(str code, struct idcode *out);

/* May it be somebody's: is it right, or wrong in [ID2] alone? */
bool idcode_may_be(const struct idcode *x);

/* The check character that belongs to the first 17 characters of a USCC, or to
 * the first 8 of an organisation code; capitals only.  '\0' when there are not
 * so many, or one of them cannot stand there. */
char idcode_uscc_check(str first17);
char idcode_organisation_check(str first8);

#endif
