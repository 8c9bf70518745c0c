import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CUSTOM_APP_TEMPLATE_ID } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { SCHEMA_EDITOR_FLAG } from '../../admin/provisioning/mapping/schema-editor-flag.ts'
import { APP, AT, type ConnectedEntra, startConnected } from './start-connected.ts'

let entra: ConnectedEntra
const USERS = `${AT}/mapping/users`

beforeAll(async () => {
  entra = await startConnected()
})
afterAll(() => entra.close())

let naomi: Visitor
beforeEach(async () => {
  naomi = await entra.visitor('naomi.clarke')
})
afterEach(() => entra.system.control.reset())

const job = () => entra.job()

const watermark = () => entra.system.store.get('provisioningRuns', job().id)?.watermark

const rowOf = (target: string, kind: 'users' | 'groups' = 'users') =>
  job().schema[kind].attributeMappings.find((row) => row.targetAttributeName === target)

/** Put the job to sleep: what is restored by default needs it. */
async function pause(): Promise<void> {
  await entra.system.store.transact((tx) => tx.put('provisioningJobs', job().id, { ...job(), state: 'Paused' }))
}

/** What the pane of a new row is filled with. */
const NEW_ROW = { mappingType: 'Constant', constant: 'en-GB', targetAttribute: 'locale' }

/** Confirm with Yes what Save asks. */
async function saveAndConfirm(who: Visitor): Promise<void> {
  await who.open(USERS)
  await who.submit('/mapping/users', { act: 'save' })
  await who.submit('/mapping/users/save')
}

