import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SourceAttributes } from '../types.ts'
import { EXPRESSION_FUNCTIONS, signatureOf } from './catalogue.ts'
import type { ExpressionEnvironment } from './environment.ts'
import { testExpression } from './test-expression.ts'

const ROLE = (id: string, value: string, displayName: string): string => JSON.stringify({ id, value, displayName })

const INES: SourceAttributes = {
  givenName: 'Ines',
  surname: 'Moreau',
  country: 'FR',
  accountEnabled: true,
  age: 30,
  empty: '',
  hired: '2026-03-02+02:00',
  phone: '(555) 123-4567',
  mail: 'ines.moreau@brightwave.example',
  proxyAddresses: ['smtp:ines@brightwave.example', 'smtp:i.moreau@brightwave.example', 'smtp:ines@brightwave.example'],
  none: [],
  appRoleAssignments: [ROLE('r1', 'agent', 'Agent'), 'Supervisor', '{not json', '{}'],
}

const NOW = Date.parse('2026-03-02T15:04:05Z')
/** Repeats so that a test can say what comes out. */
function environment(sequence: readonly number[] = [0]): ExpressionEnvironment {
  let at = 0
  return {
    now: NOW,
    defaultDomain: 'brightwave.example',
    random: () => {
      const number = sequence[at % sequence.length] ?? 0
      at += 1
      return number
    },
  }
}

const tested = (text: string) => testExpression(text, INES, environment())

