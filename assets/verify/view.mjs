// view -- reports as the reader sees them.
//
//   [VW1] Whatever a file says goes into the page as text, never as HTML.

import { verdictOf } from "./check.mjs";
import { askRegister, pageOf } from "./register.mjs";

const STYLES = { holds: "valid", refuted: "withdrawn", open: "pending" };
const VERDICTS = {
    holds: ["verify_page.holds", "verify_page.holds_means"],
    refuted: ["verify_page.refuted", "verify_page.refuted_means"],
    open: ["verify_page.open", "verify_page.open_means"],
};
const BADGES = {
    holds: "verify_page.badge_holds",
    refuted: "verify_page.badge_refuted",
    open: "verify_page.badge_open",
};

// What the register's answer settles.
const UNKNOWN = ["verify_page.status_unknown", "verify_page.status_offline"];

function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
}

// How reports become elements; `register` is where the body's pages stand.
export function viewOf(words, register) {
    const { say } = words;

    // A text of the catalogues may be an argument, too.
    const value = (v) => (v?.text === undefined ? v : say(v.text));
    const sentence = (f) => say(f.id, Object.fromEntries(
        Object.entries(f.args).map(([name, v]) => [name, value(v)])));

    function plaque(report) {
        const verdict = verdictOf(report);
        const [word, means] = VERDICTS[verdict];
        return element("div", { class: `plaque ${STYLES[verdict]}` },
            element("p", { class: "word" }, say(word)),
            element("p", { class: "means" }, say(means)));
    }

    // The first across both columns: most pairs follow it.
    function fact([label, v], at) {
        return element("div", at === 0 ? { class: "wide" } : {}, element("dt", {}, say(label)),
            element("dd", {}, words.value(value(v))));
    }

    function line(f) {
        return element("li", {},
            element("span", { class: `badge ${STYLES[f.state]}` }, say(BADGES[f.state])),
            element("span", {}, sentence(f)));
    }

    async function ask(report, article, button) {
        button.setAttribute("aria-busy", "true");
        button.disabled = true;
        const answer = await askRegister(register, report.number);
        const findings = report.findings
            .filter((f) => !UNKNOWN.includes(f.id));
        const asked = answer.state === "open"
            ? [...report.findings.filter((f) => f.id !== answer.id), answer]
            : [...findings, answer];
        const fresh = render({ ...report, findings: asked });
        article.replaceWith(fresh);
        fresh.focus();
    }

    function asking(report, article) {
        const button = element("button", { type: "button", class: "outline ask" },
            say("verify_page.ask"));
        button.addEventListener("click", () => ask(report, article, button));
        return element("p", { class: "asking" }, button, " ",
            element("a", { href: pageOf(register, report.number) },
                say("verify_page.to_register")));
    }

    function render(report) {
        const article = element("article",
            { class: "certificate report", tabindex: "-1", "data-verdict": verdictOf(report) },
            element("p", { class: "kind" }, [report.from, say(report.kind)]
                .filter((part) => part !== undefined).join(" · ")),
            plaque(report));
        if (report.facts.length > 0) {
            const heading = verdictOf(report) === "refuted"
                ? "verify_page.claims" : "verify_page.says";
            article.append(element("h3", {}, say(heading)),
                element("dl", { class: "facts-list" }, ...report.facts.map(fact)));
        }
        article.append(element("h3", {}, say("verify_page.checks")),
            element("ul", { class: "findings" }, ...report.findings.map(line)));
        if (report.number !== null) {
            article.append(asking(report, article));
        }
        return article;
    }
    return { render };
}
