import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { dialpadResidence } from '#dialpad/app.ts'
import { idpResidences } from '#idp/app.ts'
import { parseConfig } from '#kit/config.ts'
import { type Hosted, hostSystems } from '#kit/system/host-systems.ts'
import { call } from '#kit/test/call.ts'
import { beginAgain, comeIn } from '#scenarios/lessons/classroom.ts'
import { ENTRA_SCOPING_COURSE } from '#scenarios/lessons/courses/entra-scoping.ts'
import type { Course, Lesson } from '#scenarios/lessons/lesson.ts'
import { verifyRecord } from '#scenarios/lessons/record/verify-record.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'
import { homeResidence } from '../app.tsx'
import { openMailPort } from '../mail/mail-port.ts'
import { visitorOf } from './serve-home.ts'

/** The first two lessons of a course: enough to take it from its beginning to its record. */
const COURSE: Course = { ...ENTRA_SCOPING_COURSE, lessons: ENTRA_SCOPING_COURSE.lessons.slice(0, 2) }
const TITLE = COURSE.walkthrough.title
const AT = `/lessons/${COURSE.id}`

function lessonAt(index: number): Lesson {
  const lesson = COURSE.lessons[index]
  if (lesson === undefined) throw new Error(`There is no lesson ${index}.`)
  return lesson
}

interface Running {
  readonly kit: KitAccess
  close(): Promise<void>
}

async function start(dataDir: string | null = null): Promise<Running> {
  const ports = Object.fromEntries(SYSTEM_ADDRESSES.map(({ name }) => [`${name.toUpperCase()}_PORT`, '0']))
  const config = parseConfig({ HOST: '127.0.0.1', SMTP_PORT: '0', ...ports }, SYSTEM_ADDRESSES)
  const mail = await openMailPort({ host: config.host, port: config.smtpPort })
  const hosted: Hosted = await hostSystems(
    [...idpResidences(), dialpadResidence(), homeResidence(mail, { courses: [COURSE] })],
    { config, version: '0.1.0', dataDir, listening: { smtp: mail.port } },
  )
  return {
    kit: await reachKit(hosted.urls['kit'] ?? ''),
    async close() {
      await hosted.close()
      await mail.close()
    },
  }
}

const sitDown = ({ urls }: KitAccess): Desk =>
  createPlainDesk(createPlainBrowser(Object.values(urls)), urls.kit, () => {})

/** From the list of courses into the first lesson, whose panel the desk then shows. */
async function startCourse(desk: Desk): Promise<void> {
  await desk.open('/lessons')
  await desk.press(`Start ${TITLE}`)
  await desk.see('All systems are reset to world connected-entra.')
  await desk.press(`Start ${TITLE}`)
  await desk.open(`${AT}/1/panel`)
  await desk.see('Not done yet')
}

async function doIt(desk: Desk): Promise<void> {
  await desk.press('Do it for me')
  await desk.see('The completion record says that this lesson was done for you.')
  await desk.press('Do it')
  await desk.see('Done for you.')
}

