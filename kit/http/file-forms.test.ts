import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { fileForms, UploadedFile } from './file-forms.ts'
import { listen } from './listen.ts'

let origin: string
let close: () => Promise<void>
let seen: unknown
beforeAll(async () => {
  const listener = await listen({ system: 'kit', host: '127.0.0.1', port: 0, variable: 'KIT_PORT' })
  const app = express()
  app.use(express.urlencoded({ extended: false }), fileForms(4096))
  app.post('/', (req, res) => {
    seen = req.body
    res.send('ok')
  })
  app.use(((error, _req, res, _next) => {
    res.status(error.status ?? 500).send(String(error.code ?? error.type))
  }) as express.ErrorRequestHandler)
  listener.attach(app)
  origin = `http://127.0.0.1:${listener.port}/`
  close = () => listener.close()
})
afterAll(() => close())

const send = async (form: FormData): Promise<Response> => fetch(origin, { method: 'POST', body: form })

describe('forms with files', () => {
  test('texts stay texts, files become bytes, and what is sent twice is a list', async () => {
    const form = new FormData()
    form.append('_csrf', 'token')
    form.append('file', new Blob([new Uint8Array([0, 255, 13, 10])]), '../../etc/passwd')
    form.append('tag', 'one')
    form.append('tag', 'two')
    expect((await send(form)).status).toBe(200)
    expect(seen).toEqual({ _csrf: 'token', file: new UploadedFile(Buffer.from([0, 255, 13, 10])), tag: ['one', 'two'] })
  })

  test('a form without files passes as it was', async () => {
    await call(origin, {
      method: 'POST',
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(seen).toEqual({ a: 'b' })
  })

  test('a field called __proto__ is a field', async () => {
    const form = new FormData()
    form.append('__proto__', 'x')
    await send(form)
    expect((seen as { polluted?: unknown }).polluted).toBeUndefined()
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  test.each([
    ['without a boundary', 'multipart/form-data;', 'x', 400],
    [
      'that breaks off',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
      400,
    ],
    ['that is too large', 'multipart/form-data; boundary=b', 'x'.repeat(5000), 413],
  ])('one %s is refused', async (_, type, body, status) => {
    const answer = await call(origin, { method: 'POST', body, headers: { 'content-type': type } })
    expect(answer.status).toBe(status)
  })
})
