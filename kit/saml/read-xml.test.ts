import { deflateRawSync } from 'node:zlib'
import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { escapeXml } from './escape-xml.ts'
import { decodePosted, deflateForRedirect, encodePosted, inflateRedirected, MESSAGE_LIMIT } from './message-encoding.ts'
import { readXml } from './read-xml.ts'
import { readableMessage } from './readable-message.ts'
import { attributeOf, childrenNamed, everyElement, onlyChild, textOf } from './xml-tree.ts'

function problemOf(text: string) {
  const reading = readXml(text)
  return reading.ok ? undefined : reading.problem
}

describe('a document is read', () => {
  test('into names with their namespaces, attributes and text', () => {
    const reading = readXml(
      '<?xml version="1.0"?><a:r xmlns:a="urn:a" ID="1" a:x="2"><a:c> t <![CDATA[& u]]></a:c></a:r>',
    )
    if (!reading.ok) throw new Error(reading.problem)
    const { root } = reading
    expect([root.namespace, root.name]).toEqual(['urn:a', 'r'])
    expect(root.attributes).toEqual([
      { namespace: '', name: 'ID', value: '1' },
      { namespace: 'urn:a', name: 'x', value: '2' },
    ])
    expect([attributeOf(root, 'ID'), attributeOf(root, 'x')]).toEqual(['1', undefined])
    expect(textOf(onlyChild(root, 'urn:a', 'c'))).toBe('t & u')
    expect(textOf(root)).toBeUndefined()
    expect(childrenNamed(root, 'urn:b', 'c')).toEqual([])
    expect([...everyElement(root)].map(({ name }) => name)).toEqual(['r', 'c'])
  })

  test('and refused by what it holds, before a parser sees it', () => {
    expect(problemOf('<!DOCTYPE r><r/>')).toBe('doctype')
    expect(problemOf('<!doctype r><r/>')).toBe('doctype')
    expect(problemOf('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>')).toBe('entity')
    expect(problemOf('<r>a<!-- b -->c</r>')).toBe('comment')
    expect(problemOf('<r><?php echo ?></r>')).toBe('instruction')
    expect(problemOf(`${'<r>'.repeat(65)}${'</r>'.repeat(65)}`)).toBe('too-deep')
  })

  test.each(['', 'words', '<r>', '<r></s>', '<r a=b/>', '<r a="1" a="2"/>', '<r/><r/>', '<r>&nothing;</r>', '<x:r/>'])(
    '%j is not well-formed',
    (text) => {
      expect(problemOf(text)).toBe('not-well-formed')
    },
  )

  test('and what is wrong is looked at once: a short link that becomes a long line of it is not read to its end', () => {
    let problems = 0
    const { parseFromString } = DOMParser.prototype
    const spy = vi.spyOn(DOMParser.prototype, 'parseFromString').mockImplementation(function (this: unknown, ...given) {
      const { options } = this as { readonly options: { errorHandler: Record<string, (message: string) => void> } }
      for (const [name, tell] of Object.entries(options.errorHandler)) {
        options.errorHandler[name] = (message) => {
          problems += 1
          tell(message)
        }
      }
      return parseFromString.apply(this as DOMParser, given)
    })
    try {
      expect(problemOf('<'.repeat(500))).toBe('not-well-formed')
      // The parser comes back once with what it could not be told.
      expect(problems).toBeLessThanOrEqual(2)
    } finally {
      spy.mockRestore()
    }
  })

  test('whatever is escaped comes back, as text and as an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const reading = readXml(`<r a="${escapeXml(value)}">${escapeXml(value)}</r>`)
        if (!reading.ok) throw new Error(reading.problem)
        expect([attributeOf(reading.root, 'a'), reading.root.text]).toEqual([value, value])
      }),
    )
    expect(escapeXml('a\u0000b\uD800')).toBe('a\uFFFDb\uFFFD')
  })
})

describe('a message', () => {
  test('comes back as it was sent, by form and by address', () => {
    const xml = '<r>ä</r>'
    expect(decodePosted(encodePosted(xml))).toEqual({ ok: true, xml })
    expect(decodePosted(encodePosted(xml).replace(/(.{4})/g, '$1\r\n'))).toEqual({ ok: true, xml })
    expect(inflateRedirected(deflateForRedirect(xml))).toEqual({ ok: true, xml })
  })

  test('is refused when it is too large, deflated or not, or not what it should be', () => {
    const large = 'a'.repeat(MESSAGE_LIMIT + 1)
    expect(decodePosted(encodePosted(large))).toEqual({ ok: false, problem: 'too-large' })
    expect(decodePosted('A'.repeat(4_000_000))).toEqual({ ok: false, problem: 'too-large' })
    const bomb = deflateRawSync(Buffer.alloc(50_000_000)).toString('base64')
    expect(inflateRedirected(bomb)).toEqual({ ok: false, problem: 'too-large' })
    expect(inflateRedirected('AAAA')).toEqual({ ok: false, problem: 'not-deflated' })
    expect(decodePosted('<r/>')).toEqual({ ok: false, problem: 'not-base64' })
    expect(decodePosted('')).toEqual({ ok: false, problem: 'not-base64' })
    expect(decodePosted(Buffer.from([0xff, 0xfe, 0x3c, 0]).toString('base64'))).toEqual({
      ok: false,
      problem: 'not-utf8',
    })
  })

  test('is shown without what makes its signature one', () => {
    const xml =
      '<r><d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:SignatureValue>abc</d:SignatureValue></d:Signature></r>'
    expect(readableMessage(xml)).toBe(xml.replace('abc', '[redacted]'))
    expect(readableMessage('<!DOCTYPE r><r/>')).toBeUndefined()
  })
})