describe('taking a course without a script', () => {
  let running: Running
  let desk: Desk
  beforeAll(async () => {
    running = await start()
  })
  afterAll(() => running.close())
  beforeEach(async () => {
    desk = sitDown(running.kit)
    await desk.open(`${AT}/reset`)
    await desk.press(`Reset progress ${TITLE}`)
    await desk.see('is forgotten.')
  })

  test('a lesson says what to do, where, by whose words, and what it finds', async () => {
    await startCourse(desk)
    await desk.see('Lesson 1 of 2')
    await desk.see('Enterprise apps', { within: 'Labels of scoping/1, in their order' })
    await desk.see('scoping/1')
    expect(await desk.addressOf('Scoping users or groups to be provisioned with scoping filters')).toContain(
      'learn.microsoft.com',
    )
    expect(await desk.addressOf('Open the page in Entra')).toBe(`${running.kit.urls.entra}/`)
    await desk.press('Check')
    await desk.see('Checked: it is not done yet.')
    expect((await running.kit.control.kit.health()).world).toBe('connected-entra')
  })

  test('a mistake is told with its own hint, whichever is made', async () => {
    for (const mistake of lessonAt(0).wrong) {
      await startCourse(desk)
      const attendance = await beginAgain(running.kit, {
        keep: createKeep().keep,
        marks: { kit: 0, entra: 0, okta: 0, dialpad: 0 },
      })
      await mistake.attempt(await comeIn(running.kit, COURSE, lessonAt(0), attendance))
      await desk.press('Check')
      await desk.see(mistake.mistake)
      await desk.see(mistake.hint)
      await desk.open(`${AT}/reset`)
      await desk.press(`Reset progress ${TITLE}`)
    }
  })

  test('who passes a place where others stop is told of no mistake, and none counts', async () => {
    await startCourse(desk)
    const attendance = await beginAgain(running.kit, {
      keep: createKeep().keep,
      marks: { kit: 0, entra: 0, okta: 0, dialpad: 0 },
    })
    const [mistake] = lessonAt(0).wrong
    await mistake.attempt(await comeIn(running.kit, COURSE, lessonAt(0), attendance))
    await desk.open(`${AT}/1/panel`)
    await desk.see('Not done yet')
    expect(await desk.shows(mistake.hint)).toBe(false)
    await desk.press('Check')
    await desk.see(mistake.hint)
    await desk.open(`${AT}/1/panel`)
    await desk.see(mistake.hint)
  })

  test('whatever would take the world of a lesson names the lesson first', async () => {
    const under = `Lesson 1 of ${TITLE}`
    const starts = [
      '/labs/entra-key-revoked/start',
      '/worlds/reset?world=brightwave',
      `${AT}/start`,
      `${AT}/2/panel/scene`,
      '/demo/entra-signup/start?pace=fast',
    ]
    for (const path of starts) {
      await desk.open(path)
      expect([path, await desk.shows(under)]).toEqual([path, false])
    }
    await startCourse(desk)
    for (const path of starts) {
      await desk.open(path)
      await desk.see('Under way in the present world, and lost with it:')
      await desk.see(under)
      await desk.see('its scene has to be set again')
    }
    // The scene of the lesson itself is set anew: nothing else is lost.
    await desk.open(`${AT}/1/panel/scene`)
    expect(await desk.shows('Under way in the present world')).toBe(false)
  })

  test('hints come in three stages', async () => {
    await startCourse(desk)
    const [where, what, clicks] = lessonAt(0).hints
    await desk.press('Hint 1 of 3')
    await desk.see(where)
    expect(await desk.shows('Hint 3 of 3')).toBe(false)
    await desk.press('Hint 2 of 3')
    await desk.see(what)
    await desk.press('Hint 3 of 3')
    await desk.see(clicks)
    expect(await desk.shows('Hint 3 of 3')).toBe(false)
  })

  test('to its end: done for me, on to the next, and a record that is verified and notices a change', async () => {
    await startCourse(desk)
    await desk.press('Hint 1 of 3')
    await doIt(desk)
    await desk.press('Next lesson')
    await desk.see('Lesson 2 of 2')
    await desk.see('Not done yet')
    await desk.open(`${AT}/record`)
    await desk.see('1 of 2 lessons are not done yet.')
    await desk.open(`${AT}/2/panel`)
    await doIt(desk)
    await desk.press('Completion record')
    await desk.press('Sign the record')
    await desk.see('Type the name that the record is for.')
    await desk.fill('Name', 'Ada <Park>')
    await desk.press('Sign the record')
    await desk.see('The record is signed for Ada <Park>.')
    const text = await desk.download('Download the record')
    const verdict = await verifyRecord(text)
    expect(verdict).toMatchObject({
      kind: 'valid',
      record: {
        name: 'Ada <Park>',
        lessons: [
          { hints: 1, doneForMe: true },
          { hints: 0, doneForMe: true },
        ],
      },
    })

    await desk.open('/lessons/verify')
    await desk.fill('Text of the file', text)
    await desk.press('Verify')
    await desk.see('Unchanged since it was signed.')
    await desk.see('By this kit.')
    await desk.fill('Text of the file', text.replaceAll('"doneForMe": true', '"doneForMe": false'))
    await desk.press('Verify')
    await desk.see('Not what was signed.')
    await desk.fill('Text of the file', 'nothing')
    await desk.press('Verify')
    await desk.see('No record.')
  })

  test('a world replaced behind its back is told; the scene is set again, or the lesson goes on', async () => {
    const { control } = running.kit
    await startCourse(desk)
    await doIt(desk)
    await desk.press('Next lesson')
    await control.kit.reset({ world: 'connected-entra' })
    await desk.open(`${AT}/2/panel`)
    await desk.see('The world was replaced since this lesson began.')
    await desk.press('Go on in this world')
    await desk.see('Not done yet')
    await control.kit.snapshot('mine')
    await control.kit.restore('mine')
    await desk.open(`${AT}/2/panel`)
    await desk.see('Snapshot mine restored')
    await desk.press('Set the scene')
    await desk.see('Then the kit does in your place what comes before:')
    await desk.press('Set the scene')
    await desk.see('Not done yet')
    await doIt(desk)
    // The first lesson was done before, and stays.
    await desk.open(AT)
    await desk.see('2 of 2 lessons')
  })

  test('what is out of order is refused and changes nothing', async () => {
    await startCourse(desk)
    const visitor = visitorOf(running.kit.urls.kit)
    expect((await visitor.post(`${AT}/2/panel/begin`)).text).toContain(
      'The lesson before this one is not the one just done.',
    )
    expect((await visitor.post(`${AT}/2/panel/do`)).text).toContain('This lesson is not under way.')
    expect((await visitor.post(`${AT}/record`, { name: 'Ada' })).status).toBe(409)
    for (const path of [`${AT}/3`, `${AT}/0`, `${AT}/one`, '/lessons/none', `${AT}/record/file`]) {
      expect((await visitor.get(path)).status, path).toBe(404)
    }
    expect((await visitor.post(`${AT}/1/panel/do`, {}, { token: false })).status).toBe(403)
    await desk.press('Check')
    await desk.see('Checked: it is not done yet.')
  })

  test('the address bar goes to pages of the kit, and nowhere else', async () => {
    const { kit, entra } = running.kit.urls
    const go = (to: string) => call(`${kit}/lessons/go?to=${encodeURIComponent(to)}`)
    expect((await go(`${entra}/admin`)).headers.location).toBe(`${entra}/admin`)
    for (const to of ['https://evil.example/', `${entra}@evil.example/`, 'javascript:alert(1)', '//evil.example', '']) {
      expect((await go(to)).status, to).toBe(422)
    }
    const dock = await visitorOf(kit).post('/lessons/dock', { dock: 'right', back: '//evil.example/lessons/x/1' })
    expect(dock.status).toBe(422)
  })

  test('before a lesson begins the frame says so', async () => {
    const visitor = visitorOf(running.kit.urls.kit)
    expect((await visitor.get(`${AT}/2`)).text).toContain('src="/lessons/blank"')
    const { status, text } = await visitor.get('/lessons/blank')
    expect([status, text.includes('The page opens here when the lesson begins')]).toEqual([200, true])
  })

  test('the panel moves, and stays where it was put', async () => {
    await desk.open(`${AT}/1`)
    await desk.press('Lesson at the bottom')
    const { text } = await visitorOf(running.kit.urls.kit).get(`${AT}/1`)
    expect(text).toContain('lesson-split--bottom')
  })

  test.each([
    ['entra', '/admin'],
    ['entra', '/organizations/login/none'],
    ['entra', '/no/such/page'],
    ['okta', '/login/login.htm'],
    ['okta', '/admin'],
    ['okta', '/app/none/exknone/sso/saml'],
    ['dialpad', '/'],
    ['dialpad', '/login'],
    ['dialpad', '/admin/company'],
    ['dialpad', '/scim/Users'],
    ['kit', '/timeline'],
  ] as const)('%s: only the kit home may show %s in a frame', async (system, path) => {
    const { urls } = running.kit
    const { headers } = await call(`${urls[system]}${path}`)
    const policy = String(headers['content-security-policy']).split(';')
    expect(policy.filter((line) => line.startsWith('frame-ancestors'))).toEqual([`frame-ancestors 'self' ${urls.kit}`])
    expect(headers['x-frame-options']).toBeUndefined()
  })

  test('a lesson asked for by another name of this machine goes on under the one cookies are for', async () => {
    const { kit } = running.kit.urls
    const { port } = new URL(kit)
    const answer = await call(`http://127.0.0.1:${port}${AT}/1`)
    expect([answer.status, answer.headers.location]).toEqual([302, `${kit}${AT}/1`])
  })
})

describe('a kit that was stopped', () => {
  let folder: string
  let running: Running
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lessons-'))
  })
  afterEach(async () => {
    await running.close()
    rmSync(folder, { recursive: true })
  })

  test('goes on with the lesson that was under way', async () => {
    running = await start(folder)
    let desk = sitDown(running.kit)
    await startCourse(desk)
    await doIt(desk)
    await desk.press('Next lesson')
    await desk.press('Hint 1 of 3')
    await running.close()

    running = await start(folder)
    desk = sitDown(running.kit)
    await desk.open(`${AT}/2/panel`)
    await desk.see('Not done yet')
    await desk.see(lessonAt(1).hints[0])
    await doIt(desk)
    await desk.open(AT)
    await desk.see('2 of 2 lessons')
  })
})
