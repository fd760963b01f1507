#include "store/blob.h"

#include "base/arena.h"
#include "store/store_test_env.h"
#include "sys/files.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct hash HASH = { { 0xAB, 0xCD, 0xEF } };
#define HASH_FILE                                                              \
    "ab/cdef0000000000000000000000000000000000000000000000000000000000"

/* A place for files; both engines' tests have a folder. */
static bool new_folder(struct store_place *p, struct arena *a,
                       struct blobs *out, struct file_ops *files)
{
    str folder;
    char text[PLACE_FOLDER + 8];

    if (!store_place_new(true, p))
        return false;
    (void)snprintf(text, sizeof text, "%s/blobs", p->folder);
    EXPECT(arena_str(a, str_of(text), &folder));
    *out = (struct blobs){ .files = files, .folder = folder };
    return true;
}

TEST(a_blob_is_read_back_as_it_was_written)
{
    TEST_ARENA(a, 1 << 20);
    struct file_ops machine = FILE_SYSTEM;
    struct store_place place;
    struct blobs b;
    static const struct {
        const char *name;
        str bytes;
    } rows[] = {
        { "empty", S_INIT("") },
        { "text", S_INIT("一份文件\n") },
        { "bytes", S_INIT("\0\xFF\0") },
    };

    if (!new_folder(&place, &a, &b, &machine))
        return;
    for (uint8_t i = 0; i < 3; i++) {
        struct blob_row row = { .hash = { { i } } };
        str got = S("?");

        row.size = (int64_t)rows[i].bytes.n;
        EXPECT_ROW_OK(rows[i].name,
                      blob_write(&b, &a, &row.hash, rows[i].bytes));
        EXPECT_ROW_OK(rows[i].name, blob_read(&b, &a, &row, &got));
        EXPECT_ROW_STR(rows[i].name, got, rows[i].bytes);
    }
}

TEST(a_blob_lies_where_its_hash_says_and_only_we_may_read_it)
{
    TEST_ARENA(a, 1 << 20);
    struct file_ops machine = FILE_SYSTEM;
    struct store_place place;
    struct blobs b;
    char path[300];
    struct stat st;

    if (!new_folder(&place, &a, &b, &machine))
        return;
    EXPECT_OK(blob_write(&b, &a, &HASH, S("x")));
    (void)snprintf(path, sizeof path, "%s/blobs/%s", place.folder, HASH_FILE);
    EXPECT(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    (void)snprintf(path, sizeof path, "%s/blobs/ab", place.folder);
    EXPECT(stat(path, &st) == 0 && (st.st_mode & 0777) == 0700);
}

/* [BL1] [BL3] */
TEST(a_blob_that_is_gone_or_of_another_length_is_damage)
{
    TEST_ARENA(a, 1 << 20);
    struct file_ops machine = FILE_SYSTEM;
    struct blob_row row = { .hash = HASH, .size = 5 };
    struct store_place place;
    struct blobs b;
    str got;

    if (!new_folder(&place, &a, &b, &machine))
        return;
    EXPECT_ERR(blob_read(&b, &a, &row, &got), ERR_CORRUPT, "blob.missing");
    EXPECT_OK(blob_write(&b, &a, &HASH, S("1234")));
    EXPECT_ERR(blob_read(&b, &a, &row, &got), ERR_CORRUPT, "blob.size");
    EXPECT_OK(blob_write(&b, &a, &HASH, S("123456"))); /* an orphan's place */
    EXPECT_ERR(blob_read(&b, &a, &row, &got), ERR_CORRUPT, "blob.size");
    EXPECT_OK(blob_write(&b, &a, &HASH, S("12345")));
    EXPECT_OK(blob_read(&b, &a, &row, &got));
    EXPECT_STR(got, S("12345"));
}

EACH_STORE_TEST(what_is_known_of_a_blob_is_recorded_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct blob_row row = {
        .hash = HASH,
        .size = 5,
        .media_type = S("application/pdf"),
        .at = 9,
    };
    struct blob_row got;
    struct list l;
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(blob_find(tx, &a, &HASH, &got, &found));
    EXPECT(!found);
    EXPECT_OK(blob_record(tx, &row));
    row.name = S("手册.pdf");
    row.size = 6;
    EXPECT_OK(blob_record(tx, &row)); /* the first stays */
    EXPECT_OK(blob_find(tx, &a, &HASH, &got, &found));
    EXPECT(found && got.size == 5 && got.name.n == 0 && got.at == 9);
    EXPECT_STR(got.media_type, row.media_type);
    row.hash.b[0]++;
    EXPECT_OK(blob_record(tx, &row));
    EXPECT_OK(blob_list(tx, &a, &HASH, 9, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((struct blob_row *)l.p)->name, row.name);
}

/* --- faults ----------------------------------------------------------- */

/* Write over an older file with call `n` failing; false when none failed. */
static bool write_with_fault(const struct blobs *b, struct arena *a, long n,
                             bool for_good, int number)
{
    struct file_ops machine = FILE_SYSTEM;
    const struct blobs sound = { .files = &machine, .folder = b->folder };
    struct blob_row row = { .hash = HASH, .size = 3 };
    struct file_fault *f = (struct file_fault *)b->files;
    str got = S("");

    EXPECT_OK(blob_write(&sound, a, &HASH, S("old")));
    file_fault_init(f, n, for_good, number);
    f->short_calls = n % 2 == 0;
    err e = blob_write(b, a, &HASH, S("new"));
    EXPECT(!failed(e) || e.info->code == ERR_IO);
    EXPECT(failed(e) == (f->injected > 0));
    EXPECT(f->open == 0);
    EXPECT_OK(blob_read(&sound, a, &row, &got));
    EXPECT(str_eq(got, S("new")) || (failed(e) && str_eq(got, S("old"))));
    return f->injected > 0;
}

TEST(a_file_call_that_fails_leaves_the_old_blob_or_the_new_one)
{
    TEST_ARENA(a, 4 << 20);
    static const int numbers[] = { EIO, ENOSPC };
    struct file_fault fault;
    struct store_place place;
    struct blobs b;

    if (!new_folder(&place, &a, &b, &fault.ops))
        return;
    for (int mode = 0; mode < 4; mode++) {
        long n = 1;

        while (write_with_fault(&b, &a, n, mode / 2 != 0, numbers[mode % 2]) &&
               !test_failing())
            n++;
        EXPECT(n > 6); /* folder, open, write, sync, close, rename, sync */
    }
}

static err write_and_read(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    const struct blob_row row = { .hash = HASH, .size = 3 };
    str got;

    arena_init(&a, h, 1 << 20);
    TRY(blob_write((struct blobs *)context, &a, &HASH, S("new")));
    return blob_read((struct blobs *)context, &a, &row, &got);
}

TEST(a_blob_without_memory_is_only_an_error)
{
    TEST_ARENA(a, 1 << 20);
    struct file_ops machine = FILE_SYSTEM;
    struct store_place place;
    struct blobs b;

    if (!new_folder(&place, &a, &b, &machine))
        return;
    EXPECT(test_every_allocation_fails(write_and_read, NULL, &b) > 0);
}
