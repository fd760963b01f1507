#include "web/answer.h"

#include "base/arena.h"
#include "domain/actor.h"
#include "http/percent.h"

enum { ID_MOST = 200, NAME_MOST = 2000, WORDS_MOST = 1 << 16 };

bool answer_is_theirs(err e)
{
    return err_is(e, ERR_INVALID) || err_is(e, ERR_REFUSED) ||
           err_is(e, ERR_NOT_FOUND) || err_is(e, ERR_CONFLICT) ||
           err_is(e, ERR_DENIED) || err_is(e, ERR_LIMIT) || err_is(e, ERR_BUSY);
}

err answer_words(struct request *rq, err e, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, WORDS_MOST);
    text_err(&b, web_lang(rq), e);
    return buf_done(&b, out);
}

int answer_status(err e)
{
    if (err_is(e, ERR_BUSY))
        return 429;
    return err_is(e, ERR_NOT_FOUND)  ? 404
           : err_is(e, ERR_CONFLICT) ? 409
           : err_is(e, ERR_DENIED)   ? 403
           : err_is(e, ERR_REFUSED)  ? 422
                                     : 400;
}

str answer_secret(const struct request *rq, str name)
{
    str value = S("");

    (void)form_get(&rq->form, name, &value);
    return value;
}

str answer_field(const struct request *rq, str name)
{
    return str_trim(answer_secret(rq, name));
}

err answer_go(struct response *rs, str to, str otherwise)
{
    err e = respond_redirect(rs, 303, to);

    return err_is(e, ERR_INVALID) ? respond_redirect(rs, 303, otherwise) : e;
}

err answer_id(struct request *rq, const char *family, str name,
              const char **out)
{
    struct buf b;
    str whole;

    buf_init(&b, rq->arena, ID_MOST);
    buf_str(&b, str_of(family));
    buf_str(&b, name);
    buf_char(&b, '\0');
    TRY(buf_done(&b, &whole));
    *out = whole.p;
    return OK;
}

/* The beginning of a text's id, as tools/texts.py finds it. */
#define BEGIN(id) (id)

err answer_task(struct request *rq, enum task_kind kind, bool body,
                const char **out)
{
    str name = str_of(task_names[kind]);

    if (body) {
        TRY(answer_id(rq, BEGIN("task_of_body."), name, out));
        if (text_get(LANG_ZH, *out).n > 0)
            return OK;
    }
    return answer_id(rq, "task.", name, out);
}

err answer_roles(struct request *rq, unsigned roles, str *out)
{
    const struct err_arg nothing[] = { ARG_STR("before", S("")),
                                       ARG_STR("after", S("")),
                                       { 0 } };
    bool first = true;
    struct buf b;

    buf_init(&b, rq->arena, WORDS_MOST);
    for (int i = 0; i < ROLE_COUNT; i++) {
        const char *role;

        if ((roles & ROLE_BIT(i)) == 0)
            continue;
        TRY(answer_id(rq, "role.", str_of(role_names[i]), &role));
        if (!first)
            text_render(&b, web_lang(rq), "page_case.between", nothing);
        buf_str(&b, text_get(web_lang(rq), role));
        first = false;
    }
    return buf_done(&b, out);
}

/* RFC 6266: the name as it is, percent-encoded, and nothing else to fall back
 * on. */
err answer_file(struct request *rq, struct response *rs, str name, str type,
                str bytes)
{
    struct buf b;
    str disposition;

    buf_init(&b, rq->arena, NAME_MOST);
    buf_str(&b, S("attachment; filename*=UTF-8''"));
    percent_encode(&b, name);
    TRY(buf_done(&b, &disposition));
    respond(rs, 200, type, bytes);
    return response_header(rs, S("Content-Disposition"), disposition);
}

void answer_buf(struct request *rq, struct buf *b)
{
    buf_init(b, rq->arena, PAGE_BYTES_MAX);
}

err answer_lines(struct arena *a, str typed, str *out)
{
    struct buf b;

    buf_init(&b, a, typed.n + 1);
    for (size_t i = 0; i < typed.n; i++) {
        bool pair =
            typed.p[i] == '\r' && i + 1 < typed.n && typed.p[i + 1] == '\n';

        if (!pair)
            buf_char(&b, typed.p[i] == '\r' ? '\n' : typed.p[i]);
    }
    return buf_done(&b, out);
}
