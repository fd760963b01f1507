#include "domain/body_facts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/idcode.h"
#include "domain/contact.h"
#include "domain/offers.h"
#include "domain/stages.h"

enum {
    AHEAD_MOST = 366, /* days: one that is further off is a slip of the pen */
    NUMBER_DIGITS = 3,
    FIELD_LEAST = 2,
    FIELD_MOST = 10,
    FIELDS_TEXT = 2000,
};

/* clang-format off */
static const struct field changed_fields[] = {
    F_DAY(struct body_changed, from),
    F_STR(struct body_changed, name_zh, 1, 200),
    F_STR(struct body_changed, name_en, 1, 200),
    F_STR_OPT(struct body_changed, uscc, 24),
    F_STR(struct body_changed, approval, 1, 40),
    F_STRS_OPT(struct body_changed, fields, 100),
    F_STR_OPT(struct body_changed, accreditation, 60),
    F_STR_OPT(struct body_changed, address, 200),
    F_STR_OPT(struct body_changed, phone, 40),
    F_STR(struct body_changed, document, 1, 200),
    F_STR_OPT(struct body_changed, reason, 2000),
};
/* clang-format on */
const struct record body_changed_record = RECORD(body_changed, changed_fields);

/* --- folding [BF5] ------------------------------------------------------ */

static void take_fields(struct body *b, const struct list *fields)
{
    b->fields = fields->p;
    b->field_count = fields->n;
}

static void on_founded(struct body_stand *s, const struct event *e)
{
    EVENT_DATA(body_founded, f, e);

    s->body = (struct body){
        .name_zh = f->name_zh,
        .name_en = f->name_en,
        .approval = f->approval,
        .number = f->number,
        .demonstration = f->demonstration,
        .uscc = f->uscc,
        .accreditation = f->accreditation,
        .address = f->address,
        .phone = f->phone,
    };
    take_fields(&s->body, &f->fields);
    s->from = e->on;
}

static void on_fields(struct body_stand *s, const struct event *e)
{
    EVENT_DATA(body_fields, set, e);

    take_fields(&s->body, &set->fields);
    s->from = e->on;
    s->document = set->document;
}

/* Certificates are numbered with the end of the approval's number. */
static str number_of(str approval)
{
    return approval.n < NUMBER_DIGITS
               ? approval
               : str_from(approval, approval.n - NUMBER_DIGITS);
}

static void on_changed(struct body_stand *s, const struct event *e)
{
    EVENT_DATA(body_changed, c, e);

    if (!str_eq(s->body.approval, c->approval))
        s->body.number = number_of(c->approval);
    s->body.name_zh = c->name_zh;
    s->body.name_en = c->name_en;
    s->body.approval = c->approval;
    s->body.uscc = c->uscc;
    s->body.accreditation = c->accreditation;
    s->body.address = c->address;
    s->body.phone = c->phone;
    take_fields(&s->body, &c->fields);
    s->from = c->from;
    s->document = c->document;
    s->reason = c->reason;
}

static const struct {
    const char *name;
    void (*fold)(struct body_stand *s, const struct event *e);
} folds[] = {
    { "body.founded", on_founded },
    { "body.fields_set", on_fields },
    { "body.changed", on_changed },
};

bool body_stand_apply(struct body_stand *s, const struct event *e)
{
    for (size_t i = 0; i < COUNT(folds); i++) {
        if (strcmp(folds[i].name, e->kind->name) != 0)
            continue;
        day settled = s->from <= e->on ? s->from : s->settled;

        s->at = e->at;
        s->actor = e->actor;
        s->document = S("");
        s->reason = S("");
        folds[i].fold(s, e);
        s->settled = e->n <= 1 ? s->from : settled;
        return true;
    }
    return false;
}

err body_history_of(struct arena *a, const struct event_list *events,
                    struct body_history *out)
{
    struct body_stand *stands = arena_array(a, events->n, sizeof *stands);
    struct body_stand now = { .from = 0 };
    size_t n = 0;

    TRY_MEMORY(stands);
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (body_stand_apply(&now, e))
            stands[n++] = now;
    }
    *out = (struct body_history){ stands, n };
    return OK;
}

const struct body_stand *body_history_on(const struct body_history *h, day on,
                                         int64_t known)
{
    for (size_t i = h->n; i-- > 0;) {
        if (h->stands[i].from <= on && h->stands[i].at <= known)
            return &h->stands[i];
    }
    return h->n == 0 ? NULL : &h->stands[0];
}

/* --- fields ------------------------------------------------------------- */

static bool among(const str *fields, size_t n, str field)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(fields[i], field))
            return true;
    }
    return false;
}

bool body_has_field(const struct body *b, str field)
{
    return among(b->fields, b->field_count, field);
}

err body_fields_lost(struct arena *a, const struct body *before,
                     const struct list *after, str *out)
{
    struct buf b;

    buf_init(&b, a, FIELDS_TEXT);
    for (size_t i = 0; i < before->field_count; i++) {
        if (among(after->p, after->n, before->fields[i]))
            continue;
        if (buf_view(&b).n > 0)
            buf_char(&b, ' ');
        buf_str(&b, before->fields[i]);
    }
    return buf_done(&b, out);
}

