import { type Request, type Response, Router } from 'express'
import { csrf } from '#kit/http/csrf.ts'
import { Refusal } from '#kit/http/errors.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { assignPerson } from '../commands/assignments.ts'
import { accountOf } from '../console/account.ts'
import { frameOf } from '../frame.ts'
import { OktaDashboardShell } from '../look/shell.tsx'
import type { OktaSession } from '../sign-in/session.ts'
import { addableApps } from './assigned-tiles.ts'

interface AddAppsDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
}

const PATH = '/app/add-apps'

/** Apps somebody may add to their dashboard without asking an administrator (reference sheet 1.4, Self service). */
export function addAppsRoutes({ system, session }: AddAppsDeps): Router {
  const router = Router()
  const currentOf = (req: Request): { readonly user: OktaUser; readonly csrfToken: string } => {
    const current = session.currentUser(req)
    if (current === undefined) throw new Refusal('signed_out', 401, 'You are signed out.', { hint: 'Sign in again.' })
    return current
  }

  router.get(PATH, session.middleware, (req: Request, res: Response) => {
    const { user, csrfToken } = currentOf(req)
    const frame = frameOf(system, req.originalUrl, csrfToken)
    const account = accountOf(system, user, { adminLink: false, dashboardLink: true })
    res.type('html').send(
      renderPage(
        <OktaDashboardShell frame={frame} user={account} title="Add apps">
          <AddableApps apps={addableApps(system.store, user.id)} />
        </OktaDashboardShell>,
      ),
    )
  })

  router.post(PATH, session.middleware, csrf(session.sessions), async (req: Request, res: Response) => {
    const { user } = currentOf(req)
    const app = addableApps(system.store, user.id).find(({ id }) => id === req.body['appId'])
    if (app === undefined) {
      throw new Refusal('not_found', 404, 'This app cannot be added.', { hint: 'Ask an administrator for it.' })
    }
    await assignPerson({ system }, { kind: 'kit' }, { appId: app.id, userId: user.id })
    res.redirect(303, '/')
  })

  return router
}

function AddableApps({ apps }: { readonly apps: readonly OktaApp[] }) {
  return (
    <>
      <DataTable
        caption="Apps you can add"
        columns={[
          { key: 'label', header: 'App' },
          { key: 'notes', header: 'Notes' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={apps.map(({ id, label, notesForUsers }) => ({
          key: id,
          cells: {
            label,
            notes: notesForUsers,
            acts: (
              <Form action={PATH} layout="bare" fields={{ appId: id }}>
                <Button label={`Add ${label}`}>Add</Button>
              </Form>
            ),
          },
        }))}
        empty={
          <EmptyState title="No apps to add" icon="apps">
            Your administrators have not opened any further app to everybody.
          </EmptyState>
        }
      />
      <Inline>
        <LinkButton href="/">Back to My Apps</LinkButton>
      </Inline>
    </>
  )
}
