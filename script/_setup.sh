# shellcheck shell=bash
# What every command here does first; sourced, never run by itself. Afterwards the current
# folder is the checkout, .venv/bin/python exists and `install_requirements` can fill it.
#
# A command may set `interrupted` to the exit code that Ctrl-C during the set-up gives it.
set -euo pipefail
umask 022 # as root, the database runs as another user, who must be able to read .venv

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A relative data folder is relative to where the command was typed.
if [[ -n ${RPCPORTAL_DATA:-} && $RPCPORTAL_DATA != /* ]]; then
    export RPCPORTAL_DATA=$PWD/$RPCPORTAL_DATA
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=$PWD/.venv/bin/python
work=

# --- Running things --------------------------------------------------------------------------

# Bash waits for a command in the foreground before it obeys SIGTERM, and then leaves; so
# long work runs in the background, where the trap can end it.
on_interrupt() {
    [[ -z $work ]] || { kill "$work" && wait "$work"; } 2>/dev/null || true
    exit "${interrupted:-130}"
}
trap on_interrupt INT TERM

# Run a command; its output is shown only when it fails.
quietly() {
    local log code=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null &
    work=$!
    wait "$work" || code=$?
    work=
    ((code == 0)) || cat "$log" >&2
    rm -f "$log"
    return "$code"
}

# --- What the system must have ---------------------------------------------------------------

may_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

# In the foreground on purpose: a package half set up would be the worse end of a Ctrl-C.
apt_install() {
    local log code=0
    log=$(mktemp)
    say "Installing $* …"
    {
        [[ -n ${lists_updated:-} ]] || apt-get update -q || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "$@"
    } >"$log" 2>&1 </dev/null || code=$?
    lists_updated=yes
    ((code == 0)) || cat "$log" >&2
    rm -f "$log"
    return "$code"
}

# need CHECK WHAT PACKAGE…: CHECK passes, or the packages that make it pass are installed,
# or the command stops with a sentence.
need() {
    local check=$1 what=$2
    shift 2
    $check && return
    if may_install && apt_install "$@" && $check; then return; fi
    stop "$what; mend it with: sudo apt-get install $*"
}

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3; do
        # Asked to run, not only looked up: a version manager's stand-in may exist and fail.
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

can_make_venv() { "$base_python" -c 'import ensurepip, venv' 2>/dev/null; }

has_pango() {
    "$python" - 2>/dev/null <<'PYTHON'
import ctypes

for name in (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1",
):
    ctypes.CDLL(name)
PYTHON
}

has_font() {
    [[ -n $(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \
        -name "$1" -print -quit 2>/dev/null) ]]
}

has_fonts() { has_font 'LiberationSans-Regular.*' && has_font 'DejaVuSans.*'; }

# The PDFs are the product, so the portal does not start without them; with other fonts they
# only look different, so that is a warning.
check_pdf_libraries() {
    need has_pango "The PDFs need Pango and HarfBuzz, which are not installed" \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    has_fonts && return
    local liberation=fonts-liberation
    ! apt-cache show fonts-liberation2 >/dev/null 2>&1 || liberation=fonts-liberation2
    if may_install && apt_install "$liberation" fonts-dejavu-core; then return; fi
    say "Warning: without the Liberation and DejaVu fonts the PDFs look different;" \
        "mend it with: sudo apt-get install $liberation fonts-dejavu-core"
}

# --- The virtual environment -----------------------------------------------------------------

# Two copies of a command at once take turns. The lock ends with the process that holds it.
wait_for_turn() {
    exec 9<script/_setup.sh
    command -v flock >/dev/null || return 0
    flock --nonblock 9 && return
    say "Waiting for another command of this checkout to finish its set-up …"
    quietly flock 9
}

make_venv() {
    # A set-up that was killed half way may leave packages that look complete.
    [[ ! -e .venv/incomplete ]] || rm -rf .venv
    "$python" -c 'import pip' 2>/dev/null && return
    base_python=$(find_python) ||
        stop "The portal needs Python 3.11 or newer; mend it with: sudo apt-get install python3"
    local version
    version=$("$base_python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    need can_make_venv "Python $version cannot make virtual environments" "python$version-venv"
    say "Making .venv with Python $version …"
    rm -rf .venv
    quietly "$base_python" -m venv .venv || stop "Python could not make .venv; see above."
}

# install_requirements FILE: what FILE pins is in .venv, checked against its hashes.
install_requirements() {
    local file=$1 digest stamp=.venv/$1.installed
    wait_for_turn
    make_venv
    digest=$(sha256sum "$file")
    if [[ $(cat "$stamp" 2>/dev/null) != "$digest" ]]; then
        say "Installing what $file pins (about a minute the first time) …"
        rm -f .venv/*.installed # either file may change a version that the other one pinned
        touch .venv/incomplete
        quietly "$python" -m pip install --require-hashes --disable-pip-version-check \
            --no-input -r "$file" || { rm -f .venv/incomplete && stop "pip could not; see above."; }
        rm -f .venv/incomplete
        printf '%s\n' "$digest" >"$stamp"
    fi
    check_pdf_libraries
    exec 9<&-
}
