import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Figure, Tile } from '#kit/ui/layout.tsx'
import { AdminPage } from '../admin-page.tsx'
import type { AdminContext } from '../context.ts'

/** How much there is of everything in the tenant. */
export interface TenantCounts {
  readonly users: number
  readonly groups: number
  readonly enterpriseApps: number
  readonly registrations: number
  readonly deletedUsers: number
}

interface CountedProps {
  readonly context: AdminContext
  readonly counts: TenantCounts
}

function rolesWords({ roles }: AdminContext): string {
  return roles.length === 0 ? 'No directory role' : roles.join(', ')
}

/** The first page: who one is here, what the tenant holds, and the usual ways on. */
export function HomePage({ context, counts }: CountedProps) {
  const { tenant, person } = context
  return (
    <AdminPage context={context} section="Home" title="Home" icon="home" subtitle={tenant.displayName}>
      <Columns min="wide">
        <Card title={tenant.displayName} footer={<a href="/admin/overview">View tenant overview</a>}>
          <DefinitionList
            items={[
              { term: 'Tenant ID', value: <Copyable label="Tenant ID" value={tenant.id} /> },
              { term: 'Primary domain', value: tenant.domains[0] },
              { term: 'Users', value: counts.users },
              { term: 'Groups', value: counts.groups },
              { term: 'Enterprise apps', value: counts.enterpriseApps },
            ]}
          />
        </Card>
        <Card title={person.displayName} footer={<a href={`/admin/users/${person.id}`}>View profile</a>}>
          <DefinitionList
            items={[
              { term: 'User principal name', value: person.userPrincipalName },
              { term: 'Your role', value: rolesWords(context) },
            ]}
          />
        </Card>
      </Columns>
      <h2 class="k-card__title">Quick links</h2>
      <Columns>
        <Tile title="Create a user" detail="Add a member of the organization" href="/admin/users/new" icon="user" />
        <Tile
          title="Create a group"
          detail="Assign apps to many people at once"
          href="/admin/groups/new"
          icon="group"
        />
        <Tile title="Add an enterprise app" detail="Browse the gallery" href="/admin/apps/gallery" icon="add" />
        <Tile title="Manage enterprise apps" detail="Assignments and provisioning" href="/admin/apps" icon="apps" />
      </Columns>
    </AdminPage>
  )
}

/** Entra ID > Overview: facts about the tenant. */
export function OverviewPage({ context, counts, plan }: CountedProps & { readonly plan: string }) {
  const { tenant } = context
  return (
    <AdminPage
      context={context}
      section="Overview"
      title={`${tenant.displayName} | Overview`}
      crumb="Overview"
      subtitle="Entra ID"
      icon="building"
    >
      <Card title="Basic information">
        <DefinitionList
          items={[
            { term: 'Name', value: tenant.displayName },
            { term: 'Tenant ID', value: <Copyable label="Tenant ID" value={tenant.id} /> },
            { term: 'Primary domain', value: tenant.domains[0] },
            { term: 'License', value: plan },
            { term: 'Verified domains', value: tenant.domains.join(', ') },
            { term: 'Your role', value: rolesWords(context) },
          ]}
        />
      </Card>
      <Card title="In this tenant">
        <Columns min="narrow">
          <Figure label="Users" value={counts.users} />
          <Figure label="Groups" value={counts.groups} />
          <Figure label="Enterprise apps" value={counts.enterpriseApps} />
          <Figure label="App registrations" value={counts.registrations} />
          <Figure label="Deleted users" value={counts.deletedUsers} />
        </Columns>
      </Card>
    </AdminPage>
  )
}

/** Home for somebody who may not read the directory: says who they are and what is missing. */
export function NoRolePage({ context }: { readonly context: AdminContext }) {
  return (
    <AdminPage context={context} section="Home" title="Home" icon="home" subtitle={context.tenant.displayName}>
      <EmptyState
        title="You are signed in, but hold no directory role"
        icon="lock"
        action={
          <Form action="/admin/switch-account" layout="inline">
            <FormActions>
              <Button kind="primary">Sign in with a different account</Button>
              <LinkButton href="/myapps">My Apps</LinkButton>
            </FormActions>
          </Form>
        }
      >
        {`${context.person.userPrincipalName} can open the admin center with a role such as Global Reader, or as an owner of an app. Ask a Global Administrator for one, or sign in with a different account.`}
      </EmptyState>
    </AdminPage>
  )
}
