#include "cli/paper.h"

#include "codec/json.h"
#include "paint/painter.h"

err cli_paper(struct cli *cli, const struct arguments *args,
              const struct paint_document *d)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    str path = arguments_value(args, "out");
    struct json *j = json_new_object(cli->arena);
    str pdf;

    TRY(painter_paint(&painter, cli->arena, d, &pdf));
    TRY(file_write(cli->files, cli->arena, path, pdf, FILE_PUBLIC));
    if (!cli->json) {
        cli_say(cli, "cli.paper", ARG_STR("path", path),
                ARG_INT("bytes", pdf.n));
        return OK;
    }
    json_set(j, S("path"), json_new_str(cli->arena, path));
    json_set(j, S("bytes"), json_new_int(cli->arena, (int64_t)pdf.n));
    return cli_print_json(cli, j);
}
