# shellcheck shell=bash disable=SC2154
# Releases on the box, each with the state that goes with it; sourced after places.sh and changes.sh.
#
#   /opt/ubizo/releases/0.2.0/        a release; `data` in it leads to its state
#   /opt/ubizo/current, previous      links to a release; what runs, and what ran before
#   /var/lib/ubizo/1, 2, …            states; each update works on a copy
#
# `current` is the only switch: program, state, units and scripts all change over with it.

node_architecture() {
  case $(in_root dpkg --print-architecture) in arm64) echo arm64 ;; *) echo x64 ;; esac
}

# Of all processors' Node only this one's stays.
settle_release() {
  local folder=$1 node other
  node=node_modules/node-linux-$(node_architecture)
  [ -x "$folder/$node/bin/node" ] || return 1
  ln -sfn "$node/bin/node" "$folder/node"
  for other in "$folder"/node_modules/node-linux-*; do
    [ "$other" = "$folder/$node" ] || rm -rf "$other"
  done
}

# Moves what is complete to its place; it is on the disk before it has its name.
keep_release() {
  sync -f "$1"
  mv -T "$1" "$2"
  sync "$releases"
}

# of_link LINK: the version that `current` or `previous` leads to.
of_link() { basename "$(readlink "$1" 2>/dev/null)" 2>/dev/null; }

next_state() {
  local last
  last=$(find "$state" -mindepth 1 -maxdepth 1 -regex '.*/[0-9]+' -printf '%f\n' | sort -n | tail -n 1)
  echo $((${last:-0} + 1))
}

# Where the appliance's user may leave links, root does not walk.
as_ubizo() {
  systemd-run --quiet --wait --collect --uid=ubizo --gid=ubizo --property=NoNewPrivileges=yes -- "$@"
}

# A copy of the running release's state, by the user whose it is. Its name is chosen by who asks.
copy_state() {
  local name=$1
  as_ubizo rm -rf "$state/$name.part" "$state/$name"
  as_ubizo cp -a "$current/data/." "$state/$name.part"
  as_ubizo mv -T "$state/$name.part" "$state/$name"
  sync -f "$state"
}

# What was said last of updates, for the check-up.
note() {
  echo "$*"
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%MZ)" "$*" >"$last_update.new"
  mv -f "$last_update.new" "$last_update"
}

# The release before, with its state as it was. Safe at any moment: the link is the only switch, and a probation that
# is not the current release's ends by itself.
switch_back() {
  local failed
  failed=$(of_link "$current")
  switch_link "$current" "releases/$(of_link "$previous")"
  rm -f "$probation" "$probation.starting"
  note "release $failed $1; back to $(of_link "$current")"
}

# Takes away what nothing leads to. Old states too: what somebody deletes must not live on in a copy.
prune() {
  local kept path
  kept=" $(of_link "$current") $(of_link "$previous") "
  for path in "$releases"/*; do
    [[ $kept == *" $(basename "$path") "* ]] || rm -rf "$path"
  done
  kept=$(basename "$(readlink "$current/data")")
  for path in "$state"/*; do
    case $(basename "$path") in
    "$kept" | *[!0-9]*) ;;
    *) rm -rf "$path" ;;
    esac
  done
  rm -rf "$state"/*.part "$state/rehearsal" "$opt/incoming"
}
