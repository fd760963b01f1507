/* Any bytes as a dossier: an archive that is read is written to the same bytes
 * again, and what is proved can be worked with.  Where the checksum of a file
 * stops everything, the first byte says that the rest is a manifest alone. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/zip.h"
#include "verify/recompute.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void try_archive(struct arena *a, str s)
{
    struct zip z = { 0 };
    str again = { NULL, 0 };

    if (failed(zip_read(a, s, &z)))
        return;
    if (!failed(zip_write(a, z.files, z.n, &again)))
        check(str_eq(again, s));
}

static void try_dossier(struct arena *a, str s)
{
    struct dossier d = { 0 };
    struct recomputation r;

    if (!failed(dossier_open(a, s, NULL, &d)) && !failed(recompute(a, &d, &r)))
        (void)recomputation_agrees(&r);
}

/* Nothing is proved by a manifest alone: it is refused, whatever it says. */
static void try_manifest(struct arena *a, str s)
{
    struct zip_file only = { S("manifest.json"), s };
    struct dossier d = { 0 };
    str archive = { NULL, 0 };

    if (!failed(zip_write(a, &only, 1, &archive)))
        check(failed(dossier_open(a, archive, NULL, &d)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 256 << 20);
    if (n > 0 && bytes[0] == 'M') {
        try_manifest(&a, str_from(s, 1));
        return 0;
    }
    try_archive(&a, s);
    try_dossier(&a, s);
    return 0;
}
