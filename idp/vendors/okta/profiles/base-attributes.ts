import type { AttributeDefinition, AttributeType } from './records.ts'

/** The 31 base attributes of an Okta user (reference sheet 3.2). */

type Rules = Partial<Pick<AttributeDefinition, 'required' | 'minLength' | 'maxLength'>>

function base(name: string, title: string, type: AttributeType = 'string', rules: Rules = {}): AttributeDefinition {
  return { name, title, type, required: false, scope: 'NONE', union: false, custom: false, ...rules }
}

const REQUIRED_ADDRESS = { required: true, minLength: 5, maxLength: 100 }
const REQUIRED_NAME = { required: true, minLength: 1, maxLength: 50 }

export const OKTA_USER_ATTRIBUTES: readonly AttributeDefinition[] = [
  base('login', 'Username', 'string', REQUIRED_ADDRESS),
  base('firstName', 'First name', 'string', REQUIRED_NAME),
  base('lastName', 'Last name', 'string', REQUIRED_NAME),
  base('middleName', 'Middle name'),
  base('honorificPrefix', 'Honorific prefix'),
  base('honorificSuffix', 'Honorific suffix'),
  base('email', 'Primary email', 'string', REQUIRED_ADDRESS),
  base('secondEmail', 'Secondary email', 'string', { maxLength: 100 }),
  base('title', 'Title'),
  base('displayName', 'Display name'),
  base('nickName', 'Nickname'),
  base('profileUrl', 'Profile Url'),
  base('primaryPhone', 'Primary phone', 'string', { maxLength: 100 }),
  base('mobilePhone', 'Mobile phone', 'string', { maxLength: 100 }),
  base('streetAddress', 'Street address'),
  base('city', 'City'),
  base('state', 'State'),
  base('zipCode', 'Zip code'),
  base('countryCode', 'Country code', 'country_code'),
  base('postalAddress', 'Postal Address'),
  base('preferredLanguage', 'Preferred language', 'language_code'),
  base('locale', 'Locale', 'language_code'),
  base('timezone', 'Time zone'),
  base('userType', 'User type'),
  base('employeeNumber', 'Employee number'),
  base('costCenter', 'Cost center'),
  base('organization', 'Organization'),
  base('division', 'Division'),
  base('department', 'Department'),
  base('managerId', 'ManagerId'),
  base('manager', 'Manager'),
]
