import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMailPort } from '../mail/mail-port.ts'
import { splitLinks } from '../mail/split-links.ts'
import { type ServedHome, serveHome, visitorOf } from './serve-home.ts'

let served: ServedHome
beforeAll(async () => {
  served = await serveHome()
})
afterAll(() => served.close())

/** Send one message as a client does (RFC 5321); @returns the server's last replies, one per command. */
function sendMail(port: number, message: readonly string[], recipient: string): Promise<readonly string[]> {
  const commands = ['EHLO test', 'MAIL FROM:<sender@entra.example>', `RCPT TO:<${recipient}>`, 'DATA']
  const steps = [...commands, `${message.join('\r\n')}\r\n.`, 'QUIT'].map((command) => `${command}\r\n`)
  return new Promise((settle, fail) => {
    const replies: string[] = []
    const socket = net.connect(port, '127.0.0.1')
    socket.setEncoding('utf8')
    socket.on('error', fail)
    socket.on('close', () => settle(replies))
    socket.on('data', (text: string) => {
      // The last line of a reply has a blank after its code.
      const last = text.trimEnd().split('\r\n').at(-1) ?? ''
      if (!/^\d{3} /.test(last)) return
      replies.push(last)
      const step = steps.shift()
      if (step === undefined) socket.end()
      else socket.write(step)
    })
  })
}

const MESSAGE = [
  'From: Entra <no-reply@entra.example>',
  'To: Ada <ada.okafor@brightwave.example>',
  'Subject: =?utf-8?Q?Zo=C3=AB_<script>alert(1)</script>?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=part',
  '',
  '--part',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Open http://localhost:4100/admin. <img src=x onerror=alert(2)>',
  '--part',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<h1>Hello</h1><script>alert(3)</script>',
  '--part--',
]

describe('mail', () => {
  test('an empty inbox says what will come', async () => {
    expect((await visitorOf(served.url).get('/mail')).text).toContain('No mails yet')
  })

  test('a mail sent over SMTP is in the inbox, the journal and the raw view', async () => {
    const replies = await sendMail(served.smtpPort, MESSAGE, 'ada.okafor@brightwave.example')
    expect(replies.at(-2)).toMatch(/^250 /)
    const [mail] = served.home.store.latest('mails', 0, 1)
    expect(mail).toMatchObject({
      from: 'Entra <no-reply@entra.example>',
      to: ['Ada <ada.okafor@brightwave.example>'],
      subject: 'Zoë <script>alert(1)</script>',
    })
    expect(served.home.journal.read({ kind: 'mail' }).items).toMatchObject([
      { subject: 'ada.okafor@brightwave.example', change: { type: 'mail', id: mail?.id } },
    ])
    const visitor = visitorOf(served.url)
    expect((await visitor.get('/mail')).text).toContain(`href="/mail/${mail?.id}"`)
    const raw = await visitor.get(`/mail/${mail?.id}/raw`)
    expect(raw.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(raw.text).toContain('Subject: =?utf-8?Q?Zo=C3=AB')
  })

  test('what a mail brings along can do nothing', async () => {
    const [mail] = served.home.store.latest('mails', 0, 1)
    const visitor = visitorOf(served.url)
    for (const path of ['/mail', `/mail/${mail?.id}`, '/timeline']) {
      const { text } = await visitor.get(path)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }
    const page = await visitor.get(`/mail/${mail?.id}`)
    expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    expect(page.text).toContain('href="http://localhost:4100/admin"')
    const body = await visitor.get(`/mail/${mail?.id}/body`)
    expect(body.text).toContain('<h1>Hello</h1>')
    const policy = String(body.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/)
    expect(policy).not.toContain('script')
  })

  test('text alone is shown as text; a mail that is not there is a page', async () => {
    await sendMail(served.smtpPort, ['Subject: Plain', '', 'Just text'], 'ben.castillo@brightwave.example')
    const [mail] = served.home.store.latest('mails', 0, 1)
    const visitor = visitorOf(served.url)
    const { text } = await visitor.get(`/mail/${mail?.id}`)
    expect(text).toContain('Just text')
    expect(text).toContain('ben.castillo@brightwave.example')
    expect(text).not.toContain('<iframe')
    expect((await visitor.get(`/mail/${mail?.id}/body`)).status).toBe(404)
    expect((await visitor.get('/mail/none')).status).toBe(404)
  })

  test('before anybody takes mails, senders are told to come again', async () => {
    const port = await openMailPort({ host: '127.0.0.1', port: 0 })
    expect((await sendMail(port.port, MESSAGE, 'ada@brightwave.example')).at(-2)).toMatch(/^451 /)
    const taken = openMailPort({ host: '127.0.0.1', port: port.port })
    await expect(taken).rejects.toThrow('Stop what uses the port, or choose another with SMTP_PORT.')
    await port.close()
  })

  test('only web addresses become links', () => {
    expect(splitLinks('See https://a.example/x?y=1, or javascript:alert(1).')).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'link', text: 'https://a.example/x?y=1' },
      { kind: 'text', text: ', or javascript:alert(1).' },
    ])
  })
})
