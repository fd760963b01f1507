#include "page/asset.h"

#include "asset_files.h"

static str type_of(str name)
{
    if (str_ends(name, S(".svg")))
        return S("image/svg+xml");
    if (str_ends(name, S(".js")))
        return S("text/javascript; charset=utf-8");
    return S("text/css; charset=utf-8");
}

static struct asset asset_of(const struct embedded *file)
{
    return (struct asset){
        .type = type_of(str_of(file->path)),
        .name = str_of(file->path),
        .body = embedded_text(file),
    };
}

bool asset_find(str name, struct asset *out)
{
    const struct embedded *file =
        embedded_find(asset_files, asset_files_count, name);

    if (file == NULL)
        return false;
    *out = asset_of(file);
    return true;
}

/* "STEM-0123456789ab.js" */
static bool is_script_called(str path, str stem)
{
    str end = S("-0123456789ab.js");

    return path.n == stem.n + end.n && str_begins(path, stem) &&
           path.p[stem.n] == '-' && str_ends(path, S(".js"));
}

bool asset_script(str stem, struct asset *out)
{
    for (size_t i = 0; i < asset_files_count; i++) {
        if (!is_script_called(str_of(asset_files[i].path), stem))
            continue;
        *out = asset_of(&asset_files[i]);
        return true;
    }
    return false;
}
