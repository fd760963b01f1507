#include "service/records_places.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"

#include <string.h>

enum {
    DAY = 86400,
    FIRST = 19723 /* 2024-01-01 */,
    PARTS = 6,
    EACH = 10,
    LIMIT = 1000
};

/* Part i of the file: ten rows of ten bytes, each a line but for the third,
 * which has two. */
static struct pass_part part_of(size_t i)
{
    static const char bytes[EACH * 10] = { 0 };

    return (struct pass_part){
        .text = { bytes, sizeof bytes },
        .raw = { bytes, sizeof bytes },
        .at = 7 + i * sizeof bytes,
        .lines = 1 + i * (EACH + 1),
    };
}

static struct ticket ticket_of(size_t row)
{
    struct ticket t = TICKET_NONE;

    t.opened = (FIRST + (int64_t)row * 2) * DAY;
    t.outlet = (uint16_t)(row % 3);
    t.person = (uint16_t)(row % 7);
    t.trade = FIGURES_TRADES_MAX;
    return t;
}

static void read_part(struct places *p, size_t i)
{
    const struct pass_part part = part_of(i);

    EXPECT(places_part(p, &part));
    for (size_t row = 0; row < EACH; row++) {
        struct ticket t = ticket_of(i * EACH + row);

        EXPECT(places_row(p, &t, row * 10, row + (row > 2)));
    }
}

static struct places *new_places(struct heap *h)
{
    struct places *p = places_new(h, FIRST + 5, FIRST + 119, LIMIT);

    EXPECT(p != NULL);
    return p;
}

/* By two workers, who took the parts as `mine` says. */
static struct places *read_all(struct heap *h, const char *mine)
{
    static const struct figures_map map = { 0 };
    struct places *p = new_places(h);
    struct places *other = new_places(h);

    for (size_t i = 0; i < PARTS; i++)
        read_part(mine[i] == '0' ? p : other, i);
    EXPECT(places_merge(p, other, &map));
    places_free(&other);
    EXPECT(places_close(p));
    return p;
}

static void check_row(const struct places *p, size_t row)
{
    const struct pass_part part = part_of(row / EACH);
    uint64_t at = part.at + row % EACH * 10;
    uint64_t line = part.lines + row % EACH + (row % EACH > 2) + 1;
    struct place_found found = { 0 };

    EXPECT(places_at(p, at, &found));
    EXPECT(found.at == at && found.n == 10 && found.lines + 1 == line);
    found = (struct place_found){ 0 };
    EXPECT(places_line(p, line, &found) && found.at == at);
    EXPECT(!places_at(p, at + 1, &found));
    EXPECT(places_part_at(p, at + 1) == row / EACH);
    EXPECT(places_part_line(p, line) == row / EACH);
}

TEST(where_rows_stand_does_not_depend_on_who_read_them)
{
    static const char *const mine[] = { "000000", "111111", "010101",
                                        "110100" };
    struct heap h = HEAP_LIBC;

    for (size_t i = 0; i < COUNT(mine); i++) {
        struct places *p = read_all(&h, mine[i]);
        struct place_found found;

        EXPECT(places_parts(p) == PARTS && places_keeps(p));
        for (size_t row = 0; row < (size_t)PARTS * EACH; row++)
            check_row(p, row);
        EXPECT(!places_line(p, 1, &found)); /* a header's */
        EXPECT(!places_line(p, 5, &found)); /* within the third row */
        EXPECT(!places_line(p, 999, &found));
        EXPECT(places_part_at(p, 6) == PARTS);
        EXPECT(places_part_at(p, 7 + PARTS * EACH * 10) == PARTS);
        places_free(&p);
    }
}

