/*
 * demo_case -- one case of the demonstration, driven by service/script.
 *
 * Case i has its own character: scheme, size of the enterprise, weak points,
 * whether the first application is whole, and the stage it stops at, so that
 * every stage has cases.  All run side by side, day by day, so that the journal
 * is written in the order of time.  Its money goes its own way beside it: what
 * is owed keeps nobody from auditing.
 */

#include "service/demo_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/cases.h"
#include "service/script.h"

enum { CASE_ARENA = 64 << 20 };

/* What a case is like: an element of "cases" in demo.yaml. */
struct character {
    str scheme;
    str level;
    enum stage stop; /* it stands here at the end; STAGE_ENDED: runs on */
    int32_t weak;
    bool incomplete;
    bool gap;
    day begins;              /* so many days before the demonstration's day */
    const struct yaml *life; /* its next step of its own; NULL: none */
    str habit;               /* how it pays (demo_money.c) */
};

/* Finance in a case. */
struct purse {
    day next;     /* when it is looked at; DAY_NEVER: not before a new stage */
    bool arrived; /* as in struct running */
};

struct running {
    struct demo *d;
    struct arena *a; /* of the step under way */
    size_t number;
    struct character like;
    struct script script;
    str ref;       /* "new", then the case's number */
    str applicant; /* login */
    day next;      /* when the next step is looked at */
    bool arrived;  /* the days before the next step have passed */
    bool over;
    struct purse purse;
    enum stage seen; /* the newest that finance knows of */
};

/* --- giving a command ------------------------------------------------ */

static err log_in(struct running *r, str login, struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(r->d->app, r->a, &tx));
    struct claim claim = { .login = login,
                           .demonstration = true,
                           .channel = S("demo") };
    return session_open(tx, r->a, &claim, out);
}

static err give(struct running *r, str login, str command,
                const struct json *data)
{
    struct session who;
    struct case_answer answer;

    TRY(log_in(r, str_eq(login, S("applicant")) ? r->applicant : login, &who));

    struct case_order order = {
        .who = &who,
        .today = r->d->today,
        .ref = r->ref,
        .command = command,
        .data = data,
        .expected = -1,
    };
    demo_next_minute(r->d);
    TRY(cases_do(r->d->app, r->a, &order, &answer));
    if (str_eq(command, S("certificate.issue")))
        r->d->made.certificates++;
    if (str_eq(command, S("invoice.issue")))
        r->d->invoices++;
    if (!str_eq(r->ref, S("new")))
        return OK;
    r->d->made.cases++;
    TRY_MEMORY(arena_str(r->d->a, answer.number, &r->ref));
    return OK;
}

/* The document that every requirement is given. */
static err keep_document(struct running *r)
{
    str bytes = demo_text(demo_part(r->d, "texts"), "document_note");
    struct case_upload file = { bytes, S("text/plain"), S("demo.txt") };
    struct session who;

    r->script.blob_size = (int64_t)bytes.n;
    TRY(log_in(r, r->applicant, &who));
    return cases_keep_file(r->d->app, r->a, &who, &file, &r->script.blob);
}

static err open_case(struct running *r)
{
    struct json *data = json_new_object(r->a);

    json_set(data, S("scheme"), json_new_str(r->a, r->like.scheme));
    TRY_MEMORY(json_set(data, S("level"), json_new_str(r->a, r->like.level)));
    return give(r, S("applicant"), S("case.open"), data);
}

/* --- who is planned for what ----------------------------------------- */

static struct auditor *auditor_by_login(const struct demo *d, str login)
{
    size_t i = 0;

    while (i < d->auditor_count && !str_eq(d->auditors[i].login, login))
        i++;
    check(i < d->auditor_count);
    return &d->auditors[i];
}

static str planned_for(struct demo *d, str login, day until)
{
    struct auditor *x = auditor_by_login(d, login);

    x->until = until > x->until ? until : x->until;
    return x->login;
}

/* The plan was made: its team goes on with the case, and is not planned for
 * the same days elsewhere. */
static void take_plan_over(struct running *r, const struct json *plan)
{
    const struct json *members = json_get(plan, S("members"));
    day until;

    check(day_parse(json_get_str(plan, S("to")), &until));
    r->script.lead = planned_for(r->d, json_get_str(plan, S("lead")), until);
    r->script.member = planned_for(r->d, members->first->text, until);
}

/* --- step by step ---------------------------------------------------- */

