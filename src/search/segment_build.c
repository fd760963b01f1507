#include "search/segment.h"

#include "base/arena.h"
#include "base/heap.h"
#include "search/fold.h"
#include "search/list_bytes.h"
#include "search/segment_parts.h"

#include <stdlib.h>
#include <string.h>

/*
 * How a segment is made: documents are drafted, sorted, and written section by
 * section.  For a space, each gram of each document becomes one number
 *
 *     key << 32 | tier << 30 | document
 *
 * and all of them are sorted by digits; documents come in order already.
 */

enum {
    DIGIT = 12, /* bits */
    DIGITS = 1 << DIGIT,
    TIER_SHIFT = 30,
    KEY_SHIFT = 32,
};

/* Bytes that grow; given back to the heap at the end. */
struct bytes {
    struct heap *heap;
    uint8_t *p;
    size_t n;
    size_t size;
};

static void bytes_end(struct bytes *b)
{
    if (b->p != NULL)
        b->heap->resize(b->heap, b->p, 0);
    *b = (struct bytes){ .heap = b->heap };
}

/* Room for `more`, which are not zeroed; NULL without memory. */
static uint8_t *bytes_room(struct bytes *b, size_t more)
{
    if (b->size - b->n < more) {
        size_t size = b->n + more + b->n / 2;
        uint8_t *p = b->heap->resize(b->heap, b->p, size);

        if (p == NULL)
            return NULL;
        b->p = p;
        b->size = size;
    }
    return b->p + b->n;
}

/* One document, folded. */
struct draft {
    uint64_t order; /* [SG1] length << 32 | id */
    size_t units;   /* where they begin */
    uint16_t facets[SEARCH_FACETS];
    struct name_body body;
};

struct maker {
    struct heap *heap;
    struct arena *arena; /* for errors and the result */
    struct arena own;    /* drafts and units */
    struct draft *drafts;
    size_t n;
    uint16_t *units;
    struct bytes out;
};

static void maker_end(struct maker *m)
{
    arena_end(&m->own);
    bytes_end(&m->out);
}

static size_t length_of(const struct draft *d)
{
    return d->order >> KEY_SHIFT;
}

static uint32_t id_of(const struct draft *d)
{
    return (uint32_t)d->order;
}

static int compare_drafts(const void *a, const void *b)
{
    const struct draft *x = a;
    const struct draft *y = b;

    return (x->order > y->order) - (x->order < y->order);
}

/* Sort numbers by their bits [from, to), those that are equal there as they
 * stand.  Either array may hold the result, which is returned. */
static uint64_t *sort_bits(uint64_t *a, uint64_t *b, size_t n, unsigned from,
                           unsigned to, size_t counts[DIGITS])
{
    for (unsigned shift = from; shift < to; shift += DIGIT) {
        size_t at = 0;

        memset(counts, 0, DIGITS * sizeof *counts);
        for (size_t i = 0; i < n; i++)
            counts[a[i] >> shift & (DIGITS - 1)]++;
        for (size_t i = 0; i < DIGITS; i++) {
            size_t count = counts[i];

            counts[i] = at;
            at += count;
        }
        for (size_t i = 0; i < n; i++)
            b[counts[a[i] >> shift & (DIGITS - 1)]++] = a[i];

        uint64_t *swapped = a;
        a = b;
        b = swapped;
    }
    return a;
}

/* --- sections ------------------------------------------------------------ */

static err section_begin(struct maker *m, int section)
{
    while (m->out.n % 8 != 0) {
        uint8_t *p = bytes_room(&m->out, 1);

        TRY_MEMORY(p != NULL);
        *p = 0;
        m->out.n++;
    }

    uint64_t at = m->out.n;
    memcpy(m->out.p + SEGMENT_SECTIONS + (size_t)section * 16, &at, sizeof at);
    return OK;
}

static void section_end(struct maker *m, int section)
{
    uint8_t *entry = m->out.p + SEGMENT_SECTIONS + (size_t)section * 16;
    uint64_t bytes = m->out.n - u64_read(entry);

    memcpy(entry + 8, &bytes, sizeof bytes);
}

static err section_write(struct maker *m, int section, const void *p,
                         size_t bytes)
{
    TRY(section_begin(m, section));

    uint8_t *to = bytes_room(&m->out, bytes);
    TRY_MEMORY(to != NULL);
    if (bytes > 0)
        memcpy(to, p, bytes);
    m->out.n += bytes;
    section_end(m, section);
    return OK;
}

