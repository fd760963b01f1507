#include "paint/fonts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "sys/child.h"

#include <assert.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

enum { PATH_MOST = 4096 };

#define WHOLE_FOLDER "/usr/share/fonts/opentype/noto"

static const char *const reduced_files[] = { "serif.otf", "serif-bold.otf",
                                             "sans.otf", "sans-bold.otf" };
static const char *const whole_files[] = { "NotoSerifCJK-Regular.ttc",
                                           "NotoSerifCJK-Bold.ttc",
                                           "NotoSansCJK-Regular.ttc",
                                           "NotoSansCJK-Bold.ttc" };
static_assert(COUNT(reduced_files) == COUNT(whole_files));

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

static bool add_faces(struct arena *a, FcConfig *to, str folder,
                      const char *const *files)
{
    for (size_t i = 0; i < COUNT(reduced_files); i++) {
        if (!add_face(a, to, folder, files[i]))
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

/* NULL: a face is not there. */
static PangoFontMap *open_reduced(struct arena *a, str folder)
{
    FcConfig *config = FcConfigCreate();

    if (add_faces(a, config, folder, reduced_files))
        return map_of(config);
    FcConfigDestroy(config);
    return NULL;
}

PangoFontMap *fonts_whole(struct arena *a, struct fonts *f)
{
    FcConfig *config;

    if (f->whole != NULL)
        return f->whole;
    config = FcConfigCreate();
    if (add_faces(a, config, f->folder, reduced_files) &&
        add_faces(a, config, S(WHOLE_FOLDER), whole_files))
        return f->whole = map_of(config);
    FcConfigDestroy(config);
    return NULL;
}

static err folder_of(struct arena *a, str program, const char *rest, str *out)
{
    const char *path = join(a, program, rest);

    TRY_MEMORY(path);
    *out = str_of(path);
    return OK;
}

err fonts_open(struct arena *a, struct fonts *out)
{
    static const char *const places[] = { "fonts", "../share/tenstar/fonts" };
    struct fonts f = { 0 };
    str program;

    TRY(child_folder(a, &program));
    for (size_t i = 0; i < COUNT(places) && f.reduced == NULL; i++) {
        TRY(folder_of(a, program, places[i], &f.folder));
        f.reduced = open_reduced(a, f.folder);
    }
    if (f.reduced == NULL)
        return err_new(a, ERR_IO, "paint.fonts", ARG_STR("folder", program));
    *out = f;
    return OK;
}

void fonts_end(struct fonts *f)
{
    g_clear_object(&f->reduced);
    g_clear_object(&f->whole);
}
