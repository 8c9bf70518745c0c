import type { Response } from 'express'

/** What a route answers; the addresses of a page's links come from the request. */
export type ApiAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  /** A page of a list: `Link` says where it is and where the next one is. */
  | { readonly kind: 'page'; readonly items: readonly unknown[]; readonly cursor: string | undefined }
  | { readonly kind: 'xml'; readonly body: string }
  | { readonly kind: 'empty'; readonly status: number }

/** 200 with one object, or with a list that has no pages. */
export function ok(body: unknown): ApiAnswer {
  return { kind: 'json', status: 200, body }
}

export function created(body: unknown): ApiAnswer {
  return { kind: 'json', status: 201, body }
}

/** 204. */
export const NOTHING: ApiAnswer = { kind: 'empty', status: 204 }

/** 202: what was asked for goes on. */
export const ACCEPTED: ApiAnswer = { kind: 'empty', status: 202 }

/** A page, each record rendered. */
export function pageOf<T>(page: Page<T>, render: (record: T) => unknown): ApiAnswer {
  return { kind: 'page', items: page.items.map(render), cursor: page.cursor }
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Absent on the last page. */
  readonly cursor?: string
}

/** `application/json` and nothing behind it: strict clients compare the whole. */
export function sendJson(res: Response, status: number, body: unknown): void {
  sendBytes(res, status, 'application/json', JSON.stringify(body))
}

function sendBytes(res: Response, status: number, type: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  res.statusCode = status
  res.setHeader('Content-Type', type)
  res.setHeader('Cache-Control', 'no-cache, no-store')
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}

/** Send an answer. @param self Address of the request as it was made, query included. */
export function sendAnswer(res: Response, self: string, answer: ApiAnswer): void {
  switch (answer.kind) {
    case 'json':
      sendJson(res, answer.status, answer.body)
      break
    case 'page':
      // Two header lines, as the real service sends them (reference sheet 6.2).
      res.setHeader('Link', [`<${self}>; rel="self"`, ...nextLink(self, answer.cursor)])
      sendJson(res, 200, answer.items)
      break
    case 'xml':
      sendBytes(res, 200, 'application/xml', answer.body)
      break
    case 'empty':
      res.statusCode = answer.status
      res.setHeader('Cache-Control', 'no-cache, no-store')
      res.end()
  }
}

function nextLink(self: string, cursor: string | undefined): readonly string[] {
  if (cursor === undefined) return []
  const url = new URL(self)
  url.searchParams.set('after', cursor)
  return [`<${url.href}>; rel="next"`]
}
