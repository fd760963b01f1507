#include "paint/said.h"

#include "base/size.h"

static const struct answer_said said[] = {
    { "paint.library", ERR_IO, { "why" } },
    { "paint.glyph", ERR_INVALID, { "character", "code", "field" } },
    { "paint.room", ERR_LIMIT, { "number" } },
    { "paint.code", ERR_LIMIT, { "#bytes" } },
    { "paint.picture", ERR_INVALID, { "what" } },
    { "paint.fonts", ERR_IO, { "folder" } },
    { "sandbox.refused", ERR_IO, { "#number" } },
    { "buf.limit", ERR_LIMIT, { "#limit" } },
    { "pdf.form", ERR_INVALID, { "#at" } },
};

const struct answer_words paint_words = { said, COUNT(said), "paint.answer" };
