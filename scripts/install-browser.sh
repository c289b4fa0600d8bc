# Install the browser that the end-to-end tests drive, where that can be done unasked: on Debian, as root or
# with passwordless sudo. Elsewhere say how; the tests then skip, except with CI=true.
set -eu
PACKAGES="chromium fonts-liberation"

if [ -n "${CHROMIUM:-}" ] || [ -x /usr/bin/chromium ]; then exit 0; fi

as_root=
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if grep -qs '^ID=debian' /etc/os-release && $as_root true 2>/dev/null; then
  echo "Installing the system packages $PACKAGES ..."
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  if $as_root apt-get update -qq >"$log" 2>&1 &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends $PACKAGES >>"$log" 2>&1; then
    exit 0
  fi
  tail -n 5 "$log" >&2
fi
echo "The end-to-end tests need Chromium: sudo apt-get install $PACKAGES (or CHROMIUM=/path/to/it)." >&2
if [ "${CI:-}" = true ]; then exit 1; fi
echo "Without it they are skipped." >&2
