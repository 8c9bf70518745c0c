import { Command, CommanderError } from 'commander'
import { ConfigInvalid } from '#kit/config.ts'
import { ListenFailed } from '#kit/http/listen.ts'
import { packageVersion } from '#kit/system/run-process.ts'
import { ControlRefusal } from '#scenarios/library/control-client.ts'
import { KitUnreachable } from '#scenarios/runner/reach-kit.ts'
import { addCertifyCommand } from './certify-command.ts'
import { type CommandDeps, type Terminal, UsageError } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'
import { addExplainCommand } from './explain-command.ts'
import { addKitCommands } from './kit-commands.ts'
import { addRecordCommand } from './record-command.ts'
import { addScenarioCommands } from './scenario-commands.ts'
import { addUpCommand } from './up-command.ts'

/**
 * The command line on `args` (without `node` and the script).
 *
 * @returns the exit status: 0 passed, 1 a check failed, 2 usage, 3 the kit could not be reached.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = EXIT.passed
  const deps: CommandDeps = {
    ...terminal,
    endWith: (other) => {
      status = other
    },
  }
  const program = new Command('provisioning-twin')
    .description('A local twin of Microsoft Entra ID, Okta and Dialpad.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
  addUpCommand(program, deps)
  addScenarioCommands(program, deps)
  addKitCommands(program, deps)
  addCertifyCommand(program, deps)
  addRecordCommand(program, deps)
  addExplainCommand(program, deps)
  for (const command of program.commands) inherit(command, program)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return status
  } catch (error) {
    return statusOf(error, terminal)
  }
}

function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const each of command.commands) inherit(each, command)
}

function statusOf(error: unknown, { err }: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage
  if (error instanceof KitUnreachable) {
    err(error.message)
    return EXIT.unreachable
  }
  if (
    error instanceof UsageError ||
    error instanceof ControlRefusal ||
    error instanceof ConfigInvalid ||
    error instanceof ListenFailed
  ) {
    err(error.message)
    return EXIT.usage
  }
  throw error
}
