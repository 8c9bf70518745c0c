import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Disclosure, Quiet } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Pager } from '#kit/ui/pager.tsx'
import { formatDateTime, TimeText } from '#kit/ui/time-text.tsx'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import type { Mail } from '../records.ts'
import { splitLinks } from './split-links.ts'

export interface InboxView {
  /** Newest first. */
  readonly mails: readonly Mail[]
  readonly offset: number
  readonly total: number
  readonly pageSize: number
  readonly smtpUrl: string | undefined
}

const subjectOf = ({ subject }: Mail): string => (subject === '' ? '(no subject)' : subject)

/** All mails, whoever they are for. */
export function InboxPage({ visit, view }: { readonly visit: Visit; readonly view: InboxView }) {
  const { mails, offset, total, pageSize } = view
  const end = offset + mails.length
  return (
    <HomePage
      visit={visit}
      section="/mail"
      title="Mail"
      lead="What the systems send to anybody ends here; nothing is delivered."
    >
      <Live id="inbox" everySeconds={offset === 0 ? 5 : undefined} summary={`${total} mails`}>
        <Card flush>
          <DataTable
            caption="Inbox"
            columns={[
              { key: 'subject', header: 'Subject' },
              { key: 'to', header: 'To' },
              { key: 'from', header: 'From' },
              { key: 'received', header: 'Received' },
            ]}
            rows={mails.map((mail) => ({
              key: mail.id,
              href: `/mail/${mail.id}`,
              cells: {
                subject: subjectOf(mail),
                to: mail.to.join(', '),
                from: mail.from,
                received: <TimeText iso={mail.receivedAt} />,
              },
            }))}
            empty={
              <EmptyState title="No mails yet" icon="mail">
                Notifications and invitations show up here. Your own programs can send to{' '}
                <code class="k-mono">{view.smtpUrl ?? 'the SMTP port'}</code>.
              </EmptyState>
            }
          />
        </Card>
        {total > pageSize && (
          <Pager
            from={offset + 1}
            to={end}
            total={total}
            noun="mails"
            previousHref={offset > 0 ? `/mail?from=${Math.max(0, offset - pageSize)}` : undefined}
            nextHref={end < total ? `/mail?from=${end}` : undefined}
          />
        )}
      </Live>
    </HomePage>
  )
}

/** One mail; its HTML in a frame without scripts and without our origin. */
export function MailPage({ visit, mail }: { readonly visit: Visit; readonly mail: Mail }) {
  return (
    <HomePage
      visit={visit}
      section="/mail"
      title={subjectOf(mail)}
      actions={
        <>
          <LinkButton href="/mail">Inbox</LinkButton>
          <LinkButton href={`/mail/${mail.id}/raw`}>Raw message</LinkButton>
        </>
      }
    >
      <Card>
        <DefinitionList
          items={[
            { term: 'From', value: mail.from },
            { term: 'To', value: mail.to.join(', ') },
            { term: 'Received', value: formatDateTime(mail.receivedAt) },
          ]}
        />
      </Card>
      {mail.html !== undefined && (
        <iframe
          class="home-mail"
          title={`Mail: ${subjectOf(mail)}`}
          src={`/mail/${mail.id}/body`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      {mail.html === undefined ? (
        <Card>
          <MailText text={mail.text} />
        </Card>
      ) : (
        <Disclosure title="As plain text">
          <MailText text={mail.text} />
        </Disclosure>
      )}
    </HomePage>
  )
}

function MailText({ text }: { readonly text: string }) {
  if (text === '') return <Quiet>No plain text.</Quiet>
  return (
    <p class="home-text">
      {splitLinks(text).map((part, index) =>
        part.kind === 'link' ? (
          <a key={index} href={part.text} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}
