/*
 * tenstar records sheet FILE -- what the file came to, to be counted again; and
 * tenstar records verify SHEET FILE -- counting again. [M3] [M27]
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "cli/installation.h"
#include "cli/records.h"
#include "codec/json.h"
#include "service/records_sheet.h"
#include "service/records_sign.h"
#include "verify/did.h"
#include "verify/sealed.h"

/* --- records sheet ------------------------------------------------------- */

/* With --data the body signs. */
static err sign(struct cli *cli, const struct arguments *args, str *sheet,
                const struct records_input *in, struct sheet_asked *asked,
                struct sheet_maker *by)
{
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct session who;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(records_issuer(app, cli->arena, &who, &by->issuer));
    struct json *j;
    TRY(sheet_make(cli->arena, cli->heap, in, asked, by, &j));
    return records_sign(app, cli->arena, j, sheet);
}

static err make(struct cli *cli, const struct records_input *in,
                const struct sheet_asked *asked, const struct sheet_maker *by,
                str *sheet)
{
    struct json *j;
    struct buf b;

    TRY(sheet_make(cli->arena, cli->heap, in, asked, by, &j));
    buf_init(&b, cli->arena, SHEET_BYTES_MAX);
    json_canonical(&b, j);
    return buf_done(&b, sheet);
}

static err run_sheet(struct cli *cli, const struct arguments *args)
{
    struct records_teller teller;
    struct records_input in;
    struct sheet_asked asked = { 0 };
    struct sheet_maker by = { .program = S(PROGRAM_VERSION) };
    str path = arguments_value(args, "out");
    str sheet = S("");

    TRY(cli_records_terms(cli, args, &asked.terms));
    TRY(cli_records_against(cli, args, &asked.terms.against));
    asked.against = arguments_value(args, "against");
    TRY(cli_records_input(cli, args, &teller, &in));
    TRY(cli_today(cli, args, &by.made));
    asked.map = in.map;
    asked.sheet = in.from.sheet;
    asked.week = arguments_value(args, "hours");
    asked.events = in.events;
    if (arguments_given(args, "data"))
        TRY(sign(cli, args, &sheet, &in, &asked, &by));
    else
        TRY(make(cli, &in, &asked, &by, &sheet));
    TRY(file_write(cli->files, cli->arena, path, sheet, FILE_PUBLIC));
    cli_say(cli,
            by.issuer.n > 0 ? "cli.records_signed" : "cli.records_unsigned",
            ARG_STR("path", path), ARG_STR("issuer", by.issuer));
    return cli_print_text(cli, "said");
}

static const struct operand sheet_operands[] = {
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option sheet_options[] = {
    CLI_RECORDS_FILE_OPTIONS,
    CLI_RECORDS_TERM_OPTIONS,
    CLI_RECORDS_AGAINST_OPTION,
    { "out", "SHEET.json", true, "cli.option.records_out" },
    { "data", "DIR", false, "cli.option.records_data" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand records_sheet_command = {
    .name = "records sheet",
    .help = "cli.help.records_sheet",
    .about = "cli.about.records_sheet",
    .operands = sheet_operands,
    .operand_count = COUNT(sheet_operands),
    .options = sheet_options,
    .option_count = COUNT(sheet_options),
    .run = run_sheet,
};

/* --- records verify ------------------------------------------------------ */

struct verdict {
    bool has_proof;
    bool signature; /* checked, and good */
    str differs;    /* where; empty: nowhere */
};

/* The signature, against the body's document of keys. */
static err check_signature(struct cli *cli, const struct arguments *args,
                           str text, str issuer, bool *checked)
{
    str path = arguments_value(args, "keys");
    struct did_document keys;
    struct sealed s;
    str did;

    *checked = path.n > 0;
    if (path.n == 0)
        return OK;
    TRY(file_read(cli->files, cli->arena, path, DID_DOCUMENT_MAX, &did));
    TRY(did_document_read(cli->arena, did, &keys));
    TRY(sealed_read(cli->arena, text, &s));
    return sealed_check(cli->arena, &s, issuer, &keys);
}

static err count_again(struct cli *cli, const struct arguments *args,
                       const struct json *sheet, str *differs)
{
    struct records_teller teller;
    struct records_input in;
    struct sheet_asked asked;
    struct sheet_maker by;
    struct json *again;

    TRY(cli_records_from(cli, args, 1, &teller, &in));
    in.name = json_get_str(sheet, S("name"));
    TRY(sheet_read(cli->arena, arguments_operand(args, 0), sheet, &asked, &by));
    TRY(sheet_make(cli->arena, cli->heap, &in, &asked, &by, &again));
    return sheet_differs(cli->arena, sheet, again, differs);
}

static err print_verdict(struct cli *cli, const struct verdict *v)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("same"), json_new_bool(cli->arena, v->differs.n == 0));
    json_set(j, S("differs"),
             v->differs.n == 0 ? json_new_null(cli->arena)
                               : json_new_str(cli->arena, v->differs));
    json_set(j, S("signed"), json_new_bool(cli->arena, v->has_proof));
    json_set(j, S("signature_checked"),
             json_new_bool(cli->arena, v->signature));
    return cli_print_json(cli, j);
}

static void say_verdict(struct cli *cli, const struct verdict *v, str issuer,
                        str program)
{
    if (v->differs.n == 0)
        cli_say(cli, "cli.records_same");
    else
        cli_say(cli, "cli.records_differs", ARG_STR("place", v->differs));
    if (v->differs.n > 0 && !str_eq(program, S(PROGRAM_VERSION)))
        cli_say(cli, "cli.records_other_program", ARG_STR("program", program),
                ARG_STR("ours", S(PROGRAM_VERSION)));
    cli_say(cli,
            v->signature   ? "cli.records_signature_good"
            : v->has_proof ? "cli.records_signature_unchecked"
                           : "cli.records_not_signed",
            ARG_STR("issuer", issuer));
}

static err run_verify(struct cli *cli, const struct arguments *args)
{
    struct verdict v = { 0 };
    struct json *sheet;
    str issuer;
    str text;

    TRY(file_read(cli->files, cli->arena, arguments_operand(args, 0),
                  SHEET_BYTES_MAX, &text));
    TRY(json_parse(cli->arena, text, &sheet));
    issuer = json_get_str(sheet, S("issuer"));
    v.has_proof = json_get(sheet, S("proof")) != NULL;
    TRY(count_again(cli, args, sheet, &v.differs));
    if (v.has_proof)
        TRY(check_signature(cli, args, text, issuer, &v.signature));
    cli->wrong = v.differs.n > 0;
    if (cli->json)
        return print_verdict(cli, &v);
    say_verdict(cli, &v, issuer, json_get_str(sheet, S("program")));
    return OK;
}

static const struct operand verify_operands[] = {
    { .name = "SHEET", .help = "cli.operand.records_sheet" },
    { .name = "FILE", .help = "cli.operand.records" },
};

static const struct option verify_options[] = {
    { "keys", "DID.json", false, "cli.option.records_keys" },
    CLI_RECORDS_READ_OPTIONS,
};

const struct subcommand records_verify_command = {
    .name = "records verify",
    .help = "cli.help.records_verify",
    .about = "cli.about.records_verify",
    .operands = verify_operands,
    .operand_count = COUNT(verify_operands),
    .options = verify_options,
    .option_count = COUNT(verify_options),
    .run = run_verify,
};
