/* test_sample_log -- samples of the log's page, and of those that check in the
 * browser. */

#include "page/test_sample.h"

#include "base/check.h"
#include "base/size.h"

static day on(const char *iso)
{
    day d = 0;

    check(day_parse(str_of(iso), &d));
    return d;
}

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

/* Keys and hashes are the longest words there are. */
static struct page_log log_facts(enum lang l)
{
    return (struct page_log){
        .base = sample_base(l, S("")),
        .origin = S("register.example/log"),
        .vkey =
            S("register.example/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280"
              "NI+oO5xCFkkSx"),
        .size = 70000,
        .is_signed = true,
        .at = S("2026-11-24 09:00:01"),
        .root = S("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
    };
}

void sample_log_witnessed(struct buf *out, enum lang l)
{
    const struct page_log_witnesses witnesses[] = {
        { S("witness.example/1"), 42, S("2026-11-24 09:00:02") },
        { S("另一家机构"), 41, S("2026-11-24 09:00:03") },
    };
    struct page_log page = log_facts(l);

    page.witnesses = witnesses;
    page.witnesses_n = COUNT(witnesses);
    page_log_render(out, l, &page);
}

void sample_log_stopped(struct buf *out, enum lang l)
{
    struct page_log page = log_facts(l);

    page.stopped = true;
    page.why = text_get(l, "err.memory");
    page_log_render(out, l, &page);
}

void sample_log_unsigned(struct buf *out, enum lang l)
{
    struct page_log page = log_facts(l);

    page.size = 0;
    page.is_signed = false;
    page_log_render(out, l, &page);
}

void sample_verify(struct buf *out, enum lang l)
{
    const struct page_verify page = {
        .policy = S("default-src 'none'"),
        .body_name = either(l, S("示例认证中心"), S("Example Centre")),
        .approval = S("CNCA-R-2099-000"),
        .demonstration = true,
        .register_url = S("http://127.0.0.1:8010"),
        .switch_url = l == LANG_ZH ? S("?lang=en") : S("?lang=zh"),
        .brought = S("keys and sentences"),
        .did = S("did:web:127.0.0.1%3A8010"),
        .vkey =
            S("register.example/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280"
              "NI+oO5xCFkkSx"),
        .as_of = on("2026-11-24"),
    };

    page_verify_render(out, l, &page);
}

void sample_mirror(struct buf *out, enum lang l)
{
    const struct page_mirror page = {
        .policy = S("default-src 'none'"),
        .body_name = either(l, S("示例认证中心"), S("Example Centre")),
        .approval = S("CNCA-R-2099-000"),
        .demonstration = true,
        .register_url = S("http://127.0.0.1:8010"),
        .switch_url = l == LANG_ZH ? S("en.html") : S("index.html"),
        .brought = S("key and sentences"),
        .vkey =
            S("register.example/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280"
              "NI+oO5xCFkkSx"),
        .as_of = on("2026-11-24"),
        .holders = 1100000,
        .numbers = 4160000,
    };

    page_mirror_render(out, l, &page);
}
