/* Screens of telephones and of persons. */

#include "records/screens_parts.h"

#include <string.h>

/* --- one telephone of many customers --- */

enum { PHONE_CUSTOMERS = 6 }; /* a family has fewer */

/* Rows from..to of `t` are those of one telephone: has it so many customers? */
static bool is_of_many(const struct screening *s, const struct sorted *t,
                       size_t n)
{
    uint64_t known[PHONE_CUSTOMERS] = { 0 };
    size_t customers = 0;

    for (size_t i = 0; i < n && customers < PHONE_CUSTOMERS; i++) {
        uint64_t customer = s->marks[t[i].row].customer;
        size_t k = 0;

        while (k < customers && known[k] != customer)
            k++;
        if (k == customers)
            known[customers++] = customer;
    }
    return customers == PHONE_CUSTOMERS;
}

static size_t end_of_key(const struct sorted *t, size_t from, size_t n)
{
    size_t to = from + 1;

    while (to < n && t[to].key == t[from].key)
        to++;
    return to;
}

/* Switchboards and offices that ask for many: at most one ticket in 50. */
void look_phones(struct screening *s, struct screen_result *out)
{
    struct finding f = { "records.role_phone", { 0 }, { 1, 50 }, 1 };
    struct sorted *t;
    size_t n = 0;
    size_t to;

    for (size_t i = 0; i < s->n; i++) {
        if (s->marks[i].phone != 0 && s->marks[i].customer != 0)
            s->a[n++] = (struct sorted){ s->marks[i].phone, i };
    }
    f.seen.n = n;
    t = sorted_by_key(s->a, s->b, n, 6);
    for (size_t from = 0; from < n; from = to) {
        to = end_of_key(t, from, n);
        if (!is_of_many(s, t + from, to - from))
            continue;
        f.seen.k += to - from;
        for (size_t i = from; i < to; i++)
            concern(s, t[i].row);
    }
    screen_judge(out, &f);
}

/* --- one person at two customers' --- */

enum { VISIT_MOST = 8 * SECONDS_OF_HOUR }; /* longer ones were interrupted */

static bool is_visit(const struct mark *m)
{
    return m->person != 0 && m->arrived != MARK_SECONDS_NONE &&
           m->resolved != MARK_SECONDS_NONE && m->arrived >= 0 &&
           m->resolved > m->arrived &&
           (int64_t)m->resolved - m->arrived <= VISIT_MOST;
}

static bool is_elsewhere(const struct mark *x, const struct mark *y)
{
    return x->customer == 0 || y->customer == 0 || x->customer != y->customer;
}

/* The visits of everyone, by person and arrival. */
static size_t visits_of(struct screening *s, struct sorted **t)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        const struct mark *m = &s->marks[i];

        if (is_visit(m))
            s->a[n++] = (struct sorted){
                (uint64_t)m->person << 34 |
                    (uint64_t)(m->opened + (int64_t)m->arrived),
                i,
            };
    }
    *t = sorted_by_key(s->a, s->b, n, 7);
    return n;
}

/* Who fetches a part and comes back is elsewhere in between: at most one visit
 * in 20. */
void look_overlap(struct screening *s, struct screen_result *out)
{
    struct finding f = { "records.role_person", { 0 }, { 1, 20 }, 1 };
    struct sorted *t;
    size_t n = visits_of(s, &t);
    size_t longest = 0; /* the visit of this person that ends last so far */

    f.seen.n = n;
    for (size_t i = 1; i < n; i++) {
        const struct mark *m = &s->marks[t[i].row];
        const struct mark *busy = &s->marks[t[longest].row];
        bool is_same = busy->person == m->person;

        if (is_same && is_elsewhere(busy, m) &&
            mark_moment(m, m->arrived) < mark_moment(busy, busy->resolved)) {
            f.seen.k++;
            concern(s, t[i].row);
            concern(s, t[longest].row);
        }
        if (!is_same ||
            mark_moment(m, m->resolved) > mark_moment(busy, busy->resolved))
            longest = i;
    }
    screen_judge(out, &f);
}
