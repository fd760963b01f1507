/* Any bytes as a JSON text: a refusal with its place, or a tree that is written
 * and read again as itself, also where its own bytes are taken for that; and
 * jansson, as a referee, agrees. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/jansson.h"
#include "codec/json.h"
#include "codec/utf8.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_tree(const struct json *j, bool is_member, int depth)
{
    size_t count = 0;

    check(depth <= JSON_DEPTH + 1);
    check(utf8_check(j->text, NULL) && utf8_check(j->key, NULL));
    check(is_member || j->key.n == 0);
    check(j->kind == JSON_STR || j->text.n == 0);
    check(!j->broken && j->source.n == 0);
    for (const struct json *c = j->first; c != NULL; c = c->next, count++) {
        check_tree(c, j->kind == JSON_OBJECT, depth + 1);
        if (j->kind == JSON_OBJECT)
            check(json_get(j, c->key) == c);
    }
    check(count == j->count);
}

static str written(struct arena *a,
                   void write(struct buf *, const struct json *),
                   const struct json *j)
{
    struct buf b;
    str out;

    buf_init(&b, a, 16 << 20);
    write(&b, j);
    check(!failed(buf_done(&b, &out)));
    return out;
}

static void check_again(struct arena *a, const struct json *j)
{
    str canonical = written(a, json_canonical, j);
    struct json *back;

    check(!failed(json_parse(a, canonical, &back)));
    check(str_eq(written(a, json_canonical, back), canonical));
    check(!failed(json_parse(a, written(a, json_pretty, j), &back)));
    check(str_eq(written(a, json_canonical, back), canonical));
}

/* [J5] Beside the tree that may be altered: what is kept of any part is how
 * that part is written. */
static void check_sources(struct arena *a, const struct json *j,
                          const struct json *sealed)
{
    const struct json *s = sealed->first;

    check(sealed->kind == j->kind && sealed->count == j->count);
    if (sealed->source.n > 0)
        check(str_eq(sealed->source, written(a, json_canonical, j)));
    for (const struct json *c = j->first; c != NULL; c = c->next, s = s->next) {
        check(s != NULL && str_eq(s->key, c->key));
        check_sources(a, c, s);
    }
}

static void check_sealed(struct arena *a, str text, const struct json *j)
{
    str canonical = written(a, json_canonical, j);
    const struct json *sealed;

    check(!failed(json_parse_sealed(a, text, &sealed)));
    check(str_eq(written(a, json_canonical, sealed), canonical));
    check_sources(a, j, sealed);
    check(!failed(json_parse_sealed(a, canonical, &sealed)));
    check(str_eq(written(a, json_canonical, sealed), canonical));
}

static void check_refusal(err e, size_t n)
{
    int64_t line = e.info->args[0].number;
    int64_t column = e.info->args[1].number;

    check(e.info->code == ERR_INVALID);
    check(line >= 1 && column >= 1);
    check((uint64_t)line + (uint64_t)column <= n + 2);
    check(utf8_check(err_arg_text(e, "near"), NULL));
}

static bool is_one_of(err e, const char *const *ids)
{
    for (; *ids != NULL; ids++) {
        if (strcmp(e.info->id, *ids) == 0)
            return true;
    }
    return false;
}

/* jansson nests deeper, reads numbers of any length and passes over NUL; we
 * read whole numbers beyond int64 that lose no digit. */
static void check_referee(str text, err e)
{
    static const char *const ours[] = { "json.depth", "json.number", "json.nul",
                                        "json.after", NULL };
    json_error_t why = { 0 };
    json_t *theirs = json_loadb(text.n == 0 ? "" : text.p, text.n,
                                JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);

    if (theirs == NULL && !failed(e))
        check(json_error_code(&why) == json_error_numeric_overflow);
    if (theirs != NULL && failed(e))
        check(is_one_of(e, ours));
    json_decref(theirs);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str text = { (const char *)bytes, n };
    struct json *j = NULL;

    arena_init(&a, &h, 256 << 20);
    err e = json_parse(&a, text, &j);
    check(failed(e) == (j == NULL));
    if (j != NULL) {
        check_tree(j, false, 1);
        check_again(&a, j);
        check_sealed(&a, text, j);
    } else {
        check_refusal(e, n);
    }
    check_referee(text, e);
    return 0;
}
