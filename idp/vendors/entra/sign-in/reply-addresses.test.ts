import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparableReply } from './reply-addresses.ts'

describe('comparableReply', () => {
  test('law: the port of a plain loopback address does not matter, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('localhost', '127.0.0.1', '[::1]'),
        fc.integer({ min: 1, max: 65535 }),
        fc.constantFrom('', '/', '/callback', '/a/b?c=d'),
        (host, port, path) => {
          expect(comparableReply(`http://${host}:${port}${path}`)).toBe(`http://${host}${path}`)
        },
      ),
    )
  })

  test.each([
    'https://localhost:4443/callback',
    'http://localhost.evil.example:80/callback',
    'http://localhost:80@evil.example/callback',
    'http://127.0.0.10:80/callback',
    'http://evil.example/?http://localhost:80',
  ])('%s is compared as it is', (address) => {
    expect(comparableReply(address)).toBe(address)
  })
})
