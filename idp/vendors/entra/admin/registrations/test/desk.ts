import { afterAll, beforeAll, beforeEach } from 'vitest'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { Visitor } from '#kit/test/visitor.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { type RunningAdmin, startAdmin } from '../../test/start-admin.ts'

/** Marta, who may do everything, at the pages of a registration of this test's own. */
export interface Desk {
  readonly admin: RunningAdmin
  readonly marta: Visitor
  /** Of the registration: `Reports 3`. */
  readonly name: string
  /** Address of the registration's pages. */
  readonly at: string
  /** Go on with another registration. */
  turnTo(at: string): void
  /** The registration as it is stored. */
  registration(): Application
  /** Its enterprise app. */
  principal(): ServicePrincipal | undefined
  /** For a test that has outlived Marta's session. */
  signInAgain(): Promise<void>
}

/** One admin center for the tests of a file; before each Marta registers an application by the page. */
export function useDesk(): Desk {
  let admin: RunningAdmin
  let marta: Visitor
  let made = 0
  let at: string

  beforeAll(async () => {
    admin = await startAdmin()
    marta = await admin.signIn('marta.silva')
  })
  afterAll(() => admin.close())
  beforeEach(async () => {
    made += 1
    await marta.open('/admin/registrations/new')
    await marta.submit('/new', { displayName: `Reports ${made}`, accounts: 'AzureADMyOrg' })
    at = marta.path
  })

  const registration = (): Application => {
    const found = admin.system.store.get('applications', at.split('/').at(-1) ?? '')
    if (found === undefined) throw new Error('The registration is gone.')
    return found
  }
  return {
    get admin() {
      return admin
    },
    get marta() {
      return marta
    },
    get name() {
      return `Reports ${made}`
    },
    get at() {
      return at
    },
    turnTo(address) {
      at = address
    },
    registration,
    principal: () => servicePrincipalByAppId(admin.system.store, TENANT_ID, registration().appId),
    async signInAgain() {
      marta = await admin.signIn('marta.silva')
    },
  }
}
