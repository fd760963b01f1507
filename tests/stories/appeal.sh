#!/usr/bin/env bash
# appeal.sh -- a refusal and an appeal against it that succeeds: heard by
# people who had no part in it, decided again by somebody else. [17065 7.13]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

# role LOGIN ROLE...: what somebody may do at the body from now on.
role() {
    local CASE=person:$1
    shift
    done_by admin person.set_roles roles="$(printf '%s\n' "$@" | jq -Rc . |
        jq -sc .)"
}

# refused_by_name ID LOGIN USER COMMAND...: the refusal says whom it means.
refused_by_name() {
    local id=$1 login=$2
    shift 2
    refused "$id" "$@"
    expect "$(line): it names $login" "$(answer_of .refused.arguments.login)" \
        "$login"
}

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry decision

# --- refused ------------------------------------------------------------------

refused rights.role head decision.refuse reasons="缺少依据"
refused record.missing reviewer decision.refuse
done_by reviewer decision.refuse reasons="抽样名单无人核对"
refused rights.role reviewer decision.sign
refused appeal.nothing newcomer appeal.file subject=refusal grounds="尚未签署"
done_by head decision.sign
expect "[M19] refused" "$(show '.stage + " " + .ending')" "ended refused"
refused_on=$TODAY

# --- an appeal, within thirty days --------------------------------------------

appeal=(appeal.file subject=refusal grounds="抽样名单有核对记录"
    evidence='["核对记录"]')
refused appeal.nothing newcomer appeal.file subject=withdrawal grounds="x"
TODAY=$(in_days 31 "$refused_on")
refused appeal.late newcomer "${appeal[@]}"
TODAY=$(in_days 30 "$refused_on")
refused rights.paper intake "${appeal[@]}"
done_by newcomer "${appeal[@]}"
refused appeal.filed_already newcomer "${appeal[@]}"
expect "[17065 7.13] quality has to see to it" \
    "$(tasks '.task + " " + .roles[0]')" "assign_appeal quality"

# --- the panel: nobody who had a part in it -----------------------------------

role auditor1 auditor appeal
role auditor3 auditor appeal
role reviewer reviewer appeal
role head head appeal
role consultant auditor appeal
refused rights.role reviewer appeal.assign members='["appeal"]'
refused appeal.nobody quality appeal.assign members='[]'
refused_by_name appeal.not_panel auditor2 quality appeal.assign \
    members='["auditor2"]'
for who in auditor1 auditor3 reviewer head; do # audited, decided, signed
    refused_by_name appeal.involved $who quality appeal.assign \
        members="[\"appeal\",\"$who\"]"
done
# Nobody who consults for the enterprise, either. [17065 4.2.6]
refused_by_name appeal.involved consultant quality appeal.assign \
    members='["appeal","consultant"]'
refused appeal.not_assigned appeal appeal.decide upheld=true reasons="有记录"
done_by quality appeal.assign members='["appeal"]'
expect "it waits for the panel" "$(tasks '.task + " " + .person')" \
    "hear_appeal appeal"

# --- upheld -------------------------------------------------------------------

refused rights.role quality appeal.decide upheld=true reasons="有记录"
refused record.missing appeal appeal.decide upheld=true
done_by appeal appeal.decide upheld=true reasons="核对记录在案，未被查看"
expect "[17065 7.13] back to the decision" \
    "$(show '[.stage, .ending, .decision] | map(. // "none") | join(" ")')" \
    "decision none none"

# --- decided again, by somebody else ------------------------------------------

refused rights.uninvolved reviewer decision.grant
role auditor1 auditor reviewer
refused rights.independent auditor1 decision.grant # audited it
role auditor2 auditor reviewer
done_by auditor2 decision.grant note="核对记录已查看"
done_by head decision.sign
carry upkeep
expect "[M19] granted" "$(public '.status + " " + .level')" "valid five"
expect "[17065 7.13] the public sees nothing of it" \
    "$(public '.history | map(.act) | join(" ")')" issued
expect "[17065 7.12] the record has both decisions" \
    "$("$TENSTAR" case history "$CASE" --data "$DATA" --json |
        jq -r '[.events[] | select(.type == "decision.made") |
            .data.outcome] | join(" ")')" "refused granted"
checked

the_end
