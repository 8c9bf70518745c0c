import type { AppStanding, Dossier, DossierKeeper, DossierReason, FoundSubject } from '#kit/control/dossier.ts'
import { type AppUser, appGroupKey, appPersonKey, type OktaApp } from '../apps/records.ts'
import { rowProblem } from '../apps/row-state.ts'
import { LONGEST_BEGINNING, type OktaGroup, type OktaSystem, type OktaUser } from '../collections.ts'
import { groupHref } from '../console/groups/group-page.tsx'
import { personHref } from '../console/people/person-page.tsx'
import { statusWords } from '../console/people/statuses.ts'
import { groupIdsOf, memberCountOf } from '../groups/membership.ts'
import { OKTA_RULES } from './rules.ts'

type Store = OktaSystem['store']

/** Groups looked at for the beginning of a name. */
const MOST_LOOKED_AT = 2_000

const fullName = ({ profile }: OktaUser): string => `${profile.firstName} ${profile.lastName}`.trim()

/** What the org knows of people and groups, and what becomes of them in each app that is provisioned. */
export function oktaDossiers({ store }: Pick<OktaSystem, 'store'>): DossierKeeper {
  return {
    search: (text, limit) => searchSubjects(store, text.toLowerCase(), limit),
    of: (subject) => [
      ...usersNamed(store, subject).map((user) => personDossier(store, user)),
      ...groupsNamed(store, subject).map((group) => groupDossier(store, group)),
    ],
  }
}

function searchSubjects(store: Store, text: string, limit: number): readonly FoundSubject[] {
  const people = store
    .findPage('users', 'beginning', text.slice(0, LONGEST_BEGINNING), 0, MOST_LOOKED_AT)
    .filter((user) => {
      const { firstName, lastName, email } = user.profile
      return [firstName, lastName, fullName(user), email].some((each) => each.toLowerCase().startsWith(text))
    })
    .map((user) => ({ kind: 'person', name: fullName(user), subject: user.profile.login }) as const)
  const groups = store
    .page('groups', 0, MOST_LOOKED_AT)
    .filter(({ name }) => name.toLowerCase().startsWith(text))
    .map(({ name }) => ({ kind: 'group', name, subject: name }) as const)
  return [...people, ...groups].slice(0, limit)
}

function usersNamed(store: Store, subject: string): readonly OktaUser[] {
  const known = store.get('users', subject)
  if (known !== undefined) return [known]
  const address = subject.toLowerCase()
  const byLogin = store.find('users', 'login', address)
  return byLogin.length > 0 ? byLogin : store.find('users', 'email', address)
}

function groupsNamed(store: Store, subject: string): readonly OktaGroup[] {
  const known = store.get('groups', subject)
  return known === undefined ? store.find('groups', 'name', subject.toLowerCase()) : [known]
}

function personDossier(store: Store, user: OktaUser): Dossier {
  const { profile, status } = user
  const groups = groupIdsOf(store, user.id).flatMap((id) => store.get('groups', id)?.name ?? [])
  return {
    kind: 'person',
    id: user.id,
    name: fullName(user),
    subjects: [...new Set([profile.login, profile.email])],
    related: [...groups, ...provisionedApps(store).map(({ label }) => label)],
    standing: standingOf(user),
    words: statusWords(status).label,
    path: personHref(user.id),
    facts: [
      { label: 'Department', value: profile.department ?? '' },
      { label: 'Groups', value: groups.join(', ') },
      { label: 'Status since', value: user.statusChanged },
    ].filter(({ value }) => value !== ''),
    apps: provisionedApps(store).map((app) => personStanding(store, app, user)),
  }
}

function standingOf({ status }: OktaUser): Dossier['standing'] {
  switch (status) {
    case 'SUSPENDED':
    case 'DEPROVISIONED':
    case 'LOCKED_OUT':
      return 'stopped'
    case 'STAGED':
    case 'PROVISIONED':
      return 'pending'
    case 'ACTIVE':
    case 'RECOVERY':
    case 'PASSWORD_EXPIRED':
      return 'working'
  }
}

