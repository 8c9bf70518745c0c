import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'

/** What somebody's authenticator app shows at this moment. */
export interface CodeView {
  readonly person: string
  readonly displayName: string
  /** `pending`: being registered, the first code completes it. */
  readonly state: 'pending' | 'registered'
  readonly code: string
}

export interface CodesView {
  readonly isReachable: boolean
  /** Wall seconds until the next codes. */
  readonly secondsLeft: number
  readonly codes: readonly CodeView[]
}

/** `/codes`: everybody's phone. */
export function CodesPage({ visit, view }: { readonly visit: Visit; readonly view: CodesView }) {
  const { isReachable, secondsLeft, codes } = view
  return (
    <HomePage
      visit={visit}
      section="/"
      title="Authenticator"
      lead="The kit stands for people's phones: what their authenticator apps for Entra show now. Each code is good once."
      actions={
        <LinkButton href="/codes" icon="refresh">
          Refresh
        </LinkButton>
      }
    >
      {!isReachable && (
        <Notice tone="warning" role="none">
          Entra is not reachable.
        </Notice>
      )}
      <Live id="codes" everySeconds={5} summary={codes.length === 0 ? 'Nobody has an authenticator app.' : ''}>
        {codes.length > 0 && <p>{`New codes in ${secondsLeft} seconds, by the clock on the wall.`}</p>}
        <DataTable
          caption="Codes"
          columns={[
            { key: 'name', header: 'Person' },
            { key: 'account', header: 'Account' },
            { key: 'code', header: 'Code', narrow: true },
            { key: 'state', header: 'State', narrow: true },
          ]}
          rows={codes.map(({ person, displayName, state, code }) => ({
            key: person,
            cells: {
              name: displayName,
              account: person,
              code: <Copyable label={`code of ${displayName}`} value={code} />,
              state:
                state === 'registered' ? (
                  <Badge tone="success">Registered</Badge>
                ) : (
                  <Badge tone="warning">Being registered</Badge>
                ),
            },
          }))}
          empty={
            <EmptyState title="Nobody has an authenticator app" icon="key">
              Entra asks for one where multifactor authentication is switched on: Users, Per-user MFA. It appears here
              as soon as somebody begins to register it at the sign-in.
            </EmptyState>
          }
        />
      </Live>
    </HomePage>
  )
}
