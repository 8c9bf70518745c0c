import type { VNode } from 'preact'
import { LoginCard, PortalShell, SiteHero, SiteShell } from '#dialpad/portal/look/shell.tsx'
import { EntraShell, EntraSignInCard } from '#idp/vendors/entra/look/shell.tsx'
import { OktaDashboardShell, OktaShell, OktaSignInCard } from '#idp/vendors/okta/look/shell.tsx'
import type { Account } from '#kit/ui/account-menu.tsx'
import { Person } from '#kit/ui/avatar.tsx'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField, ToggleField } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Copyable, SecretOnce } from '#kit/ui/copyable.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { CodeBlock, Columns, Disclosure, Figure, Inline, Stack, Tile } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Menu } from '#kit/ui/menu.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Pager } from '#kit/ui/pager.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { SearchField } from '#kit/ui/search-field.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import { ClockBar } from '#scenarios/home/look/clock-bar.tsx'
import { HomeShell } from '#scenarios/home/look/shell.tsx'

const nowIso = '2026-11-21T09:40:00.000Z'

/** Every name a visitor could type, at its worst. */
const hostile = '<script>alert(1)</script>'

function frameOf(path: string): Frame {
  return { nowIso, kitUrl: 'http://localhost:4000', csrfToken: 'token', path }
}

const user: Account = {
  name: 'Maya Lindqvist',
  detail: 'maya@brightwave.example',
  organisation: 'Brightwave',
  signOutAction: '/sign-out',
  signOutLabel: 'Sign out',
}

const people = ['Ada Park', 'Tomás Ferreira', 'Ines Okafor', 'Liam O’Connor', hostile, 'Yuki Tanaka'].map(
  (name, index) => ({
    id: `5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f${50 + index}`,
    name,
    email: `person${index}@brightwave.example`,
    state: (['Active', 'Pending', 'Suspended'] as const)[index % 3] ?? 'Active',
  }),
)
const tones = { Active: 'success', Pending: 'warning', Suspended: 'neutral' } as const

function PeopleTable({ select }: { readonly select?: boolean }) {
  return (
    <DataTable
      caption="Users"
      select={select ? { name: 'user' } : undefined}
      columns={[
        { key: 'name', header: 'Name', sortHref: '?sort=name', sorted: 'ascending' },
        { key: 'email', header: 'Email' },
        { key: 'number', header: 'Number', mono: true },
        { key: 'licences', header: 'Licences', align: 'end' },
        { key: 'state', header: 'State' },
        { key: 'seen', header: 'Last change' },
        { key: 'act', header: 'Actions', headerHidden: true, narrow: true },
      ]}
      rows={people.map((person, index) => ({
        key: person.id,
        label: person.name,
        href: `/users/${person.id}`,
        cells: {
          name: <Person name={person.name} />,
          email: person.email,
          number: `+1 720 555 01${20 + index}`,
          licences: index * 7,
          state: <Badge tone={tones[person.state]}>{person.state}</Badge>,
          seen: <TimeText iso="2026-11-20T11:00:00.000Z" />,
          act: (
            <Button kind="subtle" label={`Remove ${person.name}`}>
              Remove
            </Button>
          ),
        },
      }))}
    />
  )
}

function SampleForm() {
  return (
    <Form action="/save" noValidate>
      <TextField label="Tenant URL" name="tenantUrl" value="https://dialpad.com/scim" required mono />
      <TextField label="Secret Token" name="secretToken" type="password" problem="Enter the secret token." required />
      <TextField label="Notes" name="notes" multiline={3} hint="Shown to other administrators." />
      <SelectField
        label="Office"
        name="office"
        value="denver"
        options={[
          { value: 'denver', label: 'Denver' },
          { value: 'toronto', label: 'Toronto' },
        ]}
      />
      <RadioGroup
        label="Scope"
        name="scope"
        value="assigned"
        options={[
          { value: 'assigned', label: 'Sync only assigned users and groups' },
          { value: 'all', label: 'Sync all users and groups', hint: 'Needs a scoping filter.' },
        ]}
      />
      <CheckboxField label="Send an email notification when a failure occurs" name="notify" checked />
      <ToggleField label="Prevent accidental deletion" name="prevent" checked />
      <FormActions>
        <Button kind="primary">Save</Button>
        <LinkButton href="/back">Cancel</LinkButton>
        <Button disabled>Unavailable</Button>
      </FormActions>
    </Form>
  )
}

