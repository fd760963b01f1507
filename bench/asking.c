#include "asking.h"

#include "measure.h"

#include "base/arena.h"
#include "register/book.h"

#include <stdio.h>
#include <string.h>

enum { BATCHES_MOST = 2000 };

void asking_begin(struct asking *k, struct arena *a, uint64_t seed)
{
    *k = (struct asking){ .random = seed };
    k->numbers = arena_zero(a, sizeof *k->numbers * ASKING_MOST);
    must(k->numbers != NULL, "there is no memory");
}

static void put(char (*to)[ASKING_ROOM], str number)
{
    must(number.n < ASKING_ROOM, "a number is too long");
    memcpy(*to, number.p, number.n);
    (*to)[number.n] = '\0';
}

void asking_add(struct asking *k, const char *number)
{
    must(k->n < ASKING_MOST, "there is no room for the number");
    put(&k->numbers[k->n++], str_of(number));
}

uint32_t asking_below(struct asking *k, uint32_t n)
{
    uint64_t z = (k->random += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    return (uint32_t)((z >> 32) * n >> 32);
}

/* --- drawn --------------------------------------------------------------- */

struct drawing {
    struct asking *k;
    str but;
    uint32_t seen;
};

/* The n-th stays with the odds that all before it have as well. */
static bool see(void *context, str key, str)
{
    struct drawing *d = context;
    struct asking *k = d->k;
    uint32_t place;

    if (str_begins(key, d->but))
        return true;
    place = asking_below(k, ++d->seen);
    if (k->n < ASKING_MOST)
        put(&k->numbers[k->n++], key);
    else if (place < ASKING_MOST)
        put(&k->numbers[place], key);
    return true;
}

static void shuffle(struct asking *k)
{
    char one[ASKING_ROOM];

    for (size_t i = k->n; i > 1; i--) {
        size_t other = asking_below(k, (uint32_t)i);

        memcpy(one, k->numbers[i - 1], sizeof one);
        memcpy(k->numbers[i - 1], k->numbers[other], sizeof one);
        memcpy(k->numbers[other], one, sizeof one);
    }
}

void asking_draw(struct asking *k, struct arena *a,
                 const struct book_reader *book, str but)
{
    struct drawing d = { .k = k, .but = but };

    ok(book_walk(book, a, BOOK_ANSWERS, S("\1"), see, &d));
    must(k->n > 0, "the register is empty");
    shuffle(k);
}

const char *asking_next(struct asking *k)
{
    k->at = (k->at + 1) % k->n;
    return k->numbers[k->at];
}

/* --- scripts ------------------------------------------------------------- */

static FILE *create(const char *folder, const char *name, const char *end,
                    char out[static ASKING_PATH])
{
    int n = snprintf(out, ASKING_PATH, "%s/%s.%s", folder, name, end);

    must(n > 0 && n < ASKING_PATH, "the folder's path is too long");
    FILE *f = fopen(out, "w");
    must(f != NULL, "there is no script");
    return f;
}

static void finish(FILE *f)
{
    must(fclose(f) == 0, "the script cannot be written");
}

/* `make` is what a line x of the list becomes. */
static void put_script(const char *list, const char *make, FILE *f)
{
    (void)fprintf(f,
                  "local ready, at = {}, 0\n"
                  "init = function()\n"
                  "  for x in io.lines([[%s]]) do\n"
                  "    ready[#ready + 1] = %s\n"
                  "  end\n"
                  "end\n"
                  "request = function()\n"
                  "  at = at %% #ready + 1\n"
                  "  return ready[at]\n"
                  "end\n",
                  list, make);
    finish(f);
}

void asking_write(const struct asking *k, const char *folder, const char *name,
                  const char *before, char out[static ASKING_PATH])
{
    static char list[ASKING_PATH];
    char make[200];
    FILE *f = create(folder, name, "txt", list);

    for (size_t i = 0; i < k->n; i++)
        (void)fprintf(f, "%s\n", k->numbers[i]);
    finish(f);
    (void)snprintf(make, sizeof make, "wrk.format(\"GET\", \"%s\" .. x)",
                   before);
    put_script(list, make, create(folder, name, "lua", out));
}

static void put_batch(FILE *f, const struct asking *k, size_t from, size_t many)
{
    (void)fprintf(f, "{\"numbers\":[");
    for (size_t i = 0; i < many; i++)
        (void)fprintf(f, "%s\"%s\"", i > 0 ? "," : "",
                      k->numbers[(from + i) % k->n]);
    (void)fprintf(f, "]}\n");
}

void asking_write_many(const struct asking *k, const char *folder,
                       const char *name, const char *path, size_t many,
                       char out[static ASKING_PATH])
{
    static char list[ASKING_PATH];
    char make[300];
    FILE *f = create(folder, name, "txt", list);

    for (size_t i = 0; i < BATCHES_MOST && i * many < k->n; i++)
        put_batch(f, k, i * many, many);
    finish(f);
    (void)snprintf(make, sizeof make,
                   "wrk.format(\"POST\", \"%s\","
                   " { [\"Content-Type\"] = \"application/json\" }, x)",
                   path);
    put_script(list, make, create(folder, name, "lua", out));
}