static err write_lengths(struct maker *m)
{
    uint32_t lengths[SEGMENT_LENGTHS] = { 0 };

    for (size_t i = 0; i < m->n; i++)
        lengths[length_of(&m->drafts[i]) + 1]++;
    for (size_t i = 1; i < SEGMENT_LENGTHS; i++)
        lengths[i] += lengths[i - 1];
    return section_write(m, SECTION_LENGTHS, lengths, sizeof lengths);
}

static err write_text(struct maker *m)
{
    TRY(section_begin(m, SECTION_TEXT));
    for (size_t i = 0; i < m->n; i++) {
        const struct draft *d = &m->drafts[i];
        size_t n = length_of(d);
        uint16_t head = (uint16_t)(d->body.from << 8 | d->body.to);
        uint8_t *p = bytes_room(&m->out, (n + 1) * sizeof head);

        TRY_MEMORY(p != NULL);
        memcpy(p, &head, sizeof head);
        memcpy(p + sizeof head, m->units + d->units, n * sizeof head);
        m->out.n += (n + 1) * sizeof head;
    }
    section_end(m, SECTION_TEXT);
    return OK;
}

static err write_ids(struct maker *m, struct arena *own)
{
    uint32_t *ids = arena_array(own, m->n, sizeof *ids);
    uint64_t *a = arena_array(own, m->n, sizeof *a);
    uint64_t *b = arena_array(own, m->n, sizeof *b);
    size_t *counts = arena_array(own, DIGITS, sizeof *counts);

    TRY_MEMORY(ids != NULL && a != NULL && b != NULL && counts != NULL);
    for (size_t i = 0; i < m->n; i++) {
        ids[i] = id_of(&m->drafts[i]);
        a[i] = (uint64_t)ids[i] << KEY_SHIFT | i;
    }
    TRY(section_write(m, SECTION_IDS, ids, m->n * sizeof *ids));
    a = sort_bits(a, b, m->n, KEY_SHIFT, 64, counts);
    for (size_t i = 0; i < m->n; i++) {
        if (i > 0 && a[i] >> KEY_SHIFT == a[i - 1] >> KEY_SHIFT)
            return err_new(m->arena, ERR_INVALID, "search.twice",
                           ARG_INT("id", a[i] >> KEY_SHIFT));
        ids[i] = (uint32_t)a[i];
    }
    return section_write(m, SECTION_BY_ID, ids, m->n * sizeof *ids);
}

static err write_facet(struct maker *m, struct arena *own, int facet)
{
    uint16_t *values = arena_array(own, m->n, sizeof *values);

    TRY_MEMORY(values != NULL);
    for (size_t i = 0; i < m->n; i++)
        values[i] = m->drafts[i].facets[facet];
    return section_write(m, SECTION_FACETS + facet, values,
                         m->n * sizeof *values);
}

/* --- spaces -------------------------------------------------------------- */

static size_t grams_at(const struct maker *m, enum gram_space space, size_t i,
                       struct gram grams[GRAMS_MAX])
{
    const struct draft *d = &m->drafts[i];
    size_t n = length_of(d);

    if (space >= SPACE_FACET) {
        grams[0] = (struct gram){ d->facets[space - SPACE_FACET], 0 };
        return 1;
    }

    return grams_of(space, m->units + d->units, n, d->body, grams);
}

/* Bits of the keys of a space. */
static unsigned key_bits(enum gram_space space)
{
    return (unsigned)gram_width(space) * gram_bits(space);
}

struct posting_sort {
    uint64_t *a;
    uint64_t *b;
    size_t *counts;
    size_t n;
};

static err gather(const struct maker *m, struct arena *own,
                  enum gram_space space, struct posting_sort *out)
{
    struct gram *grams = arena_array(own, GRAMS_MAX, sizeof *grams);
    size_t n = 0;

    TRY_MEMORY(grams != NULL);
    for (size_t i = 0; i < m->n; i++)
        n += grams_at(m, space, i, grams);
    out->a = arena_array(own, n, sizeof *out->a);
    out->b = arena_array(own, n, sizeof *out->b);
    out->counts = arena_array(own, DIGITS, sizeof *out->counts);
    TRY_MEMORY(out->a != NULL && out->b != NULL && out->counts != NULL);
    out->n = n;
    n = 0;
    for (size_t i = 0; i < m->n; i++) {
        size_t count = grams_at(m, space, i, grams);

        for (size_t j = 0; j < count; j++)
            out->a[n++] = (uint64_t)grams[j].key << KEY_SHIFT |
                          (uint64_t)grams[j].tier << TIER_SHIFT | i;
    }
    return OK;
}

