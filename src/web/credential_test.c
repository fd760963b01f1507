/* A certificate in every form, the body's keys, the status lists: what programs
 * of strangers read. [WC1]-[WC3] [SX1] [SX3] */

#include "base/buf.h"
#include "crypto/hash.h"
#include "service/credentials.h"
#include "verify/did.h"
#include "verify/status_list.h"
#include "web/test_site.h"

#include <stdio.h>

static bool open_site(struct test_site *s)
{
    const struct route_table both[] = { web_routes, credential_routes };

    return test_site_open(s, both, COUNT(both), web_error);
}

#define TEST_CREDENTIALS(name)                                                 \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

static struct response get_as(struct test_site *s, const char *target,
                              const char *accept)
{
    return site_ask(s,
                    &(struct asked_for){ .target = target, .accept = accept });
}

/* [WC1] [WB2] */
TEST(a_certificates_address_answers_in_the_form_that_is_asked_for)
{
    static const struct {
        const char *accept;
        const char *type;
        int status;
    } rows[] = {
        { NULL, "text/html; charset=utf-8", 200 },
        { "*/*", "text/html; charset=utf-8", 200 },
        { "text/html,application/xhtml+xml,*/*;q=0.8",
          "text/html; charset=utf-8", 200 },
        { "application/json", "application/json; charset=utf-8", 200 },
        { "application/vc", "application/vc", 200 },
        { "application/vc+jwt", "application/vc+jwt", 200 },
        { "application/vc;q=0.5, application/vc+jwt", "application/vc+jwt",
          200 },
        { "image/png", "text/plain; charset=utf-8", 406 },
    };
    static const char *const targets[] = { "/c/" REGISTER_VALID,
                                           "/C/" REGISTER_VALID };
    TEST_CREDENTIALS(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < COUNT(targets); k++) {
            struct response rs = get_as(&s, targets[k], rows[i].accept);

            EXPECT_ROW(rows[i].accept, rs.status == rows[i].status);
            EXPECT_ROW_STR(rows[i].accept, rs.type, str_of(rows[i].type));
            EXPECT_ROW(rows[i].accept,
                       str_begins(answer_header(&rs, "Vary"), S("Accept")));
        }
    }
}

TEST(a_certificate_without_a_credential_has_none_to_give)
{
    TEST_CREDENTIALS(s);
    struct response rs =
        get_as(&s, "/c/" REGISTER_EXPIRED, "application/vc+jwt");

    EXPECT(rs.status == 404);
}

