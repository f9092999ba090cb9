# shellcheck shell=bash disable=SC2034
# Where everything is on the box; sourced. `root` stands before every path: empty on the box itself, a folder with a
# system in it when somebody prepares one.

places() {
  root=${1%/}
  opt=$root/opt/ubizo
  releases=$opt/releases
  # Links beside `releases`, relative, so that they lead the same way inside and outside of a folder.
  current=$opt/current
  previous=$opt/previous
  probation=$opt/probation
  last_update=$opt/last-update
  etc=$root/etc/ubizo
  settings=$etc/settings.json
  network_settings=$etc/network.conf
  release_keys=$etc/release-keys
  state=$root/var/lib/ubizo
  label=$etc/label.html
  runtime=$root/run/ubizo
}

# plain_lines FILE: as Windows' editors leave it, but for the byte order mark and the carriage returns.
plain_lines() { LC_ALL=C sed $'1s/^\xef\xbb\xbf//; s/\r$//' "$1"; }

# The port of the appliance on the box itself.
http_port() {
  local port=''
  [ ! -r "$settings" ] || port=$(sed -n 's/.*"httpPort"[[:space:]]*:[[:space:]]*"\{0,1\}\([0-9]\{1,5\}\).*/\1/p' "$settings")
  echo "${port:-8080}"
}

# The address of the appliance on the box itself, as in a URL.
http_host() {
  local host=''
  [ ! -r "$settings" ] || host=$(sed -n 's/.*"host"[[:space:]]*:[[:space:]]*"\[\{0,1\}\([0-9A-Fa-f.:]*\)\]\{0,1\}".*/\1/p' "$settings")
  case $host in
  '' | 0.0.0.0 | ::) echo 127.0.0.1 ;;
  *:*) echo "[$host]" ;;
  *) echo "$host" ;;
  esac
}

# healthy PORT [HOST]: whether the appliance says of itself that it is well.
healthy() {
  curl --silent --fail --max-time 5 --noproxy '*' --output /dev/null "http://${2:-$(http_host)}:$1/healthz"
}

version_of() {
  sed -n 's/.*"version"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$1/release.json" 2>/dev/null | head -n 1
}

# As release/main.ts takes it: nothing that could be another path or an option.
is_version() {
  [[ $1 =~ ^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}(-[a-z0-9.]{1,32})?$ ]]
}
