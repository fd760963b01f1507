#!/usr/bin/env bash
# major.sh -- a major nonconformity: the case stops, is corrected, and starts
# again with another site audit, whose lead is replaced; then the certificate.
# The marks [M18].. are rows of the mission.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
opened five

# --- the first audit ----------------------------------------------------------

carry audit
visited
BAD=5.3.2.2 # complaints are not handled
found
done_by "$MEMBER" nonconformity.raise indicator="$BAD" grade=major \
    text="投诉无人处理，且无制度"
asked_customers
done_by "$LEAD" audit.close
expect "[M18] one minor, one major" \
    "$(show '[.nonconformities[].grade] | join(" ")')" "minor major"

# [M18] The report may not be without a day for the correction.
refused report.correct_until "$LEAD" report.issue recommended=false \
    summary="有严重不符合"
done_by "$LEAD" report.issue recommended=false summary="有严重不符合" \
    correct_until="$(in_days 30)"
expect "[M18] counted in the report" "$(show '.report |
    "\(.minor) \(.major)"')" "1 1"
done_by newcomer report.acknowledge

# --- the case stops -----------------------------------------------------------

expect "[M18] it stops until it is corrected" \
    "$(show '.stage + " " + .waiting')" "correction applicant"
refused rights.stage reviewer decision.grant
refused rights.stage "$LEAD" audit.open
refused rights.stage certificates certificate.issue
refused decision.correcting reviewer decision.refuse reasons="严重不符合"
fix=(cause="没有专人" action="设投诉专员，写入制度" evidence='["制度","记录"]')
done_by newcomer correction.submit number=1 "${fix[@]}"
done_by "$MEMBER" correction.accept number=1
expect "[M18] not as long as the major one is open" "$(show .stage)" correction
done_by newcomer correction.submit number=2 "${fix[@]}"
done_by "$MEMBER" correction.return number=2 note="专员尚未到岗"
done_by newcomer correction.submit number=2 "${fix[@]}"
done_by "$MEMBER" correction.accept number=2

# --- and starts again ---------------------------------------------------------

expect "[M18] a new site audit, with a new plan" \
    "$(show '.stage + " " + (.plan // "none" | tostring)')" "plan none"
expect "somebody has to plan it" "$(tasks .task)" plan
refused rights.stage reviewer decision.grant
TODAY=2026-04-13
BAD=
carry audit
visited
expect "[M18] what was found is looked at again" \
    "$(show '.to_judge | index("5.3.2.2") != null')" true

# The lead falls ill; to who comes instead the enterprise may object. [M15]
instead=(plan.replace lead=auditor2 members="[\"$MEMBER\"]")
refused record.missing planner "${instead[@]}"
refused plan.nobody_new newcomer plan.object reasons="未到现场"
done_by planner "${instead[@]}" reason="组长生病"
refused rights.new_on_team auditor2 audit.close
refused rights.lead "$LEAD" audit.close
expect "[17065 7.4] the enterprise has three working days" \
    "$(tasks 'select(.task == "agree_team") | .due')" 2026-04-23
done_by newcomer plan.object reasons="曾任职于竞争对手"
refused rights.objected auditor2 audit.close
expect "[17065 7.4] the planner's turn" "$(tasks .task | sort | uniq | xargs)" \
    "audit replace"
refused rights.role newcomer "${instead[@]}" reason="改派"
done_by planner "${instead[@]}" reason="已核实，未曾任职"
TODAY=2026-04-21
done_by newcomer plan.agree
LEAD=auditor2
expect "[M15] why the team was replaced is on record" \
    "$(show '.plan | "\(.reason) \(.replaced)"')" "null 已核实，未曾任职"
expect "[M15] and who asks reads it" "$("$TENSTAR" case show "$CASE" \
    --data "$DATA" --lang en | grep -c 'were replaced: 已核实')" 1

found
! can sample.commit || asked_customers
done_by "$LEAD" audit.close
expect "[M19] nothing is lost any more" "$(show .score.shown)" 100.00
done_by "$LEAD" report.issue recommended=true summary="整改有效"
expect "[M18] this report has nothing to correct" "$(show '.report |
    "\(.minor) \(.major)"')" "0 0"
done_by newcomer report.acknowledge
expect "on to the decision" "$(show .stage)" decision
carry upkeep
expect "[M21] certified" "$(public '.status + " " + .level')" "valid five"
expect "[17065 7.4.9] both audits are on record" \
    "$("$TENSTAR" case papers "$CASE" --data "$DATA" --json |
        jq '.audits | length')" 2
checked

the_end
