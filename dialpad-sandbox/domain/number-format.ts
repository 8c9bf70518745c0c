/** Numbers as people write them in a country, and E.164: of North America and Great Britain, whose plans are known here. */

export interface WrittenNumber {
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** As it begins the local form: `(720)`, `020`. */
  readonly areaCode: string
  /** `(720) 555-0142`, `020 7946 0142`. */
  readonly local: string
  /** `+17205550142` */
  readonly e164: string
}

const NANP_COUNTRIES: readonly string[] = ['US', 'CA']

/**
 * Read a number in either form.
 *
 * @param country Needed for the local form. Of country code 1 it tells which country is meant; without one, the United States.
 * @returns `undefined` for what is no number of a country known here.
 */
export function readNumber(text: string, country?: string): WrittenNumber | undefined {
  const digits = text.replaceAll(/[\s().-]/g, '')
  if (/^\+1[2-9]\d{9}$/.test(digits)) return northAmerican(digits.slice(2), nanpCountry(country))
  if (/^\+44[1-9]\d{8,9}$/.test(digits)) return british(digits.slice(3))
  if (!/^\d+$/.test(digits)) return undefined
  if (NANP_COUNTRIES.includes(country ?? '')) {
    const national = digits.replace(/^1(?=\d{10}$)/, '')
    return /^[2-9]\d{9}$/.test(national) ? northAmerican(national, nanpCountry(country)) : undefined
  }
  return country === 'GB' && /^0[1-9]\d{8,9}$/.test(digits) ? british(digits.slice(1)) : undefined
}

function nanpCountry(country: string | undefined): string {
  return country !== undefined && NANP_COUNTRIES.includes(country) ? country : 'US'
}

function northAmerican(national: string, country: string): WrittenNumber {
  const areaCode = `(${national.slice(0, 3)})`
  return {
    country,
    areaCode,
    local: `${areaCode} ${national.slice(3, 6)}-${national.slice(6)}`,
    e164: `+1${national}`,
  }
}

/** Area codes of two digits begin with 2, of three with 11 or end in 1; most others have four. */
function british(national: string): WrittenNumber {
  const length = national.startsWith('2') ? 2 : /^(11\d|1\d1)/.test(national) ? 3 : 4
  const areaCode = `0${national.slice(0, length)}`
  const rest = national.slice(length)
  const local = length === 4 ? rest : `${rest.slice(0, -4)} ${rest.slice(-4)}`
  return { country: 'GB', areaCode, local: `${areaCode} ${local}`, e164: `+44${national}` }
}
