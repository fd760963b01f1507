#!/usr/bin/env bash
# newcomers.sh -- an administrator brings an enterprise, its applicant and an
# auditor into a body at work, and they go to work. [M10] [M11] [条例 38]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
uscc=91350100M000100Y43
printf 'a first secret\n' >"$story_dir/secret"
printf 'seven77\n' >"$story_dir/short"

# add USER WORDS...: the id of what refused it, or what was added.
add() {
    local user=$1
    shift
    "$TENSTAR" "$@" --data "$DATA" --as "$user" --today "$TODAY" --json \
        2>"$story_dir/err" | jq -r '.refused.id // .ref'
}
person() {
    local user=$1 login=$2
    shift 2
    add "$user" person add "$login" --name "示例·新人" \
        --secret "$story_dir/${secret-secret}" "$@"
}
firm=(enterprise add "$uscc" --name "示例新来电器有限公司"
    --scope "家电销售与维修" --registered 2020-05-06
    --province 示例省 --city 示例市)

# --- who may, and what is wanted ----------------------------------------------

for user in head quality planner newcomer; do
    expect "[M11] $user adds no enterprise" "$(add "$user" "${firm[@]}")" \
        enrol.admin
    expect "[M11] nor anybody, does $user" \
        "$(person "$user" li --roles auditor)" enrol.admin
done
expect "an enterprise is registered" "$(add admin "${firm[@]}")" \
    "enterprise:$uscc"
expect "and once only" "$(add admin "${firm[@]}")" registry.known
expect "its code is checked" \
    "$(add admin enterprise add "${uscc%?}9" --name x --scope x)" \
    registry.uscc_check
expect "it is registered by today" \
    "$(add admin enterprise add 91330100799655058B --name x --scope x \
        --registered 2026-03-03)" registry.day

expect "neither of the body nor of an enterprise" "$(person admin li)" \
    enrol.belongs
expect "not of both" \
    "$(person admin li --roles auditor --enterprise "$uscc")" enrol.belongs
expect "who applies does so for an enterprise" \
    "$(person admin li --roles applicant)" enrol.belongs
expect "a role is one there is" "$(person admin li --roles auditor,boss)" \
    register.role
expect "so is the enterprise" \
    "$(person admin li --enterprise 91330100799655058B)" case.enterprise
expect "a login has no blanks" "$(person admin 'l i' --roles auditor)" \
    enrol.login
expect "a secret is not too short" \
    "$(secret=short person admin li --roles auditor)" enrol.secret
expect "everybody has a login of their own" \
    "$(person admin auditor1 --roles auditor)" registry.login

# --- at work ------------------------------------------------------------------

expect "somebody who applies" "$(person admin li --enterprise "$uscc")" \
    person:li
expect "somebody with two roles" \
    "$(person admin wang --roles auditor,reviewer)" person:wang
CASE=person:wang
done_by admin person.qualify registration=示例-2001 level=full \
    until=2028-12-31 fields='["SC03"]'
CASE=new
done_by li case.open scheme=five-star level=five
CASE=$(answer_of .number)
expect "[M11] the applicant opens a case of their own enterprise" \
    "$(show .enterprise.name)" "示例新来电器有限公司"
refused rights.role wang application.accept
checked

the_end
