import { describe, expect, test } from 'vitest'
import { LICENCES, licenceName, parseLicence } from './licences.ts'

describe('licences', () => {
  test('every spelling is understood without case', () => {
    for (const licence of LICENCES) {
      for (const spelling of licence.spellings) {
        expect([spelling, parseLicence(spelling.toUpperCase())]).toEqual([spelling, licence.type])
      }
    }
  })

  test.each([
    ['dialpad_talk', 'talk'],
    ['Dialpad_Ai Voice', 'talk'],
    ['dialpad_support', 'lite_support_agents'],
    ['support', 'lite_support_agents'],
    ['dialpad_sell', 'agents'],
    ['Dialpad_Ai Sales', 'agents'],
    ['dialpad_lite', 'lite_lines'],
    ['dialpad_tfb', 'magenta_lines'],
  ])('%s means %s', (spelling, type) => {
    expect(parseLicence(spelling)).toBe(type)
  })

  test.each(['dialpad talk', 'admins', ' talk', ''])('"%s" is no licence', (spelling) => {
    expect(parseLicence(spelling)).toBeUndefined()
  })

  test('the product changed its name twice', () => {
    expect([licenceName('talk', '2018'), licenceName('talk', '2023'), licenceName('talk')]).toEqual([
      'Talk',
      'Ai Voice',
      'Connect',
    ])
  })

  test('only the Support licence brings no number', () => {
    expect(LICENCES.filter((licence) => !licence.directNumber).map((licence) => licence.type)).toEqual([
      'lite_support_agents',
    ])
  })
})
