# shellcheck shell=bash
# How the scripts change a system: only what is not right already, each change told in a line, or only told.
# Sourced. `dry_run=yes` tells without changing; `changes` counts.

# So that a change at the end of a pipe counts.
shopt -s lastpipe

changes=0
dry_run=${dry_run:-no}

# tell SENTENCE COMMAND…: a change that is needed.
change() {
  local sentence=$1
  shift
  changes=$((changes + 1))
  if [ "$dry_run" = yes ]; then
    echo "would: $sentence"
  else
    echo "$sentence"
    "$@"
  fi
}

# put_file PATH MODE [OWNER:GROUP]: makes the file from standard input; whole or not at all, power cut or not.
put_file() {
  local path=$1 mode=$2 owner=${3:-root:root} content
  content=$(
    cat
    printf .
  )
  if [ -f "$path" ] && [ ! -L "$path" ] && printf %s "${content%.}" | cmp -s - "$path"; then
    put_rights "$path" "$mode" "$owner"
    return
  fi
  change "write ${path#"$root"}" write_file "$path" "$mode" "$owner" "${content%.}"
}

write_file() {
  local path=$1 mode=$2 owner=$3 content=$4
  mkdir -p "$(dirname "$path")"
  (umask 077 && printf %s "$content" >"$path.new")
  chmod "$mode" "$path.new"
  chown_in_root "$owner" "$path.new"
  sync "$path.new"
  mv -fT "$path.new" "$path"
  sync "$(dirname "$path")"
}

put_directory() {
  local path=$1 mode=$2 owner=${3:-root:root}
  [ -d "$path" ] || change "make ${path#"$root"}" mkdir -p "$path"
  [ ! -d "$path" ] || put_rights "$path" "$mode" "$owner"
}

put_rights() {
  local path=$1 mode=$2 owner=$3
  if [ "$(stat -c %a "$path")" != "${mode#0}" ]; then
    change "chmod $mode ${path#"$root"}" chmod "$mode" "$path"
  fi
  if [ "$(stat -c %u:%g "$path")" != "$(ids_in_root "$owner")" ]; then
    change "chown $owner ${path#"$root"}" chown_in_root "$owner" "$path"
  fi
}

# put_link PATH TARGET: a link that changes over at once.
put_link() {
  local path=$1 target=$2
  [ "$(readlink "$path" 2>/dev/null)" = "$target" ] || change "link ${path#"$root"} to $target" switch_link "$path" "$target"
}

switch_link() {
  local path=$1 target=$2
  mkdir -p "$(dirname "$path")"
  ln -sfnT "$target" "$path.new"
  mv -fT "$path.new" "$path"
  sync "$(dirname "$path")"
}

remove() {
  local path=$1
  if [ -e "$path" ] || [ -L "$path" ]; then change "remove ${path#"$root"}" rm -rf "$path"; fi
}

# Users of the system in `root`, not of the one that runs this.
ids_in_root() {
  local user=${1%:*} group=${1#*:}
  echo "$(awk -F: -v name="$user" '$1 == name { print $3 }' "$root/etc/passwd"):$(awk -F: -v name="$group" '$1 == name { print $3 }' "$root/etc/group")"
}

chown_in_root() {
  chown -h "$(ids_in_root "$1")" "$2"
}

# A program of the system in `root`, which has a path of its own: that of who calls is for this machine.
in_root() {
  if [ -n "$root" ]; then chroot "$root" /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; else "$@"; fi
}

fail() {
  local status=$1
  shift
  echo "$(basename "$0"): $*" >&2
  exit "$status"
}

must_be_root() {
  [ "$(id -u)" -eq 0 ] || fail 3 "this needs root; run: sudo $0"
}
