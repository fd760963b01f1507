// Team, days and sites, and the enterprise's word to them. [M15] [17065 7.4]

import { APPLICANT } from "./walking.mjs";

const REASONS = "示例：组长曾为竞争对手服务";

// On the planner's page: who leads and who alone goes along, whoever else is
// proposed.
async function make(walk, planner, lead, member) {
    const { t } = walk;
    await planner.tick(t("planner.lead_of", { who: lead }));
    for (const proposed of await planner.main.locator("input[name=members]").all()) {
        await proposed.uncheck();
    }
    await planner.tick(t("planner.member_of", { who: member }));
    await walk.do(planner, "plan.make");
    await walk.waitsFor(planner, "applicant");
}

export default async function plan(walk) {
    const { t } = walk;
    let planner;

    await walk.step("[M15] the planner sees who may go, and on what days", async () => {
        planner = await walk.as("planner");
        await planner.press(t("work.title"));
        await planner.press(t("task.plan"), planner.main);
        await planner.press(t("page_case.team"), planner.main);
        await planner.press(t("planner.to_planner"), planner.main);
        await planner.headed(t("planner.title"));
        await planner.fill(t("planner.from"), "2026-03-23");
        await planner.fill(t("planner.to"), "2026-03-25");
        await planner.press(t("planner.look"), planner.main);
        await planner.sees(t("planner.people"));
    });

    await walk.step("[M15] and makes the plan there", async () => {
        await make(walk, planner, "示例·审查员乙", "示例·审查员丙");
    });

    await walk.step("[17065 7.4] the enterprise objects to the team, with its reasons", async () => {
        const person = await walk.act(APPLICANT, "plan.object");
        await person.fill(t("field.reasons"), REASONS);
        await walk.do(person, "plan.object");
        await walk.waitsFor(person, "body");
    });

    await walk.step("[17065 7.4] the planner reads them, and plans with another lead", async () => {
        await planner.press(t("work.title"));
        await planner.press(t("task.plan"), planner.main);
        await planner.press(t("page_case.team"), planner.main);
        await planner.sees(REASONS);
        await planner.press(t("planner.to_planner"), planner.main);
        await planner.fill(t("planner.from"), "2026-03-23");
        await planner.fill(t("planner.to"), "2026-03-25");
        await planner.press(t("planner.look"), planner.main);
        await make(walk, planner, "示例·审查员甲", "示例·审查员丙");
    });

    await walk.step("[M15] the enterprise reads the new plan and agrees", async () => {
        const person = await walk.as(APPLICANT);
        await person.press(t("work.title"));
        await person.headed(t("task.agree"));
        await person.press(t("own_work.read"), person.main);
        await person.headed(t("page_case.plan"));
        await person.seesNot(REASONS);
        await walk.next("agree");
        await walk.do(person, "plan.agree");
        await walk.stage(person, "audit");
    });
}
