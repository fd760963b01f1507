/*
 * A name is packed so, numbers with their least byte first:
 *
 *     2 each facet    1 kind    2 bytes of number    number    name
 *
 * A word of a facet has its number under "word", the facet and the word, of
 * which the first bytes stand for all; under "words" and the facet stands how
 * many have one.
 *
 * Ids are keys of 4 bytes and serials of 8, their most byte first; the ids of a
 * certificate stand behind each other, the holder's name first.
 */

#include "register/named.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

enum { NEXT_MAX = 1 << 30 }; /* then they are given again */

enum {
    ID = 4,
    SERIAL = 8,
    HEAD = SEARCH_FACETS * 2 + 1 + 2,
    PACKED_MAX = 1 << 20,
    WORD_HEAD = 5,
    WORD_MAX = 400, /* bytes of a word that tell it from others */
    NUMBER = 2,     /* bytes of a word's number */
};

static const str state_key = S_INIT("names");

/* --- bytes --------------------------------------------------------------- */

/* A key of `n` bytes. */
static str key_of(char *to, size_t n, uint64_t number)
{
    for (size_t i = n; i-- > 0; number >>= 8)
        to[i] = (char)(uint8_t)number;
    return (str){ to, n };
}

static uint64_t number_of(str key)
{
    uint64_t number = 0;

    for (size_t i = 0; i < key.n; i++)
        number = number << 8 | (uint8_t)key.p[i];
    return number;
}

static void put_two(struct buf *b, size_t n)
{
    buf_char(b, (char)(uint8_t)n);
    buf_char(b, (char)(uint8_t)(n >> 8));
}

static uint16_t two_at(const char *p)
{
    return (uint16_t)((uint8_t)p[0] | (uint8_t)p[1] << 8);
}

static err pack(struct arena *a, const struct named *n, str *out)
{
    struct buf b;

    buf_init(&b, a, PACKED_MAX);
    for (int i = 0; i < SEARCH_FACETS; i++)
        put_two(&b, n->facets[i]);
    buf_char(&b, (char)n->kind);
    put_two(&b, n->number.n);
    buf_str(&b, n->number);
    buf_str(&b, n->name);
    return buf_done(&b, out);
}

/* False: this is no packed name. */
static bool unpack(str packed, struct named *out)
{
    if (packed.n < HEAD)
        return false;
    size_t number = two_at(packed.p + HEAD - 2);
    if (packed.n - HEAD < number)
        return false;
    for (int i = 0; i < SEARCH_FACETS; i++)
        out->facets[i] = two_at(packed.p + (size_t)i * 2);
    out->kind = (uint8_t)packed.p[HEAD - 3];
    out->number = (str){ packed.p + HEAD, number };
    out->name = str_from(packed, HEAD + number);
    return true;
}

/* --- the state ----------------------------------------------------------- */

err named_state(const struct book_reader *r, struct arena *a,
                struct named_state *out)
{
    struct named_state s = { 0 };
    bool found;
    str bytes;

    TRY(book_get(r, a, BOOK_META, state_key, &bytes, &found));
    if (found && bytes.n == sizeof s)
        memcpy(&s, bytes.p, sizeof s);
    *out = s;
    return OK;
}

static err put_state(struct book_writer *w, struct arena *a,
                     const struct named_state *s)
{
    return book_put(w, a, BOOK_META, state_key,
                    (str){ (const char *)s, sizeof *s });
}

err named_begin(struct book_writer *w, struct arena *a,
                const struct named_state *before, uint64_t at)
{
    const struct named_state s = {
        .origin = at > before->origin ? at : before->origin + 1,
        .serial = 1,
        .next = before->next == 0 || before->next > NEXT_MAX ? 1 : before->next,
    };

    return put_state(w, a, &s);
}

/* --- words [NM4] ------------------------------------------------------- */

static str word_key(char to[WORD_HEAD + WORD_MAX], enum search_facet facet,
                    str word)
{
    size_t n = word.n < WORD_MAX ? word.n : WORD_MAX;

    memcpy(to, "word", WORD_HEAD - 1);
    to[WORD_HEAD - 1] = (char)facet;
    memcpy(to + WORD_HEAD, word.p, n);
    return (str){ to, WORD_HEAD + n };
}

