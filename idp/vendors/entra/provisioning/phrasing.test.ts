import { expect, test } from 'vitest'
import { failureOf } from '#idp/engine/target-response.ts'
import { ENTRA_PHRASING } from './phrasing.ts'

test('every answer of a target has a reason and advice in words', () => {
  for (const status of [400, 401, 403, 404, 405, 409, 422, 429, 500, 501, 503]) {
    for (const purpose of ['filter', 'read', 'create', 'change', 'delete'] as const) {
      const { code, message } = failureOf('GET /Users', purpose, { status, headers: {}, body: 'No.' }, 0)
      const { reason, advice } = ENTRA_PHRASING.outcome(code, message)
      expect(reason, code).toContain(message)
      expect(reason.startsWith(code), code).toBe(false)
      expect(advice, code).not.toBe('')
    }
  }
})

test.each([
  'NotEffectivelyEntitled',
  'RedundantExport',
  'EntrySynchronizationSkipped',
  'ImportSkipped',
  'UnableToResolveReferenceAttributeValue',
])('the skip %s is explained', (code) => {
  const { reason, advice } = ENTRA_PHRASING.outcome(code, '')
  expect(reason).not.toBe(code)
  expect(advice).not.toBe('')
})

test('a step says who, what and with what end', () => {
  const facts = { kind: 'User', who: 'Ines Moreau', status: 'Success', target: 'Dialpad' } as const
  expect(ENTRA_PHRASING.step({ ...facts, type: 'export', verb: 'create' })).toEqual({
    name: 'EntryExportAdd',
    description: "User 'Ines Moreau' was created in Dialpad.",
  })
  expect(ENTRA_PHRASING.step({ ...facts, type: 'export', verb: 'disable', status: 'Failure' })).toEqual({
    name: 'EntryExportUpdate',
    description: "User 'Ines Moreau' could not be disabled in Dialpad.",
  })
  expect(ENTRA_PHRASING.step({ ...facts, type: 'matching', verb: 'skip', numbers: { matches: 0 } }).name).toBe(
    'EntryImportObjectNotFound',
  )
})

test('the scoping step tells what every clause of the filters came to, as the API writes it', () => {
  const facts = { isActive: true, isAssigned: true, hasRequiredRole: true, passesScopingFilter: true }
  expect(ENTRA_PHRASING.scope(facts)).toMatchObject({
    'Scoping filter evaluation passed': 'True',
    ScopeEvaluationResult: '{}',
  })
  const clauses = { "EU sellers.department EQUALS 'Sales'": true, "EU sellers.employeeId GREATER_THAN '10'": false }
  const [, number = ''] = Object.keys(clauses)
  expect(ENTRA_PHRASING.scope({ ...facts, passesScopingFilter: false, clauses, notIntegers: [number] })).toMatchObject({
    'Scoping filter evaluation passed': 'False',
    ScopeEvaluationResult: JSON.stringify(clauses),
    'Not an integer': "EU sellers.employeeId GREATER_THAN '10'",
  })
})
