/* thing -- what it is, and what it says. */

#include "verify/thing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "verify/did.h"
#include "verify/status_list.h"

/* --- recognising -------------------------------------------------------- */

static bool is_address(str s)
{
    return str_begins(s, S("https://")) || str_begins(s, S("HTTPS://")) ||
           str_begins(s, S("http://")) || str_begins(s, S("HTTP://"));
}

/* Codes are in capitals, and what they state stands behind a #. */
static bool is_code(str s)
{
    return str_begins(s, S("HTTPS://")) || str_index(s, '#') < s.n;
}

static bool is_token_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_token_char(s.p[i]))
            return false;
    }
    return s.n > 0;
}

/* A header of a JWT begins with {" in base64. */
static enum thing_kind kind_of(str bytes)
{
    str s = str_trim(bytes);

    if (pdf_is(bytes))
        return THING_PDF;
    if (str_begins(bytes, S("c2sp.org/tlog-proof@")))
        return THING_PROOF;
    if (is_address(s))
        return is_code(s) ? THING_QR : THING_ADDRESS;
    if (str_begins(s, S("{")) || str_begins(s, S("eyJ")))
        return THING_CREDENTIAL;
    return is_token(s) && s.n <= QR_NUMBER_MAX ? THING_NUMBER : THING_UNKNOWN;
}

/* --- taking apart ------------------------------------------------------- */

static err upper(struct arena *a, str s, str *out)
{
    char *made = arena_zero(a, s.n + 1);

    TRY_MEMORY(made);
    for (size_t i = 0; i < s.n; i++)
        made[i] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 'a' + 'A'
                                                        : s.p[i]);
    *out = (str){ made, s.n };
    return OK;
}

static err take_list(struct arena *a, const struct sealed *s, struct thing *t)
{
    TRY(status_list_of(a, s, &t->list));
    t->issuer = t->list.issuer;
    return OK;
}

static err take_credential(struct arena *a, const struct sealed *s,
                           struct thing *t)
{
    TRY(credential_of(a, s, &t->credential));
    t->has_credential = true;
    t->number = t->credential.facts.number;
    t->issuer = t->credential.facts.issuer;
    return OK;
}

static err read_credential(struct arena *a, str text, struct thing *t)
{
    struct sealed s = { 0 };

    TRY(sealed_read(a, text, &s));
    return take_credential(a, &s, t);
}

/* What carries no seal we know, for the reason `why`, may yet be known. */
static err read_unsealed(struct arena *a, str text, struct thing *t, err why)
{
    TRY(thing_text_kind(a, text, &t->kind));
    if (t->kind == THING_HOLDER)
        return thing_read_holder(a, text, t);
    return t->kind == THING_KEYS || t->kind == THING_SM2 ? OK : why;
}

/* Which document it is shows when it is read, and that is done once: reading
 * takes as long as everything else but the signature. */
static err read_document(struct arena *a, str text, struct thing *t)
{
    struct sealed s = { 0 };
    err e = sealed_read(a, text, &s);

    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : read_unsealed(a, text, t, e);
    t->kind = thing_document_kind(s.document);
    if (t->kind == THING_LIST)
        return take_list(a, &s, t);
    return t->kind == THING_CREDENTIAL ? take_credential(a, &s, t) : OK;
}

/* An entry that it brings along; what we do not know of has no number. */
static err read_proof(struct arena *a, str text, struct thing *t)
{
    TRY(tlog_proof_read(a, text, &t->proof));
    t->has_proof = true;
    if (!t->proof.has_extra)
        return OK;
    TRY(entry_read(a, t->proof.extra, &t->entry));
    t->has_entry = true;
    if (t->number.n == 0)
        t->number = t->entry.number;
    return OK;
}

static err read_pdf(struct arena *a, str bytes, struct thing *t)
{
    str text;

    TRY(pdf_check(a, bytes, &t->pdf));
    if (pdf_find(&t->pdf, S("credential.json"), &text))
        TRY(read_credential(a, text, t));
    if (pdf_find(&t->pdf, S("certificate.tlog-proof"), &text))
        TRY(read_proof(a, text, t));
    return OK;
}

static err read_qr(struct arena *a, str bytes, struct thing *t)
{
    TRY(qr_read(a, str_trim(bytes), &t->qr));
    t->number = t->qr.number;
    return OK;
}

/* As a code has it: in capitals, and by https, however it was fetched; it may
 * lead to a page of the certificate in another form. */
static err as_code(struct arena *a, str address, str *out)
{
    static const str plain = S_INIT("HTTP://");
    struct buf b;

    TRY(upper(a, address, out));
    if (!str_begins(*out, plain))
        return OK;
    buf_init(&b, a, QR_TEXT_MAX + 1);
    buf_str(&b, S("HTTPS://"));
    buf_str(&b, str_from(*out, plain.n));
    return buf_done(&b, out);
}