/* [WC2] */
TEST(who_has_a_credential_already_is_not_sent_it_again)
{
    TEST_CREDENTIALS(s);
    struct asked_for q = { .target = "/c/" REGISTER_VALID,
                           .accept = "application/vc" };
    struct response rs = site_ask(&s, &q);

    EXPECT_STR(rs.body, S("{}"));
    EXPECT_STR(rs.cache, S("public, max-age=60"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    q.known = rs.etag.p;
    EXPECT(site_ask(&s, &q).status == 304);
    q.accept = "application/vc+jwt";
    EXPECT(site_ask(&s, &q).status == 200);
}

static struct did_document keys_of(struct test_site *s)
{
    struct response rs = get_as(s, "/.well-known/did.json", NULL);
    struct did_document d = { 0 };

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("application/did+json"));
    EXPECT_OK(did_document_read(&s->reg.arena, rs.body, &d));
    return d;
}

TEST(the_bodys_keys_stand_where_its_name_says)
{
    TEST_CREDENTIALS(s);
    struct did_document d = keys_of(&s);

    EXPECT_STR(d.id, S("did:web:127.0.0.1%3A8010"));
    EXPECT(did_find(&d, S("did:web:127.0.0.1%3A8010#credential-1")) != NULL);
    EXPECT(did_find(&d, S("did:web:127.0.0.1%3A8010#qr-1")) != NULL);
    EXPECT(did_find(&d, S("did:web:127.0.0.1%3A8010#log-1")) == NULL);
}

/* Bit by bit, in the order of test_register.h. */
static void expect_bits(struct test_site *s, str text, const char *bits)
{
    struct did_document keys = keys_of(s);
    struct status_list l;

    EXPECT_OK(status_list_read(&s->reg.arena, text, &l));
    EXPECT_OK(sealed_check(&s->reg.arena, &l.sealed, l.issuer, &keys));
    for (int64_t i = 0; i < REGISTER_CREDENTIALS; i++) {
        bool set = false;

        EXPECT_OK(status_list_bit(&s->reg.arena, &l, i, &set));
        EXPECT_ROW(bits, set == (bits[i] == '1'));
    }
}

/* [SX1] */
TEST(a_list_says_which_credentials_are_suspended_and_which_revoked)
{
    static const char *const accepts[] = { "application/vc",
                                           "application/vc+jwt" };
    TEST_CREDENTIALS(s);

    for (size_t i = 0; i < COUNT(accepts); i++) {
        expect_bits(&s, get_as(&s, "/status/revocation/1", accepts[i]).body,
                    "000110");
        expect_bits(&s, get_as(&s, "/status/suspension/1", accepts[i]).body,
                    "001000");
    }
}

/* [SX3] */
TEST(a_list_is_signed_once_as_long_as_nothing_changes)
{
    TEST_CREDENTIALS(s);
    struct response first = get_as(&s, "/status/suspension/1", NULL);

    clock_set_forward(&s.reg.clock, 1000000);
    struct response again = get_as(&s, "/status/suspension/1", NULL);
    EXPECT_STR(again.body, first.body);
    clock_set_forward(&s.reg.clock, INT64_C(3600) * 1000000);
    again = get_as(&s, "/status/suspension/1", NULL);
    EXPECT(!str_eq(again.body, first.body));
    expect_bits(&s, again.body, "001000");
}

#define PROBLEM(name) "https://www.w3.org/ns/credentials/status-list#" name

/* [WC3] */
TEST(what_is_wrong_with_a_list_is_a_problem_of_its_kind)
{
    static const struct {
        const char *target;
        int status;
        const char *problem;
    } rows[] = {
        { "/status/revocation/0", 404, PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/revocation/2", 404, PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/revocation/01", 404, PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/revocation/x", 404, PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/revocation/99999999999999999999", 404,
          PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/refresh/1", 404, PROBLEM("STATUS_RETRIEVAL_ERROR") },
        { "/status/revocation/1?timestamp=yesterday", 400,
          PROBLEM("MALFORMED_VALUE_ERROR") },
        { "/status/revocation/1?timestamp=", 400, "\"status_list.moment\"" },
        { "/status/revocation/1?timestamp=2099-01-01T00:00:00Z", 400,
          PROBLEM("STATUS_VERIFICATION_ERROR") },
    };
    TEST_CREDENTIALS(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = get_as(&s, rows[i].target, NULL);

        EXPECT_ROW(rows[i].target, rs.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].target, rs.type, S("application/problem+json"));
        EXPECT_ROW(rows[i].target, answer_holds(&rs, rows[i].problem));
    }
    EXPECT(get_as(&s, "/status/revocation/1", "text/html").status == 406);
}

/* --- scheme packages [WC4] --------------------------------------------- */

static const char *address_of_scheme(struct test_site *s, bool capitals)
{
    struct public_certificate c = { 0 };
    char *path = arena_zero(&s->reg.arena, 100);
    size_t n = 0;

    EXPECT_OK(lookup_certificate(s->reg.app, &s->reg.arena, S(REGISTER_VALID),
                                 faces_today(&s->faces), &c));
    n = (size_t)snprintf(path, 100, "/schemes/");
    for (size_t i = 0; i < sizeof c.scheme_hash.b; i++)
        n += (size_t)snprintf(path + n, 100 - n, capitals ? "%02X" : "%02x",
                              c.scheme_hash.b[i]);
    return path;
}

TEST(a_scheme_package_stands_under_its_own_hash)
{
    TEST_CREDENTIALS(s);
    const char *path = address_of_scheme(&s, false);
    struct response rs = get_as(&s, path, NULL);
    uint8_t hash[SHA256_BYTES];
    struct buf b;
    str digits = S("");

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("application/octet-stream"));
    EXPECT_STR(rs.cache, S("public, max-age=31536000, immutable"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    sha256(rs.body.p, rs.body.n, hash);
    buf_init(&b, &s.reg.arena, 100);
    buf_hex(&b, hash, sizeof hash);
    EXPECT_OK(buf_done(&b, &digits));
    EXPECT_STR(digits, str_from(str_of(path), strlen("/schemes/")));
    struct asked_for again = { .target = path, .known = rs.etag.p };
    EXPECT(site_ask(&s, &again).status == 304);
}

TEST(an_address_of_no_scheme_package_says_so_in_words)
{
    TEST_CREDENTIALS(s);
    const char *const paths[] = {
        address_of_scheme(&s, true), /* an address is one */
        "/schemes/"
        "0000000000000000000000000000000000000000000000000000000000000000",
    };

    EXPECT(get_as(&s, address_of_scheme(&s, false), NULL).status == 200);
    for (size_t i = 0; i < COUNT(paths); i++) {
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            struct response rs = site_get(&s, paths[i], l);

            EXPECT_ROW(paths[i], rs.status == 404);
            EXPECT_ROW_STR(paths[i], rs.cache, S("no-store"));
            EXPECT_ROW(paths[i],
                       answer_holds(&rs, l == LANG_EN
                                             ? "No scheme package has the hash"
                                             : "没有哈希值为"));
        }
    }
}

/* --- files of a certificate [WC5] --------------------------------------- */

TEST(a_file_is_what_programs_are_given_at_the_certificates_address)
{
    static const struct {
        const char *target;
        const char *type; /* which the address itself is asked for */
    } rows[] = {
        { "/c/" REGISTER_VALID "/credential.json", "application/vc" },
        { "/c/" REGISTER_VALID "/credential.jwt", "application/vc+jwt" },
    };
    TEST_CREDENTIALS(s);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = get_as(&s, rows[i].target, NULL);

        EXPECT_ROW(rows[i].target, rs.status == 200);
        EXPECT_ROW_STR(rows[i].target, rs.type, str_of(rows[i].type));
        EXPECT_ROW_STR(rows[i].target, rs.body,
                       get_as(&s, "/c/" REGISTER_VALID, rows[i].type).body);
    }
}

