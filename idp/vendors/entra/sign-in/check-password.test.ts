import { describe, expect, test } from 'vitest'
import type { SignInGuard } from '../collections.ts'
import { afterFailure, LOCKOUT_THRESHOLD } from './check-password.ts'

const failTimes = (times: number): SignInGuard => {
  let guard: SignInGuard = afterFailure(undefined, 0)
  for (let n = 1; n < times; n += 1) guard = afterFailure(guard, 0)
  return guard
}

describe('afterFailure', () => {
  test('nine wrong passwords lock nothing, the tenth a minute, each further one twice as long', () => {
    expect(failTimes(LOCKOUT_THRESHOLD - 1).lockedUntilMs).toBeUndefined()
    expect(failTimes(LOCKOUT_THRESHOLD).lockedUntilMs).toBe(60_000)
    expect(failTimes(LOCKOUT_THRESHOLD + 2).lockedUntilMs).toBe(240_000)
  })

  test('no lock is longer than an hour', () => {
    expect(failTimes(LOCKOUT_THRESHOLD + 500).lockedUntilMs).toBe(3_600_000)
  })
})
