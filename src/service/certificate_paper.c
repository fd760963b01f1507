#include "service/certificate_paper.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/standing.h"
#include "paint/painter.h"
#include "service/body_known.h"
#include "service/lookup.h"
#include "service/paper_credential.h"
#include "service/sheet.h"
#include "service/signing.h"
#include "service/stream.h"
#include "store/certificates.h"

enum { QR_MOST = PAINT_QR, FIELDS = 8, DAYS = 2 };

/* What the register does not tell. */
struct more {
    str address;       /* of the holder; empty: none was given */
    struct label mark; /* what the package says beside its mark; or empty */
    day today;
    const struct body *body; /* as it was when the certificate was worded */
};

/* A certificate while it is being written: in one language, and in small in
 * the other. */
struct writing {
    struct sheet sheet;
    struct sheet other;
    const struct public_certificate *c;
    const struct more *more;
    struct paint_certificate *to;
    struct paint_field *fields;
};

/* --- words ---------------------------------------------------------------- */

static void add_field(struct writing *w, const char *message, str value,
                      str other)
{
    struct paint_field *f = &w->fields[w->to->fields.n];

    if (value.n == 0)
        return;
    *f = (struct paint_field){ text_get(w->sheet.lang, message),
                               text_get(w->other.lang, message), value,
                               str_eq(value, other) ? S("") : other };
    w->to->fields.n++;
}

static void add_label(struct writing *w, const char *message, struct label l)
{
    add_field(w, message, sheet_label(&w->sheet, l), sheet_label(&w->other, l));
}

/* What was written in Chinese, and in English where it was. */
static void add_either(struct writing *w, const char *message, str zh, str en)
{
    add_field(w, message, sheet_either(&w->sheet, zh, en),
              sheet_either(&w->other, zh, en));
}

/* "Q/EXAMPLE 1-2026  Title", the title in the other language below. */
static void add_criterion(struct writing *w)
{
    const struct public_certificate *c = w->c;
    str line = sheet_text(&w->sheet, "sheet.criterion_line",
                          ARG_STR("criterion", c->criterion),
                          ARG_LABEL("title", c->criterion_title));

    add_field(w, "sheet.criterion", line,
              sheet_label(&w->other, c->criterion_title));
}

static void add_fields(struct writing *w)
{
    const struct public_certificate *c = w->c;

    add_field(w, "sheet.uscc", c->uscc, S(""));
    add_field(w, "sheet.address", w->more->address, S(""));
    add_field(w, "sheet.main_number", c->main, S(""));
    add_field(w, "sheet.site", c->site, S(""));
    add_field(w, "sheet.site_address", c->site_address, S(""));
    add_criterion(w);
    add_either(w, "sheet.scope", c->scope, c->scope_en);
    add_label(w, "sheet.level", c->level_label);
}

static void add_day(struct writing *w, struct paint_field *to,
                    const char *message, day d)
{
    *to = (struct paint_field){ text_get(w->sheet.lang, message),
                                text_get(w->other.lang, message),
                                sheet_day(&w->sheet, d),
                                sheet_day(&w->other, d) };
}

/* --- the whole page ---------------------------------------------------------
 */

/* A text of the catalogue in both languages. */
static void say(struct writing *w, const char *message, str *to, str *other)
{
    *to = text_get(w->sheet.lang, message);
    *other = text_get(w->other.lang, message);
}

static void set_words(struct writing *w)
{
    struct paint_certificate *to = w->to;
    const struct public_certificate *c = w->c;

    to->title = sheet_label(&w->sheet, c->title);
    to->title_other = sheet_label(&w->other, c->title);
    to->stars = c->stars;
    to->number = sheet_text(&w->sheet, "sheet.number_line",
                            ARG_STR("number", c->number));
    to->holder = c->holder;
    to->statement = sheet_label(&w->sheet, c->statement);
    to->statement_other = sheet_label(&w->other, c->statement);
    say(w, "sheet.certify", &to->intro, &to->intro_other);
    say(w, "sheet.scan", &to->scan, &to->scan_other);
    to->scan_note = sheet_text(&w->sheet, "sheet.scan_note");
    say(w, "sheet.keep", &to->note, &to->note_other);
}

