;; AEAD_AES_128_GCM over one SRTP packet (RFC 7714), but for the keystream, which OpenSSL has made.
;;
;; GHASH (NIST SP 800-38D, 6.4) takes a block a byte at a time, by 16 multiples of the hash key for each half of the
;; byte. Blocks are turned round, so that multiplying by x^8 shifts a little-endian number right by a byte; what falls
;; out is gathered in $over and reduced once for the whole block: it is under 120 bits, so once is enough.
;;
;; Compiled by test/peer/srtp/seal-wasm.test.ts into seal-wasm.ts.
(module
  (import "room" "memory" (memory 1))

  ;; $table: 32 multiples, those for the low half of a byte first. $keystream: the tag's block, then the payload's.
  ;; The packet is left at $work + 4; behind it, and at $work, is scratch.
  (func (export "seal")
    (param $header0 i32) (param $header1 i32) (param $header2 i32)
    (param $payload i32) (param $length i32) (param $keystream i32) (param $table i32) (param $work i32)
    (local $at i32) (local $end i32) (local $bytes i32) (local $half i32) (local $rest i64)
    (local $block v128) (local $hash v128) (local $over v128) (local $carry v128)

    ;; The payload, encrypted; the last block is filled up with zeros.
    (loop $encrypt
      (v128.store offset=16 (i32.add (local.get $work) (local.get $at))
        (v128.xor
          (v128.load (i32.add (local.get $payload) (local.get $at)))
          (v128.load offset=16 (i32.add (local.get $keystream) (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $encrypt (i32.lt_u (local.get $at) (local.get $length))))
    (v128.store offset=16 (i32.add (local.get $work) (local.get $length)) (v128.const i64x2 0 0))

    ;; Before it the header, filled up; behind it both lengths in bits: what is hashed lies in one piece.
    (i32.store (local.get $work) (local.get $header0))
    (i32.store offset=4 (local.get $work) (local.get $header1))
    (i32.store offset=8 (local.get $work) (local.get $header2))
    (i32.store offset=12 (local.get $work) (i32.const 0))
    (local.set $end
      (i32.add (i32.add (local.get $work) (i32.const 16))
        (i32.and (i32.add (local.get $length) (i32.const 15)) (i32.const -16))))
    (i64.store (local.get $end) (i64.const 0x6000000000000000))
    (local.set $rest (i64.extend_i32_u (i32.shl (local.get $length) (i32.const 3))))
    (i64.store offset=8 (local.get $end)
      (i64.or
        (i64.shl (local.get $rest) (i64.const 56))
        (i64.shl (i64.shr_u (local.get $rest) (i64.const 8)) (i64.const 48))))

    (local.set $at (local.get $work))
    (loop $blocks
      (local.set $block (v128.load (local.get $at)))
      (local.set $block
        (v128.xor (local.get $hash)
          (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get $block) (local.get $block))))
      (local.set $hash (v128.const i64x2 0 0))
      (local.set $over (v128.const i64x2 0 0))
      (local.set $rest (i64x2.extract_lane 0 (local.get $block)))
      (local.set $half (i32.const 0))
      (loop $halves
        (local.set $bytes (i32.const 8))
        (loop $bytewise
          (local.set $over
            (i8x16.shuffle 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 (local.get $over) (local.get $hash)))
          (local.set $hash
            (v128.xor
              (v128.xor
                (i8x16.shuffle 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
                  (local.get $hash) (v128.const i64x2 0 0))
                (v128.load
                  (i32.add (local.get $table)
                    (i32.and (i32.shl (i32.wrap_i64 (local.get $rest)) (i32.const 4)) (i32.const 0xf0)))))
              (v128.load offset=256
                (i32.add (local.get $table)
                  (i32.and (i32.wrap_i64 (local.get $rest)) (i32.const 0xf0))))))
          (local.set $rest (i64.shr_u (local.get $rest) (i64.const 8)))
          (local.set $bytes (i32.sub (local.get $bytes) (i32.const 1)))
          (br_if $bytewise (local.get $bytes)))
        (local.set $rest (i64x2.extract_lane 1 (local.get $block)))
        (local.set $half (i32.add (local.get $half) (i32.const 1)))
        (br_if $halves (i32.lt_u (local.get $half) (i32.const 2))))

      ;; x^128 = x^7 + x^2 + x + 1. $carry: the upper half in the lower one's place, whose bits go over.
      (local.set $carry
        (i8x16.shuffle 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
          (local.get $over) (v128.const i64x2 0 0)))
      (local.set $hash
        (v128.xor
          (v128.xor (v128.xor (local.get $hash) (local.get $over))
            (v128.xor
              (i64x2.shr_u (local.get $over) (i32.const 1))
              (i64x2.shl (local.get $carry) (i32.const 63))))
          (v128.xor
            (v128.xor
              (i64x2.shr_u (local.get $over) (i32.const 2))
              (i64x2.shl (local.get $carry) (i32.const 62)))
            (v128.xor
              (i64x2.shr_u (local.get $over) (i32.const 7))
              (i64x2.shl (local.get $carry) (i32.const 57))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $blocks (i32.le_u (local.get $at) (local.get $end))))

    (v128.store offset=16 (i32.add (local.get $work) (local.get $length))
      (v128.xor
        (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get $hash) (local.get $hash))
        (v128.load (local.get $keystream))))
    (i32.store offset=4 (local.get $work) (local.get $header0))
    (i32.store offset=8 (local.get $work) (local.get $header1))
    (i32.store offset=12 (local.get $work) (local.get $header2))))
