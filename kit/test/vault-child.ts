import { openVault } from '../secrets.ts'

/** For the test of simultaneous starts: says it is there, waits for the word, then opens the vault and seals. */
process.once('message', () => {
  process.send?.(openVault(process.argv[2] ?? null).seal('shared'), () => process.disconnect())
})
process.send?.('ready')
