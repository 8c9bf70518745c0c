import { type Diagnoser, oktaPage } from '../diagnoser.ts'
import { refusedKey } from './entra-connection.ts'

/** Between the org and the target. */

const CREDENTIALS = /credentials used to connect/i

export const OKTA_CONNECTION_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'okta-app-deactivated',
    source: 'okta 1.2',
    look(sight) {
      const { app, assignedCount } = sight.okta
      if (app?.status !== 'INACTIVE') return undefined
      return {
        headline: 'The app Dialpad is deactivated in Okta: nobody reaches it, and nothing is sent.',
        evidence: [`Status: ${app.status}. Assigned: ${assignedCount} people.`],
        page: oktaPage(sight, 'general', 'General'),
      }
    },
  },
  {
    fault: 'okta-integration-off',
    source: 'okta 1.6',
    look(sight) {
      const { app, assignedCount } = sight.okta
      if (app?.status !== 'ACTIVE' || app.provisioning?.configured !== true || app.provisioning.enabled)
        return undefined
      return {
        headline: 'The API integration is switched off in Okta: nothing is sent.',
        evidence: [`Enable API integration: not ticked, and was once. Assigned: ${assignedCount} people.`],
        page: oktaPage(sight, 'provisioning/integration', 'Provisioning > Integration'),
      }
    },
  },
  {
    fault: 'okta-key-revoked',
    source: 'okta 8.2',
    look(sight) {
      const task = sight.okta.openTasks.find(({ message }) => CREDENTIALS.test(message))
      if (task === undefined || refusedKey(sight).what !== 'revoked') return undefined
      return {
        headline: 'The API token that Okta sends was revoked in Dialpad.',
        evidence: [`Open task: ${task.message}.`, "Dialpad's newest key is revoked."],
        page: oktaPage(sight, 'provisioning/integration', 'Provisioning > Integration'),
      }
    },
  },
]
