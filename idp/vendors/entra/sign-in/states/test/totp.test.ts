import { describe, expect, test } from 'vitest'
import { codeOfStep, createTotpKey, stepAt, stepOfCode } from '../totp.ts'

/** `12345678901234567890` of RFC 6238, appendix B, in base32. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code of the moment', () => {
  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at %i seconds is %s (RFC 6238, appendix B, last six digits)', (seconds, code) => {
    expect(codeOfStep(KEY, stepAt(seconds * 1000))).toBe(code)
  })

  test('is taken one step early or late, not two, and never again', () => {
    const nowMs = 1_111_111_111_000
    const step = stepAt(nowMs)
    expect(stepOfCode(KEY, codeOfStep(KEY, step), nowMs)).toBe(step)
    expect(stepOfCode(KEY, codeOfStep(KEY, step - 1), nowMs)).toBe(step - 1)
    expect(stepOfCode(KEY, codeOfStep(KEY, step + 1), nowMs)).toBe(step + 1)
    expect(stepOfCode(KEY, codeOfStep(KEY, step - 2), nowMs)).toBeUndefined()
    expect(stepOfCode(KEY, codeOfStep(KEY, step), nowMs, step)).toBeUndefined()
    expect(stepOfCode(KEY, codeOfStep(KEY, step - 1), nowMs, step)).toBeUndefined()
  })

  test('comes of a key of 160 bits that nobody else has', () => {
    const keys = [createTotpKey(), createTotpKey()]
    expect(keys[0]).toMatch(/^[A-Z2-7]{32}$/)
    expect(keys[0]).not.toBe(keys[1])
  })
})
