#include "cli/values.h"

#include "base/arena.h"
#include "cli/cli.h"
#include "codec/json.h"
#include "domain/actor.h"
#include "domain/dossier.h"

enum { ID_MAX = 60, IDS_MAX = 1000, PARTS_MAX = 2000 };

struct json *cli_day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    if (d == DAY_NEVER)
        return json_new_null(a);
    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

struct json *cli_str_json(struct arena *a, str s)
{
    return s.n == 0 ? json_new_null(a) : json_new_str(a, s);
}

struct json *cli_amount_json(struct arena *a, int64_t fen)
{
    return fen == 0 ? json_new_null(a) : json_new_int(a, fen);
}

struct json *cli_roles_json(struct arena *a, unsigned roles)
{
    struct json *list = json_new_array(a);

    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            json_add(list, json_new_str(a, str_of(role_names[i])));
    }
    return list;
}

str cli_role_ids(struct cli *cli, unsigned roles)
{
    struct buf b;

    buf_init(&b, cli->arena, IDS_MAX);
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if ((roles & ROLE_BIT(i)) != 0)
            buf_printf(&b, "%srole.%s", buf_view(&b).n > 0 ? "|" : "",
                       role_names[i]);
    }
    return cli_text(cli, &b);
}

str cli_dossier_parts(struct cli *cli, unsigned parts)
{
    struct buf b;

    buf_init(&b, cli->arena, PARTS_MAX);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if ((parts >> i & 1) != 0)
            buf_printf(&b, "%s%s", buf_view(&b).n > 0 ? ", " : "",
                       dossier_part_names[i]);
    }
    return cli_text(cli, &b);
}

str cli_id(struct cli *cli, const char *prefix, const char *name)
{
    struct buf b;

    buf_init(&b, cli->arena, ID_MAX);
    buf_printf(&b, "%s%s", prefix, name);
    return cli_text(cli, &b);
}

err cli_choose(struct cli *cli, str given, const char *const *names, int *out)
{
    struct buf b;

    buf_init(&b, cli->arena, 200);
    for (int i = 0; names[i] != NULL; i++) {
        if (str_eq(given, str_of(names[i]))) {
            *out = i;
            return OK;
        }
        buf_printf(&b, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    return err_new(cli->arena, ERR_INVALID, "cli.key_choice",
                   ARG_STR("given", given),
                   ARG_STR("choices", cli_text(cli, &b)));
}
