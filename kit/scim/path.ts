import type { ScimType } from './errors.ts'
import { badRequest } from './errors.ts'
import { isUnsafeName } from './json.ts'

/** An attribute named in a filter, a query or a PATCH: `[urn:]name[.sub]`. Names as the client spelt them. */
export interface AttributePath {
  readonly urn?: string
  readonly name: string
  readonly sub?: string
}

/** What an attribute path may be read as. `extension`: the path is a URN alone and means the whole extension. */
export type NamedPath =
  | { readonly kind: 'extension'; readonly urn: string }
  | ({ readonly kind: 'attribute' } & AttributePath)

const ATTRIBUTE_NAME = /^(?:[A-Za-z][\w-]*|\$ref)$/
/** URNs of the RFC's form end in a version and a name: `…:2.0:User`. */
const VERSIONED_URN = /^urn:.*:\d+(?:\.\d+)*:[A-Za-z][\w-]*(?=$|[:.])/i

function urnPrefix(text: string, urns: readonly string[]): string | undefined {
  const lower = text.toLowerCase()
  let longest: string | undefined
  for (const urn of urns) {
    const next = text[urn.length]
    const isPrefix = lower.startsWith(urn.toLowerCase()) && (next === undefined || next === ':' || next === '.')
    if (isPrefix && urn.length > (longest?.length ?? 0)) longest = text.slice(0, urn.length)
  }
  if (longest !== undefined) return longest
  if (!lower.startsWith('urn:')) return undefined
  return VERSIONED_URN.exec(text)?.[0] ?? text.slice(0, text.lastIndexOf(':'))
}

/** Enough of what the client sent to recognise it in a message. */
export function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/**
 * Reads `name`, `name.sub`, `urn:…:name.sub`, or a URN alone. Between the URN and the name a dot is taken for a colon, as old
 * clients write it. `urns` are the known schemas; a URN of another form is split at its last colon.
 * @param at position of `text` in what the client sent, for the message
 * @throws ScimError with `scimType`
 */
export function readNamedPath(
  text: string,
  urns: readonly string[],
  scimType: ScimType = 'invalidPath',
  at = 0,
): NamedPath {
  const urn = urnPrefix(text, urns)
  const local = urn === undefined ? text : text.slice(urn.length + 1)
  if (urn !== undefined && local === '') return { kind: 'extension', urn }
  const [name = '', sub, ...more] = local.split('.')
  const names = sub === undefined ? [name] : [name, sub]
  if (more.length > 0 || names.some((part) => !ATTRIBUTE_NAME.test(part) || isUnsafeName(part))) {
    throw badRequest(scimType, `"${excerpt(text)}" at position ${at} is not an attribute name.`)
  }
  return {
    kind: 'attribute',
    ...(urn === undefined ? {} : { urn }),
    name,
    ...(sub === undefined ? {} : { sub }),
  }
}

/** As {@link readNamedPath}, but refusing a URN alone. */
export function parseAttributePath(
  text: string,
  urns: readonly string[] = [],
  scimType: ScimType = 'invalidPath',
  at = 0,
): AttributePath {
  const path = readNamedPath(text, urns, scimType, at)
  if (path.kind === 'extension') {
    throw badRequest(scimType, `"${text}" at position ${at} names a schema; an attribute of it is needed.`)
  }
  const { kind: _, ...attribute } = path
  return attribute
}

/** The text of a path, with its URN when it has one. */
export function printAttributePath(path: AttributePath): string {
  return `${path.urn === undefined ? '' : `${path.urn}:`}${path.name}${path.sub === undefined ? '' : `.${path.sub}`}`
}
