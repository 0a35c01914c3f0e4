#!/bin/sh
# Builds the container of deploy/Containerfile and runs it as the manual says (docs/operations.md), for reading only but
# for its volume; image, container and volume go away again.
#
#   deploy/try-container.sh       # needs podman
#
# PODMAN names another command ("podman --runtime runc"), BASE another image to build on, BUILD and RUN more options of
# `build` and `run`. The first thing that is not as the manual says ends it with 1.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
podman=${PODMAN:-podman}
name=baocao-try-$$
work=$(mktemp -d)
ended() {
    $podman rm --force "$name" > /dev/null 2>&1 || true
    $podman volume rm --force "$name" > /dev/null 2>&1 || true
    $podman rmi "$name" > /dev/null 2>&1 || true
    rm -rf "$work"
}
trap ended EXIT
trap 'exit 1' INT TERM
step() { echo "== $*"; }
wrong() { echo "not as the manual says: $*" >&2; $podman logs "$name" 2>&1 | tail -n 20 >&2 || true; exit 1; }

step "the image"
# shellcheck disable=SC2086
$podman build --quiet --format docker ${BASE:+--build-arg "BASE=$BASE"} ${BUILD:-} \
    -f "$here/deploy/Containerfile" -t "$name" "$here" > "$work/image"

step "the settings"
key=$(head -c 40 /dev/urandom | base64 | tr -d '\n=')
sed -e "s|^BAOCAO_SECRET_KEY=.*|BAOCAO_SECRET_KEY=$key|" -e "/^BAOCAO_FOLDER=/d" -e "/^BAOCAO_DATABASE=/d" \
    "$here/deploy/baocao.env.example" > "$work/env"
# shellcheck disable=SC2086
inside() { $podman run --rm --read-only --tmpfs /tmp --env-file "$work/env" -v "$name:/var/lib/baocao" ${RUN:-} "$name" "$@"; }
inside python manage.py migrate --verbosity 0
inside python manage.py check --deploy --fail-level WARNING
[ "$(inside id -un)" = baocao ] || wrong "it runs as another"
inside sh -c '! touch /opt/baocao/x 2>/dev/null && touch /var/lib/baocao/x && rm /var/lib/baocao/x' \
    || wrong "it may write where it must not, or must and may not"
inside sh -c 'soffice --version && pg_dump --version' || wrong "a program that it needs is not in it"

step "the server"
# shellcheck disable=SC2086
$podman run -d --name "$name" --read-only --tmpfs /tmp --env-file "$work/env" -v "$name:/var/lib/baocao" ${RUN:-} \
    "$name" > /dev/null
asked() { $podman exec "$name" python -c "
import sys, urllib.request
print(urllib.request.urlopen(urllib.request.Request(
    'http://127.0.0.1:8000' + sys.argv[1], headers={'X-Forwarded-Proto': 'https'})).read().decode())" "$1"; }
tries=0
until asked /alive > /dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || wrong "the server does not answer"
    sleep 1
done
[ "$(asked /ready)" = '{"ready": true}' ] || wrong "it is not ready"
asked /account/login/ | grep -q 'lang="vi"' || wrong "the page of signing in does not open"
asked /static/office.css > /dev/null || wrong "files of pages are not served"
$podman healthcheck run "$name" || wrong "its own look at its health fails"

step "the clock, the backup, the record"
$podman exec "$name" python manage.py tick
$podman exec "$name" python manage.py backup /var/lib/baocao/backups/one.backup
$podman exec "$name" python manage.py verify_ledger
$podman stop --time 20 "$name" > /dev/null
echo "all is as the manual says"
