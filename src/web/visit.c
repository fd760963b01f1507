#include "web/visit.h"

#include "auth/token.h"
#include "base/arena.h"
#include "base/check.h"
#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "domain/rights.h"
#include "http/cookie.h"
#include "sys/entropy.h"
#include "web/limiter.h"
#include "web/parts.h"

/* What everybody may send: server_limits_default.body (http/http.h). */
enum { SHORT_MEGABYTES = 1 };

static const char session_cookie[] = "s";
static const char guest_cookie[] = "g";

/* --- cookies [VI1] ------------------------------------------------------ */

static bool over_tls(const struct request *rq)
{
    return str_begins(faces_public_url(rq->app), S("https://"));
}

static str cookie_name(const struct request *rq, const char *name)
{
    if (!over_tls(rq))
        return str_of(name);
    return name == session_cookie ? S("__Host-s") : S("__Host-g");
}

static str cookie_of(const struct request *rq, const char *name)
{
    str value = S("");

    (void)cookie_get(request_header(rq, S("Cookie")), cookie_name(rq, name),
                     &value);
    return value;
}

static err set_cookie(const struct request *rq, struct response *rs,
                      const char *name, str value)
{
    const struct cookie c = {
        .name = cookie_name(rq, name),
        .value = value,
        .age = value.n > 0 ? COOKIE_SESSION : 0,
        .site = COOKIE_LAX,
        .secure = over_tls(rq),
    };

    return response_cookie(rs, &c);
}

err visit_begin(const struct request *rq, struct response *rs, str secret)
{
    return set_cookie(rq, rs, session_cookie, secret);
}

err visit_end(const struct request *rq, struct response *rs)
{
    return set_cookie(rq, rs, session_cookie, S(""));
}

err visit_keep(const struct request *rq, struct response *rs)
{
    const struct visit *v = rq->visitor;

    if (v == NULL || !v->fresh)
        return OK;
    return set_cookie(rq, rs, guest_cookie, v->secret);
}

/* --- tokens of forms [VI2] ----------------------------------------------- */

/* A hash of a label and the secret, which is as long as any: nothing that is
 * known of one tells of the other, nor of what the store keeps of it. */
static err token_of(struct arena *a, str secret, str *out)
{
    static const char label[] = "tenstar form";
    uint8_t hash[TOKEN_BYTES];
    struct hash unused;
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, label, sizeof label);
    sha256_add(&h, secret.p, secret.n);
    sha256_end(&h, hash);
    return token_make(a, hash, out, &unused);
}

static bool is_token(str given, str right)
{
    return given.n == right.n && bytes_equal(given.p, right.p, right.n);
}

/* Browsers say where a request comes from; what says nothing is asked for the
 * token all the same. */
static bool is_foreign(const struct request *rq)
{
    str from = request_header(rq, S("Sec-Fetch-Site"));

    return from.n > 0 && !str_eq(from, S("same-origin")) &&
           !str_eq(from, S("none"));
}

static err check_form(const struct request *rq, const struct visit *v)
{
    str given = S("");

    if (rq->method == METHOD_GET)
        return OK;
    if (is_foreign(rq))
        return err_new(rq->arena, ERR_DENIED, "visit.foreign");
    if (!form_get(&rq->form, S("token"), &given))
        given = request_header(rq, S("X-Token"));
    if (is_token(given, v->token))
        return OK;
    return err_new(rq->arena, ERR_DENIED, "visit.token");
}

/* --- who it is ------------------------------------------------------------ */

/* A session that is over leaves a guest. */
static err find_session(struct request *rq, struct visit *v)
{
    str secret = cookie_of(rq, session_cookie);

    if (secret.n == 0)
        return OK;
    err e = door_visit(web_app(rq), rq->arena, secret, &v->who);
    if (err_is(e, ERR_DENIED))
        return OK;
    TRY(e);
    v->known = true;
    v->secret = secret;
    return OK;
}

static err new_secret(struct request *rq, str *out)
{
    uint8_t bytes[TOKEN_BYTES];
    struct hash unused;

    TRY(entropy_fill(app_world_of(web_app(rq))->entropy, bytes, sizeof bytes));
    err e = token_make(rq->arena, bytes, out, &unused);

    bytes_wipe(bytes, sizeof bytes);
    return e;
}

