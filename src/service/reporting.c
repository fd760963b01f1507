/*
 * reporting -- gather what a month's report is made of. [RT1] [RT5]
 */

#include "service/reporting.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "domain/rights.h"
#include "service/body_known.h"
#include "service/case_parts.h"
#include "service/particulars.h"
#include "service/reporting_parts.h"
#include "service/stream.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "sys/clock.h"
#include "sys/files.h"

enum {
    PAGE = 200,
    CASE_ARENA = 256 << 20,
    FILE_MAX = 1 << 20,
    PATH_LIMIT = 4096,
    WHY_MAX = 4000,
};

/* --- who, when ---------------------------------------------------------------
 */

err reporting_check_role(struct arena *a, const struct session *who)
{
    if (rights_may_report(&who->actor))
        return OK;
    return err_new(a, ERR_DENIED, "filing.role", ARG_STR("login", who->login));
}

err reporting_check_read(struct arena *a, const struct session *who)
{
    if (rights_may_read(&who->actor, (id){ { 0 } }))
        return OK;
    return err_new(a, ERR_DENIED, "filing.read", ARG_STR("login", who->login));
}

day reporting_today(const struct app *app, day today)
{
    struct clock *clock = app_world_of(app)->clock;

    return today == DAY_NEVER ? day_of_micros(clock->now(clock)) : today;
}

/* --- the dictionary [RT5] ---- */

static err sentence(struct arena *a, enum lang l, const struct problem *p,
                    str *out)
{
    struct buf b;

    buf_init(&b, a, WHY_MAX);
    problem_render(&b, l, S(""), p);
    return buf_done(&b, out);
}

/* The first problem of the file, with its place, in both languages. */
static err bad_dictionary(struct arena *a, const struct problem *p)
{
    struct label why;

    TRY(sentence(a, LANG_ZH, p, &why.zh));
    TRY(sentence(a, LANG_EN, p, &why.en));
    return err_new(a, ERR_INVALID, "filing.dictionary",
                   ARG_STR("file", p->file), ARG_INT("line", p->line),
                   ARG_INT("column", p->column), ARG_LABEL("why", why));
}

err reporting_dictionary(const struct app *app, struct arena *a,
                         const struct dictionary **out)
{
    struct problem *problems = NULL;
    struct buf b;
    str path;
    str text;

    buf_init(&b, a, PATH_LIMIT);
    buf_str(&b, app_folder(app));
    buf_str(&b, S("/dictionary.yaml"));
    TRY(buf_done(&b, &path));
    err e = file_read(app_world_of(app)->files, a, path, FILE_MAX, &text);
    if (err_is(e, ERR_NOT_FOUND))
        return dictionary_official(a, out);
    TRY(e);
    e = dictionary_read(a, path, text, out, &problems);
    return failed(e) && problems != NULL ? bad_dictionary(a, problems) : e;
}

/* --- people ---- */

struct gathering {
    struct app *app;
    struct tx *tx;
    struct arena *a;    /* of the rows */
    struct arena *work; /* of the case under way */
    struct filing_source source;
    struct filing *out;
};

/* [RE3] Asked for when a row is made. */
static err find_person(void *context, id person, struct filing_person *out)
{
    struct gathering *g = context;
    struct person_row row;
    struct person known;
    struct subject s;
    char text[ID_TEXT];

    TRY(person_get(g->tx, g->work, person, &row));
    TRY(person_by_key(g->tx, person, &known));
    TRY(subject_of(g->work, OF_PERSON, id_text(person, text), &s));
    *out = (struct filing_person){
        .login = row.login,
        .name = row.name,
        .qualification = known.qualification,
    };
    return particulars_load(g->app, g->tx, &s, g->work, &out->given);
}

/* --- cases ---- */

static err load_said(struct gathering *g, struct arena *a,
                     enum filing_subject kind, str name,
                     struct particulars *out)
{
    struct subject s;

    TRY(subject_of(a, kind, name, &s));
    return particulars_load(g->app, g->tx, &s, a, out);
}

static err add_case(struct gathering *g, const struct stream_row *stream)
{
    struct case_file file;
    struct enterprise_row row;
    struct filing_case c = { .work = g->work };

    TRY(case_fold_sound(g->app, g->tx, g->work, stream, &file));
    TRY(enterprise_get(g->tx, g->work, file.enterprise.id, &row));
    c.number = file.number;
    c.scheme = file.state->scheme;
    c.events = &file.events;
    c.enterprise = &file.enterprise;
    c.address = row.address;
    c.contact_name = row.contact_name;
    c.contact_phone = row.contact_phone;
    TRY(load_said(g, g->work, OF_SCHEME, c.scheme->id, &c.of_scheme));
    TRY(load_said(g, g->work, OF_ENTERPRISE, row.uscc, &c.of_enterprise));
    TRY(load_said(g, g->work, OF_CASE, c.number, &c.of_case));
    return filing_add_case(g->a, &g->source, &c, g->out);
}

/* One case in an arena of its own, so that any number fits. */
static err add_stream(struct gathering *g, const struct stream_row *stream)
{
    scoped(arena_end) struct arena work;
    struct arena *before;

    arena_init(&work, app_world_of(g->app)->heap, CASE_ARENA);
    before = tx_use_arena(g->tx, &work);
    g->work = &work;
    err e = err_keep(g->a, add_case(g, stream));
    (void)tx_use_arena(g->tx, before);
    g->work = NULL;
    return e;
}

static err add_active(struct gathering *g)
{
    const struct days between = { g->source.from, g->source.to };
    struct page page = { .limit = PAGE };
    struct list rows;

    do {
        TRY(stream_list_active(g->tx, g->a, S("case"), &between, &page, &rows));
        const struct stream_row *r = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(add_stream(g, &r[i]));
        if (rows.n > 0)
            page.after = r[rows.n - 1].number;
    } while (rows.n == PAGE);
    return OK;
}

static err check_month(struct arena *a, struct month m, day today)
{
    char text[MONTH_TEXT];

    if (month_first(m) <= today)
        return OK;
    return err_new(a, ERR_INVALID, "filing.ahead",
                   ARG_STR("month", month_text(m, text)));
}

err reporting_make(struct app *app, struct arena *a,
                   const struct reporting_wish *wish,
                   struct reporting_made *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct reporting_made made = { .today = reporting_today(app, wish->today) };
    struct gathering g = { .app = app, .a = a, .out = &made.filing };
    day last = month_last(wish->month);

    TRY(reporting_check_read(a, wish->who));
    TRY(check_month(a, wish->month, made.today));
    TRY(reporting_dictionary(app, a, &made.dictionary));
    TRY(app_read(app, a, &tx));
    g.tx = tx;
    TRY(body_today_in(app, tx, last < made.today ? last : made.today,
                      &made.body));
    g.source = (struct filing_source){
        .dictionary = made.dictionary,
        .body = made.body,
        .from = month_first(wish->month),
        .to = last,
        .today = made.today,
        .person = find_person,
        .context = &g,
    };
    TRY(load_said(&g, a, OF_BODY, S(""), &g.source.of_body));
    TRY(add_active(&g));
    TRY(filing_check(a, made.dictionary, made.today, &made.filing));
    *out = made;
    return OK;
}
