import type { FaultRule } from '#kit/system/system-control.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { entra } from '../../acts/commands.ts'
import { troubled, untroubled } from '../../acts/outside.ts'
import { cycle, pass } from '../../acts/time.ts'
import { hasAccount, nothingFails } from '../../checks.ts'
import type { Lab } from '../../lab.ts'
import { ENTRA_PROVISIONING } from '../../places.ts'

type Told = Omit<Lab, 'product' | 'world' | 'where' | 'breakIt' | 'solve' | 'checks'>

/** A lab about a server that answers otherwise than it should, when Hana is to get an account. */
export const serverLab = (told: Told, rules: readonly FaultRule[]): Lab => ({
  ...told,
  product: 'Dialpad',
  world: 'connected-entra',
  where: ENTRA_PROVISIONING,
  breakIt: [troubled(rules), entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }), cycle],
  solve: [untroubled, pass('P1D')],
  checks: [hasAccount('hana.suzuki'), nothingFails],
})
