/*
 * sigstore -- proof files (C2SP tlog-proof), checked by @sigstore/verify: the
 * signature of the checkpoint and the path to its root.  Used by
 * tests/foreign_log.sh.
 *
 *   node tests/foreign/sigstore.js VKEY FILE...
 *
 * An entry is the file's extra data, or else the text "entry INDEX".  Exit 1
 * and a line that begins with FAIL when one does not hold.
 */
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");

/* These two are not among what the package exports. */
const room = path.dirname(require.resolve("@sigstore/verify"));
const { verifyCheckpoint } = require(path.join(room, "tlog/checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(room, "tlog/merkle.js"));

/* NAME+ID+BASE64(0x01 || KEY), as a log that sigstore trusts. */
function logOf(vkey) {
  const [name, id, key] = vkey.trim().split("+", 2).concat(
    vkey.trim().split("+").slice(2).join("+"));
  const raw = Buffer.from(key, "base64").subarray(1);
  const spki = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"), raw]);

  return {
    baseURL: name,
    logID: Buffer.from(id, "hex"),
    publicKey: crypto.createPublicKey(
      { key: spki, format: "der", type: "spki" }),
  };
}

function read(file) {
  const text = fs.readFileSync(file, "utf8");
  const gap = text.indexOf("\n\n");
  const lines = text.slice(0, gap).split("\n").slice(1);
  const extra = lines[0].startsWith("extra ") ? lines.shift() : null;
  const index = lines.shift().slice("index ".length);

  return {
    canonicalizedBody: extra === null ? Buffer.from(`entry ${index}`)
      : Buffer.from(extra.slice("extra ".length), "base64"),
    inclusionProof: {
      logIndex: index,
      hashes: lines.map((l) => Buffer.from(l, "base64")),
      checkpoint: { envelope: text.slice(gap + 2) },
    },
  };
}

const [vkey, ...files] = process.argv.slice(2);
for (const file of files) {
  try {
    const entry = read(file);
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [logOf(vkey)]));
  } catch (e) {
    console.log("FAIL", file, e.message);
    process.exit(1);
  }
}
console.log("PASS", files.length, "proofs");
