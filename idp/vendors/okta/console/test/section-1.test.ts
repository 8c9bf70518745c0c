import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { OKTA_SPEC } from '../../spec.ts'

/** Every row of reference sheet 1 that is not marked unverified, and the ledger rows that answer for it. */
const SECTION: readonly (readonly [string, string, ...string[]])[] = [
  ['1.1', 'app list and its buttons', 'CONSOLE-68'],
  ['1.1', 'catalog: search, tile, tags', 'CONSOLE-07'],
  ['1.1', 'people and the tabs of a person', 'CONSOLE-04', 'CONSOLE-05'],
  ['1.1', 'groups, All and Rules, the tabs of a group', 'CONSOLE-04', 'CONSOLE-05'],
  ['1.1', 'Profile Editor: filters and buttons', 'CONSOLE-63'],
  ['1.1', 'Tasks', 'CONSOLE-48'],
  ['1.1', 'System Log, opened pre-filtered by View Logs', 'CONSOLE-06', 'CONSOLE-01'],
  ['1.1', 'Tokens', 'CONSOLE-72'],
  ['1.1', 'addresses of app pages', 'CONSOLE-03'],
  ['1.1', 'header of an app: pencil, status, View Logs, Monitor Imports', 'CONSOLE-01', 'CONSOLE-02', 'CONSOLE-69'],
  ['1.2', 'from the catalog to the Assignments tab', 'CONSOLE-07'],
  ['1.2', 'sign-on options of the long path', 'CONSOLE-09'],
  ['1.2', 'labels are unique', 'CONSOLE-08'],
  ['1.3', 'tabs in order', 'CONSOLE-01', 'CONSOLE-03'],
  ['1.3', 'Import and Push Groups work after the API integration', 'CONSOLE-10'],
  ['1.4', 'sections with Edit', 'CONSOLE-11'],
  ['1.4', 'App Settings and notes', 'CONSOLE-12', 'CONSOLE-16'],
  ['1.4', 'VPN Notification', 'CONSOLE-13'],
  ['1.4', 'App Embed Link, custom error page', 'CONSOLE-14'],
  ['1.4', 'Self service', 'CONSOLE-15', 'CONSOLE-16'],
  ['1.5', 'Sign On: its blocks', 'CONSOLE-73', 'SAML-20'],
  ['1.5', 'attributes, Preview SAML', 'CONSOLE-75'],
  ['1.5', 'Application username format, Update Now', 'CONSOLE-76'],
  ['1.5', 'certificates', 'CONSOLE-74', 'SAML-14'],
  ['1.5', 'values are those the other side works with', 'SAML-13'],
  ['1.6', 'before setup: Configure, Enable, Test, Save', 'CONSOLE-17'],
  ['1.6', 'only the token is asked for', 'CONSOLE-18'],
  ['1.6', 'Import Groups asks before it is cleared', 'CONSOLE-19'],
  ['1.6', 'Push Null Values', 'CONSOLE-22'],
  ['1.6', 'outcomes of the test', 'CONSOLE-20'],
  ['1.6', 'Save tests again and stores nothing bad', 'CONSOLE-21', 'PROVISIONING-10'],
  ['1.7', 'rail after Save, nothing on yet', 'CONSOLE-23', 'PROVISIONING-08'],
  ['1.7', 'To App: the features', 'CONSOLE-24', 'CONSOLE-22'],
  ['1.7', 'attribute mappings', 'CONSOLE-25', 'CONSOLE-26'],
  ['1.7', 'Force Sync', 'PROVISIONING-16'],
  ['1.7', 'To Okta: General', 'CONSOLE-27', 'CONSOLE-28', 'CONSOLE-29', 'CONSOLE-30'],
  ['1.7', 'To Okta: exact matches', 'CONSOLE-31', 'CONSOLE-32', 'CONSOLE-33'],
  ['1.7', 'To Okta: partial, auto-confirm, auto-activate', 'CONSOLE-34', 'CONSOLE-35', 'CONSOLE-36'],
  ['1.7', 'To Okta: sourcing', 'CONSOLE-37', 'CONSOLE-38', 'IMPORT-03'],
  ['1.7', 'To Okta: safeguard', 'CONSOLE-39', 'CONSOLE-40', 'CONSOLE-41', 'IMPORT-02'],
  ['1.7', 'To Okta: inline hooks', 'CONSOLE-42'],
  ['1.7', 'To Okta: mappings', 'CONSOLE-43', 'IMPORT-04'],
  ['1.7', 'Integration off', 'CONSOLE-19'],
  ['1.8', 'toolbar, filters, columns', 'CONSOLE-44', 'CONSOLE-45', 'CONSOLE-70'],
  ['1.8', 'reports at the side', 'CONSOLE-49', 'CONSOLE-16'],
  ['1.8', 'empty states', 'CONSOLE-50'],
  ['1.8', 'Assign to People', 'CONSOLE-44'],
  ['1.8', 'Assign to Groups', 'CONSOLE-45'],
  ['1.8', 'Edit User Assignment', 'CONSOLE-45'],
  ['1.8', 'unassigning', 'CONSOLE-46'],
  ['1.8', 'red mark and Provision User', 'CONSOLE-47'],
  ['1.8', 'error rows and Tasks', 'CONSOLE-48'],
  ['1.9', 'lists, columns, settings, Bulk Edit, unlink', 'CONSOLE-51', 'CONSOLE-71', 'GROUP-PUSH-01'],
  ['1.9', 'by rule, errors', 'CONSOLE-52'],
  ['1.10', 'Import Now and its summary', 'CONSOLE-53', 'CONSOLE-54', 'CONSOLE-58'],
  ['1.10', 'Import Results', 'CONSOLE-55', 'CONSOLE-57'],
  ['1.10', 'Confirm Assignments', 'CONSOLE-56', 'CONSOLE-58'],
  ['1.11', 'Add person', 'CONSOLE-59'],
  ['1.11', 'Suspend, Deactivate, Delete', 'CONSOLE-60', 'CONSOLE-62'],
  ['1.11', 'Profile > Edit', 'CONSOLE-61'],
  ['1.11', 'words of the states', 'CONSOLE-04'],
  ['1.12', 'Add Attribute', 'CONSOLE-64', 'PROVISIONING-15'],
  ['1.12', 'Mappings', 'CONSOLE-65', 'CONSOLE-66'],
  ['1.13', 'the article, click by click', 'PAGES-1', 'CONSOLE-67'],
]

