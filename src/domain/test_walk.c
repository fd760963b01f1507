#include "domain/test_walk_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/test_dump.h"
#include "text/text.h"

#include <assert.h>

enum { REFUSAL_MOST = 20000 };

uint64_t walk_pick(struct walk *w, uint64_t n)
{
    return n < 2 ? 0 : w->choices->below(w->choices, n);
}

bool walk_seldom(struct walk *w, uint64_t n)
{
    return walk_pick(w, n) == 1;
}

/* --- the people ----------------------------------------------------------- */

#define R(role) ROLE_BIT(ROLE_##role)

/* clang-format off */
static const struct {
    const char *login;
    unsigned roles;
} crowd[] = {
    { "applicant", R(APPLICANT) },
    { "insider", R(APPLICANT) | R(INTAKE) | R(AUDITOR) | R(REVIEWER) | R(HEAD) },
    { "rival", R(APPLICANT) },
    { "intake", R(INTAKE) },
    { "finance", R(FINANCE) },
    { "planner", R(PLANNER) },
    { "lead", R(AUDITOR) },
    { "auditor", R(AUDITOR) },
    { "spare", R(AUDITOR) },
    { "jack", R(AUDITOR) | R(REVIEWER) | R(HEAD) | R(PLANNER) | R(FINANCE) },
    { "tied", R(AUDITOR) | R(REVIEWER) | R(HEAD) },
    { "former", R(AUDITOR) | R(REVIEWER) | R(HEAD) },
    { "expert", R(EXPERT) },
    { "reviewer", R(REVIEWER) },
    { "critic", R(REVIEWER) },
    { "umpire", R(REVIEWER) | R(HEAD) },
    { "certificates", R(CERTIFICATES) },
    { "quality", R(QUALITY) },
    { "head", R(HEAD) },
    { "appeal", R(APPEAL) },
    { "reporter", R(REPORTER) },
    { "authority", R(AUTHORITY) },
    { "admin", R(ADMIN) },
    { "retired", R(AUDITOR) },
    { "novice", R(EXPERT) },
    { "stranger", R(EXPERT) },
};
/* clang-format on */

static_assert(COUNT(crowd) <= WALK_PEOPLE, "room for everybody");

enum { ID_PERSON = 1, ID_ENTERPRISE, ID_CASE, ID_CERTIFICATE };

static id number_id(uint8_t kind, size_t n)
{
    return (id){ { kind, [15] = (uint8_t)n } };
}

id walk_case(void)
{
    return number_id(ID_CASE, 1);
}

static size_t place_of(const struct walk *w, str login)
{
    size_t i = 0;

    while (i < w->people_count && !str_eq(w->people[i].login, login))
        i++;
    return i;
}

const struct person *walk_person(const struct walk *w, const char *login)
{
    return &w->people[place_of(w, str_of(login))];
}

static void tie(struct walk *w, const char *login, size_t at, day until)
{
    struct person *p = &w->people[place_of(w, str_of(login))];

    w->ties[at] = (struct relation){ w->enterprise.id, until };
    p->relations = &w->ties[at];
    p->relation_count = 1;
}

/* The register knows the field of whoever evaluates or advises; of "novice" it
 * knows none, and of "stranger" another one. */
static void qualify(struct walk *w, struct person *p)
{
    static const str elsewhere = S_INIT("SC98");

    p->qualification = (struct qualification){
        .registration = p->login,
        .level = AUDITOR_FULL,
        .until = w->facts.today + 1200,
        .fields =
            str_eq(p->login, S("stranger")) ? &elsewhere : &w->scheme->field,
        .field_count = !str_eq(p->login, S("novice")),
    };
}

/* A small body has one head, who does everything else as well. */
static void make_small(struct walk *w)
{
    for (size_t i = 0; i < w->people_count; i++) {
        if (!str_eq(w->people[i].login, S("jack")))
            w->people[i].roles &= ~R(HEAD);
    }
}

/* "tied" works there; the tie of "former" ends to bind some time this year. */
static void invite(struct walk *w)
{
    for (size_t i = 0; i < COUNT(crowd); i++)
        w->people[i] = (struct person){
            .id = number_id(ID_PERSON, i + 1),
            .login = str_of(crowd[i].login),
            .roles = crowd[i].roles,
            .active = strcmp(crowd[i].login, "retired") != 0,
        };
    w->people_count = COUNT(crowd);
    for (size_t i = 0; i < COUNT(crowd); i++) {
        if ((crowd[i].roles & (R(AUDITOR) | R(EXPERT))) != 0)
            qualify(w, &w->people[i]);
    }
    if (walk_seldom(w, 10))
        make_small(w);
    tie(w, "tied", 0, DAY_NEVER);
    tie(w, "former", 1, w->facts.today - 700);
}

