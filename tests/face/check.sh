# How tests/face/scripts and tests/face/styles say what they find: a line a check, and below a failed one what was found, as
# far as it can be read.
# They stand at the top of the repository then, and `tool` runs what npm installed.

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
passed=0 checks=0

tool() {
  local name=$1; shift
  [ -x "tests/node_modules/.bin/$name" ] || { echo "$name is missing: run tests/node-packages"; return 1; }
  "tests/node_modules/.bin/$name" "$@"
}

# check "what holds" COMMAND ARGUMENT …
check() {
  local sentence=$1 began=${EPOCHREALTIME/[.,]/} found word=ok
  shift
  checks=$((checks + 1))
  if found=$("$@" 2>&1); then passed=$((passed + 1)); else word=FAILED; fi
  printf '%-7s %s (%d.%d s)\n' "$word" "$sentence" $(( (${EPOCHREALTIME/[.,]/} - began) / 1000000 )) \
    $(( (${EPOCHREALTIME/[.,]/} - began) / 100000 % 10 ))
  [ "$word" = ok ] || printf '%s\n' "$found" | sed -n -e '1,40s/^/  /p' -e '41s/.*/  …/p'
}

# Says how many passed, and fails unless it is all of them.
end() {
  printf '%s of %s passed\n' "$passed" "$checks"
  [ "$passed" = "$checks" ]
}
