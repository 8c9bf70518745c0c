import type { LicenceType } from '../records.ts'

/** Licence types and everything they are called (reference sheet 1.6). */

/** When a product name was in use: 2018 to 2022, 2023 to 2024, from 2025. */
export type Era = '2018' | '2023' | '2025'

export interface Licence {
  readonly type: LicenceType
  /** Values `licenseType` takes in SCIM, compared without case; the first is echoed when a client never sent one. */
  readonly spellings: readonly [string, ...string[]]
  readonly names: Readonly<Record<Era, string>>
  /** Whether a user is given a direct number on creation. Contact-centre lines come without one. */
  readonly directNumber: boolean
}

export const LICENCES: readonly Licence[] = [
  {
    type: 'talk',
    spellings: ['dialpad_talk', 'Dialpad_Ai Voice', 'talk'],
    names: { '2018': 'Talk', '2023': 'Ai Voice', '2025': 'Connect' },
    directNumber: true,
  },
  {
    type: 'lite_support_agents',
    // `support` is what the API's prose says, though its enumeration lacks the word.
    spellings: ['dialpad_support', 'Dialpad_Support', 'lite_support_agents', 'support'],
    names: { '2018': 'Support', '2023': 'Ai Contact Center', '2025': 'Support' },
    directNumber: false,
  },
  {
    type: 'agents',
    spellings: ['dialpad_sell', 'Dialpad_Ai Sales', 'agents'],
    names: { '2018': 'Sell', '2023': 'Ai Sales', '2025': 'Sell' },
    directNumber: true,
  },
  {
    type: 'lite_lines',
    spellings: ['dialpad_lite', 'lite_lines'],
    names: { '2018': 'Talk (Lite)', '2023': 'Talk (Lite)', '2025': 'Talk (Lite)' },
    directNumber: true,
  },
  {
    type: 'magenta_lines',
    spellings: ['dialpad_tfb', 'magenta_lines'],
    names: { '2018': 'T-Mobile for Business', '2023': 'T-Mobile for Business', '2025': 'T-Mobile for Business' },
    directNumber: true,
  },
]

const byType = new Map(LICENCES.map((licence) => [licence.type, licence]))
const bySpelling = new Map(
  LICENCES.flatMap((licence) => licence.spellings.map((spelling) => [spelling.toLowerCase(), licence.type] as const)),
)

/** What a user gets whose request names no licence. */
export const DEFAULT_LICENCE: LicenceType = 'talk'

/** @returns the type meant by a spelling of sheet 1.6, without regard to case; `undefined` for anything else. */
export function parseLicence(spelling: string): LicenceType | undefined {
  return bySpelling.get(spelling.toLowerCase())
}

/** @throws when the type is none of ours: stored records hold only these. */
export function licenceOf(type: LicenceType): Licence {
  const licence = byType.get(type)
  if (licence === undefined) throw new Error(`No licence of type ${type}.`)
  return licence
}

/** The product's name for people: `Connect`. */
export function licenceName(type: LicenceType, era: Era = '2025'): string {
  return licenceOf(type).names[era]
}
