/* What somebody says that columns are. */

#include "records/columns_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/near.h"
#include "base/size.h"
#include "codec/yaml.h"

enum { KNOWN_BYTES = 1000 };

struct reader {
    struct arena *a;
    str name;
    const struct columns *found;
    struct column_given *given;
};

struct choice {
    str name;
    int value;
};

static const struct choice orders[] = {
    { S_INIT("ymd"), MOMENT_YMD },
    { S_INIT("dmy"), MOMENT_DMY },
    { S_INIT("mdy"), MOMENT_MDY },
};

static const struct choice scales[] = {
    { S_INIT("5"), SCALE_5 },
    { S_INIT("10"), SCALE_10 },
    { S_INIT("100"), SCALE_100 },
    { S_INIT("words"), SCALE_WORDS },
};

/* clang-format off */
#define REFUSE(r, id, y, ...)                                                  \
    err_new((r)->a, ERR_INVALID, (id), ARG_STR("name", (r)->name),             \
            ARG_INT("line", (y)->line), ARG_INT("column", (y)->column)         \
            __VA_OPT__(, ) __VA_ARGS__)
/* clang-format on */

/* --- what is named -------------------------------------------------------- */

static err find_column(const struct reader *r, const struct yaml *m,
                       size_t *out)
{
    struct near near = { .word = m->key };

    for (size_t at = 0; at < r->found->n; at++) {
        if (str_eq(r->found->columns[at].name, str_trim(m->key))) {
            *out = at;
            return OK;
        }
        near_offer(&near, r->found->columns[at].name);
    }
    if (near.found.n == 0)
        return REFUSE(r, "records.map_column", m, ARG_STR("what", m->key));
    return REFUSE(r, "records.map_column_near", m, ARG_STR("what", m->key),
                  ARG_STR("near", near.found));
}

static err known_roles(struct arena *a, str *out)
{
    struct buf b;

    buf_init(&b, a, KNOWN_BYTES);
    for (size_t role = 0; role < COLUMN_ROLES; role++) {
        if (role > 0)
            buf_str(&b, S(", "));
        buf_str(&b, column_role_name((enum column_role)role));
    }
    return buf_done(&b, out);
}

static err find_role(const struct reader *r, const struct yaml *y,
                     enum column_role *out)
{
    str known = S("");

    for (size_t role = 0; y->kind == YAML_SCALAR && role < COLUMN_ROLES;
         role++) {
        if (!str_eq(column_role_name((enum column_role)role), y->text))
            continue;
        *out = (enum column_role)role;
        return OK;
    }
    TRY(known_roles(r->a, &known));
    return REFUSE(r, "records.map_role", y, ARG_STR("what", y->text),
                  ARG_STR("known", known));
}

static bool find_choice(const struct choice *choices, size_t n,
                        const struct yaml *y, int *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(choices[i].name, y->text))
            continue;
        *out = choices[i].value;
        return true;
    }
    return false;
}

/* --- what cannot be true ------------------------------------------------- */

static err check_twice(const struct reader *r, const struct yaml *m, size_t at,
                       enum column_role role)
{
    for (size_t other = 0; other < r->found->n; other++) {
        const struct column_given *g = &r->given[other];
        bool same = role != COLUMN_NONE && g->role == role;

        if (g->given && (other == at || same))
            return REFUSE(r, "records.map_twice", m,
                          ARG_STR("what", other == at ? m->key
                                                      : column_role_name(role)),
                          ARG_INT("first", g->line));
    }
    return OK;
}

static err check_content(const struct reader *r, const struct yaml *m,
                         const struct column *c, enum column_role role)
{
    enum column_want want = column_role_want(role);

    if (c->content.filled == 0 || column_fit(&c->content, want) > 0)
        return OK;
    return REFUSE(r, "records.map_content", m, ARG_STR("what", m->key),
                  ARG_IDS("want", str_of(column_want_text(want))));
}

static bool has_order(const struct column_content *c, enum moment_order order)
{
    size_t i = order == MOMENT_YMD ? 0 : order == MOMENT_DMY ? 1 : 2;

    return c->filled == 0 || c->moments[i] > 0;
}

/* --- reading ----------------------------------------------------------- */

static err read_order(const struct reader *r, const struct yaml *y,
                      const struct column *c, struct column_given *g)
{
    int order = 0;

    if (!find_choice(orders, COUNT(orders), y, &order))
        return REFUSE(r, "records.map_order", y, ARG_STR("what", y->text));
    if (!column_is_moment(g->role))
        return REFUSE(r, "records.map_not_moment", y);
    if (!has_order(&c->content, (enum moment_order)order))
        return REFUSE(r, "records.map_order_content", y,
                      ARG_STR("what", c->name));
    g->order = (enum moment_order)order;
    return OK;
}

static err read_scale(const struct reader *r, const struct yaml *y,
                      struct column_given *g)
{
    int scale = 0;

    if (!find_choice(scales, COUNT(scales), y, &scale))
        return REFUSE(r, "records.map_scale", y, ARG_STR("what", y->text));
    if (g->role != COLUMN_SATISFACTION)
        return REFUSE(r, "records.map_not_score", y);
    g->scale = (enum column_scale)scale;
    return OK;
}

/* column = role | "{" "role:" role ["order:" order] ["scale:" scale] "}" */
static err read_column(const struct reader *r, const struct yaml *m, size_t at)
{
    const struct column *c = &r->found->columns[at];
    const struct yaml *role =
        m->kind == YAML_SCALAR ? m : yaml_get(m, S("role"));
    struct column_given g = { .given = true, .line = m->key_line };

    if (role == NULL)
        return REFUSE(r, "records.map_form", m);
    TRY(find_role(r, role, &g.role));
    TRY(check_twice(r, m, at, g.role));
    TRY(check_content(r, m, c, g.role));
    for (const struct yaml *x = m->first; x != NULL; x = x->next) {
        if (str_eq(x->key, S("order")))
            TRY(read_order(r, x, c, &g));
        else if (str_eq(x->key, S("scale")))
            TRY(read_scale(r, x, &g));
        else if (x != role)
            return REFUSE(r, "records.map_member", x, ARG_STR("what", x->key));
    }
    r->given[at] = g;
    return OK;
}

err columns_map_read(struct arena *a, str name, str text,
                     const struct columns *found, struct column_given **out)
{
    struct reader r = { a, name, found, NULL };
    struct yaml *root = NULL;

    TRY(yaml_parse(a, name, text, &root));
    if (root->kind != YAML_MAPPING)
        return REFUSE(&r, "records.map_form", root);
    r.given = arena_array(a, found->n, sizeof *r.given);
    TRY_MEMORY(r.given);
    for (const struct yaml *m = root->first; m != NULL; m = m->next) {
        size_t at = 0;

        TRY(find_column(&r, m, &at));
        TRY(read_column(&r, m, at));
    }
    *out = r.given;
    return OK;
}
