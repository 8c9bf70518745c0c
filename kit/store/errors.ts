/** Where in a file something was found. Both count from the start of the file; lines from 1, bytes from 0. */
export interface Place {
  readonly line: number
  readonly byte: number
}

/**
 * A file of the store cannot be read as what was written to it. Nothing was changed: the file stays as it is, and a copy
 * lies beside it. Not thrown for a torn last line of the log, which was never acknowledged.
 */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged'
  readonly file: string
  readonly place: Place
  readonly copy: string
  constructor(file: string, place: Place, reason: string, copy: string, options?: ErrorOptions) {
    super(
      `The store file ${file} is damaged at line ${place.line} (byte ${place.byte}): ${reason}. ` +
        `Nothing was changed, and a copy is kept as ${copy}. Put a good copy of the file back, ` +
        'or move all files of this store out of the folder to start anew.',
      options,
    )
    this.file = file
    this.place = place
    this.copy = copy
  }
}

/** The file was written by another version of the program, or for another set of collections. It stays as it is. */
export class StoreFormatUnknown extends Error {
  override readonly name = 'StoreFormatUnknown'
  readonly file: string
  constructor(file: string, reason: string) {
    super(
      `The store file ${file} was written by another version: ${reason}. Nothing was changed. ` +
        'Start the version that wrote it, or move the files of this store out of the folder to start anew.',
    )
    this.file = file
  }
}

/** Somebody else has the store open. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
  readonly file: string
  readonly system: string
  readonly pid: number
  constructor(file: string, system: string, pid: number) {
    super(
      `The store of ${system} is in use by process ${pid} (lock file ${file}). ` +
        'Stop that process first, or choose another data folder.',
    )
    this.file = file
    this.system = system
    this.pid = pid
  }
}

/** A state document handed to `replace` that this store cannot hold. Nothing was changed. */
export class StateRefused extends Error {
  override readonly name = 'StateRefused'
}

/** A write to a store that is closed, or whose log can no longer be written. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** What a reader of a file throws when it cannot go on; becomes {@link StoreDamaged} once a copy is made. */
export class UnreadableAt extends Error {
  readonly place: Place
  constructor(place: Place, reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.place = place
  }
}
