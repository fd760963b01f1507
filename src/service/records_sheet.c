#include "service/records_sheet.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "records/hours.h"
#include "service/records_json.h"
#include "service/records_words.h"
#include "verify/tree.h"

enum { PIECE = 1 << 20 };

static const char type_name[] = "TenstarRecordSheet";

static const char *const events_names[] = {
    [EVENTS_AUTO] = "auto",
    [EVENTS_YES] = "yes",
    [EVENTS_NO] = "no",
};

/* Kinds of groups that a sheet has [RT3], and their members. */
static const struct {
    enum figure_group kind;
    const char *member;
} kinds[] = {
    { GROUP_MONTH, "by_month" },
    { GROUP_OUTLET, "by_outlet" },
    { GROUP_PRODUCT, "by_product" },
    { GROUP_TRADE, "by_trade" },
};

/* --- the file --- */

static err hash_stream(struct arena *a, str path, struct file_stream *s,
                       struct sheet_file *out)
{
    char *piece = arena_zero(a, PIECE);
    struct sha256 h;
    size_t got = PIECE;

    TRY_MEMORY(piece);
    sha256_init(&h);
    while (got == PIECE) {
        int number = file_stream_read(s, piece, PIECE, &got);

        if (number != 0)
            return file_err(a, path, number);
        sha256_add(&h, piece, got);
        out->size += got;
    }
    sha256_end(&h, out->sha256.b);
    return OK;
}

static err hash_reader(struct arena *a, struct source_reader *r,
                       struct sheet_file *out)
{
    char *piece = arena_zero(a, PIECE);
    struct sha256 h;
    size_t got = PIECE;

    TRY_MEMORY(piece);
    sha256_init(&h);
    while (got == PIECE) {
        TRY(r->read(r, a, out->size, piece, PIECE, &got));
        sha256_add(&h, piece, got);
        out->size += got;
    }
    sha256_end(&h, out->sha256.b);
    return OK;
}

err sheet_file(struct arena *a, const struct source_from *from,
               struct sheet_file *out)
{
    scoped(file_stream_end) struct file_stream s = FILE_STREAM_NONE;
    struct sheet_file made = { 0 };

    if (from->reader != NULL) {
        TRY(hash_reader(a, from->reader, &made));
    } else if (from->path.n == 0) {
        made.size = from->bytes.n;
        sha256(from->bytes.p, from->bytes.n, made.sha256.b);
    } else {
        TRY(file_stream_open(from->files, a, from->path, &s));
        TRY(source_check(a, from, &s));
        TRY(hash_stream(a, from->path, &s, &made));
    }
    *out = made;
    return OK;
}

str sheet_file_name(str name)
{
    while (str_index(name, '/') < name.n)
        name = str_from(name, str_index(name, '/') + 1);
    return name;
}

err sheet_file_json(struct arena *a, const struct sheet_file *file,
                    struct json **out)
{
    struct json *j = json_new_object(a);
    struct buf b;
    str hex;

    buf_init(&b, a, 2 * sizeof file->sha256.b);
    buf_hex(&b, file->sha256.b, sizeof file->sha256.b);
    TRY(buf_done(&b, &hex));
    json_set_int(a, j, "size", (int64_t)file->size);
    json_set_str(a, j, "sha256", hex);
    *out = j;
    return OK;
}

/* --- what was asked --- */

static err day_words(struct arena *a, day d, str *out)
{
    char text[DAY_TEXT];

    TRY_MEMORY(arena_str(a, day_text(d, text), out));
    return OK;
}

err sheet_asked_json(struct arena *a, const struct sheet_asked *asked,
                     struct json **out)
{
    const struct records_terms *t = &asked->terms;
    struct json *j = json_new_object(a);
    str from = S("");
    str to = S("");

