// The review of the whole file, the decision and its second signature. [M19]

export default async function decision(walk) {
    const { t } = walk;

    await walk.step("[M19] the reviewer reads the whole file", async () => {
        const reviewer = await walk.as("reviewer");
        await reviewer.press(t("work.title"));
        await reviewer.press(t("task.decide"), reviewer.main);
        await reviewer.press(t("page_case.decision"), reviewer.main);
        await reviewer.headed(t("review_room.title"));
        await reviewer.sees("99.00");
        await reviewer.sees(t("review_room.none_open"));
    });

    await walk.step("[M19] and grants, over the hash of what is granted", async () => {
        const reviewer = await walk.as("reviewer");
        await reviewer.press(t("command.decision.grant"), reviewer.main);
        const shown = await walk.confirm(reviewer, "decision.grant");
        if (!/^[0-9a-f]{64}$/.test(shown)) {
            throw new Error(`no hash: ${shown}`);
        }
        await walk.stage(reviewer, "decision");
    });

    await walk.step("[M19] the head of the body signs it", async () => {
        const head = await walk.task("head", "countersign");
        await walk.confirm(head, "decision.sign");
        await walk.stage(head, "certificate");
    });
}
