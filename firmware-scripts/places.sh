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

# The port of the appliance on the box itself.
http_port() {
  local port=''
  [ ! -r "$settings" ] || port=$(sed -n 's/.*"httpPort"[[:space:]]*:[[:space:]]*"\{0,1\}\([0-9]\{1,5\}\).*/\1/p' "$settings")
  echo "${port:-8080}"
}

# healthy PORT: whether the appliance says of itself that it is well.
healthy() {
  curl --silent --fail --max-time 5 --noproxy '*' --output /dev/null "http://127.0.0.1:$1/healthz"
}

version_of() {
  sed -n 's/.*"version"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$1/release.json" 2>/dev/null | head -n 1
}

# As release/main.ts takes it: nothing that could be another path or an option.
is_version() {
  [[ $1 =~ ^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}(-[a-z0-9.]{1,32})?$ ]]
}
