import { describe, expect, test } from 'vitest'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { EXAMPLES } from './examples.ts'
import { run } from './test/run.ts'

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
    [['clok'], 'Did you mean clock?'],
    [['clock', 'advanc', 'PT1M'], 'Did you mean advance?'],
    [['clock', 'advance'], "missing required argument 'duration'"],
    [['clock', 'rate', 'fast'], 'Give a number above 0.'],
    [['fault', 'add', 'dialpad', 'scim.users.list'], 'Say what happens: --status, --drop, --html, --delay or --flaw.'],
    [['negative', 'arm', 'oidc/wrong-colour', '--from', 'entra'], 'There is no negative "oidc/wrong-colour".'],
    [['negative', 'arm', 'oidc/wrong-tenant', '--from', 'okta'], 'Okta has no negative "oidc/wrong-tenant".'],
    [['negative', 'clear', 'dialpad'], 'Choose one of: entra, okta.'],
    [['fault', 'list', 'kit'], 'Choose one of: entra, okta, dialpad.'],
    [['journal', 'tail', '--kind', 'gossip'], 'Allowed choices are http-in'],
    [['snapshot', 'branch', 'one'], "required option '--save <name>' not specified"],
    [['command', 'okta', 'assign-person', '{"person"'], 'The input is not JSON'],
    [['command', 'okta', 'assign-person', '["ada"]'], 'The input is a JSON object'],
    [['command', 'okta', 'assign-person', '@no-such-file.json'], 'no-such-file.json cannot be read'],
  ])('%j', async (args, words) => {
    const { status, err } = await run(...args)
    expect(err).toContain(words)
    expect(status).toBe(2)
  })
})

test('a kit that cannot be reached ends with 3', async () => {
  const { status, err } = await run('world', 'show', '--against', 'http://localhost:1')
  expect(err).toContain('No kit home answers at http://localhost:1.')
  expect(status).toBe(3)
})

describe('help', () => {
  test('of the whole says how to begin and what the exit status means', async () => {
    const { status, out } = await run('--help')
    expect(status).toBe(0)
    for (const words of ['npm run kit -- up', 'Exit: 0 done', 'journal', 'certify', 'KIT_URL'])
      expect(out).toContain(words)
  })

  test.each(Object.entries(EXAMPLES))('of %s has its examples', async (name, examples) => {
    const { status, out } = await run(...name.split(' '), '--help')
    expect(status).toBe(0)
    for (const example of examples) expect(out).toContain(`npm run kit -- ${example}`)
  })

  test('a word that needs another lists them', async () => {
    const { status, err } = await run('snapshot')
    expect(status).toBe(2)
    for (const name of ['save', 'list', 'restore', 'compare', 'branch', 'delete']) expect(err).toContain(name)
  })
})
