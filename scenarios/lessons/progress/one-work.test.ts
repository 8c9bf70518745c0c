import { expect, test } from 'vitest'
import { createOneWork } from './one-work.ts'

test('one thing at a time: the second is refused in words of the first, until that ends', () => {
  const work = createOneWork()
  const end = work.begin('setting the scene of a lesson')
  expect(() => work.begin('breaking the world for a lab')).toThrow(
    'The kit is still busy: it is setting the scene of a lesson.',
  )
  end()
  const other = work.begin('breaking the world for a lab')
  expect(() => work.begin('doing a lesson for you')).toThrow('breaking the world for a lab')
  other()
})
