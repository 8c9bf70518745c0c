import { createScimServer } from './server.js'

const port = Number(process.env.PORT ?? 5300)
const token = process.env.SCIM_TOKEN ?? 'my-scim-token'
const { server } = createScimServer({ token })
server.listen(port, '127.0.0.1', () => process.stdout.write(`http://localhost:${port}/scim\n`))