/* --- its paper [WC6] ---------------------------------------------------- */

/* [M20] [M24] Anybody takes it along, in their language; [CT2] there is none of
 * what is not valid, and no page leads to one. */
TEST(anybody_takes_a_valid_certificate_along_on_paper)
{
    static const char paper[] = "/certificate.pdf\"";
    TEST_CREDENTIALS(s);
    struct response rs =
        get_as(&s, "/c/" REGISTER_VALID "/certificate.pdf", NULL);

    EXPECT(rs.status == 200 && str_begins(rs.body, S("%PDF-")));
    EXPECT_STR(rs.type, S("application/pdf"));
    EXPECT_STR(answer_header(&rs, "Content-Disposition"),
               S("attachment; filename*=UTF-8''" REGISTER_VALID ".pdf"));
    rs = get_as(&s, "/c/" REGISTER_VALID, NULL);
    EXPECT(answer_holds(&rs, paper));
    rs = get_as(&s, "/c/" REGISTER_SUSPENDED, NULL);
    EXPECT(rs.status == 200 && !answer_holds(&rs, paper));
    rs = get_as(&s, "/c/" REGISTER_SUSPENDED "/certificate.pdf", NULL);
    EXPECT(rs.status >= 400 && !str_begins(rs.body, S("%PDF-")));
    EXPECT(get_as(&s, "/c/NONE-0001/certificate.pdf", NULL).status == 404);
}

/* [WC7]  The same however the number was typed. */
TEST(a_certificates_square_code_has_an_address_of_its_own)
{
    static const char square[] = "/c/" REGISTER_VALID "/square.svg";
    TEST_CREDENTIALS(s);

    struct response rs = get_as(&s, "/c/" REGISTER_VALID, NULL);
    EXPECT(answer_holds(&rs, "src=\"/c/" REGISTER_VALID "/square.svg\""));
    rs = get_as(&s, square, NULL);
    EXPECT(rs.status == 200 && str_begins(rs.body, S("<svg")));
    EXPECT_STR(rs.type, S("image/svg+xml"));
    EXPECT_STR(rs.cache, S("public, max-age=86400"));
    EXPECT_STR(get_as(&s, "/c/00026sc0101r0m/square.svg", NULL).body, rs.body);
    EXPECT(get_as(&s, "/c/NONE-0001/square.svg", NULL).status == 404);
}

TEST(a_page_links_to_no_file_that_is_not_there)
{
    static const char *const targets[] = {
        "/c/" REGISTER_EXPIRED "/credential.json",
        "/c/" REGISTER_EXPIRED "/credential.jwt",
        "/c/" REGISTER_VALID "/credential.pdf",
        "/c/" REGISTER_VALID "/credential",
        "/c/NONE-0001/certificate.tlog-proof",
    };
    TEST_CREDENTIALS(s);
    struct response page = get_as(&s, "/c/" REGISTER_EXPIRED, NULL);

    EXPECT(page.status == 200);
    EXPECT(!answer_holds(&page, "class=\"files\""));
    for (size_t i = 0; i < COUNT(targets); i++)
        EXPECT_ROW(targets[i], get_as(&s, targets[i], NULL).status == 404);
}
