#include "service/sheet.h"

#include "base/arena.h"
#include "base/buf.h"

enum { WORDS_MOST = PAINT_TEXT };

/* --- head and foot ------------------------------------------------------ */

void sheet_of_body(struct sheet *s, const struct body *body)
{
    s->document.body = sheet_either(s, body->name_zh, body->name_en);
}

void sheet_begin(struct sheet *s, struct arena *a, enum lang lang,
                 const struct body *body)
{
    *s = (struct sheet){ .arena = a, .lang = lang };
    s->document.language = lang == LANG_EN ? PAINT_EN : PAINT_ZH;
    sheet_of_body(s, body);
    s->document.pages = text_get(lang, "sheet.pages");
    if (body->demonstration)
        s->document.example = sheet_text(s, "sheet.example");
}

void sheet_name_of(struct sheet *s, const char *message, str subtitle,
                   str number, day made)
{
    struct paint_document *d = &s->document;

    d->title = sheet_text(s, message);
    d->kind = d->title;
    d->subtitle = subtitle;
    d->number = number;
    d->made = made;
}

err sheet_done(const struct sheet *s, struct paint_document *out)
{
    if (s->broken)
        return err_memory();
    *out = s->document;
    return OK;
}

/* --- words ---------------------------------------------------------------- */

static str kept(struct sheet *s, struct buf *b)
{
    str text = S("");

    if (failed(buf_done(b, &text)))
        s->broken = true;
    return text;
}

static str copied(struct sheet *s, str text)
{
    str copy = S("");

    if (!arena_str(s->arena, text, &copy))
        s->broken = true;
    return copy;
}

str sheet_text_args(struct sheet *s, const char *message,
                    const struct err_arg *args)
{
    struct buf b;

    buf_init(&b, s->arena, WORDS_MOST);
    text_render(&b, s->lang, message, args);
    return kept(s, &b);
}

str sheet_choice(struct sheet *s, const char *prefix, const char *name)
{
    struct buf b;

    buf_init(&b, s->arena, WORDS_MOST);
    text_choice(&b, s->lang, prefix, str_of(name));
    return kept(s, &b);
}

str sheet_label(const struct sheet *s, struct label l)
{
    return s->lang == LANG_EN ? l.en : l.zh;
}

str sheet_either(const struct sheet *s, str zh, str en)
{
    return s->lang == LANG_EN && en.n > 0 ? en : zh;
}

str sheet_day(struct sheet *s, day d)
{
    char text[TEXT_VALUE];

    return d == DAY_NEVER ? S("") : copied(s, text_day(s->lang, d, text));
}

str sheet_money(struct sheet *s, int64_t fen)
{
    char text[TEXT_VALUE];

    return copied(s, text_money(fen, text));
}

str sheet_score(struct sheet *s, int64_t hundredths)
{
    char text[TEXT_VALUE];

    return copied(s, text_score(hundredths, text));
}

str sheet_number(struct sheet *s, int64_t n)
{
    char text[TEXT_VALUE];

    return copied(s, text_number(n, text));
}

str sheet_span(struct sheet *s, struct span x)
{
    static const char *const ids[] = {
        [SPAN_DAYS] = "sheet.days",
        [SPAN_WORKDAYS] = "sheet.workdays",
        [SPAN_MONTHS] = "sheet.months",
    };

    return sheet_text(s, ids[x.unit], ARG_INT("count", x.n));
}

str sheet_join(struct sheet *s, const struct list *texts)
{
    const str *t = texts->p;
    str joined = texts->n > 0 ? t[0] : S("");

    for (size_t i = 1; i < texts->n; i++)
        joined = sheet_text(s, "sheet.comma", ARG_STR("before", joined),
                            ARG_STR("after", t[i]));
    return joined;
}

/* --- blocks --------------------------------------------------------------- */

/* Room for one more of `size` at the end of `l`, which doubles as it grows;
 * NULL without memory. */
