#include "service/mirror.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/id.h"
#include "base/size.h"
#include "crypto/hash.h"
#include "register/holders.h"
#include "service/mirror_parts.h"
#include "service/published.h"
#include "sys/files.h"
#include "verify/mirror.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    PART_ARENA = 256 << 20,
    LEAF_MOST = 16 << 20,
    PIECES_MOST = 2 * (MIRROR_FAN + 1) * (MIRROR_FAN + 1),
    FOLDERS = 256,
    NAMES_MOST = 1 << 20,
    BESIDE_FILES = 100,
    BESIDE_MOST = 64 << 20,
    NAME = 60,
};

/* Names of pieces. */
struct names {
    struct hash *at; /* room for PIECES_MOST */
    size_t n;
};

struct mirroring {
    struct app *app;
    struct arena *a;
    str folder;
    const struct book_reader *reader;
    unsigned depth;
    bool has_old;
    struct mirror_index old; /* the mirror that is there */
    struct names kept;       /* pieces of the old one and of the new one */
    struct mirror_file beside[BESIDE_FILES];
    size_t beside_n;
    struct mirrored made;
};

static struct file_ops *files_of(const struct mirroring *m)
{
    return app_world_of(m->app)->files;
}

static void keep(struct mirroring *m, const struct hash *piece)
{
    check(m->kept.n < PIECES_MOST);
    m->kept.at[m->kept.n++] = *piece;
}

/* --- files ---------------------------------------------------------------- */

/* The bytes of a file of the mirror; empty when it cannot be read. */
static str read_file(const struct mirroring *m, struct arena *a, str name,
                     size_t limit)
{
    str path;
    str bytes;

    if (failed(file_in(a, m->folder, name, &path)) ||
        failed(file_read(files_of(m), a, path, limit, &bytes)))
        return S("");
    return bytes;
}

static err write_file(const struct mirroring *m, struct arena *a, str name,
                      str bytes, int64_t *count)
{
    str path;

    if (str_eq(read_file(m, a, name, bytes.n), bytes))
        return OK;
    TRY(file_in(a, m->folder, name, &path));
    TRY(folder_make(files_of(m), a, file_folder(path), FOLDER_PUBLIC));
    TRY(file_write(files_of(m), a, path, bytes, FILE_PUBLIC));
    ++*count;
    return OK;
}

static err write_piece(struct mirroring *m, struct arena *a, str plain,
                       struct hash *name)
{
    char path[MIRROR_PATH];
    str file;

    TRY(mirror_pack(a, plain, &file, name));
    TRY(write_file(m, a, mirror_path(name, path), file, &m->made.written));
    keep(m, name);
    m->made.pieces++;
    return OK;
}

/* --- the mirror before [MR1] ---------------------------------------------- */

static void read_old(struct mirroring *m)
{
    str text = read_file(m, m->a, S("register.json"), MIRROR_INDEX_MAX);

    m->has_old = text.n > 0 && !failed(mirror_index_read(m->a, text, &m->old));
}

/* A branch of it, into `a`; NULL when there is none that can be read. */
static const struct mirror_branch *old_branch(const struct mirroring *m,
                                              struct arena *a,
                                              const struct hash *piece)
{
    struct mirror_branch *b = arena_zero(a, sizeof *b);
    char path[MIRROR_PATH];
    str file = read_file(m, a, mirror_path(piece, path), MIRROR_PIECE_MAX);
    str plain;

    if (b == NULL || file.n == 0 ||
        failed(mirror_unpack(a, file, piece, &plain)) ||
        failed(mirror_branch_read(a, plain, b)))
        return NULL;
    return b;
}

/* --- leaf pieces ---------------------------------------------------------- */

struct leaf_walk {
    struct buf text;
    uint32_t prefix;
    unsigned depth;
};

static uint32_t prefix_of(str key, unsigned depth)
{
    uint32_t first =
        (uint32_t)(uint8_t)key.p[0] << 8 | (uint32_t)(uint8_t)key.p[1];

    return depth == 0 ? 0 : first >> (HOLDERS_DEPTH - depth);
}

static bool add_line(void *context, str key, str said)
{
    struct leaf_walk *w = context;

    if (prefix_of(key, w->depth) != w->prefix)
        return false;
    buf_str(&w->text, said);
    buf_char(&w->text, '\n');
    return !failed(w->text.first);
}

static err make_leaf(struct mirroring *m, struct arena *a, uint32_t prefix,
                     struct hash *piece)
{
    struct leaf_walk w = { .prefix = prefix, .depth = m->depth };
    uint32_t first = prefix << (HOLDERS_DEPTH - m->depth);
    const char key[2] = { (char)(uint8_t)(first >> 8), (char)(uint8_t)first };
    str text;

