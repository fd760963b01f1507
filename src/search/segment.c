#include "search/segment.h"

#include "base/arena.h"
#include "search/fold.h"
#include "search/list_bytes.h"
#include "search/segment_parts.h"

#include <string.h>

const char segment_magic[SEGMENT_MAGIC + 1] = "tenname1";

static err damaged(struct arena *a, str what)
{
    return err_new(a, ERR_CORRUPT, "search.damaged", ARG_STR("what", what));
}

static const uint8_t *bytes_of(const struct segment *s)
{
    return (const uint8_t *)s->bytes.p;
}

uint64_t segment_sum(uint64_t sum, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 8) {
        sum = (sum ^ u64_read(p + i)) * UINT64_C(0xd6e8feb86659fd93);
        sum ^= sum >> 32;
    }
    return sum;
}

/* Where section `i` lies; false when it is not inside, or of other bytes than
 * `size`, unless that is SIZE_MAX. */
static bool section(const struct segment *s, int i, size_t size,
                    const void **out, size_t *bytes)
{
    const uint8_t *entry = bytes_of(s) + SEGMENT_SECTIONS + (size_t)i * 16;
    uint64_t at = u64_read(entry);
    uint64_t n = u64_read(entry + 8);

    if (at % 8 != 0 || at < SEGMENT_HEAD || at > s->bytes.n - SEGMENT_SUM ||
        n > s->bytes.n - SEGMENT_SUM - at)
        return false;
    if (size != SIZE_MAX && n != size)
        return false;
    *out = bytes_of(s) + at;
    *bytes = n;
    return true;
}

static bool open_space(struct segment *s, int space)
{
    int from = SECTION_SPACES + space * SPACE_SECTIONS;
    struct space *out = &s->spaces[space];
    const void *keys;
    const void *starts;
    const void *lists;
    size_t n;

    if (!section(s, from + SECTION_KEYS, SIZE_MAX, &keys, &n) || n % 4 != 0 ||
        !section(s, from + SECTION_STARTS, n, &starts, &n) ||
        !section(s, from + SECTION_LISTS, SIZE_MAX, &lists, &out->bytes) ||
        out->bytes < LIST_SLACK)
        return false;
    out->bytes -= LIST_SLACK;
    out->keys = keys;
    out->starts = starts;
    out->lists = lists;
    out->n = n / 4;
    return true;
}

/* Every document has a length, and its record lies in the text. */
static bool open_text(struct segment *s)
{
    const void *p;
    size_t units = 0;
    size_t n;

    if (!section(s, SECTION_LENGTHS, SEGMENT_LENGTHS * sizeof *s->lengths, &p,
                 &n))
        return false;
    s->lengths = p;
    if (s->lengths[0] != 0 || s->lengths[SEGMENT_LENGTHS - 1] != s->n)
        return false;
    for (size_t i = 0; i <= SEARCH_NAME_MAX; i++) {
        if (s->lengths[i] > s->lengths[i + 1])
            return false;
        s->records[i] = units;
        units += (s->lengths[i + 1] - s->lengths[i]) * (i + 1);
    }
    if (!section(s, SECTION_TEXT, units * sizeof *s->text, &p, &n))
        return false;
    s->text = p;
    return true;
}

static bool open_columns(struct segment *s)
{
    const void *ids;
    const void *by_id;
    const void *p;
    size_t n;

    if (!section(s, SECTION_IDS, s->n * sizeof *s->ids, &ids, &n) ||
        !section(s, SECTION_BY_ID, s->n * sizeof *s->by_id, &by_id, &n))
        return false;
    s->ids = ids;
    s->by_id = by_id;
    for (int i = 0; i < SEARCH_FACETS; i++) {
        if (!section(s, SECTION_FACETS + i, s->n * sizeof *s->facets[i], &p,
                     &n))
            return false;
        s->facets[i] = p;
    }
    return true;
}

