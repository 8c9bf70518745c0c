import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Columns, Quiet, Stack } from '#kit/ui/layout.tsx'
import { labelOf } from '../neighbours.ts'
import type { FoundVerdict } from './find-verdict.ts'
import type { SamlMessage, SamlSignature } from './saml-message.ts'

/** A SAML message: what it says, who signed it, what the receiver made of it, and its XML. */
export function SamlCards(props: { readonly message: SamlMessage; readonly found: FoundVerdict | undefined }) {
  const { message, found } = props
  return (
    <>
      <Columns min="wide">
        <Card title={`SAML ${message.name}`}>
          <DefinitionList items={message.facts.map(({ label, value }) => ({ term: label, value }))} />
        </Card>
        <Card title="Signature">
          <Stack>
            <Verdict found={found} />
            <SameCertificate message={message} found={found} />
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

function Verdict({ found }: { readonly found: FoundVerdict | undefined }) {
  if (found === undefined) {
    return (
      <Quiet>
        None of the systems here has judged this message. The value of a signature is never kept, so it cannot be
        verified afterwards either; a receiver of yours tells it in its own log.
      </Quiet>
    )
  }
  const { verdict, system, words } = found
  return (
    <p>
      <Badge tone={verdict.accepted ? 'success' : 'danger'}>{verdict.accepted ? 'Verified' : 'Refused'}</Badge>{' '}
      {labelOf(system)}: {words}.
    </p>
  )
}

/** Whether the certificate in the message is the one the receiver trusts: a rollover shows here first. */
function SameCertificate({
  message,
  found,
}: {
  readonly message: SamlMessage
  readonly found: FoundVerdict | undefined
}) {
  const trusted = found?.verdict.key
  const [carried] = message.signatures.flatMap(({ certificate }) => certificate ?? [])
  if (trusted?.kind !== 'certificate' || carried === undefined) return null
  return (
    <Quiet>
      {carried.fingerprint === trusted.id
        ? 'The certificate in the message is the one the receiver trusts.'
        : `The receiver trusts another certificate than the one in the message: ${trusted.id}.`}
    </Quiet>
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
