import { Badge } from '#kit/ui/badge.tsx'
import { licenceName } from '../domain/licences.ts'
import type { LicenceType, UserState } from '../records.ts'

/** A user's state in its colour: active green, pending amber, suspended grey. */
export function StateBadge({ state }: { readonly state: UserState }) {
  switch (state) {
    case 'active':
      return <Badge tone="success">Active</Badge>
    case 'pending':
      return <Badge tone="warning">Pending</Badge>
    case 'suspended':
      return <Badge>Suspended</Badge>
    case 'deleted':
      return <Badge tone="danger">Deleted</Badge>
  }
}

export function LicenceBadge({ licence }: { readonly licence: LicenceType }) {
  return <Badge tone="info">{licenceName(licence)}</Badge>
}