static void set_body(struct writing *w, const struct body *body)
{
    struct paint_certificate *to = w->to;

    to->body = w->sheet.document.body;
    to->body_other = w->other.document.body;
    if (str_eq(to->body, to->body_other))
        to->body_other = S("");
    to->issued_by = sheet_text(&w->sheet, "sheet.issued_by");
    to->seal = sheet_label(&w->sheet, w->more->mark);
    to->seal_below = body->approval;
    if (body->demonstration)
        to->sample = sheet_text(&w->sheet, "sheet.sample");
}

/* In upper case: such a code is less dense.  A demonstration has no https, so
 * credential/credential.h would refuse its address. */
static str code_text(struct writing *w, str address, str number)
{
    struct buf b;
    str text = S("");

    if (address.n == 0)
        return S("");
    buf_init(&b, w->sheet.arena, QR_MOST);
    for (size_t i = 0; i < address.n; i++) {
        char c = address.p[i];

        buf_char(&b, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    buf_str(&b, S("/C/"));
    buf_str(&b, number);
    if (failed(buf_done(&b, &text)))
        w->sheet.broken = true;
    return text;
}

/* [CT5] */
static err set_code(struct app *app, struct writing *w)
{
    struct arena *a = w->sheet.arena;
    struct paper_credential credential;

    TRY(paper_credential(app, a, w->c->number, &credential));
    w->to->qr = credential.qr.n > 0
                    ? credential.qr
                    : code_text(w, app_public_url(app), w->c->number);
    return OK;
}

/* [CT4] */
static void add_subs(struct writing *w)
{
    const struct public_sub *subs = w->c->subs.p;
    struct sheet *s = &w->sheet;
    const struct paint_column columns[] = {
        sheet_column(s, "sheet.number", 270, PAINT_LEFT),
        sheet_column(s, "sheet.site", 230, PAINT_LEFT),
        sheet_column(s, "sheet.site_address", 310, PAINT_LEFT),
        sheet_column(s, "sheet.valid_until", 190, PAINT_LEFT),
    };
    bool begun = false;

    for (size_t i = 0; i < w->c->subs.n; i++) {
        if (subs[i].status != CERTIFICATE_VALID)
            continue;
        if (!begun) {
            sheet_heading(s, "sheet.subs");
            sheet_paragraph(s, sheet_text(s, "sheet.subs_of",
                                          ARG_STR("number", w->c->number),
                                          ARG_STR("holder", w->c->holder)));
            sheet_table(s, columns, COUNT(columns));
        }
        begun = true;
        sheet_row(s, subs[i].number, subs[i].site, subs[i].address,
                  sheet_day(s, subs[i].until));
    }
}

static err begin(struct writing *w, struct arena *a, enum lang lang,
                 const struct body *body)
{
    struct paint_field *days = arena_array(a, DAYS, sizeof *days);

    w->to = arena_zero(a, sizeof *w->to);
    w->fields = arena_array(a, FIELDS, sizeof *w->fields);
    TRY_MEMORY(w->to != NULL && w->fields != NULL && days != NULL);
    sheet_begin(&w->sheet, a, lang, body);
    sheet_begin(&w->other, a, lang == LANG_EN ? LANG_ZH : LANG_EN, body);
    w->to->fields = (struct list){ w->fields, 0 };
    w->to->days = (struct list){ days, DAYS };
    add_day(w, &days[0], "sheet.issued", w->c->issued);
    add_day(w, &days[1], "sheet.valid_until", w->c->until);
    w->sheet.document.certificate = (struct list){ w->to, 1 };
    return OK;
}

static err write_paper(struct app *app, struct arena *a,
                       const struct certificate_wish *wish, struct writing *w,
                       struct paint_document *out)
{
    struct paint_document *d = &w->sheet.document;

    TRY(begin(w, a, wish->lang, w->more->body));
    set_words(w);
    set_body(w, w->more->body);
    add_fields(w);
    TRY(set_code(app, w));
    d->title = w->to->title;
    d->kind = w->to->title;
    d->number = w->c->number;
    d->made = w->c->issued; /* [CT3] */
    add_subs(w);
    TRY(w->other.broken ? err_memory() : OK);
    return sheet_done(&w->sheet, out);
}

/* --- what the register does not tell -----------------------------------------
 */

static err find_wording(struct app *app, struct tx *tx, id stream,
                        struct more *out)
{
    struct arena *a = tx_arena(tx);
    struct standing *s = arena_zero(a, sizeof *s);
    struct event_list events;

    TRY_MEMORY(s);
    TRY(stream_events_known(tx, a, stream, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        standing_apply(s, e);
    if (s->certificate == NULL) /* imported */
        return body_today_in(app, tx, out->today, &out->body);
    out->address = s->certificate->address;
    return body_then_in(app, tx, s->worded, s->worded_at, &out->body);
}

static err find_mark(struct app *app, struct tx *tx, const struct hash *package,
                     struct label *out)
{
    const struct hash none = { 0 };
    const struct scheme *s;

    if (memcmp(package, &none, sizeof none) == 0) /* imported */
        return OK;
    TRY(app_scheme(app, tx, package, &s));
    if (s->certificate.mark.say_count > 0)
        *out = s->certificate.mark.says[0];
    return OK;
}

/* Of the main certificate. */
static err find_more(struct app *app, struct arena *a, str number,
                     struct more *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row row;

    TRY(app_read(app, a, &tx));
    TRY(certificate_get(tx, a, number, &row));
    TRY(find_wording(app, tx, row.id, out));
    return find_mark(app, tx, &row.scheme_hash, &out->mark);
}

static err check_valid(struct arena *a, const struct public_certificate *c)
{
    static const char *const ids[] = {
        [CERTIFICATE_VALID] = "status.valid",
        [CERTIFICATE_SUSPENDED] = "status.suspended",
        [CERTIFICATE_WITHDRAWN] = "status.withdrawn",
        [CERTIFICATE_CANCELLED] = "status.cancelled",
        [CERTIFICATE_EXPIRED] = "status.expired",
    };

    if (c->status == CERTIFICATE_VALID)
        return OK;
    return err_new(a, ERR_REFUSED, "sheet.not_valid",
                   ARG_STR("number", c->number),
                   ARG_IDS("status", str_of(ids[c->status])));
}

err certificate_paper(struct app *app, struct arena *a,
                      const struct certificate_wish *wish,
                      struct paint_document *out)
{
    struct public_certificate c = { 0 };
    struct more more = { .today = wish->today };
    struct writing w = { .c = &c, .more = &more };

    TRY(lookup_certificate(app, a, wish->number, wish->today, &c));
    if (c.issuer.n > 0) /* [LU5] */
        return err_new(a, ERR_REFUSED, "sheet.imported",
                       ARG_STR("number", c.number),
                       ARG_STR("issuer", c.issuer));
    TRY(check_valid(a, &c));
    TRY(find_more(app, a, c.main.n > 0 ? c.main : c.number, &more));
    return write_paper(app, a, wish, &w, out);
}

err certificate_paper_file(struct app *app, struct arena *a,
                           const struct certificate_wish *wish, str *out)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    struct paint_document d = { 0 };
    struct signing_done done;

    TRY(certificate_paper(app, a, wish, &d));

    struct signing_wish sign = { .certificate = d.number,
                                 .title = d.title,
                                 .lang = wish->lang };
    TRY(painter_paint(&painter, a, &d, &sign.painted));
    TRY(signing_do(app, a, &sign, &done));
    *out = done.file;
    return OK;
}
