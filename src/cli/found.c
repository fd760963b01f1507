/*
 * tenstar found DIR FACTS -- found a real body from a file that says what it
 * is. (service/found.h) [17065 4.1.1] [条例 9]
 *
 *   [FO1] The file is YAML; what is wrong in it is named with its line, and
 *         what would be right.
 *   [FO2] The invitation of the first administrator is printed once.
 *   [FO3] What judges the cases is what lies in --schemes, sound by its own
 *         golden cases, or what the program brings along.
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/package.h"
#include "codec/json.h"
#include "codec/yaml.h"
#include "service/found.h"

enum { FACTS_MOST = 1 << 20, PATH_MOST = 4096, PACKAGES_MOST = 100 };

/* --- the file [FO1] ------------------------------------------------------- */

struct reading {
    struct cli *cli;
    str path;
    const struct yaml *root;
    struct found_wish *wish;
};

static const struct {
    const char *key;
    bool needed;
    size_t at; /* in struct found_wish */
} texts[] = {
    { "name_zh", true, offsetof(struct found_wish, body.name_zh) },
    { "name_en", true, offsetof(struct found_wish, body.name_en) },
    { "uscc", false, offsetof(struct found_wish, body.uscc) },
    { "approval", true, offsetof(struct found_wish, body.approval) },
    { "accreditation", false, offsetof(struct found_wish, body.accreditation) },
    { "address", false, offsetof(struct found_wish, body.address) },
    { "phone", false, offsetof(struct found_wish, body.phone) },
    { "public_url", true, offsetof(struct found_wish, public_url) },
    { "log_origin", false, offsetof(struct found_wish, log_origin) },
};

/* Whose line it is that one of these is about. */
static const struct {
    const char *id;
    const char *key;
} lines[] = {
    { "register.approval", "approval" }, { "body.field", "fields" },
    { "body.field_twice", "fields" },    { "body.uscc", "uscc" },
    { "contact.phone", "phone" },        { "found.url", "public_url" },
    { "found.origin", "log_origin" },
};

static err wrong_at(const struct reading *r, int32_t line, err why)
{
    struct buf text;

    buf_init(&text, r->cli->arena, 1 << 14);
    text_err(&text, r->cli->lang, why);
    return err_new(r->cli->arena, ERR_INVALID, "found.facts",
                   ARG_STR("path", r->path), ARG_INT("line", line),
                   ARG_STR("why", cli_text(r->cli, &text)));
}

static bool is_known(str key)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (str_eq(key, str_of(texts[i].key)))
            return true;
    }
    return str_eq(key, S("fields"));
}

static err check_keys(const struct reading *r)
{
    struct arena *a = r->cli->arena;

    if (r->root->kind != YAML_MAPPING)
        return wrong_at(r, r->root->line,
                        err_new(a, ERR_INVALID, "found.mapping"));
    for (const struct yaml *y = r->root->first; y != NULL; y = y->next) {
        if (!is_known(y->key))
            return wrong_at(r, y->key_line,
                            err_new(a, ERR_INVALID, "found.unknown",
                                    ARG_STR("key", y->key)));
    }
    return OK;
}

static err read_text(const struct reading *r, size_t i)
{
    const struct yaml *y = yaml_get(r->root, str_of(texts[i].key));
    struct arena *a = r->cli->arena;
    str *to = (str *)(void *)((char *)r->wish + texts[i].at);

    if (y == NULL && !texts[i].needed)
        return OK;
    if (y == NULL)
        return wrong_at(r, r->root->line,
                        err_new(a, ERR_INVALID, "found.lacks",
                                ARG_STR("key", str_of(texts[i].key))));
    if (y->kind != YAML_SCALAR || str_trim(y->text).n == 0)
        return wrong_at(r, y->line,
                        err_new(a, ERR_INVALID, "found.text",
                                ARG_STR("key", y->key)));
    *to = str_trim(y->text);
    return OK;
}

static err read_fields(const struct reading *r)
{
    const struct yaml *y = yaml_get(r->root, S("fields"));
    struct arena *a = r->cli->arena;
    str *fields;
    size_t n = 0;

    if (y == NULL || y->kind != YAML_SEQUENCE || y->count == 0)
        return wrong_at(r, y == NULL ? r->root->line : y->line,
                        err_new(a, ERR_INVALID, "found.fields"));
    fields = arena_array(a, y->count, sizeof *fields);
    TRY_MEMORY(fields);
    for (const struct yaml *f = y->first; f != NULL; f = f->next) {
        if (f->kind != YAML_SCALAR)
            return wrong_at(r, f->line,
                            err_new(a, ERR_INVALID, "found.fields"));
        fields[n++] = f->text;
    }
    r->wish->body.fields = fields;
    r->wish->body.field_count = n;
    return OK;
}

