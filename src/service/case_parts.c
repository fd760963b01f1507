#include "service/case_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/registers.h"
#include "domain/rights.h"
#include "service/agree.h"
#include "service/case_complaints.h"
#include "service/case_tasks.h"
#include "service/kept.h"
#include "service/registers.h"
#include "service/stream.h"
#include "service/typed.h"
#include "store/bookings.h"
#include "store/certificates.h"
#include "store/people.h"

#include <assert.h>

static_assert(STAGE_LAST == (int)STAGE_COUNT - 1);
static_assert(WAITING_LAST == (int)WAITING_NOBODY);

static err missing(struct tx *tx, str ref)
{
    return err_new(tx_arena(tx), ERR_NOT_FOUND, "case.missing",
                   ARG_STR("ref", ref));
}

err case_stream(struct tx *tx, str ref, struct stream_row *out)
{
    struct arena *a = tx_arena(tx);
    str number;
    id key;

    TRY(typed_number(a, ref, &number));
    err e = id_parse(ref, &key)
                ? stream_get(tx, a, key, out)
                : stream_by_number(tx, a, S("case"), number, out);

    if (err_is(e, ERR_NOT_FOUND) ||
        (!failed(e) && !str_eq(out->kind, S("case"))))
        return missing(tx, ref);
    return e;
}

struct enterprise enterprise_of_row(const struct enterprise_row *row)
{
    return (struct enterprise){
        .id = row->id,
        .name = row->name,
        .uscc = row->uscc,
        .registered = row->registered,
        .scope = row->scope,
        .province = row->province,
        .city = row->city,
    };
}

static err read_journal(struct tx *tx, struct arena *a, id key,
                        struct event_list *out)
{
    struct stream_row stream;
    err e = stream_get(tx, a, key, &stream);

    if (err_is(e, ERR_NOT_FOUND)) {
        *out = (struct event_list){ 0 };
        return OK;
    }
    TRY(e);
    return stream_events(tx, a, &stream, out);
}

/* What stands on a certificate is not taken from a row alone. */
static err read_enterprise(struct tx *tx, struct arena *a, id key,
                           struct enterprise *out)
{
    struct enterprise_row row;
    struct event_list journal;

    TRY(enterprise_get(tx, a, key, &row));
    TRY(read_journal(tx, a, key, &journal));
    if (!agree_enterprise(&row, &journal))
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.enterprise",
                       ARG_STR("uscc", row.uscc));
    *out = enterprise_of_row(&row);
    return OK;
}

static err fold_events(struct app *app, struct tx *tx, struct arena *a,
                       struct case_file *file)
{
    const struct case_opened *opened = file->events.first->data;
    const struct scheme *scheme;
    struct state *s;

    TRY(app_scheme(app, tx, &opened->scheme_hash, &scheme));
    TRY(state_new(a, scheme, &s));
    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        apply(s, e);
    file->state = s;
    return OK;
}

static bool opens_case(const struct event_list *events, str number)
{
    const struct event *e = events->first;
    const struct case_opened *opened;

    if (e == NULL || strcmp(e->kind->name, "case.opened") != 0)
        return false;
    opened = e->data;
    return str_eq(opened->number, number);
}

err case_fold(struct app *app, struct tx *tx, struct arena *a,
              const struct stream_row *row, struct case_file *out)
{
    struct case_file file = { .number = row->number };

    TRY(stream_events(tx, a, row, &file.events));
    if (!opens_case(&file.events, row->number))
        return err_new(tx_arena(tx), ERR_CORRUPT, "journal.tampered",
                       ARG_STR("stream", row->number), ARG_INT("event", 1));
    TRY(fold_events(app, tx, a, &file));
    TRY(read_enterprise(tx, a, file.state->opened->enterprise,
                        &file.enterprise));
    *out = file;
    return OK;
}

err case_sound(struct arena *a, const struct state *s, str number)
{
    const char *broken = state_invariant(s);

    if (broken == NULL)
        return OK;
    return err_new(a, ERR_CORRUPT, "case.invariant",
                   ARG_STR("invariant", str_of(broken)),
                   ARG_STR("case", number));
}

err case_fold_sound(struct app *app, struct tx *tx, struct arena *a,
                    const struct stream_row *row, struct case_file *out)
{
    struct case_file file = { 0 };

    TRY(case_fold(app, tx, a, row, &file));
    TRY(case_sound(tx_arena(tx), file.state, row->number));
    *out = file;
    return OK;
}

/* Who is planned for when, as long as the plan stands. */
static bool plan_stands(const struct state *s)
{
    return s->plan != NULL &&
           (s->stage == STAGE_PLAN || s->stage == STAGE_AUDIT);
}

err case_bookings(struct tx *tx, const struct state *s, struct list *out)
{
    const struct team_member *team = s->plan == NULL ? NULL : s->plan->team.p;
    size_t n = plan_stands(s) ? s->plan->team.n : 0;
    struct booking_row *rows = arena_array(tx_arena(tx), n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct booking_row){ .person = team[i].person,
                                        .from = s->plan->from,
                                        .to = s->plan->to };
    *out = (struct list){ rows, n };
    return OK;
}

