import type { Diagnosis, MendingPage } from './finding.ts'
import type { Sight } from './sight.ts'

/** Knows one fault by how it shows in the state of the systems. Pure. */
export interface Diagnoser {
  /** Name of the fault. */
  readonly fault: string
  /** Where the fault is described. */
  readonly source: string
  /** @returns what to say, `undefined` where the fault is not there. */
  readonly look: (sight: Sight) => Diagnosis | undefined
}

const APP = 'Entra, Enterprise apps > Dialpad'

/** A page of the app Dialpad in the admin center: path below the app, and its name. */
export function entraPage({ entra }: Sight, path: string, name: string): MendingPage {
  return { system: 'entra', path: entra.page(path), label: `${APP} > ${name}` }
}

/** A tab of the app Dialpad in the org's console. */
export function oktaPage({ okta }: Sight, path: string, name: string): MendingPage {
  return { system: 'okta', path: okta.page(path), label: `Okta, Applications > Dialpad > ${name}` }
}

/** A page of Dialpad's admin portal. */
export function dialpadPage(path: string, name: string): MendingPage {
  return { system: 'dialpad', path: `/admin/${path}`, label: `Dialpad, ${name}` }
}

/** A page of the kit home. */
export function kitPage(path: string, name: string): MendingPage {
  return { system: 'kit', path, label: `Kit home, ${name}` }
}