describe('Attribute Mapping', () => {
  test('has the labels of the reference, in their order', async () => {
    await naomi.open(USERS)
    let from = 0
    for (const word of [
      'Save',
      'Discard',
      'Restore default mappings',
      'Users',
      'Groups',
      'Name',
      'Provision Microsoft Entra ID Users',
      'Enabled',
      'Yes',
      'No',
      'Source Object',
      'User',
      'Source Object Scope',
      'All records',
      'Target Object',
      'Target Object Actions',
      'Create',
      'Update',
      'Delete',
      'Dialpad Attribute',
      'Microsoft Entra ID Attribute',
      'Matching precedence',
      'Remove',
      'Edit',
      'userName',
      'Matching: 1',
      'Add New Mapping',
      'Show advanced options',
      'Edit attribute list for Microsoft Entra ID',
      'Review your schema here',
      'Expression builder',
    ]) {
      const at = naomi.text.indexOf(word, from)
      expect(at, `${word} in ${naomi.text.slice(from)}`).toBeGreaterThanOrEqual(0)
      from = at
    }
    expect(naomi.linkTo('All records')).toBe(`${USERS}/scoping`)
    expect(naomi.text).not.toContain('unsaved changes')
  })

  test('a row added, changed and removed reaches the configuration with Save and Yes, not before', async () => {
    const before = job().schema
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'add' })
    expect(naomi.path).toBe(`${USERS}/new`)
    await naomi.submit('/mapping/users/new', { act: 'ok', ...NEW_ROW })
    expect(naomi.text).toContain('There are unsaved changes')
    await naomi.submit('/mapping/users', { act: 'edit:title' })
    expect(naomi.valueOf('sourceAttribute')).toBe('jobTitle')
    await naomi.submit('/mapping/users/edit?attribute=title', {
      act: 'ok',
      apply: 'ObjectAddOnly',
      defaultValue: 'Agent',
    })
    await naomi.submit('/mapping/users', { act: 'delete:preferredLanguage', delete: [] })
    expect(job().schema).toEqual(before)

    await naomi.submit('/mapping/users', { act: 'save' })
    for (const line of [
      'Save changes?',
      'resynchronizes all assigned users and groups',
      '3 rows changed',
      'Changed: title',
      'Added: locale',
      'Removed: preferredLanguage',
      'Target Object Actions: Create, Update',
    ]) {
      expect(naomi.text).toContain(line)
    }
    expect(naomi.linkTo('No')).toBe(USERS)
    expect(job().schema).toEqual(before)

    await naomi.submit('/mapping/users/save')
    expect(naomi.path).toBe(USERS)
    expect(naomi.text).toContain('The mapping was saved: 3 rows changed. A new initial cycle begins')
    expect(naomi.text).not.toContain('unsaved changes')
    expect(rowOf('locale')).toMatchObject({ source: { type: 'Constant', value: 'en-GB' }, matchingPriority: 0 })
    expect(rowOf('title')).toMatchObject({ flowType: 'ObjectAddOnly', defaultValue: 'Agent' })
    expect(rowOf('preferredLanguage')).toBeUndefined()
    expect(job().schema.users.actions).toEqual({ create: true, update: true, delete: false })
    expect(job().schema.groups).toEqual(before.groups)
    expect(watermark()).toBeNull()
  })

  test('saving what is in use restarts nothing and asks nothing', async () => {
    const before = watermark()
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'save' })
    expect(naomi.path).toBe(USERS)
    expect(naomi.text).toContain('There were no changes to save.')
    // Forged: the confirmation without a draft.
    await naomi.post(`${USERS}/save`, { _csrf: naomi.valueOf('_csrf') })
    expect(naomi.text).toContain('There were no changes to save.')
    expect(watermark()).toBe(before)
  })

  test('a change and its opposite are no change', async () => {
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'delete:title', create: [] })
    await naomi.submit('/mapping/users', { act: 'add' })
    await naomi.submit('/mapping/users/new', {
      act: 'ok',
      mappingType: 'Direct',
      sourceAttribute: 'jobTitle',
      targetAttribute: 'title',
    })
    await naomi.submit('/mapping/users', { act: 'save', create: 'true' })
    expect(naomi.text).toContain('0 rows changed')
    expect(naomi.text).toContain('Order of the rows')
    await naomi.open(USERS)
    await naomi.submit('/mapping/users/discard')
    expect(naomi.text).toContain('The changes were discarded.')
    expect(naomi.text).not.toContain('unsaved changes')
    await naomi.submit('/mapping/users/discard')
    expect(naomi.text).toContain('There were no changes to discard.')
  })

  test('unsaved changes are told on the other pages of provisioning, and are nobody else’s', async () => {
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'delete:title' })
    await naomi.open(AT)
    expect(naomi.text).toContain('The attribute mapping of users has unsaved changes.')
    const marta = await entra.visitor('marta.silva')
    await marta.open(AT)
    expect(marta.text).not.toContain('unsaved changes')
    await marta.open(USERS)
    expect(marta.html).toContain('value="delete:title"')
  })

  test('somebody who saved meanwhile is told of before they are overwritten', async () => {
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'delete:title' })
    const marta = await entra.visitor('marta.silva')
    await marta.open(USERS)
    await marta.submit('/mapping/users', { act: 'delete:displayName' })
    await saveAndConfirm(marta)
    await naomi.open(USERS)
    expect(naomi.text).toContain('Somebody else saved this mapping meanwhile')
    await naomi.submit('/mapping/users', { act: 'save' })
    expect(naomi.text).toContain('Added: displayName')
    await naomi.submit('/mapping/users/save')
    expect(rowOf('displayName')).toBeDefined()
    expect(rowOf('title')).toBeUndefined()
  })

  test('the mapping of groups can be disabled, that of users cannot', async () => {
    await naomi.open(`${AT}/mapping/groups`)
    await naomi.submit('/mapping/groups', { act: 'save', enabled: 'no' })
    await naomi.submit('/mapping/groups/save')
    expect(job().schema.groups.enabled).toBe(false)
    await naomi.open(USERS)
    expect(naomi.text).toContain('The mapping of users cannot be disabled.')
    await naomi.submit('/mapping/users', { act: 'save', enabled: 'no' })
    expect(naomi.text).toContain('There were no changes to save.')
    expect(job().schema.users.enabled).toBe(true)
  })

  test('without anything to match objects by, it is not saved', async () => {
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'delete:userName' })
    await naomi.submit('/mapping/users', { act: 'save' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('The mapping was not saved')
    expect(naomi.text).toContain('At least one attribute must be used to match objects.')
    expect(rowOf('userName')).toBeDefined()
    await naomi.post(`${USERS}/save`, { _csrf: naomi.valueOf('_csrf') })
    expect(naomi.status).toBe(422)
    expect(rowOf('userName')).toBeDefined()
  })

  test('a form nobody could send by the page is refused', async () => {
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: 'drop everything' })
    expect(naomi.status).toBe(422)
    await naomi.open(`${AT}/mapping/roles`)
    expect(naomi.status).toBe(404)
    await naomi.open(`${USERS}/edit?attribute=shoeSize`)
    expect(naomi.status).toBe(404)
    await naomi.open(`${USERS}/edit`)
    expect(naomi.status).toBe(404)
  })

  test('a Global Reader is refused everywhere', async () => {
    const oskar = await entra.visitor('oskar.lindqvist')
    for (const page of [
      '/mapping/users',
      '/mapping/users/new',
      '/mapping/users/save',
      '/mapping/restore',
      '/mapping/users/attributes',
      '/mapping/users/source-attributes',
      '/schema',
      '/schema/download',
      '/expression-builder',
    ]) {
      await oskar.open(`${AT}${page}`)
      expect([page, oskar.status]).toEqual([page, 403])
    }
  })
})