static bool same_bookings(const struct list *x, const struct list *y)
{
    const struct booking_row *p = x->p;
    const struct booking_row *q = y->p;

    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++) {
        if (!id_eq(p[i].person, q[i].person) || p[i].from != q[i].from ||
            p[i].to != q[i].to)
            return false;
    }
    return true;
}

/* `before` are those in the store; NULL: that is not known. */
static err project_bookings(struct tx *tx, const struct state *s,
                            const struct list *before)
{
    struct list rows;

    TRY(case_bookings(tx, s, &rows));
    if (before != NULL && same_bookings(before, &rows))
        return OK;
    return booking_replace(tx, s->id, rows.p, rows.n);
}

const struct certificate *case_certificate(const struct event_list *events)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "certificate.recorded") == 0)
            return e->data;
    }
    return NULL;
}

struct case_row case_row_of(const struct state *s, str number)
{
    return (struct case_row){
        .id = s->id,
        .number = number,
        .enterprise = s->opened->enterprise,
        .scheme_id = s->opened->scheme,
        .scheme_hash = s->opened->scheme_hash,
        .stage = (int32_t)s->stage,
        .status = (int32_t)s->waiting,
        .wanted = s->opened->level,
        .opened = s->opened_on,
        .due = s->due,
        .due_provisional = s->due_provisional,
        .certificate = s->certificate == NULL ? S("") : s->certificate->number,
        .version = s->version,
        .previous = s->opened->previous,
    };
}

err case_project_previous(struct app *app, struct tx *tx, str certificate)
{
    struct arena *a = tx_arena(tx);
    struct certificate_row previous;
    struct stream_row stream;
    struct case_file file = { 0 };
    err e = certificate_get(tx, a, certificate, &previous);

    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    if (id_is_zero(previous.of_case))
        return OK;
    TRY(stream_get(tx, a, previous.of_case, &stream));
    TRY(case_fold_sound(app, tx, a, &stream, &file));
    kept_forget(app_kept(app)); /* what it has as that case's tasks */
    return case_tasks_project(tx, file.state, NULL);
}

/* Did the case come to another stage with what is written now? */
static err moves(struct tx *tx, const struct case_row *now, bool *out)
{
    struct case_row before;
    err e = case_get(tx, tx_arena(tx), now->id, &before);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = failed(e) || before.stage != now->stage;
    return OK;
}

err case_before(const struct app *app, struct tx *tx, const struct state *s,
                str number, struct case_before *out)
{
    *out = (struct case_before){ 0 };
    if (s->opened != NULL)
        out->row = case_row_of(s, number);
    TRY(case_complaints_want(tx, s, &out->complaints));
    TRY(case_counts_want(app, tx, s, &out->counts));
    return case_bookings(tx, s, &out->bookings);
}

/* `before` is what is in the store; NULL: that is not known. */
static err project_row(struct tx *tx, const struct case_row *row,
                       const struct case_before *before)
{
    struct case_row touched;

    if (before == NULL)
        return case_put(tx, row);
    touched = before->row;
    touched.version = row->version;
    return agree_case_rows(&touched, row)
               ? case_touch(tx, row->id, row->version)
               : case_put(tx, row);
}

err case_project(struct app *app, struct tx *tx, const struct state *s,
                 str number, struct kept_case *kept,
                 const struct case_before *before)
{
    bool known = kept != NULL && kept->projected;
    struct case_row row = case_row_of(s, number);
    bool moved = false;

    if (row.previous.n > 0)
        TRY(moves(tx, &row, &moved));
    TRY(project_row(tx, &row, known ? before : NULL));
    TRY(project_bookings(tx, s, known ? &before->bookings : NULL));
    TRY(case_complaints_project(tx, s, known ? &before->complaints : NULL));
    TRY(case_counts_project(app, tx, s, known ? &before->counts : NULL));
    TRY(case_tasks_project(tx, s, kept));
    return moved ? case_project_previous(app, tx, row.previous) : OK;
}

/* --- people ---------------------------------------------------------- */

static err with_relations(struct tx *tx, const struct person_row *row,
                          struct person *out)
{
    struct list ties;
    struct register_entry entry;
    struct relation *copy;

    TRY(relation_list(tx, tx_arena(tx), row->id, (id){ { 0 } }, STORE_PAGE_MAX,
                      &ties));
    copy = arena_array(tx_arena(tx), ties.n, sizeof *copy);
    TRY_MEMORY(copy);
    for (size_t i = 0; i < ties.n; i++) {
        const struct relation_row *t =
            &((const struct relation_row *)ties.p)[i];

        copy[i] = (struct relation){ t->enterprise, t->until };
    }
    TRY(registers_fold(tx, row->id, &entry));
    *out = (struct person){
        .id = row->id,
        .login = row->login,
        .roles = (unsigned)row->roles,
        .active = row->state == PERSON_ACTIVE,
        .relations = copy,
        .relation_count = ties.n,
        .qualification = entry.qualification,
    };
    return OK;
}

err person_by_name(struct tx *tx, str login, struct person *out)
{
    struct person_row row;

    TRY(person_by_login(tx, tx_arena(tx), login, &row));
    return with_relations(tx, &row, out);
}

