import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateExpression, previewExpression } from './evaluate.ts'
import { evaluateTemplate } from './template.ts'
import { type ExpressionScope, referenceTo } from './values.ts'

const SCOPE: ExpressionScope = {
  references: {
    user: referenceTo({
      firstName: 'Ada',
      lastName: 'Okafor',
      login: 'Ada.Okafor@brightwave.example',
      email: 'Ada.Okafor@brightwave.example',
      department: 'Support',
      title: null,
      countryCode: 'CA',
      skills: ['chat', 'voice'],
    }),
    source: referenceTo({ login: 'ada.okafor@brightwave.example', email: 'Ada@brightwave.example' }),
    appuser: referenceTo({ licenseType: 'dialpad_talk' }),
    org: referenceTo({ name: 'Brightwave', subDomain: 'brightwave' }),
    app: referenceTo({ id: '0oa1', label: 'Dialpad' }),
  },
  groups: [
    { id: '00g1', name: 'Support', type: 'OKTA_GROUP' },
    { id: '00g2', name: 'All Staff', type: 'OKTA_GROUP' },
  ],
  internal: { id: '00u1', status: 'ACTIVE' },
  nowIso: '2026-03-02T09:00:00.000Z',
}

/** A placeholder of a template. */
const hole = (inner: string) => `\${${inner}}`

const value = (source: string) => evaluateExpression(source, SCOPE)

describe('the language of reference sheet 3.7, item by item', () => {
  test.each([
    ['user.firstName', 'Ada'],
    ['appuser.licenseType', 'dialpad_talk'],
    ['source.login', 'ada.okafor@brightwave.example'],
    ['org.name', 'Brightwave'],
    ['org.subDomain', 'brightwave'],
    ['app.label', 'Dialpad'],
    ['user.firstName + " " + user.lastName', 'Ada Okafor'],
    ["user.title == null ? 'none' : user.title", 'none'],
    ['user.department != null ? user.department : "Denver HQ"', 'Support'],
    ["(user.email != null && user.email != '') ? 'work' : ''", 'work'],
    ["user.title == null || String.len(user.title) == 0 ? 'empty' : 'full'", 'empty'],
    ['user.department == "Sales" OR user.department == "Support"', true],
    ['!(1 < 2 AND 3 >= 3)', false],
    ['1 + 2', 3],
    ['null', null],
    ['String.append(user.firstName, "!")', 'Ada!'],
    ['String.join("-", user.firstName, user.title, user.lastName)', 'Ada--Okafor'],
    ['String.len(user.firstName)', 3],
    ['String.removeSpaces(" a b ")', 'ab'],
    ['String.replace("a.b.c", ".", "-")', 'a-b-c'],
    ['String.replaceFirst("a.b.c", ".", "$&")', 'a$&b.c'],
    ['String.startsWith(user.login, "Ada")', true],
    ['String.stringContains(user.login, "@bright")', true],
    [
      'String.stringSwitch(user.department, "dialpad_lite", "Support", "dialpad_support", "Sales", "dialpad_sell")',
      'dialpad_support',
    ],
    ['String.stringSwitch("Facilities", "dialpad_lite", "Support", "x")', 'dialpad_lite'],
    ['String.substring("abcdef", 1, 3)', 'bc'],
    ['String.substringAfter(user.login, "@")', 'brightwave.example'],
    ['String.substringBefore(user.login, "@")', 'Ada.Okafor'],
    ['String.toUpperCase("zoë")', 'ZOË'],
    ['String.toLowerCase(user.email)', 'ada.okafor@brightwave.example'],
    ['String.toLowerCase(user.title)', null],
    ['Arrays.add(user.skills, "mail")', ['chat', 'voice', 'mail']],
    ['Arrays.remove(user.skills, "chat")', ['voice']],
    ['Arrays.clear(user.skills)', []],
    ['Arrays.get(user.skills, 1)', 'voice'],
    ['Arrays.flatten("a", {"b", "c"})', ['a', 'b', 'c']],
    ['Arrays.contains(user.skills, "chat")', true],
    ['Arrays.size(user.skills)', 2],
    ['Arrays.isEmpty(user.title)', true],
    ['Arrays.toCsvString(user.skills)', 'chat,voice'],
    ['Convert.toInt("12.6")', 13],
    ['Convert.toNum("12.5")', 12.5],
    ['Iso3166Convert.toAlpha2("CAN")', 'CA'],
    ['Iso3166Convert.toAlpha3(user.countryCode)', 'CAN'],
    ['Iso3166Convert.toNumeric("JP")', '392'],
    ['Iso3166Convert.toName("FRA")', 'France'],
    ['Iso3166Convert.toAlpha2("XX")', null],
    ['isMemberOfGroup("00g1")', true],
    ['isMemberOfAnyGroup("00g9", "00g2")', true],
    ['isMemberOfGroupName("Support")', true],
    ['isMemberOfGroupName("support")', false],
    ['isMemberOfGroupNameStartsWith("All")', true],
    ['isMemberOfGroupNameContains("Sta")', true],
    ['isMemberOfGroupNameRegex("S.*t")', true],
    ['getFilteredGroups({"00g1", "00g7"}, "group.name", 40)', ['Support']],
    ['user.getInternalProperty("id")', '00u1'],
    ['user.getInternalProperty("status")', 'ACTIVE'],
    ['Time.now()', '2026-03-02T09:00:00.000Z'],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })

  test.each([
    [hole('source.login'), 'ada.okafor@brightwave.example'],
    [hole('source.email'), 'Ada@brightwave.example'],
    [hole('fn:toLowerCase(source.email)'), 'ada@brightwave.example'],
    [`x-${hole('fn:substringBefore(source.login, "@")')}`, 'x-ada.okafor'],
    ['user.firstName + "@x.example"', 'Ada@x.example'],
  ])('the template %s', (template, expected) => {
    expect(evaluateTemplate(template, SCOPE)).toBe(expected)
  })
})

