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

# Runs a command as USER, in a folder that everybody may enter.
as_user() {
    local user=$1
    shift
    if [ "$(id -un)" = "$user" ]; then
        (cd / && "$@")
    elif [ "$EUID" -eq 0 ]; then
        (cd / && setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups --inh-caps=-all -- "$@")
    else
        fail "this is for the user $user; run it as $user or as root."
    fi
}

# Makes FOLDER, for OWNER only. Where its owner cannot enter it (a project under /root), it lives in /var/lib instead.
make_owned_folder() {
    local folder=$1 owner=$2
    if [ ! -e "$folder" ]; then
        rm -f "$folder"
        mkdir -p "$folder" || fail "$folder cannot be created; check who may write there."
        [ "$EUID" -ne 0 ] || chown "$owner:" "$folder"
        chmod 0700 "$folder"
    fi
    if ! as_user "$owner" test -w "$(realpath "$folder")"; then
        [ "$EUID" -eq 0 ] || fail "$folder cannot be written to; check who owns it."
        local elsewhere
        elsewhere=/var/lib/fieldproof/$(printf %s "$folder" | sha256sum | cut -c1-12)
        install -d -m 0755 /var/lib/fieldproof
        install -d -m 0700 -o "$owner" -g "$(id -g "$owner")" "$elsewhere"
        rmdir "$folder"
        ln -s "$elsewhere" "$folder"
    fi
}

# Runs a noisy command with its output in var/log/NAME.log; shows the end of it only on failure.
quietly() {
    local name=$1 log=var/log/$1.log
    shift
    mkdir -p var/log
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        # A disk that is full keeps no log of it, either.
        ! grep -q 'No space left on device' "$log" && [ "$(df --output=avail -k var/log | tail -n 1)" -ge 256 ] ||
            fail "the disk is full; free some space and run this again."
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

# The server's program, as script/build makes it.
program=$root/build/server/fieldproof

# Who listens on a TCP port: "NAME (process N)", or nothing when the port is free.
port_holder() {
    local inode folder
    inode=$(awk -v port=":$(printf '%04X' "$1")" \
        '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null || true)
    [ -n "$inode" ] || return 0
    folder=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -printf '%h\n' -quit 2>/dev/null || true)
    if [ -n "$folder" ]; then
        folder=${folder%/fd}
        say "$(cat "$folder/comm") (process ${folder#/proc/})"
    else
        say "another user's program"
    fi
}

# The status code that GET http://HOST:PORT/PATH answers; fails when nobody answers.
http_status() {
    local host=$1 port=$2 path=$3 status
    {
        printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$host" >&7
        read -r -t 5 _ status _ <&7
    } 2>/dev/null 7<>"/dev/tcp/$host/$port" && say "$status"
}

# Writes 32 random bytes as hex, readable by their owner only; a secret that is there stays.
make_secret() {
    [ ! -s "$1" ] || return 0
    mkdir -p -m 0700 "$(dirname "$1")"
    (umask 077 && od -An -vtx1 -N32 /dev/urandom | tr -d ' \n' >"$1.new" && mv "$1.new" "$1")
}
