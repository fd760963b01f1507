#include "service/outbox.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/mime.h"
#include "service/body_known.h"
#include "sys/clock.h"
#include "sys/entropy.h"

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)

enum {
    BOX_MAX = 1 << 20,
    ID_MAX = 400,
    DOUBLED_MOST = 6, /* minutes: 1, 2, 4 .. 32, and then an hour */
};

/* Longer than handing over can take. */
#define LEASE (5 * MINUTE)

/* [OB3] */
#define GIVEN_UP_AFTER (24 * HOUR)

const char *const outbox_fault_names[] = {
    "none",  "unreached", "slow",   "unsafe", "login",
    "later", "refused",   "broken", NULL,
};

int64_t outbox_delay(int32_t tries)
{
    if (tries > DOUBLED_MOST)
        return HOUR;
    return MINUTE << (tries > 0 ? tries - 1 : 0);
}

static int64_t now_of(const struct app *app)
{
    struct clock *clock = app_world_of(app)->clock;

    return clock->now(clock);
}

/* --- boxes [OB4] ---------------------------------------------------------- */

/* "mail/ID" */
static err about_of(struct arena *a, id mail, str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, ID_MAX);
    buf_str(&b, S("mail/"));
    buf_str(&b, id_text(mail, text));
    return buf_done(&b, out);
}

/* `letter` may be NULL. */
static err seal(struct app *app, struct arena *a, id mail, str to,
                struct json *letter, str *out)
{
    struct json *j = json_new_object(a);
    str about;
    str text;

    json_set(j, S("to"), json_new_str(a, to));
    if (letter != NULL)
        json_set(j, S("letter"), letter);
    TRY(json_text(a, j, BOX_MAX, &text));
    TRY(about_of(a, mail, &about));
    return mail_box_seal(app, a, about, text, out);
}

static err unseal(struct app *app, struct arena *a, const struct mail_row *row,
                  struct json **out)
{
    str about;
    str text;

    TRY(about_of(a, row->id, &about));
    TRY(mail_box_open(app, a, about, row->box, &text));
    return json_parse(a, text, out);
}

/* --- putting [OB1] -------------------------------------------------------- */

static str body_name(const struct body *body, enum lang l)
{
    return l == LANG_ZH ? body->name_zh : body->name_en;
}

err outbox_put(struct app *app, struct tx *tx, const struct outgoing *m,
               id *out)
{
    struct arena *a = tx_arena(tx);
    struct letter letter = m->letter;
    struct mail_row row = {
        .kind = str_of(letter_names[m->kind]),
        .lang = lang_tag(m->lang),
        .made = now_of(app),
    };
    const struct body *body;
    struct json *j;

    if (!mime_is_address(m->to))
        return err_new(a, ERR_INVALID, "mime.address",
                       ARG_STR("address", m->to));
    TRY(body_then_in(app, tx, day_of_micros(row.made), row.made, &body));
    letter.body = body_name(body, m->lang);
    TRY(record_write(a, &letter_record, &letter, &j));
    TRY(entropy_id(app_world_of(app)->entropy, &row.id));
    TRY(seal(app, a, row.id, m->to, j, &row.box));
    TRY(mail_add(tx, &row));
    *out = row.id;
    return OK;
}

/* --- a mail of a row [OB2] ------------------------------------------------ */

/* "ID@body.example" */
static err message_id(struct arena *a, id mail, str from, str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, ID_MAX);
    buf_str(&b, id_text(mail, text));
    buf_str(&b, str_from(from, str_index(from, '@')));
    return buf_done(&b, out);
}

static bool find_kind(str name, enum letter_kind *out)
{
    for (int k = 0; k < LETTER_KINDS; k++) {
        if (!str_eq(name, str_of(letter_names[k])))
            continue;
        *out = (enum letter_kind)k;
        return true;
    }
    return false;
}

struct sending {
    struct app *app;
    struct arena *a;
    struct mail_settings settings;
    struct mail_row row;
    str to;
};

