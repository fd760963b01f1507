#include "web/mark_words.h"

#include "base/arena.h"
#include "base/size.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 600, WORDS_MOST = 1000 };

/* On a package and a card there is little room; in a tender all is said. */
static const char *const messages[] = {
    [MARK_PACKAGING] = "mark_words.brief",
    [MARK_ADVERTISING] = "mark_words.public",
    [MARK_TENDER] = "mark_words.tender",
    [MARK_WEBSITE] = "mark_words.public",
    [MARK_DOCUMENTS] = "mark_words.brief",
};

err mark_look_up(const struct case_view *v, str *out)
{
    str site = faces_public_url(v->rq->app);
    struct buf b;

    *out = S("");
    if (site.n == 0)
        return OK;
    buf_init(&b, v->rq->arena, ADDRESS_MOST);
    buf_str(&b, site);
    buf_str(&b, S("/c/"));
    buf_str(&b, v->file.state->certificate->number);
    return buf_done(&b, out);
}

/* "service certification (ten stars)" */
static err say_what(const struct case_view *v, str *out)
{
    const struct state *s = v->file.state;
    const struct mark_rule *rule = &s->scheme->certificate.mark;
    str level = case_view_level(v, s->certificate->level);
    str says = rule->say_count == 0
                   ? web_label(v->rq, s->scheme->certificate.title)
                   : web_label(v->rq, rule->says[0]);
    const struct err_arg args[] = { ARG_STR("says", says),
                                    ARG_STR("level", level),
                                    { 0 } };

    *out = says;
    return level.n == 0 ? OK : say(v->rq, "mark_words.what", args, out);
}

static err say_facts(const struct case_view *v, const char *message, str what,
                     str *out)
{
    const struct state *s = v->file.state;
    const struct certificate *c = s->certificate;
    const struct body *body = NULL;

    TRY(web_body(v->rq, &body));
    const struct err_arg args[] = {
        ARG_STR("holder", v->file.enterprise.name),
        ARG_STR("what", what),
        ARG_STR("criterion", s->scheme->criterion),
        ARG_STR("scope",
                web_label(v->rq, (struct label){ s->scope, s->scope_en })),
        ARG_STR("number", c->number),
        ARG_STR("body", web_label(v->rq, (struct label){ body->name_zh,
                                                         body->name_en })),
        ARG_STR("approval", body->approval),
        ARG_DAY("from", c->from),
        ARG_DAY("until", c->until),
        { 0 },
    };

    return say(v->rq, message, args, out);
}

err mark_words(const struct case_view *v, enum mark_use use, str *out)
{
    str address = S("");
    str facts;
    str what;
    struct buf b;

    TRY(say_what(v, &what));
    TRY(say_facts(v, messages[use], what, &facts));
    TRY(mark_look_up(v, &address));
    buf_init(&b, v->rq->arena, WORDS_MOST + ADDRESS_MOST);
    buf_str(&b, facts);
    if (address.n > 0) {
        const struct err_arg args[] = { ARG_STR("address", address), { 0 } };
        str where;

        TRY(say(v->rq, "mark_words.look_up", args, &where));
        buf_str(&b, where);
    }
    return buf_done(&b, out);
}
