#!/bin/sh
# Installs the programs that the tests drive and that no Python package brings, where they are missing.
# Debian's names; as root. Without root, or elsewhere, it names the command and ends with 3.
set -eu

present() {
    case "$1" in
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ;;
        chromium) command -v chromium >/dev/null 2>&1 ;;
        nginx-light) [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1 ;;
        fonts-wqy-zenhei) command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh)" ] ;;
    esac
}

missing=""
for package in postgresql chromium nginx-light fonts-wqy-zenhei; do
    present "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "missing system packages:$missing. On Debian: sudo $command" >&2
    exit 3
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
$command -qq >/dev/null
