#include "codec/idcode.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { LETTERS = sizeof letters - 1 };

static struct idcode checked(str code)
{
    struct idcode x;

    memset(&x, 0x55, sizeof x);
    idcode_check(code, &x);
    return x;
}

/* Codes of companies as these print them on their licences and sites, and
 * the standard's own example. [ID1] [ID2] */
TEST(codes_in_use_are_right)
{
    static const str rows[] = {
        S_INIT("91330100799655058B"), S_INIT("914403001922038216"),
        S_INIT("91110108551385082Q"), S_INIT("91110000802100433B"),
        S_INIT("9144030071526726XG"), S_INIT("91350100M000100Y43"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct idcode x = checked(rows[i]);
        str organisation = str_first(str_from(rows[i], 8), 9);
        struct idcode inner = checked(organisation);

        EXPECT_ROW(rows[i].p, x.kind == IDCODE_USCC);
        EXPECT_ROW(rows[i].p, x.fault == IDCODE_RIGHT);
        EXPECT_ROW(rows[i].p, x.at == 0 && x.expected == '\0');
        EXPECT_ROW_STR(rows[i].p, str_of(x.text), rows[i]);
        EXPECT_ROW(rows[i].p, inner.kind == IDCODE_ORGANISATION);
        EXPECT_ROW(rows[i].p, inner.fault == IDCODE_RIGHT);
        EXPECT_ROW(rows[i].p,
                   idcode_uscc_check(str_first(rows[i], 17)) == rows[i].p[17]);
        EXPECT_ROW(rows[i].p,
                   idcode_organisation_check(str_first(organisation, 8)) ==
                       organisation.p[8]);
    }
}

TEST(a_wrong_code_says_which_rule_it_breaks)
{
    static const struct {
        const char *name;
        str code;
        enum idcode_kind kind;
        enum idcode_fault fault;
        size_t at;
        char expected;
    } rows[] = {
        { "Z is no letter of it", S_INIT("91350100M000100Y4Z"), IDCODE_USCC,
          IDCODE_CHARACTER, 18, 0 },
        { "I for 1", S_INIT("9I330100799655058B"), IDCODE_USCC,
          IDCODE_CHARACTER, 2, 0 },
        { "O for 0", S_INIT("91330100799655O58B"), IDCODE_USCC,
          IDCODE_CHARACTER, 15, 0 },
        { "S for 5", S_INIT("9133010079965S058B"), IDCODE_USCC,
          IDCODE_CHARACTER, 14, 0 },
        { "V", S_INIT("9133010079965V058B"), IDCODE_USCC, IDCODE_CHARACTER, 14,
          0 },
        { "letter in the division code", S_INIT("9133A100799655058B"),
          IDCODE_USCC, IDCODE_CHARACTER, 5, 0 },
        { "a dot", S_INIT("91330100.99655058B"), IDCODE_USCC, IDCODE_CHARACTER,
          9, 0 },
        { "wrong check character", S_INIT("91330100799655058C"), IDCODE_USCC,
          IDCODE_CHECK, 18, 'B' },
        { "two digits exchanged", S_INIT("91330100796955058B"), IDCODE_USCC,
          IDCODE_CHECK, 18, 'G' },
        { "wrong organisation code within", S_INIT("91330100799655059E"),
          IDCODE_USCC, IDCODE_EMBEDDED, 17, '8' },
        { "organisation code", S_INIT("79965505-7"), IDCODE_ORGANISATION,
          IDCODE_CHECK, 10, '8' },
        { "organisation code without hyphen", S_INIT("799655057"),
          IDCODE_ORGANISATION, IDCODE_CHECK, 10, '8' },
        { "sign in an organisation code", S_INIT("7996*505-8"),
          IDCODE_ORGANISATION, IDCODE_CHARACTER, 5, 0 },
        { "letter for its check digit", S_INIT("79965505-B"),
          IDCODE_ORGANISATION, IDCODE_CHECK, 10, '8' },
        { "too short", S_INIT("91330100799655058"), IDCODE_UNKNOWN,
          IDCODE_LENGTH, 0, 0 },
        { "too long", S_INIT("91330100799655058B1"), IDCODE_UNKNOWN,
          IDCODE_LENGTH, 0, 0 },
        { "far too long", S_INIT("91330100799655058B91330100799655058B"),
          IDCODE_UNKNOWN, IDCODE_LENGTH, 0, 0 },
        { "nothing", S_INIT(""), IDCODE_UNKNOWN, IDCODE_LENGTH, 0, 0 },
        { "blanks", S_INIT(" \t"), IDCODE_UNKNOWN, IDCODE_LENGTH, 0, 0 },
        { "NUL", S_INIT("91330100799655058\0"), IDCODE_UNKNOWN, IDCODE_LENGTH,
          0, 0 },
        { "no text",
          S_INIT("9133010079965505\xff"
                 "B"),
          IDCODE_UNKNOWN, IDCODE_LENGTH, 0, 0 },
        { "Chinese", S_INIT("一二三四五六七八九十一二三四五六七八"),
          IDCODE_UNKNOWN, IDCODE_LENGTH, 0, 0 },
        { "hyphen elsewhere", S_INIT("7996550-58"), IDCODE_UNKNOWN,
          IDCODE_LENGTH, 0, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct idcode x = checked(rows[i].code);

        EXPECT_ROW(rows[i].name, x.kind == rows[i].kind);
        EXPECT_ROW(rows[i].name, x.fault == rows[i].fault);
        EXPECT_ROW(rows[i].name, x.at == rows[i].at);
        EXPECT_ROW(rows[i].name, x.expected == rows[i].expected);
        EXPECT_ROW(rows[i].name,
                   (x.text[0] == '\0') == (x.kind == IDCODE_UNKNOWN));
    }
}

/* [ID2] */
TEST(only_a_wrong_organisation_code_within_leaves_a_code_that_may_be_somebodys)
{
    static const struct {
        const char *name;
        str code;
        bool may_be;
    } rows[] = {
        { "right", S_INIT("91330100799655058B"), true },
        { "wrong within", S_INIT("91330100799655059E"), true },
        { "wrong within and at its end", S_INIT("91330100799655059F"), false },
        { "wrong check character", S_INIT("91330100799655058C"), false },
        { "a letter no code has", S_INIT("9I330100799655058B"), false },
        { "an organisation code by itself", S_INIT("79965505-7"), false },
        { "too short", S_INIT("9133010079965505"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct idcode x = checked(rows[i].code);

        EXPECT_ROW(rows[i].name, idcode_may_be(&x) == rows[i].may_be);
    }
}

/* [ID3] [ID4] */
TEST(what_is_right_has_one_normal_form)
{
    static const struct {
        str code;
        enum idcode_kind kind;
        str text;
    } rows[] = {
        { S_INIT(" 91330100799655058b\n"), IDCODE_USCC,
          S_INIT("91330100799655058B") },
        { S_INIT("９１３３０１００７９９６５５０５８Ｂ"), IDCODE_USCC,
          S_INIT("91330100799655058B") },
        { S_INIT("　９１３３０１００７９９６５５０５８ｂ　"), IDCODE_USCC,
          S_INIT("91330100799655058B") },
        { S_INIT("799655058"), IDCODE_ORGANISATION, S_INIT("79965505-8") },
        { S_INIT("79965505-8"), IDCODE_ORGANISATION, S_INIT("79965505-8") },
        { S_INIT("7152672６－x"), IDCODE_ORGANISATION, S_INIT("71526726-X") },
        { S_INIT("m000100y4"), IDCODE_ORGANISATION, S_INIT("M000100Y-4") },
        { S_INIT("13800138000"), IDCODE_MOBILE, S_INIT("13800138000") },
        { S_INIT("19999999999"), IDCODE_MOBILE, S_INIT("19999999999") },
        { S_INIT("+8613800138000"), IDCODE_MOBILE, S_INIT("13800138000") },
        { S_INIT("+86 13800138000"), IDCODE_MOBILE, S_INIT("13800138000") },
        { S_INIT("+86-13800138000"), IDCODE_MOBILE, S_INIT("13800138000") },
        { S_INIT("＋８６１３８００１３８０００"), IDCODE_MOBILE,
          S_INIT("13800138000") },
        { S_INIT("01012345678"), IDCODE_LANDLINE, S_INIT("010-12345678") },
        { S_INIT("010-12345678"), IDCODE_LANDLINE, S_INIT("010-12345678") },
        { S_INIT("0211234567"), IDCODE_LANDLINE, S_INIT("021-1234567") },
        { S_INIT("057112345678"), IDCODE_LANDLINE, S_INIT("0571-12345678") },
        { S_INIT("0571-1234567"), IDCODE_LANDLINE, S_INIT("0571-1234567") },
        { S_INIT("+86 571-1234567"), IDCODE_LANDLINE, S_INIT("0571-1234567") },
        { S_INIT("+861012345678"), IDCODE_LANDLINE, S_INIT("010-12345678") },
        { S_INIT("4001234567"), IDCODE_HOTLINE, S_INIT("400-123-4567") },
        { S_INIT("400-1234567"), IDCODE_HOTLINE, S_INIT("400-123-4567") },
        { S_INIT("400123-4567"), IDCODE_HOTLINE, S_INIT("400-123-4567") },
        { S_INIT("800-123-4567"), IDCODE_HOTLINE, S_INIT("800-123-4567") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct idcode x = checked(rows[i].code);
        struct idcode again = checked(str_of(x.text));

        EXPECT_ROW(rows[i].code.p, x.kind == rows[i].kind);
        EXPECT_ROW(rows[i].code.p, x.fault == IDCODE_RIGHT);
        EXPECT_ROW(rows[i].code.p, x.at == 0 && x.expected == '\0');
        EXPECT_ROW_STR(rows[i].code.p, str_of(x.text), rows[i].text);
        EXPECT_ROW(rows[i].code.p, again.kind == x.kind);
        EXPECT_ROW_STR(rows[i].code.p, str_of(again.text), rows[i].text);
    }
}

/* [ID3] */
TEST(numbers_that_no_phone_has_are_unknown)
{
    static const str rows[] = {
        S_INIT("12800138000"),     /* 12 is no mobile prefix */
        S_INIT("1380013800"),      /* ten digits */
        S_INIT("138001380000"),    /* twelve */
        S_INIT("138-0013-8000"),   /* hyphens are not usual in one */
        S_INIT("+8612800138000"),  /* as above, abroad */
        S_INIT("+86"),             /* and nothing */
        S_INIT("+86-"),            /* likewise */
        S_INIT("010-123456"),      /* six digits */
        S_INIT("010-123456789"),   /* nine */
        S_INIT("010--12345678"),   /* two hyphens */
        S_INIT("0101-2345678"),    /* behind the wrong digit */
        S_INIT("057-112345678"),   /* likewise */
        S_INIT("0571-1234-5678"),  /* one too many */
        S_INIT("0121-2345678"),    /* 01 is only of 010 */
        S_INIT("00861012345678"),  /* as dialled from abroad */
        S_INIT("010-12345678-"),   /* a hyphen at the end */
        S_INIT("401-123-4567"),    /* 401 is none */
        S_INIT("400-123-456"),     /* a digit is missing */
        S_INIT("400-1234-567"),    /* behind the wrong digit */
        S_INIT("400-123-45678"),   /* a digit too many */
        S_INIT("+86400-123-4567"), /* not to be dialled from abroad */
        S_INIT("-4001234567"),     /* a hyphen at the start */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct idcode x = checked(rows[i]);

        EXPECT_ROW(rows[i].p, x.kind == IDCODE_UNKNOWN);
        EXPECT_ROW(rows[i].p, x.fault == IDCODE_LENGTH);
        EXPECT_ROW(rows[i].p, x.text[0] == '\0');
    }
}

TEST(what_cannot_stand_in_a_code_has_no_check_character)
{
    EXPECT(idcode_uscc_check(S("9133010079965505")) == '\0');
    EXPECT(idcode_uscc_check(S("91330100799655058B")) == '\0');
    EXPECT(idcode_uscc_check(S("9133010079965505b")) == '\0');
    EXPECT(idcode_uscc_check(S("9133010079965505O")) == '\0');
    EXPECT(idcode_uscc_check(S("91330100\0"
                               "99655058")) == '\0');
    EXPECT(idcode_uscc_check(S("91A30100799655058")) == '\0');
    EXPECT(idcode_organisation_check(S("7996550")) == '\0');
    EXPECT(idcode_organisation_check(S("799655058")) == '\0');
    EXPECT(idcode_organisation_check(S("79965b05")) == '\0');
    EXPECT(idcode_organisation_check(S("79965 05")) == '\0');
}

/* GB 11714 writes 10 as X and 11 as 0. */
TEST(every_check_digit_of_organisations_occurs)
{
    char seen[] = "00000000000";
    static const char digits[] = "0123456789X";

    for (int i = 0; i < 200; i++) {
        char code[12];

        (void)snprintf(code, sizeof code, "%08d", i);
        char check = idcode_organisation_check((str){ code, 8 });
        const char *at = strchr(digits, check);
        EXPECT(at != NULL && check != '\0');
        if (at != NULL)
            seen[at - digits] = '1';
    }
    EXPECT_STR(str_of(seen), S("11111111111"));
    EXPECT(idcode_organisation_check(S("00000000")) == '0');
}

/* A right code, invented: letters anywhere but in the division code. */
static void invent(struct test_random *r, char out[static 19])
{
    for (size_t i = 0; i < 17; i++)
        out[i] = letters[test_random_below(r, i >= 2 && i < 8 ? 10 : LETTERS)];
    out[16] = idcode_organisation_check((str){ out + 8, 8 });
    out[17] = idcode_uscc_check((str){ out, 17 });
    out[18] = '\0';
}

/* [ID1] [property] At no place can one character be another unnoticed. */
TEST(every_single_wrong_character_of_a_uscc_is_found)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 100; round++) {
        char code[19];

        invent(&r, code);
        EXPECT_ROW(code, checked(str_of(code)).fault == IDCODE_RIGHT);
        for (size_t i = 0; i < 18; i++) {
            char was = code[i];

            for (size_t k = 0; k < LETTERS; k++) {
                code[i] = letters[k];
                struct idcode x = checked(str_of(code));
                EXPECT_ROW(code, x.kind == IDCODE_USCC);
                EXPECT_ROW(code,
                           (x.fault == IDCODE_RIGHT) == (letters[k] == was));
            }
            code[i] = was;
        }
    }
}

/* [ID1] [property] Nor can two neighbours change places. */
TEST(every_exchange_of_neighbours_in_a_uscc_is_found)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 1000; round++) {
        char code[19];

        invent(&r, code);
        for (size_t i = 0; i + 1 < 18; i++) {
            char other[19];

            memcpy(other, code, sizeof other);
            other[i] = code[i + 1];
            other[i + 1] = code[i];
            EXPECT_ROW(other, (checked(str_of(other)).fault == IDCODE_RIGHT) ==
                                  (code[i] == code[i + 1]));
        }
    }
}

/* [ID2] [property] Mod 11 finds a wrong digit for a digit; letters that lie
 * eleven apart, such as A and L, it cannot tell. */
TEST(every_single_wrong_digit_of_an_organisation_code_is_found)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 1000; round++) {
        char code[12];

        (void)snprintf(code, sizeof code, "%08u",
                       (unsigned)test_random_below(&r, 100000000));
        code[8] = idcode_organisation_check((str){ code, 8 });
        code[9] = '\0';
        EXPECT_ROW(code, checked(str_of(code)).kind != IDCODE_ORGANISATION ||
                             checked(str_of(code)).fault == IDCODE_RIGHT);
        for (size_t i = 0; i < 8; i++) {
            char was = code[i];

            for (int digit = 0; digit <= 9; digit++) {
                char c = (char)('0' + digit);

                code[i] = c;
                EXPECT_ROW(code, (idcode_organisation_check((str){ code, 8 }) ==
                                  code[8]) == (c == was));
            }
            code[i] = was;
        }
    }
    EXPECT(idcode_organisation_check(S("A0000000")) ==
           idcode_organisation_check(S("L0000000")));
}
