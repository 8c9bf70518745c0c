import { parse } from 'node-html-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { logInToDialpad } from '#scenarios/walkthroughs/ways-in.ts'

let kit: Kit
beforeAll(async () => {
  kit = await startKit({ world: 'connected-entra' })
})
afterAll(() => kit.close())

type System = 'entra' | 'okta' | 'dialpad'

const run = (system: System, name: string, input: object = {}): Promise<unknown> =>
  kit.control[system].call('POST', `/commands/${name}`, input)

const at = (name: string): string => `${name}@brightwave.example`
const ADA = at('ada.okafor')
const CHLOE = at('chloe.nguyen')

async function pageOf(subject: string) {
  const answer = await call(`${kit.urls.kit}/story/${encodeURIComponent(subject)}`, {
    headers: { accept: 'text/html' },
  })
  expect(answer.status).toBe(200)
  return parse(answer.text)
}

/** The headline, its dates left out: they are those of the run. */
async function storyOf(subject: string): Promise<{ readonly text: string; readonly rules: string }> {
  const page = await pageOf(subject)
  const text = page.querySelector('.story-head__text')?.textContent ?? ''
  const rules = page.querySelectorAll('.story-rule').map((rule) => rule.textContent)
  return {
    text: text.replace(/[A-Z][a-z]{2} \d{1,2}, \d{4}, \d\d:\d\d UTC/g, 'TIME').replace(/ at \d\d:\d\d\b/g, ''),
    rules: rules.join('\n'),
  }
}

const cycle = () => run('entra', 'run-cycle')

