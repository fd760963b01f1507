/* A certificate in every form, the body's keys, the status lists: what programs
 * of strangers read. [WC1]-[WC3] [SX1] [SX3] */

#include "service/credentials.h"
#include "verify/did.h"
#include "verify/status_list.h"
#include "web/test_site.h"

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
