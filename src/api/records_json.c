#include "api/records_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/records_risk.h"
#include "sys/clock.h"
#include "text/text.h"

enum { SENTENCE_MAX = 1 << 16, HEX_MAX = 64 };

static const char *const state_names[] = {
    [HELD_ARRIVING] = "arriving",
    [HELD_COUNTING] = "counting",
    [HELD_COUNTED] = "counted",
    [HELD_REFUSED] = "refused",
};

/* A copy of what stands on the stack. */
static err set_copy(struct arena *a, struct json *j, const char *key, str s)
{
    TRY_MEMORY(arena_str(a, s, &s));
    json_set_str(a, j, key, s);
    return OK;
}

static err set_hash(struct arena *a, struct json *j, const struct hash *h)
{
    struct buf b;
    str hex;

    if (hash_is_zero(h)) {
        json_set(j, S("sha256"), json_new_null(a));
        return OK;
    }
    buf_init(&b, a, HEX_MAX);
    buf_hex(&b, h->b, sizeof h->b);
    TRY(buf_done(&b, &hex));
    json_set_str(a, j, "sha256", hex);
    return OK;
}

static void set_progress(struct arena *a, struct json *j,
                         const struct held_file *f)
{
    struct json *p = json_new_object(a);

    json_set_int(a, p, "lines", (int64_t)f->progress.lines);
    json_set_int(a, p, "bytes", (int64_t)f->progress.bytes);
    json_set_int(a, p, "size", (int64_t)f->progress.size);
    json_set(p, S("left_ms"),
             f->left < 0 ? json_new_null(a) : json_new_int(a, f->left));
    json_set(j, S("progress"), p);
}

static err set_why(struct arena *a, enum lang lang, struct json *j, err why)
{
    struct json *w = json_new_object(a);
    struct buf b;
    str sentence;

    buf_init(&b, a, SENTENCE_MAX);
    text_err(&b, lang, why);
    TRY(buf_done(&b, &sentence));
    json_set_str(a, w, "id", str_of(why.info->id));
    json_set_str(a, w, "detail", sentence);
    json_set(j, S("why"), w);
    return OK;
}

err api_held_json(struct arena *a, enum lang lang, const struct held_file *f,
                  struct json **out)
{
    struct json *j = json_new_object(a);
    char text[CLOCK_TEXT];
    char number[ID_TEXT];
    char until[DAY_TEXT];
    struct json *asked;

    TRY(set_copy(a, j, "id", id_text(f->id, number)));
    json_set_str(a, j, "name", f->name);
    json_set_int(a, j, "size", f->size);
    json_set_int(a, j, "arrived", f->arrived);
    TRY(set_hash(a, j, &f->sha256));
    TRY(set_copy(a, j, "at", clock_text(f->at, text)));
    TRY(set_copy(a, j, "until", day_text(f->until, until)));
    json_set_str(a, j, "state", str_of(state_names[f->state]));
    TRY(sheet_asked_json(a, &f->asked, &asked));
    json_set(j, S("asked"), asked);
    if (f->state == HELD_COUNTING)
        set_progress(a, j, f);
    if (f->state == HELD_REFUSED)
        TRY(set_why(a, lang, j, f->why));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* --- rows --- */

static struct json *cells_json(struct arena *a, const str *cells, size_t n)
{
    struct json *j = json_new_array(a);

    for (size_t i = 0; i < n; i++)
        json_add(j, json_new_str(a, cells[i]));
    return j;
}

err api_held_rows_json(struct arena *a, const struct held_rows *rows,
                       struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    const struct held_row *r = rows->rows.p;

    for (size_t i = 0; i < rows->rows.n; i++) {
        struct json *row = json_new_object(a);

        json_set_int(a, row, "line", (int64_t)r[i].line);
        json_set(row, S("cells"), cells_json(a, r[i].cells, r[i].n));
        json_add(list, row);
    }
    json_set(j, S("columns"), cells_json(a, rows->names, rows->names_n));
    json_set(j, S("rows"), list);
    json_set(j, S("next"),
             rows->next == 0 ? json_new_null(a)
                             : json_new_int(a, (int64_t)rows->next));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

/* --- screens --- */

/* All lines, one after the other. */
static err flat_lines(struct arena *a, const struct screen_result *results,
                      const struct held_drawn *drawn, struct records_line **out)
{
    struct records_line *lines =
        arena_array(a, (size_t)SCREEN_COUNT * SCREEN_ROWS, sizeof *lines);
    size_t n = 0;

    TRY_MEMORY(lines);
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        for (size_t row = 0; row < results[i].rows_n; row++, n++) {
            if (row < drawn[i].n)
                lines[n].line = drawn[i].lines[row];
        }
    }
    *out = lines;
    return OK;
}

/* Its name, and what it says of this file. */
static err set_words(struct arena *a, enum lang lang,
                     const struct screen_result *r, struct json *j)
{
    struct err_arg args[SCREEN_ARGS];
    struct buf b;
    str says;

    json_set_str(a, j, "name", text_get(lang, screen_name(r->screen)));
    if (r->status == SCREEN_CANNOT_TELL)
        return OK;
    screen_arguments(r, args);
    buf_init(&b, a, SENTENCE_MAX);
    text_render(&b, lang, screen_says(r->screen), args);
    TRY(buf_done(&b, &says));
    json_set_str(a, j, "says", says);
    return OK;
}

err api_held_screens_json(struct arena *a, enum lang lang,
                          const struct records_figures *f,
                          const struct held_drawn *drawn, struct json **out)
{
    struct json *j = json_new_object(a);
    struct records_line *lines;
    struct json *list;
    size_t i = 0;

    TRY(flat_lines(a, f->screens, drawn, &lines));
    list = risk_screens_json(a, f->screens, lines);
    TRY_MEMORY(list);
    for (struct json *one = list->first; one != NULL; one = one->next)
        TRY(set_words(a, lang, &f->screens[i++], one));
    json_set_int(a, j, "tickets", (int64_t)f->screened);
    json_set(j, S("screens"), list);
    TRY_MEMORY(j != NULL && !j->broken && !list->broken);
    *out = j;
    return OK;
}

/* --- what is asked --- */

static struct json *copy_value(struct arena *a, const struct json *from)
{
    if (from->kind == JSON_STR)
        return json_new_str(a, from->text);
    return from->kind == JSON_INT ? json_new_int(a, from->number)
                                  : json_new_null(a); /* which is refused */
}

static err check_members(struct arena *a, const struct json *known,
                         const struct json *said)
{
    for (const struct json *m = said->first; m != NULL; m = m->next) {
        if (json_get(known, m->key) == NULL)
            return err_new(a, ERR_INVALID, "records.sheet_field",
                           ARG_STR("name", S("ask")), ARG_STR("field", m->key));
    }
    return OK;
}

err api_held_asked(struct arena *a, const struct sheet_asked *before,
                   const struct json *said, struct sheet_asked *out)
{
    struct json *whole = json_new_object(a);
    struct json *known;

    TRY(sheet_asked_json(a, before, &known));
    if (before->against.n == 0) /* which a sheet leaves out */
        json_set_str(a, known, "against", S(""));
    TRY(check_members(a, known, said));
    for (const struct json *m = known->first; m != NULL; m = m->next) {
        const struct json *new = json_get(said, m->key);

        json_set(whole, m->key, copy_value(a, new != NULL ? new : m));
    }
    TRY_MEMORY(whole != NULL && !whole->broken);
    TRY(sheet_asked_read(a, S("ask"), whole, out));
    out->terms.audit = before->terms.audit;
    return OK;
}
