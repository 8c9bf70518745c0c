import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runScript, type Server, startServer } from './processes.ts'

/** The sandbox as it ships: built, in its own process, with a data folder. */

/** A public value: the key of a folder that is gone after the run. */
export const KEY = 'bench-key-of-a-passing-folder'

export function startDialpad(dataDir: string): Promise<Server> {
  return startServer(['dist/dialpad-sandbox/main.js'], {
    DATA_DIR: dataDir,
    DIALPAD_PORT: '0',
    HOST: '127.0.0.1',
    WORLD: 'empty',
  })
}

/** A data folder with so many people, for one server: made once per run, and copied for every use. */
export async function withPeople(people: number, scratch: string, progress: (line: string) => void): Promise<string> {
  const made = join(scratch, `people-${people}`)
  if (!existsSync(made)) {
    progress(`preparing ${people} people`)
    mkdirSync(made, { recursive: true })
    await runScript('scripts/bench/prepare-data.ts', [made, String(people), KEY])
  }
  const dir = join(scratch, 'data')
  rmSync(dir, { recursive: true, force: true })
  cpSync(made, dir, { recursive: true })
  return dir
}