/* "insider" acts for the enterprise. */
static void tell_heads(struct walk *w)
{
    w->facts.heads = w->heads;
    for (size_t i = 0; i < w->people_count; i++) {
        if ((w->people[i].roles & R(HEAD)) != 0 &&
            !str_eq(w->people[i].login, S("insider")))
            w->heads[w->facts.head_count++] = w->people[i];
    }
}

/* Past the last of them is the program itself. */
struct actor walk_actor(const struct walk *w, size_t at)
{
    if (at >= w->people_count)
        return (struct actor){ 0 };

    const struct person *p = &w->people[at];
    struct actor a = { .person = p->id, .roles = p->roles };

    if (str_eq(p->login, S("applicant")) || str_eq(p->login, S("insider")))
        a.enterprise = w->enterprise.id;
    else if (str_eq(p->login, S("rival")))
        a.enterprise = number_id(ID_ENTERPRISE, 2);
    return a;
}

/* --- the world ------------------------------------------------------------ */

void walk_set_today(struct walk *w, day today)
{
    w->facts.today = today;
    w->facts.at = day_start_micros(today) + INT64_C(36000000000);
}

static void found(struct walk *w)
{
    struct date first = { 2026, 1, 5 };
    day today = 0;

    (void)day_of_date(first, &today);
    walk_set_today(w, today + (day)walk_pick(w, 300));
    w->enterprise = (struct enterprise){
        .id = number_id(ID_ENTERPRISE, 1),
        .name = S("示例电器有限公司"),
        .uscc = S("91350100M000100Y43"),
        .registered = today - (day)walk_pick(w, 4) * 200,
        .scope = S("家用电器销售；家用电器安装服务。"),
        .province = S("示例省"),
        .city = S("示例市"),
    };
    w->field = walk_seldom(w, 16) ? S("SC99") : w->scheme->field;
    w->body = (struct body){
        .name_zh = S("示例认证中心"),
        .name_en = S("Example Certification Centre"),
        .approval = S("CNCA-R-2099-000"),
        .number = S("000"),
        .fields = &w->field,
        .field_count = 1,
        .demonstration = true,
    };
    w->good = (uint64_t[]){ 100, 100, 99, 97, 80 }[walk_pick(w, 5)];
    memset(w->own_nonce.b, 1 + (int)walk_pick(w, 5), sizeof w->own_nonce.b);
}

struct walk *walk_new(struct arena *a, const struct scheme *s,
                      const struct calendar *c, struct choices *choices)
{
    struct walk *w = arena_zero(a, sizeof *w);

    if (w == NULL)
        return NULL;
    w->arena = a;
    w->scheme = s;
    w->choices = choices;
    if (failed(state_new(a, s, &w->state)) ||
        failed(state_new(a, s, &w->before)))
        return NULL;
    w->kept = (struct state_arrays){
        w->before->requirements,
        w->before->leaves,
        w->before->figures,
        w->before->carried,
    };
    found(w);
    invite(w);
    w->facts.calendar = c;
    w->facts.channel = S("test");
    w->facts.body = &w->body;
    w->facts.enterprise = &w->enterprise;
    w->facts.people = w->people;
    w->facts.person_count = w->people_count;
    tell_heads(w);
    w->facts.case_number = S("C2026-0001");
    w->facts.serial = 6;
    w->facts.certificate = number_id(ID_CERTIFICATE, 1);
    ledger_init(&w->ledger, s, &w->facts);
    return walk_past(w) ? w : NULL;
}

/* --- counting ------------------------------------------------------------- */

static size_t kind_at(const struct command_kind *k)
{
    size_t i = 0;

    while (command_kind_at(i) != k)
        i++;
    return i;
}

static size_t event_at(const struct event_kind *k)
{
    size_t i = 0;

    while (event_kind_at(i) != k)
        i++;
    return i;
}

static void count_command(struct walk *w, const struct command_kind *k,
                          bool carried_out)
{
    struct walk_tally *t = w->tally;

    if (t == NULL)
        return;
    (carried_out ? t->given : t->refused)[kind_at(k)]++;
    for (unsigned i = 0; carried_out && i < ROLE_COUNT; i++)
        t->acted[i] += (w->facts.actor.roles & ROLE_BIT(i)) != 0;
}

static size_t refusal_at(const struct walk_tally *t, const char *name)
{
    size_t i = 0;

    while (i < t->refusal_count && strcmp(t->refusals[i].id, name) != 0)
        i++;
    return i;
}

