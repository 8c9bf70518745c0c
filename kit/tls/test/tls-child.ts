import { openTls } from '../open-tls.ts'

/** Opens the authority of a folder when told to, so that several processes can be made to come at once. */
const [, , dir = ''] = process.argv

process.on('message', async () => {
  const { ca, identity } = await openTls({ dir })
  process.send?.({ ca, leaf: identity.cert })
  process.disconnect()
})
process.send?.('ready')
