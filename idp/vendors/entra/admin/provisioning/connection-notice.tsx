import type { ConnectionTest } from '#idp/engine/connection-test.ts'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { CodeBlock, Disclosure } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { connectionAdvice } from '../../provisioning/connection-advice.ts'

export interface TestedConnection {
  readonly result: ConnectionTest
  /** The exchange, as the journal knows it. */
  readonly requestId: string
}

/** What a connection test found. A failure shows what was asked and answered; the credential is never part of it. Advice of ours follows. */
export function ConnectionNotice({ tested, appName }: { readonly tested: TestedConnection; readonly appName: string }) {
  const { result, requestId } = tested
  if (result.ok) {
    return (
      <Notice tone="success" title={`Testing connection to ${appName}`}>
        The supplied credentials are authorized to enable provisioning.
      </Notice>
    )
  }
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return (
    <Notice tone="danger" title={`Testing connection to ${appName}`}>
      <p>You appear to have entered invalid credentials. Check them and test again.</p>
      <DefinitionList
        items={[
          { term: 'Error code:', value: <code>{result.code}</code> },
          { term: 'Details:', value: result.message },
          { term: 'Resource', value: <code>{result.request.replace(/^GET /, '')}</code> },
          { term: 'Operation', value: 'GET' },
          { term: 'Status', value: result.status === undefined ? 'No answer' : String(result.status) },
          { term: 'Request ID', value: <code>{requestId}</code> },
        ]}
      />
      <p>{connectionAdvice(result)}</p>
      {result.hostNotAllowed && (
        <>
          <p>
            {`To allow calls to ${result.hostNotAllowed}, add it to the hosts this simulation may call, then test again:`}
          </p>
          <CodeBlock
            label="How to allow the host"
            text={[
              'GET /_kit/outbound tells the hosts allowed so far; PUT replaces them:',
              '',
              'PUT /_kit/outbound',
              'Content-Type: application/json',
              '',
              JSON.stringify({ hosts: [result.hostNotAllowed] }),
            ].join('\n')}
          />
        </>
      )}
      {(headers.length > 0 || result.body) && (
        <Disclosure title="View the answer">
          <CodeBlock label="Answer" text={[...headers, '', result.body ?? ''].join('\n')} />
        </Disclosure>
      )}
    </Notice>
  )
}
