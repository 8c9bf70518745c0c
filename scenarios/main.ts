import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { parseConfig } from '#kit/config.ts'
import { hostSystems } from '#kit/system/host-systems.ts'
import { closeOnSignal, failStart, packageVersion } from '#kit/system/run-process.ts'
import { homeResidence } from './home/app.tsx'
import { openMailPort } from './home/mail/mail-port.ts'
import { printWelcome } from './home/welcome.ts'

try {
  const config = parseConfig(process.env, SYSTEM_ADDRESSES)
  const mail = await openMailPort({ host: config.host, port: config.smtpPort })
  const hosted = await hostSystems([homeResidence(mail)], {
    config,
    version: packageVersion(),
    dataDir: config.dataDir,
    listening: { smtp: mail.port },
  })
  closeOnSignal(async () => {
    await hosted.close()
    await mail.close()
  })
  for (const notice of hosted.notices) console.error(notice)
  await printWelcome(hosted.urls, { tls: hosted.tls })
} catch (error) {
  failStart(error)
}