static day next_workday(const struct demo *d, day from)
{
    bool known;

    while (!calendar_workday(app_calendar(d->app), from, &known))
        from++;
    return from;
}

static err load(struct running *r, struct case_file *out)
{
    struct session who;

    TRY(log_in(r, S("quality"), &who));
    return cases_load(r->d->app, r->a, &who, r->ref, out);
}

/* Does it go its own way: the life of its certificate, or out where it should
 * have stopped? */
static bool lives_on(const struct running *r, const struct state *s)
{
    return r->like.life != NULL &&
           (s->stage == STAGE_UPKEEP || s->stage == r->like.stop);
}

/* Is there nothing left to do, or nothing that should be done? */
static bool has_stopped(const struct running *r, const struct state *s,
                        const struct step *step)
{
    if (step->command.n == 0)
        return true;
    return r->like.stop != STAGE_ENDED && s->stage == r->like.stop &&
           !lives_on(r, s);
}

static struct demo_bill bill_of(const struct running *r, const struct state *s)
{
    return (struct demo_bill){
        .state = s,
        .texts = demo_part(r->d, "texts"),
        .habit = r->like.habit,
        .client = r->script.client,
        .today = r->d->today,
        .issued = r->d->invoices,
    };
}

static err next_step(struct running *r, const struct state *s, struct step *out)
{
    struct demo_bill bill = bill_of(r, s);

    if (lives_on(r, s))
        return demo_life_step(r->a, r->like.life, r->d->today, out);
    r->script.state = s;
    r->script.today = r->d->today;
    TRY(script_next(r->a, &r->script, out));
    if (str_eq(out->command, S("payment.record")))
        return demo_bill_prepayment(r->a, &bill, out);
    return OK;
}

/* What was planned and what was lived is behind it. */
static void move_on(struct running *r, const struct state *s,
                    const struct step *step)
{
    if (str_eq(step->command, S("plan.make")))
        take_plan_over(r, step->data);
    if (lives_on(r, s))
        r->like.life = r->like.life->next;
}

/* Finance looks at a case when it comes to another stage. */
static void tell_finance(struct running *r, const struct state *s)
{
    if (s->stage == r->seen)
        return;
    r->seen = s->stage;
    if (r->purse.next == DAY_NEVER)
        r->purse.next = r->d->today;
}

/* The same as go_on(), for its money. */
static err go_on_paying(struct running *r)
{
    struct case_file file;
    struct step step;

    TRY(load(r, &file));
    struct demo_bill bill = bill_of(r, file.state);
    TRY(demo_bill_next(r->a, &bill, &step));
    if (step.command.n == 0) {
        r->purse = (struct purse){ .next = DAY_NEVER };
        return OK;
    }
    if (step.days > 0 && !r->purse.arrived) {
        r->purse.arrived = true;
        r->purse.next = next_workday(r->d, r->d->today + step.days);
        return OK;
    }
    r->purse.arrived = false;
    return give(r, step.login, step.command, step.data);
}

/* Do the next step, or find out when it is to be done. */
static err go_on(struct running *r)
{
    struct case_file file;
    struct step step;

    TRY(load(r, &file));
    tell_finance(r, file.state);
    TRY(next_step(r, file.state, &step));
    r->over = has_stopped(r, file.state, &step);
    if (r->over)
        return OK;
    if (step.days > 0 && !r->arrived) {
        r->arrived = true;
        r->next = next_workday(r->d, r->d->today + step.days);
        return OK;
    }
    r->arrived = false;
    TRY(give(r, step.login, step.command, step.data));
    move_on(r, file.state, &step);
    return OK;
}

/* --- the case -------------------------------------------------------- */

static uint64_t nature_of(const struct demo *d, size_t i)
{
    uint8_t in[16];
    uint8_t out[32];
    uint64_t n = 0;

    memcpy(in, &d->wish->seed, 8);
    memcpy(in + 8, &i, 8);
    sha256(in, sizeof in, out);
    memcpy(&n, out, sizeof n);
    return n;
}

