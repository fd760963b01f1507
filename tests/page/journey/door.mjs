// How an enterprise comes in. [M6] [M10] [M11]

import { execFileSync } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { APPLICANT, ENTERPRISE } from "./walking.mjs";

const MAIL = "lin@hotel.example";

// The first letter in the box, as soon as the mail server puts it there: watched
// for before it is looked for, so that it cannot come in between.
async function letter(walk) {
    const box = join(walk.folder, "box");
    const path = join(box, "1.eml");
    await new Promise((done, failed) => {
        const watched = watch(box);
        const look = () => {
            if (existsSync(path)) {
                watched.close();
                done();
            }
        };
        watched.on("change", look);
        watched.on("error", failed);
        look();
    });
    return JSON.parse(execFileSync("tests/foreign/mail/read.py", [path]).toString());
}

export default async function door(walk) {
    const { t } = walk;

    await walk.step("the administrator says by which server letters go", async () => {
        const admin = await walk.as("admin");
        await admin.press(t("people.title"));
        await admin.press(t("people.mail"), admin.main);
        await admin.fill(t("mailing.server"), `smtp://127.0.0.1:${walk.postPort}`);
        await admin.fill(t("mailing.from"), "office@body.example");
        await admin.press(t("mailing.do"), admin.main);
        await admin.sees(t("mailing.done"));
    });

    const newcomer = await walk.stranger();
    await walk.step("[M11] an enterprise registers", async () => {
        await newcomer.press(t("login.title"));
        await newcomer.press(t("login.register"), newcomer.main);
        await newcomer.fill(t("register.name"), ENTERPRISE);
        await newcomer.fill(t("register.uscc"), "91350100M000100Y43");
        await newcomer.fill(t("register.registered"), "2015-06-30");
        await newcomer.fill(t("register.scope"), "家用电器的销售、安装与维修服务");
        await newcomer.fill(t("register.province"), "示例省");
        await newcomer.fill(t("register.city"), "示例市");
        await newcomer.fill(t("register.address"), "示例路 1 号");
        await newcomer.main.getByLabel(t("register.mail"), { exact: true }).fill(MAIL);
        await newcomer.press(t("register.do"), newcomer.main);
        await newcomer.headed(t("register.sent"));
    });

    await walk.step("[M11] a letter confirms its address, and the account is open", async () => {
        const { to, text } = await letter(walk);
        if (to !== MAIL) {
            throw new Error(`a letter to ${to}`);
        }
        await newcomer.page.goto(/http\S+/.exec(text)[0]);
        await newcomer.headed(t("arrive.registering"));
        await newcomer.fill(t("account.name"), "林示例");
        await newcomer.fill(t("login.name"), APPLICANT);
        await newcomer.fill(t("login.password"), "a long sentence");
        await newcomer.press(t("arrive.do"), newcomer.main);
        await newcomer.headed(t("arrive.done"));
        await newcomer.press(t("login.title"), newcomer.main);
        await newcomer.headed(t("login.title"));
        await newcomer.leave();
    });

    await walk.step("[M10] whoever comes in for the first time is told how to begin", async () => {
        const applicant = await walk.as(APPLICANT);
        await applicant.headed(t("own_work.begin"));
        await applicant.sees(t("own_work.begin_why"));
    });
}
