import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { StoreLocked } from './errors.ts'

interface Owner {
  readonly system: string
  readonly pid: number
  /** When the process started, as the kernel counts; tells a process from a later one of the same number. */
  readonly started: string | null
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** `null` where the system does not say (no `/proc`), or there is no such process. */
function readStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may hold spaces; the start is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH') || hasCode(error, 'EACCES')) return null
    throw error
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    if (!hasCode(error, 'EPERM')) return false
  }
  const now = readStart(pid)
  return started === null || now === null || now === started
}

/** A lock that cannot be read was left by a crash of the machine: nobody holds it. */
function parseOwner(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('system' in value)) return undefined
    const { pid, system } = value
    if (typeof pid !== 'number' || typeof system !== 'string') return undefined
    return { pid, system, started: 'started' in value && typeof value.started === 'string' ? value.started : null }
  } catch {
    return undefined
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Make `file` with the content of `from`, unless it exists. Linking shows the file whole or not at all. */
function linkUnlessThere(from: string, file: string): boolean {
  try {
    linkSync(from, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/**
 * Take the lock of a store for this process. A lock whose process is gone is taken over.
 * @returns a function that gives the lock back.
 * @throws {StoreLocked} when a living process holds it, this one included.
 */
export function takeLock(file: string, system: string): () => void {
  const mine: Owner = { system, pid: process.pid, started: readStart(process.pid) }
  const unique = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(unique, `${JSON.stringify(mine)}\n`, { mode: 0o600 })
  try {
    while (!linkUnlessThere(unique, file)) {
      const found = readIfThere(file)
      if (found === undefined) continue
      const owner = parseOwner(found)
      if (owner !== undefined && isAlive(owner)) throw new StoreLocked(file, owner.system, owner.pid)
      moveAside(file, found, `${unique}-stale`)
    }
  } finally {
    rmSync(unique, { force: true })
  }
  return () => rmSync(file, { force: true })
}

/** Remove the stale lock that reads `expected`; when somebody was quicker and it is theirs by now, give it back. */
function moveAside(file: string, expected: string, aside: string): void {
  try {
    renameSync(file, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  if (readFileSync(aside, 'utf8') !== expected) linkUnlessThere(aside, file)
  rmSync(aside, { force: true })
}
