import { describe, expect, test } from 'vitest'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { StoryChange } from './changes.ts'
import { closedDoors, durationText } from './doors.ts'

const MINUTE = 60_000
const BEGUN = Date.parse('2026-03-02T09:00:00.000Z')

function entry(
  system: string,
  title: string,
  afterWallMs: number,
  afterVirtualMs: number,
  change?: MergedEntry['change'],
): MergedEntry {
  const seq = Math.round(afterWallMs) + 1000
  return {
    id: `${system}:${seq}`,
    seqs: { [system]: seq },
    seq,
    system,
    kind: 'state',
    correlationId: 'c',
    at: new Date(BEGUN + afterWallMs).toISOString(),
    virtualAt: new Date(BEGUN + afterVirtualMs).toISOString(),
    title,
    ...(change === undefined ? {} : { change }),
  } as MergedEntry
}

const door = (name: string, reason: string, wallMs: number, virtualMs: number): MergedEntry =>
  entry('dialpad', `${name} of Chloe refused (${reason})`, wallMs, virtualMs, {
    type: 'door',
    id: '1',
    after: { door: name, reason },
  })

const REMOVED = entry('entra', 'Chloe was removed from the group', 0, 0)
const SUSPENDED = entry('dialpad', 'User chloe suspended', 2_000, 40 * MINUTE)
const CHANGES: readonly StoryChange[] = [{ entry: SUSPENDED, source: REMOVED }]

describe('doors', () => {
  test('each with its first refusal since the decision, in order, with both times', () => {
    const items = [
      entry('entra', 'Sign-in of chloe to Dialpad: AADSTS50105', 300, 300, {
        type: 'door',
        id: '1',
        after: { door: 'Sign-in at Entra to Dialpad', reason: 'AADSTS50105: not assigned to the app' },
      }),
      door('Email and password', 'of another day', -MINUTE, -MINUTE),
      door('Tokens of the Microsoft login', 'AADSTS50105', 500, 500),
      SUSPENDED,
      door('Browser session', 'the account is suspended', 3_000, 40 * MINUTE + 1_000),
      door('Browser session', 'the account is suspended', 9_000, 50 * MINUTE),
    ]
    const found = closedDoors(items, CHANGES)
    expect(found?.since).toBe(REMOVED)
    expect(found?.doors.map(({ door: name, reason, after }) => [name, reason, after.virtualMs, after.wallMs])).toEqual([
      ['Sign-in at Entra to Dialpad', 'AADSTS50105: not assigned to the app', 300, 300],
      ['Tokens of the Microsoft login', 'AADSTS50105', 500, 500],
      ['Record of the directory', 'the account is suspended', 40 * MINUTE, 2_000],
      ['Browser session', 'the account is suspended', 40 * MINUTE + 1_000, 3_000],
    ])
  })

  test('of somebody suspended by hand are counted from that', () => {
    const found = closedDoors([SUSPENDED, door('API key', 'x', 3_000, 41 * MINUTE)], [{ entry: SUSPENDED }])
    expect(found?.doors.map(({ after }) => after.virtualMs)).toEqual([0, MINUTE])
  })

  test('of somebody who was never suspended are none', () => {
    expect(closedDoors([door('API key', 'x', 0, 0)], [])).toBeUndefined()
  })

  test.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [12_000, '12 s'],
    [40 * MINUTE, '40 min'],
    [40 * MINUTE + 2_500, '40 min 2 s'],
    [80 * MINUTE + 5_000, '1 h 20 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})
