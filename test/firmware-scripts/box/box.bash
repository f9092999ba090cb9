# shellcheck shell=bash
# A box to test with: an installed Debian that a real systemd boots in namespaces of its own; load it in a test.

# fresh_box: as it was after the installation; what it writes is forgotten with the test.
fresh_box() {
  [ -z "${BOX_MISSING-}" ] || skip "$BOX_MISSING"
  layers=$BATS_TEST_TMPDIR/layers
  box=$BATS_TEST_TMPDIR/box
  mkdir -p "$layers" "$box"
  mount -t tmpfs -o size=4g tmpfs "$layers"
  mkdir "$layers/upper" "$layers/work"
  mount -t overlay overlay -o "lowerdir=$BOX/base,upperdir=$layers/upper,workdir=$layers/work" "$box"
  mkdir -p "$box/mnt" "$box/root/stick"
}

# box_to_update: one that believes sooner than after a minute that a release is well, with something of its own to keep.
box_to_update() {
  fresh_box
  mkdir -p "$box/etc/systemd/system/ubizo-confirm.service.d"
  printf '[Service]\nEnvironment=UBIZO_WELL_FOR=2\n' >"$box/etc/systemd/system/ubizo-confirm.service.d/test.conf"
  install -o "$(stat -c %u "$box/var/lib/ubizo/1")" -m 600 /dev/null "$box/var/lib/ubizo/1/keepsake"
}

drop_box() {
  cut_power
  umount "$box" 2>/dev/null || true
  umount "$layers" 2>/dev/null || true
}

# power_on: until systemd answers.
power_on() {
  local booted
  # A bridge is what stands for the radio.
  grep -q ^ACCESS_POINT= "$box/etc/ubizo/network.conf" || echo ACCESS_POINT=external >>"$box/etc/ubizo/network.conf"
  booted=$("$BATS_TEST_DIRNAME/boot" "$box" ip link add wlan0 address 02:00:00:00:77:01 type bridge)
  read -r first_process group <<<"$booted"
  eventually in_box systemctl show --property=Version
}

# As when the cable is pulled: nothing is asked, nothing is ended.
cut_power() {
  [ -n "${first_process-}" ] || return 0
  kill -9 "$first_process" 2>/dev/null || true
  while kill -0 "$first_process" 2>/dev/null; do sleep 0.1; done
  first_process=''
  # Its control groups are empty now.
  [ -z "${group-}" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
}

in_box() {
  nsenter --target "$first_process" --all -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

# eventually COMMAND…: within 60 s.
eventually() {
  local until=$((SECONDS + 60))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $until ] || {
      echo "did not come about: $*"
      [ -z "${first_process-}" ] || in_box journalctl --no-pager --lines 40 --priority 6 2>/dev/null || true
      return 1
    }
    sleep 0.2
  done
}

box_is_well() { in_box systemctl is-active ubizo.service && in_box curl --silent --fail http://127.0.0.1:8080/healthz; }

started_box() {
  power_on
  eventually box_is_well
}

proved() { [ ! -e "$box/opt/ubizo/probation" ]; }

running_release() { basename "$(readlink "$box/opt/ubizo/current")"; }

# update_with VERSION [OPTION…]: from a stick; what it says is in $output, its status in $status.
update_with() {
  local version=$1
  shift
  cp "$BOX/releases/ubizo-$version.tar.xz"* "$box/root/stick/"
  run in_box env UBIZO_HEALTHY_WITHIN="${patience:-60}" /opt/ubizo/current/firmware-scripts/update "$@" "/root/stick/ubizo-$version.tar.xz"
}
