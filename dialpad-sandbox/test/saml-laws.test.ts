import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAnswer } from '../sign-in/saml/read-answer.ts'
import { receiveAnswer } from '../sign-in/saml/receive-answer.ts'
import { type ServicePlace, servicePlace } from '../sign-in/saml/service-provider.ts'
import { openSamlLab, type SamlLab } from './saml-lab.ts'
import { signAnswer, writeAnswer } from './saml-provider.ts'
import { PLAIN_USER, type ServedPages, servePages } from './serve-pages.ts'

let served: ServedPages
let lab: SamlLab
let place: ServicePlace
let genuine: string
beforeAll(async () => {
  served = await servePages()
  lab = await openSamlLab(served)
  const [company] = served.system.store.page('companies', 0, 1)
  if (company === undefined) throw new Error('This world has no company.')
  place = servicePlace(served.origin, company, 'okta')
  genuine = signAnswer(signAnswer(writeAnswer(lab.values()), lab.signer()), lab.signer(), 'response')
})
afterAll(() => served.close())

function receive(xml: string) {
  const settings = place.company.saml
  if (settings === undefined) throw new Error('No settings.')
  const now = { wallMs: Date.now(), virtualMs: Date.now(), askedIds: [] }
  return receiveAnswer(Buffer.from(xml).toString('base64'), place, settings, now)
}

describe('law: whatever is done to a signed answer, it says what was signed or nothing', () => {
  /** Pieces that mean something to a parser, and pieces of the answer itself, put in, taken out or put in place of others. */
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.integer({ min: 0, max: 400 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.oneof(
      fc.constantFrom(
        '<!--x-->',
        '<![CDATA[x]]>',
        '&lt;',
        '&#0;',
        '<x/>',
        '<?x?>',
        ' ',
        '\r\n',
        '"',
        "'",
        '/',
        '<',
        '>',
        'admin',
      ),
      fc.integer({ min: 1, max: 600 }),
    ),
  })

  test('by edits of its text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let xml = genuine
        for (const { at, cut, from, piece } of edits) {
          const start = Math.floor(at * xml.length)
          const source = Math.floor(from * genuine.length)
          const put = typeof piece === 'string' ? piece : genuine.slice(source, source + piece)
          xml = xml.slice(0, start) + put + xml.slice(start + cut)
        }
        const { verdict } = await receive(xml)
        if (verdict.ok) expect(verdict.value.nameId).toBe(PLAIN_USER)
        else expect(verdict.detail).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })

  test('and unaltered it is accepted', async () => {
    expect((await receive(genuine)).verdict).toMatchObject({ ok: true, value: { nameId: PLAIN_USER } })
  })
})

test('law: no text makes the reader throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('<', '>', '/', '"', 'a', ' ', '&', ':', '=') })),
      (text) => {
        expect(readAnswer(text).ok).toBe(false)
      },
    ),
  )
})
