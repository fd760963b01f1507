#include "service/toss.h"

#include "crypto/hash.h"
#include "domain/sampling.h"
#include "tlog/leaf.h"

#include <string.h>

/* How often a list of customers was fixed so far. */
static int64_t tosses_of(const struct case_file *file)
{
    int64_t n = 0;

    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        n += strcmp(e->kind->name, "sample.committed") == 0;
    return n;
}

/* [TS1] */
static struct hash number_of(const struct app *app,
                             const struct case_file *file, int64_t toss)
{
    static const char purpose[] = "tenstar toss";
    struct sha256 h;
    struct hash out;
    uint8_t place[8];

    for (size_t i = 0; i < sizeof place; i++)
        place[i] = (uint8_t)((uint64_t)toss >> (8 * i));
    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_add(&h, place, sizeof place);
    sha256_add(&h, file->number.p, file->number.n);
    sha256_end(&h, out.b);
    return out;
}

struct hash toss_next(const struct app *app, const struct case_file *file)
{
    return number_of(app, file, tosses_of(file));
}

bool toss_sealed(const struct app *app, const struct case_file *file,
                 struct hash *out)
{
    const struct sample_commitment *c = file->state->sample.commitment;

    if (c == NULL)
        return false;

    const struct hash number = number_of(app, file, tosses_of(file) - 1);
    const struct hash sealed = sampling_commitment(&number);
    if (!hash_eq(&sealed, &c->commitment))
        return false;
    *out = number;
    return true;
}
