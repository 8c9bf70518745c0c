import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import type { StateDocument } from '#kit/store/store.ts'
import type { SnapshotInfo } from './system-control.ts'

export interface Snapshot extends SnapshotInfo {
  readonly state: StateDocument
}

/** Where the snapshots of one system are kept. Names have been checked. */
export interface SnapshotShelf {
  list(): Promise<readonly SnapshotInfo[]>
  /** @returns whether one of that name was replaced. */
  put(snapshot: Snapshot): Promise<boolean>
  /** The state is as it was found: whoever restores it checks it. */
  get(name: string): Promise<(SnapshotInfo & { readonly state: unknown }) | undefined>
  /** @returns whether there was one; a damaged one goes, too. */
  remove(name: string): Promise<boolean>
}

/** Letters, digits, dot, dash, underscore; starts with a letter or digit: safe as the name of a file. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** @throws Refusal `invalid_name` (422). */
export function checkSnapshotName(name: string): string {
  if (NAME.test(name)) return name
  throw new Refusal('invalid_name', 422, 'This cannot be the name of a snapshot.', {
    hint: 'Up to 64 letters, digits, dots, dashes and underscores, the first one a letter or digit.',
  })
}

const infoOf = ({ name, world, takenAt, virtualAt }: SnapshotInfo): SnapshotInfo => ({
  name,
  world,
  takenAt,
  virtualAt,
})

/** Snapshots that live as long as the process. */
export function createMemoryShelf(): SnapshotShelf {
  const kept = new Map<string, Snapshot>()
  return {
    list: async () => Array.from(kept.values(), infoOf),
    async put(snapshot) {
      const replaced = kept.has(snapshot.name)
      kept.set(snapshot.name, snapshot)
      return replaced
    },
    get: async (name) => kept.get(name),
    remove: async (name) => kept.delete(name),
  }
}

const SnapshotFile = z.object({
  name: z.string(),
  world: z.string(),
  takenAt: z.string(),
  virtualAt: z.string(),
  state: z.unknown(),
})

/** One file per snapshot in `folder`, readable JSON, replaced as a whole. */
export function createFileShelf(folder: string): SnapshotShelf {
  const pathOf = (name: string): string => join(folder, `${name}.json`)

  async function read(name: string): Promise<z.infer<typeof SnapshotFile> | undefined> {
    let text: string
    try {
      text = await readFile(pathOf(name), 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
    try {
      return SnapshotFile.parse(JSON.parse(text))
    } catch (error) {
      throw new Refusal('damaged_snapshot', 409, `The file of snapshot "${name}" is damaged.`, {
        hint: `Remove or repair ${name}.json among the snapshots.`,
        cause: error,
      })
    }
  }

  async function names(): Promise<readonly string[]> {
    const files = await readdir(folder).catch(() => [])
    return files
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.slice(0, -'.json'.length))
      .sort()
  }

  return {
    async list() {
      const found = await Promise.all((await names()).map((name) => read(name).catch(() => undefined)))
      return found.flatMap((snapshot) => (snapshot === undefined ? [] : [infoOf(snapshot)]))
    },
    async put(snapshot) {
      await mkdir(folder, { recursive: true })
      const replaced = (await names()).includes(snapshot.name)
      const temporary = join(folder, `.${snapshot.name}.tmp`)
      await writeFile(temporary, `${JSON.stringify(snapshot, null, 1)}\n`, { mode: 0o600 })
      await rename(temporary, pathOf(snapshot.name))
      return replaced
    },
    get: read,
    async remove(name) {
      try {
        await unlink(pathOf(name))
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
        throw error
      }
    },
  }
}
