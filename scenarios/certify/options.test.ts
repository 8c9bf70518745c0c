import { describe, expect, test } from 'vitest'
import { pauseAsked } from './options.ts'

describe('how long a server asks to wait', () => {
  const date = 'Mon, 06 Jul 2026 10:00:00 GMT'
  test.each([
    ['seconds', { retryAfter: ' 7 ', date }, 7_000],
    ['an instant, from the instant of the answer', { retryAfter: 'Mon, 06 Jul 2026 10:00:09 GMT', date }, 9_000],
    ['an instant that is over', { retryAfter: 'Mon, 06 Jul 2026 09:00:00 GMT', date }, 0],
    ['an instant, and nobody says when the answer was given', { retryAfter: date }, 1_000],
    ['nothing that can be read', { retryAfter: 'soon', date }, 1_000],
    ['nothing', undefined, 1_000],
    ['more than a minute', { retryAfter: '3600', date }, 60_000],
  ])('%s', (_words, limited, ms) => {
    expect(pauseAsked(limited)).toBe(ms)
  })
})
