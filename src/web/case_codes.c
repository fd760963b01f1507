#include "web/case_codes.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/places.h"

#include <string.h>

enum {
    NAME_MOST = 300,
    PROVINCES = 100, /* of two digits */
    USCC_PLACE = 2,  /* where six digits of GB/T 2260 begin in a code */
    PLACE_DIGITS = 6,
    PREFECTURE_ENDS = 4, /* a province or prefecture has zeros from there */
};

#define TRADE    "trade"
#define DISTRICT "district"

/* --- what a code is called ------------------------------------------------ */

static err name_place(struct arena *a, enum lang l, str code, str *out)
{
    struct buf b;

    *out = code.n == PLACE_DIGITS ? text_get(l, "case_codes.unlisted") : S("");
    if (place_of(code) == NULL)
        return OK;
    buf_init(&b, a, NAME_MOST);
    place_put(&b, code);
    return buf_done(&b, out);
}

static str division_name(const struct trade_division *d, enum lang l)
{
    return str_of(l == LANG_EN ? d->en : d->zh);
}

static err name_trade(struct arena *, enum lang l, str code, str *out)
{
    const struct trade_division *d = trade_division_of(code);

    *out = d == NULL ? S("") : division_name(d, l);
    return OK;
}

const struct record_codes case_codes_listed[CASE_CODES] = {
    { TRADE, "trades", name_trade },
    { DISTRICT, "places", name_place },
};

const struct record_codes case_codes_named[CASE_CODES] = {
    { TRADE, NULL, name_trade },
    { DISTRICT, NULL, name_place },
};

/* --- lists ---------------------------------------------------------------- */

/* Does the record ask for a text of this name, in rows too? */
static bool asks_for(const struct record *r, const char *name)
{
    bool found = false;

    for (size_t i = 0; !found && i < r->n; i++) {
        const struct field *f = &r->fields[i];

        found = strcmp(f->name, name) == 0 ||
                (f->record != NULL && asks_for(f->record, name));
    }
    return found;
}

static err list_trades(const struct case_view *v, struct page_code_lists *out)
{
    struct page_code_lists_trades *rows;

    CASE_ROWS(v, rows, trades_count);
    for (size_t i = 0; i < trades_count; i++) {
        rows[i].code = str_of(trades_table[i].code);
        rows[i].name = division_name(&trades_table[i], web_lang(v->rq));
    }
    out->trades = rows;
    out->trades_n = trades_count;
    return OK;
}

/* Two digits as a number; -1: none. */
static int province_of(str code)
{
    if (code.n < 2 || code.p[0] < '0' || code.p[0] > '9' || code.p[1] < '0' ||
        code.p[1] > '9')
        return -1;
    return (code.p[0] - '0') * 10 + (code.p[1] - '0');
}

static void want(bool *wanted, str code)
{
    int province = province_of(code);

    if (province >= 0)
        wanted[province] = true;
}

/* Every district that was typed, in rows too: they nest twice. */
static void want_typed(bool *wanted, const struct json *typed)
{
    for (const struct json *m = typed->first; m != NULL; m = m->next) {
        if (str_eq(m->key, S(DISTRICT)) && m->kind == JSON_STR)
            want(wanted, m->text);
        for (const struct json *row = m->first; row != NULL; row = row->next)
            want(wanted, json_get_str(row, S(DISTRICT)));
    }
}

/* [CD2] */
static bool is_listed(const bool *wanted, const struct place *p)
{
    return wanted[province_of(str_of(p->code))] ||
           strcmp(p->code + PREFECTURE_ENDS, "00") == 0;
}

static err list_places(const struct case_view *v, const struct json *typed,
                       struct page_code_lists *out)
{
    struct page_code_lists_places *rows;
    bool wanted[PROVINCES] = { false };
    size_t n = 0;

    if (v->file.enterprise.uscc.n > USCC_PLACE)
        want(wanted, str_from(v->file.enterprise.uscc, USCC_PLACE));
    want_typed(wanted, typed);
    for (size_t i = 0; i < places_count; i++)
        n += is_listed(wanted, &places_table[i]);
    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < places_count; i++) {
        struct page_code_lists_places *row = &rows[out->places_n];

        if (!is_listed(wanted, &places_table[i]))
            continue;
        row->code = str_of(places_table[i].code);
        TRY(name_place(v->rq->arena, LANG_ZH, row->code, &row->name));
        out->places_n++;
    }
    out->places = rows;
    return OK;
}

err case_codes(const struct case_view *v, const struct record_form *form,
               struct page_code_lists *out)
{
    *out = (struct page_code_lists){ 0 };
    if (asks_for(form->of.record, TRADE))
        TRY(list_trades(v, out));
    if (asks_for(form->of.record, DISTRICT))
        TRY(list_places(v, form->typed, out));
    return OK;
}
