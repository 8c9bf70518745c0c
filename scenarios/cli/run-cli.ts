import { Command, CommanderError } from 'commander'
import { ConfigInvalid } from '#kit/config.ts'
import { ListenFailed } from '#kit/http/listen.ts'
import { packageVersion } from '#kit/system/run-process.ts'
import { ControlRefusal } from '#scenarios/library/control-client.ts'
import { KitUnreachable } from '#scenarios/runner/reach-kit.ts'
import { addCertifyCommand } from './certify-command.ts'
import { addClockCommands } from './clock-commands.ts'
import { type CommandDeps, type Terminal, UsageError } from './command-deps.ts'
import { addExamples } from './examples.ts'
import { EXIT } from './exit-codes.ts'
import { addExplainCommand } from './explain-command.ts'
import { addFaultCommands } from './fault-commands.ts'
import { addJournalCommands } from './journal-commands.ts'
import { createKitProgram } from './kit-program.ts'
import { addLessonCommands } from './lesson-commands.ts'
import { addNegativeCommands } from './negative-commands.ts'
import { addRecordCommand } from './record-command.ts'
import { addScenarioCommands } from './scenario-commands.ts'
import { addSceneCommand } from './scene-command.ts'
import { addSnapshotCommands } from './snapshot-commands.ts'
import { addSwitchCommands } from './switch-commands.ts'
import { addUpCommand } from './up-command.ts'
import { addWorldCommands } from './world-commands.ts'

const HELP = `
Begin with:
  npm run kit -- up                                        start everything here
  npm run kit -- world set connected-entra                 begin in a world where Entra provisions to Dialpad
  npm run kit -- clock advance PT40M                       let the next cycle run
  npm run kit -- snapshot save before                      keep that state
  npm run kit -- fault add dialpad scim.users.patch --status 500 --times 2
  npm run kit -- explain                                   what is wrong, and where to mend it

Each command has examples: npm run kit -- clock advance --help
Where the kit runs elsewhere: --against URL, or KIT_URL. For programs: --json.
Exit: 0 done, 1 a check failed or it was refused, 2 wrong usage, 3 no kit answers.`

/**
 * The command line on `args` (without `node` and the script).
 *
 * @returns the exit status: 0 passed, 1 a check failed or the kit refused, 2 usage, 3 the kit could not be reached.
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
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
  addUpCommand(program, deps)
  addScenarioCommands(program, deps)
  addLessonCommands(program, deps)
  const kit = createKitProgram(program, deps)
  addWorldCommands(kit, program)
  addClockCommands(kit)
  addSnapshotCommands(kit)
  addFaultCommands(kit)
  addNegativeCommands(kit)
  addSwitchCommands(kit)
  addJournalCommands(kit, deps)
  addSceneCommand(kit, program)
  addCertifyCommand(program, deps)
  addRecordCommand(program, deps)
  addExplainCommand(program, deps)
  addExamples(program)
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
  if (error instanceof ControlRefusal) {
    err(error.message)
    return EXIT.checkFailed
  }
  if (error instanceof UsageError || error instanceof ConfigInvalid || error instanceof ListenFailed) {
    err(error.message)
    return EXIT.usage
  }
  throw error
}