    buf_init(&w.text, a, LEAF_MOST);
    TRY(book_walk(m->reader, a, BOOK_HOLDERS, (str){ key, sizeof key },
                  add_line, &w));
    TRY(buf_done(&w.text, &text));
    return write_piece(m, a, text, piece);
}

/* --- branches ------------------------------------------------------------- */

/* A part of the tree: those below `prefix` of `depth` bits. */
struct part {
    unsigned depth;
    uint32_t prefix;
    const struct hash *old; /* its piece in the mirror before; NULL: none */
};

static err make_part(struct mirroring *m, const struct part *p,
                     struct hash *piece);

/* The pieces of a part of the mirror before are not removed: it stays as it is,
 * or somebody may have read its index.  What cannot be read has none. */
static void keep_part(struct mirroring *m, const struct part *p)
{
    scoped(arena_end) struct arena own = { 0 };
    const struct mirror_branch *b;

    keep(m, p->old);
    m->made.pieces++;
    if (p->depth == m->old.depth)
        return;
    arena_init(&own, app_world_of(m->app)->heap, PART_ARENA);
    b = old_branch(m, &own, p->old);
    for (size_t i = 0; b != NULL && i < MIRROR_FAN; i++) {
        const struct part below = { p->depth + 8, 0, &b->piece[i] };

        if (b->part[i].pairs > 0)
            keep_part(m, &below);
    }
}

static err make_child(struct mirroring *m, struct arena *a,
                      const struct part *p, const struct mirror_branch *old,
                      struct mirror_branch *b, uint32_t i)
{
    struct part below = { p->depth + 8, p->prefix << 8 | i, NULL };
    bool same;

    TRY(holders_part(m->reader, a, below.depth, below.prefix, &b->part[i]));
    if (b->part[i].pairs == 0)
        return OK;
    if (old != NULL && old->part[i].pairs > 0)
        below.old = &old->piece[i];
    same = below.old != NULL && hash_eq(&old->part[i].root, &b->part[i].root);
    if (!same)
        return make_part(m, &below, &b->piece[i]);
    b->piece[i] = *below.old;
    keep_part(m, &below);
    return OK;
}

static err make_branch(struct mirroring *m, struct arena *a,
                       const struct part *p, struct hash *piece)
{
    struct mirror_branch *b = arena_zero(a, sizeof *b);
    const struct mirror_branch *old =
        p->old == NULL ? NULL : old_branch(m, a, p->old);
    str text;

    TRY_MEMORY(b);
    for (uint32_t i = 0; i < MIRROR_FAN; i++)
        TRY(make_child(m, a, p, old, b, i));
    TRY(mirror_branch_write(a, b, &text));
    return write_piece(m, a, text, piece);
}

/* Its own memory goes when it is made: there are tens of thousands. */
static err make_part(struct mirroring *m, const struct part *p,
                     struct hash *piece)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, app_world_of(m->app)->heap, PART_ARENA);
    return err_keep(m->a, p->depth == m->depth
                              ? make_leaf(m, &own, p->prefix, piece)
                              : make_branch(m, &own, p, piece));
}

/* --- what is old [MR3] ---------------------------------------------------- */

/* Every piece of the mirror before, by its branches. */
static void keep_old(struct mirroring *m)
{
    const struct part top = { 0, 0, &m->old.top };

    if (m->has_old)
        keep_part(m, &top);
    m->made.pieces = 0; /* those were not the new one's */
}

static int by_name(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}

static bool is_kept(const struct mirroring *m, const struct hash *piece)
{
    return bsearch(piece, m->kept.at, m->kept.n, sizeof *m->kept.at, by_name) !=
           NULL;
}

static err remove_from(struct mirroring *m, struct arena *a, str folder)
{
    struct file_names names;
    err e = folder_list(files_of(m), a, folder, NAMES_MOST, &names);

    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    for (size_t i = 0; i < names.n; i++) {
        struct hash piece;
        str path;

        if (!hex_parse(names.at[i], piece.b, sizeof piece.b) ||
            is_kept(m, &piece))
            continue;
        TRY(file_in(a, folder, names.at[i], &path));
        TRY(file_remove(files_of(m), a, path));
        m->made.removed++;
    }
    return OK;
}

