import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Request, RequestHandler, Response } from 'express'

/** One file served as it is. */
export interface AssetFile {
  /** `/_assets/…`, as pages refer to it. */
  readonly urlPath: string
  /** Absolute path of the file. */
  readonly filePath: string
}

interface Loaded {
  readonly body: Buffer
  readonly etag: string
  readonly type: string
  readonly modifiedMs: number
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/**
 * Serve exactly these files, read once and again when they change. The ETag is a hash of the content; browsers ask each time and are
 * told 304, so an updated file is never missed.
 */
export function serveAssets(files: readonly AssetFile[]): RequestHandler {
  const byPath = new Map(files.map((file) => [file.urlPath, file.filePath]))
  const loaded = new Map<string, Loaded>()

  async function load(filePath: string): Promise<Loaded> {
    const { mtimeMs } = await stat(filePath)
    const known = loaded.get(filePath)
    if (known !== undefined && known.modifiedMs === mtimeMs) return known
    const body = readFileSync(filePath)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    const type = TYPES[filePath.slice(filePath.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    const fresh = { body, etag, type, modifiedMs: mtimeMs }
    loaded.set(filePath, fresh)
    return fresh
  }

  async function serve(filePath: string, req: Request, res: Response): Promise<void> {
    const { body, etag, type } = await load(filePath)
    res.setHeader('content-type', type)
    res.setHeader('etag', etag)
    res.setHeader('cache-control', 'public, no-cache')
    // `fresh` compares If-None-Match with the ETag just set.
    if (req.fresh) res.status(304).end()
    else res.end(body)
  }

  return (req, res, next) => {
    const filePath = byPath.get(req.path)
    if (filePath === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) {
      next()
      return
    }
    return serve(filePath, req, res)
  }
}
