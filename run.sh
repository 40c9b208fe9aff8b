#!/usr/bin/env bash
# Opens the office (no arguments) or runs a verb of the command line: ./run.sh --help
# Builds first when a source changed. All that building prints goes to standard error; standard output is the program's alone.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$root/eng/build.sh"

program=$root/src/Host/bin/Release/net10.0/association.dll

require_dotnet
require_postgres
[ -f "$program" ] || rm -f "$root"/artifacts/build-*.stamp
build_when_changed "$root/src/Host" association >&2

export ASSOCIATION_DATA=${ASSOCIATION_DATA:-$root/.data}
exec dotnet "$program" "$@"
