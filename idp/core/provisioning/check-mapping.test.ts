import { describe, expect, test } from 'vitest'
import { checkMapping } from './check-mapping.ts'
import type { AttributeMapping, ObjectMapping } from './types.ts'

const row = (targetAttributeName: string, more: Partial<AttributeMapping> = {}): AttributeMapping => ({
  source: { type: 'Attribute', name: 'mail' },
  targetAttributeName,
  matchingPriority: 0,
  flowType: 'Always',
  ...more,
})

const mapping = (rows: readonly AttributeMapping[], more: Partial<ObjectMapping> = {}): ObjectMapping => ({
  name: 'Users',
  enabled: true,
  sourceObjectName: 'User',
  targetObjectName: 'User',
  scopingFilters: [],
  targetAttributes: [],
  actions: { create: true, update: true, delete: true },
  attributeMappings: rows,
  ...more,
})

const matched = row('userName', { matchingPriority: 1 })

describe('checkMapping', () => {
  test('a mapping that can be saved has no problems', () => {
    const rows = [matched, row('emails[type eq "work"].value'), row('urn:a:2.0:User:badge')]
    expect(checkMapping(mapping(rows))).toEqual([])
  })

  test('users are mapped and matched by something; groups may be switched off', () => {
    expect(checkMapping(mapping([row('title')], { enabled: false })).map((each) => each.message)).toEqual([
      'The mapping of users cannot be disabled.',
      'At least one attribute must be used to match objects.',
    ])
    expect(checkMapping(mapping([matched], { enabled: false, sourceObjectName: 'Group' }))).toEqual([])
  })

  test.each([
    [row('ID'), 'The target attribute id belongs to the app and cannot be mapped.'],
    [row('USERNAME'), 'The target attribute USERNAME is mapped more than once.'],
    [
      row('emails[type]'),
      'The target attribute emails[type] cannot be read. Write name, name.part, name[type eq "work"].part or urn:…:name.',
    ],
    [row('title', { matchingPriority: 1.5 }), 'The matching precedence is a whole number from 1.'],
    [row('title', { source: { type: 'Attribute', name: ' ' } }), 'A source attribute is required.'],
    [
      row('title', { source: { type: 'Function', expression: 'ToLower(PCase([mail]))' } }),
      'At character 9: The function PCase is not available.',
    ],
  ])('a broken row is named: %#', (broken, message) => {
    expect(checkMapping(mapping([matched, broken]))).toEqual([{ row: 1, message }])
  })
})
