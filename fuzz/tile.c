/* Any bytes as the path of a tile: refused, or the one path of that tile. */

#include "base/check.h"
#include "merkle/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str path = { (const char *)bytes, n };
    char text[TILE_PATH];
    struct tile t;

    if (tile_parse(path, &t))
        check(str_eq(tile_path(t, text), path));
    return 0;
}
