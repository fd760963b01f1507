#include "service/todo_key.h"

#include "base/buf.h"

enum { KEY_MOST = 200, DIGITS_MOST = 10 };

err todo_key_text(struct arena *a, const struct todo_line *last, str *out)
{
    const struct task *t = &last->task;
    char person[ID_TEXT];
    struct buf b;

    buf_init(&b, a, KEY_MOST);
    buf_int(&b, t->due);
    buf_char(&b, '.');
    buf_int(&b, t->opens);
    buf_char(&b, '.');
    buf_str(&b, last->case_number);
    buf_char(&b, '.');
    buf_str(&b, str_of(task_names[t->kind]));
    buf_char(&b, '.');
    buf_int(&b, t->number);
    buf_char(&b, '.');
    buf_str(&b, id_text(t->person, person));
    return buf_done(&b, out);
}

/* Digits and nothing else, below 2^31. */
static bool read_count(str digits, int64_t *out)
{
    int64_t n = 0;

    if (digits.n == 0 || digits.n > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        n = 10 * n + (digits.p[i] - '0');
    }
    *out = n;
    return n <= INT32_MAX;
}

void todo_key_read(str text, struct task_key *out)
{
    str due = str_cut(&text, '.');
    str opens = str_cut(&text, '.');
    struct task_key key = { 0 };
    int64_t limit = 0;
    int64_t first = 0;

    key.case_number = str_cut(&text, '.');
    key.kind = str_cut(&text, '.');
    str number = str_cut(&text, '.');
    bool whole = read_count(due, &limit) && read_count(opens, &first) &&
                 read_count(number, &key.number) && key.case_number.n > 0 &&
                 id_parse(text, &key.person);

    key.due = (day)limit;
    key.opens = (day)first;
    *out = whole ? key : (struct task_key){ 0 };
}
