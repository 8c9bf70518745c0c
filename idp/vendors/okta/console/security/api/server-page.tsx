import type { ComponentChildren } from 'preact'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline } from '#kit/ui/layout.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import type { AuthorizationServer } from '../../../oauth/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { ApiFormPage, SERVERS_HREF } from './api-page.tsx'

export function serverHref({ id }: Pick<AuthorizationServer, 'id'>, page = ''): string {
  return `${SERVERS_HREF}/${id}${page === '' ? '' : `/${page}`}`
}

export function StatusBadge({ status }: { readonly status: 'ACTIVE' | 'INACTIVE' }) {
  return <Badge tone={status === 'ACTIVE' ? 'success' : 'neutral'}>{status === 'ACTIVE' ? 'Active' : 'Inactive'}</Badge>
}

const TABS = [
  { label: 'Settings', page: '' },
  { label: 'Scopes', page: 'scopes' },
  { label: 'Claims', page: 'claims' },
  { label: 'Access Policies', page: 'policies' },
] as const

export interface ServerProps {
  readonly context: ConsoleContext
  readonly server: AuthorizationServer
}

/** A page of one server: its name, state, tabs. */
export function ServerPage(
  props: ServerProps & {
    readonly tab: (typeof TABS)[number]['label']
    readonly actions?: ComponentChildren
    readonly children: ComponentChildren
  },
) {
  const { context, server, tab } = props
  const isActive = server.status === 'ACTIVE'
  const reason = context.may.apps ? {} : { unavailable: 'Your role does not change authorization servers.' }
  return (
    <ConsolePage
      context={context}
      section="API"
      path={[{ label: 'API', href: SERVERS_HREF }]}
      title={server.name}
      subtitle={server.description}
      actions={
        <>
          <Menu
            label={isActive ? 'Active' : 'Inactive'}
            items={[
              {
                kind: 'post',
                label: isActive ? 'Deactivate' : 'Activate',
                action: serverHref(server, isActive ? 'deactivate' : 'activate'),
                ...reason,
              },
              ...(isActive
                ? []
                : [{ kind: 'link' as const, label: 'Delete', href: serverHref(server, 'delete'), ...reason }]),
            ]}
          />
          {props.actions}
        </>
      }
      tabs={TABS.map(({ label, page }) => ({ label, href: serverHref(server, page), current: label === tab }))}
    >
      {props.children}
    </ConsolePage>
  )
}

/** The button at the head of a list of a server's parts, for those who may add to it. */
export function AddPart(props: ServerProps & { readonly part: string; readonly children: string }) {
  if (!props.context.may.apps) return null
  return (
    <LinkButton href={serverHref(props.server, `${props.part}/new`)} icon="add" kind="primary">
      {props.children}
    </LinkButton>
  )
}

/** Edit and Delete of one row. */
export function RowActs({ href, name }: { readonly href: string; readonly name: string }) {
  return (
    <Inline>
      <LinkButton kind="subtle" href={`${href}/edit`} label={`Edit ${name}`}>
        Edit
      </LinkButton>
      <LinkButton kind="subtle" href={`${href}/delete`} label={`Delete ${name}`}>
        Delete
      </LinkButton>
    </Inline>
  )
}

/** One scope or claim as a row. `isSystem`: the product's own, which nobody changes. */
export interface PartRow {
  readonly id: string
  readonly name: string
  readonly isSystem: boolean
  readonly cells: Readonly<Record<string, ComponentChildren>>
}

/** The tab of a server with a list of its scopes or claims; the first column is their name. */
export function PartsPage(
  props: ServerProps & {
    readonly part: 'scopes' | 'claims'
    readonly tab: 'Scopes' | 'Claims'
    readonly add: string
    /** Beside the name. */
    readonly columns: readonly { readonly key: string; readonly header: string }[]
    readonly rows: readonly PartRow[]
  },
) {
  const { context, server, part, tab } = props
  return (
    <ServerPage
      context={context}
      server={server}
      tab={tab}
      actions={
        <AddPart context={context} server={server} part={part}>
          {props.add}
        </AddPart>
      }
    >
      <DataTable
        caption={tab}
        columns={[
          { key: 'name', header: 'Name' },
          ...props.columns,
          { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
        ]}
        rows={props.rows.map(({ id, name, isSystem, cells }) => ({
          key: id,
          cells: {
            name: <code>{name}</code>,
            ...cells,
            acts: context.may.apps && !isSystem && <RowActs href={serverHref(server, `${part}/${id}`)} name={name} />,
          },
        }))}
      />
    </ServerPage>
  )
}

/** What the form of a scope, claim, policy or rule shows. */
export interface PartFormProps extends ServerProps {
  readonly title: string
  readonly action: string
  readonly view: FormView
}

/** The form of one part of a server; `part` is the page it comes from and goes back to. */
export function PartFormPage(
  props: PartFormProps & {
    readonly part: 'scopes' | 'claims' | 'policies'
    /** Fields that tell their problem themselves. */
    readonly shown: readonly string[]
    /** `Save` unless told. */
    readonly save?: string
    readonly children: ComponentChildren
  },
) {
  const cancel = serverHref(props.server, props.part)
  return (
    <ApiFormPage
      context={props.context}
      title={props.title}
      path={[{ label: props.server.name, href: cancel }]}
      notices={<FormProblem problems={props.view.problems} shown={props.shown} />}
    >
      <Form action={props.action} label={props.title} noValidate>
        {props.children}
        <FormActions>
          <Button kind="primary">{props.save ?? 'Save'}</Button>
          <LinkButton href={cancel}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ApiFormPage>
  )
}
