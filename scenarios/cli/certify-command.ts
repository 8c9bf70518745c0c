import { access, constants, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { type Certificate, CLIENT_TITLES, type ClientName, isPassed } from '#scenarios/certify/certificate.ts'
import { junitOf } from '#scenarios/certify/report-junit.ts'
import { tableLines } from '#scenarios/certify/report-table.ts'
import { ServerUnreachable } from '#scenarios/certify/server-under-test.ts'
import { type CommandDeps, UsageError, wholeNumber } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'

interface CertifyCommandOptions {
  readonly scim: string
  readonly token: string
  readonly vendor: keyof typeof VENDORS
  readonly userDomain: string
  readonly members: number
  readonly timeout: number
  readonly json?: true
  readonly html?: string
  readonly junit?: string
}

const VENDORS = {
  entra: ['entra'],
  okta: ['okta', 'okta-catalog'],
  both: ['entra', 'okta', 'okta-catalog'],
} as const satisfies Readonly<Record<string, readonly ClientName[]>>

const HELP = `
A kit of its own is started in this process. Each of its clients creates some 20 people and
as many members of one group as --members says, changes them, and takes them away again.
Names begin with a prefix of the run. Use a server for tests: imports read every user it has.

Clients: Entra ID (entra), a custom app of Okta, which PUTs (okta), and an app of Okta's
catalog, which PATCHes (okta-catalog). A check is called CLIENT.WHAT, as in entra.disable.
survived: the client gets what it needs. warning: it goes on, an administrator is in for a
surprise. failed: it does not get on. not reached: something it needs has failed before.

Exit: 0 every check survived, with or without a warning, 1 one failed, 2 wrong usage,
3 no server answers.`

/** `certify`: the engines of both vendors let loose on any SCIM server. */
export function addCertifyCommand(program: Command, { out, err, endWith }: CommandDeps): void {
  program
    .command('certify')
    .description('try what Entra ID and Okta will do to a SCIM server, and tell what it does not survive')
    .requiredOption('--scim <url>', 'base address of the server: what stands before /Users')
    .addOption(
      new Option('--token <token>', 'its bearer token, without "Bearer"').env('SCIM_TOKEN').makeOptionMandatory(),
    )
    .addOption(new Option('--vendor <vendor>', 'whose engine').choices(Object.keys(VENDORS)).default('both'))
    .option('--user-domain <domain>', 'what user names end in', 'brightwave.example')
    .option('--members <number>', 'members of the big group, 3 to 1000', wholeNumber, 101)
    .option('--timeout <ms>', 'how long an answer is waited for, in milliseconds', wholeNumber, 60_000)
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option('--html <file>', 'write a page')
    .option('--junit <file>', 'write JUnit XML')
    .addHelpText('after', HELP)
    .action(async (options: CertifyCommandOptions) => {
      check(options)
      for (const file of [options.html, options.junit]) if (file !== undefined) await mustBeWritable(file)
      const certificate = await run(options, err)
      if (certificate === undefined) {
        endWith(EXIT.unreachable)
        return
      }
      if (options.html !== undefined) await writePage(certificate, options.html)
      if (options.junit !== undefined) await writeFile(options.junit, junitOf(certificate))
      out(options.json ? JSON.stringify(certificate, null, 2) : tableLines(certificate).join('\n'))
      endWith(isPassed(certificate) ? EXIT.passed : EXIT.checkFailed)
    })
}

/** @throws {UsageError} */
function check({ scim, token, userDomain, members, timeout }: CertifyCommandOptions): void {
  const url = URL.canParse(scim) ? new URL(scim) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('Give --scim as a complete web address: https://app.example/scim.')
  }
  if (/\/(Users|Groups)\/?$/i.test(url.pathname)) {
    throw new UsageError('The address of --scim ends before /Users: https://app.example/scim.')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError('The address of --scim ends before any ? or #, and holds no user name.')
  }
  if (/^bearer\s/i.test(token)) throw new UsageError('Give the bare token, without "Bearer".')
  if (token.trim() === '' || /\s/.test(token)) throw new UsageError('The token is empty, or has a space in it.')
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(userDomain)) {
    throw new UsageError('Give --user-domain as a domain in small letters: brightwave.example.')
  }
  if (members < 3 || members > 1_000) throw new UsageError('Give --members from 3 to 1000.')
  if (timeout < 1) throw new UsageError('Give --timeout in milliseconds, 1 at least.')
}

/** Told before the work, not after it. @throws {UsageError} */
async function mustBeWritable(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK)
  } catch {
    throw new UsageError(`There is no folder to write ${file} into.`)
  }
}

async function run(options: CertifyCommandOptions, say: (line: string) => void): Promise<Certificate | undefined> {
  const { startKit } = await import('#scenarios/library/start-kit.ts')
  const { certify } = await import('#scenarios/certify/certify.ts')
  const kit = await startKit({ world: 'brightwave' })
  try {
    return await certify(kit, {
      scim: options.scim,
      token: options.token,
      clients: VENDORS[options.vendor],
      domain: options.userDomain,
      members: options.members,
      timeoutMs: options.timeout,
      // The server's patience is measured by the wall's clock, whatever the kit's own says.
      pause: (ms) => wait(ms),
      onClient: (client) => say(`${CLIENT_TITLES[client]} …`),
    })
  } catch (error) {
    if (!(error instanceof ServerUnreachable)) throw error
    say(error.message)
    return undefined
  } finally {
    await kit.close()
  }
}

async function writePage(certificate: Certificate, file: string): Promise<void> {
  const { certificatePage } = await import('#scenarios/certify/write-page.tsx')
  await writeFile(file, certificatePage(certificate))
}
