#ifndef REGISTER_TEST_NAMES_HOME_H
#define REGISTER_TEST_NAMES_HOME_H

/* test_names_home -- names in a folder of their own, for tests. */

#include "base/arena.h"
#include "base/heap.h"
#include "register/names.h"
#include "search/test_names.h"
#include "sys/files.h"

enum { TEST_NAMES_FILE = 300, TEST_NAMES_ORIGIN = 7 };

struct test_names_home {
    char folder[40];
    struct heap heap;
    struct file_ops files;
    struct arena arena;
    struct names_place place;
    struct names *names; /* NULL: they could not be opened */
};

/* Of this origin. */
static inline struct names_mark mark_of(uint64_t serial)
{
    return (struct names_mark){ TEST_NAMES_ORIGIN, serial };
}

void test_names_begin(struct test_names_home *t);
void test_names_end(struct test_names_home *t);

/* Close them and open them again. */
void test_names_again(struct test_names_home *t);

/* How many names of a view answer. */
uint32_t test_names_found(struct names_view *v, str asked);

/* The same, of them as they are now. */
uint32_t test_names_now(struct test_names_home *t, str asked);

/* One change. */
void test_names_put(struct test_names_home *t, uint32_t id, str name,
                    uint64_t serial);

/* Merge as long as something is due. */
void test_names_tend(struct test_names_home *t);

/* Files of names in the folder. */
size_t test_names_files(struct test_names_home *t);

#endif
