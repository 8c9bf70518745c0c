import { assign } from '../entra-lifecycle/assign.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureEntra } from '../witness/entra.ts'

/** Seed 003, its introduction: only who is assigned is provisioned. From here on in the Azure portal, which its third part shows. */
export const ASSIGN_FIRST: Step = {
  id: '003/assign/1',
  title: 'Assign one person',
  say: 'Assignments decide who gets access. Assign one person to the app before provisioning is configured.',
  source: { article: '003', section: 'Integrating Microsoft Azure Entra ID' },
  at: {
    page: 'Azure portal, Dialpad, Users and groups',
    labels: ['Microsoft Entra ID', 'Enterprise applications', 'Users and groups', 'Add user/group', 'Assign'],
  },
  async setup(walk) {
    await walk.control.entra.setSwitch('portal-edition', 'azure-portal-2025')
  },
  async solve(walk) {
    const desk = await walk.desk('entra')
    await desk.open('/admin')
    await desk.press('Microsoft Entra ID', { within: 'Main' })
    await desk.press('Enterprise applications', { within: 'Main' })
    await desk.press('Dialpad', { within: 'All applications' })
    await desk.press('Users and groups', { within: 'Pages of Dialpad' })
    await assign(desk, PEOPLE.first.name)
  },
  async check(walk) {
    const { app, assigned } = await pictureEntra(walk.control.entra)
    if (app === undefined) return missing('enterprise app for Dialpad')
    return finding(`Assigned: ${assigned.join(', ') || 'nobody'}.`, assigned.includes(PEOPLE.first.address))
  },
}
