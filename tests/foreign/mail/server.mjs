// server.mjs -- a mail server that nobody here wrote (npm smtp-server), which
// does what a reader's name asks for:
//
//   node server.mjs DIR [USER PASSWORD] [KEY.pem CERT.pem]
//
//   good@   taken: DIR/N.eml
//   later@  refused for now once, then taken
//   never@  refused for good; spam@ likewise, after the mail itself
//   drop@   taken, and the connection cut before that is said, once
//   hang@   never answered, once; DIR/hangs says that it came that far
//
// A user is asked for when one is named ("-": none), TLS offered when there is
// a key.  Says {"port": N}.

import fs from "node:fs";
import { SMTPServer } from "smtp-server";

const [dir, user = "-", password, key, cert] = process.argv.slice(2);
const seen = new Map();
let taken = 0;

function refuse(code, words) {
    return Object.assign(new Error(words), { responseCode: code });
}

function once(what) {
    seen.set(what, (seen.get(what) ?? 0) + 1);
    return seen.get(what) === 1;
}

function nameOf(address) {
    return address.split("@")[0];
}

function cut(session) {
    for (const c of server.connections)
        if (c.id === session.id) c._socket.destroy();
}

// Whole from the moment it is there: somebody may watch for it.
function keep(bytes) {
    const path = `${dir}/${++taken}`;
    fs.writeFileSync(`${path}.part`, bytes);
    fs.renameSync(`${path}.part`, `${path}.eml`);
}

const server = new SMTPServer({
    key: key && fs.readFileSync(key),
    cert: cert && fs.readFileSync(cert),
    authOptional: user === "-",
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: [...(key ? [] : ["STARTTLS"]),
                       ...(user === "-" ? ["AUTH"] : [])],
    onAuth(auth, session, done) {
        const good = auth.username === user && auth.password === password;
        done(good ? null : refuse(535, "5.7.8 who are you"), { user });
    },
    onRcptTo({ address }, session, done) {
        const name = nameOf(address);
        if (name === "never") return done(refuse(550, "5.1.1 nobody here"));
        if (name === "later" && once(name))
            return done(refuse(451, "4.7.1 try again"));
        return done();
    },
    onData(stream, session, done) {
        const name = nameOf(session.envelope.rcptTo[0].address);
        const parts = [];
        stream.on("data", (part) => parts.push(part));
        stream.on("end", () => {
            if (name === "spam") return done(refuse(554, "5.7.1 unwanted"));
            if (name === "hang" && once(name))
                return fs.writeFileSync(`${dir}/hangs`, "");
            keep(Buffer.concat(parts));
            if (name === "drop" && once(name)) return cut(session);
            return done();
        });
    },
});
server.on("error", () => {}); // connections that are cut
server.listen(0, "0.0.0.0", () => {
    console.log(JSON.stringify({ port: server.server.address().port }));
});
