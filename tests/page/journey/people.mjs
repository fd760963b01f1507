// people.mjs -- somebody in front of the pages, who knows only what is to be seen:
// presses what says something, fills in what has a label, and reads.
//
// No address is typed but the first one; nothing is waited for but what is seen.

import { words } from "./words.mjs";

const PATIENCE = 30000; // milliseconds: a page that shows nothing by then is broken

export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

// What no page may do to anybody; `allowed` says which answers of 400 and more a
// step is about.
function watch(page, complaints) {
    page.on("pageerror", (e) => complaints.push(e.message));
    page.on("console", (m) => {
        if (m.type() === "error" && !/status of 4|ERR_(INTERNET|FAILED|CONN|EMPTY)/.test(m.text())) {
            complaints.push(m.text());
        }
    });
    page.on("response", (r) => {
        if (r.request().isNavigationRequest() && (r.status() === 404 || r.status() >= 500)) {
            complaints.push(`${r.status()} ${new URL(r.url()).pathname}`);
        }
    });
}

export class Person {
    static async at(browser, site, lang, options) {
        const context = await browser.newContext({ acceptDownloads: true,
            locale: lang === "zh" ? "zh-CN" : "en-GB", ...options });
        context.setDefaultTimeout(PATIENCE);
        const page = await context.newPage();
        const person = new Person(page, lang);
        watch(page, person.complaints);
        await page.goto(`${site}/`);
        return person;
    }

    constructor(page, lang) {
        this.page = page;
        this.lang = lang;
        this.t = words(lang);
        this.complaints = [];
        this.main = page.locator("main");
    }

    async leave() {
        await this.page.context().close();
    }

    // --- reading ---------------------------------------------------------------

    async sees(text, within = this.main) {
        await within.getByText(text).filter({ visible: true }).first().waitFor();
    }

    async seesNot(text) {
        const found = await this.main.getByText(text).filter({ visible: true }).count();
        if (found > 0) {
            throw new Error(`"${text}" is to be seen`);
        }
    }

    async headed(text) {
        await this.page.getByRole("heading", { name: text }).first().waitFor();
    }

    // --- pressing --------------------------------------------------------------

    // A link or a button, whichever says so, in `within`.
    found(text, within = this.page, exact = true) {
        const name = { name: text, exact };
        return within.getByRole("link", name).or(within.getByRole("button", name))
            .filter({ visible: true }).first();
    }

    async press(text, within, exact) {
        await this.found(text, within, exact).click();
    }

    async open(text) {
        await this.main.locator("summary", { hasText: text }).filter({ visible: true })
            .first().click();
    }

    // --- filling in --------------------------------------------------------------

    field(label, within = this.main) {
        return within.getByLabel(label, { exact: false }).filter({ visible: true }).first();
    }

    async fill(label, value, within) {
        await this.field(label, within).fill(value);
    }

    // One of a list that opens; `option` as selectOption() takes it.
    async pick(label, option, within) {
        await this.field(label, within)
            .selectOption(typeof option === "string" ? { label: option } : option);
    }

    // One of those that stand there, under what is asked.
    async choose(asked, answer, within = this.main) {
        await within.getByRole("group", { name: asked }).getByLabel(answer, { exact: true }).check();
    }

    async tick(label, within) {
        await this.field(label, within).check();
    }
}
