#include "http/router.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"

/*
 * A tree with a level for each segment.  The literals under a node are sorted,
 * so that finding is a binary search at each level [RT4].
 */
struct node {
    str literal;
    struct node **literals; /* sorted by literal */
    size_t n;
    size_t size;
    struct node *parameter; /* NULL: none */
    struct node *rest;      /* NULL: none */
    bool any;               /* a route ends here */
    const struct route *routes[METHOD_COUNT];
};

struct router {
    struct node root;
    const struct route **routes;
    size_t n;
};

str method_name(enum method m)
{
    static const str names[METHOD_COUNT] = {
        [METHOD_GET] = S_INIT("GET"),
        [METHOD_POST] = S_INIT("POST"),
        [METHOD_PUT] = S_INIT("PUT"),
        [METHOD_DELETE] = S_INIT("DELETE"),
    };

    check(m >= 0 && m < METHOD_COUNT);
    return names[m];
}

/* The kinds of segment in a pattern [RT1]. */
enum kind { BROKEN, LITERAL, PARAMETER, REST };

static bool is_word(str s, const char *marks)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= '0' && c <= '9') || strchr(marks, c) != NULL;
        if (!ok || c == '\0')
            return false;
    }
    return s.n > 0;
}

/* What `segment` is; *name gets the name of a parameter. */
static enum kind kind_of(str segment, str *name)
{
    if (!str_begins(segment, S("{"))) {
        bool dots = str_eq(segment, S(".")) || str_eq(segment, S(".."));
        return is_word(segment, "-._~") && !dots ? LITERAL : BROKEN;
    }
    if (!str_ends(segment, S("}")))
        return BROKEN;

    str inside = str_first(str_from(segment, 1), segment.n - 2);
    bool rest = str_ends(inside, S("..."));
    *name = rest ? str_first(inside, inside.n - 3) : inside;
    if (!is_word(*name, "_"))
        return BROKEN;
    return rest ? REST : PARAMETER;
}

/* Is the child called `literal` there, and where does it belong? */
static bool search(const struct node *node, str literal, size_t *at)
{
    size_t low = 0;
    size_t high = node->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(node->literals[middle]->literal, literal);
        if (order == 0) {
            *at = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return false;
}

/* Room for one more literal under `node`. */
static bool grow(struct node *node, struct arena *a)
{
    size_t size = node->size == 0 ? 4 : node->size * 2;

    if (node->n < node->size)
        return true;
    struct node **bigger = arena_array(a, size, sizeof(struct node *));
    if (bigger == NULL)
        return false;
    for (size_t i = 0; i < node->n; i++)
        bigger[i] = node->literals[i];
    node->literals = bigger;
    node->size = size;
    return true;
}

/* The child called `literal`, made when it is not there; NULL: no memory. */
static struct node *literal_child(struct node *node, struct arena *a,
                                  str literal)
{
    size_t at;

    if (search(node, literal, &at))
        return node->literals[at];
    struct node *child = arena_zero(a, sizeof *child);
    if (child == NULL || !grow(node, a))
        return NULL;
    child->literal = literal;
    for (size_t i = node->n; i > at; i--)
        node->literals[i] = node->literals[i - 1];
    node->literals[at] = child;
    node->n++;
    return child;
}

static struct node *only_child(struct node **child, struct arena *a)
{
    if (*child == NULL)
        *child = arena_zero(a, sizeof **child);
    return *child;
}

static struct node *child(struct node *node, struct arena *a, str segment)
{
    str name = S("");

    switch (kind_of(segment, &name)) {
    case LITERAL: return literal_child(node, a, segment);
    case PARAMETER: return only_child(&node->parameter, a);
    case REST: return only_child(&node->rest, a);
    case BROKEN: break;
    }
    check_failed("the pattern is sound", __FILE__, __LINE__);
}

/* The segments of a pattern; none for "/". */
static str segments_of(str pattern)
{
    return pattern.n == 1 ? (str){ NULL, 0 } : str_from(pattern, 1);
}

/* How many parameters called `name` stand in these segments. */
static size_t times_named(str segments, str name)
{
    size_t times = 0;

    while (segments.p != NULL) {
        str its_name = S("");
        enum kind kind = kind_of(str_cut(&segments, '/'), &its_name);
        times += kind != LITERAL && str_eq(its_name, name);
    }
    return times;
}

static bool is_sound(str pattern)
{
    str rest = segments_of(pattern);
    enum kind kind = LITERAL;
    size_t depth = 0;
    size_t parameters = 0;

    if (!str_begins(pattern, S("/")))
        return false;
    while (rest.p != NULL) {
        bool ended = kind == REST;
        str name = S("");
        kind = kind_of(str_cut(&rest, '/'), &name);
        if (kind == BROKEN || ended)
            return false;
        if (kind != LITERAL && times_named(segments_of(pattern), name) > 1)
            return false;
        parameters += kind != LITERAL;
        depth++;
    }
    return depth <= PATH_SEGMENTS && parameters <= ROUTE_PARAMETERS;
}

static err add_route(struct router *r, struct arena *a,
                     const struct route *route)
{
    str pattern = str_of(route->pattern);
    str rest = segments_of(pattern);
    struct node *node = &r->root;

    if (!is_sound(pattern))
        return err_new(a, ERR_INVALID, "router.pattern",
                       ARG_STR("pattern", pattern));
    while (rest.p != NULL) {
        node = child(node, a, str_cut(&rest, '/'));
        TRY_MEMORY(node);
    }

    const struct route *other = node->routes[route->method];
    if (other != NULL)
        return err_new(a, ERR_INVALID, "router.conflict",
                       ARG_STR("one", str_of(other->pattern)),
                       ARG_STR("other", pattern));
    node->any = true;
    node->routes[route->method] = route;
    return OK;
}

static err add_table(struct router *r, struct arena *a,
                     const struct route_table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        r->routes[r->n++] = &table->at[i];
        TRY(add_route(r, a, &table->at[i]));
    }
    return OK;
}

