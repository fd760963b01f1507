#include "web/saying.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "http/form.h"
#include "service/schemes.h"

enum { SENTENCE_MAX = 4000, DIGITS_MOST = 18 };

str asked(const struct request *rq, const char *name)
{
    str value = S("");

    (void)form_get(&rq->query, str_of(name), &value);
    return str_trim(value);
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0 && s.n <= DIGITS_MOST;
}

bool number_in_digits(str text, int64_t least, int64_t most, int64_t *out)
{
    int64_t n = 0;

    if (!all_digits(text))
        return false;
    for (size_t i = 0; i < text.n; i++)
        n = n * 10 + (text.p[i] - '0');
    if (n < least || n > most)
        return false;
    *out = n;
    return true;
}

enum asked_number asked_number(const struct request *rq, const char *name,
                               int64_t least, int64_t most, int64_t *out)
{
    str value = asked(rq, name);

    if (value.n == 0)
        return ASKED_NOTHING;
    return number_in_digits(value, least, most, out) ? ASKED_NUMBER
                                                     : ASKED_WRONG;
}

err say(struct request *rq, const char *message, const struct err_arg *args,
        str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, SENTENCE_MAX);
    text_render(&b, web_lang(rq), message, args);
    return buf_done(&b, out);
}

err say_both(struct request *rq, str before, str next, str *out)
{
    const struct err_arg both[] = {
        ARG_STR("before", before),
        ARG_STR("next", next),
        { 0 },
    };

    return say(rq, "public.both", both, out);
}

err say_span(struct request *rq, struct span s, str *out)
{
    static const char *const ids[] = {
        [SPAN_DAYS] = "public.days",
        [SPAN_WORKDAYS] = "public.workdays",
        [SPAN_MONTHS] = "public.months",
    };
    const struct err_arg args[] = { ARG_INT("count", s.n), { 0 } };

    return say(rq, ids[s.unit], args, out);
}

err say_thousandths(struct arena *a, int64_t n, str *out)
{
    struct buf b;
    str text;

    check(n >= 0);
    buf_init(&b, a, 40);
    buf_printf(&b, "%lld.%03d", (long long)(n / 1000), (int)(n % 1000));
    TRY(buf_done(&b, &text));
    text = str_trim_end(text, '0');
    *out = str_trim_end(text, '.');
    return OK;
}

void web_about(const struct request *rq, const char *message,
               struct page_base *base)
{
    base->about = text_get(web_lang(rq), message);
}

err web_schemes(struct request *rq, struct list *out)
{
    struct list left_out;

    TRY(schemes_list(web_app(rq), rq->arena, out, &left_out));
    web_left_out(rq, &left_out);
    return OK;
}
