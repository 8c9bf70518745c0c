import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { runCli } from './run-cli.ts'

async function run(...args: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const status = await runCli(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { status, out: out.join('\n'), err: err.join('\n') }
}

test('lists the walkthroughs', async () => {
  const { status, out } = await run('scenario', 'list', '--json')
  expect(status).toBe(0)
  const { walkthroughs } = JSON.parse(out) as { readonly walkthroughs: readonly { readonly id: string }[] }
  const ids = walkthroughs.map(({ id }) => id)
  expect(ids).toEqual(WALKTHROUGHS.map(({ id }) => id))
  expect(ids).toContain('entra-lifecycle')
})

describe('what was typed wrongly ends with 2 and says what to type', () => {
  test.each([
    [['scenario', 'run', 'no-such'], 'There is no walkthrough "no-such". There are: entra-signup, entra-lifecycle, '],
    [['scenario', 'run', 'entra-signup', '--slow', 'fast'], 'Give a whole number.'],
    [['no-such-command'], "unknown command 'no-such-command'"],
    [['clock', '--advance', 'PT1M', '--freeze', '--against', 'http://localhost:1'], 'Give one of --advance'],
    [['snapshot', '--restore'], 'Name the snapshot to bring back'],
  ])('%j', async (args, words) => {
    const { status, err } = await run(...args)
    expect(err).toContain(words)
    expect(status).toBe(2)
  })
})

test('a kit that cannot be reached ends with 3', async () => {
  const { status, err } = await run('world', '--against', 'http://localhost:1')
  expect(err).toContain('No kit home answers at http://localhost:1.')
  expect(status).toBe(3)
})

describe('a kit that runs', () => {
  let kit: Kit
  beforeAll(async () => {
    kit = await startKit()
  })
  afterAll(() => kit.close())

  test('is reset to another world, and its clock moved', async () => {
    const against = ['--against', kit.urls.kit]
    expect((await run('world', 'fresh', ...against)).out).toContain('World fresh')
    const { status, out } = await run('clock', '--advance', 'P1D', '--json', ...against)
    expect(status).toBe(0)
    const { offsetMs } = JSON.parse(out) as { readonly offsetMs: number }
    // The move itself takes wall time, which is no part of the offset.
    expect(Math.round(offsetMs / 60_000)).toBe(24 * 60)
    const refused = await run('clock', '--set', '2001-01-01T00:00:00.000Z', ...against)
    expect(refused.status).toBe(2)
  })

  test('takes a snapshot and brings it back', async () => {
    const against = ['--against', kit.urls.kit]
    expect((await run('snapshot', 'before', ...against)).out).toContain('Taken: before')
    expect((await run('snapshot', ...against)).out).toContain('before (world')
    expect((await run('snapshot', 'before', '--restore', ...against)).out).toContain('Brought back: before')
  })
})
