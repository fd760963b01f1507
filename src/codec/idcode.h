#ifndef CODEC_IDCODE_H
#define CODEC_IDCODE_H

/*
 * idcode -- Chinese codes of organisations, and phone numbers: what a code is,
 * and whether it can be right.
 *
 *   [ID1] The unified social credit code (GB 32100-2015) has 18 characters of
 *         31 (no I, O, S, V, Z); the last is a check character mod 31.
 *   [ID2] Its places 9 to 17 are an organisation code (GB 11714-1997), whose
 *         ninth character is a check digit mod 11.  Some codes in use break
 *         this one rule, so it is reported apart.
 *   [ID3] A code that is right says nothing about whether it was ever given
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
    IDCODE_LENGTH,    /* no code we know has this form */
    IDCODE_CHARACTER, /* `at` is a character that cannot stand there */
    IDCODE_CHECK,     /* the check character should be `expected` */
    IDCODE_EMBEDDED,  /* [ID2]: place 17 should be `expected` */
};

enum { IDCODE_TEXT = 24 };

struct idcode {
    enum idcode_kind kind;
    enum idcode_fault fault;
    size_t at;              /* place of the character, from 1 */
    char expected;          /* IDCODE_CHECK, IDCODE_EMBEDDED */
    char text[IDCODE_TEXT]; /* normal form: upper case, hyphens as usual;
                               NUL-ended, empty when unknown */
};

/* Blanks at both ends do not count. */
void idcode_check(str code, struct idcode *out);

/* The check character of the first 17 characters of a USCC, or of the first 8
 * of an organisation code; '\0' when one of them cannot stand there. */
char idcode_uscc_check(str first17);
char idcode_organisation_check(str first8);

#endif
