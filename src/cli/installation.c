#include "cli/installation.h"

#include "crypto/password.h"
#include "service/app.h"
#include "service/log_in.h"

enum { PATH_BYTES_MAX = 4096 };

/* The passphrase of the keys, as systemd hands it over.  Without a file of that
 * name there is none. */
static err read_credential(struct cli *cli, str *out)
{
    struct buf b;
    str text;
    str path;

    buf_init(&b, cli->arena, PATH_BYTES_MAX);
    buf_printf(&b, "%s/tenstar-passphrase", cli->credentials);
    TRY(buf_done(&b, &path));
    err e = file_read(cli->files, cli->arena, path, PASSWORD_SECRET_MAX, &text);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    *out = str_trim(text);
    return OK;
}

static err find_passphrase(struct cli *cli, str *out)
{
    *out = str_of(cli->passphrase);
    return out->n == 0 && cli->credentials != NULL ? read_credential(cli, out)
                                                   : OK;
}

err cli_world(struct cli *cli, const struct arguments *args,
              struct clock_set *clock, struct app_world *out)
{
    const int64_t nine = INT64_C(9) * 3600 * 1000000;
    day today;

    *out = (struct app_world){
        .heap = cli->heap,
        .clock = cli->clock,
        .entropy = cli->entropy,
        .files = cli->files,
    };
    if (arguments_given(args, "today")) {
        TRY(cli_day(cli, arguments_value(args, "today"), &today));
        clock_set_init(clock, day_start_micros(today) + nine);
        out->clock = &clock->clock;
    }
    return find_passphrase(cli, &out->passphrase);
}

err cli_open(struct cli *cli, const struct arguments *args, enum app_use use,
             struct clock_set *clock, struct app **out)
{
    struct app_world world;

    TRY(cli_world(cli, args, clock, &world));
    return app_open(cli->arena, &world, arguments_value(args, "data"), use,
                    out);
}

err cli_session(struct cli *cli, const struct arguments *args, struct app *app,
                struct session *out)
{
    bool demonstration = app_body(app)->demonstration;
    str login = arguments_value(args, "as");

    if (login.n == 0 && demonstration) {
        *out = (struct session){
            .actor = { .roles = ROLE_BIT(ROLE_QUALITY) },
            .channel = S("cli"),
        };
        return OK;
    }
    if (login.n == 0)
        return err_new(cli->arena, ERR_INVALID, "cli.needs_as");

    struct claim claim = {
        .login = login,
        .secret = str_of(cli->secret),
        .demonstration = demonstration,
        .channel = S("cli"),
    };
    return log_in(app, cli->arena, &claim, out);
}
