#include "web/mark_rules.h"

#include "web/answer.h"
#include "web/saying.h"

/* "packaging, advertising", in the reader's language. */
static err say_uses(struct request *rq, unsigned uses, str *out)
{
    str all = S("");

    for (int i = 0; mark_use_names[i] != NULL; i++) {
        const char *use;

        if ((uses >> i & 1) == 0)
            continue;
        TRY(answer_id(rq, "mark_use.", str_of(mark_use_names[i]), &use));
        str name = text_get(web_lang(rq), use);
        if (all.n == 0)
            all = name;
        else
            TRY(say_both(rq, all, name, &all));
    }
    *out = all;
    return OK;
}

err mark_rules(struct request *rq, const struct scheme *s,
               struct page_mark_rules *out)
{
    const struct mark_rule *rule = &s->certificate.mark;

    *out = (struct page_mark_rules){
        .service = s->kind == SCHEME_SERVICE,
        .least = rule->least_mm,
    };
    return say_uses(rq, rule->uses, &out->uses);
}
