import { addApiKey } from '#dialpad/commands/api-keys.ts'
import { addUser } from '#dialpad/commands/create-user.ts'
import { addGroup } from '#dialpad/commands/groups.ts'
import { type DialpadSystem, seedWork, type Work } from '#dialpad/commands/work.ts'
import { SERVICE_OWNER_ID } from '#dialpad/domain/api-keys.ts'
import { SYSTEM_ACTOR } from '#dialpad/domain/change-log.ts'
import { newUserOf } from '#dialpad/scim/user-resource.ts'
import { DIALPAD_SPEC } from '#dialpad/spec.ts'
import { openSystem } from '#kit/system/open-system.ts'
import { groupIdOf, groupsAmong, personAt, resourceOf } from './people.ts'

/**
 * Fill a data folder with people, as if a provisioning service had created them, and leave a key for the load:
 *
 *   node --conditions=source --import tsx scripts/bench/prepare-data.ts DIR PEOPLE SECRET
 */

const [dir = '', people = '0', secret = ''] = process.argv.slice(2)
const size = Number(people)
const PER_TRANSACTION = 1_000

const system: DialpadSystem & { close(): Promise<void> } = await openSystem(DIALPAD_SPEC, {
  dataDir: dir,
  world: 'empty',
  urls: { dialpad: 'http://localhost:1' },
})
const [company] = system.store.page('companies', 0, 1)
if (company === undefined) throw new Error('The world has no company.')
const { id: companyId } = company

function write(change: (work: Work) => void): Promise<void> {
  return system.store.transact((tx) => change(seedWork(tx, SYSTEM_ACTOR, system.clock.now())))
}

for (let first = 0; first < size; first += PER_TRANSACTION) {
  await write((work) => {
    for (let n = first; n < Math.min(size, first + PER_TRANSACTION); n += 1) {
      const person = personAt(n)
      addUser(work, { ...newUserOf(resourceOf(person), company), id: person.id })
    }
  })
}
for (const { name, members } of groupsAmong(size)) {
  const memberIds = Array.from({ length: members }, (_, n) => personAt(n).id)
  await write((work) => {
    addGroup(work, { companyId, id: groupIdOf(name), displayName: `Bench ${name}`, memberIds })
  })
}
await write((work) => {
  addApiKey(work, { companyId, name: 'Bench', ownerId: SERVICE_OWNER_ID }, secret, undefined)
})
await system.close()
