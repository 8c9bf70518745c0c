import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { elementsOf } from '#idp/protocols/saml/test/answer-message.ts'
import { call } from '#kit/test/call.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import type { OktaApp } from '../../apps/records.ts'
import { deleteApp, setAppStatus } from '../../commands/apps.ts'
import { appHref } from '../../console/apps/app-href.ts'
import { metadataPath } from '../addresses.ts'
import { MOST_CERTIFICATES } from '../certificate-commands.ts'
import { certificateFor } from '../certificates.ts'
import { KIT, openSamlStage, PERSON, type SamlStage, STRANGER } from './saml-stage.ts'

/** The Sign On tab (reference sheet 1.5) and what belongs to it. */

let stage: SamlStage
let marta: Visitor
beforeAll(async () => {
  stage = await openSamlStage()
  marta = await stage.signIn('marta.silva')
})
afterAll(() => stage.close())

const page = (path: string, app: OktaApp = stage.app()): string => appHref(app, path)
const certificates = (app: OktaApp = stage.app()) => certificatesOf(stage.system.store, app.id)

describe('a certificate', () => {
  test('an app of a world gets its certificate at first need, once, and keeps it', async () => {
    await stage.system.control.reset({ world: 'connected-okta' })
    expect(certificates()).toEqual([])
    const idsMade = stage.system.store.get('kitMeta', 'world')?.idsMade
    const [one, other] = await Promise.all([
      certificateFor(stage.system, stage.app()),
      certificateFor(stage.system, stage.app()),
    ])
    expect(one).toEqual(other)
    expect(certificates()).toEqual([one])
    expect(stage.system.store.get('kitMeta', 'world')?.idsMade, 'ids made later stay what they are').toBe(idsMade)

    await stage.system.control.snapshots.save('with-certificate')
    const state = stage.system.control.state()
    await stage.system.control.reset({ world: 'connected-okta' })
    await stage.system.control.snapshots.restore('with-certificate')
    expect(await certificateFor(stage.system, stage.app())).toEqual(one)
    await stage.system.control.reset({ world: 'connected-okta' })
    await stage.system.control.replaceState(state)
    expect(await certificateFor(stage.system, stage.app())).toEqual(one)
    marta = await stage.signIn('marta.silva')
  })

  test('is made with its app, and goes with it', async () => {
    await marta.open('/admin/apps/add-app/dialpad/settings')
    await marta.submit('/settings', { label: 'Dialpad EMEA' })
    const [app] = stage.system.store.find('apps', 'label', 'dialpad emea')
    if (app === undefined) throw new Error(marta.text)
    expect(certificates(app)).toMatchObject([{ isActive: true, hash: 'sha256' }])
    expect(certificates(app)[0]?.certificate).not.toBe(certificates()[0]?.certificate)
    const { items } = stage.system.journal.read({})
    expect(JSON.stringify(items)).not.toMatch(/PRIVATE KEY|sealed\.v1/)
    await setAppStatus({ system: stage.system }, KIT, { appId: app.id, status: 'INACTIVE' })
    await deleteApp({ system: stage.system }, KIT, { appId: app.id })
    expect(certificates(app)).toEqual([])
  })

  test('is generated inactive, activated after a question, and deleted when it signs nothing', async () => {
    await marta.open(page('signon'))
    await marta.submit('/certificates/generate')
    expect(marta.text).toContain('It is inactive until you activate it.')
    const [first, second] = certificates()
    expect([first?.isActive, second?.isActive]).toEqual([true, false])
    await marta.open(page(`signon/certificates/${first?.id}/delete`))
    await marta.submit('/delete')
    expect([marta.status, marta.text.includes('cannot be deleted')]).toEqual([400, true])
    await marta.open(page(`signon/certificates/${second?.id}/activate`))
    expect(marta.text).toContain('From now on answers are signed with this certificate.')
    await marta.submit('/activate')
    expect(certificates().map(({ isActive }) => isActive)).toEqual([false, true])
    await marta.open(page(`signon/certificates/${first?.id}/delete`))
    await marta.submit('/delete')
    expect(certificates().map(({ id }) => id)).toEqual([second?.id])
    await marta.open(page(`signon/certificates/${first?.id}/activate`))
    expect(marta.status).toBe(404)
  })

  test('there are no more than a handful', async () => {
    const [record] = certificates()
    if (record === undefined) throw new Error('There is none.')
    await stage.system.store.transact((tx) => {
      for (let made = 1; made < MOST_CERTIFICATES; made += 1) {
        tx.put('samlCertificates', `more-${made}`, { ...record, id: `more-${made}`, isActive: false })
      }
    })
    await marta.open(page('signon'))
    await marta.submit('/certificates/generate')
    expect([marta.status, certificates().length]).toEqual([400, MOST_CERTIFICATES])
  })

  test('each has its metadata and its file', async () => {
    const inactive = certificates().find(({ isActive }) => !isActive)
    if (inactive === undefined) throw new Error('All are active.')
    const host = new URL(stage.origin).host
    const { text } = await call(stage.origin + metadataPath(stage.app(), inactive.id), { headers: { host } })
    expect(elementsOf(text)('X509Certificate')[0]?.text.replace(/\s/g, '')).toBe(inactive.certificate)
    await marta.open(page(`signon/certificates/${inactive.id}/okta.cert`))
    expect(marta.html).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
    expect(new X509Certificate(marta.html).raw.toString('base64')).toBe(inactive.certificate)
  })
})

