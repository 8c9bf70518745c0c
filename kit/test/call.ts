import http from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  /** The body as JSON. @throws when it is none. */
  json(): Record<string, unknown>
}

export interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string
}

/** One request as tests make it: any header, `Host` and `Origin` included, and no redirects followed. */
export function call(url: string, { method = 'GET', headers = {}, body }: CallOptions = {}): Promise<Answer> {
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {}
  const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }
  return new Promise((settle, fail) => {
    const request = http.request(
      url,
      { method, headers: { ...type, ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', fail)
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8')
          settle({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: answer,
            json: () => JSON.parse(answer) as Record<string, unknown>,
          })
        })
      },
    )
    request.on('error', fail)
    request.end(text)
  })
}
