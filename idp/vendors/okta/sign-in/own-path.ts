const BASE = 'http://org.invalid'

/**
 * Where a sign-in may lead back to: a path of this org, query included. Anything that names another site, or could be read as
 * naming one (`//host`, `/\host`, control characters), and the sign-in pages themselves, is `undefined`.
 */
export function ownPath(given: string | undefined): string | undefined {
  if (given === undefined || given.length > 2048 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(given)) return undefined
  if (!URL.canParse(given, BASE)) return undefined
  const url = new URL(given, BASE)
  if (url.origin !== BASE || url.pathname.startsWith('/login/') || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search
}
