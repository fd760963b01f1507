// key -- Ed25519, by the browser's own cryptography.

import { Wrong } from "./wrong.mjs";

// Did the owner of `key` (32 bytes) sign `message`?
export async function signedBy(key, message, signature) {
    if (globalThis.crypto?.subtle === undefined) {
        throw new Wrong("verify_page.no_crypto");
    }
    let imported;
    try {
        imported = await crypto.subtle.importKey("raw", key,
            { name: "Ed25519" }, false, ["verify"]);
    } catch (e) {
        if (e.name === "NotSupportedError") {
            throw new Wrong("verify_page.no_crypto");
        }
        return false;
    }
    return crypto.subtle.verify({ name: "Ed25519" }, imported, signature,
        message);
}