describe('the tab', () => {
  test('shows what the other side is given, in the words of the console', async () => {
    await marta.open(page('signon'))
    const labels = [
      'Settings',
      'Default Relay State',
      'Attributes (Optional)',
      'FirstName',
      'SAML 2.0',
      'Metadata details',
      `Metadata URL ${stage.origin}/app/${stage.app().samlKey}/sso/saml/metadata`,
      'More details',
      'Sign on URL',
      'Sign out URL',
      'Issuer http://www.okta.com/exk',
      'Signing Certificate',
      'View SAML setup instructions',
      'Preview SAML',
      'Advanced Sign-on Settings',
      'SP SSO URL',
      'SP Entity ID',
      'Credentials Details',
      'SAML Signing Certificates',
      'Generate new certificate',
      'Type',
      'Created',
      'Expires',
      'Status',
      'Actions',
      'SHA-2',
      'Active',
      'View IdP metadata',
      'Download certificate',
    ]
    let from = 0
    for (const label of labels) {
      const at = marta.text.indexOf(label, from)
      expect(at, `${label} in ${marta.text.slice(from)}`).toBeGreaterThanOrEqual(0)
      from = at + label.length
    }
  })

  test('what cannot be saved is told beside its field, and nothing is saved', async () => {
    const before = stage.app().signOn
    const trySave = async (typed: Readonly<Record<string, string>>): Promise<string> => {
      await marta.open(page('signon/edit'))
      await marta.submit('/signon/edit', typed)
      expect(marta.status).toBe(422)
      return marta.text
    }
    expect(await trySave({ acsUrl: 'dialpad.com/saml' })).toContain('Type a complete web address.')
    expect(await trySave({ acsUrl: 'javascript:alert(1)' })).toContain('Type a complete web address.')
    expect(await trySave({ acsUrl: 'https://a:b@dialpad.com/' })).toContain('must not contain a user name')
    expect(await trySave({ acsUrl: 'https://dialpad.com/#x' })).toContain('before any #')
    expect(await trySave({ acsUrl: `https://dialpad.com/${'a'.repeat(2000)}` })).toContain('at most 1024 characters')
    expect(await trySave({ spEntityId: 'https://dialpad.com/ x' })).toContain('contains no spaces')
    expect(await trySave({ format: 'custom', custom: '' })).toContain('cannot be left blank')
    expect(stage.app().signOn).toEqual(before)
  })

  test('attributes are edited in rows: added, renamed, emptied, and refused beside their field', async () => {
    const before = stage.app().signOn.attributeStatements
    const save = async (typed: Readonly<Record<string, string>>): Promise<string> => {
      await marta.open(page('signon/attributes'))
      await marta.submit('/signon/attributes', typed)
      return marta.text
    }
    expect(await save({ 'name.3': 'Email', 'value.3': 'user.email' })).toContain('needs a name of its own')
    expect(await save({ 'name.3': 'Title', 'value.3': 'user.tittle' })).toContain(
      'Invalid property tittle in expression.',
    )
    expect(marta.valueOf('value.3'), 'to be mended').toBe('user.tittle')
    expect(await save({ 'name.3': 'Title' })).toContain('This field cannot be left blank')
    expect(await save({ 'groupName.0': 'g', 'groupFilter.0': 'regex', 'groupValue.0': '[' })).toContain(
      'not a regular expression',
    )
    expect(stage.app().signOn.attributeStatements).toEqual(before)

    const good = { 'name.0': '', 'value.0': '', 'name.4': 'Title', 'nameFormat.4': 'basic', 'value.4': 'user.title' }
    const groups = { 'groupName.1': 'groups', 'groupFilter.1': 'contains', 'groupValue.1': 'Sal' }
    expect(await save({ ...good, ...groups })).toContain('The attributes were saved.')
    expect(stage.app().signOn.attributeStatements.map(({ name }) => name)).toEqual(['LastName', 'Email', 'Title'])
    expect(stage.app().signOn.groupStatements).toEqual([
      { name: 'groups', nameFormat: 'unspecified', filter: 'contains', value: 'Sal' },
    ])
    await stage.signOn({ attributeStatements: before, groupStatements: [] })
  })

  test('Preview SAML shows the answer of one person, and who would get none', async () => {
    await marta.open(`${page('signon/preview')}?login=${PERSON}@brightwave.example`)
    expect(marta.title).toBe('Preview the SAML Assertion')
    expect(marta.text).toContain('saml2:NameID')
    expect(marta.text).toContain(`${PERSON}@brightwave.example`)
    expect(marta.text).not.toContain('SignatureValue')
    await marta.open(`${page('signon/preview')}?login=${STRANGER}@brightwave.example`)
    expect(marta.text).toContain('403 App Not Assigned')
    await marta.open(`${page('signon/preview')}?login=nobody`)
    expect([marta.status, marta.text.includes('Nobody has this username')]).toEqual([422, true])
  })

  test('an app of the wizard has its own words for the two addresses, and chooses the Name ID format', async () => {
    await marta.open('/admin/apps/create')
    await marta.submit('/apps/create', { label: 'Sample', baseUrl: 'http://localhost:4998/scim' })
    const [app] = stage.system.store.find('apps', 'label', 'sample')
    if (app === undefined) throw new Error(marta.text)
    await marta.open(page('signon/edit', app))
    for (const label of ['Single sign-on URL', 'Audience URI (SP Entity ID)', 'Name ID format']) {
      expect(marta.text).toContain(label)
    }
    await marta.submit('/signon/edit', {
      acsUrl: 'http://localhost:1/acs',
      spEntityId: 'x',
      nameIdFormat: 'persistent',
    })
    expect(stage.system.store.get('apps', app.id)?.signOn).toMatchObject({
      nameIdFormat: 'persistent',
      spEntityId: 'x',
    })
    await marta.open(page('signon/edit'))
    expect(marta.text).not.toContain('Name ID format')
  })
})