describe('why somebody is as they are, by Entra', () => {
  async function begin() {
    await kit.control.kit.reset({ world: 'connected-entra' })
  }

  test('nothing has happened: present, and by which group', async () => {
    await begin()
    expect((await storyOf(ADA)).text).toBe(
      'Ada Okafor is active in Dialpad, by Entra (assigned by the group Dialpad Users).',
    )
  })

  test('unassigned: the removal, the request it led to, and the rule with its source', async () => {
    await begin()
    await run('entra', 'remove-member', { group: 'Dialpad Users', member: ADA })
    expect((await storyOf(ADA)).text).toContain('is no longer assigned to Dialpad; the next cycle switches')
    await cycle()
    const { text, rules } = await storyOf(ADA)
    expect(text).toBe(
      'Suspended in Dialpad since TIME, because Entra sent active=false after "Ada Okafor was removed from the group Dialpad Users": Ada Okafor is no longer assigned to Dialpad.',
    )
    expect(rules).toContain('Who is unassigned is disabled, not deleted')
    expect(rules).toContain('how-provisioning-works')
    expect(rules).toContain('FID-ENTRA-PROV-8')
    expect(rules).toContain('PATCH /scim/Users/')
  })

  test('the assignment of a group was taken away', async () => {
    await begin()
    await run('entra', 'unassign', { principal: 'Dialpad Users' })
    await cycle()
    expect((await storyOf(CHLOE)).text).toBe(
      'Suspended in Dialpad since TIME, because Entra sent active=false after "Dialpad Users is no longer assigned to Dialpad": Chloe Nguyen is no longer assigned to Dialpad.',
    )
  })

  test('blocked from signing in', async () => {
    await begin()
    await run('entra', 'block-person', { person: ADA })
    await cycle()
    const { text } = await storyOf(ADA)
    expect(text).toMatch(/^Suspended in Dialpad since TIME, because Entra sent active=false after "/)
    expect(text).toMatch(/Ada Okafor is blocked from signing in\.$/)
  })

  test('deleted, and thirty days later gone for good', async () => {
    await begin()
    await run('entra', 'delete-person', { person: ADA })
    await cycle()
    expect((await storyOf(ADA)).text).toMatch(
      /^Suspended in Dialpad since TIME, because Entra sent active=false after "Ada Okafor was deleted .*was deleted and lies in the recycle bin\.$/,
    )
    await run('entra', 'erase-person', { person: ADA })
    await cycle()
    expect((await storyOf(ADA)).text).toMatch(
      /^Deleted in Dialpad since TIME, because Entra sent DELETE after "Ada Okafor was deleted permanently/,
    )
  })

  test('out of scope by a filter, with the clause that did not hold', async () => {
    await begin()
    await run('entra', 'set-scope', {
      filters: [{ title: 'No sales', clauses: [{ attribute: 'department', operator: 'NOT EQUALS', value: 'Sales' }] }],
    })
    await cycle()
    const { text, rules } = await storyOf(at('george.mensah'))
    expect(text).toMatch(
      /^Suspended in Dialpad since TIME, because Entra sent active=false .*scoping filter: No sales\.department NOT EQUALS/,
    )
    expect(rules).toContain('FID-ENTRA-SCOPE-11')
  })

  test('never assigned', async () => {
    await begin()
    const { text, rules } = await storyOf(at('elif.demir'))
    expect(text).toBe(
      'Elif Demir is not in Dialpad, because in Entra Elif Demir was never assigned to Dialpad, neither directly nor as a direct member of an assigned group.',
    )
    expect(rules).toContain('FID-ENTRA-SCOPE-13')
  })

  test('no licence is left', async () => {
    await begin()
    const state = await kit.control.dialpad.state()
    const offices = Object.fromEntries(
      Object.entries(state.collections['offices'] ?? {}).map(([id, office]) => [id, { ...office, seats: { talk: 0 } }]),
    )
    await kit.control.dialpad.putState({ ...state, collections: { ...state.collections, offices } })
    await run('entra', 'assign', { principal: at('elif.demir') })
    await cycle()
    const { text } = await storyOf(at('elif.demir'))
    expect(text).toMatch(
      /^Elif Demir is not in Dialpad, because in Entra Elif Demir could not be provisioned to Dialpad: /,
    )
    expect(text).toMatch(/Dialpad answered 400 at TIME\.$/)
  })

  test('an office that matches nothing', async () => {
    await begin()
    await run('entra', 'edit-person', { person: at('elif.demir'), physicalDeliveryOfficeName: 'Lyon' })
    await run('entra', 'assign', { principal: at('elif.demir') })
    await cycle()
    const { text, rules } = await storyOf(at('elif.demir'))
    expect(text).toBe(
      'Elif Demir is active in Dialpad since TIME; no office named "Lyon": placed in Denver (by country).',
    )
    expect(rules).toContain('FID-DIALPAD-OFFICE-01')
  })

  test('suspended by hand in Dialpad', async () => {
    await begin()
    const desk = createPlainDesk(
      createPlainBrowser([kit.urls.dialpad, kit.urls.kit]),
      kit.urls.dialpad,
      () => undefined,
    )
    await logInToDialpad(desk, at('marta.silva'))
    await desk.open(`/admin/users/${(await userInDialpad(ADA))?.id}/suspend`)
    await desk.press('Suspend')
    const { text, rules } = await storyOf(ADA)
    expect(text).toBe('Suspended in Dialpad since TIME, because Ada Okafor was suspended by Marta Silva in the portal.')
    expect(rules).toContain('POST /admin/users/')
  })

  test('nobody, and names that are no names', async () => {
    await begin()
    expect((await storyOf('nobody@nowhere.example')).text).toBe(
      'Nobody knows nobody@nowhere.example, and no journal speaks of it.',
    )
    const page = await pageOf('<script>alert(1)</script>')
    expect(page.querySelectorAll('main script')).toHaveLength(0)
  })

  test('a group: where it stands in each system', async () => {
    await begin()
    const page = await pageOf('Dialpad Users')
    expect(page.textContent).toContain('Directory group')
    expect(page.textContent).toContain('Security group')
  })
})

async function userInDialpad(email: string): Promise<{ readonly id: string } | undefined> {
  const answer = (await kit.control.dialpad.call('GET', `/dossiers?of=${email}`)) as {
    dossiers: readonly { readonly id: string }[]
  }
  return answer.dossiers[0]
}

describe('why somebody is as they are, by Okta', () => {
  async function begin() {
    await kit.control.kit.reset({ world: 'connected-okta' })
  }

  test('suspended in Okta: the phone still rings', async () => {
    await begin()
    await run('okta', 'suspend-person', { person: ADA })
    const { text, rules } = await storyOf(ADA)
    expect(text).toMatch(
      /^Ada Okafor is active in Dialpad although Okta says: Ada Okafor cannot sign in, but the account in Dialpad goes on: nothing was sent \(suspended since TIME\)\.$/,
    )
    expect(rules).toContain('Suspending, unsuspending and deleting a person send nothing.')
  })

  test('deactivated in Okta', async () => {
    await begin()
    await run('okta', 'deactivate-person', { person: ADA })
    await run('okta', 'run-jobs')
    const { text } = await storyOf(ADA)
    expect(text).toMatch(/^Suspended in Dialpad since TIME, because Okta sent active=false after "/)
    expect(text).toMatch(/Ada Okafor was deactivated, and every app assignment with them\.$/)
  })

  test('a group that is assigned and not pushed', async () => {
    await begin()
    await run('okta', 'add-group', { name: 'Night shift', members: [ADA] })
    expect((await storyOf('Night shift')).text).toBe('The group Night shift is not pushed to Dialpad itself.')
    await run('okta', 'assign-group', { group: 'Night shift' })
    expect((await storyOf('Night shift')).text).toBe(
      'The group Night shift is assigned, which gives its people accounts, and is not pushed to Dialpad itself.',
    )
  })

  test('taken out of the group', async () => {
    await begin()
    await run('okta', 'remove-member', { group: 'Dialpad Users', person: ADA })
    await run('okta', 'run-jobs')
    expect((await storyOf(ADA)).text).toMatch(/Okta sent active=false .*Ada Okafor is no longer assigned to Dialpad\.$/)
  })
})

describe('finding a story', () => {
  test('by the beginning of a name, with who knows them', async () => {
    const answer = await call(`${kit.urls.kit}/story?q=ada`, { headers: { accept: 'text/html' } })
    expect(answer.text).toContain('/story/ada.okafor%40brightwave.example')
    expect(answer.text).toContain('Entra, Okta, Dialpad')
    expect((await call(`${kit.urls.kit}/story?q=zzz`, { headers: { accept: 'text/html' } })).text).toContain(
      'Nobody found',
    )
  })

  test('each change has its cause: the request of a person on a page, and the call that followed', async () => {
    await kit.control.kit.reset({ world: 'connected-entra' })
    await run('entra', 'remove-member', { group: 'Dialpad Users', member: ADA })
    await cycle()
    const page = await pageOf(ADA)
    const [newest = ''] = page.querySelectorAll('.story-changes > li').map((li) => li.textContent)
    expect(newest).toContain('User ada.okafor@brightwave.example suspended')
    expect(newest).toContain('state: active to suspended')
    expect(newest).toMatch(/by PATCH \/scim\/Users\/\d+ → 200 from Entra/)
    expect(newest).toContain('after Ada Okafor was removed from the group Dialpad Users in Entra')
  })
})