static err read_address(struct arena *a, str bytes, struct thing *t)
{
    str text = str_trim(bytes);

    if (text.n > QR_TEXT_MAX)
        return err_new(a, ERR_LIMIT, "qr.long", ARG_INT("limit", QR_TEXT_MAX));
    TRY(as_code(a, text, &text));
    err e = read_qr(a, text, t);
    return err_is(e, ERR_INVALID) ? err_new(a, ERR_INVALID, "verify.address")
                                  : e;
}

static err read_kind(struct arena *a, str bytes, struct thing *t)
{
    switch (t->kind) {
    case THING_PDF: return read_pdf(a, bytes, t);
    case THING_CREDENTIAL: return read_document(a, str_trim(bytes), t);
    case THING_QR: return read_qr(a, bytes, t);
    case THING_PROOF: return read_proof(a, bytes, t);
    case THING_ADDRESS: return read_address(a, bytes, t);
    case THING_NUMBER: return upper(a, str_trim(bytes), &t->number);
    case THING_LIST: /* begins like a credential */
    case THING_KEYS:
    case THING_SM2:
    case THING_HOLDER:
    case THING_MIRROR:
    case THING_UNKNOWN:
    case THING_KINDS: break;
    }
    return err_new(a, ERR_INVALID, "verify.unknown");
}

err thing_read(struct arena *a, str bytes, struct thing *out)
{
    struct thing t = { .kind = kind_of(bytes) };

    t.broken = read_kind(a, bytes, &t);
    if (err_is(t.broken, ERR_MEMORY))
        return t.broken;
    *out = t;
    return OK;
}

/* --- the credential ----------------------------------------------------- */

static str key_name(str method)
{
    return str_from(method, str_index(method, '#') + 1);
}

static void say_facts(struct verify_report *r, enum finding_is is,
                      const char *id, const struct credential_facts *f)
{
    report_add(r, is, id,
               (const struct err_arg[]){ ARG_STR("number", f->number),
                                         ARG_STR("holder", f->holder),
                                         ARG_STR("uscc", f->uscc),
                                         ARG_STR("covers", f->covers),
                                         ARG_STR("criterion", f->criterion),
                                         ARG_INT("stars", f->stars),
                                         ARG_DAY("from", f->from),
                                         ARG_DAY("until", f->until),
                                         { 0 } });
}

static void check_signature(struct verify_report *r, const struct credential *c,
                            const struct did_document *keys)
{
    err e = credential_check_signature(r->a, c, keys);

    if (failed(e)) {
        report_refuted(r, e);
        return;
    }
    report_proved(r, "verify.credential_signed",
                  ARG_STR("number", c->facts.number),
                  ARG_STR("body", c->facts.body),
                  ARG_STR("did", c->facts.issuer),
                  ARG_STR("key", key_name(c->sealed.method)),
                  ARG_DAY("on", day_of_micros(c->sealed.created)));
    say_facts(r, FINDING_PROVED, "verify.credential_says", &c->facts);
}

/* [DI5] */
static void check_key(struct verify_report *r, const struct thing_trust *trust,
                      str name, const struct did_key *key)
{
    err e;

    if (trust->log == NULL) {
        if (trust->keys_fetched)
            report_open(r, "verify.keys_unlogged",
                        ARG_STR("did", trust->keys->id));
        return;
    }
    if (str_ends(name, S("-jwk")))
        name.n -= S("-jwk").n;
    e = log_copy_check_key(trust->log, name, key->public);
    if (err_is(e, ERR_NOT_FOUND) && !trust->keys_fetched)
        report_open(r, "verify.key_not_logged", ARG_STR("key", name),
                    ARG_STR("origin", trust->log->seen.body.origin));
    else if (failed(e))
        report_refuted(r, e);
    else
        report_proved(r, "verify.key_logged", ARG_STR("key", name),
                      ARG_STR("origin", trust->log->seen.body.origin));
}

static void check_day(struct verify_report *r, err e, day from, day until,
                      day on)
{
    if (failed(e))
        report_refuted(r, e);
    else
        report_proved(r, "verify.day_within", ARG_DAY("on", on),
                      ARG_DAY("from", from), ARG_DAY("until", until));
}

/* --- lists of status [TH3] ----------------------------------------------- */

/* A list that the credential names, and what it says of it. */
struct listed {
    enum status_purpose purpose;
    str address;
    str text;
    const char *set_id; /* the sentence when its bit is set */
};

static err read_bit(struct arena *a, const struct listed *l, int64_t index,
                    const struct did_document *keys, bool *set, day *made)
{
    struct status_list list = { 0 };

    TRY(status_list_read(a, l->text, &list));
    TRY(status_list_check(a, &list, l->address, l->purpose, keys));
    TRY(status_list_bit(a, &list, index, set));
    *made = day_of_micros(list.made);
    return OK;
}

