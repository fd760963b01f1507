#include "cli/package.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/golden.h"

enum {
    FILES_MAX = 500,
    FILE_MAX = 4 << 20,
    PATH_BYTES_MAX = 4096,
    KNOWN_MAX = 1 << 16
};

struct collecting {
    struct cli *cli;
    str root;
    struct package_file *files;
    size_t n;
};

static err join(struct cli *cli, str dir, str name, str *out)
{
    struct buf b;

    buf_init(&b, cli->arena, PATH_BYTES_MAX);
    buf_str(&b, dir);
    buf_char(&b, '/');
    buf_str(&b, name);
    return buf_done(&b, out);
}

static err add_file(struct collecting *c, str relative)
{
    struct cli *cli = c->cli;
    str path;

    if (c->n >= FILES_MAX)
        return err_new(cli->arena, ERR_LIMIT, "package.files",
                       ARG_STR("path", c->root), ARG_INT("most", FILES_MAX));
    TRY(join(cli, c->root, relative, &path));

    struct package_file *f = &c->files[c->n];
    TRY(file_read(cli->files, cli->arena, path, FILE_MAX, &f->bytes));
    f->path = relative;
    c->n++;
    return OK;
}

static bool is_folder(err e)
{
    return failed(e) && strcmp(e.info->id, "file.folder") == 0;
}

static err add_folder(struct collecting *c, str folder)
{
    struct cli *cli = c->cli;
    struct file_names names;
    str path;

    TRY(join(cli, c->root, folder, &path));
    TRY(folder_list(cli->files, cli->arena, path, FILES_MAX, &names));
    for (size_t i = 0; i < names.n; i++) {
        str relative;

        TRY(join(cli, folder, names.at[i], &relative));
        TRY(add_file(c, relative));
    }
    return OK;
}

/* --- none there ------------------------------------------------------- */

err cli_is_package(struct cli *cli, str path, bool *out)
{
    str file;
    str bytes;

    TRY(join(cli, path, S("scheme.yaml"), &file));
    err e = file_read(cli->files, cli->arena, file, FILE_MAX, &bytes);
    if (err_is(e, ERR_MEMORY))
        return e;
    *out = !failed(e);
    return OK;
}

/* The packages in a folder, as paths that can be typed. */
static err add_packages(struct cli *cli, str folder, struct buf *b)
{
    struct file_names names;
    err e = folder_list(cli->files, cli->arena, folder, FILES_MAX, &names);

    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : OK;
    for (size_t i = 0; i < names.n; i++) {
        bool is_package = false;
        str path;

        TRY(join(cli, folder, names.at[i], &path));
        TRY(cli_is_package(cli, path, &is_package));
        if (!is_package)
            continue;
        buf_str(b, buf_view(b).n > 0 ? S(", ") : S(""));
        buf_str(b, path);
    }
    return OK;
}

/* "schemes" of "schemes/ten-star"; "schemes" too where no folder is named: that
 * is what the program's own are called. */
static str looked_in(str path)
{
    size_t n = path.n;

    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return n > 1 ? str_first(path, n - 1) : S("schemes");
}

/* Names the packages that there are near `path`. */
static err no_package(struct cli *cli, str path)
{
    struct buf b;
    str known;

    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    buf_init(&b, cli->arena, KNOWN_MAX);
    TRY(add_packages(cli, looked_in(path), &b));
    TRY(buf_done(&b, &known));
    if (known.n == 0)
        return err_new(cli->arena, ERR_NOT_FOUND, "package.missing",
                       ARG_STR("path", path));
    return err_new(cli->arena, ERR_NOT_FOUND, "package.missing_known",
                   ARG_STR("path", path), ARG_STR("known", known));
}

/* --- reading ---------------------------------------------------------- */

/* Without scheme.yaml it is another folder, which is nobody's to read. */
static err check_names(struct cli *cli, str path,
                       const struct file_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        if (str_eq(names->at[i], S("scheme.yaml")))
            return OK;
    }
    return err_new(cli->arena, ERR_NOT_FOUND, "package.no_file",
                   ARG_STR("path", path));
}

