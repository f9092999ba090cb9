# shellcheck shell=bash
# Once for all tests: what a box is made of. Where it cannot be made, it is said why, and the tests that need one are
# skipped. UBIZO_TEST_BOX: a folder of `box/prepare`, to be used and kept.

setup_suite() {
  local here=${BASH_SOURCE[0]%/*}
  export BOX=${UBIZO_TEST_BOX:-$BATS_SUITE_TMPDIR/box}
  export BOX_MISSING=${UBIZO_TEST_BOX_MISSING-}
  [ -z "$BOX_MISSING" ] && [ ! -d "$BOX/base" ] || return 0
  BOX_MISSING=$("$here/why-not")
  if [ -n "$BOX_MISSING" ]; then
    echo "# Tests with a whole box are skipped: $BOX_MISSING." >&3
  elif ! "$here/prepare" "$BOX" >"$BATS_SUITE_TMPDIR/prepare.log" 2>&1; then
    # Not an excuse: with root and a network a box can be made.
    cat "$BATS_SUITE_TMPDIR/prepare.log" >&2
    return 1
  fi
}

teardown_suite() {
  [ -n "${UBIZO_TEST_BOX-}" ] || rm -rf "$BATS_SUITE_TMPDIR/box"
}
