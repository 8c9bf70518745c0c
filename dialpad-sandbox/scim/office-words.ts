import { ENTERPRISE_USER_URN } from '#kit/scim/core-schemas.ts'
import { isObject, type JsonObject, own } from '#kit/scim/json.ts'
import { OFFICE_FIELDS, type OfficeRequest } from '../domain/offices.ts'

/** The parts of a SCIM user that choose the office, as the sheet's sections 1.3 and 1.5 read them. */

export function enterpriseOf(resource: JsonObject): JsonObject {
  const block = own(resource, ENTERPRISE_USER_URN)
  return isObject(block) ? block : {}
}

export function textOf(object: JsonObject, name: string): string | undefined {
  const value = own(object, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Only the standard enterprise extension counts: in any other namespace these words have no effect. */
export function officeRequestOf(resource: JsonObject): OfficeRequest {
  const enterprise = enterpriseOf(resource)
  const request: { -readonly [Field in keyof OfficeRequest]: OfficeRequest[Field] } = {}
  for (const field of OFFICE_FIELDS) {
    const value = textOf(enterprise, field)
    if (value !== undefined) request[field] = value
  }
  return request
}

/**
 * The country: `countryCode`, else the extension's `country`, else that of the work address. A value that is no two-letter code is
 * kept as sent and chooses nothing.
 */
export function countryOf(resource: JsonObject): string | undefined {
  const enterprise = enterpriseOf(resource)
  const addresses = own(resource, 'addresses')
  const work = Array.isArray(addresses)
    ? addresses.find((address) => isObject(address) && own(address, 'type') === 'work')
    : undefined
  const country =
    textOf(resource, 'countryCode') ??
    textOf(enterprise, 'countryCode') ??
    textOf(enterprise, 'country') ??
    (isObject(work) ? textOf(work, 'country') : undefined)
  return country !== undefined && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined
}