/* At its line, where it is about one. */
static err check_facts(const struct reading *r)
{
    err e = found_check(r->cli->arena, r->wish);

    if (!failed(e) || err_is(e, ERR_MEMORY))
        return e;
    for (size_t i = 0; i < COUNT(lines); i++) {
        const struct yaml *y = yaml_get(r->root, str_of(lines[i].key));

        if (y != NULL && strcmp(lines[i].id, e.info->id) == 0)
            return wrong_at(r, y->line, e);
    }
    return wrong_at(r, r->root->line, e);
}

static err read_facts(struct cli *cli, str path, struct found_wish *wish)
{
    struct reading r = { .cli = cli, .path = path, .wish = wish };
    struct yaml *root = NULL;
    str text;

    TRY(file_read(cli->files, cli->arena, path, FACTS_MOST, &text));
    TRY(yaml_parse(cli->arena, path, text, &root));
    r.root = root;
    TRY(check_keys(&r));
    for (size_t i = 0; i < COUNT(texts); i++)
        TRY(read_text(&r, i));
    TRY(read_fields(&r));
    wish->public_url = str_trim_end(wish->public_url, '/');
    return check_facts(&r);
}

/* --- schemes [FO3] -------------------------------------------------------- */

static err read_sound(struct cli *cli, str folder, str name,
                      struct package *out)
{
    const struct scheme *unused = NULL;
    str path;

    TRY(file_in(cli->arena, folder, name, &path));
    return cli_read_sound(cli, path, out, &unused);
}

static err read_schemes(struct cli *cli, str folder, struct found_wish *wish)
{
    struct package *packages;
    struct file_names names;

    if (folder.n == 0)
        return OK; /* what the program brings along */
    folder = str_trim_end(folder, '/');
    TRY(folder_list(cli->files, cli->arena, folder, PACKAGES_MOST, &names));
    packages = arena_array(cli->arena, names.n, sizeof *packages);
    TRY_MEMORY(packages);
    for (size_t i = 0; i < names.n; i++)
        TRY(read_sound(cli, folder, names.at[i], &packages[i]));
    wish->packages = packages;
    wish->package_count = names.n;
    return OK;
}

/* --- founding ------------------------------------------------------------- */

static err say_founded(struct cli *cli, const struct found_wish *wish,
                       str folder, const struct found_made *made)
{
    const struct ticket_letter *l = &made->letter;
    char moment[CLOCK_TEXT];
    struct buf address;
    struct buf ends;

    buf_init(&address, cli->arena, PATH_MOST);
    buf_str(&address, wish->public_url);
    buf_str(&address, l->path);
    buf_init(&ends, cli->arena, CLOCK_TEXT);
    buf_str(&ends, clock_text(l->ends, moment));
    str url = cli_text(cli, &address);
    str until = cli_text(cli, &ends);

    if (!cli->json) {
        cli_say(cli, "cli.founded", ARG_STR("name", wish->body.name_zh),
                ARG_STR("folder", folder), ARG_INT("schemes", made->schemes));
        cli_say(cli, "cli.founded_invites", ARG_STR("address", url));
        cli_say(cli, "cli.ticket_once", ARG_STR("ends", until));
        return OK;
    }
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("folder"), json_new_str(cli->arena, folder));
    json_set(j, S("address"), json_new_str(cli->arena, url));
    json_set(j, S("path"), json_new_str(cli->arena, l->path));
    json_set(j, S("ends"), json_new_str(cli->arena, until));
    json_set(j, S("schemes"), json_new_int(cli->arena, made->schemes));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    struct app_world world = { cli->heap, cli->clock, cli->entropy, cli->files,
                               S("") };
    struct found_wish wish = {
        .store = arguments_value(args, "store"),
        .mail = arguments_value(args, "mail"),
        .passphrase = str_of(cli->new_passphrase),
    };
    str folder = arguments_operand(args, 0);
    struct found_made made = { .schemes = 0 };

    wish.today = day_of_micros(cli->clock->now(cli->clock));
    TRY(read_facts(cli, arguments_operand(args, 1), &wish));
    TRY(read_schemes(cli, arguments_value(args, "schemes"), &wish));
    TRY(found_body(cli->arena, &world, folder, &wish, &made));
    return say_founded(cli, &wish, folder, &made);
}

static const struct operand operands[] = {
    { .name = "DIR", .help = "cli.operand.dir" },
    { .name = "FACTS", .help = "cli.operand.facts" },
};

static const struct option options[] = {
    { "schemes", "PATH", false, "cli.option.found_schemes" },
    { "store", "WHERE", false, "cli.option.found_store" },
    { "mail", "ADDRESS", false, "cli.option.found_mail" },
};

const struct subcommand found_command = {
    .name = "found",
    .help = "cli.help.found",
    .about = "cli.about.found",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
