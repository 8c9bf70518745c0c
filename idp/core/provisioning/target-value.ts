import { isBooleanPath, parseTargetPath, type TargetPath } from './target-path.ts'
import type { AttributeDefinition, TargetResource, TargetValue } from './types.ts'

/**
 * What a resource of the target shows under a path; `undefined` when it shows nothing. Names of attributes and schemas are
 * compared without case (RFC 7643 §2.1). Numbers are read as text, the texts `True` and `False` of a boolean attribute as
 * booleans, and of a list without filter the primary element, else the first.
 *
 * @param type of the attribute; without one only `active` and `primary` are booleans.
 */
export function readTargetValue(
  resource: TargetResource,
  path: string,
  type: AttributeDefinition['type'] = isBooleanPath(path) ? 'Boolean' : 'String',
): string | boolean | undefined {
  const parsed = parseTargetPath(path)
  if (parsed === undefined) return undefined
  const holder = parsed.urn === undefined ? resource : readMember(resource, parsed.urn)
  const value = simpleValue(within(readMember(holder, parsed.attribute), parsed))
  if (typeof value !== 'string' || type !== 'Boolean') return value
  const lower = value.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : value
}

/** A value in words, for logs: the elements of a list after one another. */
export function shownTarget(value: TargetValue): string {
  return typeof value === 'object' ? value.elements.map((element) => element.value).join(', ') : String(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of a JSON object, its name compared without case; `undefined` when there is none. */
export function readMember(holder: unknown, name: string): unknown {
  if (!isRecord(holder)) return undefined
  if (Object.hasOwn(holder, name)) return holder[name]
  const lower = name.toLowerCase()
  const key = Object.keys(holder).find((candidate) => candidate.toLowerCase() === lower)
  return key === undefined ? undefined : holder[key]
}

function within(value: unknown, { element, sub }: TargetPath): unknown {
  if (!Array.isArray(value)) return sub === undefined ? value : readMember(value, sub)
  const items: readonly unknown[] = value
  const chosen =
    element === undefined
      ? (items.find((item) => readMember(item, 'primary') === true) ?? items[0])
      : items.find((item) => isSameText(readMember(item, element.attribute), element.value))
  return sub === undefined ? chosen : readMember(chosen, sub)
}

function isSameText(value: unknown, text: string): boolean {
  return value !== undefined && value !== null && String(value).toLowerCase() === text.toLowerCase()
}

/** Complex values (a manager, an element) stand for their `value`. An empty text is no value. */
function simpleValue(value: unknown): string | boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value === '' ? undefined : value
  return isRecord(value) && 'value' in value ? simpleValue(readMember(value, 'value')) : undefined
}
