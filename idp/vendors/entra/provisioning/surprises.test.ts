import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ENTRA_SPEC } from '../spec.ts'

/** Reference sheet 12.2: what a faithful twin must show, and the ledger rows, each with its test, that say it is shown. */
const SURPRISES: readonly (readonly [number, string, ...string[]])[] = [
  [1, 'nothing happens for up to 40 minutes; only on demand is instant', 'ENTRA-PROV-1'],
  [2, 'active may arrive as the text "False"', 'GALLERY-WIRE-3'],
  [3, 'op is capitalised by default', 'GALLERY-WIRE-4'],
  [4, 'the flag changes scheduled cycles, not provision on demand', 'ENTRA-PROV-3'],
  [5, 'the flag folds into a path-less replace with dotted keys', 'GALLERY-WIRE-5'],
  [6, 'a filtered path that matches nothing must make the element', 'GALLERY-WIRE-6'],
  [7, 'nobody found is 200 with an empty list; a 404 quarantines', 'ENTRA-PROV-60'],
  [8, 'disabled users stay visible to filter and GET', 'ENTRA-PROV-61'],
  [9, 'unassign disables; delete comes with the end of the recycle bin', 'ENTRA-PROV-8'],
  [10, 'edits made in the app stay', 'ENTRA-PROV-62'],
  [11, 'a user deleted in the app is not made again', 'ENTRA-PROV-63'],
  [12, 'cleared source values do not clear the target', 'GALLERY-VALUES-1'],
  [13, 'default value if null: creation only', 'GALLERY-VALUES-2'],
  [14, 'differences in case only do not flow', 'GALLERY-VALUES-3'],
  [15, 'NOT EQUALS drops people with a blank attribute', 'ENTRA-SCOPE-2'],
  [16, 'EQUALS is case-sensitive', 'ENTRA-SCOPE-3'],
  [17, 'nested groups yield nobody', 'ENTRA-SCOPE-12'],
  [18, 'an assigned group is not a provisioned group object', 'ENTRA-SCOPE-13'],
  [19, 'Sync all to Sync assigned needs a restart', 'ENTRA-SCOPE-14'],
  [20, 'saving a mapping or filter evaluates everybody anew', 'ENTRA-SCOPE-15', 'ENTRA-MAP-1'],
  [21, 'Stop lets the running cycle finish', 'ENTRA-PROV-64'],
  [22, 'progress counts pages; the user counter never falls', 'ENTRA-PROV-65'],
  [23, 'blocked before the first sync: never created, skipped', 'ENTRA-PROV-66'],
  [24, 'late managers and members are not repaired', 'ENTRA-PROV-67', 'ENTRA-SCOPE-16'],
  [25, 'quarantine mail is one-off; none for single users', 'ENTRA-PROV-68'],
  [26, 'thresholds start at 5,000 failures; a bad token does at once', 'ENTRA-PROV-40', 'ENTRA-PROV-9'],
  [27, 'the UPN of a guest is rewritten before matching', 'ENTRA-PROV-69'],
  [28, 'Default Access of the tutorials is out of date', 'ENTRA-PROV-2'],
  [29, 'PUT of secrets replaces the lot', 'ENTRA-GRAPH-10'],
  [30, 'the source is still called Azure Active Directory', 'ENTRA-PROV-11'],
  [31, 'group renames reach the wire, Dialpad ignores them', 'ENTRA-PROV-70'],
  [32, 'members on a group read break the client', 'ENTRA-PROV-71'],
  [33, 'restart keeps links; only Full re-matches', 'ENTRA-PROV-72'],
  [34, 'Global Reader cannot see the page; admins of apps and the owner can', 'ENTRA-PROV-50'],
  [35, 'role values differ in POST and PATCH', 'GALLERY-ROLES-1'],
]

const ROWS = new Map(ENTRA_SPEC.ledger.map((row) => [row.id, row]))
const ROOT = new URL('../../../../', import.meta.url)

describe('12.2: surprises a faithful twin must show', () => {
  test.each(SURPRISES.map(([number, words, ...rows]) => ({ number, words, rows })))(
    'surprise $number: $words',
    ({ rows }) => {
      for (const id of rows) {
        const row = ROWS.get(`FID-${id}`)
        expect(row?.fidelity, id).toBe('proven')
        const [path = '', title = ''] = (row?.test ?? '').split(/: (.*)/s)
        const file = new URL(path, ROOT)
        expect(existsSync(file), `${id} names no test`).toBe(true)
        expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(title)
      }
    },
  )

  test('none is left out', () => {
    expect(SURPRISES.map(([number]) => number)).toEqual(Array.from({ length: 35 }, (_, index) => index + 1))
  })
})
