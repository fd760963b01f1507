#include "register/board.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "sys/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

enum { PATH_ROOM = 4096, DETAIL_ROOM = 200 };

/* What lies in the file. */
struct places {
    _Atomic uint64_t newest;
    _Atomic uint64_t all; /* the newest that marks everything */
    _Atomic uint64_t place[BOARD_PLACES];
};

struct board {
    struct heap *heap;
    struct places *at;
};

/* --- opening ---------------------------------------------------------------
 */

static err path_in(struct arena *a, str folder, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_ROOM);
    buf_str(&b, folder);
    buf_str(&b, S("/marks.1\0"));
    TRY(buf_done(&b, out));
    out->n--;
    return OK;
}

static err io_err(struct arena *a, str path, int number)
{
    char detail[DETAIL_ROOM];

    return err_new(a, ERR_IO, "register.io", ARG_STR("path", path),
                   ARG_STR("detail",
                           str_of(strerror_r(number, detail, sizeof detail))));
}

/* [BD4] */
static int map_file(int fd, struct places **out)
{
    int number = posix_fallocate(fd, 0, sizeof **out);
    void *p;

    if (number != 0)
        return number;
    p = mmap(NULL, sizeof **out, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED)
        return errno;
    *out = p;
    return 0;
}

static int open_places(const char *path, bool make, struct places **out)
{
    struct file_ops files = FILE_SYSTEM;
    int flags = O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0);
    int fd = files.open(&files, path, flags, FILE_SECRET);
    int number;

    if (fd < 0)
        return errno;
    number = map_file(fd, out);
    (void)files.close(&files, fd);
    return number;
}

err board_open(struct arena *a, struct heap *h, str folder, bool make,
               struct board **out)
{
    struct board *b;
    int number;
    str path;

    *out = NULL;
    TRY(path_in(a, folder, &path));
    b = h->resize(h, NULL, sizeof *b);
    TRY_MEMORY(b);
    *b = (struct board){ .heap = h };
    number = open_places(path.p, make, &b->at);
    if (number == 0) {
        *out = b;
        return OK;
    }
    h->resize(h, b, 0);
    return number == ENOENT && !make ? OK : io_err(a, path, number);
}

void board_end(struct board **b)
{
    struct heap *h;

    if (*b == NULL)
        return;
    h = (*b)->heap;
    (void)munmap((*b)->at, sizeof *(*b)->at);
    h->resize(h, *b, 0);
    *b = NULL;
}

/* --- marks ------------------------------------------------------------------
 */

/* FNV-1a. */
static _Atomic uint64_t *place_of(const struct board *b, str key)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (uint8_t)key.p[i]) * UINT64_C(0x100000001b3);
    return &b->at->place[(h ^ h >> 32) % BOARD_PLACES];
}

/* The later number stays, whoever comes first. */
static void put(struct board *b, _Atomic uint64_t *to)
{
    uint64_t n = atomic_fetch_add(&b->at->newest, 1) + 1;
    uint64_t now = atomic_load(to);

    while (now < n && !atomic_compare_exchange_weak(to, &now, n))
        continue;
}

void board_mark(struct board *b, str key)
{
    put(b, place_of(b, key));
}

void board_mark_all(struct board *b)
{
    put(b, &b->at->all);
}

uint64_t board_newest(const struct board *b)
{
    return atomic_load(&b->at->newest);
}

bool board_is_marked(const struct board *b, str key, uint64_t since)
{
    return atomic_load(place_of(b, key)) > since ||
           atomic_load(&b->at->all) > since;
}
