/* A text as a square code: against another's, and against the standard's own
 * words. [MX1]..[MX3] */
#include "codec/matrix.h"

#include "base/size.h"
#include "base/test.h"

#include <qrencode.h>
#include <stdio.h>
#include <string.h>

enum { DARK = 1, FORMAT = 4, NO_DATA = 128, MASKS = 8, RANDOM = 300 };

/* Level L with each of the masks, as the standard's table has it. */
static const unsigned formats[MASKS] = { 0x77c4, 0x72f3, 0x7daa, 0x789d,
                                         0x662f, 0x6318, 0x6c41, 0x6976 };

static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static bool dark(const struct matrix *m, int x, int y)
{
    return (m->rows[y] >> x & 1) != 0;
}

/* The format's bits, the last first, beside the corner at the upper left. */
static unsigned format_of(const struct matrix *m)
{
    static const int xs[] = { 8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0 };
    static const int ys[] = { 0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8 };
    unsigned bits = 0;

    for (int i = 0; i < 15; i++)
        bits |= dark(m, xs[i], ys[i]) ? 1U << i : 0;
    return bits;
}

static int mask_of(unsigned format)
{
    for (int i = 0; i < MASKS; i++) {
        if (formats[i] == format)
            return i;
    }
    return -1;
}

/* The standard's conditions, module by module. */
static bool turned(int mask, int x, int y)
{
    switch (mask) {
    case 0: return (x + y) % 2 == 0;
    case 1: return y % 2 == 0;
    case 2: return x % 3 == 0;
    case 3: return (x + y) % 3 == 0;
    case 4: return (x / 3 + y / 2) % 2 == 0;
    case 5: return x * y % 2 + x * y % 3 == 0;
    case 6: return (x * y % 2 + x * y % 3) % 2 == 0;
    default: return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/* --- against libqrencode
 * ------------------------------------------------------
 */

/* Where [MX2] divides it, looked for the long way. */
static size_t divide(const char *text, size_t n)
{
    size_t at = n;
    size_t tail;

    while (at > 0 && strchr(signs, text[at - 1]) != NULL)
        at--;
    tail = n - at;
    size_t packed = (at > 0 ? 12 + 8 * at : 0) +
                    (tail > 0 ? 13 + tail / 2 * 11 + tail % 2 * 6 : 0);
    return packed < 12 + 8 * n ? at : n;
}

static QRcode *others(const char *text, int width)
{
    size_t n = strlen(text);
    size_t at = divide(text, n);
    QRinput *in = QRinput_new2((width - 17) / 4, QR_ECLEVEL_L);

    if (at > 0)
        EXPECT(QRinput_append(in, QR_MODE_8, (int)at,
                              (const unsigned char *)text) == 0);
    if (at < n)
        EXPECT(QRinput_append(in, QR_MODE_AN, (int)(n - at),
                              (const unsigned char *)text + at) == 0);
    QRcode *code = QRcode_encodeInput(in);
    QRinput_free(in);
    return code;
}

static struct matrix matrix_of(const QRcode *c)
{
    struct matrix m = { .width = c->width };

    for (int y = 0; y < c->width; y++) {
        for (int x = 0; x < c->width; x++)
            m.rows[y] |= (uint64_t)(c->data[y * c->width + x] & DARK) << x;
    }
    return m;
}

/* Modules that differ once the masks are taken away. */
static int differences(const struct matrix *m, const QRcode *c)
{
    const struct matrix o = matrix_of(c);
    int own = mask_of(format_of(m));
    int other = mask_of(format_of(&o));
    int n = own < 0 || other < 0;

    for (int i = 0; i < c->width * c->width; i++) {
        int x = i % c->width;
        int y = i / c->width;
        bool data = (c->data[i] & NO_DATA) == 0;

        if ((c->data[i] & FORMAT) != 0)
            continue;
        n += (dark(m, x, y) ^ (data && turned(own, x, y))) !=
             (dark(&o, x, y) ^ (data && turned(other, x, y)));
    }
    return n;
}

/* --- marks against it
 * ---------------------------------------------------------
 */

/* Beyond its edge it is light. */
static bool at(const struct matrix *m, int x, int y, bool across)
{
    if (x < 0 || x >= m->width)
        return false;
    return across ? dark(m, x, y) : dark(m, y, x);
}

static int runs_in(const struct matrix *m, int y, bool across)
{
    int marks = 0;
    int run = 1;

    for (int x = 1; x <= m->width; x++) {
        if (x < m->width && at(m, x, y, across) == at(m, x - 1, y, across)) {
            run++;
            continue;
        }
        marks += run >= 5 ? run - 2 : 0;
        run = 1;
    }
    return marks;
}

static int finds_in(const struct matrix *m, int y, bool across)
{
    static const char *const looks[] = { "10111010000", "00001011101" };
    int marks = 0;

    for (int x = -4; x < m->width; x++) {
        for (size_t k = 0; k < COUNT(looks); k++) {
            int same = 0;

            while (same < 11 &&
                   at(m, x + same, y, across) == (looks[k][same] == '1'))
                same++;
            marks += same == 11 ? 40 : 0;
        }
    }
    return marks;
}

static int judge(const struct matrix *m)
{
    const int all = m->width * m->width;
    int marks = 0;
    int darks = 0;

    for (int y = 0; y < m->width; y++) {
        marks += runs_in(m, y, true) + runs_in(m, y, false) +
                 finds_in(m, y, true) + finds_in(m, y, false);
        for (int x = 0; x < m->width; x++) {
            darks += dark(m, x, y);
            if (x > 0 && y > 0 && dark(m, x, y) == dark(m, x - 1, y) &&
                dark(m, x, y) == dark(m, x, y - 1) &&
                dark(m, x, y) == dark(m, x - 1, y - 1))
                marks += 3;
        }
    }
    for (int k = 0; 20 * darks < (9 - k) * all || 20 * darks > (11 + k) * all;
         k++)
        marks += 10;
    return marks;
}

static void put(struct matrix *m, int x, int y, bool is)
{
    uint64_t bit = UINT64_C(1) << x;

    m->rows[y] = is ? m->rows[y] | bit : m->rows[y] & ~bit;
}

/* The same with another mask. */
static struct matrix with_mask(const struct matrix *m, const QRcode *c,
                               int mask)
{
    const int own = mask_of(format_of(m));
    const int w = m->width;
    struct matrix o = *m;

    for (int i = 0; i < w * w; i++) {
        int x = i % w;
        int y = i / w;

        if ((c->data[i] & NO_DATA) == 0)
            put(&o, x, y,
                dark(m, x, y) ^ turned(own, x, y) ^ turned(mask, x, y));
    }
    for (int i = 0; i < 15; i++) {
        bool is = (formats[mask] >> i & 1) != 0;

        if (i < 8) {
            put(&o, 8, i < 6 ? i : i + 1, is);
            put(&o, w - 1 - i, 8, is);
        } else {
            put(&o, i == 8 ? 7 : 14 - i, 8, is);
            put(&o, 8, w - 15 + i, is);
        }
    }
    return o;
}

/* [MX3] */
static bool is_best(const struct matrix *m, const QRcode *c)
{
    const int own = mask_of(format_of(m));
    const int marks = judge(m);

    for (int i = 0; i < MASKS; i++) {
        struct matrix o = with_mask(m, c, i);
        int others_marks = judge(&o);

        if (others_marks < marks || (others_marks == marks && i < own))
            return false;
    }
    return true;
}

static void expect_right(const char *text)
{
    struct matrix m = { .width = 21 };

    EXPECT_ROW(text, matrix_make(str_of(text), &m));
    QRcode *c = others(text, m.width);
    EXPECT_ROW(text, c != NULL && c->width == m.width);
    if (c == NULL || c->width != m.width)
        return;
    EXPECT_ROW(text, differences(&m, c) == 0);
    EXPECT_ROW(text, is_best(&m, c));
    QRcode_free(c);
}

TEST(addresses_are_coded_as_another_codes_them)
{
    static const char *const texts[] = {
        "x",
        "0",
        "HTTPS://REGISTER.EXAMPLE/C/00026SC0001R0S",
        "https://register.example/C/00026SC0001R0S",
        "http://127.0.0.1:8010/C/01226Q00001R0M",
        "https://register.example/C/00026SC0001R0S-1",
        "\xe7\xa4\xba\xe4\xbe\x8b",
        "otpauth://totp/a?secret=b",
    };

    for (size_t i = 0; i < COUNT(texts); i++)
        expect_right(texts[i]);
}

static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245 + 12345;
    return *seed >> 8;
}

/* Of every length, of either kind of sign and of both. */
TEST(texts_of_every_length_are_coded_as_another_codes_them)
{
    unsigned seed = 7;
    char text[340];

    for (int i = 0; i < RANDOM; i++) {
        size_t n = 1 + next(&seed) % 228;
        size_t bytes = i % 3 == 0 ? 0 : i % 3 == 1 ? n : next(&seed) % n;

        if (i % 3 == 0)
            n = 1 + next(&seed) % 335;
        for (size_t k = 0; k < n; k++)
            text[k] = k < bytes ? (char)(1 + next(&seed) % 255)
                                : signs[next(&seed) % 45];
        text[n] = '\0';
        expect_right(text);
    }
}

/* [MX2] */
TEST(a_code_is_as_small_as_its_text_allows)
{
    static const struct {
        size_t bytes;
        size_t signs;
        int width; /* 0: there is none */
    } rows[] = {
        { 0, 0, 21 },   { 17, 0, 21 },  { 18, 0, 25 },  { 32, 0, 25 },
        { 33, 0, 29 },  { 53, 0, 29 },  { 78, 0, 33 },  { 106, 0, 37 },
        { 134, 0, 41 }, { 154, 0, 45 }, { 192, 0, 49 }, { 230, 0, 53 },
        { 231, 0, 0 },  { 1000, 0, 0 }, { 0, 25, 21 },  { 0, 26, 25 },
        { 0, 47, 25 },  { 0, 335, 53 }, { 0, 336, 0 },  { 4, 34, 25 },
    };
    char text[1001];

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct matrix m = { .width = 0 };
        char name[60];

        memset(text, 'a', rows[i].bytes);
        memset(text + rows[i].bytes, 'A', rows[i].signs);
        (void)snprintf(name, sizeof name, "%zu and %zu", rows[i].bytes,
                       rows[i].signs);
        bool made =
            matrix_make((str){ text, rows[i].bytes + rows[i].signs }, &m);
        EXPECT_ROW(name, made == (rows[i].width > 0));
        EXPECT_ROW(name, m.width == rows[i].width);
    }
}