static err open_head(struct arena *a, struct segment *s)
{
    const uint8_t *p = bytes_of(s);

    if (s->bytes.n < SEGMENT_HEAD + SEGMENT_SUM ||
        memcmp(p, segment_magic, SEGMENT_MAGIC) != 0)
        return damaged(a, S("head"));
    if (u64_read(p + SEGMENT_SIZE) != s->bytes.n || s->bytes.n % 8 != 0)
        return damaged(a, S("size"));
    if (u32_read(p + SEGMENT_TABLES) != fold_tables())
        return damaged(a, S("tables"));
    s->n = u32_read(p + SEGMENT_COUNT);
    if (s->n > SEARCH_DOCUMENTS_MAX)
        return damaged(a, S("count"));
    return OK;
}

err segment_open(struct arena *a, str bytes, const struct segment **out)
{
    struct segment *s = arena_zero(a, sizeof *s);

    TRY_MEMORY(s);
    s->bytes = bytes;
    TRY(open_head(a, s));
    if (!open_text(s) || !open_columns(s))
        return damaged(a, S("documents"));
    for (int i = 0; i < SPACES; i++)
        if (!open_space(s, i))
            return damaged(a, S("lists"));
    *out = s;
    return OK;
}

err segment_verify(struct arena *a, const struct segment *s)
{
    size_t n = s->bytes.n - SEGMENT_SUM;

    if (segment_sum(0, bytes_of(s), n) != u64_read(bytes_of(s) + n))
        return damaged(a, S("sum"));
    return OK;
}

uint32_t segment_count(const struct segment *s)
{
    return s->n;
}

size_t segment_words(const struct segment *s)
{
    return ((size_t)s->n + 63) / 64;
}

uint32_t segment_nameless(const struct segment *s)
{
    return s->lengths[1];
}

uint32_t segment_id(const struct segment *s, uint32_t document)
{
    return s->ids[document];
}

bool segment_find(const struct segment *s, uint32_t id, uint32_t *document)
{
    uint32_t from = 0;
    uint32_t to = s->n;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        uint32_t d = s->by_id[middle];

        if (d >= s->n)
            return false;
        if (s->ids[d] == id) {
            *document = d;
            return true;
        }
        if (s->ids[d] < id)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

uint32_t segment_length(const struct segment *s, uint32_t document)
{
    uint32_t from = 0;
    uint32_t to = SEARCH_NAME_MAX + 1;

    while (to - from > 1) {
        uint32_t middle = (from + to) / 2;

        if (s->lengths[middle] <= document)
            from = middle;
        else
            to = middle;
    }
    return from;
}

/* The first key that is not below `key`. */
static size_t lower(const struct space *s, uint32_t key)
{
    const uint32_t *base = s->keys;
    size_t n = s->n;

    while (n > 0) {
        size_t half = n / 2;

        if (base[half] < key) {
            base += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return (size_t)(base - s->keys);
}

void space_range(const struct space *s, uint32_t from, uint32_t to,
                 size_t *first, size_t *end)
{
    *first = lower(s, from);
    *end = *first;
    if (from == to)
        *end += *first < s->n && s->keys[*first] == from ? 1 : 0;
    else
        *end = to == UINT32_MAX ? s->n : lower(s, to + 1);
    if (*end < *first)
        *end = *first;
}

/* Where a list begins; the next one, if it is there, ends it. */
static const uint8_t *list_from(const struct space *s, size_t index)
{
    size_t at = index < s->n ? s->starts[index] : s->bytes;

    return s->lists + (at < s->bytes ? at : s->bytes);
}

struct list space_list(const struct space *s, size_t index)
{
    const uint8_t *p = list_from(s, index);
    const uint8_t *end = list_from(s, index + 1);

    return list_read(p, end < p ? p : end);
}

uint32_t space_count(const struct space *s, size_t index)
{
    const uint8_t *p = list_from(s, index);

    return list_count(p, s->lists + s->bytes);
}
