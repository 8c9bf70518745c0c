import type { PublishedKey } from '#idp/protocols/oidc/signing-keys.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { ServerPage, type ServerProps, serverHref } from './server-page.tsx'

/** Settings of a server, and the keys it signs with. */
export function SettingsPage(props: ServerProps & { readonly issuer: string; readonly keys: readonly PublishedKey[] }) {
  const { context, server, issuer, keys } = props
  return (
    <ServerPage
      context={context}
      server={server}
      tab="Settings"
      actions={context.may.apps && <LinkButton href={serverHref(server, 'edit')}>Edit</LinkButton>}
    >
      <Card title="Settings">
        <DefinitionList
          items={[
            { term: 'Name', value: server.name },
            { term: 'Audience', value: server.audience },
            { term: 'Description', value: server.description },
            { term: 'Issuer', value: <Copyable label="Issuer" value={issuer} /> },
            {
              term: 'Metadata URI',
              value: (
                <a
                  href={`${issuer}/.well-known/oauth-authorization-server`}
                >{`${issuer}/.well-known/oauth-authorization-server`}</a>
              ),
            },
          ]}
        />
      </Card>
      <Card
        title="Signing keys"
        flush
        action={
          context.may.apps && (
            <Form action={serverHref(server, 'rotate-keys')} layout="bare">
              <Button>Rotate Signing Keys</Button>
            </Form>
          )
        }
      >
        <DataTable
          caption="Signing keys"
          columns={[
            { key: 'kid', header: 'Key ID' },
            { key: 'status', header: 'Status' },
            { key: 'created', header: 'Created' },
            { key: 'acts', header: 'Actions', headerHidden: true, narrow: true },
          ]}
          rows={keys.map(({ kid, createdAt }, index) => ({
            key: kid,
            cells: {
              kid: <code>{kid}</code>,
              status: index === 0 ? 'Active: signs' : 'Published: what it signed is accepted',
              created: <TimeText iso={createdAt} />,
              acts: context.may.apps && index > 0 && (
                <LinkButton
                  kind="subtle"
                  href={serverHref(server, `keys/${encodeURIComponent(kid)}/retire`)}
                  label={`Retire ${kid}`}
                >
                  Retire
                </LinkButton>
              ),
            },
          }))}
          empty={
            <EmptyState title="No key yet" icon="key">
              The first one is made when somebody asks for a token or the keys.
            </EmptyState>
          }
        />
      </Card>
    </ServerPage>
  )
}
