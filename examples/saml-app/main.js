import { reachKit } from 'provisioning-twin'
import { createSamlApp } from './app.js'
import { connectSamlApp, LABEL } from './connect.js'

const port = Number(process.env.PORT ?? 5200)
const baseUrl = `http://localhost:${port}`
const entityId = `${baseUrl}/metadata`
const kit = await reachKit(process.env.KIT_URL ?? 'http://localhost:4000')
const idp = await connectSamlApp(kit, { baseUrl, entityId })
await kit.scene.okta.assignPerson('ada.okafor@brightwave.example', { app: LABEL })
const app = createSamlApp({ baseUrl, entityId, ...idp })
app.listen(port, '127.0.0.1', () => process.stdout.write(`${baseUrl}\n`))
