import { openingStep } from '../provisioning-pages.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { DOWNLOAD_STEPS } from './download.ts'
import { READ_STEPS } from './read.ts'

export const ENTRA_LOGS: Walkthrough = {
  id: 'entra-logs',
  title: 'Provisioning logs: who failed, who was skipped, and why',
  world: 'connected-entra',
  lead: 'A group and a blocked person are assigned. Some people fail, one is skipped: the logs say why, entry by entry in four tabs. They are filtered, taken away as files, and tell that the trouble is over.',
  steps: [
    openingStep('logs/1', { article: 'log-analysis', section: 'How to view the provisioning logs' }),
    ...READ_STEPS,
    ...DOWNLOAD_STEPS,
  ],
}
