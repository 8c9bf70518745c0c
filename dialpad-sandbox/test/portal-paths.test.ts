import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { ADMIN, type ServedPages, servePages } from './serve-pages.ts'

/**
 * The ways the tutorials and the help articles give, walked by the words of the links (reference sheet 2.1, 2.2, section 3). Where an
 * edition of the portal used another word, the way is there under both.
 */

let served: ServedPages
let visitor: Visitor
beforeEach(async () => {
  served = await servePages()
  visitor = createVisitor(served.origin, await served.admin())
  await visitor.open('/app')
})
afterEach(() => served.close())

interface Way {
  /** Who sends people there. */
  readonly article: string
  readonly links: readonly string[]
  readonly title: string
  /** Words that the article then looks for. */
  readonly finds: readonly string[]
}

const OLD: readonly Way[] = [
  {
    article: 'Entra tutorial, 2019: Admin settings, My Company selected, Authentication > API Keys',
    links: ['Admin settings', 'My Company', 'API Keys', 'Add key'],
    title: 'API Keys',
    finds: ['Name'],
  },
  {
    article: 'FAQ, 2018: Admin Settings > Authentication > SCIM',
    links: ['Admin settings', 'SCIM'],
    title: 'SCIM',
    finds: ['SCIM Configuration Settings', 'Office Specification Field'],
  },
  {
    article: 'Azure SAML article: Admin Settings > My Company > Authentication > SAML',
    links: ['Admin settings', 'My Company', 'SAML'],
    title: 'SAML',
    finds: ['Choose your provider', 'SP SSO Url', 'SP Entity ID', 'IdP SSO URL', 'IdP Entity ID', 'Certificate'],
  },
  {
    article: 'Licences, 2018: the drop-down picks an office, then Licenses',
    links: ['Admin settings', 'Denver', 'Licenses'],
    title: 'Licenses',
    finds: ['Purchase licenses', 'Unused'],
  },
  {
    article: 'Offices, 2018: My Company > Offices > Add New Office',
    links: ['Admin settings', 'My Company', 'Offices', 'Add New Office'],
    title: 'Add New Office',
    finds: ['E911 location', 'Main line', 'Billing contact'],
  },
]

const NEW: readonly Way[] = [
  {
    article: 'Azure SCIM article, 2024: Dialpad Admin Portal, Company Settings > Authentication > API Keys',
    links: ['Admin settings', 'Company Settings', 'API Keys', 'Add key'],
    title: 'API Keys',
    finds: ['Additional Scopes', 'Save'],
  },
  {
    article: 'Company Settings > Authentication > SAML',
    links: ['Admin settings', 'Company Settings', 'SAML'],
    title: 'SAML',
    finds: ['Prevent users from logging in with other SSO providers', 'Save'],
  },
  {
    article: 'FAQ, 2024: Company Settings > Authentication > SCIM > SCIM Configuration Settings',
    links: ['Admin settings', 'Company Settings', 'SCIM'],
    title: 'SCIM',
    finds: ['SCIM Configuration Settings', 'Office Specification Field'],
  },
  {
    article: 'Company Settings > Licenses > Purchase licenses',
    links: ['Admin settings', 'Licenses', 'Purchase licenses'],
    title: 'Purchase licenses',
    finds: ['Quantity', 'Next'],
  },
  {
    article: 'Billing > Purchase Licenses',
    links: ['Admin settings', 'Billing', 'Purchase Licenses'],
    title: 'Purchase licenses',
    finds: ['Quantity', 'Next'],
  },
  {
    article: 'Company Settings > Administrators',
    links: ['Admin settings', 'Administrators'],
    title: 'Administrators',
    finds: ['Company Admins', 'Office Admins'],
  },
  {
    article: 'Company Settings > Integrations',
    links: ['Admin settings', 'Integrations'],
    title: 'Integrations',
    finds: ['not part of the simulation'],
  },
  {
    article: 'Change log',
    links: ['Admin settings', 'Change log'],
    title: 'Change log',
    finds: ['Action', 'Note'],
  },
]