err person_by_key(struct tx *tx, id key, struct person *out)
{
    struct person_row row;

    TRY(person_get(tx, tx_arena(tx), key, &row));
    return with_relations(tx, &row, out);
}

struct heads {
    id enterprise; /* left out */
    struct person *people;
    size_t n;
};

static err add_heads(struct tx *tx, const struct list *rows, struct heads *h)
{
    const struct person_row *row = rows->p;
    struct person *more =
        arena_array(tx_arena(tx), h->n + rows->n, sizeof *more);

    TRY_MEMORY(more);
    if (h->n > 0)
        memcpy(more, h->people, h->n * sizeof *more);
    h->people = more;
    for (size_t i = 0; i < rows->n; i++) {
        if (!id_is_zero(h->enterprise) &&
            id_eq(row[i].enterprise, h->enterprise))
            continue;
        TRY(with_relations(tx, &row[i], &more[h->n]));
        h->n++;
    }
    return OK;
}

err people_heads(struct tx *tx, id enterprise, struct list *out)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct heads h = { .enterprise = enterprise };
    struct list rows;

    do {
        TRY(person_list_with_role(tx, tx_arena(tx), ROLE_BIT(ROLE_HEAD), &page,
                                  &rows));
        const struct person_row *row = rows.p;

        TRY(add_heads(tx, &rows, &h));
        if (rows.n > 0)
            page.after = row[rows.n - 1].login;
    } while (rows.n == STORE_PAGE_MAX);
    *out = (struct list){ h.people, h.n };
    return OK;
}

/* --- reading --------------------------------------------------------- */

/* Whose case it is by the list of cases; zero when it is not in there. */
static err listed_enterprise(struct tx *tx, id stream, id *out)
{
    struct case_row row = { 0 };
    err e = case_get(tx, tx_arena(tx), stream, &row);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = row.enterprise;
    return OK;
}

/* The journal says whose case it is.  Where it cannot be believed the list
 * does, so that nobody else hears of the damage. */
err case_for(struct app *app, struct tx *tx, const struct actor *who, str ref,
             const struct stream_row *stream, struct case_file *out)
{
    struct case_file file = { 0 };
    err damage = case_fold_sound(app, tx, tx_arena(tx), stream, &file);
    id enterprise = file.enterprise.id;

    if (failed(damage) && !err_is(damage, ERR_CORRUPT))
        return damage;
    if (failed(damage))
        TRY(listed_enterprise(tx, stream->id, &enterprise));
    if (!rights_may_read(who, enterprise))
        return missing(tx, ref);
    TRY(damage);
    *out = file;
    return OK;
}

static err read_kept(struct app *, struct tx *tx, id key, void *out)
{
    return read_enterprise(tx, tx_arena(tx), key, out);
}

static const struct kept_kind enterprise_kind = { KEPT_ENTERPRISE, read_kept,
                                                  sizeof(struct enterprise) };

err case_for_kept(struct app *app, struct tx *tx, const struct actor *who,
                  str ref, const struct kept_case *kept, struct case_file *out)
{
    id enterprise = kept->state->opened->enterprise;
    struct case_file file = { .number = kept->number, .state = kept->state };

    if (!rights_may_read(who, enterprise))
        return missing(tx, ref);
    TRY(kept_register(app, tx, &enterprise_kind, enterprise, &file.enterprise));
    *out = file;
    return OK;
}

static bool is_called(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

static bool was_signed(const struct event *made)
{
    for (const struct event *e = made->next; e != NULL; e = e->next) {
        if (is_called(e, "decision.signed"))
            return true;
        if (is_called(e, "decision.made") || is_called(e, "decision.returned"))
            return false;
    }
    return false;
}

static bool is_shown(const struct event *e)
{
    return !papers_is_one(e->kind) &&
           (!is_called(e, "decision.made") || was_signed(e));
}

/* [CA7] */
static void hide_papers(const struct actor *who, struct case_file *f)
{
    struct event_list shown = { 0 };
    struct event *next;

    if (rights_may_read_papers(who, f->enterprise.id))
        return;
    for (struct event *e = f->events.first; e != NULL; e = next) {
        next = e->next;
        if (is_shown(e))
            event_list_add(&shown, e);
    }
    f->events = shown;
}

err cases_load(struct app *app, struct arena *a, const struct session *who,
               str ref, struct case_file *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct case_file file = { 0 };
    struct stream_row row;

    TRY(app_read(app, a, &tx));
    TRY(case_stream(tx, ref, &row));
    TRY(case_for(app, tx, &who->actor, ref, &row, &file));
    hide_papers(&who->actor, &file);
    *out = file;
    return OK;
}

err cases_load_papers(struct app *app, struct arena *a,
                      const struct session *who, str ref, struct case_file *out)
{
    struct case_file file;

    TRY(cases_load(app, a, who, ref, &file));
    if (!rights_may_read_papers(&who->actor, file.enterprise.id))
        return err_new(a, ERR_DENIED, "rights.papers");
    *out = file;
    return OK;
}