describe('a read-only administrator', () => {
  let oskar: Visitor
  beforeEach(async () => {
    oskar = await stage.signIn('oskar.lindqvist')
  })

  test('reads everything and changes nothing', async () => {
    const [record] = certificates()
    for (const path of ['signon', 'signon/preview', 'setup/help/SAML_2_0/instructions']) {
      await oskar.open(page(path))
      expect(oskar.status, path).toBe(200)
    }
    await oskar.open(page('signon'))
    expect(oskar.text).not.toContain('Generate new certificate')
    expect(oskar.linkTo('Activate')).toBeUndefined()
    const before = certificates().length
    const _csrf = oskar.valueOf('_csrf') ?? ''
    for (const path of ['signon/attributes', 'signon/edit', `signon/certificates/${record?.id}/delete`]) {
      await oskar.open(page(path))
      expect(oskar.status, path).toBe(403)
    }
    for (const path of ['signon/certificates/generate', `signon/certificates/${record?.id}/activate`]) {
      await oskar.post(page(path), { _csrf })
      expect(oskar.status, path).toBe(403)
    }
    await oskar.post(page('signon/attributes'), { _csrf, 'name.0': 'a', 'value.0': 'user.email' })
    expect(oskar.status).toBe(403)
    expect(certificates()).toHaveLength(before)
  })

  test('and a form from elsewhere is refused, whoever is signed in', async () => {
    await marta.post(page('signon/certificates/generate'), { _csrf: 'guessed' })
    expect(marta.status).toBe(403)
    await marta.open(page('signon'))
    const _csrf = marta.valueOf('_csrf') ?? ''
    await marta.post(page('signon/attributes'), { _csrf }, { origin: 'http://evil.example' })
    expect(marta.status).toBe(403)
  })
})
