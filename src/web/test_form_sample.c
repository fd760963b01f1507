#include "web/test_form_sample.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/command.h"
#include "web/record_form.h"

enum { SAMPLE_BYTES = 8 << 20, TITLE_MOST = 200 };

static const char *const own[] = { "token", NULL };

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

/* What a page shows: what is known, or what was sent. */
struct filled {
    const char *command;
    const char *known;  /* JSON; or NULL */
    const char *posted; /* or NULL */
    const struct record_offer *offers;
    size_t offer_count;
    const char *refused; /* the name of a field that the service refuses */
    str brought;         /* text of that field */
};

static struct record_form_of form_of(const struct filled *f)
{
    return (struct record_form_of){
        .command = f->command,
        .record = command_kind_find(str_of(f->command))->record,
        .offers = f->offers,
        .offer_count = f->offer_count,
    };
}

static err fill(struct arena *a, const struct filled *f,
                struct record_form *form)
{
    struct record_form_of of = form_of(f);
    struct json *known = NULL;
    struct form posted;

    if (f->posted != NULL) {
        TRY(form_parse(a, str_of(f->posted), &posted));
        return record_form_post(a, &of, &posted, own, form);
    }
    if (f->known != NULL)
        TRY(json_parse(a, str_of(f->known), &known));
    return record_form_begin(a, &of, known, form);
}

static err title_of(struct arena *a, enum lang l, const char *command, str *out)
{
    struct buf b;

    buf_init(&b, a, TITLE_MOST);
    text_choice(&b, l, "command.", str_of(command));
    return buf_done(&b, out);
}

static err way_of(struct arena *a, const char *command, str *out)
{
    struct buf b;

    buf_init(&b, a, TITLE_MOST);
    buf_str(&b, S("/cases/C2026-0007/do/"));
    buf_str(&b, str_of(command));
    return buf_done(&b, out);
}

static err render_in(struct arena *a, struct buf *out, enum lang l,
                     const struct filled *f)
{
    struct record_form form;
    struct page_command page = {
        .work = { .body_name =
                      either(l, S("示例认证中心"), S("Example Centre")),
                  .demonstration = true,
                  .other.switch_url = S("?lang=en"),
                  .person = S("示例人员"),
                  .open = true,
                  .at_cases = true },
        .number = S("C2026-0007"),
        .token = S("0123456789abcdef"),
        .command_id = S("00112233445566778899aabbccddeeff"),
        .version = 12,
    };

    TRY(fill(a, f, &form));
    if (f->refused != NULL)
        TRY(record_form_refuse(a, &form,
                               err_new(a, ERR_REFUSED, f->refused,
                                       ARG_STR("level", f->brought),
                                       ARG_STR("scheme", S("ten-star")))));
    TRY(way_of(a, f->command, &page.way));
    TRY(title_of(a, l, f->command, &page.what));
    page.work.subject = page.what;
    page.asks = record_form_asks(form.of.record);
    TRY(record_form_show(a, &form, l, &page.fields));
    page_command_render(out, l, &page);
    return OK;
}

static void render(struct buf *out, enum lang l, const struct filled *f)
{
    struct heap *h = out->arena->heap;
    scoped(arena_end) struct arena a;

    arena_init(&a, h, SAMPLE_BYTES);
    err e = render_in(&a, out, l, f);
    if (failed(e) && !failed(out->first))
        out->first =
            err_is(e, ERR_MEMORY) ? err_memory() : err_keep(out->arena, e);
}