const OFFICE: readonly Way[] = [
  {
    article: 'Office > Office Settings',
    links: ['Admin settings', 'Offices', 'Denver', 'Office Settings'],
    title: 'Denver',
    finds: ['Office Info', 'Office Administrators', 'Only Company Admins add and remove them.', 'Main line'],
  },
  {
    article: 'Office > Users',
    links: ['Admin settings', 'Denver', 'Users'],
    title: 'Users',
    finds: ['Active or Pending Users', 'Reserved Numbers', 'Deleted Users', 'Account Details', 'Add User'],
  },
  {
    article: 'Office > Users > Reserved Numbers',
    links: ['Admin settings', 'Denver', 'Users', 'Reserved Numbers'],
    title: 'Users',
    finds: ['Last owner', 'Date unassigned', 'Delete'],
  },
  {
    article: 'Office > Users > Deleted Users',
    links: ['Admin settings', 'Denver', 'Users', 'Deleted Users'],
    title: 'Users',
    finds: ['No deleted users'],
  },
  {
    article: 'Office > Users > Add User',
    links: ['Admin settings', 'Denver', 'Users', 'Add User'],
    title: 'Add User',
    finds: ['Email addresses'],
  },
  {
    article: 'Users > Options: Calling, Groups, Privileges, Admin',
    links: ['Admin settings', 'Users', 'Options of Tomas Berg'],
    title: 'Options',
    finds: [
      'Calling',
      'Add Dialpad Meetings',
      'Add a fax line',
      'Add a desk phone',
      'Extension',
      'Swap number',
      'Integrations',
      'Manage phone numbers',
      'Groups',
      'View analytics',
      'Make contact center agent',
      'Make department operator',
      'Privileges',
      'Scorecard',
      'Proxy access',
      'International',
      'Multi-CC settings',
      'Admin',
      'Retention policies',
      'Add admin privileges',
      'Edit email address',
      'Resend invite',
      'Proxy login',
      'Delete user',
    ],
  },
  {
    article: 'Users > Options > Admin > Edit Email Address',
    links: ['Admin settings', 'Users', 'Options of Tomas Berg', 'Edit email address'],
    title: 'Edit email address',
    finds: ['Email'],
  },
  {
    article: 'Users > Options > Admin > Add admin privileges',
    links: ['Admin settings', 'Users', 'Options of Tomas Berg', 'Add admin privileges'],
    title: 'Admin privileges',
    finds: ['Company Admin', 'Office Admin'],
  },
  {
    article: 'Users > Options > Admin > Delete user: keep or remove the licence',
    links: ['Admin settings', 'Users', 'Options of Tomas Berg', 'Delete user'],
    title: 'Delete',
    finds: ['Keep', 'Remove'],
  },
  {
    article: 'Office > Licenses',
    links: ['Admin settings', 'Denver', 'Licenses', 'Purchase licenses'],
    title: 'Purchase licenses',
    finds: ['Quantity'],
  },
  {
    article: 'Office > Billing',
    links: ['Admin settings', 'Denver', 'Billing', 'Purchase Licenses'],
    title: 'Purchase licenses',
    finds: ['Quantity'],
  },
  {
    article: 'Office > Main Line',
    links: ['Admin settings', 'Denver', 'Main Line'],
    title: 'Main Line',
    finds: ['Numbers', 'Hours', 'Operators'],
  },
  {
    article: 'Office > Departments',
    links: ['Admin settings', 'Denver', 'Departments', 'Add department'],
    title: 'Add department',
    finds: ['Name'],
  },
  ...['Desk phones', 'Contact Centers', 'Coaching Teams', 'Channels', 'Analytics'].map((label) => ({
    article: `Office > ${label}`,
    links: ['Admin settings', 'Denver', label],
    title: label,
    finds: ['not part of the simulation'],
  })),
]

async function walk({ links, title, finds }: Way): Promise<void> {
  for (const words of links) await visitor.follow(words)
  expect([visitor.status, visitor.title]).toEqual([200, title])
  for (const words of finds) expect(visitor.text).toContain(words)
}

