import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Columns, Quiet, Stack } from '#kit/ui/layout.tsx'
import type { SamlMessage, SamlSignature } from './saml-message.ts'

/** What whoever received a message found out about it. */
export interface SamlVerdict {
  readonly accepted: boolean
  /** `SAML answer refused: audience`. */
  readonly words: string
  readonly detail?: string
  /** The receiver's entry, when it is another one. */
  readonly href?: string
}

/** A SAML message: what it says, who signed it, what the receiver made of it, and its XML. */
export function SamlCards(props: { readonly message: SamlMessage; readonly verdict: SamlVerdict | undefined }) {
  const { message, verdict } = props
  return (
    <>
      <Columns min="wide">
        <Card title={`SAML ${message.name}`}>
          <DefinitionList items={message.facts.map(({ label, value }) => ({ term: label, value }))} />
        </Card>
        <Card title="Signature">
          <Stack>
            <Verdict verdict={verdict} />
            {message.signatures.length === 0 ? (
              <Quiet>The message is not signed.</Quiet>
            ) : (
              message.signatures.map((signature) => <Signature key={signature.over} signature={signature} />)
            )}
          </Stack>
        </Card>
      </Columns>
      {message.attributes.length > 0 && (
        <Card title="Attributes">
          <DefinitionList
            items={message.attributes.map(({ name, values }) => ({ term: name, value: values.join(', ') }))}
          />
        </Card>
      )}
      <Card title="XML" lead="One element a line, for reading. The value of each signature is withheld by the journal.">
        <CodeBlock label="SAML XML" text={message.xml} />
      </Card>
    </>
  )
}

function Verdict({ verdict }: { readonly verdict: SamlVerdict | undefined }) {
  if (verdict === undefined) {
    return (
      <Quiet>
        Nobody has judged this message. The value of a signature is never kept, so it cannot be verified afterwards
        either.
      </Quiet>
    )
  }
  return (
    <p>
      <Badge tone={verdict.accepted ? 'success' : 'danger'}>{verdict.accepted ? 'Verified' : 'Refused'}</Badge>{' '}
      {verdict.accepted
        ? 'The receiver verified the signature with the certificate it holds, the conditions and the audience, and accepted it. '
        : `The receiver: ${verdict.words}${verdict.detail === undefined ? '' : ` (${verdict.detail})`}. `}
      {verdict.href !== undefined && <a href={verdict.href}>What the receiver noted</a>}
    </p>
  )
}

function Signature({ signature }: { readonly signature: SamlSignature }) {
  const { over, algorithm, digest, certificate } = signature
  return (
    <DefinitionList
      items={[
        { term: 'Signed', value: over },
        { term: 'Algorithm', value: algorithm },
        { term: 'Digest', value: <span class="k-mono home-wrap">{digest}</span> },
        ...(certificate === undefined
          ? [{ term: 'Certificate', value: 'None in the message' }]
          : [
              { term: 'Certificate of', value: certificate.subject },
              { term: 'SHA-256', value: <span class="k-mono home-wrap">{certificate.fingerprint}</span> },
              { term: 'Valid', value: `${certificate.validFrom} to ${certificate.validTo}` },
            ]),
      ]}
    />
  )
}
