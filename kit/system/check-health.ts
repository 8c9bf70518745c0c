import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalFetch } from '#kit/http/local-fetch.ts'

/**
 * Are the systems named on the command line healthy, at the ports the environment gives them on this machine? Ends with 0 or 1. For
 * container engines, which have no client of their own that knows the local CA: `node dist/kit/system/check-health.js` and their names.
 */
const { DATA_DIR = './data', KIT_TLS } = process.env
const isTls = KIT_TLS === '1'

try {
  const fetch = createLocalFetch(isTls ? readFileSync(join(DATA_DIR, 'ca.pem'), 'utf8') : undefined)
  const answers = await Promise.all(
    process.argv
      .slice(2)
      .map((system) =>
        fetch(`${isTls ? 'https' : 'http'}://localhost:${process.env[`${system.toUpperCase()}_PORT`]}/_kit/health`),
      ),
  )
  process.exitCode = answers.length > 0 && answers.every(({ ok }) => ok) ? 0 : 1
} catch {
  process.exitCode = 1
}
