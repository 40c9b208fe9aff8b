#!/usr/bin/env bash
# Runs all tests, or those of the named projects: ./test.sh Billing Membership. --long runs soak and kill tests at full length,
# --pictures has the browser's tests leave pictures of what they saw in artifacts/screenshots.
# EndToEnd, as long as all others together, runs beside them and is shown after them.
# As root it installs what the tests need (apt). The last line is: N passed, N failed, N skipped
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$root/eng/build.sh"
cd "$root"

projects=() patience=20m # the longest test lives through a year
for word in "$@"; do
  case $word in
    --long) export ASSOCIATION_TEST_LONG=1; patience=60m ;;
    --pictures) export ASSOCIATION_TEST_PICTURES=1 ;;
    *) [ -d "tests/$word.Tests" ] || die "There is no tests/$word.Tests. Known: $(cd tests && ls -d *.Tests | sed 's/\.Tests//' | tr '\n' ' ')"
       projects+=("tests/$word.Tests") ;;
  esac
done
[ ${#projects[@]} -gt 0 ] || projects=(tests/*.Tests)

install_tools() {
  local missing=()
  has_postgres || missing+=(postgresql)
  command -v chromium-headless-shell > /dev/null || missing+=(chromium-headless-shell)
  command -v pdftotext > /dev/null || missing+=(poppler-utils)
  command -v qpdf > /dev/null || missing+=(qpdf)
  command -v zbarimg > /dev/null || missing+=(zbar-tools)
  compgen -G '/usr/share/fonts/truetype/liberation*' > /dev/null || missing+=(fonts-liberation)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    echo "Installing ${missing[*]} …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null || echo "apt could not install ${missing[*]}." >&2
  else
    echo "Some tests will be skipped. They need: sudo apt-get install ${missing[*]}" >&2
  fi
}

require_dotnet
install_tools
require_postgres
mkdir -p artifacts/screenshots
if [ ${#projects[@]} -eq "$(ls -d tests/*.Tests | wc -l)" ]; then
  build_when_changed Association.sln all
else
  for project in "${projects[@]}"; do build_when_changed "$project" "$(basename "$project")"; done
fi

# One PostgreSQL for all test processes of this run, which may lose its data; the last process stops it. In memory where there is room for it: hundreds of
# databases are made and dropped, each of a thousand files.
memory=/dev/shm place=${TMPDIR:-/tmp}
[ -w $memory ] && [ "$(df -Pk $memory | awk 'NR == 2 { print $4 }')" -gt 6000000 ] && place=$memory
export ASSOCIATION_TEST_FOLDER TMPDIR
ASSOCIATION_TEST_FOLDER=$(mktemp -d "$place/association-test-XXXXXX")
TMPDIR=$ASSOCIATION_TEST_FOLDER/tmp
mkdir -m 1777 "$TMPDIR"
chmod 755 "$ASSOCIATION_TEST_FOLDER"
beside=''
trap '[ -z "$beside" ] || kill -- -"$beside" 2> /dev/null; rm -rf "$ASSOCIATION_TEST_FOLDER"' EXIT

run() {
  local name
  name=$(basename "$1")
  exec dotnet test "$1" -c Release --no-build --nologo --blame-hang-timeout $patience --blame-hang-dump-type none \
    --logger "trx;LogFileName=times.trx" --results-directory "artifacts/$name" # each test with the time that it took
}

passed=0 failed=0 skipped=0
count() { sed -nE "s/^(Passed|Failed|Skipped)! +- .*$1: +([0-9]+).*/\2/p" "$2" | awk '{ sum += $1 } END { print sum + 0 }'; }
add() { # NAME STATUS: what a project's output says
  local output=artifacts/$1.txt status=$2 wrong
  passed=$((passed + $(count Passed "$output"))) skipped=$((skipped + $(count Skipped "$output")))
  wrong=$(count Failed "$output")
  # A run that broke off is no success, whatever it says with its exit code.
  { [ "$status" -eq 0 ] && grep -qE '^(Passed|Failed|Skipped)! ' "$output" && ! grep -q '^Test Run Aborted' "$output"; } || [ "$wrong" -gt 0 ] || wrong=1
  failed=$((failed + wrong))
}

longest=EndToEnd.Tests
if [ ${#projects[@]} -gt 1 ] && [ "${projects[*]}" != "${projects[*]#*$longest}" ]; then
  set -m # a job of its own: without it the shell would have it, and all that it starts, ignore Ctrl-C, which some tests send
  run "tests/$longest" > "artifacts/$longest.txt" 2>&1 < /dev/null &
  beside=$!
  set +m
fi
for project in "${projects[@]}"; do
  name=$(basename "$project") status=0
  [ -n "$beside" ] && [ "$name" = $longest ] && continue
  echo "== $name"
  (run "$project") 2>&1 | tee "artifacts/$name.txt" || status=$?
  add "$name" $status
done
if [ -n "$beside" ]; then
  status=0
  wait "$beside" || status=$?
  beside=''
  echo "== $longest"
  cat "artifacts/$longest.txt"
  add $longest $status
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