/* An application as it came back: a few things are missing, or odd. */
static void application(struct buf *out, enum lang l)
{
    static const struct filled f = {
        .command = "application.submit",
        .posted =
            "scope=%E5%AE%B6%E7%94%A8%E7%94%B5%E5%99%A8%E7%9A%84%E5%94%AE%E5%90"
            "%8E%E6%9C%8D%E5%8A%A1&scope_en=&staff=86&service_staff=3%E5%8D%81"
            "&covered_staff=&sites.0.name=%E6%80%BB%E9%83%A8&sites.0.place=%E7"
            "%A4%BA%E4%BE%8B%E7%9C%81%E7%A4%BA%E4%BE%8B%E5%B8%82&sites.0.kind="
            "hq&sites.0.address=&sites.0.district=1101&sites.0.staff=60"
            "&sites.1.name=%E5%9F%8E%E4%B8%9C%E6%9C%8D%E5%8A%A1%E7%AB%99"
            "&sites.1.place=&sites.1.kind=&sites.1.address=&sites.1.district="
            "&sites.1.staff=26&products.0.name=%E7%A9%BA%E8%B0%83&products.0."
            "trade=3852&regions=%E7%A4%BA%E4%BE%8B%E7%9C%81%0D%0A%E9%82%BB%E7"
            "%9C%81&trade=5274&district=&address=&address_en=",
    };

    render(out, l, &f);
}

static void quote(struct buf *out, enum lang l)
{
    static const struct filled f = {
        .command = "quote.make",
        .known = "{\"lines\":[{\"text\":\"申请费\",\"kind\":\"fee\","
                 "\"amount\":100000},{\"text\":\"审查费（4 人日）\","
                 "\"kind\":\"fee\",\"amount\":1200050,\"reason\":"
                 "\"两个场所\"}],\"prepay\":3000,\"surveillance\":600000,"
                 "\"period\":\"36m\",\"reason\":\"协议价\"}",
    };

    render(out, l, &f);
}

static void decision(struct buf *out, enum lang l)
{
    const struct record_choice levels[] = {
        { S("star9"), either(l, S("九星级"), S("Nine stars")) },
        { S("star10"), either(l, S("十星级"), S("Ten stars")) },
    };
    const struct record_offer offers[] = { { "level", levels, COUNT(levels),
                                             false } };
    const struct filled f = {
        .command = "decision.grant",
        .posted = "level=star10&note=&conditions.0.text=%E8%A1%A5%E5%85%85%E5"
                  "%A4%87%E4%BB%B6%E6%B8%85%E5%8D%95&conditions.0.until="
                  "2027-03-31",
        .offers = offers,
        .offer_count = COUNT(offers),
        .refused = "case.level",
        .brought = S("star10"),
    };

    render(out, l, &f);
}

/* Radios, a tick, a day: a report of a surveillance. */
static void report(struct buf *out, enum lang l)
{
    static const struct filled f = {
        .command = "report.issue",
        .known = "{\"recommended\":true,\"summary\":\"体系持续运行。\","
                 "\"runs\":true,\"correct_until\":\"2026-12-24\"}",
    };

    render(out, l, &f);
}

static void nothing(struct buf *out, enum lang l)
{
    static const struct filled f = { .command = "decision.sign" };

    render(out, l, &f);
}

/* What somebody would type to take over the next reader's browser. */
static void hostile(struct buf *out, enum lang l)
{
    static const str evil = S_INIT("\"><script>alert('x')</script>&amp;'");
    const struct record_choice sites[] = { { evil, evil } };
    const struct record_offer offers[] = {
        { "site", sites, COUNT(sites), false }, { "evidence", sites, 1, false }
    };
    const struct filled f = {
        .command = "finding.record",
        .posted = "indicator=%22%3E%3Cscript%3E&result=%22%3E%3Cb%3E&k=%22%3E"
                  "&n=%3C&note=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script"
                  "%3E&evidence=%22%3E%3Cscript%3E&site=%22%3E%3Cscript%3E"
                  "&%22%3E%3Cscript%3E=1",
        .offers = offers,
        .offer_count = COUNT(offers),
    };

    render(out, l, &f);
}

const struct sample form_samples[] = {
    { "form_application", application },
    { "form_quote", quote },
    { "form_decision", decision },
    { "form_report", report },
    { "form_nothing", nothing },
    { "form_hostile", hostile },
    { "compare", sample_compare },
    { "contract", sample_contract },
    { "mark", sample_mark },
    { "customers", sample_customers },
    { "messages", sample_messages },
};

const size_t form_sample_count = COUNT(form_samples);
