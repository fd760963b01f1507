/*
 * reduce -- makes one small face of a large collection, at build time.
 *
 *   reduce COLLECTION INDEX OUT CHARACTERS
 *
 *   [FR1] The face keeps the characters of that set, GB2312 or GBK, and the
 *         signs a document is made of (fonts/README.md).
 *   [FR2] Its outlines call no subroutines: cairo, which can only copy those
 *         whole, otherwise puts a megabyte into every document.
 *   [FR3] The same collection gives the same bytes.
 */

#include <hb-subset.h>
#include <hb.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

struct range {
    hb_codepoint_t first;
    hb_codepoint_t last;
};

/* Latin, Greek, punctuation, arrows, signs of arithmetic, circled figures,
 * boxes and stars, Chinese punctuation, full-width forms. */
static const struct range ranges[] = {
    { 0x0020, 0x024F }, { 0x0391, 0x03C9 }, { 0x2000, 0x206F },
    { 0x2103, 0x2122 }, { 0x2190, 0x21FF }, { 0x2200, 0x22FF },
    { 0x2460, 0x2473 }, { 0x25A0, 0x2614 }, { 0x3000, 0x301F },
    { 0xFF01, 0xFF5E },
};

static void add_ranges(hb_set_t *to)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        hb_set_add_range(to, ranges[i].first, ranges[i].last);
}

/* What a pair of bytes means in that set, if anything. */
static void add_pair(hb_set_t *to, iconv_t set, int high, int low)
{
    char pair[2] = { (char)high, (char)low };
    hb_codepoint_t c = 0;
    char *in = pair;
    char *out = (char *)&c;
    size_t in_left = sizeof pair;
    size_t out_left = sizeof c;

    if (iconv(set, &in, &in_left, &out, &out_left) != (size_t)-1 &&
        in_left == 0 && out_left == 0)
        hb_set_add(to, c);
    (void)iconv(set, NULL, NULL, NULL, NULL);
}

/* [FR1] */
static int add_set(hb_set_t *to, const char *name)
{
    iconv_t set = iconv_open("UCS-4LE", name);

    if (set == (iconv_t)-1)
        return -1;
    for (int high = 0x81; high < 0xFF; high++) {
        for (int low = 0x40; low < 0xFF; low++)
            add_pair(to, set, high, low);
    }
    return iconv_close(set);
}

/* Of the features only kerning, composition and half-width punctuation: what
 * documents are set with. */
static void keep_features(hb_subset_input_t *in)
{
    hb_set_t *tags = hb_subset_input_set(in, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);

    hb_set_clear(tags);
    hb_set_add(tags, HB_TAG('k', 'e', 'r', 'n'));
    hb_set_add(tags, HB_TAG('c', 'c', 'm', 'p'));
    hb_set_add(tags, HB_TAG('h', 'a', 'l', 't'));
}

static hb_face_t *reduced(hb_face_t *whole, const char *characters)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    hb_face_t *made = NULL;

    if (in == NULL)
        return NULL;
    add_ranges(hb_subset_input_unicode_set(in));
    keep_features(in);
    /* [FR2] */
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                      HB_SUBSET_FLAGS_NO_HINTING);
    if (add_set(hb_subset_input_unicode_set(in), characters) == 0)
        made = hb_subset_or_fail(whole, in);
    hb_subset_input_destroy(in);
    return made;
}

static int write_face(hb_face_t *face, const char *path)
{
    hb_blob_t *blob = hb_face_reference_blob(face);
    unsigned n = 0;
    const char *bytes = hb_blob_get_data(blob, &n);
    FILE *out = fopen(path, "wb");
    int bad = out == NULL || fwrite(bytes, 1, n, out) != n;

    if (out != NULL && fclose(out) != 0)
        bad = 1;
    hb_blob_destroy(blob);
    return bad;
}

static int reduce(const char *collection, unsigned index, const char *out,
                  const char *characters)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(collection);
    hb_face_t *whole = NULL;
    hb_face_t *small = NULL;
    int bad = 1;

    if (blob != NULL) {
        whole = hb_face_create(blob, index);
        small = reduced(whole, characters);
    }
    if (small != NULL)
        bad = write_face(small, out);
    hb_face_destroy(small);
    hb_face_destroy(whole);
    hb_blob_destroy(blob);
    return bad;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: reduce COLLECTION INDEX OUT CHARACTERS\n");
        return 2;
    }
    if (reduce(argv[1], (unsigned)strtoul(argv[2], NULL, 10), argv[3],
               argv[4]) == 0)
        return 0;
    fprintf(stderr, "reduce: cannot make %s of %s\n", argv[3], argv[1]);
    return 1;
}
