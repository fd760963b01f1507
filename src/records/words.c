#include "records/words.h"

#include "base/check.h"
#include "base/heap.h"

#include <string.h>

struct word {
    uint64_t row;
    size_t at; /* in text */
    uint32_t n;
    uint32_t hash;
};

struct words_slot {
    uint32_t number; /* 0 is free */
    uint32_t hash;   /* of its word, so that others need not be looked at */
};

void words_init(struct words *w, struct heap *h, uint32_t max)
{
    check(max >= 1 && max <= WORDS_MAX);
    *w = (struct words){ .heap = h, .max = max };
}

void words_end(struct words *w)
{
    if (w->heap == NULL)
        return;
    w->heap->resize(w->heap, w->list, 0);
    w->heap->resize(w->heap, w->slots, 0);
    w->heap->resize(w->heap, w->text, 0);
    *w = (struct words){ 0 };
}

static uint64_t eight(const char *p)
{
    uint64_t part;

    memcpy(&part, p, sizeof part);
    return part;
}

/* Fewer than eight bytes. */
static uint64_t some(str s)
{
    uint64_t part = 0;

    for (size_t i = 0; i < s.n; i++)
        part = part << 8 | (unsigned char)s.p[i];
    return part;
}

static uint64_t mix(uint64_t h, uint64_t part)
{
    h = (h ^ part) * UINT64_C(0xd6e8feb86659fd93);
    return h ^ h >> 32;
}

/* 8 bytes at a time, the last 8 of them once more where they are cut, are
 * multiplied and folded; a dictionary of 65535 words at most is no worth to
 * attack. */
static uint32_t hash_of(str s)
{
    uint64_t h = s.n * UINT64_C(0x9e3779b97f4a7c15);

    for (size_t i = 0; i + 8 < s.n; i += 8)
        h = mix(h, eight(s.p + i));
    h = mix(h, s.n < 8 ? some(s) : eight(s.p + s.n - 8));
    /* Once more: words that differ in their last letters only would stand on
     * few slots. */
    return (uint32_t)mix(h, 0);
}

static bool same_text(const char *p, str s)
{
    if (s.n < 8)
        return some((str){ p, s.n }) == some(s);
    for (size_t i = 0; i + 8 < s.n; i += 8) {
        if (eight(p + i) != eight(s.p + i))
            return false;
    }
    return eight(p + s.n - 8) == eight(s.p + s.n - 8);
}

static bool grow_slots(struct words *w)
{
    uint32_t n = w->slot_n == 0 ? 64 : w->slot_n * 2;
    struct words_slot *slots =
        w->heap->resize(w->heap, NULL, n * sizeof *slots);

    if (slots == NULL)
        return false;
    memset(slots, 0, n * sizeof *slots);
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t at = w->list[i].hash & (n - 1);

        while (slots[at].number != 0)
            at = (at + 1) & (n - 1);
        slots[at] = (struct words_slot){ i + 1, w->list[i].hash };
    }
    w->heap->resize(w->heap, w->slots, 0);
    w->slots = slots;
    w->slot_n = n;
    return true;
}

static bool grow_list(struct words *w)
{
    uint32_t room = w->room == 0 ? 32 : w->room * 2;
    struct word *list =
        w->heap->resize(w->heap, w->list, room * sizeof *w->list);

    if (list == NULL)
        return false;
    w->list = list;
    w->room = room;
    return true;
}

static bool grow_text(struct words *w, size_t more)
{
    size_t room = w->text_room == 0 ? 1024 : w->text_room;

    while (room - w->text_n < more)
        room *= 2;
    if (room == w->text_room)
        return true;

    char *text = w->heap->resize(w->heap, w->text, room);
    if (text == NULL)
        return false;
    w->text = text;
    w->text_room = room;
    return true;
}

static bool make_room(struct words *w, size_t n)
{
    if (w->n >= w->max)
        return false;
    if ((w->n + 1) * 2 > w->slot_n && !grow_slots(w))
        return false;
    return (w->n < w->room || grow_list(w)) && grow_text(w, n);
}

/* The slot of the word, or the free one where it belongs. */
static uint32_t slot_of(const struct words *w, str s, uint32_t hash)
{
    uint32_t at = hash & (w->slot_n - 1);

    for (; w->slots[at].number != 0; at = (at + 1) & (w->slot_n - 1)) {
        const struct word *have = &w->list[w->slots[at].number - 1];

        if (w->slots[at].hash == hash && have->n == s.n &&
            same_text(w->text + have->at, s))
            break;
    }
    return at;
}

static bool learn(struct words *w, str s, uint32_t hash, uint64_t row)
{
    if (s.n > UINT32_MAX || !make_room(w, s.n))
        return false;
    memcpy(w->text + w->text_n, s.p, s.n);
    w->list[w->n] = (struct word){ row, w->text_n, (uint32_t)s.n, hash };
    w->text_n += s.n;
    w->n++;
    w->slots[slot_of(w, s, hash)] = (struct words_slot){ w->n, hash };
    return true;
}

bool words_number(struct words *w, str word, uint64_t row, uint32_t *out)
{
    uint32_t hash = hash_of(word);
    uint32_t found;

    if (word.n == 0) {
        *out = 0;
        return true;
    }
    found = w->slot_n == 0 ? 0 : w->slots[slot_of(w, word, hash)].number;
    if (found == 0) {
        if (!learn(w, word, hash, row))
            return false;
        found = w->n;
    } else if (row < w->list[found - 1].row) {
        w->list[found - 1].row = row;
    }
    *out = found;
    return true;
}

bool words_full(const struct words *w)
{
    return w->n >= w->max;
}

str words_text(const struct words *w, uint32_t number)
{
    check(number <= w->n);
    if (number == 0)
        return (str){ 0 };
    return (str){ w->text + w->list[number - 1].at, w->list[number - 1].n };
}

bool words_merge(struct words *w, const struct words *other, uint32_t *map)
{
    map[0] = 0;
    for (uint32_t i = 1; i <= other->n; i++) {
        if (!words_number(w, words_text(other, i), other->list[i - 1].row,
                          &map[i]))
            return false;
    }
    return true;
}

static bool comes_before(const struct words *w, uint32_t a, uint32_t b)
{
    uint64_t row_a = w->list[a - 1].row;
    uint64_t row_b = w->list[b - 1].row;

    if (row_a != row_b)
        return row_a < row_b;
    return str_cmp(words_text(w, a), words_text(w, b)) < 0;
}

/* Merge the two ordered halves of from[low..high) into `to`. */
static void merge_halves(const struct words *w, const uint32_t *from,
                         uint32_t *to, const uint32_t at[3])
{
    uint32_t i = at[0];
    uint32_t k = at[1];

    for (uint32_t out = at[0]; out < at[2]; out++) {
        bool first =
            k >= at[2] || (i < at[1] && !comes_before(w, from[k], from[i]));

        to[out] = first ? from[i++] : from[k++];
    }
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void words_order(const struct words *w, uint32_t *out, uint32_t *spare)
{
    for (uint32_t i = 0; i < w->n; i++)
        out[i] = i + 1;
    for (uint32_t width = 1; width < w->n; width *= 2) {
        for (uint32_t low = 0; low < w->n; low += 2 * width) {
            uint32_t at[3] = { low, least(low + width, w->n),
                               least(low + 2 * width, w->n) };

            merge_halves(w, out, spare, at);
        }
        memcpy(out, spare, w->n * sizeof *out);
    }
}
