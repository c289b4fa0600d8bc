# Install exactly the npm packages of package-lock.json.
set -eu

fail() { echo "$1" >&2; exit 1; }

command -v node >/dev/null && command -v npm >/dev/null ||
  fail "Node 20.19 or newer with npm is needed, and is not installed."
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major * 100 + +minor < 2019 ? 1 : 0)' ||
  fail "Node 20.19 or newer is needed; this is Node $(node -v)."
echo "Installing the locked npm packages ..."
npm ci --no-audit --no-fund --loglevel=error
