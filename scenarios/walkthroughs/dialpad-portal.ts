import { PEOPLE } from './people.ts'
import type { Desk, Walk } from './walkthrough.ts'
import { logInToDialpad } from './ways-in.ts'

/** How a Company Admin goes about Dialpad's settings. */

/** The settings of the company, in the administrator's tab; logged in when it was not yet. */
export async function openDialpadSettings(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('dialpad')
  await desk.open('/admin/company')
  if (await desk.shows('Email')) await logInToDialpad(desk, PEOPLE.owner)
  if (await desk.shows('Admin settings')) await desk.press('Admin settings')
  await desk.see('My Company')
  return desk
}

/** Users of the company, and somebody's page there. */
export async function openDialpadUser(walk: Walk, name: string): Promise<Desk> {
  const desk = await openDialpadSettings(walk)
  await desk.press('Users', { within: 'Main' })
  await desk.openRow(name)
  return desk
}
