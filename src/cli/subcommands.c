#include "cli/subcommands.h"

#include "base/buf.h"
#include "base/near.h"
#include "cli/cli.h"

enum { TYPED_MOST = 1 << 16, NAMES_MOST = 4000 };

/* How many of `words` the subcommand's name takes; 0: it is another one. */
static size_t name_matches(const struct subcommand *s, const str *words,
                           size_t n)
{
    str rest = str_of(s->name);
    size_t used = 0;

    while (rest.p != NULL) {
        str word = str_cut(&rest, ' ');
        if (used >= n || !str_eq(words[used], word))
            return 0;
        used++;
    }
    return used;
}

const struct subcommand *subcommand_find(const str *words, size_t n,
                                         size_t *used)
{
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        *used = name_matches(cli_subcommands[i], words, n);
        if (*used > 0)
            return cli_subcommands[i];
    }
    return NULL;
}

/* "case" of "case list"; "check" of "check". */
static str first_word(const struct subcommand *s)
{
    str name = str_of(s->name);

    return str_first(name, str_index(name, ' '));
}

bool subcommand_in_group(const struct subcommand *s, str group)
{
    return str_of(s->name).n > group.n && str_eq(first_word(s), group);
}

bool subcommand_is_group(str word)
{
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        if (subcommand_in_group(cli_subcommands[i], word))
            return true;
    }
    return false;
}

/* --- none ------------------------------------------------------------- */

static void add_name(struct buf *b, str name)
{
    buf_str(b, buf_view(b).n > 0 ? S(", ") : S(""));
    buf_str(b, name);
}

/* "list, show, history, do" */
static err names_in(struct arena *a, str group, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MOST);
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        const struct subcommand *s = cli_subcommands[i];

        if (subcommand_in_group(s, group))
            add_name(&b, str_from(str_of(s->name), group.n + 1));
    }
    return buf_done(&b, out);
}

/* Is it the first in the table to begin with this word? */
static bool opens_group(size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (str_eq(first_word(cli_subcommands[k]),
                   first_word(cli_subcommands[i])))
            return false;
    }
    return true;
}

/* "scheme, score, id, .." */
static err first_words(struct arena *a, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MOST);
    for (size_t i = 0; i < cli_subcommand_count; i++) {
        if (opens_group(i))
            add_name(&b, first_word(cli_subcommands[i]));
    }
    return buf_done(&b, out);
}

/* The first two words, or the one there is; an option is none. */
static err two_words(struct arena *a, const str *words, size_t n, str *out)
{
    struct buf b;

    if (n < 2 || str_begins(words[1], S("-"))) {
        *out = words[0];
        return OK;
    }
    buf_init(&b, a, TYPED_MOST);
    buf_str(&b, words[0]);
    buf_char(&b, ' ');
    buf_str(&b, words[1]);
    return buf_done(&b, out);
}

static str nearest(str typed)
{
    struct near x = { .word = typed };

    for (size_t i = 0; i < cli_subcommand_count; i++) {
        near_offer(&x, first_word(cli_subcommands[i]));
        near_offer(&x, str_of(cli_subcommands[i]->name));
    }
    return x.found;
}

static err unknown_near(struct arena *a, str word, str near)
{
    return err_new(a, ERR_INVALID, "cli.unknown_near", ARG_STR("word", word),
                   ARG_STR("near", near));
}

static err unknown_in_group(struct arena *a, str group, str typed)
{
    str names;

    TRY(names_in(a, group, &names));
    if (str_eq(group, typed))
        return err_new(a, ERR_INVALID, "cli.needs_subcommand",
                       ARG_STR("group", group), ARG_STR("subcommands", names));
    return err_new(a, ERR_INVALID, "cli.unknown_in_group",
                   ARG_STR("word", typed), ARG_STR("group", group),
                   ARG_STR("subcommands", names));
}

err subcommand_unknown(struct arena *a, const str *words, size_t n)
{
    bool group = subcommand_is_group(words[0]);
    str typed;
    str names;
    str near;

    TRY(two_words(a, words, n, &typed));
    near = nearest(typed);
    if (near.n > 0 && !str_eq(near, typed))
        return unknown_near(a, typed, near);
    if (group)
        return unknown_in_group(a, words[0], typed);
    near = nearest(words[0]);
    if (near.n > 0)
        return unknown_near(a, words[0], near);
    TRY(first_words(a, &names));
    return err_new(a, ERR_INVALID, "cli.unknown", ARG_STR("word", words[0]),
                   ARG_STR("subcommands", names));
}
