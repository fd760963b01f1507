#!/usr/bin/env bash
# consultant.sh -- a consultant turned auditor: for two years not where he
# consulted, and not one day longer; what ties people to an enterprise is
# declared, and the enterprise may object to whom it gets. [17065 4.2] [M15]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry documents
uscc=$(show .enterprise.uscc)

# related USER LOGIN FIELD=VALUE...: a tie of LOGIN to the enterprise.
related() {
    local user=$1 CASE=person:$2
    shift 2
    done_by "$user" person.relate uscc="$uscc" "$@"
}

# --- declared -----------------------------------------------------------------

# Nobody enters a tie of their own, or takes one away.
number=$CASE
CASE=person:consultant
refused rights.role consultant person.relate uscc="$uscc" tie=consulted
refused rights.role planner person.relate uscc="$uscc" tie=consulted
refused case.enterprise quality person.relate uscc=91990000DEM0000000 \
    tie=consulted
CASE=$number

# As long as it goes on, no day is late enough.
judge=(document.judge requirement=manual quantified=yes closed=yes
    resourced=na)
refused rights.conflict consultant "${judge[@]}"

# --- two years, to the day ----------------------------------------------------

# He stopped consulting on 10 March 2024: two years end on 10 March 2026.
related quality consultant tie=consulted until=2024-03-10 note="体系咨询"
TODAY=2026-03-10
refused rights.conflict consultant "${judge[@]}"
carry plan
team=(plan.make members='["auditor3"]' from=2026-03-17 to=2026-03-19
    person_days=50)
refused plan.conflict planner "${team[@]}" lead=consultant
expect "[17065 4.2.6] it says who" "$(answer_of .refused.arguments.login)" \
    consultant
refused plan.conflict planner plan.make lead=auditor1 from=2026-03-17 \
    to=2026-03-19 person_days=50 members='["consultant"]'
TODAY=2026-03-11
done_by planner "${team[@]}" lead=consultant
expect "[17065 4.2.6] a day later he may" "$(show .plan.agreed)" false

# --- the enterprise objects [M15] ---------------------------------------------

refused record.missing newcomer plan.object
refused rights.role planner plan.object reasons="曾为竞争对手服务"
done_by newcomer plan.object reasons="组长曾为竞争对手服务"
expect "[17065 7.4] with reasons, on record" "$(show .plan.objection)" \
    组长曾为竞争对手服务
refused plan.none newcomer plan.agree
expect "somebody plans again" "$(tasks .task)" plan
done_by planner plan.make lead=auditor1 members='["auditor2"]' \
    from=2026-03-17 to=2026-03-19 person_days=50
done_by newcomer plan.agree

# --- a tie that comes up later ------------------------------------------------

related admin auditor2 tie=family note="采购经理是其配偶"
TODAY=2026-03-17
done_by auditor1 audit.open
refused rights.conflict auditor2 finding.record indicator=5.1.1.1 result=met \
    evidence='["访谈"]'
done_by auditor1 finding.record indicator=5.1.1.1 result=met evidence='["访谈"]'
# What it is stands in the person's stream, not in the case.
expect "[17065 4.2.3] nothing private in the case" \
    "$("$TENSTAR" case history "$CASE" --data "$DATA" --json | grep -c 配偶 ||
        true)" 0

# --- and in the decision ------------------------------------------------------

MEMBER=auditor1
found
asked_customers
done_by auditor1 audit.close
carry decision
# Until two years have passed nobody decides where they were employed.
related quality reviewer tie=employed until=2024-04-01
TODAY=2026-04-01
refused rights.conflict reviewer decision.grant
TODAY=2026-04-02
carry upkeep
expect "[M21] certified" "$(public .status)" valid
checked

the_end
