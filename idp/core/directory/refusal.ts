/**
 * Codes of what the directory refuses, in the words of its public API. Closed: a surface maps each to a status once
 * ({@link DIRECTORY_REFUSAL_STATUS}) and to a field of its form.
 */
export type DirectoryRefusalCode = 'Request_BadRequest' | 'Request_ResourceNotFound' | 'ObjectConflict'

/** HTTP status that belongs to each code. */
export const DIRECTORY_REFUSAL_STATUS: Readonly<Record<DirectoryRefusalCode, 400 | 404 | 409>> = {
  Request_BadRequest: 400,
  Request_ResourceNotFound: 404,
  ObjectConflict: 409,
}

/**
 * What every transition of the directory throws when it refuses. Nothing has been written when it is thrown from the top of a
 * transaction, because the transaction keeps all writes or none. The message names the thing and what to do about it and
 * carries no secret.
 */
export class DirectoryRefusal extends Error {
  readonly code: DirectoryRefusalCode
  /** Name of the property at fault: `userPrincipalName`. Absent when no single property is. */
  readonly field?: string

  constructor(code: DirectoryRefusalCode, message: string, field?: string) {
    super(message)
    this.name = 'DirectoryRefusal'
    this.code = code
    if (field !== undefined) this.field = field
  }
}

/** The refusal for an id that names nothing (any more). */
export function notFound(kind: string, id: string): DirectoryRefusal {
  return new DirectoryRefusal(
    'Request_ResourceNotFound',
    `There is no ${kind} with the id '${id}', or it has been deleted.`,
  )
}

/** The refusal for a value that breaks a rule of its property. */
export function badValue(field: string, message: string): DirectoryRefusal {
  return new DirectoryRefusal('Request_BadRequest', message, field)
}
