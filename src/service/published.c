#include "service/published.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "merkle/note.h"
#include "merkle/tlog_proof.h"
#include "service/witnesses.h"
#include "store/log.h"
#include "store/subs.h"
#include "tlog/tiles.h"
#include "verify/entry.h"

enum { COSIGNATURES_MOST = NOTE_SIGNATURES_MAX - 1, LOOKED_BACK = 16 };

/* --- the checkpoint [PB2] --------------------------------------------- */

/* The note of a checkpoint, its cosignatures at the end; *n says how many. */
static err with_cosignatures(struct tx *tx, struct arena *a, int64_t size,
                             str note, str *out, size_t *n)
{
    struct list rows;
    struct buf b;

    TRY(log_cosignature_list(tx, a, size, COSIGNATURES_MOST, &rows));
    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, note);
    for (size_t i = 0; i < rows.n; i++)
        buf_str(&b, ((const struct log_cosignature_row *)rows.p)[i].line);
    *n = rows.n;
    return buf_done(&b, out);
}

err published_note(struct tx *tx, struct arena *a,
                   const struct checkpoint *newest, str *out)
{
    size_t n;

    return with_cosignatures(tx, a, newest->size, newest->note, out, &n);
}

err published_checkpoint(struct app *app, struct arena *a, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint c;

    TRY(app_read(app, a, &tx));
    TRY(tlog_newest(tx, a, &c));
    if (c.note.n == 0)
        return err_new(a, ERR_NOT_FOUND, "log.unsigned");
    return published_note(tx, a, &c, out);
}

/* --- tiles [PB1] ------------------------------------------------------ */

static err no_tile(struct arena *a, str path)
{
    return err_new(a, ERR_NOT_FOUND, "log.no_tile",
                   ARG_STR("path", str_first(path, TILE_PATH)));
}

err published_tile(struct app *app, struct arena *a, str path, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint c;
    struct tile t;
    bool found;

    if (!tile_parse(path, &t))
        return no_tile(a, path);
    TRY(app_read(app, a, &tx));
    TRY(tlog_newest(tx, a, &c));
    TRY(tlog_tile(tx, a, t, c.size, out, &found));
    return found ? OK : no_tile(a, path);
}

/* --- what it says of itself ------------------------------------------- */

static bool is_listed(const struct list *l, str vkey)
{
    const struct published_witness *w = l->p;

    for (size_t i = 0; i < l->n; i++) {
        if (str_eq(w[i].vkey, vkey))
            return true;
    }
    return false;
}

/* Those that are named, but have not cosigned the newest one yet. */
static err list_behind(struct tx *tx, struct arena *a, const struct list *named,
                       struct list *out)
{
    const struct witness_named *w = named->p;
    struct published_witness *all = out->p;

    for (size_t i = 0; i < named->n; i++) {
        struct witness_state s = { 0 };

        TRY(witness_state_get(tx, a, &w[i], &s));
        if (s.size > 0 && !is_listed(out, w[i].vkey))
            all[out->n++] =
                (struct published_witness){ w[i].key.name, w[i].vkey, s.size,
                                            s.at };
    }
    return OK;
}

static err list_witnesses(struct tx *tx, struct arena *a, int64_t size,
                          const struct list *named, struct list *out)
{
    struct published_witness *all;
    struct list rows;

    TRY(log_cosignature_list(tx, a, size, COSIGNATURES_MOST, &rows));
    all = arena_array(a, rows.n + named->n, sizeof *all);
    TRY_MEMORY(all);
    for (size_t i = 0; i < rows.n; i++) {
        const struct log_cosignature_row *r =
            (const struct log_cosignature_row *)rows.p + i;
        struct note_key key;

        TRY(note_key_parse(a, r->witness, &key));
        all[i] =
            (struct published_witness){ key.name, r->witness, size, r->at };
    }
    *out = (struct list){ all, rows.n };
    return list_behind(tx, a, named, out);
}

/* A log that does not continue what was signed has stopped, and so has one
 * whose witnesses cannot be read; whatever else goes wrong while that is found
 * out, is an error. */
static err see_whether_stopped(struct app *app, struct tx *tx, struct arena *a,
                               struct published_log *out)
{
    err e = tlog_check_anchor(tx, app_log_key(app));

    if (!failed(e))
        e = witnesses_check(app, tx);
    if (!failed(e))
        return OK;
    if (!err_is(e, ERR_CORRUPT) && !witnesses_unreadable(e))
        return e;
    out->stopped = true;
    out->why = err_keep(a, e);
    return OK;
}

/* A file that cannot be read says nothing, and is told by what stops. */
static err read_named(struct app *app, struct arena *a, struct list *out)
{
    err e = witnesses_read(app, a, out);

    if (!witnesses_unreadable(e))
        return e;
    *out = (struct list){ 0 };
    return OK;
}

err published_log(struct app *app, struct arena *a, struct published_log *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct published_log l = { .origin = app_log_key(app)->origin };
    struct log_checkpoint_row last = { 0 };
    struct list named;
    bool any;

    TRY(read_named(app, a, &named));
    TRY(app_read(app, a, &tx));
    TRY(tlog_vkey(a, app_log_key(app), &l.vkey));
    TRY(tlog_former_vkey(a, app_log_key(app), &l.former_vkey));
    TRY(log_checkpoint_last(tx, a, &last, &any));
    l.size = last.size;
    l.at = last.at;
    l.root = last.root;
    TRY(list_witnesses(tx, a, last.size, &named, &l.witnesses));
    TRY(see_whether_stopped(app, tx, a, &l));
    *out = l;
    return OK;
}

