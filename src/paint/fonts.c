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
    if (add_faces(a, config, str_of(f->folder), reduced_files) &&
        add_faces(a, config, S(WHOLE_FOLDER), whole_files))
        return f->whole = map_of(config);
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
    f->reduced = open_reduced(a, folder);
    return OK;
}

err fonts_open(struct arena *a, struct fonts *out)
{
    static const char *const places[] = { "fonts", "../share/tenstar/fonts" };
    struct fonts f = { 0 };
    str program;

    TRY(child_folder(a, &program));
    for (size_t i = 0; i < COUNT(places) && f.reduced == NULL; i++) {
        const char *path = join(a, program, places[i]);

        TRY_MEMORY(path);
        TRY(try_folder(a, str_of(path), &f));
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
