import type { Walkthrough } from '../walkthrough.ts'
import { AFTERWARDS_STEPS } from './afterwards.ts'
import { BEFORE_STEPS } from './before.ts'
import { LEAVING_STEPS } from './leaving.ts'

export const LEAVER_WALKTHROUGH: Walkthrough = {
  id: 'leaver',
  title: 'A leaver at every door: what closes at once, and what with the cycle',
  world: 'connected-entra',
  lead: 'Somebody with an open tab, an API key of their own and two ways of single sign-on is unassigned in Entra. Every door is tried, before the cycle and after it, and tells how long it stayed open.',
  proven: true,
  steps: [...BEFORE_STEPS, ...LEAVING_STEPS, ...AFTERWARDS_STEPS],
}
