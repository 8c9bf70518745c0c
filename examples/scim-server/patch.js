const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'

/**
 * A PATCH of RFC 7644 section 3.5.2 on a copy of a user, as forgiving as clients need: `Add` for `add`, `"False"` for `false`.
 *
 * @param {object} user
 * @param {readonly { op: string, path?: string, value?: unknown }[]} operations
 * @returns {object} the user after it
 */
export function patched(user, operations) {
  const copy = structuredClone(user)
  for (const { op, path, value } of operations) {
    const isRemoval = op.toLowerCase() === 'remove'
    if (path !== undefined) write(copy, path, isRemoval ? undefined : value)
    // Without a path the value names what to change; such names may be paths themselves.
    else for (const [name, each] of Object.entries(value ?? {})) write(copy, name, each)
  }
  return copy
}

function write(user, path, value) {
  const urn = /^(urn:.+:User)(?::(.+))?$/.exec(path)
  const extension = urn !== null && urn[1] !== CORE ? urn[1] : undefined
  const rest = urn === null ? path : urn[2]
  if (rest === undefined) return extension === undefined ? undefined : Object.assign(within(user, extension), value)
  const holder = extension === undefined ? user : within(user, extension)
  const [, name, type, sub] = /^(\w+)(?:\[type eq "(\w+)"\])?(?:\.(\w+))?$/.exec(rest) ?? []
  if (name === undefined) return
  if (type !== undefined) return writeTyped(holder, { name, type, sub }, value)
  if (sub !== undefined) return set(within(holder, name), sub, value)
  set(holder, name, name === 'active' ? String(value).toLowerCase() === 'true' : value)
}

/** The object at a name, made where there is none. */
function within(holder, name) {
  holder[name] = holder[name] ?? {}
  return holder[name]
}

/** One value of many, by its type: `emails[type eq "work"].value`. */
function writeTyped(holder, { name, type, sub }, value) {
  const values = holder[name] ?? []
  const others = values.filter((each) => each.type !== type)
  const former = values.find((each) => each.type === type) ?? { type }
  const next = sub === undefined ? { ...former, ...value } : { ...former, [sub]: value }
  holder[name] = value === undefined ? others : [...others, next]
}

function set(holder, name, value) {
  if (value === undefined) delete holder[name]
  else holder[name] = value
}
