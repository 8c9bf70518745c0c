import { describe, expect, test } from 'vitest'
import type { Journal, JournalNote } from '#kit/journal.ts'
import { createMailer } from './send-mail.ts'

const MESSAGE = {
  from: 'Phones <no-reply@phones.example>',
  to: 'ada@example.test',
  subject: 'Welcome',
  text: 'Follow https://phones.example/invite?token=secret-word',
}

function notesOf(): { readonly notes: JournalNote[]; readonly journal: Journal } {
  const notes: JournalNote[] = []
  const record = (note: JournalNote) => notes.push(note)
  return { notes, journal: { record } as unknown as Journal }
}

describe('createMailer', () => {
  test('without a mail server the message is not sent, and that is told', async () => {
    const { notes, journal } = notesOf()
    expect(await createMailer(undefined, journal).send(MESSAGE)).toEqual({
      kind: 'not-sent',
      why: 'there is no mail server',
    })
    expect(notes).toMatchObject([{ kind: 'mail', subject: 'ada@example.test' }])
  })

  test('a mail server beyond this machine is never spoken to', async () => {
    const { journal } = notesOf()
    const outcome = await createMailer('smtp://mail.example:25', journal).send(MESSAGE)
    expect(outcome).toEqual({ kind: 'not-sent', why: 'the mail server is not on this machine' })
  })

  test('a server that does not answer is an outcome, and the text is not journalled', async () => {
    const { notes, journal } = notesOf()
    const outcome = await createMailer('smtp://127.0.0.1:1', journal).send(MESSAGE)
    expect(outcome).toEqual({ kind: 'not-sent', why: 'the mail server did not take it' })
    expect(JSON.stringify(notes)).not.toContain('secret-word')
  })
})
