/* Any bytes as a YAML text: a refusal, or a tree that is what yaml.h says. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "codec/yaml.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_values(const struct yaml *y)
{
    int64_t whole = 0;
    int64_t scaled = 0;
    bool is_int = yaml_int(y, &whole);

    /* A number scaled is the number times the scale, where that fits. */
    if (yaml_decimal(y, 3, &scaled) && is_int)
        check(scaled == whole * 1000);
    check(!is_int || !y->quoted);
}

static void check_node(const struct yaml *y, bool is_member, int depth)
{
    size_t count = 0;

    check(depth <= YAML_DEPTH);
    check(y->line >= 1 && y->column >= 1);
    check((y->key.n > 0) == is_member);
    check(!is_member || (y->key_line >= 1 && y->key_column >= 1));
    check(utf8_check(y->text, NULL) && utf8_check(y->key, NULL));
    check(y->kind == YAML_SCALAR || y->text.n == 0);
    check_values(y);
    for (const struct yaml *c = y->first; c != NULL; c = c->next, count++) {
        check_node(c, y->kind == YAML_MAPPING, depth + 1);
        if (y->kind == YAML_MAPPING)
            check(yaml_get(y, c->key) == c);
    }
    check(count == y->count && (y->kind != YAML_SCALAR || count == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct yaml *root = NULL;

    arena_init(&a, &h, 64 << 20);
    err e = yaml_parse(&a, S("fuzz"), (str){ (const char *)bytes, n }, &root);
    check(failed(e) == (root == NULL));
    if (root != NULL)
        check_node(root, false, 1);
    return 0;
}