    if (!t->whole) {
        TRY(day_words(a, t->first, &from));
        TRY(day_words(a, t->last, &to));
    }
    json_set_str(a, j, "map", asked->map);
    json_set_str(a, j, "sheet", asked->sheet);
    json_set_str(a, j, "hours", asked->week);
    json_set_str(a, j, "events", str_of(events_names[asked->events]));
    json_set_str(a, j, "from", from);
    json_set_str(a, j, "to", to);
    json_set_int(a, j, "repeat_days", t->repeat_days);
    json_set_int(a, j, "response_promise", t->response_promise);
    json_set_int(a, j, "resolution_promise", t->resolution_promise);
    json_set_int(a, j, "satisfied", t->satisfied);
    if (asked->against.n > 0)
        json_set_str(a, j, "against", asked->against);
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* --- making one --- */

struct making {
    const struct records_input *in; /* with what was asked */
    struct records_file file;
    struct records_figures *figures;
};

static err count(struct arena *a, struct heap *h, struct making *m,
                 const struct sheet_asked *asked)
{
    struct records_terms terms = asked->terms;
    struct week week = week_usual;
    struct calendar *calendar;

    if (asked->week.n > 0 && !week_parse(asked->week, &week))
        return err_new(a, ERR_INVALID, "records.sheet_field",
                       ARG_STR("name", m->in->name),
                       ARG_STR("field", S("asked.hours")));
    if (!against_parse(asked->against, &terms.against))
        return err_new(a, ERR_INVALID, "records.sheet_field",
                       ARG_STR("name", m->in->name),
                       ARG_STR("field", S("asked.against")));
    TRY(calendar_official(a, &calendar));
    terms.week = &week;
    terms.calendar = calendar;
    terms.screens = false;
    TRY(records_open(a, h, m->in, &m->file));
    return records_figures(a, h, m->in, &m->file, &terms, &m->figures);
}

static err put_figures(struct arena *a, const struct sheet_counted *c,
                       struct json *j)
{
    struct json *figures;

    TRY(records_figures_json(a, c->file, c->figures, GROUP_WHOLE, &figures));
    json_set(j, S("read"), records_file_json(a, c->file, NULL));
    json_set(j, S("figures"), figures);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct json *groups;

        TRY(records_short_groups_json(a, c->figures, kinds[i].kind, &groups));
        json_set(j, str_of(kinds[i].member), groups);
    }
    TRY_MEMORY(j != NULL && !j->broken);
    return OK;
}

err sheet_write(struct arena *a, const struct sheet_counted *c,
                const struct sheet_asked *asked, const struct sheet_maker *by,
                struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *file;
    struct json *said;
    str made;

    TRY(sheet_file_json(a, &c->hash, &file));
    TRY(sheet_asked_json(a, asked, &said));
    TRY(day_words(a, by->made, &made));
    json_set_str(a, j, "type", str_of(type_name));
    json_set_str(a, j, "program", by->program);
    json_set_str(a, j, "made", made);
    if (by->issuer.n > 0)
        json_set_str(a, j, "issuer", by->issuer);
    json_set_str(a, j, "name", sheet_file_name(c->name));
    json_set(j, S("file"), file);
    json_set(j, S("asked"), said);
    TRY(put_figures(a, c, j));
    *out = j;
    return OK;
}

static err make(struct arena *a, const struct making *m,
                const struct sheet_asked *asked, const struct sheet_maker *by,
                struct json **out)
{
    struct sheet_counted c = { .name = m->in->name,
                               .file = &m->file,
                               .figures = m->figures };

    TRY(sheet_file(a, &m->file.from, &c.hash));
    return sheet_write(a, &c, asked, by, out);
}

err sheet_make(struct arena *a, struct heap *h, const struct records_input *in,
               const struct sheet_asked *asked, const struct sheet_maker *by,
               struct json **out)
{
    struct records_input with = *in;
    struct making m = { .in = &with };
    err e;

    with.map = asked->map;
    with.map_name = S("asked.map");
    with.from.sheet = asked->sheet;
    with.events = asked->events;
    e = count(a, h, &m, asked);
    if (!failed(e))
        e = make(a, &m, asked, by, out);
    records_figures_end(&m.figures);
    return e;
}

/* --- reading one --- */

struct reading {
    struct arena *arena;
    str name;
    const struct json *asked;
};

