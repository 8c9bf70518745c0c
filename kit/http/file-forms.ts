import express, { type RequestHandler } from 'express'
import { Refusal } from './errors.ts'

/** A file as it was uploaded: nothing of its name or type is believed. */
export class UploadedFile {
  readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
}

/**
 * Forms with files (`multipart/form-data`, RFC 7578), as `Form enctype="multipart/form-data"` sends them: `req.body` holds texts under
 * their names, and each file as an {@link UploadedFile}; a field sent twice is a list. A file nobody chose is empty. Mount it before the
 * CSRF check, which reads the form. Other requests pass.
 *
 * @param limitBytes Largest form. @throws {Refusal} `bad_form` (400) for what is no such form; 413 beyond the limit.
 */
export function fileForms(limitBytes = 256 * 1024): RequestHandler {
  const read = express.raw({ limit: limitBytes, type: 'multipart/form-data' })
  return (req, res, next) => {
    const type = req.headers['content-type'] ?? ''
    if (req.method !== 'POST' || !/^\s*multipart\/form-data\s*;/i.test(type)) {
      next()
      return
    }
    read(req, res, (error?: unknown) => {
      if (error !== undefined) {
        next(error)
        return
      }
      parse(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0), type).then((fields) => {
        req.body = fields
        next()
      }, next)
    })
  }
}

async function parse(body: Buffer, type: string): Promise<Readonly<Record<string, unknown>>> {
  // Undici's parser, which node brings: strict, and bounded by the body that was read already.
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch((cause) => {
      throw new Refusal('bad_form', 400, 'The form could not be read.', { cause })
    })
  const fields: Record<string, unknown> = Object.create(null)
  for (const name of new Set(form.keys())) {
    const values: unknown[] = []
    for (const value of form.getAll(name)) {
      values.push(typeof value === 'string' ? value : new UploadedFile(Buffer.from(await value.arrayBuffer())))
    }
    fields[name] = values.length === 1 ? values[0] : values
  }
  return { ...fields }
}
