import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { ApiFormPage, apiTabs, SERVERS_HREF } from './api-page.tsx'
import { StatusBadge, serverHref } from './server-page.tsx'

/** Security > API > Authorization Servers. */
export function ServersPage(props: {
  readonly context: ConsoleContext
  readonly servers: readonly { readonly server: AuthorizationServer; readonly issuer: string }[]
}) {
  const { context, servers } = props
  return (
    <ConsolePage
      context={context}
      section="API"
      title="API"
      tabs={apiTabs('Authorization Servers')}
      actions={
        context.may.apps && (
          <LinkButton href={`${SERVERS_HREF}/new`} icon="add" kind="primary">
            Add Authorization Server
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Authorization Servers"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'audience', header: 'Audience' },
          { key: 'issuer', header: 'Issuer URI' },
          { key: 'status', header: 'Status' },
        ]}
        rows={servers.map(({ server, issuer }) => ({
          key: server.id,
          href: serverHref(server),
          cells: {
            name: server.name,
            audience: server.audience,
            issuer: <code>{issuer}</code>,
            status: <StatusBadge status={server.status} />,
          },
        }))}
        empty={
          <EmptyState title="No authorization servers" icon="key">
            An authorization server of your own gives tokens for your API.
          </EmptyState>
        }
      />
    </ConsolePage>
  )
}

/** Add or edit a server. */
export function ServerFormPage(props: {
  readonly context: ConsoleContext
  readonly title: string
  readonly action: string
  readonly cancel: string
  readonly view: FormView
}) {
  const { values, problems } = props.view
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[]}
      notices={<FormProblem problems={problems} shown={['name', 'audiences', 'description']} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
        <TextField
          label="Audience"
          name="audience"
          value={values['audience']}
          problem={problems['audiences']}
          hint="Who the access tokens are for: api://orders"
          required
        />
        <TextField
          label="Description"
          name="description"
          value={values['description']}
          problem={problems['description']}
        />
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={props.cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}
