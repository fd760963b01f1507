#!/usr/bin/env bash
# door.sh -- an administrator invites somebody, hands out a new password, says
# until when, and looks who is in. [17065 4.5] [17065 6.1]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02

# person USER WORDS...: what refused it, or its answer.
person() {
    local user=$1
    shift
    "$TENSTAR" person "$@" --data "$DATA" --as "$user" --today "$TODAY" \
        --json 2>"$story_dir/err"
}
why() { person "$@" | jq -r '.refused.id // "done"'; }

# --- by invitation ------------------------------------------------------------

invited=$(person admin invite --roles auditor --until 2026-03-31 \
    --mail li@example.com)
expect "an address to hand over" \
    "$(jq -r '.path' <<<"$invited" | tr -d 'A-Za-z0-9_-')" "//"
expect "for seven days" "$(jq -r '.ends[:10]' <<<"$invited")" 2026-03-09
expect "and whom it is for" "$(jq -r '.mail' <<<"$invited")" li@example.com
holds "the address is one of the body's" jq -e \
    '.address | endswith("'"$(jq -r .path <<<"$invited")"'")' <<<"$invited"
expect "administrators invite, nobody else" \
    "$(why quality invite --roles auditor)" door.admin
expect "neither of the body nor of an enterprise" \
    "$(why admin invite)" enrol.belongs
expect "not until yesterday" \
    "$(why admin invite --roles auditor --until 2026-03-01)" accounts.until
expect "a day is a day" \
    "$(why admin invite --roles auditor --until soon)" cli.day

# --- a new password -----------------------------------------------------------

expect "a reset" "$(why admin reset auditor1)" "done"
expect "nobody has none" "$(why admin reset nobody)" door.person
expect "nobody else hands one out" "$(why quality reset auditor1)" \
    door.admin
expect "there is no factor to take away" \
    "$(why admin reset auditor1 --factor)" door.no_factor

# --- for a time ---------------------------------------------------------------

expect "until a day" \
    "$(person admin until auditor1 --day 2026-03-02 | jq -r .until)" 2026-03-02
holds "the last day" "$TENSTAR" todo --data "$DATA" --as auditor1 \
    --today 2026-03-02
expect "it goes on" "$(person admin until auditor1 | jq -r .until)" null
expect "nobody else says so" "$(why quality until auditor1)" door.admin

# --- who is in ----------------------------------------------------------------

expect "nobody is in" "$(person admin sessions auditor1)" "[]"
expect "one sees one's own" "$(person auditor1 sessions auditor1)" "[]"
expect "nor others'" "$(why auditor1 sessions auditor2)" door.others
expect "there is none to end" \
    "$(why admin sessions auditor1 --end 1)" door.session
expect "all there are" "$(person admin sessions auditor1 --end all)" "[]"
for word in 0 -1 some; do
    expect "$word is none" \
        "$(why admin sessions auditor1 "--end=$word")" cli.session_which
done

the_end
