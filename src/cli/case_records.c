/*
 * What `tenstar case show` tells of the sheets of service records among a
 * case's documents: each of them, what they say of the scheme's figures and
 * sampled indicators, and whether a figure that was recorded from one is what
 * it says. [M3]
 */

#include "cli/case.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/state.h"
#include "service/records_case_words.h"

/* --- in words ------------------------------------------------------------- */

static err say_line(struct cli *cli, const struct case_sheet *x)
{
    str line;

    TRY(case_sheet_line(cli->arena, cli->lang, x, &line));
    cli_say(cli, "cli.case_sheet", ARG_STR("line", line));
    return OK;
}

static err say_share(struct cli *cli, const struct list *sheets,
                     struct label about, str name,
                     const enum rate_verdict *verdict)
{
    str says;

    TRY(case_sheets_say(cli->arena, cli->lang, sheets, name, verdict, &says));
    if (says.n > 0)
        cli_say(cli, "cli.case_sheet_says", ARG_LABEL("about", about),
                ARG_STR("says", says));
    return OK;
}

static err say_figures(const struct case_telling *t, const struct list *sheets)
{
    const struct state *s = t->file->state;

    for (size_t i = 0; i < s->scheme->figure_count; i++) {
        const struct figure *f = &s->scheme->figures[i];
        const struct case_sheet *x = records_case_best(sheets, f->records);
        enum rate_verdict verdict;
        bool asked = x != NULL &&
                     records_case_verdict(s, i, case_sheet_share(x, f->records),
                                          &verdict);

        TRY(say_share(t->cli, sheets, f->label, f->records,
                      asked ? &verdict : NULL));
    }
    return OK;
}

static err say_indicators(const struct case_telling *t,
                          const struct list *sheets)
{
    const struct scheme *s = t->file->state->scheme;

    for (size_t i = 0; i < s->leaf_count; i++) {
        const struct indicator *in = scheme_leaf_at(s, (int32_t)i);

        TRY(say_share(t->cli, sheets, in->label, in->records, NULL));
    }
    return OK;
}

/* Is a figure what the sheet says that it names? */
static void say_recorded(const struct case_telling *t,
                         const struct list *sheets, size_t i)
{
    const struct figure *f = &t->file->state->scheme->figures[i];
    const struct figure_record *r = &t->file->state->figures[i];
    const struct case_sheet *x = records_case_sheet(sheets, &r->sheet);
    const struct case_share *s =
        x == NULL ? NULL : case_sheet_share(x, f->records);
    bool same = s != NULL && s->k == r->k && s->n == r->n;

    cli_say(t->cli,
            s == NULL ? "case_sheets.recorded_unknown"
            : same    ? "case_sheets.recorded"
                      : "case_sheets.recorded_otherwise",
            ARG_LABEL("figure", f->label), ARG_INT("k", r->k),
            ARG_INT("n", r->n),
            ARG_STR("sheet", x == NULL ? S("") : x->document->title),
            ARG_INT("sheet_k", s == NULL ? 0 : s->k),
            ARG_INT("sheet_n", s == NULL ? 0 : s->n));
}

err case_say_records(const struct case_telling *t)
{
    const struct state *state = t->file->state;
    const struct case_sheet *x;
    struct list sheets;

    TRY(records_case(t->app, t->cli->arena, t->file, &sheets));
    if (sheets.n == 0)
        return OK;
    x = sheets.p;
    buf_char(&t->cli->out, '\n');
    for (size_t i = 0; i < sheets.n; i++)
        TRY(say_line(t->cli, &x[i]));
    TRY(say_figures(t, &sheets));
    TRY(say_indicators(t, &sheets));
    for (size_t i = 0; i < state->scheme->figure_count; i++) {
        if (state->figures[i].n > 0 && !hash_is_zero(&state->figures[i].sheet))
            say_recorded(t, &sheets, i);
    }
    return OK;
}

/* --- for programs --------------------------------------------------------- */

static err day_json(struct arena *a, struct json *j, const char *name, day d)
{
    char text[DAY_TEXT];
    str kept;

    TRY_MEMORY(arena_str(a, day_text(d, text), &kept));
    json_set(j, str_of(name), json_new_str(a, kept));
    return OK;
}

static err sheet_json(struct arena *a, const struct case_sheet *x,
                      struct json *list)
{
    struct json *j = json_new_object(a);
    struct json *shares = json_new_object(a);
    struct buf b;
    str digits;

    buf_init(&b, a, 2 * sizeof x->document->blob.b);
    buf_hex(&b, x->document->blob.b, sizeof x->document->blob.b);
    TRY(buf_done(&b, &digits));
    json_set_str(a, j, "document", digits);
    json_set_str(a, j, "requirement", x->document->requirement);
    json_set_str(a, j, "title", x->document->title);
    json_set_str(a, j, "file", x->file_name);
    json_set_str(a, j, "file_sha256", x->file);
    TRY(day_json(a, j, "from", x->from));
    TRY(day_json(a, j, "to", x->to));
    json_set_str(a, j, "signed", str_of(sheet_signer_names[x->signer]));
    json_set(j, S("covers"), json_new_bool(a, x->covers));
    json_set(j, S("current"), json_new_bool(a, x->current));
    for (size_t i = 0; i < x->share_count; i++) {
        struct json *s = json_new_object(a);

        json_set_int(a, s, "k", x->shares[i].k);
        json_set_int(a, s, "n", x->shares[i].n);
        json_set(shares, x->shares[i].name, s);
    }
    json_set(j, S("figures"), shares);
    TRY_MEMORY(json_add(list, j));
    return OK;
}

err case_records_json(const struct case_telling *t, struct json *into)
{
    struct arena *a = t->cli->arena;
    struct json *list = json_new_array(a);
    const struct case_sheet *x;
    struct list sheets;

    TRY(records_case(t->app, a, t->file, &sheets));
    if (sheets.n == 0)
        return OK;
    x = sheets.p;
    for (size_t i = 0; i < sheets.n; i++)
        TRY(sheet_json(a, &x[i], list));
    TRY_MEMORY(json_set(into, S("record_sheets"), list));
    return OK;
}
