/** A target attribute path, taken apart: `urn:…:User:department`, `name.givenName`, `emails[type eq "work"].value`. */
export interface TargetPath {
  /** The schema extension the attribute lies in; absent for core attributes. */
  readonly urn?: string
  readonly attribute: string
  /** Which element of a list. */
  readonly element?: { readonly attribute: string; readonly value: string }
  readonly sub?: string
}

const LOCAL = /^([A-Za-z$][\w$-]*)(?:\[\s*([A-Za-z$][\w$-]*)\s+eq\s+"([^"]*)"\s*\])?(?:\.([A-Za-z$][\w$-]*))?$/i

/**
 * Read a path of the forms a mapping uses (RFC 7644 §3.5.2, the filter being one `eq`).
 *
 * @returns `undefined` for any other form.
 */
export function parseTargetPath(path: string): TargetPath | undefined {
  const isExtension = /^urn:/i.test(path)
  const split = isExtension ? path.search(/:[^:]*$/) : -1
  if (isExtension && split < 4) return undefined
  const match = LOCAL.exec(path.slice(split + 1))
  const attribute = match?.[1]
  if (match === null || attribute === undefined) return undefined
  const [, , name, value, sub] = match
  return {
    ...(isExtension ? { urn: path.slice(0, split) } : {}),
    attribute,
    ...(name === undefined || value === undefined ? {} : { element: { attribute: name, value } }),
    ...(sub === undefined ? {} : { sub }),
  }
}

/** Whether the path addresses one element of a list by a filter. */
export function isFilteredPath(path: string): boolean {
  return parseTargetPath(path)?.element !== undefined
}

/** Whether values of the path are booleans: `active`, and the `primary` of a list's element. */
export function isBooleanPath(path: string): boolean {
  const lower = path.toLowerCase()
  return lower === 'active' || lower.endsWith('.primary')
}

/** Whether values of the path differ when only their case does (RFC 7643 §3.1: `caseExact`). */
export function isCaseExactPath(path: string): boolean {
  const lower = path.toLowerCase()
  return lower === 'id' || lower === 'externalid'
}

/** Whether the path refers to other objects (members, manager): written in a later pass, when both ends exist. */
export function isReferencePath(path: string): boolean {
  const { attribute = '', urn } = parseTargetPath(path) ?? {}
  const lower = attribute.toLowerCase()
  return (urn === undefined && lower === 'members') || (urn !== undefined && lower === 'manager')
}
