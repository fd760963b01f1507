/* tenstar id check CODE -- what a code is, and whether it can be right. */

#include "base/size.h"
#include "cli/cli.h"
#include "codec/idcode.h"
#include "codec/json.h"

static const char *const kind_names[] = {
    [IDCODE_UNKNOWN] = "unknown",           [IDCODE_USCC] = "uscc",
    [IDCODE_ORGANISATION] = "organisation", [IDCODE_MOBILE] = "mobile",
    [IDCODE_LANDLINE] = "landline",         [IDCODE_HOTLINE] = "hotline",
};

static const char *const kind_ids[] = {
    [IDCODE_UNKNOWN] = "idcode.unknown",
    [IDCODE_USCC] = "idcode.uscc",
    [IDCODE_ORGANISATION] = "idcode.organisation",
    [IDCODE_MOBILE] = "idcode.mobile",
    [IDCODE_LANDLINE] = "idcode.landline",
    [IDCODE_HOTLINE] = "idcode.hotline",
};

static const char *const fault_names[] = {
    [IDCODE_RIGHT] = "right",         [IDCODE_LENGTH] = "length",
    [IDCODE_CHARACTER] = "character", [IDCODE_CHECK] = "check",
    [IDCODE_EMBEDDED] = "embedded",
};

static const char *const fault_ids[] = {
    [IDCODE_RIGHT] = "idcode.right",         [IDCODE_LENGTH] = "idcode.length",
    [IDCODE_CHARACTER] = "idcode.character", [IDCODE_CHECK] = "idcode.check",
    [IDCODE_EMBEDDED] = "idcode.embedded",
};

static err print_json(struct cli *cli, const struct idcode *x, str expected)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("kind"), json_new_str(a, str_of(kind_names[x->kind])));
    json_set(j, S("code"), json_new_str(a, str_of(x->text)));
    json_set(j, S("valid"), json_new_bool(a, idcode_may_be(x)));
    json_set(j, S("fault"), json_new_str(a, str_of(fault_names[x->fault])));
    json_set(j, S("at"), json_new_int(a, (int64_t)x->at));
    json_set(j, S("expected"), json_new_str(a, expected));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    char expected[2] = { 0 };
    struct idcode x;

    idcode_check(arguments_operand(args, 0), &x);
    expected[0] = x.expected;
    cli->wrong = !idcode_may_be(&x);
    if (cli->json)
        return print_json(cli, &x, str_of(expected));
    cli_say(cli, fault_ids[x.fault], ARG_IDS("kind", str_of(kind_ids[x.kind])),
            ARG_STR("code", x.text[0] == '\0' ? arguments_operand(args, 0)
                                              : str_of(x.text)),
            ARG_INT("at", x.at), ARG_STR("expected", str_of(expected)));
    return OK;
}

static const struct operand operands[] = {
    { .name = "CODE", .help = "cli.operand.code" },
};

const struct subcommand id_check_command = {
    .name = "id check",
    .help = "cli.help.id_check",
    .about = "cli.about.id_check",
    .operands = operands,
    .operand_count = COUNT(operands),
    .run = run,
};
