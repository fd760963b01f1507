// SM2 signatures and SM3, by npm sm-crypto.

import sm from "sm-crypto";
import { allRefused, flips, say, text } from "./lib/checks.mjs";

const [publicKey, signature, message, hash] = text("sm2.txt").split("\n");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const options = { hash: true, publicKey, userId: "1234567812345678" };

const verified = (text, signed) =>
    sm.sm2.doVerifySignature(text, signed, publicKey, options);

say(verified(message, signature), "sm-crypto verifies our SM2 signature");
say(sm.sm3(message) === hash, "sm-crypto has our SM3");
say(!verified(`${message}。`, signature), "a longer message is refused");
say(!verified(message.slice(1), signature), "a shorter message is refused");
await allRefused("the SM2 signature", flips(Buffer.from(signature, "hex")),
    (altered) => verified(message, hex(altered)));
say(
    !sm.sm2.doVerifySignature(message, signature, publicKey,
        { ...options, userId: "ALICE123@YAHOO.COM" }),
    "another identity is refused",
);
