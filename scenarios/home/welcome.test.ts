import { expect, test } from 'vitest'
import { serveHome } from './test/serve-home.ts'
import { printWelcome } from './welcome.ts'

test('says where everything is and whom to be, and names what did not start', async () => {
  const served = await serveHome()
  const urls = { kit: served.url, entra: served.entra.url, dialpad: served.dialpad.url, smtp: 'smtp://localhost:4025' }
  let text = ''
  const write = (more: string): void => {
    text += more
  }
  await printWelcome(urls, { write })
  expect(text).toContain(`Start here: ${served.url}`)
  expect(text).toContain('smtp://localhost:4025')
  expect(text).toContain("Everybody's password: Practice-2026!")
  expect(text).toContain('marta.silva@brightwave.example: Global Administrator')
  expect(text).toContain('Stop with Ctrl+C.')
  expect(text).not.toContain('did not become healthy')

  await served.dialpad.stop()
  text = ''
  await printWelcome(urls, { write, patienceMs: 100 })
  expect(text).toContain(`Dialpad did not become healthy at ${served.dialpad.url}`)
  await served.close()
})
