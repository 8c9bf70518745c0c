import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { totalsOf, WHAT_IT_DOES_NOT, WHAT_IT_PROVES } from '#scenarios/lessons/record/completion-record.ts'
import { type Verdict, verifyRecord } from '#scenarios/lessons/record/verify-record.ts'
import { type CommandDeps, UsageError } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'

interface VerifyOptions {
  readonly key?: string
  readonly json?: true
}

/** `record verify`: what a completion record is worth, told from the file alone. */
export function addRecordCommand(program: Command, { out, err, endWith }: CommandDeps): void {
  const record = program.command('record').description('completion records of courses')
  record
    .command('verify')
    .description(
      'tell whether a record is what a kit signed; no kit is asked. 0: it is, 1: it was altered, 2: no record',
    )
    .argument('<file>', 'the file as it was downloaded')
    .option('--key <fingerprint>', 'only that key will do: the fingerprint the owner of the kit told you')
    .option('--json', 'print the verdict as JSON')
    .action(async (file: string, { key, json }: VerifyOptions) => {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`)
      })
      const verdict = expectKey(await verifyRecord(text), key)
      if (json) out(JSON.stringify(verdict, null, 2))
      else tell(verdict, out, err)
      endWith(STATUS[verdict.kind])
    })
}

const STATUS = { valid: EXIT.passed, altered: EXIT.checkFailed, unreadable: EXIT.usage } as const

function expectKey(verdict: Verdict, key: string | undefined): Verdict {
  if (verdict.kind !== 'valid' || key === undefined || verdict.fingerprint === key) return verdict
  return { kind: 'altered', reason: `It is signed by another key: ${verdict.fingerprint}.` }
}

function tell(verdict: Verdict, out: (line: string) => void, err: (line: string) => void): void {
  if (verdict.kind !== 'valid') {
    err(verdict.reason)
    return
  }
  const { record, fingerprint } = verdict
  const { lessons, alone, doneForMe, hints } = totalsOf(record)
  out(`${record.name} finished "${record.course.title}": ${lessons} lessons, issued ${record.issuedAt}`)
  out(`Without any help: ${alone}; hints looked at: ${hints}; done for them: ${doneForMe}`)
  out(`Key: ${fingerprint}`)
  out(WHAT_IT_PROVES)
  out(WHAT_IT_DOES_NOT)
}
