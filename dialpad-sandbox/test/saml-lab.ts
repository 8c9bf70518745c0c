import { inflateRedirected } from '#kit/saml/message-encoding.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf } from '#kit/saml/xml-tree.ts'
import { type Browser, type Page, pageOf } from '#kit/test/browser.ts'
import { updateSamlSettings } from '../commands/saml-settings.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { Company } from '../records.ts'
import {
  type AnswerValues,
  createSigner,
  genuineValues,
  ISSUER,
  type SamlSigner,
  signAnswer,
  writeAnswer,
} from './saml-provider.ts'
import { PLAIN_USER, type ServedPages } from './serve-pages.ts'

export const IDP_SSO = 'http://idp.example/sso'
export const ACS_PATH = '/saml/sso/okta/brightwave.example'

/** A Dialpad that trusts a provider of ours, and logins of it under way. */
export interface SamlLab {
  readonly served: ServedPages
  readonly acs: string
  readonly entityId: string
  /** Whose certificate the settings hold. */
  signer(): SamlSigner
  /** Save the certificate of another key; @returns the one used until now. */
  rollOver(signer?: SamlSigner): Promise<SamlSigner>
  /** Begin a login in a browser: id of the request, and what came with it. */
  begin(browser: Browser, next?: string): Promise<{ readonly requestId: string; readonly url: URL }>
  /** What a genuine answer says, unless told otherwise. */
  values(over?: Partial<AnswerValues>): AnswerValues
  post(browser: Browser, xml: string, relayState?: string): Promise<Page>
  /** To be done once the answer was judged. */
  afterwards(mend: () => Promise<unknown>): void
  /** Do it. */
  mend(): Promise<void>
  /** The reason the journal names for the last refusal; `undefined` when the last answer was accepted. */
  lastReason(): string | undefined
}

let known: SamlSigner | undefined

/** One key for all tests of a file: making one takes its time. */
export function knownSigner(): SamlSigner {
  known ??= createSigner()
  return known
}

export async function openSamlLab(served: ServedPages): Promise<SamlLab> {
  const company = (): Company => {
    const [found] = served.system.store.page('companies', 0, 1)
    if (found === undefined) throw new Error('This world has no company.')
    return found
  }
  let current = knownSigner()
  let mends: (() => Promise<unknown>)[] = []
  const save = (signer: SamlSigner): Promise<Company> =>
    updateSamlSettings(served.system, SYSTEM_ACTOR, company().id, {
      provider: 'okta',
      idpSsoUrl: IDP_SSO,
      idpEntityId: ISSUER,
      certificate: signer.certificate,
      preventOtherProviders: false,
    })
  await save(current)
  const acs = `${served.origin}${ACS_PATH}`
  const entityId = 'https://dialpad.com/api/saml/metadata/okta/brightwave.example'
  return {
    served,
    acs,
    entityId,
    signer: () => current,
    async rollOver(signer = createSigner()) {
      const before = current
      await save(signer)
      current = signer
      return before
    },
    async begin(browser, next) {
      const url = await browser.leave(next === undefined ? ACS_PATH : `${ACS_PATH}?next=${encodeURIComponent(next)}`)
      return { requestId: requestIdIn(url), url }
    },
    values: (over = {}) => genuineValues({ destination: acs, audience: entityId, nameId: PLAIN_USER, ...over }),
    async post(browser, xml, relayState) {
      const SAMLResponse = Buffer.from(xml).toString('base64')
      const fields = { SAMLResponse, ...(relayState === undefined ? {} : { RelayState: relayState }) }
      // As from the provider's page: another origin, and no token of ours.
      return pageOf(await browser.post(ACS_PATH, fields, { origin: 'http://idp.example' }))
    },
    afterwards: (mend) => void mends.push(mend),
    async mend() {
      const due = mends
      mends = []
      for (const each of due) await each()
    },
    lastReason() {
      const titles = served.system.journal.read({ kind: 'saml' }).items.map(({ title }) => title)
      return titles.findLast((title) => title.startsWith('SAML answer'))?.split('refused: ')[1]
    },
  }
}

/** An answer as the provider of the settings makes it. */
export function genuineAnswer(lab: SamlLab, over: Partial<AnswerValues> = {}): string {
  return signAnswer(writeAnswer(lab.values(over)), lab.signer())
}

function requestIdIn(url: URL): string {
  const decoded = inflateRedirected(url.searchParams.get('SAMLRequest') ?? '')
  const reading = decoded.ok ? readXml(decoded.xml) : undefined
  const id = reading?.ok ? attributeOf(reading.root, 'ID') : undefined
  if (id === undefined) throw new Error(`No request is in ${url.href}.`)
  return id
}
