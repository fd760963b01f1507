#include "codec/zip.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#include <string.h>

static const struct zip_file some[] = {
    { S_INIT("README.en.md"), S_INIT("Read me.\n") },
    { S_INIT("manifest.json"), S_INIT("{}") },
    { S_INIT("parts/score.json"), S_INIT("") },
    { S_INIT("parts/team.json"), S_INIT("{\"leads\":1}") },
};

static str archive_of(struct arena *a)
{
    str made = S("");

    EXPECT_OK(zip_write(a, some, COUNT(some), &made));
    return made;
}

/* [ZP1] */
TEST(files_come_back_from_a_zip_as_they_were)
{
    TEST_ARENA(a, 1 << 20);
    str archive = archive_of(&a);
    struct zip z = { 0 };

    EXPECT_STR(archive, archive_of(&a));
    EXPECT_OK(zip_read(&a, archive, &z));
    EXPECT(z.n == COUNT(some));
    for (size_t i = 0; i < z.n; i++) {
        EXPECT_STR(z.files[i].name, some[i].name);
        EXPECT_STR(z.files[i].bytes, some[i].bytes);
        EXPECT(zip_find(&z, some[i].name) == &z.files[i]);
    }
    EXPECT(zip_find(&z, S("parts")) == NULL);
}

/* By hand from APPNOTE 6.3.3, 4.3.7, 4.3.12 and 4.3.16. */
TEST(a_zip_of_one_file_is_these_bytes)
{
    TEST_ARENA(a, 1 << 20);
    static const struct zip_file one = { S_INIT("a"), S_INIT("b") };
    static const char want[] =
        "PK\x03\x04\x0a\0\0\0\0\0\0\0\x21\0\xf9\xef\xbe\x71\1\0\0\0\1\0\0\0"
        "\1\0\0\0"
        "ab"
        "PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\x21\0\xf9\xef\xbe\x71\1\0\0\0"
        "\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "a"
        "PK\x05\x06\0\0\0\0\1\0\1\0\x2f\0\0\0\x20\0\0\0\0\0";
    str made = S("");

    EXPECT_OK(zip_write(&a, &one, 1, &made));
    EXPECT(str_eq(made, ((str){ want, sizeof want - 1 })));
}

/* [ZP2] Wherever a bit is turned, and wherever it is cut, it is refused. */
TEST(a_zip_that_was_altered_anywhere_is_refused)
{
    TEST_ARENA(a, 8 << 20);
    str archive = archive_of(&a);
    char *copy = arena_zero(&a, archive.n + 1);
    struct zip z;

    for (size_t i = 0; i < archive.n; i++) {
        TEST_ARENA(own, 1 << 20);

        memcpy(copy, archive.p, archive.n);
        copy[i] = (char)(copy[i] ^ 1);
        EXPECT(failed(zip_read(&own, (str){ copy, archive.n }, &z)));
        EXPECT(failed(zip_read(&own, str_first(archive, i), &z)));
    }
    memcpy(copy, archive.p, archive.n);
    EXPECT_ERR(zip_read(&a, (str){ copy, archive.n + 1 }, &z), ERR_INVALID,
               "zip.form");
}

TEST(what_is_wrong_with_a_zip_is_named)
{
    TEST_ARENA(a, 1 << 20);
    str archive = archive_of(&a);
    char *copy = arena_zero(&a, archive.n);
    const struct {
        const char *row;
        size_t at;
        const char *id;
    } rows[] = {
        { "no zip at all", 0, "zip.form" },
        { "compressed", 8, "zip.form" },
        { "of another time", 10, "zip.form" },
        { "another checksum", 14, "zip.sum" },
        { "another byte of a file", 30 + 12, "zip.sum" },
        { "another name", 30, "zip.form" },
        { "a comment at the end", archive.n - 2, "zip.form" },
    };
    struct zip z;

    for (size_t i = 0; i < COUNT(rows); i++) {
        memcpy(copy, archive.p, archive.n);
        copy[rows[i].at] = (char)(copy[rows[i].at] ^ 4);
        EXPECT_ROW_ERR(rows[i].row, zip_read(&a, (str){ copy, archive.n }, &z),
                       ERR_INVALID, rows[i].id);
    }
}

/* [ZP3] */
TEST(the_names_of_a_zip_lead_nowhere_else)
{
    static const struct {
        str name;
        const char *id; /* NULL: it is a name */
    } rows[] = {
        { S_INIT("a"), NULL },          { S_INIT("a/b-c_d.1"), NULL },
        { S_INIT("..a"), NULL },        { S_INIT(""), "zip.name" },
        { S_INIT("/a"), "zip.name" },   { S_INIT("a/"), "zip.name" },
        { S_INIT("a//b"), "zip.name" }, { S_INIT(".."), "zip.name" },
        { S_INIT("../a"), "zip.name" }, { S_INIT("a/./b"), "zip.name" },
        { S_INIT("a\\b"), "zip.name" }, { S_INIT("a b"), "zip.name" },
        { S_INIT("号"), "zip.name" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct zip_file f = { rows[i].name, S("x") };
        str made = S("");

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].name.p, zip_write(&a, &f, 1, &made));
        else
            EXPECT_ROW_ERR(rows[i].name.p, zip_write(&a, &f, 1, &made),
                           ERR_INVALID, rows[i].id);
    }
}

TEST(a_name_is_as_long_as_it_may_be_and_no_longer)
{
    TEST_ARENA(a, 1 << 20);
    char *name = arena_zero(&a, ZIP_NAME_MAX + 1);
    struct zip_file f = { { name, ZIP_NAME_MAX }, S("x") };
    str made = S("");

    memset(name, 'a', ZIP_NAME_MAX + 1);
    EXPECT_OK(zip_write(&a, &f, 1, &made));
    f.name.n++;
    EXPECT_ERR(zip_write(&a, &f, 1, &made), ERR_INVALID, "zip.name");
}

TEST(files_of_a_zip_stand_in_order_each_once)
{
    TEST_ARENA(a, 1 << 20);
    static const struct zip_file twice[] = { { S_INIT("a"), S_INIT("") },
                                             { S_INIT("a"), S_INIT("") } };
    static const struct zip_file back[] = { { S_INIT("ab"), S_INIT("") },
                                            { S_INIT("a"), S_INIT("") } };
    str made = S("");

    EXPECT_ERR(zip_write(&a, twice, 2, &made), ERR_INVALID, "zip.order");
    EXPECT_ERR(zip_write(&a, back, 2, &made), ERR_INVALID, "zip.order");
    EXPECT_OK(zip_write(&a, NULL, 0, &made));
}

TEST(a_zip_has_its_limits)
{
    TEST_ARENA(a, 32 << 20);
    static char names[ZIP_FILES_MAX + 1][6];
    struct zip_file *files = arena_array(&a, ZIP_FILES_MAX + 1, sizeof *files);
    struct zip_file large = { S("a"), { names[0], ZIP_BYTES_MAX } };
    str made = S("");

    for (int i = 0; i <= ZIP_FILES_MAX; i++) {
        for (int k = 4, rest = i; k >= 0; k--, rest /= 10)
            names[i][k] = (char)('0' + rest % 10);
        files[i] = (struct zip_file){ { names[i], 5 }, S("") };
    }
    EXPECT_OK(zip_write(&a, files, ZIP_FILES_MAX, &made));
    EXPECT_ERR(zip_write(&a, files, ZIP_FILES_MAX + 1, &made), ERR_LIMIT,
               "zip.many");
    EXPECT_ERR(zip_write(&a, &large, 1, &made), ERR_LIMIT, "zip.long");
}
