// Is a page valid HTML, by html-validate?  Its recommended rules and those of
// whole documents, but:

import { HtmlValidate, StaticConfigLoader } from "html-validate";

const rules = {
    // A name in lower case is as good as one in capitals.
    "doctype-style": "off",
    // Scripts and style sheets are this server's own, with their hash in their
    // address (tools/assets.py).
    "require-sri": "off",
    // Ids name fields of records, "f-sites.0.name"; they hold no blank, which is
    // what HTML asks of them.
    "valid-id": ["error", { relaxed: true }],
    // A link that saves a file may look like a button, which is what the style
    // sheet makes of its role.
    "prefer-native-element": ["error", { exclude: ["button"] }],
    // A title begins with what the page is of, and enterprises have long names.
    "long-title": "off",
    // Boxes to tick share their name, as buttons of choice do.
    // What a video shows may be named.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
};
const validator = new HtmlValidate(new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules,
}));

// What is wrong, "line 3: void-style: ..."; empty when nothing is.
export function invalid(html) {
    return validator.validateStringSync(html).results
        .flatMap((r) => r.messages)
        .map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`).join("; ");
}
