import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DIALPAD_SPEC } from '../spec.ts'

/**
 * Section 1 of the reference sheet, rule by rule: each has a row of the ledger, and the row names a test. What is left out has a row
 * that says so and no test.
 */

const ROOT = new URL('../../', import.meta.url)
const ROWS = new Map(DIALPAD_SPEC.ledger.map((row) => [row.id, row]))

/** `[section, rule, rows]`; a rule may have several rows. */
const RULES: readonly (readonly [section: string, rule: string, ...rows: string[]])[] = [
  ['1.1', 'base URL, the same for everybody; the alias', 'SCIM-01'],
  ['1.1', 'the key selects the company', 'SCIM-01'],
  ['1.1', 'bearer key; unknown, expired, revoked', 'SCIM-02'],
  ['1.1', 'an ordinary company key, made by a Company Admin', 'SCIM-10'],
  ['1.1', "a key acts with its creator's rights", 'SCIM-02'],
  ['1.1', 'rate limit', 'SCIM-09'],
  ['1.2', 'Users, Groups, discovery, no Bulk', 'SCIM-11'],
  ['1.3', 'userName is the e-mail and wins', 'SCIM-12'],
  ['1.3', 'name, title, language, country', 'SCIM-14'],
  ['1.3', 'active', 'USER-01', 'USER-07'],
  ['1.3', 'department, officeName, physicalDeliveryOfficeName', 'OFFICE-04', 'OFFICE-02'],
  ['1.3', 'country: which attribute', 'OFFICE-05'],
  ['1.3', 'licenseType', 'LICENCE-01'],
  ['1.3', 'timezone', 'SCIM-16'],
  ['1.3', 'attributes without a field are echoed, password never stored', 'SCIM-04'],
  ['1.3', 'externalId', 'SCIM-15'],
  ['1.3', 'extensions and numbers are never written', 'SCIM-13'],
  ['1.3', 'custom attributes in the enterprise namespace', 'SCIM-05'],
  ['1.4', 'the number is returned with type Dialpad', 'SCIM-03'],
  ['1.4', 'one id everywhere', 'SCIM-17'],
  ['1.5', 'name, then country, then the setting', 'OFFICE-01'],
  ['1.5', 'the Office Specification Field; identical names', 'OFFICE-02'],
  ['1.5', 'one of three attributes in the create request', 'OFFICE-06'],
  ['1.5', 'a later office moves the person', 'OFFICE-03'],
  ['1.6', 'every spelling; none means Talk', 'LICENCE-01'],
  ['1.6', 'an unknown value', 'LICENCE-03'],
  ['1.6', 'a changed licenseType', 'LICENCE-04'],
  ['1.6', 'Entra yields Talk only', 'LICENCE-05'],
  ['1.6', 'the portal has no type change of its own', 'PORTAL-06'],
  ['1.6', 'licences belong to an office and move', 'LICENCE-02', 'PORTAL-13'],
  ['1.7', 'licences run out: refused or bought', 'LICENCE-02'],
  ['1.7', 'unassigned licences are billed', 'LICENCE-06'],
  ['1.8', 'pool, then area code; Support brings none', 'NUMBER-01'],
  ['1.8', 'no number to be had', 'NUMBER-02'],
  ['1.8', 'REST assigns none unless asked', 'REST-09'],
  ['1.9', 'suspended: licence free, found by search', 'USER-01'],
  ['1.9', 'reactivated: a licence again', 'USER-07'],
  ['1.9', 'deleted: 72 hours, number on hold', 'USER-02', 'USER-08'],
  ['1.9', 'a pending user loses the number', 'USER-12'],
  ['1.9', 'Okta sends no DELETE', 'USER-13'],
  ['1.10', 'a pushed group is a Directory group', 'GROUP-01'],
  ['1.10', 'renames are ignored', 'GROUP-02'],
  ['1.10', 'a group is no department', 'GROUP-03'],
  ['1.10', '25 operators', 'PORTAL-19'],
  ['1.11', 'own domains only; secondary ones by support', 'USER-10', 'PORTAL-18'],
  ['1.11', "JumpCloud's test user", 'USER-14'],
  ['1.11', 'several directories: the last writer wins', 'USER-11'],
  ['1.11', 'an existing address: conflict, and claim on match', 'USER-09'],
  ['1.11', 'a new address keeps the old one', 'USER-03'],
  ['1.11', 'the pin to the immutable id', 'SIGN-IN-02'],
  ['1.11', 'Options > Admin > Edit Email Address', 'PORTAL-05'],
  ['1.11', 'the last Company Admin, the last user', 'USER-04'],
  ['1.11', 'tenant admins and the first sign-up', 'SIGN-IN-04', 'SIGN-UP-01'],
  ['1.11', 'sessions end with a suspension', 'USER-06'],
  ['1.12', 'statuses and scimTypes of refusals', 'SCIM-02', 'SCIM-06', 'SCIM-09'],
  ['1.12', 'the dialects of the directories', 'SCIM-08'],
]

describe('section 1 of the sheet', () => {
  test.each(RULES.map(([section, rule, ...rows]) => ({ section, rule, rows })))('$section $rule', ({ rows }) => {
    for (const id of rows) {
      const row = ROWS.get(`FID-DIALPAD-${id}`)
      expect(row, id).toBeDefined()
      const [path = '', title = ''] = (row?.test ?? '').split(/: (.*)/s)
      const file = new URL(path, ROOT)
      expect(path !== '' && existsSync(file), `${id} names no test`).toBe(true)
      expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(title)
    }
  })

  test('what of it is left out has a row that says so', () => {
    expect(ROWS.get('FID-DIALPAD-SCIM-18')?.fidelity).toBe('absent')
  })
})
