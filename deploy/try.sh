#!/bin/sh
# Tries what the manual says (docs/operations.md) on this machine, in a folder of its own, and takes it away again:
# the wheel in a new environment, the settings of baocao.env.example, the very commands of the units, run by somebody
# who is not root, with all of the machine but the folder of files for reading only.
#
#   sudo deploy/try.sh            # needs python3 (or PYTHON), python3-venv, curl, util-linux; for the units systemd
#
# KEEP=yes leaves the folder. The first thing that is not as the manual says ends it with 1.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "to be run as root: another user and a machine for reading only are a part of it" >&2; exit 1; }

work=$(mktemp -d /var/tmp/baocao-try.XXXXXX)
program=$work/opt/baocao files=$work/var/lib/baocao backups=$work/var/backups/baocao
person=nobody
server=
ended() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ "${KEEP:-}" ] && echo "left: $work" || rm -rf "$work"
}
trap ended EXIT
trap 'exit 1' INT TERM
step() { echo "== $*"; }
wrong() { echo "not as the manual says: $*" >&2; [ -f "$work/log" ] && tail -n 20 "$work/log" >&2; exit 1; }

step "the wheel, and the program from it alone"
mkdir -p "$program" "$files" "$backups" "$work/wheel" "$work/etc"
chmod 755 "$work" "$work/opt" "$work/var" "$work/var/lib" "$work/var/backups" "$work/etc"
cp "$here"/pyproject.toml "$here"/constraints.txt "$here"/README.md "$here"/LICENSE "$work/wheel/"
cp -R "$here/src" "$work/wheel/src"
"${PYTHON:-/usr/bin/python3}" -m venv "$program/.venv"
"$program/.venv/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work/wheel" "$work/wheel"
"$program/.venv/bin/pip" install --quiet --disable-pip-version-check -c "$here/constraints.txt" \
    "$(ls "$work"/wheel/baocao-*.whl)[web,postgresql,figures,tables]"
rm -rf "$work/wheel"
cp "$here/manage.py" "$here/gunicorn.conf.py" "$program/"
chown -R "$person" "$files" "$backups"

step "the settings"
key=$("$program/.venv/bin/python" -c "import secrets; print(secrets.token_urlsafe(50))")
port=$("$program/.venv/bin/python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
sed -e "s|^BAOCAO_SECRET_KEY=.*|BAOCAO_SECRET_KEY=$key|" -e "s|^BAOCAO_FOLDER=.*|BAOCAO_FOLDER=$files|" \
    -e "s|^BAOCAO_DATABASE=.*|BAOCAO_DATABASE=|" "$here/deploy/baocao.env.example" > "$work/etc/baocao.env"

# As a unit runs a command: its settings, its user, no rights beyond, all but its own folders for reading only.
within() {
    exec unshare --mount --propagation private sh -c '
        set -eu
        work=$1 files=$2 backups=$3 person=$4 program=$5; shift 5
        mount --bind "$files" "$files" && mount --bind "$backups" "$backups"
        mount -t tmpfs -o size=256m,mode=1777 tmpfs /tmp
        mount --bind / / 2>/dev/null || true
        mount -o remount,ro,bind / || { echo "this machine lets nothing be made read-only" >&2; exit 1; }
        for one in $(awk "\$2 ~ \"^/(home|opt|usr|var|srv|work)\" { print \$2 }" /proc/mounts); do
            case $one in "$files"|"$backups") ;; *) mount -o remount,ro,bind "$one" 2>/dev/null || true ;; esac
        done
        set -a; . "$work/etc/baocao.env"; set +a
        cd "$program"
        umask 0027
        exec setpriv --reuid="$person" --regid=nogroup --clear-groups --no-new-privs --bounding-set=-all \
            --inh-caps=-all env HOME="$files" "$@"
    ' within "$work" "$files" "$backups" "$person" "$program" "$@"
}
confined() { (within "$@"); }
run() { confined "$program/.venv/bin/python" manage.py "$@"; }
# The command of a unit, at the places of this trial.
of_unit() { sed -n "s|^ExecStart=||p" "$here/deploy/$1" | sed -e "s|/opt/baocao|$program|g" -e "s|/var/backups/baocao|$backups|g" -e "s|%%|%|g"; }

step "tables, a look at the settings, the first administrator"
run migrate --verbosity 0
run check --deploy --fail-level WARNING
echo "mot mat khau du dai" | run account quan-tri --full-name "Người Thử" --role administrator --unit "Hà Nội" \
    || wrong "no account could be made"
