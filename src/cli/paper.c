#include "cli/paper.h"

#include "base/arena.h"
#include "cli/words.h"
#include "codec/json.h"
#include "paint/painter.h"
#include "service/signing.h"

enum { NAMES_MOST = 200 };

/* --- signing ---------------------------------------------------------- */

/* What --stamp asks for was not given: the reason. */
static err check_stamp(struct arena *a, const struct arguments *args,
                       const struct signing_done *done)
{
    if (!arguments_given(args, "stamp") || done->stamped)
        return OK;
    TRY(done->unstamped);
    return err_new(a, ERR_INVALID, "cli.paper_nobody");
}

err cli_paper_sign(struct arena *a, const struct arguments *args,
                   struct app *app, const struct signing_wish *wish,
                   struct signing_done *done)
{
    if (arguments_given(args, "unsigned")) {
        *done = (struct signing_done){ .file = wish->painted };
        return OK;
    }
    TRY(signing_do(app, a, wish, done));
    return check_stamp(a, args, done);
}

/* --- telling ---------------------------------------------------------- */

static str names_of(struct cli *cli, const struct signing_done *done)
{
    struct buf b;

    buf_init(&b, cli->arena, NAMES_MOST);
    for (size_t i = 0; i < done->attached_n; i++)
        buf_printf(&b, "%s%.*s", i > 0 ? ", " : "", STR_ARG(done->attached[i]));
    return cli_text(cli, &b);
}

static void say(struct cli *cli, const struct arguments *args,
                const struct signing_done *done)
{
    cli_say(cli, "cli.paper", ARG_STR("path", arguments_value(args, "out")),
            ARG_INT("bytes", done->file.n));
    if (arguments_given(args, "unsigned"))
        return;
    if (!done->is_signed)
        cli_say(cli, "cli.paper_unsigned");
    else if (failed(done->unstamped))
        cli_say(cli, "cli.paper_unstamped",
                ARG_STR("why", words_err(cli, done->unstamped)));
    else
        cli_say(cli, done->stamped ? "cli.paper_stamped" : "cli.paper_signed");
    if (done->attached_n > 0)
        cli_say(cli, "cli.paper_attached",
                ARG_STR("files", names_of(cli, done)));
}

static err print_json(struct cli *cli, const struct arguments *args,
                      const struct signing_done *done)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    struct json *attached = json_new_array(a);
    str why = failed(done->unstamped) ? words_err(cli, done->unstamped) : S("");

    for (size_t i = 0; i < done->attached_n; i++)
        json_add(attached, json_new_str(a, done->attached[i]));
    json_set(j, S("path"), json_new_str(a, arguments_value(args, "out")));
    json_set(j, S("bytes"), json_new_int(a, (int64_t)done->file.n));
    json_set(j, S("signed"), json_new_bool(a, done->is_signed));
    json_set(j, S("stamped"), json_new_bool(a, done->stamped));
    json_set(j, S("unstamped"),
             why.n > 0 ? json_new_str(a, why) : json_new_null(a));
    json_set(j, S("attached"), attached);
    return cli_print_json(cli, j);
}

err cli_paper(struct cli *cli, const struct arguments *args, struct app *app,
              str certificate, const struct paint_document *d)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    struct signing_wish wish = { .certificate = certificate,
                                 .title = d->title,
                                 .lang = cli->lang };
    struct signing_done done;

    TRY(painter_paint(&painter, cli->arena, d, &wish.painted));
    TRY(cli_paper_sign(cli->arena, args, app, &wish, &done));
    TRY(file_write(cli->files, cli->arena, arguments_value(args, "out"),
                   done.file, FILE_PUBLIC));
    if (cli->json)
        return print_json(cli, args, &done);
    say(cli, args, &done);
    return OK;
}