TEST(rows_of_a_group_are_found_in_the_order_of_the_file)
{
    static const struct {
        const char *label;
        struct place_group group;
        uint64_t after; /* line */
        size_t n;
        uint64_t line; /* of the first */
    } rows[] = {
        { "all", { GROUP_WHOLE, 0, 0 }, 0, 60, 2 },
        { "behind a line", { GROUP_WHOLE, 0, 0 }, 4, 57, 6 },
        { "behind one within a row", { GROUP_WHOLE, 0, 0 }, 5, 57, 6 },
        { "behind the last", { GROUP_WHOLE, 0, 0 }, 999, 0, 0 },
        { "an outlet", { GROUP_OUTLET, 2, 0 }, 0, 20, 4 },
        { "a person", { GROUP_PERSON, 6, 0 }, 12, 7, 17 },
        { "no product", { GROUP_PRODUCT, 0, 0 }, 0, 60, 2 },
        { "another", { GROUP_PRODUCT, 1, 0 }, 0, 0, 0 },
        { "the greatest trade",
          { GROUP_TRADE, FIGURES_TRADES_MAX, 0 },
          0,
          60,
          2 },
        /* Also of the days before the period. [PL4] */
        { "its first month", { GROUP_MONTH, 0, 0 }, 0, 16, 2 },
        { "its second", { GROUP_MONTH, 0, 1 }, 0, 14, 20 },
        { "its last", { GROUP_MONTH, 0, 3 }, 0, 14, 53 },
        { "both", { GROUP_OUTLET_MONTH, 1, 1 }, 0, 5, 20 },
    };
    struct heap h = HEAP_LIBC;
    struct places *p = read_all(&h, "010011");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct place_found out[100] = { 0 };
        size_t n = places_group(p, &rows[i].group, rows[i].after, out, 100);

        EXPECT_ROW(rows[i].label, n == rows[i].n);
        EXPECT_ROW(rows[i].label, n == 0 || out[0].lines + 1 == rows[i].line);
        for (size_t k = 1; k < n; k++)
            EXPECT_ROW(rows[i].label, out[k - 1].at < out[k].at);
    }
    struct place_found one;
    EXPECT(places_group(p, &rows[0].group, 0, &one, 1) == 1);
    places_free(&p);
}

TEST(words_are_those_of_who_takes_them_over)
{
    static const uint32_t outlets[] = { 0, 9, 8 };
    static const struct figures_map map = { .outlet = outlets };
    const struct place_group eight = { GROUP_OUTLET, 8, 0 };
    struct place_found out[EACH];
    struct heap h = HEAP_LIBC;
    struct places *p = new_places(&h);
    struct places *other = new_places(&h);

    read_part(other, 0);
    EXPECT(places_merge(p, other, &map) && places_close(p));
    EXPECT(places_group(p, &eight, 0, out, EACH) == 3 && out[0].lines == 3);
    places_free(&p);
    places_free(&other);
}

/* [PL2] A part of many rows of one byte each. */
static void read_many(struct places *p, size_t i, size_t n)
{
    static const char byte = '\n';
    const struct ticket t = ticket_of(0);
    const struct pass_part part = {
        { &byte, 1 },
        { &byte, 1 },
        i * n,
        i * n,
    };

    EXPECT(places_part(p, &part));
    for (size_t row = 0; row < n; row++)
        EXPECT(places_row(p, &t, row, row));
}

TEST(of_more_rows_than_are_kept_parts_are_known_and_no_row)
{
    static const struct figures_map map = { 0 };
    struct heap h = HEAP_LIBC;
    struct place_found found;

    for (size_t more = 0; more < 2; more++) {
        struct places *p = new_places(&h);
        struct places *other = new_places(&h);

        read_many(p, 0, LIMIT / 2);
        read_many(other, 1, LIMIT / 2 + more);
        EXPECT(places_merge(p, other, &map) && places_close(p));
        EXPECT(places_keeps(p) == (more == 0));
        EXPECT(places_parts(p) == 2);
        EXPECT(places_line(p, 1, &found) == (more == 0));
        EXPECT(places_part_line(p, LIMIT) == 1);
        places_free(&p);
        places_free(&other);
    }
    struct places *alone = new_places(&h);
    read_many(alone, 0, LIMIT + 1);
    EXPECT(!places_keeps(alone) && places_close(alone));
    places_free(&alone);
    places_free(&alone);
}