static err write_mail(const struct sending *s, const struct letter *letter,
                      str *out)
{
    struct letter_text text;
    enum letter_kind kind;
    enum lang lang = LANG_ZH;
    struct mime_mail m = { .from = s->settings.from,
                           .to = s->to,
                           .at = s->row.made,
                           .from_name = letter->body };

    if (!find_kind(s->row.kind, &kind) || !lang_parse(s->row.lang, &lang))
        return err_new(s->a, ERR_CORRUPT, "outbox.kind",
                       ARG_STR("kind", s->row.kind));
    TRY(letter_write(s->a, kind, lang, letter, &text));
    TRY(message_id(s->a, s->row.id, s->settings.from, &m.message_id));
    m.lang = lang_tag(lang);
    m.subject = text.subject;
    m.text = text.text;
    m.html = text.html;
    return mime_write(s->a, &m, out);
}

static err hand_over(struct sending *s, const struct letter *letter)
{
    struct mail_handing h = { .from = s->settings.from, .to = s->to };

    TRY(write_mail(s, letter, &h.message));
    return mail_send(s->a, &s->settings.server, &h);
}

static err open_and_hand_over(struct sending *s)
{
    struct letter letter = { 0 };
    struct json *j;

    TRY(unseal(s->app, s->a, &s->row, &j));
    s->to = json_get_str(j, S("to"));
    const struct json *kept = json_get(j, S("letter"));
    if (kept == NULL)
        return err_new(s->a, ERR_CORRUPT, "outbox.kind",
                       ARG_STR("kind", s->row.kind));
    TRY(record_read(s->a, &letter_record, kept, &letter));
    return hand_over(s, &letter);
}

/* --- what came of it [OB3] ------------------------------------------------ */

static int32_t status_of(err e)
{
    for (const struct err_arg *x = e.info->args; x->name != NULL; x++) {
        if (strcmp(x->name, "status") == 0)
            return (int32_t)x->number;
    }
    return 0;
}

static int32_t fault_of(err e)
{
    static const struct {
        const char *why;
        enum outbox_fault fault;
    } rows[] = {
        { "net.failed", FAULT_UNREACHED }, { "net.slow", FAULT_SLOW },
        { "mail.unsafe", FAULT_UNSAFE },   { "mail.login", FAULT_LOGIN },
        { "mail.later", FAULT_LATER },     { "mail.refused", FAULT_REFUSED },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(e.info->id, rows[i].why) == 0)
            return (int32_t)rows[i].fault;
    }
    return FAULT_BROKEN;
}

static void judge(const struct sending *s, err e, struct outbox_turn *out)
{
    *out = (struct outbox_turn){
        .any = true,
        .mail = s->row.id,
        .kind = s->row.kind,
        .state = MAIL_SENT,
        .tries = s->row.tries,
        .why = e,
    };
    if (!failed(e))
        return;
    out->fault = fault_of(e);
    out->status = status_of(e);
    bool over = now_of(s->app) + outbox_delay(s->row.tries) >
                s->row.made + GIVEN_UP_AFTER;
    bool for_good = out->fault == FAULT_REFUSED || out->fault == FAULT_BROKEN;
    out->state = over || for_good ? MAIL_GIVEN_UP : MAIL_WAITING;
}

struct marking {
    const struct sending *s;
    const struct outbox_turn *turn;
};

static err mark(struct tx *tx, void *context)
{
    const struct marking *m = context;
    const struct sending *s = m->s;
    int64_t now = now_of(s->app);
    struct mail_ending end = {
        .state = m->turn->state,
        .at = now,
        .why = { m->turn->fault, m->turn->status },
    };

    if (end.state == MAIL_WAITING)
        return mail_again(tx, s->row.id, now + outbox_delay(s->row.tries),
                          &end.why);
    TRY(seal(s->app, tx_arena(tx), s->row.id, s->to, NULL, &end.box));
    return mail_end(tx, s->row.id, &end);
}

/* --- a turn --------------------------------------------------------------- */

struct taking {
    const struct app *app;
    struct arena *a;
    int64_t due;
    struct mail_row row;
    bool found;
};

static err take(struct tx *tx, void *context)
{
    struct taking *t = context;
    int64_t now = now_of(t->app);

    TRY(mail_next(tx, t->a, t->due, now, &t->row, &t->found));
    return t->found ? mail_lease(tx, &t->row, now + LEASE) : OK;
}

