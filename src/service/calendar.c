#include "service/calendar.h"

#include "auth/calendar_link.h"
#include "base/arena.h"
#include "base/buf.h"
#include "crypto/bytes.h"
#include "service/calendar_text.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum { PATH_MAX_BYTES = 200 };

#define FOLDER S("/calendar/")
#define ENDING S(".ics")

/* --- making ----------------------------------------------------------------
 */

static err path_of(struct arena *a, str token, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_MAX_BYTES);
    buf_str(&b, FOLDER);
    buf_str(&b, token);
    buf_str(&b, ENDING);
    return buf_done(&b, out);
}

static err check_maker(struct arena *a, const struct calendar_order *order)
{
    str login = order->team ? S("") : order->who->login;

    if (id_is_zero(order->who->actor.person))
        return err_new(a, ERR_DENIED, "calendar.nobody");
    return todo_may_list(a, order->who, login);
}

/* A new one: everything but its number. */
static err draw(struct app *app, struct arena *a,
                const struct calendar_order *order, struct calendar_row *row,
                str *path)
{
    struct entropy *entropy = app_world_of(app)->entropy;
    struct clock *clock = app_world_of(app)->clock;
    uint8_t secret[CALENDAR_SECRET_BYTES];
    str token;

    *row = (struct calendar_row){
        .person = order->who->actor.person,
        .team = order->team,
        .lang = lang_tag(order->lang),
        .made = order->today == DAY_NEVER ? day_of_micros(clock->now(clock))
                                          : order->today,
    };
    TRY(entropy_id(entropy, &row->id));
    TRY(entropy_fill(entropy, secret, sizeof secret));
    TRY(calendar_link_token(a, secret, row, &token));
    bytes_wipe(secret, sizeof secret);
    return path_of(a, token, path);
}

static err list_rows(struct tx *tx, struct arena *a, id person,
                     struct list *out)
{
    return calendar_link_list(tx, a, person, 0, CALENDAR_LINKS_MOST, out);
}

/* The first number nobody has. */
static int64_t free_number(const struct list *rows)
{
    const struct calendar_row *r = rows->p;
    int64_t n = 1;

    for (size_t i = 0; i < rows->n && r[i].number == n; i++)
        n++;
    return n;
}

static err keep(struct tx *tx, void *context)
{
    struct calendar_row *row = context;
    struct list rows;

    TRY(list_rows(tx, tx_arena(tx), row->person, &rows));
    if (rows.n >= CALENDAR_LINKS_MOST)
        return err_new(tx_arena(tx), ERR_LIMIT, "calendar.links",
                       ARG_INT("most", CALENDAR_LINKS_MOST));
    row->number = free_number(&rows);
    return calendar_link_add(tx, row);
}

static struct calendar_link link_of(const struct calendar_row *row)
{
    struct calendar_link link = { row->number, row->team, LANG_ZH, row->made };

    (void)lang_parse(row->lang, &link.lang);
    return link;
}

err calendar_link_make(struct app *app, struct arena *a,
                       const struct calendar_order *order,
                       struct calendar_link *out, str *path)
{
    struct calendar_row row;
    str made;

    TRY(check_maker(a, order));
    TRY(draw(app, a, order, &row, &made));
    TRY(app_write_case(app, a, keep, &row));
    *out = link_of(&row);
    *path = made;
    return OK;
}

/* --- listing and revoking ---------------------------------------------------
 */

err calendar_links(struct app *app, struct arena *a, const struct session *who,
                   struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct calendar_link *links;
    struct list rows;

    TRY(app_read(app, a, &tx));
    TRY(list_rows(tx, a, who->actor.person, &rows));
    links = arena_array(a, rows.n, sizeof *links);
    TRY_MEMORY(links);
    for (size_t i = 0; i < rows.n; i++)
        links[i] = link_of((const struct calendar_row *)rows.p + i);
    *out = (struct list){ links, rows.n };
    return OK;
}

struct revoking {
    id person;
    int64_t number;
};

static err drop(struct tx *tx, void *context)
{
    const struct revoking *x = context;
    bool found;

    TRY(calendar_link_drop(tx, x->person, x->number, &found));
    if (found)
        return OK;
    return err_new(tx_arena(tx), ERR_NOT_FOUND, "calendar.number",
                   ARG_INT("number", x->number));
}

err calendar_link_revoke(struct app *app, struct arena *a,
                         const struct session *who, int64_t number)
{
    struct revoking x = { who->actor.person, number };

    return app_write_case(app, a, drop, &x);
}

/* --- fetching [CA1] [CA2] ---------------------------------------------------
 */

static err open_link(struct app *app, struct arena *a, str name, day today,
                     struct calendar_row *row, struct session *who)
{
    scoped(tx_abort) struct tx *tx = NULL;

    if (!str_ends(name, ENDING))
        return calendar_link_none(a);
    TRY(app_read(app, a, &tx));
    return calendar_link_open(tx, a, str_first(name, name.n - ENDING.n), today,
                              row, who);
}

err calendar_fetch(struct app *app, struct arena *a, str name, day today,
                   str *out)
{
    struct calendar_row row = { 0 };
    struct session who = { 0 };
    struct todo_list list;
    struct todo_wish wish = { .who = &who, .today = today };
    err e;

    TRY(open_link(app, a, name, today, &row, &who));
    wish.login = row.team ? S("") : who.login;
    e = todo_list(app, a, &wish, &list);
    if (err_is(e, ERR_DENIED)) /* staff they were */
        return calendar_link_none(a);
    TRY(e);
    return calendar_text(app, a, &list, wish.login, link_of(&row).lang, out);
}