static size_t count_keys(const uint64_t *postings, size_t n)
{
    size_t keys = 0;

    for (size_t i = 0; i < n; i++)
        keys +=
            i == 0 || postings[i] >> KEY_SHIFT != postings[i - 1] >> KEY_SHIFT;
    return keys;
}

/* The list of the key that stands at postings[from]; returns where the next
 * one begins, or 0 without memory. */
static size_t write_list(struct maker *m, const uint64_t *postings, size_t n,
                         size_t from, uint32_t *scratch)
{
    const uint32_t *documents[LIST_TIERS] = { scratch, scratch, scratch,
                                              scratch };
    uint32_t counts[LIST_TIERS] = { 0 };
    size_t to = from;
    uint64_t key = postings[from] >> KEY_SHIFT;

    for (; to < n && postings[to] >> KEY_SHIFT == key; to++) {
        uint32_t tier = postings[to] >> TIER_SHIFT & 3;

        if (counts[tier]++ == 0)
            documents[tier] = scratch + (to - from);
        scratch[to - from] = postings[to] & ((1U << TIER_SHIFT) - 1);
    }

    uint8_t *p = bytes_room(&m->out, list_bound(to - from));
    if (p == NULL)
        return 0;
    m->out.n += list_write(documents, counts, p);
    return to;
}

static err write_lists(struct maker *m, struct arena *own,
                       enum gram_space space, const uint64_t *postings,
                       struct posting_sort *sort)
{
    int section = SECTION_SPACES + (int)space * SPACE_SECTIONS;
    size_t keys_n = count_keys(postings, sort->n);
    uint32_t *keys = arena_array(own, keys_n, sizeof *keys);
    uint32_t *starts = arena_array(own, keys_n, sizeof *starts);
    uint32_t *scratch = arena_array(own, sort->n, sizeof *scratch);

    TRY_MEMORY(keys != NULL && starts != NULL && scratch != NULL);
    TRY(section_begin(m, section + SECTION_LISTS));

    size_t begin = m->out.n;
    size_t at = 0;
    for (size_t i = 0; i < keys_n; i++) {
        if (m->out.n - begin > UINT32_MAX)
            return err_new(m->arena, ERR_LIMIT, "search.many");
        keys[i] = (uint32_t)(postings[at] >> KEY_SHIFT);
        starts[i] = (uint32_t)(m->out.n - begin);
        at = write_list(m, postings, sort->n, at, scratch);
        TRY_MEMORY(at != 0);
    }
    TRY_MEMORY(bytes_room(&m->out, LIST_SLACK) != NULL);
    memset(m->out.p + m->out.n, 0, LIST_SLACK);
    m->out.n += LIST_SLACK;
    section_end(m, section + SECTION_LISTS);
    TRY(section_write(m, section + SECTION_KEYS, keys, keys_n * sizeof *keys));
    return section_write(m, section + SECTION_STARTS, starts,
                         keys_n * sizeof *starts);
}

static err write_space(struct maker *m, enum gram_space space)
{
    scoped(arena_end) struct arena own;
    struct posting_sort sort = { .n = 0 };

    arena_init(&own, m->heap, SIZE_MAX);
    TRY(gather(m, &own, space, &sort));
    return write_lists(m, &own, space,
                       sort_bits(sort.a, sort.b, sort.n, TIER_SHIFT,
                                 KEY_SHIFT + key_bits(space), sort.counts),
                       &sort);
}

/* --- the whole ----------------------------------------------------------- */

static err write_columns(struct maker *m)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, m->heap, SIZE_MAX);
    TRY(write_ids(m, &own));
    for (int i = 0; i < SEARCH_FACETS; i++)
        TRY(write_facet(m, &own, i));
    return OK;
}

static err write_head(struct maker *m)
{
    uint32_t tables = fold_tables();
    uint32_t n = (uint32_t)m->n;
    uint8_t *p = bytes_room(&m->out, SEGMENT_HEAD);

    TRY_MEMORY(p != NULL);
    memset(p, 0, SEGMENT_HEAD);
    memcpy(p, segment_magic, SEGMENT_MAGIC);
    memcpy(p + SEGMENT_TABLES, &tables, sizeof tables);
    memcpy(p + SEGMENT_COUNT, &n, sizeof n);
    m->out.n = SEGMENT_HEAD;
    return OK;
}

