import type { Request } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { MappingKind } from './mapping-draft.ts'

/** The mapping an address names. @throws {Refusal} `not_found` (404) for anything but users and groups. */
export function kindOf(req: Request): MappingKind {
  const { kind } = req.params
  if (kind === 'users' || kind === 'groups') return kind
  throw new Refusal('not_found', 404, 'There is a mapping of users and one of groups, no other.')
}
