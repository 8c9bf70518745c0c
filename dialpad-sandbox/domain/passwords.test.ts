import { describe, expect, test } from 'vitest'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { problemOfPassword } from './passwords.ts'

const ABOUT = ['ines.moreau@brightwave.example', 'Ines', 'Moreau']

describe('a password somebody chooses', () => {
  test.each([
    ['short', 'Use at least 8 characters'],
    ['x'.repeat(1025), 'Use at most 1024 characters'],
    ['aaaaaaaa', 'Use more than one or two different characters'],
    ['          ', 'Use more than one or two different characters'],
    ['abababababab', 'Use more than one or two different characters'],
    ['Password123', 'This is one of the passwords everybody tries first'],
    [' qwertyuiop ', 'This is one of the passwords everybody tries first'],
    ['Ines.Moreau', 'Your address or name is guessed first: choose another'],
    ['ines.moreau@brightwave.example', 'Your address or name is guessed first: choose another'],
  ])('%j is refused: %s', (password, problem) => {
    expect(problemOfPassword(password, ABOUT)).toBe(problem)
  })

  test.each([TRAINING_PASSWORD, 'eight chars', 'Ines.Moreau-2026', 'ä-ö-ü-ß-é'])('%j will do', (password) => {
    expect(problemOfPassword(password, ABOUT)).toBeUndefined()
  })
})