/* Is there one at all?  Looking costs nobody anything. */
static err look(struct sending *s, struct taking *t)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(s->app, s->a, &tx));
    TRY(mail_next(tx, s->a, t->due, now_of(s->app), &t->row, &t->found));
    return t->found ? mail_settings_get(s->app, tx, s->a, &s->settings) : OK;
}

err outbox_turn(struct app *app, struct arena *a, int64_t due,
                struct outbox_turn *out)
{
    struct sending s = { .app = app, .a = a };
    struct taking t = { .app = app, .a = a, .due = due };
    struct outbox_turn made = { .why = OK };
    struct marking m = { &s, &made };

    TRY(look(&s, &t));
    if (t.found)
        TRY(app_write_case(app, a, take, &t));
    if (t.found) {
        s.row = t.row;
        err e = open_and_hand_over(&s);
        if (err_is(e, ERR_MEMORY)) /* the lease passes */
            return e;
        judge(&s, e, &made);
        TRY(app_write_case(app, a, mark, &m));
    }
    *out = made;
    return OK;
}

err outbox_test(struct app *app, struct arena *a, const struct session *who,
                enum lang l, str to)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct letter letter = { .due = DAY_NEVER };
    const struct body *body;
    struct sending s = {
        .app = app,
        .a = a,
        .row = { .kind = S("test"), .lang = lang_tag(l), .made = now_of(app) },
        .to = to,
    };

    TRY(mail_check_right(a, who));
    TRY(body_today(app, a, day_of_micros(s.row.made), &body));
    letter.body = body_name(body, l);
    TRY(app_read(app, a, &tx));
    TRY(mail_settings_get(app, tx, a, &s.settings));
    tx_abort(&tx);
    tx = NULL;
    TRY(entropy_id(app_world_of(app)->entropy, &s.row.id));
    return hand_over(&s, &letter);
}

struct testing {
    struct app *app;
    struct outgoing mail;
};

static err put_test(struct tx *tx, void *context)
{
    const struct testing *t = context;
    bool sends;
    id mail;

    TRY(mail_is_set(tx, &sends));
    if (!sends)
        return err_new(tx_arena(tx), ERR_NOT_FOUND, "outbox.no_server");
    return outbox_put(t->app, tx, &t->mail, &mail);
}

err outbox_test_later(struct app *app, struct arena *a,
                      const struct session *who, enum lang l, str to)
{
    struct testing t = { app,
                         { .kind = LETTER_TEST,
                           .lang = l,
                           .to = to,
                           .letter = { .due = DAY_NEVER } } };

    TRY(mail_check_right(a, who));
    return app_write_case(app, a, put_test, &t);
}

/* --- the list ------------------------------------------------------------- */

static err list_rows(struct app *app, struct arena *a, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return mail_list(tx, a, INT64_MAX, (id){ { 0 } }, OUTBOX_SHOWN, out);
}

err outbox_waiting(struct app *app, struct arena *a, int64_t *out)
{
    int64_t now = now_of(app);
    struct list rows;
    int64_t n = 0;

    TRY(list_rows(app, a, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_row *row = (const struct mail_row *)rows.p + i;

        n += row->state == MAIL_WAITING && row->leased <= now ? 1 : 0;
    }
    *out = n;
    return OK;
}

static err open_line(struct app *app, struct arena *a,
                     const struct mail_row *row, struct outbox_line *out)
{
    struct json *j;

    *out = (struct outbox_line){ .row = *row };
    err e = unseal(app, a, row, &j);
    if (!failed(e))
        out->to = json_get_str(j, S("to"));
    return err_is(e, ERR_MEMORY) ? e : OK;
}

err outbox_list(struct app *app, struct arena *a, const struct session *who,
                struct list *out)
{
    struct outbox_line *lines;
    struct list rows;

    TRY(mail_check_right(a, who));
    TRY(list_rows(app, a, &rows));
    lines = arena_array(a, rows.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < rows.n; i++)
        TRY(open_line(app, a, (const struct mail_row *)rows.p + i, &lines[i]));
    *out = (struct list){ lines, rows.n };
    return OK;
}
