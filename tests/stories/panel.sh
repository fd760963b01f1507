#!/usr/bin/env bash
# panel.sh -- a decision that three make, with a condition: who may sit there,
# what an expert advises, the condition they vote on, the decision sent back by
# the head, the signature that comes too late, the condition met too late.
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

# roles_of LOGIN ROLE.. -- from now on these and no others.
roles_of() {
    local number=$CASE roles

    roles=$(printf '%s\n' "${@:2}" | jq -Rc . | jq -sc .)
    CASE=person:$1
    done_by admin person.set_roles roles="$roles"
    CASE=$number
}

# The head is the only one, and somebody has to sign.
roles_of head head reviewer
refused panel.no_head planner decision.panel chair=reviewer \
    members='["reviewer2","head"]'
roles_of head head
roles_of planner planner reviewer
refused panel.self planner decision.panel chair=reviewer \
    members='["reviewer2","planner"]'
roles_of planner planner
done_by planner "${three[@]}" experts='["expert"]'
expect "[17065 7.6] three are to vote, and an expert to advise" \
    "$(tasks .task | sort | uniq -c | xargs)" "1 advise 3 vote"

# --- what they have before them -----------------------------------------------

refused panel.not_chair reviewer2 decision.propose
done_by expert decision.advise text="录音只保存一周，请附条件"
until=$(in_days 90)
propose=(decision.propose conditions="[{\"text\": \"补齐热线录音\",
    \"until\": \"$until\"}]")
done_by reviewer "${propose[@]}"
shown=$("$TENSTAR" case show "$CASE" --data "$DATA" --as reviewer2 --lang en)
expect "[17065 7.6] a member reads what the expert advises" \
    "$(grep -c 'An expert advises: 录音只保存一周' <<<"$shown")" 1
expect "and the condition that is voted on" \
    "$(grep -c 'Proposed.*补齐热线录音' <<<"$shown")" 1
seats() { told "$@" | grep -A4 '^Panel'; }

# --- they vote ----------------------------------------------------------------

met=(decision.vote outcome=granted level=ten reasons="材料完整")
done_by reviewer "${met[@]}"
refused panel.voting expert decision.advise text="录音只保存一周"
done_by reviewer2 decision.vote outcome=refused reasons="热线记录不全"
expect "[17065 7.6] a vote to grant says for which conditions, another none" \
    "$(show '[.panel[] | .vote.conditions // [] | length | tostring] |
        join(" ")')" "1 0 0 0"
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
    "$(grep -c -e decision.voted -e decision.advised -e decision.proposed \
        -e sample.asked "$story_dir/theirs")" 0
refused panel.no_majority reviewer decision.refuse reasons="热线记录不全"

# --- granted on a condition, sent back once -----------------------------------

refused panel.conditions reviewer decision.grant \
    conditions="[{\"text\": \"别的条件\", \"until\": \"$until\"}]"
done_by reviewer decision.grant
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
done_by reviewer decision.grant

# The certificate is due seven working days after the signature.
today=$TODAY
TODAY=$until
refused condition.late head decision.sign
TODAY=$today
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
