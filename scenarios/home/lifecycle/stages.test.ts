import { expect, test } from 'vitest'
import { stagesOf, wordsOf } from './stages.ts'

const up = (figures: Readonly<Record<string, number>>) =>
  ({
    kind: 'up',
    world: 'brightwave',
    line: '',
    figures: Object.entries(figures).map(([label, value]) => ({ label, value })),
  }) as const

test('the figures of the systems become the way of people; a state in which nobody is counts as none', () => {
  const stages = stagesOf([
    { name: 'entra', label: 'Entra', state: up({ People: 26, Assigned: 5, Provisioned: 4 }) },
    { name: 'dialpad', label: 'Dialpad', state: up({ Active: 6, 'Directory groups': 1 }) },
  ])
  expect(wordsOf(stages)).toEqual([
    'Entra: in directory 26, assigned 5, provisioned 4.',
    'Dialpad: pending 0, suspended 0, live: can sign in 6.',
  ])
})

test('a system that does not answer is not counted as empty', () => {
  const stages = stagesOf([
    { name: 'okta', label: 'Okta', state: { kind: 'down', line: '', advice: '' } },
    { name: 'dialpad', label: 'Dialpad', state: { kind: 'down', line: '', advice: '' } },
  ])
  expect(wordsOf(stages)[0]).toBe('Okta: in directory not known, assigned not known, provisioned not known.')
  expect(stages.target?.stages.map(({ value }) => value)).toEqual([undefined, undefined, undefined])
})