const ROWS = new Map(OKTA_SPEC.ledger.map((row) => [row.id, row]))
const ROOT = new URL('../../../../../', import.meta.url)

describe('reference sheet 1', () => {
  test.each(SECTION.map(([part, words, ...rows]) => ({ part, words, rows })))('$part: $words', ({ rows }) => {
    expect(rows).not.toEqual([])
    for (const id of rows) {
      const row = ROWS.get(`FID-OKTA-${id}`)
      expect(row, `no ledger row ${id}`).toBeDefined()
      if (row?.test === undefined) continue
      const [path = '', title = ''] = row.test.split(/: (.*)/s)
      const file = new URL(path, ROOT)
      expect(existsSync(file), `${id} names no test`).toBe(true)
      expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(title)
    }
  })

  test('every part has rows, and every row of the console its place', () => {
    const parts = [...new Set(SECTION.map(([part]) => part))]
    expect(parts).toEqual(Array.from({ length: 13 }, (_, index) => `1.${index + 1}`))
    const named = new Set(SECTION.flatMap(([, , ...rows]) => rows))
    const console = OKTA_SPEC.ledger
      .map(({ id }) => id.slice('FID-OKTA-'.length))
      .filter((id) => id.startsWith('CONSOLE-'))
    expect(console.filter((id) => !named.has(id))).toEqual([])
  })
})