/* The bytes between the last section and the end, and the result. */
static err finish(struct maker *m, str *out)
{
    TRY_MEMORY(bytes_room(&m->out, 8 + SEGMENT_SUM) != NULL);
    memset(m->out.p + m->out.n, 0, 8 + SEGMENT_SUM);
    m->out.n = (m->out.n + 7) / 8 * 8;

    uint64_t size = m->out.n + SEGMENT_SUM;
    memcpy(m->out.p + SEGMENT_SIZE, &size, sizeof size);
    uint64_t sum = segment_sum(0, m->out.p, m->out.n);
    memcpy(m->out.p + m->out.n, &sum, sizeof sum);

    char *p = arena_zero(m->arena, size);
    TRY_MEMORY(p != NULL);
    memcpy(p, m->out.p, size);
    *out = (str){ p, size };
    return OK;
}

static err make(struct maker *m, str *out)
{
    qsort(m->drafts, m->n, sizeof *m->drafts, compare_drafts);
    TRY(write_head(m));
    TRY(write_lengths(m));
    TRY(write_text(m));
    TRY(write_columns(m));
    for (int i = 0; i < SPACES; i++)
        TRY(write_space(m, (enum gram_space)i));
    return finish(m, out);
}

static err maker_init(struct maker *m, struct heap *h, struct arena *a,
                      size_t documents, size_t units)
{
    *m = (struct maker){ .heap = h, .arena = a, .out = { .heap = h } };
    arena_init(&m->own, h, SIZE_MAX);
    if (documents > SEARCH_DOCUMENTS_MAX)
        return err_new(a, ERR_LIMIT, "search.many");
    m->drafts = arena_array(&m->own, documents, sizeof *m->drafts);
    m->units = arena_array(&m->own, units + 1, sizeof *m->units);
    TRY_MEMORY(m->drafts != NULL && m->units != NULL);
    return OK;
}

err segment_build(struct heap *h, struct arena *a,
                  const struct search_document *documents, size_t n, str *out)
{
    scoped(maker_end) struct maker m = { .heap = h };
    size_t at = 0;

    /* No unit takes less than a byte of UTF-8. */
    for (size_t i = 0; i < n; i++)
        at += documents[i].name.n < SEARCH_NAME_MAX ? documents[i].name.n
                                                    : SEARCH_NAME_MAX;
    TRY(maker_init(&m, h, a, n, at));
    at = 0;
    for (size_t i = 0; i < n; i++) {
        struct draft *d = &m.drafts[m.n++];
        size_t units;

        if (!fold_name(documents[i].name, m.units + at, SEARCH_NAME_MAX,
                       &units))
            return err_new(a, ERR_INVALID, "search.name",
                           ARG_INT("id", documents[i].id));
        d->order = (uint64_t)units << KEY_SHIFT | documents[i].id;
        d->units = at;
        d->body = name_body(m.units + at, units);
        memcpy(d->facets, documents[i].facets, sizeof d->facets);
        at += units;
    }
    return make(&m, out);
}

static bool is_dead(const struct segment_part *part, uint32_t document)
{
    return part->dead != NULL &&
           (part->dead[document / 64] >> document % 64 & 1) != 0;
}

/* All living documents of a part behind those that are there. */
static void draft_part(struct maker *m, const struct segment_part *part,
                       size_t *at)
{
    const struct segment *s = part->segment;

    for (uint32_t i = 0; i < s->n; i++) {
        if (is_dead(part, i))
            continue;

        uint32_t length = segment_length(s, i);
        struct segment_name name = segment_name_of(s, i, length);
        struct draft *d = &m->drafts[m->n++];

        d->order = (uint64_t)length << KEY_SHIFT | s->ids[i];
        d->units = *at;
        d->body = name.body;
        for (int f = 0; f < SEARCH_FACETS; f++)
            d->facets[f] = s->facets[f][i];
        memcpy(m->units + *at, name.units, length * sizeof *name.units);
        *at += length;
    }
}

err segment_merge(struct heap *h, struct arena *a,
                  const struct segment_part *parts, size_t n, str *out)
{
    scoped(maker_end) struct maker m = { .heap = h };
    size_t documents = 0;
    size_t units = 0;

    for (size_t i = 0; i < n; i++) {
        const struct segment *s = parts[i].segment;

        documents += s->n;
        for (size_t l = 1; l <= SEARCH_NAME_MAX; l++)
            units += (s->lengths[l + 1] - s->lengths[l]) * l;
    }
    TRY(maker_init(&m, h, a, documents, units));
    units = 0;
    for (size_t i = 0; i < n; i++)
        draft_part(&m, &parts[i], &units);
    return make(&m, out);
}
