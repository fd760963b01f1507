#include "cli/installation.h"

#include "service/app.h"
#include "service/log_in.h"

err cli_open(struct cli *cli, const struct arguments *args, enum app_use use,
             struct clock_set *clock, struct app **out)
{
    const int64_t nine = INT64_C(9) * 3600 * 1000000;
    struct app_world world = { cli->heap, cli->clock, cli->entropy,
                               cli->files };
    day today;

    if (arguments_given(args, "today")) {
        TRY(cli_day(cli, arguments_value(args, "today"), &today));
        clock_set_init(clock, day_start_micros(today) + nine);
        world.clock = &clock->clock;
    }
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