/** Apps of an org are few. */
function provisionedApps(store: Store): readonly OktaApp[] {
  return store.page('apps', 0, MOST_LOOKED_AT).filter(({ provisioning }) => provisioning?.configured === true)
}

function personStanding(store: Store, app: OktaApp, user: OktaUser): AppStanding {
  const [appUser] = store.find('appUsers', 'person', appPersonKey(app.id, user.id))
  const former = store.get('formerAppUsers', appPersonKey(app.id, user.id))
  const accountId = appUser?.externalId ?? former?.externalId
  const reason = reasonIn(store, app, user, appUser, former !== undefined)
  return {
    app: app.label,
    id: app.id,
    assigned: appUser === undefined ? [] : [wayOf(store, appUser)],
    account: appUser?.externalId !== undefined ? 'working' : former === undefined ? 'none' : 'off',
    ...(accountId === undefined ? {} : { accountId }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function wayOf(store: Store, { scope, groupId = '' }: AppUser): string {
  return scope === 'USER' ? 'directly' : (store.get('groups', groupId)?.name ?? groupId)
}

function reasonIn(
  store: Store,
  app: OktaApp,
  user: OktaUser,
  appUser: AppUser | undefined,
  wasThere: boolean,
): DossierReason | undefined {
  if (user.status === 'DEPROVISIONED') {
    return {
      code: 'deactivated',
      words: 'was deactivated, and every app assignment with them',
      rule: OKTA_RULES.deactivated,
    }
  }
  if (appUser === undefined) {
    return wasThere
      ? { code: 'unassigned', words: `is no longer assigned to ${app.label}`, rule: OKTA_RULES.unassigned }
      : { code: 'never-assigned', words: `was never assigned to ${app.label}`, rule: OKTA_RULES.assigned }
  }
  if (user.status === 'SUSPENDED' && appUser.externalId !== undefined) {
    return {
      code: 'suspended-still-rings',
      words: `cannot sign in, but the account in ${app.label} goes on: nothing was sent`,
      rule: OKTA_RULES.suspended,
    }
  }
  const problem = rowProblem(appUser, app)
  if (problem !== undefined) {
    return {
      code: problem.kind === 'error' ? 'failed' : 'before-provisioning',
      words: `is not provisioned: ${problem.text}`,
      rule: problem.kind === 'error' ? OKTA_RULES.failed : OKTA_RULES.beforeProvisioning,
    }
  }
  const [waiting] = store.find('provisioningJobs', 'app', app.id)
  return appUser.externalId === undefined
    ? {
        code: waiting === undefined ? 'not-created' : 'waiting',
        words:
          waiting === undefined
            ? `has no account in ${app.label}: Create Users is off`
            : 'waits in the queue of the app',
        rule: waiting === undefined ? OKTA_RULES.notCreated : OKTA_RULES.queue,
      }
    : undefined
}

function groupDossier(store: Store, group: OktaGroup): Dossier {
  return {
    kind: 'group',
    id: group.id,
    name: group.name,
    subjects: [group.name],
    related: [],
    standing: 'working',
    words: group.type === 'BUILT_IN' ? 'Built-in group' : 'Okta group',
    path: groupHref(group.id),
    facts: [{ label: 'Members', value: String(memberCountOf(store, group.id)) }],
    apps: provisionedApps(store).map((app) => {
      const [push] = store.find('groupPushMappings', 'appGroup', `${app.id}/${group.id}`)
      return {
        app: app.label,
        id: app.id,
        assigned: store.has('appGroups', appGroupKey(app.id, group.id)) ? ['directly'] : [],
        account: push?.targetGroupId === undefined ? 'none' : push.status === 'INACTIVE' ? 'off' : 'working',
        ...(push?.targetGroupId === undefined ? {} : { accountId: push.targetGroupId }),
        ...(push?.error === undefined
          ? {}
          : { reason: { code: 'failed', words: `could not be pushed: ${push.error}`, rule: OKTA_RULES.failed } }),
      } as const
    }),
  }
}