describe('the portal of 2018 to 2023: Admin Settings, My Company', () => {
  test.each(OLD)('$article', walk)

  test('what is called otherwise now says what it was called', async () => {
    await visitor.follow('Admin settings')
    expect(visitor.text).toContain('(formerly Admin settings > My Company)')
    await visitor.follow('API Keys')
    expect(visitor.html).toContain('formerly Add a key')
  })

  test('a key is made with name and expiration, and shown on a click where the switch says so', async () => {
    await served.system.control.setSwitches({ 'api-key-display': 'click-to-show' })
    for (const words of ['Admin settings', 'My Company', 'API Keys', 'Add key']) await visitor.follow(words)
    await visitor.submit('/api-keys', { name: 'Azure', expiration: '' })
    await visitor.follow('API Keys')
    expect(visitor.text).toContain('Click to show value')
  })
})

describe('the portal of 2024 and later: Dialpad Admin Portal, Company Settings', () => {
  test.each(NEW)('$article', walk)

  test('Purchase licenses → quantity → Next → payment summary → Confirm Purchase', async () => {
    for (const words of ['Admin settings', 'Licenses', 'Purchase licenses']) await visitor.follow(words)
    const [office] = served.system.store.page('offices', 0, 1)
    await visitor.submit('/licenses/purchase', { officeId: office?.id ?? '', quantity: '2' })
    expect(visitor.text).toContain('Confirm Purchase')
    await visitor.submit('/confirm')
    expect(visitor.text).toContain('2 Connect licenses purchased')
  })

  test('the direct address of a guide leads to the SAML page', async () => {
    await visitor.open('/authentication/saml')
    expect(visitor.title).toBe('SAML')
  })
})

describe('an office and its users', () => {
  test.each(OFFICE)('$article', walk)

  test('Deleted Users > Permanently Delete, and Restore', async () => {
    for (const words of ['Admin settings', 'Users', 'Options of Tomas Berg', 'Delete user']) await visitor.follow(words)
    await visitor.submit('/delete', { licence: 'keep' })
    for (const words of ['Users', 'Deleted Users']) await visitor.follow(words)
    expect(visitor.html).toContain('aria-label="Restore Tomas Berg"')
    await visitor.follow('Permanently Delete Tomas Berg')
    expect(visitor.title).toBe('Permanently Delete')
  })

  test('the bulk bar: delete, add and remove office admins', async () => {
    for (const words of ['Admin settings', 'Users']) await visitor.follow(words)
    for (const words of ['Add office admin', 'Remove office admin', 'Delete selected']) {
      expect(visitor.text).toContain(words)
    }
  })
})

describe('the ways in', () => {
  test('Log In > Use Dialpad online, then the ways to log in', async () => {
    const stranger = createVisitor(served.origin)
    await stranger.open('/')
    await stranger.follow('Use Dialpad online')
    expect(stranger.title).toBe('Log in')
    for (const words of ['Log in with Microsoft', 'Log in with Google', 'Login with another provider']) {
      expect(stranger.text).toContain(words)
    }
    await stranger.submit('/login', { email: ADMIN, password: TRAINING_PASSWORD })
    expect(stranger.title).toBe('Signed in as Marta Silva')
    await stranger.follow('Admin settings')
    expect(stranger.title).toBe('Company Settings')
  })

  test('Login with another provider, then the company domain', async () => {
    const stranger = createVisitor(served.origin)
    await stranger.open('/login')
    await stranger.follow('Login with another provider')
    await stranger.submit('/login/provider', { domain: 'brightwave.example' })
    expect(stranger.text).toContain('No provider set up')
  })

  test('Sign up with Microsoft, Google and email', async () => {
    const stranger = createVisitor(served.origin)
    await stranger.open('/')
    await stranger.follow('Sign up')
    for (const words of ['Sign up with Microsoft', 'Sign up with Google', 'Sign up with email']) {
      expect(stranger.text).toContain(words)
    }
    await stranger.follow('Sign up with email')
    expect(stranger.text).toContain('Password')
  })
})
