#!/usr/bin/env node
import { leaveWithReader } from './leave-with-reader.ts'
import { runCli } from './run-cli.ts'

leaveWithReader(process.stdout)
process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
})
