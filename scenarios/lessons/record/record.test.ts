import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openVault } from '#kit/secrets.ts'
import { runCli } from '#scenarios/cli/run-cli.ts'
import { type LearningStore, openLearning } from '../progress/open-learning.ts'
import { type CompletionFile, type CompletionRecord, FORMAT, totalsOf } from './completion-record.ts'
import { createRecordSigner } from './sign-record.ts'
import { verifyRecord } from './verify-record.ts'

const RECORD: CompletionRecord = {
  format: FORMAT,
  name: 'Ada Park',
  course: { id: 'sample', title: 'A course', articles: ['An article (Somebody, 2025)'] },
  lessons: [1, 2, 3].map((number) => ({
    number,
    id: `life/${number}`,
    title: `Lesson ${number}`,
    begunAt: '2026-01-01T10:00:00.000Z',
    doneAt: '2026-01-01T10:05:00.000Z',
    hints: number === 2 ? 3 : 0,
    mistakes: 0,
    doneForMe: number === 3,
  })),
  issuedAt: '2026-01-02T08:00:00.000Z',
  kit: '0.1.0',
}

let folder: string
let store: LearningStore
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'record-'))
  store = await openLearning(folder)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const signer = () => createRecordSigner(store, openVault(folder))
const textOf = (file: object): string => JSON.stringify(file, null, 2)

describe('a completion record', () => {
  test('is verified by what is in it, and names the key', async () => {
    const file = await signer().sign(RECORD)
    expect(await verifyRecord(textOf(file))).toEqual({
      kind: 'valid',
      record: RECORD,
      fingerprint: await signer().fingerprint(),
    })
  })

  test('counts what was done with and without help', () => {
    expect(totalsOf(RECORD)).toEqual({ lessons: 3, alone: 1, doneForMe: 1, hints: 3 })
  })

  const TAMPERED: readonly (readonly [string, (file: CompletionFile) => object, string])[] = [
    ['another name', (file) => ({ ...file, record: { ...file.record, name: 'Eve Park' } }), 'in "name"'],
    [
      'a lesson that was done for them',
      (file) => ({
        ...file,
        record: { ...file.record, lessons: file.record.lessons.map((each) => ({ ...each, doneForMe: false })) },
      }),
      'in "lessons"',
    ],
    [
      'a signature cut off',
      (file) => ({ ...file, signature: file.signature.slice(0, -8) }),
      'The signature does not fit',
    ],
    [
      'what was signed',
      ({ record, signature }) => {
        const [header, , proof] = signature.split('.')
        const changed = { ...record, name: 'Eve Park' }
        const payload = Buffer.from(JSON.stringify(changed)).toString('base64url')
        return { record: changed, signature: `${header}.${payload}.${proof}` }
      },
      'The signature does not fit',
    ],
    [
      'an algorithm that needs no key',
      ({ record, signature }) => {
        const [, payload] = signature.split('.')
        const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'completion-record+jws' })).toString('base64url')
        return { record, signature: `${header}.${payload}.` }
      },
      'The signature does not fit',
    ],
  ]
  test.each(TAMPERED)('with %s is told to be altered', async (_what, tamper, reason) => {
    const verdict = await verifyRecord(textOf(tamper(await signer().sign(RECORD))))
    expect(verdict).toMatchObject({ kind: 'altered', reason: expect.stringContaining(reason) })
  })

  test.each(['', 'no JSON', '{}', '[1]', '{"record":{},"signature":"x"}'])('is not %j', async (text) => {
    expect(await verifyRecord(text)).toMatchObject({ kind: 'unreadable' })
  })

  test('keeps its key through a restart, sealed', async () => {
    const before = await signer().fingerprint()
    const { privateKey } = store.get('signingKeys', 'only') ?? { privateKey: '' }
    await store.close()
    expect(privateKey).toMatch(/^sealed\./)
    expect(readFileSync(join(folder, 'learning.json'), 'utf8')).not.toContain('"d":')
    store = await openLearning(folder)
    expect(await signer().fingerprint()).toBe(before)
  })

  test('made at the same time twice is signed by one key', async () => {
    const [one, other] = await Promise.all([signer().sign(RECORD), signer().sign(RECORD)])
    const [first, second] = [await verifyRecord(textOf(one)), await verifyRecord(textOf(other))]
    expect(first).toEqual(second)
    expect(first.kind).toBe('valid')
  })
})

describe('record verify', () => {
  async function run(file: object | string, ...options: readonly string[]) {
    const lines: string[] = []
    const path = join(folder, 'record.json')
    writeFileSync(path, typeof file === 'string' ? file : textOf(file))
    const write = (line: string): void => void lines.push(line)
    const status = await runCli(['record', 'verify', path, ...options], { out: write, err: write })
    return { status, said: lines.join('\n') }
  }

  test('ends with 0, 1 or 2: signed, altered, no record', async () => {
    const file = await signer().sign(RECORD)
    const signed = await run(file)
    expect(signed.status).toBe(0)
    expect(signed.said).toContain('Ada Park finished "A course": 3 lessons')
    expect(signed.said).toContain('It does not prove who sat there')
    expect((await run({ ...file, record: { ...RECORD, name: 'Eve' } })).status).toBe(1)
    expect((await run('nothing')).status).toBe(2)
    expect(await runCli(['record', 'verify', join(folder, 'none')], { out() {}, err() {} })).toBe(2)
  })

  test('takes only the key that is named', async () => {
    const file = await signer().sign(RECORD)
    expect((await run(file, '--key', await signer().fingerprint())).status).toBe(0)
    const other = await run(file, '--key', 'another', '--json')
    expect(other.status).toBe(1)
    expect(JSON.parse(other.said)).toMatchObject({ kind: 'altered' })
  })
})
