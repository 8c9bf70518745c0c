import { JOB_ID, openFixture } from './directory-fixture.ts'
import { TARGET_TOKEN } from './target-token.ts'

/** A process of its own that provisions 200 people, to be killed in the middle: `cycle-child.ts DATA_DIR TARGET_URL`. */
const [, , dataDir = '', targetUrl = ''] = process.argv
const idp = await openFixture({ targetUrl, token: TARGET_TOKEN, dataDir })
const ids = Array.from({ length: 200 }, (_, index) => `person-${index}`)
for (const id of ids) await idp.people.user(id)
await idp.people.group('everyone', 'Everyone', ids)
await idp.people.assign('everyone')
await idp.engine.runNow(JOB_ID)
