#include "service/records_held.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "domain/rights.h"
#include "records/hours.h"
#include "service/records_held_parts.h"
#include "service/records_held_room.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum {
    ASKED_MAX = 1 << 20,
    HEAD = 1 << 20, /* bytes that a mapping is tried on */
    MILLISECOND = 1000,
};

/* --- rights [RH5] --------------------------------------------------------- */

bool held_may_screen(const struct held_of *of)
{
    return rights_may_read_papers(&of->who->actor, of->file->enterprise.id);
}

bool held_may_hand_in(const struct held_of *of)
{
    const struct actor *actor = &of->who->actor;
    const unsigned lookers = ROLE_BIT(ROLE_APPLICANT) |
                             ROLE_BIT(ROLE_AUTHORITY) | ROLE_BIT(ROLE_ADMIN);

    if (rights_owns(actor, of->file->enterprise.id))
        return true;
    return held_may_screen(of) && (actor->roles & ~lookers) != 0;
}

err held_check_right(struct arena *a, const struct held_of *of)
{
    return held_may_hand_in(of) ? OK
                                : err_new(a, ERR_DENIED, "records.not_yours");
}

/* --- rows ----------------------------------------------------------------- */

err held_find(struct app *app, struct arena *a, const struct held_of *of,
              id file, struct held_row_of *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct held_row_of row;
    bool found;

    TRY(app_read(app, a, &tx));
    TRY(held_row_get(tx, a, file, &row, &found));
    if (!found || !id_eq(row.of_case, of->file->state->id))
        return err_new(a, ERR_NOT_FOUND, "records.held_missing");
    *out = row;
    return OK;
}

static err is_at(struct arena *a, int64_t expected, int64_t found)
{
    return err_new(a, ERR_CONFLICT, "records.held_at",
                   ARG_INT("expected", expected), ARG_INT("found", found));
}

err held_check_whole(struct arena *a, const struct held_row_of *row)
{
    return row->state == HELD_ROW_ARRIVING ? is_at(a, row->size, row->arrived)
                                           : OK;
}

/* --- what was asked ------------------------------------------------------ */

struct sheet_asked held_usual(void)
{
    return (struct sheet_asked){
        .terms = { .whole = true,
                   .repeat_days = REPEAT_DAYS_USUAL,
                   .audit = DAY_NONE },
    };
}

