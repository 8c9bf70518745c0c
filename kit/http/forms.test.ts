import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listField, parseForm } from './forms.ts'

const Schema = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name'),
  days: z.coerce.number('Enter a number').int().min(1, 'At least one day'),
  groups: z.preprocess(listField, z.array(z.string())),
})

describe('parseForm', () => {
  test('a good form is its value, without the token', () => {
    expect(parseForm(Schema, { _csrf: 't', name: ' Ada ', days: '3', groups: 'a' })).toEqual({
      ok: true,
      value: { name: 'Ada', days: 3, groups: ['a'] },
    })
  })

  test('a bad one gives back what was typed, and the first problem of each field', () => {
    expect(parseForm(Schema, { _csrf: 't', name: '', days: '0', groups: ['a', 'b'] })).toEqual({
      ok: false,
      values: { name: '', days: '0', groups: 'a' },
      problems: { name: 'Enter a name', days: 'At least one day' },
    })
  })

  test('no body at all, unknown fields', () => {
    expect(parseForm(Schema, undefined)).toMatchObject({ ok: false, values: {} })
    expect(parseForm(z.strictObject({}), { extra: '1' })).toMatchObject({
      ok: false,
      problems: { '': expect.any(String) },
    })
  })
})
