#include "api/answer.h"

#include "base/buf.h"
#include "codec/json.h"
#include "web/saying.h"

enum { ANSWER_MAX = 4 << 20 };

err api_send(struct arena *a, struct response *rs, int status,
             const struct api_body *body)
{
    struct buf b;
    str text;

    buf_init(&b, a, body->most);
    json_canonical(&b, body->json);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    respond(rs, status, str_of(body->type), text);
    return OK;
}

err api_send_open(struct request *rq, struct response *rs, int status,
                  const struct json *j)
{
    const struct api_body body = {
        status < 400 ? "application/json; charset=utf-8"
                     : "application/problem+json",
        j,
        ANSWER_MAX,
    };

    TRY(api_send(rq->arena, rs, status, &body));
    return response_header(rs, S("Access-Control-Allow-Origin"), S("*"));
}

err api_bad_field(struct request *rq, const char *name)
{
    return err_new(rq->arena, ERR_INVALID, "api.field",
                   ARG_STR("field", str_of(name)));
}

err api_query_number(struct request *rq, const char *name,
                     const struct api_range *in, int64_t *out)
{
    str given = S("");

    if (!form_get(&rq->query, str_of(name), &given))
        return OK;
    return number_in_digits(given, in->lo, in->hi, out)
               ? OK
               : api_bad_field(rq, name);
}

err api_query_day(struct request *rq, const char *name, day *out)
{
    str given = S("");

    if (!form_get(&rq->query, str_of(name), &given))
        return OK;
    return day_parse(given, out) ? OK : api_bad_field(rq, name);
}

err api_query_flag(struct request *rq, const char *name, bool *out)
{
    static const struct api_range either = { 0, 1 };
    int64_t said = *out ? 1 : 0;

    TRY(api_query_number(rq, name, &either, &said));
    *out = said == 1;
    return OK;
}
