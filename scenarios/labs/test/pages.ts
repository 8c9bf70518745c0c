import type { MendingPage } from '#scenarios/explain/finding.ts'
import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'
import type { AdminDesks } from '../hands/work-by-hand.ts'
import type { MendingControl } from '../lab.ts'

/** How a page answers an administrator: its status, and where it led when that is another page. */
export async function statusOf(desks: AdminDesks, { system, path }: MendingPage): Promise<string> {
  const { status, pathname } = await desks.visit(system, path)
  // Whoever is signed in is led past the page to log in; a person's page opens at its first tab.
  const isThere = pathname.startsWith(path) || (path === '/login' && pathname === '/app')
  return isThere ? String(status) : `${status} at ${pathname}`
}

/** Whether a page offers a control. @returns `offered`, or what the page lacks. */
export async function lookForControl(desks: AdminDesks, page: MendingPage, control: MendingControl): Promise<string> {
  const desk = await desks.at(page.system, control.path ?? page.path)
  const where = control.within === undefined ? undefined : { within: control.within }
  try {
    await look(desk, control, where)
    return 'offered'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function look(desk: Desk, control: MendingControl, where: { readonly within: string } | undefined) {
  if ('tick' in control) return desk.tick(control.tick, true, where)
  const label = 'fill' in control ? control.fill : control.press
  if (!(await desk.shows(label, where))) throw new Error(`There is no ${label}.`)
}