/* The number under a key; 0 where there is none. */
static err get_two(const struct book_reader *r, struct arena *a, str key,
                   uint16_t *out)
{
    bool found;
    str bytes;

    TRY(book_get(r, a, BOOK_META, key, &bytes, &found));
    *out = found && bytes.n == NUMBER ? two_at(bytes.p) : 0;
    return OK;
}

static err put_number(struct book_writer *w, struct arena *a, str key,
                      uint16_t n)
{
    const char bytes[NUMBER] = { (char)(uint8_t)n, (char)(uint8_t)(n >> 8) };

    return book_put(w, a, BOOK_META, key, (str){ bytes, NUMBER });
}

static err count_words(const struct book_reader *r, struct arena *a,
                       enum search_facet facet, uint16_t *out)
{
    const char key[] = { 'w', 'o', 'r', 'd', 's', (char)facet };

    return get_two(r, a, (str){ key, sizeof key }, out);
}

err named_word(const struct book_reader *r, struct arena *a,
               enum search_facet facet, str word, uint16_t *out, bool *found)
{
    char key[WORD_HEAD + WORD_MAX];
    uint16_t count;

    *out = 0;
    *found = word.n == 0;
    if (*found)
        return OK;
    TRY(get_two(r, a, word_key(key, facet, word), out));
    TRY(count_words(r, a, facet, &count));
    if (*out == 0 && count == NAMED_WORDS)
        *out = NAMED_WORDS + 1;
    *found = *out != 0;
    return OK;
}

err named_word_put(struct book_writer *w, struct arena *a,
                   enum search_facet facet, str word, uint16_t *out)
{
    const char words[] = { 'w', 'o', 'r', 'd', 's', (char)facet };
    char key[WORD_HEAD + WORD_MAX];
    uint16_t count;
    bool found;

    TRY(named_word(book_writing(w), a, facet, word, out, &found));
    if (found)
        return OK;
    TRY(count_words(book_writing(w), a, facet, &count));
    *out = ++count;
    TRY(put_number(w, a, (str){ words, sizeof words }, count));
    return put_number(w, a, word_key(key, facet, word), count);
}

/* --- writing ---------------------------------------------------------- */

/* The names of one certificate, on their way. */
struct putting {
    struct book_writer *w;
    struct arena *a;
    bool noted;
    bool known; /* the certificate has been put or missed before */
    struct named_state state;
    size_t n; /* of `ids` */
    uint32_t ids[NAMED_MOST];
};

static err putting_begin(struct putting *p, str number)
{
    str ids;

    TRY(named_state(book_writing(p->w), p->a, &p->state));
    TRY(book_get(book_writing(p->w), p->a, BOOK_NAMED, number, &ids,
                 &p->known));
    for (size_t at = 0; p->known && at + ID <= ids.n && p->n < NAMED_MOST;
         at += ID)
        p->ids[p->n++] = (uint32_t)number_of((str){ ids.p + at, ID });
    return OK;
}

static err note(struct putting *p, uint32_t id)
{
    char serial[SERIAL];
    char own[ID];

    if (!p->noted)
        return OK;
    return book_put(p->w, p->a, BOOK_CHANGED,
                    key_of(serial, SERIAL, ++p->state.serial),
                    key_of(own, ID, id));
}

/* Name `i` is this one; nothing happens where it is so already. */
static err put_name(struct putting *p, size_t i, const struct named *n)
{
    bool found = false;
    char key[ID];
    str packed;
    str old = S("");

    TRY(pack(p->a, n, &packed));
    if (i == p->n)
        p->ids[p->n++] = p->state.next++;
    else
        TRY(book_get(book_writing(p->w), p->a, BOOK_NAMES,
                     key_of(key, ID, p->ids[i]), &old, &found));
    if (found && str_eq(old, packed))
        return OK;
    TRY(book_put(p->w, p->a, BOOK_NAMES, key_of(key, ID, p->ids[i]), packed));
    return note(p, p->ids[i]);
}

