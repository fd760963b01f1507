# story.sh -- what every story in tests/ uses; sourced, not run.
#
# A story drives build/tenstar as people do and says what must come of it.
# Each `expect`, `done_by` and `refused` is one check; the last line is
# "N passed, N failed".

set -euo pipefail

TENSTAR=${TENSTAR:-$PWD/build/tenstar}
story_dir=$(mktemp -d)
trap 'rm -rf "$story_dir"' EXIT
passed=0
failed=0
CASE=new
TODAY=
DATA=$story_dir/data

pass() { passed=$((passed + 1)); }

fail() {
    failed=$((failed + 1))
    echo "FAIL $*" >&2
}

# expect WHAT GOT WANT: two texts are equal.
expect() {
    if [ "$2" = "$3" ]; then
        pass
    else
        fail "$1: got '$2', want '$3'"
    fi
}

# holds WHAT COMMAND...: the command succeeds.
holds() {
    local what=$1
    shift
    if "$@" >"$story_dir/out" 2>"$story_dir/err"; then
        pass
    else
        fail "$what: $*"
        cat "$story_dir/out" "$story_dir/err" >&2
    fi
}

# case_do USER COMMAND [FIELD=VALUE...]: run it, output in out and err.
case_do() {
    local user=$1 command=$2
    shift 2
    "$TENSTAR" case do "$CASE" "$command" "$@" --as "$user" \
        --data "$DATA" --today "$TODAY" --json \
        >"$story_dir/out" 2>"$story_dir/err"
}

# done_by USER COMMAND [FIELD=VALUE...]: must be carried out.
done_by() {
    if case_do "$@"; then
        pass
    else
        fail "line ${BASH_LINENO[0]}: $* was not carried out"
        cat "$story_dir/err" >&2
    fi
}

# refused ID USER COMMAND [FIELD=VALUE...]: must be refused by rule ID, with
# exit status 1, and change nothing.
refused() {
    local id=$1 status=0 before after got
    shift
    before=$(version)
    case_do "$@" || status=$?
    after=$(version)
    got=$(jq -r '.refused.id // "nothing"' "$story_dir/out" 2>/dev/null) || true
    expect "line ${BASH_LINENO[0]}: $2 by $1 refused" "$status $got" "1 $id"
    expect "line ${BASH_LINENO[0]}: a refusal changes nothing" "$after" \
        "$before"
}

# show FILTER: a value of the case as it stands now.
show() {
    "$TENSTAR" case show "$CASE" --data "$DATA" --json | jq -r "$1"
}

version() {
    if [ "$CASE" = new ]; then
        echo 0
    else
        show .version
    fi
}

the_end() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
