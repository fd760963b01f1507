#ifndef SERVICE_SHEET_H
#define SERVICE_SHEET_H

/*
 * sheet -- a document of the trade while it is being written.
 *
 * Each document is a function that fills a sheet from a case; what comes out is
 * a struct paint_document (paint/document.h) in one language.
 *
 *   [SH1] Memory that runs out sticks: a sheet is filled without a check in
 *         between and fails once, at sheet_done().
 *   [SH2] Words come from the catalogues and the package.  What people wrote
 *         stands as they wrote it.
 */

#include "domain/actor.h"
#include "paint/document.h"
#include "text/text.h"

struct arena;
struct score;

struct sheet {
    struct arena *arena;
    enum lang lang;
    struct paint_document document;
    bool broken; /* [SH1] */
};

/* A sheet of the body: its head, foot and language.  `number` stands at the
 * foot; `made` is the day it says it was made. */
void sheet_begin(struct sheet *s, struct arena *a, enum lang lang,
                 const struct body *body);
/* Another body's, or the same by another name: its head and foot. */
void sheet_of_body(struct sheet *s, const struct body *body);
#define sheet_name(s, id, subtitle, number, made)                              \
    sheet_name_of((s), (id), (subtitle), (number), (made))
void sheet_name_of(struct sheet *s, const char *message, str subtitle,
                   str number, day made);
err sheet_done(const struct sheet *s, struct paint_document *out);

/* --- words -------------------------------------------------------------- */

#define sheet_text(s, id, ...)                                                 \
    sheet_text_args((s), (id),                                                 \
                    (const struct err_arg[]){                                  \
                        __VA_ARGS__ __VA_OPT__(, ){ 0 } })
str sheet_text_args(struct sheet *s, const char *message,
                    const struct err_arg *args);
str sheet_choice(struct sheet *s, const char *prefix, const char *name);
str sheet_label(const struct sheet *s, struct label l);
/* The English one in English, where there is one. */
str sheet_either(const struct sheet *s, str zh, str en);
str sheet_day(struct sheet *s, day d); /* empty for DAY_NEVER */
str sheet_money(struct sheet *s, int64_t fen);
str sheet_score(struct sheet *s, int64_t hundredths);
str sheet_number(struct sheet *s, int64_t n);
str sheet_span(struct sheet *s, struct span x); /* "30 days" */
/* Texts of a list, with a comma or its Chinese sister between them. */
str sheet_join(struct sheet *s, const struct list *texts);

/* --- blocks ------------------------------------------------------------- */

#define sheet_heading(s, id) sheet_heading_of((s), (id))
void sheet_heading_of(struct sheet *s, const char *message);
void sheet_heading_text(struct sheet *s, str text);
/* An empty text adds nothing. */
void sheet_paragraph(struct sheet *s, str text);
void sheet_note(struct sheet *s, str text);
void sheet_break(struct sheet *s);

/* A block of rows; rows are added to the block that was begun last. */
void sheet_fields(struct sheet *s);
/* A value that is empty is left out with its label. */
#define sheet_field(s, id, value) sheet_field_of((s), (id), (value))
void sheet_field_of(struct sheet *s, const char *message, str value);
void sheet_list(struct sheet *s);
void sheet_signatures(struct sheet *s);
void sheet_table(struct sheet *s, const struct paint_column *columns, size_t n);
/* `cells`: as many as the block has columns. */
#define sheet_row(s, ...)                                                      \
    sheet_row_of((s), (const str[]){ __VA_ARGS__ },                            \
                 sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
void sheet_row_of(struct sheet *s, const str *cells, size_t n);
void sheet_strong(struct sheet *s); /* the row added last */
void sheet_bars(struct sheet *s);
void sheet_bar(struct sheet *s, const struct paint_bar *bar);
/* An SVG of page/chart.h; `text`: what it shows. */
void sheet_drawing(struct sheet *s, str text, str svg);

/* A column with its title from the catalogue. */
#define sheet_column(s, id, share, align)                                      \
    sheet_column_of((s), (id), (share), (align))
struct paint_column sheet_column_of(struct sheet *s, const char *message,
                                    int64_t share, enum paint_align align);

#endif
