// wrong -- why something is not believed: the id of a sentence of the
// catalogues and its arguments, as src/base/err.h has them.  What the page
// says is what `tenstar verify` says.

export class Wrong extends Error {
    constructor(id, args = {}) {
        super(id);
        this.id = id;
        this.args = args;
    }
}
