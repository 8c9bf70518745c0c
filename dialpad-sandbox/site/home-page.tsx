import type { Account } from '#kit/ui/account-menu.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Columns } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { SiteHero, SiteShell } from '../portal/look/shell.tsx'

export interface HomeView {
  readonly user: Account | undefined
  readonly hasMicrosoft: boolean
}

/** The public page: log in at the top right, sign up in the middle. */
export function HomePage({ frame, view }: { readonly frame: Frame; readonly view: HomeView }) {
  return (
    <SiteShell frame={frame} title="Business phone system" user={view.user}>
      <SiteHero
        title="One phone system for everyone you work with"
        lead="Calls, numbers and offices in one place. Connect your directory once, and people get their number on the day they start."
      >
        {view.user ? (
          <LinkButton href="/app" kind="primary">
            Open Dialpad
          </LinkButton>
        ) : (
          <>
            {view.hasMicrosoft && (
              <LinkButton href="/signup/microsoft" kind="primary">
                Sign up with Microsoft
              </LinkButton>
            )}
            <LinkButton href="/signup">More ways to sign up</LinkButton>
          </>
        )}
      </SiteHero>
      <Columns>
        <Card title="A number on day one">
          Everybody who is assigned in the directory gets a direct number of their office.
        </Card>
        <Card title="Offices that match">
          The office in the directory decides the office, the area code and the license pool.
        </Card>
        <Card title="Leavers leave">Unassigned people are suspended, and their license is free for the next one.</Card>
      </Columns>
    </SiteShell>
  )
}
