#include "service/agree.h"

#include "domain/registers.h"
#include "domain/standing.h"
#include "service/case_parts.h"
#include "service/project.h"
#include "service/subs.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/people.h"
#include "store/schemes.h"

static bool is(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

/* --- cases and certificates ------------------------------------------- */

bool agree_case_rows(const struct case_row *x, const struct case_row *y)
{
    return id_eq(x->id, y->id) && str_eq(x->number, y->number) &&
           id_eq(x->enterprise, y->enterprise) &&
           str_eq(x->scheme_id, y->scheme_id) &&
           hash_eq(&x->scheme_hash, &y->scheme_hash) && x->stage == y->stage &&
           x->status == y->status && str_eq(x->wanted, y->wanted) &&
           x->opened == y->opened && x->due == y->due &&
           x->due_provisional == y->due_provisional &&
           str_eq(x->certificate, y->certificate) &&
           str_eq(x->previous, y->previous) && x->version == y->version;
}

bool agree_case(const struct case_row *row, const struct state *s, str number)
{
    struct case_row want = case_row_of(s, number);

    return agree_case_rows(row, &want);
}

/* What stands on the certificate. */
static bool same_face(const struct certificate_row *x,
                      const struct certificate_row *y)
{
    return str_eq(x->number, y->number) && str_eq(x->holder, y->holder) &&
           str_eq(x->uscc, y->uscc) && str_eq(x->scheme_id, y->scheme_id) &&
           str_eq(x->criterion, y->criterion) &&
           str_eq(x->level_id, y->level_id) && x->stars == y->stars &&
           str_eq(x->scope_zh, y->scope_zh) && str_eq(x->scope_en, y->scope_en);
}

static bool same_days(const struct certificate_row *x,
                      const struct certificate_row *y)
{
    return x->issued == y->issued && x->valid_from == y->valid_from &&
           x->valid_until == y->valid_until &&
           x->first_issued == y->first_issued && x->status == y->status &&
           x->status_since == y->status_since &&
           x->suspended_until == y->suspended_until &&
           hash_eq(&x->scheme_hash, &y->scheme_hash);
}

bool agree_certificate(const struct certificate_row *row,
                       const struct standing *s, id enterprise,
                       int64_t log_index)
{
    struct certificate_row want = certificate_row_of(s, enterprise);

    return id_eq(row->id, want.id) && id_eq(row->of_case, want.of_case) &&
           id_eq(row->enterprise, want.enterprise) && same_face(row, &want) &&
           same_days(row, &want) && row->version == want.version &&
           row->log_index == log_index;
}

/* A certificate as if nothing had befallen it. */
static struct certificate_row row_of(const struct certificate *c)
{
    const struct standing s = { .certificate = c,
                                .scope = c->scope,
                                .scope_en = c->scope_en,
                                .until = DAY_NEVER };

    return certificate_row_of(&s, c->case_id);
}

bool agree_records(const struct certificate *x, const struct certificate *y)
{
    struct certificate_row rows[] = {
        row_of(x),
        row_of(y),
    };

    return id_eq(x->certificate, y->certificate) &&
           id_eq(x->case_id, y->case_id) && same_face(&rows[0], &rows[1]) &&
           same_days(&rows[0], &rows[1]) &&
           hash_eq(&x->scheme_hash, &y->scheme_hash) &&
           x->surveillance_due == y->surveillance_due &&
           hash_eq(&x->file, &y->file);
}

/* With the main one they end in the case only. */
static bool same_sub(const struct sub_state *x, const struct standing_sub *y)
{
    struct sub_row in_case = subs_row(x->sub, x->alone ? x->ended : DAY_NEVER);
    struct sub_row own = subs_row(y->sub, y->ended);

    return subs_same(&in_case, &own);
}

bool agree_subs(const struct state *s, const struct standing *own)
{
    if (s->sub_count != own->sub_count)
        return false;
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (!same_sub(&s->subs[i], &own->subs[i]))
            return false;
    }
    return true;
}

/* --- registers -------------------------------------------------------- */

static struct register_entry fold(enum stream_kind kind,
                                  const struct event_list *journal)
{
    struct register_entry x;

    register_begin(&x, kind, (id){ { 0 } });
    for (const struct event *e = journal->first; e != NULL; e = e->next)
        register_apply(&x, e);
    return x;
}

bool agree_enterprise(const struct enterprise_row *row,
                      const struct event_list *journal)
{
    struct register_entry x = fold(STREAM_ENTERPRISE, journal);
    const struct enterprise_registered *r = x.enterprise;

    return r != NULL && str_eq(row->name, r->name) &&
           str_eq(row->uscc, r->uscc) && row->registered == r->registered &&
           str_eq(row->province, r->province) && str_eq(row->city, r->city) &&
           str_eq(row->scope, r->scope);
}

bool agree_person(const struct person_row *row,
                  const struct event_list *journal)
{
    struct register_entry x = fold(STREAM_PERSON, journal);

    return journal->n > 0 && is(journal->first, "person.added") &&
           row->roles == (int64_t)x.roles &&
           (row->state == PERSON_ACTIVE) == x.active &&
           id_eq(row->enterprise, x.employer);
}

/* The newest word about a tie; NULL: nobody declared it. */
static const struct person_related *newest_tie(const struct event_list *journal,
                                               id enterprise)
{
    const struct person_related *newest = NULL;

    for (const struct event *e = journal->first; e != NULL; e = e->next) {
        const struct person_related *r = e->data;

        if (is(e, "person.related") && id_eq(r->enterprise, enterprise))
            newest = r;
    }
    return newest;
}

static bool has_tie(const struct list *ties, id enterprise)
{
    const struct relation_row *t = ties->p;

    for (size_t i = 0; i < ties->n; i++) {
        if (id_eq(t[i].enterprise, enterprise))
            return true;
    }
    return false;
}

bool agree_ties(const struct list *ties, const struct event_list *journal)
{
    const struct relation_row *t = ties->p;

    for (size_t i = 0; i < ties->n; i++) {
        const struct person_related *r = newest_tie(journal, t[i].enterprise);

        if (r == NULL || r->until != t[i].until)
            return false;
    }
    for (const struct event *e = journal->first; e != NULL; e = e->next) {
        const struct person_related *r = e->data;

        if (is(e, "person.related") && !has_tie(ties, r->enterprise))
            return false;
    }
    return true;
}

bool agree_scheme(const struct scheme_row *row,
                  const struct event_list *journal)
{
    for (const struct event *e = journal->first; e != NULL; e = e->next) {
        const struct scheme_frozen *f = e->data;

        if (is(e, "package.frozen") && hash_eq(&f->scheme_hash, &row->hash))
            return str_eq(f->scheme, row->id) &&
                   str_eq(f->version, row->version);
    }
    return false;
}
