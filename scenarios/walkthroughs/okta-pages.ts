import type { Desk } from './walkthrough.ts'

/** How people go about the pages of the org's admin console. Each way begins at its left navigation. */

/** To Dialpad among the applications; it opens on Assignments or General. */
export async function openApp(desk: Desk): Promise<void> {
  await desk.press('Applications', { within: 'Main' })
  await desk.press('Dialpad', { within: 'Applications' })
}

/** To a tab of Dialpad, from any page of the console. */
export async function openAppTab(desk: Desk, tab: string): Promise<void> {
  await openApp(desk)
  await turnToTab(desk, tab)
}

/** To another tab of Dialpad, from one of its pages. */
export async function turnToTab(desk: Desk, tab: string): Promise<void> {
  await desk.press(tab, { within: 'Dialpad tabs' })
}

/** To somebody's page: Directory > People, found by name. Where it is open already, nothing has to be done. */
export async function openPerson(desk: Desk, name: string): Promise<void> {
  if (await desk.shows('Profile', { within: `${name} tabs` })) return
  await desk.press('People', { within: 'Main' })
  await desk.fill('Search people', name)
  await desk.enter()
  await desk.press(name, { within: 'People' })
}

/** What to type into a field, or to choose where it is a drop-down. */
export type Entry = string | { readonly choose: string }

/** Change somebody's Okta profile. `changes` by the labels of the form. */
export async function editProfile(desk: Desk, name: string, changes: Readonly<Record<string, Entry>>): Promise<void> {
  await openPerson(desk, name)
  await desk.press('Profile', { within: `${name} tabs` })
  await desk.press('Edit')
  for (const [label, entry] of Object.entries(changes)) {
    if (typeof entry === 'string') await desk.fill(label, entry)
    else await desk.choose(label, entry.choose)
  }
  await desk.press('Save')
  await desk.see('was saved.')
}

/** More Actions on somebody's page: what was chosen asks first. */
export async function askOfPerson(desk: Desk, name: string, action: string): Promise<void> {
  await openPerson(desk, name)
  await desk.press('More Actions')
  await desk.press(action)
}

/** The same, confirmed. */
export async function actOnPerson(desk: Desk, name: string, action: string): Promise<void> {
  await askOfPerson(desk, name, action)
  await desk.press(`${action} ${name}`)
}

/** Assignments > Assign > People, and Assign beside somebody: the review of user name and profile is open then. */
export async function beginToAssign(desk: Desk, name: string): Promise<void> {
  await desk.press('Assign')
  await desk.press('Assign to People')
  await desk.fill('Search people', name)
  await desk.enter()
  await desk.pressInRow(name, 'Assign')
}

/** On Assignments: take the app from somebody who has it individually. */
export async function unassign(desk: Desk, name: string): Promise<void> {
  await desk.pressInRow(name, 'Unassign')
  await desk.press('OK')
  await desk.see('was unassigned.')
}

/** An attribute as the form "Add Attribute" of the Profile Editor asks for it. */
export interface NewAttribute {
  readonly displayName: string
  readonly variableName: string
  /** Apps only. */
  readonly external?: { readonly name: string; readonly namespace: string }
  /** Lines `display name = value` of an enumerated list. */
  readonly members?: readonly string[]
}

/** Directory > Profile Editor > a profile > + Add Attribute. */
export async function addAttribute(desk: Desk, profile: string, attribute: NewAttribute): Promise<void> {
  const { displayName, variableName, external, members } = attribute
  await desk.press('Profile Editor', { within: 'Main' })
  await desk.press(profile, { within: 'Profiles' })
  await desk.press('+ Add Attribute')
  await desk.fill('Display name', displayName)
  await desk.fill('Variable name', variableName)
  if (external !== undefined) {
    await desk.fill('External name', external.name)
    await desk.fill('External namespace', external.namespace)
  }
  if (members !== undefined) {
    await desk.tick('Define enumerated list of values')
    await desk.fill('Attribute members', members.join('\n'))
  }
  await desk.press('Save')
  await desk.see(`The attribute ${displayName} was added.`)
}

/** Provisioning > To App of Dialpad: fill an attribute from one of the Okta profile, on create and update. */
export async function mapAttribute(desk: Desk, displayName: string, variableName: string): Promise<void> {
  await openAppTab(desk, 'Provisioning')
  await desk.press('To App', { within: 'Settings' })
  await desk.press('Show Unmapped Attributes')
  await desk.pressInRow(displayName, 'Edit')
  await desk.choose('Attribute value', 'Map from Okta Profile')
  await desk.choose('Okta attribute', `${displayName} | ${variableName}`)
  await desk.tick('Create and update')
  await desk.press('Save')
  await desk.see('Show Unmapped Attributes')
}