err cli_read_package(struct cli *cli, str path, struct package *out)
{
    struct collecting c = {
        .cli = cli,
        .root = path,
        .files = arena_array(cli->arena, FILES_MAX, sizeof *c.files),
    };
    struct file_names names;

    TRY_MEMORY(c.files);
    err listed = folder_list(cli->files, cli->arena, path, FILES_MAX, &names);
    if (err_is(listed, ERR_NOT_FOUND))
        return no_package(cli, path);
    TRY(listed);
    TRY(check_names(cli, path, &names));
    for (size_t i = 0; i < names.n; i++) {
        err e = add_file(&c, names.at[i]);

        TRY(is_folder(e) ? add_folder(&c, names.at[i]) : e);
    }
    *out = (struct package){ c.files, c.n };
    return OK;
}

void cli_print_problems(struct cli *cli, str path, const struct problem *p)
{
    for (; p != NULL; p = p->next) {
        problem_render(&cli->out, cli->lang, path, p);
        buf_char(&cli->out, '\n');
    }
}

/* What is wrong, in the reader's language. */
static err problem_text(struct cli *cli, const struct problem *p, str *out)
{
    struct buf b;

    buf_init(&b, cli->arena, 1 << 16);
    text_err(&b, cli->lang, p->what);
    return buf_done(&b, out);
}

struct json *cli_problems_json(struct cli *cli, const struct problem *p)
{
    struct json *list = json_new_array(cli->arena);

    for (; p != NULL; p = p->next) {
        struct json *j = json_new_object(cli->arena);
        str message;

        if (failed(problem_text(cli, p, &message)))
            return NULL;
        json_set(j, S("file"), json_new_str(cli->arena, p->file));
        json_set(j, S("line"), json_new_int(cli->arena, p->line));
        json_set(j, S("column"), json_new_int(cli->arena, p->column));
        json_set(j, S("id"),
                 json_new_str(cli->arena, str_of(p->what.info->id)));
        json_set(j, S("message"), json_new_str(cli->arena, message));
        json_add(list, j);
    }
    return list;
}

err cli_unsound(struct cli *cli, str path, const struct problem *first)
{
    struct buf b;
    str why;

    buf_init(&b, cli->arena, 1 << 16);
    problem_render(&b, cli->lang, path, first);
    TRY(buf_done(&b, &why));
    return err_new(cli->arena, ERR_INVALID, "package.unsound",
                   ARG_STR("path", path), ARG_INT("line", first->line),
                   ARG_INT("column", first->column), ARG_STR("why", why));
}

err cli_load_scheme(struct cli *cli, str path, const struct scheme **out)
{
    struct package package;
    struct problem *problems;
    struct scheme *s;

    TRY(cli_read_package(cli, path, &package));
    err e = scheme_load(cli->arena, &package, &s, &problems);
    if (failed(e) && problems != NULL)
        return cli_unsound(cli, path, problems);
    TRY(e);
    *out = s;
    return OK;
}

err cli_check_package(struct cli *cli, const struct package *p,
                      struct scheme **out, struct problem **problems)
{
    struct calendar *calendar;
    struct scheme *s;
    size_t cases;

    TRY(scheme_load(cli->arena, p, &s, problems));
    TRY(calendar_official(cli->arena, &calendar));
    TRY(golden_check_all(cli->arena, s, calendar, p, &cases, problems));
    *out = s;
    return OK;
}

err cli_read_sound(struct cli *cli, str path, struct package *out,
                   const struct scheme **scheme)
{
    struct problem *problems = NULL;
    struct scheme *checked = NULL;

    TRY(cli_load_scheme(cli, path, scheme));
    TRY(cli_read_package(cli, path, out));
    err e = cli_check_package(cli, out, &checked, &problems);
    return failed(e) && problems != NULL ? cli_unsound(cli, path, problems) : e;
}
