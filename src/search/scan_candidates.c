#include "search/room.h"
#include "search/scan_parts.h"

/*
 * Candidates, one by one held against the words.  First they fall through a
 * sieve: bits by the low end of a document's number, set for the documents of
 * other lists in which an answer must be too.
 */

enum {
    AHEAD = 12,           /* candidates that are fetched meanwhile */
    SIEVE_BITS = 1 << 18, /* a document's bit is its number modulo this */
    SIEVE_MOST = 1 << 17, /* documents; more would fill it */
    SIEVE_WORTH = 24,     /* times the candidates a sieve may hold */
    SOME = 256,           /* documents that are looked at together */
};

static size_t sift(const uint64_t *sieve, uint32_t *documents, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t bit = documents[i] % SIEVE_BITS;

        documents[kept] = documents[i];
        kept += sieve[bit / 64] >> bit % 64 & 1;
    }
    return kept;
}

/* Only those that live, and their lengths brought along. */
static size_t living(const struct scan *sc, uint32_t *documents, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        documents[kept] = documents[i];
        kept += scan_lives(sc, documents[i], 0) ? 1 : 0;
    }
    return kept;
}

static void hold(struct scan *sc, const uint32_t *documents, size_t n)
{
    const struct segment *s = sc->segment;
    uint32_t ahead = 0;
    uint32_t length = 0;

    for (size_t i = 0; i < n + AHEAD; i++) {
        if (i < n) {
            ahead = segment_length_from(s, documents[i], ahead);
            segment_fetch(s, documents[i], ahead);
        }
        if (i < AHEAD)
            continue;

        uint32_t d = documents[i - AHEAD];
        length = segment_length_from(s, d, length);
        uint64_t rank = scan_match(&sc->asked, segment_name_of(s, d, length));
        if (rank != NOWHERE)
            scan_answer(sc, rank, d, length);
    }
}

static void candidates(struct scan *sc, const uint64_t *sieve,
                       uint32_t *documents, size_t n)
{
    if (sieve != NULL)
        n = sift(sieve, documents, n);
    n = living(sc, documents, n);
    hold(sc, documents, n);
}

/* The documents of a list, in a block of the room's. */
static err documents_of(struct scan *sc, const struct list *l, uint32_t **out,
                        size_t *n)
{
    uint32_t *documents = room_take(sc->room, l->n * sizeof *documents);

    *n = 0;
    TRY_MEMORY(documents != NULL);
    for (int i = 0; i < LIST_TIERS; i++)
        *n += list_documents(&l->parts[i], sc->segment->n, documents + *n);
    *out = documents;
    return OK;
}

/* Of a single list; others are not worth it. */
static err make_sieve(struct scan *sc, const struct terms *from, uint64_t most,
                      uint64_t **out)
{
    struct list one;
    uint32_t *documents;
    size_t n;

    *out = NULL;
    if (from->n != 1 || from->count > SIEVE_MOST || from->count > most ||
        !term_one(&from->of[0], &one))
        return OK;

    uint64_t *sieve = room_zero(sc->room, SIEVE_BITS / 8);
    TRY_MEMORY(sieve != NULL);
    TRY(documents_of(sc, &one, &documents, &n));
    for (size_t i = 0; i < n; i++) {
        uint32_t bit = documents[i] % SIEVE_BITS;

        sieve[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    *out = sieve;
    return OK;
}

/* Of several lists, in which a document may come twice. */
static err candidates_of_many(struct scan *sc, const struct terms *from,
                              const uint64_t *sieve)
{
    size_t words = segment_words(sc->segment);
    uint64_t *bits = room_zero(sc->room, words * sizeof *bits);
    uint32_t documents[SOME];
    size_t n = 0;

    TRY_MEMORY(bits != NULL);
    for (size_t i = 0; i < from->n; i++)
        term_mark(&from->of[i], LIST_TIERS, 0, sc->segment->n, bits);
    for (size_t i = 0; i < words; i++) {
        for (uint64_t word = bits[i]; word != 0; word &= word - 1)
            documents[n++] =
                (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(word);
        if (n > SOME - 64 || i + 1 == words) {
            candidates(sc, sieve, documents, n);
            n = 0;
        }
    }
    return OK;
}

err scan_candidates(struct scan *sc, const struct terms *from,
                    const struct terms *sift_by)
{
    struct list one;
    uint64_t *sieve;
    uint32_t *documents;
    size_t n;

    if (from->count == 0)
        return OK;
    TRY(make_sieve(sc, sift_by, from->count * SIEVE_WORTH, &sieve));
    if (from->n > 1 || !term_one(&from->of[0], &one))
        return candidates_of_many(sc, from, sieve);
    TRY(documents_of(sc, &one, &documents, &n));
    candidates(sc, sieve, documents, n);
    return OK;
}
