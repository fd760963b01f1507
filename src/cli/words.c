#include "cli/words.h"

enum { WORD_MOST = 1000 };

str words_choice(struct cli *cli, const char *prefix, const char *name)
{
    struct buf b;

    buf_init(&b, cli->arena, WORD_MOST);
    text_choice(&b, cli->lang, prefix, str_of(name));
    return cli_text(cli, &b);
}

void words_indent(struct cli *cli, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_str(&cli->out, S("  "));
}
