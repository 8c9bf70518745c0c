import type { JsonDraft, JsonObject } from './json.ts'
import { isObject, own, ownKey, sameJson } from './json.ts'
import type { ResourceType } from './schema.ts'

/** The working copy: only the top level and the extension blocks are copied, everything below is replaced when it changes. */
export class Draft {
  readonly resource: JsonDraft
  private readonly blocks = new Map<string, JsonDraft>()

  constructor(resource: JsonObject) {
    this.resource = { ...resource }
  }

  container(urn: string | undefined): JsonDraft {
    if (urn === undefined) return this.resource
    const open = this.blocks.get(urn)
    if (open !== undefined) return open
    const key = ownKey(this.resource, urn) ?? urn
    const block = this.resource[key]
    const copy: JsonDraft = isObject(block) ? { ...block } : {}
    this.blocks.set(urn, copy)
    this.resource[key] = copy
    return copy
  }

  /** Drops blocks left empty, and keeps `schemas` in step with blocks that came or went. */
  finish(before: JsonObject): JsonObject {
    for (const [urn, block] of this.blocks) {
      if (Object.keys(block).length === 0) delete this.resource[ownKey(this.resource, urn) ?? urn]
      const schemas = this.resource['schemas']
      const had = ownKey(before, urn) !== undefined
      const has = ownKey(this.resource, urn) !== undefined
      if (!Array.isArray(schemas) || had === has) continue
      const others = schemas.filter((schema) => schema !== urn)
      this.resource['schemas'] = has ? [...others, urn] : others
    }
    return this.resource
  }
}

/** What differs between two states of a resource: see `PatchResult.changed`. */
export function changedPaths(before: JsonObject, after: JsonObject, type: ResourceType): readonly string[] {
  const names = (left: JsonObject, right: JsonObject) => new Set([...Object.keys(left), ...Object.keys(right)])
  const changed: string[] = []
  for (const name of names(before, after)) {
    const [left, right] = [own(before, name), own(after, name)]
    if (sameJson(left, right)) continue
    const isExtension = type.extensionsByUrn.has(name.toLowerCase())
    const [from, to] = [isObject(left) ? left : {}, isObject(right) ? right : {}]
    if (!isExtension && !(isObject(left) && isObject(right))) {
      changed.push(name)
      continue
    }
    for (const member of names(from, to)) {
      if (!sameJson(own(from, member), own(to, member))) changed.push(`${name}${isExtension ? ':' : '.'}${member}`)
    }
  }
  return changed
}