describe('Edit Attribute', () => {
  async function refused(typed: Readonly<Record<string, string>>): Promise<void> {
    await naomi.open(`${USERS}/new`)
    await naomi.submit('/mapping/users/new', { act: 'ok', ...typed })
    expect(naomi.status).toBe(422)
    const draft = await entra.visitor('naomi.clarke')
    await draft.open(USERS)
    expect(draft.text).not.toContain('unsaved changes')
  }

  test.each([
    ['nothing chosen', {}, ['Select a source attribute.', 'Select a target attribute.']],
    [
      'a constant without a value',
      { mappingType: 'Constant', targetAttribute: 'locale' },
      ['Enter the constant value.'],
    ],
    ['an empty expression', { mappingType: 'Expression', targetAttribute: 'locale' }, ['Enter an expression.']],
    [
      'an expression that cannot be read',
      { mappingType: 'Expression', expression: 'ToLower([mail]', targetAttribute: 'locale' },
      ['At character 15:'],
    ],
    [
      'a function that does not exist',
      { mappingType: 'Expression', expression: 'Shout([mail])', targetAttribute: 'locale' },
      ['There is no function Shout.'],
    ],
    [
      'a target another row writes',
      { ...NEW_ROW, targetAttribute: 'title' },
      ['Another row writes this attribute already.'],
    ],
    ['the primary key', { ...NEW_ROW, targetAttribute: 'id' }, ['id']],
    [
      'a precedence that is no number',
      { ...NEW_ROW, matching: 'yes', precedence: '0' },
      ['The matching precedence is a whole number from 1.'],
    ],
    [
      'a precedence another row has',
      { ...NEW_ROW, matching: 'yes', precedence: '1' },
      ['Another row has the precedence 1.'],
    ],
    ['a list to match by', { ...NEW_ROW, targetAttribute: 'roles', matching: 'yes' }, ['Objects cannot be matched']],
    [
      'a source the directory lacks',
      { mappingType: 'Expression', expression: 'ToLower([Mail])', targetAttribute: 'locale' },
      ['At character 9: There is no source attribute Mail. Names are case-sensitive: write mail.'],
    ],
    ['a mapping type of no kind', { ...NEW_ROW, mappingType: 'Magic' }, ['Choose a mapping type.']],
  ])('%s is refused beside its field, with what was typed kept', async (_, typed, messages) => {
    await refused(typed)
    for (const message of messages) expect(naomi.text).toContain(message)
    for (const [name, value] of Object.entries(typed)) {
      if (name !== 'mappingType' || value !== 'Magic') expect(naomi.valueOf(name)).toBe(value)
    }
  })

  test('a second matching attribute gets its precedence, and None writes a default only', async () => {
    await naomi.open(`${USERS}/edit?attribute=externalId`)
    await naomi.submit('/edit?attribute=externalId', { act: 'ok', matching: 'yes', precedence: '2' })
    await naomi.open(`${USERS}/new`)
    await naomi.submit('/mapping/users/new', {
      act: 'ok',
      mappingType: 'None',
      defaultValue: 'Europe/Oslo',
      targetAttribute: 'timezone',
    })
    await saveAndConfirm(naomi)
    expect(rowOf('externalId')?.matchingPriority).toBe(2)
    expect(rowOf('timezone')).toMatchObject({ source: { type: 'None' }, defaultValue: 'Europe/Oslo' })
  })

  test('lines of an expression end as they did, however the browser sends them', async () => {
    await naomi.open(`${USERS}/edit?attribute=title`)
    const expression = 'Join(" ",\r\n  [jobTitle],\r\n  [department])'
    await naomi.submit('/edit?attribute=title', { act: 'ok', mappingType: 'Expression', expression })
    await saveAndConfirm(naomi)
    expect(rowOf('title')?.source).toEqual({ type: 'Function', expression: expression.replaceAll('\r', '') })
    await naomi.open(`${USERS}/edit?attribute=title`)
    await naomi.submit('/edit?attribute=title', { act: 'ok', expression })
    expect(naomi.text).not.toContain('unsaved changes')
  })

  test('pressing Ok without a change makes no draft', async () => {
    await naomi.open(`${USERS}/edit?attribute=title`)
    await naomi.submit('/edit?attribute=title', { act: 'ok' })
    expect(naomi.path).toBe(USERS)
    expect(naomi.text).not.toContain('unsaved changes')
  })
})

