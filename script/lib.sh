# Shared by the scripts in this folder: source it, do not run it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"

say() { printf '%s\n' "$*"; }

# One sentence that says what is wrong and what to do about it.
fail() {
    printf 'script/%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Runs a command with root's rights.
as_root() {
    if [ "$EUID" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@" || fail "sudo did not run '$1'; ask an administrator for sudo rights, or run this as root."
    else
        fail "this needs root's rights for '$1', and there is no sudo; run it as root, or install sudo."
    fi
}

# Runs a noisy command with its output in var/log/NAME.log; shows the end of it only on failure.
quietly() {
    local name=$1 log=var/log/$1.log
    shift
    mkdir -p var/log
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        ! grep -q 'No space left on device' "$log" || fail "the disk is full; free some space and run this again."
        return 1
    fi
}

# Fails unless the file system of PATH has MEBIBYTES free.
require_free_space() {
    local path=$1 needed_mib=$2 free_mib
    free_mib=$(df --output=avail -BM "$path" | tail -n 1 | tr -dc '0-9')
    [ "$free_mib" -ge "$needed_mib" ] ||
        fail "only $free_mib MiB are free on the disk of $path and $needed_mib MiB are needed; free some space and run this again."
}

# The names in a package list, without its comments.
package_names() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$@"; }