/* A list of another day than the reader's says nothing certain of his day, save
 * that what was revoked stays so. */
static void say_bit(struct verify_report *r, const struct listed *l, bool set,
                    day made, day on)
{
    bool final = set && l->purpose == STATUS_REVOCATION && made < on;

    if (made != on && !final) {
        report_open(r, "verify.status_other_day",
                    ARG_IDS("purpose", l->purpose == STATUS_REVOCATION
                                           ? S("verify.revocation")
                                           : S("verify.suspension")),
                    ARG_DAY("made", made), ARG_DAY("on", on));
    }
    if (set && made <= on)
        report_refuted(r, err_new(r->a, ERR_INVALID, l->set_id,
                                  ARG_DAY("made", made)));
    if (!set)
        report_proved(r, "verify.status_clear",
                      ARG_IDS("purpose", l->purpose == STATUS_REVOCATION
                                             ? S("verify.revocation")
                                             : S("verify.suspension")),
                      ARG_DAY("made", made));
}

static void check_list(struct verify_report *r, const struct thing *t,
                       const struct thing_trust *trust, const struct listed *l)
{
    bool set = false;
    day made = DAY_MIN;
    err e =
        read_bit(r->a, l, t->credential.facts.index, trust->keys, &set, &made);

    if (failed(e))
        report_refuted(r, e);
    else
        say_bit(r, l, set, made, trust->on);
}

static void check_status(struct verify_report *r, const struct thing *t,
                         const struct thing_trust *trust)
{
    const struct credential_facts *f = &t->credential.facts;
    const struct listed lists[] = {
        { STATUS_REVOCATION, f->revocations, trust->revocations,
          "verify.revoked" },
        { STATUS_SUSPENSION, f->suspensions, trust->suspensions,
          "verify.suspended" },
    };

    if (trust->keys == NULL || trust->revocations.n == 0 ||
        trust->suspensions.n == 0) {
        if (trust->log == NULL) /* else the log says it */
            report_open(r, "verify.status_unchecked", ARG_DAY("on", trust->on));
        return;
    }
    check_list(r, t, trust, &lists[0]);
    check_list(r, t, trust, &lists[1]);
}

/* [TH2] What nobody is known to have signed may state any days: that the
 * reader's is among them proves nothing, that it is not is reason enough. */
static void check_stated_days(struct verify_report *r,
                              const struct credential *c,
                              const struct thing_trust *trust)
{
    err e = credential_check_day(r->a, c, trust->on);

    if (trust->keys == NULL)
        report_refuted(r, e);
    else
        check_day(r, e, c->facts.from, c->facts.until, trust->on);
}

static void check_credential(struct verify_report *r, const struct thing *t,
                             const struct thing_trust *trust)
{
    const struct credential *c = &t->credential;

    if (trust->keys == NULL) {
        report_open(r, "verify.credential_unsigned",
                    ARG_STR("did", c->facts.issuer));
        say_facts(r, FINDING_OPEN, "verify.credential_claims", &c->facts);
    } else {
        const struct did_key *key = did_find(trust->keys, c->sealed.method);

        check_signature(r, c, trust->keys);
        if (key != NULL)
            check_key(r, trust, key_name(key->id), key);
    }
    check_stated_days(r, c, trust);
    check_status(r, t, trust);
}

/* --- the code on a paper ------------------------------------------------ */

static void say_qr(struct verify_report *r, enum finding_is is, const char *id,
                   const struct qr_facts *f)
{
    const struct credential_facts said = {
        .number = f->number,
        .holder = f->holder,
        .uscc = f->uscc,
        .criterion = f->criterion,
        .stars = f->stars,
        .from = f->from,
        .until = f->until,
    };

    say_facts(r, is, id, &said);
    if (qr_holder_is_cut(f))
        report_add(r, is, "verify.qr_cut",
                   (const struct err_arg[]){ ARG_STR("holder", f->holder),
                                             { 0 } });
}

/* Of the body's keys for codes the one that made it: codes do not name it
 * (qr.h [QR5]). */
static void check_qr_key(struct verify_report *r, const struct qr *q,
                         const struct thing_trust *trust)
{
    const struct did_document *d = trust->keys;

    if (trust->log == NULL && !trust->keys_fetched)
        return;
    for (size_t i = 0; i < d->n; i++) {
        const struct did_key *k = &d->keys[i];

        if (!did_key_is_for(k, S("qr")) || k->revoked != INT64_MAX ||
            !sign_verify(k->public, q->message, q->signature))
            continue;
        check_key(r, trust, key_name(k->id), k);
        return;
    }
}