err router_new(struct arena *a, const struct route_table *tables, size_t n,
               struct router **out)
{
    struct router *r = arena_zero(a, sizeof *r);
    size_t total = 0;

    TRY_MEMORY(r);
    for (size_t t = 0; t < n; t++)
        total += tables[t].n;
    r->routes = arena_array(a, total, sizeof(struct route *));
    TRY_MEMORY(r->routes);

    for (size_t t = 0; t < n; t++)
        TRY(add_table(r, a, &tables[t]));
    *out = r;
    return OK;
}

size_t router_count(const struct router *r)
{
    return r->n;
}

const struct route *router_route(const struct router *r, size_t i)
{
    check(i < r->n);
    return r->routes[i];
}

/* The segments from `i` on as they stand in the path; an empty str when one
 * of them is empty or has a slash inside, which joining would hide [RT1]. */
static str rest_of(const struct path *p, size_t i)
{
    const char *from = p->at[i].p;

    for (; i < p->n; i++) {
        if (p->at[i].n == 0 || str_index(p->at[i], '/') < p->at[i].n)
            return S("");
    }
    return (str){ from, (size_t)(p->text.p + p->text.n - from) };
}

/* The node that segments i.. of `p` lead to from `node` [RT2], with the
 * parameters taken on the way in out->values; NULL: none. */
static const struct node *walk(const struct node *node, const struct path *p,
                               size_t i, struct found *out)
{
    const struct node *end = NULL;
    size_t at;

    if (i == p->n)
        return node->any ? node : NULL;
    if (search(node, p->at[i], &at))
        end = walk(node->literals[at], p, i + 1, out);
    if (end != NULL || p->at[i].n == 0)
        return end;

    size_t taken = out->n;
    if (node->parameter != NULL) {
        out->values[out->n++] = p->at[i];
        end = walk(node->parameter, p, i + 1, out);
        if (end != NULL)
            return end;
        out->n = taken;
    }
    str rest = node->rest == NULL ? S("") : rest_of(p, i);
    if (rest.n == 0)
        return NULL;
    out->values[out->n++] = rest;
    return node->rest;
}

void router_find(const struct router *r, const struct path *p,
                 struct found *out)
{
    *out = (struct found){ 0 };
    const struct node *node = walk(&r->root, p, 0, out);

    if (node == NULL)
        return;
    out->any = true;
    memcpy(out->routes, node->routes, sizeof out->routes);
}

size_t route_parameter(const struct route *route, str name)
{
    str rest = segments_of(str_of(route->pattern));
    size_t n = 0;

    while (rest.p != NULL) {
        str its_name = S("");
        enum kind kind = kind_of(str_cut(&rest, '/'), &its_name);
        bool parameter = kind == PARAMETER || kind == REST;
        if (parameter && str_eq(its_name, name))
            return n;
        n += parameter;
    }
    check_failed("the parameter is in the pattern", __FILE__, __LINE__);
}
