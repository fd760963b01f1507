/*
 * credential -- what programs of strangers read: a certificate's credential at
 * its own address, the body's keys, the lists of what is suspended and revoked,
 * and the scheme packages that credentials name. [CR1] [SX1]-[SX4]
 *
 *   [WC1] One address, four forms: the page, what the API answers, and the
 *         credential as application/vc or application/vc+jwt, as Accept asks.
 *   [WC2] Any site's script may read them; each has a tag named by its bytes.
 *   [WC3] What goes wrong with a list is a problem document (RFC 9457) of the
 *         type that the specification of such lists has for it.
 *   [WC4] A scheme package stands under its own SHA-256, as the bytes that have
 *         it, and so may be kept for ever.
 *   [WC5] A browser cannot ask for a form, so below a certificate's address
 *         each has one of its own, and so has its proof out of the log.
 *   [WC6] Its paper is painted and signed when it is asked for: it says what is
 *         so then, and there is none of one that is not valid. [M20] [M24]
 *   [WC7] The picture of its square code, which leads to where it is looked up,
 *         stands at an address of its own: a page that has it within is a third
 *         longer, and takes twice as long.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "http/form.h"
#include "http/negotiate.h"
#include "http/percent.h"
#include "service/certificate_json.h"
#include "service/certificate_paper.h"
#include "service/credentials.h"
#include "service/status_lists.h"
#include "service/public_keys.h"
#include "service/published.h"
#include "verify/instant.h"
#include "web/parts.h"
#include "web/square.h"

enum { ANSWER_MAX = 1 << 20, LISTS_MOST = 1000000, NAME_SHOWN = 100 };
enum { DISPOSITION_MOST = 400 };

static const char soon[] = "public, max-age=60";

static err send_data(struct request *rq, struct response *rs, str type,
                     str body)
{
    respond(rs, 200, type, body);
    response_cache(rs, str_of(soon));
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    return web_tag(rq, rs); /* [WC2] */
}

static err send_as_asked(struct request *rq, struct response *rs, str type,
                         str body)
{
    TRY(response_header(rs, S("Vary"), S("Accept")));
    return send_data(rq, rs, type, body);
}

/* None of the forms there are. */
static err send_forms(struct response *rs, str forms)
{
    respond(rs, 406, TYPE_TEXT, forms);
    return response_header(rs, S("Vary"), S("Accept"));
}

/* --- a certificate [WC1] ---------------------------------------------- */

enum { FORM_PAGE, FORM_JSON, FORM_VC, FORM_JWT };

static const str forms[] = {
    [FORM_PAGE] = S_INIT("text/html"),
    [FORM_JSON] = S_INIT("application/json"),
    [FORM_VC] = S_INIT("application/vc"),
    [FORM_JWT] = S_INIT("application/vc+jwt"),
};

static err send_json(struct request *rq, struct response *rs, str number)
{
    struct public_certificate c;
    struct buf b;
    str body;

    TRY(lookup_certificate(web_app(rq), rq->arena, number, faces_today(rq->app),
                           &c));
    buf_init(&b, rq->arena, ANSWER_MAX);
    json_canonical(&b, certificate_json(rq->arena, c.body, &c));
    buf_char(&b, '\n');
    TRY(buf_done(&b, &body));
    return send_as_asked(rq, rs, S("application/json; charset=utf-8"), body);
}

static err send_credential(struct request *rq, struct response *rs, str number,
                           size_t form)
{
    struct credential_row row;

    TRY(credentials_newest(web_app(rq), rq->arena, number, &row));
    return form == FORM_VC
               ? send_as_asked(rq, rs, S("application/vc"), row.json)
               : send_as_asked(rq, rs, S("application/vc+jwt"), row.jwt);
}

err web_certificate_form(struct request *rq, struct response *rs, bool *page)
{
    str number = request_parameter(rq, S("number"));
    size_t form = FORM_PAGE;

    *page = false;
    if (!negotiate_type(request_header(rq, S("Accept")), forms, COUNT(forms),
                        &form))
        return send_forms(rs, S("text/html, application/json, application/vc, "
                                "application/vc+jwt\n"));
    *page = form == FORM_PAGE;
    if (*page)
        return OK;
    return form == FORM_JSON ? send_json(rq, rs, number)
                             : send_credential(rq, rs, number, form);
}

/* --- its files [WC5] -------------------------------------------------- */

