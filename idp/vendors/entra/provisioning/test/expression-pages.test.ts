import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visitor } from '#kit/test/visitor.ts'
import { AT, type ConnectedEntra, startConnected } from './start-connected.ts'

const BUILDER = `${AT}/expression-builder?kind=users`
const FORM = '/expression-builder?kind=users'
const PANE_FORM = '/expression-builder?kind=users&from=pane'

let entra: ConnectedEntra
beforeAll(async () => {
  entra = await startConnected()
})
afterAll(() => entra.close())

let naomi: Visitor
beforeEach(async () => {
  naomi = await entra.visitor('naomi.clarke')
})

/** What the last test came to, as the page shows it. */
const output = () => /aria-label="Expression output"[^>]*><pre>([^<]*)</.exec(naomi.html)?.[1]

/** The value of the choice with this name. */
function choiceOf(name: string): string {
  const found = new RegExp(`type="radio"[^>]*name="subjectId"[^>]*value="([^"]+)"[^>]*>\\s*<label[^>]*>${name}`).exec(
    naomi.html,
  )
  if (found?.[1] === undefined) throw new Error(`Nobody called ${name} is offered: ${naomi.text}`)
  return found[1]
}

describe('the expression builder', () => {
  test('has the labels of the reference, and every function with how it is called', async () => {
    await naomi.open(`${AT}/mapping/users`)
    await naomi.follow('Expression builder')
    let from = 0
    for (const word of [
      'Expression builder',
      'Select a function',
      'Select an attribute',
      'Suffix',
      'Add expression',
      'Expression code',
      'Test expression',
      'Join(separator, source1, source2, …)',
    ]) {
      const at = naomi.text.indexOf(word, from)
      expect(at, word).toBeGreaterThanOrEqual(0)
      from = at
    }
  })

  test.each([
    ['Append', 'mailNickname', '@example.com', '', 'Append([mailNickname], "@example.com")'],
    ['Join', 'surname', ' ', '', 'Join(" ", [surname])'],
    ['Left', 'surname', '3', '', 'Left([surname], 3)'],
    ['ToLower', 'mail', '', '', 'ToLower([mail])'],
    ['ToUpper', '', '', 'Left([surname], 3)', 'ToUpper(Left([surname], 3))'],
    ['Now', '', '', '', 'Now()'],
    ['Append', 'jobTitle', 'a "b" \\', '', 'Append([jobTitle], "a \\"b\\" \\\\")'],
  ])('Add expression: %s of %s with %j', async (name, attribute, suffix, expression, expected) => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'add', function: name, attribute, suffix, expression })
    expect(naomi.valueOf('expression')).toBe(expected)
  })

  test.each([
    ['no function', { function: '' }, 'Select a function.'],
    [
      'a suffix where none belongs',
      { function: 'IsPresent', attribute: 'mail', suffix: 'x' },
      'takes no argument beside the attribute',
    ],
    ['an attribute where none belongs', { function: 'Now', attribute: 'mail' }, 'Now takes no attribute.'],
  ])('%s is refused beside its field', async (_, typed, message) => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'add', ...typed })
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain(message)
  })

  test('is tried with anybody the search finds, with the values they have now', async () => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'find', q: 'ada', expression: 'Join(" ", ToUpper([surname]), [givenName])' })
    const subjectId = choiceOf('Ada Okafor')
    await naomi.submit(FORM, { act: 'test', subjectId })
    expect(naomi.status).toBe(200)
    expect(output()).toBe('OKAFOR Ada')
    expect(naomi.text).toContain('View expression output With the values of Ada Okafor.')
    await entra.system.store.transact((tx) => {
      const ada = tx.get('users', subjectId)
      if (ada !== undefined) tx.put('users', subjectId, { ...ada, surname: 'Berg' })
    })
    await naomi.submit(FORM, { act: 'test' })
    expect(output()).toBe('BERG Ada')
    await entra.system.control.reset()
  })

  test('is tried with sample values; lists have one on each line, and nothing is null', async () => {
    const expression = 'IIF([accountEnabled] = "True", Join("+", [appRoleAssignments]), [mail])'
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'test', expression })
    expect(naomi.status).toBe(422)
    const samples = { 'sample.accountEnabled': 'true', 'sample.appRoleAssignments': 'Agent\r\nSupervisor' }
    await naomi.submit(FORM, { act: 'test', ...samples })
    expect(output()).toBe('Agent+Supervisor')
    await naomi.submit(FORM, { act: 'test', 'sample.accountEnabled': 'False', 'sample.mail': '' })
    expect(naomi.text).toContain('The output is empty')
  })

  test.each([
    ['ToLower([mail]', 'At character 15:'],
    ['Shout([mail])', 'At character 1: There is no function Shout.'],
    ['ToLower([mail]) & "x"', 'At character 17:'],
    ['', 'At character 1:'],
  ])('%j is refused with the place of its problem', async (expression, message) => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'test', expression })
    expect(naomi.status).toBe(422)
    expect(naomi.html).toContain('field-expression-problem')
    expect(naomi.text).toContain(message)
    expect(naomi.valueOf('expression')).toBe(expression)
  })

  test('Enter searches, adds or tests, by the field that was filled in', async () => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, { act: 'enter', q: 'ada' })
    expect(choiceOf('Ada Okafor')).not.toBe('')
    await naomi.submit(FORM, { act: 'enter', function: 'Append', attribute: 'mail', suffix: '!' })
    expect(naomi.valueOf('expression')).toBe('Append([mail], "!")')
    await naomi.submit(FORM, { act: 'enter', 'sample.mail': 'hi' })
    expect(output()).toBe('hi!')
  })

  test('somebody who is gone, or of another tenant, is nobody to test with', async () => {
    await naomi.open(BUILDER)
    await naomi.submit(FORM, {
      act: 'test',
      expression: 'ToLower([displayName])',
      subjectId: 'nobody',
      'sample.displayName': 'SAMPLE',
    })
    expect(output()).toBe('sample')
  })

  test('of groups offers groups and their attributes', async () => {
    await naomi.open(`${AT}/expression-builder?kind=groups`)
    await naomi.submit('/expression-builder?kind=groups', {
      act: 'find',
      q: 'Sales',
      expression: 'ToLower([displayName])',
    })
    await naomi.submit('/expression-builder?kind=groups', { act: 'test', subjectId: choiceOf('Sales') })
    expect(output()).toBe('sales')
    expect(naomi.html).not.toContain('value="surname"')
  })

  test('takes the text of Edit Attribute along and brings the tried one back', async () => {
    await naomi.open(`${AT}/mapping/users/edit?attribute=title`)
    await naomi.submit('/edit?attribute=title', {
      act: 'test',
      expression: 'ToUpper([jobTitle])',
      defaultValue: 'Agent',
    })
    expect(naomi.valueOf('expression')).toBe('ToUpper([jobTitle])')
    await naomi.submit(PANE_FORM, { act: 'use', expression: 'ToLower([jobTitle])' })
    expect(naomi.path).toBe(`${AT}/mapping/users/edit?attribute=title`)
    expect(naomi.valueOf('mappingType')).toBe('Expression')
    expect(naomi.valueOf('expression')).toBe('ToLower([jobTitle])')
    expect(naomi.valueOf('defaultValue')).toBe('Agent')
    await naomi.submit('/edit?attribute=title', { act: 'ok' })
    expect(naomi.text).toContain('ToLower([jobTitle])')
    expect(naomi.text).toContain('There are unsaved changes')
  })

  test('and leaves the pane as it was when it is given up', async () => {
    await naomi.open(`${AT}/mapping/users/new`)
    await naomi.submit('/mapping/users/new', { act: 'test', mappingType: 'Constant', constant: 'kept' })
    await naomi.follow('Cancel')
    expect(naomi.valueOf('constant')).toBe('kept')
    await naomi.follow('Cancel')
    await naomi.open(`${AT}/mapping/users/new`)
    expect(naomi.valueOf('constant')).toBe('')
  })
})