/* --- proofs ----------------------------------------------------------- */

static err no_entry(struct arena *a, int64_t index)
{
    return err_new(a, ERR_NOT_FOUND, "log.no_entry", ARG_INT("index", index));
}

static err write_proof(struct tx *tx, struct arena *a,
                       const struct log_entry_row *e,
                       const struct checkpoint *c, struct published_proof *out)
{
    struct tlog_proof p = {
        .index = (uint64_t)e->index,
        .has_extra = true, /* [PB4] */
        .extra = e->leaf,
    };

    TRY(tlog_inclusion(tx, e->index, c->size, &p.path));
    TRY(with_cosignatures(tx, a, c->size, c->note, &p.checkpoint,
                          &out->witnesses));
    TRY(tlog_proof_write(a, &p, &out->text));
    out->index = e->index;
    out->subject = e->subject;
    out->leaf = e->leaf;
    out->size = c->size;
    return OK;
}

/* [PB2] The newest, unless more witnesses have cosigned one before it. */
static err choose_checkpoint(struct tx *tx, struct arena *a, int64_t index,
                             struct checkpoint *c)
{
    const struct log_cosigned_row *best = NULL;
    struct log_checkpoint_row row;
    struct list rows;

    TRY(log_cosigned_list(tx, a, index, LOOKED_BACK, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct log_cosigned_row *r =
            (const struct log_cosigned_row *)rows.p + i;

        if (best == NULL || r->witnesses > best->witnesses)
            best = r;
    }
    if (best == NULL || best->size == c->size)
        return OK;
    TRY(log_checkpoint_get(tx, a, best->size, &row));
    *c = (struct checkpoint){ row.size, row.root, row.note };
    return OK;
}

static err prove(struct tx *tx, struct arena *a, int64_t index,
                 struct published_proof *out)
{
    struct published_proof made;
    struct checkpoint c;
    struct list rows;

    TRY(tlog_newest(tx, a, &c));
    if (index < 0 || index >= c.size)
        return no_entry(a, index);
    TRY(choose_checkpoint(tx, a, index, &c));
    TRY(log_entry_list(tx, a, index, 1, &rows));

    const struct log_entry_row *e = rows.p;
    if (rows.n != 1 || e->index != index)
        return err_new(a, ERR_CORRUPT, "tlog.entry", ARG_INT("index", index));
    TRY(write_proof(tx, a, e, &c, &made));
    *out = made;
    return OK;
}

err published_proof(struct app *app, struct arena *a, int64_t index,
                    struct published_proof *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return prove(tx, a, index, out);
}

/* [PB5] What the entry is about must be the very certificate: the entries of
 * sub-certificates stand under the number of their main one. */
static err is_about(struct arena *a, const struct log_entry_row *e, str number,
                    bool *about)
{
    struct log_entry entry;

    TRY(entry_read(a, e->leaf, &entry));
    *about = str_eq(entry.number, number);
    return OK;
}

/* The last of these about it below `size`; *index stays where none is. */
static err newest_of(struct arena *a, const struct list *rows, str number,
                     int64_t size, int64_t *index)
{
    const struct log_entry_row *e = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        bool about;

        TRY(is_about(a, e + i, number, &about));
        *index = about && e[i].index < size ? e[i].index : *index;
    }
    return OK;
}

/* The last entry about it that the newest checkpoint covers. */
static err find_newest(struct tx *tx, struct arena *a, str main, str number,
                       int64_t *index)
{
    struct buf b;
    str subject;
    struct checkpoint c;
    struct list rows;
    int64_t from = 0;

    *index = -1;
    buf_init(&b, a, 200);
    buf_str(&b, S("certificate/"));
    buf_str(&b, main);
    TRY(buf_done(&b, &subject));
    TRY(tlog_newest(tx, a, &c));
    do {
        TRY(log_entry_list_of_subject(tx, a, subject, from, STORE_PAGE_MAX,
                                      &rows));
        TRY(newest_of(a, &rows, number, c.size, index));
        if (rows.n > 0)
            from = ((const struct log_entry_row *)rows.p)[rows.n - 1].index + 1;
    } while (rows.n == STORE_PAGE_MAX);
    return OK;
}

err published_proof_in(struct tx *tx, struct arena *a, str number,
                       struct published_proof *out)
{
    str asked = str_first(number, 100);
    struct sub_row sub;
    bool is_sub;
    int64_t index;

    TRY(sub_find(tx, a, asked, &sub, &is_sub));
    TRY(find_newest(tx, a, is_sub ? sub.main : asked, asked, &index));
    if (index < 0)
        return err_new(a, ERR_NOT_FOUND, "log.no_certificate",
                       ARG_STR("number", asked));
    return prove(tx, a, index, out);
}

err published_proof_of(struct app *app, struct arena *a, str number,
                       struct published_proof *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return published_proof_in(tx, a, number, out);
}