static err remove_old(struct mirroring *m)
{
    qsort(m->kept.at, m->kept.n, sizeof *m->kept.at, by_name);
    for (unsigned i = 0; i < FOLDERS; i++) {
        scoped(arena_end) struct arena own;
        struct buf b;
        str folder;

        arena_init(&own, app_world_of(m->app)->heap, PART_ARENA);
        buf_init(&b, &own, m->folder.n + MIRROR_PATH);
        buf_str(&b, m->folder);
        buf_printf(&b, "/register/%02x", i);
        err e = buf_done(&b, &folder);
        if (!failed(e))
            e = remove_from(m, &own, folder);
        TRY(err_keep(m->a, e));
    }
    return OK;
}

/* --- what stands beside ----------------------------------------------------
 */

/* *there: it was there, and is in the list now. */
static err add_beside(struct mirroring *m, str name, bool *there)
{
    scoped(arena_end) struct arena own;
    struct mirror_file *f = &m->beside[m->beside_n];
    str bytes;

    arena_init(&own, app_world_of(m->app)->heap, PART_ARENA);
    bytes = read_file(m, &own, name, BESIDE_MOST);
    *there = bytes.n > 0 && m->beside_n < BESIDE_FILES;
    if (!*there)
        return OK;
    sha256(bytes.p, bytes.n, f->hash.b);
    TRY_MEMORY(arena_str(m->a, name, &f->path));
    m->beside_n++;
    return OK;
}

/* "status/revocation/1", 2 .. as far as there are any. */
static err add_lists(struct mirroring *m, const char *purpose)
{
    bool there = true;

    for (int i = 1; there; i++) {
        char name[NAME];

        (void)snprintf(name, sizeof name, "status/%s/%d", purpose, i);
        TRY(add_beside(m, str_of(name), &there));
    }
    return OK;
}

static err write_pages(struct mirroring *m)
{
    static const struct {
        str name;
        enum lang lang;
    } pages[] = { { S_INIT("index.html"), LANG_ZH },
                  { S_INIT("en.html"), LANG_EN } };

    for (size_t i = 0; i < COUNT(pages); i++) {
        scoped(arena_end) struct arena own;
        str text;

        arena_init(&own, app_world_of(m->app)->heap, PART_ARENA);
        err e = mirror_page(m->app, &own, pages[i].lang, &m->made.mark, &text);
        if (!failed(e))
            e = write_file(m, &own, pages[i].name, text, &m->made.files);
        TRY(err_keep(m->a, e));
    }
    return OK;
}

static err list_beside(struct mirroring *m)
{
    bool there;

    TRY(add_beside(m, S("index.html"), &there));
    TRY(add_beside(m, S("en.html"), &there));
    TRY(add_beside(m, S("did.json"), &there));
    TRY(add_lists(m, "revocation"));
    return add_lists(m, "suspension");
}

/* --- all of it ------------------------------------------------------------ */

/* [MR2] The index says which top there is, and proves which root. */
static err write_index(struct mirroring *m, const struct hash *top)
{
    struct mirror_index x = { .depth = m->depth, .top = *top };
    struct published_proof entry;
    str text;

    TRY(published_proof(m->app, m->a, m->made.mark.index, &entry));
    x.log = entry.text;
    TRY(list_beside(m));
    x.files = m->beside;
    x.n = m->beside_n;
    TRY(mirror_index_write(m->a, &x, &text));
    return write_file(m, m->a, S("register.json"), text, &m->made.files);
}

static err make_pieces(struct mirroring *m, struct hash *top)
{
    bool same = m->has_old && m->old.depth == m->depth;
    const struct part all = { 0, 0, same ? &m->old.top : NULL };

    m->kept.at = arena_array(m->a, PIECES_MOST, sizeof *m->kept.at);
    TRY_MEMORY(m->kept.at);
    keep_old(m);
    return make_part(m, &all, top);
}

static err make_register(struct mirroring *m)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct hash top;

    TRY(rooted_read(m->app, m->a, &r, &m->made.mark));
    m->reader = r;
    m->depth = mirror_depth(m->made.mark.holders + m->made.mark.numbers);
    read_old(m);
    TRY(make_pieces(m, &top));
    TRY(write_pages(m));
    TRY(write_index(m, &top));
    return remove_old(m);
}

err mirror_make(struct sequencer *s, struct arena *a, day today, str folder,
                struct mirrored *out)
{
    struct mirroring m = { .app = s->app, .a = a, .folder = folder };
    struct register_rooted rooted;
    struct published_copy copy;

    while (m.folder.n > 1 && m.folder.p[m.folder.n - 1] == '/')
        m.folder.n--;
    TRY(register_root(s, a, today, &rooted));
    TRY(published_copy(s->app, a, m.folder, &copy));
    m.made.entries = copy.size;
    m.made.files = copy.files;
    TRY(make_register(&m));
    *out = m.made;
    return OK;
}