/* Those from `n` on are no more. */
static err drop_names(struct putting *p, size_t n)
{
    while (p->n > n) {
        uint32_t id = p->ids[--p->n];
        char key[ID];

        TRY(book_drop(p->w, p->a, BOOK_NAMES, key_of(key, ID, id)));
        TRY(note(p, id));
    }
    return OK;
}

static err putting_done(struct putting *p, str number)
{
    char ids[NAMED_MOST * ID];

    for (size_t i = 0; i < p->n; i++)
        (void)key_of(ids + i * ID, ID, p->ids[i]);
    TRY(book_put(p->w, p->a, BOOK_NAMED, number, (str){ ids, p->n * ID }));
    return put_state(p->w, p->a, &p->state);
}

err named_put(struct book_writer *w, struct arena *a, const struct named *names,
              size_t n, bool noted)
{
    struct putting p = { .w = w, .a = a, .noted = noted };
    size_t most = n < NAMED_MOST ? n : NAMED_MOST;

    TRY(putting_begin(&p, names[0].number));
    if (p.known && p.n == 0)
        p.state.missed--;
    TRY(drop_names(&p, most));
    for (size_t i = 0; i < most; i++)
        TRY(put_name(&p, i, &names[i]));
    return putting_done(&p, names[0].number);
}

err named_miss(struct book_writer *w, struct arena *a, str number, bool noted)
{
    struct putting p = { .w = w, .a = a, .noted = noted };

    TRY(putting_begin(&p, number));
    if (p.known && p.n == 0)
        return OK;
    p.state.missed++;
    TRY(drop_names(&p, 0));
    return putting_done(&p, number);
}

/* The first of them, at most so many. */
enum { TRIM = 1000 };

struct trimming {
    uint64_t until;
    size_t n;
    uint64_t serials[TRIM];
};

static bool see_old(void *context, str key, str)
{
    struct trimming *t = context;
    uint64_t serial = number_of(key);

    if (serial > t->until)
        return false;
    t->serials[t->n++] = serial;
    return t->n < TRIM;
}

err named_trim(struct book_writer *w, struct arena *a, uint64_t serial)
{
    struct trimming *t = arena_zero(a, sizeof *t);
    char key[SERIAL];

    TRY_MEMORY(t);
    t->until = serial;
    do {
        t->n = 0;
        TRY(book_walk(book_writing(w), a, BOOK_CHANGED, key_of(key, SERIAL, 0),
                      see_old, t));
        for (size_t i = 0; i < t->n; i++)
            TRY(book_drop(w, a, BOOK_CHANGED,
                          key_of(key, SERIAL, t->serials[i])));
    } while (t->n == TRIM);
    return OK;
}

/* --- reading ---------------------------------------------------------- */

err named_get(const struct book_reader *r, struct arena *a, uint32_t id,
              struct named *out, bool *found)
{
    char key[ID];
    str packed;

    TRY(book_get(r, a, BOOK_NAMES, key_of(key, ID, id), &packed, found));
    *found = *found && unpack(packed, out);
    return OK;
}

struct walking {
    void *context;
    named_each *name;
    named_each_change *change;
};

static bool see_name(void *context, str key, str value)
{
    const struct walking *w = context;
    struct named n;

    return !unpack(value, &n) ||
           w->name(w->context, (uint32_t)number_of(key), &n);
}

err named_walk(const struct book_reader *r, struct arena *a, named_each *each,
               void *context)
{
    struct walking w = { .context = context, .name = each };
    char key[ID];

    return book_walk(r, a, BOOK_NAMES, key_of(key, ID, 0), see_name, &w);
}

static bool see_change(void *context, str key, str value)
{
    const struct walking *w = context;

    return w->change(w->context, number_of(key), (uint32_t)number_of(value));
}

err named_changes(const struct book_reader *r, struct arena *a, uint64_t serial,
                  named_each_change *each, void *context)
{
    struct walking w = { .context = context, .change = each };
    char key[SERIAL];

    return book_walk(r, a, BOOK_CHANGED, key_of(key, SERIAL, serial + 1),
                     see_change, &w);
}
