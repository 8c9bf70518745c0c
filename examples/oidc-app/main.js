import { createOidcApp } from './app.js'

const port = Number(process.env.PORT ?? 5100)
const baseUrl = `http://localhost:${port}`
const app = await createOidcApp({
  authority: process.env.AUTHORITY ?? 'http://localhost:4100/5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58/v2.0',
  clientId: process.env.CLIENT_ID ?? '2f9b6d0c-7a14-4c8e-b3d5-91e0f6a8c472',
  clientSecret: process.env.CLIENT_SECRET ?? 'sample-web-app-secret-public-51d2e8',
  baseUrl,
})
app.listen(port, '127.0.0.1', () => process.stdout.write(`${baseUrl}\n`))