/** Function, expression, value. Failures are in the next table. */
const VECTORS: readonly (readonly [name: string, text: string, value: unknown])[] = [
  ['AppRoleAssignments', 'AppRoleAssignments([appRoleAssignments])', ['Agent', 'Supervisor', '{not json', '{}']],
  [
    'AppRoleAssignmentsComplex',
    'Join(";", AppRoleAssignmentsComplex([appRoleAssignments]))',
    'Agent;Supervisor;{not json;{}',
  ],
  ['AppRoleAssignmentsComplex', 'AppRoleAssignmentsComplex([none])', null],
  ['AssertiveAppRoleAssignmentsComplex', 'Count(AssertiveAppRoleAssignmentsComplex([appRoleAssignments]))', 4],
  ['SingleAppRoleAssignment', 'SingleAppRoleAssignment([appRoleAssignments])', 'Agent'],
  ['SingleAppRoleAssignment', 'SingleAppRoleAssignment([none])', null],
  ['Append', 'Append([mobile], "x")', null],
  ['BitAnd', 'BitAnd(12, 10)', 8],
  ['BitAnd', 'BitAnd(&HF, "&hF7")', 7],
  ['BitAnd', 'BitAnd("-1", 4294967296)', 4294967296],
  ['BitAnd', 'BitAnd([mobile], 1)', null],
  ['CBool', 'CBool([country] = "FR")', true],
  ['CBool', 'CBool([country] <> "FR")', false],
  ['CBool', 'CBool([age])', true],
  ['CBool', 'CBool(0)', false],
  ['CBool', 'CBool("false")', false],
  ['CBool', 'CBool([accountEnabled])', true],
  ['CBool', 'CBool([mobile])', false],
  ['CDate', 'CDate("2026-03-02+02:00")', '3/1/2026 10:00:00 PM'],
  ['CDate', 'CDate([hired])', '3/1/2026 10:00:00 PM'],
  ['CDate', 'CDate("2026-03-02T12:30:05.1239999Z")', '3/2/2026 12:30:05 PM'],
  ['CDate', 'CDate("2026-03-02 0:30")', '3/2/2026 12:30:00 AM'],
  ['CDate', 'CDate("3/1/2026 10:00:00 PM")', '3/1/2026 10:00:00 PM'],
  ['CDate', 'CDate("12/31/2025 12:00 am -05:30")', '12/31/2025 5:30:00 AM'],
  ['CDate', 'CDate([mobile])', null],
  ['Coalesce', 'Coalesce([mobile], [empty], "x")', ''],
  ['Coalesce', 'Coalesce([mobile], , "x")', 'x'],
  ['ConvertToBase64', 'ConvertToBase64("Ines")', 'SQBuAGUAcwA='],
  ['ConvertToBase64', 'ConvertToBase64([mobile])', null],
  ['ConvertToUTF8Hex', 'ConvertToUTF8Hex("Ines")', '496E6573'],
  ['ConvertToUTF8Hex', 'ConvertToUTF8Hex("ß😀")', 'C39FF09F9880'],
  ['Count', 'Count([proxyAddresses])', 3],
  ['Count', 'Count([country])', 1],
  ['Count', 'Count([mobile])', 0],
  ['CStr', 'CStr([age])', '30'],
  ['CStr', 'CStr([accountEnabled])', 'True'],
  ['CStr', 'CStr(0.0000001)', '0.0000001'],
  ['CStr', 'CStr([mobile])', null],
  ['DateAdd', 'DateAdd("d", -5, CDate("2026-03-02"))', '2/25/2026 12:00:00 AM'],
  ['DateAdd', 'DateAdd("m", 1, "2024-01-31")', '2/29/2024 12:00:00 AM'],
  ['DateAdd', 'DateAdd("m", -13, "2026-03-31")', '2/28/2025 12:00:00 AM'],
  ['DateAdd', 'DateAdd("yyyy", 1, "2024-02-29")', '2/28/2025 12:00:00 AM'],
  ['DateAdd', 'DateAdd("ww", 2, "2026-03-02T08:00:00Z")', '3/16/2026 8:00:00 AM'],
  ['DateAdd', 'DateAdd("h", 25, "2026-03-02")', '3/3/2026 1:00:00 AM'],
  ['DateAdd', 'DateAdd("n", -1, "2026-03-02")', '3/1/2026 11:59:00 PM'],
  ['DateAdd', 'DateAdd("s", 30, "2026-03-02")', '3/2/2026 12:00:30 AM'],
  ['DateAdd', 'DateAdd("d", 1, [mobile])', null],
  ['DateDiff', 'DateDiff("d", Now(), CDate("2026-03-14"))', 11],
  ['DateDiff', 'DateDiff("d", "2026-03-14", "2026-03-02")', -12],
  ['DateDiff', 'DateDiff("yyyy", "2025-12-31", "2026-01-01")', 1],
  ['DateDiff', 'DateDiff("m", "2026-01-31", "2026-03-01")', 2],
  ['DateDiff', 'DateDiff("ww", "2026-03-01", "2026-03-20")', 2],
  ['DateDiff', 'DateDiff("h", "2026-03-02 00:00", "2026-03-02 23:59")', 23],
  ['DateDiff', 'DateDiff("n", "2026-03-02 00:00", "2026-03-02 01:00:30")', 60],
  ['DateDiff', 'DateDiff("s", "2026-03-02T00:00:00.9Z", "2026-03-02T00:00:01Z")', 0],
  ['DateDiff', 'DateDiff("s", "2026-03-02T00:00:01Z", "2026-03-02T00:00:00.9Z")', 0],
  ['DateDiff', 'DateDiff("d", [mobile], "2026-03-02")', null],
  ['DateFromNum', 'DateFromNum("129699324000000000")', '1/1/2012 11:00:00 PM'],
  ['DateFromNum', 'DateFromNum(0)', '1/1/1601 12:00:00 AM'],
  ['DefaultDomain', 'Append("ines@", DefaultDomain())', 'ines@brightwave.example'],
  ['FormatDateTime', 'FormatDateTime("20150123105347.1Z", , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', '2015-01-23'],
  ['FormatDateTime', 'FormatDateTime("2026-03-02", , , "dddd, d MMMM yyyy")', 'Monday, 2 March 2026'],
  [
    'FormatDateTime',
    'FormatDateTime("3/2/2026 3:04:05 PM", , "M/d/yyyy h:mm:ss tt", "yyyy-MM-ddTHH:mm:sszzz")',
    '2026-03-02T15:04:05+00:00',
  ],
  ['FormatDateTime', 'FormatDateTime(" 02-Mar-26 ", "AllowWhiteSpaces", "dd-MMM-yy", "s")', '2026-03-02T00:00:00'],
  [
    'FormatDateTime',
    'FormatDateTime("2026-03-02 10:00 +05:30", , "yyyy-MM-dd HH:mm zzz", "R")',
    'Mon, 02 Mar 2026 04:30:00 GMT',
  ],
  ['FormatDateTime', 'FormatDateTime("2026-03-02", , , "\'day\' d \\\\d h tt")', 'day 2 d 12 AM'],
  ['FormatDateTime', 'FormatDateTime("2026-03-02", , "yyyy-MM-dd", )', '3/2/2026 12:00:00 AM'],
  ['FormatDateTime', 'FormatDateTime([mobile], , , "d")', null],
  ['Guid', 'Guid()', '00000000-0000-4000-8000-000000000000'],
  ['IgnoreFlowIfNullOrEmpty', 'IgnoreFlowIfNullOrEmpty([none])', null],
  ['IIF', 'IIF([age]<=30, "a", Not("x"))', 'a'],
  ['IIF', 'IIF("10" > "9", "by value", "by characters")', 'by value'],
  ['IIF', 'IIF("b" > "a", "after", "before")', 'after'],
  ['IIF', 'IIF([country] = "fr", "folded", "exact")', 'exact'],
  ['InStr', 'InStr("Brightwave", "w")', 7],
  ['InStr', 'InStr("repEated", "e", 3, vbBinaryCompare)', 7],
  ['InStr', 'InStr("repEated", "e", 3, vbTextCompare)', 4],
  ['InStr', 'InStr("Brightwave", "x")', 0],
  ['InStr', 'InStr("Brightwave", "B", 11)', 0],
  ['InStr', 'InStr([mobile], "x")', 0],
  ['IsNull', 'IsNull([none])', false],
  ['IsNullOrEmpty', 'IsNullOrEmpty([none])', true],
  ['IsPresent', 'IsPresent([country])', true],
  ['IsString', 'IsString([country])', true],
  ['IsString', 'IsString([age])', false],
  ['IsString', 'IsString([mobile])', false],
  ['Item', 'Item([proxyAddresses], 1)', 'smtp:ines@brightwave.example'],
  ['Item', 'Item([proxyAddresses], 0)', null],
  ['Item', 'Item([country], 1)', 'FR'],
  ['Join', 'Join(, "a", "b")', 'ab'],
  [
    'Join',
    'Join("-", [none], "a", [proxyAddresses], [empty])',
    'a-smtp:ines@brightwave.example-smtp:i.moreau@brightwave.example-smtp:ines@brightwave.example-',
  ],
  ['Left', 'Left("Moreau", 30)', 'Moreau'],
  ['Left', 'Left([mobile], -1)', ''],
  ['Mid', 'Mid("Moreau", 1, 3)', 'Mor'],
  ['Mid', 'Mid("Moreau", 9, 3)', ''],
  ['NormalizeDiacritics', 'NormalizeDiacritics("æ ß ø ł ı é")', 'ae ss oe l i e'],
  ['Not', 'Not([accountEnabled])', 'False'],
  ['Not', 'Not([mobile])', null],
  ['Now', 'Now()', '3/2/2026 3:04:05 PM'],
  ['NumFromDate', 'NumFromDate("2012-01-01T23:00:00Z")', '129699324000000000'],
  ['NumFromDate', 'DateFromNum(NumFromDate("3/1/2026 10:00:00 PM"))', '3/1/2026 10:00:00 PM'],
  ['PCase', 'PCase("LE GOFF-D\'ARC", " \'-")', "Le Goff-D'Arc"],
  ['PCase', 'PCase("ines o\'hara-MOREAU (second_try) IT")', "Ines O'hara-MOREAU (Second_Try) IT"],
  ['PCase', 'PCase([mobile])', null],
  ['RandomString', 'RandomString(4, 1, 1, 1, 1, )', '!Aa0'],
  ['RandomString', 'RandomString(3, 0, 0, 0, 0, "012")', '333'],
  ['RandomString', 'RandomString(0, 0, 0, 0, 0)', ''],
  ['Redact', 'Redact([mail])', 'ines.moreau@brightwave.example'],
  [
    'RemoveDuplicates',
    'RemoveDuplicates([proxyAddresses])',
    ['smtp:ines@brightwave.example', 'smtp:i.moreau@brightwave.example'],
  ],
  ['RemoveDuplicates', 'RemoveDuplicates([mobile])', null],
  ['Replace', 'Replace("a.b.c", ".", , , "-", , )', 'a-b-c'],
  ['Replace', 'Replace("Ines", "name", , , , , "Dear name, name!")', 'Dear Ines, Ines!'],
  ['Replace', 'Replace([phone], , "[()\\\\s-]", , "", , )', '5551234567'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference to a group is the language's own
  ['Replace', 'Replace([phone], , "\\\\((?<area>\\\\d+)\\\\) (.*)", , "+1 ${area} $2 $$", , )', '+1 555 123-4567 $'],
  ['Replace', 'Replace([phone], , "\\\\((?<area>\\\\d+)\\\\)", "area", "999", , )', '(999) 123-4567'],
  ['Replace', 'Replace([mobile], , "(?<local>[^@]+)@", "local", , [mail], )', 'ines.moreau'],
  ['Replace', 'Replace([country], , "(?<local>[^@]+)@", "local", , [mail], )', 'FR'],
  ['Replace', 'Replace([mobile], , "(?<local>[^@]+)@", "local", , [surname], )', null],
  ['Replace', 'Replace("aA", "a", , , "x", , )', 'xA'],
  ['Replace', 'Replace("a$&b", "$&", , , "$&$&", , )', 'a$&$&b'],
  ['Replace', 'Replace([mobile], "a", , , "x", , )', null],
  ['Split', 'Split("a,b,,c", ",")', ['a', 'b', '', 'c']],
  ['Split', 'Item(Split("a;b", ";"), 2)', 'b'],
  ['Split', 'Split("ab", "")', ['ab']],
  ['Split', 'Split([mobile], ",")', null],
  ['StripSpaces', 'StripSpaces([mobile])', null],
  ['Switch', 'Switch([country], "else", "fr", "small")', 'else'],
  ['ToLower', 'ToLower("I", "tr-TR")', 'ı'],
  ['ToLower', 'ToLower("İ")', 'i̇'],
  ['ToUpper', 'ToUpper("straße")', 'STRASSE'],
  ['Word', 'Word("Lyon,Paris!Oslo&Rome", 3, ",!&")', 'Oslo'],
  ['Word', 'Word("Lyon  Paris", 2, " ")', 'Paris'],
  ['Word', 'Word("Lyon", 2, " ")', ''],
  ['Word', 'Word("Lyon", 0, " ")', ''],
  ['Word', 'Word([mobile], 1, " ")', ''],
]

describe.each([...new Set(VECTORS.map(([name]) => name))])('%s', (function_) => {
  test.each(VECTORS.filter(([name]) => name === function_))('%s: %s is %j', (_, text, value) => {
    expect(tested(text)).toMatchObject({ ok: true, value })
  })
})

describe('what a function cannot do fails with a reason', () => {
  test.each([
    ['BitAnd("x", 1)', "BitAnd: 'x' is no whole number."],
    ['BitAnd(1.5, 1)', "BitAnd: '1.5' is no whole number."],
    ['CBool("maybe")', "CBool: 'maybe' is neither a number nor True or False."],
    ['CDate("31/12/2026")', "CDate: '31/12/2026' is no date that can be read."],
    ['CDate("2026-02-30")', "CDate: '2026-02-30' is no date that can be read."],
    ['CDate("1/1/2026 13:00 PM")', "CDate: '1/1/2026 13:00 PM' is no date that can be read."],
    ['DateAdd("q", 1, Now())', "DateAdd: The interval is yyyy, m, d, ww, h, n or s, not 'q'."],
    ['DateAdd("d", 0.5, Now())', 'DateAdd: The number of intervals is a whole number.'],
    ['DateAdd("yyyy", 9000, Now())', 'DateAdd: The date is outside of the years 1 to 9999.'],
    ['DateFromNum("soon")', "DateFromNum: 'soon' is no file time."],
    ['DateFromNum("99999999999999999999")', 'DateFromNum: The date is outside of the years 1 to 9999.'],
    ['FormatDateTime("x", , "yyyy", "d")', "FormatDateTime: 'x' is no date of the form yyyy."],
    ['FormatDateTime("1", "Loose", , "d")', "FormatDateTime: There is no date style 'Loose'."],
    ['FormatDateTime("1212", , "d%d%d", "d")', 'FormatDateTime: The date pattern d%d%d names a field twice.'],
    [
      'FormatDateTime("2026-01-01", , , "yy\'")',
      "FormatDateTime: The date pattern yy' has a quotation mark without its partner.",
    ],
    ['InStr("a", "a", 0)', 'InStr: The start counts from 1.'],
    ['InStr("a", "a", 1, "loose")', "InStr: The comparison is vbBinaryCompare or vbTextCompare, not 'loose'."],
    ['Item([country], )', 'Item: The index is a whole number.'],
    ['Mid("a", 1, -1)', 'Mid: The length cannot be negative.'],
    ['NumFromDate("x")', "NumFromDate: 'x' is no date that can be read."],
    ['RandomString(257, 0, 0, 0, 0)', 'RandomString: The length is at most 256.'],
    ['RandomString(3, 1, 1, 1, 1)', 'RandomString: The length is less than the characters asked for.'],
    ['RandomString(3, -1, 1, 1, 1)', 'RandomString: The number of digits cannot be negative.'],
    [
      'RandomString(3, 1, 0, 0, 0, "0123456789")',
      'RandomString: Every character of a kind that is asked for is to be avoided.',
    ],
    [
      'Replace("a", , , , "b", , )',
      'Replace: Nothing to look for is given: neither an old value nor a regular expression.',
    ],
    [
      'Replace("a", , "(?=b)", , "b", , )',
      'Replace: This regular expression cannot be used: invalid or unsupported Perl syntax: `(?=`. Look-around and back references are not supported.',
    ],
    [
      'SelectUniqueValue([mail], "x")',
      'SelectUniqueValue: Only provisioning into a directory can look for a unique value; this one writes into an app.',
    ],
    ['Word("a", "one", " ")', 'Word: The number of the word is a whole number.'],
  ])('%s', (text, message) => {
    expect(tested(text)).toEqual({ ok: false, position: 0, message })
  })
})

describe('the catalogue', () => {
  test('lists every function of the reference once, by name', () => {
    expect(EXPRESSION_FUNCTIONS.map(({ name }) => name).join(' ')).toBe(
      'Append AppRoleAssignments AppRoleAssignmentsComplex AssertiveAppRoleAssignmentsComplex BitAnd CBool CDate Coalesce ' +
        'ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd DateDiff DateFromNum DefaultDomain FormatDateTime Guid ' +
        'IgnoreFlowIfNullOrEmpty IIF InStr IsNull IsNullOrEmpty IsPresent IsString Item Join Left Mid NormalizeDiacritics ' +
        'Not Now NumFromDate PCase RandomString Redact RemoveDuplicates Replace SelectUniqueValue SingleAppRoleAssignment ' +
        'Split StripSpaces Switch ToLower ToUpper Word',
    )
    const untested = EXPRESSION_FUNCTIONS.filter(({ name }) => !VECTORS.some(([tested]) => tested === name))
    expect(untested.map(({ name }) => name)).toEqual(['SelectUniqueValue'])
  })

  test('says how a function is called', () => {
    const shown = EXPRESSION_FUNCTIONS.filter(({ name }) => ['Now', 'Switch', 'ToLower'].includes(name)).map(
      signatureOf,
    )
    expect(shown).toEqual([
      'Now()',
      'Switch(source, defaultValue, key1, value1, key2, value2, …)',
      'ToLower(source, [culture])',
    ])
  })
})

describe('the live test', () => {
  test('shows values in words, and nothing when nothing would flow', () => {
    expect(tested('Not("True")')).toEqual({ ok: true, value: 'False', shown: 'False' })
    expect(tested('IsNull([mobile])')).toEqual({ ok: true, value: true, shown: 'True' })
    expect(tested('Split("a,b", ",")')).toEqual({ ok: true, value: ['a', 'b'], shown: 'a, b' })
    expect(tested('ToLower([mobile])')).toEqual({ ok: true, value: null, shown: null })
  })

  test('says where an expression cannot be read', () => {
    expect(tested('ToLower([mail]')).toEqual({
      ok: false,
      position: 14,
      message: 'A comma or a closing parenthesis is expected here.',
    })
  })
})

describe('laws', () => {
  test('a random text has the length and the kinds of characters asked for', () => {
    const least = fc.nat({ max: 20 })
    fc.assert(
      fc.property(
        least,
        least,
        least,
        least,
        fc.nat({ max: 50 }),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
        (digits, specials, capitals, small, more, sequence) => {
          const length = digits + specials + capitals + small + more
          const text = `RandomString(${length}, ${digits}, ${specials}, ${capitals}, ${small}, "aA0")`
          const result = testExpression(text, INES, environment(sequence))
          const made = result.ok ? String(result.value) : result.message
          expect(made).toHaveLength(length)
          const count = (kind: RegExp): number => made.match(kind)?.length ?? 0
          expect(count(/\d/g)).toBeGreaterThanOrEqual(digits)
          expect(count(/[A-Z]/g)).toBeGreaterThanOrEqual(capitals)
          expect(count(/[a-z]/g)).toBeGreaterThanOrEqual(small)
          expect(count(/[^A-Za-z0-9]/g)).toBeGreaterThanOrEqual(specials)
          expect(made).not.toMatch(/[aA0]/)
        },
      ),
    )
  })

  test('a date survives its file time, and days added are the difference', () => {
    const seconds = fc.integer({ min: Date.parse('1700-01-01') / 1000, max: Date.parse('2200-01-01') / 1000 })
    fc.assert(
      fc.property(seconds, fc.integer({ min: -40_000, max: 40_000 }), (second, days) => {
        const iso = new Date(second * 1000).toISOString()
        const read = (text: string) => testExpression(text, { iso }, environment())
        expect(read('DateFromNum(NumFromDate([iso]))')).toEqual(read('CDate([iso])'))
        expect(read(`DateDiff("d", [iso], DateAdd("d", ${days}, [iso]))`)).toMatchObject({ value: days })
        const pattern = 'dd.MM.yyyy HH:mm:ss'
        expect(read(`CDate(FormatDateTime(FormatDateTime([iso], , , "${pattern}"), , "${pattern}", ))`)).toEqual(
          read('CDate([iso])'),
        )
      }),
    )
  })

  test('whatever is in the attributes, a function answers or fails with a position', () => {
    const calls = EXPRESSION_FUNCTIONS.map(({ name, parameters }) => {
      const args = parameters
        .filter(({ presence }) => presence !== 'repeated')
        .map((each, index) => (each.comparison === 'only' ? '[a] = [b]' : `[${'abc'.charAt(index % 3)}]`))
      return `${name}(${args.join(', ')})`
    })
    const value = fc.option(
      fc.oneof(fc.string(), fc.integer({ min: -5, max: 300 }), fc.boolean(), fc.array(fc.string())),
      { nil: undefined },
    )
    fc.assert(
      fc.property(fc.constantFrom(...calls), value, value, value, (text, a, b, c) => {
        const present = Object.entries({ a, b, c }).filter(([, each]) => each !== undefined)
        const result = testExpression(text, Object.fromEntries(present) as SourceAttributes, environment([0.1, 0.7]))
        if (!result.ok) expect(result.position).toBeLessThan(text.length)
      }),
    )
  })
})
