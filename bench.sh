#!/usr/bin/env bash
# Runs the benchmarks, or those whose name contains a word: ./bench.sh dues
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
source "$root/eng/build.sh"
require_dotnet
require_postgres
build_when_changed "$root/tests/Benchmarks" benchmarks >&2
exec dotnet "$root/tests/Benchmarks/bin/Release/net10.0/Association.Benchmarks.dll" "$@"