/* "SC03", "QMS": capital letters, then perhaps digits. */
static bool is_field(str code)
{
    size_t letters = 0;

    while (letters < code.n && code.p[letters] >= 'A' && code.p[letters] <= 'Z')
        letters++;
    for (size_t i = letters; i < code.n; i++) {
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    }
    return letters > 0 && code.n >= FIELD_LEAST && code.n <= FIELD_MOST;
}

static err check_fields(struct arena *a, const struct list *fields)
{
    const str *codes = fields->p;

    for (size_t i = 0; i < fields->n; i++) {
        if (!is_field(codes[i]))
            return err_new(a, ERR_INVALID, "body.field",
                           ARG_STR("field", codes[i]));
        if (among(codes, i, codes[i]))
            return err_new(a, ERR_INVALID, "body.field_twice",
                           ARG_STR("field", codes[i]));
    }
    return OK;
}

/* --- judging ------------------------------------------------------------ */

static err check_named(struct arena *a, str name, const char *what)
{
    if (str_trim(name).n > 0)
        return OK;
    return err_new(a, ERR_INVALID, "body.blank",
                   ARG_IDS("field", str_of(what)));
}

static err check_uscc(struct arena *a, str uscc)
{
    struct idcode x;

    if (str_trim(uscc).n == 0)
        return OK;
    idcode_check(uscc, &x);
    if (x.kind == IDCODE_USCC && idcode_may_be(&x))
        return OK;
    return err_new(a, ERR_INVALID, "body.uscc", ARG_STR("uscc", uscc));
}

err body_facts_check(struct arena *a, const struct body_changed *wish)
{
    str phone = str_trim(wish->phone);

    TRY(check_named(a, wish->name_zh, "field.name_zh"));
    TRY(check_named(a, wish->name_en, "field.name_en"));
    TRY(check_uscc(a, wish->uscc));
    if (!approval_is_form(str_trim(wish->approval)))
        return err_new(a, ERR_INVALID, "register.approval",
                       ARG_STR("approval", wish->approval));
    TRY(check_fields(a, &wish->fields));
    if (phone.n > 0 && !contact_is_phone(phone))
        return err_new(a, ERR_INVALID, "contact.phone");
    return OK;
}

/* As it is kept; a code that was checked. */
static err tidy(struct arena *a, struct body_changed *c)
{
    struct idcode x;

    c->name_zh = str_trim(c->name_zh);
    c->name_en = str_trim(c->name_en);
    c->approval = str_trim(c->approval);
    c->accreditation = str_trim(c->accreditation);
    c->address = str_trim(c->address);
    c->phone = str_trim(c->phone);
    c->document = str_trim(c->document);
    c->reason = str_trim(c->reason);
    c->uscc = str_trim(c->uscc);
    if (c->uscc.n == 0)
        return OK;
    idcode_check(c->uscc, &x);
    TRY_MEMORY(arena_str(a, str_of(x.text), &c->uscc));
    return OK;
}

static bool same_fields(const struct body *b, const struct list *fields)
{
    const str *codes = fields->p;

    if (b->field_count != fields->n)
        return false;
    for (size_t i = 0; i < fields->n; i++) {
        if (!str_eq(b->fields[i], codes[i]))
            return false;
    }
    return true;
}

static bool is_same(const struct body *b, const struct body_changed *c)
{
    return str_eq(b->name_zh, c->name_zh) && str_eq(b->name_en, c->name_en) &&
           str_eq(b->approval, c->approval) && str_eq(b->uscc, c->uscc) &&
           str_eq(b->accreditation, c->accreditation) &&
           str_eq(b->address, c->address) && str_eq(b->phone, c->phone) &&
           same_fields(b, &c->fields);
}

/* [BF2] */
static err check_from(struct arena *a, const struct body_stand *now, day from,
                      day today)
{
    day last = now->from <= today ? now->from : now->settled;

    if (from < last)
        return err_new(a, ERR_INVALID, "body.before", ARG_DAY("from", from),
                       ARG_DAY("last", last));
    if (from > today + AHEAD_MOST)
        return err_new(a, ERR_INVALID, "body.far", ARG_DAY("from", from),
                       ARG_DAY("most", today + AHEAD_MOST));
    return OK;
}

/* [BF4] */
static err check_reason(struct arena *a, const struct body_stand *now,
                        const struct body_changed *c)
{
    str lost;

    TRY(body_fields_lost(a, &now->body, &c->fields, &lost));
    if (lost.n == 0 || c->reason.n > 0)
        return OK;
    return err_new(a, ERR_INVALID, "body.reason", ARG_STR("fields", lost));
}

err body_change_judge(struct arena *a, const struct body_stand *now,
                      const struct body_changed *wish, day today,
                      struct body_changed *out)
{
    struct body_changed c = *wish;

    TRY(body_facts_check(a, wish));
    TRY(tidy(a, &c));
    TRY(check_named(a, c.document, "field.document"));
    TRY(check_from(a, now, c.from, today));
    TRY(check_reason(a, now, &c));
    if (is_same(&now->body, &c) && now->from <= today)
        return err_new(a, ERR_CONFLICT, "body.same");
    *out = c;
    return OK;
}

bool body_stand_follows(struct arena *a, const struct body_stand *now,
                        const struct event *e)
{
    struct body_changed unused;

    if (strcmp(e->kind->name, "body.changed") != 0)
        return true;
    return !failed(body_change_judge(a, now, e->data, e->on, &unused));
}
