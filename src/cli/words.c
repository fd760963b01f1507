#include "cli/words.h"

#include "domain/todo.h"

enum { WORD_MOST = 1000, WHY_MOST = 4000 };

str words_choice(struct cli *cli, const char *prefix, const char *name)
{
    struct buf b;

    buf_init(&b, cli->arena, WORD_MOST);
    text_choice(&b, cli->lang, prefix, str_of(name));
    return cli_text(cli, &b);
}

str words_task(struct cli *cli, str kind, int64_t amount)
{
    struct buf b;

    buf_init(&b, cli->arena, WORD_MOST);
    task_words(&b, cli->lang, kind, amount);
    return cli_text(cli, &b);
}

str words_err(struct cli *cli, err why)
{
    struct buf b;

    buf_init(&b, cli->arena, WHY_MOST);
    text_err(&b, cli->lang, why);
    return cli_text(cli, &b);
}

void words_join(const struct cli *cli, struct buf *b, str part)
{
    if (buf_view(b).n > 0) {
        buf_str(b, text_get(cli->lang, "text.comma"));
        buf_str(b, cli->lang == LANG_EN ? S(" ") : S(""));
    }
    buf_str(b, part);
}

void words_indent(struct cli *cli, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_str(&cli->out, S("  "));
}