static err send_proof(struct request *rq, struct response *rs, str number)
{
    struct published_proof proof;

    TRY(published_proof_of(web_app(rq), rq->arena, number, &proof));
    return send_data(rq, rs, TYPE_TEXT, proof.text);
}

static err send_form_of(struct request *rq, struct response *rs, str number,
                        size_t form)
{
    struct credential_row row;

    TRY(credentials_newest(web_app(rq), rq->arena, number, &row));
    return send_data(rq, rs, forms[form], form == FORM_VC ? row.json : row.jwt);
}

static err get_file(struct request *rq, struct response *rs)
{
    str number = request_parameter(rq, S("number"));
    str file = request_parameter(rq, S("file"));
    str ending = file;
    str name = str_cut(&ending, '.');

    if (str_eq(file, S("certificate.tlog-proof")))
        return send_proof(rq, rs, number);
    if (str_eq(name, S("credential")) && str_eq(ending, S("json")))
        return send_form_of(rq, rs, number, FORM_VC);
    if (str_eq(name, S("credential")) && str_eq(ending, S("jwt")))
        return send_form_of(rq, rs, number, FORM_JWT);
    return err_new(rq->arena, ERR_NOT_FOUND, "web.asset",
                   ARG_STR("name", str_first(file, NAME_SHOWN)));
}

/* --- its paper [WC6] -------------------------------------------------- */

/* Called like the certificate; not kept by anybody on the way. */
static err send_paper(struct request *rq, struct response *rs, str number,
                      str bytes)
{
    struct buf b;
    str disposition;

    buf_init(&b, rq->arena, DISPOSITION_MOST);
    buf_str(&b, S("attachment; filename*=UTF-8''"));
    percent_encode(&b, number);
    buf_str(&b, S(".pdf"));
    TRY(buf_done(&b, &disposition));
    respond(rs, 200, S("application/pdf"), bytes);
    return response_header(rs, S("Content-Disposition"), disposition);
}

static err get_paper(struct request *rq, struct response *rs)
{
    const struct certificate_wish wish = {
        .number = request_parameter(rq, S("number")),
        .lang = web_lang(rq),
        .today = faces_today(rq->app),
    };
    str bytes;

    TRY(certificate_paper_file(web_app(rq), rq->arena, &wish, &bytes));
    return send_paper(rq, rs, wish.number, bytes);
}

/* --- keys ------------------------------------------------------------- */

static err get_keys(struct request *rq, struct response *rs)
{
    str did;

    TRY(public_keys_document(web_app(rq), rq->arena, &did));
    return send_data(rq, rs, S("application/did+json"), did);
}

/* --- status lists [WC3] ----------------------------------------------- */

static err put_problem(struct request *rq, err why, int status, str *out)
{
    struct arena *a = rq->arena;
    struct json *j = json_new_object(a);
    struct buf b;
    str detail;

    buf_init(&b, a, ANSWER_MAX);
    text_err(&b, web_lang(rq), why);
    TRY(buf_done(&b, &detail));
    json_set(j, S("type"), json_new_str(a, status_list_problem(why)));
    json_set(j, S("status"), json_new_int(a, status));
    json_set(j, S("detail"), json_new_str(a, detail));
    json_set(j, S("id"), json_new_str(a, str_of(why.info->id)));
    json_set(j, S("instance"), json_new_str(a, rq->id));
    return json_text(a, j, ANSWER_MAX, out);
}

/* Of what the visitor could do about; all else is the site's to say. */
static err send_problem(struct request *rq, struct response *rs, err why)
{
    int status = err_is(why, ERR_NOT_FOUND) ? 404 : 400;
    str body;

    if (!err_is(why, ERR_NOT_FOUND) && !err_is(why, ERR_INVALID))
        return why;
    TRY(put_problem(rq, why, status, &body));
    respond(rs, status, S("application/problem+json"), body);
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    return response_header(rs, S("Vary"), S("Accept-Language, Cookie"));
}

static bool read_purpose(str name, enum status_purpose *out)
{
    *out = str_eq(name, status_purpose_text(STATUS_SUSPENSION))
               ? STATUS_SUSPENSION
               : STATUS_REVOCATION;
    return str_eq(name, status_purpose_text(*out));
}

