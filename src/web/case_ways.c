#include "web/case_ways.h"

#include "base/arena.h"
#include "web/answer.h"
#include "web/case_turn.h"

#include <string.h>

static bool is_of_a_name(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || c == '.';
}

/* Does `words` hold the name, and not as a piece of another? */
static bool names(str words, str name)
{
    size_t at = 0;

    for (;;) {
        str rest = str_from(words, at);
        size_t found = str_find(rest, name);

        if (found >= rest.n)
            return false;
        size_t from = at + found;
        size_t to = from + name.n;
        bool begins = from == 0 || !is_of_a_name(words.p[from - 1]);
        bool ends = to == words.n || !is_of_a_name(words.p[to]) ||
                    (words.p[to] == '.' &&
                     (to + 1 == words.n || !is_of_a_name(words.p[to + 1])));

        if (begins && ends)
            return true;
        at = to;
    }
}

err case_ways(const struct case_view *v, const char *command, err why,
              struct page_case_ways *out)
{
    bool elsewhere = strcmp(why.info->id, "rights.stage") == 0; /* [CY2] */
    struct page_case_ways_ways *rows;
    struct list found;
    str words;

    *out = (struct page_case_ways){ 0 };
    TRY(answer_words(v->rq, why, &words));
    TRY(case_turn_acts(v, &found));
    CASE_ROWS(v, rows, found.n);

    const struct case_turn_act *act = found.p;
    for (size_t i = 0; i < found.n; i++) {
        bool named = names(words, str_of(act[i].command));

        if ((!named && !(elsewhere && act[i].turn)) ||
            strcmp(act[i].command, command) == 0)
            continue;
        rows[out->ways_n].what = act[i].what;
        rows[out->ways_n++].way = act[i].way;
    }
    out->ways = rows;
    return OK;
}
