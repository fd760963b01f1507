// tree -- the mirror of a register as files (src/verify/mirror.h): found under a
// key, and proved by the root that the log has.
//
//   [TR1] A piece's name vouches for its bytes, and the root for what it says.
//   [TR2] What is not in the piece where its key belongs is not in the register.

import { concat, equal, hex, sha256, textOf, unhex, utf8 } from "./bytes.mjs";
import { inflated } from "./inflate.mjs";
import { at, parse, textAt } from "./json.mjs";
import { Wrong } from "./wrong.mjs";

const PIECE_MOST = 16 << 20;
const FAN = 256;
const HASH = /^[0-9a-f]{64}$/;
const nothing = new Uint8Array(32);

// --- the map (src/merkle/map.h) ----------------------------------------------

const leafHash = ({ key, value }) => sha256(concat(Uint8Array.of(2), key, value));
const nodeHash = (left, right) => sha256(concat(Uint8Array.of(3), left, right));
const bit = (key, depth) => (key[depth >> 3] >> (7 - (depth & 7))) & 1;

// The root over pairs { key, value } in the order of their keys.
async function rootOf(pairs, depth) {
    if (pairs.length === 0) {
        return nothing;
    }
    if (pairs.length === 1) {
        return leafHash(pairs[0]);
    }
    const right = pairs.findIndex((pair) => bit(pair.key, depth) === 1);
    const middle = right < 0 ? pairs.length : right;
    return nodeHash(await rootOf(pairs.slice(0, middle), depth + 1),
        await rootOf(pairs.slice(middle), depth + 1));
}

// What two halves come to; { pairs, root }, pairs 0, 1 or 2 for more.
async function join(left, right) {
    if (left.pairs + right.pairs < 2) {
        return left.pairs > 0 ? left : right;
    }
    return { pairs: 2, root: await nodeHash(left.root, right.root) };
}

async function rootOfParts(parts) {
    let row = parts;
    while (row.length > 1) {
        const next = [];
        for (let i = 0; i < row.length; i += 2) {
            next.push(await join(row[i], row[i + 1]));
        }
        row = next;
    }
    return row[0].root;
}

// --- pieces ------------------------------------------------------------------

export const pathOf = (piece) => `register/${piece.slice(0, 2)}/${piece}`;

// Its text; `read` gives the bytes of a path.
async function readPiece(read, piece) {
    const bytes = await read(pathOf(piece));
    if (hex(await sha256(bytes)) !== piece) {
        throw new Wrong("mirror.piece", { piece });
    }
    const text = textOf(await inflated(bytes, "gzip", PIECE_MOST) ??
        new Uint8Array(0));
    if (text === null) {
        throw new Wrong("mirror.piece", { piece });
    }
    return text;
}

function readLine(line, number) {
    if (line === "0") {
        return { pairs: 0, root: nothing, piece: null };
    }
    const [pairs, root, piece, ...more] = line.split(" ");
    if (!["1", "2"].includes(pairs) || !HASH.test(root) || !HASH.test(piece) ||
        more.length > 0) {
        throw new Wrong("mirror.branch", { line: number });
    }
    return { pairs: Number(pairs), root: unhex(root), piece };
}

function readBranch(text) {
    const lines = text.split("\n");
    if (lines.length !== FAN + 1 || lines[FAN] !== "") {
        throw new Wrong("mirror.branch", { line: FAN + 1 });
    }
    return lines.slice(0, FAN).map((line, i) => readLine(line, i + 1));
}

// --- keys (src/verify/holder.h [HP2]) -----------------------------------------

export const keyOfHolder = (uscc) => sha256(utf8(uscc));
export const folded = (number) => number.replaceAll(" ", "")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
export const keyOfNumber = (number) => sha256(utf8(`number:${folded(number)}`));

async function readSaid(line, number) {
    const said = parse(line);
    const uscc = textAt(said, "uscc");
    const of = textAt(said, "number");
    const holder = at(said, "certificates") !== undefined;
    if (holder ? uscc === null : of === null) {
        throw new Wrong("mirror.leaf", { line: number });
    }
    return { said, key: await (holder ? keyOfHolder(uscc) : keyOfNumber(of)),
        value: await sha256(utf8(line)) };
}

function readLeaf(text) {
    const lines = text.split("\n");
    if (lines.pop() !== "") {
        throw new Wrong("mirror.leaf", { line: lines.length + 1 });
    }
    return Promise.all(lines.map((line, i) => readSaid(line, i + 1)));
}

// --- finding ------------------------------------------------------------------

function sameRoot(is, root, piece) {
    if (!equal(is, root)) {
        throw new Wrong("mirror.root", { piece });
    }
}

// What is said under the key, or null [TR2]; { depth, top } is the index, `root`
// the one that the log has.
export async function findSaid({ depth, top }, root, key, read) {
    let piece = top;
    let want = root;
    for (let above = 0; above < depth; above += 8) {
        const branch = readBranch(await readPiece(read, piece));
        sameRoot(await rootOfParts(branch), want, piece);
        const next = branch[key[above >> 3]];
        if (next.pairs === 0) {
            return null;
        }
        [piece, want] = [next.piece, next.root];
    }
    const pairs = await readLeaf(await readPiece(read, piece));
    sameRoot(await rootOf(pairs, depth), want, piece);
    return pairs.find((pair) => equal(pair.key, key))?.said ?? null;
}
