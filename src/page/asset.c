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

bool asset_find(str name, struct asset *out)
{
    const struct embedded *file =
        embedded_find(asset_files, asset_files_count, name);

    if (file == NULL)
        return false;
    *out = (struct asset){
        .type = type_of(name),
        .name = str_of(file->path),
        .body = embedded_text(file),
    };
    return true;
}
