#include "service/signing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "credential/cms.h"
#include "credential/pdf_sign.h"
#include "net/net.h"
#include "service/app_parts.h"
#include "service/body_known.h"
#include "service/key_certificate.h"
#include "service/paper_credential.h"
#include "service/published.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

enum { REASON_MOST = 1000, STAMP_FILE_MAX = 1000 };

/* A document on its way. */
struct signing {
    struct app *app;
    struct arena *a;
    const struct signing_wish *wish;
    struct signer signer;
    struct pdf_attachment attached[SIGNING_ATTACHED_MOST];
    size_t n;
    struct signing_done done;
};

static void end_signer(struct signing *s)
{
    signer_end(&s->signer);
}

/* --- what comes along [SG1] ------------------------------------------- */

static void attach(struct signing *s, str name, str media_type,
                   const char *about, str bytes)
{
    s->done.attached[s->n] = name;
    s->attached[s->n++] = (struct pdf_attachment){
        .name = name,
        .media_type = media_type,
        .about = text_get(s->wish->lang, about),
        .bytes = bytes,
    };
    s->done.attached_n = s->n;
}

static err attach_credential(struct signing *s)
{
    struct paper_credential c;

    TRY(paper_credential(s->app, s->a, s->wish->certificate, &c));
    if (c.json.n > 0)
        attach(s, S("credential.json"), S("application/vc"),
               "signing.credential", c.json);
    return OK;
}

/* Until a checkpoint covers the entry there is nothing to prove. */
static err attach_proof(struct signing *s)
{
    struct published_proof p;
    err e = published_proof_of(s->app, s->a, s->wish->certificate, &p);

    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    attach(s, S("certificate.tlog-proof"), S("text/plain"), "signing.proof",
           p.text);
    return OK;
}

static err attach_all(struct signing *s)
{
    if (s->wish->certificate.n == 0)
        return OK;
    TRY(attach_credential(s));
    return attach_proof(s);
}

/* --- the stamp [SG3] -------------------------------------------------- */

/* Empty when no service is named. */
static err find_service(struct signing *s, str *address)
{
    str path;
    str text;

    TRY(app_path(s->a, app_folder(s->app), "stamp", &path));
    err e = file_read(app_world_of(s->app)->files, s->a, path, STAMP_FILE_MAX,
                      &text);
    if (err_is(e, ERR_NOT_FOUND)) {
        *address = S("");
        return OK;
    }
    TRY(e);
    *address = str_trim(text);
    if (address->n == 0)
        return OK;
    e = net_check(s->a, *address, true);
    return err_is(e, ERR_INVALID)
               ? err_new(s->a, ERR_INVALID, "signing.stamp",
                         ARG_STR("path", path), ARG_STR("address", *address))
               : e;
}

static err ask_service(struct signing *s, str address, str der, str *stamped)
{
    struct net_request r = {
        .address = address,
        .media_type = S("application/timestamp-query"),
        .most = CMS_BYTES_MAX,
        .plain = true,
    };
    uint8_t nonce[CMS_NONCE_BYTES];
    str answer;

    TRY(entropy_fill(app_world_of(s->app)->entropy, nonce, sizeof nonce));
    TRY(cms_stamp_request(s->a, der, nonce, &r.body));
    TRY(net_post(s->a, &r, &answer));
    return cms_stamp_add(s->a, der, r.body, answer, stamped);
}

/* Whatever the service does, there is a signature. */
static err stamp(struct signing *s, str *der)
{
    str address;

    TRY(find_service(s, &address));
    if (address.n == 0)
        return OK;
    err e = ask_service(s, address, *der, der);
    if (err_is(e, ERR_MEMORY))
        return e;
    s->done.stamped = !failed(e);
    s->done.unstamped = e;
    return OK;
}

/* --- the signature ---------------------------------------------------- */

static err reason_of(struct signing *s, str *out)
{
    const struct err_arg args[] = { ARG_STR("title", s->wish->title),
                                    ARG_STR("number", s->wish->certificate),
                                    { 0 } };
    struct buf b;

    buf_init(&b, s->a, REASON_MOST);
    text_render(&b, s->wish->lang,
                s->wish->certificate.n > 0 ? "signing.certificate"
                                           : "signing.document",
                args);
    return buf_done(&b, out);
}

/* Who signs now, whatever the paper says it was called then. */
static err name_of_body(const struct signing *s, int64_t at, str *out)
{
    const struct body *body;

    TRY(body_today(s->app, s->a, day_of_micros(at), &body));
    *out = s->wish->lang == LANG_EN ? body->name_en : body->name_zh;
    return OK;
}

static err sign(struct signing *s)
{
    struct clock *clock = app_world_of(s->app)->clock;
    struct pdf_facts facts = {
        .at = clock->now(clock),
        .attachments = s->attached,
        .n = s->n,
    };
    struct pdf_prepared p;
    str der;

    TRY(name_of_body(s, facts.at, &facts.name));
    TRY(reason_of(s, &facts.reason));
    TRY(pdf_prepare(s->a, s->wish->painted, &facts, &p));
    TRY(cms_sign(s->a, &s->signer, p.first, p.second, &der));
    TRY(stamp(s, &der));
    s->done.is_signed = true;
    return pdf_seal(s->a, &p, der, &s->done.file);
}

err signing_do(struct app *app, struct arena *a, const struct signing_wish *w,
               struct signing_done *out)
{
    scoped(end_signer) struct signing s = { .app = app, .a = a, .wish = w };

    s.done = (struct signing_done){ .file = w->painted, .unstamped = OK };
    TRY(key_certificate_signer(app, a, &s.signer));
    if (s.signer.key != NULL) {
        TRY(attach_all(&s));
        TRY(sign(&s));
    }
    *out = s.done;
    return OK;
}