const entraNav = [
  { items: [{ label: 'Home', href: '/admin', icon: 'home' as const }] },
  { title: 'Favorites', icon: 'star' as const, foldable: true, folded: true, items: [{ label: 'Users', href: '/u' }] },
  {
    title: 'Entra ID',
    icon: 'shield' as const,
    foldable: true,
    items: ['Overview', 'Users', 'Groups', 'Enterprise apps', 'App registrations', 'Roles'].map((label) => ({
      label,
      href: `/admin/${label}`,
      current: label === 'Enterprise apps',
    })),
  },
  { title: 'Monitoring', icon: 'clock' as const, foldable: true, items: [{ label: 'Audit logs', href: '/a' }] },
]

function entraPage(path: string, overlay: boolean) {
  return (
    <EntraShell
      frame={frameOf(path)}
      user={user}
      nav={entraNav}
      search={{ action: '/admin/search' }}
      breadcrumb={[
        { label: 'Home', href: '/admin' },
        { label: 'Enterprise apps', href: '/admin/apps' },
        { label: 'Dialpad' },
      ]}
      title="Dialpad | Provisioning"
      subtitle="Enterprise Application"
      icon="apps"
      resourceMenu={{
        label: 'Dialpad',
        groups: [
          {
            items: [
              { label: 'Overview', href: '/o', icon: 'info', current: true },
              { label: 'Provision on demand', href: '/d', icon: 'bolt' },
            ],
          },
          {
            title: 'Manage',
            foldable: true,
            items: ['Connectivity', 'Attribute mapping', 'Users and groups'].map((label) => ({ label, href: label })),
          },
          {
            title: 'Monitor',
            foldable: true,
            items: ['Provisioning logs', 'Audit logs'].map((label) => ({ label, href: label })),
          },
        ],
      }}
      commands={[
        { kind: 'post', label: 'Start provisioning', icon: 'play', action: '/start' },
        { kind: 'post', label: 'Stop provisioning', icon: 'stop', action: '/stop', unavailable: 'It is not running.' },
        { kind: 'post', label: 'Restart provisioning', icon: 'restart', action: '/restart' },
        { kind: 'separator' },
        { kind: 'link', label: 'Refresh', icon: 'refresh', href: '' },
        { kind: 'menu', label: 'Columns', items: [{ kind: 'link', label: 'Name', href: '?c=name' }] },
      ]}
      notices={<Notice tone="success">Provisioning was started. The first cycle takes longer.</Notice>}
      overlay={
        overlay && (
          <Panel
            title="Add Assignment"
            closeHref="/entra"
            footer={
              <>
                <Button kind="primary">Assign</Button>
                <LinkButton href="/entra">Cancel</LinkButton>
              </>
            }
          >
            <SampleForm />
          </Panel>
        )
      }
    >
      <Live id="cycle" everySeconds={1} summary="64% complete">
        <Columns min="wide">
          <Card title="Current cycle status">
            <ProgressBar label="Initial cycle" value={64} />
            <p>Initial cycle in progress.</p>
          </Card>
          <Card title="Statistics to date">
            <Inline>
              <Figure label="Users" value={12} />
              <Figure label="Groups" value={3} />
            </Inline>
            <Disclosure title="View technical information">
              <DefinitionList
                items={[
                  { term: 'Object ID', value: <Copyable label="Object ID" value={people[0]?.id ?? ''} /> },
                  { term: 'Quarantine', value: '' },
                ]}
              />
            </Disclosure>
          </Card>
        </Columns>
      </Live>
      <SearchField label="Search users" action="/users" />
      <PeopleTable select />
      <Pager from={1} to={25} total={340} noun="users" nextHref="?page=2" />
      <Notice tone="danger" title="Quarantine">
        The credentials were refused by {hostile}.
      </Notice>
      <EmptyState title="No scoping filters" action={<LinkButton href="/f">Add scoping filter</LinkButton>}>
        Without a filter every assigned user is in scope.
      </EmptyState>
      <CodeBlock label="Request" text={JSON.stringify({ userName: 'ada@brightwave.example', active: true }, null, 2)} />
    </EntraShell>
  )
}

