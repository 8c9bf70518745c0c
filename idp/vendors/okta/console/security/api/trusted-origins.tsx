import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { renderPage } from '#kit/ui/render.ts'
import { TextField } from '#kit/ui/text-field.tsx'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  addTrustedOrigin,
  deleteTrustedOrigin,
  editTrustedOrigin,
  knownTrustedOrigin,
  setTrustedOriginStatus,
} from '../../../oauth/commands/trusted-origins.ts'
import type { TrustedOrigin } from '../../../oauth/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import { type ConsoleContext, type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { FormProblem, type FormView, problemsOf } from '../../form-view.tsx'
import { ApiFormPage, apiTabs, ORIGINS_HREF } from './api-page.tsx'

const box = z.literal('true').optional()
const OriginForm = z.object({
  name: z.string().trim().default(''),
  origin: z.string().trim().default(''),
  cors: box,
  redirect: box,
})
const HERE = [{ label: 'Trusted Origins', href: ORIGINS_HREF }] as const

function TrustedOriginsPage({
  context,
  origins,
}: {
  readonly context: ConsoleContext
  readonly origins: readonly TrustedOrigin[]
}) {
  const acts = ({ id, name, status }: TrustedOrigin) => (
    <Inline>
      <LinkButton kind="subtle" href={`${ORIGINS_HREF}/${id}/edit`} label={`Edit ${name}`}>
        Edit
      </LinkButton>
      <Form action={`${ORIGINS_HREF}/${id}/${status === 'ACTIVE' ? 'deactivate' : 'activate'}`} layout="bare">
        <Button kind="subtle" label={`${status === 'ACTIVE' ? 'Deactivate' : 'Activate'} ${name}`}>
          {status === 'ACTIVE' ? 'Deactivate' : 'Activate'}
        </Button>
      </Form>
      <LinkButton kind="subtle" href={`${ORIGINS_HREF}/${id}/delete`} label={`Delete ${name}`}>
        Delete
      </LinkButton>
    </Inline>
  )
  return (
    <ConsolePage
      context={context}
      section="API"
      title="API"
      tabs={apiTabs('Trusted Origins')}
      actions={
        context.may.apps && (
          <LinkButton href={`${ORIGINS_HREF}/new`} icon="add" kind="primary">
            Add Origin
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Trusted Origins"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'origin', header: 'Origin URL' },
          { key: 'type', header: 'Type' },
          { key: 'status', header: 'Status' },
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={origins.map((trusted) => ({
          key: trusted.id,
          cells: {
            name: trusted.name,
            origin: <code>{trusted.anyLoopbackPort === true ? `${trusted.origin} (any port)` : trusted.origin}</code>,
            type: [...(trusted.cors ? ['CORS'] : []), ...(trusted.redirect ? ['Redirect'] : [])].join(', '),
            status: (
              <Badge tone={trusted.status === 'ACTIVE' ? 'success' : 'neutral'}>
                {trusted.status === 'ACTIVE' ? 'Active' : 'Inactive'}
              </Badge>
            ),
            acts: context.may.apps && acts(trusted),
          },
        }))}
        empty={
          <EmptyState title="No trusted origins" icon="info">
            Scripts of a page may call this org only where the page's origin is trusted for CORS.
          </EmptyState>
        }
      />
    </ConsolePage>
  )
}

function OriginFormPage(props: {
  readonly context: ConsoleContext
  readonly title: string
  readonly action: string
  readonly view: FormView
}) {
  const { values, problems } = props.view
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={HERE}
      notices={<FormProblem problems={problems} shown={['name', 'origin']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Origin name" name="name" value={values['name']} problem={problems['name']} required />
        <TextField
          label="Origin URL"
          name="origin"
          value={values['origin']}
          problem={problems['origin']}
          hint="Scheme, host and port: http://localhost:3000"
          mono
          required
        />
        <fieldset class="k-field k-fieldset">
          <legend class="k-label">Choose Type</legend>
          <CheckboxField label="Cross-Origin Resource Sharing (CORS)" name="cors" checked={values['cors'] === 'true'} />
          <CheckboxField label="Redirect" name="redirect" checked={values['redirect'] === 'true'} />
        </fieldset>
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={ORIGINS_HREF}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}

/** Security > API > Trusted Origins. */
export function trustedOriginRoutes(deps: ConsoleDeps): Router {
  const { system } = deps
  const { store } = system
  const router = Router()
  const base = ORIGINS_HREF.replace('/admin', '')

  const admitted = (req: Request, res: Response): ConsoleContext => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return context
  }
  const idOf = (req: Request): string => String(req.params['id'])

  router.get(base, (req, res) => {
    const origins = Array.from(store.entries('trustedOrigins'), ([, trusted]) => trusted)
    res.type('html').send(renderPage(<TrustedOriginsPage context={contextOf(deps, req, res)} origins={origins} />))
  })

  const show = (req: Request, res: Response, title: string, action: string, view: FormView, status = 200): void => {
    const page = <OriginFormPage context={admitted(req, res)} title={title} action={action} view={view} />
    res.status(status).type('html').send(renderPage(page))
  }

  router.get(`${base}/new`, (req, res) =>
    show(req, res, 'Add Origin', `${ORIGINS_HREF}/new`, { values: { cors: 'true', redirect: 'true' }, problems: {} }),
  )

  router.get(`${base}/:id/edit`, (req, res) => {
    const { name, origin, cors, redirect } = knownTrustedOrigin(store, idOf(req))
    const values = { name, origin, cors: String(cors), redirect: String(redirect) }
    show(req, res, 'Edit Origin', `${ORIGINS_HREF}/${idOf(req)}/edit`, { values, problems: {} })
  })

  router.post([`${base}/new`, `${base}/:id/edit`], async (req: Request, res: Response) => {
    const { actor } = contextOf(deps, req, res)
    const { id } = req.params as { readonly id?: string }
    const title = id === undefined ? 'Add Origin' : 'Edit Origin'
    const action = id === undefined ? `${ORIGINS_HREF}/new` : `${ORIGINS_HREF}/${id}/edit`
    const form = parseForm(OriginForm, req.body)
    if (!form.ok) return show(req, res, title, action, form, 422)
    const { name, origin, cors, redirect } = form.value
    const settings = { name, origin, cors: cors === 'true', redirect: redirect === 'true' }
    try {
      const trusted =
        id === undefined
          ? await addTrustedOrigin({ system }, actor, settings)
          : await editTrustedOrigin({ system }, actor, { id, ...settings })
      await goSaying(deps, req, res, ORIGINS_HREF, `${trusted.name} was ${id === undefined ? 'added' : 'saved'}.`)
    } catch (error) {
      const values = { name, origin, cors: cors ?? '', redirect: redirect ?? '' }
      show(req, res, title, action, { values, problems: problemsOf(error) }, 422)
    }
  })

  for (const [act, status] of [
    ['activate', 'ACTIVE'],
    ['deactivate', 'INACTIVE'],
  ] as const) {
    router.post(`${base}/:id/${act}`, async (req, res) => {
      const { actor } = contextOf(deps, req, res)
      const trusted = await setTrustedOriginStatus({ system }, actor, { id: idOf(req), status })
      await goSaying(deps, req, res, ORIGINS_HREF, `${trusted.name} was ${act}d.`)
    })
  }

  router.get(`${base}/:id/delete`, (req, res) => {
    const context = admitted(req, res)
    const { id, name } = knownTrustedOrigin(store, idOf(req))
    res.type('html').send(
      renderPage(
        <ApiFormPage context={context} title="Delete Origin" path={HERE}>
          <ConfirmForm
            title="Delete Origin"
            headingLevel={2}
            subject={name}
            action={`${ORIGINS_HREF}/${id}/delete`}
            confirmLabel="Delete"
            cancelHref={ORIGINS_HREF}
            kind="danger"
          >
            <p>Scripts of this origin cannot call the org any more.</p>
          </ConfirmForm>
        </ApiFormPage>,
      ),
    )
  })

  router.post(`${base}/:id/delete`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { name } = await deleteTrustedOrigin({ system }, actor, { id: idOf(req) })
    await goSaying(deps, req, res, ORIGINS_HREF, `${name} was deleted.`)
  })

  return router
}
