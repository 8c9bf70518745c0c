import type { CheckResult, Exchange } from './certificate.ts'

/** Shorter ones would take words apart that have nothing to do with them. */
const SHORTEST_TOKEN = 4

/** The results with the server's token taken out, in case it repeats it in an answer. */
export function withoutToken(checks: readonly CheckResult[], token: string): readonly CheckResult[] {
  if (token.length < SHORTEST_TOKEN) return checks
  const hide = (text: string): string => text.replaceAll(token, '[redacted]')
  const hideIn = (exchange: Exchange): Exchange =>
    Object.fromEntries(
      Object.entries(exchange).map(([name, value]) => [name, typeof value === 'string' ? hide(value) : value]),
    ) as unknown as Exchange
  return checks.map((check) => ({
    ...check,
    ...(check.found === undefined ? {} : { found: hide(check.found) }),
    exchanges: check.exchanges.map(hideIn),
  }))
}
