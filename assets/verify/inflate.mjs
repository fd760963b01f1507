// inflate -- what was packed, no more than a limit of it: a little can be a lot.

import { concat } from "./bytes.mjs";

// `format` is "deflate" or "gzip"; null beyond `most` bytes.  Throws what the
// browser throws when it is damaged.
export async function inflated(bytes, format, most) {
    const reader = new Blob([bytes]).stream()
        .pipeThrough(new DecompressionStream(format)).getReader();
    const parts = [];
    let n = 0;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) {
            return concat(...parts);
        }
        n += value.length;
        if (n > most) {
            await reader.cancel();
            return null;
        }
        parts.push(value);
    }
}
