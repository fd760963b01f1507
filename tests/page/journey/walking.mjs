// walking.mjs -- what the parts of the way have in common: who comes in, how one
// gets to a case, what stands on its page, and which steps were taken.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../chromium.mjs";
import { DESKTOP, PHONE, Person } from "./people.mjs";
import { Server } from "./server.mjs";
import { words } from "./words.mjs";

export const ENTERPRISE = "示例点击家用电器有限公司";
export const APPLICANT = "lin";

// Tasks that wait for the body and are told to it otherwise than to the enterprise.
const OF_BODY = ["collect", "cure", "cure_misuse", "pay"];

// The days on which somebody does something.
export const DAYS = {
    door: "2026-03-02", apply: "2026-03-02", intake: "2026-03-03", contract: "2026-03-05",
    documents: "2026-03-06", plan: "2026-03-13", audit: "2026-03-23", report: "2026-03-25",
    decision: "2026-04-13", register: "2026-04-15", upkeep: "2027-03-15",
    renewal: "2028-11-06",
};

export class Walk {
    static async begin(given) {
        const walk = new Walk(given);
        walk.browser = await launch();
        walk.server = new Server(given.program, given.data, join(given.folder, "log"));
        await walk.#postbox();
        return walk;
    }

    constructor({ folder, lang, device }) {
        this.folder = folder;
        this.lang = lang;
        this.t = words(lang);
        this.device = device === "phone" ? PHONE : DESKTOP;
        this.people = new Map();
        this.what = "";
        this.broken = false;
    }

    // A mail server that nobody here wrote, and what it took.
    async #postbox() {
        this.post = spawn("node", ["tests/foreign/mail/server.mjs", join(this.folder, "box")]);
        for await (const line of createInterface(this.post.stdout)) {
            this.postPort = JSON.parse(line).port;
            return;
        }
    }

    // --- steps -------------------------------------------------------------------

    // Once one fails, those after it have nothing to stand on.
    async step(what, work) {
        if (this.broken) {
            return;
        }
        const begun = Date.now();
        try {
            await work();
            console.log(`ok ${this.lang} ${what}`);
            if (process.env.TIMES) {
                console.error(`${((Date.now() - begun) / 1000).toFixed(1)} s ${what}`);
            }
        } catch (error) {
            this.broken = true;
            console.log(`not ok ${this.lang} ${what}`);
            console.error(`${what}: ${error.stack}`);
            const page = this.last?.page;
            console.error(`${page?.url()}\n${await page?.locator("main")
                .ariaSnapshot().catch((e) => e.message)}`);
        }
    }

    async part(name, walked) {
        if (!this.broken) {
            await this.goTo(DAYS[name]);
            await walked(this);
        }
    }

    async goTo(day) {
        if (this.today !== day) {
            await this.everybodyLeaves();
            await (this.today === undefined ? this.server.start(day) : this.server.day(day));
            this.today = day;
        }
    }

    async end() {
        await this.everybodyLeaves();
        await this.server.stop();
        this.post.kill();
        await this.browser.close();
    }

    // --- people --------------------------------------------------------------------

    async stranger(options) {
        return Person.at(this.browser, this.server.site, this.lang, options ?? this.device);
    }

    async everybodyLeaves() {
        for (const [login, person] of this.people) {
            if (person.complaints.length > 0) {
                this.broken = true;
                console.log(`not ok ${this.lang} ${login} sees nothing broken: ${person.complaints.join("; ")}`);
            }
            await person.leave();
        }
        this.people.clear();
    }

    // Somebody who is in, or comes in now by the way everybody takes.
    async as(login, options) {
        let person = this.people.get(login);
        if (person === undefined) {
            person = await this.stranger(options);
            this.people.set(login, person);
            await person.press(this.t("login.title"));
            await person.fill(this.t("login.name"), login);
            await person.press(this.t("login.do"), person.main);
            await person.page.getByRole("button", { name: this.t("visit.leave") }).waitFor();
        }
        this.last = person;
        return person;
    }

    // --- a case ----------------------------------------------------------------------

    // From "My work" to what waits there for whoever looks, and on to where it is
    // done.  Some the body reads in words of its own.
    async task(login, task) {
        const person = await this.as(login);
        const words = this.t(OF_BODY.includes(task) && login !== APPLICANT
            ? `task_of_body.${task}` : `task.${task}`);
        await person.press(this.t("work.title"));
        await person.press(words, person.main);
        await person.press(words, person.main);
        return person;
    }

    // The enterprise's next step, as it stands there when it comes in.
    async next(task) {
        const person = await this.as(APPLICANT);
        await person.press(this.t("work.title"));
        await person.headed(this.t(`task.${task}`));
        await person.press(this.t("own_work.go"), person.main);
        return person;
    }

    // The page of the case, by the list of cases.
    async atCase(login) {
        const person = await this.as(login);
        await person.press(this.t("cases.title"));
        await person.main.getByRole("row", { name: ENTERPRISE }).getByRole("link").first().click();
        await person.headed(ENTERPRISE);
        return person;
    }

    async tab(login, name) {
        const person = await this.atCase(login);
        await person.press(this.t(`page_case.${name}`), person.main);
        return person;
    }

    // Something that may be done but does not wait: a button, where the step at
    // hand goes on by it, or else folded.
    async act(login, command) {
        const person = await this.atCase(login);
        const step = person.main.locator(".tab-acts a",
            { hasText: this.t(`command.${command}`) });
        if (await step.count() === 0)
            await person.open(this.t("page_case.acts"));
        await person.press(this.t(`command.${command}`), person.main);
        return person;
    }

    // The button that does what the page is about, and back at the case.
    async do(person, command) {
        await person.main.getByRole("button", { name: this.t(`command.${command}`), exact: true }).click();
        await person.headed(ENTERPRISE);
    }

    // The same with what is shown once more before it is done: by its hash.
    async confirm(person, command) {
        const button = person.main.getByRole("button",
            { name: this.t(`command.${command}`), exact: true });
        await button.click();
        await person.headed(this.t("record_form.confirm"));
        const shown = await person.main.locator(".code.long").first().textContent();
        await button.click();
        await person.headed(ENTERPRISE);
        return shown.trim();
    }

    // Where the case is, as its page says; whoever looks at it stays there.
    async stage(person, stage) {
        await person.main.getByRole("list", { name: this.t("page_case.stages") })
            .locator("[aria-current=step]").getByText(this.t(`stage.${stage}`)).waitFor();
    }

    // Whose turn it is, as it is said to whoever looks.
    async waitsFor(person, who) {
        const own = who === "applicant" && person === this.people.get(APPLICANT);
        await person.sees(this.t(own ? "page_case.waiting_you" : `waiting.${who}`));
    }

    // --- files -----------------------------------------------------------------------

    file(name, text) {
        const path = join(this.folder, name);
        writeFileSync(path, text);
        return path;
    }
}