static void check_qr(struct verify_report *r, const struct thing *t,
                     const struct thing_trust *trust)
{
    const struct qr *q = &t->qr;
    err e;

    if (!q->with_statement) {
        report_open(r, "verify.qr_bare", ARG_STR("number", q->number));
        return;
    }
    if (trust->keys == NULL) {
        report_open(r, "verify.qr_unsigned", ARG_STR("address", q->address));
        say_qr(r, FINDING_OPEN, "verify.qr_claims", &q->facts);
        return;
    }
    e = qr_check_signature(r->a, q, trust->keys);
    report_refuted(r, e);
    if (failed(e))
        return;
    report_proved(r, "verify.qr_signed", ARG_STR("number", q->number),
                  ARG_STR("did", trust->keys->id));
    check_qr_key(r, q, trust);
    say_qr(r, FINDING_PROVED, "verify.qr_says", &q->facts);
    check_day(r, qr_check_day(r->a, q, trust->on), q->facts.from,
              q->facts.until, trust->on);
    if (trust->log == NULL)
        report_open(r, "verify.status_unchecked", ARG_DAY("on", trust->on));
}

/* --- the file ----------------------------------------------------------- */

enum { MARK = 2 * sizeof(struct hash) };
static const int64_t second = 1000000;

static str fingerprint_text(struct arena *a, const struct hash *h)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, MARK);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &out)) ? S("") : out;
}

/* Without a stamp nobody but the signer says when it was, so his certificate
 * has to be valid on the reader's day. */
static void check_moment(struct verify_report *r, const struct cms_seen *s,
                         day on)
{
    day from = day_of_micros(s->by.from * second);
    day until = day_of_micros(s->by.until * second);

    if (s->stamped)
        report_proved(r, "verify.pdf_stamped",
                      ARG_STR("by", s->stamped_by.subject),
                      ARG_DAY("on", day_of_micros(s->stamped_at * second)));
    else if (on < from || on > until)
        report_refuted(r,
                       err_new(r->a, ERR_INVALID, "verify.pdf_expired",
                               ARG_STR("subject", s->by.subject),
                               ARG_DAY("from", from), ARG_DAY("until", until)));
    else
        report_open(r, "verify.pdf_unstamped");
}

/* Whose certificate it is: nobody in this program says it [CC4]. */
static void say_authority(struct verify_report *r, const struct cms_seen *s)
{
    if (str_eq(s->by.subject, s->by.issuer))
        report_open(r, "verify.pdf_self_signed",
                    ARG_STR("subject", s->by.subject));
    else
        report_open(r, "verify.pdf_issuer", ARG_STR("issuer", s->by.issuer));
}

/* [TH4] */
static void check_paper_key(struct verify_report *r, const struct cms_seen *s,
                            const struct log_copy *log)
{
    day seen = s->stamped ? day_of_micros(s->stamped_at * second) : DAY_NEVER;
    str name = S("");
    err e = log_copy_check_paper(log, s->by.key, seen, &name);

    if (err_is(e, ERR_NOT_FOUND))
        say_authority(r, s);
    else if (failed(e))
        report_refuted(r, e);
    else
        report_proved(r, "verify.pdf_key_logged", ARG_STR("key", name),
                      ARG_STR("origin", log->seen.body.origin));
}

static void check_pdf(struct verify_report *r, const struct thing *t,
                      const struct thing_trust *trust)
{
    const struct cms_seen *s = &t->pdf.signature;

    report_proved(r, "verify.pdf_signed", ARG_STR("subject", s->by.subject),
                  ARG_STR("fingerprint",
                          fingerprint_text(r->a, &s->by.fingerprint)));
    if (trust->log != NULL)
        check_paper_key(r, s, trust->log);
    else
        say_authority(r, s);
    check_moment(r, s, trust->on);
    if (!t->has_credential)
        report_open(r, "verify.pdf_bare");
}

/* --- all of it ---------------------------------------------------------- */

static bool is_beside(const struct thing *t)
{
    return t->kind == THING_LIST || t->kind == THING_KEYS ||
           t->kind == THING_SM2 || t->kind == THING_HOLDER ||
           t->kind == THING_MIRROR;
}

void thing_check(struct verify_report *r, const struct thing *t,
                 const struct thing_trust *trust)
{
    if (failed(t->broken)) {
        report_refuted(r, t->broken);
        return;
    }
    if (is_beside(t)) {
        thing_check_beside(r, t, trust);
        return;
    }
    if (t->kind == THING_PDF)
        check_pdf(r, t, trust);
    if (t->kind == THING_QR || t->kind == THING_ADDRESS)
        check_qr(r, t, trust);
    if (t->has_credential)
        check_credential(r, t, trust);
    if (trust->mirror != NULL)
        thing_check_mirror(r, t, trust);
    thing_check_log(r, t, trust);
}