static void *grow(struct sheet *s, struct list *l, size_t size)
{
    char *p = l->p;

    if ((l->n & (l->n - 1)) == 0) { /* full: 0, 1, 2, 4 .. */
        p = arena_array(s->arena, l->n == 0 ? 1 : 2 * l->n, size);
        if (p == NULL) {
            s->broken = true;
            return NULL;
        }
        if (l->n > 0)
            memcpy(p, l->p, l->n * size);
        l->p = p;
    }
    return p + l->n++ * size;
}

static struct paint_block *add(struct sheet *s, enum paint_block_kind kind)
{
    struct paint_block *b =
        grow(s, &s->document.blocks, sizeof(struct paint_block));

    if (b != NULL)
        b->kind = (int)kind;
    return b;
}

/* The block that was begun last; NULL without one. */
static struct paint_block *last(struct sheet *s)
{
    struct paint_block *b = s->document.blocks.p;
    size_t n = s->document.blocks.n;

    return n == 0 || s->broken ? NULL : &b[n - 1];
}

static void add_text(struct sheet *s, enum paint_block_kind kind, str text)
{
    struct paint_block *b = text.n == 0 ? NULL : add(s, kind);

    if (b != NULL)
        b->text = text;
}

void sheet_heading_of(struct sheet *s, const char *message)
{
    add_text(s, PAINT_HEADING, text_get(s->lang, message));
}

void sheet_heading_text(struct sheet *s, str text)
{
    add_text(s, PAINT_HEADING, text);
}

void sheet_paragraph(struct sheet *s, str text)
{
    add_text(s, PAINT_PARAGRAPH, text);
}

void sheet_note(struct sheet *s, str text)
{
    add_text(s, PAINT_NOTE, text);
}

void sheet_break(struct sheet *s)
{
    (void)add(s, PAINT_BREAK);
}

void sheet_fields(struct sheet *s)
{
    (void)add(s, PAINT_FIELDS);
}

void sheet_list(struct sheet *s)
{
    (void)add(s, PAINT_LIST);
}

void sheet_signatures(struct sheet *s)
{
    (void)add(s, PAINT_SIGNATURES);
}

void sheet_bars(struct sheet *s)
{
    (void)add(s, PAINT_BARS);
}

void sheet_table(struct sheet *s, const struct paint_column *columns, size_t n)
{
    struct paint_block *b = add(s, PAINT_TABLE);
    struct paint_column *copy = arena_array(s->arena, n, sizeof *copy);

    if (b == NULL || copy == NULL) {
        s->broken = true;
        return;
    }
    memcpy(copy, columns, n * sizeof *copy);
    b->columns = (struct list){ copy, n };
}

struct paint_column sheet_column_of(struct sheet *s, const char *message,
                                    int64_t share, enum paint_align align)
{
    return (struct paint_column){ text_get(s->lang, message), share,
                                  (int)align };
}

void sheet_row_of(struct sheet *s, const str *cells, size_t n)
{
    struct paint_block *b = last(s);
    struct paint_row *row =
        b == NULL ? NULL : grow(s, &b->rows, sizeof(struct paint_row));
    struct paint_cell *copy = arena_array(s->arena, n, sizeof *copy);

    if (row == NULL || copy == NULL) {
        s->broken = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        copy[i].text = cells[i];
    row->cells = (struct list){ copy, n };
}

void sheet_strong(struct sheet *s)
{
    const struct paint_block *b = last(s);
    struct paint_row *rows = b == NULL ? NULL : b->rows.p;

    if (rows != NULL)
        rows[b->rows.n - 1].strong = true;
}

void sheet_field_of(struct sheet *s, const char *message, str value)
{
    if (value.n > 0)
        sheet_row(s, text_get(s->lang, message), value);
}

void sheet_bar(struct sheet *s, const struct paint_bar *bar)
{
    struct paint_block *b = last(s);
    struct paint_bar *to =
        b == NULL ? NULL : grow(s, &b->bars, sizeof(struct paint_bar));

    if (to != NULL)
        *to = *bar;
}

void sheet_drawing(struct sheet *s, str text, str svg)
{
    struct paint_block *b = add(s, PAINT_DRAWING);

    if (b == NULL)
        return;
    b->text = text;
    b->svg = svg;
}
