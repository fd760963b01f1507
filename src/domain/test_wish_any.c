/*
 * Whatever the table of a struct lets in, and now and then what it does not.
 */

#include "domain/test_wish.h"

#include "base/arena.h"
#include "base/size.h"

enum { DEPTH_MOST = 3, MEMBERS_MOST = 4 };

/* --- texts ---------------------------------------------------------------- */

static str leaf_name(struct walk *w)
{
    const struct scheme *s = w->scheme;

    return scheme_leaf_at(s, (int32_t)walk_pick(w, s->leaf_count))->id;
}

static str requirement_name(struct walk *w)
{
    return w->scheme->requirements[walk_pick(w, w->scheme->requirement_count)]
        .id;
}

static str level_name(struct walk *w)
{
    return w->scheme->levels[walk_pick(w, w->scheme->level_count)].id;
}

static str figure_name(struct walk *w)
{
    if (w->scheme->figure_count == 0)
        return S("satisfaction");
    return w->scheme->figures[walk_pick(w, w->scheme->figure_count)].id;
}

static str item_name(struct walk *w)
{
    return w->scheme->eligibility[walk_pick(w, w->scheme->eligibility_count)]
        .id;
}

static str login_name(struct walk *w)
{
    return w->people[walk_pick(w, w->people_count)].login;
}

static str site_name(struct walk *w)
{
    const struct application *a = w->state->application;
    const struct site *sites = a == NULL ? NULL : a->sites.p;

    return a == NULL ? S("总部") : sites[walk_pick(w, a->sites.n)].name;
}

static str client_name(struct walk *w)
{
    return w->enterprise.name;
}

static const struct {
    const char *field;
    str (*name)(struct walk *w);
} known[] = {
    { "indicator", leaf_name }, { "requirement", requirement_name },
    { "level", level_name },    { "figure", figure_name },
    { "item", item_name },      { "lead", login_name },
    { "members", login_name },  { "sites", site_name },
    { "payer", client_name },
};

/* Brackets and braces are left out: the walk looks for them in refusals. */
static str strange_text(struct walk *w)
{
    static const str texts[] = {
        S_INIT(""),
        S_INIT(" "),
        S_INIT("x"),
        S_INIT("无"),
        S_INIT("\"\\/'"),
        S_INIT("a\nb\tc"),
        S_INIT("\xF0\x9F\x94\xA7 工具"),
        S_INIT("\x07"),
        S_INIT("\xE2\x80\xAE"),
        S_INIT("示例电器有限公司 "),
        S_INIT("every word of it was said before and will be said again"),
    };

    return texts[walk_pick(w, COUNT(texts))];
}

static str any_text(struct walk *w, const struct field *f)
{
    if (walk_seldom(w, 8))
        return strange_text(w);
    for (size_t i = 0; i < COUNT(known); i++) {
        if (strcmp(known[i].field, f->name) == 0)
            return known[i].name(w);
    }
    return S("说明");
}

/* --- numbers -------------------------------------------------------------- */

static int64_t any_int(struct walk *w, const struct field *f)
{
    uint64_t width = (uint64_t)f->max - (uint64_t)f->min;

    switch (walk_pick(w, 8)) {
    case 0: return f->min;
    case 1: return f->max;
    case 2: return f->max == INT64_MAX ? f->max : f->max + 1;
    case 3: return f->min == INT64_MIN ? f->min : f->min - 1;
    case 4:
        return (int64_t)((uint64_t)f->min +
                         walk_pick(w, width == UINT64_MAX ? width : width + 1));
    default: break;
    }
    return f->min + (int64_t)walk_pick(w, width < 20 ? width + 1 : 20);
}

static day any_day(struct walk *w, const struct field *f)
{
    static const int32_t reach[] = { 2, 40, 400, 5000 };
    int32_t most = reach[walk_pick(w, COUNT(reach))];

    if (f->optional && walk_seldom(w, 3))
        return DAY_NEVER;
    return w->facts.today - most / 2 +
           (int32_t)walk_pick(w, (uint64_t)(uint32_t)most);
}

static int any_choice(struct walk *w, const struct field *f)
{
    uint64_t n = 0;

    while (f->names[n] != NULL)
        n++;
    return (int)walk_pick(w, n);
}

/* --- structs -------------------------------------------------------------- */

static void fill(struct walk *w, const struct record *r, void *into, int depth);

static void fill_list(struct walk *w, const struct field *f, struct list *out,
                      int depth)
{
    size_t least = (size_t)f->min;
    size_t most = (size_t)f->max < least + MEMBERS_MOST ? (size_t)f->max
                                                        : least + MEMBERS_MOST;
    size_t size = f->kind == FIELD_STRS ? sizeof(str) : f->record->size;
    size_t n = least + (size_t)walk_pick(w, most - least + 1);
    char *members = arena_array(w->arena, n, size);

    if (members == NULL)
        return;
    *out = (struct list){ members, n };
    for (size_t i = 0; i < n; i++, members += size) {
        if (f->kind == FIELD_STRS)
            *(str *)(void *)members = any_text(w, f);
        else
            fill(w, f->record, members, depth + 1);
    }
}

static void fill_field(struct walk *w, const struct field *f, void *at,
                       int depth)
{
    switch (f->kind) {
    case FIELD_STR: *(str *)at = any_text(w, f); break;
    case FIELD_INT: *(int64_t *)at = any_int(w, f); break;
    case FIELD_BOOL: *(bool *)at = walk_pick(w, 2) == 1; break;
    case FIELD_DAY: *(day *)at = any_day(w, f); break;
    case FIELD_SPAN: *(struct span *)at = (struct span){ 1, SPAN_DAYS }; break;
    case FIELD_ID: ((id *)at)->b[0] = (uint8_t)walk_pick(w, 4); break;
    case FIELD_HASH:
        memset(at, (int)walk_pick(w, 4), sizeof(struct hash));
        break;
    case FIELD_ENUM: *(int *)at = any_choice(w, f); break;
    case FIELD_RECORD: fill(w, f->record, at, depth + 1); break;
    case FIELD_LIST:
    case FIELD_STRS: fill_list(w, f, at, depth); break;
    }
}

/* An absent day is DAY_NEVER; everything else is zero (codec/record.h [R3]). */
static void leave_out(const struct field *f, void *at)
{
    if (f->kind == FIELD_DAY)
        *(day *)at = DAY_NEVER;
}

static void fill(struct walk *w, const struct record *r, void *into, int depth)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        void *at = (char *)into + f->at;

        if (f->optional && (depth >= DEPTH_MOST || walk_seldom(w, 3)))
            leave_out(f, at);
        else
            fill_field(w, f, at, depth);
    }
}

void *wish_any(struct walk *w, const struct record *r)
{
    void *into = arena_zero(w->arena, r->size);

    if (into != NULL)
        fill(w, r, into, 0);
    return into;
}