describe('Restore default mappings', () => {
  test('asks for provisioning to be stopped, then for a confirmation, and resets filters too', async () => {
    const filter = {
      title: 'Sellers',
      clauses: [{ attribute: 'department', operator: 'EQUALS' as const, value: 'Sales' }],
    }
    const users = {
      ...job().schema.users,
      scopingFilters: [filter],
      attributeMappings: job().schema.users.attributeMappings.slice(0, 3),
    }
    await entra.system.store.transact((tx) =>
      tx.put('provisioningJobs', job().id, { ...job(), schema: { ...job().schema, users } }),
    )
    await naomi.open(`${AT}/mapping/restore`)
    expect(naomi.text).toContain('Stop provisioning first')
    await naomi.open(USERS)
    await naomi.post(`${AT}/mapping/restore`, { _csrf: naomi.valueOf('_csrf') })
    expect(naomi.status).toBe(409)
    expect(job().schema.users).toEqual(users)

    await pause()
    await naomi.open(`${AT}/mapping/restore`)
    expect(naomi.text).toContain('Restore default mappings?')
    expect(naomi.text).toContain('Source Object Scope')
    await naomi.submit('/mapping/restore')
    expect(naomi.text).toContain('The default mappings were restored.')
    expect(job().schema).toEqual(DIALPAD_DEFAULT_MAPPING)
    expect(watermark()).toBeNull()
  })

  test('restores nothing where there is nothing to restore', async () => {
    await naomi.open(`${AT}/mapping/restore`)
    expect(naomi.text).toContain('The mappings are the default ones')
  })
})

