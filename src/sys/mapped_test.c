#include "sys/mapped.h"

#include "base/test.h"
#include "sys/files.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct place {
    char folder[40];
    char path[60];
};

static void begin(struct place *p)
{
    (void)snprintf(p->folder, sizeof p->folder, "/tmp/tenstar-mapped-XXXXXX");
    EXPECT(mkdtemp(p->folder) != NULL);
    (void)snprintf(p->path, sizeof p->path, "%s/file", p->folder);
}

static void end(struct place *p)
{
    (void)unlink(p->path);
    EXPECT(rmdir(p->folder) == 0);
}

/* [MM1] */
TEST(a_mapped_file_is_read_also_after_it_was_removed)
{
    struct file_ops f = FILE_SYSTEM;
    struct mapped m = { 0 };
    struct place p;
    TEST_ARENA(a, 1 << 16);

    begin(&p);
    EXPECT_OK(file_write(&f, &a, str_of(p.path), S("bytes"), FILE_SECRET));
    if (EXPECT_OK(mapped_open(&f, &a, str_of(p.path), &m)))
        EXPECT_STR(m.bytes, S("bytes"));
    EXPECT(unlink(p.path) == 0);
    EXPECT_STR(m.bytes, S("bytes"));
    mapped_end(&m);
    mapped_end(&m);
    EXPECT(m.bytes.n == 0);
    end(&p);
}

TEST(of_an_empty_file_nothing_is_mapped)
{
    struct file_ops f = FILE_SYSTEM;
    struct mapped m;
    struct place p;
    TEST_ARENA(a, 1 << 16);

    begin(&p);
    EXPECT_OK(file_write(&f, &a, str_of(p.path), S(""), FILE_SECRET));
    if (EXPECT_OK(mapped_open(&f, &a, str_of(p.path), &m)))
        EXPECT(m.bytes.n == 0);
    mapped_end(&m);
    end(&p);
}

TEST(what_cannot_be_mapped_is_refused_by_its_path)
{
    struct file_ops f = FILE_SYSTEM;
    struct file_fault fault;
    struct mapped m;
    struct place p;
    TEST_ARENA(a, 1 << 16);

    begin(&p);
    EXPECT_ERR(mapped_open(&f, &a, str_of(p.path), &m), ERR_NOT_FOUND,
               "file.missing");
    EXPECT_ERR(mapped_open(&f, &a, S(""), &m), ERR_INVALID, "file.name");
    EXPECT_ERR(mapped_open(&f, &a, str_of(p.folder), &m), ERR_IO,
               "file.system");
    file_fault_init(&fault, 1, false, EACCES);
    EXPECT_ERR(mapped_open(&fault.ops, &a, str_of(p.folder), &m), ERR_IO,
               "file.denied");
    EXPECT(fault.open == 0);
    end(&p);
}
