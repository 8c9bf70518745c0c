import { badRequest } from './errors.ts'
import type { FilterOptions, PatchPath } from './filter.ts'
import { parsePatchPath } from './filter.ts'
import { isObject, ownKey, refuseUnsafe } from './json.ts'

export const PATCH_OP_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** One operation, RFC 7644 section 3.5.2, with its path read. `value` absent: the request had none. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path?: PatchPath
  readonly value?: unknown
}

export interface PatchRequestOptions extends FilterOptions {
  /** Takes `add`, `remove` and `replace` in lower case only. Else in any case. */
  readonly exactOps?: boolean
}

function readOp(op: unknown, index: number, exact: boolean): PatchOperation['op'] {
  const name = typeof op === 'string' && !exact ? op.toLowerCase() : op
  if (name === 'add' || name === 'remove' || name === 'replace') return name
  throw badRequest('invalidSyntax', `Operation ${index + 1} must have "op" add, remove or replace.`)
}

function readOperation(value: unknown, index: number, options: PatchRequestOptions): PatchOperation {
  if (!isObject(value)) throw badRequest('invalidSyntax', `Operation ${index + 1} is not an object.`)
  const member = (name: string): unknown => {
    const key = ownKey(value, name)
    return key === undefined ? undefined : value[key]
  }
  const op = readOp(member('op'), index, options.exactOps ?? false)
  const path = member('path') ?? undefined
  if (path !== undefined && typeof path !== 'string') {
    throw badRequest('invalidPath', `The path of operation ${index + 1} is not a string.`)
  }
  if (op === 'remove' && path === undefined) {
    throw badRequest('noTarget', `Operation ${index + 1} removes something, so it needs a path.`)
  }
  const operand = member('value')
  if (op !== 'remove' && operand === undefined) {
    throw badRequest('invalidValue', `Operation ${index + 1} (${op}) has no value.`)
  }
  refuseUnsafe(operand)
  return {
    op,
    ...(path === undefined ? {} : { path: parsePatchPath(path, options) }),
    ...(operand === undefined ? {} : { value: operand }),
  }
}

/**
 * Reads the body of a PATCH. Member names are taken in any case.
 * @throws ScimError invalidSyntax, invalidPath, noTarget (a removal without path), invalidValue (no value)
 */
export function parsePatch(body: unknown, options: PatchRequestOptions = {}): readonly PatchOperation[] {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The body is not a JSON object.')
  const schemasKey = ownKey(body, 'schemas')
  const schemas = schemasKey === undefined ? undefined : body[schemasKey]
  const isPatch =
    Array.isArray(schemas) &&
    schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === PATCH_OP_URN.toLowerCase())
  if (!isPatch) throw badRequest('invalidSyntax', `"schemas" must hold ${PATCH_OP_URN}.`)
  const operationsKey = ownKey(body, 'Operations')
  const operations = operationsKey === undefined ? undefined : body[operationsKey]
  if (!Array.isArray(operations) || operations.length === 0) {
    throw badRequest('invalidSyntax', '"Operations" must be a list of at least one operation.')
  }
  return operations.map((operation, index) => readOperation(operation, index, options))
}
