// server.mjs -- the program serving a demonstration, on one day after the other
// and always at the same address.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createWriteStream } from "node:fs";

export class Server {
    #child = null;
    #log;

    constructor(program, data, log) {
        this.program = program;
        this.data = data;
        this.#log = createWriteStream(log);
        this.port = 0;
    }

    get site() {
        return `http://127.0.0.1:${this.port}`;
    }

    async start(today) {
        this.#child = spawn(this.program, ["serve", "--data", this.data,
            "--listen", `127.0.0.1:${this.port}`, "--today", today, "--json"]);
        this.#child.stderr.pipe(this.#log, { end: false });
        for await (const line of createInterface(this.#child.stdout)) {
            const port = /"port": (\d+)/.exec(line);
            if (port !== null) {
                this.port = Number(port[1]);
                return;
            }
        }
        throw new Error(`nothing is served on ${today}`);
    }

    async stop() {
        const ended = new Promise((done) => { this.#child.once("exit", done); });
        this.#child.kill("SIGTERM");
        await ended;
    }

    // Go on to another day.
    async day(today) {
        await this.stop();
        await this.start(today);
    }
}
