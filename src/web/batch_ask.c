#include "web/batch_ask.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/app.h"
#include "web/answer.h"
#include "web/limiter.h"

/* A table with its answers, and the largest file that is made of them. */
enum { ROOM = 96 << 20, NAME_MOST = 64, SHOWN = 40 };

bool batch_as_of(str name, enum batch_as *out)
{
    static const char *const names[] = {
        [BATCH_AS_XLSX] = "xlsx", [BATCH_AS_CSV] = "csv",
        [BATCH_AS_JSON] = "json", [BATCH_AS_ZIP] = "zip",
        [BATCH_AS_PAGE] = "page",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (!str_eq(name, str_of(names[i])))
            continue;
        *out = (enum batch_as)i;
        return true;
    }
    return false;
}

err batch_ask_day(struct request *rq, str on, bool known, struct as_of *out)
{
    struct as_of when = { .today = faces_today(rq->app), .known = known };

    when.on = when.today;
    if (on.n > 0 && !day_parse(on, &when.on))
        return err_new(rq->arena, ERR_INVALID, "batch.day",
                       ARG_STR("given", str_first(on, SHOWN)));
    if (when.on > when.today)
        return err_new(rq->arena, ERR_REFUSED, "lookup.not_yet",
                       ARG_DAY("on", when.on), ARG_DAY("today", when.today));
    *out = when;
    return OK;
}

static struct heap *heap_of(const struct request *rq)
{
    return app_world_of(web_app(rq))->heap;
}

err batch_ask_begin(struct request *rq, struct batch_done *out)
{
    struct limiter *l = ((const struct faces *)rq->app)->limiter;

    TRY(limiter_alone(l, rq->arena));
    out->alone = l;
    out->begun = true;
    return request_arena_for(rq, ROOM, &out->arena);
}

void batch_done_end(struct batch_done *d)
{
    if (d->begun)
        limiter_give(d->alone);
    d->begun = false;
}

err batch_ask_read(str file, struct batch_done *d)
{
    const struct batch_reading how = { .most = BATCH_PUBLIC_ROWS };

    return batch_table_read(d->arena, file, &how, &d->table);
}

err batch_ask_check(struct request *rq, const struct as_of *when,
                    struct batch_done *d)
{
    return batch_check(web_app(rq), d->arena, &d->table, when, &d->batch);
}

static err make_archive(struct request *rq, const struct batch_done *d,
                        str *out)
{
    struct batch_proved proved;

    TRY(batch_proofs(web_app(rq), d->arena, web_lang(rq), &d->batch,
                     BATCH_PUBLIC_PROOFS, &proved));
    *out = proved.archive;
    return OK;
}

static err make(struct request *rq, const struct batch_done *d,
                enum batch_as as, str *out)
{
    if (as == BATCH_AS_ZIP)
        return make_archive(rq, d, out);
    return batch_write(d->arena, heap_of(rq), web_lang(rq), &d->batch,
                       (enum batch_form)as, out);
}

static str type_of(enum batch_as as)
{
    return as == BATCH_AS_ZIP ? S("application/zip")
                              : batch_form_type((enum batch_form)as);
}

/* "certificates-2026-06-01.xlsx" */
static err name_of(struct request *rq, const struct batch_done *d,
                   enum batch_as as, str *out)
{
    char on[DAY_TEXT];
    struct buf b;

    buf_init(&b, rq->arena, NAME_MOST);
    buf_str(&b, S("certificates-"));
    buf_str(&b, day_text(d->batch.when.on, on));
    buf_char(&b, '.');
    buf_str(&b, as == BATCH_AS_ZIP ? S("zip") : str_of(batch_form_names[as]));
    return buf_done(&b, out);
}

err batch_ask_send(struct request *rq, struct response *rs,
                   const struct batch_done *d, enum batch_as as)
{
    str bytes;
    str name;

    TRY(make(rq, d, as, &bytes));
    TRY(name_of(rq, d, as, &name));
    return answer_file(rq, rs, name, type_of(as), bytes);
}
