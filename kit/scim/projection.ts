import { ScimError } from './errors.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { isObject } from './json.ts'
import { readNamedPath } from './path.ts'
import type { Attribute, ResourceType } from './schema.ts'
import { findAttribute, findSubAttribute } from './schema.ts'

/** What a client asks to see, RFC 7644 section 3.9: paths as they came. */
export interface ProjectionRequest {
  readonly attributes?: readonly string[]
  readonly excludedAttributes?: readonly string[]
}

/** Lower-case `urn:name`, `name`; to all of it, or to some sub-attributes in lower case. */
type Selection = ReadonlyMap<string, 'all' | ReadonlySet<string>>

function keyOf(urn: string | undefined, name: string): string {
  return (urn === undefined ? name : `${urn}:${name}`).toLowerCase()
}

/** Names nobody knows select nothing: a projection is a wish, not a condition. */
function pathsOf(text: string, type: ResourceType): readonly { readonly key: string; readonly sub?: string }[] {
  try {
    const path = readNamedPath(text, type.urns)
    if (path.kind === 'extension') {
      const extension = type.extensionsByUrn.get(path.urn.toLowerCase())
      if (extension === undefined) return []
      return extension.schema.attributes.map(({ name }) => ({ key: keyOf(extension.schema.id, name) }))
    }
    const found = findAttribute(type, path)
    const key = keyOf(found?.urn, found?.attribute.name ?? path.name)
    return [path.sub === undefined ? { key } : { key, sub: path.sub.toLowerCase() }]
  } catch (error) {
    if (error instanceof ScimError) return []
    throw error
  }
}

function selectionOf(texts: readonly string[], type: ResourceType): Selection {
  const selection = new Map<string, 'all' | Set<string>>()
  for (const { key, sub } of texts.flatMap((text) => pathsOf(text, type))) {
    const chosen = selection.get(key)
    if (sub === undefined || chosen === 'all') selection.set(key, 'all')
    else if (chosen === undefined) selection.set(key, new Set([sub]))
    else chosen.add(sub)
  }
  return selection
}

function isShown(returned: Attribute['returned'], asked: boolean, hasRequest: boolean, excluded: boolean): boolean {
  switch (returned) {
    case 'always':
      return true
    case 'never':
      return false
    case 'default':
      return (asked || !hasRequest) && !excluded
    case 'request':
      return asked && !excluded
  }
}

/**
 * A function that shows of a resource what the request and the schema's `returned` let it show. `schemas` and `id` always are;
 * what is `never` returned never is, whoever asks. Undescribed attributes count as returned by default.
 */
export function createProjection(
  type: ResourceType,
  request: ProjectionRequest = {},
): (resource: JsonObject) => JsonObject {
  const asked = selectionOf(request.attributes ?? [], type)
  const excluded = selectionOf(request.excludedAttributes ?? [], type)
  const hasRequest = (request.attributes ?? []).length > 0

  const showMembers = (attribute: Attribute | undefined, key: string, value: unknown): unknown => {
    const chosen = asked.get(key)
    const dropped = excluded.get(key)
    const only = chosen === undefined || chosen === 'all' ? undefined : chosen
    const without = dropped === undefined || dropped === 'all' ? undefined : dropped
    const isRestricted = attribute?.subAttributes?.some(
      ({ returned }) => returned === 'never' || returned === 'request',
    )
    if (only === undefined && without === undefined && !isRestricted) return value
    const show = (element: unknown): unknown => {
      if (!isObject(element)) return element
      const shown: JsonDraft = {}
      for (const [name, member] of Object.entries(element)) {
        const sub = attribute && findSubAttribute(attribute, name)
        const lower = name.toLowerCase()
        const isAsked = only?.has(lower) ?? false
        if (isShown(sub?.returned ?? 'default', isAsked, only !== undefined, without?.has(lower) ?? false))
          shown[name] = member
      }
      return shown
    }
    return Array.isArray(value) ? value.map(show) : show(value)
  }

  const showInto = (shown: JsonDraft, container: JsonObject, urn: string | undefined): void => {
    const attributes = urn === undefined ? type.coreAttributes : type.extensionsByUrn.get(urn.toLowerCase())?.attributes
    for (const [name, value] of Object.entries(container)) {
      if (urn === undefined && type.extensionsByUrn.has(name.toLowerCase()) && isObject(value)) {
        const block: JsonDraft = {}
        showInto(block, value, name)
        if (Object.keys(block).length > 0) shown[name] = block
        continue
      }
      const attribute = attributes?.get(name.toLowerCase())
      const key = keyOf(urn, name)
      const isShownNow = isShown(
        attribute?.returned ?? 'default',
        asked.has(key),
        hasRequest,
        excluded.get(key) === 'all',
      )
      if (isShownNow) shown[name] = showMembers(attribute, key, value)
    }
  }

  return (resource) => {
    const shown: JsonDraft = {}
    showInto(shown, resource, undefined)
    return shown
  }
}
