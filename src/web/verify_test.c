/* The page that verifies in the reader's browser. [WV1]-[WV3]  What its script
 * does is tested by tests/page.sh. */

#include "codec/json.h"
#include "crypto/hash.h"
#include "codec/base64.h"
#include "base/buf.h"
#include "page/page.h"
#include "service/public_keys.h"
#include "service/published.h"
#include "web/test_site.h"

static bool open_site(struct test_site *s)
{
    return test_site_open(s, &verify_routes, 1, web_error);
}

#define TEST_VERIFY(name)                                                      \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

/* What stands in `text` between these two, first of all. */
static str between(str text, str from, str to)
{
    str rest = str_from(text, str_find(text, from) + from.n);

    return str_first(rest, str_find(rest, to));
}

/* An attribute's value as the browser reads it. */
static str unescaped(struct test_site *s, str value)
{
    static const struct {
        str sign;
        char c;
    } signs[] = {
        { S_INIT("&#34;"), '"' },  { S_INIT("&#39;"), '\'' },
        { S_INIT("&quot;"), '"' }, { S_INIT("&lt;"), '<' },
        { S_INIT("&gt;"), '>' },   { S_INIT("&amp;"), '&' },
    };
    struct buf b;
    str out = S("");

    buf_init(&b, &s->reg.arena, 1 << 20);
    while (value.n > 0) {
        size_t i = 0;

        while (i < COUNT(signs) && !str_begins(value, signs[i].sign))
            i++;
        buf_char(&b, i < COUNT(signs) ? signs[i].c : value.p[0]);
        value = str_from(value, i < COUNT(signs) ? signs[i].sign.n : 1);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* What the page in `rs` brought along. */
static const struct json *brought(struct test_site *s,
                                  const struct response *rs)
{
    str value = between(rs->body, S("data-brought=\""), S("\""));
    struct json *j = NULL;

    EXPECT_OK(json_parse(&s->reg.arena, unescaped(s, value), &j));
    return j;
}

/* "'sha256-..'" of a text. */
static str source_of(struct test_site *s, str text)
{
    uint8_t hash[SHA256_BYTES];
    struct buf b;
    str out = S("");

    sha256(text.p, text.n, hash);
    buf_init(&b, &s->reg.arena, 100);
    buf_str(&b, S("'sha256-"));
    base64_encode(&b, BASE64_PADDED, hash, sizeof hash);
    buf_char(&b, '\'');
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [WV2] */
TEST(the_policy_lets_in_the_pages_own_script_and_style_and_no_other)
{
    TEST_VERIFY(s);
    struct response rs = site_get(&s, "/verify", LANG_EN);
    str content = str_of(rs.policy->content);

    EXPECT(rs.status == 200);
    EXPECT(str_begins(content, S("default-src 'none'; script-src 'sha256-")));
    EXPECT(!str_contains(content, S("unsafe")));
    EXPECT(!str_contains(content, S("script-src 'self'")));
    EXPECT(str_ends(content, S("; form-action 'none'; base-uri 'none'; "
                               "frame-ancestors 'none'")));
    EXPECT(str_contains(content, source_of(&s, between(rs.body, S("<script>"),
                                                       S("</script>")))));
    EXPECT(str_contains(content, source_of(&s, between(rs.body, S("<style>"),
                                                       S("</style>")))));
}

/* A saved copy has no headers: it says the same of itself. */
TEST(a_saved_copy_keeps_the_policy_but_for_what_only_a_header_can_say)
{
    TEST_VERIFY(s);
    struct response rs = site_get(&s, "/verify", LANG_EN);
    str meta = between(rs.body,
                       S("<meta http-equiv=\"Content-Security-Policy\" "
                         "content=\""),
                       S("\">"));
    str kept = unescaped(&s, meta);

    EXPECT(kept.n > 100);
    EXPECT(str_begins(str_of(rs.policy->content), kept));
    EXPECT_STR(str_from(str_of(rs.policy->content), kept.n),
               S("; frame-ancestors 'none'"));
}

/* [WV3] */
TEST(the_camera_is_this_pages_and_nothing_else_is)
{
    TEST_VERIFY(s);
    struct response rs = site_get(&s, "/verify", LANG_ZH);

    EXPECT(str_begins(str_of(rs.policy->permissions),
                      S("camera=(self), geolocation=(), microphone=()")));
    EXPECT(str_contains(str_of(policy_page.permissions), S("camera=()")));
    EXPECT_STR(str_of(rs.policy->opener), str_of(policy_page.opener));
    EXPECT_STR(str_of(rs.policy->resource), str_of(policy_page.resource));
    EXPECT_STR(str_of(rs.policy->referrer), str_of(policy_page.referrer));
}

/* [WV1] */
TEST(the_page_brings_along_the_bodys_keys_and_the_logs)
{
    TEST_VERIFY(s);
    struct arena *a = &s.reg.arena;
    struct response rs = site_get(&s, "/verify", LANG_ZH);
    const struct json *j = brought(&s, &rs);
    struct published_log log = { 0 };
    str want = S("");
    struct buf b;
    str got = S("");

    EXPECT_OK(public_keys_document(s.reg.app, a, &want));
    buf_init(&b, a, 1 << 20);
    json_canonical(&b, json_get(j, S("did")));
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, want);
    EXPECT_OK(published_log(s.reg.app, a, &log));
    EXPECT_STR(json_get_str(j, S("vkey")), log.vkey);
    EXPECT(json_get(j, S("witnesses"))->count == log.witnesses.n);
    EXPECT_STR(json_get_str(json_get(j, S("papers"))->first, S("name")),
               S("pdf-1"));
    EXPECT_STR(json_get_str(j, S("register")), app_public_url(s.reg.app));
}

TEST(every_sentence_of_the_script_is_in_the_page_in_its_language)
{
    TEST_VERIFY(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct response rs = site_get(&s, "/verify", l);
        const struct json *texts = json_get(brought(&s, &rs), S("texts"));
        size_t n = 0;

        EXPECT_STR(answer_header(&rs, "Content-Language"), lang_tag(l));
        for (; inline_verify_js_texts[n] != NULL; n++) {
            const char *text = inline_verify_js_texts[n];

            EXPECT_ROW_STR(text, json_get_str(texts, str_of(text)),
                           text_get(l, text));
        }
        EXPECT(n > 80 && texts->count == n);
    }
}

TEST(a_page_served_elsewhere_asks_there)
{
    TEST_VERIFY(s);

    s.faces.public_url = S("http://127.0.0.1:8123");
    struct response rs = site_get(&s, "/verify", LANG_EN);
    EXPECT_STR(json_get_str(brought(&s, &rs), S("register")),
               S("http://127.0.0.1:8123"));
    EXPECT(str_contains(str_of(rs.policy->content),
                        S("connect-src 'self' http://127.0.0.1:8123;")));
}

TEST(the_page_asks_for_nothing_from_elsewhere)
{
    static const char *const never[] = { "src=\"", "href=\"/assets/", "url(/",
                                         "url(http", "@import" };
    TEST_VERIFY(s);
    struct response rs = site_get(&s, "/verify", LANG_EN);

    for (size_t i = 0; i < COUNT(never); i++)
        EXPECT_ROW(never[i], !answer_holds(&rs, never[i]));
}

TEST(a_page_that_finds_no_memory_says_so)
{
    TEST_VERIFY(s);
    struct heap libc = HEAP_LIBC;
    struct heap_fault f;

    EXPECT_OK(site_try(&s, &libc, "/verify"));
    heap_fault_init(&f, 3, true);
    EXPECT_ERR(site_try(&s, &f.heap, "/verify"), ERR_MEMORY, "err.memory");
    EXPECT(f.live == 0);
}
