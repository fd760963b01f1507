#include "codec/canonical.h"

#include "base/buf.h"
#include "codec/json.h"
#include "codec/record.h"

err json_text(struct arena *a, const struct json *j, size_t most, str *out)
{
    struct buf b;

    buf_init(&b, a, most);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

err record_text(struct arena *a, const struct record *r, const void *from,
                size_t most, str *out)
{
    struct json *j;

    TRY(record_write(a, r, from, &j));
    return json_text(a, j, most, out);
}
