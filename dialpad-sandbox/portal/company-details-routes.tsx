import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { addSecondaryDomain, removeSecondaryDomain, renameCompany } from '../commands/company-settings.ts'
import type { Company } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY, DETAILS, withQuery } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ConfirmPage } from './confirm-page.tsx'
import { declined, FormProblem, statusOf, type Typed, untouched } from './typed.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const NameForm = z.object({ name: z.string().trim().min(1, 'Enter a name') })
const DomainForm = z.object({ domain: z.string().trim().min(1, 'Enter a domain') })
const TRAIL = [{ label: 'Company', href: DETAILS }]

/** Company Settings > Company: its name, and the domains that support adds (reference sheet 1.11). */
export function mountCompanyDetails({ system }: PageDeps, routes: AdminRoutes): void {
  function show(visit: AdminVisit, forms: { readonly name?: Typed; readonly domain?: Typed } = {}): Promise<void> {
    const name = forms.name ?? untouched({ name: visit.company.name })
    const domain = forms.domain ?? untouched()
    return visit.show(
      (chrome) => <DetailsPage chrome={chrome} company={visit.company} name={name} domain={domain} />,
      Math.max(statusOf(name), statusOf(domain)),
    )
  }

  routes.get(DETAILS, (visit) => show(visit))

  routes.post(`${DETAILS}/name`, async (visit) => {
    const form = parseForm(NameForm, visit.req.body)
    if (!form.ok) {
      await show(visit, { name: form })
      return
    }
    const saved = await attempt(() => renameCompany(system, visit.actor, visit.company.id, form.value.name))
    if (saved.ok) await visit.done(DETAILS, `The company is called ${saved.value.name}.`)
    else await show(visit, { name: declined(form.value, saved.refusal) })
  })

  routes.post(`${DETAILS}/domains`, async (visit) => {
    const form = parseForm(DomainForm, visit.req.body)
    if (!form.ok) {
      await show(visit, { domain: form })
      return
    }
    const saved = await attempt(() => addSecondaryDomain(system, visit.actor, visit.company.id, form.value.domain))
    if (saved.ok) await visit.done(DETAILS, `${saved.value.domains.at(-1) ?? ''} is a secondary domain now.`)
    else await show(visit, { domain: declined(form.value, saved.refusal) })
  })

  routes.get(`${DETAILS}/domains/remove`, async (visit) => {
    const domain = visit.query('domain')
    if (!visit.company.domains.slice(1).includes(domain)) {
      visit.res.redirect(303, DETAILS)
      return
    }
    await visit.show((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={DETAILS}
        title="Remove domain"
        trail={TRAIL}
        confirm={{
          title: 'Remove this secondary domain?',
          subject: domain,
          children:
            'Nobody with an address of it can be added any more, by hand or by a directory. Who is there stays.',
          action: `${DETAILS}/domains/remove`,
          fields: { domain },
          confirmLabel: 'Remove',
          cancelHref: DETAILS,
        }}
      />
    ))
  })

  routes.post(`${DETAILS}/domains/remove`, async (visit) => {
    const domain = String(visit.req.body?.['domain'] ?? '')
    const saved = await attempt(() => removeSecondaryDomain(system, visit.actor, visit.company.id, domain))
    if (saved.ok) await visit.done(DETAILS, `${domain} is removed.`)
    else await show(visit, { domain: declined({ domain }, saved.refusal) })
  })
}

function DetailsPage(props: {
  readonly chrome: Chrome
  readonly company: Company
  readonly name: Typed
  readonly domain: Typed
}) {
  const { company } = props
  return (
    <AdminPage chrome={props.chrome} current={DETAILS} title="Company" lead={`Id ${company.id}`}>
      <Stack gap="loose">
        <Card title="Name">
          <FormProblem typed={props.name} />
          <Form action={`${DETAILS}/name`} label="Name" noValidate>
            <TextField
              label="Company name"
              name="name"
              value={props.name.values['name']}
              problem={props.name.problems['name']}
              required
            />
            <FormActions>
              <Button kind="primary">Save</Button>
            </FormActions>
          </Form>
        </Card>
        <Card title="Domains" lead="Only people with an address of these can be added, by hand or by a directory.">
          {company.anyDomain ? (
            <p>This company accepts any domain: it is there for test suites.</p>
          ) : (
            <DataTable
              caption="Domains"
              columns={[
                { key: 'domain', header: 'Domain' },
                { key: 'kind', header: 'Kind' },
                { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
              ]}
              rows={company.domains.map((domain, index) => ({
                key: domain,
                cells: {
                  domain,
                  kind: index === 0 ? 'Primary' : 'Secondary',
                  actions: index > 0 && (
                    <a
                      href={withQuery(`${DETAILS}/domains/remove`, { domain })}
                      aria-label={`Remove ${domain} by support`}
                    >
                      Remove
                    </a>
                  ),
                },
              }))}
            />
          )}
        </Card>
        <Card
          title="Add a secondary domain, by support"
          lead="In the product a ticket asks support for it (Account changes > Adding a secondary domain). Here it is done at once."
        >
          <FormProblem typed={props.domain} />
          <Form action={`${DETAILS}/domains`} label="Add a secondary domain" noValidate>
            <TextField
              label="Domain"
              name="domain"
              value={props.domain.values['domain']}
              problem={props.domain.problems['domain']}
              placeholder="brightwave-labs.example"
              autocomplete="off"
              required
            />
            <FormActions>
              <Button>Add as support would</Button>
            </FormActions>
          </Form>
          <Quiet>
            <a href={COMPANY}>Company Settings</a>
          </Quiet>
        </Card>
      </Stack>
    </AdminPage>
  )
}
