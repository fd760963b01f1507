// A year later: a surveillance is arranged, the certificate suspended, and
// restored. [M22]

import { look, numberOf } from "./register.mjs";

export default async function upkeep(walk) {
    const { t } = walk;
    let number;

    await walk.step("[M22] the enterprise sees that a surveillance falls due", async () => {
        const person = await walk.as("lin");
        await person.sees(t("own_work.survey"));
        number = await numberOf(walk);
    });

    await walk.step("[M22] the planner opens it and plans it", async () => {
        const planner = await walk.task("planner", "survey");
        await walk.do(planner, "round.open");
        await walk.tab("planner", "team");
        await planner.press(t("planner.to_planner"), planner.main);
        await planner.fill(t("planner.from"), "2027-03-22");
        await planner.fill(t("planner.to"), "2027-03-23");
        await planner.press(t("planner.look"), planner.main);
        await walk.do(planner, "plan.make");
        await walk.waitsFor(planner, "applicant");
    });

    await walk.step("[M22] the enterprise agrees to it", async () => {
        const person = await walk.next("agree");
        await walk.do(person, "plan.agree");
        await walk.stage(person, "audit");
    });

    await walk.step("[M22] the certificate is suspended, over its hash", async () => {
        const reviewer = await walk.act("reviewer", "certificate.suspend");
        await reviewer.pick(t("field.code"), { index: 1 });
        await reviewer.fill(t("field.reasons"), "示例：监督审查未能如期进行");
        await walk.confirm(reviewer, "certificate.suspend");
    });

    await walk.step("[M21] [M22] anybody sees that, and no paper of it", async () => {
        const stranger = await look(walk, number);
        await stranger.sees(t("status.suspended"));
        await stranger.seesNot(t("page.paper"));
        await stranger.leave();
    });

    await walk.step("[M22] it is restored, and valid again", async () => {
        const reviewer = await walk.task("reviewer", "cure");
        await reviewer.fill(t("field.reasons"), "示例：已整改");
        await walk.confirm(reviewer, "certificate.restore");
        const stranger = await look(walk, number);
        await stranger.sees(t("status.valid"));
        await stranger.leave();
    });
}