/* Which list it is; 0: none. */
static int64_t read_number(str name)
{
    int64_t n = 0;

    for (size_t i = 0; i < name.n && n <= LISTS_MOST; i++) {
        if (name.p[i] < '0' || name.p[i] > '9')
            return 0;
        n = 10 * n + (name.p[i] - '0');
    }
    return n <= LISTS_MOST && name.n > 0 && name.p[0] != '0' ? n : 0;
}

static err read_wish(struct request *rq, struct status_wish *out)
{
    str moment = S("");

    out->as_of = INT64_MAX;
    out->list = read_number(request_parameter(rq, S("list")));
    if (out->list == 0 ||
        !read_purpose(request_parameter(rq, S("purpose")), &out->purpose))
        return err_new(rq->arena, ERR_NOT_FOUND, "status_lists.none",
                       ARG_INT("list", out->list));
    if (form_get(&rq->query, S("timestamp"), &moment) &&
        !instant_parse(moment, &out->as_of))
        return err_new(rq->arena, ERR_INVALID, "status_list.moment",
                       ARG_STR("moment", str_first(moment, NAME_SHOWN)));
    return OK;
}

static err read_list(struct request *rq, struct status_list_written *out)
{
    struct status_wish wish = { 0 };

    TRY(read_wish(rq, &wish));
    return status_lists_read(web_app(rq), rq->arena, &wish, out);
}

static err get_list(struct request *rq, struct response *rs)
{
    static const str types[] = {
        S_INIT("application/vc"),
        S_INIT("application/vc+jwt"),
        S_INIT("application/json"),
    };
    struct status_list_written list;
    size_t form = 0;

    if (!negotiate_type(request_header(rq, S("Accept")), types, COUNT(types),
                        &form))
        return send_forms(rs, S("application/vc, application/vc+jwt\n"));
    err e = read_list(rq, &list);
    if (failed(e))
        return send_problem(rq, rs, e);
    if (form == 1)
        return send_as_asked(rq, rs, S("application/vc+jwt"), list.jwt);
    return send_as_asked(rq, rs,
                         form == 0 ? S("application/vc")
                                   : S("application/json"),
                         list.json);
}

/* --- scheme packages [WC4] -------------------------------------------- */

/* In a sentence and no page, for it is a program that asks. */
static err send_no_scheme(struct request *rq, struct response *rs, err why)
{
    struct buf b;
    str words;

    buf_init(&b, rq->arena, ANSWER_MAX);
    text_err(&b, web_lang(rq), why);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &words));
    respond(rs, 404, TYPE_TEXT, words);
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    return response_header(rs, S("Vary"), S("Accept-Language, Cookie"));
}

/* A package for programs, by its hash; by its name, a page for people. */
static err get_scheme(struct request *rq, struct response *rs)
{
    str name = request_parameter(rq, S("name"));
    str bytes;
    err e;

    if (name.n != 2 * sizeof(struct hash))
        return web_scheme_page(rq, rs);
    e = published_scheme(web_app(rq), rq->arena, name, &bytes);
    if (err_is(e, ERR_NOT_FOUND))
        return send_no_scheme(rq, rs, e);
    TRY(e);
    TRY(send_data(rq, rs, S("application/octet-stream"), bytes));
    response_cache(rs, S("public, max-age=31536000, immutable"));
    return OK;
}

/* --- its square code [WC7] ------------------------------------------------ */

static err get_square(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct public_certificate c;
    str picture;

    TRY(lookup_certificate(web_app(rq), rq->arena,
                           request_parameter(rq, S("number")), faces_today(f),
                           &c));
    TRY(square_of_certificate(rq->arena, faces_public_url(f), c.number,
                              &picture));
    TRY(send_data(rq, rs, S("image/svg+xml"), picture));
    response_cache(rs, S("public, max-age=86400"));
    return OK;
}

static const struct route routes[] = {
    { METHOD_GET, "/.well-known/did.json", 0, BODY_NONE, get_keys },
    { METHOD_GET, "/c/{number}/square.svg", 0, BODY_NONE, get_square },
    { METHOD_GET, "/c/{number}/certificate.pdf", 0, BODY_NONE, get_paper },
    { METHOD_GET, "/c/{number}/{file}", 0, BODY_NONE, get_file },
    { METHOD_GET, "/status/{purpose}/{list}", 0, BODY_NONE, get_list },
    { METHOD_GET, "/schemes/{name}", 0, BODY_NONE, get_scheme },
};

const struct route_table credential_routes = { routes, COUNT(routes) };