static err find_guest(struct request *rq, struct visit *v)
{
    if (v->known)
        return OK;
    v->secret = cookie_of(rq, guest_cookie);
    v->fresh = v->secret.n == 0;
    return v->fresh ? new_secret(rq, &v->secret) : OK;
}

static err find_visitor(struct request *rq)
{
    struct visit *v = arena_zero(rq->arena, sizeof *v);

    TRY_MEMORY(v);
    TRY(find_session(rq, v));
    TRY(find_guest(rq, v));
    TRY(token_of(rq->arena, v->secret, &v->token));
    rq->visitor = v;
    return OK;
}

/* --- what they may ---------------------------------------------------------
 */

static err check_session(struct arena *a, const struct visit *v,
                         enum web_right right)
{
    if (right >= RIGHT_HALF && !v->known)
        return err_new(a, ERR_DENIED, "visit.nobody");
    if (right < RIGHT_IN)
        return OK;
    if (v->who.state == WEB_SESSION_CODE)
        return err_new(a, ERR_DENIED, "visit.code");
    if (v->who.state == WEB_SESSION_ENROL)
        return err_new(a, ERR_DENIED, "visit.enrol");
    return OK;
}

static err check_right(struct arena *a, const struct visit *v,
                       enum web_right right)
{
    const struct actor *actor = &v->who.session.actor;

    TRY(check_session(a, v, right));
    if (right >= RIGHT_BODY && !id_is_zero(actor->enterprise))
        return err_new(a, ERR_DENIED, "visit.body");
    if (right >= RIGHT_ADMIN && !rights_may_enrol(actor))
        return err_new(a, ERR_DENIED, "door.admin");
    return OK;
}

err web_permit(struct request *rq, int right)
{
    const struct faces *f = rq->app;

    check(right >= RIGHT_PUBLIC && right < RIGHT_COUNT);
    TRY(limiter_check(f->limiter, rq));
    if (right == RIGHT_PUBLIC)
        return OK;
    TRY(find_visitor(rq));
    TRY(check_right(rq->arena, rq->visitor, (enum web_right)right));
    return check_form(rq, rq->visitor);
}

err web_admit(struct request *rq, int right)
{
    check(right >= RIGHT_PUBLIC && right < RIGHT_COUNT);
    TRY(find_visitor(rq));
    err e = check_right(rq->arena, rq->visitor,
                        right > RIGHT_IN ? (enum web_right)right : RIGHT_IN);
    if (err_is(e, ERR_DENIED) && right <= RIGHT_ANYONE)
        return err_new(rq->arena, ERR_DENIED, "visit.long",
                       ARG_INT("most", SHORT_MEGABYTES));
    TRY(e);
    return is_foreign(rq) ? err_new(rq->arena, ERR_DENIED, "visit.foreign")
                          : OK;
}

const struct visit *web_visit(const struct request *rq)
{
    check(rq->visitor != NULL);
    return rq->visitor;
}

struct door_origin visit_origin(const struct request *rq)
{
    return (struct door_origin){ rq->network,
                                 request_header(rq, S("User-Agent")) };
}

/* --- the layout of work -----------------------------------------------------
 */

err visit_work(struct request *rq, str subject, enum work_place here,
               struct page_work *out)
{
    const struct visit *v = web_visit(rq);
    const struct actor *actor = &v->who.session.actor;
    struct page_base base;

    TRY(web_base(rq, subject, &base));
    *out = (struct page_work){
        .subject = subject,
        .body_name = base.body_name,
        .demonstration = base.demonstration,
        .other = base.other,
        .person = v->who.name,
        .token = v->token,
        .open = v->who.state == WEB_SESSION_OPEN,
        .admin = v->who.state == WEB_SESSION_OPEN && rights_may_enrol(actor),
        .cases = v->who.state == WEB_SESSION_OPEN &&
                 (rights_may_read(actor, (id){ { 0 } }) ||
                  rights_may_read(actor, actor->enterprise)),
        .at_work = here == AT_WORK,
        .at_cases = here == AT_CASES,
        .reads = v->who.state == WEB_SESSION_OPEN &&
                 (rights_may_read(actor, (id){ { 0 } }) ||
                  rights_may_read_figures(actor)),
        .at_registers = here == AT_REGISTERS,
        .at_people = here == AT_PEOPLE,
        .at_account = here == AT_ACCOUNT,
    };
    return OK;
}
