import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import type { OktaUserStatus } from './collections.ts'
import { OktaSignInCard } from './look/shell.tsx'

export interface OrgView {
  readonly companyName: string
  readonly people: readonly { readonly status: OktaUserStatus; readonly count: number }[]
  readonly groups: number
}

/** What the org holds. There is no sign-in, console or dashboard yet, and the page says so. */
export function OrgPage({ frame, view }: { readonly frame: Frame; readonly view: OrgView }) {
  return (
    <OktaSignInCard frame={frame} title={`${view.companyName} org`}>
      <Stack>
        <Notice tone="info" title="Directory only">
          This version keeps the org's people and groups and answers the control API. Sign-in, the dashboard, the admin
          console and provisioning are not part of it yet.
        </Notice>
        <DataTable
          caption="People by status"
          columns={[
            { key: 'status', header: 'Status' },
            { key: 'count', header: 'People', align: 'end' },
          ]}
          rows={view.people.map(({ status, count }) => ({ key: status, cells: { status, count } }))}
          empty={<EmptyState title="No people">Reset the world from the kit home to seed the org.</EmptyState>}
        />
        <p>{view.groups} groups.</p>
        <p>
          <a href={frame.kitUrl}>Kit home</a>
        </p>
      </Stack>
    </OktaSignInCard>
  )
}
