#include "paint/fonts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "sys/child.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

enum { PATH_MOST = 4096 };

#define WHOLE_FOLDER "/usr/share/fonts/opentype/noto"

enum { FACES = 4 };

static const char *const files[FONTS_RANGES][FACES] = {
    [FONTS_COMMON] = { "serif-common.otf", "serif-bold-common.otf",
                       "sans-common.otf", "sans-bold-common.otf" },
    [FONTS_GBK] = { "serif.otf", "serif-bold.otf", "sans.otf",
                    "sans-bold.otf" },
    [FONTS_WHOLE] = { "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc",
                      "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
};

/* folder/file, NUL-ended; NULL without memory. */
static const char *join(struct arena *a, str folder, const char *file)
{
    struct buf b;
    str path;

    buf_init(&b, a, PATH_MOST);
    buf_printf(&b, "%.*s/%s", STR_ARG(folder), file);
    return failed(buf_done(&b, &path)) ? NULL : path.p;
}

static bool add_face(struct arena *a, FcConfig *to, str folder,
                     const char *file)
{
    const char *path = join(a, folder, file);

    return path != NULL && FcConfigAppFontAddFile(to, (const FcChar8 *)path);
}

static bool add_faces(struct arena *a, FcConfig *to, str folder, int range)
{
    for (size_t i = 0; i < FACES; i++) {
        if (!add_face(a, to, folder, files[range][i]))
            return false;
    }
    return true;
}

/* [PF2]  The smallest come first. */
static bool add_ranges(struct arena *a, FcConfig *to, str folder, int range)
{
    for (int i = 0; i <= range; i++) {
        if (!add_faces(a, to, i == FONTS_WHOLE ? S(WHOLE_FOLDER) : folder, i))
            return false;
    }
    return true;
}

/* [PF1]  Takes hold of `config`. */
static PangoFontMap *map_of(FcConfig *config)
{
    PangoFontMap *map = pango_cairo_font_map_new();

    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    return map;
}

PangoFontMap *fonts_map(struct arena *a, struct fonts *f, int range)
{
    FcConfig *config;

    if (f->maps[range] != NULL)
        return f->maps[range];
    config = FcConfigCreate();
    if (add_ranges(a, config, str_of(f->folder), range))
        return f->maps[range] = map_of(config);
    FcConfigDestroy(config);
    return NULL;
}

/* Take the faces of that folder, if they are there. */
static err try_folder(struct arena *a, str folder, struct fonts *f)
{
    if (folder.n >= sizeof f->folder)
        return err_new(a, ERR_IO, "paint.fonts", ARG_STR("folder", folder));
    memcpy(f->folder, folder.p, folder.n);
    f->folder[folder.n] = '\0';
    (void)fonts_map(a, f, FONTS_COMMON);
    return OK;
}

err fonts_open(struct arena *a, struct fonts *out)
{
    static const char *const places[] = { "fonts", "../share/tenstar/fonts" };
    struct fonts f = { 0 };
    str program;

    TRY(child_folder(a, &program));
    for (size_t i = 0; i < COUNT(places) && f.maps[0] == NULL; i++) {
        const char *path = join(a, program, places[i]);

        TRY_MEMORY(path);
        TRY(try_folder(a, str_of(path), &f));
    }
    if (f.maps[0] == NULL)
        return err_new(a, ERR_IO, "paint.fonts", ARG_STR("folder", program));
    *out = f;
    return OK;
}

void fonts_end(struct fonts *f)
{
    for (size_t i = 0; i < FONTS_RANGES; i++)
        g_clear_object(&f->maps[i]);
}
