// der -- DER as trees that a test can change: { tag, content } or { tag, parts }.

const PARTS = 0x20;

export function treeOf(bytes) {
    return treesOf(bytes)[0];
}

function treesOf(bytes) {
    const found = [];
    for (let at = 0; at < bytes.length;) {
        let n = bytes[at + 1];
        let begin = at + 2;
        if (n > 0x80) {
            begin += n - 0x80;
            n = bytes.subarray(at + 2, begin).reduce((sum, b) => sum * 256 + b, 0);
        }
        const content = bytes.subarray(begin, begin + n);
        found.push(bytes[at] & PARTS ? { tag: bytes[at], parts: treesOf(content) }
            : { tag: bytes[at], content: Uint8Array.from(content) });
        at = begin + n;
    }
    return found;
}

function lengthOf(n) {
    if (n < 0x80) {
        return [n];
    }
    const digits = [];
    for (let rest = n; rest > 0; rest = Math.floor(rest / 256)) {
        digits.unshift(rest % 256);
    }
    return [0x80 + digits.length, ...digits];
}

export function bytesOf(tree) {
    const content = tree.parts === undefined ? Buffer.from(tree.content)
        : Buffer.concat(tree.parts.map(bytesOf));
    return Buffer.concat([Buffer.from([tree.tag, ...lengthOf(content.length)]), content]);
}

export const node = (tag, ...parts) => ({ tag, parts });
export const leaf = (tag, content) => ({ tag, content });

// The parts of a signature (RFC 5652), to be looked at and changed.
export function signedData(tree) {
    const data = tree.parts[1].parts[0];
    const signer = data.parts.at(-1).parts[0];
    return { data, signer, certificates: data.parts.find((p) => p.tag === 0xa0),
        attributes: signer.parts.find((p) => p.tag === 0xa0) };
}
