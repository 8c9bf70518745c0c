import samlify from 'samlify'
import { answerLogin, type ResponsePolicy, responseValues } from '#idp/protocols/saml/answer-login.ts'
import { SAML_COLLECTIONS, type SamlShape } from '#idp/protocols/saml/collections.ts'
import { createCertificate } from '#idp/protocols/saml/signing-certificates.ts'
import { NAME_ID_EMAIL, POST_BINDING } from '#kit/saml/names.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import { type Contender, compete } from './contest.ts'
import type { Measured } from './load.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/** Answers of SAML signed twice, as values in this process: ours with its journal, and samlify's own as its guide makes them. */

const OWNER = 'app'
const ISSUER = 'http://idp.example/app'
const AUDIENCE = 'https://sp.example/metadata'
const ACS_URL = 'https://sp.example/acs'
const MINUTE_MS = 60_000
const EMAIL = 'ada.okafor@brightwave.example'
const ATTRIBUTES = { FirstName: 'Ada', LastName: 'Okafor', Email: EMAIL } as const
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified'

const POLICY: ResponsePolicy = {
  owner: OWNER,
  issuer: ISSUER,
  acsUrl: ACS_URL,
  audience: AUDIENCE,
  validBeforeMs: 5 * MINUTE_MS,
  validAfterMs: 5 * MINUTE_MS,
  authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  signed: { assertion: true, response: true },
}

async function openProvider(): Promise<OpenedSystem<SamlShape>> {
  const spec = { name: 'bench', collections: SAML_COLLECTIONS, operations: [], ledger: [], seed: () => undefined }
  const system = await openSystem<SamlShape>(spec, {
    dataDir: null,
    world: 'brightwave',
    urls: { bench: 'http://localhost:1' },
  })
  const now = Date.now()
  await createCertificate(system, {
    owner: OWNER,
    subject: [{ name: 'commonName', value: 'bench' }],
    hash: 'sha256',
    notBeforeMs: now,
    notAfterMs: now + 1000 * MINUTE_MS,
    activate: true,
  })
  return system
}

function ours(system: OpenedSystem<SamlShape>): () => Promise<unknown> {
  const attributes = Object.entries(ATTRIBUTES).map(([name, value]) => ({
    name,
    nameFormat: UNSPECIFIED,
    values: [value],
  }))
  return async () => {
    const now = Date.now()
    const person = { nameId: EMAIL, nameIdFormat: NAME_ID_EMAIL, attributes, authenticatedAtMs: now }
    return answerLogin(system, POLICY, responseValues(POLICY, person, { id: '_request' }, now), 'state')
  }
}

function usual(system: OpenedSystem<SamlShape>): () => Promise<unknown> {
  const [record] = system.store.find('samlCertificates', 'owner', OWNER)
  if (record === undefined) throw new Error('There is no certificate.')
  const place = { Binding: POST_BINDING, Location: ACS_URL }
  const provider = samlify.IdentityProvider({
    entityID: ISSUER,
    privateKey: system.vault.open(record.privateKey),
    signingCert: certificatePem(record.certificate),
    isAssertionEncrypted: false,
    nameIDFormat: [NAME_ID_EMAIL],
    singleSignOnService: [place],
    loginResponseTemplate: {
      context: samlify.SamlLib.defaultLoginResponseTemplate.context,
      attributes: Object.keys(ATTRIBUTES).map((name) => ({
        name,
        valueTag: name,
        nameFormat: UNSPECIFIED,
        valueXsiType: 'xs:string',
      })),
    },
  })
  const service = samlify.ServiceProvider({
    entityID: AUDIENCE,
    wantAssertionsSigned: true,
    wantMessageSigned: true,
    assertionConsumerService: [place],
  })
  const request = { extract: { request: { id: '_request' } } }
  return () =>
    provider.createLoginResponse(
      service,
      request as never,
      'post',
      { email: EMAIL, ...ATTRIBUTES },
      {
        relayState: 'state',
      },
    )
}

function contender(name: string, answer: () => Promise<unknown>): Contender {
  return {
    name,
    withdraw: async () => undefined,
    async run(seconds): Promise<Measured> {
      const begun = performance.now()
      const cpu = process.cpuUsage()
      let count = 0
      while (performance.now() - begun < seconds * 1000) {
        await answer()
        count += 1
      }
      const { user, system } = process.cpuUsage(cpu)
      return { perSecond: (count * 1000) / (performance.now() - begun), cpuMicros: (user + system) / count }
    },
  }
}

export const SAML_ROW: Row = {
  name: 'saml-answers',
  goal: '1.5 times as many answers as samlify by itself',
  async measure(options: BenchOptions): Promise<readonly Line[]> {
    const system = await openProvider()
    // It warns on the console for each address it would like to have.
    const { warn } = console
    console.warn = () => undefined
    try {
      options.progress('SAML answers')
      const contenders = [contender('ours', ours(system)), contender('samlify', usual(system))]
      const standings = await compete(contenders, options.quick ? 3 : 7, options.quick ? 1 : 3)
      const [mine, its] = [standings.get('ours'), standings.get('samlify')]
      if (mine === undefined || its === undefined) throw new Error('A contender is missing.')
      const note = `${mine.cpuMicros.toFixed(0)} µs of processor time each; samlify ${its.cpuMicros.toFixed(0)}`
      const value = `${mine.perSecond.toFixed(0)}/s`
      return [{ row: 'saml-answers', value, ratios: { 'of samlify': its.cpuMicros / mine.cpuMicros }, note }]
    } finally {
      console.warn = warn
      await system.close()
    }
  },
}
