#!/bin/bash
# Gets this machine ready: "set_up.sh app" to run the program, "set_up.sh tests" to test it as well.
# Asks nothing, changes nothing that is in place already, and says in one line what it cannot do itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

APP_PACKAGES=(libpangoft2-1.0-0 libharfbuzz-subset0 fonts-inter fonts-b612)
TEST_PACKAGES=(chromium libatomic1 postgresql poppler-utils)

stop() {
    echo "$*" >&2
    exit 1
}

# The first Python on this machine that is new enough.
find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    stop "Garage needs Python 3.11 or newer (Debian 12, Ubuntu 24.04). Please install python3, then type make again."
}

is_installed() {
    [[ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" == *" ok installed" ]]
}

# Install what is missing of the Debian packages named; without the right to, print the line to type and stop.
install_packages() {
    local package missing=() line as_root=()
    if ! command -v apt-get dpkg-query >/dev/null; then
        echo "Not Debian or Ubuntu: if something is missing later, install what these packages hold: $*" >&2
        return
    fi
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    line="apt-get install -y --no-install-recommends ${missing[*]}"
    if ((EUID)); then
        sudo -n true 2>/dev/null || stop "These Debian packages are missing. Type this line, then make again:
    sudo $line"
        as_root=(sudo)
    fi
    echo "Installing Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# A .venv holding exactly what the lock file names, and the program itself.
install_python_packages() {
    local lock=$1
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        "$(find_python)" -m venv --clear .venv
    fi
    echo "Installing Python packages from $lock (a minute or two, only this once)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
}

python=$(find_python)
packages=("${APP_PACKAGES[@]}")
"$python" -c 'import ensurepip, venv' 2>/dev/null || packages=(python3-venv "${packages[@]}")
case "${1:-}" in
    app)
        install_packages "${packages[@]}"
        install_python_packages requirements.lock
        ;;
    tests)
        install_packages "${packages[@]}" "${TEST_PACKAGES[@]}"
        install_python_packages requirements-dev.lock
        ;;
    *) stop "usage: set_up.sh app|tests" ;;
esac
