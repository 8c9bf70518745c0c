import { openingStep } from '../okta-directory.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { DELETED_STEPS } from './deleted.ts'
import { LINK_STEPS } from './link.ts'
import { NAME_STEPS } from './names.ts'
import { OUTAGE_STEPS } from './outage.ts'
import { MEMBER_STEPS, PUSH_STEPS } from './push.ts'
import { REPAIR_STEPS } from './repair.ts'
import { RULE_STEPS } from './rules.ts'

export const OKTA_PUSH_GROUPS: Walkthrough = {
  id: 'okta-push-groups',
  title: 'Push groups: by name, by link, by rule, and back out of Dialpad',
  world: 'connected-okta',
  lead: 'A group is pushed to Dialpad and followed through its life: members come and go, a rename is not taken, an edit made in Dialpad is overwritten, the push is paused and fails for a while. Another is let go and linked again, deleted behind the back of Okta and mended; a rule pushes the rest.',
  steps: [
    openingStep('push/1', 'Push Groups', { article: 'group-push', section: 'Enable Group Push' }, 'push'),
    ...PUSH_STEPS,
    ...MEMBER_STEPS,
    ...NAME_STEPS,
    ...REPAIR_STEPS,
    ...LINK_STEPS,
    ...OUTAGE_STEPS,
    ...DELETED_STEPS,
    ...RULE_STEPS,
  ],
}
