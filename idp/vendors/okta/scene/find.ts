import { Refusal } from '#kit/http/errors.ts'
import type { AppUser, OktaApp } from '../apps/records.ts'
import { appUserOf } from '../assignments/settle.ts'
import type { OktaGroup, OktaUser } from '../collections.ts'
import { groupRulesOf } from '../commands/group-rules.ts'
import type { GroupRule } from '../groups/rules/records.ts'
import type { AppSideGroup, GroupPushMapping } from '../provisioning/records.ts'
import type { SceneDeps } from './okta-command.ts'

// What commands of a scene mean by a name: people are called by their login or e-mail, the rest by what the console calls it.

type Reader = { readonly system: { readonly store: SceneDeps['system']['store'] } }

/** The app commands speak of unless they name another. */
const USUAL_APP = 'Dialpad'

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** By id or label. @throws {Refusal} `unknown_app` (404). */
export function appNamed({ system: { store } }: Reader, name = USUAL_APP): OktaApp {
  const app = store.get('apps', name) ?? store.find('apps', 'label', name.toLowerCase())[0]
  if (app !== undefined) return app
  const labels = Array.from(store.entries('apps'), ([, { label }]) => label)
  throw unknown('app', name, labels.length === 0 ? 'Add one with add-app.' : `There are: ${labels.join(', ')}.`)
}

/** By id, login or e-mail address. @throws {Refusal} `unknown_person` (404). */
export function personNamed({ system: { store } }: Reader, name: string): OktaUser {
  const person =
    store.get('users', name) ??
    store.find('users', 'login', name.toLowerCase())[0] ??
    store.find('users', 'email', name.toLowerCase())[0]
  if (person !== undefined) return person
  throw unknown('person', name, 'Name them by login, e-mail address or id.')
}

/** By id or name. @throws {Refusal} `unknown_group` (404). */
export function groupNamed({ system: { store } }: Reader, name: string): OktaGroup {
  const group = store.get('groups', name) ?? store.find('groups', 'name', name.toLowerCase())[0]
  if (group !== undefined) return group
  throw unknown('group', name, 'Name it by its name or id.')
}

/** By id or name. @throws {Refusal} `unknown_rule` (404). */
export function ruleNamed({ system: { store } }: Reader, name: string): GroupRule {
  const rule = groupRulesOf(store).find((each) => each.id === name || same(each.name, name))
  if (rule !== undefined) return rule
  throw unknown('rule', name, 'Name it by its name or id.')
}

/** Somebody's assignment to an app. @throws {Refusal} `not_assigned` (404). */
export function assignmentOf({ system: { store } }: Reader, app: OktaApp, person: OktaUser): AppUser {
  const appUser = appUserOf(store, app.id, person.id)
  if (appUser !== undefined) return appUser
  throw new Refusal('not_assigned', 404, `${person.profile.login} is not assigned to ${app.label}.`, {
    hint: 'Assign them, or a group they are in.',
  })
}

/** The push of a group to an app. @throws {Refusal} `not_pushed` (404). */
export function pushOf({ system: { store } }: Reader, app: OktaApp, group: OktaGroup): GroupPushMapping {
  const [mapping] = store.find('groupPushMappings', 'appGroup', `${app.id}/${group.id}`)
  if (mapping !== undefined) return mapping
  throw new Refusal('not_pushed', 404, `${group.name} is not pushed to ${app.label}.`, {
    hint: 'Push it with push-group.',
  })
}

/** A group of the app as last read, by name or by its id there. @throws {Refusal} `unknown_app_group` (404). */
export function appGroupNamed({ system: { store } }: Reader, app: OktaApp, name: string): AppSideGroup {
  const groups = store.find('appSideGroups', 'app', app.id)
  const group = groups.find((each) => each.externalId === name || same(each.name, name))
  if (group !== undefined) return group
  throw new Refusal('unknown_app_group', 404, `${app.label} is not known to have a group "${name}".`, {
    hint: 'Read its groups with refresh-app-groups.',
  })
}

function unknown(what: string, name: string, hint: string): Refusal {
  return new Refusal(`unknown_${what}`, 404, `There is no ${what} "${name}".`, { hint })
}
