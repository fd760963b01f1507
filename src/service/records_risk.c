#include "service/records_risk.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"

enum { NOTE_MOST = 4 << 20 };

static struct json *screen_json(struct arena *a, const struct screen_result *r,
                                const struct records_line *lines)
{
    static const char *const status[] = { "quiet", "raised", "cannot_tell" };
    struct json *j = json_new_object(a);
    struct json *rows = json_new_array(a);

    json_set_str(a, j, "screen", screen_word(r->screen));
    json_set_str(a, j, "status", str_of(status[r->status]));
    json_set_int(a, j, "k", (int64_t)r->seen.k);
    json_set_int(a, j, "n", (int64_t)r->seen.n);
    json_set_int(a, j, "base_k", (int64_t)r->base.k);
    json_set_int(a, j, "base_n", (int64_t)r->base.n);
    json_set_int(a, j, "limit", (int64_t)r->limit);
    json_set_int(a, j, "chance", (int64_t)r->chance);
    json_set_int(a, j, "concerned", (int64_t)r->concerned);
    for (size_t i = 0; i < r->rows_n; i++)
        json_add(rows, json_new_int(a, (int64_t)lines[i].line));
    json_set(j, S("lines"), rows);
    return j;
}

struct json *risk_screens_json(struct arena *a,
                               const struct screen_result *results,
                               const struct records_line *lines)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        json_add(list, screen_json(a, &results[i], lines));
        lines += results[i].rows_n;
    }
    return list;
}

err risk_make(struct arena *a, const struct records_input *in,
              const struct records_figures *f, const struct records_line *lines,
              const struct sheet_maker *by, str *out)
{
    struct json *j = json_new_object(a);
    char text[DAY_TEXT];
    struct sheet_file found;
    struct json *file;
    struct buf b;
    str made;

    TRY(sheet_file(a, &in->from, &found));
    TRY(sheet_file_json(a, &found, &file));
    TRY_MEMORY(arena_str(a, day_text(by->made, text), &made));
    json_set_str(a, j, "type", S("TenstarRecordRisk"));
    json_set_str(a, j, "program", by->program);
    json_set_str(a, j, "made", made);
    json_set_str(a, j, "name", sheet_file_name(in->name));
    json_set(j, S("file"), file);
    json_set_int(a, j, "tickets", (int64_t)f->screened);
    json_set(j, S("screens"), risk_screens_json(a, f->screens, lines));
    buf_init(&b, a, NOTE_MOST);
    json_canonical(&b, j);
    return buf_done(&b, out);
}
