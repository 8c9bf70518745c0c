import { readHeldRole } from './expression/role-functions.ts'
import { parseTargetPath } from './target-path.ts'
import { readMember } from './target-value.ts'
import type { TargetElement, TargetList, TargetResource } from './types.ts'

/** The type the service gives to a role it sends, whatever the role (reference 2.8). */
export const ROLE_TYPE = 'WindowsAzureActiveDirectoryRole'

/** Lists of the core schema whose elements are objects (RFC 7643 §4.1.2); others hold plain values. */
const COMPLEX_LISTS: ReadonlySet<string> = new Set([
  'emails',
  'phonenumbers',
  'ims',
  'photos',
  'addresses',
  'groups',
  'entitlements',
  'roles',
  'x509certificates',
])

/** The list a path lies in, without filter and part: `roles[primary eq "True"].value` is `roles`. */
export function listPathOf(path: string): string {
  const { urn, attribute } = parseTargetPath(path) ?? {}
  if (attribute === undefined) return path
  return urn === undefined ? attribute : `${urn}:${attribute}`
}

/** An element as the target's JSON has it: an object in a list of the core schema, else the bare value. */
export function wireElement(path: string, { legacyText: _, ...element }: TargetElement): unknown {
  return COMPLEX_LISTS.has(listPathOf(path).toLowerCase()) ? element : element.value
}

/** The elements the target shows in the list. */
function shownElements(resource: TargetResource, path: string): readonly unknown[] {
  const { urn, attribute = '' } = parseTargetPath(path) ?? {}
  const list = readMember(urn === undefined ? resource : readMember(resource, urn), attribute)
  return Array.isArray(list) ? list : []
}

/** The texts an element is known by: its value, and for a role sent as JSON text what it and its name are in there. */
function namesOf(element: unknown): readonly string[] {
  const value = typeof element === 'object' && element !== null ? readMember(element, 'value') : element
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return []
  const text = String(value)
  const role = readHeldRole(text)
  return [...new Set([role.value, role.displayName, text])]
}

/** What of a list must still be written, and what the target shows now; `undefined` when nothing must. */
export function diffList(
  desired: TargetList,
  resource: TargetResource,
  path: string,
  caseExact: boolean,
): { readonly before?: TargetList; readonly after: TargetList } | undefined {
  const fold = (text: string): string => (caseExact ? text : text.toLowerCase())
  const shown = shownElements(resource, path).map((element) => namesOf(element).map(fold))
  const missing = desired.elements.filter(({ value }) => !shown.some((names) => names.includes(fold(value))))
  const wanted = new Set(desired.elements.map(({ value }) => fold(value)))
  const isExact = shown.every((names) => names.some((name) => wanted.has(name)))
  if (missing.length === 0 && (desired.mode === 'add' || isExact)) return undefined
  const present = shownElements(resource, path).flatMap((element) => namesOf(element).slice(0, 1))
  const after = desired.mode === 'add' ? { ...desired, elements: missing } : desired
  if (present.length === 0) return { after }
  return { before: { kind: 'list', mode: desired.mode, elements: present.map((value) => ({ value })) }, after }
}
