import { fill, type HandStep, press, tick, turnTo } from './steps.ts'

/** How people go about the pages of the products, each way from its front page. */

/** A page of Dialpad among the enterprise apps of Entra. */
export const entraApp = (page: string): readonly HandStep[] => [
  turnTo('entra'),
  press('Enterprise apps', 'Main'),
  press('Dialpad', 'All applications'),
  press(page, 'Pages of Dialpad'),
]

/** A page of another enterprise app of Entra. */
export const enterpriseApp = (name: string, page: string): readonly HandStep[] => [
  turnTo('entra'),
  press('Enterprise apps', 'Main'),
  press(name, 'All applications'),
  press(page, `Pages of ${name}`),
]

/** A page of an application registered in Entra. */
export const registration = (name: string, page: string): readonly HandStep[] => [
  turnTo('entra'),
  press('App registrations', 'Main'),
  press(name, 'App registrations'),
  press(page, `Pages of ${name}`),
]

/** Dialpad's provisioning in Entra: its Overview, or another page. */
export const entraProvisioning = (page?: string): readonly HandStep[] => [
  ...entraApp('Provisioning'),
  ...(page === undefined ? [] : [press(page, 'Provisioning of Dialpad')]),
]

/** Assign somebody, or a group, to Dialpad in Entra. */
export const assignInEntra = (name: string): readonly HandStep[] => [
  ...entraApp('Users and groups'),
  press('Add user/group'),
  press('Users and groups: None Selected'),
  fill('Search', name, 'Users and groups'),
  press('Search', 'Users and groups'),
  tick(name, true, 'Users and groups'),
  press('Select', 'Users and groups'),
  press('Assign'),
]

/** Somebody's page in Entra. */
export const entraPerson = (name: string): readonly HandStep[] => [
  turnTo('entra'),
  press('Users', 'Main'),
  fill('Search', name, 'All users'),
  press('Apply'),
  press(name, 'All users'),
]

/** A tab of Dialpad among the applications of Okta. */
export const oktaApp = (tab: string): readonly HandStep[] => [
  turnTo('okta'),
  press('Applications', 'Main'),
  press('Dialpad', 'Applications'),
  press(tab, 'Dialpad tabs'),
]

/** A tab of another application of Okta. */
export const oktaOwnApp = (label: string, tab: string): readonly HandStep[] => [
  turnTo('okta'),
  press('Applications', 'Main'),
  press(label, 'Applications'),
  press(tab, `${label} tabs`),
]

/** A tab of an authorization server of Okta. */
export const oktaServer = (name: string, tab: string): readonly HandStep[] => [
  turnTo('okta'),
  press('API', 'Main'),
  press(name, 'Authorization Servers'),
  press(tab, `${name} tabs`),
]

/** A page of Dialpad's own settings, by the name the navigation has for it. */
export const dialpadSettings = (page: string): readonly HandStep[] => [turnTo('dialpad'), press(page, 'Main')]