confined sh -c "! touch $program/x 2>/dev/null && ! touch /var/x 2>/dev/null && touch $files/x && rm $files/x" \
    || wrong "the program may write where it must not, or must and may not"

step "the server, by the unit's own command"
command=$(of_unit baocao.service)
if command -v systemd-socket-activate > /dev/null; then
    command="systemd-socket-activate -l 127.0.0.1:$port -E BAOCAO_SECRET_KEY $command"
    # what a socket unit hands over is the socket; the environment is handed on by name
    for name in $(sed -n "s/^\(BAOCAO_[A-Z_]*\)=.*/\1/p" "$work/etc/baocao.env") HOME; do
        command="$(echo "$command" | sed "s|-E BAOCAO_SECRET_KEY|-E BAOCAO_SECRET_KEY -E $name|")"
    done
else
    echo "   no systemd-socket-activate: gunicorn binds by itself"
    command="$command --bind 127.0.0.1:$port"
fi
# shellcheck disable=SC2086
within $command > "$work/log" 2>&1 &
server=$!
at=http://127.0.0.1:$port
tries=0
until curl -fsS -o /dev/null "$at/alive" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] && kill -0 "$server" 2>/dev/null || wrong "the server does not answer"
    sleep 1
done

step "what it answers"
[ "$(curl -sS "$at/ready")" = '{"ready": true}' ] || wrong "it is not ready"
[ "$(curl -sS -o /dev/null -w '%{http_code}' "$at/account/login/")" = 301 ] || wrong "a page is answered without HTTPS"
"$program/.venv/bin/python" - "$port" <<'ASKED' || wrong "what stands behind the proxy is not as it should be"
import re, sys
from http.client import HTTPConnection
from urllib.parse import urlencode

cookies = {}

def asked(path, **form):
    """An answer as nginx, which speaks HTTPS with people, would get it: status, headers, words."""
    told = {"Host": "baocao.example.org", "X-Forwarded-Proto": "https", "Referer": "https://baocao.example.org/"}
    told["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    told["Content-Type"] = "application/x-www-form-urlencoded"
    server = HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
    server.request("POST" if form else "GET", path, urlencode(form) if form else None, told)
    answer = server.getresponse()
    cookies.update(re.findall(r"^(\w+)=([^;]*)", one)[0] for one in answer.headers.get_all("Set-Cookie", []))
    return answer.status, answer.headers, answer.read().decode()

status, headers, page = asked("/account/login/")
assert (status, 'lang="vi"' in page) == (200, True), "the page of signing in does not open in Vietnamese"
assert headers["Content-Security-Policy"].startswith("default-src 'none'"), "no policy stands with the page"
assert headers["Strict-Transport-Security"], "HTTPS is not asked for"
for file in sorted(set(re.findall(r"/static/[a-z./-]*", page))):
    assert asked(file)[0] == 200, f"{file} is not served"
token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
given = {"csrfmiddlewaretoken": token, "login": "quan-tri", "password": "mot mat khau du dai"}
assert asked("/account/login/", **given)[0] == 302, "nobody can sign in"
status, _, page = asked("/people/")
assert (status, "quan-tri" in page) == (200, True), "the page of accounts does not open"
ASKED

step "the clock, the backup, the record"
# shellcheck disable=SC2046
confined $(of_unit baocao-tick.service)
confined sh -c "$(of_unit baocao-backup.service | sed "s|^/bin/sh -c '\(.*\)'\$|\1|")"
run verify_ledger
kill "$server" && wait "$server" 2>/dev/null || true
server=
run restore --replace "$(ls "$backups"/*.backup)"

step "the units"
if command -v systemd-analyze > /dev/null; then
    mkdir "$work/units"
    for unit in "$here"/deploy/*.service "$here"/deploy/*.socket "$here"/deploy/*.timer; do
        sed -e "s|/opt/baocao|$program|g" "$unit" > "$work/units/$(basename "$unit")"
    done
    SYSTEMD_UNIT_PATH="$work/units:" systemd-analyze verify "$work"/units/* || wrong "systemd finds a fault with the units"
    for unit in "$work"/units/*.service; do
        systemd-analyze security --offline=true --no-pager "$unit" 2>/dev/null | tail -n 1
    done
else
    echo "   no systemd-analyze here: not tried"
fi
echo "all is as the manual says"
