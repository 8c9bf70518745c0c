/**
 * Where to go after signing in: a path of this origin. Anything else, and what would loop back into the ways in, leads to the account page.
 */
export function returnAddress(given: unknown, origin: string): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.includes('\\')) return '/app'
  if (!URL.canParse(given, origin)) return '/app'
  const url = new URL(given, origin)
  // Dot segments can leave a path that begins with `//`, which a browser takes for the name of another host.
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return '/app'
  if (/^\/(login|logout|signup)(\/|$)/i.test(url.pathname)) return '/app'
  return `${url.pathname}${url.search}`
}
