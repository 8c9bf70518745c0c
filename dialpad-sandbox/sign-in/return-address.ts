/**
 * Where to go after signing in: a path of this origin. Anything else, and what would loop back into the ways in, leads to the account page.
 */
export function returnAddress(given: unknown, origin: string): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.includes('\\')) return '/app'
  if (!URL.canParse(given, origin)) return '/app'
  const url = new URL(given, origin)
  if (url.origin !== new URL(origin).origin || /^\/(login|logout|signup)(\/|$)/.test(url.pathname)) return '/app'
  return `${url.pathname}${url.search}`
}
