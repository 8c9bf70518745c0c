/** Where an external name points in a SCIM user (reference sheet 3.3): `a.b` nests, `list.^[primary==true].value` picks an element. */

export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'element'; readonly list: string; readonly key: string; readonly value: string | boolean }

const STEP = /^([A-Za-z$][\w$-]*)(?:\.\^\[(\w+)==(?:(true|false)|'([^']*)'|"([^"]*)")\])?(?:\.|$)/

/** @returns `undefined` for a text of another form. */
export function parseExternalName(text: string): readonly Step[] | undefined {
  const steps: Step[] = []
  let rest = text
  while (rest !== '') {
    const match = STEP.exec(rest)
    const [whole, name, key, flag, single, double] = match ?? []
    if (whole === undefined || name === undefined || whole === '') return undefined
    steps.push(
      key === undefined
        ? { kind: 'member', name }
        : { kind: 'element', list: name, key, value: flag === undefined ? (single ?? double ?? '') : flag === 'true' },
    )
    rest = rest.slice(whole.length)
  }
  return steps.length === 0 || text.endsWith('.') ? undefined : steps
}

export type JsonObject = { [name: string]: unknown }

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value an external name points at; `undefined` where there is none. */
export function readAt(resource: JsonObject, steps: readonly Step[]): unknown {
  let current: unknown = resource
  for (const step of steps) {
    if (!isJsonObject(current)) return undefined
    if (step.kind === 'member') current = own(current, step.name)
    else {
      const list = own(current, step.list)
      current = Array.isArray(list)
        ? list.find((each) => isJsonObject(each) && own(each, step.key) === step.value)
        : undefined
    }
  }
  return current
}

function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Write a value there, making what is missing on the way. The resource is changed in place. */
export function writeAt(resource: JsonObject, steps: readonly Step[], value: unknown): void {
  let current = resource
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1
    if (step.kind === 'element') {
      current = elementOf(current, step)
      continue
    }
    if (isLast) {
      current[step.name] = value
      return
    }
    const inner = own(current, step.name)
    const next: JsonObject = isJsonObject(inner) ? inner : {}
    current[step.name] = next
    current = next
  }
}

function elementOf(holder: JsonObject, { list: name, key, value }: Step & { kind: 'element' }): JsonObject {
  const found = own(holder, name)
  const list: unknown[] = Array.isArray(found) ? found : []
  holder[name] = list
  const known = list.find((each): each is JsonObject => isJsonObject(each) && own(each, key) === value)
  if (known !== undefined) return known
  const made: JsonObject = { [key]: value }
  list.push(made)
  return made
}
