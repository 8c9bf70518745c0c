import type { Json } from './server-under-test.ts'

/** Everybody this client provisions: each for one thing, so that one defect does not hide another. */
export const PEOPLE: Readonly<Record<string, readonly [givenName: string, surname: string, more?: Json]>> = {
  anna: ['Anna', 'Updated'],
  bea: ['Bea', 'Back'],
  dora: ['Dora', 'Present'],
  emil: ['Emil', 'Lettercase'],
  eve: ['Eve', 'Extended', { department: 'Sales', employeeNumber: 'KC-1' }],
  gone: ['Gus', 'Removed'],
  mia: ['Mia', 'Manyvalued', { primaryPhone: '+33 4 72 00 00 11', streetAddress: '1 Main Street', city: 'Lyon' }],
  nick: ['Nick', 'Conflict'],
  "o'neil#1~x": ['Orla', "O'Neil"],
  pia: ['Pia', 'Password'],
  rene: ['Rene', 'Renamed'],
  uma: ['Zoë', 'Ångström 李'],
}
/** Whose name has to be escaped in an address. */
export const SPECIAL = "o'neil#1~x"