static void set_script(struct running *r, size_t i)
{
    struct demo *d = r->d;
    const struct yaml *trades =
        yaml_get(demo_part(d, "enterprises"), S("trades"));
    const struct yaml *trade = trades->first;
    uint64_t nature = nature_of(d, i);

    for (size_t k = (i + 1) % trades->count; k > 0; k--)
        trade = trade->next;
    r->script = (struct script){
        .texts = demo_part(d, "texts"),
        .calendar = app_calendar(d->app),
        .level = r->like.level,
        .client = d->enterprises[i + 1].name,
        .scope = demo_text(trade, "scope_zh"),
        .scope_en = demo_text(trade, "scope_en"),
        .staff = 8 + (int64_t)(nature % 190),
        .outlets = (int64_t)(nature >> 8) & 7,
        .nature = nature,
        .weak = r->like.weak,
        .incomplete = r->like.incomplete,
        .gap = r->like.gap,
        .lead = i % 2 == 0 ? S("auditor1") : S("auditor2"),
        .member = S("auditor3"),
        .auditors = d->auditors,
        .auditor_count = d->auditor_count,
    };
}

static err begin(struct running *r)
{
    struct demo *d = r->d;

    set_script(r, r->number);
    TRY(demo_login(d->a, r->number + 1, &r->applicant));
    for (size_t k = 0; k < 2; k++)
        TRY(entropy_fill(d->world.entropy, r->script.nonces[k].b, 32));
    TRY(keep_document(r));
    return open_case(r);
}

/* When something of a case is looked at next. */
static day due_next(const struct running *r)
{
    day next = r->over ? DAY_NEVER : r->next;

    return r->purse.next < next ? r->purse.next : next;
}

static bool purse_first(const struct running *r)
{
    return r->over || r->purse.next < r->next;
}

/* One look at a case, in an arena of its own. */
static err run(struct running *r)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, r->d->world.heap, CASE_ARENA);
    r->a = &a;
    if (str_eq(r->ref, S("new")))
        return err_keep(r->d->a, begin(r));
    return err_keep(r->d->a, purse_first(r) ? go_on_paying(r) : go_on(r));
}

/* The case whose turn comes first, by the demonstration's day; NULL: none. */
static struct running *first_due(struct demo *d, struct running *cases,
                                 size_t n)
{
    struct running *first = NULL;

    for (size_t i = 0; i < n; i++) {
        struct running *r = &cases[i];

        if (due_next(r) <= d->wish->today &&
            (first == NULL || due_next(r) < due_next(first)))
            first = r;
    }
    return first;
}

static int32_t number_of(const struct yaml *y, const char *key)
{
    int64_t n = 0;

    (void)yaml_int(yaml_get(y, str_of(key)), &n);
    return (int32_t)n;
}

static enum stage stage_of(str name)
{
    int s = 0;

    while (s < STAGE_ENDED && !str_eq(name, str_of(stage_names[s])))
        s++;
    return (enum stage)s;
}

/* How it pays in this turn through the list; usually in time. */
static str habit_of(const struct yaml *habits, size_t turn)
{
    const struct yaml *y = habits == NULL ? NULL : habits->first;

    if (y == NULL)
        return S("whole");
    for (turn %= habits->count; turn > 0; turn--)
        y = y->next;
    return y->text;
}

/* Case i's character; after the last of the list the first comes again. */
static struct character character_of(const struct demo *d, size_t i)
{
    const struct yaml *list = demo_part(d, "cases");
    const struct yaml *y = list->first;
    struct character c = { 0 };

    for (size_t k = i % list->count; k > 0; k--)
        y = y->next;
    c.life = demo_life(d, yaml_get(y, S("lives")), i / list->count);
    c.habit = habit_of(yaml_get(y, S("pays")), i / list->count);
    c.scheme = demo_text(y, "scheme");
    c.level = demo_text(y, "level");
    c.stop = stage_of(demo_text(y, "stop"));
    c.weak = number_of(y, "weak");
    c.begins = number_of(y, "begins");
    (void)yaml_bool(yaml_get(y, S("incomplete")), &c.incomplete);
    (void)yaml_bool(yaml_get(y, S("gap")), &c.gap);
    return c;
}

err demo_cases(struct demo *d)
{
    size_t n = (size_t)d->wish->size;
    struct running *cases = arena_array(d->a, n, sizeof *cases);
    struct running *r;

    TRY_MEMORY(cases);
    check(n + 1 <= d->enterprise_count);
    for (size_t i = 0; i < n; i++) {
        struct character like = character_of(d, i);

        cases[i] = (struct running){
            .d = d,
            .number = i,
            .like = like,
            .ref = S("new"),
            .next = next_workday(d, d->wish->today - like.begins),
            .purse = { .next = DAY_NEVER },
        };
    }
    while ((r = first_due(d, cases, n)) != NULL) {
        demo_go_to(d, due_next(r));
        TRY(run(r));
    }
    return OK;
}