function oktaPage() {
  return (
    <OktaShell
      frame={frameOf('/okta')}
      user={user}
      nav={[
        {
          title: 'Directory',
          icon: 'group',
          foldable: true,
          items: ['People', 'Groups', 'Profile Editor'].map((label) => ({ label, href: label })),
        },
        {
          title: 'Applications',
          icon: 'apps',
          foldable: true,
          items: [{ label: 'Applications', href: '/apps', current: true }],
        },
        { title: 'Reports', icon: 'document', foldable: true, items: [{ label: 'System Log', href: '/log' }] },
      ]}
      search={{ action: '/admin/search' }}
      breadcrumb={[{ label: 'Back to Applications', href: '/apps' }]}
      title="Dialpad"
      icon="apps"
      actions={
        <>
          <Menu label="Active" items={[{ kind: 'post', label: 'Deactivate', action: '/off' }]} />
          <LinkButton href="/log" kind="subtle">
            View Logs
          </LinkButton>
        </>
      }
      tabs={['General', 'Sign On', 'Provisioning', 'Import', 'Assignments', 'Push Groups'].map((label) => ({
        label,
        href: label,
        current: label === 'Provisioning',
      }))}
      rail={{
        label: 'Settings',
        groups: [
          {
            title: 'Settings',
            items: ['To App', 'To Okta', 'Integration'].map((label) => ({
              label,
              href: label,
              current: label === 'To App',
            })),
          },
        ],
      }}
      notices={<Notice tone="warning">One person could not be provisioned.</Notice>}
    >
      <Card title="Provisioning to App" action={<a href="?edit">Edit</a>} lead="What Okta does in the app.">
        <DefinitionList
          items={[
            { term: 'Create Users', value: <Badge tone="success">Enabled</Badge> },
            { term: 'Deactivate Users', value: <Badge>Disabled</Badge> },
          ]}
        />
      </Card>
      <Card title="Edit">
        <SampleForm />
      </Card>
      <Card
        title="Assignments"
        flush
        action={
          <Menu
            label="Assign"
            kind="primary"
            align="end"
            items={[{ kind: 'link', label: 'Assign to People', href: '/p' }]}
          />
        }
      >
        <PeopleTable />
      </Card>
      <ConfirmForm
        title="Remove assignment?"
        subject="Ada Park"
        action="/rm"
        confirmLabel="Remove"
        cancelHref="/"
        headingLevel={2}
      >
        Ada Park loses the app, and the account there is deactivated.
      </ConfirmForm>
    </OktaShell>
  )
}

function portalPage() {
  return (
    <PortalShell
      frame={frameOf('/portal')}
      user={{ ...user, signOutLabel: 'Log out' }}
      switcher={[
        { label: 'My Company', href: '/c', current: true },
        { label: 'Denver', href: '/o' },
      ]}
      nav={[
        {
          title: 'Company Settings',
          items: ['Offices', 'Users', 'Authentication', 'API Keys'].map((label) => ({
            label,
            href: label,
            current: label === 'API Keys',
          })),
        },
      ]}
      search={{ action: '/search' }}
      title="API Keys"
      lead="Keys let other systems act on behalf of your company."
      actions={
        <LinkButton kind="primary" href="/new" icon="add">
          Add key
        </LinkButton>
      }
      tabs={[
        { label: 'Keys', href: '/k', current: true, count: 3 },
        { label: 'Webhooks', href: '/w' },
      ]}
      notices={
        <SecretOnce
          title="API key created"
          label="API key"
          value="gZ3vYk0sWnP6mQ1xA8rT5uB2cD7eF4hJ"
          warning="Copy it now: it will not be shown again."
        />
      }
    >
      <Card title="Users" flush>
        <PeopleTable />
      </Card>
      <Card title="Office">
        <SampleForm />
      </Card>
      <Inline>
        <Badge tone="info">Info</Badge>
        <Badge tone="danger">Failed</Badge>
        <Button kind="danger">Delete key</Button>
      </Inline>
      <Notice tone="danger" title="Could not save">
        No seats left in {hostile}.
      </Notice>
      <Notice tone="info">An office has 12 seats.</Notice>
    </PortalShell>
  )
}

