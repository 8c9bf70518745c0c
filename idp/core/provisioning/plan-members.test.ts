import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planMembers } from './plan-members.ts'

describe('planMembers', () => {
  test('adds who is new, removes who left, and names who has no account', () => {
    const plan = planMembers({
      targetId: 'g-1',
      members: [
        { sourceId: 'ines', targetId: 'u-1' },
        { sourceId: 'tomas', targetId: 'u-2' },
        { sourceId: 'noor', targetId: null },
      ],
      sent: new Set(['u-2', 'u-9']),
    })
    expect(plan).toEqual({ targetId: 'g-1', add: ['u-1'], remove: ['u-9'], unresolved: ['noor'] })
  })

  test('law: once sent, nothing is left to send, and nobody this job did not add is removed', () => {
    const anyMember = fc.record({
      sourceId: fc.string(),
      targetId: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
    })
    fc.assert(
      fc.property(
        fc.array(anyMember),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'x', 'y')),
        (members, sentBefore) => {
          const sent = new Set<string>(sentBefore)
          const plan = planMembers({ targetId: 'g', members, sent })
          expect(plan.remove.every((id) => sent.has(id))).toBe(true)
          const after = new Set([...sent, ...plan.add])
          for (const id of plan.remove) after.delete(id)
          expect(planMembers({ targetId: 'g', members, sent: after })).toMatchObject({ add: [], remove: [] })
        },
      ),
    )
  })
})
