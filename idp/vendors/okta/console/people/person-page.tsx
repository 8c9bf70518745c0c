import type { ComponentChildren } from 'preact'
import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Menu } from '#kit/ui/menu.tsx'
import type { OktaUser, OktaUserStatus } from '../../collections.ts'
import { fullName } from '../account.ts'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'
import { actsIn, LIFECYCLE } from './lifecycle.ts'
import { statusWords } from './statuses.ts'

/** Tabs of a person (reference sheet 1.1) that have something behind them here. */
const TABS = [
  { label: 'Applications', page: 'applications' },
  { label: 'Groups', page: 'groups' },
  { label: 'Profile', page: 'profile' },
  { label: 'Admin roles', page: 'admin-roles' },
] as const
export type PersonTab = (typeof TABS)[number]['label']

export function personHref(userId: string, page: string = 'applications'): string {
  return `/admin/user/${userId}/${page}`
}

/** A page of one person: name, state, what can be done, tabs. */
export function PersonPage(props: {
  readonly context: ConsoleContext
  readonly person: OktaUser
  readonly tab?: PersonTab
  readonly notices?: ComponentChildren
  readonly children: ComponentChildren
}) {
  const { context, person, tab } = props
  const { label, tone } = statusWords(person.status)
  const acts = actsIn(person.status)
  return (
    <ConsolePage
      context={context}
      section="People"
      path={[{ label: 'People', href: '/admin/users' }]}
      title={fullName(person)}
      subtitle={person.profile.login}
      icon="user"
      badge={<Badge tone={tone}>{label}</Badge>}
      actions={context.may.people && <PersonActions person={person} acts={acts} />}
      tabs={TABS.map((item) => ({
        label: item.label,
        href: personHref(person.id, item.page),
        current: item.label === tab,
      }))}
      notices={props.notices}
    >
      {props.children}
    </ConsolePage>
  )
}

/** States in which there is a password to reset. */
const HAS_PASSWORD: readonly OktaUserStatus[] = ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY']

function PersonActions({ person, acts }: { readonly person: OktaUser; readonly acts: ReturnType<typeof actsIn> }) {
  const isNew = person.status === 'STAGED' || person.status === 'PROVISIONED'
  return (
    <>
      {acts.includes('unlock') && <LinkButton href={personHref(person.id, 'unlock')}>Unlock</LinkButton>}
      {isNew && <LinkButton href={personHref(person.id, 'set-password')}>Set Password & Activate</LinkButton>}
      {person.status === 'PROVISIONED' && (
        <Form action={personHref(person.id, 'resend-activation')} layout="bare">
          <Button>Resend Activation Email</Button>
        </Form>
      )}
      {HAS_PASSWORD.includes(person.status) && (
        <LinkButton href={personHref(person.id, 'reset-password')}>Reset Password</LinkButton>
      )}
      {person.status !== 'DEPROVISIONED' && (
        <LinkButton href={personHref(person.id, 'clear-sessions')}>Clear sessions</LinkButton>
      )}
      <Menu
        label="More Actions"
        align="end"
        items={acts
          .filter((act) => act !== 'unlock')
          .map((act) => ({ kind: 'link', label: LIFECYCLE[act].label, href: personHref(person.id, act) }))}
      />
    </>
  )
}