describe('the attribute list of the app', () => {
  const CUSTOM = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:badgeNumber'

  test('is hidden for a gallery app, unless the page is opened with the flag', async () => {
    await naomi.open(USERS)
    expect(naomi.linkTo('Edit attribute list for Dialpad')).toBeUndefined()
    await naomi.open(`${USERS}/attributes`)
    expect(naomi.status).toBe(403)
    expect(naomi.text).toContain(SCHEMA_EDITOR_FLAG)
    await naomi.open(`${USERS}?${SCHEMA_EDITOR_FLAG}=true`)
    expect(naomi.linkTo('Edit attribute list for Dialpad')).toBe(`${USERS}/attributes`)
    await naomi.follow('Edit attribute list for Dialpad')
    for (const header of [
      'Name',
      'Type',
      'Primary Key?',
      'Required?',
      'Multi-value?',
      'Exact case?',
      'Referenced Object Attribute',
    ])
      expect(naomi.text).toContain(header)
  })

  test('is shown for an app of no gallery', async () => {
    await entra.system.store.transact((tx) => {
      const app = tx.get('servicePrincipals', APP)
      if (app !== undefined) tx.put('servicePrincipals', APP, { ...app, templateId: CUSTOM_APP_TEMPLATE_ID })
    })
    await naomi.open(USERS)
    expect(naomi.linkTo('Edit attribute list for Dialpad')).toBe(`${USERS}/attributes`)
  })

  test('an attribute added can be mapped, changed and, once no row writes it, deleted', async () => {
    await naomi.open(`${USERS}/attributes?${SCHEMA_EDITOR_FLAG}=true`)
    await naomi.follow('Add attribute')
    await naomi.submit('/attributes/new', { name: CUSTOM })
    expect(naomi.text).toContain(`${CUSTOM} is added when the mapping is saved.`)
    await naomi.follow(`Edit ${CUSTOM}`)
    await naomi.submit(`attribute=${encodeURIComponent(CUSTOM)}`, { caseExact: 'true' })
    await naomi.open(`${USERS}/new`)
    await naomi.submit('/mapping/users/new', { act: 'ok', sourceAttribute: 'employeeId', targetAttribute: CUSTOM })
    await saveAndConfirm(naomi)
    expect(rowOf(CUSTOM)).toBeDefined()
    expect(job().schema.users.targetAttributes.at(-1)).toMatchObject({ name: CUSTOM, caseExact: true, type: 'String' })

    await naomi.open(`${USERS}/attributes`)
    await naomi.submit('/attributes/delete', { attribute: CUSTOM })
    expect(naomi.status).toBe(409)
    expect(naomi.text).toContain('A row of the mapping writes it.')
    await naomi.open(USERS)
    await naomi.submit('/mapping/users', { act: `delete:${CUSTOM}` })
    await naomi.open(`${USERS}/attributes`)
    await naomi.submit('/attributes/delete', { attribute: CUSTOM })
    expect(naomi.text).toContain('leaves the list when the mapping is saved.')
    await saveAndConfirm(naomi)
    expect(job().schema.users).toEqual(DIALPAD_DEFAULT_MAPPING.users)
  })

  test('the primary key and required attributes stay', async () => {
    await naomi.open(`${USERS}/attributes?${SCHEMA_EDITOR_FLAG}=true`)
    for (const [name, reason] of [
      ['id', 'The primary key cannot be deleted.'],
      ['userName', 'A required attribute cannot be deleted.'],
    ] as const) {
      await naomi.open(`${USERS}/attributes`)
      await naomi.submit('/attributes/delete', { attribute: name })
      expect(naomi.status).toBe(409)
      expect(naomi.text).toContain(reason)
    }
  })

  test.each([
    ['no name', { name: '' }, 'name', 'Enter the name of the attribute.'],
    [
      'a name of another pattern',
      { name: 'urn:ietf:params:scim:schemas:extension:enterprise:User:x' },
      'name',
      'Write the name as urn:ietf:params:scim:schemas:extension:',
    ],
    ['a name the list has', { name: 'Title' }, 'name', 'The attribute Title is in the list already.'],
    ['a custom attribute with several values', { name: CUSTOM, multiValued: 'true' }, 'multiValued', 'single value'],
    ['a custom attribute of bytes', { name: CUSTOM, type: 'Binary' }, 'type', 'cannot be binary'],
    ['a custom attribute that is required', { name: CUSTOM, required: 'true' }, 'required', 'cannot be required'],
    ['a text that refers to objects', { name: CUSTOM, references: 'User' }, '', 'Only an attribute of type Reference'],
  ])('%s is refused beside the field', async (_, typed, field, message) => {
    await naomi.open(`${USERS}/attributes/new?${SCHEMA_EDITOR_FLAG}=true`)
    await naomi.submit('/attributes/new', typed)
    expect(naomi.status).toBe(422)
    if (field !== '') expect(naomi.html).toContain(`field-${field}-problem`)
    expect(naomi.text).toContain(message)
    expect(naomi.valueOf('name')).toBe(typed.name)
    await naomi.open(USERS)
    expect(naomi.text).not.toContain('unsaved changes')
  })

  test('what a new configuration starts with can be deleted and comes back; the key cannot be changed', async () => {
    await naomi.open(`${USERS}/attributes?${SCHEMA_EDITOR_FLAG}=true`)
    await naomi.submit('/attributes/delete', { attribute: 'nickName' })
    await saveAndConfirm(naomi)
    expect(job().schema.users.targetAttributes.map(({ name }) => name)).not.toContain('nickName')
    await naomi.open(`${USERS}/attributes/new`)
    await naomi.submit('/attributes/new', { name: 'nickName' })
    await saveAndConfirm(naomi)
    expect(job().schema.users.targetAttributes.at(-1)?.name).toBe('nickName')
    await naomi.open(`${USERS}/attributes/edit?attribute=id`)
    expect(naomi.status).toBe(409)
  })

  test('a custom attribute that is changed stays a custom attribute', async () => {
    await naomi.open(`${USERS}/attributes/new?${SCHEMA_EDITOR_FLAG}=true`)
    await naomi.submit('/attributes/new', { name: CUSTOM })
    await naomi.follow(`Edit ${CUSTOM}`)
    await naomi.submit(`attribute=${encodeURIComponent(CUSTOM)}`, { type: 'Reference', references: 'User' })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('A custom attribute cannot be a reference.')
  })

  test('of the directory is shown, and cannot grow', async () => {
    await naomi.open(`${USERS}/source-attributes`)
    expect(naomi.text).toContain('physicalDeliveryOfficeName')
    expect(naomi.text).toContain('Directory extensions are not simulated')
  })
})
