import { type Diagnoser, kitPage } from '../diagnoser.ts'
import type { Diagnosis } from '../finding.ts'
import type { Flaw, Sight } from '../sight.ts'

/** What an identity provider hands out is wrong: its clock, its keys, or what it says. */

/** Told by a clock that is wrong. */
const OF_CLOCK = new Set(['clock-skew', 'not-yet-valid', 'expired'])
/** Signed with a key that nobody was told of, or not at all. */
const OF_KEY = new Set(['unknown-key', 'rolled-certificate', 'bad-signature', 'altered', 'unsigned', 'alg-none'])

function flawed(isMeant: (flaw: string) => boolean, headline: (label: string) => string) {
  return ({ flaws }: Sight): Diagnosis | undefined => {
    const found = flaws.filter(({ flaw }) => isMeant(flaw))
    const [first] = found
    if (first === undefined) return undefined
    return {
      headline: headline(first.label),
      evidence: [
        `What it hands out: ${found.map(({ on, flaw, used }: Flaw) => `${on} (${flaw}), so far ${used} times`).join('; ')}.`,
      ],
      page: kitPage('/negatives', 'Negatives'),
    }
  }
}

export const SIGN_IN_PROVIDER_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'provider-clock-wrong',
    source: 'OpenID Connect Core 3.1.3.7, SAML core 2.5.1',
    look: flawed(
      (flaw) => OF_CLOCK.has(flaw),
      (label) => `The clock of ${label} is wrong: what it signs is not valid yet, or not any more, for everybody else.`,
    ),
  },
  {
    fault: 'provider-key-unknown',
    source: 'OpenID Connect Core 10.1, SAML core 5',
    look: flawed(
      (flaw) => OF_KEY.has(flaw),
      (label) => `${label} signs with a key that it has published nowhere, or does not sign.`,
    ),
  },
  {
    fault: 'provider-says-wrong',
    source: 'OpenID Connect Core 3.1.3.7, SAML profiles 4.1.4.3',
    look: flawed(
      (flaw) => !OF_CLOCK.has(flaw) && !OF_KEY.has(flaw),
      (label) => `${label} hands out what is meant for another application, tenant or sign-in.`,
    ),
  },
]
