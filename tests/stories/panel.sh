#!/usr/bin/env bash
# panel.sh -- a decision that three make, with a condition: who may sit there,
# the votes, the decision sent back by the head, the condition met too late.
# [17065 7.5] [17065 7.6] [17065 7.7] [条例 22]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/ten-star
opened ten
carry decision

# --- who decides --------------------------------------------------------------

three=(decision.panel chair=reviewer members='["reviewer2","reviewer3"]')
refused rights.role reviewer "${three[@]}"
refused panel.odd planner decision.panel chair=reviewer \
    members='["reviewer2"]'
refused panel.not_reviewer planner decision.panel chair=reviewer \
    members='["reviewer2","auditor3"]'
done_by planner "${three[@]}" experts='["expert"]'
expect "[17065 7.6] three are to vote, and nobody else" \
    "$(tasks .task | sort | uniq -c | xargs)" "3 vote"
seats() { told "$@" | grep -A4 '^Panel'; }

# --- they vote ----------------------------------------------------------------

met=(decision.vote outcome=granted level=ten reasons="材料完整")
done_by reviewer "${met[@]}"
done_by reviewer2 decision.vote outcome=refused reasons="热线记录不全"
refused panel.votes_open reviewer decision.grant
refused rights.role expert "${met[@]}"
done_by reviewer3 "${met[@]}"
expect "[17065 7.6] most have said it: the chair decides" "$(tasks .task)" \
    decide
refused panel.not_chair reviewer2 decision.grant
expect "[17065 7.6] the body reads by name who voted what, and why" "$(seats)" \
    "Panel of 3: 2 for granting, 1 for refusing
  示例·复核员 (chair): granted, 材料完整
  示例·复核员乙: refused, 热线记录不全
  示例·复核员丙: granted, 材料完整
  示例·技术专家 (technical expert): has no vote"
expect "[17065 7.6] the enterprise who sits there, and no more" \
    "$(seats --as newcomer | head -1) $(told --as newcomer | grep -c granted)" \
    "Panel: 示例·复核员 (chair), 示例·复核员乙, 示例·复核员丙,\
 示例·技术专家 (technical expert) 0"
expect "in JSON the names stand beside the ids" \
    "$(show '.panel[] | select(.chair) | .name + " " + .vote.outcome')" \
    "示例·复核员 granted"
"$TENSTAR" case history "$CASE" --data "$DATA" --as newcomer --json |
    jq -r '.events[].type' >"$story_dir/theirs"
expect "[17065 7.6] the enterprise does not read who voted what" \
    "$(grep -c -e decision.voted -e sample.asked "$story_dir/theirs")" 0
refused panel.no_majority reviewer decision.refuse reasons="热线记录不全"

# --- granted on a condition, sent back once -----------------------------------

until=$(in_days 90)
grant=(decision.grant conditions="[{\"text\": \"补齐热线录音\",
    \"until\": \"$until\"}]")
done_by reviewer "${grant[@]}"
refused rights.role reviewer2 decision.sign
done_by head decision.return reasons="请说明热线记录"
expect "[条例 22] it is theirs again" "$(show .decision.outcome)" null
"$TENSTAR" case history "$CASE" --data "$DATA" --as newcomer --json |
    jq -r '.events[].type' >"$story_dir/theirs"
expect "[条例 22] and the enterprise reads of no decision" \
    "$(grep -c decision "$story_dir/theirs")" 1 # the panel was named
for login in reviewer reviewer2 reviewer3; do
    done_by $login "${met[@]}"
done
done_by reviewer "${grant[@]}"
done_by head decision.sign
refused rights.stage newcomer condition.answer number=1 \
    text="已补齐" evidence='["录音清单"]'
expect "[17065 7.6] signed, everybody of the case reads of it" \
    "$(told --as newcomer | grep '^Decision')" "Decision: granted, Ten stars"
carry upkeep
expect "[17065 7.7] nobody outside reads of the condition" \
    "$(public tostring | grep -c 热线)" 0

# --- the condition ------------------------------------------------------------

expect "[17065 7.6] it waits for the enterprise" \
    "$(tasks 'select(.task == "meet_condition") | .due')" "$until"
done_by newcomer condition.answer number=1 text="已补齐" \
    evidence='["录音清单"]'
refused rights.role auditor1 condition.judge number=1 met=true
done_by reviewer2 condition.judge number=1 met=false note="缺两周"
TODAY=$(in_days 1 "$until")
expect "[D5] the day passed: somebody has to act, and nothing acts alone" \
    "$(tasks 'select(.task == "suspend_unmet") | .opens') $(public .status)" \
    "$TODAY valid"
done_by newcomer condition.answer number=1 text="两周已补" \
    evidence='["录音清单（二）"]'
done_by reviewer3 condition.judge number=1 met=true
expect "[17065 7.6] met, though late: nothing waits" \
    "$(tasks .task | grep -c -e condition -e unmet)" 0
checked

the_end
