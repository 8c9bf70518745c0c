import { hardDeleteGroup } from '#idp/core/directory/groups.ts'
import { dueHardDeletes, pendingHardDeletes } from '#idp/core/directory/recycle-bin.ts'
import { hardDeleteUser } from '#idp/core/directory/users.ts'
import type { DueItem, DueSource } from '#kit/clock.ts'
import type { EntraSystem, Tenant } from '../collections.ts'
import { journalChange } from '../commands/journal-change.ts'

const PREFIX = 'recycle-bin/'

/** Tenants of one system: a handful. */
const MOST_TENANTS = 100

/** Empties each tenant's recycle bin of what has been in it for 30 virtual days (reference 1.3). */
export function recycleBin(system: EntraSystem): DueSource {
  const { store, clock } = system

  const nextOf = ({ id, displayName }: Tenant): DueItem[] => {
    const [earliest] = pendingHardDeletes(store, id)
    if (earliest === undefined) return []
    return [{ id: `${PREFIX}${id}`, what: `Recycle bin of ${displayName}`, at: earliest.at }]
  }

  return {
    list: () => store.page('tenants', 0, MOST_TENANTS).flatMap(nextOf),
    async run(item) {
      const tenantId = item.id.slice(PREFIX.length)
      const gone = await store.transact((tx) => {
        const due = dueHardDeletes(tx, tenantId, clock.now())
        for (const { kind, id } of due) {
          if (kind === 'user') hardDeleteUser(tx, tenantId, id)
          else hardDeleteGroup(tx, tenantId, id)
        }
        return due
      })
      for (const { kind, id, displayName } of gone) {
        journalChange(system, {
          title: `${displayName} was deleted for good after 30 days in the recycle bin`,
          subject: displayName,
          change: { type: kind, id, before: { displayName } },
        })
      }
      return gone.length === 0
        ? 'nothing was due any more'
        : `${gone.map(({ displayName }) => displayName).join(', ')} deleted for good`
    },
  }
}