void walk_count_refusal(struct walk_tally *t, const char *name, uint32_t n)
{
    size_t i = refusal_at(t, name);

    if (i == WALK_REFUSALS)
        return;
    if (i == t->refusal_count)
        t->refusals[t->refusal_count++] = (struct walk_refusal){ name, 0 };
    t->refusals[i].n += n;
}

uint32_t walk_refused_as(const struct walk_tally *t, const char *name)
{
    size_t i = refusal_at(t, name);

    return i == t->refusal_count ? 0 : t->refusals[i].n;
}

void walk_count_event(struct walk *w, const struct event *e)
{
    struct walk_tally *t = w->tally;

    if (t == NULL)
        return;
    t->happened[event_at(e->kind)]++;
    t->stages[w->state->stage]++;
    t->endings[w->state->ending]++;
    t->certificates += e->kind->stream == STREAM_CERTIFICATE;
}

/* --- refusals ------------------------------------------------------------- */

/* [C2] The state and what hangs on it, as bytes, the gaps between members
 * included: a copy by memcpy() has them, too. */
static str bytes_at(const void *p, size_t n)
{
    return (str){ p, n };
}

void walk_keep_state(struct walk *w)
{
    const struct scheme *s = w->scheme;
    const struct state *from = w->state;
    const struct state_arrays *to = &w->kept;

    memcpy(w->before, from, sizeof *from);
    memcpy(to->requirements, from->requirements,
           s->requirement_count * sizeof *to->requirements);
    memcpy(to->leaves, from->leaves, s->leaf_count * sizeof *to->leaves);
    memcpy(to->figures, from->figures, s->figure_count * sizeof *to->figures);
    memcpy(to->carried, from->carried, s->leaf_count * sizeof *to->carried);
}

bool walk_is_as_before(const struct walk *w)
{
    const struct scheme *s = w->scheme;
    const struct state *now = w->state;
    size_t requirements = s->requirement_count * sizeof *now->requirements;
    size_t leaves = s->leaf_count * sizeof *now->leaves;
    size_t figures = s->figure_count * sizeof *now->figures;
    size_t carried = s->leaf_count * sizeof *now->carried;

    return str_eq(bytes_at(now, sizeof *now),
                  bytes_at(w->before, sizeof *now)) &&
           str_eq(bytes_at(now->requirements, requirements),
                  bytes_at(w->kept.requirements, requirements)) &&
           str_eq(bytes_at(now->leaves, leaves),
                  bytes_at(w->kept.leaves, leaves)) &&
           str_eq(bytes_at(now->figures, figures),
                  bytes_at(w->kept.figures, figures)) &&
           str_eq(bytes_at(now->carried, carried),
                  bytes_at(w->kept.carried, carried));
}

/* Words for both readers, with nothing left to fill in. */
static const char *check_words(struct walk *w, err e)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct buf b;
        str words = S("");

        buf_init(&b, w->arena, REFUSAL_MOST);
        text_err(&b, l, e);
        if (failed(buf_done(&b, &words)) || words.n == 0 ||
            str_index(words, '[') < words.n || str_index(words, '{') < words.n)
            return "a refusal without words";
    }
    return NULL;
}

const char *walk_check_refusal(struct walk *w, err e)
{
    switch (e.info->code) {
    case ERR_INVALID:
    case ERR_REFUSED:
    case ERR_NOT_FOUND:
    case ERR_DENIED:
    case ERR_LIMIT: return check_words(w, e);
    case ERR_CONFLICT:
    case ERR_BUSY:
    case ERR_IO:
    case ERR_CORRUPT:
    case ERR_MEMORY:
    case ERR_CODE_COUNT: break;
    }
    return "a refusal that is none of the rules'";
}

static bool same_refusal(err a, err b)
{
    return a.info->code == b.info->code &&
           strcmp(a.info->id, b.info->id) == 0 &&
           strcmp(a.info->where, b.info->where) == 0;
}

/* --- events --------------------------------------------------------------- */

static const struct hash nothing;

err walk_seal(struct walk *w, struct event *e)
{
    if (e->kind->stream == STREAM_CERTIFICATE)
        return event_seal(w->arena, e, w->facts.certificate, 1, &nothing);
    return event_seal(w->arena, e, walk_case(), w->state->version + 1,
                      &w->state->head);
}

/* What was sealed is read back, and is written the same again. */
static const char *read_back(struct walk *w, const struct event *e,
                             struct event **out)
{
    struct event copy;

    if (failed(event_read(w->arena, e->text, out)))
        return "an event that cannot be read back";
    if (!event_follows(*out, e->stream, e->n, &e->prev))
        return "an event that is read back into another place";
    copy = **out;
    if (failed(event_seal(w->arena, &copy, e->stream, e->n, &e->prev)) ||
        !str_eq(copy.text, e->text))
        return "an event that is written otherwise the second time";
    return NULL;
}