/* As a sheet has it, and the day of the audit. */
err held_asked_write(struct arena *a, const struct sheet_asked *asked, str *out)
{
    struct json *j;
    struct buf b;

    TRY(sheet_asked_json(a, asked, &j));
    if (asked->terms.audit != DAY_NONE)
        TRY_MEMORY(json_set_int(a, j, "audit", asked->terms.audit));
    buf_init(&b, a, ASKED_MAX);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

err held_asked_read(struct arena *a, str name, str text,
                    struct sheet_asked *out)
{
    const struct json *audit;
    struct json *j;

    if (text.n == 0) {
        *out = held_usual();
        return OK;
    }
    TRY(json_parse(a, text, &j));
    TRY(sheet_asked_read(a, name, j, out));
    audit = json_get(j, S("audit"));
    if (audit != NULL && audit->kind == JSON_INT && audit->number >= DAY_MIN &&
        audit->number <= DAY_MAX)
        out->terms.audit = (day)audit->number;
    return OK;
}

err held_columns(struct arena *a, const struct records_file *file, str *out)
{
    struct buf b;

    buf_init(&b, a, HELD_NAMES_MAX);
    for (size_t i = 0; i < file->columns.n; i++) {
        buf_str(&b, file->columns.columns[i].name);
        buf_char(&b, '\n');
    }
    return buf_done(&b, out);
}

struct records_input held_input(const struct held_row_of *row,
                                const struct sheet_asked *asked,
                                struct held_reader *reader)
{
    return (struct records_input){
        .from = { .reader = reader == NULL ? NULL : &reader->reader,
                  .sheet = asked->sheet },
        .name = row->name,
        .map_name = S("map"),
        .map = asked->map,
        .events = asked->events,
    };
}

/* --- beginning ------------------------------------------------------------ */

struct beginning {
    struct held_row_of row;
    bool many;
    struct held_room room; /* [RH11] */
};

static err write_beginning(struct tx *tx, void *context)
{
    struct beginning *b = context;
    int64_t n;

    TRY(held_row_count(tx, b->row.of_case, &n));
    TRY(held_room_in(tx, tx_arena(tx), &b->room));
    b->many = n >= HELD_OF_CASE;
    return b->many || !held_room_has(&b->room, b->row.size)
               ? OK
               : held_row_add(tx, &b->row);
}

static err check_beginning(struct arena *a, str name, int64_t size)
{
    if (name.n == 0 || name.n > HELD_NAME_MAX || !utf8_check(name, NULL))
        return err_new(a, ERR_INVALID, "records.held_name",
                       ARG_INT("most", HELD_NAME_MAX));
    if (size <= 0)
        return err_new(a, ERR_INVALID, "records.empty", ARG_STR("name", name));
    if (size > HELD_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "records.held_size", ARG_INT("size", size),
                       ARG_INT("most", HELD_BYTES_MAX));
    return OK;
}

err held_begin(struct app *app, struct arena *a, const struct held_of *of,
               str name, int64_t size, id *out)
{
    const struct app_world *w = app_world_of(app);
    struct beginning b = {
        .row = { .of_case = of->file->state->id,
                 .enterprise = of->file->enterprise.id,
                 .person = of->who->actor.person,
                 .name = name,
                 .size = size,
                 .at = w->clock->now(w->clock) },
    };
    struct held_boxes boxes;

    TRY(held_check_right(a, of));
    TRY(check_beginning(a, name, size));
    b.row.until = day_of_micros(b.row.at) + HELD_DAYS;
    TRY(entropy_id(w->entropy, &b.row.id));
    TRY(held_boxes_new(app, a, b.row.id, &boxes, &b.row.sealed));
    held_boxes_end(&boxes); /* its row has the key */
    TRY(app_write_case(app, a, write_beginning, &b));
    if (b.many)
        return err_new(a, ERR_LIMIT, "records.held_many",
                       ARG_INT("most", HELD_OF_CASE));
    if (!held_room_has(&b.room, size))
        return err_new(a, ERR_LIMIT, "records.held_room", ARG_INT("size", size),
                       ARG_INT("taken", b.room.taken),
                       ARG_INT("most", b.room.gigabytes));
    *out = b.row.id;
    return OK;
}

/* --- arriving [RH3] ------------------------------------------------------- */

struct arriving {
    id file;
    int64_t from;
    int64_t to;
    bool done;
};

static err write_arrived(struct tx *tx, void *context)
{
    struct arriving *x = context;

    return held_row_arrive(tx, x->file, x->from, x->to, &x->done);
}

/* Boxes first, then the row that counts them. */
static err append(struct app *app, struct arena *a,
                  const struct held_row_of *row, str bytes)
{
    struct arriving x = { row->id, row->arrived,
                          row->arrived + (int64_t)bytes.n, false };
    struct held_boxes boxes;

    TRY(held_boxes_open(app, a, row, &boxes));
    err e = held_boxes_add(&boxes, a, row->arrived, bytes);
    held_boxes_end(&boxes);
    TRY(e);
    TRY(app_write_case(app, a, write_arrived, &x));
    if (!x.done)
        return err_new(a, ERR_NOT_FOUND, "records.held_missing");
    return held_desk_go_on(app_held(app), row, row->arrived == 0);
}

/* What of it did not come yet. */
static err take_piece(struct app *app, struct arena *a,
                      const struct held_of *of, id file, int64_t at, str bytes)
{
    struct held_row_of row;

    TRY(held_find(app, a, of, file, &row));
    if (at < 0 || at > row.arrived)
        return is_at(a, row.arrived, at);
    if ((int64_t)bytes.n > row.size - at)
        return err_new(a, ERR_LIMIT, "records.held_long",
                       ARG_INT("size", row.size));
    if ((int64_t)bytes.n <= row.arrived - at)
        return OK;
    return append(app, a, &row, str_from(bytes, (size_t)(row.arrived - at)));
}

err held_piece(struct app *app, struct arena *a, const struct held_of *of,
               id file, int64_t at, str bytes)
{
    TRY(held_check_right(a, of));
    if (bytes.n > HELD_PIECE_MAX)
        return err_new(a, ERR_LIMIT, "records.held_piece",
                       ARG_INT("most", HELD_PIECE_MAX));
    TRY(held_desk_hold(app_held(app), file));
    err e = take_piece(app, a, of, file, at, bytes);
    held_desk_let(app_held(app), file);
    return e;
}

/* --- whole ---------------------------------------------------------------- */

struct finishing {
    id file;
    bool done;
};

static err write_whole(struct tx *tx, void *context)
{
    struct finishing *x = context;

    return held_row_whole(tx, x->file, &x->done);
}

err held_finish(struct app *app, struct arena *a, const struct held_of *of,
                id file)
{
    struct finishing x = { file, false };
    struct held_row_of row;

    TRY(held_check_right(a, of));
    TRY(held_find(app, a, of, file, &row));
    if (row.state != HELD_ROW_ARRIVING)
        return OK;
    if (row.arrived < row.size)
        return is_at(a, row.size, row.arrived);
    TRY(app_write_case(app, a, write_whole, &x));
    return held_desk_want(app_held(app), &row);
}

static err take_all(struct app *app, struct arena *a, const struct held_of *of,
                    id file, str bytes)
{
    for (size_t at = 0; at < bytes.n; at += HELD_PIECE_MAX)
        TRY(held_piece(app, a, of, file, (int64_t)at,
                       str_first(str_from(bytes, at), HELD_PIECE_MAX)));
    return held_finish(app, a, of, file);
}

err held_take(struct app *app, struct arena *a, const struct held_of *of,
              str name, str bytes, id *out)
{
    id file;

    TRY(held_begin(app, a, of, name, (int64_t)bytes.n, &file));
    err e = take_all(app, a, of, file, bytes);
    if (failed(e))
        (void)held_remove(app, a, file); /* why it failed is what counts */
    else
        *out = file;
    return e;
}

/* --- looking -------------------------------------------------------------- */

/* Milliseconds, as fast as it went so far. */
static int64_t left_of(const struct app *app, const struct held_standing *s)
{
    struct clock *clock = app_world_of(app)->clock;
    int64_t took = (clock->ticks(clock) - s->began) / MILLISECOND;
    const struct records_progress *p = &s->progress;

    if (s->began == 0 || took <= 0 || p->bytes == 0 || p->size < p->bytes)
        return -1;
    return took * (int64_t)(p->size - p->bytes) / (int64_t)p->bytes;
}

/* The desk knows better what the row of a whole file says. */
static void take_standing(const struct app *app, const struct held_standing *s,
                          struct held_file *f)
{
    if (s->any && s->stand == HELD_DONE)
        f->state = HELD_COUNTED;
    if (s->any && s->stand == HELD_FAILED) {
        f->state = HELD_REFUSED;
        f->why = s->why;
    }
    if (s->any && (s->stand == HELD_WANTED || s->stand == HELD_WORKING)) {
        f->state = HELD_COUNTING;
        f->progress = s->progress;
        f->left = left_of(app, s);
    }
}

static const enum held_state states[HELD_ROW_STATES] = {
    [HELD_ROW_ARRIVING] = HELD_ARRIVING,
    [HELD_ROW_WAITING] = HELD_COUNTING,
    [HELD_ROW_COUNTED] = HELD_COUNTED,
    [HELD_ROW_REFUSED] = HELD_COUNTING, /* why, has to be found again */
};

static err look(struct app *app, struct arena *a, const struct held_row_of *row,
                struct held_file *out)
{
    struct held_standing s;
    struct held_file f = {
        .id = row->id,
        .name = row->name,
        .size = row->size,
        .arrived = row->arrived,
        .sha256 = row->sha256,
        .at = row->at,
        .by = row->person,
        .until = row->until,
        .state = states[row->state],
        .left = -1,
    };

    TRY(held_asked_read(a, row->name, row->asked, &f.asked));
    TRY(held_desk_look(app_held(app), a, row->id, row->round, &s));
    s.any = s.any && row->state != HELD_ROW_ARRIVING; /* it is read ahead */
    if (!s.any && row->state == HELD_ROW_REFUSED)
        TRY(held_desk_want(app_held(app), row));
    take_standing(app, &s, &f);
    *out = f;
    return OK;
}

static err list_rows(struct app *app, struct arena *a, const struct held_of *of,
                     struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return held_row_list(tx, a, of->file->state->id, HELD_OF_CASE, out);
}

err held_list(struct app *app, struct arena *a, const struct held_of *of,
              struct list *out)
{
    struct list rows;
    struct held_file *files;

    TRY(list_rows(app, a, of, &rows));
    const struct held_row_of *r = rows.p;
    files = arena_array(a, rows.n, sizeof *files);
    TRY_MEMORY(files);
    for (size_t i = 0; i < rows.n; i++)
        TRY(look(app, a, &r[i], &files[i]));
    *out = (struct list){ .p = files, .n = rows.n };
    return OK;
}

err held_look(struct app *app, struct arena *a, const struct held_of *of,
              id file, struct held_file *out)
{
    struct held_row_of row;

    TRY(held_find(app, a, of, file, &row));
    return look(app, a, &row, out);
}

/* --- what was counted [RH4] ---------------------------------------------- */

err held_counted(struct app *app, struct arena *a, const struct held_of *of,
                 id file, const struct held_counted **out)
{
    struct held_desk *desk = app_held(app);
    const struct held_counted *c;
    struct held_standing s;
    struct held_row_of row;

    TRY(held_find(app, a, of, file, &row));
    TRY(held_check_whole(a, &row));
    c = held_desk_borrow(desk, row.id, row.round, held_may_screen(of));
    if (c != NULL) {
        *out = c;
        return OK;
    }
    TRY(held_desk_look(desk, a, row.id, row.round, &s));
    TRY(held_desk_want(desk, &row));
    return s.any && s.stand == HELD_FAILED
               ? s.why
               : err_new(a, ERR_BUSY, "records.counting");
}

void held_give(struct app *app, const struct held_counted **c)
{
    if (*c != NULL)
        held_desk_give(app_held(app), *c);
    *c = NULL;
}

/* --- asking anew ---------------------------------------------------------- */

/* Its whole lines; of UTF-16, whose bytes are no lines, all. */
static str whole_lines(str head)
{
    size_t mark;
    enum layout_charset c = layout_charset(head, false, &mark);
    const char *end = memrchr(head.p, '\n', head.n);

    if (end == NULL || c == CHARSET_UTF16LE || c == CHARSET_UTF16BE)
        return head;
    return str_first(head, (size_t)(end - head.p) + 1);
}

/* The beginning of a text alone, so that nobody waits for the rest of it; a
 * workbook is read as it is. */
static err try_input(struct app *app, struct arena *a,
                     const struct records_input *in, struct records_file *out)
{
    struct records_input first = *in;
    str head = S("");
    bool whole;

    TRY(source_first(a, app_world_of(app)->heap, &first.from, HEAD, &head,
                     &whole));
    if (!whole && !source_is_workbook(head))
        first.from = (struct source_from){ .bytes = whole_lines(head) };
    return records_open(a, app_world_of(app)->heap, &first, out);
}

static err try_asked(struct app *app, struct arena *a,
                     const struct held_row_of *row,
                     const struct sheet_asked *asked, str *columns)
{
    scoped(held_reader_end) struct held_reader reader = { 0 };
    struct records_input in;
    struct records_file file;

    TRY(held_reader_begin(app, a, row, &reader));
    in = held_input(row, asked, &reader);
    TRY(try_input(app, a, &in, &file));
    return held_columns(a, &file, columns);
}

struct asking {
    struct held_row_of row;
    struct held_asked_row last;
    bool done;
};

static err write_asked(struct tx *tx, void *context)
{
    struct asking *x = context;

    TRY(held_row_ask(tx, x->row.id, x->row.asked, &x->done));
    return x->done ? held_asked_put(tx, &x->last) : OK;
}

/* What of it the enterprise's next file begins with. [RH6] */
static err keep_for_next(struct arena *a, const struct sheet_asked *asked,
                         struct held_asked_row *out)
{
    struct sheet_asked next = *asked;

    next.terms.whole = true;
    next.terms.audit = DAY_NONE;
    next.against = S("");
    return held_asked_write(a, &next, &out->asked);
}

static err check_asked(struct arena *a, const struct held_row_of *row,
                       const struct sheet_asked *asked, str *text)
{
    struct week week;
    struct sheet_asked read;
    struct records_against against;

    if (asked->week.n > 0 && !week_parse(asked->week, &week))
        return err_new(a, ERR_INVALID, "records.held_week",
                       ARG_STR("given", asked->week));
    if (!against_parse(asked->against, &against))
        return err_new(a, ERR_INVALID, "records.held_against",
                       ARG_STR("given", asked->against));
    TRY(held_asked_write(a, asked, text));
    return held_asked_read(a, row->name, *text, &read);
}

err held_ask(struct app *app, struct arena *a, const struct held_of *of,
             id file, const struct sheet_asked *asked)
{
    struct asking x = { 0 };

    TRY(held_check_right(a, of));
    TRY(held_find(app, a, of, file, &x.row));
    TRY(held_check_whole(a, &x.row));
    TRY(check_asked(a, &x.row, asked, &x.row.asked));
    TRY(try_asked(app, a, &x.row, asked, &x.last.columns));
    x.last.enterprise = x.row.enterprise;
    TRY(keep_for_next(a, asked, &x.last));
    TRY(app_write_case(app, a, write_asked, &x));
    held_desk_forget(app_held(app), file);
    held_desk_wake(app_held(app));
    return x.done ? OK : err_new(a, ERR_NOT_FOUND, "records.held_missing");
}
