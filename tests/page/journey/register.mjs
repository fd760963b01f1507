// The certificate, and what anybody sees of it. [M20] [M21] [M24] [M25]

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENTERPRISE } from "./walking.mjs";

// Its number, by the list of those that one's enterprise holds.
export async function numberOf(walk) {
    const person = await walk.tab("lin", "certificate");
    return (await person.main.getByRole("heading", { level: 2 }).getByRole("link")
        .first().textContent()).trim();
}

export async function look(walk, number) {
    const { t } = walk;
    const stranger = await walk.stranger();
    await stranger.fill(t("page.search_label"), number);
    await stranger.press(t("page.search_do"), stranger.main);
    await stranger.main.getByRole("link", { name: number }).first().click();
    await stranger.headed(ENTERPRISE);
    return stranger;
}

export default async function register(walk) {
    const { t } = walk;
    let stranger;

    await walk.step("[M20] the certificate is issued", async () => {
        const officer = await walk.task("certificates", "issue");
        await walk.confirm(officer, "certificate.issue");
        await walk.stage(officer, "upkeep");
    });

    await walk.step("[M21] [M24] a stranger finds it by its number, and it is valid", async () => {
        stranger = await look(walk, await numberOf(walk));
        await stranger.sees(t("status.valid"));
        await stranger.sees("Q/ZZLH 1001-2021");
    });

    await walk.step("[M24] and takes it along on paper", async () => {
        const waited = stranger.page.waitForEvent("download");
        await stranger.press(t("page.paper"), stranger.main);
        const paper = join(walk.folder, "certificate.pdf");
        await (await waited).saveAs(paper);
        if (!readFileSync(paper).subarray(0, 5).equals(Buffer.from("%PDF-"))) {
            throw new Error("no PDF");
        }
    });

    await walk.step("[M25] it stands in the directory", async () => {
        await stranger.press(t("public.directory"));
        await stranger.main.getByText(ENTERPRISE).first().waitFor();
        await stranger.leave();
    });
}