static const char *fold(struct walk *w, struct event *e)
{
    struct event *again = NULL;
    const char *wrong;

    if (failed(walk_seal(w, e)))
        return "an event that cannot be sealed";
    wrong = read_back(w, e, &again);
    if (wrong != NULL)
        return wrong;
    if (e->kind->stream == STREAM_CERTIFICATE) {
        walk_count_event(w, e);
        return NULL;
    }
    if (w->n == WALK_EVENTS)
        return "too many events for one walk";
    wrong = ledger_enter(&w->ledger, again);
    apply(w->state, e);
    w->events[w->n++] = e;
    walk_count_event(w, e);
    return wrong != NULL ? wrong : state_invariant(w->state);
}

static const char *fold_all(struct walk *w, const struct event_list *events)
{
    struct event *next;

    for (struct event *e = events->first; e != NULL; e = next) {
        next = e->next;
        const char *wrong = fold(w, e);
        if (wrong != NULL)
            return wrong;
    }
    return NULL;
}

/* --- one command ---------------------------------------------------------- */

/* [C1] The same question twice: the same answer twice. */
static const char *ask_again(struct walk *w, const struct command *c, err first,
                             const struct event_list *events)
{
    struct event_list again = { 0 };
    err second = decide(w->arena, w->state, c, &w->facts, &again);

    if (failed(first) != failed(second) ||
        (failed(first) && !same_refusal(first, second)) || events->n != again.n)
        return "another answer to the same question";
    for (struct event *a = events->first, *b = again.first; a != NULL;
         a = a->next, b = b->next) {
        if (failed(walk_seal(w, a)) || failed(walk_seal(w, b)) ||
            !str_eq(a->text, b->text))
            return "other events of the same question";
    }
    return NULL;
}

static const char *give(struct walk *w, const struct command *c)
{
    struct event_list events = { 0 };
    err may = command_ready(w->arena, w->state, c->kind);
    err e = decide(w->arena, w->state, c, &w->facts, &events);
    const char *wrong = walk_is_as_before(w)
                            ? ask_again(w, c, e, &events)
                            : "a decision that changes the state";

    count_command(w, c->kind, !failed(e));
    if (failed(e) && w->tally != NULL)
        walk_count_refusal(w->tally, e.info->id, 1);
    if (wrong != NULL)
        return wrong;
    if (failed(e))
        return walk_check_refusal(w, e);
    if (failed(may))
        return "carried out, though not ready";
    return fold_all(w, &events);
}

const char *walk_do(struct walk *w, const struct walk_step *step)
{
    struct json *data = NULL;
    struct command c;

    walk_set_today(w, step->today);
    w->facts.actor = walk_actor(w, place_of(w, step->login));
    w->facts.journal_head = w->state->head;
    walk_keep_state(w);
    if (w->step_count < WALK_STEPS)
        w->steps[w->step_count++] = *step;
    if (failed(json_parse(w->arena, step->json, &data)))
        return "data that are no JSON";
    err e = command_read(w->arena, step->command, data, &c);
    const char *wrong = failed(e) ? walk_check_refusal(w, e) : give(w, &c);

    w->after_end = w->state->stage == STAGE_ENDED ? w->after_end + 1 : 0;
    return wrong;
}

/* --- replay --------------------------------------------------------------- */

const char *walk_replay(const struct walk *w)
{
    const struct event **again = arena_array(w->arena, w->n, sizeof *again);
    struct state *s = NULL;

    if (again == NULL || failed(state_new(w->arena, w->scheme, &s)))
        return "no memory";
    for (size_t i = 0; i < w->n; i++) {
        struct event *e = NULL;

        if (failed(event_read(w->arena, w->events[i]->text, &e)))
            return "an event that cannot be read again";
        again[i] = e;
        apply(s, e);
    }
    str live = dump_state(w->arena, w->state, w->events, w->n);
    str replayed = dump_state(w->arena, s, again, w->n);
    return live.n > 0 && str_eq(live, replayed)
               ? NULL
               : "a replay that ends elsewhere";
}

void walk_print(struct buf *out, const struct walk_step *steps, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char today[DAY_TEXT];

        buf_str(out, day_text(steps[i].today, today));
        buf_char(out, ' ');
        buf_str(out, steps[i].login);
        buf_char(out, ' ');
        buf_str(out, steps[i].command);
        buf_char(out, ' ');
        buf_str(out, steps[i].json);
        buf_char(out, '\n');
    }
}
