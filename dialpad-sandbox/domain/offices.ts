import type { Company, Office, OfficeField } from '../records.ts'

/** Which office a new user joins (reference sheet 1.5): the exact order, as a pure function. */

/** What a request says about the office, by the attribute it used. Values are compared as they stand: no trimming, case counts. */
export type OfficeRequest = Readonly<Partial<Record<OfficeField, string>>>

export const OFFICE_FIELDS: readonly OfficeField[] = ['physicalDeliveryOfficeName', 'officeName', 'department']

export type OfficeChoice =
  /** The text equals the office's name. */
  | { readonly kind: 'name'; readonly office: Office }
  /** No such name; an office in the user's country. */
  | { readonly kind: 'country'; readonly office: Office; readonly requested: string | undefined }
  /** Neither; the office the company's setting leads to. */
  | { readonly kind: 'fallback'; readonly office: Office; readonly requested: string | undefined }
  /** Neither, and the setting says not to create the user, or there is no office at all. */
  | { readonly kind: 'none'; readonly requested: string | undefined }

/** The value of the company's Office Specification Field; when that is empty, of the first other field that has one. */
export function requestedOffice(request: OfficeRequest, field: OfficeField): string | undefined {
  const order = [field, ...OFFICE_FIELDS.filter((other) => other !== field)]
  for (const name of order) {
    const value = request[name]
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/**
 * Decide the office. Order: exact name, an office in the user's country, then what the company's setting says.
 *
 * Among several offices of a country, and for "best matching office", one that can still take the user comes first; the
 * primary office before the others. When none can, the first is named all the same, so that the refusal says which office
 * lacks a licence.
 */
export function chooseOffice(
  request: OfficeRequest,
  country: string | undefined,
  offices: readonly Office[],
  settings: Company['scim'],
  canTake: (office: Office) => boolean,
): OfficeChoice {
  const requested = requestedOffice(request, settings.officeField)
  const exact = requested === undefined ? undefined : offices.find((office) => office.name === requested)
  if (exact !== undefined) return { kind: 'name', office: exact }

  const ordered = [...offices].sort((one, other) => Number(other.isPrimary) - Number(one.isPrimary))
  const roomiest = (candidates: readonly Office[]): Office | undefined => candidates.find(canTake) ?? candidates[0]

  const inCountry = roomiest(
    ordered.filter((office) => country !== undefined && office.country === country.toUpperCase()),
  )
  if (inCountry !== undefined) return { kind: 'country', office: inCountry, requested }

  const fallback = fallbackOffice(settings, ordered, roomiest)
  return fallback === undefined ? { kind: 'none', requested } : { kind: 'fallback', office: fallback, requested }
}

function fallbackOffice(
  settings: Company['scim'],
  ordered: readonly Office[],
  roomiest: (candidates: readonly Office[]) => Office | undefined,
): Office | undefined {
  const { mismatch } = settings
  switch (mismatch.kind) {
    case 'best':
      return roomiest(ordered)
    case 'office':
      return ordered.find((office) => office.id === mismatch.officeId)
    case 'reject':
      return undefined
  }
}
