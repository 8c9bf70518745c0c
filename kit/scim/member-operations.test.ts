import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { GROUP_TYPE } from './core-schemas.ts'
import type { MemberChanges } from './member-operations.ts'
import { extractMemberOperations } from './member-operations.ts'
import { applyPatch } from './patch.ts'
import { PATCH_OP_URN, parsePatch } from './patch-request.ts'

const tolerant = { removeByValue: true, bareComplexValues: true }

function extract(operations: readonly unknown[], options = {}) {
  return extractMemberOperations(parsePatch({ schemas: [PATCH_OP_URN], Operations: operations }), options)
}

describe('splitting a PATCH of a group', () => {
  const cases: readonly (readonly [string, readonly unknown[], MemberChanges])[] = [
    [
      'adds by a list',
      [{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] }],
      { add: ['a'], remove: [] },
    ],
    ['adds without a path', [{ op: 'add', value: { Members: [{ value: 'a' }] } }], { add: ['a'], remove: [] }],
    ['adds bare ids', [{ op: 'add', path: 'members', value: ['a', 'b'] }], { add: ['a', 'b'], remove: [] }],
    ['removes by a filter', [{ op: 'remove', path: 'members[value eq "a"]' }], { add: [], remove: ['a'] }],
    [
      'removes several by one filter',
      [{ op: 'remove', path: 'members[value eq "a" or value eq "b"]' }],
      { add: [], remove: ['a', 'b'] },
    ],
    [
      'passes over the type',
      [{ op: 'remove', path: 'members[type eq "User" and value eq "a"]' }],
      { add: [], remove: ['a'] },
    ],
    ['removes by a list', [{ op: 'Remove', path: 'members', value: [{ value: 'a' }] }], { add: [], remove: ['a'] }],
    ['removes all', [{ op: 'remove', path: 'members' }], { add: [], remove: [], replaceAll: [] }],
    [
      'replaces all',
      [{ op: 'replace', path: 'members', value: [{ value: 'a' }] }],
      { add: [], remove: [], replaceAll: ['a'] },
    ],
    ['empties by an empty list', [{ op: 'replace', value: { members: [] } }], { add: [], remove: [], replaceAll: [] }],
    [
      'lets the last word on an id count',
      [
        { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
        { op: 'remove', path: 'members[value eq "a"]' },
      ],
      { add: ['b'], remove: ['a'] },
    ],
    [
      'applies later changes to a replacement',
      [
        { op: 'replace', path: 'members', value: [{ value: 'a' }] },
        { op: 'add', path: 'members', value: [{ value: 'b' }] },
        { op: 'remove', path: 'members[value eq "a"]' },
      ],
      { add: [], remove: [], replaceAll: ['b'] },
    ],
  ]
  test.each(cases)('%s', (_, operations, members) => {
    expect(extract(operations, tolerant)).toEqual({ members, rest: [] })
  })

  it('leaves everything else for the PATCH engine', () => {
    const { members, rest } = extract([
      { op: 'replace', value: { id: '1', displayName: 'Sales', members: [{ value: 'a' }] } },
      { op: 'add', path: 'externalId', value: 'x' },
    ])
    expect(members.replaceAll).toEqual(['a'])
    expect(rest).toEqual([
      { op: 'replace', value: { id: '1', displayName: 'Sales' } },
      { op: 'add', path: { kind: 'attribute', name: 'externalId' }, value: 'x' },
    ])
  })

  test.each([
    ['a member without id', [{ op: 'add', path: 'members', value: [{}] }], 'invalidValue'],
    ['a bare id', [{ op: 'add', path: 'members', value: ['a'] }], 'invalidValue'],
    ['a removal by value', [{ op: 'remove', path: 'members', value: [{ value: 'a' }] }], 'invalidValue'],
    ['a selection by name', [{ op: 'remove', path: 'members[display eq "a"]' }], 'invalidFilter'],
    ['a part of a member', [{ op: 'replace', path: 'members[value eq "a"].display', value: 'x' }], 'mutability'],
  ])('refuses %s', (_, operations, scimType) => {
    expect(() => extract(operations)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })
})

it('says the same as the PATCH engine does with the members at hand', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd')
  const list = fc.uniqueArray(id).map((ids) => ids.map((value) => ({ value })))
  const operation = fc.oneof(
    list.map((value) => ({ op: 'add', path: 'members', value })),
    list.map((value) => ({ op: 'replace', path: 'members', value })),
    list.map((value) => ({ op: 'remove', path: 'members', value })),
    id.map((value) => ({ op: 'remove', path: `members[value eq "${value}"]` })),
    fc.constant({ op: 'remove', path: 'members' }),
  )
  fc.assert(
    fc.property(list, fc.array(operation, { minLength: 1, maxLength: 6 }), (members, operations) => {
      const parsed = parsePatch({ schemas: [PATCH_OP_URN], Operations: operations })
      const options = { ...tolerant, ignoreMissingOnRemove: true }
      const { resource } = applyPatch({ displayName: 'x', members }, parsed, GROUP_TYPE, options)
      const changes = extractMemberOperations(parsed, options).members
      const ids = new Set(changes.replaceAll ?? members.map(({ value }) => value))
      for (const removed of changes.remove) ids.delete(removed)
      for (const added of changes.add) ids.add(added)
      const expected = ((resource['members'] ?? []) as { value: string }[]).map(({ value }) => value)
      expect([...ids].sort()).toEqual(expected.sort())
    }),
  )
})
