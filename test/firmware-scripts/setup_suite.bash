# shellcheck shell=bash
# Once for all tests: what a box is made of. Where it cannot be made, it is said why, and the tests that need one are
# skipped.

setup_suite() {
  export BOX BOX_MISSING=''
  BOX=${UBIZO_TEST_BOX:-$BATS_SUITE_TMPDIR/box}
  if [ "$(id -u)" -ne 0 ]; then
    BOX_MISSING='a box can be made by root only'
  elif ! unshare --mount --pid --fork --cgroup --net true 2>/dev/null; then
    BOX_MISSING='this machine allows no namespaces'
  elif ! grep -q '\<overlay$' /proc/filesystems; then
    BOX_MISSING='this machine knows no overlay file system'
  elif ! command -v mmdebstrap >/dev/null; then
    BOX_MISSING='mmdebstrap is not installed'
  elif [ ! -d "$BOX/base" ] && ! "$BATS_TEST_DIRNAME/box/prepare" "$BOX" >"$BATS_SUITE_TMPDIR/prepare.log" 2>&1; then
    # Not an excuse: with root and a network a box can be made.
    cat "$BATS_SUITE_TMPDIR/prepare.log" >&2
    return 1
  fi
  [ -z "$BOX_MISSING" ] || echo "# Tests with a whole box are skipped: $BOX_MISSING." >&3
}

teardown_suite() {
  [ -n "${UBIZO_TEST_BOX-}" ] || rm -rf "$BATS_SUITE_TMPDIR/box"
}