static err no_field(const struct reading *r, const char *field)
{
    return err_new(r->arena, ERR_INVALID, "records.sheet_field",
                   ARG_STR("name", r->name), ARG_STR("field", str_of(field)));
}

static err take_int(const struct reading *r, const char *field, int64_t most,
                    int64_t *out)
{
    const struct json *j = json_get(r->asked, str_of(field));

    if (j == NULL || j->kind != JSON_INT || j->number < 0 || j->number > most)
        return no_field(r, field);
    *out = j->number;
    return OK;
}

static err take_str(const struct reading *r, const char *field, str *out)
{
    const struct json *j = json_get(r->asked, str_of(field));

    if (j == NULL || j->kind != JSON_STR)
        return no_field(r, field);
    *out = j->text;
    return OK;
}

static err take_events(const struct reading *r, enum column_events *out)
{
    str given = S("");

    TRY(take_str(r, "events", &given));
    for (int i = EVENTS_AUTO; i <= EVENTS_NO; i++) {
        if (!str_eq(given, str_of(events_names[i])))
            continue;
        *out = (enum column_events)i;
        return OK;
    }
    return no_field(r, "events");
}

static err take_period(const struct reading *r, struct records_terms *t)
{
    str from = S("");
    str to = S("");

    TRY(take_str(r, "from", &from));
    TRY(take_str(r, "to", &to));
    t->whole = from.n == 0 && to.n == 0;
    if (t->whole)
        return OK;
    if (!day_parse(from, &t->first))
        return no_field(r, "from");
    return day_parse(to, &t->last) ? OK : no_field(r, "to");
}

static err take_terms(const struct reading *r, struct records_terms *t)
{
    int64_t days = 0;
    int64_t response = 0;
    int64_t resolution = 0;
    int64_t satisfied = 0;

    TRY(take_period(r, t));
    TRY(take_int(r, "repeat_days", 3650, &days));
    TRY(take_int(r, "response_promise", FIGURES_RESPONSE_MAX, &response));
    TRY(take_int(r, "resolution_promise", FIGURES_ELAPSED_MAX, &resolution));
    TRY(take_int(r, "satisfied", INT16_MAX, &satisfied));
    t->repeat_days = (int32_t)days;
    t->response_promise = (uint32_t)response;
    t->resolution_promise = (uint32_t)resolution;
    t->satisfied = (int16_t)satisfied;
    t->audit = DAY_NONE;
    return OK;
}

err sheet_asked_read(struct arena *a, str name, const struct json *asked,
                     struct sheet_asked *out)
{
    const struct reading r = { a, name, asked };
    struct sheet_asked found = { 0 };

    TRY(take_str(&r, "map", &found.map));
    TRY(take_str(&r, "sheet", &found.sheet));
    TRY(take_str(&r, "hours", &found.week));
    found.against = json_get_str(asked, S("against"));
    TRY(take_events(&r, &found.events));
    TRY(take_terms(&r, &found.terms));
    *out = found;
    return OK;
}

err sheet_read(struct arena *a, str name, const struct json *sheet,
               struct sheet_asked *asked, struct sheet_maker *by)
{
    const struct reading r = { a, name, json_get(sheet, S("asked")) };
    struct sheet_asked found = { 0 };
    struct sheet_maker maker = { 0 };

    if (!str_eq(json_get_str(sheet, S("type")), str_of(type_name)) ||
        r.asked == NULL)
        return err_new(a, ERR_INVALID, "records.no_sheet",
                       ARG_STR("name", name));
    TRY(sheet_asked_read(a, name, r.asked, &found));
    maker.program = json_get_str(sheet, S("program"));
    maker.issuer = json_get_str(sheet, S("issuer"));
    if (!day_parse(json_get_str(sheet, S("made")), &maker.made))
        return no_field(&r, "made");
    *asked = found;
    *by = maker;
    return OK;
}

err sheet_differs(struct arena *a, const struct json *sheet,
                  const struct json *again, str *place)
{
    struct json *bare;

    TRY(tree_without(a, sheet, S("proof"), &bare));
    return tree_differs(a, bare, again, place);
}
