import type { ClientName, Exchange } from './certificate.ts'
import type { Sheet } from './sheet.ts'

/** Whether a server that limits its clients tells them how long to wait, in a form this one understands. */
export async function judgeRateLimit(sheet: Sheet, client: ClientName, exchanges: readonly Exchange[]): Promise<void> {
  const limited = exchanges.filter(({ status }) => status === 429)
  const id = `${client}.rate-limit` as const
  if (limited.length === 0) {
    sheet.pass(id, 'The server never answered 429.')
    return
  }
  await sheet.judge(id, { exchanges: limited }, () => {
    const headers = limited.map(({ retryAfter }) => retryAfter?.trim() ?? '')
    if (headers.some((text) => text === '')) {
      return client === 'entra'
        ? '429 came without Retry-After: the object has failed, and waits for a later cycle.'
        : { warning: '429 came without Retry-After: the whole queue waits five minutes.' }
    }
    if (client !== 'entra' && headers.some((text) => !/^\d+$/.test(text))) {
      return { warning: 'Retry-After is a date, which is not understood: the whole queue waits five minutes.' }
    }
    return undefined
  })
}