describe('what is wrong is told with its place', () => {
  test.each([
    ['user.nickname', 'Invalid property nickname in expression.', 0],
    ['1 + user.firstname', 'Invalid property firstname in expression.', 4],
    ['string.toLowerCase("A")', 'There is no function string.toLowerCase.', 0],
    ['String.append("a")', 'String.append takes 2 arguments, not 1.', 0],
    ['String.join()', 'String.join takes at least 1 argument, not 0.', 0],
    ['"abc', 'A quotation mark is not closed.', 0],
    ['user.firstName +', 'The expression ends too early. A value is missing here.', 16],
    ['(1 + 2', 'The expression ends too early. ")" is missing here.', 6],
    ['user.firstName user.lastName', 'The expression should have ended here.', 15],
    ['user.', 'The expression ends too early. A name is missing after the dot.', 5],
    ['firstName', '"firstName" is not known. Attributes are written as user.firstName.', 0],
    ['manager.name', '"manager" is not known here.', 0],
    ['1 # 2', 'Unexpected "#".', 2],
    ['String.substring("ab", 0, 5)', 'String.substring: The text has 2 characters: 0 to 5 is not inside it.', 0],
    ['isMemberOfGroupNameRegex("(")', 'isMemberOfGroupNameRegex: "(" is not a regular expression.', 0],
    ['Convert.toInt("x")', 'Convert.toInt: "x" is not a number.', 0],
    ['user.getInternalProperty("x")', 'user.getInternalProperty: There is no internal property "x".', 0],
    ['('.repeat(200), 'The expression is nested too deeply.', 100],
  ])('%s', (source, message, position) => {
    expect(previewExpression(source, SCOPE)).toEqual({ ok: false, message, position })
  })

  test('law: any text is computed or refused, never a bug', () => {
    fc.assert(fc.property(fc.string(), (source) => typeof previewExpression(source, SCOPE).ok === 'boolean'))
  })

  test('law: a text in quotes is itself', () => {
    const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
    fc.assert(fc.property(fc.string(), (text) => value(quoted(text)) === text))
  })
})
