#include "paint/tidy.h"

#include "base/arena.h"
#include "base/buf.h"

enum { BODY_MOST = 4 << 20 };

/* --- figures named twice [TI1] ----------------------------------------------
 */

/* The words of a dictionary of references, "/x5 5 0 R /x6 6 0 R", each once. */
static void put_once(struct buf *b, str words)
{
    str rest = words;
    str seen = { words.p, 0 };

    while (rest.n > 0) {
        size_t n = str_find(str_from(rest, 1), S("/")) + 1;
        str word = str_first(rest, n);

        if (!str_contains(seen, str_trim(word))) {
            buf_str(b, str_trim(word));
            buf_char(b, ' ');
        }
        seen.n = words.n - rest.n + n;
        rest = str_from(rest, n);
    }
}

/* The inside of the dictionary of figures; empty: there is none. */
static str figures_in(str body)
{
    str before = str_first(body, str_find(body, S("stream\n")));
    size_t open = str_find(before, S("/XObject <<"));
    str inside = str_from(before, open + S("/XObject <<").n);

    if (open == before.n)
        return S("");
    return str_trim(str_first(inside, str_find(inside, S(">>"))));
}

err tidy_names(struct arena *a, str *body)
{
    str figures = figures_in(*body);
    struct buf b;

    if (figures.n == 0)
        return OK;
    buf_init(&b, a, BODY_MOST);
    buf_str(&b, (str){ body->p, (size_t)(figures.p - body->p) });
    put_once(&b, figures);
    buf_str(&b, str_from(*body, (size_t)(figures.p - body->p) + figures.n));
    return buf_done(&b, body);
}

/* --- the catalogue [TI2]
 * ------------------------------------------------------ */

static err say_language(struct arena *a, str body, str language, str *out)
{
    size_t close = body.n;
    struct buf b;

    while (close >= 2 && !str_begins(str_from(body, close - 2), S(">>")))
        close--;
    if (close < 2)
        return err_new(a, ERR_INVALID, "pdf.form", ARG_INT("at", 0));
    buf_init(&b, a, BODY_MOST);
    buf_str(&b, str_first(body, close - 2));
    buf_printf(&b,
               "   /Lang (%.*s)\n"
               "   /ViewerPreferences << /DisplayDocTitle true >>\n",
               STR_ARG(language));
    buf_str(&b, str_from(body, close - 2));
    return buf_done(&b, out);
}

static err tidy_object(struct arena *a, const struct pdf_object *o,
                       struct pdf_change *changes, size_t *n)
{
    str body = o->body;

    TRY(tidy_names(a, &body));
    if (body.p != o->body.p)
        changes[(*n)++] = (struct pdf_change){ o->number, body };
    return OK;
}

err tidy_pdf(struct arena *a, str bytes, const struct plates *plates,
             str language, str *out)
{
    struct pdf_change *changes;
    struct pdf p;
    size_t n = 0;

    TRY(pdf_open(a, bytes, &p));
    changes = arena_array(a, p.count + plates_changes(plates), sizeof *changes);
    TRY_MEMORY(changes);
    for (size_t i = 1; i < p.count; i++) {
        if (i != p.root)
            TRY(tidy_object(a, &p.objects[i], changes, &n));
    }
    changes[n].number = p.root;
    TRY(say_language(a, p.objects[p.root].body, language, &changes[n++].body));
    TRY(plates_exchange(a, plates, &p, changes, &n));
    return pdf_write(a, &p, changes, n, out);
}
