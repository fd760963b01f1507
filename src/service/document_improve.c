/*
 * document_improve -- the improvement report. [M26] [M27]
 */

#include "base/size.h"
#include "domain/improve_view.h"
#include "service/document_parts.h"

static void standing(struct matter *m, const struct improvement *x)
{
    struct sheet *s = &m->sheet;
    int32_t level = x->now.score.level;
    int32_t wanted = x->now.gap.level;

    sheet_field(s, "sheet.based_on",
                text_get(s->lang,
                         x->by_itself ? "sheet.by_itself" : "sheet.by_audit"));
    if (m->scheme->method == METHOD_POINTS)
        sheet_field(s, "sheet.score", sheet_score(s, x->now.score.shown));
    sheet_field(s, "sheet.level_now",
                level < 0 ? text_get(s->lang, "sheet.no_level")
                          : sheet_label(s, m->scheme->levels[level].label));
    if (wanted >= 0)
        sheet_field(s, "sheet.level_wanted",
                    sheet_label(s, m->scheme->levels[wanted].label));
}

static void losses(struct matter *m, const struct improvement *x)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.indicator", 820, PAINT_LEFT),
        sheet_column(s, "sheet.lost", 180, PAINT_RIGHT),
    };

    if (x->now.loss_count == 0)
        return;
    sheet_heading(s, "sheet.losses");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < x->now.loss_count; i++) {
        const struct loss *l = &x->now.losses[i];

        sheet_row(s,
                  matter_indicator(m, scheme_leaf_at(m->scheme, l->leaf)->id),
                  m->scheme->method == METHOD_POINTS
                      ? sheet_score(s, (l->points + 9) / 10)
                      : S(""));
    }
}

static void gains(struct matter *m, const struct improvement *x)
{
    struct sheet *s = &m->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.no", 80, PAINT_CENTRE),
        sheet_column(s, "sheet.measure", 640, PAINT_LEFT),
        sheet_column(s, "sheet.score_then", 280, PAINT_RIGHT),
    };

    if (x->gain_count == 0)
        return;
    sheet_heading(s, "sheet.measures");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < x->gain_count; i++)
        sheet_row(s, sheet_number(s, (int64_t)i + 1),
                  sheet_label(s, gain_label(m->scheme, &x->gains[i])),
                  m->scheme->method == METHOD_POINTS
                      ? sheet_score(s, x->gains[i].shown)
                      : S(""));
}

/* The score of each audit so far. */
static void trend(struct matter *m, const struct trend *t)
{
    struct sheet *s = &m->sheet;

    if (t->count == 0 || m->scheme->method != METHOD_POINTS)
        return;
    sheet_heading(s, "sheet.trend");
    sheet_bars(s);
    for (size_t i = 0; i < t->count; i++) {
        const struct trend_point *p = &t->points[i];
        const struct paint_bar b = {
            .label = sheet_text(s, "sheet.trend_point", ARG_DAY("on", p->on),
                                ARG_STR("round",
                                        sheet_choice(s, "round.",
                                                     round_names[p->round]))),
            .value = sheet_score(s, p->shown),
            .part = p->shown / 10,
        };

        sheet_bar(s, &b);
    }
}

err document_improvement(struct matter *m)
{
    const struct improvement_file *x = m->improvement;
    const struct event *last = m->file->events.last;
    struct sheet *s = &m->sheet;

    matter_begin(m, "sheet.improvement", last->on);
    standing(m, &x->now);
    if (!x->now.by_itself && m->scheme->method == METHOD_POINTS) {
        sheet_heading(s, "sheet.by_part");
        matter_bars(m, m->state);
    }
    losses(m, &x->now);
    gains(m, &x->now);
    trend(m, &x->trend);
    if (scheme_is_assumed(m->scheme))
        sheet_note(s, text_get(s->lang, "sheet.assumed"));
    sheet_note(s, text_get(s->lang, "sheet.improvement_note"));
    return OK;
}
