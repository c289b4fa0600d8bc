# Make .venv with exactly the packages of backend/requirements.lock, and this project itself.
set -eu
UV_VERSION=0.13.8
PYTHON=${PYTHON:-python3}

fail() { echo "$1" >&2; exit 1; }

command -v "$PYTHON" >/dev/null || fail "Python 3.11 or newer is needed; '$PYTHON' is not installed."
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "Python 3.11 or newer is needed; '$PYTHON' is $("$PYTHON" -V). Choose another with PYTHON=..."
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "Python lacks its venv module; on Debian: sudo apt-get install python3-venv"

if [ ! -x .venv/bin/pip ]; then
  echo "Creating .venv with $("$PYTHON" -V) ..."
  rm -rf .venv
  "$PYTHON" -m venv .venv
fi
echo "Installing the locked Python packages ..."
.venv/bin/pip install -qq --disable-pip-version-check "uv==$UV_VERSION"
export VIRTUAL_ENV="$PWD/.venv"
.venv/bin/uv pip sync --quiet --require-hashes backend/requirements.lock
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation -e backend