function signInBody(button: string) {
  return (
    <Form action="/login">
      <TextField label="Email, phone, or Skype" name="email" type="email" autocomplete="username" required />
      <FormActions>
        <Button kind="primary">{button}</Button>
      </FormActions>
    </Form>
  )
}

function homePage() {
  return (
    <HomeShell
      frame={frameOf('/home')}
      nav={['Home', 'Lessons', 'Timeline', 'Worlds', 'Faults', 'Mail'].map((label) => ({
        label,
        href: `/${label}`,
        current: label === 'Home',
      }))}
      clock={
        <ClockBar
          world="brightwave"
          controls={
            <>
              <Button>+40 min</Button>
              <Button>+1 day</Button>
              <Button>Reset</Button>
            </>
          }
        />
      }
      title="Three products, one wire"
      lead="Sign in, assign, provision, change, and watch every request."
      aside={
        <Card title="Assign Ada to Dialpad">
          <p class="home-step">Step 3 of 9</p>
          <p>Open Users and groups and add Ada Park.</p>
          <Inline>
            <Button kind="primary">Check</Button>
            <Button>Hint</Button>
            <Button kind="subtle">Do it for me</Button>
          </Inline>
          <Notice tone="warning">No assignment of Ada Park was found.</Notice>
        </Card>
      }
    >
      <Columns min="narrow">
        {['Entra', 'Okta', 'Dialpad'].map((name) => (
          <Card key={name} title={name} footer={<a href={`/${name}`}>Open {name}</a>}>
            <p>24 people, 9 assigned, 9 provisioned, next cycle in 31 min</p>
          </Card>
        ))}
      </Columns>
    </HomeShell>
  )
}

/** One page of each kind, by the path the gallery serves it under. */
export const galleryPages: Readonly<Record<string, () => VNode>> = {
  '/entra': () => entraPage('/entra', false),
  '/entra-panel': () => entraPage('/entra-panel', true),
  '/entra-sign-in': () => (
    <EntraSignInCard frame={frameOf('/entra-sign-in')} title="Sign in" footer={<a href="/help">Sign-in options</a>}>
      {signInBody('Next')}
    </EntraSignInCard>
  ),
  '/okta': oktaPage,
  '/okta-dashboard': () => (
    <OktaDashboardShell frame={frameOf('/okta-dashboard')} user={user} title="My Apps" search={{ action: '/' }}>
      <Columns min="narrow">
        <Tile title="Dialpad" href="/app" detail="Calls" />
        <Tile title="Sample web app" href="/app2" />
      </Columns>
    </OktaDashboardShell>
  ),
  '/okta-sign-in': () => (
    <OktaSignInCard
      frame={frameOf('/okta-sign-in')}
      title="Sign In"
      notices={<Notice tone="danger">Unable to sign in</Notice>}
    >
      {signInBody('Next')}
    </OktaSignInCard>
  ),
  '/portal': portalPage,
  '/portal-site': () => (
    <SiteShell frame={frameOf('/portal-site')} title="Calls, meetings and messages">
      <SiteHero title="One place for calls, messages and meetings" lead="Start with your company, invite people later.">
        <LinkButton kind="primary" href="/signup">
          Sign up
        </LinkButton>
        <LinkButton href="/login">Log in</LinkButton>
      </SiteHero>
    </SiteShell>
  ),
  '/portal-login': () => (
    <LoginCard frame={frameOf('/portal-login')} title="Log in to Dialpad">
      <Stack>
        <LinkButton href="/auth/microsoft">Log in with Microsoft</LinkButton>
        <Button disabled>Log in with Google</Button>
      </Stack>
      {signInBody('Continue')}
    </LoginCard>
  ),
  '/home': homePage,
}
